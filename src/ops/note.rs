//! Writing log entries.

use super::{Moment, Outcome, Refusal, entry_id, once, save, tracked};
use crate::domain::{Entry, EntryKind, NodeId};
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
        let entry = Entry {
            id: entry_id(workspace, id, moment, 0),
            kind: kind.clone(),
            text: text.into(),
            by: moment.author.as_deref().map(Into::into),
        };
        changes.push(entry_change(id, entry));
    }
    save(workspace, Transaction::new(Verb::Note, changes))
}

/// The change that writes an entry.
pub(super) fn entry_change(node: &NodeId, entry: Entry) -> Change {
    Change::new(Place::Entry(node.clone(), entry.id.clone()), None, Some(Value::Entry(Box::new(entry))))
}
