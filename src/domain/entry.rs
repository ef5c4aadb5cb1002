//! Dated log entries: written once, never edited.

use super::{Due, Status, Str};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A log entry's id and file name: `2025-06-30-4k2a9x`, date, then time of day and chance, so that ids sort by time.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(Str);

const BASE32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl EntryId {
    /// Makes an id from its stored form; `None` unless it begins with a date and a dash.
    pub fn parse(id: &str) -> Option<Self> {
        let (date, rest) = id.split_at_checked(10)?;
        let well_formed =
            rest.len() > 1 && rest.starts_with('-') && rest[1..].bytes().all(|b| b.is_ascii_alphanumeric());
        (well_formed && date.parse::<NaiveDate>().is_ok()).then(|| EntryId(id.into()))
    }

    /// Makes the id of an entry written on `date` at `second` of the day; `chance` keeps two machines apart.
    pub fn new(date: NaiveDate, second: u32, chance: u32) -> Self {
        let digit = |n: u32| BASE32[(n & 31) as usize] as char;
        let time: String = [15, 10, 5, 0].into_iter().map(|shift| digit(second >> shift)).collect();
        let rest: String = [10, 5, 0].into_iter().map(|shift| digit(chance >> shift)).collect();
        EntryId(format!("{date}-{time}{rest}").into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn date(&self) -> NaiveDate {
        self.0[..10].parse().expect("checked when the id was made")
    }

    /// The second of the day in it; 0 where a hand-made id has none.
    pub fn second(&self) -> u32 {
        let digits = self.0.as_bytes()[11..].iter().take(4);
        digits.fold(0, |sum, byte| sum * 32 + BASE32.iter().position(|b| b == byte).unwrap_or(0) as u32)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an entry records.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub enum EntryKind {
    /// A remark.
    Note,
    /// What has been done.
    Progress,
    /// A change of status that had to be given a reason, which is the entry's text.
    Status { from: Status, to: Status },
    /// A moved deadline; the text is the reason.
    Deadline { from: Option<Due>, to: Option<Due> },
}

impl EntryKind {
    /// The word for it in TOML and JSON.
    pub fn token(&self) -> &'static str {
        match self {
            EntryKind::Note => "note",
            EntryKind::Progress => "progress",
            EntryKind::Status { .. } => "status",
            EntryKind::Deadline { .. } => "deadline",
        }
    }
}

/// One dated entry of a task's log.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Entry {
    pub id: EntryId,
    pub kind: EntryKind,
    /// Lines separated by `\n`, no trailing line end.
    pub text: Str,
    /// Who wrote it, as git knows them.
    pub by: Option<Str>,
}

/// Whether a reason names the meeting or the paper that it rests on: 第2次会议, 清府办函〔2024〕3号.
pub fn cites(reason: &str) -> bool {
    ["会议", "纪要", "〔", "来函", "批示", "文件", "通知", "方案", "minutes", "meeting", "letter"]
        .iter()
        .any(|word| reason.contains(word))
}
