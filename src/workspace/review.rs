//! What a review needs of the open plan: files of the index made from accepted changes, and files put back as a whole.

use super::commit::Stacks;
use super::{Archive, CommitError, State, Workspace, private};
use crate::domain::Str;
use crate::edit::{Change, Place, Transaction};
use crate::git::{GitError, Oid};
use crate::store::{FileEdit, HERE};
use serde::{Deserialize, Serialize};
use std::fs;

/// A change that was sent back, with what is to be done about it. It counts as long as the change stays as it was.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Returned {
    pub place: Place,
    pub new: Option<crate::edit::Value>,
    pub comment: String,
    pub by: Option<String>,
    pub on: chrono::NaiveDate,
}

impl Archive {
    /// Puts texts of files into the index, or takes files out of it.
    ///
    /// # Errors
    /// What git says.
    pub fn stage(&mut self, files: &[(String, Option<Str>)]) -> Result<(), GitError> {
        let mut stored = Vec::new();
        for (path, text) in files {
            let oid = text.as_ref().map(|text| self.repo.store(text.as_bytes())).transpose()?;
            stored.push((path.clone(), oid));
        }
        self.repo.stage(&self.base, &stored)
    }

    /// Commits the plan as it is on disk, with what else stands in the index.
    ///
    /// # Errors
    /// What git or a hook says.
    pub fn commit_all(&mut self, message: &str, author: Option<&str>) -> Result<Oid, GitError> {
        // known files are staged by the commit itself
        if self.is_all_known && self.repo.has_no_filters() {
            return self.repo.commit_known(&self.base, message, author);
        }
        self.repo.stage_all(&self.base)?;
        self.repo.commit(message, author)
    }

    /// What was sent back on this machine.
    pub fn returned(&self) -> Vec<Returned> {
        let path = self.private().map(|folder| folder.join("returned.json"));
        let text = path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Remembers what was sent back.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep_returned(&self, returned: &[Returned]) -> std::io::Result<()> {
        let Some(folder) = self.private() else { return Ok(()) };
        let path = folder.join("returned.json");
        if returned.is_empty() && !path.exists() {
            return Ok(());
        }
        private::put(&path, &serde_json::to_vec_pretty(returned)?)
    }
}

impl Workspace {
    /// What git keeps of this plan.
    ///
    /// # Errors
    /// No repository.
    pub fn archive(&self) -> Result<Archive, GitError> {
        Archive::open(&self.root, &self.plan_id)
    }

    /// The texts of files of a state after some changes; the state itself stays as it is.
    ///
    /// # Errors
    /// See [`CommitError`]; a change of a whole record has no line of its own.
    pub fn texts_after(&mut self, changes: &[Change]) -> Result<Vec<(String, Option<Str>)>, CommitError> {
        let edits = self.edits_for(changes)?;
        Ok(edits.into_iter().map(|edit| (edit.file, edit.after)).collect())
    }

    /// Reads what a few changes are about, where it is read on sight only.
    pub fn read_for(&mut self, changes: &[Change]) {
        for change in changes {
            match &change.place {
                Place::Entry(node, _) => self.read_log(node, usize::MAX),
                Place::Record(_) | Place::Field(..) => self.read_records(),
                _ => {}
            }
        }
    }

    /// Puts files back as a whole, as one step that can be undone.
    ///
    /// # Errors
    /// See [`CommitError`]; nothing has changed then.
    pub fn put_back(
        &mut self,
        transaction: &Transaction,
        files: Vec<(String, Option<Str>)>,
    ) -> Result<(), CommitError> {
        let (mut lock, tops) = self.take_turn()?;
        let below = tops.and_then(|tops| tops.undo);
        let edit = |(file, after): (String, Option<Str>)| Ok(FileEdit { before: self.known_text(&file)?, file, after });
        let edits = files.into_iter().map(edit).collect::<Result<Vec<FileEdit>, CommitError>>()?;
        self.save(transaction, &edits, Stacks { undo: Some(HERE), redo: None, below }, &mut lock)
    }

    /// Opens the index of this plan; `None` where the plan is not in it.
    ///
    /// # Errors
    /// What git says.
    pub fn index(&self) -> Result<Option<Workspace>, super::OpenError> {
        match Workspace::as_of(&self.root, Some(&self.plan_id), &State::Index) {
            Ok(index) => Ok(Some(index)),
            Err(super::OpenError::NotThen { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
