//! Findings in minutes, and why minutes were left as they are, as sentences.

use super::MinutesRefusal;
use crate::domain::UnitId;
use crate::domain::minutes::LintRule;
use crate::export::{TemplateError, TemplateFault};
use crate::text::Text;

/// Says what is wrong with minutes; the place is said by the caller.
pub fn say_lint(rule: &LintRule, text: &Text) -> String {
    let say = &text.minutes;
    let short = |words: &str| {
        let cut: String = words.chars().take(24).collect();
        if cut.len() < words.len() { format!("{cut}…") } else { cut }
    };
    match rule {
        LintRule::NoLead { text } => (say.no_lead)(&short(text)),
        LintRule::NoDate { text } => (say.no_date)(&short(text)),
        LintRule::UnknownUnit { name } => (say.unknown_unit)(name),
        LintRule::NoSuchDate { text } => (say.no_such_date)(text),
        LintRule::WrongWeekday { text, written, right } => (say.wrong_weekday)(text, written, right),
        LintRule::NotOnRoster { name } => (say.not_on_roster)(name),
        LintRule::Banned { word } => (say.banned)(word),
        LintRule::Undecided { word } => (say.undecided)(word),
        LintRule::Internal { text } => (say.internal)(&short(text)),
        LintRule::NoOutcome { title } => (say.no_outcome)(&short(title)),
        LintRule::Duplicate { text } => (say.duplicate)(&short(text)),
        LintRule::Outdated { text } => (say.outdated)(&short(text)),
        LintRule::Orphan { text } => (say.orphan)(&short(text)),
        LintRule::Objection { unit, text } => (say.objection)(unit.as_str(), &short(text)),
    }
}

pub(super) fn say_minutes(refusal: &MinutesRefusal, text: &Text) -> String {
    let say = &text.minutes;
    let list = |names: &[String]| names.join(text.words.comma);
    match refusal {
        MinutesRefusal::UnknownAct { word } => (say.unknown_act)(word),
        MinutesRefusal::UnknownStage { word } => (say.unknown_stage)(word),
        MinutesRefusal::Locked { stage } => (say.locked)((say.stage)(*stage)),
        MinutesRefusal::NotSigned => say.not_signed.to_string(),
        MinutesRefusal::NotIssued => say.not_issued.to_string(),
        MinutesRefusal::OutOfOrder { asked, next: Some(next) } => {
            (say.out_of_order)((say.stage)(*asked), (say.stage)(*next))
        }
        MinutesRefusal::OutOfOrder { asked, next: None } => (say.all_done)((say.stage)(*asked)),
        MinutesRefusal::NameNeeded => say.name_needed.to_string(),
        MinutesRefusal::ReasonNeeded => say.reason_needed.to_string(),
        MinutesRefusal::UnknownSentence { key, known } => (say.unknown_sentence)(key, &list(known)),
        MinutesRefusal::Empty => say.empty.to_string(),
        MinutesRefusal::NotOnRoster { unit } => (say.not_invited)(unit.as_str()),
        MinutesRefusal::Objections { units } => {
            (say.objections)(&units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(text.words.comma))
        }
        MinutesRefusal::NumberTaken { number, meeting } => {
            (say.number_taken)(&(say.number)(number.year, number.number), meeting)
        }
        MinutesRefusal::BadNumber { text } => (say.bad_number)(text),
        MinutesRefusal::Template(error) => say_template(error, text),
    }
}

/// Says what is wrong with a template of the office, and where.
pub fn say_template(error: &TemplateError, text: &Text) -> String {
    let say = &text.minutes;
    let what = match &error.kind {
        TemplateFault::Syntax { message } => (say.template_syntax)(message),
        TemplateFault::UnknownName { message } => (say.template_name)(message),
        TemplateFault::Failed { message } => (say.template_failed)(message),
        TemplateFault::Endless => say.template_endless.to_string(),
        TemplateFault::UnknownMark { mark } => (say.template_mark)(mark),
        TemplateFault::BadRow { cells, columns } => (say.template_row)(*cells, *columns),
    };
    (say.template)(error.form.file(), error.line, error.column, &what)
}
