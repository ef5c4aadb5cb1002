//! A file cut into pieces, one for each table, and every piece into items: its header, its fields, its comments.
//!
//! Every byte of the file belongs to an item, so that a file put together again is the file.

use crate::domain::{Map, Token};
use crate::store::doc::{Doc, Table};
use std::ops::Range;

/// What a piece is about, the same in every version of the file.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct PieceKey {
    /// The array, for an element.
    pub list: String,
    /// The name of the table, or what tells the element from the others; empty for the head of the file.
    pub record: String,
    /// Counts those that nothing tells apart.
    pub nth: u32,
}

/// A table with the comments that stand above its header.
#[derive(Debug)]
pub(super) struct Piece<'s> {
    pub key: PieceKey,
    pub items: Vec<Item<'s>>,
}

/// What an item is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) enum ItemKey {
    Header,
    Field(String),
    /// A comment line, and which of those with the same words it is.
    Note(String, u32),
}

/// Some whole lines.
#[derive(Debug)]
pub(super) struct Item<'s> {
    pub key: ItemKey,
    /// The blank lines above.
    pub gap: &'s str,
    pub text: &'s str,
    /// A field's value and where it stands in `text`.
    pub value: Option<(Token, Range<usize>)>,
}

/// The head of the file: what stands above the first table.
pub(super) fn head() -> PieceKey {
    PieceKey { list: String::new(), record: String::new(), nth: 0 }
}

impl<'s> Piece<'s> {
    pub fn item(&self, key: &ItemKey) -> Option<&Item<'s>> {
        self.items.iter().find(|item| item.key == *key)
    }

    pub fn field(&self, key: &str) -> Option<&Item<'s>> {
        self.items.iter().find(|item| matches!(&item.key, ItemKey::Field(name) if name == key))
    }

    /// The fields with their values.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Token, &'s str)> {
        self.items.iter().filter_map(|item| match (&item.key, &item.value) {
            (ItemKey::Field(key), Some((token, span))) => Some((key.as_str(), token, &item.text[span.clone()])),
            _ => None,
        })
    }
}

/// Two values are the same, whatever they look like; what is not understood is the same where it looks the same.
pub(super) fn same_value(a: (&Token, &str), b: (&Token, &str)) -> bool {
    if matches!(a.0, Token::Other) { a.1 == b.1 } else { a.0 == b.0 || a.1 == b.1 }
}

/// Cuts a file; `None` where a table is written inline or with dots, so that its fields have no lines of their own.
pub(super) fn cut<'s>(text: &'s str, doc: &Doc) -> Option<Vec<Piece<'s>>> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut counts: Map<(String, String), u32> = Map::default();
    for table in &doc.tables {
        let is_head = table.name.is_empty() && !table.is_element && table.header.is_empty();
        if !is_head {
            // without a header of its own, or with a name that only the head of a file has here
            if table.header.is_empty() || table.name.is_empty() {
                return None;
            }
            let (list, record) = identity(table);
            let nth = counts.entry((list.clone(), record.clone())).or_default();
            *nth += 1;
            let what = What::Table(PieceKey { list, record, nth: *nth - 1 });
            marks.push(Mark { lines: lines_of(text, &table.header), what });
        }
        for field in &table.fields {
            if field.is_spread() {
                return None;
            }
            let lines = lines_of(text, &(field.key_span.start..field.span.end));
            let span = field.span.start - lines.start..field.span.end - lines.start;
            marks.push(Mark { lines, what: What::Field(field.key.to_string(), field.value.clone(), span) });
        }
    }
    marks.sort_by_key(|mark| mark.lines.start);
    let mut cutter =
        Cutter { text, at: 0, pending: Vec::new(), pieces: vec![Piece { key: head(), items: Vec::new() }] };
    for mark in marks {
        if mark.lines.start < cutter.at {
            return None;
        }
        cutter.notes(mark.lines.start)?;
        cutter.take(mark);
    }
    cutter.notes(text.len())?;
    cutter.settle(0);
    Some(cutter.pieces)
}

struct Mark {
    lines: Range<usize>,
    what: What,
}

enum What {
    Table(PieceKey),
    Field(String, Token, Range<usize>),
}

/// The whole lines that a span stands on.
fn lines_of(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[span.end..]).map_or(text.len(), |at| span.end + at + 1);
    start..end
}

/// What tells an element from the others: its id, or the name or title that it goes by, or else all of it.
fn identity(table: &Table) -> (String, String) {
    let name = table.name.to_string();
    if !table.is_element {
        return (String::new(), name);
    }
    let text = |key: &str| table.field(key).and_then(|field| field.value.as_str()).map(|text| text.to_string());
    // a repair is known by what it repairs
    let place = text("node").zip(table.field("at")).map(|(node, at)| format!("{node}@{}", at.value.to_toml()));
    let named = text("id").or(place).or_else(|| text("name")).or_else(|| text("title"));
    let all = || table.fields.iter().map(|field| format!("{}={};", field.key, field.value.to_toml())).collect();
    (name, named.unwrap_or_else(all))
}

struct Cutter<'s> {
    text: &'s str,
    at: usize,
    /// Comments that may belong to the next header.
    pending: Vec<Item<'s>>,
    pieces: Vec<Piece<'s>>,
}

impl<'s> Cutter<'s> {
    /// Blank lines from here on.
    fn gap(&mut self, end: usize) -> &'s str {
        let start = self.at;
        while self.at < end {
            let line = lines_of(self.text, &(self.at..self.at)).end.min(end);
            if !self.text[self.at..line].trim().is_empty() {
                break;
            }
            self.at = line;
        }
        &self.text[start..self.at]
    }

    /// Takes comments up to a place; `None` where something else stands there.
    fn notes(&mut self, end: usize) -> Option<()> {
        loop {
            let start = self.at;
            let gap = self.gap(end);
            if self.at >= end {
                // blank lines that nothing follows belong to what comes next
                self.at = if end == self.text.len() { end } else { start };
                return Some(());
            }
            let line = lines_of(self.text, &(self.at..self.at)).end.min(end);
            let text = &self.text[self.at..line];
            if !text.trim_start().starts_with('#') {
                return None;
            }
            self.pending.push(Item { key: ItemKey::Note(text.trim().to_string(), 0), gap, text, value: None });
            self.at = line;
        }
    }

    /// Gives the comments that are pending to the piece before, except the last `keep` of them.
    fn settle(&mut self, keep: usize) {
        let rest = self.pending.split_off(self.pending.len() - keep);
        let items = std::mem::replace(&mut self.pending, rest);
        let piece = self.pieces.last_mut().expect("there is always the head");
        items.into_iter().for_each(|item| push(&mut piece.items, item));
    }

    fn take(&mut self, mark: Mark) {
        let gap = self.gap(mark.lines.start);
        let text = &self.text[mark.lines.clone()];
        self.at = mark.lines.end;
        match mark.what {
            What::Field(key, token, span) => {
                self.settle(0);
                let item = Item { key: ItemKey::Field(key), gap, text, value: Some((token, span)) };
                self.pieces.last_mut().expect("there is always the head").items.push(item);
            }
            What::Table(key) => {
                // comments right above a header are about what follows
                let mut keep = 0;
                let mut above = gap;
                while above.is_empty() && keep < self.pending.len() {
                    keep += 1;
                    above = self.pending[self.pending.len() - keep].gap;
                }
                self.settle(keep);
                self.pieces.push(Piece { key, items: Vec::new() });
                self.settle(0);
                let item = Item { key: ItemKey::Header, gap, text, value: None };
                self.pieces.last_mut().expect("just made").items.push(item);
            }
        }
    }
}

/// Puts an item at the end; a comment that stands there already gets the next number.
fn push<'s>(items: &mut Vec<Item<'s>>, mut item: Item<'s>) {
    if let ItemKey::Note(words, nth) = &mut item.key {
        let same = |known: &&Item| matches!(&known.key, ItemKey::Note(other, _) if other == words);
        *nth = items.iter().filter(same).count() as u32;
    }
    items.push(item);
}
