//! In the room: the current item, what is said, what is decided, what is put off.

use super::agenda::{NewItem, item_change, place_for, record};
use super::{GAP, MeetingRefusal, clock, item_of, lines, make, random_key, ready, said, set, set_fields, timed_key};
use crate::domain::meeting::{Act, Item, ItemKind, ItemState, LineKind, Meeting, OutcomeKind};
use crate::domain::{Due, Field, FieldValue, NodeId, Record, RecordId, RecordKind, UnitId};
use crate::edit::{Change, Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;

/// A line of the internal record as somebody types it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewLine {
    /// The key of its item; `None` where it belongs to none.
    pub item: Option<String>,
    pub kind: LineKind,
    pub speaker: String,
    pub unit: Option<UnitId>,
    pub text: String,
}

/// A decision as somebody types it. Everything but the text may be missing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewOutcome {
    pub kind: OutcomeKind,
    pub text: String,
    pub lead: Option<UnitId>,
    pub with: Vec<UnitId>,
    pub due: Option<Due>,
    pub form: String,
    /// The clauses it rests on; the item's where it names none.
    pub tasks: Vec<NodeId>,
}

/// Writes a line into the internal record.
///
/// # Errors
/// The meeting is not on; no such item; nothing to write.
pub fn record_line(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    line: &NewLine,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Capture)?;
    let item = line.item.as_deref().map(|item| item_of(&meeting, item)).transpose()?;
    let record = Record::new()
        .with_some(Field::Item, item.map(|item| item.key.clone()))
        .with(Field::Kind, FieldValue::word(line.kind.token()))
        .with(Field::Speaker, lines(&line.speaker)?)
        .with_some(Field::Unit, line.unit.clone())
        .with(Field::Text, said(&line.text)?)
        .with_some(Field::At, clock(moment));
    let key = timed_key(meeting.plan, RecordKind::Line, meeting.id, moment, 0);
    let change = make(meeting.record_id(RecordKind::Line, &key), record);
    save(workspace, Transaction::new(Verb::Capture, vec![change]))
}

/// Writes down what was decided on an item, which is thereby discussed.
///
/// # Errors
/// The meeting is not on; no such item; nothing to write. A missing lead or date is no error.
pub fn decide(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    item: &str,
    outcome: &NewOutcome,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Capture)?;
    let item = item_of(&meeting, item)?;
    let order = meeting.outcomes().iter().filter(|one| one.item() == item.key.as_str()).map(|one| one.order()).max();
    let with: Vec<UnitId> = outcome.with.iter().filter(|unit| outcome.lead.as_ref() != Some(*unit)).cloned().collect();
    let record = Record::new()
        .with(Field::Item, item.key.clone())
        .with(Field::Order, order.filter(|order| *order < i64::MAX / 4).unwrap_or(0) + GAP)
        .with(Field::Kind, FieldValue::word(outcome.kind.token()))
        .with(Field::Text, said(&outcome.text)?)
        .with_some(Field::Lead, outcome.lead.clone())
        .with(Field::With, with)
        .with_some(Field::Due, outcome.due.clone())
        .with(Field::Form, lines(&outcome.form)?)
        .with(Field::Tasks, if outcome.tasks.is_empty() { item.tasks().to_vec() } else { outcome.tasks.clone() });
    let key = random_key(meeting.plan, moment, &format!("{}{}", item.key, outcome.text), 0);
    let mut changes = vec![make(meeting.record_id(RecordKind::Outcome, &key), record)];
    changes.extend(stands(&meeting, &item, ItemState::Discussed, moment));
    save(workspace, Transaction::new(Verb::Capture, changes))
}

/// Sets fields of a decision.
///
/// # Errors
/// The minutes are out; no such decision; an empty text.
pub fn set_outcome(
    workspace: &mut Workspace,
    id: &RecordId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    captured(workspace, id, &fields)?;
    set_fields(workspace, Verb::Capture, id, fields)
}

/// Sets fields of a line of the internal record.
///
/// # Errors
/// The minutes are out; no such line; an empty text.
pub fn set_line(
    workspace: &mut Workspace,
    id: &RecordId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    captured(workspace, id, &fields)?;
    set_fields(workspace, Verb::Capture, id, fields)
}

fn captured(workspace: &mut Workspace, id: &RecordId, fields: &[(Field, Option<FieldValue>)]) -> Result<(), Refusal> {
    let meeting = ready(workspace, &id.meeting, Act::Capture)?;
    if meeting.plan.record(id).is_none() {
        return Err(MeetingRefusal::UnknownOutcome { text: id.key.to_string() }.into());
    }
    let empties = |(field, value): &(Field, Option<FieldValue>)| {
        *field == Field::Text && value.as_ref().is_none_or(FieldValue::is_empty)
    };
    if fields.iter().any(empties) { Err(MeetingRefusal::EmptyText.into()) } else { Ok(()) }
}

/// Takes a decision or a line back that was typed by mistake.
///
/// # Errors
/// The minutes are out; no such record.
pub fn drop_outcome(workspace: &mut Workspace, id: &RecordId) -> Result<Outcome, Refusal> {
    captured(workspace, id, &[])?;
    let old = workspace.plan().record(id).cloned().map(|record| crate::edit::Value::Record(Box::new(record)));
    let change = Change::new(crate::edit::Place::Record(id.clone()), old, None);
    save(workspace, Transaction::new(Verb::Capture, vec![change]))
}

/// A motion from the floor: a new item, which is the current one, and a line in the record who moved it.
///
/// # Errors
/// The meeting is not on; no title.
pub fn motion(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    title: &str,
    mover: Option<UnitId>,
    speaker: &str,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Sit)?;
    let kind = ItemKind::Discussion;
    let item = NewItem { title: title.to_string(), kind: Some(kind), unit: mover.clone(), ..NewItem::default() };
    let new = record(&item, place_for(&meeting.items(), kind))?.with(Field::Motion, true);
    let text = new.text(Field::Title).to_string();
    let made = item_change(&meeting, moment, 0, new.with_some(Field::At, clock(moment)));
    let crate::edit::Place::Record(id) = &made.place else { return Err(MeetingRefusal::NoItem.into()) };
    let line = Record::new()
        .with(Field::Item, id.key.clone())
        .with(Field::Kind, FieldValue::word(LineKind::Motion.token()))
        .with(Field::Speaker, lines(speaker)?)
        .with_some(Field::Unit, mover)
        .with(Field::Text, text)
        .with_some(Field::At, clock(moment));
    let key = timed_key(meeting.plan, RecordKind::Line, meeting.id, moment, 0);
    let current = set(meeting.plan, &meeting.own_id(), Field::Current, Some(id.key.clone().into()));
    // what is interrupted stays open: nothing has come of it yet
    let changes = vec![made, make(meeting.record_id(RecordKind::Line, &key), line), current];
    save(workspace, Transaction::new(Verb::Capture, changes))
}

/// Puts an item off: it returns at the next meeting.
///
/// # Errors
/// The meeting is not on; no such item.
pub fn postpone(workspace: &mut Workspace, moment: &Moment, meeting: &str, item: &str) -> Result<Outcome, Refusal> {
    mark_item(workspace, moment, meeting, item, ItemState::Postponed)
}

/// Says what became of an item.
///
/// # Errors
/// The meeting is not on; no such item.
pub fn mark_item(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    item: &str,
    state: ItemState,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Capture)?;
    let item = item_of(&meeting, item)?;
    let changes = stands(&meeting, &item, state, moment);
    save(workspace, Transaction::new(Verb::Capture, changes))
}

/// Makes an item the current one; the one before is discussed then.
///
/// # Errors
/// The meeting is not on; no such item.
pub fn set_current(workspace: &mut Workspace, moment: &Moment, meeting: &str, item: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Sit)?;
    let item = item_of(&meeting, item)?;
    let changes = move_to(&meeting, Some(&item), moment);
    save(workspace, Transaction::new(Verb::Capture, changes))
}

/// Goes on to the next item; after the last one none is current.
///
/// # Errors
/// The meeting is not on; there is no item.
pub fn next_item(workspace: &mut Workspace, moment: &Moment, meeting: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Sit)?;
    if meeting.items().iter().all(Item::is_dropped) {
        return Err(MeetingRefusal::NoItem.into());
    }
    let changes = move_to(&meeting, meeting.next_item().as_ref(), moment);
    save(workspace, Transaction::new(Verb::Capture, changes))
}

fn move_to(meeting: &Meeting, item: Option<&Item>, moment: &Moment) -> Vec<Change> {
    let key = item.map(|item| item.key.clone().into());
    let mut changes = vec![set(meeting.plan, &meeting.own_id(), Field::Current, key)];
    if let Some(before) = meeting.current().filter(|before| item.is_none_or(|item| item.key != before.key)) {
        changes.extend(heard(meeting, &before, moment));
    }
    if let Some(item) = item.filter(|item| item.record.get(Field::At).is_none()) {
        let id = meeting.record_id(RecordKind::Item, item.key);
        changes.push(set(meeting.plan, &id, Field::At, clock(moment).map(Into::into)));
    }
    changes
}

/// An item that was talked about and nobody has said anything else of is discussed.
pub(super) fn heard(meeting: &Meeting, item: &Item, moment: &Moment) -> Vec<Change> {
    match item.state() {
        ItemState::Open => stands(meeting, item, ItemState::Discussed, moment),
        ItemState::Discussed | ItemState::Postponed | ItemState::Dropped => Vec::new(),
    }
}

/// The changes that leave an item in a state.
fn stands(meeting: &Meeting, item: &Item, state: ItemState, moment: &Moment) -> Vec<Change> {
    let id = meeting.record_id(RecordKind::Item, item.key);
    let mut changes = vec![set(meeting.plan, &id, Field::State, Some(FieldValue::word(state.token())))];
    if item.record.get(Field::At).is_none() && state == ItemState::Discussed {
        changes.extend(clock(moment).map(|at| set(meeting.plan, &id, Field::At, Some(at.into()))));
    }
    changes
}
