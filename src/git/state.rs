//! What differs between the head, the index and the work tree, and which commit stood on a day.

use super::{GitError, Oid, Repo};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A file that is not as it was committed.
#[derive(Clone, PartialEq, Debug)]
pub struct Touched {
    /// Below the folder that was asked about.
    pub path: String,
    /// The index differs from the head.
    pub in_index: bool,
    /// The work tree differs from the index.
    pub in_work: bool,
    /// Git knows nothing of it.
    pub is_new: bool,
    /// Two sides of a merge have changed it, and nobody has decided.
    pub is_torn: bool,
    /// What the head has of it; `None` too where that is torn.
    pub head: Option<Oid>,
    /// What the index has of it; ours where that is torn.
    pub index: Option<Oid>,
}

impl Repo {
    /// The files below a folder that are not as they were committed, new ones included.
    ///
    /// # Errors
    /// What git says.
    pub fn touched(&self, folder: &str) -> Result<Vec<Touched>, GitError> {
        let ask =
            ["status", "--porcelain=v2", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all"];
        let listed = self.read_files(&[&ask[..], &["--", folder]].concat())?;
        let prefix = self.path(folder) + "/";
        let listed = String::from_utf8_lossy(&listed);
        let touched = listed.split('\0').filter_map(touched);
        Ok(touched
            .filter_map(|one| Some(Touched { path: one.path.strip_prefix(&prefix)?.to_string(), ..one }))
            .collect())
    }

    /// The files of the index below a folder.
    ///
    /// # Errors
    /// What git says.
    pub fn index(&self, folder: &str) -> Result<BTreeMap<String, Oid>, GitError> {
        let listed = self.read(&["ls-files", "-s", "-z", "--full-name", "--", folder])?;
        let prefix = self.path(folder) + "/";
        let mut files = BTreeMap::new();
        for line in String::from_utf8_lossy(&listed).split('\0') {
            // `100644 <id> 0<tab>path`; the sides of an undecided merge have a number from 1 to 3
            let Some((head, path)) = line.split_once('\t') else { continue };
            let mut words = head.split(' ');
            let (mode, oid, side) = (words.next(), words.next().and_then(Oid::parse), words.next());
            let is_file = mode.is_some_and(|mode| mode.starts_with("100"));
            if let (Some(path), Some(oid), true) = (path.strip_prefix(&prefix), oid, is_file)
                && matches!(side, Some("0" | "2"))
            {
                files.insert(path.to_string(), oid);
            }
        }
        Ok(files)
    }

    /// The last commit of the head's history at or before the end of a day, in this machine's time zone.
    ///
    /// # Errors
    /// [`GitError::BeforeHistory`], or [`GitError::CutOff`] where a shallow clone may hide an earlier one.
    pub fn on_day(&self, day: NaiveDate) -> Result<Oid, GitError> {
        let before = format!("--before={day}T23:59:59");
        let found = match self.read(&["rev-list", "-1", &before, "HEAD", "--"]) {
            Err(GitError::Refused { message, .. }) if message.contains("bad revision") => {
                return Err(GitError::NoCommit);
            }
            other => other?,
        };
        match Oid::parse(String::from_utf8_lossy(&found).trim()) {
            Some(oid) => Ok(oid),
            None if self.is_shallow() => Err(GitError::CutOff { text: day.to_string() }),
            None => Err(GitError::BeforeHistory { day }),
        }
    }
}

/// Reads `1 .M N... 100644 100644 100644 <head> <index> path`, `? path`, or of a merge that nobody has decided
/// `u UU N... 100644 100644 100644 100644 <base> <ours> <theirs> path`.
fn touched(line: &str) -> Option<Touched> {
    let (kind, rest) = line.split_once(' ')?;
    let count = match kind {
        "1" => 7,
        "u" => 9,
        "?" => {
            let path = rest.to_string();
            return Some(Touched {
                path,
                in_index: false,
                in_work: true,
                is_new: true,
                is_torn: false,
                head: None,
                index: None,
            });
        }
        _ => return None,
    };
    let words: Vec<&str> = rest.splitn(count + 1, ' ').collect();
    let (marks, path) = (words.first()?, words.get(count)?);
    let is_torn = kind == "u";
    let object = |mode: usize, oid: usize, wanted: &str| {
        let is_wanted = words.get(mode)?.starts_with(wanted);
        Oid::parse(words.get(oid)?).filter(|oid| is_wanted && !oid.is_zero())
    };
    let mark = |at: usize| marks.as_bytes().get(at).is_some_and(|mark| *mark != b'.');
    Some(Touched {
        path: path.to_string(),
        in_index: mark(0),
        in_work: mark(1),
        is_new: false,
        is_torn,
        head: if is_torn { None } else { object(2, 5, "1") },
        index: if is_torn { object(3, 7, "100") } else { object(3, 6, "100") },
    })
}
