//! Making a workspace on a machine that has none: the built-in plan, a repository, the first commit.

use crate::git::{self, GitError};
use crate::store::{FileError, Folder};
use std::path::{Path, PathBuf};

/// The built-in plan and the calendar, file by file, below the workspace's folder.
const BUILT_IN: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/built_in.rs"));

/// Why no workspace was made.
#[derive(Debug)]
pub enum InitRefusal {
    /// There is a `plans/` already.
    NotEmpty {
        path: PathBuf,
    },
    File(FileError),
    Git(GitError),
}

/// Makes a workspace with the built-in plan in a folder, as a git repository with a first commit; the folder.
///
/// # Errors
/// A folder that has plans already; whatever the disk or git says.
pub fn init(folder: &Path) -> Result<PathBuf, InitRefusal> {
    if folder.join("plans").symlink_metadata().is_ok() {
        return Err(InitRefusal::NotEmpty { path: folder.to_path_buf() });
    }
    let io = |error| InitRefusal::File(FileError::Io { path: folder.to_path_buf(), error });
    std::fs::create_dir_all(folder).map_err(io)?;
    let files = Folder::new(folder);
    let kept = [(".gitattributes", "*.toml text eol=lf\n"), (".gitignore", ".lianxi/\n.lianxi-*.tmp\n/out/\n")];
    let plans = BUILT_IN.iter().map(|(name, text)| (name.to_string(), *text));
    let others = kept.iter().map(|(name, text)| (name.to_string(), *text));
    // a calendar that is there already is the office's own
    for (name, text) in plans.chain(others).filter(|(name, _)| !folder.join(name).exists()) {
        let prepared = files.prepare(&name, text).map_err(InitRefusal::File)?;
        prepared.put().map_err(InitRefusal::File)?;
    }
    git::init(folder, "建立科普工作联席会议工作区").map_err(InitRefusal::Git)?;
    Ok(folder.to_path_buf())
}
