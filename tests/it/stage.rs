//! The screens on a stage: an app over a copy of the plan, keys given as a string, and a terminal that gets every byte.
//!
//! Keys are characters, and names in angle brackets: `"3jj<enter>s2<f2>"`; `<lt>` is the character `<`. After every key a
//! frame is drawn, the terminal gets its bytes, and [`Stage::text`] checks that the terminal shows the frame.

use crate::desk::Desk;
use crate::frames::terminal_of;
use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use lianxi::ops::Moment;
use lianxi::text::{Lang, Text};
use lianxi::tui::app::App;
use lianxi::tui::keymap::Keymap;
use lianxi::tui::term::{Colours, Key};
use lianxi::tui::theme::Theme;
use lianxi::workspace::Workspace;

pub const SIZES: [(u16, u16); 4] = [(40, 24), (80, 24), (120, 40), (200, 60)];

pub struct Stage {
    pub desk: Desk,
    pub app: App,
    terminal: vt100::Parser,
    size: (u16, u16),
    lang: Lang,
    /// Bytes of the last frame.
    sent: Vec<u8>,
}

/// The day on which everything here happens.
pub fn moment() -> Moment {
    let today = NaiveDate::from_ymd_opt(2025, 3, 12).expect("a day");
    Moment { today, second: 0, chance: 7, author: Some("小王".into()) }
}

impl Stage {
    /// Opens a fresh copy of the plan at a size.
    pub fn new(size: (u16, u16), lang: Lang) -> Stage {
        Stage::on(Desk::new(), size, lang)
    }

    /// The usual stage: Chinese, wide enough for two panes.
    pub fn usual() -> Stage {
        Stage::new((120, 40), Lang::Zh)
    }

    pub fn on(desk: Desk, size: (u16, u16), lang: Lang) -> Stage {
        Stage::with_keys(desk, size, lang, Keymap::default())
    }

    pub fn with_keys(desk: Desk, size: (u16, u16), lang: Lang, keymap: Keymap) -> Stage {
        let workspace = Workspace::open(desk.root(), None).expect("a plan");
        let app = App::new(workspace, Text::of(lang), Theme::new(false), keymap, moment(), size, Colours::True);
        let mut stage = Stage { desk, app, terminal: terminal_of(size.0, size.1), size, lang, sent: Vec::new() };
        stage.draw();
        stage
    }

    /// Quits and opens the same folder again.
    pub fn again(self) -> Stage {
        self.app.keep_view();
        Stage::on(self.desk, self.size, self.lang)
    }

    /// Opens the same folder again after the program was killed: nothing was said to it.
    pub fn killed(self) -> Stage {
        Stage::on(self.desk, self.size, self.lang)
    }

    /// Presses keys, a frame after each.
    pub fn keys(&mut self, keys: &str) -> &mut Stage {
        for event in events(keys) {
            self.app.key(event);
            self.draw();
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Stage {
        self.app.paste(text);
        self.draw();
        self
    }

    pub fn resize(&mut self, size: (u16, u16)) -> &mut Stage {
        self.size = size;
        self.app.resize(size.0, size.1);
        self.terminal = terminal_of(size.0, size.1);
        self.draw();
        self
    }

    pub fn refresh(&mut self) -> &mut Stage {
        self.app.refresh();
        self.draw();
        self
    }

    /// Draws the frame whole, as Ctrl-L does.
    pub fn redraw(&mut self) -> &mut Stage {
        self.app.redraw();
        self.draw();
        self
    }

    fn draw(&mut self) {
        self.sent = self.app.draw().to_vec();
        self.terminal.process(&self.sent);
    }

    /// The bytes that the last key cost.
    pub fn bytes(&self) -> &[u8] {
        &self.sent
    }

    /// The frame as text; the terminal shows the same.
    pub fn text(&self) -> String {
        let text = self.app.screen().text();
        let shown: Vec<String> =
            self.terminal.screen().rows(0, self.size.0).map(|row| row.trim_end().to_owned()).collect();
        assert_eq!(shown.join("\n"), text.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n"));
        text
    }

    pub fn lines(&self) -> Vec<String> {
        self.text().split('\n').map(str::to_owned).collect()
    }

    /// The last line: messages and totals.
    pub fn status(&self) -> String {
        self.lines().pop().unwrap_or_default()
    }

    /// Column and row of the terminal's cursor, where it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let screen = self.terminal.screen();
        let (y, x) = screen.cursor_position();
        (!screen.hide_cursor()).then_some((x, y))
    }

    pub fn selected(&self) -> String {
        self.app.selected().map(|id| id.to_string()).unwrap_or_default()
    }

    pub fn size(&self) -> (u16, u16) {
        self.size
    }
}

/// The keys of a string.
pub fn events(keys: &str) -> Vec<KeyEvent> {
    let mut out = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let end = rest.find('>').unwrap_or_else(|| panic!("{keys}: no >"));
            out.push(event(&rest[1..end]));
            rest = &rest[end + 1..];
        } else {
            out.push(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// A key by its name in the key table.
pub fn event(name: &str) -> KeyEvent {
    let name = if name == "lt" { "<" } else { name };
    let Ok(Key::Press { code, ctrl, alt, shift }) = name.parse::<Key>() else { panic!("{name} is no key") };
    let mut held = KeyModifiers::NONE;
    held.set(KeyModifiers::CONTROL, ctrl);
    held.set(KeyModifiers::ALT, alt);
    held.set(KeyModifiers::SHIFT, shift);
    let code = if code == KeyCode::Tab && shift { KeyCode::BackTab } else { code };
    KeyEvent::new(code, held)
}
