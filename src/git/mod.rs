//! The user's own git: where a repository keeps its private folder, who the author is, and making a first repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

/// Why git did not do what it was asked.
#[derive(Debug)]
pub enum GitError {
    /// The git program is not there.
    Missing,
    /// It said no; the words are its own.
    Refused { command: String, message: String },
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
    root.ancestors().find_map(|folder| {
        let git = folder.join(".git");
        let meta = fs::metadata(&git).ok()?;
        if meta.is_dir() {
            return Some(git);
        }
        let text = fs::read_to_string(&git).ok()?;
        let target = Path::new(text.strip_prefix("gitdir:")?.trim());
        Some(folder.join(target)).filter(|path| path.is_dir())
    })
}

/// The name that git would write under a commit; `None` where none is configured.
pub fn author(root: &Path) -> Option<String> {
    let output = command(root).args(["config", "user.name"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?;
    Some(name.trim().to_string()).filter(|name| output.status.success() && !name.is_empty())
}

/// Makes a repository of a folder, and commits what is in it.
///
/// # Errors
/// Where git is missing or refuses. A missing author is filled in for this one commit.
pub fn init(root: &Path, message: &str) -> Result<(), GitError> {
    if git_dir(root).is_none() {
        run(root, &["init", "-q"])?;
    }
    const OURS: [&str; 4] = ["--", "plans", ".gitattributes", ".gitignore"];
    run(root, &[&["add"], &OURS[..]].concat())?;
    let mut commit = vec!["-c", "core.hooksPath=/dev/null"];
    if author(root).is_none() {
        commit.extend(["-c", "user.name=lianxi", "-c", "user.email=lianxi@localhost"]);
    }
    commit.extend(["commit", "-q", "-m", message]);
    // inside another repository, what others have staged there is not ours to commit
    commit.extend(OURS);
    run(root, &commit)
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).env("LC_ALL", "C.UTF-8").env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
    command
}

fn run(root: &Path, args: &[&str]) -> Result<(), GitError> {
    let output = command(root).args(args).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => GitError::Missing,
        _ => GitError::Refused { command: args.join(" "), message: error.to_string() },
    })?;
    if output.status.success() {
        return Ok(());
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_string();
    Err(GitError::Refused { command: args.join(" "), message })
}
