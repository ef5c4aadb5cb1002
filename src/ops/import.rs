//! Importing an official document as a new plan: read, propose, and on demand write, everything or nothing.

use crate::domain::{Due, Node, NodeId, Str, UnitId};
use crate::import::{self, Charset, DecodeError, Imported, ReadingsError};
use crate::store::{FileError, Folder, layout, read_doc, read_tables, splice};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What is to be imported.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest<'a> {
    pub file: &'a Path,
    /// A person's list of readings.
    pub readings: Option<&'a Path>,
    /// The new plan's id.
    pub plan: &'a str,
    /// Reads and reports, and writes nothing.
    pub dry_run: bool,
}

/// What was read, and what was written.
#[derive(Clone, Debug)]
pub struct ImportReport {
    pub charset: Charset,
    pub crlf: bool,
    pub imported: Imported,
    /// The plan's folder; `None` for a dry run.
    pub written: Option<PathBuf>,
}

/// Why nothing was imported. Nothing was written then.
#[derive(Debug)]
pub enum ImportRefusal {
    BadId {
        id: String,
    },
    Exists {
        id: String,
    },
    NotFound {
        path: PathBuf,
    },
    TooLarge {
        path: PathBuf,
        bytes: usize,
        limit: usize,
    },
    NotText {
        path: PathBuf,
        line: usize,
        column: usize,
    },
    Readings {
        path: PathBuf,
        errors: Vec<ReadingsError>,
    },
    /// No chapter, heading or item was found.
    Nothing {
        path: PathBuf,
    },
    File(FileError),
    /// A written file did not read back as intended; a bug, caught before the plan got its name.
    ReadBack {
        file: String,
    },
}

/// Imports a document below a root.
///
/// # Errors
/// See [`ImportRefusal`].
pub fn import(root: &Path, request: ImportRequest) -> Result<ImportReport, ImportRefusal> {
    let id = request.plan;
    let is_id = !id.is_empty() && id.len() <= 64 && !id.starts_with('-');
    if !is_id || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Err(ImportRefusal::BadId { id: id.to_string() });
    }
    let plans = root.join("plans");
    if !request.dry_run && plans.join(id).symlink_metadata().is_ok() {
        return Err(ImportRefusal::Exists { id: id.to_string() });
    }
    let decoded = read(request.file)?;
    let mut imported = import::read_official(&decoded.text);
    let mut readings = None;
    if let Some(path) = request.readings {
        let list = read(path)?.text;
        let read = import::with_readings(&imported, &list);
        imported = read.map_err(|errors| ImportRefusal::Readings { path: path.to_path_buf(), errors })?;
        readings = Some(list);
    }
    if !imported.text.nodes.iter().any(|node| node.kind.in_tree()) {
        return Err(ImportRefusal::Nothing { path: request.file.to_path_buf() });
    }
    let written = match request.dry_run {
        true => None,
        false => Some(write(&plans, id, &imported, readings)?),
    };
    Ok(ImportReport { charset: decoded.charset, crlf: decoded.crlf, imported, written })
}

/// Reads a file as text, whatever its encoding.
fn read(path: &Path) -> Result<import::Decoded, ImportRefusal> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => ImportRefusal::NotFound { path: path.to_path_buf() },
        _ => ImportRefusal::File(FileError::Io { path: path.to_path_buf(), error }),
    };
    let too_large = |bytes| ImportRefusal::TooLarge { path: path.to_path_buf(), bytes, limit: import::LIMIT };
    let meta = fs::metadata(path).map_err(io)?;
    if !meta.is_file() {
        return Err(io(io::Error::other("not a regular file")));
    }
    if meta.len() > import::LIMIT as u64 {
        return Err(too_large(usize::try_from(meta.len()).unwrap_or(usize::MAX)));
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(import::LIMIT as u64 + 1).read_to_end(&mut bytes)).map_err(io)?;
    import::decode(&bytes).map_err(|error| match error {
        DecodeError::TooLarge { size, .. } => too_large(size),
        DecodeError::BadByte { line, column, .. } => ImportRefusal::NotText { path: path.to_path_buf(), line, column },
    })
}

/// Writes a plan beside the others and then gives it its name; a failure leaves nothing.
fn write(plans: &Path, id: &str, imported: &Imported, readings: Option<String>) -> Result<PathBuf, ImportRefusal> {
    let files = files(imported, readings);
    check_read_back(imported, &files)?;
    let temp = plans.join(format!(".lianxi-{id}.tmp"));
    let io = |error| ImportRefusal::File(FileError::Io { path: plans.join(id), error });
    if temp.symlink_metadata().is_ok() {
        fs::remove_dir_all(&temp).map_err(io)?;
    }
    fs::create_dir_all(&temp).map_err(io)?;
    let folder = Folder::new(&temp);
    let put = |(name, text): (&String, &String)| folder.prepare(name, text)?.put();
    let done = files.iter().try_for_each(put).map_err(ImportRefusal::File);
    let done = done.and_then(|()| fs::rename(&temp, plans.join(id)).map_err(io));
    match done {
        Ok(()) => {
            // the new name survives a power cut
            if let Ok(plans) = File::open(plans) {
                let _ = plans.sync_all();
            }
            Ok(plans.join(id))
        }
        Err(error) => {
            let _ = fs::remove_dir_all(&temp);
            Err(error)
        }
    }
}

/// The plan's files by name.
fn files(imported: &Imported, readings: Option<String>) -> BTreeMap<String, String> {
    let register: Vec<UnitId> = imported.units.iter().map(|unit| unit.id.clone()).collect();
    let official = [
        (layout::INFO, layout::info::write(&imported.info)),
        (layout::TEXT, layout::text::write(&imported.text)),
        (layout::UNITS, layout::units::write(&imported.units)),
        (layout::MATRIX, layout::matrix::write(&imported.matrix, &register)),
        (layout::TARGETS, layout::targets::write(&imported.targets, imported.info.period)),
        ("source.txt", imported.text.source()),
    ];
    let mut files: BTreeMap<String, String> = official.map(|(name, text)| (name.to_string(), text)).into();
    files.extend(readings.map(|list| ("readings.toml".to_string(), list)));
    let mut rows: BTreeMap<NodeId, Vec<&Node>> = BTreeMap::new();
    for node in imported.text.nodes.iter().filter(|node| node.kind.is_tracked()) {
        rows.entry(node.id.parent().unwrap_or_else(|| node.id.clone())).or_default().push(node);
    }
    for (row, nodes) in rows {
        let title = imported.text.nodes.iter().find(|node| node.id == row).map_or("", |node| node.title.as_str());
        let tasks = nodes.iter().map(|node| (&node.id, node.title.as_str()));
        let text = layout::tasks::write(title, tasks);
        let dues = imported.dues.iter().filter(|(id, _)| nodes.iter().any(|node| node.id == *id));
        let text = dues.fold(text, |text, (id, due)| with_due(text, id, due));
        files.insert(layout::tasks_file(row.as_str()), text);
    }
    files
}

/// Puts a deadline that the document names into a new tasks file.
fn with_due(mut text: String, id: &NodeId, due: &Due) -> String {
    for edit in layout::tasks::due_edits(id, Some(due)) {
        let source = text.as_str().into();
        let piece = read_doc(&source).ok().and_then(|doc| splice(&source, &doc, &edit).ok().flatten());
        if let Some(piece) = piece {
            text = piece.apply(&text);
        }
    }
    text
}

/// Reads the new files back: what is on disk is what was read off the document.
fn check_read_back(imported: &Imported, files: &BTreeMap<String, String>) -> Result<(), ImportRefusal> {
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".toml")) {
        let bad = || ImportRefusal::ReadBack { file: name.clone() };
        let text: Str = text.as_str().into();
        let bad_read = |_| bad();
        let is_same = match name.as_str() {
            layout::INFO => {
                read_tables(&text, layout::info::read).map_err(bad_read)? == (imported.info.clone(), Vec::new())
            }
            layout::TEXT => {
                read_tables(&text, layout::text::read).map_err(bad_read)? == (imported.text.clone(), Vec::new())
            }
            layout::UNITS => {
                read_tables(&text, layout::units::read).map_err(bad_read)? == (imported.units.clone(), Vec::new())
            }
            layout::TARGETS => {
                read_tables(&text, layout::targets::read).map_err(bad_read)? == (imported.targets.clone(), Vec::new())
            }
            layout::MATRIX => {
                let rows = read_tables(&text, layout::matrix::read).map_err(bad_read)?.0.rows;
                let same = |(a, b): (&crate::domain::Row, &crate::domain::Row)| {
                    a.id == b.id && a.leads() == b.leads() && a.responsible() == b.responsible()
                };
                rows.len() == imported.matrix.rows.len() && rows.iter().zip(&imported.matrix.rows).all(same)
            }
            _ => read_doc(&text).is_ok(),
        };
        if !is_same {
            return Err(bad());
        }
    }
    Ok(())
}
