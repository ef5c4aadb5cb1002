//! Writing a note or a progress entry of several lines.

use super::{Reply, open, place, saves, subject};
use crate::domain::{EntryKind, NodeId};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Note {
    ids: Vec<NodeId>,
    kind: EntryKind,
    pub(super) editor: Editor,
}

impl Note {
    pub fn new(ids: Vec<NodeId>, kind: EntryKind) -> Self {
        Note { ids, kind, editor: Editor::new().with_max(20_000) }
    }

    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        if !saves(&event) {
            self.editor.handle(event);
            return Reply::Stay;
        }
        let text = self.editor.text().to_string();
        if text.trim().is_empty() {
            return Reply::Close;
        }
        Reply::Do(Action::Write { ids: self.ids.clone(), kind: self.kind.clone(), text })
    }

    /// What would be lost if the popup closed now.
    pub fn draft(&self) -> Option<(Vec<NodeId>, EntryKind, String)> {
        let text = Some(self.editor.text()).filter(|text| !text.trim().is_empty())?;
        Some((self.ids.clone(), self.kind.clone(), text.to_string()))
    }

    /// Begins again with a text that was put aside.
    pub fn with_text(mut self, text: &str) -> Self {
        self.editor.set_text(text);
        self
    }

    fn rect(area: Rect) -> Rect {
        place(area, 84, (area.height * 3 / 5).max(12))
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = Self::rect(area);
        self.editor.layout(rect.width.saturating_sub(4), rect.height.saturating_sub(4));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let title = match self.kind {
            EntryKind::Progress => say.progress_title,
            _ => say.note_title,
        };
        let mut pane = open(look, canvas, Self::rect(canvas.area()), title, say.save_hint);
        let (width, height) = pane.size();
        pane.put_short(0, 0, width, look.theme.quiet, subject(look, &self.ids));
        let mut field = pane.pane(Rect::new(0, 2, width, height.saturating_sub(2)));
        self.editor.draw(&mut field, look.theme.plain, look.theme.cross, true);
    }
}
