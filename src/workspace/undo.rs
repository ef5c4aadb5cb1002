//! Undo and redo, across restarts: a record of the op log is taken back byte for byte, or change by change.

use super::Workspace;
use super::commit::{CommitError, Stacks};
use crate::edit::{Place, Transaction, Verb, current};
use crate::store::{FileEdit, HERE, Record, Tops, layout};

/// Why nothing was undone.
#[derive(Debug)]
pub enum UndoError {
    /// The stack is empty.
    Nothing,
    /// The op log cannot be read from here on.
    Unreadable,
    Commit(CommitError),
}

impl Workspace {
    /// Takes back the last transaction that stands; what it was, and the changes that were made now.
    ///
    /// # Errors
    /// See [`UndoError`].
    pub fn undo(&mut self) -> Result<(Option<Verb>, Transaction), UndoError> {
        self.take_back(Verb::Undo)
    }

    /// Brings back what the last undo took.
    ///
    /// # Errors
    /// See [`UndoError`].
    pub fn redo(&mut self) -> Result<(Option<Verb>, Transaction), UndoError> {
        self.take_back(Verb::Redo)
    }

    fn take_back(&mut self, verb: Verb) -> Result<(Option<Verb>, Transaction), UndoError> {
        let (mut lock, tops) = self.take_turn().map_err(UndoError::Commit)?;
        let Tops { undo, redo } = tops.ok_or(UndoError::Unreadable)?;
        let top = if verb == Verb::Undo { undo } else { redo };
        let at = top.ok_or(UndoError::Nothing)?;
        let record = self.journal.record(at).map_err(|error| UndoError::Commit(CommitError::Journal(error)))?;
        let record = record.ok_or(UndoError::Unreadable)?;
        let stacks = match verb {
            Verb::Undo => Stacks { undo: record.below, redo: Some(HERE), below: redo },
            _ => Stacks { undo: Some(HERE), redo: record.below, below: undo },
        };
        let mut transaction = Transaction { verb: Verb::Redo, changes: record.changes.clone() }.invert(verb);
        // only now, with the lock held, does the disk stand still; what the step is not about can be looked at later
        if transaction.changes.iter().any(|change| matches!(change.place, Place::Record(_) | Place::Field(..))) {
            self.read_records();
        }
        record.files.iter().filter(|part| !part.file.starts_with(layout::LOG)).for_each(|part| {
            self.ask_for(&part.file);
            self.read_file(&part.file, None);
        });
        self.read_changed_logs(&transaction);
        let edits = match self.exact_edits(&record) {
            Some(edits) => edits,
            None => {
                // what somebody has put back already needs no undoing, and must not bar the way to the steps before
                transaction.changes.retain(|change| current(&self.plan, &change.place) != change.new);
                self.edits_for(&transaction.changes).map_err(UndoError::Commit)?
            }
        };
        self.save(&transaction, &edits, stacks, &mut lock).map_err(UndoError::Commit)?;
        Ok((Verb::parse(&record.verb), transaction))
    }

    /// The files as they were before the record, if nobody has written them since.
    fn exact_edits(&self, record: &Record) -> Option<Vec<FileEdit>> {
        let mut edits = Vec::new();
        for part in &record.files {
            if self.damaged().contains(&part.file) {
                return None;
            }
            let now = self.folder.read(&part.file).ok()?;
            let after = part.undone(now.as_deref())?;
            edits.push(FileEdit { file: part.file.clone(), before: now, after });
        }
        Some(edits)
    }

    /// Reads the entries that are about to go, so that their old values can be compared.
    fn read_changed_logs(&mut self, transaction: &Transaction) {
        for change in &transaction.changes {
            if let Place::Entry(node, _) = &change.place {
                self.relist_log(node);
                self.read_log(node, usize::MAX);
            }
        }
    }
}
