//! A call for topics 议题征集: who was asked, until when, and who has answered with a topic, with none, or not at all.

use super::TopicView;
use crate::domain::{Due, Field, Plan, Record, RecordId, RecordKind, Str, UnitId};
use chrono::NaiveDate;

/// 议题征集
#[derive(Clone, Copy, Debug)]
pub struct CallView<'p> {
    pub id: &'p RecordId,
    pub record: &'p Record,
}

/// What a department has answered to a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CallReply {
    /// The topics that it handed in, by key.
    Topics(Vec<Str>),
    /// It has none.
    Nothing,
    Silent,
}

impl CallReply {
    /// Its word in JSON.
    pub fn token(&self) -> &'static str {
        match self {
            CallReply::Topics(_) => "topic",
            CallReply::Nothing => "none",
            CallReply::Silent => "silent",
        }
    }
}

impl<'p> CallView<'p> {
    /// The call that was made last.
    pub fn latest(plan: &'p Plan) -> Option<CallView<'p>> {
        let calls = plan.records_of(RecordKind::Call).map(|(id, record)| CallView { id, record });
        calls.max_by_key(|call| (call.date(), call.id))
    }

    pub fn date(&self) -> Option<NaiveDate> {
        self.record.date(Field::Date)
    }

    /// Until when answers are expected.
    pub fn due(&self) -> Option<&'p Due> {
        self.record.due(Field::Due)
    }

    /// The meeting that topics are wanted for; empty where none is planned yet.
    pub fn meeting(&self) -> &'p str {
        self.record.text(Field::Meeting)
    }

    /// Who was asked: those that are named, or everybody.
    pub fn asked(&self, plan: &'p Plan) -> Vec<&'p UnitId> {
        let named = self.record.units(Field::Units);
        plan.units.iter().map(|unit| &unit.id).filter(|unit| named.is_empty() || named.contains(unit)).collect()
    }

    /// What each that was asked has answered, in the order of the register. A topic that a department has handed in since is an
    /// answer, whatever else it says.
    pub fn replies(&self, plan: &'p Plan) -> Vec<(&'p UnitId, CallReply)> {
        let since: Vec<TopicView> = TopicView::all(plan)
            .into_iter()
            .filter(|topic| topic.record.date(Field::Submitted) >= self.date())
            .collect();
        let without = self.record.units(Field::Without);
        let reply = |unit: &UnitId| {
            let own = since.iter().filter(|topic| is_from(plan, topic, unit));
            let topics: Vec<Str> = own.map(|topic| topic.key.clone()).collect();
            match topics.is_empty() {
                false => CallReply::Topics(topics),
                true if without.contains(unit) => CallReply::Nothing,
                true => CallReply::Silent,
            }
        };
        self.asked(plan).into_iter().map(|unit| (unit, reply(unit))).collect()
    }
}

/// Whether a department handed a topic in: the submitter is written by hand, often with a person's name behind.
fn is_from(plan: &Plan, topic: &TopicView, unit: &UnitId) -> bool {
    let submitter = topic.record.text(Field::Submitter).trim();
    let Some(known) = plan.unit(unit).filter(|_| !submitter.is_empty()) else { return false };
    let longer = |name: &str| {
        let others = plan.units.iter().filter(|other| other.id != known.id);
        others.flat_map(|other| other.names()).any(|other| other.len() > name.len() && submitter.starts_with(other))
    };
    known.names().any(|name| submitter.starts_with(name) && !longer(name))
}
