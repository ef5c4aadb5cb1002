//! Records: what the office writes beside the plan — topics, meetings, agenda items, outcomes, steps of follow-up, opinions.
//!
//! A record is a set of typed fields. Which fields a kind has stands in one table ([`RecordKind::fields`]); from it come the
//! file, the differences, the merge and the sentences. Typed views for the rules of meetings are made from records where they
//! are needed; a record itself may have holes, because a hole must never stop anybody from typing.

mod field;
mod kind;

pub use field::{Field, FieldType, FieldValue};
pub use kind::RecordKind;

use super::{Due, NodeId, Str, UnitId};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which record: its kind, the meeting it belongs to, and its own key.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RecordId {
    pub kind: RecordKind,
    /// The meeting's folder name, `2025-03-20-plenary`; empty for what belongs to no meeting.
    pub meeting: Str,
    /// Short and random, the name of a department for its place on a roster, or empty where there is only one.
    pub key: Str,
}

impl RecordId {
    pub fn new(kind: RecordKind, meeting: impl Into<Str>, key: impl Into<Str>) -> Self {
        RecordId { kind, meeting: meeting.into(), key: key.into() }
    }

    /// A record of the plan itself.
    pub fn of_plan(kind: RecordKind, key: impl Into<Str>) -> Self {
        RecordId::new(kind, Str::new(), key)
    }

    /// Another record of the same meeting.
    pub fn beside(&self, kind: RecordKind, key: impl Into<Str>) -> Self {
        RecordId::new(kind, self.meeting.clone(), key)
    }
}

/// One record. A field that is not there is a hole, never an empty value.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
pub struct Record {
    fields: BTreeMap<Field, FieldValue>,
}

impl Record {
    pub fn new() -> Self {
        Record::default()
    }

    pub fn get(&self, field: Field) -> Option<&FieldValue> {
        self.fields.get(&field)
    }

    /// Sets a field, or makes it a hole. Empty text and empty lists are holes.
    pub fn set(&mut self, field: Field, value: Option<FieldValue>) {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => drop(self.fields.insert(field, value)),
            None => drop(self.fields.remove(&field)),
        }
    }

    /// The record with a field set.
    pub fn with(mut self, field: Field, value: impl Into<FieldValue>) -> Self {
        self.set(field, Some(value.into()));
        self
    }

    /// The record with a field set where there is something to set.
    pub fn with_some<V: Into<FieldValue>>(self, field: Field, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(field, value),
            None => self,
        }
    }

    pub fn fields(&self) -> impl Iterator<Item = (Field, &FieldValue)> {
        self.fields.iter().map(|(field, value)| (*field, value))
    }

    /// The text of a field, words of a vocabulary included; empty where there is a hole.
    pub fn text(&self, field: Field) -> &str {
        match self.get(field) {
            Some(FieldValue::Text(text) | FieldValue::Word(text)) => text,
            _ => "",
        }
    }

    pub fn date(&self, field: Field) -> Option<NaiveDate> {
        if let Some(FieldValue::Date(date)) = self.get(field) { Some(*date) } else { None }
    }

    pub fn time(&self, field: Field) -> Option<NaiveTime> {
        if let Some(FieldValue::Time(time)) = self.get(field) { Some(*time) } else { None }
    }

    pub fn number(&self, field: Field) -> Option<i64> {
        if let Some(FieldValue::Number(number)) = self.get(field) { Some(*number) } else { None }
    }

    pub fn flag(&self, field: Field) -> bool {
        matches!(self.get(field), Some(FieldValue::Flag(true)))
    }

    pub fn due(&self, field: Field) -> Option<&Due> {
        if let Some(FieldValue::Due(due)) = self.get(field) { Some(due) } else { None }
    }

    pub fn unit(&self, field: Field) -> Option<&UnitId> {
        if let Some(FieldValue::Unit(unit)) = self.get(field) { Some(unit) } else { None }
    }

    pub fn units(&self, field: Field) -> &[UnitId] {
        if let Some(FieldValue::Units(units)) = self.get(field) { units } else { &[] }
    }

    pub fn nodes(&self, field: Field) -> &[NodeId] {
        if let Some(FieldValue::Nodes(nodes)) = self.get(field) { nodes } else { &[] }
    }

    pub fn texts(&self, field: Field) -> &[Str] {
        if let Some(FieldValue::Texts(texts)) = self.get(field) { texts } else { &[] }
    }
}
