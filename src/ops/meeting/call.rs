//! Calling for topics, and noting who has none.

use super::{MeetingRefusal, make, random_key, set_fields};
use crate::domain::meeting::{CallView, next_meeting};
use crate::domain::{Due, Field, FieldValue, Record, RecordId, RecordKind, Str, UnitId, horizon};
use crate::edit::{Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;

/// Working days that departments have to answer, where nobody says otherwise.
pub const REPLY_DAYS: u32 = 7;

/// A call for topics.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewCall {
    /// Until when; so many working days where nothing is said.
    pub due: Option<Due>,
    /// The meeting; the next one where nothing is said.
    pub meeting: Option<Str>,
    /// Everybody where nobody is named.
    pub units: Vec<UnitId>,
}

/// When answers to a call of today are expected.
pub fn proposed_reply(workspace: &mut Workspace, moment: &Moment) -> Option<Due> {
    let calendar = workspace.calendar(moment.today, horizon(moment.today, REPLY_DAYS));
    calendar.after(moment.today, REPLY_DAYS).map(|date| Due { date: Some(date), wording: Str::new() })
}

/// Makes a call for topics.
///
/// # Errors
/// Whatever saving says.
pub fn call_topics(workspace: &mut Workspace, moment: &Moment, call: &NewCall) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let due = call.due.clone().or_else(|| proposed_reply(workspace, moment));
    let plan = workspace.plan();
    let next = || next_meeting(plan, moment.today).map(|meeting| meeting.id.clone());
    let record = Record::new()
        .with_some(Field::Meeting, call.meeting.clone().or_else(next))
        .with(Field::Date, moment.today)
        .with_some(Field::Due, due)
        .with(Field::Units, call.units.clone())
        .with_some(Field::By, moment.author.clone());
    let key = random_key(plan, moment, "call", 0);
    save(workspace, Transaction::new(Verb::Topic, vec![make(RecordId::of_plan(RecordKind::Call, key), record)]))
}

/// Changes the call: until when, who is asked.
///
/// # Errors
/// Whatever saving says.
pub fn set_call(
    workspace: &mut Workspace,
    id: &RecordId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    set_fields(workspace, Verb::Topic, id, fields)
}

/// Notes on the last call that departments have no topic, or takes that back.
///
/// # Errors
/// Nobody has called for topics; a department was not asked.
pub fn without_topic(workspace: &mut Workspace, units: &[UnitId], has_none: bool) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let call = CallView::latest(plan).ok_or(MeetingRefusal::NoCall)?;
    let asked = call.asked(plan);
    if let Some(unit) = units.iter().find(|unit| !asked.contains(unit)) {
        return Err(MeetingRefusal::NotAsked { unit: unit.clone() }.into());
    }
    let now = call.record.units(Field::Without);
    // in the order of the register, so that two machines that note the same write the same
    let new: Vec<UnitId> = plan
        .units
        .iter()
        .map(|unit| &unit.id)
        .filter(|unit| if units.contains(unit) { has_none } else { now.contains(unit) })
        .cloned()
        .collect();
    let id = call.id.clone();
    set_fields(workspace, Verb::Topic, &id, vec![(Field::Without, Some(new.into()))])
}
