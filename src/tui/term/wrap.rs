//! Line breaking for official Chinese text, in terminal cells.
//!
//! UAX #14 gives the opportunities; on top of it come the rules it does not know (clreq, GB/T 15834): curved quotes
//! open and close like brackets, no line begins with · ／ ～, a number keeps its unit, a document number stays whole,
//! "1." stays with its text. A mark that may not begin a line takes the character before it along (推出); nothing
//! hangs or is squeezed, since cells do not shrink. Where a piece is wider than the line it is split all the same.

use std::borrow::Cow;
use std::ops::Range;

use super::glyph::{Glyph, Measure};

/// How willingly a line ends behind a glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    /// Only when nothing else is left.
    Never,
    /// Rather than in the middle of a word: between a number and its unit.
    Reluctant,
    Free,
}

/// Breaks text into lines of at most `width` cells and returns the byte range of each.
///
/// Line ends in the text begin new lines and belong to no range. Blanks at a soft break belong to no range either.
/// A wide character on a line of one cell stands alone and sticks out. An empty text is one empty line.
pub fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    Measure::default().wrap(text, width, 0)
}

/// Breaks like [`wrap`], with the first line of every paragraph `indent` cells shorter.
pub fn wrap_indented(text: &str, width: usize, indent: usize) -> Vec<Range<usize>> {
    Measure::default().wrap(text, width, indent)
}

impl Measure {
    /// Breaks like [`wrap_indented`], with the widths of this terminal.
    pub fn wrap(self, text: &str, width: usize, indent: usize) -> Vec<Range<usize>> {
        let (mut lines, mut start) = (Vec::new(), 0);
        for paragraph in text.split('\n') {
            let content = paragraph.strip_suffix('\r').unwrap_or(paragraph);
            self.wrap_paragraph(content, width.max(1), indent.min(width.saturating_sub(2)), start, &mut lines);
            start += paragraph.len() + 1;
        }
        lines
    }

    fn wrap_paragraph(self, text: &str, width: usize, indent: usize, start: usize, lines: &mut Vec<Range<usize>>) {
        // Two cells a character and at least one byte: short paragraphs need no measuring.
        let room = width - indent;
        if text.len() * 2 <= room || self.fit(text, room).0.len() == text.len() {
            lines.push(start..start + text.len());
            return;
        }
        let glyphs: Vec<Glyph<'_>> = self.glyphs(text).collect();
        let breaks = breaks(text, &glyphs);
        let (mut from, mut room) = (0, room);
        loop {
            let end = line_end(&glyphs, &breaks, from, room);
            let trimmed = trim_end(&glyphs, from, end, room);
            let byte = |index: usize| start + glyphs.get(index).map_or(text.len(), |glyph| glyph.at);
            lines.push(byte(from)..byte(trimmed));
            from = (end..glyphs.len()).find(|&at| !glyphs[at].is_blank()).unwrap_or(glyphs.len());
            room = width;
            if from == glyphs.len() {
                return;
            }
        }
    }
}

/// Returns the index behind the last glyph of a line that begins at `from`.
fn line_end(glyphs: &[Glyph<'_>], breaks: &[Break], from: usize, room: usize) -> usize {
    let (mut used, mut best, mut at) = (0, (Break::Never, from), from);
    while at < glyphs.len() {
        let glyph = &glyphs[at];
        used += usize::from(glyph.width);
        // Blanks may stand beyond the edge, since they are dropped there.
        if used > room && !(glyph.is_blank() && at > from) {
            break;
        }
        if breaks[at] > Break::Never && breaks[at] >= best.0 {
            best = (breaks[at], at + 1);
        }
        at += 1;
    }
    match best {
        _ if at == glyphs.len() => at,
        (Break::Never, _) => at.max(from + 1),
        (_, end) => end,
    }
}

/// Drops the blanks a line ends with: all of them at a soft break, at the end of the paragraph those beyond the edge.
fn trim_end(glyphs: &[Glyph<'_>], from: usize, mut end: usize, room: usize) -> usize {
    let soft = end < glyphs.len();
    let mut used: usize = glyphs[from..end].iter().map(|glyph| usize::from(glyph.width)).sum();
    while end > from + 1 && glyphs[end - 1].is_blank() && (soft || used > room) {
        end -= 1;
        used -= usize::from(glyphs[end].width);
    }
    end
}

/// Says for each glyph how willingly the line ends behind it.
fn breaks(text: &str, glyphs: &[Glyph<'_>]) -> Vec<Break> {
    let text = with_quotes_as_brackets(text);
    let mut opportunities = unicode_linebreak::linebreaks(&text).map(|(at, _)| at).peekable();
    let first = |index: usize| glyphs.get(index).and_then(|glyph| glyph.text.chars().next());
    let head = numbering(glyphs);
    let judge = |index: usize| {
        let end = glyphs[index].at + glyphs[index].text.len();
        while opportunities.next_if(|&at| at < end).is_some() {}
        let allowed = opportunities.peek() == Some(&end);
        match (first(index), first(index + 1)) {
            (Some(before), Some(after)) if allowed => {
                let far = index.checked_sub(1).and_then(first);
                if index < head { Break::Never } else { between(far, before, after, first(index + 2)) }
            }
            _ => Break::Never,
        }
    };
    (0..glyphs.len()).map(judge).collect()
}

/// Judges a break between two characters that UAX #14 allows; `far` and `next` stand outside of them.
fn between(far: Option<char>, before: char, after: char, next: Option<char>) -> Break {
    let lone_dash = |dash: char, other: Option<char>| dash == '—' && other != Some('—');
    if matches!(after, '·' | '・' | '／' | '～' | '%' | '％' | '‰' | '℃' | '－' | '…' | '”' | '’')
        || matches!(before, '“' | '‘')
        || (is_han(before) && matches!(after, ',' | ';' | ':' | ')' | '!' | '?' | ']'))
        || (before == '—' && after == '—')
        || (lone_dash(after, next) && before != '—')
        || (before == '…' && after == '…')
    {
        return Break::Never;
    }
    if (is_digit(before) && (is_digit(after) || is_han(after)))
        || (before == '第' && is_digit(after))
        || (matches!(before, '〕' | '］') && is_digit(after))
        || (is_digit(after) && lone_dash(before, far))
        || (matches!(before, '万' | '亿') && far.is_some_and(is_digit) && is_han(after))
    {
        return Break::Reluctant;
    }
    Break::Free
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Returns how many glyphs at the beginning are a number like `1.` or `（1）` whose text must follow on the same line.
fn numbering(glyphs: &[Glyph<'_>]) -> usize {
    let blanks = glyphs.iter().take_while(|glyph| glyph.is_blank()).count();
    let digits = glyphs[blanks..].iter().take_while(|glyph| glyph.text.chars().all(is_digit)).count();
    let mark = glyphs.get(blanks + digits).is_some_and(|glyph| matches!(glyph.text, "." | "．" | "、"));
    if digits > 0 && digits < 4 && mark { blanks + digits + 1 } else { 0 }
}

/// Puts corner brackets, of the same length in bytes, for curved quotes: UAX #14 cannot tell opening from closing and
/// so allows no break on either side. An apostrophe stays.
fn with_quotes_as_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(['“', '”', '‘', '’']) {
        return Cow::Borrowed(text);
    }
    let (mut result, mut before, mut chars) = (String::with_capacity(text.len()), ' ', text.chars().peekable());
    while let Some(c) = chars.next() {
        let apostrophe = before.is_ascii_alphanumeric() && chars.peek().is_some_and(char::is_ascii_alphanumeric);
        result.push(match c {
            '“' | '‘' => '「',
            '”' => '」',
            '’' if !apostrophe => '」',
            other => other,
        });
        before = c;
    }
    Cow::Owned(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::term::width;
    use proptest::prelude::*;

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().map(|line| &text[line]).collect()
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(lines("深入实施科普，行动", 12), ["深入实施科", "普，行动"]);
        assert_eq!(lines("深入实施科普,行动", 12), ["深入实施科", "普,行动"]);
        assert_eq!(lines("深入实施（科普）行动", 10), ["深入实施", "（科普）行", "动"]);
        assert_eq!(lines("深入实施科(普)行动", 11), ["深入实施科", "(普)行动"]);
        assert_eq!(lines("深入实施“科普”行动", 9), ["深入实施", "“科普”行", "动"]);
        assert_eq!(lines("落实好“十四五”", 8), ["落实好", "“十四五”"]);
        assert_eq!(lines("科普·中国", 4), ["科", "普·", "中国"]);
        assert_eq!(lines("科普工作！？好", 8), ["科普工", "作！？好"]);
    }

    #[test]
    fn dashes_and_dots_are_never_split() {
        assert_eq!(lines("科学普及——创新", 9), ["科学普及", "——创新"]);
        assert_eq!(lines("科学普及……创新", 9), ["科学普", "及……创新"]);
        assert_eq!(lines("2021—2025年规划", 8), ["2021—", "2025年规", "划"]);
    }

    #[test]
    fn numbers_keep_their_units() {
        assert_eq!(lines("比例达到16%以上", 9), ["比例达到", "16%以上"]);
        assert_eq!(lines("比例达到１６％以上", 10), ["比例达到", "１６％以上"]);
        assert_eq!(lines("规划到2025年底前", 10), ["规划到", "2025年底前"]);
        assert_eq!(lines("发展目标1.5万名", 10), ["发展目标", "1.5万名"]);
        assert_eq!(lines("科协发〔2021〕9号文", 12), ["科协发", "〔2021〕9号", "文"]);
        assert_eq!(lines("修改第3条", 6), ["修改", "第3条"]);
        assert_eq!(lines("1.加强领导", 4), ["1.加", "强领", "导"]);
    }

    #[test]
    fn words_stay_whole_and_what_is_too_wide_is_split() {
        assert_eq!(lines("请用word文件", 7), ["请用", "word文", "件"]);
        assert_eq!(lines("a-very-long@example-address.cn", 10).concat(), "a-very-long@example-address.cn");
        assert_eq!(lines("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(lines("科普", 1), ["科", "普"]);
        assert_eq!(lines("don’t stop", 5), ["don’t", "stop"]);
    }

    #[test]
    fn blanks_at_a_break_are_dropped_and_leading_ones_kept() {
        assert_eq!(lines("one  two", 4), ["one", "two"]);
        assert_eq!(lines("科普工作　行动", 8), ["科普工作", "行动"]);
        assert_eq!(lines("　　科普工作", 8), ["　　科普", "工作"]);
        assert_eq!(lines("一\r\n\n二", 8), ["一", "", "二"]);
        assert_eq!(lines("", 8), [""]);
        let text = "科普工作行动";
        assert_eq!(wrap_indented(text, 8, 4), [0..6, 6..18]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn lines_fit_and_lose_only_blanks(
            text in "([科普工作，。、；：！？“”‘’（）《》〔〕·—…％　 a-c1-3%,.;()\n]|\\PC|[\\x00-\\x1f]|👨‍👩‍👧){0,60}",
            room in 2usize..30,
            indent in 0usize..5,
        ) {
            let mut from = 0;
            let mut first = true;
            for line in wrap_indented(&text, room, indent) {
                prop_assert!(line.start >= from && line.end >= line.start);
                let lost = &text[from..line.start];
                prop_assert!(lost.chars().all(|c| c == '\n' || c == '\r' || c == ' ' || c == '\t'
                    || matches!(c, '\u{2002}' | '\u{2003}' | '\u{3000}')), "lost {:?}", lost);
                first |= lost.contains('\n');
                let limit = if first { room - indent.min(room - 2) } else { room };
                prop_assert!(width(&text[line.clone()]) <= limit, "{:?}", &text[line.clone()]);
                first = false;
                from = line.end;
            }
        }

        #[test]
        fn the_rules_hold_where_the_width_allows(
            clauses in proptest::collection::vec(("[科普工作青少年]{1,5}", "[，。、；：！？,;:!?）】》”%％]"), 1..12),
            opener in "[（《【“(]",
            room in 14usize..40,
        ) {
            // marks that follow one another leave no place to break and may break the rule, so characters stand between them
            let text: String = clauses.iter().map(|(han, mark)| format!("科{opener}{han}{mark}普")).collect();
            for line in lines(&text, room) {
                prop_assert!(!line.starts_with(|c| "，。、；：！？,;:!?）】》”%％".contains(c)), "{line:?}");
                prop_assert!(!line.ends_with(|c| "（《【“(".contains(c)), "{line:?}");
            }
        }
    }
}
