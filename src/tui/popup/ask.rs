//! Asking for the reason of a change that needs one.

use super::{Reply, open, place, subject};
use crate::domain::{Due, NodeId, Status};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, width};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

/// What is waiting for its reason.
#[derive(Clone, Debug)]
enum Pending {
    Mark(Status),
    Deadline(Option<Due>),
}

#[derive(Clone, Debug)]
pub struct Reason {
    ids: Vec<NodeId>,
    pending: Pending,
    pub(super) editor: Editor,
}

impl Reason {
    pub fn for_status(ids: Vec<NodeId>, status: Status) -> Self {
        Reason { ids, pending: Pending::Mark(status), editor: Editor::new().with_max(2000) }
    }

    pub fn for_deadline(ids: Vec<NodeId>, due: Option<Due>) -> Self {
        Reason { ids, pending: Pending::Deadline(due), editor: Editor::new().with_max(2000) }
    }

    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        let saves = event.code == KeyCode::Char('s') && event.modifiers.contains(KeyModifiers::CONTROL);
        if event.code != KeyCode::Enter && !saves {
            self.editor.handle(event);
            return Reply::Stay;
        }
        let reason = self.editor.text().trim().to_string();
        match &self.pending {
            Pending::Mark(_) if reason.is_empty() => Reply::Stay,
            Pending::Mark(status) => Reply::Do(Action::Mark { ids: self.ids.clone(), status: *status, reason }),
            Pending::Deadline(due) => {
                Reply::Do(Action::SetDeadline { ids: self.ids.clone(), due: due.clone(), reason })
            }
        }
    }

    fn rect(area: Rect) -> Rect {
        place(area, 72, 9)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = Self::rect(area);
        self.editor.layout(rect.width.saturating_sub(4), rect.height.saturating_sub(4));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let rect = Self::rect(canvas.area());
        let title = match &self.pending {
            Pending::Mark(_) => say.reason_title,
            Pending::Deadline(_) => say.reason_optional,
        };
        let mut pane = open(look, canvas, rect, title, say.accept_hint);
        let (cells, height) = pane.size();
        let what = match &self.pending {
            Pending::Mark(status) => look.status_word(*status).to_string(),
            Pending::Deadline(Some(due)) => crate::ops::due_in_full(due, look.text),
            Pending::Deadline(None) => say.deadline_none.to_string(),
        };
        let room = cells.saturating_sub(width(&what) as u16 + 3);
        pane.put_short(0, 0, room, look.theme.quiet, subject(look, &self.ids));
        pane.put_right(room, 0, cells - room, look.theme.accent, format!("→ {what}"));
        let mut field = pane.pane(Rect::new(0, 2, cells, height.saturating_sub(2)));
        self.editor.draw(&mut field, look.theme.plain, look.theme.cross, true);
    }
}
