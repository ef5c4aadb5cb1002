//! What the program can do. An operation takes the workspace and returns an [`Outcome`] or a [`Refusal`]; it prints nothing and
//! draws nothing, so the keyboard and the command line write the same bytes.

mod assign;
mod check;
mod conflicts;
mod deadline;
mod decision;
mod difference;
mod draft;
mod export;
mod history;
mod import;
mod init;
mod mark;
pub mod meeting;
mod merge;
mod minutes;
mod note;
mod opinion;
mod review;
mod say;
mod say_difference;
mod say_export;
mod say_follow;
mod say_import;
mod say_minutes;
mod say_past;
mod setup_git;
mod sync;
mod target;
mod undo;
mod versions;

pub use assign::{Assignment, assign, cycle_role, make_first_lead};
pub use check::{Located, check, record_place};
pub use conflicts::{
    Pick, Source, Unsettled, conflict_card, conflict_place, conflict_sentence, conflicts, conflicts_of, said_words,
    say_unsettled, settle, side_label, source_of,
};
pub use deadline::{deadline, understand_due, understand_due_by, understand_due_in};
pub use decision::{FollowRefusal, StepRequest, follow_step, read_follow, remind, send_excerpts, track};
pub use difference::{Basis, Difference, Shape, differences};
pub use draft::{
    Done, Draft, DraftDone, DraftEvent, DraftRefusal, DraftState, approve_draft, draft_state_word, drafts, find_draft,
    leave_draft, new_draft, open_draft, open_draft_name, return_draft, say_draft, say_draft_event, say_draft_refusal,
    submit_draft,
};
pub use export::{
    ExportRefusal, PaperFormat, PaperKind, Sheet, Whom, export_calendar, export_opinions, export_paper,
    export_topics_call, put_export, put_in_folder, recipients, template_path, written,
};
pub use history::{About, Event, field_place, history, was_ever};
pub use import::{ImportRefusal, ImportReport, ImportRequest, import};
pub use init::{InitRefusal, init};
pub use mark::mark;
pub use merge::{Files, Merge, Side, merge};
pub use minutes::{
    Confirmation, MinutesRefusal, MinutesView, Staged, compose_minutes, confirm_minutes, correct_minutes,
    edit_sentence, insert_sentence, lint_minutes, minutes_view, office_templates, renumber_minutes, restore_sentence,
    stage_minutes,
};
pub use note::note;
pub use opinion::{NewOpinion, OpinionRefusal, add_opinion, resolve_opinion, settle_opinion};
pub use review::{Committed, Pending, Review, Verdict, accept, commit, compared, revert, review, send_back, to_commit};
pub use say::{
    describe, due_in_full, place_name, problem_message, record_name, rule_message, say_file, say_init, say_located,
    say_open, say_outcome, say_refusal, state_sentence, value_words,
};
pub use say_difference::{commit_message, message_of, say_difference, sentences};
pub use say_export::say_export;
pub use say_import::{say_finding, say_import};
pub use say_minutes::{say_lint, say_template};
pub use say_past::{say_git, state_name};
pub use setup_git::{SetUp, say_set_up, set_up_git};
pub use sync::*;
pub use target::set_actual;
pub use undo::{redo, undo};
pub use versions::{Tagged, tag_version};

use crate::domain::{NodeId, NodeKind, Status, TargetId, UnitId, UnitMatch, due::DueError};
use crate::edit::{Transaction, Verb};
use crate::git::GitError;
use crate::store::layout;
use crate::workspace::{CommitError, UndoError, Workspace};
use chrono::NaiveDate;
use std::collections::HashSet;

/// When and by whom something is done. Read from the clock in `main.rs` and passed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    pub today: NaiveDate,
    /// Second of the day; 0 where the day was given and not read from the clock.
    pub second: u32,
    /// Keeps two machines' ids apart; fixed in tests.
    pub chance: u32,
    pub author: Option<String>,
}

/// What an operation did.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Changes were made and are on disk.
    Saved(Transaction),
    /// Everything was that way already.
    Unchanged,
    /// A step was taken back (`Verb::Undo`) or brought again (`Verb::Redo`): which one, and the changes made now.
    TakenBack { by: Verb, step: Option<Verb>, changes: Transaction },
}

/// Why an operation was not done. Nothing has changed then.
#[derive(Debug)]
pub enum Refusal {
    UnknownId {
        text: String,
    },
    /// Neither a task nor a measure: it has no status, deadline or log.
    NotTracked {
        id: NodeId,
        kind: NodeKind,
    },
    /// Neither a row of the table nor a task.
    NotAssignable {
        id: NodeId,
    },
    UnknownUnit {
        name: String,
    },
    AmbiguousUnit {
        name: String,
        candidates: Vec<UnitId>,
    },
    UnknownTarget {
        id: String,
        known: Vec<TargetId>,
    },
    ReasonNeeded {
        id: NodeId,
        from: Status,
        to: Status,
    },
    Due {
        text: String,
        error: DueError,
    },
    EmptyNote,
    NoteTooLong {
        bytes: usize,
        limit: usize,
    },
    /// Leading and responsible at once.
    LeadAlsoResponsible {
        id: NodeId,
        unit: UnitId,
    },
    /// A task cannot be without a lead when its row has one.
    LeadNeeded {
        id: NodeId,
    },
    /// A task's own lead is one department.
    TwoLeads {
        id: NodeId,
    },
    NotResponsible {
        id: NodeId,
        unit: UnitId,
    },
    NothingAsked,
    YearOutsidePeriod {
        year: i32,
        period: (i32, i32),
    },
    NoSource,
    Undo {
        by: Verb,
        error: UndoError,
    },
    /// A version without a name, or one of a name that is taken.
    EmptyVersion,
    /// No pending change goes by this word.
    UnknownChange {
        word: String,
    },
    /// A whole record can only be accepted or taken back with everything else in its file.
    WholeFile,
    NothingToCommit {
        returned: usize,
    },
    NoMessage,
    /// Another window syncs, commits or changes to a draft.
    Busy,
    VersionTaken {
        name: String,
    },
    Git(GitError),
    /// A conflict stays open.
    Unsettled(Unsettled),
    /// Of a topic or a meeting.
    Meeting(Box<meeting::MeetingRefusal>),
    /// A decision that is followed up.
    Follow(FollowRefusal),
    /// Minutes on their way out.
    Minutes(MinutesRefusal),
    /// What a department says of a clause.
    Opinion(OpinionRefusal),
    Commit(CommitError),
}

impl From<GitError> for Refusal {
    fn from(error: GitError) -> Self {
        Refusal::Git(error)
    }
}

impl From<CommitError> for Refusal {
    fn from(error: CommitError) -> Self {
        Refusal::Commit(error)
    }
}

/// Saves changes as one step.
fn save(workspace: &mut Workspace, transaction: Transaction) -> Result<Outcome, Refusal> {
    if transaction.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    workspace.commit(&transaction)?;
    Ok(Outcome::Saved(transaction))
}

/// Finds the node that somebody typed: `3.1.2`, 三（一）2.
///
/// # Errors
/// Where it is not a place or the plan has no such place.
pub fn resolve(workspace: &Workspace, text: &str) -> Result<NodeId, Refusal> {
    let found = NodeId::parse(text).filter(|id| workspace.node(id).is_some());
    found.ok_or_else(|| lost(workspace, layout::TEXT, Refusal::UnknownId { text: text.to_string() }))
}

/// Finds the department that somebody typed: a name, alias, pinyin or initials.
///
/// # Errors
/// Where no department or several answer to it.
pub fn resolve_unit(workspace: &Workspace, name: &str) -> Result<UnitId, Refusal> {
    match workspace.plan().find_unit(name) {
        UnitMatch::One(unit) => Ok(unit),
        UnitMatch::Many(candidates) => Err(Refusal::AmbiguousUnit { name: name.to_string(), candidates }),
        UnitMatch::None => Err(lost(workspace, layout::UNITS, Refusal::UnknownUnit { name: name.to_string() })),
    }
}

/// Why something was not found: where the file that would hold it cannot be understood, that is what is wrong.
fn lost(workspace: &Workspace, file: &str, refusal: Refusal) -> Refusal {
    match workspace.damaged().contains(file) {
        true => Refusal::Commit(CommitError::Damaged { file: file.to_string() }),
        false => refusal,
    }
}

/// The ids without those that were named before: a task is changed once.
fn once(ids: &[NodeId]) -> Vec<&NodeId> {
    let mut seen = HashSet::new();
    ids.iter().filter(|id| seen.insert(*id)).collect()
}

/// Refuses a node that has no status.
fn tracked(workspace: &Workspace, id: &NodeId) -> Result<(), Refusal> {
    match workspace.node(id) {
        None => Err(Refusal::UnknownId { text: id.to_string() }),
        Some(node) if !node.kind.is_tracked() => Err(Refusal::NotTracked { id: id.clone(), kind: node.kind }),
        Some(_) => Ok(()),
    }
}
