//! A frame as an SVG picture: for the README, for reviews, for tests one can look at.
//!
//! Every piece of text stands at the cell where the terminal has it. Renderers do not agree on lists of positions, so
//! a run is only as long as its font keeps the grid by itself (ASCII, Han); other glyphs stand alone, and lines of
//! boxes are drawn as lines, so that they join. The same frame gives the same bytes.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

use super::encode::rgb;
use super::{glyphs, width};

/// Half an em of the CJK font, so that its narrow and wide glyphs fill one and two cells.
const CELL: u32 = 8;
const LINE: u32 = 20;
const MARGIN: u32 = 14;
const TITLE: u32 = 30;
const INK: (u8, u8, u8) = (0xd5, 0xdb, 0xe6);
const PAPER: (u8, u8, u8) = (0x14, 0x18, 0x20);

const HEAD: &str = r#"<style>
.w{font-family:'Noto Sans Mono CJK SC','Sarasa Mono SC','Source Han Mono SC','Microsoft YaHei Mono',monospace;font-size:16px}
.n{font-family:'DejaVu Sans Mono','Cascadia Mono','Consolas','Noto Sans Mono CJK SC',monospace;font-size:13.3px}
.b{font-weight:bold}.i{font-style:italic}.d{opacity:.6}
</style>
"#;

/// The look of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    ink: (u8, u8, u8),
    paper: (u8, u8, u8),
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Look {
        let colour = |colour: Color, default| rgb(colour).unwrap_or(default);
        let (ink, paper) = (colour(cell.fg, INK), colour(cell.bg, PAPER));
        let modifier = cell.modifier.difference(Modifier::REVERSED);
        if cell.modifier.contains(Modifier::REVERSED) {
            Look { ink: paper, paper: ink, modifier }
        } else {
            Look { ink, paper, modifier }
        }
    }

    fn class(self) -> String {
        let classes = [(Modifier::BOLD, " b"), (Modifier::ITALIC, " i"), (Modifier::DIM, " d")];
        classes.iter().filter(|(modifier, _)| self.modifier.contains(*modifier)).map(|(_, class)| *class).collect()
    }
}

/// Draws a frame, with the terminal's cursor if it is shown, in a window with a title.
pub fn picture(frame: &Buffer, cursor: Option<(u16, u16)>, title: &str) -> String {
    let (columns, rows) = (u32::from(frame.area.width), u32::from(frame.area.height));
    let (wide, high) = (columns * CELL + 2 * MARGIN, rows * LINE + TITLE + MARGIN);
    let mut svg = String::with_capacity(64 * 1024);
    let title: String = glyphs(title).map(|glyph| escape(glyph.shown)).collect();
    // Writing to a String cannot fail.
    let _ = write!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\">\n{HEAD}\
         <rect width=\"{wide}\" height=\"{high}\" rx=\"9\" fill=\"{}\" stroke=\"#2c3442\"/>\n\
         <circle cx=\"20\" cy=\"15\" r=\"5\" fill=\"#434d5e\"/><circle cx=\"37\" cy=\"15\" r=\"5\" fill=\"#434d5e\"/>\
         <circle cx=\"54\" cy=\"15\" r=\"5\" fill=\"#434d5e\"/>\n\
         <text class=\"w\" x=\"{}\" y=\"20\" text-anchor=\"middle\" fill=\"#7d899c\">{title}</text>\n",
        hex(PAPER),
        wide / 2,
    );
    for y in 0..frame.area.height {
        draw_row(&mut svg, frame, y);
    }
    if let Some((x, y)) = cursor {
        let (x, y) = (MARGIN + u32::from(x) * CELL, TITLE + u32::from(y) * LINE);
        let _ = writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{LINE}\" fill=\"#f0c674\"/>");
    }
    svg.push_str("</svg>\n");
    svg
}

/// A glyph with its column and the cells it fills.
struct Placed<'f> {
    x: u32,
    cells: u32,
    symbol: &'f str,
    look: Look,
}

/// Whether a cell is the second half of the glyph before it.
fn is_tail(cell: &Cell) -> bool {
    cell.symbol().is_empty()
}

fn draw_row(svg: &mut String, frame: &Buffer, y: u16) {
    let (mut placed, mut x) = (Vec::new(), 0);
    while x < frame.area.width {
        let cell = &frame[(frame.area.x + x, frame.area.y + y)];
        let symbol = if is_tail(cell) { " " } else { cell.symbol() };
        let next = (x + 1 < frame.area.width).then(|| &frame[(frame.area.x + x + 1, frame.area.y + y)]);
        let cells = if next.is_some_and(is_tail) || width(symbol) > 1 { 2 } else { 1 };
        placed.push(Placed { x: x.into(), cells: cells.into(), symbol, look: Look::of(cell) });
        x += cells;
    }
    let top = TITLE + u32::from(y) * LINE;
    for run in placed.chunk_by(|a, b| a.look == b.look) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let (left, right) = (MARGIN + first.x * CELL, MARGIN + (last.x + last.cells) * CELL);
        let (look, wide) = (first.look, right - left);
        if look.paper != PAPER {
            let fill = hex(look.paper);
            let _ =
                writeln!(svg, "<rect x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{LINE}\" fill=\"{fill}\"/>");
        }
        for (modifier, below) in [(Modifier::UNDERLINED, 18), (Modifier::CROSSED_OUT, 10)] {
            if look.modifier.contains(modifier) {
                let (ink, line) = (hex(look.ink), top + below);
                let _ = writeln!(svg, "<path d=\"M{left} {line}.5H{right}\" stroke=\"{ink}\"/>");
            }
        }
        if !look.modifier.contains(Modifier::HIDDEN) {
            draw_run(svg, run, top);
        }
    }
}

/// Draws the glyphs of one look: stretches of one kind together, others alone.
fn draw_run(svg: &mut String, run: &[Placed<'_>], top: u32) {
    for stretch in run.chunk_by(|a, b| kind(a.symbol) == kind(b.symbol) && kind(a.symbol) != Kind::Alone) {
        let Some(Placed { x, symbol, look, .. }) = stretch.first() else { continue };
        let left = MARGIN + x * CELL;
        let (ink, class) = (hex(look.ink), look.class());
        if *symbol == " " || *symbol == "\u{3000}" {
            continue;
        }
        if let Some(path) = box_lines(symbol) {
            let bold = if look.modifier.contains(Modifier::BOLD) { "2" } else { "1" };
            let dim = if look.modifier.contains(Modifier::DIM) { " opacity=\".6\"" } else { "" };
            let _ = writeln!(
                svg,
                "<path transform=\"translate({left} {top})\" d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{bold}\"{dim}/>"
            );
            continue;
        }
        let font = if stretch[0].cells == 1 && !symbol.is_ascii() { "n" } else { "w" };
        let (text, base): (String, u32) = (stretch.iter().map(|placed| escape(placed.symbol)).collect(), top + 16);
        let _ = writeln!(svg, "<text class=\"{font}{class}\" x=\"{left}\" y=\"{base}\" fill=\"{ink}\">{text}</text>");
    }
}

/// Which glyphs keep the grid when set together.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Ascii,
    Han,
    Alone,
}

fn kind(symbol: &str) -> Kind {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some(' ' | '\u{3000}'), None) => Kind::Blank,
        (Some('!'..='~'), None) => Kind::Ascii,
        (Some('\u{3001}'..='\u{3029}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff3f}'), None) => Kind::Han,
        _ => Kind::Alone,
    }
}

/// Returns the lines of a border character in a cell of 8 by 20.
fn box_lines(symbol: &str) -> Option<&'static str> {
    Some(match symbol {
        "─" | "━" => "M0 10.5H8",
        "│" | "┃" => "M4.5 0V20",
        "┌" | "╭" => "M4.5 20V10.5H8",
        "┐" | "╮" => "M0 10.5H4.5V20",
        "└" | "╰" => "M4.5 0V10.5H8",
        "┘" | "╯" => "M0 10.5H4.5V0",
        "├" => "M4.5 0V20M4.5 10.5H8",
        "┤" => "M4.5 0V20M4.5 10.5H0",
        "┬" => "M0 10.5H8M4.5 10.5V20",
        "┴" => "M0 10.5H8M4.5 10.5V0",
        "┼" => "M0 10.5H8M4.5 0V20",
        _ => return None,
    })
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::term::{Canvas, Colours, Screen};
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    #[test]
    fn text_stands_at_its_cells() {
        let mut canvas = Canvas::new(14, 2);
        canvas.line(1, 0, 12, [(Style::new(), "科普<a>"), (Style::new().bold().fg(Color::Red), "“x”")]);
        canvas.rule(0, 1, 2, Style::new());
        canvas.tint(Rect::new(12, 0, 2, 1), Style::new().reversed());
        let mut screen = Screen::new(14, 2, Colours::True);
        screen.draw(&canvas);
        let svg = picture(&screen.buffer(), Some((3, 0)), "a & b");
        let body: Vec<&str> = svg.lines().skip(8).collect();
        assert_eq!(
            body.join("\n"),
            concat!(
                "<text class=\"w\" x=\"70\" y=\"20\" text-anchor=\"middle\" fill=\"#7d899c\">a &amp; b</text>\n",
                "<text class=\"w\" x=\"22\" y=\"46\" fill=\"#d5dbe6\">科普</text>\n",
                "<text class=\"w\" x=\"54\" y=\"46\" fill=\"#d5dbe6\">&lt;a&gt;</text>\n",
                "<text class=\"n b\" x=\"78\" y=\"46\" fill=\"#cd3131\">“</text>\n",
                "<text class=\"w b\" x=\"86\" y=\"46\" fill=\"#cd3131\">x</text>\n",
                "<text class=\"n b\" x=\"94\" y=\"46\" fill=\"#cd3131\">”</text>\n",
                "<rect x=\"110\" y=\"30\" width=\"16\" height=\"20\" fill=\"#d5dbe6\"/>\n",
                "<path transform=\"translate(14 50)\" d=\"M0 10.5H8\" fill=\"none\" stroke=\"#d5dbe6\" stroke-width=\"1\"/>\n",
                "<path transform=\"translate(22 50)\" d=\"M0 10.5H8\" fill=\"none\" stroke=\"#d5dbe6\" stroke-width=\"1\"/>\n",
                "<rect x=\"38\" y=\"30\" width=\"2\" height=\"20\" fill=\"#f0c674\"/>\n",
                "</svg>"
            )
        );
    }
}
