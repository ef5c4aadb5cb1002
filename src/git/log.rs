//! Walking the history, newest first, as git tells it and no faster than it is asked.

use super::command::{failure, not_run};
use super::{Changed, GitError, Oid, Repo};
use chrono::NaiveDate;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

/// A commit of the history, with the files that it changed.
#[derive(Clone, PartialEq, Debug)]
pub struct Logged {
    pub oid: Oid,
    pub author: String,
    /// The author's day, where they were.
    pub day: Option<NaiveDate>,
    pub message: String,
    /// Below the folder that was asked about. Of a merge only what differs from both sides: what people decided there.
    pub files: Vec<Changed>,
}

impl Logged {
    /// The first line of the message.
    pub fn subject(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }
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
        let mut command = self.reading();
        command.args(["log", "--full-history", "-c", "--raw", "--no-abbrev", "-z", "--no-renames", "--no-ext-diff"]);
        command.args(["--no-textconv", "--date=short", "--format=%x01%H%x00%ad%x00%an%x00%B%x00", range, "--"]);
        match below {
            [] => drop(command.arg(base)),
            below => drop(command.args(below.iter().map(|path| format!("{base}/{path}")))),
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_run("log", &error))?;
        let Some(stdout) = child.stdout.take() else { return Ok(()) };
        let mut words = Words { from: BufReader::with_capacity(64 << 10, stdout), word: Vec::new() };
        let prefix = self.path(base) + "/";
        let mut commit: Option<Logged> = None;
        let mut wants_more = true;
        while wants_more && let Some(word) = words.next() {
            let word = word.trim_start_matches('\n').to_string();
            if let Some(oid) = word.strip_prefix('\u{1}') {
                if let Some(done) = commit.take().filter(|commit| !commit.files.is_empty()) {
                    wants_more = each(done)?;
                }
                let mut next = || words.next().unwrap_or_default();
                let (day, author, message) = (next().parse().ok(), next(), next().trim_end().to_string());
                commit = Oid::parse(oid).map(|oid| Logged { oid, author, day, message, files: Vec::new() });
            } else if word.starts_with(':') {
                let path = words.next().unwrap_or_default();
                if let (Some(commit), Some(path)) = (&mut commit, path.strip_prefix(&prefix)) {
                    commit.files.extend(changed(&word, path));
                }
            }
        }
        if !wants_more {
            let _ = child.kill();
            let _ = child.wait();
            return Ok(());
        }
        if let Some(done) = commit.filter(|commit| !commit.files.is_empty()) {
            each(done)?;
        }
        let mut message = String::new();
        if let Some(mut stderr) = child.stderr.take() {
            let _ = stderr.read_to_string(&mut message);
        }
        match child.wait() {
            Ok(status) if status.success() => Ok(()),
            _ => Err(failure("log", &message).into()),
        }
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
