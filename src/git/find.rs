//! Where a repository keeps its private folder, and what somebody has left unfinished in it. Only looks at files.

use std::fs;
use std::path::{Path, PathBuf};

/// Something that was begun with another program and waits to be finished there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfinished {
    Merge,
    Rebase,
    CherryPick,
    Revert,
    Bisect,
}

/// The folder for what this machine keeps to itself about a work tree: `.git/lianxi`, or `.lianxi` where there is no repository.
pub fn private_folder(root: &Path) -> PathBuf {
    match git_dir(root) {
        Some(git) => git.join("lianxi"),
        None => root.join(".lianxi"),
    }
}

/// The git folder of the repository that holds `root`; a work tree's `.git` file is followed.
pub fn git_dir(root: &Path) -> Option<PathBuf> {
    repository(root).map(|(_, git)| git)
}

/// The top folder of the work tree that holds `root`, and its git folder.
pub(super) fn repository(root: &Path) -> Option<(PathBuf, PathBuf)> {
    root.ancestors().find_map(|folder| {
        let git = folder.join(".git");
        let meta = fs::metadata(&git).ok()?;
        if meta.is_dir() {
            return Some((folder.to_path_buf(), git));
        }
        let text = fs::read_to_string(&git).ok()?;
        let target = Path::new(text.strip_prefix("gitdir:")?.trim());
        Some(folder.join(target)).filter(|path| path.is_dir()).map(|git| (folder.to_path_buf(), git))
    })
}

/// What waits to be finished in a git folder.
pub(super) fn unfinished(git: &Path) -> Option<Unfinished> {
    let marks = [
        ("rebase-merge", Unfinished::Rebase),
        ("rebase-apply", Unfinished::Rebase),
        ("MERGE_HEAD", Unfinished::Merge),
        ("CHERRY_PICK_HEAD", Unfinished::CherryPick),
        ("REVERT_HEAD", Unfinished::Revert),
        ("BISECT_LOG", Unfinished::Bisect),
    ];
    marks.into_iter().find(|(name, _)| git.join(name).exists()).map(|(_, what)| what)
}
