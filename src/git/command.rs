//! Building git commands.
//!
//! Reading runs nothing that the repository configures: no hooks, file-system monitor, external diff, text conversion, clean
//! filter, pager, signature check or transport, and takes no locks. What the user does on purpose, a commit or a sync, runs as
//! their git is configured. Git's own refusal of repositories that belong to somebody else stands in both cases.

use super::find::{self, Unfinished};
use super::{GitError, Oid};
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What reading turns off, whatever the repository says.
const SHIELD: [&str; 11] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "core.alternateRefsCommand=",
    "diff.external=",
    "log.showSignature=false",
    "submodule.recurse=false",
    "status.submoduleSummary=false",
    "protocol.allow=never",
    "protocol.ext.allow=never",
];

/// How much of what is configured an act may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Act {
    /// Nothing: our own plumbing, such as the index.
    Plain,
    /// Hooks, signing and credentials, as the user has set them up.
    AsConfigured,
}

/// A repository, and the folder in it that we work from.
#[derive(Clone, Debug)]
pub struct Repo {
    root: PathBuf,
    /// The work tree's top folder and git folder; `None` where there is no repository.
    home: Option<(PathBuf, PathBuf)>,
}

impl Repo {
    /// The repository that holds a folder, whether there is one or not.
    pub fn of(root: &Path) -> Repo {
        Repo { root: root.to_path_buf(), home: find::repository(root) }
    }

    /// The repository that holds a folder.
    ///
    /// # Errors
    /// [`GitError::NoRepository`].
    pub fn open(root: &Path) -> Result<Repo, GitError> {
        let repo = Repo::of(root);
        if repo.home.is_none() { Err(GitError::NoRepository { path: root.to_path_buf() }) } else { Ok(repo) }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The git folder.
    pub fn git_dir(&self) -> Option<&Path> {
        self.home.as_ref().map(|(_, git)| git.as_path())
    }

    /// A path below the root as the repository calls it, from its top folder.
    pub fn path(&self, below: &str) -> String {
        let top = self.home.as_ref().map(|(top, _)| top.as_path());
        let prefix = top.and_then(|top| self.root.strip_prefix(top).ok()).and_then(Path::to_str).unwrap_or_default();
        let prefix = prefix.replace('\\', "/");
        if prefix.is_empty() { below.to_string() } else { format!("{prefix}/{below}") }
    }

    /// What somebody has begun with another program and not finished.
    pub fn unfinished(&self) -> Option<Unfinished> {
        self.git_dir().and_then(find::unfinished)
    }

    /// Whether the history was cut off when the repository was cloned.
    pub fn is_shallow(&self) -> bool {
        self.git_dir().is_some_and(|git| git.join("shallow").exists())
    }

    /// The branch that is checked out; `None` where the head is detached, or where it cannot be told without asking git.
    pub fn branch(&self) -> Option<String> {
        let head = std::fs::read_to_string(self.git_dir()?.join("HEAD")).ok()?;
        head.trim().strip_prefix("ref: refs/heads/").map(str::to_string)
    }

    /// The commit that is checked out, read without asking git where that is possible.
    pub fn head(&self) -> Option<Oid> {
        let git = self.git_dir()?;
        let read = |path: PathBuf| std::fs::read_to_string(path).ok();
        let head = read(git.join("HEAD"))?;
        let Some(name) = head.trim().strip_prefix("ref: ") else { return Oid::parse(head.trim()) };
        // a work tree of its own keeps its branches with the first one
        let common = read(git.join("commondir")).map_or_else(|| git.to_path_buf(), |common| git.join(common.trim()));
        if let Some(oid) = read(common.join(name)) {
            return Oid::parse(oid.trim());
        }
        let packed = read(common.join("packed-refs"))?;
        let line = packed.lines().find_map(|line| line.strip_suffix(name)?.strip_suffix(' '));
        line.and_then(Oid::parse)
    }

    /// A command that reads.
    pub fn reading(&self) -> Command {
        let mut command = self.plain();
        command.args(["--no-optional-locks", "--no-pager", "--no-replace-objects", "--literal-pathspecs"]);
        SHIELD.iter().for_each(|setting| {
            command.args(["-c", setting]);
        });
        // objects that a partial clone has left out are not fetched behind anybody's back
        command.env("GIT_NO_LAZY_FETCH", "1");
        command
    }

    /// A command that reads the work tree as well, where clean filters would run.
    ///
    /// # Errors
    /// Where the filters cannot be listed.
    pub fn reading_files(&self) -> Result<Command, GitError> {
        let mut command = self.reading();
        for setting in self.filters_off()? {
            command.args(["-c", &setting]);
        }
        Ok(command)
    }

    /// Runs a command that reads.
    ///
    /// # Errors
    /// What git says, see [`GitError`].
    pub fn read<S: AsRef<OsStr>>(&self, args: &[S]) -> Result<Vec<u8>, GitError> {
        let mut command = self.reading();
        command.args(args);
        run(command, None)
    }

    /// Runs a command that reads the work tree as well.
    ///
    /// # Errors
    /// What git says, see [`GitError`].
    pub fn read_files<S: AsRef<OsStr>>(&self, args: &[S]) -> Result<Vec<u8>, GitError> {
        let mut command = self.reading_files()?;
        command.args(args);
        run(command, None)
    }

    /// A command that changes the repository.
    ///
    /// # Errors
    /// Where the filters cannot be listed.
    pub fn acting(&self, act: Act) -> Result<Command, GitError> {
        let mut command = self.plain();
        command.args(["--no-pager", "-c", "protocol.ext.allow=never", "-c", "core.quotePath=false"]);
        if act == Act::Plain {
            for setting in
                ["core.hooksPath=/dev/null", "core.fsmonitor=false", "commit.gpgSign=false", "tag.gpgSign=false"]
            {
                command.args(["-c", setting]);
            }
            for setting in self.filters_off()? {
                command.args(["-c", &setting]);
            }
        }
        Ok(command)
    }

    /// Runs a command that changes the repository, with something on its standard input.
    ///
    /// # Errors
    /// What git says, see [`GitError`].
    pub fn act<S: AsRef<OsStr>>(&self, act: Act, args: &[S], input: Option<&[u8]>) -> Result<Vec<u8>, GitError> {
        let mut command = self.acting(act)?;
        command.args(args);
        run(command, input)
    }

    /// Whether the repository's own configuration defines no filters, which would run where files are read as configured.
    pub fn has_no_filters(&self) -> bool {
        self.filters_off().is_ok_and(|off| off.is_empty())
    }

    fn plain(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root);
        command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "").env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
        command
    }

    /// Settings that turn off every filter which the repository's own configuration defines. The user's own filters stay: with
    /// a filter of theirs, the stored and the visible file differ on purpose.
    fn filters_off(&self) -> Result<Vec<String>, GitError> {
        let Some(git) = self.git_dir() else { return Ok(Vec::new()) };
        let says = |name: &str| std::fs::read(git.join(name)).unwrap_or_default();
        let text = String::from_utf8_lossy(&[says("config"), says("config.worktree")].concat()).to_ascii_lowercase();
        // a work tree of its own keeps the configuration elsewhere
        let is_plain = git.join("config").exists() && !text.contains("filter") && !text.contains("include");
        if is_plain {
            return Ok(Vec::new());
        }
        let mut command = self.reading();
        command.args(["config", "--show-scope", "--includes", "-z", "--name-only", "--get-regexp", r"^filter\."]);
        let output = output_of(command, None)?;
        let listed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut words = listed.split('\0');
        let mut names = Vec::new();
        while let (Some(scope), Some(name)) = (words.next(), words.next()) {
            let name = name.rsplit_once('.').map_or(name, |(driver, _)| driver).to_string();
            if matches!(scope, "local" | "worktree") && !names.contains(&name) {
                names.push(name);
            }
        }
        let off = |name: &String| {
            [".clean=", ".smudge=", ".process=", ".required=false"].map(|setting| format!("{name}{setting}"))
        };
        Ok(names.iter().flat_map(off).collect())
    }
}

/// Runs a command and gives its standard output.
fn run(command: Command, input: Option<&[u8]>) -> Result<Vec<u8>, GitError> {
    let said = said(&command);
    let output = output_of(command, input)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failure(&said, &String::from_utf8_lossy(&output.stderr)))
}

fn output_of(mut command: Command, input: Option<&[u8]>) -> Result<Output, GitError> {
    let said = said(&command);
    let Some(input) = input else { return command.output().map_err(|error| not_run(&said, &error)) };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_run(&said, &error))?;
    if let Some(mut stdin) = child.stdin.take() {
        // a command that ends early says why itself
        let _ = stdin.write_all(input);
    }
    child.wait_with_output().map_err(|error| not_run(&said, &error))
}

/// The error of a command that could not be started.
pub(super) fn not_run(said: &str, error: &io::Error) -> GitError {
    match error.kind() {
        io::ErrorKind::NotFound => GitError::Missing,
        _ => GitError::Refused { command: said.to_string(), message: error.to_string() },
    }
}

/// The error that git's words stand for.
pub(super) fn failure(said: &str, message: &str) -> GitError {
    let message = message.trim().to_string();
    let has = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if has(&["dubious ownership", "unsafe repository"]) {
        return GitError::Untrusted { message };
    }
    if has(&["not a git repository"]) {
        return GitError::NoRepository { path: PathBuf::new() };
    }
    if has(&["does not have any commits yet"]) {
        return GitError::NoCommit;
    }
    if has(&[
        "is corrupt",
        "loose object",
        "inflate:",
        "unable to read tree",
        "bad object",
        "unable to unpack",
        "unable to parse",
    ]) {
        return GitError::Corrupt { object: String::new(), message };
    }
    GitError::Refused { command: said.to_string(), message }
}

/// The command as it is told to people: without the options that are always there.
fn said(command: &Command) -> String {
    let mut words = command.get_args().map(OsStr::to_string_lossy).skip(2).peekable();
    let mut out: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        match word.as_ref() {
            "-c" if out.is_empty() => drop(words.next()),
            word if out.is_empty() && word.starts_with("--") => {}
            word => out.push(word.to_string()),
        }
    }
    out.truncate(4);
    out.join(" ")
}
