//! `merge-file`: git's merge driver. It opens no plan; what it is given are three files.

use super::fail::{Code, Failure};
use super::session::{Answer, Session, Words};
use super::visible;
use crate::ops;
use crate::store::merge_paths;
use serde::Serialize;

#[derive(Serialize)]
struct MergeRecord {
    clean: bool,
    conflicts: Vec<ConflictName>,
}

#[derive(Serialize)]
struct ConflictName {
    id: String,
    sentence: String,
}

pub(super) fn file(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let text = session.text;
    let path = |at: usize| session.settings.dir.join(words.at(at));
    let merged = merge_paths(&path(0), &path(1), &path(2), words.at(3));
    let merged = merged.map_err(|error| Failure::file(&error, text))?;
    let conflicts = merged.conflicts.iter();
    let conflicts = conflicts.map(|c| ConflictName { id: c.id.to_string(), sentence: ops::conflict_place(c, text) });
    let record = MergeRecord { clean: merged.is_clean(), conflicts: conflicts.collect() };
    let data = session.data(&record, |_| {});
    let name = visible::line(if words.at(3).is_empty() { words.at(1) } else { words.at(3) }).into_owned();
    if merged.beside.is_some() {
        session.say(&(text.conflicts.not_merged)(&name));
    } else if !merged.conflicts.is_empty() {
        session.say(&(text.conflicts.kept)(&name, merged.conflicts.len()));
    }
    Ok(Answer { data, code: if merged.is_clean() { Code::Done } else { Code::Refused } })
}
