//! The document cut into pieces: one per line that is not blank, and one per numbered part where lines were run together.
//!
//! The white space between pieces is kept by position, so that the pieces and what is between them give the source back.

use super::numbering::{Mark, number};
use std::ops::Range;

/// A piece of the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// From 1.
    pub line: u32,
    /// Bytes of the source, without surrounding white space.
    pub at: Range<usize>,
    /// Not the first piece of its line.
    pub split: bool,
}

/// A line with fewer numbered parts than this inside it is left whole.
const RUN_TOGETHER: usize = 3;

/// Cuts the source into pieces.
pub(super) fn pieces(source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut expected = Expected::default();
    for (index, line) in source.split('\n').enumerate() {
        let text = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start += line.len() + 1;
        if text.is_empty() {
            continue;
        }
        let cuts = expected.cuts(text);
        let mut parts = if cuts.len() >= RUN_TOGETHER { cuts } else { Vec::new() };
        parts.push(text.len());
        let mut begin = 0;
        for end in parts {
            let part = &text[begin..end];
            let trimmed = part.trim();
            let at = from + begin + (part.len() - part.trim_start().len());
            if !trimmed.is_empty() {
                pieces.push(Piece {
                    line: u32::try_from(index + 1).unwrap_or(u32::MAX),
                    at: at..at + trimmed.len(),
                    split: begin > 0,
                });
            }
            begin = end;
        }
    }
    pieces
}

/// The last number seen on each level: inside a line only the next one is believed.
#[derive(Default)]
struct Expected {
    chapter: u32,
    heading: u32,
    item: u32,
}

impl Expected {
    /// Finds where the numbered parts inside a line begin.
    fn cuts(&mut self, text: &str) -> Vec<usize> {
        if let Some(found) = number(text) {
            self.take(found.mark);
        }
        let mut cuts = Vec::new();
        let mut in_title = matches!(number(text).map(|n| n.mark), Some(Mark::Chapter(_)));
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            let after_stop = matches!(before, '。' | '；' | ';' | '：' | ':' | ')' | '）' | '”' | '！');
            if at > 0
                && (after_stop || in_title)
                && let Some(found) = number(&text[at..])
            {
                let fits = match found.mark {
                    Mark::Chapter(n) => after_stop && n == self.chapter + 1,
                    Mark::Heading(n) => n == self.heading + 1 || (in_title && n == 1),
                    Mark::Item(n) => after_stop && n == self.item + 1,
                };
                if fits {
                    self.take(found.mark);
                    cuts.push(at);
                    in_title = matches!(found.mark, Mark::Chapter(_));
                }
            }
            in_title = in_title && c != '。';
            before = c;
        }
        cuts
    }

    fn take(&mut self, mark: Mark) {
        match mark {
            Mark::Chapter(n) => (self.chapter, self.item) = (n, 0),
            Mark::Heading(n) => (self.heading, self.item) = (n, 0),
            Mark::Item(n) => self.item = n,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<&str> {
        pieces(source).into_iter().map(|piece| &source[piece.at]).collect()
    }

    #[test]
    fn lines_are_pieces_without_their_white_space() {
        assert_eq!(cut("\n  一、前言\n\n\u{a0}\n　1. 甲 \n"), ["一、前言", "1. 甲"]);
    }

    #[test]
    fn a_body_on_one_line_is_cut_at_the_next_expected_number() {
        let source = "制定如下方案。一、把政策结合起来，提高精准性（一）研究甲。（财政部负责）具体措施：1．总结2.0经验。2．简化乙（3）。（二）丙。二、丁";
        let expected = [
            "制定如下方案。",
            "一、把政策结合起来，提高精准性",
            "（一）研究甲。（财政部负责）具体措施：",
            "1．总结2.0经验。",
            "2．简化乙（3）。",
            "（二）丙。",
            "二、丁",
        ];
        assert_eq!(cut(source), expected);
    }

    #[test]
    fn a_paragraph_that_mentions_a_number_stays_whole() {
        let source = "一、甲。\n（一）乙。见（二）丙。\n";
        assert_eq!(cut(source), ["一、甲。", "（一）乙。见（二）丙。"]);
    }
}
