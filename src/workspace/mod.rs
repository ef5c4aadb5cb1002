//! The open plan: what is on disk, what is in memory, and the one way from one to the other.
//!
//! [`Workspace::commit`] is the only writer. The store writes first; the plan in memory follows, or nothing changes.

mod archive;
mod calendar;
mod clause;
mod commit;
mod find;
mod history;
mod known;
mod land;
mod load;
mod log;
mod past;
mod private;
mod reach;
mod records;
mod review;
mod seen;
mod settle;
mod source;
mod undo;
mod view;
pub mod watch;

pub use archive::{Archive, Between};
pub use commit::CommitError;
pub use find::{PlanEntry, find_root, list_plans};
pub use history::Step;
pub use land::{
    LandError, Move, finish_landing, has_landing, head_of, land, land_with, lock_desk, mend_landing, move_branch,
    move_branches, plans_of, switch,
};
pub use load::{OpenError, which_plan};
pub use past::{State, version_tag};
pub use reach::Reach;
pub use review::Returned;
pub use undo::UndoError;
pub use view::View;

use crate::domain::{Map, Node, NodeId, Plan, Set};
use crate::edit::Change;
use crate::store::{Folder, Journal, Problem, layout};
use known::Known;
use source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The open plan.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    plan_id: String,
    /// Where the files are read from; they are written to the folder only.
    source: Source,
    folder: Folder,
    private: PathBuf,
    journal: Journal,
    plan: Plan,
    /// Every file as it was read, which a save compares with the disk.
    files: BTreeMap<String, Known>,
    /// Problems by file.
    problems: BTreeMap<String, Vec<Problem>>,
    /// Files that cannot be understood: shown read-only.
    damaged: BTreeSet<String>,
    /// Where each node stands in the text.
    places: Map<NodeId, usize>,
    /// The files of the table and the tasks that have been asked for; `None` where all are read.
    asked: Option<BTreeSet<String>>,
    /// Nodes whose log folder has been listed.
    listed_logs: Set<NodeId>,
    /// The names below `log/`, once they have been asked for.
    log_folders: Option<Set<String>>,
    /// Topics and meetings are in memory.
    has_read_records: bool,
    /// The years whose calendar has been looked for.
    years_asked: BTreeSet<i32>,
}

/// What a refresh found.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Refreshed {
    /// What changed outside, as changes.
    pub changes: Vec<Change>,
    /// Files that were new, changed or gone.
    pub files: Vec<String>,
}

impl Workspace {
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The plan's folder name.
    pub fn plan_id(&self) -> &str {
        &self.plan_id
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The node of an id, found at once.
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.places.get(id).map(|at| &self.plan.text.nodes[*at])
    }

    /// Where a node stands in the text.
    pub fn place(&self, id: &NodeId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Notes where each node stands; whoever changes the text does it.
    fn find_places(&mut self) {
        let nodes = self.plan.text.nodes.iter().enumerate();
        self.places = nodes.map(|(at, node)| (node.id.clone(), at)).collect();
    }

    /// Everything that is wrong with the files, in the order of the files.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        self.problems.values().flatten()
    }

    /// Files that are shown read-only.
    pub fn damaged(&self) -> &BTreeSet<String> {
        &self.damaged
    }

    /// The file that holds the state of a task.
    pub fn tasks_file(&self, id: &NodeId) -> String {
        let row = id.parent();
        layout::tasks_file(row.as_ref().unwrap_or(id).as_str())
    }

    /// Whether the file that holds the state of a task cannot be understood.
    pub fn is_state_lost(&self, id: &NodeId) -> bool {
        !self.damaged.is_empty() && self.damaged.contains(&self.tasks_file(id))
    }

    /// Whether a tasks file is the one that holds the state of a task.
    fn is_in(&self, id: &NodeId, file: &str) -> bool {
        layout::is_in(id, file)
    }
}
