//! The TOML files of a plan: read with every problem at its file, line and column, edited in place, written atomically.
//!
//! Reading goes through a [`Doc`], which has two makers: a scanner for the canonical layout that this program writes, and the
//! real TOML parser for everything else. The scanner gives up at the first line it does not know, so it never decides alone.

mod doc;
mod file;
mod journal;
pub mod layout;
mod lock;
mod merge;
mod parse;
mod problem;
mod put;
mod scan;
mod seal;
mod splice;

pub use doc::{Doc, Field, Place as SourcePlace, Table, Token};
pub use file::{Below, FileError, Folder, MAX_FILE};
pub use journal::{FileEdit, FileRecord, HERE, Journal, JournalError, Record, Recovery, Tops};
pub use lock::Lock;
pub(crate) use merge::CONFLICT_LIST;
pub use merge::{
    FileMerge, Version, Versions, merge_file, merge_paths, put_conflict, read_conflicts, settle_conflict, take_conflict,
};
pub use parse::{Tables, read_doc, read_tables};
pub use problem::{Problem, ProblemKind};
pub use put::{Put, put_file};
pub use seal::find_piece;
pub use splice::{Edit, Splice, SpliceError, TableName, line_end_of, splice};

/// Parses with the canonical scanner only, for tests that hold it against the real parser.
pub fn scan_only(source: &crate::domain::Str) -> Option<Doc<'_>> {
    parse::scan_all(source)
}

/// Parses with the real parser only.
///
/// # Errors
/// The syntax errors, with their places.
pub fn parse_only(source: &crate::domain::Str) -> Result<Doc<'_>, Vec<Problem>> {
    parse::parse(source)
}
