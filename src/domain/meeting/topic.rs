//! A topic of the pool.

use super::TopicState;
use crate::domain::{Field, NodeId, Plan, Record, RecordKind, Str, UnitId};

/// 议题
#[derive(Clone, Copy, Debug)]
pub struct TopicView<'p> {
    pub key: &'p Str,
    pub record: &'p Record,
}

impl<'p> TopicView<'p> {
    /// The topics, the oldest first.
    pub fn all(plan: &'p Plan) -> Vec<TopicView<'p>> {
        let mut topics: Vec<TopicView> =
            plan.records_of(RecordKind::Topic).map(|(id, record)| TopicView { key: &id.key, record }).collect();
        topics.sort_by_key(|topic| (topic.record.date(Field::Submitted), topic.key));
        topics
    }

    pub fn title(&self) -> &'p str {
        self.record.text(Field::Title)
    }

    pub fn state(&self) -> TopicState {
        TopicState::parse(self.record.text(Field::State)).unwrap_or_default()
    }

    pub fn units(&self) -> &'p [UnitId] {
        self.record.units(Field::Units)
    }

    pub fn tasks(&self) -> &'p [NodeId] {
        self.record.nodes(Field::Tasks)
    }

    /// The meeting on whose agenda it was put.
    pub fn meeting(&self) -> &'p str {
        self.record.text(Field::Meeting)
    }

    /// It waits for a place on an agenda.
    pub fn is_waiting(&self) -> bool {
        self.meeting().is_empty() && self.state() != TopicState::Rejected
    }
}
