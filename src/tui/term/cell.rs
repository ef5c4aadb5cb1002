//! What one cell of the terminal shows: a few words that are copied and compared without asking anybody.
//!
//! ratatui's own cell owns a string and costs a thousand instructions on its way to the terminal; a frame has seven thousand.
//! [`Screen::buffer`](super::Screen::buffer) gives ratatui's for those who look at a frame.

use ratatui::buffer;
use ratatui::style::{Color, Modifier, Style};

use super::encode::index;

/// The longest glyph: a character with four marks, of four bytes each.
const MOST: usize = 20;

/// Modifiers that can be seen on a blank.
pub(super) const SEEN_ON_BLANK: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// A colour in one word; 0 is the terminal's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Ink(u32);

impl Ink {
    pub fn of(colour: Color) -> Ink {
        Ink(match (colour, index(colour)) {
            (_, Some(n)) => u32::from_be_bytes([1, 0, 0, n]),
            (Color::Indexed(n), None) => u32::from_be_bytes([1, 0, 0, n]),
            (Color::Rgb(r, g, b), _) => u32::from_be_bytes([2, r, g, b]),
            _ => 0,
        })
    }

    /// The colour; the sixteen of the palette by their numbers.
    pub fn colour(self) -> Color {
        match self.0.to_be_bytes() {
            [1, _, _, n] => Color::Indexed(n),
            [2, r, g, b] => Color::Rgb(r, g, b),
            _ => Color::Reset,
        }
    }
}

/// One cell. A wide glyph stands in its first one; the cell behind it is a tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    text: [u8; MOST],
    length: u8,
    pub fg: Ink,
    pub bg: Ink,
    pub modifier: Modifier,
}

/// A style as cells take it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dye {
    fg: Option<Ink>,
    bg: Option<Ink>,
    add: Modifier,
    sub: Modifier,
}

impl Dye {
    pub fn of(style: Style) -> Dye {
        let blink = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        // no terminal of ours blinks
        let add = style.add_modifier.difference(blink);
        Dye { fg: style.fg.map(Ink::of), bg: style.bg.map(Ink::of), add, sub: style.sub_modifier }
    }
}

impl Cell {
    /// What an erased cell is.
    pub const EMPTY: Cell = {
        let mut text = [0; MOST];
        text[0] = b' ';
        Cell { text, length: 1, fg: Ink(0), bg: Ink(0), modifier: Modifier::empty() }
    };

    /// The bytes of its glyph; none in a tail.
    pub fn bytes(&self) -> &[u8] {
        &self.text[..usize::from(self.length)]
    }

    pub fn symbol(&self) -> &str {
        std::str::from_utf8(self.bytes()).unwrap_or(" ")
    }

    pub fn is_tail(&self) -> bool {
        self.length == 0
    }

    /// All of it but the glyph.
    pub fn style(&self) -> (Ink, Ink, Modifier) {
        (self.fg, self.bg, self.modifier)
    }

    /// Whether nothing can be seen in it but its background.
    pub fn is_blank(&self) -> bool {
        self.length == 1 && self.text[0] == b' '
    }

    /// Takes a glyph; the last marks of one that is too long are not drawn.
    pub fn set(&mut self, glyph: &str) {
        let mut length = glyph.len().min(MOST);
        while !glyph.is_char_boundary(length) {
            length -= 1;
        }
        self.text = [0; MOST];
        self.length = length as u8;
        match glyph.as_bytes() {
            [a] => self.text[0] = *a,
            [a, b, c] => self.text[..3].copy_from_slice(&[*a, *b, *c]),
            bytes => self.text[..length].copy_from_slice(&bytes[..length]),
        }
    }

    pub fn dye(&mut self, dye: Dye) {
        if let Some(fg) = dye.fg {
            self.fg = fg;
        }
        if let Some(bg) = dye.bg {
            self.bg = bg;
        }
        self.modifier = self.modifier.union(dye.add).difference(dye.sub);
    }

    /// Takes from a blank what cannot be seen on it, so that it is neither compared nor sent.
    pub fn forget_unseen(&mut self) {
        if self.is_blank() && !self.modifier.intersects(SEEN_ON_BLANK) {
            self.fg = Ink(0);
            self.modifier = Modifier::empty();
        }
    }

    /// The same as ratatui has it.
    pub fn to_ratatui(self) -> buffer::Cell {
        let mut cell = buffer::Cell::EMPTY;
        cell.set_symbol(self.symbol());
        (cell.fg, cell.bg, cell.modifier) = (self.fg.colour(), self.bg.colour(), self.modifier);
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_back() {
        for colour in [Color::Reset, Color::Indexed(245), Color::Indexed(3), Color::Rgb(1, 2, 3)] {
            assert_eq!(Ink::of(colour).colour(), colour);
        }
        assert_eq!(Ink::of(Color::LightRed).colour(), Color::Indexed(9));
    }

    #[test]
    fn a_glyph_that_is_too_long_loses_its_last_mark() {
        let mut cell = Cell::EMPTY;
        for (glyph, shown) in [("科", "科"), ("", ""), ("a", "a"), ("e\u{301}", "e\u{301}")] {
            cell.set(glyph);
            assert_eq!(cell.symbol(), shown);
        }
        let long = format!("🇨🇳{}", "\u{1d165}".repeat(4));
        cell.set(&long);
        assert_eq!(cell.symbol(), format!("🇨🇳{}", "\u{1d165}".repeat(3)));
    }
}
