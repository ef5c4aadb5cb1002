//! Walking the history, newest first, as git tells it and no faster than it is asked.
//!
//! One process lists the commits and hands them to another, which compares their trees. `git log` does both in one, but compares
//! twice, to choose a commit and to tell of it, and spells out what it says about commits that nobody asks about.

use super::command::{failure, not_run};
use super::{Changed, GitError, Oid, Repo};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

/// A commit of the history, with the files that it changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Logged {
    pub oid: Oid,
    /// Below the folder that was asked about. Of a merge only what differs from both sides: what people decided there.
    pub files: Vec<Changed>,
}

impl Repo {
    /// Walks the commits that changed one of the files or folders below `base` (or anything there), newest first, until `each` has had enough and says `false`.
    ///
    /// `range` is a revision, or two with `..` between them.
    ///
    /// # Errors
    /// What git says; what `each` says.
    pub fn log<E: From<GitError>>(
        &self,
        range: &str,
        base: &str,
        below: &[String],
        mut each: impl FnMut(Logged) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut list = self.reading();
        // it writes when it has something to write, not after every commit
        list.args(["rev-list", range, "--"]).env("GIT_FLUSH", "0").stdin(Stdio::null());
        let mut list = Running::start(list)?;
        let mut compare = self.reading();
        compare.args([
            "diff-tree",
            "--stdin",
            "--root",
            "-r",
            "-c",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--",
        ]);
        match below {
            [] => drop(compare.arg(base)),
            below => drop(compare.args(below.iter().map(|path| format!("{base}/{path}")))),
        }
        compare.env("GIT_FLUSH", "0").stdin(list.child.stdout.take().map_or_else(Stdio::null, Stdio::from));
        let mut compare = Running::start(compare)?;
        let Some(stdout) = compare.child.stdout.take() else { return Ok(()) };
        let mut words = Words { from: BufReader::with_capacity(64 << 10, stdout), word: Vec::new() };
        let prefix = self.path(base) + "/";
        let mut commit: Option<Logged> = None;
        while let Some(word) = words.next() {
            if word.starts_with(':') {
                let path = words.next().unwrap_or_default();
                if let (Some(commit), Some(path)) = (&mut commit, path.strip_prefix(&prefix)) {
                    commit.files.extend(changed(&word, path));
                }
                continue;
            }
            let next = Oid::parse(&word).map(|oid| Logged { oid, files: Vec::new() });
            let done = std::mem::replace(&mut commit, next).filter(|commit| !commit.files.is_empty());
            if let Some(done) = done
                && !each(done)?
            {
                return Ok(());
            }
        }
        // where it was cut off, the last commit may have been too
        list.ended()?;
        compare.ended()?;
        match commit.filter(|commit| !commit.files.is_empty()) {
            Some(last) => each(last).map(drop),
            None => Ok(()),
        }
    }
}

/// A process that is read from, and ended with its reader.
struct Running {
    child: Child,
}

impl Running {
    fn start(mut command: Command) -> Result<Running, GitError> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| not_run("log", &error))?;
        Ok(Running { child })
    }

    /// Waits for the end of a process that has said everything.
    fn ended(&mut self) -> Result<(), GitError> {
        let mut message = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            let _ = stderr.read_to_string(&mut message);
        }
        match self.child.wait() {
            Ok(status) if status.success() => Ok(()),
            _ => Err(failure("log", &message)),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // it only reads, so that nothing is lost by ending it
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads `:100644 100644 <old> <new> M`, or of a merge `::100644 100644 100644 <one> <other> <new> MM`.
fn changed(line: &str, path: &str) -> Option<Changed> {
    let parents = line.bytes().take_while(|byte| *byte == b':').count();
    let words: Vec<&str> = line[parents..].split(' ').collect();
    let file = |mode: usize| {
        let is_file = words.get(mode)?.starts_with("100");
        Oid::parse(words.get(parents + 1 + mode)?).filter(|oid| is_file && !oid.is_zero())
    };
    Some(Changed { path: path.to_string(), old: file(0), new: file(parents) })
}

/// What stands between zero bytes.
struct Words<R> {
    from: R,
    word: Vec<u8>,
}

impl<R: BufRead> Words<R> {
    fn next(&mut self) -> Option<String> {
        self.word.clear();
        let count = self.from.read_until(0, &mut self.word).ok()?;
        if count == 0 {
            return None;
        }
        if self.word.last() == Some(&0) {
            self.word.pop();
        }
        Some(String::from_utf8_lossy(&self.word).into_owned())
    }
}
