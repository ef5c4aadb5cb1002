//! Conflicts as data: `[[conflict]]` at the end of the file that they are about.

use super::pieces::Piece;
use super::weave::whole;
use crate::domain::{By, Conflict, Said, Str, Token};
use crate::store::doc::Table;
use crate::store::{read_doc, splice::line_end_of};

/// The array in which conflicts stand in every file.
pub(crate) const LIST: &str = "conflict";

const COMMENT: &str = "# 待定：两边写得不一样，上面暂照原样；用 lianxi settle 选定后，这一段就去掉";

/// Merges the record of a conflict: settled on one side is settled; the same one found twice is one.
pub(super) fn merge(base: Option<&Piece>, ours: Option<&Piece>, theirs: Option<&Piece>) -> Option<String> {
    match (base, ours, theirs) {
        (Some(_), None, _) | (Some(_), _, None) | (None, None, None) => None,
        (_, Some(one), Some(other)) => Some(whole(one).min(whole(other))),
        (None, Some(one), None) | (None, None, Some(one)) => Some(whole(one)),
    }
}

/// The conflicts that a file holds; those of a file that cannot be understood are not to be had.
pub fn read_conflicts(file: &str, text: &Str) -> Vec<Conflict> {
    // most files have none, and looking for the words is nearly free
    if memchr::memmem::find(text.as_bytes(), b"[[conflict]]").is_none() {
        return Vec::new();
    }
    let Ok(doc) = read_doc(text) else { return Vec::new() };
    let records = doc.tables.iter().filter(|table| table.is_element && table.name == LIST);
    let mut found: Vec<Conflict> = records.filter_map(|table| read(file, table)).collect();
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found.dedup_by(|a, b| a.id == b.id);
    found
}

fn read(file: &str, table: &Table) -> Option<Conflict> {
    let text = |key: &str| table.field(key).and_then(|field| field.value.as_str()).cloned();
    let field = text("field").unwrap_or_default();
    let side = |name: &str| -> Said {
        // `ours` and `ours_text` are `due` and `due_text`
        let parts = table.fields.iter().filter_map(|known| Some((known.key.strip_prefix(name)?, &known.value)));
        let parts = parts.filter(|(part, _)| !matches!(*part, "_who" | "_when" | "_raw"));
        let mut said: Said = parts.map(|(part, token)| (Str::from(format!("{field}{part}")), token.clone())).collect();
        said.extend(text(&format!("{name}_raw")).map(|raw| (Str::new(), Token::Str(raw))));
        said.sort_by(|a, b| a.0.cmp(&b.0));
        said
    };
    let by = |name: &str| By {
        who: text(&format!("{name}_who")),
        when: table.field(&format!("{name}_when")).and_then(|field| match &field.value {
            Token::Date(date) => Some(*date),
            _ => None,
        }),
    };
    Some(Conflict {
        id: text("id")?,
        file: file.into(),
        list: text("list").unwrap_or_default(),
        record: text("record").unwrap_or_default(),
        base: side("base"),
        ours: side("ours"),
        theirs: side("theirs"),
        ours_by: by("ours"),
        theirs_by: by("theirs"),
        field,
    })
}

/// Writes a conflict as it stands in a file.
fn write(conflict: &Conflict) -> String {
    let mut out = format!("\n{COMMENT}\n[[{LIST}]]\n");
    let mut line = |key: &str, token: &Token| out.push_str(&format!("{key} = {}\n", token.to_toml()));
    line("id", &Token::Str(conflict.id.clone()));
    for (key, value) in [("list", &conflict.list), ("record", &conflict.record), ("field", &conflict.field)] {
        if !value.is_empty() {
            line(key, &Token::Str(value.clone()));
        }
    }
    for (side, said) in [("base", &conflict.base), ("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
        for (key, token) in said {
            match key.strip_prefix(conflict.field.as_str()) {
                Some(part) => line(&format!("{side}{part}"), token),
                None => line(&format!("{side}_raw"), token),
            }
        }
    }
    for (side, by) in [("ours", &conflict.ours_by), ("theirs", &conflict.theirs_by)] {
        if let Some(who) = &by.who {
            line(&format!("{side}_who"), &Token::Str(who.clone()));
        }
        if let Some(when) = by.when {
            line(&format!("{side}_when"), &Token::Date(when));
        }
    }
    out
}

/// Puts a conflict at the end of a file, unless it stands there.
pub fn put_conflict(text: &Str, conflict: &Conflict) -> Str {
    if read_conflicts(&conflict.file, text).iter().any(|known| known.id == conflict.id) {
        return text.clone();
    }
    let line_end = line_end_of(text);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { line_end };
    format!("{text}{end}{}", write(conflict).replace('\n', line_end)).into()
}

/// Takes a conflict out of a file, with its comment.
pub fn take_conflict(text: &Str, id: &str) -> Str {
    let Ok(doc) = read_doc(text) else { return text.clone() };
    let is_it = |table: &&Table| {
        let known = table.field("id").and_then(|field| field.value.as_str());
        table.is_element && table.name == LIST && known.is_some_and(|known| *known == id)
    };
    let Some(table) = doc.tables.iter().find(is_it).filter(|table| !table.header.is_empty()) else {
        return text.clone();
    };
    let line_end = |byte: usize| text[byte..].find('\n').map_or(text.len(), |at| byte + at + 1);
    let end = line_end(table.fields.iter().map(|field| field.span.end).max().unwrap_or(table.header.end));
    let mut start = table.header.start;
    // the comment above, and one blank line above that
    let above = |at: usize| text[..at.saturating_sub(1)].rfind('\n').map_or(0, |at| at + 1);
    if start > 0 && text[above(start)..start].trim_end() == COMMENT {
        start = above(start);
    }
    if start > 0 && text[above(start)..start].trim().is_empty() {
        start = above(start);
    }
    format!("{}{}", &text[..start], &text[end..]).into()
}
