//! Departments to choose from: a line that narrows them down by characters, pinyin or initials, and the list under it.

use super::{move_in, window};
use crate::domain::UnitId;
use crate::domain::search::{Query, matches};
use crate::tui::look::Look;
use crate::tui::term::{Editor, EditorReply, Pane};
use crossterm::event::KeyEvent;
use ratatui::layout::Rect;

/// Lines of the box above the list: its head, the filter and a blank one.
const ABOVE: u16 = 3;

#[derive(Clone, Debug)]
pub(super) struct UnitList {
    filter: Editor,
    all: Vec<UnitId>,
    found: Vec<UnitId>,
    pub cursor: usize,
    top: usize,
    height: usize,
}

impl UnitList {
    pub fn new(all: Vec<UnitId>) -> Self {
        let filter = Editor::one_line().with_max(30);
        UnitList { filter, found: all.clone(), all, cursor: 0, top: 0, height: 1 }
    }

    /// How many there are, found or not.
    pub fn count(&self) -> u16 {
        self.all.len() as u16
    }

    pub fn found(&self) -> &[UnitId] {
        &self.found
    }

    pub fn chosen(&self) -> Option<&UnitId> {
        self.found.get(self.cursor)
    }

    fn find(&mut self, look: &Look) {
        let query = Query::new(self.filter.text());
        let plan = look.workspace.plan();
        let fits = |id: &&UnitId| match plan.unit(id) {
            Some(unit) => unit.names().any(|name| matches(name, &query).is_some()),
            None => matches(id.as_str(), &query).is_some(),
        };
        self.found = self.all.iter().filter(fits).cloned().collect();
        self.cursor = self.cursor.min(self.found.len().saturating_sub(1));
    }

    pub fn paste(&mut self, text: &str, look: &Look) {
        self.filter.paste(text);
        self.find(look);
    }

    /// Moves the cursor; whether the key was for that.
    pub fn moves(&mut self, event: &KeyEvent) -> bool {
        move_in(&mut self.cursor, self.found.len(), self.height, event)
    }

    /// Types into the filter.
    pub fn types(&mut self, event: KeyEvent, look: &Look) {
        if self.filter.handle(event) == EditorReply::Changed {
            self.cursor = 0;
            self.find(look);
        }
    }

    /// Shows all again, with the cursor on a department.
    pub fn show_all(&mut self, at: &UnitId, look: &Look) {
        self.filter.set_text("");
        self.find(look);
        self.cursor = self.found.iter().position(|other| other == at).unwrap_or(0);
    }

    /// Takes the box that it stands in.
    pub fn prepare(&mut self, rect: Rect) {
        self.filter.layout(rect.width.saturating_sub(6), 1);
        self.height = usize::from(rect.height.saturating_sub(ABOVE + 2)).max(1);
        self.top = window(self.top, self.cursor, self.height);
    }

    /// Draws the filter and the departments in sight; each row has a line of its own to be drawn into. The cursor is shown where
    /// the list has the keys.
    pub fn draw<'a>(
        &'a self,
        look: &Look<'a>,
        pane: &mut Pane<'_, 'a>,
        is_front: bool,
        mut draw_row: impl FnMut(&'a UnitId, &mut Pane<'_, 'a>),
    ) {
        let (width, _) = pane.size();
        pane.put(0, 1, 2, look.theme.accent, "> ");
        let mut field = pane.pane(Rect::new(2, 1, width.saturating_sub(2), 1));
        self.filter.draw(&mut field, look.theme.plain, look.theme.cross, true);
        if self.found.is_empty() {
            pane.put_short(2, ABOVE, width.saturating_sub(2), look.theme.warn, look.text.screens.no_hits);
        }
        for (y, (at, unit)) in self.found.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = ABOVE + y as u16;
            draw_row(unit, &mut pane.pane(Rect::new(0, y, width, 1)));
            if at == self.cursor && is_front {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
