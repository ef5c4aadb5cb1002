//! Setting and moving deadlines.

use super::note::entry_change;
use super::{Moment, Outcome, Refusal, once, save, tracked};
use crate::domain::{Calendar, Due, EntryKind, NodeId, due, horizon};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::workspace::Workspace;
use chrono::NaiveDate;

/// Understands a deadline in office words; `None` for the words that take a deadline away.
///
/// # Errors
/// Words that are not understood, dates that do not exist.
pub fn understand_due(text: &str, today: NaiveDate) -> Result<Option<Due>, Refusal> {
    understand_due_by(text, today, &Calendar::new())
}

/// The same with the holidays that are known, see [`Workspace::calendar`].
///
/// # Errors
/// See [`understand_due`].
pub fn understand_due_by(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<Option<Due>, Refusal> {
    if matches!(text.trim(), "none" | "无" | "取消" | "清除") {
        return Ok(None);
    }
    let due = due::parse_by(text, today, calendar);
    due.map(Some).map_err(|error| Refusal::Due { text: text.trim().to_string(), error })
}

/// The same with the calendar of the workspace: 5个工作日内 is read once more with the holidays that lie between.
///
/// # Errors
/// See [`understand_due`].
pub fn understand_due_in(workspace: &mut Workspace, text: &str, today: NaiveDate) -> Result<Option<Due>, Refusal> {
    let due = understand_due_by(text, today, &workspace.plan().calendar)?;
    match due.as_ref().filter(|due| due.is_relative()).and_then(|due| due.date) {
        Some(date) => understand_due_by(text, today, workspace.calendar(today, horizon(date, 20))),
        None => Ok(due),
    }
}

/// Sets, moves or takes away the deadline of tasks, all in one step.
///
/// The first deadline a task had stays as the original one when it is moved, and the move is logged with its reason.
///
/// # Errors
/// A node without a deadline.
pub fn deadline(
    workspace: &mut Workspace,
    moment: &Moment,
    ids: &[NodeId],
    due: Option<Due>,
    reason: &str,
) -> Result<Outcome, Refusal> {
    let reason = reason.trim();
    let mut changes = Vec::new();
    for id in once(ids) {
        tracked(workspace, id)?;
        let state = workspace.plan().state(id).clone();
        if state.due == due {
            continue;
        }
        changes.push(Change::new(
            Place::Due(id.clone()),
            state.due.clone().map(Value::Due),
            due.clone().map(Value::Due),
        ));
        if state.due.is_none() && reason.is_empty() {
            continue;
        }
        if let (Some(first), None) = (&state.due, &state.original_due) {
            changes.push(Change::new(Place::OriginalDue(id.clone()), None, Some(Value::Due(first.clone()))));
        }
        let kind = EntryKind::Deadline { from: state.due, to: due.clone() };
        changes.push(entry_change(workspace, moment, id, kind, reason));
    }
    save(workspace, Transaction::new(Verb::Deadline, changes))
}
