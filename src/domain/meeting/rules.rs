//! What may be done in which state, and on which day a meeting is proposed.

use super::{MeetingKind, MeetingState, meetings};
use crate::domain::{Plan, RecordKind};
use chrono::{Days, Months, NaiveDate};

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
pub fn proposed_date(
    plan: &Plan,
    kind: MeetingKind,
    today: NaiveDate,
    is_working: impl Fn(NaiveDate) -> bool,
) -> NaiveDate {
    let last = meetings(plan).into_iter().rfind(|meeting| meeting.kind() == kind).and_then(|meeting| meeting.date());
    let plenary = meetings(plan).into_iter().find(|meeting| {
        meeting.kind() == MeetingKind::Plenary && meeting.state().is_ahead() && meeting.date() > Some(today)
    });
    let plenary = plenary.and_then(|meeting| meeting.date());
    let in_a_while = working_days_on(today, 10, &is_working);
    let wanted = match kind {
        MeetingKind::Plenary => last.and_then(|last| last.checked_add_months(Months::new(12))),
        MeetingKind::Liaison => plenary.map(|plenary| working_days_back(plenary, 12, &is_working)),
        MeetingKind::Special => None,
    };
    let day = wanted.filter(|day| *day > today).unwrap_or(in_a_while);
    next_working_day(day, &is_working)
}

/// The day itself or the first working day after it; a month of holidays is an error of the calendar, and ends the search.
fn next_working_day(day: NaiveDate, is_working: &impl Fn(NaiveDate) -> bool) -> NaiveDate {
    day.iter_days().take(31).find(|day| is_working(*day)).unwrap_or(day)
}

fn working_days_on(from: NaiveDate, count: usize, is_working: &impl Fn(NaiveDate) -> bool) -> NaiveDate {
    from.iter_days().skip(1).take(366).filter(|day| is_working(*day)).nth(count.saturating_sub(1)).unwrap_or(from)
}

fn working_days_back(from: NaiveDate, count: usize, is_working: &impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let before = (1..366).filter_map(|days| from.checked_sub_days(Days::new(days)));
    before.filter(|day| is_working(*day)).nth(count.saturating_sub(1)).unwrap_or(from)
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
