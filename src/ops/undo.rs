//! Taking back the last step, and bringing it again.

use super::{Outcome, Refusal};
use crate::edit::Verb;
use crate::workspace::Workspace;

/// Takes back the last step, also one of an earlier run.
///
/// # Errors
/// Nothing to take back; the place has been changed since by somebody else.
pub fn undo(workspace: &mut Workspace) -> Result<Outcome, Refusal> {
    match workspace.undo() {
        Ok((step, changes)) => Ok(Outcome::TakenBack { by: Verb::Undo, step, changes }),
        Err(error) => Err(Refusal::Undo { by: Verb::Undo, error }),
    }
}

/// Brings back what the last undo took.
///
/// # Errors
/// Nothing to bring back; the place has been changed since by somebody else.
pub fn redo(workspace: &mut Workspace) -> Result<Outcome, Refusal> {
    match workspace.redo() {
        Ok((step, changes)) => Ok(Outcome::TakenBack { by: Verb::Redo, step, changes }),
        Err(error) => Err(Refusal::Undo { by: Verb::Redo, error }),
    }
}
