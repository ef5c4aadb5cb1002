//! Glyphs: what one step of the caret passes, what fills one or two cells, what may be sent to a terminal.
//!
//! A glyph is a grapheme cluster as far as every terminal agrees on its width. Terminals that add up the widths of
//! single characters (xterm, most others) and those that know clusters (kitty, WezTerm) must put the next glyph into
//! the same column, so joined emoji are drawn as their first member, variation selectors are left out, and a cluster
//! with two spacing characters (Devanagari conjuncts) is two glyphs. The text itself is never changed.
//!
//! Nothing here returns a control, escape, bidi or zero-width character as something to show.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Marks beyond this many on one base are not drawn: stacked marks climb into other rows.
const MARKS: usize = 4;

/// What is drawn for a character that must not reach the terminal and has no picture of its own.
const HIDDEN: &str = "␦";

/// The pictures of U+0000 to U+001F, three bytes each, in order.
const PICTURES: &str = "␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟";

/// One drawable unit of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph<'t> {
    /// Byte offset of `text` in the text it came from.
    pub at: usize,
    /// The source bytes; what a caret steps over and a delete removes.
    pub text: &'t str,
    /// What to draw: printable characters only. Empty marks that follow were cut when it is shorter than `text`.
    pub shown: &'t str,
    /// Cells it fills: 1 or 2.
    pub width: u16,
}

impl Glyph<'_> {
    /// Whether the glyph is a blank that a line break may swallow: space, NBSP is not one, ideographic space is.
    pub fn is_blank(&self) -> bool {
        matches!(self.text, " " | "\u{3000}" | "\t" | "\u{2002}" | "\u{2003}")
    }
}

/// How wide text is on this terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measure {
    /// Characters of East Asian Width "ambiguous" (“ ” — … · ① ★ ─) fill two cells instead of one.
    pub ambiguous_wide: bool,
}

impl Measure {
    /// Iterates over the glyphs of a text.
    pub fn glyphs(self, text: &str) -> Glyphs<'_> {
        Glyphs { text, at: 0, measure: self }
    }

    /// Returns the width of a text in cells.
    pub fn width(self, text: &str) -> usize {
        self.glyphs(text).map(|g| usize::from(g.width)).sum()
    }

    /// Returns the longest beginning of a text that fits into `max` cells, and the cells it uses.
    pub fn fit(self, text: &str, max: usize) -> (&str, usize) {
        let mut used = 0;
        for glyph in self.glyphs(text) {
            let next = used + usize::from(glyph.width);
            if next > max {
                return (&text[..glyph.at], used);
            }
            used = next;
        }
        (text, used)
    }

    /// Returns a text cut to `max` cells, with `…` in its last cell if anything was cut.
    pub fn ellipsis(self, text: &str, max: usize) -> std::borrow::Cow<'_, str> {
        let (head, _) = self.fit(text, max);
        if head.len() == text.len() {
            return head.into();
        }
        let mark = self.width("…");
        if max < mark {
            return head.into();
        }
        let (head, _) = self.fit(text, max - mark);
        format!("{head}…").into()
    }

    fn char_width(self, c: char) -> usize {
        if self.ambiguous_wide { c.width_cjk() } else { c.width() }.unwrap_or(0)
    }
}

/// Iterates over the glyphs of a text, ambiguous characters one cell wide.
pub fn glyphs(text: &str) -> Glyphs<'_> {
    Measure::default().glyphs(text)
}

/// Returns the width of a text in cells, ambiguous characters counted as one.
pub fn width(text: &str) -> usize {
    Measure::default().width(text)
}

/// Returns the longest beginning of a text that fits into `max` cells, and the cells it uses.
pub fn fit(text: &str, max: usize) -> (&str, usize) {
    Measure::default().fit(text, max)
}

/// Returns a text cut to `max` cells, with `…` in its last cell if anything was cut.
pub fn ellipsis(text: &str, max: usize) -> std::borrow::Cow<'_, str> {
    Measure::default().ellipsis(text, max)
}

/// The iterator behind [`glyphs`].
#[derive(Debug, Clone)]
pub struct Glyphs<'t> {
    text: &'t str,
    at: usize,
    measure: Measure,
}

impl<'t> Iterator for Glyphs<'t> {
    type Item = Glyph<'t>;

    fn next(&mut self) -> Option<Glyph<'t>> {
        let rest = &self.text[self.at..];
        let glyph = match plain(rest) {
            Some(found) => found,
            None => cluster(rest, self.measure),
        }?;
        let glyph = Glyph { at: self.at, ..glyph };
        self.at += glyph.text.len();
        Some(glyph)
    }
}

/// Recognises the two cases that make up nearly all text, without the segmentation tables: ASCII or a Han character
/// or mark, followed by another of these. `Some(None)` is the end of the text.
fn plain(rest: &str) -> Option<Option<Glyph<'_>>> {
    let bytes = rest.as_bytes();
    let Some(&first) = bytes.first() else {
        return Some(None);
    };
    let (len, width) = match first {
        0x20..=0x7e => (1, 1),
        // U+3001..U+303F, U+4E00..U+9FFF: three bytes, wide, and never the first half of a cluster by themselves.
        0xe3 if bytes[1] == 0x80 && bytes[2] < 0xaa => (3, 2),
        0xe5..=0xe9 => (3, 2),
        0xe4 if bytes[1] >= 0xb8 => (3, 2),
        // U+FF01..U+FF3F: full-width punctuation, digits and capitals.
        0xef if bytes[1] == 0xbc && bytes[2] != 0x80 => (3, 2),
        _ => return None,
    };
    // What follows must not be able to join: no marks, joiners or selectors begin with these bytes.
    match bytes.get(len) {
        None | Some(0x20..=0x7e | 0xe4..=0xe9) => {}
        Some(0xe3) if bytes[len + 1] == 0x80 && bytes[len + 2] < 0xaa => {}
        Some(0xef) if bytes[len + 1] == 0xbc => {}
        _ => return None,
    }
    let text = &rest[..len];
    Some(Some(Glyph { at: 0, text, shown: text, width }))
}

/// The general case: one grapheme cluster, cut where terminals would disagree.
fn cluster(rest: &str, measure: Measure) -> Option<Glyph<'_>> {
    let whole = rest.graphemes(true).next()?;
    let mut chars = whole.char_indices();
    let (_, first) = chars.next()?;
    let base = measure.char_width(first);
    if base == 0 || is_hidden(first) {
        let len = first.len_utf8();
        let shown = match first {
            '\0'..='\x1f' => {
                let n = first as usize * 3;
                &PICTURES[n..n + 3]
            }
            '\x7f' => "␡",
            _ => HIDDEN,
        };
        return Some(Glyph { at: 0, text: &rest[..len], shown, width: measure.width_of_picture(shown) });
    }
    let (mut shown, mut marks, mut width, mut joined, mut cut) = (first.len_utf8(), 0, base, false, false);
    for (at, c) in chars {
        let own = measure.char_width(c);
        if is_dropped(c) {
            joined = c == '\u{200d}';
            cut = true;
        } else if joined || is_skin(c) {
            (joined, cut) = (false, true);
        } else if is_regional(first) && is_regional(c) {
            (shown, width) = (at + c.len_utf8(), width + own);
        } else if is_tag(c) && first == '\u{1f3f4}' {
            cut = true;
        } else if own > 0 || is_hidden(c) || is_tag(c) {
            return Some(Glyph { at: 0, text: &rest[..at], shown: &rest[..shown], width: width.min(2) as u16 });
        } else if !cut && marks < MARKS {
            marks += 1;
            shown = at + c.len_utf8();
        } else {
            cut = true;
        }
    }
    Some(Glyph { at: 0, text: whole, shown: &rest[..shown], width: width.min(2) as u16 })
}

impl Measure {
    fn width_of_picture(self, shown: &str) -> u16 {
        shown.chars().map(|c| self.char_width(c)).sum::<usize>().clamp(1, 2) as u16
    }
}

/// Whether a character must never be sent: it moves the cursor, turns the text around or hides.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{115f}' | '\u{1160}' | '\u{3164}'
            | '\u{ffa0}' | '\u{1d173}'..='\u{1d17a}')
}

/// Selectors and joiners: part of a cluster, but not drawn, since terminals disagree about what they do.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180d}')
}

fn is_skin(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0000}'..='\u{e0fff}') && !is_dropped(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        glyphs(text).map(|g| g.shown).collect()
    }

    #[test]
    fn han_is_wide_and_ambiguous_marks_are_narrow_by_default() {
        assert_eq!(width("科普 a，"), 8);
        assert_eq!(width("“十四五”—…·①"), 6 + 6);
        assert_eq!(Measure { ambiguous_wide: true }.width("“十四五”"), 10);
    }

    #[test]
    fn a_cluster_is_one_step_and_as_wide_as_its_first_member() {
        let family = glyphs("👨‍👩‍👧x").next().expect("a glyph");
        assert_eq!((family.text, family.shown, family.width), ("👨‍👩‍👧", "👨", 2));
        assert_eq!(shown("👍🏽❤️"), "👍❤");
        assert_eq!(glyphs("e\u{301}\u{302}x").next().map(|g| (g.text.len(), g.width)), Some((5, 1)));
        assert_eq!(glyphs("🇨🇳🇨🇳").count(), 2);
        assert_eq!(glyphs("葛\u{e0100}城").map(|g| g.shown).collect::<Vec<_>>(), ["葛", "城"]);
    }

    #[test]
    fn hostile_characters_are_made_visible() {
        assert_eq!(shown("a\x1b[31m\r\n\t\x7f\u{9b}b"), "a␛[31m␍␊␉␡␦b");
        assert_eq!(shown("\u{202e}文\u{2066}\u{200f}\u{200b}\u{feff}\u{ad}\u{e0041}"), "␦文␦␦␦␦␦␦");
        assert_eq!(shown("\u{301}a"), "␦a");
        let zalgo = format!("a{}", "\u{301}".repeat(50));
        assert_eq!(glyphs(&zalgo).map(|g| g.shown.chars().count()).collect::<Vec<_>>(), [5]);
    }

    #[test]
    fn cutting_never_leaves_half_a_wide_character() {
        assert_eq!(fit("科普a", 3), ("科", 2));
        assert_eq!(ellipsis("科普工作", 5), "科普…");
        assert_eq!(ellipsis("科普工作", 8), "科普工作");
        assert_eq!(ellipsis("科普", 0), "");
        assert_eq!(ellipsis("科普", 1), "…");
    }

    proptest! {
        #[test]
        fn glyphs_cover_the_text_and_show_only_printable(text in "(\\PC|[\\x00-\\x1f]|[👨👩‍🇨🇳\u{200d}\u{fe0f}\u{1f3fd}क्षम科，]|\\p{M}|\\p{Cf}){0,24}") {
            let all: Vec<_> = glyphs(&text).collect();
            prop_assert_eq!(all.iter().map(|g| g.text).collect::<String>(), text.clone());
            for g in &all {
                prop_assert!(g.width == 1 || g.width == 2);
                prop_assert!(!g.shown.is_empty() && !g.shown.chars().any(is_hidden));
                prop_assert_eq!(g.shown.chars().map(|c| c.width().unwrap_or(0)).sum::<usize>(), usize::from(g.width));
            }
        }
    }
}
