//! The roster: who said they would come, who came.

use super::{lines, make, ready, set, set_fields};
use crate::domain::meeting::{Act, Attendance};
use crate::domain::{Field, FieldValue, Record, RecordKind, UnitId};
use crate::edit::{Transaction, Verb};
use crate::ops::{Outcome, Refusal, save};
use crate::workspace::Workspace;

/// Writes down how departments took part, all in one step; `None` takes it back. A department that was not asked is put on the roster.
///
/// # Errors
/// Not in a meeting whose minutes are out.
pub fn attend(
    workspace: &mut Workspace,
    meeting: &str,
    units: &[UnitId],
    attendance: Option<Attendance>,
    name: Option<&str>,
) -> Result<Outcome, Refusal> {
    let word = attendance.map(|one| FieldValue::word(one.token()));
    let role = if attendance == Some(Attendance::Observer) { "observer" } else { "member" };
    write(workspace, meeting, units, Field::Attendance, word, role, name)
}

/// Writes down what departments replied to the notice; only coming, leave and a substitute can be replied.
///
/// # Errors
/// Not in a meeting whose minutes are out.
pub fn reply(
    workspace: &mut Workspace,
    meeting: &str,
    units: &[UnitId],
    reply: Option<Attendance>,
    name: Option<&str>,
) -> Result<Outcome, Refusal> {
    let word = match reply {
        Some(Attendance::Present | Attendance::Observer) => Some("attend"),
        Some(Attendance::Leave | Attendance::Absent) => Some("leave"),
        Some(Attendance::Substitute) => Some("substitute"),
        None => None,
    };
    write(workspace, meeting, units, Field::Reply, word.map(FieldValue::word), "member", name)
}

fn write(
    workspace: &mut Workspace,
    meeting: &str,
    units: &[UnitId],
    field: Field,
    word: Option<FieldValue>,
    role: &str,
    name: Option<&str>,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Attend)?;
    let name = name.map(lines).transpose()?;
    let mut changes = Vec::new();
    for unit in units {
        let id = meeting.record_id(RecordKind::Attendee, unit.as_str());
        if meeting.plan.record(&id).is_some() {
            changes.push(set(meeting.plan, &id, field, word.clone()));
            changes.extend(name.clone().map(|name| set(meeting.plan, &id, Field::Name, Some(name.into()))));
        } else {
            let mut record =
                Record::new().with(Field::Role, FieldValue::word(role)).with_some(Field::Name, name.clone());
            record.set(field, word.clone());
            changes.push(make(id, record));
        }
    }
    save(workspace, Transaction::new(Verb::Attend, changes))
}

/// Sets fields of a department's place on the roster: name, post, phone, role.
///
/// # Errors
/// Not in a meeting whose minutes are out.
pub fn set_seat(
    workspace: &mut Workspace,
    meeting: &str,
    unit: &UnitId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Attend)?;
    let id = meeting.record_id(RecordKind::Attendee, unit.as_str());
    if meeting.plan.record(&id).is_none() {
        return Err(Refusal::UnknownUnit { name: unit.to_string() });
    }
    set_fields(workspace, Verb::Attend, &id, fields)
}
