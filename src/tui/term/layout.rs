//! One row of spans into cells.
//!
//! A wide glyph stands in its first cell; the cell behind it holds the empty symbol. Whoever covers one of the two
//! leaves a blank in the other, so a row never holds half a character.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::style::Style;

use super::canvas::{Align, Clip, Ink, Span};
use super::cell::{Cell, Dye};
use super::glyph::{Glyph, Measure};

/// Fills the cells of `part` with what the spans of one row show there; no span may cross its edges.
pub(super) fn layout<'s, 'a: 's>(
    cells: &mut [Cell],
    part: Range<usize>,
    spans: impl Iterator<Item = &'s Span<'a>>,
    measure: Measure,
) {
    cells[part.clone()].fill(Cell::EMPTY);
    let mut pen = 0;
    for span in spans.filter(|span| part.contains(&span.x.into())) {
        let from = usize::from(span.x);
        let to = (from + usize::from(span.max)).min(cells.len());
        match &span.ink {
            Ink::Text { text, clip, align } => {
                let from = if *align == Align::Follow { pen.max(from) } else { from };
                pen = put_text(cells, from, to, span.style, text, (*clip, *align), measure);
            }
            // what is kept is never in a part that is laid out
            Ink::Kept => {}
            Ink::Blank => fill(cells, from, to, " ", span.style),
            Ink::Tint => {
                let dye = Dye::of(span.style);
                cells[from..to].iter_mut().for_each(|cell| cell.dye(dye));
            }
            Ink::Repeat(c) => {
                let mut bytes = [0; 4];
                let glyph = if measure.ambiguous_wide { ascii_line(*c) } else { *c };
                let symbol: &str = glyph.encode_utf8(&mut bytes);
                if measure.width(symbol) == 1 && measure.glyphs(symbol).all(|g| g.shown == symbol) {
                    fill(cells, from, to, symbol, span.style);
                }
            }
        }
    }
    cells[part].iter_mut().for_each(Cell::forget_unseen);
}

/// Puts text into `from..to` and returns the cell behind it.
fn put_text(
    cells: &mut [Cell],
    from: usize,
    to: usize,
    style: Style,
    text: &str,
    (clip, align): (Clip, Align),
    measure: Measure,
) -> usize {
    if from >= to {
        return from;
    }
    let space = to - from;
    let text = match clip {
        Clip::Cut => Cow::Borrowed(text),
        Clip::Ellipsis if surely_fits(text, space) => Cow::Borrowed(text),
        Clip::Ellipsis => measure.ellipsis(text, space),
    };
    let mut x = match align {
        Align::Left | Align::Follow => from,
        Align::Right => from + space.saturating_sub(measure.width(&text)),
        Align::Centre => from + space.saturating_sub(measure.width(&text)) / 2,
    };
    let dye = Dye::of(style);
    for Glyph { shown, width, .. } in measure.glyphs(&text) {
        let end = x + usize::from(width);
        if end > to {
            break;
        }
        split(cells, x, end);
        cells[x].set(shown);
        cells[x].dye(dye);
        for tail in &mut cells[x + 1..end] {
            tail.set("");
            tail.dye(dye);
        }
        x = end;
    }
    // what follows a cut text would be a second ellipsis in the cell that a wide character left
    if matches!(text, Cow::Owned(_)) && align != Align::Right { to } else { x }
}

/// Whether a text fits for all that can be told without measuring it: a glyph is one character at least and two cells at most.
fn surely_fits(text: &str, space: usize) -> bool {
    text.len() * 2 <= space || text.bytes().filter(|b| (*b as i8) >= -0x40).count() * 2 <= space
}

fn fill(cells: &mut [Cell], from: usize, to: usize, symbol: &str, style: Style) {
    if from >= to {
        return;
    }
    split(cells, from, to);
    let dye = Dye::of(style);
    for cell in &mut cells[from..to] {
        if symbol == " " {
            // A fill hides what was there, so nothing of its style may shine through.
            *cell = Cell::EMPTY;
        }
        cell.set(symbol);
        cell.dye(dye);
    }
}

/// Blanks the outer halves of wide glyphs that the edges of `from..to` cut.
fn split(cells: &mut [Cell], from: usize, to: usize) {
    if cells[from].is_tail() && from > 0 {
        cells[from - 1].set(" ");
        cells[from].set(" ");
    }
    if to < cells.len() && cells[to].is_tail() {
        cells[to].set(" ");
    }
}

fn ascii_line(c: char) -> char {
    match c {
        '─' | '━' | '═' => '-',
        '│' | '┃' | '║' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => '+',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::term::Canvas;
    use ratatui::layout::Rect;

    fn row(width: u16, paint: impl Fn(&mut Canvas<'_>)) -> String {
        row_in(Measure::default(), width, paint)
    }

    fn row_in(measure: Measure, width: u16, paint: impl Fn(&mut Canvas<'_>)) -> String {
        let mut canvas = Canvas::new(width, 1);
        paint(&mut canvas);
        let mut cells = vec![Cell::EMPTY; usize::from(width)];
        layout(&mut cells, 0..usize::from(width), canvas.spans(0), measure);
        cells.iter().map(|c| if c.is_tail() { "<" } else { c.symbol() }).collect()
    }

    const S: Style = Style::new();

    #[test]
    fn a_popup_edge_that_cuts_a_wide_character_leaves_a_blank() {
        assert_eq!(
            row(8, |c| {
                c.put(0, 0, 8, S, "科普工作");
                c.fill(Rect::new(3, 0, 2, 1), S)
            }),
            "科<    作<"
        );
        assert_eq!(
            row(8, |c| {
                c.put(0, 0, 8, S, "科普工作");
                c.put(1, 0, 8, S, "普")
            }),
            " 普< 工<作<"
        );
        assert_eq!(
            row(8, |c| {
                c.put(0, 0, 8, S, "科普工作");
                c.put(3, 0, 1, S, "x")
            }),
            "科< x工<作<"
        );
    }

    #[test]
    fn text_is_cut_shortened_and_aligned_by_cells() {
        assert_eq!(row(6, |c| c.put(0, 0, 5, S, "科普工作")), "科<普<  ");
        assert_eq!(row(6, |c| c.put_short(0, 0, 6, S, "科普工作")), "科<普<… ");
        assert_eq!(row(6, |c| c.put_right(0, 0, 6, S, "科普")), "  科<普<");
        assert_eq!(row(6, |c| c.put_centre(0, 0, 6, S, "科普")), " 科<普< ");
        assert_eq!(row(9, |c| c.line(1, 0, 8, [(S, "科"), (S, "a"), (S, "普")])), " 科<a普<   ");
        assert_eq!(row(1, |c| c.put(0, 0, 1, S, "科")), " ");
    }

    #[test]
    fn lines_are_ascii_where_ambiguous_characters_are_wide() {
        let wide = Measure { ambiguous_wide: true };
        assert_eq!(row_in(wide, 4, |c| c.rule(0, 0, 3, S)), "--- ");
        assert_eq!(row_in(wide, 6, |c| c.put(0, 0, 6, S, "“科”")), "“<科<”<");
        assert_eq!(row(4, |c| c.rule(0, 0, 3, S)), "─── ");
    }
}
