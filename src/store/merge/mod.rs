//! Merging two versions of a file over the one they come from: on values, field by field, in the formatting of ours.
//!
//! Every version is cut into its tables and fields, whatever layout it has. What one side changed stands, what both changed to
//! the same is one, and where they differ the file keeps the value of the base and gets a `[[conflict]]` with what both said.
//! Comments, keys that nobody knows and the order of things are merged as well, and a result is valid TOML at all times.

mod decide;
mod driver;
mod pieces;
mod record;
mod settle;
mod weave;

pub use driver::merge_paths;
pub(crate) use record::LIST as CONFLICT_LIST;
pub use record::{put_conflict, read_conflicts, take_conflict};
pub use settle::settle_conflict;

use super::file::MAX_FILE;
use super::layout::{MATRIX, TASKS};
use super::read_doc;
use crate::domain::{By, Conflict, Said, Str, Token};
use decide::Manners;
use pieces::{cut, head};
use similar::TextMerge;
use weave::{About, weave};

/// The longest text that is merged line by line: two that have nothing in common take time.
const MOST_TEXT: usize = 4 << 20;

/// One version of a file; `None` where it does not exist.
pub type Version<'a> = Option<&'a [u8]>;

/// The three versions of a file, and who wrote two of them.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    /// The path below the plan's folder, `tasks/3.1.toml`; empty where it is not known.
    pub file: &'a str,
    pub base: Version<'a>,
    pub ours: Version<'a>,
    pub theirs: Version<'a>,
    pub ours_by: &'a By,
    pub theirs_by: &'a By,
}

/// A merged file.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct FileMerge {
    /// What the file is now; `None` where it goes.
    pub bytes: Option<Vec<u8>>,
    /// What both sides disagree about. All of it stands in the file as data.
    pub conflicts: Vec<Conflict>,
    /// Theirs, where it could neither be merged nor kept in the file: it has to be put beside it under another name.
    pub beside: Option<Vec<u8>>,
}

impl FileMerge {
    fn of(bytes: Version) -> Self {
        FileMerge { bytes: bytes.map(<[u8]>::to_vec), ..FileMerge::default() }
    }

    /// Nobody has to choose anything.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty() && self.beside.is_none()
    }
}

/// Merges a file.
pub fn merge_file(versions: &Versions) -> FileMerge {
    let Versions { base, ours, theirs, .. } = *versions;
    if ours == theirs || theirs == base {
        return FileMerge::of(ours);
    }
    if ours == base {
        return FileMerge::of(theirs);
    }
    let name = versions.file;
    let is_text = !name.is_empty() && !name.ends_with(".toml");
    let (was, mine, yours) = (understand(base), understand(ours), understand(theirs));
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => match (mine, yours) {
            (Ok(mine), Ok(yours)) if !is_text => toml(versions, was.ok().flatten(), mine, yours),
            (Ok(Some(mine)), Err(_)) if !is_text => keep_whole(versions, &mine, Some(theirs), false),
            (Err(_), Ok(Some(yours))) if !is_text => keep_whole(versions, &yours, Some(ours), true),
            _ => lines(base, ours, theirs),
        },
        // gone on one side and changed on the other: kept until somebody chooses
        (Some(_), None) => match mine {
            Ok(Some(mine)) if !is_text => keep_whole(versions, &mine, None, false),
            _ => FileMerge { beside: Some(Vec::new()), ..FileMerge::of(ours) },
        },
        (None, Some(_)) => match yours {
            Ok(Some(yours)) if !is_text => keep_whole(versions, &yours, None, true),
            _ => FileMerge { beside: Some(Vec::new()), ..FileMerge::of(theirs) },
        },
        (None, None) => FileMerge::default(),
    }
}

/// A version that can be read: its text with plain line ends and without a byte order mark.
fn understand(bytes: Version) -> Result<Option<Str>, ()> {
    let Some(bytes) = bytes else { return Ok(None) };
    if bytes.len() as u64 > MAX_FILE {
        return Err(());
    }
    let text = simdutf8::basic::from_utf8(bytes).map_err(|_| ())?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let plain: Str = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
    let is_toml = read_doc(&plain).is_ok();
    is_toml.then_some(Some(plain)).ok_or(())
}

/// Merges two files that are TOML; a base that is not says nothing.
fn toml(versions: &Versions, base: Option<Str>, ours: Option<Str>, theirs: Option<Str>) -> FileMerge {
    let (base, ours, theirs) = (base.unwrap_or_default(), ours.unwrap_or_default(), theirs.unwrap_or_default());
    let docs = (read_doc(&base), read_doc(&ours), read_doc(&theirs));
    if let (Ok(was), Ok(mine), Ok(yours)) = docs
        && let (Some(was), Some(mine), Some(yours)) = (cut(&base, &was), cut(&ours, &mine), cut(&theirs, &yours))
    {
        let is_matrix = kind(versions.file, &ours) == Kind::Matrix;
        let is_tasks = kind(versions.file, &ours) == Kind::Tasks;
        let about = About {
            file: versions.file,
            ours: versions.ours_by,
            theirs: versions.theirs_by,
            manners: Manners { empty_is_nothing: is_matrix, once: is_tasks },
            is_matrix,
            is_tasks,
        };
        let (text, conflicts) = weave(about, &was, &mine, &yours);
        // blank lines at the very end belong to no table
        let tail = &ours[ours.trim_end_matches(['\n', ' ']).len()..];
        let tail = tail.get(1..).filter(|_| !text.ends_with(tail)).unwrap_or("");
        let mut text = Str::from(text + tail);
        for conflict in &conflicts {
            text = put_conflict(&text, conflict);
        }
        if read_doc(&text).is_ok() {
            return FileMerge { bytes: Some(dressed(&text, versions.ours)), conflicts, beside: None };
        }
    }
    // the conflicts are merged as data all the same
    let open = |text: &Str| read_conflicts(versions.file, text);
    let (was, mine, yours) = (open(&base), open(&ours), open(&theirs));
    let bare =
        |text: &Str, known: &[Conflict]| known.iter().fold(text.clone(), |text, one| take_conflict(&text, &one.id));
    let (base, ours, theirs) = (bare(&base, &was), bare(&ours, &mine), bare(&theirs, &yours));
    let has = |list: &[Conflict], one: &Conflict| list.iter().any(|known| known.id == one.id);
    let is_open = |one: &&Conflict| !has(&was, one) || has(&mine, one) && has(&yours, one);
    let stay: Vec<Conflict> =
        mine.iter().chain(yours.iter().filter(|one| !has(&mine, one))).filter(is_open).cloned().collect();
    let merged = match ours == theirs {
        true => FileMerge::of(Some(ours.as_bytes())),
        false => lines(Some(base.as_bytes()), ours.as_bytes(), theirs.as_bytes()),
    };
    let mut merged = match merged.bytes.as_deref().map(|bytes| understand(Some(bytes))) {
        Some(Ok(Some(text))) if merged.is_clean() => {
            FileMerge { bytes: Some(dressed(&text, versions.ours)), ..FileMerge::default() }
        }
        // neither is better than the other; both machines keep the same one
        _ if ours <= theirs => keep_whole(versions, &ours, Some(theirs.as_bytes()), false),
        _ => keep_whole(versions, &theirs, Some(ours.as_bytes()), true),
    };
    if let Some(text) = merged.bytes.take().and_then(|bytes| String::from_utf8(bytes).ok()) {
        let text = stay.iter().fold(Str::from(text), |text, one| put_conflict(&text, one));
        merged.bytes = Some(text.as_bytes().to_vec());
    }
    merged
}

/// Which rules of their own the values of a file have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Matrix,
    Tasks,
    Other,
}

/// By its name, or by what is in it where nobody says its name.
fn kind(file: &str, text: &str) -> Kind {
    match file {
        MATRIX => Kind::Matrix,
        "" if text.contains("= \"responsible ") && !text.contains("[[") => Kind::Matrix,
        "" if text.contains("# 状态 status") => Kind::Tasks,
        file if file.starts_with(TASKS) && file[TASKS.len()..].starts_with('/') => Kind::Tasks,
        _ => Kind::Other,
    }
}

/// The text as ours had it: its line ends and its byte order mark.
fn dressed(text: &str, ours: Version) -> Vec<u8> {
    let ours = ours.unwrap_or_default();
    let mark = if ours.starts_with("\u{feff}".as_bytes()) { "\u{feff}" } else { "" };
    let is_crlf = memchr::memchr(b'\n', ours).is_some_and(|at| at > 0 && ours[at - 1] == b'\r');
    let text = if is_crlf { text.replace('\n', "\r\n") } else { text.to_string() };
    format!("{mark}{text}").into_bytes()
}

/// Keeps one version as the file and the other as a conflict in it about the file as a whole.
fn keep_whole(versions: &Versions, kept: &Str, other: Version, kept_is_theirs: bool) -> FileMerge {
    let stands: Said = vec![(Str::new(), Token::Bool(true))];
    let other: Said = match other.map(std::str::from_utf8) {
        None => Said::new(),
        Some(Ok(text)) => vec![(Str::new(), Token::Str(text.into()))],
        // what is not text cannot stand in a text file
        Some(Err(_)) => {
            let bytes = if kept_is_theirs { versions.theirs } else { versions.ours };
            let beside = if kept_is_theirs { versions.ours } else { versions.theirs };
            return FileMerge { beside: beside.map(<[u8]>::to_vec), ..FileMerge::of(bytes) };
        }
    };
    let about = About {
        file: versions.file,
        ours: versions.ours_by,
        theirs: versions.theirs_by,
        manners: Manners::default(),
        is_matrix: false,
        is_tasks: false,
    };
    let (ours, theirs) = if kept_is_theirs { (other, stands) } else { (stands, other) };
    let conflict = about.conflict(&head(), "", Said::new(), ours, theirs);
    let text = put_conflict(kept, &conflict);
    let shape = if kept_is_theirs { versions.theirs } else { versions.ours };
    FileMerge { bytes: Some(dressed(&text, shape)), conflicts: vec![conflict], beside: None }
}

/// Merges two files that are only lines to us; where they meet, ours stays and theirs goes beside it.
fn lines(base: Version, ours: &[u8], theirs: &[u8]) -> FileMerge {
    let texts = (std::str::from_utf8(base.unwrap_or_default()), std::str::from_utf8(ours), std::str::from_utf8(theirs));
    if let (Ok(base), Ok(mine), Ok(yours)) = texts
        && [base, mine, yours].iter().all(|text| text.len() <= MOST_TEXT)
    {
        let merge = TextMerge::from_lines(base, mine, yours);
        let mut bytes = Vec::new();
        if !merge.is_conflicted() && merge.to_writer(&mut bytes).is_ok() {
            return FileMerge { bytes: Some(bytes), ..FileMerge::default() };
        }
    }
    FileMerge { beside: Some(theirs.to_vec()), ..FileMerge::of(Some(ours)) }
}
