//! Putting a file anywhere the user says: an export. Whole or not at all, like every file that we write.

use super::FileError;
use std::io::Write;
use std::path::Path;
use std::{fs, io};

/// What was there before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Put {
    New,
    Replaced,
    /// The very same bytes: nothing was written.
    Same,
}

/// Writes a file; its folder has to be there.
///
/// # Errors
/// Whatever the disk says; the old file then still stands.
pub fn put_file(path: &Path, bytes: &[u8]) -> Result<Put, FileError> {
    let io = |error: io::Error| FileError::Io { path: path.to_path_buf(), error };
    let put = match fs::read(path) {
        Ok(before) if before == bytes => return Ok(Put::Same),
        Ok(_) => Put::Replaced,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Put::New,
        Err(error) => return Err(io(error)),
    };
    // a link keeps pointing
    let target = if put == Put::Replaced { fs::canonicalize(path).map_err(io)? } else { path.to_path_buf() };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temp = super::file::new_temp(folder).map_err(io)?;
    if put == Put::Replaced {
        temp.as_file().set_permissions(fs::metadata(&target).map_err(io)?.permissions()).map_err(io)?;
    }
    temp.write_all(bytes).map_err(io)?;
    temp.as_file().sync_all().map_err(io)?;
    temp.persist(&target).map_err(|error| io(error.error))?;
    super::file::sync_folder(folder);
    Ok(put)
}
