//! Text from data, made safe to print: control, escape, bidi and zero-width characters become pictures.
//!
//! The same pictures as on the screen: `␛` for an escape, `␦` for what has no picture of its own.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// A text on one line; line ends and tabs become a blank.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return text.into();
    }
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { picture(c) }).collect::<String>().into()
}

/// Puts a line out, whatever stands in it.
pub(super) fn put(out: &mut String, text: &str) {
    out.push_str(&line(text));
    out.push('\n');
}

/// A text that keeps its line ends.
pub(super) fn lines(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_hidden(c) && c != '\n') {
        return text.into();
    }
    text.chars().map(|c| if c == '\n' { c } else { picture(c) }).collect::<String>().into()
}

/// The width of a text in cells, ambiguous characters counted as one.
pub(super) fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            ' '..='~' => 1,
            // most of what there is, without looking it up
            '\u{4e00}'..='\u{9fff}' => 2,
            c => c.width().unwrap_or(0),
        })
        .sum()
}

/// The longest beginning that fits into `max` cells, with `…` at its end if anything was cut.
pub(super) fn cut(text: &str, max: usize) -> Cow<'_, str> {
    if width(text) <= max {
        return text.into();
    }
    let mut used = 0;
    let fits = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used + 1 > max
    });
    let end = fits.map_or(text.len(), |(at, _)| at);
    format!("{}…", &text[..end]).into()
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('␦'),
        '\u{7f}' => '␡',
        c if is_hidden(c) => '␦',
        c => c,
    }
}

/// Must not reach a terminal: control characters, bidi controls, zero-width and tag characters, private line ends.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_made_visible() {
        assert_eq!(line("a\x1b[31m\r\n\t\x7f\u{9b}b"), "a␛[31m␍  ␡␦b");
        assert_eq!(lines("甲\n乙\u{202e}丙\u{200b}"), "甲\n乙␦丙␦");
        assert!(matches!(line("清远市"), Cow::Borrowed(_)));
    }

    #[test]
    fn cutting_never_leaves_half_a_wide_character() {
        assert_eq!(cut("科普工作", 5), "科普…");
        assert_eq!(cut("科普工作", 8), "科普工作");
        assert_eq!(width("三（一）2"), 9);
    }
}
