//! Settling a conflict about something that no splice of a layout knows: the file is written as a whole.

use super::Workspace;
use super::commit::{CommitError, Stacks};
use crate::domain::{Conflict, Plan, Said, Str};
use crate::edit::{self, Change, Transaction, Verb};
use crate::store::{FileEdit, HERE, JournalError, layout, settle_conflict};

impl Workspace {
    /// Writes what was chosen into the conflict's file; the changes that this was, or `None` where it cannot be written in place.
    ///
    /// # Errors
    /// See [`CommitError`]; nothing has changed then.
    pub fn settle_in_file(
        &mut self,
        conflict: &Conflict,
        said: &Said,
        more: Option<Change>,
    ) -> Result<Option<Transaction>, CommitError> {
        let (mut lock, tops) = self.take_turn()?;
        self.refresh();
        let file = conflict.file.to_string();
        if !self.plan.conflicts.contains(conflict) {
            let place = edit::Place::Conflict(conflict.file.clone(), conflict.id.clone());
            return Err(CommitError::Stale(place));
        }
        let before = self.source.read(&file).map_err(|error| CommitError::Journal(JournalError::File(error)))?;
        let Some(text) = &before else { return Err(CommitError::Damaged { file }) };
        let Some(after) = settle_conflict(text, conflict, said) else { return Ok(None) };
        let Some(plan) = self.plan_with(&file, after.as_ref()) else { return Ok(None) };
        let mut changes = edit::diff(&self.plan, &plan);
        let mut edits = vec![FileEdit { file, before, after }];
        if let Some(more) = more {
            edits.extend(self.edits_for(std::slice::from_ref(&more))?);
            changes.push(more);
        }
        let transaction = Transaction::new(Verb::Settle, changes);
        let stacks = Stacks { undo: Some(HERE), redo: None, below: tops.and_then(|tops| tops.undo) };
        self.save(&transaction, &edits, stacks, &mut lock)?;
        Ok(Some(transaction))
    }

    /// The plan as it would be with another text in a file; `None` where that text or its absence means damage.
    fn plan_with(&self, file: &str, text: Option<&Str>) -> Option<Plan> {
        let mut plan = self.plan.clone();
        plan.tasks.retain(|id, _| !layout::is_in(id, file));
        if let Some((node, id)) = layout::entry_of(file)
            && let Some(items) = plan.log.get_mut(&node)
        {
            items.retain(|item| item.id != id);
            if items.is_empty() {
                plan.log.remove(&node);
            }
        }
        plan.records.retain(|id, _| layout::records::file_of(id) != file);
        plan.set_conflicts(file, Vec::new());
        match text {
            Some(text) => layout::read_into(&mut plan, file, text).ok().map(drop)?,
            None if file.starts_with(layout::TASKS)
                || layout::entry_of(file).is_some()
                || layout::records::is_record_file(file) => {}
            None => return None,
        }
        Some(plan)
    }
}
