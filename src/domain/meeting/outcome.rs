//! A decision of a meeting: what it says, what it still lacks, whether it is done.

use super::OutcomeKind;
use crate::domain::{Due, Field, NodeId, Plan, Record, RecordKind, Str, UnitId};

/// A decision.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeView<'p> {
    /// The meeting that made it.
    pub meeting: &'p Str,
    pub key: &'p Str,
    pub record: &'p Record,
    pub plan: &'p Plan,
}

/// What a decision still lacks. Nothing stops it from being written down without.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Hole {
    Lead,
    Due,
}

impl Hole {
    pub(in crate::domain) fn of(lead: Option<&UnitId>, due: Option<&Due>) -> Vec<Hole> {
        let holes = [(Hole::Lead, lead.is_none()), (Hole::Due, due.is_none())];
        holes.into_iter().filter(|(_, is)| *is).map(|(hole, _)| hole).collect()
    }

    pub fn token(self) -> &'static str {
        match self {
            Hole::Lead => "lead",
            Hole::Due => "due",
        }
    }
}

impl<'p> OutcomeView<'p> {
    /// The decision of a meeting and a key.
    pub fn of(plan: &'p Plan, meeting: &str, key: &str) -> Option<Self> {
        let id = crate::domain::RecordId::new(RecordKind::Outcome, meeting, key);
        let (id, record) = plan.records.get_key_value(&id)?;
        Some(OutcomeView { meeting: &id.meeting, key: &id.key, record, plan })
    }

    pub fn kind(&self) -> OutcomeKind {
        OutcomeKind::parse(self.record.text(Field::Kind)).unwrap_or_default()
    }

    /// The key of its item.
    pub fn item(&self) -> &'p str {
        self.record.text(Field::Item)
    }

    pub fn order(&self) -> i64 {
        self.record.number(Field::Order).unwrap_or(i64::MAX)
    }

    pub fn text(&self) -> &'p str {
        self.record.text(Field::Text)
    }

    pub fn lead(&self) -> Option<&'p UnitId> {
        self.record.unit(Field::Lead)
    }

    pub fn with(&self) -> &'p [UnitId] {
        self.record.units(Field::With)
    }

    pub fn due(&self) -> Option<&'p Due> {
        self.record.due(Field::Due)
    }

    pub fn form(&self) -> &'p str {
        self.record.text(Field::Form)
    }

    pub fn tasks(&self) -> &'p [NodeId] {
        self.record.nodes(Field::Tasks)
    }

    /// What it still lacks: somebody to do something has a lead and a date.
    pub fn holes(&self) -> Vec<Hole> {
        Hole::of(self.lead(), self.due())
    }

    /// Somebody has to do something: it was given to somebody, by a date, or said to be an assignment.
    pub fn is_action(&self) -> bool {
        self.kind() == OutcomeKind::Assignment || self.lead().is_some() || self.due().is_some()
    }

    /// It was closed, and not opened again since: what its steps make of it.
    pub fn is_done(&self) -> bool {
        let id = crate::domain::RecordId::new(RecordKind::Outcome, self.meeting.clone(), self.key.clone());
        crate::domain::follow::Follow::of(self.plan, &id).is_some_and(|follow| follow.is_closed())
    }

    /// Somebody still has to do something.
    pub fn is_open(&self) -> bool {
        self.is_action() && !self.is_done()
    }
}
