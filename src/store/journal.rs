//! The op log of one plan: every save, so that it can be completed after a crash and undone after a restart.
//!
//! One record a line: a state letter, a blank, JSON. `B` is written and synced before the first file is renamed and becomes `D`
//! when all of them are; an open `B` at the end of the log is a save that was cut off, which the next open completes. Records
//! carry the places of the undo and redo stacks as offsets of earlier records, so that a save reads one record and not the log.
//! The log is private to this machine and is never committed.

use super::file::{FileError, Folder, Prepared};
use super::lock::Lock;
use super::splice::Splice;
use crate::domain::Str;
use crate::edit::Change;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A file before and after a save.
#[derive(Clone, Debug, PartialEq)]
pub struct FileEdit {
    /// Path below the plan's folder.
    pub file: String,
    pub before: Option<Str>,
    pub after: Option<Str>,
}

/// One save in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub verb: String,
    pub changes: Vec<Change>,
    pub files: Vec<FileRecord>,
    /// Where the record stands that the next undo takes back, and the next redo brings again.
    pub undo: Option<u64>,
    pub redo: Option<u64>,
    /// What lies below this record on its stack: the undo stack, or the redo stack if it is an undo.
    pub below: Option<u64>,
}

/// One file of a save.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileRecord {
    pub file: String,
    /// Hash of the bytes before and after; `None` where there was no file.
    pub before: Option<u64>,
    pub after: Option<u64>,
    /// The temporary file's name, beside the file.
    pub temp: Option<String>,
    pub splices: Vec<SpliceRecord>,
}

/// A replaced piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpliceRecord {
    pub at: usize,
    pub old: String,
    pub new: String,
}

/// Where the next undo and the next redo find their records.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Tops {
    pub undo: Option<u64>,
    pub redo: Option<u64>,
}

/// What opening the log found.
#[derive(Clone, Debug, PartialEq)]
pub enum Recovery {
    Clean,
    /// A save was cut off and is now complete.
    Completed {
        files: Vec<String>,
    },
}

/// Why a save did not happen.
#[derive(Debug)]
pub enum JournalError {
    /// The bytes on disk are not the bytes that were read.
    ChangedOnDisk {
        file: String,
    },
    File(FileError),
    /// The private folder cannot be written.
    Private {
        path: PathBuf,
        error: io::Error,
    },
    /// A file was renamed and the next one could not be; the log completes the save at the next open.
    HalfDone {
        error: FileError,
    },
}

/// The op log.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
}

impl Journal {
    pub fn new(private: &Path) -> Self {
        Journal { path: private.join("oplog") }
    }

    fn error(&self, error: io::Error) -> JournalError {
        JournalError::Private { path: self.path.clone(), error }
    }

    /// Completes a save that a crash cut off, and sweeps up what it left.
    ///
    /// # Errors
    /// Where the completing itself fails; the log stays open and the next call tries again.
    pub fn recover(&self, folder: &Folder, lock: &mut Lock) -> Result<Recovery, JournalError> {
        let recovery = self.complete_last(folder)?;
        if lock.was_cut_off() {
            folder.sweep();
            lock.swept();
        }
        Ok(recovery)
    }

    fn complete_last(&self, folder: &Folder) -> Result<Recovery, JournalError> {
        let Some((at, state, line)) = self.last_line()? else { return Ok(Recovery::Clean) };
        if state != b'B' {
            return Ok(Recovery::Clean);
        }
        let Ok(record) = serde_json::from_slice::<Record>(&line) else {
            // the line itself was cut off: no file had been touched yet
            let file = OpenOptions::new().write(true).open(&self.path).map_err(|e| self.error(e))?;
            file.set_len(at).map_err(|e| self.error(e))?;
            return Ok(Recovery::Clean);
        };
        let mut files = Vec::new();
        for part in &record.files {
            if complete(folder, part)? {
                files.push(part.file.clone());
            }
        }
        self.mark_done(at)?;
        Ok(Recovery::Completed { files })
    }

    /// Saves files together: compares the disk, prepares, logs, renames. The caller holds the lock.
    ///
    /// # Errors
    /// Nothing has changed on disk unless the error is [`JournalError::HalfDone`].
    pub fn save(&self, folder: &Folder, edits: &[FileEdit], mut record: Record) -> Result<(), JournalError> {
        for edit in edits {
            let disk = folder.read(&edit.file).map_err(JournalError::File)?;
            if disk != edit.before {
                return Err(JournalError::ChangedOnDisk { file: edit.file.clone() });
            }
        }
        let mut prepared: Vec<Option<Prepared>> = Vec::new();
        let discard = |prepared: &[Option<Prepared>]| prepared.iter().flatten().for_each(Prepared::discard);
        for edit in edits {
            match &edit.after {
                None => prepared.push(None),
                Some(text) => match folder.prepare(&edit.file, text) {
                    Ok(one) => prepared.push(Some(one)),
                    Err(error) => {
                        discard(&prepared);
                        return Err(JournalError::File(error));
                    }
                },
            }
        }
        record.files = edits.iter().zip(&prepared).map(|(edit, one)| file_record(edit, one.as_ref())).collect();
        let at = match self.append(&mut record) {
            Ok(at) => at,
            Err(error) => {
                discard(&prepared);
                return Err(error);
            }
        };
        for (done, (edit, one)) in edits.iter().zip(&prepared).enumerate() {
            let result = match one {
                Some(one) => one.put(),
                None => folder.remove(&edit.file),
            };
            if let Err(error) = result {
                // the record goes first: without its temporary files it would be completed all the same
                if done > 0 || self.truncate(at).is_err() {
                    return Err(JournalError::HalfDone { error });
                }
                discard(&prepared);
                return Err(JournalError::File(error));
            }
        }
        // all files have their names: a record that could not be marked is found complete by the next one who looks
        let _ = self.mark_done(at);
        Ok(())
    }

    /// The record at an offset.
    ///
    /// # Errors
    /// Where the log cannot be read; `None` where no record stands there.
    pub fn record(&self, at: u64) -> Result<Option<Record>, JournalError> {
        let mut file = File::open(&self.path).map_err(|e| self.error(e))?;
        file.seek(SeekFrom::Start(at)).map_err(|e| self.error(e))?;
        let mut line = Vec::new();
        let mut block = [0; 8192];
        loop {
            let n = file.read(&mut block).map_err(|e| self.error(e))?;
            let end = memchr::memchr(b'\n', &block[..n]);
            line.extend_from_slice(&block[..end.unwrap_or(n)]);
            if n == 0 || end.is_some() {
                break;
            }
        }
        Ok(line.get(2..).and_then(|json| serde_json::from_slice(json).ok()))
    }

    /// Whether the last save was cut off.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn is_open(&self) -> Result<bool, JournalError> {
        Ok(self.last_line()?.is_some_and(|(_, state, _)| state == b'B'))
    }

    /// Where the next undo and the next redo find their records; `None` where the log ends in something else than a record.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn tops(&self) -> Result<Option<Tops>, JournalError> {
        let Some((_, _, line)) = self.last_line()? else { return Ok(Some(Tops::default())) };
        let record: Option<Record> = serde_json::from_slice(&line).ok();
        Ok(record.map(|record| Tops { undo: record.undo, redo: record.redo }))
    }

    /// The last line: its offset, its state letter, its JSON.
    fn last_line(&self) -> Result<Option<(u64, u8, Vec<u8>)>, JournalError> {
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.error(error)),
        };
        let length = file.metadata().map_err(|e| self.error(e))?.len();
        let mut tail = Vec::new();
        let mut from = length;
        // read backwards, a block at a time, until the line end before the last line
        while from > 0 {
            let size = from.min(4096 + tail.len() as u64);
            from -= size;
            let mut block = vec![0; size as usize];
            file.seek(SeekFrom::Start(from)).map_err(|e| self.error(e))?;
            file.read_exact(&mut block).map_err(|e| self.error(e))?;
            block.extend_from_slice(&tail);
            tail = block;
            let body = tail.strip_suffix(b"\n").unwrap_or(&tail);
            if let Some(newline) = memchr::memrchr(b'\n', body) {
                from += newline as u64 + 1;
                tail.drain(..=newline);
                break;
            }
        }
        while tail.last() == Some(&b'\n') {
            tail.pop();
        }
        if tail.is_empty() {
            return Ok(None);
        }
        let state = tail[0];
        Ok(Some((from, state, tail.split_off(2.min(tail.len())))))
    }

    /// Appends a record as begun, durably; its offset. A record that is its own undo target gets that offset.
    fn append(&self, record: &mut Record) -> Result<u64, JournalError> {
        let is_new = !self.path.exists();
        let open = OpenOptions::new().create(true).read(true).append(true).open(&self.path);
        let mut file = open.map_err(|e| self.error(e))?;
        let length = file.metadata().map_err(|e| self.error(e))?.len();
        let mut last = [b'\n'];
        if length > 0 {
            let read = file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last));
            read.map_err(|e| self.error(e))?;
        }
        // whatever the log ends in, a record begins a line
        let newline: &[u8] = if last == [b'\n'] { b"" } else { b"\n" };
        let at = length + newline.len() as u64;
        for stack in [&mut record.undo, &mut record.redo] {
            if *stack == Some(HERE) {
                *stack = Some(at);
            }
        }
        let mut line = [newline, b"B "].concat();
        serde_json::to_writer(&mut line, record).map_err(|e| self.error(e.into()))?;
        line.push(b'\n');
        let written = file.write_all(&line).and_then(|()| file.sync_data());
        if let Err(error) = written {
            let _ = file.set_len(length);
            return Err(self.error(error));
        }
        if is_new && let Some(folder) = self.path.parent() {
            super::file::sync_folder(folder);
        }
        Ok(at)
    }

    fn truncate(&self, at: u64) -> Result<(), JournalError> {
        let file = OpenOptions::new().write(true).open(&self.path).map_err(|e| self.error(e))?;
        file.set_len(at).map_err(|e| self.error(e))
    }

    fn mark_done(&self, at: u64) -> Result<(), JournalError> {
        let mut file = OpenOptions::new().write(true).open(&self.path).map_err(|e| self.error(e))?;
        file.seek(SeekFrom::Start(at)).and_then(|_| file.write_all(b"D")).map_err(|e| self.error(e))
    }

    /// Makes the private folder where it is missing.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn prepare(private: &Path) -> Result<(), JournalError> {
        fs::create_dir_all(private).map_err(|error| JournalError::Private { path: private.to_path_buf(), error })
    }
}

/// Completes one file of a cut-off save; whether it had to be written.
///
/// Bytes that neither side wrote are somebody's work since: they stand. A prepared file that is gone is made again.
fn complete(folder: &Folder, part: &FileRecord) -> Result<bool, JournalError> {
    let prepared = part.temp.as_ref().map(|temp| folder.prepared(&part.file, temp));
    let prepared = match prepared.transpose() {
        Ok(prepared) => prepared,
        Err(FileError::Outside { .. }) => return Ok(false),
        Err(error) => return Err(JournalError::File(error)),
    };
    let discard = || prepared.iter().for_each(Prepared::discard);
    let now = match folder.read(&part.file) {
        Ok(now) => now,
        Err(FileError::NotUtf8 { .. } | FileError::TooLarge { .. } | FileError::Outside { .. }) => {
            discard();
            return Ok(false);
        }
        Err(error @ FileError::Io { .. }) => return Err(JournalError::File(error)),
    };
    if hash_of(now.as_deref()) != part.before || part.before == part.after {
        discard();
        return Ok(false);
    }
    let Some(prepared) = prepared else {
        folder.remove(&part.file).map_err(JournalError::File)?;
        return Ok(true);
    };
    let is_whole = fs::read_to_string(&prepared.temp).is_ok_and(|text| hash_of(Some(&text)) == part.after);
    let made_again = match is_whole {
        true => Some(prepared),
        false => match part.redone(now.as_deref()).flatten() {
            Some(text) => Some(folder.prepare(&part.file, &text).map_err(JournalError::File)?),
            None => None,
        },
    };
    made_again.map_or(Ok(false), |one| one.put().map(|()| true).map_err(JournalError::File))
}

/// Stands for the offset that a record is about to get.
pub const HERE: u64 = u64::MAX;

fn file_record(edit: &FileEdit, prepared: Option<&Prepared>) -> FileRecord {
    let splices = match (&edit.before, &edit.after) {
        (Some(before), Some(after)) => vec![difference(before, after)],
        _ => Vec::new(),
    };
    let whole = |text: &Option<Str>| text.as_ref().map_or(String::new(), |text| text.to_string());
    let splices = match splices.is_empty() {
        false => splices,
        true => vec![Splice { at: 0, old: whole(&edit.before), new: whole(&edit.after) }],
    };
    FileRecord {
        file: edit.file.clone(),
        before: hash_of(edit.before.as_deref()),
        after: hash_of(edit.after.as_deref()),
        temp: prepared.map(|one| one.temp_name().to_string_lossy().into_owned()),
        splices: splices.into_iter().map(|s| SpliceRecord { at: s.at, old: s.old, new: s.new }).collect(),
    }
}

/// The one piece in which two texts differ: what is left without their common beginning and end.
fn difference(before: &str, after: &str) -> Splice {
    let mut start = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    while !before.is_char_boundary(start) || !after.is_char_boundary(start) {
        start -= 1;
    }
    let (old, new) = (&before[start..], &after[start..]);
    let mut end = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(old.len() - end) || !new.is_char_boundary(new.len() - end) {
        end -= 1;
    }
    Splice { at: start, old: old[..old.len() - end].to_string(), new: new[..new.len() - end].to_string() }
}

impl FileRecord {
    /// The file as it was before the save, if `now` is what the save left; `None` where somebody has written since.
    pub fn undone(&self, now: Option<&str>) -> Option<Option<Str>> {
        self.exchanged(now, self.after, self.before, |splice| (&splice.new, &splice.old))
    }

    /// The file as the save left it, if `now` is what it was before.
    pub fn redone(&self, now: Option<&str>) -> Option<Option<Str>> {
        self.exchanged(now, self.before, self.after, |splice| (&splice.old, &splice.new))
    }

    fn exchanged(
        &self,
        now: Option<&str>,
        from: Option<u64>,
        to: Option<u64>,
        sides: impl Fn(&SpliceRecord) -> (&String, &String),
    ) -> Option<Option<Str>> {
        if hash_of(now) != from {
            return None;
        }
        if to.is_none() {
            return Some(None);
        }
        let mut text = now.unwrap_or_default().to_string();
        for splice in &self.splices {
            let (old, new) = sides(splice);
            let range = splice.at..splice.at.checked_add(old.len())?;
            if text.get(range.clone()) != Some(old) {
                return None;
            }
            text.replace_range(range, new);
        }
        (hash_of(Some(&text)) == to).then(|| Some(text.into()))
    }
}

/// FNV-1a with a final mix: tells versions of a file apart, nothing more.
pub(super) fn hash_of(text: Option<&str>) -> Option<u64> {
    text.map(|text| {
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        hasher.write(text.as_bytes());
        hasher.finish()
    })
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
