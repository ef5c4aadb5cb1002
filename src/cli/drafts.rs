//! `draft`: drafts for approval.

use super::diff::{self, DifferenceRecord};
use super::fail::{Code, Failure};
use super::json;
use super::session::{Answer, Session, Words};
use super::table::Table;
use super::{Verb, usage};
use crate::ops::{self, Done, Draft, DraftDone, DraftRefusal};
use crate::text::Text;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct DraftRecord<'d> {
    name: &'d str,
    /// `open`, `submitted`, `approved`, `returned`.
    state: &'static str,
    by: Option<&'d str>,
    on: Option<String>,
    /// What is to be done about it, where it was returned.
    comment: Option<&'d str>,
    /// It is open on this machine.
    here: bool,
    branch: &'d str,
    changes: usize,
    events: Vec<EventRecord<'d>>,
}

#[derive(Serialize)]
struct EventRecord<'d> {
    state: &'static str,
    by: Option<&'d str>,
    on: Option<String>,
    comment: &'d str,
}

#[derive(Serialize)]
struct ShownRecord<'d> {
    #[serde(flatten)]
    draft: DraftRecord<'d>,
    differences: Vec<DifferenceRecord<'d>>,
}

#[derive(Serialize)]
struct DoneRecord<'d> {
    /// `made`, `opened`, `left`, `submitted`, `unchanged`, `approved`, `returned`.
    done: &'static str,
    kept: Option<&'d str>,
    conflicts: usize,
    message: String,
    #[serde(flatten)]
    draft: DraftRecord<'d>,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let act = words.first().unwrap_or("list");
    let name = words.all().get(1..).unwrap_or_default().join(" ");
    let is_known = matches!(act, "list" | "show" | "new" | "open" | "leave" | "submit" | "approve" | "return");
    if !is_known {
        return Err(Failure::usage((text.drafts.unknown_act)(act)));
    }
    if name.is_empty() && matches!(act, "new" | "open" | "approve" | "return") {
        return Err(usage::words_missing(Verb::Draft, text));
    }
    if act == "list" {
        return list(session);
    }
    let root = session.root()?;
    if act == "show" {
        return show(session, &name);
    }
    let moment = session.moment(&root, true)?;
    let named = Some(name.as_str()).filter(|name| !name.is_empty());
    let done = match act {
        "new" => ops::new_draft(&root, &name, &moment, text),
        "open" => ops::open_draft(&root, &name, &moment, text),
        "leave" => ops::leave_draft(&root, &moment, text),
        "submit" => ops::submit_draft(&root, named, &moment, text),
        "approve" => ops::approve_draft(&root, &name, &moment, text),
        _ => {
            let comment = own.get_one::<String>("comment").map_or("", String::as_str);
            ops::return_draft(&root, &name, comment, &moment, text)
        }
    };
    let done = done.map_err(|refusal| Failure::draft(&refusal, text))?;
    answer(session, &done)
}

/// What was done: sentences on standard error, or one document on standard output.
fn answer(session: &mut Session, done: &DraftDone) -> Result<Answer, Failure> {
    let text = session.text;
    let lines = ops::say_draft(done, text);
    let (word, conflicts) = match &done.what {
        Done::Made { .. } => ("made", 0),
        Done::Opened => ("opened", 0),
        Done::Left => ("left", 0),
        Done::Submitted => ("submitted", 0),
        Done::SubmittedBefore => ("unchanged", 0),
        Done::Approved { conflicts, beside, .. } => ("approved", conflicts.len() + beside.len()),
        Done::Returned => ("returned", 0),
    };
    let code = if conflicts == 0 { Code::Done } else { Code::Conflict };
    if !session.settings.json {
        lines.iter().for_each(|line| session.say(line));
        return Ok(Answer { data: String::new(), code });
    }
    let mut archive = session.archive()?;
    let changes = done.draft.changes(&mut archive).map_err(|error| Failure::git(&error, text))?.0.len();
    let draft = record(&done.draft, changes);
    let kept = done.kept.as_deref();
    let data = json::print(&DoneRecord { done: word, kept, conflicts, message: lines.join("\n"), draft });
    Ok(Answer { data, code })
}

fn list(session: &mut Session) -> Result<Answer, Failure> {
    let text = session.text;
    let git = |error| Failure::git(&error, text);
    let mut archive = session.archive()?;
    let all = ops::drafts(archive.repo()).map_err(git)?;
    let mut counted = Vec::with_capacity(all.len());
    for draft in &all {
        counted.push((draft, draft.changes(&mut archive).map_err(git)?.0.len()));
    }
    let records: Vec<DraftRecord> = counted.iter().map(|(draft, changes)| record(draft, *changes)).collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for (draft, changes) in &counted {
            table.row([draft.name.clone(), state(draft, text), who(draft), change_words(*changes, text)]);
            if let Some(comment) = draft.comment() {
                let said = (text.drafts.said)(&comment.comment.replace('\n', " "));
                table.row([String::new(), String::new(), String::new(), said]);
            }
        }
        table.print(out);
    });
    let waiting = all.iter().filter(|draft| draft.state == ops::DraftState::Submitted).count();
    match all.len() {
        0 => session.say(text.drafts.none),
        all => session.say(&(text.drafts.total)(all, waiting)),
    }
    Ok(Answer::done(data))
}

/// One draft: what happened to it, and what it changes.
fn show(session: &mut Session, name: &str) -> Result<Answer, Failure> {
    let text = session.text;
    let git = |error| Failure::git(&error, text);
    let mut archive = session.archive()?;
    let draft = ops::find_draft(archive.repo(), Some(name)).map_err(|refusal| Failure::draft(&refusal, text))?;
    let between = draft.between(&mut archive).map_err(git)?;
    let all = ops::differences(between.changes.clone());
    let count = all.iter().filter(|difference| difference.with.is_none()).count();
    let records = all
        .iter()
        .flat_map(|difference| diff::records(difference, diff::main_of(difference, &all), &between.new, text))
        .collect();
    let shown = ShownRecord { draft: record(&draft, count), differences: records };
    let width = session.world.width;
    let data = session.data(&shown, |out| {
        out.push_str(&format!("{}  {}  {}\n", draft.name, state(&draft, text), change_words(count, text)));
        for event in &draft.events {
            out.push_str(&format!("  {}\n", ops::say_draft_event(event, text)));
            let comment = event.comment.lines().filter(|line| !line.is_empty());
            comment.for_each(|line| out.push_str(&format!("    {line}\n")));
        }
        let head = super::visible::lines(out).into_owned();
        *out = head;
        out.push('\n');
        diff::print(out, &all, &between.new, width, text);
    });
    diff::report(session, &between.problems);
    Ok(Answer::done(data))
}

fn record(draft: &Draft, changes: usize) -> DraftRecord<'_> {
    let events = draft.events.iter().map(|event| EventRecord {
        state: event.state.token(),
        by: event.by.as_deref(),
        on: event.on.map(|on| on.to_string()),
        comment: &event.comment,
    });
    DraftRecord {
        name: &draft.name,
        state: draft.state.token(),
        by: draft.by(),
        on: draft.on().map(|on| on.to_string()),
        comment: draft.comment().map(|event| event.comment.as_str()),
        here: draft.is_here,
        branch: &draft.branch,
        changes,
        events: events.collect(),
    }
}

fn state(draft: &Draft, text: &Text) -> String {
    let word = ops::draft_state_word(draft.state, text);
    if draft.is_here { format!("{word}·{}", text.drafts.here) } else { word.to_string() }
}

fn who(draft: &Draft) -> String {
    let on = draft.on().map(|on| on.to_string()).unwrap_or_default();
    format!("{on} {}", draft.by().unwrap_or_default()).trim().to_string()
}

fn change_words(count: usize, text: &Text) -> String {
    if count == 0 { text.drafts.no_changes.to_string() } else { (text.drafts.changes)(count) }
}

impl Failure {
    pub fn draft(refusal: &DraftRefusal, text: &Text) -> Self {
        let code = match refusal {
            DraftRefusal::NoName | DraftRefusal::NameTooLong { .. } | DraftRefusal::BadName { .. } => Code::Usage,
            DraftRefusal::Which { .. } | DraftRefusal::CommentNeeded => Code::Usage,
            DraftRefusal::Unknown { .. }
            | DraftRefusal::IsOpen { .. }
            | DraftRefusal::OtherOpen { .. }
            | DraftRefusal::NotOpen
            | DraftRefusal::NotSubmitted { .. }
            | DraftRefusal::IsApproved { .. }
            | DraftRefusal::Nothing { .. }
            | DraftRefusal::SentBackInside { .. }
            | DraftRefusal::NoLine
            | DraftRefusal::InTheWay { .. } => Code::Refused,
            DraftRefusal::Sync(refusal) => super::sync::code(refusal),
        };
        Failure { code, sentence: ops::say_draft_refusal(refusal, text) }
    }
}
