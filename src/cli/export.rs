//! `export`: papers of a meeting and the table of opinions as Word, Markdown or text, and the calendar.

use super::fail::{Code, Failure, file_code, refusal_code};
use super::session::{Answer, Session, Words};
use crate::export::TemplateError;
use crate::ops::{self, ExportRefusal, PaperFormat, PaperKind, Whom};
use crate::store::Put;
use crate::workspace::Workspace;
use chrono::Datelike;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct ExportRecord<'e> {
    paper: &'e str,
    format: &'e str,
    file: String,
    bytes: usize,
    /// Whether the file was not there before or said something else.
    changed: bool,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let say = &session.text.papers;
    let option = |name| own.get_one::<String>(name).map(String::as_str);
    let (word, meeting) = (words.at(0), words.at(1));
    if matches!(word, "calendar" | "日历") {
        if option("format").is_some_and(|format| format != "ics") {
            return Err(Failure::usage(say.ics_only.to_string()));
        }
        let mut workspace = session.open()?;
        let text = ops::export_calendar(&mut workspace);
        return give(session, &workspace, ("calendar", "ics"), option("out"), None, text.into_bytes());
    }
    let of_plan = match word {
        "opinions" | "意见" => Some("opinions"),
        "topics-call" | "议题征集" => Some("topics-call"),
        _ => None,
    };
    let kind = PaperKind::parse(word);
    if kind.is_none() && of_plan.is_none() {
        return Err(Failure::usage((say.unknown_paper)(word)));
    }
    let format = match option("format") {
        // the ending of the file says it where nothing else does
        None => option("out").and_then(|file| PaperFormat::parse(file.rsplit_once('.')?.1)).unwrap_or_default(),
        Some(format) => PaperFormat::parse(format).ok_or_else(|| Failure::usage((say.unknown_format)(format)))?,
    };
    let Some(kind) = kind else {
        let mut workspace = session.open()?;
        let today = session.today();
        let name = of_plan.unwrap_or(word);
        let paper = match name {
            "topics-call" => ops::export_topics_call(&mut workspace, today),
            _ => ops::export_opinions(&mut workspace, today),
        };
        let paper = paper.map_err(|refusal| failed(&refusal, &workspace, session))?;
        let bytes = ops::written(&paper, format);
        return give(session, &workspace, (name, format.token()), option("out"), None, bytes);
    };
    if meeting.is_empty() && option("decision").is_none() {
        return Err(Failure::usage(say.meeting_needed.to_string()));
    }
    let mut workspace = session.open()?;
    let today = session.today();
    let refused = |refusal| Failure::refusal(&refusal, session.text);
    let whom = match (option("decision"), option("unit")) {
        (Some(decision), _) => {
            Whom::Decision(ops::meeting::resolve_outcome(&mut workspace, decision).map_err(refused)?)
        }
        (None, Some(unit)) => Whom::Unit(ops::resolve_unit(&workspace, unit).map_err(refused)?),
        (None, None) => Whom::All,
    };
    let meeting = match &whom {
        Whom::Decision(id) if meeting.is_empty() => &id.meeting,
        Whom::All | Whom::Unit(_) | Whom::Decision(_) => meeting,
    };
    let (meeting, paper) = ops::export_paper(&mut workspace, kind, meeting, &whom, today)
        .map_err(|refusal| failed(&refusal, &workspace, session))?;
    if !workspace.plan().calendar.unknown_years(today, today).is_empty() {
        session.say(&(session.text.papers.unknown_year)(today.year()));
    }
    let name = match whom.name() {
        Some(unit) => format!("{meeting}-{}-{unit}", kind.token()),
        None => format!("{meeting}-{}", kind.token()),
    };
    let bytes = ops::written(&paper, format);
    give(session, &workspace, (kind.token(), format.token()), option("out"), Some(&name), bytes)
}

/// Writes the file, or text to standard output where no file was asked for.
fn give(
    session: &mut Session,
    workspace: &Workspace,
    (paper, format): (&str, &str),
    out: Option<&str>,
    name: Option<&str>,
    bytes: Vec<u8>,
) -> Result<Answer, Failure> {
    let is_text = format != PaperFormat::Docx.token();
    let file = match (out, name) {
        (Some("-"), _) | (None, _) if is_text => None,
        (Some(out), _) => Some(out.to_string()),
        (None, name) => Some(format!("{}.{format}", name.unwrap_or(paper).replace(['/', '\\'], "-"))),
    };
    let Some(file) = file else {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let record = serde_json::json!({ "paper": paper, "format": format, "text": text });
        let data = session.data(&record, |out| out.push_str(&text));
        return Ok(Answer::done(data));
    };
    let path = session.world.here.join(&file);
    let put = ops::put_export(&path, &bytes).map_err(|refusal| failed(&refusal, workspace, session))?;
    let say = &session.text.papers;
    let said = match put {
        Put::New => (say.written)(&file),
        Put::Replaced => (say.replaced)(&file),
        Put::Same => (say.same)(&file),
    };
    session.say(&said);
    let record =
        ExportRecord { paper, format, file: path.display().to_string(), bytes: bytes.len(), changed: put != Put::Same };
    Ok(Answer::done(if session.settings.json { super::json::print(&record) } else { String::new() }))
}

fn failed(refusal: &ExportRefusal, workspace: &Workspace, session: &Session) -> Failure {
    let template = |error: &TemplateError| ops::template_path(workspace, error.form);
    let sentence = ops::say_export(refusal, template, session.text);
    let code = match refusal {
        ExportRefusal::NothingDecided { .. }
        | ExportRefusal::NothingOpen { .. }
        | ExportRefusal::NoOpinions
        | ExportRefusal::NoCall => Code::Refused,
        ExportRefusal::Template(_) => Code::Data,
        ExportRefusal::NoFolder { .. } => Code::Disk,
        ExportRefusal::File(error) => file_code(error),
        ExportRefusal::Name(refusal) => refusal_code(refusal),
    };
    Failure { code, sentence }
}
