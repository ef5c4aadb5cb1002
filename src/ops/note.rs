//! Writing log entries.

use super::{Moment, Outcome, Refusal, once, save, tracked};
use crate::domain::{Entry, EntryId, EntryKind, NodeId};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::workspace::Workspace;

/// The longest note, in bytes.
const LIMIT: usize = 64 << 10;

/// Adds a note or a progress entry to tasks, all in one step. Line ends become `\n`; other characters are kept as they are.
///
/// # Errors
/// A node without a log; nothing to write; more than 64 KiB.
pub fn note(
    workspace: &mut Workspace,
    moment: &Moment,
    ids: &[NodeId],
    kind: EntryKind,
    text: &str,
) -> Result<Outcome, Refusal> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return Err(Refusal::EmptyNote);
    }
    if text.len() > LIMIT {
        return Err(Refusal::NoteTooLong { bytes: text.len(), limit: LIMIT });
    }
    let mut changes = Vec::new();
    for id in once(ids) {
        tracked(workspace, id)?;
        changes.push(entry_change(workspace, moment, id, kind.clone(), text));
    }
    save(workspace, Transaction::new(Verb::Note, changes))
}

/// The change that writes an entry, later than every entry of the same day.
pub(super) fn entry_change(
    workspace: &mut Workspace,
    moment: &Moment,
    node: &NodeId,
    kind: EntryKind,
    text: &str,
) -> Change {
    workspace.list_log(node);
    let others = workspace.log(node).iter().map(|item| item.id.clone());
    let second = EntryId::second_after(others, moment.today, moment.second);
    let id = EntryId::about(moment.today, second, moment.chance, node.as_str());
    let entry = Entry { id, kind, text: text.into(), by: moment.author.as_deref().map(Into::into) };
    Change::new(Place::Entry(node.clone(), entry.id.clone()), None, Some(Value::Entry(Box::new(entry))))
}
