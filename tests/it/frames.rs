//! Whatever is painted, a terminal that gets the bytes shows exactly the frame: text, colours, attributes, cursor.
//!
//! `LIANXI_SEED=n` runs one sequence again, `LIANXI_ROUNDS=n` that many sequences.

use std::num::NonZeroU16;

use lianxi::tui::term::{Canvas, Colours, Ink, Screen};
use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

/// A terminal that understands what the screen sends.
pub fn terminal_of(width: u16, height: u16) -> vt100::Parser {
    vt100::Parser::new(cells(height), cells(width), 0)
}

/// A small generator (splitmix64): the same seed gives the same frames everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    fn pick<'x, T: ?Sized>(&mut self, from: &[&'x T]) -> &'x T {
        from[self.roll(from.len())]
    }
}

const PIECES: [&str; 24] = [
    "科",
    "普工作",
    "，",
    "“十四五”",
    "a",
    "task ",
    "  ",
    "（一）",
    "2025年",
    "100%",
    "……",
    "——",
    "\x1b[31m",
    "\u{202e}",
    "\u{200b}",
    "e\u{301}",
    "👨‍👩‍👧",
    "🇨🇳",
    "❤️",
    "क्ष",
    "\r\n",
    "\t",
    "한국",
    "①",
];

fn text(dice: &mut Dice) -> String {
    (0..dice.roll(14)).map(|_| dice.pick(&PIECES)).collect()
}

fn colour(dice: &mut Dice) -> Color {
    match dice.roll(5) {
        0 => Color::Reset,
        1 => Color::Red,
        2 => Color::LightBlue,
        3 => Color::Indexed(100 + dice.roll(3) as u8),
        _ => Color::Rgb(10, 20, dice.roll(3) as u8),
    }
}

fn style(dice: &mut Dice) -> Style {
    let mut style = Style::new();
    if dice.roll(3) == 0 {
        style = style.fg(colour(dice));
    }
    if dice.roll(4) == 0 {
        style = style.bg(colour(dice));
    }
    let modifiers = [Modifier::BOLD, Modifier::DIM, Modifier::UNDERLINED, Modifier::REVERSED, Modifier::ITALIC];
    if dice.roll(3) == 0 { style.add_modifier(modifiers[dice.roll(5)]) } else { style }
}

/// What the frames of one sequence show: a list that scrolls, a heading, a status, sometimes a popup.
struct Scene {
    rows: Vec<(String, Style)>,
    top: usize,
    heading: String,
    popup: Option<(Rect, Style, String)>,
    spots: Vec<(u16, u16, u16, Style, String)>,
    cursor: Option<(u16, u16)>,
}

impl Scene {
    fn new(dice: &mut Dice) -> Scene {
        let rows = (0..80).map(|_| (text(dice), style(dice))).collect();
        Scene { rows, top: 20, heading: text(dice), popup: None, spots: Vec::new(), cursor: None }
    }

    fn change(&mut self, dice: &mut Dice, width: u16, height: u16) {
        let (x, y) = (dice.roll(width.into()) as u16, dice.roll(height.into()) as u16);
        match dice.roll(10) {
            0..=3 => self.top = (self.top + dice.roll(9)).saturating_sub(4).min(60),
            4 => self.rows[self.top + dice.roll(20)] = (text(dice), style(dice)),
            5 => {
                let rect = Rect::new(x, y, dice.roll(20) as u16 + 1, dice.roll(6) as u16 + 1);
                self.popup = (dice.roll(3) > 0).then(|| (rect, style(dice), text(dice)));
            }
            6 => self.spots.push((x, y, dice.roll(30) as u16, style(dice), text(dice))),
            7 => self.spots.clear(),
            8 => self.cursor = (dice.roll(2) == 0).then_some((x, y)),
            _ => self.heading = text(dice),
        }
    }

    fn paint<'a>(&'a self, canvas: &mut Canvas<'a>, dice: &mut Dice) {
        let (width, height) = canvas.size();
        canvas.put_short(0, 0, width, Style::new().bold(), self.heading.as_str());
        for y in 1..height.saturating_sub(1) {
            let (row, style) = &self.rows[(self.top + usize::from(y)) % self.rows.len()];
            canvas.line(1, y, width - 1, [(Style::new(), "·"), (*style, row), (Style::new(), row)]);
        }
        canvas.put_right(0, height - 1, width, Style::new().reversed(), self.heading.as_str());
        if dice.roll(8) == 0 {
            canvas.tint(Rect::new(0, dice.roll(height.into()) as u16, width, 1), Style::new().reversed());
        }
        for (x, y, max, style, text) in &self.spots {
            canvas.put(*x, *y, *max, *style, text.as_str());
        }
        if let Some((rect, style, text)) = &self.popup {
            canvas.fill(*rect, *style);
            canvas.frame(*rect, *style);
            let mut pane = canvas.pane(*rect);
            pane.put_centre(1, 1, rect.width.saturating_sub(2), *style, text.as_str());
            pane.add(0, 2, 3, *style, Ink::Repeat('='));
        }
        if dice.roll(12) == 0 {
            canvas.hint_scroll(1, height - 1, dice.roll(7) as i16 - 3);
        }
        if let Some((x, y)) = self.cursor {
            canvas.set_cursor(x, y);
        }
    }
}

fn attributes(cell: &Cell) -> (vt100::Color, vt100::Color, [bool; 5]) {
    let colour = |colour| match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let set = [Modifier::BOLD, Modifier::DIM, Modifier::UNDERLINED, Modifier::REVERSED, Modifier::ITALIC].map(has);
    (colour(cell.fg), colour(cell.bg), set)
}

/// Compares every cell of the terminal with the screen.
fn compare(terminal: &vt100::Screen, screen: &Screen, context: &str) {
    let (width, height) = screen.size();
    let lines: Vec<String> = terminal.rows(0, width).map(|row| row.trim_end_matches(' ').to_owned()).collect();
    assert_eq!(lines.join("\n"), screen.text(), "{context}");
    let buffer = screen.buffer();
    for y in 0..height {
        for x in 0..width {
            let (cell, theirs) = (&buffer[(x, y)], terminal.cell(y, x).expect("a cell"));
            if cell.symbol().is_empty() {
                continue;
            }
            let set = [theirs.bold(), theirs.dim(), theirs.underline(), theirs.inverse(), theirs.italic()];
            let (mut seen, mut wanted) = ((theirs.fgcolor(), theirs.bgcolor(), set), attributes(cell));
            let plain_blank = |(_, _, set): &(vt100::Color, vt100::Color, [bool; 5])| !set[2] && !set[3];
            if cell.symbol() == " " && plain_blank(&seen) && plain_blank(&wanted) {
                // Colour and weight of ink cannot be seen on a blank.
                (seen.0, seen.2, wanted.0, wanted.2) = (wanted.0, wanted.2, wanted.0, wanted.2);
            }
            if wanted.2[0] && wanted.2[1] {
                // vt100 knows bold or dim, not both.
                (seen.2[0], seen.2[1]) = (true, true);
            }
            assert_eq!(seen, wanted, "{context}, cell {x},{y} {:?}", cell.symbol());
        }
    }
}

fn run(seed: u64, frames: usize) {
    let mut dice = Dice(seed);
    let (mut width, mut height) = (dice.roll(60) as u16 + 1, dice.roll(18) as u16 + 2);
    let mut screen = Screen::new(width, height, Colours::True);
    screen.set_ambiguous_wide(dice.roll(6) == 0);
    let mut terminal = terminal_of(width, height);
    let mut scene = Scene::new(&mut dice);
    for frame in 0..frames {
        match dice.roll(25) {
            0 => {
                (width, height) = (dice.roll(60) as u16 + 1, dice.roll(18) as u16 + 2);
                terminal.screen_mut().set_size(cells(height), cells(width));
            }
            1 => screen.invalidate(),
            _ => {}
        }
        scene.change(&mut dice, width, height);
        let mut canvas = Canvas::new(width, height);
        scene.paint(&mut canvas, &mut dice);
        let bytes = screen.draw(&canvas).to_vec();
        terminal.process(&bytes);
        let context = format!("LIANXI_SEED={seed}, frame {frame}, {:?}", String::from_utf8_lossy(&bytes));
        assert!(!bytes.windows(5).any(|w| w == b"\x1b[31m " || w == "\u{202e}".as_bytes()), "{context}");
        if screen.measure().ambiguous_wide {
            continue; // vt100 draws ambiguous characters narrow; `ambiguous_text_keeps_its_columns` looks at it.
        }
        compare(terminal.screen(), &screen, &context);
        assert_eq!(terminal.screen().hide_cursor(), scene.cursor.is_none(), "{context}");
        if let Some((x, y)) = scene.cursor {
            let at = (y.min(height - 1), x.min(width - 1));
            assert_eq!(terminal.screen().cursor_position(), at, "{context}");
        }
    }
}

#[test]
fn a_terminal_shows_exactly_the_frame() {
    if let Ok(seed) = std::env::var("LIANXI_SEED") {
        return run(seed.parse().expect("a number"), 60);
    }
    let rounds = std::env::var("LIANXI_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(250);
    for seed in 0..rounds {
        run(seed, 20);
    }
}

#[test]
fn ambiguous_text_keeps_its_columns_on_a_terminal_that_draws_it_narrow() {
    let mut screen = Screen::new(20, 2, Colours::None);
    screen.set_ambiguous_wide(true);
    let mut canvas = Canvas::new(20, 2);
    canvas.put(0, 0, 20, Style::new(), "“十四五”规划");
    canvas.put(0, 1, 20, Style::new(), "一二三四五六七八九“");
    let mut terminal = terminal_of(20, 2);
    terminal.process(b"################ junk");
    terminal.process(screen.draw(&canvas));
    assert_eq!(terminal.screen().contents().trim_end(), "“ 十四五” 规划\n一二三四五六七八九“");
}

#[test]
fn hostile_text_never_reaches_the_terminal_raw() {
    let hostile = "a\x1b]0;title\x07b\x1b[2J\u{9b}31mc\u{202e}d\u{2066}\u{200f}\u{200b}\u{feff}\r\n\x08\x7f";
    let mut screen = Screen::new(60, 1, Colours::None);
    let mut canvas = Canvas::new(60, 1);
    canvas.put(0, 0, 60, Style::new(), hostile);
    let bytes = String::from_utf8(screen.draw(&canvas).to_vec()).expect("UTF-8");
    assert_eq!(screen.text(), "a␛]0;title␇b␛[2J␦31mc␦d␦␦␦␦␍␊␈␡");
    let text = bytes.strip_prefix("\x1b[m\x1b[r\x1b[H\x1b[2J").and_then(|b| b.strip_suffix("\x1b[?25l"));
    assert_eq!(text, Some("a␛]0;title␇b␛[2J␦31mc␦d␦␦␦␦␍␊␈␡"));
}

#[test]
fn a_widget_can_be_painted_into_a_pane() {
    let mut screen = Screen::new(12, 2, Colours::None);
    let mut canvas = Canvas::new(12, 2);
    canvas.pane(Rect::new(2, 0, 8, 2)).widget(Rect::new(1, 0, 9, 1), ratatui::text::Line::from("科普\x1b工作"));
    screen.draw(&canvas);
    assert_eq!(screen.text(), "   科普工\n");
}
