//! Choosing a state of the plan: a named version from the list, or a day or commit that is typed.

use super::{Reply, move_in, open, place, window};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, EditorReply};
use crate::workspace::State;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct States {
    /// To compare with, or to look at.
    compares: bool,
    /// What stands in the list, and the state it is.
    all: Vec<(String, State)>,
    cursor: usize,
    top: usize,
    height: usize,
    pub(super) editor: Editor,
}

impl States {
    pub fn new(compares: bool, all: Vec<(String, State)>) -> Self {
        States { compares, all, cursor: 0, top: 0, height: 1, editor: Editor::one_line().with_max(80) }
    }

    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        if move_in(&mut self.cursor, self.all.len(), self.height, &event) {
            return Reply::Stay;
        }
        if event.code == KeyCode::Enter {
            let typed = self.editor.text().trim();
            let chosen = match typed {
                "" => self.all.get(self.cursor).map(|(_, state)| state.clone()),
                typed => Some(State::parse(typed)),
            };
            return match chosen {
                Some(state) if self.compares => Reply::Do(Action::Compare(state)),
                Some(state) => Reply::Do(Action::LookAt(state)),
                None => Reply::Stay,
            };
        }
        if self.editor.handle(event) == EditorReply::Changed {
            self.cursor = 0;
        }
        Reply::Stay
    }

    fn rect(&self, area: Rect) -> Rect {
        place(area, 60, (self.all.len() as u16 + 5).min(area.height * 3 / 5).max(8))
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = self.rect(area);
        self.editor.layout(rect.width.saturating_sub(4), 1);
        self.height = usize::from(rect.height.saturating_sub(5)).max(1);
        self.top = window(self.top, self.cursor, self.height);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.reviewing;
        let title = if self.compares { say.compare_title } else { say.look_title };
        let mut pane = open(look, canvas, self.rect(canvas.area()), title, say.state_hint);
        let (width, _) = pane.size();
        self.editor.draw(&mut pane.pane(Rect::new(0, 0, width, 1)), look.theme.plain, look.theme.cross, true);
        pane.put(0, 1, width, look.theme.quiet, say.state_prompt);
        let is_typed = !self.editor.text().trim().is_empty();
        for (y, (at, (name, _))) in self.all.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = 3 + y as u16;
            pane.put_short(
                2,
                y,
                width.saturating_sub(2),
                if is_typed { look.theme.quiet } else { look.theme.plain },
                name.as_str(),
            );
            if at == self.cursor && !is_typed {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
