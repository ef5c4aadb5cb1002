//! What is read of a plan when it is opened. The table and the files of the tasks are most of a large plan; who needs a few of them,
//! or needs them only later, opens the rest and asks for them.

use super::{View, Workspace};
use crate::domain::{NodeId, OfficialText};
use crate::store::layout;

/// A text that is longer than this is large; no more of it is read for a first look.
const FIRST_LOOK: usize = 256 << 10;

/// How much of a plan is read at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Everything but logs and records.
    Whole,
    /// Neither the table nor the state of any task: they seem to be empty until they are asked for.
    Text,
    /// Of a large plan the beginning of the text, which is enough for a first frame; a small one whole. Nothing but
    /// [`Workspace::read_rest`] may follow.
    FirstLook,
    /// Of a large plan not even the text but for the clauses that are asked for ([`Workspace::read_clause`]); a small one whole.
    Clauses,
}

impl Workspace {
    /// Whether the table and the states of all tasks are in memory.
    pub fn is_whole(&self) -> bool {
        self.asked.is_none()
    }

    /// Reads what was left out when the plan was opened.
    pub fn read_rest(&mut self) {
        if self.asked.take().is_some() {
            let mut names = self.left_out();
            if !self.files.contains_key(layout::TEXT) {
                // what was seen of it is no more than that
                self.plan.text = OfficialText::default();
                self.find_places();
                // the largest file first, while the copy that it is checked in finds room; and tasks borrow their ids from it
                names.insert(0, layout::TEXT.to_string());
            }
            self.read_files(names);
        }
    }

    /// Reads the files that are small in the largest plan.
    pub(super) fn read_small(&mut self) {
        self.read_files([layout::INFO, layout::UNITS, layout::TARGETS].map(String::from).to_vec());
    }

    /// Reads as much as a first frame needs.
    pub(super) fn take_first_look(&mut self) {
        self.read_small();
        let begun = self.source.read_start(layout::TEXT, FIRST_LOOK);
        let text = begun.and_then(|text| text.rfind("\n[[node]]").map(|end| text.substr(..end)));
        match text.filter(|text| layout::read_into(&mut self.plan, layout::TEXT, text).is_ok_and(|bad| bad.is_empty()))
        {
            Some(_) => self.find_places(),
            None => {
                self.read_files(vec![layout::TEXT.to_string()]);
                self.read_rest();
            }
        }
    }

    /// Whether the place that was looked at last is among what has been read.
    pub fn has_seen(&self, view: &View) -> bool {
        self.node(&NodeId::new(view.selected.as_str())).is_some()
    }

    /// Reads the file that holds the state of a task, once.
    pub fn read_tasks_of(&mut self, id: &NodeId) {
        self.ask_for(&self.tasks_file(id));
    }

    /// Reads the table, once.
    pub fn read_matrix(&mut self) {
        self.ask_for(layout::MATRIX);
    }

    /// Reads a file that may have been left out.
    pub(super) fn ask_for(&mut self, name: &str) {
        let is_left_out = name == layout::MATRIX || name.starts_with(layout::TASKS);
        if is_left_out && self.asked.as_mut().is_some_and(|asked| asked.insert(name.to_string())) {
            self.read_file(name, None);
        }
    }
}
