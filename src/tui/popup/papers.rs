//! Choosing a paper of a meeting: arrows and Enter, or the digit beside it.

use super::{Reply, open, place};
use crate::domain::Str;
use crate::ops::PaperKind;
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::screens::meetings::meeting_title;
use crate::tui::term::{Canvas, Key};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Papers {
    meeting: Str,
    cursor: usize,
}

impl Papers {
    /// Begins at the paper that is likely wanted.
    pub fn new(meeting: Str, likely: PaperKind) -> Self {
        let cursor = PaperKind::ALL.iter().position(|kind| *kind == likely).unwrap_or(0);
        Papers { meeting, cursor }
    }

    pub(super) fn handle(&mut self, key: Key) -> Reply {
        let Key::Press { code, .. } = key else { return Reply::Stay };
        let last = PaperKind::ALL.len() - 1;
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(last),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = last,
            KeyCode::Enter | KeyCode::Char(' ') => return self.choose(),
            KeyCode::Char(digit @ '1'..='8') => {
                self.cursor = digit as usize - '1' as usize;
                return self.choose();
            }
            _ => {}
        }
        Reply::Stay
    }

    /// Stays open where the paper could not be written: the message says why.
    fn choose(&self) -> Reply {
        Reply::Do(Action::Export { meeting: self.meeting.clone(), paper: PaperKind::ALL[self.cursor] })
    }

    pub(super) fn draw<'a>(&self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.papers;
        let rect = place(canvas.area(), 56, PaperKind::ALL.len() as u16 + 4);
        let mut pane = open(look, canvas, rect, say.choose, say.choose_hint);
        let (width, _) = pane.size();
        let title = meeting_title(look.workspace.plan(), &self.meeting, look.text);
        pane.put_short(0, 0, width, look.theme.quiet, title);
        for (at, name) in say.names.into_iter().enumerate() {
            let y = 2 + at as u16;
            pane.put(2, y, 2, look.theme.key, (at + 1).to_string());
            pane.put_short(5, y, width.saturating_sub(5), look.theme.plain, name);
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
