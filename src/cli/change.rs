//! What a change did: a line for each change on standard error, or one JSON document on standard output.

use super::entries::{self, EntryRecord};
use super::fail::Failure;
use super::json;
use super::session::{Answer, Session};
use crate::domain::{FieldValue, Plan, Record, RecordId, Role, Status};
use crate::edit::{Change, Place, Value};
use crate::ops::{self, Outcome, Refusal};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

#[derive(Serialize)]
struct OutcomeRecord<'c> {
    /// What was made, where something was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    changed: bool,
    changes: Vec<ChangeRecord<'c>>,
    message: String,
}

#[derive(Serialize)]
struct ChangeRecord<'c> {
    /// A node's id, or a target's.
    place: String,
    field: &'static str,
    /// The department of a cell, the year of a figure, the id of an entry.
    part: Option<String>,
    old: Shown<'c>,
    new: Shown<'c>,
    sentence: String,
}

/// A value as JSON has it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Shown<'c> {
    Nothing,
    Text(&'c str),
    Role(String),
    Units(Vec<&'c str>),
    Due {
        due: Option<NaiveDate>,
        due_text: Option<&'c str>,
    },
    Actual {
        #[serde(serialize_with = "json::figure")]
        value: f64,
        source: &'c str,
    },
    Entry(Box<EntryRecord<'c>>),
    Record {},
    Fields(Map<String, Json>),
    Field(Json),
}

/// Says what an operation did, or why not.
pub(super) fn answer(
    session: &mut Session,
    workspace: &Workspace,
    done: Result<Outcome, Refusal>,
) -> Result<Answer, Failure> {
    let text = session.text;
    let outcome = done.map_err(|refusal| Failure::refusal(&refusal, text))?;
    let plan = workspace.plan();
    let changes: &[Change] = match &outcome {
        Outcome::Saved(transaction) => &transaction.changes,
        Outcome::TakenBack { changes, .. } => &changes.changes,
        Outcome::Unchanged => &[],
    };
    let message = ops::say_outcome(&outcome, plan, text);
    let id = super::meeting::made_id(&outcome).map(record_key);
    if session.settings.json {
        let changes: Vec<ChangeRecord> = changes.iter().map(|change| record(change, plan, text)).collect();
        let record = OutcomeRecord { id, changed: outcome != Outcome::Unchanged, changes, message };
        return Ok(Answer::done(json::print(&record)));
    }
    if let Some(id) = id {
        session.say(&message);
        return Ok(Answer::done(format!("{id}\n")));
    }
    match (&outcome, changes) {
        (Outcome::Saved(_), [_, _, ..]) => {
            let said = changes.iter().filter(|change| !is_silent(change));
            said.for_each(|change| session.say(&ops::describe(change, plan, text)));
        }
        (Outcome::Saved(_) | Outcome::Unchanged | Outcome::TakenBack { .. }, _) => session.say(&message),
    }
    Ok(Answer::done(String::new()))
}

/// An entry without words only dates what another change says.
fn is_silent(change: &Change) -> bool {
    matches!(&change.new, Some(Value::Entry(entry)) if entry.text.is_empty())
}

fn record<'c>(change: &'c Change, plan: &Plan, text: &Text) -> ChangeRecord<'c> {
    let (place, field, part) = place(&change.place);
    ChangeRecord {
        place,
        field,
        part,
        old: shown(&change.old, &change.place),
        new: shown(&change.new, &change.place),
        sentence: ops::describe(change, plan, text),
    }
}

pub(super) fn place(place: &Place) -> (String, &'static str, Option<String>) {
    match place {
        Place::Status(id) => (id.to_string(), "status", None),
        Place::Due(id) => (id.to_string(), "due", None),
        Place::OriginalDue(id) => (id.to_string(), "original_due", None),
        Place::Lead(id) | Place::RowLead(id) => (id.to_string(), "lead", None),
        Place::Responsible(id) => (id.to_string(), "responsible", None),
        Place::Cell(row, unit) => (row.to_string(), "role", Some(unit.to_string())),
        Place::Entry(node, entry) => (node.to_string(), "log", Some(entry.to_string())),
        Place::Actual(target, year) => (target.to_string(), "actual", Some(year.to_string())),
        Place::Info => ("plan".to_string(), "info", None),
        Place::Node(id) => (id.to_string(), "text", None),
        Place::Repairs(id) => (id.to_string(), "repairs", None),
        Place::Tail => ("plan".to_string(), "tail", None),
        Place::Unit(unit) => (unit.to_string(), "unit", None),
        Place::Target(target) => (target.to_string(), "target", None),
        Place::Row(row) => (row.to_string(), "row", None),
        Place::Conflict(file, id) => (file.to_string(), "conflict", Some(id.to_string())),
        Place::Record(id) => (record_key(id), id.kind.token(), None),
        Place::Field(id, field) => (record_key(id), field.token(), None),
    }
}

/// A record as JSON names it: its key, or its meeting where it has none.
pub(super) fn record_key(id: &RecordId) -> String {
    if id.key.is_empty() { id.meeting.to_string() } else { id.key.to_string() }
}

/// The fields of a record, holes left out.
pub(super) fn record_json(record: &Record) -> Map<String, Json> {
    record.fields().map(|(field, value)| (field.token().to_string(), field_json(value))).collect()
}

/// The value of a field.
pub(super) fn field_json(value: &FieldValue) -> Json {
    match value {
        FieldValue::Text(text) | FieldValue::Word(text) => json!(text.as_str()),
        FieldValue::Texts(texts) => json!(texts.iter().map(|text| text.as_str()).collect::<Vec<_>>()),
        FieldValue::Unit(unit) => json!(unit.as_str()),
        FieldValue::Units(units) => json!(units.iter().map(|unit| unit.as_str()).collect::<Vec<_>>()),
        FieldValue::Nodes(nodes) => json!(nodes.iter().map(|node| node.as_str()).collect::<Vec<_>>()),
        FieldValue::Date(date) => json!(date.to_string()),
        FieldValue::Time(time) => json!(time.format("%H:%M").to_string()),
        FieldValue::Due(due) => match due.date {
            Some(date) => json!(date.to_string()),
            None => json!(due.wording.as_str()),
        },
        FieldValue::Number(number) => json!(number),
        FieldValue::Flag(truth) => json!(truth),
    }
}

pub(super) fn shown<'c>(value: &'c Option<Value>, place: &'c Place) -> Shown<'c> {
    match value {
        // a task that nobody has marked has a status all the same
        None if matches!(place, Place::Status(_)) => Shown::Text(Status::default().token()),
        None => Shown::Nothing,
        Some(Value::Status(status)) => Shown::Text(status.token()),
        Some(Value::Due(due)) => {
            let due_text = Some(due.wording.as_str()).filter(|wording| !wording.is_empty());
            Shown::Due { due: due.date, due_text }
        }
        Some(Value::Unit(unit)) => Shown::Text(unit.as_str()),
        Some(Value::Units(units)) => Shown::Units(units.iter().map(|unit| unit.as_str()).collect()),
        Some(Value::Role(Role::Responsible(order))) => Shown::Role(format!("responsible {order}")),
        Some(Value::Role(Role::JointLead(order))) => Shown::Role(format!("lead {order}")),
        Some(Value::Entry(entry)) => match place.node() {
            Some(node) => Shown::Entry(Box::new(entries::record(node, entry))),
            None => Shown::Nothing,
        },
        Some(Value::Actual(actual)) => Shown::Actual { value: actual.value, source: &actual.source },
        Some(Value::Text(text)) => Shown::Text(text),
        // records that only an import or another program changes
        Some(
            Value::Info(_)
            | Value::Node(..)
            | Value::Repairs(_)
            | Value::UnitRecord(..)
            | Value::Target(..)
            | Value::Row(..)
            | Value::Conflict(_),
        ) => Shown::Record {},
        Some(Value::Record(record)) => Shown::Fields(record_json(record)),
        Some(Value::Field(value)) => Shown::Field(field_json(value)),
    }
}
