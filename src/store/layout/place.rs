//! Which place of the plan a conflict in a file is about.

use super::records::{self, record_of};
use super::{INFO, MATRIX, TARGETS, TASKS, TEXT, UNITS, entry_of};
use crate::domain::{
    Actual, Conflict, Due, Field, FieldValue, NodeId, RecordId, RecordKind, Said, Status, Str, TargetId, Token, UnitId,
};
use crate::edit::{Place, Value};
use crate::store::doc::quote;
use crate::store::read_tables;

/// The place that a conflict is about; `None` where the plan has no place for it, as for a key that nobody knows.
pub fn place_of(conflict: &Conflict) -> Option<Place> {
    let (record, field) = (conflict.record.as_str(), conflict.field.as_str());
    let node = || NodeId::new(record);
    match conflict.file.as_str() {
        INFO => Some(Place::Info),
        UNITS => Some(Place::Unit(UnitId::new(record))),
        TEXT => match conflict.list.as_str() {
            "node" => Some(Place::Node(node())),
            "repair" => Some(Place::Repairs(NodeId::new(record.split('@').next().unwrap_or(record)))),
            _ => Some(Place::Tail),
        },
        MATRIX if record.is_empty() => None,
        MATRIX => Some(match field {
            "" | "category" | "content" => Place::Row(node()),
            "lead" => Place::RowLead(node()),
            unit => Place::Cell(node(), UnitId::new(unit)),
        }),
        TARGETS if record.is_empty() => None,
        TARGETS => {
            let year = field.parse().ok().filter(|_| field.len() == 4);
            let target = TargetId::new(record);
            Some(year.map_or_else(|| Place::Target(target.clone()), |year| Place::Actual(target.clone(), year)))
        }
        file if file.starts_with(TASKS) => match field {
            "status" => Some(Place::Status(node())),
            "due" | "due_text" => Some(Place::Due(node())),
            "original_due" | "original_due_text" => Some(Place::OriginalDue(node())),
            "lead" => Some(Place::Lead(node())),
            "responsible" => Some(Place::Responsible(node())),
            _ => None,
        },
        file => match record_of(file) {
            None => entry_of(file).map(|(node, id)| Place::Entry(node, id)),
            Some(of) => {
                // a place on a roster is a table by its department's name, any other record is the table of its kind
                let key = if of.kind == RecordKind::Attendee { conflict.record.clone() } else { of.key.clone() };
                let id = RecordId { key, ..of };
                let is_it = |known: &&Field| known.token() == field.strip_suffix("_text").unwrap_or(field);
                let known = id.kind.fields().iter().find(is_it).copied();
                known.map(|field| Place::Field(id.clone(), field)).or(field.is_empty().then_some(Place::Record(id)))
            }
        },
    }
}

/// The node of the plan that a reader looks at to see what a conflict is about.
pub fn node_of(conflict: &Conflict) -> Option<NodeId> {
    let place = place_of(conflict);
    let own = place.as_ref().and_then(Place::node).cloned();
    let is_task = conflict.file.starts_with(TASKS) && !conflict.record.is_empty();
    own.or_else(|| is_task.then(|| NodeId::new(conflict.record.as_str())))
}

/// What a side of a conflict says, as the value that its place holds; the outer `None` says that the place holds no such value.
pub fn value_of(place: &Place, said: &Said) -> Option<Option<Value>> {
    let token = |part: &str| {
        let is_it = |(key, _): &&(Str, Token)| {
            if part.is_empty() { !key.contains('_') || key == "original_due" } else { key.ends_with(part) }
        };
        said.iter().find(is_it).map(|(_, token)| token)
    };
    let text = |part: &str| token(part).and_then(Token::as_str).filter(|text| !text.is_empty()).cloned();
    let first = said.first().map(|(_, token)| token);
    let word = first.and_then(Token::as_str).filter(|text| !text.is_empty());
    Some(match place {
        Place::Status(_) => match word {
            None => None,
            Some(word) => Some(Status::parse(word)?).filter(|status| *status != Status::Todo).map(Value::Status),
        },
        Place::Due(_) | Place::OriginalDue(_) => {
            let date = token("").and_then(|token| match token {
                Token::Date(date) => Some(*date),
                Token::Str(text) => text.trim().parse().ok(),
                Token::Int(_) | Token::Float(_) | Token::Bool(_) | Token::Strs(_) | Token::Other => None,
            });
            let wording = text("_text").unwrap_or_default();
            (date.is_some() || !wording.is_empty()).then_some(Value::Due(Due { date, wording }))
        }
        Place::Lead(_) | Place::RowLead(_) => word.map(|unit| Value::Unit(UnitId::new(unit.clone()))),
        Place::Responsible(_) => match first {
            None => None,
            Some(Token::Strs(units)) => Some(Value::Units(units.iter().cloned().map(UnitId::new).collect())),
            Some(_) => return None,
        },
        Place::Cell(..) => match word {
            None => None,
            Some(word) => super::matrix::parse_role(word)?.map(Value::Role),
        },
        Place::Actual(..) => match token("") {
            None => None,
            Some(token) => {
                let value = super::reader::as_float(token)?;
                Some(Value::Actual(Actual { value, source: text("_source").unwrap_or_default() }))
            }
        },
        Place::Field(id, field) => record_field(id, *field, said)?.map(Value::Field),
        Place::Entry(..)
        | Place::Record(_)
        | Place::Info
        | Place::Node(_)
        | Place::Repairs(_)
        | Place::Tail
        | Place::Unit(_)
        | Place::Target(_)
        | Place::Row(_)
        | Place::Conflict(..) => return None,
    })
}

/// A field of a record as its own layout reads it; the outer `None` where it holds no such value.
fn record_field(id: &RecordId, field: Field, said: &Said) -> Option<Option<FieldValue>> {
    let table = if id.kind == RecordKind::Attendee { id.key.as_str() } else { id.kind.token() };
    let lines = said.iter().map(|(key, token)| format!("{key} = {}\n", token.to_toml()));
    let text = Str::from(format!("[{}]\n{}", quote(table), lines.collect::<String>()));
    let of = if id.kind == RecordKind::Attendee { RecordId { key: Str::new(), ..id.clone() } } else { id.clone() };
    let (found, problems) = read_tables(&text, |tables| records::read(&of, tables)).ok()?;
    let (_, record) = found.into_iter().next().filter(|_| problems.is_empty())?;
    Some(record.get(field).cloned())
}
