//! Where the terminal's pen is, what style it draws in, and the fewest bytes to change either.
//!
//! Only sequences that every terminal of the last thirty years knows: CUP, CUF, CUB, CHA, VPA, EL, ECH, SGR, DECSTBM,
//! SU, SD. Underline colours are left out, since terminals that do not know them read them as other attributes.

use ratatui::style::{Color, Modifier};

use super::cell::{Cell, Ink, SEEN_ON_BLANK};

/// How many colours are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colours {
    /// None at all (`NO_COLOR`); bold, reverse and underline stay.
    None,
    /// The sixteen of the terminal's own palette; others become the nearest of them.
    Sixteen,
    /// What the theme says.
    #[default]
    True,
}

/// The look of a cell as it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    pub(super) const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    pub(super) fn of(cell: &Cell, colours: Colours) -> Look {
        Look { fg: colours.reduce(cell.fg.colour()), bg: colours.reduce(cell.bg.colour()), modifier: cell.modifier }
    }

    /// Whether erasing with this look leaves plain cells on every terminal.
    fn erases_plain(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(SEEN_ON_BLANK)
    }
}

/// Blanks show little of a style. Which one they get is left open until it is known what comes behind them: where that looks the
/// same on a blank, one change of style does for both.
#[derive(Debug, Clone, Copy)]
struct Owed {
    /// Where in the bytes the change belongs.
    at: usize,
    /// What the blanks have to look like.
    look: Look,
}

/// The terminal as far as the encoder knows it, and the bytes written so far.
#[derive(Debug, Clone)]
pub(super) struct Pen {
    pub out: Vec<u8>,
    /// Cell the next character goes to; `x == width` after the last column was written. Unknown at first.
    at: Option<(u16, u16)>,
    look: Option<Look>,
    /// The cells that `look` is the look of: most are like the one before.
    like: Option<(Ink, Ink, Modifier)>,
    /// A style that is still to be chosen for blanks that were sent.
    owed: Option<Owed>,
    width: u16,
    colours: Colours,
}

impl Pen {
    pub(super) fn new(width: u16, colours: Colours) -> Pen {
        Pen {
            out: Vec::with_capacity(usize::from(width) * 100),
            at: None,
            look: None,
            like: None,
            owed: None,
            width,
            colours,
        }
    }

    /// Resets style, clears the screen and goes home.
    pub(super) fn clear(&mut self) {
        self.out.extend_from_slice(b"\x1b[m\x1b[r\x1b[H\x1b[2J");
        (self.at, self.look, self.like, self.owed) = (Some((0, 0)), Some(Look::PLAIN), None, None);
    }

    /// Moves rows `top..bottom` up by `by`, down when negative.
    pub(super) fn scroll(&mut self, top: u16, bottom: u16, by: i32) {
        // Terminals fill the new rows with the present background, so it must be the default.
        self.set_plain();
        self.csi(&[top + 1, bottom], b'r');
        let rows = by.unsigned_abs() as u16;
        let letter = if by > 0 { b'S' } else { b'T' };
        if rows == 1 {
            self.csi(&[], letter)
        } else {
            self.csi(&[rows], letter)
        }
        self.out.extend_from_slice(b"\x1b[r");
        self.at = Some((0, 0));
    }

    /// Returns the column of the pen if it is in row `y`.
    pub(super) fn column(&self, y: u16) -> Option<usize> {
        self.at.filter(|&(_, row)| row == y).map(|(x, _)| x.into())
    }

    /// Returns the bytes a move to `x` in the row of the pen would cost, or more than any gap is worth.
    pub(super) fn cost_in_row(&self, x: u16, y: u16) -> usize {
        match self.at {
            Some((from, row)) if row == y && from < x => 2 + digits(x - from),
            _ => usize::MAX,
        }
    }

    /// Goes to a cell by the shortest way.
    pub(super) fn go(&mut self, x: u16, y: u16) {
        if self.at == Some((x, y)) {
            return;
        }
        // Behind the last column the pen waits to wrap: only moves that do not depend on its column are safe.
        match self.at {
            Some((_, row)) if row == y && x == 0 => self.out.push(b'\r'),
            Some((from, row)) if row == y && from < self.width && x > from => self.csi_short(x - from, b'C'),
            Some((from, row)) if row == y && from < self.width && from - x <= 3 => {
                for _ in x..from {
                    self.out.push(8);
                }
            }
            Some((from, row)) if row == y && from < self.width && digits(from - x) < digits(x + 1) => {
                self.csi_short(from - x, b'D');
            }
            Some((_, row)) if row == y => self.csi_short(x + 1, b'G'),
            Some((from, row)) if from == x && from < self.width && row > y && row - y < 10 => {
                self.csi_short(row - y, b'A');
            }
            Some((from, row)) if from < self.width && row < y && self.is_short_way((from, row), (x, y)) => {
                self.down(y - row);
                self.at = Some((from, y));
                return self.go(x, y);
            }
            Some((_, row)) if row + 1 == y => {
                self.out.extend_from_slice(b"\r\n");
                self.at = Some((0, y));
                return self.go(x, y);
            }
            _ if x == 0 && y == 0 => self.out.extend_from_slice(b"\x1b[H"),
            _ if x == 0 => self.csi(&[y + 1], b'H'),
            _ => self.csi(&[y + 1, x + 1], b'H'),
        }
        self.at = Some((x, y));
    }

    /// Whether going down and then along the row is shorter than naming the cell, or going down by lines.
    fn is_short_way(&self, (from, row): (u16, u16), (x, y): (u16, u16)) -> bool {
        let down = if y - row <= 3 { usize::from(y - row) } else { 3 + digits(y - row) };
        let along = match from.abs_diff(x) {
            0 => 0,
            by @ 1..=3 if x < from => by.into(),
            1 => 3,
            by => 3 + digits(by),
        };
        let forward = if x == 0 { 0 } else { 3 + digits(x) };
        let by_lines = if row + 1 == y { 2 + forward } else { usize::MAX };
        down + along < by_lines.min(4 + digits(y + 1) + digits(x + 1))
    }

    /// Goes straight down. A line feed does so in a terminal that has been made raw; on Windows it also goes back to the first column.
    fn down(&mut self, rows: u16) {
        if rows <= 3 && !cfg!(windows) {
            (0..rows).for_each(|_| self.out.push(b'\n'));
        } else {
            self.csi_short(rows, b'B');
        }
    }

    /// Returns whether a cell can be sent in the present style.
    pub(super) fn suits(&self, cell: &Cell) -> bool {
        if self.like == Some(cell.style()) {
            return true;
        }
        let want = Look::of(cell, self.colours);
        match self.owed {
            Some(owed) => cell.is_blank() && same_on_blank(owed.look, want),
            None => self.look.is_some_and(|look| look == want || cell.is_blank() && same_on_blank(look, want)),
        }
    }

    /// Sends a glyph of `width` cells at the pen in its own style.
    pub(super) fn glyph(&mut self, cell: &Cell, width: u16) {
        if !self.suits(cell) {
            let want = Look::of(cell, self.colours);
            if cell.is_blank() && self.look.is_some() {
                self.pay(None);
                (self.owed, self.like) = (Some(Owed { at: self.out.len(), look: want }), None);
            } else {
                self.set(want);
                self.like = Some(cell.style());
            }
        }
        self.out.extend_from_slice(cell.bytes());
        if let Some((x, _)) = &mut self.at {
            *x += width;
        }
    }

    /// Sends a glyph that this terminal may draw one or two cells wide, into two cells.
    pub(super) fn doubtful_glyph(&mut self, cell: &Cell) {
        let Some((x, y)) = self.at else { return };
        self.set(Look::of(cell, self.colours));
        self.out.extend_from_slice(b"  ");
        self.csi_short(x + 1, b'G');
        self.out.extend_from_slice(cell.bytes());
        // The wrap state of the last column depends on the width it got: forget where the pen is.
        self.at = None;
        if x + 2 < self.width {
            self.csi_short(x + 3, b'G');
            self.at = Some((x + 2, y));
        }
    }

    /// Erases from the pen to the end of the row, to plain blanks.
    pub(super) fn erase_tail(&mut self) {
        self.make_erasing_plain();
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Erases `count` cells from the pen on to plain blanks, without moving it.
    pub(super) fn erase(&mut self, count: u16) {
        self.make_erasing_plain();
        self.csi(&[count], b'X');
    }

    fn make_erasing_plain(&mut self) {
        self.pay(Some(Look::PLAIN));
        if !self.look.is_some_and(Look::erases_plain) {
            self.set_plain();
        }
    }

    /// Returns to the default style; what must hold before the terminal is lent to others.
    pub(super) fn set_plain(&mut self) {
        self.set(Look::PLAIN);
    }

    fn csi_short(&mut self, number: u16, letter: u8) {
        if number == 1 { self.csi(&[], letter) } else { self.csi(&[number], letter) }
    }

    fn csi(&mut self, numbers: &[u16], letter: u8) {
        self.out.extend_from_slice(b"\x1b[");
        for (i, &number) in numbers.iter().enumerate() {
            if i > 0 {
                self.out.push(b';');
            }
            push_number(&mut self.out, number);
        }
        self.out.push(letter);
    }

    /// Gives the blanks that were sent their style: that of what comes behind them where it looks the same on them.
    pub(super) fn pay(&mut self, next: Option<Look>) {
        let Some(Owed { at, look }) = self.owed.take() else { return };
        let behind = self.out.split_off(at);
        self.change(next.filter(|next| same_on_blank(*next, look)).unwrap_or(look));
        self.out.extend_from_slice(&behind);
    }

    fn set(&mut self, want: Look) {
        self.pay(Some(want));
        self.change(want);
    }

    fn change(&mut self, want: Look) {
        self.like = None;
        let Some(now) = self.look else {
            self.out.extend_from_slice(b"\x1b[m");
            self.look = Some(Look::PLAIN);
            return self.change(want);
        };
        if now == want {
            return;
        }
        self.look = Some(want);
        let mut delta = Vec::with_capacity(24);
        parameters(&mut delta, now, want);
        if delta.is_empty() {
            return;
        }
        // `\x1b[m` alone is the shortest of all; a reset followed by everything sometimes beats the difference.
        let mut fresh = Vec::with_capacity(24);
        if want != Look::PLAIN {
            fresh.push(b';');
            parameters(&mut fresh, Look::PLAIN, want);
        }
        self.out.extend_from_slice(b"\x1b[");
        self.out.extend_from_slice(if fresh.len() < delta.len() { &fresh } else { &delta });
        if self.out.last() == Some(&b';') {
            self.out.pop();
        }
        self.out.push(b'm');
    }
}

fn same_on_blank(look: Look, want: Look) -> bool {
    look.bg == want.bg && !look.modifier.intersects(SEEN_ON_BLANK) && !want.modifier.intersects(SEEN_ON_BLANK)
}

/// Appends the SGR parameters that lead from one look to another, each followed by `;`.
fn parameters(out: &mut Vec<u8>, now: Look, want: Look) {
    const SIMPLE: [(Modifier, u16, u16); 6] = [
        (Modifier::ITALIC, 3, 23),
        (Modifier::UNDERLINED, 4, 24),
        (Modifier::REVERSED, 7, 27),
        (Modifier::HIDDEN, 8, 28),
        (Modifier::CROSSED_OUT, 9, 29),
        (Modifier::SLOW_BLINK, 5, 25),
    ];
    let weight = Modifier::BOLD | Modifier::DIM;
    let mut kept = now.modifier;
    if !(now.modifier & weight).difference(want.modifier).is_empty() {
        push_parameter(out, 22);
        kept = kept.difference(weight);
    }
    for (modifier, number) in [(Modifier::BOLD, 1), (Modifier::DIM, 2)] {
        if want.modifier.contains(modifier) && !kept.contains(modifier) {
            push_parameter(out, number);
        }
    }
    for (modifier, on, off) in SIMPLE {
        match (now.modifier.contains(modifier), want.modifier.contains(modifier)) {
            (false, true) => push_parameter(out, on),
            (true, false) => push_parameter(out, off),
            _ => {}
        }
    }
    if now.fg != want.fg {
        push_colour(out, want.fg, 0);
    }
    if now.bg != want.bg {
        push_colour(out, want.bg, 10);
    }
}

fn push_colour(out: &mut Vec<u8>, colour: Color, ground: u16) {
    match colour {
        Color::Reset => push_parameter(out, 39 + ground),
        Color::Rgb(r, g, b) => {
            for number in [38 + ground, 2, r.into(), g.into(), b.into()] {
                push_parameter(out, number);
            }
        }
        Color::Indexed(n) if n >= 16 => {
            for number in [38 + ground, 5, n.into()] {
                push_parameter(out, number);
            }
        }
        named => match u16::from(index(named).unwrap_or(7)) {
            n @ 0..8 => push_parameter(out, 30 + ground + n),
            n => push_parameter(out, 82 + ground + n),
        },
    }
}

fn push_parameter(out: &mut Vec<u8>, number: u16) {
    push_number(out, number);
    out.push(b';');
}

fn push_number(out: &mut Vec<u8>, number: u16) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(b'0' + (number % 10) as u8);
}

fn digits(number: u16) -> usize {
    number.checked_ilog10().map_or(1, |n| n as usize + 1)
}

/// Returns the place of a colour in the terminal's palette, if it is one of the first sixteen.
pub(super) fn index(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Indexed(n) if n < 16 => n,
        Color::Indexed(_) | Color::Rgb(..) | Color::Reset => return None,
    })
}

/// What xterm shows for the sixteen colours; used to find the nearest and to draw pictures.
pub(super) const PALETTE: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 49, 49),
    (13, 155, 90),
    (193, 156, 0),
    (36, 114, 200),
    (168, 80, 180),
    (17, 148, 175),
    (200, 200, 200),
    (102, 102, 102),
    (241, 76, 76),
    (35, 209, 139),
    (229, 229, 16),
    (59, 142, 234),
    (214, 112, 214),
    (41, 184, 219),
    (255, 255, 255),
];

/// Returns the red, green and blue of a colour; `None` for the terminal's default.
pub(super) fn rgb(colour: Color) -> Option<(u8, u8, u8)> {
    match colour {
        Color::Reset => None,
        Color::Rgb(r, g, b) => Some((r, g, b)),
        Color::Indexed(n @ 16..=231) => {
            let step = |n: u8| if n == 0 { 0 } else { 55 + n * 40 };
            let n = n - 16;
            Some((step(n / 36), step(n / 6 % 6), step(n % 6)))
        }
        Color::Indexed(n @ 232..) => Some((8 + (n - 232) * 10, 8 + (n - 232) * 10, 8 + (n - 232) * 10)),
        named => index(named).map(|n| PALETTE[usize::from(n)]),
    }
}

impl Colours {
    fn reduce(self, colour: Color) -> Color {
        match self {
            Colours::True => colour,
            Colours::None => Color::Reset,
            Colours::Sixteen if index(colour).is_some() => colour,
            Colours::Sixteen => rgb(colour).map_or(Color::Reset, nearest),
        }
    }
}

fn nearest((r, g, b): (u8, u8, u8)) -> Color {
    let far = |&(pr, pg, pb): &(u8, u8, u8)| {
        [(r, pr), (g, pg), (b, pb)].iter().map(|&(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>()
    };
    let best = (0..16u8).min_by_key(|&n| far(&PALETTE[usize::from(n)]));
    Color::Indexed(best.unwrap_or(7))
}

#[cfg(test)]
mod tests {
    use super::super::cell::Dye;
    use super::*;
    use ratatui::style::Style;

    fn sgr(colours: Colours, styles: &[Style]) -> String {
        let mut pen = Pen::new(80, colours);
        pen.look = Some(Look::PLAIN);
        for style in styles {
            let mut cell = Cell::EMPTY;
            cell.set("x");
            cell.dye(Dye::of(*style));
            pen.glyph(&cell, 1);
        }
        String::from_utf8(pen.out).expect("UTF-8").replace('\x1b', "^")
    }

    #[test]
    fn style_changes_send_the_difference_or_a_reset() {
        let s = Style::new();
        assert_eq!(sgr(Colours::True, &[s.bold(), s.bold().red(), s.red()]), "^[1mx^[31mx^[22mx");
        assert_eq!(sgr(Colours::True, &[s.bold().red().on_blue(), s]), "^[1;31;44mx^[mx");
        assert_eq!(sgr(Colours::True, &[s.dim().bold(), s.dim()]), "^[1;2mx^[;2mx");
        assert_eq!(sgr(Colours::True, &[s.fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(200))]), "^[38;2;1;2;3;48;5;200mx");
        assert_eq!(sgr(Colours::True, &[s.fg(Color::White).bg(Color::DarkGray)]), "^[97;100mx");
    }

    #[test]
    fn fewer_colours_keep_weight_and_reverse() {
        let s = Style::new().fg(Color::Rgb(240, 70, 70)).bold().reversed();
        assert_eq!(sgr(Colours::None, &[s]), "^[1;7mx");
        assert_eq!(sgr(Colours::Sixteen, &[s]), "^[1;7;91mx");
    }

    #[test]
    fn the_shortest_way_is_taken() {
        let go = |from: (u16, u16), to: (u16, u16)| {
            let mut pen = Pen::new(80, Colours::True);
            pen.at = Some(from);
            pen.go(to.0, to.1);
            String::from_utf8(pen.out).expect("UTF-8").replace('\x1b', "^")
        };
        assert_eq!(go((5, 5), (5, 5)), "");
        assert_eq!(go((5, 5), (0, 5)), "\r");
        assert_eq!(go((80, 5), (0, 6)), "\r\n");
        assert_eq!(go((5, 5), (6, 5)), "^[C");
        assert_eq!(go((40, 5), (38, 5)), "\x08\x08");
        assert_eq!(go((80, 5), (79, 5)), "^[80G");
        assert_eq!(go((5, 5), (5, 7)), "\n\n");
        assert_eq!(go((6, 5), (5, 9)), "^[4B\x08");
        assert_eq!(go((5, 5), (0, 0)), "^[H");
        assert_eq!(go((5, 5), (0, 9)), "^[10H");
        assert_eq!(go((5, 5), (9, 9)), "^[10;10H");
    }
}
