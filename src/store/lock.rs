//! The advisory lock for the moment of writing: two windows on one folder take turns.
//!
//! The lock file holds one letter: `B` while files are being written, `D` when that is done. Whoever takes the lock and finds a
//! `B` knows that the one before was cut off and may have left temporary files.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// Held while files are written; released when dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    is_busy: bool,
}

impl Lock {
    /// Takes the lock, waiting for another window to finish its save.
    ///
    /// # Errors
    /// Where the lock file cannot be made. A file system without locks counts as locked: the comparison of bytes before
    /// writing still holds.
    pub fn take(private: &Path) -> io::Result<Lock> {
        let path = private.join("lock");
        let open = || OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
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
        Ok(Lock { file, is_busy: false })
    }

    /// Whether somebody is writing now, or was cut off while writing.
    pub fn is_busy(private: &Path) -> bool {
        File::open(private.join("lock")).is_ok_and(|mut file| letter(&mut file) == Some(b'B'))
    }

    /// Whether the one before was cut off while writing.
    pub fn was_cut_off(&mut self) -> bool {
        letter(&mut self.file) == Some(b'B')
    }

    /// Notes that files are being written, until the lock is dropped.
    pub fn begin(&mut self) {
        self.is_busy = true;
        self.note(b"B");
    }

    /// Notes that nothing is left of the one before.
    pub fn swept(&mut self) {
        self.note(b"D");
    }

    /// It only saves a search for leftovers, so that it cannot be written is no reason not to save.
    fn note(&mut self, letter: &[u8]) {
        let _ = self.file.rewind().and_then(|()| self.file.write_all(letter));
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.is_busy {
            self.note(b"D");
        }
    }
}

fn letter(file: &mut File) -> Option<u8> {
    let mut letter = [0];
    file.rewind().and_then(|()| file.read_exact(&mut letter)).ok()?;
    Some(letter[0])
}
