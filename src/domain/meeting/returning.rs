//! Items that come back by themselves: undiscussed, put off, recurring, or with something still to be done.

use super::{Item, ItemState, Meeting, MeetingKind, meetings, previous};
use crate::domain::Field;

/// Why an item returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Why {
    /// The meeting did not come to it.
    Undiscussed,
    /// 暂缓
    Postponed,
    /// Each meeting has it.
    Recurring,
    /// Something that was decided is not done yet.
    OpenOutcome,
    /// The liaison meeting has prepared it.
    Prepared,
}

/// An item that returns.
#[derive(Clone, Copy, Debug)]
pub struct Return<'p> {
    pub meeting: Meeting<'p>,
    pub item: Item<'p>,
    pub why: Why,
}

impl Return<'_> {
    /// What stands in the field `from` of the item that comes of it.
    pub fn source(&self) -> String {
        format!("{}/{}", self.meeting.id, self.item.key)
    }
}

/// What returns at a meeting and is not on its agenda: the items of the last one of its kind, and what liaison meetings prepared.
pub fn returning<'p>(meeting: &Meeting<'p>) -> Vec<Return<'p>> {
    let mut all: Vec<Return> = previous(meeting).iter().flat_map(left).collect();
    all.extend(fed(meeting));
    let here = meeting.items();
    let is_here = |one: &Return| here.iter().any(|item| item.record.text(Field::From) == one.source());
    all.retain(|one| !is_here(one));
    all
}

/// What a meeting leaves to the next one.
fn left<'p>(last: &Meeting<'p>) -> Vec<Return<'p>> {
    let outcomes = last.outcomes();
    let why = |item: &Item| {
        let has_open = outcomes.iter().any(|outcome| outcome.item() == item.key.as_str() && outcome.is_open());
        match item.state() {
            ItemState::Dropped => None,
            ItemState::Postponed => Some(Why::Postponed),
            ItemState::Open if item.kind().asks_for_an_outcome() => Some(Why::Undiscussed),
            _ if item.record.flag(Field::Recurring) => Some(Why::Recurring),
            ItemState::Open | ItemState::Discussed if has_open => Some(Why::OpenOutcome),
            ItemState::Open | ItemState::Discussed => None,
        }
    };
    last.items().into_iter().filter_map(|item| Some(Return { meeting: *last, item, why: why(&item)? })).collect()
}

/// What liaison meetings have prepared for a plenary: those that say so, and those since the last plenary that name none.
fn fed<'p>(meeting: &Meeting<'p>) -> Vec<Return<'p>> {
    if meeting.kind() != MeetingKind::Plenary {
        return Vec::new();
    }
    let since = previous(meeting).and_then(|last| last.date());
    let feeds = |liaison: &Meeting| {
        let named = liaison.record.text(Field::Feeds);
        let between = liaison.date() <= meeting.date() && liaison.date() > since;
        named == meeting.id.as_str() || named.is_empty() && between
    };
    let liaisons = meetings(meeting.plan).into_iter();
    let liaisons =
        liaisons.filter(|other| other.kind() == MeetingKind::Liaison && other.state().is_over() && feeds(other));
    liaisons.flat_map(|liaison| prepared(&liaison)).collect()
}

/// What a liaison meeting has prepared: what it has discussed that something has to come of.
pub fn prepared<'p>(liaison: &Meeting<'p>) -> Vec<Return<'p>> {
    let mut items = liaison.items();
    items.retain(|item| item.state() == ItemState::Discussed && item.kind().asks_for_an_outcome());
    items.into_iter().map(|item| Return { meeting: *liaison, item, why: Why::Prepared }).collect()
}
