//! Links of records: departments, clauses and other records that they name have to be there.

use super::Rule;
use crate::domain::{Field, FieldValue, NodeId, Plan, Record, RecordId, RecordKind, Str, UnitId};
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
        let named = target(id, record).filter(|(_, to)| plan.record(to).is_none());
        if let Some((field, to)) = named {
            lose(field, if to.key.is_empty() { &to.meeting } else { &to.key });
        }
    }
    rules
}

/// The record that a record belongs to or comes from, and the field that says so.
fn target(id: &RecordId, record: &Record) -> Option<(Field, RecordId)> {
    let text = |field: Field| Some(record.text(field)).filter(|text| !text.is_empty());
    let beside = |field, kind| text(field).map(|key| (field, id.beside(kind, key)));
    let meeting = |field| text(field).map(|key| (field, RecordId::new(RecordKind::Meeting, key, "")));
    match id.kind {
        RecordKind::Item => text(Field::Topic).map(|key| (Field::Topic, RecordId::of_plan(RecordKind::Topic, key))),
        RecordKind::Paper | RecordKind::Line | RecordKind::Outcome => beside(Field::Item, RecordKind::Item),
        RecordKind::Step => beside(Field::Outcome, RecordKind::Outcome),
        RecordKind::Topic => meeting(Field::Meeting),
        RecordKind::Meeting => meeting(Field::Feeds),
        RecordKind::Office
        | RecordKind::Dismissal
        | RecordKind::Opinion
        | RecordKind::Draft
        | RecordKind::Notice
        | RecordKind::Attendee
        | RecordKind::Minutes
        | RecordKind::Sentence
        | RecordKind::Stage
        | RecordKind::Correction => None,
    }
}
