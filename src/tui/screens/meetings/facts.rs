//! What the rows and the room are made from: a few readings of the records of a meeting.

use super::Row;
use crate::domain::follow::Follow;
use crate::domain::meeting::Meeting;
use crate::domain::{Due, Field, Light, Plan, Record, RecordId, RecordKind};
use crate::ops;
use crate::text::{Lang, Text};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

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
pub fn items_of<'p>(plan: &'p Plan, key: &'p str) -> Vec<(&'p RecordId, &'p Record)> {
    let mut items: Vec<_> = plan.records_at(RecordKind::Item, key).collect();
    items.sort_by_key(|(id, item)| (item.number(Field::Order).unwrap_or(i64::MAX), id.key.clone()));
    items
}

/// Whether an item will be taken: neither dropped nor put off.
fn counts(item: &Record) -> bool {
    !matches!(item.text(Field::State), "dropped")
}

/// When each item begins, with its number.
pub fn times<'p>(plan: &'p Plan, key: &'p str) -> Vec<(&'p RecordId, &'p Record, usize, Option<NaiveTime>)> {
    let mut at = time_of(meeting(plan, key), Field::Time);
    let mut nth = 0;
    let mut out = Vec::new();
    for (id, item) in items_of(plan, key) {
        nth += usize::from(counts(item));
        out.push((id, item, nth, at));
        if counts(item) {
            let minutes = TimeDelta::minutes(item.number(Field::Minutes).unwrap_or(0).clamp(0, 1440));
            at = at.map(|time| time.overflowing_add_signed(minutes).0);
        }
    }
    out
}

pub fn time_of(record: Option<&Record>, field: Field) -> Option<NaiveTime> {
    match record?.get(field) {
        Some(crate::domain::FieldValue::Time(time)) => Some(*time),
        _ => None,
    }
}

/// Minutes on the agenda, and the length of the meeting.
pub fn sum(plan: &Plan, key: &str) -> (i64, Option<i64>) {
    let items = plan.records_at(RecordKind::Item, key).filter(|(_, item)| counts(item));
    let sum = items.filter_map(|(_, item)| item.number(Field::Minutes)).sum();
    (sum, meeting(plan, key).and_then(|record| record.number(Field::Length)))
}

pub fn is_over(plan: &Plan, key: &str) -> bool {
    let (sum, length) = sum(plan, key);
    length.is_some_and(|length| sum > length)
}

pub fn sum_words(plan: &Plan, key: &str, text: &Text) -> String {
    let (sum, length) = sum(plan, key);
    (text.rooms.sum)(sum, length)
}

/// The roster in the order of the register.
pub fn attendees<'p>(plan: &'p Plan, key: &'p str) -> Vec<(&'p RecordId, &'p Record)> {
    let mut found: Vec<_> = plan.records_at(RecordKind::Attendee, key).collect();
    let place = |id: &RecordId| plan.units.iter().position(|unit| unit.id.as_str() == id.key.as_str());
    found.sort_by_key(|(id, _)| (place(id).unwrap_or(usize::MAX), id.key.clone()));
    found
}

/// How many came.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attendance {
    pub expected: usize,
    pub came: usize,
    pub substitutes: usize,
    pub leave: usize,
    pub absent: usize,
    pub open: usize,
}

impl Attendance {
    pub fn words(self, text: &Text) -> String {
        (text.rooms.attendance)(self.expected, self.came, self.substitutes, self.leave, self.absent, self.open)
    }
}

/// Counts the roster; who only sits in is not expected.
pub fn attendance(plan: &Plan, key: &str) -> Attendance {
    let mut out = Attendance::default();
    for (_, attendee) in plan.records_at(RecordKind::Attendee, key) {
        let attended = attendee.text(Field::Attendance);
        if attendee.text(Field::Role) == "observer" || attended == "observer" {
            continue;
        }
        out.expected += 1;
        match attended {
            "present" => out.came += 1,
            "substitute" => {
                out.came += 1;
                out.substitutes += 1;
            }
            "leave" => out.leave += 1,
            "absent" => out.absent += 1,
            _ => out.open += 1,
        }
    }
    out
}

/// The decisions of a meeting, by item and then in order.
pub fn outcomes_of<'p>(plan: &'p Plan, key: &'p str) -> Vec<(&'p RecordId, &'p Record)> {
    let items = items_of(plan, key);
    let place = |item: &str| items.iter().position(|(id, _)| id.key.as_str() == item).unwrap_or(usize::MAX);
    let mut found: Vec<_> = plan.records_at(RecordKind::Outcome, key).collect();
    found.sort_by_key(|(id, outcome)| {
        (place(outcome.text(Field::Item)), outcome.number(Field::Order).unwrap_or(i64::MAX), id.key.clone())
    });
    found
}

/// The item that the meeting is at.
pub fn current<'p>(plan: &'p Plan, key: &'p str) -> Option<(&'p RecordId, &'p Record)> {
    let current = meeting(plan, key)?.text(Field::Current);
    if current.is_empty() {
        return None;
    }
    plan.records_at(RecordKind::Item, key).find(|(id, _)| id.key.as_str() == current)
}

/// The fields of a decision that are not filled yet and ought to be.
pub fn holes(outcome: &Record) -> Vec<Field> {
    let has_due = outcome.due(Field::Due).is_some();
    let mut out = Vec::new();
    if outcome.unit(Field::Lead).is_none() {
        out.push(Field::Lead);
    }
    if !has_due {
        out.push(Field::Due);
    }
    out
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
    found.sort_by_key(|(id, outcome)| (is_closed(plan, id), due(outcome), id.meeting.clone(), id.key.clone()));
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

/// Its light: closed ones have none.
pub fn light(plan: &Plan, id: &RecordId, outcome: &Record, today: NaiveDate) -> Light {
    if is_closed(plan, id) {
        return Light::None;
    }
    match outcome.due(Field::Due).and_then(|due| due.date) {
        None => Light::None,
        Some(date) if date < today => Light::Red,
        Some(date) if date - today <= TimeDelta::days(i64::from(plan.info.warning_days)) => Light::Yellow,
        Some(_) => Light::Green,
    }
}

/// Where a decision stands, in a word.
pub fn status_word(plan: &Plan, id: &RecordId, text: &Text) -> String {
    Follow::of(plan, id).map_or_else(String::new, |follow| (text.follow.state)(follow.state).to_string())
}

/// How many decisions of a meeting are not closed.
pub fn open_decisions(plan: &Plan, key: &str) -> usize {
    plan.records_at(RecordKind::Outcome, key).filter(|(id, _)| !is_closed(plan, id)).count()
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
pub fn before<'p>(plan: &'p Plan, meeting_key: &str, item: &Record) -> Vec<(&'p RecordId, &'p Record)> {
    let tasks = item.nodes(Field::Tasks);
    let mut found: Vec<_> = plan
        .records_of(RecordKind::Outcome)
        .filter(|(id, outcome)| {
            id.meeting.as_str() < meeting_key && outcome.nodes(Field::Tasks).iter().any(|task| tasks.contains(task))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| b.meeting.cmp(&a.meeting).then(a.key.cmp(&b.key)));
    found
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
    due.map_or_else(|| (text.rooms.hole)(text.rooms.due), crate::tui::screens::details::due_words)
}

/// Clauses as the language shows them.
pub fn clauses(record: &Record, text: &Text) -> String {
    let names: Vec<String> = record.nodes(Field::Tasks).iter().map(|id| ops::place_name(id, text)).collect();
    names.join(text.words.comma)
}
