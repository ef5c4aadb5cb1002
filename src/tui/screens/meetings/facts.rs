//! What the rows and the room are made from: a few readings of the records of a meeting.

use super::Row;
use crate::domain::follow::{Follow, Rules};
use crate::domain::meeting::{Hole, Item, Meeting, OutcomeView, Slot, previous_outcomes};
use crate::domain::{Due, Field, Light, Plan, Record, RecordId, RecordKind};
use crate::ops;
use crate::text::{Lang, Text};
use chrono::{NaiveDate, NaiveTime};

/// A record with its id, as the plan keeps it.
fn kept<'p>(plan: &'p Plan, kind: RecordKind, meeting: &str, key: &str) -> Option<(&'p RecordId, &'p Record)> {
    plan.records.get_key_value(&RecordId::new(kind, meeting, key))
}

/// The meeting's own record.
pub fn meeting<'p>(plan: &'p Plan, key: &str) -> Option<&'p Record> {
    plan.record(&RecordId::new(RecordKind::Meeting, key, ""))
}

/// Its title, as written or as the office counts them.
pub fn meeting_title(plan: &Plan, key: &str, text: &Text) -> String {
    let Some(meeting) = Meeting::of(plan, key) else { return key.to_string() };
    match text.lang {
        Lang::En if meeting.record.text(Field::Title).is_empty() => {
            let kind = (text.records.word)(RecordKind::Meeting, Field::Kind, meeting.kind().token());
            format!("{} {kind}", meeting.date().map_or(String::new(), |date| date.to_string()))
        }
        Lang::Zh | Lang::En => meeting.title(),
    }
}

pub fn state_word(plan: &Plan, key: &str, text: &Text) -> &'static str {
    let state = meeting(plan, key).map_or("", |record| record.text(Field::State));
    let known = RecordKind::Meeting.words(Field::State).split(' ').find(|word| *word == state);
    known.map_or("", |word| (text.records.word)(RecordKind::Meeting, Field::State, word))
}

/// The agenda in order.
pub fn items_of<'p>(plan: &'p Plan, key: &str) -> Vec<(&'p RecordId, &'p Record)> {
    let items = Meeting::of(plan, key).map(|meeting| meeting.items()).unwrap_or_default();
    items.into_iter().filter_map(|item| kept(plan, RecordKind::Item, key, item.key)).collect()
}

/// When each item begins, with its number; a dropped one has the number of the one before it.
pub fn times<'p>(plan: &'p Plan, key: &str) -> Vec<(&'p RecordId, &'p Record, usize, Option<NaiveTime>)> {
    let agenda = Meeting::of(plan, key).map(|meeting| meeting.agenda()).unwrap_or_default();
    let mut nth = 0;
    let timed = |slot: Slot<'p>| {
        nth = slot.number.unwrap_or(nth);
        let (id, record) = kept(plan, RecordKind::Item, key, slot.item.key)?;
        Some((id, record, nth, slot.starts))
    };
    agenda.into_iter().filter_map(timed).collect()
}

pub fn time_of(record: Option<&Record>, field: Field) -> Option<NaiveTime> {
    match record?.get(field) {
        Some(crate::domain::FieldValue::Time(time)) => Some(*time),
        _ => None,
    }
}

pub fn is_over(plan: &Plan, key: &str) -> bool {
    Meeting::of(plan, key).is_some_and(|meeting| meeting.timing().overrun() > 0)
}

pub fn sum_words(plan: &Plan, key: &str, text: &Text) -> String {
    let timing = Meeting::of(plan, key).map(|meeting| meeting.timing()).unwrap_or_default();
    (text.rooms.sum)(timing.sum, timing.length)
}

/// The roster in the order of the register.
pub fn attendees<'p>(plan: &'p Plan, key: &str) -> Vec<(&'p RecordId, &'p Record)> {
    let seats = Meeting::of(plan, key).map(|meeting| meeting.roster()).unwrap_or_default();
    seats.into_iter().filter_map(|seat| kept(plan, RecordKind::Attendee, key, seat.unit)).collect()
}

/// How many came, in a sentence.
pub fn attendance(plan: &Plan, key: &str, text: &Text) -> String {
    let count = Meeting::of(plan, key).map(|meeting| meeting.count()).unwrap_or_default();
    (text.rooms.attendance)(count.expected, count.came(), count.substitute, count.leave, count.absent, count.open)
}

/// The decisions of a meeting, by item and then in order.
pub fn outcomes_of<'p>(plan: &'p Plan, key: &str) -> Vec<(&'p RecordId, &'p Record)> {
    let outcomes = Meeting::of(plan, key).map(|meeting| meeting.outcomes()).unwrap_or_default();
    outcomes.into_iter().filter_map(|outcome| outcome_record(plan, outcome)).collect()
}

fn outcome_record<'p>(plan: &'p Plan, outcome: OutcomeView<'p>) -> Option<(&'p RecordId, &'p Record)> {
    kept(plan, RecordKind::Outcome, outcome.meeting, outcome.key)
}

/// The item that the meeting is at.
pub fn current<'p>(plan: &'p Plan, key: &str) -> Option<(&'p RecordId, &'p Record)> {
    let item = Meeting::of(plan, key)?.current()?;
    kept(plan, RecordKind::Item, key, item.key)
}

/// The fields of a decision that are not filled yet and ought to be.
pub fn holes(plan: &Plan, outcome: &RecordId) -> Vec<Field> {
    let holes = OutcomeView::of(plan, &outcome.meeting, &outcome.key).map(|one| one.holes()).unwrap_or_default();
    let field = |hole| match hole {
        Hole::Lead => Field::Lead,
        Hole::Due => Field::Due,
    };
    holes.into_iter().map(field).collect()
}

/// Topics: those that wait first, then the others, the newest first.
pub fn topics(plan: &Plan) -> Vec<Row> {
    let mut found: Vec<_> = plan.records_of(RecordKind::Topic).collect();
    let rank =
        |state: &str| RecordKind::Topic.words(Field::State).split(' ').position(|word| word == state).unwrap_or(0);
    found.sort_by_key(|(id, topic)| {
        (rank(topic.text(Field::State)), std::cmp::Reverse(topic.date(Field::Submitted)), id.key.clone())
    });
    found.into_iter().map(|(id, _)| Row::Record(id.clone())).collect()
}

/// The decisions of all meetings: the open ones first, by deadline.
pub fn decisions(plan: &Plan) -> Vec<Row> {
    let mut found: Vec<_> = plan.records_of(RecordKind::Outcome).collect();
    let due = |outcome: &Record| outcome.due(Field::Due).and_then(|due| due.date).unwrap_or(NaiveDate::MAX);
    found.sort_by_cached_key(|(id, outcome)| (is_closed(plan, id), due(outcome), id.meeting.clone(), id.key.clone()));
    found.into_iter().map(|(id, _)| Row::Record(id.clone())).collect()
}

/// The steps of a decision, the oldest first.
pub fn steps<'p>(plan: &'p Plan, outcome: &'p RecordId) -> Vec<(&'p RecordId, &'p Record)> {
    let mut found: Vec<_> = plan
        .records_at(RecordKind::Step, &outcome.meeting)
        .filter(|(_, step)| step.text(Field::Outcome) == outcome.key.as_str())
        .collect();
    found.sort_by_key(|(id, step)| (step.date(Field::Date), step.number(Field::Number), id.key.clone()));
    found
}

pub fn is_closed(plan: &Plan, outcome: &RecordId) -> bool {
    Follow::of(plan, outcome).is_some_and(|follow| follow.is_closed())
}

/// What became of a decision and its light, as the register has them.
pub fn standing(plan: &Plan, id: &RecordId, today: NaiveDate) -> Option<(Follow, Light)> {
    let follow = Follow::of(plan, id)?;
    let light = follow.light(today, &Rules::of(plan), &plan.calendar);
    Some((follow, light))
}

/// How many decisions of a meeting are not closed.
pub fn open_decisions(plan: &Plan, key: &str) -> usize {
    plan.records_at(RecordKind::Outcome, key).filter(|(id, _)| !is_closed(plan, id)).count()
}

/// The day of a decision's meeting, as its folder has it.
pub fn short_meeting(id: &RecordId) -> String {
    id.meeting.get(..10).unwrap_or(&id.meeting).to_string()
}

/// Everything of a record that a filter looks at.
pub fn says<'p>(plan: &'p Plan, id: &'p RecordId) -> Vec<&'p str> {
    let Some(record) = plan.record(id) else { return Vec::new() };
    let mut out =
        vec![record.text(Field::Title), record.text(Field::Text), record.text(Field::Brief), id.meeting.as_str()];
    out.extend(record.unit(Field::Lead).map(|unit| unit.as_str()));
    out.extend(record.units(Field::With).iter().map(|unit| unit.as_str()));
    out.extend(record.units(Field::Units).iter().map(|unit| unit.as_str()));
    out.extend(record.nodes(Field::Tasks).iter().map(|node| node.as_str()));
    out
}

/// Earlier decisions on the same clause, the newest first.
pub fn before<'p>(plan: &'p Plan, item: &'p RecordId) -> Vec<(&'p RecordId, &'p Record)> {
    let Some(meeting) = Meeting::of(plan, &item.meeting) else { return Vec::new() };
    let Some(record) = plan.record(item) else { return Vec::new() };
    let found = previous_outcomes(&meeting, &Item { key: &item.key, record });
    found.into_iter().filter_map(|outcome| outcome_record(plan, outcome)).collect()
}

/// The papers of an item.
pub fn papers<'p>(plan: &'p Plan, item: &'p RecordId) -> Vec<(&'p RecordId, &'p Record)> {
    let of = |(_, paper): &(&RecordId, &Record)| paper.text(Field::Item) == item.key.as_str();
    plan.records_at(RecordKind::Paper, &item.meeting).filter(of).collect()
}

/// The word of a field of a closed vocabulary.
pub fn role_words(record: &Record, kind: RecordKind, field: Field, text: &Text) -> String {
    (text.records.word)(kind, field, record.text(field)).to_string()
}

/// A deadline, or the hole where one is missing.
pub fn due_or_hole(due: Option<&Due>, text: &Text) -> String {
    due.map_or_else(|| (text.rooms.hole)(text.rooms.due), |due| crate::ops::due_in_full(due, text))
}

/// Clauses as the language shows them.
pub fn clauses(record: &Record, text: &Text) -> String {
    let names: Vec<String> = record.nodes(Field::Tasks).iter().map(|id| ops::place_name(id, text)).collect();
    names.join(text.words.comma)
}
