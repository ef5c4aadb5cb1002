//! The ladder 提醒 → 催办 → 警示: which reminder is due.
//!
//! It climbs one rung at a time, and only where the rung before went unanswered (三明). A rung that was answered comes again
//! where the deadline has moved further away behind us, and does not climb for it.

use super::{Follow, Rules, StepKind};
use crate::domain::Calendar;
use chrono::NaiveDate;

/// A rung.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub enum Rung {
    Remind,
    Press,
    Warn,
}

impl Rung {
    pub fn of(kind: StepKind) -> Option<Rung> {
        match kind {
            StepKind::Remind => Some(Rung::Remind),
            StepKind::Press => Some(Rung::Press),
            StepKind::Warn => Some(Rung::Warn),
            StepKind::Excerpt
            | StepKind::Receipt
            | StepKind::Return
            | StepKind::Reassign
            | StepKind::Reply
            | StepKind::Report
            | StepKind::Evidence
            | StepKind::Rework
            | StepKind::Extension
            | StepKind::Signoff
            | StepKind::Close
            | StepKind::Reopen => None,
        }
    }

    pub fn step(self) -> StepKind {
        match self {
            Rung::Remind => StepKind::Remind,
            Rung::Press => StepKind::Press,
            Rung::Warn => StepKind::Warn,
        }
    }

    fn next(self) -> Rung {
        match self {
            Rung::Remind => Rung::Press,
            Rung::Press | Rung::Warn => Rung::Warn,
        }
    }
}

/// What is to be sent, or why nothing is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    Now(Rung),
    /// Not before that day; the rung is the one that is then due if nothing comes back.
    From(NaiveDate, Rung),
    /// Closed.
    Closed,
    /// There is no date to count from.
    NoDate,
    /// The last rung has gone out.
    TopReached,
    /// The last one was answered, and nothing further has passed since.
    Answered(NaiveDate),
}

/// Which reminder is due on a day.
pub fn due_now(follow: &Follow, today: NaiveDate, rules: &Rules, calendar: &Calendar) -> Due {
    if follow.is_closed() {
        return Due::Closed;
    }
    let Some(due) = follow.due_date() else { return Due::NoDate };
    // the first day of each rung
    let starts = |rung| match rung {
        Rung::Remind => calendar.before(due, rules.remind_days).unwrap_or(due),
        Rung::Press => calendar.after(due, rules.press_days.max(1)).unwrap_or(due),
        Rung::Warn => calendar.after(due, rules.warn_days.max(rules.press_days).max(1)).unwrap_or(due),
    };
    let wanted = match follow.reminders.last() {
        None => Rung::Remind,
        Some(last) if last.answered.is_none() && last.rung == Rung::Warn => return Due::TopReached,
        Some(last) => last.rung.next(),
    };
    let Some(last) = follow.reminders.last() else {
        let from = starts(wanted);
        return if today >= from { Due::Now(wanted) } else { Due::From(from, wanted) };
    };
    // never two on one working day
    let from = starts(wanted).max(calendar.after(last.date, 1).unwrap_or(last.date));
    match last.answered {
        None if today >= from => Due::Now(wanted),
        None => Due::From(from, wanted),
        // answered: the same words again when the next threshold has passed after the answer
        Some(answered) if answered < from && today >= from => Due::Now(last.rung),
        Some(answered) if answered < from => Due::From(from, last.rung),
        Some(answered) => Due::Answered(answered),
    }
}
