//! What a popup asks the app to do when it is done. Popups hold values, never callbacks.

use super::command::Command;
use crate::domain::{Due, EntryKind, Field, FieldValue, NodeId, RecordId, RecordKind, Status, Str, UnitId};
use crate::ops::{PaperFormat, Pick, Sheet, Whom};
use crate::workspace::State;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Run(Command),
    Mark {
        ids: Vec<NodeId>,
        status: Status,
        reason: String,
    },
    SetDeadline {
        ids: Vec<NodeId>,
        due: Option<Due>,
        reason: String,
    },
    Write {
        ids: Vec<NodeId>,
        kind: EntryKind,
        text: String,
    },
    Cycle {
        ids: Vec<NodeId>,
        unit: UnitId,
    },
    FirstLead {
        ids: Vec<NodeId>,
        unit: UnitId,
    },
    Reset {
        ids: Vec<NodeId>,
    },
    Go(NodeId),
    GoUnit(UnitId),
    GoRecord(RecordId),
    Settle {
        id: String,
        pick: Pick,
        basis: String,
    },
    /// What a form was filled with.
    Fill {
        filled: Filled,
        values: Vec<(Field, Option<FieldValue>)>,
    },
    /// How a department came to a meeting; `None` takes it back.
    Attend {
        meeting: Str,
        unit: UnitId,
        attendance: Option<&'static str>,
    },
    Filter(String),
    SendBack {
        comment: String,
    },
    Commit {
        message: String,
    },
    Compare(State),
    LookAt(State),
    Export(Export),
}

/// A paper as a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    pub sheet: Sheet,
    /// Empty where it is none of a meeting.
    pub meeting: Str,
    pub whom: Whom,
    pub format: PaperFormat,
}

impl Export {
    /// A Word document of the plan's, for everybody.
    pub fn of_plan(sheet: Sheet) -> Self {
        Export { sheet, meeting: Str::new(), whom: Whom::All, format: PaperFormat::Docx }
    }
}

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    /// A new record, of a meeting where it belongs to one.
    New(RecordKind, Str),
    /// A paper for an item.
    NewPaper(RecordId),
    Edit(RecordId),
    /// What becomes of a topic, with its reason.
    Judge(RecordId, &'static str),
    /// A decision or assignment taken down for an item.
    Decide(RecordId, &'static str),
    /// A line of the internal record.
    TakeDown(RecordId),
    /// An item from the floor.
    Motion(Str),
    /// A sentence of a meeting's minutes, by its key.
    Sentence(Str, String),
    /// A sentence of one's own after another one.
    Insert(Str, String),
    /// A stage of the minutes.
    Stage(Str),
    /// What a department says of its paragraph.
    Confirm(Str),
    /// A step of following a decision up.
    Step(RecordId),
}
