//! Typing what a list is narrowed down to: characters, pinyin or initials.

use super::{Reply, open, place};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, EditorReply};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Filter {
    pub(super) editor: Editor,
}

impl Filter {
    pub fn new(now: &str) -> Self {
        let mut editor = Editor::one_line().with_max(40).with_text(now);
        editor.select_all();
        Filter { editor }
    }

    /// The list follows while it is typed.
    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        if matches!(event.code, KeyCode::Enter) {
            return Reply::Close;
        }
        match self.editor.handle(event) {
            EditorReply::Changed => Reply::DoAndStay(Action::Filter(self.editor.text().to_string())),
            _ => Reply::Stay,
        }
    }

    fn rect(area: Rect) -> Rect {
        place(area, 60, 4)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        self.editor.layout(Self::rect(area).width.saturating_sub(6), 1);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let mut pane = open(look, canvas, Self::rect(canvas.area()), look.text.rooms.filter_title, say.accept_hint);
        let (width, _) = pane.size();
        pane.put(0, 0, 2, look.theme.accent, "/ ");
        let mut field = pane.pane(Rect::new(2, 0, width.saturating_sub(2), 1));
        self.editor.draw(&mut field, look.theme.plain, look.theme.cross, true);
        if self.editor.text().is_empty() {
            pane.put_short(0, 1, width, look.theme.quiet, say.search_prompt);
        }
    }
}
