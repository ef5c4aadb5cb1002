//! `history`: who changed what, when, by which meeting or letter.

use super::diff::{self, DifferenceRecord};
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use crate::domain::{NodeId, Plan, TargetId, UnitId};
use crate::ops::{self, About, Event};
use crate::text::Text;
use crate::workspace::{Reach, Workspace};
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

/// A difference with the commit that brought it.
#[derive(Serialize)]
struct EventRecord<'e> {
    when: Option<NaiveDate>,
    who: &'e str,
    commit: &'e str,
    subject: &'e str,
    #[serde(flatten)]
    difference: DifferenceRecord<'e>,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let limit = match own.get_one::<String>("limit") {
        None => usize::MAX,
        Some(limit) => limit.trim().parse().map_err(|_| Failure::usage((text.review.bad_limit)(limit)))?,
    };
    let about = about(session, words)?;
    let mut archive = session.archive()?;
    let is_new = own.get_flag("new");
    let who =
        if is_new { session.moment(archive.repo().root(), true)?.author.unwrap_or_default() } else { String::new() };
    let since = archive.seen(&who).filter(|_| is_new);
    let mut names = Plan::default();
    let events = ops::history(&mut archive, &about, limit, since.as_ref().map(|oid| oid.as_str()), &mut names);
    let events = events.map_err(|error| Failure::git(&error, text))?;
    if events.is_empty() && about != About::Plan {
        let known = ops::was_ever(&mut archive, &session.open_part(Reach::Text)?, &about);
        known.map_err(|refusal| Failure::refusal(&refusal, text))?;
    }
    if is_new {
        archive.mark_seen(&who);
    }
    let records = || events.iter().flat_map(|event| records(event, &names, text)).collect::<Vec<EventRecord>>();
    let data = session.data_of(records, |out| print(out, &events, &names, session.world.width, text));
    if events.is_empty() && since.is_some() {
        session.say(&(text.review.nothing_new)(&who));
    } else if events.is_empty() {
        session.say(&(text.review.no_history)(&words.all().join(" ")));
    }
    Ok(Answer::done(data))
}

/// What is asked about. The plan is opened only to find a department by one of its names.
fn about(session: &Session, words: &Words) -> Result<About, Failure> {
    let text = session.text;
    let Some(id) = words.first() else { return Ok(About::Plan) };
    let is_target = id.len() > 1 && id.is_ascii() && id.starts_with(['T', 't']) && id[1..].parse::<u32>().is_ok();
    let unit = |workspace: &Workspace, name: &str| ops::resolve_unit(workspace, name);
    let field = words.at(1);
    if !field.is_empty() {
        let by_name = |name: &str| -> Option<UnitId> { unit(&session.open().ok()?, name).ok() };
        let place = ops::field_place(id, field, by_name);
        return place.map(About::Field).ok_or_else(|| Failure::usage((text.review.unknown_field)(field)));
    }
    if is_target {
        return Ok(About::Target(TargetId::new(id.to_ascii_uppercase())));
    }
    if let Some(node) = NodeId::parse(id).filter(|node| !node.numbers().is_empty()) {
        return Ok(About::Node(node));
    }
    let workspace = session.open()?;
    match NodeId::parse(id).filter(|node| workspace.node(node).is_some()) {
        Some(node) => Ok(About::Node(node)),
        None => unit(&workspace, id).map(About::Unit).map_err(|refusal| Failure::refusal(&refusal, text)),
    }
}

fn records<'e>(event: &'e Event, names: &Plan, text: &Text) -> Vec<EventRecord<'e>> {
    let Event { commit, who, when, subject, difference } = event;
    let found = diff::records(difference, None, names, text);
    found.into_iter().map(|difference| EventRecord { when: *when, who, commit, subject, difference }).collect()
}

fn print(out: &mut String, events: &[Event], names: &Plan, edge: Option<usize>, text: &Text) {
    let mut table = Table::plain(edge);
    for event in events.iter().filter(|event| event.difference.with.is_none()) {
        let when = event.when.map(|day| day.to_string()).unwrap_or_default();
        let commit = event.commit.chars().take(7).collect();
        table.row([when, event.who.clone(), commit, ops::say_difference(&event.difference, names, text)]);
    }
    table.print(out);
}
