//! What a change did: a line for each change on standard error, or one JSON document on standard output.

use super::entries;
use super::fail::Failure;
use super::json;
use super::session::{Answer, Session};
use crate::domain::{Due, Plan};
use crate::edit::{Change, Place, Value};
use crate::ops::{self, Outcome, Refusal};
use crate::text::Text;
use crate::workspace::Workspace;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct OutcomeRecord {
    changed: bool,
    changes: Vec<ChangeRecord>,
    message: String,
}

#[derive(Serialize)]
struct ChangeRecord {
    /// A node's id, or a target's.
    place: String,
    field: &'static str,
    /// The department of a cell, the year of a figure, the id of an entry.
    part: Option<String>,
    old: serde_json::Value,
    new: serde_json::Value,
    sentence: String,
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
    if session.settings.json {
        let changes: Vec<ChangeRecord> = changes.iter().map(|change| record(change, plan, text)).collect();
        let record = OutcomeRecord { changed: outcome != Outcome::Unchanged, changes, message };
        return Ok(Answer::done(json::print(&record)));
    }
    match (&outcome, changes) {
        (Outcome::Saved(_), [_, _, ..]) => {
            changes.iter().for_each(|change| session.say(&ops::describe(change, plan, text)));
        }
        (Outcome::Saved(_) | Outcome::Unchanged | Outcome::TakenBack { .. }, _) => session.say(&message),
    }
    Ok(Answer::done(String::new()))
}

fn record(change: &Change, plan: &Plan, text: &Text) -> ChangeRecord {
    let (place, field, part) = place(&change.place);
    let value = |value: &Option<Value>| match (value, &change.place) {
        // a task that nobody has marked has a status all the same
        (None, Place::Status(_)) => json!("todo"),
        (None, _) => serde_json::Value::Null,
        (Some(value), _) => as_json(value, &change.place),
    };
    ChangeRecord {
        place,
        field,
        part,
        old: value(&change.old),
        new: value(&change.new),
        sentence: ops::describe(change, plan, text),
    }
}

fn place(place: &Place) -> (String, &'static str, Option<String>) {
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
    }
}

fn as_json(value: &Value, place: &Place) -> serde_json::Value {
    match value {
        Value::Status(status) => json!(status.token()),
        Value::Due(due) => due_json(due),
        Value::Unit(unit) => json!(unit.as_str()),
        Value::Units(units) => json!(units.iter().map(|unit| unit.as_str()).collect::<Vec<_>>()),
        Value::Role(crate::domain::Role::Responsible(order)) => json!(format!("responsible {order}")),
        Value::Role(crate::domain::Role::JointLead(order)) => json!(format!("lead {order}")),
        Value::Entry(entry) => match place.node() {
            Some(node) => json!(entries::record(node, entry)),
            None => serde_json::Value::Null,
        },
        Value::Actual(actual) => json!({ "value": actual.value, "source": actual.source.as_str() }),
        Value::Text(text) => json!(text.as_str()),
        // records that only an import or another program changes
        Value::Info(_)
        | Value::Node(..)
        | Value::Repairs(_)
        | Value::UnitRecord(..)
        | Value::Target(..)
        | Value::Row(..) => json!({}),
    }
}

fn due_json(due: &Due) -> serde_json::Value {
    let wording = Some(due.wording.as_str()).filter(|wording| !wording.is_empty());
    json!({ "due": due.date.map(|date| date.to_string()), "due_text": wording })
}
