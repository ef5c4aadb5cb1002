//! `undo` and `redo`: the last step back, and again.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session};
use crate::ops;

pub(super) fn undo(session: &mut Session) -> Result<Answer, Failure> {
    let mut workspace = session.open_to_change()?;
    let done = ops::undo(&mut workspace);
    change::answer(session, &workspace, done)
}

pub(super) fn redo(session: &mut Session) -> Result<Answer, Failure> {
    let mut workspace = session.open_to_change()?;
    let done = ops::redo(&mut workspace);
    change::answer(session, &workspace, done)
}
