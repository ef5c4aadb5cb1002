//! A change: a place, what stood there, what stands there now.
//!
//! `None` is "nothing there": `None -> Some` creates, `Some -> None` deletes. The place decides the type of the value.

use crate::domain::{
    Actual, Conflict, Due, Entry, EntryId, Field, FieldValue, Info, Node, NodeId, Record, RecordId, Repair, Role, Row,
    Status, Str, Target, TargetId, Unit, UnitId,
};
use serde::{Deserialize, Serialize};

/// A place in a plan that holds one value.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Place {
    /// Status of a task; nothing there is `Status::Todo`.
    Status(NodeId),
    Due(NodeId),
    OriginalDue(NodeId),
    /// Lead of a task where it differs from its row.
    Lead(NodeId),
    /// Responsible departments of a task where they differ from its row.
    Responsible(NodeId),
    /// First lead of a row of the table.
    RowLead(NodeId),
    /// Any other role of a department in a row.
    Cell(NodeId, UnitId),
    /// A log entry: created once, never edited.
    Entry(NodeId, EntryId),
    /// A target's figure of a year.
    Actual(TargetId, i32),
    /// What the document says of itself.
    Info,
    /// A node of the official text.
    Node(NodeId),
    /// The repairs of a node, all together: their offsets depend on one another.
    Repairs(NodeId),
    /// White space after the last node.
    Tail,
    Unit(UnitId),
    /// A target without its figures.
    Target(TargetId),
    /// A row of the table without its lead and roles.
    Row(NodeId),
    /// A record as it is made, or as it goes.
    Record(RecordId),
    /// A field of a record that is there.
    Field(RecordId, Field),
    /// An open conflict: its file and its id.
    Conflict(Str, Str),
}

/// A typed value.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub enum Value {
    Status(Status),
    Due(Due),
    Unit(UnitId),
    Units(Vec<UnitId>),
    Role(Role),
    Entry(Box<Entry>),
    Actual(Actual),
    Info(Box<Info>),
    /// A record of an ordered list, with its place in it.
    Node(usize, Box<Node>),
    Repairs(Vec<Repair>),
    Text(Str),
    UnitRecord(usize, Box<Unit>),
    Target(usize, Box<Target>),
    Row(usize, Box<Row>),
    Record(Box<Record>),
    Field(FieldValue),
    Conflict(Box<Conflict>),
}

/// One change.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Change {
    pub place: Place,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

impl Change {
    pub fn new(place: Place, old: Option<Value>, new: Option<Value>) -> Self {
        Change { place, old, new }
    }

    /// The change that takes this one back.
    pub fn invert(&self) -> Change {
        Change { place: self.place.clone(), old: self.new.clone(), new: self.old.clone() }
    }

    /// Changes nothing.
    pub fn is_empty(&self) -> bool {
        self.old == self.new
    }
}

impl Place {
    /// The node of the plan that a reader looks at to see this place.
    pub fn node(&self) -> Option<&NodeId> {
        match self {
            Place::Status(id)
            | Place::Due(id)
            | Place::OriginalDue(id)
            | Place::Lead(id)
            | Place::Responsible(id)
            | Place::RowLead(id)
            | Place::Cell(id, _)
            | Place::Entry(id, _)
            | Place::Node(id)
            | Place::Repairs(id)
            | Place::Row(id) => Some(id),
            Place::Actual(..)
            | Place::Info
            | Place::Tail
            | Place::Unit(_)
            | Place::Target(_)
            | Place::Record(_)
            | Place::Field(..)
            | Place::Conflict(..) => None,
        }
    }
}
