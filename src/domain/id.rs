//! The id of a node of the plan: its printed place.
//!
//! An official place is stored in ASCII (`3.1.2`) and shown as it is printed (三（一）2). Front matter, paragraphs and the annex,
//! which have no printed number, get ids that no place can have (`0.4`, `3.1.p1`, `annex.7`).

use super::Str;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in the plan, such as `3.1.2`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(Str);

const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl NodeId {
    /// Makes an id from its stored form without looking at it.
    pub fn new(id: impl Into<Str>) -> Self {
        NodeId(id.into())
    }

    /// The stored form, `3.1.2`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads an id as people write it: `3.1.2`, `三（一）2`, `三(一)2`, `三（一）`, `三`, full-width digits and dots included.
    ///
    /// Returns `None` where the text has none of these forms; whether the place exists is the plan's business.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| !c.is_whitespace()).map(fold_width).collect();
        if text.is_empty() {
            return None;
        }
        let dotted = text.trim_end_matches('.');
        let is_stored =
            dotted.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if is_stored && dotted.is_ascii() {
            return Some(NodeId::new(dotted));
        }
        let mut parts = Vec::new();
        let (chapter, rest) = match text.find('(') {
            Some(at) => (&text[..at], &text[at..]),
            None => (text.as_str(), ""),
        };
        parts.push(chinese_number(chapter.trim_end_matches('、'))?);
        if let Some(rest) = rest.strip_prefix('(') {
            let close = rest.find(')')?;
            parts.push(chinese_number(&rest[..close])?);
            let item = rest[close + 1..].trim_end_matches(['.', '、']);
            if !item.is_empty() {
                parts.push(item.parse().ok().or_else(|| chinese_number(item))?);
            }
        }
        let parts: Vec<String> = parts.iter().map(u32::to_string).collect();
        Some(NodeId::new(parts.join(".")))
    }

    /// The place one level up, `3.1` for `3.1.2`; `None` for a chapter.
    pub fn parent(&self) -> Option<NodeId> {
        self.0.rfind('.').map(|at| NodeId(self.0.substr(..at)))
    }

    /// Is the place, or stands below it.
    pub fn is_within(&self, place: &NodeId) -> bool {
        self.0.strip_prefix(place.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The numbers of an official place, `[3, 1, 2]`; empty for front matter, paragraphs and the annex.
    pub fn numbers(&self) -> Vec<u32> {
        let numbers: Option<Vec<u32>> = self.0.split('.').map(|part| part.parse().ok().filter(|n| *n > 0)).collect();
        numbers.unwrap_or_default()
    }

    /// The place as it is printed, `三（一）2`; the stored form where there is none.
    pub fn printed(&self) -> String {
        let mut out = String::with_capacity(self.0.len() * 3);
        for (depth, part) in self.0.split('.').enumerate() {
            let Some(number) = part.parse::<u32>().ok().filter(|number| *number > 0) else {
                return self.0.to_string();
            };
            out.push_str(if matches!(depth, 0 | 2) { "" } else { "（" });
            match depth {
                0 | 1 => push_numeral(&mut out, number),
                _ => push_digits(&mut out, number),
            }
            out.push_str(if matches!(depth, 0 | 2) { "" } else { "）" });
        }
        out
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Folds full-width ASCII and 〇 brackets to their half-width twins; other characters stay.
pub(crate) fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// What somebody typed, with full-width characters as the plain ones.
pub(crate) fn narrow(text: &str) -> String {
    text.trim().chars().map(fold_width).collect()
}

/// Reads 一 to 九十九, ASCII digits and digits in a row (二〇二五).
pub fn chinese_number(text: &str) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let digit = |c: char| match c {
        '零' | '〇' => Some(0),
        '两' => Some(2),
        c => DIGITS.iter().position(|d| d.starts_with(c)).map(|n| n as u32),
    };
    let (tens, ones) = match text.split_once('十') {
        None => {
            let mut value: u32 = 0;
            for c in text.chars() {
                value = value.checked_mul(10)?.checked_add(digit(c)?)?;
            }
            return Some(value);
        }
        Some(pair) => pair,
    };
    let one_digit = |text: &str, empty: u32| match text.chars().count() {
        0 => Some(empty),
        1 => digit(text.chars().next()?),
        _ => None,
    };
    Some(one_digit(tens, 1)? * 10 + one_digit(ones, 0)?)
}

/// Writes 1 to 99 as 一 to 九十九, other numbers in digits.
pub fn chinese_numeral(number: u32) -> String {
    let mut out = String::new();
    push_numeral(&mut out, number);
    out
}

fn push_numeral(out: &mut String, number: u32) {
    let digit = |n: u32| DIGITS[n as usize];
    match number {
        0..=9 => out.push_str(digit(number)),
        10..=99 => {
            out.push_str(if number < 20 { "" } else { digit(number / 10) });
            out.push('十');
            out.push_str(if number.is_multiple_of(10) { "" } else { digit(number % 10) });
        }
        _ => push_digits(out, number),
    }
}

fn push_digits(out: &mut String, number: u32) {
    if number >= 10 {
        push_digits(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_in_every_bracket_width() {
        for text in ["3.1.2", "三（一）2", "三(一)2", "三（一）２", "三 （一） 2.", "３．１．２"] {
            assert_eq!(NodeId::parse(text).as_ref().map(NodeId::as_str), Some("3.1.2"), "{text}");
        }
        assert_eq!(NodeId::parse("十二（三十一）").unwrap().as_str(), "12.31");
        assert_eq!(NodeId::parse("三、").unwrap().as_str(), "3");
        assert_eq!(NodeId::parse("青少年"), None);
        assert_eq!(NodeId::parse(""), None);
        assert_eq!(NodeId::parse(&"九".repeat(40)), None);
    }

    #[test]
    fn printed_places_read_back() {
        for id in ["3", "3.1", "3.1.2", "12.20.11"] {
            let id = NodeId::new(id);
            assert_eq!(NodeId::parse(&id.printed()), Some(id));
        }
        assert_eq!(NodeId::new("3.1.p1").printed(), "3.1.p1");
    }
}
