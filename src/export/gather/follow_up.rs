//! What goes to departments after a meeting, and what the next meeting is told of it.

use super::super::compose::{decision_line, office, outcomes, title};
use super::contact;
use crate::domain::follow::{Follow, FollowState, Rules, Rung, register};
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, UnitId};
use crate::export::content::{DecisionLine, ExcerptPaper, FollowUpLine, ReminderPaper, ReminderStep};
use chrono::NaiveDate;

/// The excerpt of those of a meeting's decisions that are wanted, for a department; `None` where none of them is its own.
pub fn excerpt_paper(
    plan: &Plan,
    meeting: &str,
    unit: &UnitId,
    is_wanted: impl Fn(&RecordId) -> bool,
    today: NaiveDate,
) -> Option<ExcerptPaper> {
    let record = plan.record(&RecordId::new(RecordKind::Meeting, meeting, ""))?;
    let rules = Rules::of(plan);
    let (mut leads, mut joins) = (Vec::new(), Vec::new());
    for (id, item) in super::super::compose::items(plan, meeting) {
        for (outcome_id, outcome) in outcomes(plan, id).into_iter().filter(|(outcome, _)| is_wanted(outcome)) {
            let Some(follow) = Follow::of(plan, outcome_id) else { continue };
            let line = current(decision_line(outcome, item), &follow);
            if follow.lead.as_ref() == Some(unit) {
                leads.push(line);
            } else if follow.with.contains(unit) {
                joins.push(line);
            }
        }
    }
    if leads.is_empty() && joins.is_empty() {
        return None;
    }
    Some(ExcerptPaper {
        unit: unit.to_string(),
        meeting: title(plan, meeting, record),
        meeting_date: record.date(Field::Date),
        minutes_number: number(plan, meeting),
        number: None,
        leads,
        joins,
        office: office(plan),
        issued: Some(today),
        return_within: rules.return_days,
        return_by: plan.calendar.after(today, rules.return_days),
        contact: contact(plan, record),
    })
}

/// A reminder to the department that leads a decision; `None` where there is no such decision.
pub fn reminder_paper(plan: &Plan, decision: &RecordId, rung: Rung, today: NaiveDate) -> Option<ReminderPaper> {
    let (outcome, follow) = (plan.record(decision)?, Follow::of(plan, decision)?);
    let nothing = Record::new();
    let meeting = plan.record(&decision.beside(RecordKind::Meeting, "")).unwrap_or(&nothing);
    let item = plan.record(&decision.beside(RecordKind::Item, outcome.text(Field::Item))).unwrap_or(&nothing);
    let (last_report_date, last_report) = follow.report.clone().unwrap_or_default();
    let due = follow.due_date();
    Some(ReminderPaper {
        step: match rung {
            Rung::Remind => ReminderStep::Remind,
            Rung::Press => ReminderStep::Urge,
            Rung::Warn => ReminderStep::Warn,
        },
        unit: follow.lead.as_ref().map(ToString::to_string).unwrap_or_default(),
        decision: current(decision_line(outcome, item), &follow),
        source: title(plan, &decision.meeting, meeting),
        days_left: due.map(|due| plan.calendar.days_left(today, due)),
        last_report: last_report.to_string(),
        last_report_date,
        earlier: follow.reminders.iter().map(|one| one.date).filter(|date| *date < today).collect(),
        answer_by: plan.calendar.after(today, 3),
        office: office(plan),
        issued: Some(today),
        contact: contact(plan, meeting),
    })
}

/// What became of the decisions of the meetings before: those of the last meeting of the same kind, and what is still open of
/// all the others.
pub fn follow_up_lines(plan: &Plan, meeting: &str, today: NaiveDate) -> (Option<String>, Vec<FollowUpLine>) {
    let own = plan.record(&RecordId::new(RecordKind::Meeting, meeting, ""));
    let date = own.and_then(|own| own.date(Field::Date)).unwrap_or(today);
    let kind = own.map_or("", |own| own.text(Field::Kind));
    let before = plan.records_of(RecordKind::Meeting).filter(|(id, _)| id.meeting != meeting);
    let earlier =
        before.filter_map(|(id, one)| Some((one.date(Field::Date)?, id, one))).filter(|(day, ..)| *day < date);
    let last = earlier.filter(|(_, _, one)| one.text(Field::Kind) == kind).max_by_key(|(day, id, _)| (*day, *id));
    let last_id = last.as_ref().map(|(_, id, _)| id.meeting.clone());
    let told = register(plan).into_iter().filter(|entry| {
        let is_earlier = entry.date.is_some_and(|day| day < date) && entry.id.meeting != meeting;
        let is_order = entry.follow.state != FollowState::Open || entry.follow.lead.is_some();
        let is_last = last_id.as_ref() == Some(&entry.id.meeting);
        is_earlier && is_order && (is_last || !entry.follow.is_closed())
    });
    let lines = told.map(|entry| {
        let due = entry.follow.due.as_ref();
        FollowUpLine {
            text: entry.outcome.text(Field::Text).trim_end_matches('。').to_string(),
            lead: entry.follow.lead.as_ref().map(ToString::to_string).unwrap_or_default(),
            due: entry.follow.due_date(),
            due_words: super::super::compose::due_words(due),
            status: status(&entry.follow, today).to_string(),
            report: entry.follow.report.as_ref().map(|(_, text)| text.to_string()).unwrap_or_default(),
        }
    });
    (last.map(|(_, id, one)| title(plan, &id.meeting, one)), lines.collect())
}

/// A decision's state as it is reported to a meeting.
fn status(follow: &Follow, today: NaiveDate) -> &'static str {
    match follow.state {
        FollowState::Closed => "已办结",
        _ if follow.is_overdue(today) => "逾期",
        FollowState::Open | FollowState::Assigned | FollowState::Sent => "未启动",
        FollowState::Returned => "退件待定",
        FollowState::Received
        | FollowState::Reported
        | FollowState::Evidence
        | FollowState::Signing
        | FollowState::Rework
        | FollowState::Reopened => "推进中",
    }
}

/// The number of a meeting's minutes as other papers name it.
fn number(plan: &Plan, meeting: &str) -> Option<String> {
    let minutes = plan.record(&RecordId::new(RecordKind::Minutes, meeting, ""))?;
    let office = plan.record(&RecordId::of_plan(RecordKind::Office, ""));
    let code = office.map_or("", |office| office.text(Field::Code));
    Some(format!("{code}〔{}〕{}号", minutes.number(Field::Year)?, minutes.number(Field::Number)?))
}

/// A decision as it stands after reassignments and extensions.
fn current(line: DecisionLine, follow: &Follow) -> DecisionLine {
    DecisionLine {
        lead: follow.lead.as_ref().map(ToString::to_string).unwrap_or_default(),
        with: follow.with.iter().map(ToString::to_string).collect(),
        due: follow.due_date(),
        due_words: super::super::compose::due_words(follow.due.as_ref()),
        ..line
    }
}
