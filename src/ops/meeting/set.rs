//! Time, place, chair and the like of a meeting.

use super::{ready, set_fields};
use crate::domain::meeting::Act;
use crate::domain::{Field, FieldValue};
use crate::edit::Verb;
use crate::ops::{Outcome, Refusal};
use crate::workspace::Workspace;
use chrono::NaiveDate;

/// Sets fields of a meeting.
///
/// # Errors
/// Not after it has met.
pub fn set_meeting(
    workspace: &mut Workspace,
    meeting: &str,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let id = meeting.own_id();
    // a title that is emptied is the usual one again
    let fields = fields.into_iter().map(|(field, value)| (field, value.filter(|value| !value.is_empty()))).collect();
    set_fields(workspace, Verb::Meeting, &id, fields)
}

/// Puts a meeting on another day. Its id stays: it is the name that everything else knows it by.
///
/// # Errors
/// Not after it has met.
pub fn move_meeting(workspace: &mut Workspace, meeting: &str, date: NaiveDate) -> Result<Outcome, Refusal> {
    set_meeting(workspace, meeting, vec![(Field::Date, Some(date.into()))])
}
