//! What may be done in which state, and on which day a meeting is proposed.

use super::{MeetingKind, MeetingState, meetings};
use crate::domain::{Plan, RecordKind};
use chrono::{Months, NaiveDate};

/// Something that is done to a meeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Act {
    /// Time, place, chair, agenda, papers.
    Prepare,
    /// Sending the notice, or one that corrects it.
    Notify,
    /// Who comes, who came.
    Attend,
    /// Beginning, or going on after it was closed by mistake.
    Open,
    /// What is said and decided.
    Capture,
    /// A motion from the floor, the current item.
    Sit,
    /// Ending the session.
    End,
    /// Writing, checking and signing the minutes.
    Minute,
    /// Following decisions up.
    Follow,
    /// Closing for good, after the minutes are out.
    Close,
}

/// Whether something may be done in a state. Everything that is written later is a correction and not a change.
pub fn allows(state: MeetingState, act: Act) -> bool {
    use MeetingState::{Closed, Draft, InSession, Issued, Minutes, Notified};
    match act {
        Act::Prepare => matches!(state, Draft | Notified | InSession),
        Act::Notify => matches!(state, Draft | Notified),
        Act::Attend => matches!(state, Draft | Notified | InSession | Minutes),
        Act::Open => matches!(state, Draft | Notified | Minutes),
        // holes are filled while the minutes are written
        Act::Capture => matches!(state, InSession | Minutes),
        Act::Sit | Act::End => state == InSession,
        Act::Minute => matches!(state, InSession | Minutes),
        Act::Follow => matches!(state, InSession | Minutes | Issued | Closed),
        Act::Close => state == Issued,
    }
}

/// The day on which the next meeting of a kind is proposed: a year after the last plenary, twelve working days before the next
/// plenary for a liaison meeting, ten working days from today where nothing else says; always a working day and never past.
pub fn proposed_date(plan: &Plan, kind: MeetingKind, today: NaiveDate) -> NaiveDate {
    let all = meetings(plan);
    let last = all.iter().rfind(|meeting| meeting.kind() == kind).and_then(|meeting| meeting.date());
    let plenary = all.iter().find(|meeting| {
        meeting.kind() == MeetingKind::Plenary && meeting.state().is_ahead() && meeting.date() > Some(today)
    });
    let wanted = match kind {
        MeetingKind::Plenary => last.and_then(|last| last.checked_add_months(Months::new(12))),
        MeetingKind::Liaison => {
            plenary.and_then(|plenary| plenary.date()).and_then(|plenary| plan.calendar.before(plenary, 12))
        }
        MeetingKind::Special => None,
    };
    let in_a_while = || plan.calendar.after(today, 10).unwrap_or(today);
    plan.calendar.on_or_after(wanted.filter(|day| *day > today).unwrap_or_else(in_a_while))
}

impl super::Meeting<'_> {
    /// Whether something may be done to it now.
    pub fn allows(&self, act: Act) -> bool {
        allows(self.state(), act)
    }

    /// The notices that went out.
    pub fn notice_count(&self) -> usize {
        self.records(RecordKind::Notice).count()
    }
}
