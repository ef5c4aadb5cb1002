//! Papers for the agenda: asked for, received.

use super::{MeetingRefusal, item_of, lines, make, random_key, ready, set, set_fields, title};
use crate::domain::meeting::{Act, Paper};
use crate::domain::{Due, Field, FieldValue, Record, RecordId, RecordKind, UnitId};
use crate::edit::{Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;
use chrono::NaiveDate;

/// A paper that somebody has to bring.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewPaper {
    pub name: String,
    /// The key of its item; `None` for a paper of the meeting.
    pub item: Option<String>,
    pub unit: Option<UnitId>,
    pub due: Option<Due>,
    pub source: String,
}

/// Asks for a paper.
///
/// # Errors
/// Not after the meeting; no such item; no name.
pub fn add_paper(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    paper: &NewPaper,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let item = paper.item.as_deref().map(|item| item_of(&meeting, item)).transpose()?;
    let unit = paper.unit.clone().or_else(|| item.and_then(|item| item.unit().cloned()));
    let record = Record::new()
        .with(Field::Name, title(&paper.name)?)
        .with_some(Field::Item, item.map(|item| item.key.clone()))
        .with_some(Field::Unit, unit)
        .with_some(Field::Due, paper.due.clone())
        .with(Field::Source, lines(&paper.source)?);
    let key = random_key(meeting.plan, moment, &format!("{}{}", meeting.id, paper.name), 0);
    let change = make(meeting.record_id(RecordKind::Paper, &key), record);
    save(workspace, Transaction::new(Verb::Agenda, vec![change]))
}

/// Ticks a paper off, found by its key, how that begins, or words of its name; `None` takes the tick back.
///
/// # Errors
/// Not after the meeting; no or several such papers.
pub fn paper_received(
    workspace: &mut Workspace,
    meeting: &str,
    paper: &str,
    on: Option<NaiveDate>,
) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Prepare)?;
    let papers = meeting.papers();
    let named = |paper: &Paper| format!("{} {}", paper.key, paper.name());
    let keyed: Vec<&Paper> = papers.iter().filter(|one| !paper.is_empty() && one.key.starts_with(paper)).collect();
    let called = || papers.iter().filter(|one| !paper.is_empty() && one.name().contains(paper)).collect();
    let found: Vec<&Paper> = if keyed.is_empty() { called() } else { keyed };
    let [found] = found.as_slice() else {
        let known = papers.iter().map(named).collect();
        return Err(MeetingRefusal::UnknownPaper { text: paper.to_string(), known }.into());
    };
    let id = meeting.record_id(RecordKind::Paper, found.key);
    let change = set(meeting.plan, &id, Field::Received, on.map(Into::into));
    save(workspace, Transaction::new(Verb::Agenda, vec![change]))
}

/// Sets fields of a paper.
///
/// # Errors
/// No such paper, or not while the meeting is prepared.
pub fn set_paper(
    workspace: &mut Workspace,
    id: &RecordId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    ready(workspace, &id.meeting, Act::Prepare)?;
    set_fields(workspace, Verb::Agenda, id, fields)
}
