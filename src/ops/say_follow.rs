//! Why a decision was left as it is, as a sentence.

use super::FollowRefusal;
use crate::domain::follow::{ReminderDue, Rung};
use crate::text::Text;

pub(super) fn say_follow(refusal: &FollowRefusal, text: &Text) -> String {
    let say = &text.follow;
    match refusal {
        FollowRefusal::UnknownDecision { text } => (say.unknown_decision)(text),
        FollowRefusal::UnknownStep { word } => (say.unknown_step)(word),
        FollowRefusal::Closed => say.closed.to_string(),
        FollowRefusal::NotClosed => say.not_closed.to_string(),
        FollowRefusal::NoLead => say.no_lead.to_string(),
        FollowRefusal::NotInvolved { unit } => (say.not_involved)(unit.as_str()),
        FollowRefusal::ReasonNeeded { kind } => (say.reason_needed)((say.step)(*kind)),
        FollowRefusal::TextNeeded { kind } => (say.text_needed)((say.step)(*kind)),
        FollowRefusal::NameNeeded { kind } => (say.name_needed)((say.step)(*kind)),
        FollowRefusal::UnitNeeded => say.unit_needed.to_string(),
        FollowRefusal::DueNeeded => say.due_needed.to_string(),
        FollowRefusal::AlreadyReceived { unit, date } => (say.already_received)(unit.as_str(), *date),
        FollowRefusal::TooLateToReturn { until, days } => (say.too_late_to_return)(*until, *days),
        FollowRefusal::NoEvidence => say.no_evidence.to_string(),
        FollowRefusal::AlreadySigned { name } => (say.already_signed)(name),
        FollowRefusal::TooLateToExtend { due } => (say.too_late_to_extend)(*due),
        FollowRefusal::NotLater { due } => (say.not_later)(*due),
        FollowRefusal::Remark { text } => (say.remark)(text),
        FollowRefusal::NoReminder => say.no_reminder.to_string(),
        FollowRefusal::NotDue { due } => say_not_due(*due, text),
    }
}

fn say_not_due(due: ReminderDue, text: &Text) -> String {
    let say = &text.follow;
    let word = |rung: Rung| (say.step)(rung.step());
    match due {
        ReminderDue::Now(rung) => word(rung).to_string(),
        ReminderDue::From(date, rung) => (say.remind_from)(date, word(rung)),
        ReminderDue::Closed => say.closed.to_string(),
        ReminderDue::NoDate => say.remind_no_date.to_string(),
        ReminderDue::TopReached => say.remind_top.to_string(),
        ReminderDue::Answered(date) => (say.remind_answered)(date),
    }
}
