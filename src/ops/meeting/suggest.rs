//! What is suggested for a meeting: taken onto its agenda or into the pool, or put aside until something changes.

use super::agenda::{NewItem, item_change, place_for, record};
use super::{MeetingRefusal, NewTopic, add_topic, known, make, ready, set};
use crate::domain::meeting::{self, Act, ItemKind, Meeting, MeetingKind, Suggestion, proposed_date};
use crate::domain::{Field, NodeId, Record, RecordId, RecordKind, Status};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;
use chrono::{Days, NaiveDate};

/// What is suggested for a meeting, or for whichever comes next.
///
/// # Errors
/// No such meeting.
pub fn suggestions(
    workspace: &mut Workspace,
    meeting: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<Suggestion>, Refusal> {
    workspace.read_records();
    workspace.calendar(today, today + Days::new(800));
    let plan = workspace.plan();
    let meeting = meeting.map(|id| known(workspace, id)).transpose()?;
    let planned = meeting::next_meeting(plan, today).and_then(|next| next.date());
    let next = planned.unwrap_or_else(|| proposed_date(plan, MeetingKind::Plenary, today));
    Ok(meeting::suggestions(plan, meeting.as_ref(), next, today))
}

/// Takes a suggestion: onto the agenda of a meeting, or into the pool of topics.
///
/// # Errors
/// It is not suggested; the agenda may not change any more.
pub fn take_suggestion(
    workspace: &mut Workspace,
    moment: &Moment,
    key: &str,
    meeting: Option<&str>,
) -> Result<Outcome, Refusal> {
    let one = suggested(workspace, key, meeting, moment.today)?;
    let Some(meeting) = meeting else {
        let topic = NewTopic {
            title: one.title.to_string(),
            units: one.units.clone(),
            tasks: one.tasks.clone(),
            source: one.key.to_string(),
            submitter: moment.author.clone().unwrap_or_default(),
            ..NewTopic::default()
        };
        return add_topic(workspace, moment, &topic);
    };
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let item = old_item(&meeting, &one).unwrap_or_else(|| NewItem {
        title: one.title.to_string(),
        unit: one.units.first().cloned(),
        tasks: one.tasks.clone(),
        ..NewItem::default()
    });
    let order = place_for(&meeting.items(), item.kind.unwrap_or(ItemKind::Deliberation));
    let new = record(&item, order)?.with(Field::From, if one.from.is_empty() { &one.key } else { &one.from }.clone());
    let change = item_change(&meeting, moment, 0, new);
    save(workspace, Transaction::new(Verb::Agenda, vec![change]))
}

/// The item that a suggestion goes back to, as a new one.
fn old_item(meeting: &Meeting, one: &Suggestion) -> Option<NewItem> {
    let (last, key) = one.from.split_once('/')?;
    let item = Meeting::of(meeting.plan, last)?.item(key)?;
    Some(NewItem {
        title: item.title().to_string(),
        kind: Some(item.kind()),
        section: item.section().to_string(),
        unit: item.unit().cloned(),
        speaker: item.speaker().to_string(),
        minutes: item.minutes(),
        tasks: item.tasks().to_vec(),
        question: item.question().to_string(),
        recurring: false,
    })
}

/// Puts a suggestion aside until its facts change.
///
/// # Errors
/// It is not suggested.
pub fn dismiss_suggestion(workspace: &mut Workspace, moment: &Moment, key: &str) -> Result<Outcome, Refusal> {
    let one = suggested(workspace, key, None, moment.today)?;
    let id = RecordId::of_plan(RecordKind::Dismissal, one.key.clone());
    let plan = workspace.plan();
    let mut changes = if plan.record(&id).is_some() {
        vec![
            set(plan, &id, Field::Facts, Some(one.facts.into())),
            set(plan, &id, Field::Date, Some(moment.today.into())),
            set(plan, &id, Field::By, moment.author.clone().map(Into::into)),
        ]
    } else {
        let record = Record::new()
            .with(Field::Title, one.title)
            .with(Field::Facts, one.facts)
            .with_some(Field::By, moment.author.clone())
            .with(Field::Date, moment.today);
        vec![make(id.clone(), record)]
    };
    // what was put aside once and has nothing behind it any more goes with this step
    let all = meeting::candidates(plan, moment.today);
    let is_stale = |key: &str| match key.strip_prefix("task-") {
        Some(task) => NodeId::parse(task)
            .is_none_or(|task| plan.node(&task).is_none() || plan.state(&task).status == Status::Done),
        None => !all.iter().any(|one| one.key.as_str() == key),
    };
    let old = plan.records_of(RecordKind::Dismissal).filter(|(old, _)| **old != id && is_stale(&old.key));
    changes.extend(old.map(|(old, record)| {
        Change::new(Place::Record(old.clone()), Some(Value::Record(Box::new(record.clone()))), None)
    }));
    save(workspace, Transaction::new(Verb::Topic, changes))
}

fn suggested(
    workspace: &mut Workspace,
    key: &str,
    meeting: Option<&str>,
    today: NaiveDate,
) -> Result<Suggestion, Refusal> {
    let all = suggestions(workspace, meeting, today)?;
    let known = all.iter().map(|one| one.key.clone()).collect();
    let found = all.into_iter().find(|one| one.key.as_str() == key.trim());
    found.ok_or_else(|| MeetingRefusal::UnknownSuggestion { text: key.to_string(), known }.into())
}
