//! Fetching from and sending to another place, and why that may fail.

use super::slow::{self, Cut, Patience};
use super::{Address, GitError, Oid, Wire};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What the clean repository calls the branches and tags of the other place.
pub const THEIRS: &str = "refs/lianxi/theirs/heads/";
pub const THEIR_TAGS: &str = "refs/lianxi/theirs/tags/";

/// Why nothing came or went. What is here has not changed.
#[derive(Debug)]
pub enum TransferError {
    /// There is no way there now: no network, the stick is not in.
    Offline {
        message: String,
    },
    /// The place is there and has no repository.
    NoRepository {
        message: String,
    },
    /// It wants a name, a key or a password that it did not get.
    NoEntry {
        message: String,
    },
    /// Nobody has yet said that this host is the right one.
    UnknownHost {
        message: String,
    },
    /// It did not say anything for so long.
    Silent {
        seconds: u64,
    },
    /// The user has stopped it.
    Stopped,
    /// Somebody else was faster: the place has news that we have not got.
    Overtaken,
    /// It is a folder that somebody works in, not one to share through.
    InUse,
    /// What it has is damaged.
    Corrupt {
        message: String,
    },
    /// The disk here or there is full.
    DiskFull {
        message: String,
    },
    Git(GitError),
}

/// What a branch or tag is to be at the other place.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    pub what: Oid,
    /// `refs/heads/main`
    pub to: String,
}

impl Wire {
    /// Fetches every branch and tag of a place under our own names.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub fn fetch(&self, from: &Address, patience: &mut Patience) -> Result<(), TransferError> {
        let mut command = self.talking(from)?;
        command.args(["fetch", "--progress", "--no-tags", "--prune", "--no-write-fetch-head", "--no-auto-maintenance"]);
        command.args(["--no-recurse-submodules", "--refmap="]);
        if self.is_shallow() {
            command.arg("--unshallow");
        }
        if from.folder().is_some() {
            command.arg(format!("--upload-pack={}", harmless("upload-pack")));
        }
        command.arg("--").arg(place(from));
        command.args([format!("+refs/heads/*:{THEIRS}*"), format!("+refs/tags/*:{THEIR_TAGS}*")]);
        // a folder that is not there says so less clearly than we do
        if from.folder().is_some_and(|folder| !folder.exists()) {
            return Err(TransferError::Offline { message: from.to_string() });
        }
        ended(slow::run(command, None, patience)).map(drop)
    }

    /// The branch that a place has in front; `None` where it has none.
    ///
    /// # Errors
    /// See [`TransferError`].
    pub fn front(&self, of: &Address, patience: &mut Patience) -> Result<Option<String>, TransferError> {
        let mut command = self.talking(of)?;
        command.args(["ls-remote", "--symref"]);
        if of.folder().is_some() {
            command.arg(format!("--upload-pack={}", harmless("upload-pack")));
        }
        command.arg("--").arg(place(of)).arg("HEAD");
        let said = ended(slow::run(command, None, patience))?;
        let text = String::from_utf8_lossy(&said.out).into_owned();
        Ok(text.lines().find_map(|line| {
            let name = line.strip_prefix("ref: refs/heads/")?;
            Some(name.split_once('\t')?.0.to_string())
        }))
    }

    /// Sends commits to branches and tags of a place. Nothing there is ever overwritten.
    ///
    /// # Errors
    /// See [`TransferError`]; [`TransferError::Overtaken`] where it is to be fetched first.
    pub fn push(&self, to: &Address, what: &[Sending], patience: &mut Patience) -> Result<(), TransferError> {
        if what.is_empty() {
            return Ok(());
        }
        let mut command = self.talking(to)?;
        command.args(["push", "--progress", "--porcelain", "--no-verify", "--no-signed", "--recurse-submodules=no"]);
        if to.folder().is_some() {
            command.arg(format!("--receive-pack={}", harmless("receive-pack")));
        }
        command.arg("--").arg(place(to));
        command.args(what.iter().map(|sending| format!("{}:{}", sending.what, sending.to)));
        ended(slow::run(command, None, patience)).map(drop)
    }

    /// A command that talks to another place, with the user's own ways of getting in, never asking on the terminal.
    pub(super) fn talking(&self, _to: &Address) -> Result<Command, TransferError> {
        let mut command = self.command();
        let own = self.run(&["config", "core.sshCommand"], None).unwrap_or_default();
        let own = String::from_utf8_lossy(&own).trim().to_string();
        let ssh = if own.is_empty() { "ssh".to_string() } else { own };
        // other programs than OpenSSH take other options
        if ssh.split_whitespace().next().is_some_and(|program| program.rsplit(['/', '\\']).next() == Some("ssh")) {
            command.args(["-c", &format!("core.sshCommand={ssh} -o BatchMode=yes -o ConnectTimeout=20")]);
        }
        command.args(["-c", "fetch.fsckObjects=true", "-c", "submodule.recurse=false"]);
        Ok(command)
    }
}

/// Makes an empty repository to share through. It appears whole or not at all.
///
/// # Errors
/// What the disk or git says.
pub fn make_shared(folder: &Path, branch: &str) -> Result<(), TransferError> {
    let refused = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::StorageFull => TransferError::DiskFull { message: folder.display().to_string() },
        _ => {
            TransferError::Git(GitError::Refused { command: folder.display().to_string(), message: error.to_string() })
        }
    };
    let parent = folder.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(refused)?;
    let making = tempfile::Builder::new().prefix(".lianxi-").suffix(".tmp").tempdir_in(parent).map_err(refused)?;
    let made = making.path().join("git");
    let mut command = Command::new("git");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_TEMPLATE_DIR", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C.UTF-8").args(["-c", "init.templateDir=", "init", "-q", "--bare"]);
    if is_for_a_group(parent) {
        command.arg("--shared=group");
    }
    command.arg(format!("--initial-branch={branch}")).arg(&made);
    let output = command.output().map_err(|error| TransferError::Git(super::not_run("init --bare", &error)))?;
    if !output.status.success() {
        return Err(of_words(&String::from_utf8_lossy(&output.stderr)));
    }
    fs::rename(&made, folder).map_err(refused)
}

#[cfg(unix)]
fn is_for_a_group(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(folder).is_ok_and(|meta| meta.permissions().mode() & 0o020 != 0)
}

#[cfg(not(unix))]
fn is_for_a_group(_folder: &Path) -> bool {
    false
}

/// The folder of a repository, where a path is one: the path itself, or a work tree's `.git`.
pub fn is_repository(path: &Path) -> bool {
    let is_git =
        |path: &Path| path.join("HEAD").is_file() && path.join("objects").is_dir() && path.join("refs").is_dir();
    is_git(path) || is_git(&path.join(".git")) || path.join(".git").is_file()
}

fn place(address: &Address) -> String {
    match address {
        Address::Folder(path) => path.display().to_string(),
        Address::Server(url) => url.clone(),
    }
}

/// The other side's half of a transfer through a folder. It runs here, as us: nothing that the folder configures may run, and
/// it does not matter whose folder it is.
fn harmless(half: &str) -> String {
    let off =
        "-c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.alternateRefsCommand=true -c receive.autogc=false";
    format!("git -c 'safe.directory=*' {off} {half}")
}

/// Whether a command did what it was to do.
pub(super) fn ended(said: Result<slow::Said, Cut>) -> Result<slow::Said, TransferError> {
    match said {
        Ok(said) if said.status.success() => Ok(said),
        Ok(said) => {
            let out = String::from_utf8_lossy(&said.out).into_owned();
            Err(of_words(&format!("{}{out}", said.words)))
        }
        Err(Cut::Stopped) => Err(TransferError::Stopped),
        Err(Cut::Silent { seconds }) => Err(TransferError::Silent { seconds }),
        Err(Cut::Git(error)) => Err(TransferError::Git(error)),
    }
}

/// What git's and ssh's words stand for.
fn of_words(words: &str) -> TransferError {
    let lower = words.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    let message = telling(words);
    if has(&["no space left", "disk quota exceeded", "disk full", "file too large", "file size limit"]) {
        return TransferError::DiskFull { message };
    }
    if has(&["branch is currently checked out", "refusing to update checked out branch"]) {
        return TransferError::InUse;
    }
    if has(&[
        "fetch first",
        "non-fast-forward",
        "cannot lock ref",
        "failed to update ref",
        "incorrect old value",
        "reference already exists",
    ]) {
        return TransferError::Overtaken;
    }
    if has(&["host key verification failed", "no matching host key", "remote host identification has changed"]) {
        return TransferError::UnknownHost { message };
    }
    if has(&[
        "permission denied",
        "authentication failed",
        "could not read username",
        "could not read password",
        "terminal prompts disabled",
        "403",
        "401",
        "too many authentication failures",
        "insufficient permission",
        "unable to write file",
        "unable to create temporary object",
    ]) {
        return TransferError::NoEntry { message };
    }
    if has(&[
        "could not resolve",
        "connection refused",
        "connection timed out",
        "network is unreachable",
        "no route to host",
        "failed to connect",
        "could not connect",
        "temporary failure in name resolution",
        "operation timed out",
        "host is down",
        "unable to connect",
        "connection reset",
        "unexpectedly closed",
        "connection closed by",
    ]) {
        return TransferError::Offline { message };
    }
    if has(&[
        "is corrupt",
        "did not send all necessary objects",
        "bad object",
        "fsck error",
        "inflate:",
        "unable to unpack",
        "missing blob",
        "missing tree",
        "unpack-objects abnormal",
        "packfile",
        "index-pack failed",
        "bad pack",
    ]) {
        return TransferError::Corrupt { message };
    }
    if has(&[
        "does not appear to be a git repository",
        "not a git repository",
        "repository not found",
        "no such file or directory",
        "not valid: is this a git repository",
        "404",
    ]) {
        return TransferError::NoRepository { message };
    }
    TransferError::Git(GitError::Refused { command: "fetch".to_string(), message })
}

/// The lines that say why, without the advice that follows.
fn telling(words: &str) -> String {
    let is_why = |line: &&str| {
        let line = line.to_lowercase();
        ["fatal:", "error:", "ssh:", "remote:", "!", "permission"].iter().any(|mark| line.starts_with(mark))
    };
    let why: Vec<&str> = words.lines().map(str::trim).filter(is_why).take(3).collect();
    if why.is_empty() { words.lines().next().unwrap_or_default().trim().to_string() } else { why.join(" ") }
}
