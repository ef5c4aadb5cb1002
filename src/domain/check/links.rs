//! Links of records: departments, clauses and other records that they name have to be there.

use super::Rule;
use crate::domain::{Field, FieldValue, NodeId, Plan, RecordId, RecordKind, Str, UnitId};
use std::collections::HashSet;

/// What records name and the plan does not have.
pub(super) fn lost(plan: &Plan, nodes: &HashSet<&NodeId>, is_unknown: impl Fn(&UnitId) -> bool) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (id, record) in &plan.records {
        let mut lose = |field: Field, to: &str| {
            rules.push(Rule::LinkLost { at: id.clone(), field, to: Str::from(to) });
        };
        if id.kind == RecordKind::Attendee && is_unknown(&UnitId::new(id.key.clone())) {
            lose(Field::Unit, &id.key);
        }
        for (field, value) in record.fields() {
            match value {
                FieldValue::Unit(unit) if is_unknown(unit) => lose(field, unit.as_str()),
                FieldValue::Units(units) => {
                    units.iter().filter(|unit| is_unknown(unit)).for_each(|unit| lose(field, unit.as_str()));
                }
                FieldValue::Nodes(ids) => {
                    ids.iter().filter(|node| !nodes.contains(node)).for_each(|node| lose(field, node.as_str()));
                }
                _ => {}
            }
        }
        // which item is up changes with every key in the room, and is not looked after when an item goes
        let named = record.fields().filter(|(field, _)| *field != Field::Current);
        for (field, value) in named {
            let Some(to) = linked(id, field, value).filter(|to| plan.record(to).is_none()) else { continue };
            lose(field, if to.key.is_empty() { &to.meeting } else { &to.key });
        }
    }
    rules
}

/// The record that a field of a record names: what it belongs to, or comes from.
pub fn linked(id: &RecordId, field: Field, value: &FieldValue) -> Option<RecordId> {
    let FieldValue::Text(to) = value else { return None };
    match (id.kind, field) {
        (RecordKind::Item, Field::Topic) => Some(RecordId::of_plan(RecordKind::Topic, to.clone())),
        (RecordKind::Paper | RecordKind::Line | RecordKind::Outcome, Field::Item)
        | (RecordKind::Meeting, Field::Current) => Some(id.beside(RecordKind::Item, to.clone())),
        (RecordKind::Step, Field::Outcome) => Some(id.beside(RecordKind::Outcome, to.clone())),
        (RecordKind::Topic, Field::Meeting) | (RecordKind::Meeting, Field::Feeds) => {
            Some(RecordId::new(RecordKind::Meeting, to.clone(), ""))
        }
        _ => None,
    }
}
