//! The agenda: adding items, taking topics, order, taking items off.

use super::{GAP, MeetingRefusal, item_of, lines, make, random_key, ready, set, set_fields, title, topic_of};
use crate::domain::meeting::{Act, Item, ItemKind, ItemState, Meeting, Return, TopicState, Why};
use crate::domain::{Field, FieldValue, NodeId, Plan, Record, RecordId, RecordKind, UnitId};
use crate::edit::{Change, Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;

/// An item as somebody adds it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewItem {
    pub title: String,
    /// Deliberation where nothing is said.
    pub kind: Option<ItemKind>,
    pub section: String,
    pub unit: Option<UnitId>,
    pub speaker: String,
    pub minutes: Option<i64>,
    pub tasks: Vec<NodeId>,
    pub question: String,
    pub recurring: bool,
}

/// Adds an item, after those of its kind.
///
/// # Errors
/// The agenda may not change any more; no title.
pub fn add_item(workspace: &mut Workspace, moment: &Moment, meeting: &str, item: &NewItem) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let kind = item.kind.unwrap_or(ItemKind::Deliberation);
    let order = place_for(&meeting.items(), kind);
    let change = item_change(&meeting, moment, 0, record(item, order)?);
    save(workspace, Transaction::new(Verb::Agenda, vec![change]))
}

/// The record of a new item.
pub(super) fn record(item: &NewItem, order: i64) -> Result<Record, Refusal> {
    let kind = item.kind.unwrap_or(ItemKind::Deliberation);
    let section = if item.section.is_empty() { kind.word().into() } else { lines(&item.section)? };
    Ok(Record::new()
        .with(Field::Title, title(&item.title)?)
        .with(Field::Section, section)
        .with(Field::Order, order)
        .with(Field::Kind, FieldValue::word(kind.token()))
        .with_some(Field::Unit, item.unit.clone())
        .with(Field::Speaker, lines(&item.speaker)?)
        .with_some(Field::Minutes, item.minutes.filter(|minutes| *minutes > 0))
        .with(Field::Tasks, item.tasks.clone())
        .with(Field::Question, lines(&item.question)?)
        .with(Field::Recurring, item.recurring)
        .with(Field::State, FieldValue::word(ItemState::Open.token())))
}

/// The record of an item that returns. What is only to be followed up is heard and not decided again.
pub(super) fn returned(one: &Return, order: i64) -> Record {
    let kind = returned_kind(one);
    let old = one.item.record;
    let mut record = Record::new();
    for field in [Field::Title, Field::Section, Field::Unit, Field::Speaker, Field::Minutes, Field::Tasks, Field::Topic]
    {
        record.set(field, old.get(field).cloned());
    }
    for field in [Field::Question, Field::Recurring] {
        record.set(field, old.get(field).cloned());
    }
    if kind != one.item.kind() {
        record.set(Field::Section, Some(kind.word().into()));
    }
    record
        .with(Field::Order, order)
        .with(Field::Kind, FieldValue::word(kind.token()))
        .with(Field::From, one.source())
        .with(Field::State, FieldValue::word(ItemState::Open.token()))
}

/// What an item that returns is for.
pub(super) fn returned_kind(one: &Return) -> ItemKind {
    match one.why {
        Why::OpenOutcome => ItemKind::FollowUp,
        Why::Undiscussed | Why::Postponed | Why::Recurring | Why::Prepared => one.item.kind(),
    }
}

/// The change that makes an item.
pub(super) fn item_change(meeting: &Meeting, moment: &Moment, nth: u32, record: Record) -> Change {
    let about = format!("{}{}", meeting.id, record.text(Field::Title));
    let key = random_key(meeting.plan, moment, &about, nth);
    make(meeting.record_id(RecordKind::Item, &key), record)
}

/// The order of a new item of a kind: after the last one that does not come later by its kind.
pub(super) fn place_for(items: &[Item], kind: ItemKind) -> i64 {
    let at = items.iter().rposition(|item| !item.is_dropped() && item.kind() <= kind).map_or(0, |at| at + 1);
    let before = at.checked_sub(1).and_then(|at| items.get(at)).map(|item| item.order());
    let after = items.get(at).map(|item| item.order());
    between(before, after).unwrap_or_else(|| before.unwrap_or(0))
}

/// A number between two neighbours; `None` where there is no room.
fn between(before: Option<i64>, after: Option<i64>) -> Option<i64> {
    let known = |order: i64| (order.abs() < i64::MAX / 4).then_some(order);
    match (before.and_then(known), after.and_then(known)) {
        (None, None) => Some(GAP),
        (Some(before), None) => Some(before + GAP),
        (None, Some(after)) => Some(after - GAP),
        (Some(before), Some(after)) if after - before > 1 => Some(before + (after - before) / 2),
        (Some(_), Some(_)) => None,
    }
}

/// Puts a topic of the pool on the agenda, which takes it up.
///
/// # Errors
/// The agenda may not change any more; no such topic; it is on an agenda already.
pub fn take_topic(workspace: &mut Workspace, moment: &Moment, meeting: &str, topic: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let plan = meeting.plan;
    let topic = topic_of(plan, topic)?;
    let is_on = |item: &Item| !item.is_dropped() && item.record.text(Field::Topic) == topic.key.as_str();
    let elsewhere = Meeting::of(plan, topic.meeting()).filter(|other| other.items().iter().any(is_on));
    if let Some(other) = elsewhere {
        let (title, meeting) = (topic.title().to_string(), other.id.clone());
        return Err(MeetingRefusal::Taken { title, meeting }.into());
    }
    let item = NewItem {
        title: topic.title().to_string(),
        unit: topic.units().first().cloned(),
        tasks: topic.tasks().to_vec(),
        question: topic.record.text(Field::Question).to_string(),
        ..NewItem::default()
    };
    let order = place_for(&meeting.items(), ItemKind::Deliberation);
    let record = record(&item, order)?.with(Field::Topic, topic.key.clone());
    let id = RecordId::of_plan(RecordKind::Topic, topic.key.clone());
    let changes = vec![
        item_change(&meeting, moment, 0, record),
        set(plan, &id, Field::State, Some(FieldValue::word(TopicState::Accepted.token()))),
        set(plan, &id, Field::Meeting, Some(meeting.id.clone().into())),
    ];
    save(workspace, Transaction::new(Verb::Agenda, changes))
}

/// Makes an item the n-th of the agenda, counted from 1.
///
/// # Errors
/// The agenda may not change any more; no such item; a number beyond its end.
pub fn order_item(workspace: &mut Workspace, meeting: &str, item: &str, number: usize) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let item = item_of(&meeting, item)?;
    let others: Vec<Item> =
        meeting.items().into_iter().filter(|other| !other.is_dropped() && other.key != item.key).collect();
    if number == 0 || number > others.len() + 1 {
        return Err(MeetingRefusal::NoSuchNumber { number, count: others.len() + 1 }.into());
    }
    let stands = meeting.agenda().iter().any(|slot| slot.number == Some(number) && slot.item.key == item.key);
    let id = |item: &Item| meeting.record_id(RecordKind::Item, item.key);
    let before = number.checked_sub(2).and_then(|at| others.get(at)).map(|other| other.order());
    let after = others.get(number - 1).map(|other| other.order());
    let order = |item: &Item, order: i64| set(meeting.plan, &id(item), Field::Order, Some(order.into()));
    let changes = match between(before, after) {
        _ if stands => Vec::new(),
        Some(new) => vec![order(&item, new)],
        // no room left: everything is counted anew
        None => {
            let mut all = others;
            all.insert(number - 1, item);
            all.iter().enumerate().map(|(at, item)| order(item, (at as i64 + 1) * GAP)).collect()
        }
    };
    save(workspace, Transaction::new(Verb::Agenda, changes))
}

/// Takes an item off the agenda; its topic goes back into the pool. It stays in the record as dropped, because people may have
/// read of it in a notice.
///
/// # Errors
/// The agenda may not change any more; no such item.
pub fn drop_item(workspace: &mut Workspace, meeting: &str, item: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let item = item_of(&meeting, item)?;
    let id = meeting.record_id(RecordKind::Item, item.key);
    let mut changes = vec![set(meeting.plan, &id, Field::State, Some(FieldValue::word(ItemState::Dropped.token())))];
    changes.extend(free_topic(meeting.plan, &meeting, &item));
    if meeting.record.text(Field::Current) == item.key.as_str() {
        changes.push(set(meeting.plan, &meeting.own_id(), Field::Current, None));
    }
    save(workspace, Transaction::new(Verb::Agenda, changes))
}

fn free_topic(plan: &Plan, meeting: &Meeting, item: &Item) -> Option<Change> {
    let topic = topic_of(plan, item.record.text(Field::Topic)).ok()?;
    let id = RecordId::of_plan(RecordKind::Topic, topic.key.clone());
    (topic.meeting() == meeting.id.as_str()).then(|| set(plan, &id, Field::Meeting, None))
}

/// Sets fields of an item.
///
/// # Errors
/// The agenda may not change any more; no such item; an empty title.
pub fn set_item(
    workspace: &mut Workspace,
    meeting: &str,
    item: &str,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let item = item_of(&meeting, item)?;
    let id = meeting.record_id(RecordKind::Item, item.key);
    if fields.iter().any(|(field, value)| *field == Field::Title && value.is_none()) {
        return Err(MeetingRefusal::EmptyTitle.into());
    }
    set_fields(workspace, Verb::Agenda, &id, fields)
}
