//! The fast path: a line scanner for the canonical layout, one key a line.
//!
//! It knows comments, blank lines, `[name]`, `[[name]]` and `key = value` with a basic string, a whole or decimal number, a truth
//! value, a date or a one-line array of basic strings. At anything else it returns `None` and the real parser takes over, so
//! everything it accepts must mean the same to the parser (`tests/it/store.rs` holds the two against each other).

use super::doc::{Doc, Field, Table, Token};
use crate::domain::Str;
use chrono::NaiveDate;
use std::{collections::HashSet, ops::Range};

/// The most keys of a table that is scanned.
const MOST_FIELDS: usize = 1000;

/// Scans a canonical file; `None` where a line is not canonical.
pub(super) fn scan(source: &Str) -> Option<Doc> {
    let text = source.as_str();
    // what TOML does not allow anywhere, looked for once and without an early end, so that many bytes are looked at together
    let is_bad = |b: u8| (b < b' ' && b != b'\t' && b != b'\n') || b == 0x7f;
    if text.bytes().fold(false, |bad, b| bad | is_bad(b)) {
        return None;
    }
    let mut scan = Scan { source, text, doc: Doc::default(), last: None };
    scan.doc.tables.push(table(Str::default(), false, 0..0));
    let mut names: HashSet<&str> = HashSet::new();
    let mut arrays: HashSet<&str> = HashSet::new();
    let mut start = 0;
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let line = &text[start..end];
        match line.as_bytes().first() {
            None => {}
            Some(b'#') if line.bytes().any(|b| (b < b' ' && b != b'\t') || b == 0x7f) => return None,
            Some(b'#') => {}
            Some(b'[') => {
                let is_element = line.starts_with("[[");
                let brackets = if is_element { 2 } else { 1 };
                let inner = start + brackets..end.checked_sub(brackets)?;
                let closing = if is_element { "]]" } else { "]" };
                if !line.ends_with(closing) || inner.start >= inner.end {
                    return None;
                }
                let (name, name_span) = scan.key(inner)?;
                let key = &text[name_span];
                // a name that is used twice, or both ways, is the real parser's to judge
                let clash = if is_element { arrays.insert(key) && !names.insert(key) } else { !names.insert(key) };
                if clash {
                    return None;
                }
                scan.doc.tables.push(table(name, is_element, start..end));
            }
            Some(_) => {
                let field = scan.field(start, end)?;
                let fields = &mut scan.doc.tables.last_mut()?.fields;
                // the real parser looks keys up; comparing each with all others is for tables of a usual size
                if fields.len() >= MOST_FIELDS || fields.iter().any(|known| known.key == field.key) {
                    return None;
                }
                fields.push(field);
            }
        }
        start = end + 1;
    }
    let root = &scan.doc.tables[0];
    // a root key and a table of the same name clash
    if root.fields.iter().any(|field| names.contains(field.key.as_str())) {
        return None;
    }
    Some(scan.doc)
}

fn table(name: Str, is_element: bool, header: Range<usize>) -> Table {
    Table { name, is_element, header, fields: Vec::with_capacity(8) }
}

struct Scan<'s> {
    source: &'s Str,
    text: &'s str,
    doc: Doc,
    /// The escaped text decoded last: gaps between paragraphs repeat.
    last: Option<(Range<usize>, Str)>,
}

impl Scan<'_> {
    fn substr(&self, span: Range<usize>) -> Str {
        self.source.substr(span)
    }

    /// A bare key, or a quoted one without escapes; nothing dotted. The range is that of the name without its quotes.
    fn key(&mut self, span: Range<usize>) -> Option<(Str, Range<usize>)> {
        let key = &self.text[span.clone()];
        if !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return Some((self.substr(span.clone()), span));
        }
        let inner = key.strip_prefix('"')?.strip_suffix('"')?;
        if key.len() < 2 || inner.bytes().any(|b| b == b'"' || b == b'\\') {
            return None;
        }
        let inner = span.start + 1..span.end - 1;
        Some((self.substr(inner.clone()), inner))
    }

    fn field(&mut self, start: usize, end: usize) -> Option<Field> {
        let line = &self.text[start..end];
        // a quoted key may hold " = "; it ends at its closing quote
        let key_end = match line.strip_prefix('"') {
            Some(rest) => rest.find('"')? + 2,
            None => line.find(' ')?,
        };
        let value = line[key_end..].strip_prefix(" = ")?;
        let key_span = start..start + key_end;
        let (key, _) = self.key(key_span.clone())?;
        let span = end - value.len()..end;
        let value = self.value(span.clone())?;
        Some(Field { key, key_span, value, span })
    }

    fn value(&mut self, span: Range<usize>) -> Option<Token> {
        let value = &self.text[span.clone()];
        match value.as_bytes().first()? {
            b'"' => {
                let (text, end) = self.string(span.start)?;
                (end == span.end).then_some(Token::Str(text))
            }
            b'[' => {
                let mut texts = Vec::new();
                let mut at = span.start + 1;
                if value == "[]" {
                    return Some(Token::Strs(texts));
                }
                loop {
                    let (text, end) = self.string(at)?;
                    texts.push(text);
                    match &self.text[end..span.end] {
                        "]" => return Some(Token::Strs(texts)),
                        rest if rest.starts_with(", ") => at = end + 2,
                        _ => return None,
                    }
                }
            }
            _ => scalar(value),
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
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                break;
            }
            escaped = true;
            at += 2;
        }
        // """ opens a multi-line string
        if at == start && bytes.get(at + 1) == Some(&b'"') {
            return None;
        }
        let span = start..at;
        if !escaped {
            return Some((self.substr(span), at + 1));
        }
        if let Some((known, text)) = &self.last
            && self.text[known.clone()] == self.text[span.clone()]
        {
            return Some((text.clone(), at + 1));
        }
        let text: Str = unescape(&self.text[span.clone()])?.into();
        self.last = Some((span, text.clone()));
        Some((text, at + 1))
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let digits = match chars.next()? {
            'n' => {
                out.push('\n');
                continue;
            }
            't' => {
                out.push('\t');
                continue;
            }
            'r' => {
                out.push('\r');
                continue;
            }
            c @ ('"' | '\\') => {
                out.push(c);
                continue;
            }
            'u' => 4,
            'U' => 8,
            _ => return None,
        };
        let rest = chars.as_str();
        let hex = rest.get(..digits).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        out.push(char::from_u32(u32::from_str_radix(hex, 16).ok()?)?);
        chars = rest[digits..].chars();
    }
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
