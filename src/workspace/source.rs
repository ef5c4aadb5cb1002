//! Where the files of a plan are read from: the folder on disk, or a state that git keeps.

use super::State;
use crate::domain::Str;
use crate::git::{GitError, Objects, Oid};
use crate::store::{Below, FileError, Folder};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Where the files of a plan are read from.
#[derive(Debug)]
pub(super) enum Source {
    Disk(Folder),
    Kept(Box<Kept>),
}

/// A state that git keeps: the names of its files, whose bytes are read when they are asked for.
#[derive(Debug)]
pub(super) struct Kept {
    pub state: State,
    files: BTreeMap<String, Oid>,
    objects: RefCell<Objects>,
}

impl Source {
    pub fn kept(&self) -> Option<&Kept> {
        match self {
            Source::Disk(_) => None,
            Source::Kept(kept) => Some(kept),
        }
    }

    /// Reads a text file; `None` where there is none.
    pub fn read(&self, name: &str) -> Result<Option<Str>, FileError> {
        match self {
            Source::Disk(folder) => folder.read(name),
            Source::Kept(kept) => kept.read(name),
        }
    }

    /// The beginning of a text file, where it is longer than that and nothing is odd about it.
    pub fn read_start(&self, name: &str, most: usize) -> Option<Str> {
        match self {
            Source::Disk(folder) => folder.read_start(name, most),
            Source::Kept(_) => None,
        }
    }

    /// Opens a folder for reading many of its files.
    pub fn below(&self, name: &str) -> Option<Below> {
        match self {
            Source::Disk(folder) => folder.below(name),
            Source::Kept(_) => None,
        }
    }

    pub fn read_below(&self, below: &Below, name: &str) -> Result<Option<Str>, FileError> {
        match self {
            Source::Disk(folder) => folder.read_below(below, name),
            Source::Kept(kept) => kept.read(name),
        }
    }

    /// The names in a folder, sorted; empty where there is none.
    pub fn list(&self, name: &str) -> Result<Vec<String>, FileError> {
        match self {
            Source::Disk(folder) => folder.list(name),
            Source::Kept(kept) => Ok(kept.list(name)),
        }
    }
}

impl Kept {
    pub fn new(state: State, files: BTreeMap<String, Oid>, objects: Objects) -> Kept {
        Kept { state, files, objects: RefCell::new(objects) }
    }

    fn read(&self, name: &str) -> Result<Option<Str>, FileError> {
        let Some(oid) = self.files.get(name) else { return Ok(None) };
        let bytes = self.objects.borrow_mut().blob(oid).map_err(|error| blob_error(name, error))?;
        text_of_blob(name, bytes).map(Some)
    }

    fn list(&self, name: &str) -> Vec<String> {
        let prefix = format!("{name}/");
        let below = self.files.range(prefix.clone()..).map_while(|(path, _)| path.strip_prefix(&prefix));
        let names: BTreeSet<&str> = below.map(|path| path.split('/').next().unwrap_or(path)).collect();
        names.into_iter().map(str::to_string).collect()
    }
}

/// The text of a blob.
pub(super) fn text_of_blob(name: &str, bytes: Vec<u8>) -> Result<Str, FileError> {
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() as u32 + 1;
            Err(FileError::NotUtf8 { path: name.into(), line })
        }
    }
}

/// What an object that cannot be read is to who wanted a file.
pub(super) fn blob_error(name: &str, error: GitError) -> FileError {
    match error {
        GitError::TooLarge { bytes, .. } => FileError::TooLarge { path: name.into(), bytes },
        error => FileError::Io { path: name.into(), error: io::Error::other(message(error)) },
    }
}

fn message(error: GitError) -> String {
    match error {
        GitError::Corrupt { object, message } => format!("git: {object}: {message}"),
        GitError::Untrusted { message } | GitError::Refused { message, .. } => format!("git: {message}"),
        GitError::Missing => "git".to_string(),
        GitError::NoRepository { path } => format!("git: {}", path.display()),
        GitError::NoCommit | GitError::Unfinished(_) | GitError::BeforeHistory { .. } => "git".to_string(),
        GitError::UnknownRevision { text } | GitError::CutOff { text } => format!("git: {text}"),
        GitError::TooLarge { object, bytes } => format!("git: {object}: {bytes}"),
    }
}
