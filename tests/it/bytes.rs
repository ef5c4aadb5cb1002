//! What a key costs on the wire: the budgets of a slow line, counted on a list of Chinese rows at 160 by 45.

use lianxi::tui::term::{Canvas, Colours, Screen};
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

const WIDTH: u16 = 160;
const HEIGHT: u16 = 45;
const VISIBLE: usize = 42;

struct List {
    rows: Vec<(String, String, String)>,
    top: usize,
    at: usize,
}

impl List {
    fn new() -> List {
        let verbs = ["组织开展", "深入实施", "统筹推进", "建立健全"];
        let things = [
            "青少年科学素质提升行动",
            "农村科普服务体系建设",
            "科普信息化提升工程",
            "基层科普能力提升工程",
            "全国科普日活动",
        ];
        let units = ["市科协、市教育局", "市农业农村局、市科技局、市妇联", "市委宣传部、市文化广电旅游体育局"];
        // A page must differ from the page before it in nearly every cell, or it would cost next to nothing.
        let row = |n: usize| {
            let n = n * 7 + n / 3 * 11 + n / 40;
            let text =
                format!("{}{}，到2025年覆盖率达到{}%以上，形成长效机制", verbs[n % 4], things[n % 5], 20 + n % 80);
            (format!("{}.{}.{}", n / 36 + 1, n / 6 % 6 + 1, n % 6 + 1), text, units[n % 3].to_owned())
        };
        List { rows: (0..1000).map(row).collect(), top: 0, at: 0 }
    }

    fn paint(&self) -> Canvas<'_> {
        let mut canvas = Canvas::new(WIDTH, HEIGHT);
        canvas.line(
            0,
            0,
            WIDTH,
            [(Style::new().bold(), " 概览  "), (Style::new().reversed(), " 规划 "), (Style::new(), " 分工  单位")],
        );
        for (y, n) in (self.top..self.rows.len()).take(VISIBLE).enumerate() {
            let (id, text, units) = &self.rows[n];
            let y = y as u16 + 1;
            canvas.put(2, y, 8, Style::new().fg(Color::Cyan), id.as_str());
            canvas.put_short(11, y, 88, Style::new(), text.as_str());
            canvas.put_short(101, y, 40, Style::new().fg(Color::Gray), units.as_str());
            canvas.put_right(143, y, 16, Style::new().fg(Color::Yellow), "2025年底前");
            if n == self.at {
                canvas.put(0, y, 2, Style::new().bold(), "▶");
                canvas.tint(Rect::new(2, y, 8, 1), Style::new().reversed());
            }
        }
        canvas.put(0, HEIGHT - 2, WIDTH, Style::new().dim(), "↑↓ 移动  Enter 打开  / 搜索  ? 帮助");
        canvas.put(0, HEIGHT - 1, 20, Style::new(), format!("第 {} 项，共 {} 项", self.at + 1, self.rows.len()));
        canvas
    }
}

/// Draws a frame, checks it on a terminal and returns its bytes.
fn frame(list: &List, screen: &mut Screen, terminal: &mut vt100::Parser) -> usize {
    let bytes = screen.draw(&list.paint()).to_vec();
    terminal.process(&bytes);
    let lines: Vec<String> = terminal.screen().rows(0, WIDTH).map(|row| row.trim_end().to_owned()).collect();
    assert_eq!(lines.join("\n"), screen.text());
    bytes.len()
}

#[test]
fn a_key_costs_few_bytes() {
    let mut list = List::new();
    let mut screen = Screen::new(WIDTH, HEIGHT, Colours::True);
    let mut terminal = super::frames::terminal_of(WIDTH, HEIGHT);
    let first = frame(&list, &mut screen, &mut terminal);
    let unchanged = frame(&list, &mut screen, &mut terminal);
    list.at = 20;
    frame(&list, &mut screen, &mut terminal);
    list.at = 21;
    let moved = frame(&list, &mut screen, &mut terminal);
    (list.at, list.top) = (22, 1);
    let scrolled = frame(&list, &mut screen, &mut terminal);
    (list.at, list.top) = (21, 0);
    let scrolled_back = frame(&list, &mut screen, &mut terminal);
    (list.at, list.top) = (500, 480);
    let paged = frame(&list, &mut screen, &mut terminal);
    let text = screen.text().len();
    println!("first {first}, move {moved}, scroll {scrolled} and {scrolled_back}, page {paged} of {text} B of text");
    assert_eq!(unchanged, 0);
    assert!(moved <= 150, "a cursor move: {moved} B");
    assert!(scrolled <= 400 && scrolled_back <= 400, "a one-row scroll: {scrolled} B and {scrolled_back} B");
    assert!(paged * 100 <= text * 110, "a page: {paged} B for {text} B of text");
    assert!(first * 100 <= text * 110, "the first frame: {first} B for {text} B of text");
}

/// Writes the list as a picture where `LIANXI_PICTURE` says, to be looked at.
#[test]
fn the_list_can_be_drawn_as_a_picture() {
    let list = List { top: 3, at: 9, ..List::new() };
    let mut screen = Screen::new(WIDTH, HEIGHT, Colours::True);
    let mut canvas = list.paint();
    let popup = Rect::new(41, 12, 60, 8);
    canvas.fill(popup, Style::new().bg(Color::Rgb(34, 42, 56)));
    canvas.frame(popup, Style::new().fg(Color::LightBlue));
    canvas.pane(popup).put(2, 1, 56, Style::new(), "“十四五”——《规划》… · ① ★ ● ▶ ␛ é ≤ 100%，“好”");
    canvas.pane(popup).put(2, 3, 56, Style::new().underlined().bold(), "加粗下划线 bold underlined");
    screen.draw(&canvas);
    let svg = lianxi::tui::term::picture(&screen.buffer(), Some((44, 15)), "lianxi 联席");
    assert_eq!(svg, lianxi::tui::term::picture(&screen.buffer(), Some((44, 15)), "lianxi 联席"));
    if let Some(path) = std::env::var_os("LIANXI_PICTURE") {
        std::fs::write(path, svg).expect("a picture");
    }
}

/// Times a cursor move, painting included: `cargo test --release --test it cursor_move -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
fn how_long_a_cursor_move_takes() {
    let mut list = List::new();
    let mut screen = Screen::new(WIDTH, HEIGHT, Colours::True);
    for (name, step) in [("cursor move", false), ("page", true)] {
        let (rounds, mut bytes, start) = (20_000, 0, std::time::Instant::now());
        for round in 0..rounds {
            list.at = round % 40;
            list.top = if step { round * 40 % 900 } else { 0 };
            bytes += screen.draw(&list.paint()).len();
        }
        println!("{name}: {:?} a frame, {} B", start.elapsed() / rounds as u32, bytes / rounds);
    }
    let (rounds, start) = (20_000, std::time::Instant::now());
    for round in 0..rounds {
        list.at = round % 40;
        std::hint::black_box(list.paint());
    }
    println!("painting alone: {:?} a frame", start.elapsed() / rounds as u32);
}
