//! A TOML file as flat tables of single values with their places: all that the layouts need to see.

use crate::domain::Str;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::ops::Range;

/// A file: its root keys, then its tables in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Doc<'s> {
    /// The root table is the first one and has an empty name.
    pub tables: Vec<Table<'s>>,
}

/// One table: `["3.1.2"]`, or one element of `[[node]]`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table<'s> {
    pub name: Cow<'s, str>,
    /// An element of an array of tables.
    pub is_element: bool,
    /// Where its header stands in bytes; empty for the root and for tables that are written another way.
    pub header: Range<usize>,
    pub fields: Vec<Field<'s>>,
}

/// One key with its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Field<'s> {
    pub key: Cow<'s, str>,
    /// Where the key stands in bytes, quotes included.
    pub key_span: Range<usize>,
    pub value: Token,
    /// Where the value stands in bytes.
    pub span: Range<usize>,
}

impl Field<'_> {
    /// Written over lines of its own, as a table below or with dots, and not as `key = value`.
    pub fn is_spread(&self) -> bool {
        self.span.start <= self.key_span.start
    }
}

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub enum Token {
    Str(Str),
    Int(i64),
    Float(f64),
    Bool(bool),
    Date(NaiveDate),
    Strs(Vec<Str>),
    /// Anything else: a time, a nested table, a mixed array.
    Other,
}

/// Line and column, 1-based; columns count characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    pub line: u32,
    pub column: u32,
}

impl Place {
    /// The place of a byte of a text.
    pub fn of(source: &str, byte: usize) -> Place {
        let mut byte = byte.min(source.len());
        while !source.is_char_boundary(byte) {
            byte -= 1;
        }
        let before = &source[..byte];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() as u32 + 1;
        // a byte order mark is nothing that an editor would count
        let columns = before[start..].chars().filter(|c| *c != '\u{feff}').count();
        Place { line, column: columns as u32 + 1 }
    }
}

impl<'s> Doc<'s> {
    /// The keys before the first table.
    pub fn root(&self) -> Option<&Table<'s>> {
        self.tables.first().filter(|table| table.name.is_empty())
    }

    /// The table of a name, `["3.1.2"]`.
    pub fn table(&self, name: &str) -> Option<&Table<'s>> {
        self.tables.iter().find(|table| table.name == *name && !table.is_element)
    }
}

impl<'s> Table<'s> {
    pub fn field(&self, key: &str) -> Option<&Field<'s>> {
        self.fields.iter().find(|field| field.key == *key)
    }
}

impl Token {
    pub fn as_str(&self) -> Option<&Str> {
        if let Token::Str(text) = self { Some(text) } else { None }
    }

    /// Writes the value as TOML, on one line.
    pub fn to_toml(&self) -> String {
        match self {
            Token::Str(text) => quote(text),
            Token::Int(number) => number.to_string(),
            Token::Float(number) => float(*number),
            Token::Bool(truth) => truth.to_string(),
            Token::Date(date) => date.to_string(),
            Token::Strs(texts) => format!("[{}]", texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ")),
            Token::Other => String::new(),
        }
    }
}

/// Writes a float so that TOML reads a float: `16.0`, `9.8`.
fn float(number: f64) -> String {
    let text = number.to_string();
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') { text + ".0" } else { text }
}

/// Writes a basic string; control characters, line ends and unusual blanks are escaped so that a reader sees them.
pub(super) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_invisible(c) => match c as u32 {
                code @ 0..=0xffff => out.push_str(&format!("\\u{code:04X}")),
                code => out.push_str(&format!("\\U{code:08X}")),
            },
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Blanks other than the plain one, zero-width and bidi controls: escaped in files, so that nobody is fooled by them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
