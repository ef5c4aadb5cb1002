//! Editing a file in place: a change touches the lines of its field and no other byte.

use super::doc::{Doc, Table, Token};
use crate::domain::Str;

/// One field to set or to unset.
#[derive(Clone, PartialEq, Debug)]
pub struct Edit<'a> {
    pub table: TableName<'a>,
    pub key: &'a str,
    /// `None` takes the line away.
    pub value: Option<Token>,
    /// The fixed comment line that the field stands under, and the keys that stand before it under the same one.
    pub under: &'a str,
    pub after: &'a [&'a str],
}

/// Which table of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableName<'a> {
    /// `["3.1.2"]`
    Named(&'a str),
    /// The element of `[[array]]` whose `id` is this.
    Element { array: &'a str, id: &'a str },
}

/// A piece of a file that is replaced by another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Splice {
    /// Byte offset in the old file.
    pub at: usize,
    pub old: String,
    pub new: String,
}

/// Why a field cannot be edited in place.
#[derive(Clone, PartialEq, Debug)]
pub enum SpliceError {
    /// The file has no such table; the caller adds it.
    NoTable,
    /// The table is written inline or with dotted keys, where no line can be added.
    NotLines { at: usize },
}

/// Works out the replacement for one edit of a file that reads as `doc`; `None` where the file already says so.
///
/// # Errors
/// See [`SpliceError`].
pub fn splice(source: &str, doc: &Doc, edit: &Edit) -> Result<Option<Splice>, SpliceError> {
    let table = find(doc, edit.table).ok_or_else(|| missing(doc, edit.table))?;
    if let Some(field) = table.field(edit.key) {
        if field.is_spread() {
            return Err(SpliceError::NotLines { at: field.key_span.start });
        }
        return match &edit.value {
            Some(value) if *value == field.value => Ok(None),
            Some(value) => {
                let old = &source[field.span.clone()];
                let new = in_style_of(old, value);
                Ok(Some(Splice { at: field.span.start, old: old.to_string(), new }))
            }
            None => {
                let start = source[..field.key_span.start].rfind('\n').map_or(0, |at| at + 1);
                let end = source[field.span.end..].find('\n').map_or(source.len(), |at| field.span.end + at + 1);
                let alone = source[start..field.key_span.start].trim().is_empty();
                if !alone || table.header.is_empty() {
                    return Err(SpliceError::NotLines { at: field.key_span.start });
                }
                Ok(Some(Splice { at: start, old: source[start..end].to_string(), new: String::new() }))
            }
        };
    }
    let Some(value) = &edit.value else { return Ok(None) };
    if table.header.is_empty() {
        return Err(SpliceError::NotLines { at: table.header.start });
    }
    let line_end = line_end_of(source);
    let line = format!("{} = {}{line_end}", key_text(edit.key), value.to_toml());
    let (at, with_comment) = insertion(source, doc, table, edit);
    let needs_newline = at > 0 && !source[..at].ends_with('\n');
    let mut new = String::new();
    if needs_newline {
        new.push_str(line_end);
    }
    if with_comment {
        new.push_str(&format!("{line_end}{}{line_end}", edit.under));
    }
    new.push_str(&line);
    Ok(Some(Splice { at, old: String::new(), new }))
}

fn find<'d>(doc: &'d Doc<'d>, name: TableName) -> Option<&'d Table<'d>> {
    match name {
        TableName::Named(name) => doc.table(name),
        TableName::Element { array, id } => doc.tables.iter().find(|table| {
            let is_id = |table: &Table| table.field("id").and_then(|f| f.value.as_str()).is_some_and(|text| text == id);
            table.is_element && table.name == *array && is_id(table)
        }),
    }
}

/// Why there is no such table: it may be added, unless something else goes by its name.
fn missing(doc: &Doc, name: TableName) -> SpliceError {
    let TableName::Named(name) = name else { return SpliceError::NoTable };
    let element = doc.tables.iter().find(|table| table.name == *name).map(|table| table.header.start);
    let value = doc.root().and_then(|root| root.field(name)).map(|field| field.key_span.start);
    element.or(value).map_or(SpliceError::NoTable, |at| SpliceError::NotLines { at })
}

/// Where a new line goes, and whether its comment line has to come with it.
///
/// Under the field's comment, after the keys that share it; else at the end of the table's own lines.
fn insertion(source: &str, doc: &Doc, table: &Table, edit: &Edit) -> (usize, bool) {
    let line_end = |byte: usize| source[byte..].find('\n').map_or(source.len(), |at| byte + at + 1);
    let below = table.fields.iter().filter(|field| field.is_spread()).map(|field| field.span.start);
    let next = doc.tables.iter().map(|other| other.header.start).chain(below);
    let next = next.filter(|start| *start > table.header.start).min();
    let body = line_end(table.header.start)..next.unwrap_or(source.len());
    let own = || table.fields.iter().filter(|field| body.contains(&field.span.start));
    let mut at = body.start;
    let mut comment = None;
    while at < body.end {
        let end = line_end(at);
        if source[at..end].trim_end() == edit.under {
            comment = Some(end);
            break;
        }
        at = end;
    }
    let before = own().filter(|field| edit.after.iter().any(|key| field.key == **key));
    let before = before.map(|field| line_end(field.span.end)).max();
    match (before, comment) {
        (Some(before), _) => (before, false),
        (None, Some(comment)) => (comment, false),
        (None, None) => {
            let last = own().map(|field| line_end(field.span.end)).max();
            (last.unwrap_or(body.start), true)
        }
    }
}

/// How a file ends its lines, going by the first one.
pub fn line_end_of(source: &str) -> &'static str {
    match source.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Writes a key, quoted where TOML needs it.
pub(super) fn key_text(key: &str) -> String {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if is_bare { key.to_string() } else { super::doc::quote(key) }
}

/// Writes a value; a string keeps the kind of quotes that stood there.
fn in_style_of(old: &str, value: &Token) -> String {
    if let Token::Str(text) = value {
        let is_plain = |text: &Str| !text.chars().any(|c| c == '\'' || c.is_control() || super::doc::is_invisible(c));
        if old.starts_with('\'') && !old.starts_with("'''") && is_plain(text) {
            return format!("'{text}'");
        }
    }
    value.to_toml()
}

impl Splice {
    /// The file with the piece replaced.
    pub fn apply(&self, source: &str) -> String {
        let mut out = String::with_capacity(source.len() + self.new.len());
        out.push_str(&source[..self.at]);
        out.push_str(&self.new);
        out.push_str(&source[self.at + self.old.len()..]);
        out
    }
}
