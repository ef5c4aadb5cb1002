//! Files that this machine keeps to itself: the view, what was seen, sent back, found in the history.

use std::path::Path;
use std::{fs, io};

/// Puts a private file in place as a whole, so that another window never reads half of it. Nothing is synced: what a power cut
/// takes is a comfort.
pub(super) fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let temp = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&temp, bytes)?;
    fs::rename(&temp, path)
}
