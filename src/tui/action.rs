//! What a popup asks the app to do when it is done. Popups hold values, never callbacks.

use super::command::Command;
use crate::domain::{Due, EntryKind, NodeId, Status, UnitId};
use crate::ops::Pick;

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    Run(Command),
    Mark { ids: Vec<NodeId>, status: Status, reason: String },
    SetDeadline { ids: Vec<NodeId>, due: Option<Due>, reason: String },
    Write { ids: Vec<NodeId>, kind: EntryKind, text: String },
    Cycle { ids: Vec<NodeId>, unit: UnitId },
    FirstLead { ids: Vec<NodeId>, unit: UnitId },
    Reset { ids: Vec<NodeId> },
    Go(NodeId),
    GoUnit(UnitId),
    Settle { id: String, pick: Pick, basis: String },
}
