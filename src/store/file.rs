//! Reading files below one folder, and putting new ones in their place without ever leaving half a file.

use crate::domain::Str;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 64 << 20;

/// What the names of temporary files begin and end with.
const TEMP_PREFIX: &str = ".lianxi-";
const TEMP_SUFFIX: &str = ".tmp";

/// A folder that paths from data must not leave.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
}

/// Why a file could not be read or written.
#[derive(Debug)]
pub enum FileError {
    Io { path: PathBuf, error: io::Error },
    NotUtf8 { path: PathBuf, line: u32 },
    TooLarge { path: PathBuf, bytes: u64 },
    Outside { path: PathBuf },
}

impl Folder {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Folder { path: path.into() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The full path of a relative one.
    ///
    /// # Errors
    /// [`FileError::Outside`] where it would climb out of the folder.
    pub fn join(&self, relative: &str) -> Result<PathBuf, FileError> {
        let path = Path::new(relative);
        let stays = path.components().all(|part| matches!(part, Component::Normal(_)));
        if stays { Ok(self.path.join(path)) } else { Err(FileError::Outside { path: path.to_path_buf() }) }
    }

    /// Reads a text file; `None` where there is none.
    ///
    /// # Errors
    /// Files over [`MAX_FILE`], links that leave the folder, and text that is not UTF-8 are refused.
    pub fn read(&self, relative: &str) -> Result<Option<Str>, FileError> {
        let path = self.join(relative)?;
        self.check_folders(&path)?;
        let io = |error| FileError::Io { path: path.clone(), error };
        let file = match open_without_links(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(_) if fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink()) => {
                let real = fs::canonicalize(&path).map_err(io)?;
                let home = fs::canonicalize(&self.path).map_err(io)?;
                if !real.starts_with(home) {
                    return Err(FileError::Outside { path });
                }
                File::open(real).map_err(io)?
            }
            Err(error) => return Err(io(error)),
        };
        text_of(file, &path).map(Some)
    }

    /// The beginning of a text file, up to a character; `None` where the file is not longer, or odd in any way.
    pub fn read_start(&self, relative: &str, most: usize) -> Option<Str> {
        let mut file = open_without_links(&self.join(relative).ok()?).ok()?;
        let meta = file.metadata().ok()?;
        if !meta.is_file() || meta.len() <= most as u64 || meta.len() > MAX_FILE {
            return None;
        }
        let mut bytes = vec![0; most];
        file.read_exact(&mut bytes).ok()?;
        let whole = match simdutf8::compat::from_utf8(&bytes) {
            Ok(_) => bytes.len(),
            Err(error) => error.valid_up_to(),
        };
        std::str::from_utf8(&bytes[..whole]).ok().map(Str::from)
    }

    /// Opens a folder below, for reading many of its files; `None` where it is a link or is not there.
    pub fn below(&self, relative: &str) -> Option<Below> {
        let path = self.join(relative).ok()?;
        self.check_folders(&path).ok()?;
        Below::open(&path)
    }

    /// Reads a file of a folder below that has been opened; `None` where there is none.
    ///
    /// # Errors
    /// See [`Folder::read`].
    pub fn read_below(&self, below: &Below, relative: &str) -> Result<Option<Str>, FileError> {
        let path = self.join(relative)?;
        match path.file_name().and_then(|name| below.file(name)) {
            Some(file) => text_of(file, &path).map(Some),
            // missing or a link: the long way tells which
            None => self.read(relative),
        }
    }

    /// The names in a folder below, sorted; empty where there is none.
    ///
    /// # Errors
    /// A folder that is a link out of this one, or that cannot be listed.
    pub fn list(&self, relative: &str) -> Result<Vec<String>, FileError> {
        let path = self.join(relative)?;
        let io = |error| FileError::Io { path: path.clone(), error };
        self.check_folders(&path)?;
        self.check_folder(&path)?;
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(io(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            if let Ok(name) = entry.map_err(io)?.file_name().into_string() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Refuses a path on which a folder is a link out of this one.
    fn check_folders(&self, path: &Path) -> Result<(), FileError> {
        let between = path.ancestors().skip(1).take_while(|folder| *folder != self.path);
        between.into_iter().try_for_each(|folder| self.check_folder(folder))
    }

    /// Refuses a folder that is a link out of this one.
    fn check_folder(&self, path: &Path) -> Result<(), FileError> {
        if fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink()) {
            let home = fs::canonicalize(&self.path);
            let real = fs::canonicalize(path);
            if !matches!((home, real), (Ok(home), Ok(real)) if real.starts_with(&home)) {
                return Err(FileError::Outside { path: path.to_path_buf() });
            }
        }
        Ok(())
    }

    /// Writes a temporary file beside `relative`, synced to disk; the caller then gives it its name with `put`.
    ///
    /// A link keeps pointing: the file is made beside what it points to. Permission bits are those of the file it replaces.
    ///
    /// # Errors
    /// Whatever the disk says; the temporary file is then gone.
    pub fn prepare(&self, relative: &str, text: &str) -> Result<Prepared, FileError> {
        let path = self.join(relative)?;
        self.check_folders(&path)?;
        let target = self.target(&path)?;
        let io = |error| FileError::Io { path: path.clone(), error };
        let folder = target.parent().unwrap_or(&self.path);
        if !folder.is_dir() {
            create_folders(folder).map_err(io)?;
        }
        let mut temp = new_temp(folder).map_err(io)?;
        if let Ok(meta) = fs::metadata(&target) {
            temp.as_file().set_permissions(meta.permissions()).map_err(io)?;
        }
        temp.write_all(text.as_bytes()).map_err(io)?;
        temp.as_file().sync_all().map_err(io)?;
        // from here on the journal owns it: it must survive this process
        let (_, temp) = temp.keep().map_err(|error| FileError::Io { path: path.clone(), error: error.error })?;
        Ok(Prepared { temp, target })
    }

    /// The prepared file of an earlier process, by the name that the journal has of it.
    ///
    /// # Errors
    /// A name that is not a temporary file's, a target outside.
    pub(super) fn prepared(&self, relative: &str, temp: &str) -> Result<Prepared, FileError> {
        let path = self.join(relative)?;
        self.check_folders(&path)?;
        let target = self.target(&path)?;
        if !is_temp(temp) {
            return Err(FileError::Outside { path: temp.into() });
        }
        Ok(Prepared { temp: target.with_file_name(temp), target })
    }

    /// Removes the temporary files that a cut-off save left in this folder and one or two levels below. The caller holds the lock.
    pub(super) fn sweep(&self) {
        let mut folders = vec![(self.path.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let Ok(kind) = entry.file_type() else { continue };
                if kind.is_dir() && depth < 2 {
                    folders.push((entry.path(), depth + 1));
                } else if kind.is_file() && entry.file_name().to_str().is_some_and(is_temp) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    /// What a path points to, links followed inside the folder only.
    fn target(&self, path: &Path) -> Result<PathBuf, FileError> {
        if !fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink()) {
            return Ok(path.to_path_buf());
        }
        let io = |error| FileError::Io { path: path.to_path_buf(), error };
        let real = fs::canonicalize(path).map_err(io)?;
        let home = fs::canonicalize(&self.path).map_err(io)?;
        if real.starts_with(home) { Ok(real) } else { Err(FileError::Outside { path: path.to_path_buf() }) }
    }

    /// Removes a file; that it is already gone is fine.
    ///
    /// # Errors
    /// Whatever the disk says.
    pub fn remove(&self, relative: &str) -> Result<(), FileError> {
        let path = self.join(relative)?;
        self.check_folders(&path)?;
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::Io { path, error }),
            _ => {
                if let Some(folder) = path.parent() {
                    // an empty folder says nothing; git does not keep it either
                    let _ = fs::remove_dir(folder);
                    sync_folder(if folder.is_dir() { folder } else { &self.path });
                }
                Ok(())
            }
        }
    }
}

/// A synced temporary file and the file that it becomes.
#[derive(Debug)]
pub struct Prepared {
    pub temp: PathBuf,
    pub target: PathBuf,
}

impl Prepared {
    /// Gives the temporary file its name and makes the name durable.
    ///
    /// # Errors
    /// Whatever the disk says; the old file then still stands.
    pub fn put(&self) -> Result<(), FileError> {
        let io = |error| FileError::Io { path: self.target.clone(), error };
        fs::rename(&self.temp, &self.target).map_err(io)?;
        if let Some(folder) = self.target.parent() {
            sync_folder(folder);
        }
        Ok(())
    }

    /// Throws the temporary file away.
    pub fn discard(&self) {
        let _ = fs::remove_file(&self.temp);
    }

    /// The temporary file's name, which stands beside the target.
    pub fn temp_name(&self) -> OsString {
        self.temp.file_name().unwrap_or_default().to_os_string()
    }
}

/// Whether a file name is one of ours for a file that is being written.
fn is_temp(name: &str) -> bool {
    name.starts_with(TEMP_PREFIX) && name.ends_with(TEMP_SUFFIX) && !name.contains(['/', '\\'])
}

/// Makes folders and syncs the ones that hold them, so that a new folder survives a power cut.
fn create_folders(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(parent)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    if let Some(parent) = folder.parent() {
        sync_folder(parent);
    }
    Ok(())
}

/// Syncs a folder's names. Some file systems cannot; the rename has then been as safe as they make it.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// The text of an open file, as long as the file is now.
fn text_of(mut file: File, path: &Path) -> Result<Str, FileError> {
    let io = |error| FileError::Io { path: path.to_path_buf(), error };
    let meta = file.metadata().map_err(io)?;
    if meta.len() > MAX_FILE {
        return Err(FileError::TooLarge { path: path.to_path_buf(), bytes: meta.len() });
    }
    if !meta.is_file() {
        return Err(io(io::Error::other("not a regular file")));
    }
    let mut bytes = vec![0; meta.len() as usize];
    let mut filled = 0;
    while filled < bytes.len() {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(io(error)),
        }
    }
    bytes.truncate(filled);
    match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() as u32 + 1;
            Err(FileError::NotUtf8 { path: path.to_path_buf(), line })
        }
    }
}

/// An open folder: its files are found without walking the whole path for each.
#[derive(Debug)]
pub struct Below {
    #[cfg(unix)]
    folder: File,
}

#[cfg(unix)]
impl Below {
    fn open(path: &Path) -> Option<Below> {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let folder = rustix::fs::open(path, flags, Mode::empty()).ok()?;
        Some(Below { folder: folder.into() })
    }

    fn file(&self, name: &OsStr) -> Option<File> {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        rustix::fs::openat(&self.folder, name, flags, Mode::empty()).ok().map(File::from)
    }
}

#[cfg(not(unix))]
impl Below {
    fn open(_path: &Path) -> Option<Below> {
        None
    }

    fn file(&self, _name: &OsStr) -> Option<File> {
        None
    }
}

#[cfg(unix)]
pub(super) fn open_without_links(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
pub(super) fn open_without_links(path: &Path) -> io::Result<File> {
    if fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("a link"));
    }
    File::open(path)
}

/// A new file gets the permissions that the user's umask gives, not the private ones of a temporary file.
pub(super) fn new_temp(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMP_PREFIX).suffix(TEMP_SUFFIX);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}
