//! What is remembered of a file, to see whether somebody has changed it: its text, which the plan borrows from; of the files of the
//! tasks, which are most of a large plan and mostly comments, a print.

use super::{CommitError, Workspace};
use crate::domain::{Due, NodeId, Str, TaskState, UnitId};
use crate::store::{JournalError, layout};
use std::hash::BuildHasher;

/// What is remembered of a file.
#[derive(Debug)]
pub(super) enum Known {
    Text(Str),
    Tasks(Print),
}

/// A file of tasks as it was read.
#[derive(Debug)]
pub(super) struct Print {
    bytes: usize,
    hash: u64,
    /// The tasks that it said something of.
    pub tasks: Box<[NodeId]>,
}

impl Print {
    pub fn of(text: &str, tasks: Box<[NodeId]>) -> Print {
        Print { bytes: text.len(), hash: hash(text), tasks }
    }
}

fn hash(text: &str) -> u64 {
    foldhash::quality::FixedState::default().hash_one(text)
}

impl Known {
    /// Whether a file still says this.
    pub fn is(&self, text: &Str) -> bool {
        match self {
            Known::Text(known) => known == text,
            Known::Tasks(print) => print.bytes == text.len() && print.hash == hash(text),
        }
    }
}

impl Workspace {
    /// The text of a file as it was read; `None` where there was none.
    ///
    /// # Errors
    /// [`JournalError::ChangedOnDisk`] where it says something else by now.
    pub(super) fn known_text(&self, name: &str) -> Result<Option<Str>, CommitError> {
        let known = match self.files.get(name) {
            None => return Ok(None),
            Some(Known::Text(text)) => return Ok(Some(text.clone())),
            Some(known) => known,
        };
        let file = |error| CommitError::Journal(JournalError::File(error));
        let text = self.source.read(name).map_err(file)?.filter(|text| known.is(text));
        let changed = || CommitError::Journal(JournalError::ChangedOnDisk { file: name.to_string() });
        text.map(Some).ok_or_else(changed)
    }

    /// The text of a file as it was read, where it is still the same.
    pub fn file(&self, name: &str) -> Option<Str> {
        self.known_text(name).ok().flatten()
    }

    /// Remembers a file as it was read or written.
    pub(super) fn remember(&mut self, name: &str, text: &Str) -> Option<Known> {
        let known = match name.starts_with(layout::TASKS) {
            true => {
                let tasks = self.tasks_in(name, text).map(|(tasks, _)| tasks).unwrap_or_default();
                Known::Tasks(Print::of(text, tasks.into_iter().map(|(id, _)| self.own(&id)).collect()))
            }
            false => Known::Text(text.clone()),
        };
        self.files.insert(name.to_string(), known)
    }

    /// An id that borrows from the plan's text and not from the file it was read in, so that the file can go.
    pub(super) fn own(&self, id: &NodeId) -> NodeId {
        let known = self.place(id).and_then(|at| self.plan.text.nodes.get(at));
        known.map_or_else(|| NodeId::new(Str::from(id.as_str())), |node| node.id.clone())
    }
}

/// The state of a task with words of its own.
pub(super) fn own_state(state: TaskState) -> TaskState {
    let due = |due: Due| Due {
        wording: if due.wording.is_empty() { Str::new() } else { due.wording.as_str().into() },
        ..due
    };
    let unit = |unit: UnitId| UnitId::new(Str::from(unit.as_str()));
    TaskState {
        status: state.status,
        due: state.due.map(due),
        original_due: state.original_due.map(due),
        lead: state.lead.map(unit),
        responsible: state.responsible.map(|units| units.into_iter().map(unit).collect()),
    }
}
