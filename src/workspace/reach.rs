//! What is read of a plan when it is opened. The table and the files of the tasks are most of a large plan; who needs a few of them,
//! or needs them only later, opens the rest and asks for them.

use super::Workspace;
use crate::domain::NodeId;
use crate::store::layout;

/// How much of a plan is read at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Everything but logs and records.
    Whole,
    /// Neither the table nor the state of any task: they seem to be empty until they are asked for.
    Text,
}

impl Workspace {
    /// Whether the table and the states of all tasks are in memory.
    pub fn is_whole(&self) -> bool {
        self.asked.is_none()
    }

    /// Reads what was left out when the plan was opened.
    pub fn read_rest(&mut self) {
        if self.asked.take().is_some() {
            let names = self.left_out();
            self.read_files(names);
        }
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
