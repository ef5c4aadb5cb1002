//! Why there is no paper, as sentences.

use super::{ExportRefusal, say_refusal};
use crate::domain::UnitId;
use crate::export::{MARKS, TemplateError, TemplateFault};
use crate::text::Text;

/// Says why there is no paper; `template` is the path of the template that is meant where one is.
pub fn say_export(refusal: &ExportRefusal, template: impl Fn(&TemplateError) -> String, text: &Text) -> String {
    let say = &text.papers;
    let name = |unit: &Option<UnitId>| unit.as_ref().map(ToString::to_string).unwrap_or_default();
    match refusal {
        ExportRefusal::NothingDecided { unit } => (say.nothing_decided)(&name(unit)),
        ExportRefusal::NothingOpen { unit } => (say.nothing_open)(&name(unit)),
        ExportRefusal::NoCall => text.meetings.no_call.to_string(),
        ExportRefusal::NoOpinions => text.opinions.none.to_string(),
        ExportRefusal::Template(error) => say_fault(error, &template(error), text),
        ExportRefusal::NoFolder { path } => (say.no_folder)(&path.display().to_string()),
        ExportRefusal::File(error) => super::say::say_file(error, text),
        ExportRefusal::Name(refusal) => say_refusal(refusal, text),
    }
}

/// Says what is wrong with a template, at its file, line and column.
fn say_fault(error: &TemplateError, file: &str, text: &Text) -> String {
    let say = &text.papers;
    let what = match &error.kind {
        TemplateFault::Syntax { message } => (say.template_syntax)(message),
        TemplateFault::UnknownName { message } => (say.template_name)(message),
        TemplateFault::Failed { message } => (say.template_failed)(message),
        TemplateFault::Endless => say.template_endless.to_string(),
        TemplateFault::UnknownMark { mark } => {
            (say.template_mark)(mark, &MARKS.map(|mark| format!("@{mark}")).join(" "))
        }
        TemplateFault::BadRow { columns: 0, .. } => say.template_row_alone.to_string(),
        TemplateFault::BadRow { cells, columns } => (say.template_row)(*cells, *columns),
    };
    (say.template)(file, error.line, error.column, &what)
}
