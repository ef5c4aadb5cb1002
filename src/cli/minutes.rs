//! `minutes`: composing, checking, editing and the stages on the way out.

use super::change;
use super::fail::{Code, Failure};
use super::session::{self, Answer, Session, Words};
use super::table::{self, USUAL_WIDTH};
use super::visible;
use crate::domain::minutes::StageKind;
use crate::domain::{Field, Record, RecordId, RecordKind, Str};
use crate::export::Templates;
use crate::ops::{self, MinutesRefusal, MinutesView, Outcome, Refusal, say_git, say_lint};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct ViewRecord<'v> {
    meeting: &'v str,
    /// 〔2025〕3号; null before it is signed.
    number: Option<String>,
    nth: Option<i64>,
    stage: Option<&'static str>,
    next: Option<&'static str>,
    signer: &'v str,
    signed: Option<NaiveDate>,
    issued: Option<NaiveDate>,
    text: String,
    sentences: Vec<SentenceRecord<'v>>,
    stages: Vec<StageRecord<'v>>,
    confirmations: Vec<ConfirmationRecord<'v>>,
    corrections: Vec<CorrectionRecord<'v>>,
}

#[derive(Serialize)]
struct SentenceRecord<'v> {
    key: &'v str,
    /// The kind and key of the record it comes from.
    kind: Option<&'static str>,
    source: Option<&'v str>,
    state: &'static str,
    text: &'v str,
    composed: Option<&'v str>,
}

#[derive(Serialize)]
struct StageRecord<'v> {
    stage: &'static str,
    date: Option<NaiveDate>,
    by: &'v str,
    text: &'v str,
}

#[derive(Serialize)]
struct ConfirmationRecord<'v> {
    unit: &'v str,
    confirmed: Option<NaiveDate>,
    by: &'v str,
    objection: &'v str,
}

#[derive(Serialize)]
struct CorrectionRecord<'v> {
    number: Option<i64>,
    date: Option<NaiveDate>,
    by: &'v str,
    text: &'v str,
}

#[derive(Serialize)]
struct FindingRecord {
    file: String,
    line: u32,
    column: u32,
    rule: &'static str,
    message: String,
    /// The key of the sentence it is seen in.
    sentence: Option<Str>,
}

/// What is asked of minutes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    Compose,
    Show,
    Lint,
    Stage,
    Edit,
    Insert,
    Restore,
    Confirm,
    Correct,
    Renumber,
}

impl Act {
    fn parse(word: &str) -> Option<(Act, usize)> {
        // with how many words it needs behind the meeting
        Some(match word {
            "compose" => (Act::Compose, 0),
            "show" => (Act::Show, 0),
            "lint" => (Act::Lint, 0),
            "stage" => (Act::Stage, 1),
            "edit" => (Act::Edit, 2),
            "insert" => (Act::Insert, 2),
            "restore" => (Act::Restore, 1),
            "confirm" => (Act::Confirm, 1),
            "correct" => (Act::Correct, 1),
            "renumber" => (Act::Renumber, 0),
            _ => return None,
        })
    }
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let refused = |refusal: MinutesRefusal| Failure::refusal(&Refusal::Minutes(refusal), text);
    let unknown = || refused(MinutesRefusal::UnknownAct { word: words.at(0).to_string() });
    let (act, needed) = Act::parse(words.at(0)).ok_or_else(unknown)?;
    if words.all().len() < 2 + needed {
        return Err(Failure::usage((text.minutes.words_missing)(text.help.verbs.minutes.usage)));
    }
    let option = |name: &str| own.get_one::<String>(name).cloned().unwrap_or_default();
    let (by, reason) = (option("by"), option("reason"));
    let mut workspace = session.open_to_change()?;
    let meeting = ops::meeting::resolve_meeting(&mut workspace, words.at(1), session.today());
    let meeting = meeting.map_err(|refusal| Failure::refusal(&refusal, text))?;
    let templates = ops::office_templates(&workspace).map_err(|refusal| Failure::refusal(&refusal, text))?;
    let moment = session.moment(workspace.root(), !matches!(act, Act::Show | Act::Lint | Act::Compose))?;
    let done = match act {
        Act::Show => return show(session, &mut workspace, &meeting, &templates),
        Act::Lint => return lint(session, &mut workspace, &meeting, &templates),
        Act::Compose => {
            let done = ops::compose_minutes(&mut workspace, &meeting, &templates);
            done.map_err(|refusal| Failure::refusal(&refusal, text))?;
            return show(session, &mut workspace, &meeting, &templates);
        }
        Act::Stage => return stage(session, &mut workspace, &meeting, &templates, words.at(2), (&by, &reason)),
        Act::Edit => {
            let written = super::note::typed(session, words.at(3))?;
            ops::edit_sentence(&mut workspace, &moment, &meeting, &templates, words.at(2), &written)
        }
        Act::Insert => {
            let written = super::note::typed(session, words.at(3))?;
            let done = ops::insert_sentence(&mut workspace, &moment, &meeting, &templates, words.at(2), &written);
            return made(session, &workspace, done);
        }
        Act::Restore => ops::restore_sentence(&mut workspace, &meeting, &templates, words.at(2)),
        Act::Confirm => {
            let unit = ops::resolve_unit(&workspace, words.at(2));
            let unit = unit.map_err(|refusal| Failure::refusal(&refusal, text))?;
            ops::confirm_minutes(&mut workspace, &moment, &meeting, &unit, &by, &reason)
        }
        Act::Correct => {
            let written = super::note::typed(session, words.at(2))?;
            let done = ops::correct_minutes(&mut workspace, &moment, &meeting, &written, &by);
            if let Ok((_, number)) = &done {
                session.say(&(text.minutes.corrected)(*number));
            }
            done.map(|(outcome, _)| outcome)
        }
        Act::Renumber => {
            let wanted = Some(words.at(2)).filter(|word| !word.is_empty());
            let wanted = wanted.map(|word| word.parse::<i64>().ok().filter(|number| *number > 0).ok_or(word));
            let wanted = match wanted.transpose() {
                Ok(wanted) => wanted,
                Err(word) => return Err(refused(MinutesRefusal::BadNumber { text: word.to_string() })),
            };
            let done = ops::renumber_minutes(&mut workspace, &moment, &meeting, wanted, &by);
            done.map(|(outcome, _)| outcome)
        }
    };
    change::answer(session, &workspace, done)
}

/// A paragraph that was put in, answered with its key.
fn made(
    session: &mut Session,
    workspace: &Workspace,
    done: Result<(Outcome, Str), Refusal>,
) -> Result<Answer, Failure> {
    let (outcome, key) = match done {
        Ok((outcome, key)) => (Ok(outcome), key),
        Err(refusal) => (Err(refusal), Str::new()),
    };
    let answer = change::answer(session, workspace, outcome)?;
    if session.settings.json {
        return Ok(Answer::done(super::json::print(&serde_json::json!({ "id": key.as_str() }))));
    }
    Ok(Answer { data: format!("{key}\n"), ..answer })
}

fn stage(
    session: &mut Session,
    workspace: &mut Workspace,
    meeting: &str,
    templates: &Templates,
    word: &str,
    (by, reason): (&str, &str),
) -> Result<Answer, Failure> {
    let text = session.text;
    let unknown = || MinutesRefusal::UnknownStage { word: word.to_string() };
    let kind = StageKind::parse(word).ok_or_else(|| Failure::refusal(&Refusal::Minutes(unknown()), text))?;
    let moment = session.moment(workspace.root(), true)?;
    if kind == StageKind::Sign
        && let Ok(found) = ops::lint_minutes(workspace, meeting, templates)
        && !found.is_empty()
    {
        session.say(&(text.minutes.findings_remain)(found.len()));
    }
    let done = ops::stage_minutes(workspace, &moment, meeting, templates, kind, by, reason);
    let (outcome, tag) = match done {
        Ok(staged) => (Ok(staged.outcome), staged.tag),
        Err(refusal) => (Err(refusal), None),
    };
    let answer = change::answer(session, workspace, outcome)?;
    match tag {
        Some(Ok(tag)) => session.say(&(text.minutes.tagged)(&tag)),
        Some(Err(error)) => session.say(&(text.minutes.not_tagged)(&say_git(&error, text))),
        None => {}
    }
    Ok(answer)
}

fn lint(
    session: &mut Session,
    workspace: &mut Workspace,
    meeting: &str,
    templates: &Templates,
) -> Result<Answer, Failure> {
    let text = session.text;
    let found = ops::lint_minutes(workspace, meeting, templates);
    let found = found.map_err(|refusal| Failure::refusal(&refusal, text))?;
    let record = |finding: &crate::domain::minutes::LintFinding| {
        let (file, line, column) = ops::record_place(workspace, &finding.at, finding.field);
        let file = session::file_name(workspace, &file);
        let message = say_lint(&finding.rule, text);
        FindingRecord { file, line, column, rule: finding.rule.name(), message, sentence: finding.sentence.clone() }
    };
    let records: Vec<FindingRecord> = found.iter().map(record).collect();
    let data = session.data(&records, |out| {
        for finding in &records {
            out.push_str(&session::at_place(&finding.file, finding.line, finding.column, &finding.message));
        }
    });
    if records.is_empty() {
        session.say(text.minutes.clean);
        return Ok(Answer::done(data));
    }
    session.say(&(text.minutes.found)(records.len()));
    Ok(Answer { data, code: Code::Data })
}

fn show(
    session: &mut Session,
    workspace: &mut Workspace,
    meeting: &str,
    templates: &Templates,
) -> Result<Answer, Failure> {
    let text = session.text;
    let view = ops::minutes_view(workspace, meeting, templates);
    let view = view.map_err(|refusal| Failure::refusal(&refusal, text))?;
    let nothing = Record::new();
    let minutes = workspace.plan().record(&RecordId::new(RecordKind::Minutes, meeting, "")).unwrap_or(&nothing);
    let record = record(workspace, &view, minutes, text);
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    let data = session.data(&record, |out| print(&record, &view, out, width, text));
    Ok(session.browsed(workspace, data))
}

fn record<'v>(workspace: &'v Workspace, view: &'v MinutesView, minutes: &'v Record, text: &Text) -> ViewRecord<'v> {
    let number = minutes.number(Field::Year).zip(minutes.number(Field::Number));
    let corrections = workspace.plan().records_at(RecordKind::Correction, &view.meeting);
    ViewRecord {
        meeting: &view.meeting,
        number: number.map(|(year, number)| (text.minutes.number)(year, number)),
        nth: minutes.number(Field::Nth),
        stage: view.stages.at().map(StageKind::token),
        next: view.stages.next().map(StageKind::token),
        signer: minutes.text(Field::Signer),
        signed: minutes.date(Field::Signed),
        issued: minutes.date(Field::Issued),
        text: crate::domain::minutes::body(&view.lines).to_string(),
        sentences: view
            .lines
            .iter()
            .map(|line| SentenceRecord {
                key: &line.key,
                kind: line.source.as_ref().map(|source| source.kind.token()),
                source: line.source.as_ref().map(|source| source.key.as_str()),
                state: line.state.token(),
                text: &line.text,
                composed: line.composed.as_deref(),
            })
            .collect(),
        stages: view
            .stages
            .steps
            .iter()
            .map(|step| StageRecord { stage: step.kind.token(), date: step.date, by: &step.by, text: &step.text })
            .collect(),
        confirmations: view
            .confirmations
            .iter()
            .map(|one| ConfirmationRecord {
                unit: one.unit.as_str(),
                confirmed: one.date,
                by: &one.by,
                objection: &one.objection,
            })
            .collect(),
        corrections: corrections
            .map(|(_, one)| CorrectionRecord {
                number: one.number(Field::Number),
                date: one.date(Field::Date),
                by: one.text(Field::By),
                text: one.text(Field::Text),
            })
            .collect(),
    }
}

fn print(record: &ViewRecord, view: &MinutesView, out: &mut String, width: usize, text: &Text) {
    let say = &text.minutes;
    let mut head: Vec<String> = vec![record.meeting.to_string()];
    head.extend(record.number.clone());
    head.push(match view.stages.next() {
        Some(next) => (say.next_stage)((say.stage)(next)),
        None => say.finished.to_string(),
    });
    visible::put(out, &head.join("  "));
    out.push('\n');
    for line in &view.lines {
        let mark = (say.line)(line.state);
        let note = if mark.is_empty() { String::new() } else { format!("  〔{mark}〕") };
        visible::put(out, &format!("{}{note}", line.key));
        out.push_str(&table::wrap(&line.text, width, 2));
        out.push('\n');
        if let Some(composed) = line.composed.as_deref().filter(|composed| *composed != line.text.as_str()) {
            out.push_str(&table::wrap(&(say.was)(composed), width, 4));
            out.push('\n');
        }
    }
    out.push('\n');
    for step in &view.stages.steps {
        let date = step.date.map(|date| date.to_string()).unwrap_or_default();
        let line = format!("{}  {date}  {}  {}", (say.stage)(step.kind), step.by, step.text);
        visible::put(out, line.strip_suffix("  ").unwrap_or(&line));
    }
    for one in &record.confirmations {
        let sentence = match (one.objection, one.confirmed) {
            ("", Some(date)) => (say.confirmed)(one.unit, one.by, &date.to_string()),
            ("", None) => (say.unconfirmed)(one.unit),
            (objection, _) => (say.objects)(one.unit, objection),
        };
        visible::put(out, &sentence);
    }
    for one in &record.corrections {
        visible::put(out, &format!("{}  {}", (say.corrected)(one.number.unwrap_or_default()), one.text));
    }
}
