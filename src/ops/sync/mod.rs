//! Sync: what is here is kept, what others did is fetched and merged by our own merge, the rules are looked at, and it is sent.
//!
//! Every step can be cut off and done again: commits are made before a branch moves, a branch moves only from where it was seen,
//! and files go through the journal. Nobody's way being there is no failure: the work is kept and goes the next time.

pub(super) mod bring;
mod bundle;
pub(super) mod join;
pub(super) mod pending;
mod say;
mod share;
mod start;

pub use bundle::{BundleMade, BundleRequest, make_bundle, take_bundle};
pub use say::{say_bundle, say_conflict, say_end, say_step, say_sync, say_sync_refusal};
pub use share::{Remote, known_remotes, unsynced, usual_remote};
pub use start::start_from;

use super::{Located, Moment, draft};
use crate::domain::{Conflict, Plan};
use crate::edit::{Change, Place, Value};
use crate::git::{Address, GitError, NoAddress, Oid, Patience, Progress, Repo, Stop, TransferError, Unfinished, Wire};
use crate::store::Problem;
use crate::store::layout::{place_of, value_of};
use crate::text::Text;
use crate::workspace::{self, CommitError, LandError};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often others may be faster than we before we give up for now.
const ROUNDS: usize = 8;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct SyncRequest {
    /// A configured name, a folder or an address; the usual one where nothing is said.
    pub remote: Option<String>,
    /// Where relative paths begin.
    pub here: PathBuf,
    /// Whether a folder to share through may be made.
    pub may_create: bool,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Who waits for a sync: how to stop it, how long another place may be silent, and who is told how far it is.
pub struct Waiting<'w> {
    pub stop: Stop,
    pub silence: Duration,
    pub tell: &'w mut dyn FnMut(Step),
}

/// What a sync is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Keeping,
    Fetching(Progress),
    Merging,
    Sending(Progress),
}

/// What others changed in a plan.
#[derive(Clone, Debug)]
pub struct Taken {
    pub plan_id: String,
    /// The plan as it is now.
    pub plan: Plan,
    pub changes: Vec<Change>,
}

impl Taken {
    /// The conflicts that came along.
    fn opened(&self) -> impl Iterator<Item = (String, Conflict)> + '_ {
        self.changes.iter().filter_map(|change| match &change.new {
            Some(Value::Conflict(conflict)) => Some((self.plan_id.clone(), (**conflict).clone())),
            _ => None,
        })
    }

    /// Without what is in dispute: that is told as a conflict.
    fn without(mut self, conflicts: &[(String, Conflict)]) -> Taken {
        let disputed = |place: &Place| {
            conflicts.iter().any(|(_, conflict)| {
                let is_whole = conflict.is_whole() || value_of(place, &conflict.ours).is_none();
                !is_whole && place_of(conflict).as_ref() == Some(place)
            })
        };
        self.changes.retain(|change| !matches!(change.place, Place::Conflict(..)) && !disputed(&change.place));
        self
    }
}

/// How it ended.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// Both sides have the same.
    Same,
    /// Nothing came or went: there was no way there.
    Offline { message: String },
    /// What others did is here, and what is here was not sent: somebody works in that folder.
    NotSent,
    /// What a bundle brought is here.
    Took,
    /// It was only looked at.
    Looked,
}

/// What a sync did.
#[derive(Clone, Debug)]
pub struct SyncReport {
    /// The place, as people call it.
    pub place: String,
    /// The first line of the commit that the pending work became.
    pub kept: Option<String>,
    /// Changes that were sent back and stay in the working files of this desk, and the files they are in.
    pub left: usize,
    pub left_in: Vec<String>,
    pub taken: Vec<Taken>,
    /// Files outside the plans that others changed.
    pub others: Vec<String>,
    /// Drafts for approval that came and that went out.
    pub drafts_in: Vec<String>,
    pub drafts_out: Vec<String>,
    /// What both sides disagree about: the plan, the conflict.
    pub conflicts: Vec<(String, Conflict)>,
    /// Versions that were put beside ours because they could not be merged: ours and theirs.
    pub beside: Vec<(String, String)>,
    /// How many commits went out.
    pub sent: usize,
    /// Whether the place was made just now.
    pub created: bool,
    pub end: End,
}

/// Why nothing was synced. What is here is as it was, or kept in a commit.
#[derive(Debug)]
pub enum SyncRefusal {
    Unfinished(Unfinished),
    Detached,
    /// Another window is at it.
    Busy,
    NoRemote {
        known: Vec<String>,
    },
    NoAddress {
        text: String,
        why: NoAddress,
    },
    /// The folder is there, and nothing to share through is in it.
    NotShared {
        folder: PathBuf,
    },
    /// A file that is to be sent cannot be understood.
    Damaged {
        problems: Vec<(String, Problem)>,
    },
    /// The merged plans would break rules that neither side breaks.
    Findings {
        found: Vec<(String, Located)>,
    },
    /// Files outside the plans that both sides changed.
    OutsideConflicts {
        files: Vec<String>,
    },
    /// Files outside the plans with work in them.
    InTheWay {
        files: Vec<String>,
    },
    /// A folder for a new workspace that has something in it.
    Occupied {
        folder: PathBuf,
    },
    /// A place to start from that has no plan.
    NothingThere {
        place: String,
    },
    /// Files of which changes were sent back, and which others changed too.
    SentBack {
        files: Vec<String>,
    },
    /// Two workspaces that have nothing in common.
    Unrelated,
    /// A bundle that builds on something that is not here.
    NoBase {
        missing: Vec<String>,
    },
    /// A file that is there and is no bundle.
    NotABundle {
        file: PathBuf,
    },
    NoFile {
        file: PathBuf,
    },
    Transfer(TransferError),
    Save(CommitError),
    /// Others were faster again and again.
    Restless,
    Git(GitError),
}

impl From<LandError> for SyncRefusal {
    fn from(error: LandError) -> Self {
        match error {
            LandError::Moved => SyncRefusal::Restless,
            LandError::Busy => SyncRefusal::Busy,
            LandError::InTheWay { files } => SyncRefusal::InTheWay { files },
            LandError::Save(error) => SyncRefusal::Save(error),
            LandError::Git(error) => error.into(),
        }
    }
}

impl From<GitError> for SyncRefusal {
    fn from(error: GitError) -> Self {
        match error {
            GitError::Unfinished(what) => SyncRefusal::Unfinished(what),
            error => SyncRefusal::Git(error),
        }
    }
}

/// A workspace that is being synced: its repository, locked against a second sync.
pub(in crate::ops) struct Desk<'d> {
    pub repo: Repo,
    pub wire: Wire,
    pub branch: String,
    pub moment: &'d Moment,
    pub text: &'static Text,
    _lock: Option<File>,
}

impl<'d> Desk<'d> {
    /// Opens a workspace for a sync, finishing what an earlier one left.
    ///
    /// # Errors
    /// Where it is in a state that a sync must not touch.
    pub(in crate::ops) fn open(root: &Path, moment: &'d Moment, text: &'static Text) -> Result<Desk<'d>, SyncRefusal> {
        let repo = Repo::open(root)?;
        let lock = workspace::lock_desk(root)?;
        if let Some(what) = repo.unfinished() {
            return Err(SyncRefusal::Unfinished(what));
        }
        let branch = repo.branch().ok_or(SyncRefusal::Detached)?;
        let wire = Wire::open(&repo)?;
        match workspace::finish_landing(&repo) {
            Ok(_) | Err(LandError::Moved) => {}
            Err(error) => return Err(error.into()),
        }
        // a draft may have been left or opened by what was finished
        let branch = repo.branch().unwrap_or(branch);
        Ok(Desk { repo, wire, branch, moment, text, _lock: lock })
    }
}

/// Syncs a workspace with a place.
///
/// # Errors
/// See [`SyncRefusal`]. That the place cannot be reached is no error, see [`End::Offline`].
pub fn sync(
    root: &Path,
    request: &SyncRequest,
    moment: &Moment,
    text: &'static Text,
    waiting: &mut Waiting,
) -> Result<SyncReport, SyncRefusal> {
    let desk = Desk::open(root, moment, text)?;
    let mut remote = share::find(&desk.repo, &desk.branch, request)?;
    let created = match &mut remote.address {
        Address::Folder(folder) => {
            let front = draft::line(&desk.repo).unwrap_or_else(|| desk.branch.clone());
            share::ready(folder, &front, request)?
        }
        Address::Server(_) => false,
    };
    let mut report = SyncReport::to(&remote.shown());
    report.created = created;
    for _ in 0..ROUNDS {
        (waiting.tell)(Step::Keeping);
        let ours = pending::keep(&desk, &mut report, request.dry_run)?;
        let mut on_fetch = |progress| (waiting.tell)(Step::Fetching(progress));
        let mut patience = Patience { stop: waiting.stop.clone(), silence: waiting.silence, tell: &mut on_fetch };
        let fetched = bring::fetch(&desk, &remote, ours.as_ref(), &mut patience);
        let theirs = match fetched {
            Ok(theirs) => theirs,
            Err(TransferError::Offline { message }) => {
                report.end = End::Offline { message };
                return Ok(report);
            }
            Err(error) => return Err(SyncRefusal::Transfer(error)),
        };
        (waiting.tell)(Step::Merging);
        let place = remote.shown();
        let ours = match bring::take(&desk, ours, theirs.front.as_ref(), &place, request.dry_run, &mut report) {
            Err(bring::NotTaken::Again) => continue,
            Err(bring::NotTaken::Refused(refusal)) => return Err(refusal),
            Ok(ours) => ours,
        };
        if waiting.stop.is_asked() {
            return Err(SyncRefusal::Transfer(TransferError::Stopped));
        }
        let Some(ours) = ours else {
            report.end = if request.dry_run { End::Looked } else { End::Same };
            return Ok(report);
        };
        let what = bring::to_send(&desk, &ours, &theirs, &place, request.dry_run, &mut report)?;
        if request.dry_run {
            report.end = End::Looked;
            return Ok(report);
        }
        let mut on_send = |progress| (waiting.tell)(Step::Sending(progress));
        let mut patience = Patience { stop: waiting.stop.clone(), silence: waiting.silence, tell: &mut on_send };
        match desk.wire.push(&remote.address, &what, &mut patience) {
            Ok(()) => report.end = End::Same,
            Err(TransferError::Overtaken) => continue,
            Err(TransferError::InUse) => report.end = End::NotSent,
            Err(TransferError::Offline { message }) => report.end = End::Offline { message },
            Err(error) => return Err(SyncRefusal::Transfer(error)),
        }
        if report.end == End::Same {
            share::remember(&desk, &remote, &theirs, &ours, &what)?;
        } else {
            report.sent = 0;
            report.drafts_out.clear();
        }
        return Ok(report);
    }
    Err(SyncRefusal::Restless)
}

impl SyncReport {
    pub(in crate::ops) fn to(place: &str) -> SyncReport {
        SyncReport {
            place: place.to_string(),
            kept: None,
            left: 0,
            left_in: Vec::new(),
            taken: Vec::new(),
            others: Vec::new(),
            drafts_in: Vec::new(),
            drafts_out: Vec::new(),
            conflicts: Vec::new(),
            beside: Vec::new(),
            sent: 0,
            created: false,
            end: End::Same,
        }
    }
}

/// The commit that stands for "nothing yet" has no id.
pub(in crate::ops) type Head = Option<Oid>;
