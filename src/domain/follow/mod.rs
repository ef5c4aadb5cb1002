//! What became of an outcome: its state is the fold of its steps, which are written once and never edited.
//!
//! Two machines that add steps cannot disagree: the steps are read in the order of their days and keys, whoever wrote them.
//! A step that has no business where it stands (an extension after the deadline, the second sign-off of one person) counts for
//! nothing, so that hand-written files and merges give the same answer as the operations.

mod chain;
mod ladder;
mod register;
mod rules;
mod step;

pub use chain::{Anchor, Chain, Link, chain, chains};
pub use ladder::{Due as ReminderDue, Rung, due_now};
pub use register::{Asked, Entry as Decision, register};
pub use rules::Rules;
pub use step::{Step, StepKind, steps_of};

use super::meeting::Hole;
use super::{Calendar, Due, Field, Light, Plan, Record, RecordId, RecordKind, Str, UnitId};
use chrono::NaiveDate;

/// How far an outcome has got.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub enum FollowState {
    /// Nobody has made a tracked item of it yet.
    Open,
    /// 已交办: tracked, and no excerpt has gone out.
    Assigned,
    /// 已摘办
    Sent,
    /// 已签收
    Received,
    /// 退件: a department says that it is not the right one.
    Returned,
    /// 已反馈
    Reported,
    /// 佐证: evidence is there.
    Evidence,
    /// 审签: some have signed off and some have not.
    Signing,
    /// 退办: what was reported was not enough.
    Rework,
    /// 办结
    Closed,
    /// 重办: was closed and is not any more.
    Reopened,
}

impl FollowState {
    pub const ALL: [FollowState; 11] = [
        FollowState::Open,
        FollowState::Assigned,
        FollowState::Sent,
        FollowState::Received,
        FollowState::Returned,
        FollowState::Reported,
        FollowState::Evidence,
        FollowState::Signing,
        FollowState::Rework,
        FollowState::Closed,
        FollowState::Reopened,
    ];

    /// The word for it in JSON and in filters.
    pub fn token(self) -> &'static str {
        match self {
            FollowState::Open => "open",
            FollowState::Assigned => "assigned",
            FollowState::Sent => "sent",
            FollowState::Received => "received",
            FollowState::Returned => "returned",
            FollowState::Reported => "reported",
            FollowState::Evidence => "evidence",
            FollowState::Signing => "signing",
            FollowState::Rework => "rework",
            FollowState::Closed => "closed",
            FollowState::Reopened => "reopened",
        }
    }
}

/// A return that nobody has answered yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Returned {
    pub unit: Option<UnitId>,
    pub date: Option<NaiveDate>,
    pub reason: Str,
    /// Who should have it instead.
    pub proposal: Str,
}

/// A reminder that went out.
#[derive(Clone, PartialEq, Debug)]
pub struct Reminder {
    pub rung: Rung,
    pub date: NaiveDate,
    /// When something came back: a reply, a report or evidence.
    pub answered: Option<NaiveDate>,
}

/// An outcome and what became of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Follow {
    pub id: RecordId,
    pub state: FollowState,
    /// After every reassignment.
    pub lead: Option<UnitId>,
    pub with: Vec<UnitId>,
    pub due: Option<Due>,
    /// The first deadline, where it has been put off.
    pub original_due: Option<Due>,
    pub postponements: u32,
    /// Departments and the day the excerpt went to them.
    pub sent: Vec<(UnitId, NaiveDate)>,
    pub received: Vec<(UnitId, NaiveDate)>,
    pub returned: Option<Returned>,
    /// Day and words of the last report.
    pub report: Option<(Option<NaiveDate>, Str)>,
    pub evidence: Vec<Str>,
    /// Who has signed off since the last rework or reopening.
    pub signed: Vec<Str>,
    pub reminders: Vec<Reminder>,
    pub closed: Option<NaiveDate>,
    pub reopened: u32,
    /// The last step's day.
    pub touched: Option<NaiveDate>,
}

impl Follow {
    /// Folds the steps of an outcome; `None` where there is no such outcome.
    pub fn of(plan: &Plan, id: &RecordId) -> Option<Follow> {
        let outcome = plan.record(id).filter(|_| id.kind == RecordKind::Outcome)?;
        Some(fold(id, outcome, &steps_of(plan, id), Rules::of(plan).signoffs))
    }

    pub fn is_closed(&self) -> bool {
        self.state == FollowState::Closed
    }

    /// Past its deadline and not closed.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        !self.is_closed() && self.due_date().is_some_and(|date| date < today)
    }

    pub fn due_date(&self) -> Option<NaiveDate> {
        self.due.as_ref().and_then(|due| due.date)
    }

    /// The light: yellow within the office's days of reminding.
    pub fn light(&self, today: NaiveDate, rules: &Rules, calendar: &Calendar) -> Light {
        if self.is_closed() { Light::Green } else { Light::by(self.due_date(), today, rules.remind_days, calendar) }
    }

    /// A deadline that is no date but says when (每季度, 持续推进) is no hole.
    pub fn holes(&self) -> Vec<Hole> {
        Hole::of(self.lead.as_ref(), self.due.as_ref())
    }

    /// The departments that have to do with it, the lead first.
    pub fn units(&self) -> impl Iterator<Item = &UnitId> {
        self.lead.iter().chain(self.with.iter().filter(|unit| self.lead.as_ref() != Some(unit)))
    }

    /// The last day on which a department may send the outcome back: so many working days from its receipt, or else from the
    /// day the excerpt went out.
    pub fn return_by(&self, unit: &UnitId, rules: &Rules, calendar: &Calendar) -> Option<NaiveDate> {
        let of = |list: &[(UnitId, NaiveDate)]| list.iter().rev().find(|(one, _)| one == unit).map(|(_, date)| *date);
        let from = of(&self.received).or_else(|| of(&self.sent))?;
        calendar.after(from, rules.return_days)
    }
}

pub(super) fn fold(id: &RecordId, outcome: &Record, steps: &[Step], needed: u32) -> Follow {
    let mut follow = Follow {
        id: id.clone(),
        state: if outcome.flag(Field::Tracked) { FollowState::Assigned } else { FollowState::Open },
        lead: outcome.unit(Field::Lead).cloned(),
        with: outcome.units(Field::With).to_vec(),
        due: outcome.due(Field::Due).cloned(),
        original_due: None,
        postponements: 0,
        sent: Vec::new(),
        received: Vec::new(),
        returned: None,
        report: None,
        evidence: Vec::new(),
        signed: Vec::new(),
        reminders: Vec::new(),
        closed: None,
        reopened: 0,
        touched: None,
    };
    steps.iter().for_each(|step| follow.take(step, needed));
    follow
}

impl Follow {
    fn take(&mut self, step: &Step, needed: u32) {
        self.touched = step.date.or(self.touched);
        let unit = step.unit.clone().or_else(|| self.lead.clone());
        // what is open cannot be opened again: that was somebody who had not heard of it
        if self.is_closed() != (step.kind == StepKind::Reopen) {
            return;
        }
        match step.kind {
            StepKind::Excerpt => {
                // an excerpt to a department that has sent it back says that it stays with it
                self.returned = None;
                self.sent.extend(unit.zip(step.date));
                // one more department hears of it; what the others have done stays
                if matches!(self.state, FollowState::Open | FollowState::Assigned | FollowState::Returned) {
                    self.state = FollowState::Sent;
                }
            }
            StepKind::Receipt => {
                self.received.extend(unit.zip(step.date));
                if self.state < FollowState::Received {
                    self.state = FollowState::Received;
                }
            }
            StepKind::Return => {
                let (date, reason) = (step.date, step.text.clone());
                self.returned = Some(Returned { unit, date, reason, proposal: step.proposal.clone() });
                self.state = FollowState::Returned;
            }
            StepKind::Reassign => {
                self.returned = None;
                if step.unit.is_some() {
                    self.lead = step.unit.clone();
                    self.with.retain(|unit| step.unit.as_ref() != Some(unit));
                }
                self.state = FollowState::Assigned;
            }
            StepKind::Remind | StepKind::Press | StepKind::Warn => {
                let rung = Rung::of(step.kind);
                self.reminders.extend(rung.zip(step.date).map(|(rung, date)| Reminder { rung, date, answered: None }));
            }
            StepKind::Reply => self.answer(step.date),
            StepKind::Report => {
                self.answer(step.date);
                self.report = Some((step.date, step.text.clone()));
                self.state = FollowState::Reported;
            }
            StepKind::Evidence => {
                self.answer(step.date);
                self.evidence.push(step.text.clone());
                self.state = if self.signed.is_empty() { FollowState::Evidence } else { FollowState::Signing };
            }
            StepKind::Rework => {
                self.evidence.clear();
                self.signed.clear();
                self.state = FollowState::Rework;
            }
            StepKind::Extension => {
                let is_late = self.due_date().zip(step.date).is_some_and(|(due, asked)| asked > due);
                if let Some(due) = step.due.clone().filter(|_| !is_late) {
                    let before = self.due.replace(due);
                    self.original_due = self.original_due.take().or(before);
                    self.postponements += 1;
                    // the ladder begins anew with the new date
                    self.reminders.clear();
                }
            }
            StepKind::Signoff => {
                if self.evidence.is_empty() || step.by.is_empty() || self.signed.contains(&step.by) {
                    return;
                }
                self.signed.push(step.by.clone());
                self.state = FollowState::Signing;
                if self.signed.len() >= needed as usize {
                    self.state = FollowState::Closed;
                    self.closed = step.date;
                }
            }
            // closing is what the sign-offs and the evidence make of it
            StepKind::Close => {}
            StepKind::Reopen => {
                self.closed = None;
                self.evidence.clear();
                self.signed.clear();
                self.reminders.clear();
                self.reopened += 1;
                self.state = FollowState::Reopened;
            }
        }
    }

    fn answer(&mut self, date: Option<NaiveDate>) {
        let open = self.reminders.iter_mut().filter(|reminder| reminder.answered.is_none());
        open.for_each(|reminder| reminder.answered = Some(date.unwrap_or(reminder.date)));
    }
}
