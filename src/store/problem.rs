//! What can be wrong with a file, and where.

use super::doc;

/// The most problems that are told of one file.
pub(super) const MOST_PROBLEMS: usize = 200;

/// One problem, with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Problem {
    /// Path below the plan's folder.
    pub file: String,
    /// 1-based; columns count characters. 0 where the file as a whole is meant.
    pub line: u32,
    pub column: u32,
    pub kind: ProblemKind,
}

/// What is wrong.
#[derive(Clone, PartialEq, Debug)]
pub enum ProblemKind {
    /// Not TOML; the words are the parser's.
    Syntax {
        message: String,
    },
    NotUtf8,
    /// A merge by another program left its marks.
    MergeConflict,
    /// A file of the plan is not there.
    MissingFile,
    TooLarge {
        bytes: u64,
        limit: u64,
    },
    /// A link that leads out of the workspace.
    OutsideWorkspace,
    Unreadable {
        message: String,
    },
    /// A key that nobody knows: kept as it is.
    UnknownKey {
        key: String,
    },
    UnknownTable {
        name: String,
    },
    MissingKey {
        key: String,
    },
    /// A value of the wrong type or outside its vocabulary.
    BadValue {
        key: String,
        value: String,
        expected: &'static str,
    },
    /// A name in `log/` that is not a log entry's.
    UnknownFile,
    /// The journal ended in the middle of a save that was then completed.
    Recovered,
}

impl ProblemKind {
    /// The problem's name in `check --json`.
    pub fn name(&self) -> &'static str {
        match self {
            ProblemKind::Syntax { .. } => "syntax",
            ProblemKind::NotUtf8 => "not-utf8",
            ProblemKind::MergeConflict => "merge-conflict",
            ProblemKind::MissingFile => "missing-file",
            ProblemKind::TooLarge { .. } => "too-large",
            ProblemKind::OutsideWorkspace => "outside-workspace",
            ProblemKind::Unreadable { .. } => "unreadable",
            ProblemKind::UnknownKey { .. } => "unknown-key",
            ProblemKind::UnknownTable { .. } => "unknown-table",
            ProblemKind::MissingKey { .. } => "missing-key",
            ProblemKind::BadValue { .. } => "bad-value",
            ProblemKind::UnknownFile => "unknown-file",
            ProblemKind::Recovered => "recovered",
        }
    }

    /// The file cannot be used at all: it is shown read-only with its error.
    pub fn is_damage(&self) -> bool {
        match self {
            ProblemKind::Syntax { .. }
            | ProblemKind::NotUtf8
            | ProblemKind::MergeConflict
            | ProblemKind::MissingFile
            | ProblemKind::TooLarge { .. }
            | ProblemKind::OutsideWorkspace
            | ProblemKind::Unreadable { .. } => true,
            ProblemKind::UnknownKey { .. }
            | ProblemKind::UnknownTable { .. }
            | ProblemKind::MissingKey { .. }
            | ProblemKind::BadValue { .. }
            | ProblemKind::UnknownFile
            | ProblemKind::Recovered => false,
        }
    }
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn whole(file: &str, kind: ProblemKind) -> Self {
        Problem { file: file.to_string(), line: 0, column: 0, kind }
    }

    /// A problem at a byte of a file's text; the file name is filled in by the reader.
    pub fn at(source: &str, byte: usize, kind: ProblemKind) -> Self {
        let place = doc::Place::of(source, byte);
        Problem { file: String::new(), line: place.line, column: place.column, kind }
    }

    /// The same problem in a named file.
    pub fn named(mut self, file: &str) -> Self {
        self.file = file.to_string();
        self
    }
}
