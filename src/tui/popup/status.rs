//! Choosing a status: arrows and Enter, or the digit beside it.

use super::{Reason, Reply, open, place, subject};
use crate::domain::{NodeId, Status};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Key};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct StatusChoice {
    ids: Vec<NodeId>,
    cursor: usize,
}

impl StatusChoice {
    /// Begins at the present status of the first task.
    pub fn new(ids: Vec<NodeId>, look: &Look) -> Self {
        let now = ids.first().map(|id| look.workspace.plan().state(id).status).unwrap_or_default();
        let cursor = Status::ALL.iter().position(|status| *status == now).unwrap_or(0);
        StatusChoice { ids, cursor }
    }

    pub(super) fn handle(&mut self, key: Key, look: &Look) -> Reply {
        let Key::Press { code, .. } = key else { return Reply::Stay };
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(Status::ALL.len() - 1),
            KeyCode::Enter | KeyCode::Char(' ') => return self.choose(look),
            KeyCode::Char(digit @ '1'..='5') => {
                self.cursor = digit as usize - '1' as usize;
                return self.choose(look);
            }
            _ => {}
        }
        Reply::Stay
    }

    fn choose(&self, look: &Look) -> Reply {
        let status = Status::ALL[self.cursor];
        let plan = look.workspace.plan();
        if self.ids.iter().any(|id| Status::needs_reason(plan.state(id).status, status)) {
            return Reply::Next(super::Popup::Reason(Reason::for_status(self.ids.clone(), status)));
        }
        Reply::Do(Action::Mark { ids: self.ids.clone(), status, reason: String::new() })
    }

    pub(super) fn draw<'a>(&self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let rect = place(canvas.area(), 56, Status::ALL.len() as u16 + 4);
        let mut pane = open(look, canvas, rect, say.status_title, say.choose_hint);
        let (width, _) = pane.size();
        pane.put_short(0, 0, width, look.theme.quiet, subject(look, &self.ids));
        for (at, status) in Status::ALL.into_iter().enumerate() {
            let y = 2 + at as u16;
            if at == self.cursor {
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
                pane.put(0, y, 1, look.theme.accent, "▌");
            }
            pane.put(2, y, 2, look.theme.key, (at + 1).to_string());
            pane.put(5, y, 16, look.theme.status(status), look.status_word(status));
            if at == self.cursor {
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
