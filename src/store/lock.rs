//! The advisory lock for the moment of writing: two windows on one folder take turns.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

/// Held while files are written; released when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, waiting for another window to finish its save.
    ///
    /// # Errors
    /// Where the lock file cannot be made. A file system without locks counts as locked: the comparison of bytes before
    /// writing still holds.
    pub fn take(private: &Path) -> io::Result<Lock> {
        let path = private.join("lock");
        let open = || OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = match open() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(private)?;
                open()?
            }
            other => other?,
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => file.lock()?,
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error),
        }
        Ok(Lock { _file: file })
    }
}
