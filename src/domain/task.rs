//! What the office keeps of a task, beside its official text.

use super::{Due, Status, UnitId};

/// The state of one task. Everything is optional: an untouched task has the default.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TaskState {
    pub status: Status,
    pub due: Option<Due>,
    /// The first deadline it had, kept when the deadline is moved.
    pub original_due: Option<Due>,
    /// Lead that differs from the row of the table; `None` inherits.
    pub lead: Option<UnitId>,
    /// Responsible departments that differ from the row of the table, in order; `None` inherits.
    pub responsible: Option<Vec<UnitId>>,
}

impl TaskState {
    pub fn is_default(&self) -> bool {
        *self == TaskState::default()
    }

    /// Has responsibility of its own instead of its row's.
    pub fn overrides(&self) -> bool {
        self.lead.is_some() || self.responsible.is_some()
    }
}
