//! The fields of records: their names in files and on the command line, and what each may hold.

use crate::domain::{Due, NodeId, RecordKind, Str, UnitId};
use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// A field of a record. The same thing has the same name in every kind of record.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Kind,
    State,
    Date,
    Time,
    Length,
    Place,
    Chair,
    Host,
    Nth,
    Brief,
    Units,
    Coordination,
    Question,
    Submitter,
    Tasks,
    Submitted,
    Reason,
    Meeting,
    Source,
    Facts,
    By,
    Role,
    Reply,
    Attendance,
    Name,
    Post,
    Phone,
    Confirmed,
    ConfirmedBy,
    Objection,
    Section,
    Order,
    Unit,
    Speaker,
    Minutes,
    Topic,
    From,
    Recurring,
    Motion,
    Item,
    Received,
    Due,
    Text,
    At,
    Lead,
    With,
    Form,
    Tracked,
    Outcome,
    Number,
    Year,
    Composed,
    After,
    Signer,
    Signed,
    Issued,
    Copies,
    Notified,
    Opened,
    Closed,
    Current,
    Contact,
    Feeds,
    Code,
    ReturnDays,
    RemindDays,
    PressDays,
    WarnDays,
    Signoffs,
    Letter,
    Stance,
    Decision,
    Branch,
    Proposal,
    RemindWord,
    PressWord,
    WarnWord,
    Banned,
    Without,
}

/// What a field may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldType {
    Text,
    /// One of a few words, which are given with blanks between them.
    Word(&'static str),
    Texts,
    Unit,
    Units,
    Nodes,
    Date,
    /// `09:00`
    Time,
    Due,
    Number,
    Flag,
}

/// What a field holds.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub enum FieldValue {
    Text(Str),
    /// A word of the field's vocabulary.
    Word(Str),
    Texts(Vec<Str>),
    Unit(UnitId),
    Units(Vec<UnitId>),
    Nodes(Vec<NodeId>),
    Date(NaiveDate),
    Time(NaiveTime),
    Due(Due),
    Number(i64),
    Flag(bool),
}

impl Field {
    pub const ALL: [Field; 80] = [
        Field::Title,
        Field::Kind,
        Field::State,
        Field::Date,
        Field::Time,
        Field::Length,
        Field::Place,
        Field::Chair,
        Field::Host,
        Field::Nth,
        Field::Brief,
        Field::Units,
        Field::Coordination,
        Field::Question,
        Field::Submitter,
        Field::Tasks,
        Field::Submitted,
        Field::Reason,
        Field::Meeting,
        Field::Source,
        Field::Facts,
        Field::By,
        Field::Role,
        Field::Reply,
        Field::Attendance,
        Field::Name,
        Field::Post,
        Field::Phone,
        Field::Confirmed,
        Field::ConfirmedBy,
        Field::Objection,
        Field::Section,
        Field::Order,
        Field::Unit,
        Field::Speaker,
        Field::Minutes,
        Field::Topic,
        Field::From,
        Field::Recurring,
        Field::Motion,
        Field::Item,
        Field::Received,
        Field::Due,
        Field::Text,
        Field::At,
        Field::Lead,
        Field::With,
        Field::Form,
        Field::Tracked,
        Field::Outcome,
        Field::Number,
        Field::Year,
        Field::Composed,
        Field::After,
        Field::Signer,
        Field::Signed,
        Field::Issued,
        Field::Copies,
        Field::Notified,
        Field::Opened,
        Field::Closed,
        Field::Current,
        Field::Contact,
        Field::Feeds,
        Field::Code,
        Field::ReturnDays,
        Field::RemindDays,
        Field::PressDays,
        Field::WarnDays,
        Field::Signoffs,
        Field::Letter,
        Field::Stance,
        Field::Decision,
        Field::Branch,
        Field::Proposal,
        Field::RemindWord,
        Field::PressWord,
        Field::WarnWord,
        Field::Banned,
        Field::Without,
    ];

    /// Its name in TOML, JSON and on the command line.
    pub fn token(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Kind => "kind",
            Field::State => "state",
            Field::Date => "date",
            Field::Time => "time",
            Field::Length => "length",
            Field::Place => "place",
            Field::Chair => "chair",
            Field::Host => "host",
            Field::Nth => "nth",
            Field::Brief => "brief",
            Field::Units => "units",
            Field::Coordination => "coordination",
            Field::Question => "question",
            Field::Submitter => "submitter",
            Field::Tasks => "tasks",
            Field::Submitted => "submitted",
            Field::Reason => "reason",
            Field::Meeting => "meeting",
            Field::Source => "source",
            Field::Facts => "facts",
            Field::By => "by",
            Field::Role => "role",
            Field::Reply => "reply",
            Field::Attendance => "attendance",
            Field::Name => "name",
            Field::Post => "post",
            Field::Phone => "phone",
            Field::Confirmed => "confirmed",
            Field::ConfirmedBy => "confirmed_by",
            Field::Objection => "objection",
            Field::Section => "section",
            Field::Order => "order",
            Field::Unit => "unit",
            Field::Speaker => "speaker",
            Field::Minutes => "minutes",
            Field::Topic => "topic",
            Field::From => "from",
            Field::Recurring => "recurring",
            Field::Motion => "motion",
            Field::Item => "item",
            Field::Received => "received",
            Field::Due => "due",
            Field::Text => "text",
            Field::At => "at",
            Field::Lead => "lead",
            Field::With => "with",
            Field::Form => "form",
            Field::Tracked => "tracked",
            Field::Outcome => "outcome",
            Field::Number => "number",
            Field::Year => "year",
            Field::Composed => "composed",
            Field::After => "after",
            Field::Signer => "signer",
            Field::Signed => "signed",
            Field::Issued => "issued",
            Field::Copies => "copies",
            Field::Notified => "notified",
            Field::Opened => "opened",
            Field::Closed => "closed",
            Field::Current => "current",
            Field::Contact => "contact",
            Field::Feeds => "feeds",
            Field::Code => "code",
            Field::ReturnDays => "return_days",
            Field::RemindDays => "remind_days",
            Field::PressDays => "press_days",
            Field::WarnDays => "warn_days",
            Field::Signoffs => "signoffs",
            Field::Letter => "letter",
            Field::Stance => "stance",
            Field::Decision => "decision",
            Field::Branch => "branch",
            Field::Proposal => "proposal",
            Field::RemindWord => "remind_word",
            Field::PressWord => "press_word",
            Field::WarnWord => "warn_word",
            Field::Banned => "banned",
            Field::Without => "without",
        }
    }

    pub fn parse(token: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.token() == token)
    }

    /// What it may hold in a kind of record.
    pub fn holds(self, kind: RecordKind) -> FieldType {
        match self {
            Field::Title
            | Field::Place
            | Field::Chair
            | Field::Host
            | Field::Brief
            | Field::Coordination
            | Field::Question
            | Field::Submitter
            | Field::Reason
            | Field::Meeting
            | Field::Source
            | Field::By
            | Field::Name
            | Field::Post
            | Field::Phone
            | Field::ConfirmedBy
            | Field::Objection
            | Field::Section
            | Field::Speaker
            | Field::Topic
            | Field::From
            | Field::Item
            | Field::Text
            | Field::Form
            | Field::Outcome
            | Field::Composed
            | Field::After
            | Field::Signer
            | Field::Copies
            | Field::Current
            | Field::Contact
            | Field::Feeds
            | Field::Code
            | Field::Letter
            | Field::Branch
            | Field::Proposal
            | Field::RemindWord
            | Field::PressWord
            | Field::WarnWord => FieldType::Text,
            Field::Kind
            | Field::State
            | Field::Role
            | Field::Reply
            | Field::Attendance
            | Field::Stance
            | Field::Decision => FieldType::Word(kind.words(self)),
            Field::Facts | Field::Banned => FieldType::Texts,
            Field::Unit | Field::Lead => FieldType::Unit,
            Field::Units | Field::With | Field::Without => FieldType::Units,
            Field::Tasks => FieldType::Nodes,
            Field::Date
            | Field::Submitted
            | Field::Confirmed
            | Field::Received
            | Field::Signed
            | Field::Issued
            | Field::Notified
            | Field::Closed => FieldType::Date,
            Field::Time | Field::At | Field::Opened => FieldType::Time,
            Field::Due => FieldType::Due,
            Field::Length
            | Field::Nth
            | Field::Order
            | Field::Minutes
            | Field::Number
            | Field::Year
            | Field::ReturnDays
            | Field::RemindDays
            | Field::PressDays
            | Field::WarnDays
            | Field::Signoffs => FieldType::Number,
            Field::Recurring | Field::Motion | Field::Tracked => FieldType::Flag,
        }
    }
}

impl FieldValue {
    /// Says nothing: the same as a hole.
    pub fn is_empty(&self) -> bool {
        match self {
            FieldValue::Text(text) | FieldValue::Word(text) => text.is_empty(),
            FieldValue::Texts(texts) => texts.is_empty(),
            FieldValue::Units(units) => units.is_empty(),
            FieldValue::Nodes(nodes) => nodes.is_empty(),
            FieldValue::Unit(unit) => unit.as_str().is_empty(),
            FieldValue::Flag(truth) => !truth,
            FieldValue::Due(due) => due.date.is_none() && due.wording.is_empty(),
            FieldValue::Date(_) | FieldValue::Time(_) | FieldValue::Number(_) => false,
        }
    }

    /// Whether a field of this type may hold it.
    pub fn fits(&self, holds: FieldType) -> bool {
        match (self, holds) {
            (FieldValue::Word(word), FieldType::Word(words)) => words.split(' ').any(|one| one == word.as_str()),
            (FieldValue::Text(_), FieldType::Text)
            | (FieldValue::Texts(_), FieldType::Texts)
            | (FieldValue::Unit(_), FieldType::Unit)
            | (FieldValue::Units(_), FieldType::Units)
            | (FieldValue::Nodes(_), FieldType::Nodes)
            | (FieldValue::Date(_), FieldType::Date)
            | (FieldValue::Time(_), FieldType::Time)
            | (FieldValue::Due(_), FieldType::Due)
            | (FieldValue::Number(_), FieldType::Number)
            | (FieldValue::Flag(_), FieldType::Flag) => true,
            (
                FieldValue::Text(_)
                | FieldValue::Word(_)
                | FieldValue::Texts(_)
                | FieldValue::Unit(_)
                | FieldValue::Units(_)
                | FieldValue::Nodes(_)
                | FieldValue::Date(_)
                | FieldValue::Time(_)
                | FieldValue::Due(_)
                | FieldValue::Number(_)
                | FieldValue::Flag(_),
                _,
            ) => false,
        }
    }

    /// A word of a vocabulary.
    pub fn word(word: impl Into<Str>) -> FieldValue {
        FieldValue::Word(word.into())
    }
}

impl From<Str> for FieldValue {
    fn from(text: Str) -> Self {
        FieldValue::Text(text)
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        FieldValue::Text(text.into())
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        FieldValue::Text(text.into())
    }
}

impl From<UnitId> for FieldValue {
    fn from(unit: UnitId) -> Self {
        FieldValue::Unit(unit)
    }
}

impl From<Vec<UnitId>> for FieldValue {
    fn from(units: Vec<UnitId>) -> Self {
        FieldValue::Units(units)
    }
}

impl From<Vec<NodeId>> for FieldValue {
    fn from(nodes: Vec<NodeId>) -> Self {
        FieldValue::Nodes(nodes)
    }
}

impl From<Vec<Str>> for FieldValue {
    fn from(texts: Vec<Str>) -> Self {
        FieldValue::Texts(texts)
    }
}

impl From<NaiveDate> for FieldValue {
    fn from(date: NaiveDate) -> Self {
        FieldValue::Date(date)
    }
}

impl From<NaiveTime> for FieldValue {
    fn from(time: NaiveTime) -> Self {
        FieldValue::Time(time)
    }
}

impl From<Due> for FieldValue {
    fn from(due: Due) -> Self {
        FieldValue::Due(due)
    }
}

impl From<i64> for FieldValue {
    fn from(number: i64) -> Self {
        FieldValue::Number(number)
    }
}

impl From<bool> for FieldValue {
    fn from(truth: bool) -> Self {
        FieldValue::Flag(truth)
    }
}
