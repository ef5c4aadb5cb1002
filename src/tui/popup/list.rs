//! The palette: every command by Chinese, pinyin or English name.

use super::{Reply, move_in, open, place, window};
use crate::domain::search::{Query, matches};
use crate::text::{Lang, Text};
use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::look::Look;
use crate::tui::screens::bars::show_key;
use crate::tui::term::{Canvas, Editor, EditorReply, width as cells_of};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Palette {
    editor: Editor,
    found: Vec<Command>,
    cursor: usize,
    top: usize,
    height: usize,
}

impl Palette {
    pub fn new() -> Self {
        let editor = Editor::one_line().with_max(40);
        Palette { editor, found: Command::ALL.to_vec(), cursor: 0, top: 0, height: 1 }
    }

    fn find(&mut self) {
        let query = Query::new(self.editor.text());
        // both languages are searched whatever the screen speaks; names before help lines
        let says = |command: &Command, text: &Text| {
            let words = command.words(text);
            [matches(words.name, &query).is_some(), matches(words.help, &query).is_some()]
        };
        let mut ranked: Vec<(usize, Command)> = Vec::new();
        for command in Command::ALL {
            let [zh, en] = [Lang::Zh, Lang::En].map(|lang| says(&command, Text::of(lang)));
            let by_token = matches(command.token(), &query).is_some();
            match (zh[0] || en[0] || by_token, zh[1] || en[1]) {
                (true, _) => ranked.push((0, command)),
                (false, true) => ranked.push((1, command)),
                (false, false) => {}
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        self.found = ranked.into_iter().map(|(_, command)| command).collect();
        self.cursor = 0;
    }

    pub(super) fn paste(&mut self, text: &str, _look: &Look) {
        self.editor.paste(text);
        self.find();
    }

    pub(super) fn handle(&mut self, event: KeyEvent, _look: &Look) -> Reply {
        if move_in(&mut self.cursor, self.found.len(), self.height, &event) {
            return Reply::Stay;
        }
        if event.code == KeyCode::Enter {
            return self.found.get(self.cursor).map_or(Reply::Stay, |command| Reply::Do(Action::Run(*command)));
        }
        if self.editor.handle(event) == EditorReply::Changed {
            self.find();
        }
        Reply::Stay
    }

    fn rect(area: Rect) -> Rect {
        place(area, 84, (area.height * 4 / 5).max(12))
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = Self::rect(area);
        self.editor.layout(rect.width.saturating_sub(6), 1);
        self.height = usize::from(rect.height.saturating_sub(4)).max(1);
        self.top = window(self.top, self.cursor, self.height);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let mut pane = open(look, canvas, Self::rect(canvas.area()), say.palette_title, say.choose_hint);
        let (width, _) = pane.size();
        pane.put(0, 0, 2, look.theme.accent, ": ");
        self.editor.draw(
            &mut pane.pane(Rect::new(2, 0, width.saturating_sub(2), 1)),
            look.theme.plain,
            look.theme.cross,
            true,
        );
        let names =
            Command::ALL.iter().map(|command| cells_of(command.words(look.text).name)).max().unwrap_or(0) as u16 + 2;
        if self.found.is_empty() {
            pane.put(0, 2, width, look.theme.quiet, say.no_hits);
        }
        for (y, (at, command)) in self.found.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = 2 + y as u16;
            let words = command.words(look.text);
            pane.put_short(2, y, names - 1, look.theme.plain, words.name);
            let keys: Vec<_> = look.keymap.keys_of(*command).iter().map(|key| show_key(key)).collect();
            pane.put_short(names + 2, y, 17, look.theme.key, keys.join("  "));
            pane.put_short(names + 20, y, width.saturating_sub(names + 20), look.theme.quiet, words.help);
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
