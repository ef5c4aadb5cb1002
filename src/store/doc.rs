//! A TOML file as flat tables of single values with their places: all that the layouts need to see.

pub use crate::domain::Token;
pub(super) use crate::domain::token::{is_invisible, quote};
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
