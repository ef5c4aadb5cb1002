//! Telling git how plans are merged, shown and checked, for those who also use other git programs.

use crate::git::{self, GitError, Hook, Repo};
use crate::text::Text;
use std::path::Path;

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetUp {
    Installed(Hook),
    TakenOut,
    /// There was nothing to take out.
    Nothing,
}

/// Installs our drivers in the repository of a workspace, or takes them out again.
///
/// # Errors
/// What git or the disk says.
pub fn set_up_git(root: &Path, undo: bool) -> Result<SetUp, GitError> {
    let repo = Repo::open(root)?;
    if !undo {
        return git::install(&repo).map(SetUp::Installed);
    }
    Ok(if git::uninstall(&repo)? { SetUp::TakenOut } else { SetUp::Nothing })
}

/// Says what came of it.
pub fn say_set_up(done: SetUp, text: &Text) -> String {
    let say = &text.sync;
    match done {
        SetUp::Installed(Hook::Ours) => say.set_up.to_string(),
        SetUp::Installed(Hook::Chained) => format!("{}{}", say.set_up, say.set_up_chained),
        SetUp::Installed(Hook::Elsewhere) => format!("{}{}", say.set_up, say.set_up_elsewhere),
        SetUp::TakenOut => say.taken_out.to_string(),
        SetUp::Nothing => say.not_set_up.to_string(),
    }
}
