//! The pool of topics: putting one in, taking it up, putting it off, turning it down.

use super::{MeetingRefusal, lines, make, random_key, set, set_fields, title, topic_of};
use crate::domain::meeting::TopicState;
use crate::domain::{Field, FieldValue, NodeId, Record, RecordId, RecordKind, UnitId};
use crate::edit::{Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;

/// A topic as somebody hands it in: the five things that a call for topics asks for, and where it comes from.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewTopic {
    pub title: String,
    pub brief: String,
    pub units: Vec<UnitId>,
    pub coordination: String,
    pub question: String,
    pub submitter: String,
    pub tasks: Vec<NodeId>,
    /// The suggestion that it was taken from.
    pub source: String,
}

/// Puts a topic into the pool.
///
/// # Errors
/// No title; a text over 64 KiB.
pub fn add_topic(workspace: &mut Workspace, moment: &Moment, topic: &NewTopic) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let record = Record::new()
        .with(Field::Title, title(&topic.title)?)
        .with(Field::Brief, lines(&topic.brief)?)
        .with(Field::Units, topic.units.clone())
        .with(Field::Coordination, lines(&topic.coordination)?)
        .with(Field::Question, lines(&topic.question)?)
        .with(Field::Submitter, lines(&topic.submitter)?)
        .with(Field::Tasks, topic.tasks.clone())
        .with(Field::Submitted, moment.today)
        .with(Field::Source, lines(&topic.source)?)
        .with(Field::State, FieldValue::word(TopicState::Open.token()));
    let key = random_key(workspace.plan(), moment, &topic.title, 0);
    let change = make(RecordId::of_plan(RecordKind::Topic, key), record);
    save(workspace, Transaction::new(Verb::Topic, vec![change]))
}

/// Takes a topic up, puts it off or turns it down. A topic that is turned down needs a reason, and is not on an agenda.
///
/// # Errors
/// No such topic; no reason; it is on an agenda.
pub fn settle_topic(workspace: &mut Workspace, key: &str, state: TopicState, reason: &str) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let topic = topic_of(plan, key)?;
    let reason = lines(reason)?;
    if state == TopicState::Rejected && reason.is_empty() {
        return Err(MeetingRefusal::ReasonNeeded { state }.into());
    }
    if state != TopicState::Accepted && !topic.meeting().is_empty() {
        let (title, meeting) = (topic.title().to_string(), topic.meeting().into());
        return Err(MeetingRefusal::Taken { title, meeting }.into());
    }
    let id = RecordId::of_plan(RecordKind::Topic, key);
    let mut changes = vec![set(plan, &id, Field::State, Some(FieldValue::word(state.token())))];
    // the reason for one state says nothing about the next
    if topic.state() != state || !reason.is_empty() {
        changes.push(set(plan, &id, Field::Reason, Some(reason.into())));
    }
    save(workspace, Transaction::new(Verb::Topic, changes))
}

/// Sets fields of a topic.
///
/// # Errors
/// No such topic; an empty title.
pub fn set_topic(
    workspace: &mut Workspace,
    key: &str,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    workspace.read_records();
    topic_of(workspace.plan(), key)?;
    if fields.iter().any(|(field, value)| *field == Field::Title && value.is_none()) {
        return Err(MeetingRefusal::EmptyTitle.into());
    }
    set_fields(workspace, Verb::Topic, &RecordId::of_plan(RecordKind::Topic, key), fields)
}
