//! Meetings: typed views over their records, made where they are asked for, and the rules of the office.
//!
//! A view borrows the plan and holds nothing of its own. A record may have any hole; a view says what is missing and never stops.

mod agenda;
mod call;
mod find;
mod links;
mod outcome;
mod returning;
mod roster;
mod rules;
mod since;
mod suggest;
mod template;
mod topic;
mod words;

pub use agenda::{Item, Paper, Slot, Timing};
pub use call::{CallReply, CallView};
pub use find::{Found, find_item, find_meeting, find_outcome, find_topic, meetings, next_meeting, previous};
pub use links::{Touch, TouchKind, previous_outcomes, touches};
pub use outcome::{Hole, OutcomeView};
pub use returning::{Return, Why, prepared, returning};
pub use roster::{Count, Seat};
pub use rules::{Act, allows, proposed_date};
pub use since::{Fact, FactKind, facts, since_notice};
pub use suggest::{Reason, Suggestion, candidates, suggestions};
pub use template::{Template, TemplateError, TemplateItem, templates};
pub use topic::TopicView;
pub use words::{Attendance, ItemKind, ItemState, LineKind, MeetingKind, MeetingState, OutcomeKind, TopicState};

use super::{Field, Plan, Record, RecordId, RecordKind, Str};
use chrono::{Datelike, NaiveDate, NaiveTime};

/// A meeting.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'p> {
    /// Its folder's name.
    pub id: &'p Str,
    pub record: &'p Record,
    pub plan: &'p Plan,
}

impl<'p> Meeting<'p> {
    /// The meeting of an id.
    pub fn of(plan: &'p Plan, id: &str) -> Option<Self> {
        let (id, record) = plan.records.get_key_value(&RecordId::new(RecordKind::Meeting, id, ""))?;
        Some(Meeting { id: &id.meeting, record, plan })
    }

    /// The id of one of its records.
    pub fn record_id(&self, kind: RecordKind, key: &str) -> RecordId {
        RecordId::new(kind, self.id.clone(), key)
    }

    /// The id of its own record.
    pub fn own_id(&self) -> RecordId {
        self.record_id(RecordKind::Meeting, "")
    }

    /// Special where the file says nothing.
    pub fn kind(&self) -> MeetingKind {
        MeetingKind::parse(self.record.text(Field::Kind)).unwrap_or(MeetingKind::Special)
    }

    pub fn state(&self) -> MeetingState {
        MeetingState::parse(self.record.text(Field::State)).unwrap_or_default()
    }

    pub fn date(&self) -> Option<NaiveDate> {
        self.record.date(Field::Date)
    }

    pub fn time(&self) -> Option<NaiveTime> {
        self.record.time(Field::Time)
    }

    /// Minutes that it is planned to last.
    pub fn length(&self) -> Option<i64> {
        self.record.number(Field::Length)
    }

    pub fn place(&self) -> &'p str {
        self.record.text(Field::Place)
    }

    pub fn chair(&self) -> &'p str {
        self.record.text(Field::Chair)
    }

    /// The how-manieth of its kind in its year: as written, or counted by date.
    pub fn nth(&self) -> i64 {
        if let Some(nth) = self.record.number(Field::Nth) {
            return nth;
        }
        let year = self.date().map(|date| date.year());
        let same = |other: &Meeting| other.kind() == self.kind() && other.date().map(|date| date.year()) == year;
        1 + meetings(self.plan).iter().filter(|other| same(other) && other.is_before(self)).count() as i64
    }

    fn is_before(&self, other: &Meeting) -> bool {
        (self.date(), self.id) < (other.date(), other.id)
    }

    /// The title as written, or 2025年第一次全体会议.
    pub fn title(&self) -> String {
        match self.record.text(Field::Title) {
            "" => {
                let year = self.date().map_or(String::new(), |date| format!("{}年", date.year()));
                let nth = u32::try_from(self.nth()).unwrap_or_default().max(1);
                format!("{year}第{}次{}", super::chinese_numeral(nth), self.kind().word())
            }
            title => title.to_string(),
        }
    }

    /// The item that is being talked about.
    pub fn current(&self) -> Option<Item<'p>> {
        self.item(self.record.text(Field::Current))
    }

    /// The plenary that a liaison meeting prepares.
    pub fn feeds(&self) -> Option<Meeting<'p>> {
        Meeting::of(self.plan, self.record.text(Field::Feeds))
    }

    /// Its records of a kind with their keys.
    pub fn records(&self, kind: RecordKind) -> impl Iterator<Item = (&'p Str, &'p Record)> + use<'p> {
        let meeting: &'p Str = self.id;
        self.plan.records_at(kind, meeting).map(|(id, record)| (&id.key, record))
    }

    /// The lines of the internal record in the order in which they were typed.
    pub fn lines(&self) -> Vec<Line<'p>> {
        let lines = self.records(RecordKind::Line).map(|(key, record)| Line { key, record });
        lines.collect()
    }
}

/// A line of the internal record; its key tells the order.
#[derive(Clone, Copy, Debug)]
pub struct Line<'p> {
    pub key: &'p Str,
    pub record: &'p Record,
}

impl<'p> Line<'p> {
    pub fn kind(&self) -> LineKind {
        LineKind::parse(self.record.text(Field::Kind)).unwrap_or_default()
    }

    pub fn text(&self) -> &'p str {
        self.record.text(Field::Text)
    }

    /// The key of its item.
    pub fn item(&self) -> &'p str {
        self.record.text(Field::Item)
    }

    pub fn speaker(&self) -> &'p str {
        self.record.text(Field::Speaker)
    }

    pub fn at(&self) -> Option<NaiveTime> {
        self.record.time(Field::At)
    }
}
