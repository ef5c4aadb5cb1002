//! Marking how far tasks are.

use super::note::entry_change;
use super::{Moment, Outcome, Refusal, once, save, tracked};
use crate::domain::{EntryKind, NodeId, Status};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::workspace::Workspace;

/// Marks tasks with a status, all in one step.
///
/// # Errors
/// A node without status; closing, suspending or reopening without a reason.
pub fn mark(
    workspace: &mut Workspace,
    moment: &Moment,
    ids: &[NodeId],
    status: Status,
    reason: &str,
) -> Result<Outcome, Refusal> {
    let reason = reason.trim();
    let mut changes = Vec::new();
    for id in once(ids) {
        tracked(workspace, id)?;
        let from = workspace.plan().state(id).status;
        if from == status {
            continue;
        }
        if Status::needs_reason(from, status) && reason.is_empty() {
            return Err(Refusal::ReasonNeeded { id: id.clone(), from, to: status });
        }
        let value = |status| Some(status).filter(|status| *status != Status::Todo).map(Value::Status);
        changes.push(Change::new(Place::Status(id.clone()), value(from), value(status)));
        if !reason.is_empty() {
            changes.push(entry_change(workspace, moment, id, EntryKind::Status { from, to: status }, reason));
        }
    }
    save(workspace, Transaction::new(Verb::Mark, changes))
}
