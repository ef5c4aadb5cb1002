//! The user's own git, asked so that nothing which a stranger's repository configures is run.
//!
//! [`Repo`] builds the commands, [`Objects`] reads revisions, trees and files through one long-lived `cat-file --batch`.

mod address;
mod bundle;
mod command;
mod find;
mod keep;
mod log;
mod messages;
mod objects;
mod setup;
mod slow;
mod stage;
mod state;
mod transfer;
mod tree;
mod versions;
mod wire;

pub use address::{Address, NoAddress};
pub use bundle::{BundleHead, bundle_head};
pub use command::{Act, Repo};
pub use find::{Unfinished, git_dir, private_folder};
pub use log::Logged;
pub use messages::Said;
pub use objects::{Commit, Objects, Oid};
pub use setup::{Hook, install, uninstall};
pub use slow::{Patience, Phase, Progress, Stop};
pub use state::Touched;
pub use transfer::{Sending, THEIR_TAGS, THEIRS, TransferError, is_repository, make_shared};
pub use tree::{Changed, TreeEntry};
pub use versions::Version;
pub use wire::{MergedTree, TreeEdit, Wire};

use chrono::NaiveDate;
use command::not_run;
use std::path::{Path, PathBuf};

/// Why git did not do what it was asked.
#[derive(Clone, PartialEq, Debug)]
pub enum GitError {
    /// The git program is not there.
    Missing,
    /// No repository holds the folder.
    NoRepository { path: PathBuf },
    /// The repository belongs to somebody else, and git does not trust it.
    Untrusted { message: String },
    /// Nothing has been committed yet.
    NoCommit,
    /// No revision, tag, branch or day of that name.
    UnknownRevision { text: String },
    /// The history does not go back that far.
    BeforeHistory { day: NaiveDate },
    /// The history was cut off when the repository was cloned, and what is asked for lies beyond.
    CutOff { text: String },
    /// An object of the repository cannot be read.
    Corrupt { object: String, message: String },
    /// An object is larger than any file that is read.
    TooLarge { object: String, bytes: u64 },
    /// A merge or the like was begun elsewhere and is not finished.
    Unfinished(Unfinished),
    /// It said no; the words are its own.
    Refused { command: String, message: String },
}

/// The name that git would write under a commit; `None` where none is configured.
pub fn author(root: &Path) -> Option<String> {
    let name = Repo::of(root).read(&["config", "user.name"]).ok()?;
    let name = String::from_utf8(name).ok()?;
    Some(name.trim().to_string()).filter(|name| !name.is_empty())
}

/// Makes an empty repository in a folder.
///
/// # Errors
/// What git says, see [`GitError`].
pub fn begin(root: &Path) -> Result<(), GitError> {
    Repo::of(root).act(Act::Plain, &["init", "-q"], None).map(drop)
}

/// Makes a repository of a folder, and commits what is in it.
///
/// # Errors
/// Where git is missing or refuses. A missing author is filled in for this one commit.
pub fn init(root: &Path, message: &str) -> Result<(), GitError> {
    let repo = Repo::of(root);
    if git_dir(root).is_none() {
        begin(root)?;
    }
    const OURS: [&str; 5] = ["--", "calendar", "plans", ".gitattributes", ".gitignore"];
    repo.act(Act::Plain, &[&["add"], &OURS[..]].concat(), None)?;
    let mut commit = Vec::new();
    if author(root).is_none() {
        commit.extend(["-c", "user.name=lianxi", "-c", "user.email=lianxi@localhost"]);
    }
    commit.extend(["commit", "-q", "-m", message]);
    // inside another repository, what others have staged there is not ours to commit
    commit.extend(OURS);
    repo.act(Act::Plain, &commit, None).map(drop)
}
