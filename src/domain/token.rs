//! A single value as a file writes it: what a field holds before anybody asks what it means.

use super::Str;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A value.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
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
pub(crate) fn quote(text: &str) -> String {
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
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
