//! Dated log entries: written once, never edited.

use super::{Due, Status, Str, key};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A log entry's id and file name: `2025-06-30-4k2a9x`, date, then time of day and chance, so that ids sort by time.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(Str);

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
        EntryId(format!("{date}-{}", key::timed(second, chance)).into())
    }

    /// The second from which on an id of a day is later than all `others` of that day.
    pub fn second_after(others: impl Iterator<Item = EntryId>, date: NaiveDate, second: u32) -> u32 {
        let after = others.filter(|id| id.date() == date).map(|id| id.second() + 1).max();
        second.max(after.unwrap_or(0))
    }

    /// Makes an id whose chance is mixed with what the entry is about, so that one step of many entries gives each its own.
    pub fn about(date: NaiveDate, second: u32, chance: u32, about: &str) -> Self {
        let mixed = about.bytes().fold(chance ^ second.wrapping_mul(0x9e37_79b9), |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        EntryId::new(date, second, mixed ^ (mixed >> 15))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn date(&self) -> NaiveDate {
        self.0[..10].parse().expect("checked when the id was made")
    }

    /// The second of the day in it; 0 where a hand-made id has none.
    pub fn second(&self) -> u32 {
        key::second_of(&self.0.as_bytes()[11..])
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
