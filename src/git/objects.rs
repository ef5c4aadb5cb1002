//! Reading revisions, trees and files through one `git cat-file --batch` that lives as long as it is needed.

use super::command::{failure, not_run};
use super::{GitError, Repo};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// The largest object that is read, in bytes; the store reads no larger file either.
const MOST: u64 = 64 << 20;

/// The id of an object, in hexadecimal digits.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Oid(String);

impl Oid {
    /// An id from its digits; `None` where they are none.
    pub fn parse(text: &str) -> Option<Oid> {
        let is_id = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id.then(|| Oid(text.to_string()))
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Oid {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        Oid(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first seven digits, as people call a commit.
    pub fn short(&self) -> &str {
        &self.0[..7]
    }

    /// Stands for "no file" in git's lists of changes.
    pub fn is_zero(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'0')
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A commit, as far as people ask about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Commit {
    pub oid: Oid,
    pub tree: Oid,
    pub author: String,
    /// The day of the author, where they were.
    pub day: Option<NaiveDate>,
    pub message: String,
}

impl Commit {
    /// The first line of the message.
    pub fn subject(&self) -> &str {
        self.message.lines().next().unwrap_or_default()
    }
}

/// An object: its id, its kind and its bytes.
pub type Found = (Oid, String, Vec<u8>);

/// The objects of a repository.
#[derive(Debug)]
pub struct Objects {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Objects {
    /// Starts reading.
    ///
    /// # Errors
    /// Where git is missing.
    pub fn open(repo: &Repo) -> Result<Objects, GitError> {
        let mut command = repo.reading();
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_run("cat-file", &error))?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GitError::Refused { command: "cat-file".to_string(), message: String::new() });
        };
        Ok(Objects { child, to, from: BufReader::with_capacity(64 << 10, from) })
    }

    /// The object of a name, with its id and its kind; `None` where there is none.
    ///
    /// # Errors
    /// Objects that are corrupt or too large; whatever git says when it ends.
    pub fn find(&mut self, name: &str) -> Result<Option<Found>, GitError> {
        self.find_all(&[name]).remove(0)
    }

    /// The objects of a few names, asked for in one breath: their answers come while nobody waits for the first.
    ///
    /// Each answer is as of [`Objects::find`].
    pub fn find_all(&mut self, names: &[&str]) -> Vec<Result<Option<Found>, GitError>> {
        // a line end would be a second question
        let is_name = |name: &str| !name.contains('\n') && !name.is_empty();
        let asked: String = names.iter().filter(|name| is_name(name)).map(|name| format!("{name}\n")).collect();
        // a process that has ended says so to who waits for its answer
        let _ = self.to.write_all(asked.as_bytes()).and_then(|()| self.to.flush());
        names.iter().map(|name| if is_name(name) { self.answer(name) } else { Ok(None) }).collect()
    }

    /// Reads the answer to a question.
    fn answer(&mut self, name: &str) -> Result<Option<Found>, GitError> {
        let mut head = String::new();
        match self.from.read_line(&mut head) {
            Ok(count) if count > 0 => {}
            Ok(_) | Err(_) => return Err(self.ended(name)),
        }
        let mut words = head.trim_end().rsplitn(3, ' ');
        let (Some(size), Some(kind), Some(oid)) = (words.next(), words.next(), words.next()) else { return Ok(None) };
        let (Ok(size), Some(oid)) = (size.parse::<u64>(), Oid::parse(oid)) else { return Ok(None) };
        let kind = kind.to_string();
        if size > MOST {
            let skipped = std::io::copy(&mut (&mut self.from).take(size + 1), &mut std::io::sink());
            return match skipped {
                Ok(_) => Err(GitError::TooLarge { object: name.to_string(), bytes: size }),
                Err(_) => Err(self.ended(name)),
            };
        }
        let mut bytes = vec![0; size as usize + 1];
        if self.from.read_exact(&mut bytes).is_err() {
            return Err(self.ended(name));
        }
        bytes.pop();
        Ok(Some((oid, kind, bytes)))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// An object that is not there or is no file counts as corrupt.
    pub fn blob(&mut self, oid: &Oid) -> Result<Vec<u8>, GitError> {
        self.of_kind(oid.as_str(), "blob")
    }

    /// The bytes of many files, in order; asked for in one breath, so that nobody waits for each answer.
    ///
    /// # Errors
    /// See [`Objects::blob`]; what `each` says.
    pub fn blobs<E: From<GitError>>(
        &mut self,
        oids: &[Oid],
        mut each: impl FnMut(&Oid, Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut done = Ok(());
        self.many(oids, "blob", |oid, answer| {
            if done.is_ok() {
                done = answer.map_err(E::from).and_then(|bytes| each(oid, bytes));
            }
        });
        done
    }

    /// Many commits, in order.
    ///
    /// # Errors
    /// Commits that cannot be read.
    pub fn commits(&mut self, oids: &[Oid]) -> Result<Vec<Commit>, GitError> {
        let broken = |oid: &Oid| GitError::Corrupt { object: oid.to_string(), message: "not a commit".to_string() };
        let mut commits = Vec::with_capacity(oids.len());
        self.many(oids, "commit", |oid, answer| {
            commits.push(answer.and_then(|bytes| parse_commit(oid.clone(), &bytes).ok_or_else(|| broken(oid))));
        });
        commits.into_iter().collect()
    }

    /// Many objects of one kind, in order; every answer is read, whatever it says.
    pub fn many(&mut self, oids: &[Oid], wanted: &str, mut each: impl FnMut(&Oid, Result<Vec<u8>, GitError>)) {
        // the questions of a part fit into the pipe, so that they never wait for answers
        for part in oids.chunks(400) {
            let asked: String = part.iter().map(|oid| format!("{oid}\n")).collect();
            // a process that has ended says so to who waits for its answer
            let _ = self.to.write_all(asked.as_bytes()).and_then(|()| self.to.flush());
            for oid in part {
                let answer = match self.answer(oid.as_str()) {
                    Ok(Some((_, kind, bytes))) if kind == wanted => Ok(bytes),
                    Ok(_) => Err(GitError::Corrupt { object: oid.to_string(), message: format!("missing {wanted}") }),
                    Err(error) => Err(error),
                };
                each(oid, answer);
            }
        }
    }

    pub(super) fn of_kind(&mut self, name: &str, wanted: &str) -> Result<Vec<u8>, GitError> {
        match self.find(name)? {
            Some((_, kind, bytes)) if kind == wanted => Ok(bytes),
            _ => Err(GitError::Corrupt { object: name.to_string(), message: format!("missing {wanted}") }),
        }
    }

    /// The commit that a revision is: a branch, tag, `HEAD~3`, the digits of an id.
    ///
    /// # Errors
    /// [`GitError::UnknownRevision`]; [`GitError::NoCommit`] for the head of an empty repository.
    pub fn commit(&mut self, revision: &str) -> Result<Commit, GitError> {
        let unknown = || match revision {
            "HEAD" => GitError::NoCommit,
            _ => GitError::UnknownRevision { text: revision.to_string() },
        };
        let is_name = !revision.is_empty() && !revision.starts_with('-') && !revision.contains(char::is_whitespace);
        if !is_name || revision.contains(':') {
            return Err(unknown());
        }
        let (oid, _, bytes) = self.find(&format!("{revision}^{{commit}}"))?.ok_or_else(unknown)?;
        parse_commit(oid, &bytes)
            .ok_or_else(|| GitError::Corrupt { object: revision.to_string(), message: "not a commit".to_string() })
    }

    /// Why the process ended.
    fn ended(&mut self, name: &str) -> GitError {
        let mut message = String::new();
        let _ = self.child.kill();
        if let Some(stderr) = self.child.stderr.take() {
            let mut bytes = Vec::new();
            let _ = stderr.take(4096).read_to_end(&mut bytes);
            message = String::from_utf8_lossy(&bytes).trim().to_string();
        }
        let _ = self.child.wait();
        match failure("cat-file", &message) {
            GitError::Corrupt { message, .. } => GitError::Corrupt { object: name.to_string(), message },
            other => other,
        }
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // it only reads, so that nothing is lost by ending it
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parse_commit(oid: Oid, bytes: &[u8]) -> Option<Commit> {
    let text = commit_text(bytes);
    let (head, message) = text.split_once("\n\n").unwrap_or((&text, ""));
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    let tree = Oid::parse(field("tree")?)?;
    let (author, day) = person(field("author").unwrap_or_default());
    Some(Commit { oid, tree, author, day, message: message.trim_end().to_string() })
}

/// The text of a commit, in whatever encoding it says it is.
fn commit_text(bytes: &[u8]) -> Cow<'_, str> {
    let head = memchr::memmem::find(bytes, b"\n\n").map_or(bytes, |end| &bytes[..end]);
    let named = memchr::memmem::find(head, b"\nencoding ").map(|at| &head[at + b"\nencoding ".len()..]);
    let label = named.map(|rest| rest.split(|byte| *byte == b'\n').next().unwrap_or(rest));
    match label.and_then(encoding_rs::Encoding::for_label) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => String::from_utf8_lossy(bytes),
    }
}

/// Name and day out of `小王 <wang@example.cn> 1717200000 +0800`.
fn person(line: &str) -> (String, Option<NaiveDate>) {
    let (name, rest) = line.split_once('<').unwrap_or((line, ""));
    let mut words = rest.rsplit_once('>').map_or("", |(_, when)| when).split_whitespace();
    let seconds: Option<i64> = words.next().and_then(|word| word.parse().ok());
    let zone = words.next().and_then(zone_seconds).unwrap_or(0);
    (name.trim().to_string(), seconds.and_then(|seconds| day_of(seconds, zone)))
}

/// `+0800` in seconds.
fn zone_seconds(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    Some((number / 100 * 60 + number % 100) * 60)
}

/// The day of a moment in a time zone.
pub(super) fn day_of(seconds: i64, zone: i64) -> Option<NaiveDate> {
    let days = seconds.checked_add(zone)?.div_euclid(86_400);
    NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}
