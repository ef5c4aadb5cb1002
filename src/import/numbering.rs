//! The numbers that stand before headings and items.
//!
//! Recognised in half and full width: 一、 （一） 1. 第一章 第一条. A number is one only if what follows cannot belong to it, so that
//! 2.0, QQ and e站 are none.

use crate::domain::NodeId;

/// The level a number stands for, and its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// 一、 or 第一章
    Chapter(u32),
    /// （一）
    Heading(u32),
    /// 1. or 第一条
    Item(u32),
}

/// A number at the beginning of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Number {
    pub mark: Mark,
    /// Bytes it takes as printed.
    pub len: usize,
}

const NUMERALS: &str = "〇零一二三四五六七八九十";

/// Reads the number at the beginning of `text`, which has no white space before it.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    match first {
        '(' | '（' => bracketed(text),
        '第' => ordinal(text),
        c if NUMERALS.contains(c) => chapter(text),
        '0'..='9' | '０'..='９' => item(text),
        _ => None,
    }
}

/// Reads a Chinese numeral; returns its value and bytes.
pub(super) fn numeral(text: &str) -> Option<(u32, usize)> {
    let len = text.chars().take_while(|c| NUMERALS.contains(*c)).map(char::len_utf8).sum();
    let value = crate::domain::NodeId::parse(&text[..len])?.numbers();
    match value[..] {
        [value] if value > 0 => Some((value, len)),
        _ => None,
    }
}

fn chapter(text: &str) -> Option<Number> {
    let (value, len) = numeral(text)?;
    let rest = &text[len..];
    let stop = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '.'))?;
    let after = rest[stop.len_utf8()..].trim_start();
    // 一、二、三产业 counts, it does not number.
    let counts = numeral(after).is_some_and(|(_, len)| after[len..].starts_with('、'));
    (!counts).then_some(Number { mark: Mark::Chapter(value), len: len + stop.len_utf8() })
}

fn bracketed(text: &str) -> Option<Number> {
    let inner = text.trim_start_matches(['(', '（']);
    let padded = inner.trim_start();
    let (value, len) = numeral(padded)?;
    let rest = padded[len..].trim_start();
    let close = rest.chars().next().filter(|c| matches!(c, ')' | '）'))?;
    let len = text.len() - rest.len() + close.len_utf8();
    Some(Number { mark: Mark::Heading(value), len })
}

fn item(text: &str) -> Option<Number> {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '０'..='９')).collect();
    if digits.chars().count() > 3 {
        return None;
    }
    let value = NodeId::parse(&digits)?.numbers().first().copied()?;
    let rest = &text[digits.len()..];
    let stop = rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、'))?;
    let after = &rest[stop.len_utf8()..];
    let is_decimal = after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '%' | '％'));
    // 1．2020年底前 begins with a year.
    let year = after.chars().take_while(char::is_ascii_digit).count() == 4 && after.chars().nth(4) == Some('年');
    (!is_decimal || year).then_some(Number { mark: Mark::Item(value), len: digits.len() + stop.len_utf8() })
}

fn ordinal(text: &str) -> Option<Number> {
    let rest = text.strip_prefix('第')?;
    let (value, len) = numeral(rest)?;
    let unit = rest[len..].chars().next()?;
    let after = &rest[len + unit.len_utf8()..];
    if !after.starts_with(char::is_whitespace) {
        return None;
    }
    let mark = match unit {
        '章' => Mark::Chapter(value),
        '节' => Mark::Heading(value),
        '条' => Mark::Item(value),
        _ => return None,
    };
    Some(Number { mark, len: '第'.len_utf8() + len + unit.len_utf8() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_both_widths() {
        let cases = [
            ("三、提升行动", Some((Mark::Chapter(3), "三、"))),
            ("（一）指导思想", Some((Mark::Heading(1), "（一）"))),
            ("(十二)指导", Some((Mark::Heading(12), "(十二)"))),
            ("1.将弘扬", Some((Mark::Item(1), "1."))),
            ("1．除涉密", Some((Mark::Item(1), "1．"))),
            ("2. 坚持", Some((Mark::Item(2), "2."))),
            ("90、利用", Some((Mark::Item(90), "90、"))),
            ("第一章 总则", Some((Mark::Chapter(1), "第一章"))),
            ("3．2020年底前开展", Some((Mark::Item(3), "3．"))),
            ("2.0，完善", None),
            ("2022.6.30", None),
            ("QQ、微博", None),
            ("一、二、三产业融合", None),
            ("（1）通过", None),
            ("（含电子社保卡）", None),
            ("十大产业", None),
            (")实施", None),
        ];
        for (text, expected) in cases {
            let found = number(text).map(|n| (n.mark, &text[..n.len]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
