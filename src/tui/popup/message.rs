//! Writing the comment with which changes are sent back, or the message of a commit.

use super::{Reply, open, place, saves};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// What the text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    SendBack,
    Commit,
}

#[derive(Clone, Debug)]
pub struct Message {
    purpose: Purpose,
    count: usize,
    pub(super) editor: Editor,
}

impl Message {
    /// The comment for changes that are sent back.
    pub fn comment(count: usize) -> Self {
        Message { purpose: Purpose::SendBack, count, editor: Editor::new().with_max(2000) }
    }

    /// The message of a commit, made from the changes.
    pub fn commit(count: usize, message: &str) -> Self {
        let mut editor = Editor::new().with_max(20_000);
        editor.set_text(message);
        Message { purpose: Purpose::Commit, count, editor }
    }

    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        if !saves(&event) {
            self.editor.handle(event);
            return Reply::Stay;
        }
        let text = self.editor.text().to_string();
        Reply::Do(match self.purpose {
            Purpose::SendBack => Action::SendBack { comment: text },
            Purpose::Commit => Action::Commit { message: text },
        })
    }

    fn rect(&self, area: Rect) -> Rect {
        let height = match self.purpose {
            Purpose::SendBack => 9,
            Purpose::Commit => (area.height * 3 / 5).max(12),
        };
        place(area, 84, height)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = self.rect(area);
        self.editor.layout(rect.width.saturating_sub(4), rect.height.saturating_sub(2));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.reviewing;
        let title = match self.purpose {
            Purpose::SendBack => (say.comment_title)(self.count),
            Purpose::Commit => (say.commit_title)(self.count),
        };
        let mut pane = open(look, canvas, self.rect(canvas.area()), &title, say.message_hint);
        let area = pane.area();
        let mut field = pane.pane(Rect::new(0, 0, area.width, area.height));
        self.editor.draw(&mut field, look.theme.plain, look.theme.cross, true);
    }
}
