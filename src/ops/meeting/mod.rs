//! Topics and meetings: what is done to them before a meeting and in the room.
//!
//! Every operation is one step of undo and asks [`allows`] first. A hole never refuses anything.

mod agenda;
mod attend;
mod call;
mod capture;
mod hold;
mod new;
mod paper;
mod say;
mod set;
mod suggest;
mod topic;

pub use agenda::{NewItem, add_item, drop_item, order_item, set_item, take_topic};
pub use attend::{attend, reply, set_seat};
pub use call::{NewCall, call_topics, proposed_reply, set_call, without_topic};
pub use capture::{NewLine, NewOutcome, decide, drop_outcome, motion, next_item, postpone, record_line, set_current};
pub use capture::{mark_item, set_line, set_outcome};
pub use hold::{close, notify, open};
pub use new::{NewMeeting, new_meeting, propose};
pub use paper::{NewPaper, add_paper, paper_received, set_paper};
pub use say::{opened_early, say_fact_change, say_meeting_refusal, say_opening, say_reason};
pub use set::{move_meeting, set_meeting};
pub use suggest::{dismiss_suggestion, suggestions, take_suggestion};
pub use topic::{NewTopic, add_topic, set_topic, settle_topic};

use super::{Moment, Outcome, Refusal, save};
use crate::domain::meeting::{
    self, Act, Found, Item, Meeting, MeetingState, OutcomeView, TopicState, TopicView, allows,
};
use crate::domain::{Field, FieldValue, Plan, Record, RecordId, RecordKind, Str, UnitId, due, key};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::workspace::Workspace;
use chrono::{NaiveDate, NaiveTime};

/// Items and decisions stand this far apart, so that something fits between.
const GAP: i64 = 1024;
/// The longest text of a field, in bytes.
const LIMIT: usize = 64 << 10;

/// Why nothing was done to a topic or a meeting.
#[derive(Clone, PartialEq, Debug)]
pub enum MeetingRefusal {
    UnknownMeeting {
        text: String,
        known: Vec<Str>,
    },
    AmbiguousMeeting {
        text: String,
        candidates: Vec<Str>,
    },
    UnknownItem {
        text: String,
        known: Vec<String>,
    },
    AmbiguousItem {
        text: String,
        candidates: Vec<String>,
    },
    UnknownTopic {
        text: String,
    },
    AmbiguousTopic {
        text: String,
        candidates: Vec<String>,
    },
    UnknownOutcome {
        text: String,
    },
    AmbiguousOutcome {
        text: String,
        candidates: Vec<String>,
    },
    UnknownSuggestion {
        text: String,
        known: Vec<Str>,
    },
    UnknownPaper {
        text: String,
        known: Vec<String>,
    },
    /// Not in the state that the meeting is in.
    NotNow {
        meeting: Str,
        state: MeetingState,
        act: Act,
    },
    /// Nothing has come of these items.
    Unsettled {
        items: Vec<String>,
    },
    /// These decisions are not done.
    Undone {
        outcomes: Vec<String>,
    },
    EmptyTitle,
    EmptyText,
    TooLong {
        bytes: usize,
        limit: usize,
    },
    /// Not taking a topic up needs a reason.
    ReasonNeeded {
        state: TopicState,
    },
    /// It is on an agenda already.
    Taken {
        title: String,
        meeting: Str,
    },
    /// Words that name no day.
    NoDay {
        text: String,
    },
    NoSuchNumber {
        number: usize,
        count: usize,
    },
    NoItem,
    /// Nobody has called for topics.
    NoCall,
    /// The call did not go to that department.
    NotAsked {
        unit: UnitId,
    },
    Template {
        file: String,
        line: usize,
        column: usize,
        message: String,
    },
}

impl From<MeetingRefusal> for Refusal {
    fn from(refusal: MeetingRefusal) -> Self {
        Refusal::Meeting(Box::new(refusal))
    }
}

/// The record that an operation has made: the first, where it made several.
pub fn made(outcome: &Outcome) -> Option<&RecordId> {
    let Outcome::Saved(transaction) = outcome else { return None };
    transaction.changes.iter().find_map(|change| match (&change.place, &change.old) {
        (Place::Record(id), None) => Some(id),
        _ => None,
    })
}

/// Finds the meeting that somebody typed and its id.
///
/// # Errors
/// Where none or several answer to it.
pub fn resolve_meeting(workspace: &mut Workspace, text: &str, today: NaiveDate) -> Result<Str, Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let ids = |all: Vec<Meeting>| all.into_iter().map(|meeting| meeting.id.clone()).collect();
    match meeting::find_meeting(plan, text, today) {
        Found::One(meeting) => Ok(meeting.id.clone()),
        Found::Many(several) => {
            Err(MeetingRefusal::AmbiguousMeeting { text: text.to_string(), candidates: ids(several) }.into())
        }
        Found::None => {
            let known = ids(meeting::meetings(plan));
            Err(MeetingRefusal::UnknownMeeting { text: text.to_string(), known }.into())
        }
    }
}

/// Finds an item of a meeting and its key.
///
/// # Errors
/// Where none or several answer to it.
pub fn resolve_item(workspace: &Workspace, meeting: &str, text: &str) -> Result<Str, Refusal> {
    let meeting = known(workspace, meeting)?;
    let name = |item: &Item| format!("{} {}", item.key, item.title());
    match meeting::find_item(&meeting, text) {
        Found::One(item) => Ok(item.key.clone()),
        Found::Many(several) => {
            let candidates = several.iter().map(name).collect();
            Err(MeetingRefusal::AmbiguousItem { text: text.to_string(), candidates }.into())
        }
        Found::None => {
            let slots = meeting.agenda();
            let known = slots.iter().filter_map(|slot| Some(format!("{} {}", slot.number?, slot.item.title())));
            Err(MeetingRefusal::UnknownItem { text: text.to_string(), known: known.collect() }.into())
        }
    }
}

/// Finds a topic of the pool and its key.
///
/// # Errors
/// Where none or several answer to it.
pub fn resolve_topic(workspace: &mut Workspace, text: &str) -> Result<Str, Refusal> {
    workspace.read_records();
    match meeting::find_topic(workspace.plan(), text) {
        Found::One(topic) => Ok(topic.key.clone()),
        Found::Many(several) => {
            let candidates = several.iter().map(|topic| format!("{} {}", topic.key, topic.title())).collect();
            Err(MeetingRefusal::AmbiguousTopic { text: text.to_string(), candidates }.into())
        }
        Found::None => Err(MeetingRefusal::UnknownTopic { text: text.to_string() }.into()),
    }
}

/// Finds a decision; its record's id.
///
/// # Errors
/// Where none or several answer to it.
pub fn resolve_outcome(workspace: &mut Workspace, text: &str) -> Result<RecordId, Refusal> {
    workspace.read_records();
    let id = |one: &OutcomeView| RecordId::new(RecordKind::Outcome, one.meeting.clone(), one.key.clone());
    match meeting::find_outcome(workspace.plan(), text) {
        Found::One(outcome) => Ok(id(&outcome)),
        Found::Many(several) => {
            let candidates = several.iter().map(|one| format!("{} {}", one.key, one.text())).collect();
            Err(MeetingRefusal::AmbiguousOutcome { text: text.to_string(), candidates }.into())
        }
        Found::None => Err(MeetingRefusal::UnknownOutcome { text: text.to_string() }.into()),
    }
}

/// Understands the day of a meeting, in figures or office words.
///
/// # Errors
/// Words that are not understood or name no day, days that do not exist.
pub fn understand_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let due = due::parse(text, today).map_err(|error| Refusal::Due { text: text.trim().to_string(), error })?;
    due.date.ok_or_else(|| MeetingRefusal::NoDay { text: text.trim().to_string() }.into())
}

/// The meeting of an id.
fn known<'w>(workspace: &'w Workspace, id: &str) -> Result<Meeting<'w>, Refusal> {
    let all = || meeting::meetings(workspace.plan()).iter().map(|meeting| meeting.id.clone()).collect();
    Meeting::of(workspace.plan(), id)
        .ok_or_else(|| MeetingRefusal::UnknownMeeting { text: id.to_string(), known: all() }.into())
}

/// The meeting of an id, where something may be done to it now.
fn ready<'w>(workspace: &'w mut Workspace, id: &str, act: Act) -> Result<Meeting<'w>, Refusal> {
    workspace.read_records();
    let meeting = known(workspace, id)?;
    match allows(meeting.state(), act) {
        true => Ok(meeting),
        false => Err(MeetingRefusal::NotNow { meeting: meeting.id.clone(), state: meeting.state(), act }.into()),
    }
}

/// An item of a meeting by its key.
fn item_of<'p>(meeting: &Meeting<'p>, key: &str) -> Result<Item<'p>, Refusal> {
    let unknown = || MeetingRefusal::UnknownItem { text: key.to_string(), known: Vec::new() }.into();
    meeting.item(key).ok_or_else(unknown)
}

fn topic_of<'p>(plan: &'p Plan, key: &str) -> Result<TopicView<'p>, Refusal> {
    let found = plan.records.get_key_value(&RecordId::of_plan(RecordKind::Topic, key));
    let topic = found.map(|(id, record)| TopicView { key: &id.key, record });
    topic.ok_or_else(|| MeetingRefusal::UnknownTopic { text: key.to_string() }.into())
}

/// The change that makes a record.
pub(super) fn make(id: RecordId, record: Record) -> Change {
    Change::new(Place::Record(id), None, Some(Value::Record(Box::new(record))))
}

/// The change that sets a field of a record that is there, or empties it.
pub(super) fn set(plan: &Plan, id: &RecordId, field: Field, value: Option<FieldValue>) -> Change {
    let old = plan.record(id).and_then(|record| record.get(field)).cloned();
    let new = value.filter(|value| !value.is_empty());
    Change::new(Place::Field(id.clone(), field), old.map(Value::Field), new.map(Value::Field))
}

/// Sets fields of a record that is there, as one step.
fn set_fields(
    workspace: &mut Workspace,
    verb: Verb,
    id: &RecordId,
    fields: Vec<(Field, Option<FieldValue>)>,
) -> Result<Outcome, Refusal> {
    let mut changes = Vec::with_capacity(fields.len());
    for (field, value) in fields {
        let value = match value {
            Some(FieldValue::Text(text)) if field == Field::Title => Some(title(&text)?.into()),
            Some(FieldValue::Text(text)) => Some(lines(&text)?.into()),
            value => value,
        };
        changes.push(set(workspace.plan(), id, field, value));
    }
    save(workspace, Transaction::new(verb, changes))
}

/// A title on one line.
fn title(text: &str) -> Result<Str, Refusal> {
    let text = lines(text)?;
    let text: String = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() { Err(MeetingRefusal::EmptyTitle.into()) } else { Ok(text.into()) }
}

/// A text with `\n` at the ends of its lines and nothing after the last.
pub(super) fn lines(text: &str) -> Result<Str, Refusal> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim_matches('\n').trim();
    match text.len() {
        bytes if bytes > LIMIT => Err(MeetingRefusal::TooLong { bytes, limit: LIMIT }.into()),
        _ => Ok(text.into()),
    }
}

/// A text that must say something.
fn said(text: &str) -> Result<Str, Refusal> {
    let text = lines(text)?;
    if text.is_empty() { Err(MeetingRefusal::EmptyText.into()) } else { Ok(text) }
}

/// The key of a new record: short, of chance and what it is about, and no other record's.
pub(super) fn random_key(plan: &Plan, moment: &Moment, about: &str, nth: u32) -> Str {
    let start = about
        .bytes()
        .fold(moment.chance ^ 0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let mut mixed = start.wrapping_add(nth.wrapping_mul(0x9e37_79b9));
    loop {
        mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x85eb_ca6b);
        let spread = mixed ^ (mixed >> 13);
        let key = key::spelled(u64::from(spread), 6);
        // a key of figures alone would read as a number on the agenda
        let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number && !plan.records.keys().any(|id| id.key == key.as_str()) {
            return key.into();
        }
        mixed = mixed.wrapping_add(0x9e37_79b9);
    }
}

/// The key of a record that is written once: seconds of the day, then chance, so that keys sort by time on each machine. It is later
/// than those of the kind that the meeting has.
pub(super) fn timed_key(plan: &Plan, kind: RecordKind, meeting: &str, moment: &Moment, nth: u32) -> Str {
    let seconds = plan.records_at(kind, meeting).map(|(id, _)| key::second_of(id.key.as_bytes()));
    let after = seconds.map(|second| second + 1).max().unwrap_or(0);
    let second = moment.second.max(after) + nth;
    let kind = kind.token().bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31) + u32::from(byte));
    let mixed = (moment.chance ^ kind ^ second.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
    key::timed(second, mixed ^ (mixed >> 15)).into()
}

/// The time of day; `None` where the day was given and nobody looked at a clock.
fn clock(moment: &Moment) -> Option<NaiveTime> {
    let minute = moment.second / 60;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).filter(|_| moment.second > 0)
}
