//! The fast path: a line scanner for the canonical layout, one key a line.
//!
//! It knows comments, blank lines, `[name]`, `[[name]]` and `key = value` with a basic string, a whole or decimal number, a truth
//! value, a date or a one-line array of basic strings. At anything else it stops and the real parser takes over, so everything it
//! accepts must mean the same to the parser (`tests/it/store.rs` holds the two against each other).

use super::doc::{Field, Table, Token};
use crate::domain::{Set, Str};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::ops::Range;

/// The most keys of a table that is scanned.
const MOST_FIELDS: usize = 1000;

/// The tables of a canonical file, one after the other, read into one buffer.
#[derive(Debug)]
pub(super) struct Scan<'s> {
    source: &'s Str,
    text: &'s str,
    at: usize,
    /// The header that ended the table before.
    ahead: Option<Header<'s>>,
    table: Table<'s>,
    /// The names of tables and of arrays, to find those that are used twice.
    names: Set<&'s str>,
    arrays: Set<&'s str>,
    root: Vec<&'s str>,
    is_canonical: bool,
    /// The escaped text decoded last: gaps between paragraphs repeat.
    last: Option<(&'s str, Str)>,
}

#[derive(Debug, Default)]
struct Header<'s> {
    name: &'s str,
    is_element: bool,
    span: Range<usize>,
}

impl<'s> Scan<'s> {
    pub fn new(source: &'s Str) -> Self {
        let text = source.as_str();
        // what TOML does not allow anywhere, looked for once and without an early end, so that many bytes are looked at together
        let is_bad = |b: u8| (b < b' ' && b != b'\t' && b != b'\n') || b == 0x7f;
        let is_canonical = !text.bytes().fold(false, |bad, b| bad | is_bad(b));
        Scan {
            source,
            text,
            at: 0,
            ahead: is_canonical.then(Header::default),
            table: Table::default(),
            names: Set::default(),
            arrays: Set::default(),
            root: Vec::new(),
            is_canonical,
            last: None,
        }
    }

    /// The next table; `None` at the end of the file and at a line that is not canonical.
    pub fn next(&mut self) -> Option<&Table<'s>> {
        let header = self.ahead.take()?;
        self.is_canonical = self.read(header).is_some();
        self.is_canonical.then_some(&self.table)
    }

    /// Whether every line so far was canonical.
    pub fn is_canonical(&self) -> bool {
        self.is_canonical
    }

    /// Reads the lines below a header, up to the next one.
    fn read(&mut self, header: Header<'s>) -> Option<()> {
        let is_root = self.at == 0;
        self.table.name = Cow::Borrowed(header.name);
        self.table.is_element = header.is_element;
        self.table.header = header.span;
        self.table.fields.clear();
        let bytes = self.text.as_bytes();
        while let Some(first) = bytes.get(self.at) {
            match first {
                b'\n' => self.at += 1,
                b'#' => self.at = self.line_end() + 1,
                b'[' => {
                    self.ahead = Some(self.header()?);
                    break;
                }
                _ => {
                    let field = self.field()?;
                    // the real parser looks keys up; comparing each with all others is for tables of a usual size
                    let fields = &mut self.table.fields;
                    if fields.len() >= MOST_FIELDS || fields.iter().any(|known| known.key == field.key) {
                        return None;
                    }
                    if is_root && let Cow::Borrowed(key) = field.key {
                        self.root.push(key);
                    }
                    fields.push(field);
                }
            }
        }
        Some(())
    }

    fn line_end(&self) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[self.at..]).map_or(self.text.len(), |at| self.at + at)
    }

    fn header(&mut self) -> Option<Header<'s>> {
        let span = self.at..self.line_end();
        let line = &self.text[span.clone()];
        let is_element = line.starts_with("[[");
        let inner = match is_element {
            true => line.strip_prefix("[[")?.strip_suffix("]]")?,
            false => line.strip_prefix('[')?.strip_suffix(']')?,
        };
        let name = match inner.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').filter(|name| !name.bytes().any(|b| b == b'"' || b == b'\\'))?,
            None => Some(inner).filter(|name| !name.is_empty() && name.bytes().all(is_bare))?,
        };
        // one element follows another of the same array, nearly always
        if !(is_element && self.table.is_element && self.table.name == name) {
            // a name that is used twice, or both ways, or by a key before the tables, is the real parser's to judge
            let is_new =
                if is_element { !self.arrays.insert(name) || self.names.insert(name) } else { self.names.insert(name) };
            if !is_new || self.root.contains(&name) {
                return None;
            }
        }
        self.at = span.end + 1;
        Some(Header { name, is_element, span })
    }

    /// A line `key = value`; the key is bare, or quoted without escapes; nothing dotted.
    fn field(&mut self) -> Option<Field<'s>> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let (key, key_end) = if bytes[start] == b'"' {
            let end = start + 1 + memchr::memchr3(b'"', b'\\', b'\n', &bytes[start + 1..])?;
            (start + 1..end, (bytes[end] == b'"').then_some(end + 1)?)
        } else {
            let length = bytes[start..].iter().position(|b| !is_bare(*b))?;
            (start..start + length, start + length)
        };
        if start == key_end || !bytes[key_end..].starts_with(b" = ") {
            return None;
        }
        let (value, span) = self.value(key_end + 3)?;
        self.at = span.end + 1;
        Some(Field { key: Cow::Borrowed(&self.text[key]), key_span: start..key_end, value, span })
    }

    /// The value that begins at a byte and ends the line.
    fn value(&mut self, start: usize) -> Option<(Token, Range<usize>)> {
        let bytes = self.text.as_bytes();
        let (value, end) = match bytes.get(start)? {
            b'"' => {
                let (text, end) = self.string(start)?;
                (Token::Str(text), end)
            }
            b'[' => self.strings(start)?,
            _ => {
                self.at = start;
                let end = self.line_end();
                (scalar(&self.text[start..end])?, end)
            }
        };
        matches!(bytes.get(end), None | Some(b'\n')).then_some((value, start..end))
    }

    /// A one-line array of basic strings.
    fn strings(&mut self, start: usize) -> Option<(Token, usize)> {
        let bytes = self.text.as_bytes();
        let mut texts = Vec::new();
        let mut at = start + 1;
        if bytes.get(at) == Some(&b']') {
            return Some((Token::Strs(texts), at + 1));
        }
        loop {
            let (text, end) = self.string(at)?;
            texts.push(text);
            match bytes.get(end)? {
                b']' => return Some((Token::Strs(texts), end + 1)),
                b',' if bytes.get(end + 1) == Some(&b' ') => at = end + 2,
                _ => return None,
            }
        }
    }

    /// A basic string that opens at a byte; its text and the byte after its closing quote.
    fn string(&mut self, open: usize) -> Option<(Str, usize)> {
        let bytes = self.text.as_bytes();
        if bytes.get(open) != Some(&b'"') {
            return None;
        }
        let start = open + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            at += memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
            match bytes[at] {
                b'"' => break,
                b'\\' => at += 2,
                _ => return None,
            }
            escaped = true;
        }
        // """ opens a multi-line string
        if at == start && bytes.get(at + 1) == Some(&b'"') {
            return None;
        }
        if !escaped {
            return Some((self.source.substr(start..at), at + 1));
        }
        let inner = &self.text[start..at];
        if let Some((known, text)) = &self.last
            && *known == inner
        {
            return Some((text.clone(), at + 1));
        }
        let text: Str = unescape(inner)?.into();
        self.last = Some((inner, text.clone()));
        Some((text, at + 1))
    }
}

fn is_bare(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b == b'-'
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let escape = *rest.as_bytes().get(at + 1)?;
        let digits = match escape {
            b'n' => {
                out.push('\n');
                0
            }
            b't' => {
                out.push('\t');
                0
            }
            b'r' => {
                out.push('\r');
                0
            }
            b'"' | b'\\' => {
                out.push(escape.into());
                0
            }
            b'u' => 4,
            b'U' => 8,
            _ => return None,
        };
        let end = at + 2 + digits;
        if digits > 0 {
            let hex = rest.get(at + 2..end).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
            out.push(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?);
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Some(out)
}

/// Numbers, truth values and dates in the forms this program writes.
fn scalar(value: &str) -> Option<Token> {
    let bytes = value.as_bytes();
    match value {
        "true" => return Some(Token::Bool(true)),
        "false" => return Some(Token::Bool(false)),
        _ => {}
    }
    if bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        let number = |range: Range<usize>| {
            let digits = &value[range];
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten()
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        return NaiveDate::from_ymd_opt(year as i32, month, day).map(Token::Date);
    }
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let all_digits = |text: &str| !text.is_empty() && text.len() < 32 && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    match fraction {
        None if whole.len() >= 16 => None,
        None => value.parse().ok().map(Token::Int),
        Some(fraction) if all_digits(fraction) => value.parse().ok().map(Token::Float),
        Some(_) => None,
    }
}
