//! `log/<id>/<date>-<rand>.toml`: one log entry, written once.

use super::Reader;
use super::reader::unknown_table;
use crate::domain::{Due, Entry, EntryId, EntryKind, Status, Str};
use crate::store::doc::is_invisible;
use crate::store::{Problem, Tables, Token};
use std::cell::RefCell;

/// Reads a log entry.
pub fn read(id: EntryId, tables: &mut Tables) -> (Option<Entry>, Vec<Problem>) {
    let problems = RefCell::default();
    let source = tables.source();
    let Some(table) = tables.next() else { return (None, Vec::new()) };
    let reader = Reader::new(source, table, &problems);
    let text = reader.required("text");
    let by = reader.str("by");
    let due = |date: &'static str, wording: &'static str| {
        let (date, wording) = (reader.date(date), reader.str(wording));
        (date.is_some() || wording.is_some()).then(|| Due { date, wording: wording.unwrap_or_default() })
    };
    let kind = reader.word("kind", "note progress status deadline", |word| match word {
        "note" => Some(EntryKind::Note),
        "progress" => Some(EntryKind::Progress),
        "status" => Some(EntryKind::Status { from: Status::Todo, to: Status::Todo }),
        "deadline" => Some(EntryKind::Deadline { from: None, to: None }),
        _ => None,
    });
    let kind = kind.map(|kind| match kind {
        EntryKind::Status { .. } => EntryKind::Status {
            from: reader.word("from", "todo doing done blocked deferred", Status::parse).unwrap_or_default(),
            to: reader.word("to", "todo doing done blocked deferred", Status::parse).unwrap_or_default(),
        },
        EntryKind::Deadline { .. } => EntryKind::Deadline { from: due("from", "from_text"), to: due("to", "to_text") },
        kind @ (EntryKind::Note | EntryKind::Progress) => kind,
    });
    reader.finish();
    while let Some(table) = tables.next() {
        unknown_table(source, table, &problems);
    }
    let entry = kind.zip(text).map(|(kind, text)| Entry { id, kind, text, by });
    (entry, problems.into_inner())
}

/// Writes a log entry.
pub fn write(entry: &Entry) -> String {
    let mut out =
        String::from("# 种类 note 备注 | progress 进展 | status 状态变更 | deadline 时限变更；写下后不再改\n");
    let mut line = |key: &str, value: Option<Token>| {
        if let Some(value) = value {
            out.push_str(&format!("{key} = {}\n", value.to_toml()));
        }
    };
    line("kind", Some(Token::Str(entry.kind.token().into())));
    line("by", entry.by.clone().map(Token::Str));
    match &entry.kind {
        EntryKind::Note | EntryKind::Progress => {}
        EntryKind::Status { from, to } => {
            line("from", Some(Token::Str(from.token().into())));
            line("to", Some(Token::Str(to.token().into())));
        }
        EntryKind::Deadline { from, to } => {
            let mut due = |date: &str, wording: &str, due: &Option<Due>| {
                let Some(due) = due else { return };
                line(date, due.date.map(Token::Date));
                // an empty wording still says that there was a deadline
                let keep = !due.wording.is_empty() || due.date.is_none();
                line(wording, keep.then(|| Token::Str(due.wording.clone())));
            };
            due("from", "from_text", from);
            due("to", "to_text", to);
        }
    }
    out.push_str(&format!("text = {}\n", multi_line(&entry.text)));
    out
}

/// Writes text as a multi-line string where it has lines, so that a reader and a diff see them as lines.
fn multi_line(text: &Str) -> String {
    let is_plain = |c: char| c == '\n' || c == '\t' || !(c.is_control() || is_invisible(c));
    if !text.contains('\n') || !text.chars().all(is_plain) {
        return Token::Str(text.clone()).to_toml();
    }
    let mut out = String::from("\"\"\"\n");
    let mut quotes = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        quotes = if c == '"' { quotes + 1 } else { 0 };
        // three quotes in a row, or one before the closing ones, would end the text
        let ends = c == '"' && (quotes == 3 || chars.peek().is_none());
        if ends || c == '\\' {
            out.push('\\');
            quotes = 0;
        }
        out.push(c);
    }
    out.push_str("\"\"\"");
    out
}
