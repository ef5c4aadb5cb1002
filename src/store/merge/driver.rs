//! Merging three files on disk, as git asks its merge drivers to: the result takes the place of ours.

use super::{FileMerge, Versions, merge_file};
use crate::domain::By;
use crate::store::FileError;
use crate::store::file::MAX_FILE;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Merges the files and puts the result in the place of `ours`, whole or not at all. `name` is the path in the repository.
///
/// # Errors
/// Where a file cannot be read or the result not be written; ours is then as it was.
pub fn merge_paths(base: &Path, ours: &Path, theirs: &Path, name: &str) -> Result<FileMerge, FileError> {
    let (was, mine, yours) = (read(base)?, read(ours)?, read(theirs)?);
    let nobody = By::default();
    let merged = merge_file(&Versions {
        file: below_plan(name),
        base: Some(&was),
        ours: Some(&mine),
        theirs: Some(&yours),
        ours_by: &nobody,
        theirs_by: &nobody,
    });
    match &merged.bytes {
        Some(bytes) if *bytes != mine => put(ours, bytes)?,
        _ => {}
    }
    Ok(merged)
}

/// The path below the plan's folder: `tasks/3.1.toml` of `plans/<plan>/tasks/3.1.toml`.
fn below_plan(path: &str) -> &str {
    let inside = path.strip_prefix("plans/").or_else(|| path.split_once("/plans/").map(|(_, rest)| rest));
    inside.and_then(|rest| rest.split_once('/')).map_or(path, |(_, file)| file)
}

fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let io = |error| FileError::Io { path: path.to_path_buf(), error };
    let meta = fs::metadata(path).map_err(io)?;
    if meta.len() > MAX_FILE {
        return Err(FileError::TooLarge { path: path.to_path_buf(), bytes: meta.len() });
    }
    if !meta.is_file() {
        return Err(io(io::Error::other("not a regular file")));
    }
    fs::read(path).map_err(io)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let io = |error| FileError::Io { path: path.to_path_buf(), error };
    // a link keeps pointing
    let path = fs::canonicalize(path).map_err(io)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut temp = tempfile::Builder::new().prefix(".lianxi-").suffix(".tmp").tempfile_in(folder).map_err(io)?;
    temp.as_file().set_permissions(fs::metadata(&path).map_err(io)?.permissions()).map_err(io)?;
    temp.write_all(bytes).map_err(io)?;
    temp.persist(&path).map_err(|error| FileError::Io { path: path.clone(), error: error.error })?;
    Ok(())
}
