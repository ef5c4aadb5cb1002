//! Open conflicts as cards: what both sides wrote, who, when and why; one of them or another value is chosen.

use super::{Reply, open, place};
use crate::domain::{Conflict, NodeId};
use crate::ops::{self, Pick};
use crate::store::layout::node_of;
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, Key, Measure, width as cells_of};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

/// A line of the card that the cursor can stand on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Ours,
    Theirs,
    Value,
    Basis,
}

const ROWS: [Row; 4] = [Row::Ours, Row::Theirs, Row::Value, Row::Basis];

#[derive(Clone, Debug)]
pub struct Cards {
    conflicts: Vec<Conflict>,
    at: usize,
    row: Row,
    /// The side that the cursor stood on last.
    side: Row,
    value: Editor,
    basis: Editor,
}

impl Cards {
    /// The cards of the plan, those of a place first; `None` where there are none.
    pub fn new(look: &Look, node: Option<&NodeId>) -> Option<Self> {
        let conflicts = look.workspace.plan().conflicts.clone();
        let first = conflicts.iter().position(|conflict| node.is_some() && node_of(conflict).as_ref() == node);
        let editor = || Editor::one_line().with_max(500);
        let cards = Cards {
            at: first.unwrap_or(0),
            conflicts,
            row: Row::Ours,
            side: Row::Ours,
            value: editor(),
            basis: editor(),
        };
        (!cards.conflicts.is_empty()).then_some(cards)
    }

    fn turn(&mut self, by: isize) {
        let count = self.conflicts.len() as isize;
        self.at = (self.at as isize + by).rem_euclid(count) as usize;
        (self.row, self.side) = (Row::Ours, Row::Ours);
        self.value.set_text("");
        self.basis.set_text("");
    }

    fn stand_on(&mut self, row: Row) {
        self.row = row;
        if matches!(row, Row::Ours | Row::Theirs) {
            self.side = row;
        }
    }

    /// What Enter settles on: from the basis, the value that was typed, or else the side the cursor came from.
    fn chosen(&self) -> Row {
        match self.row {
            Row::Basis if self.value.text().trim().is_empty() => self.side,
            Row::Basis => Row::Value,
            row => row,
        }
    }

    fn step(&mut self, by: isize) {
        let now = ROWS.iter().position(|row| *row == self.row).unwrap_or(0) as isize;
        self.stand_on(ROWS[(now + by).rem_euclid(ROWS.len() as isize) as usize]);
    }

    pub(super) fn paste(&mut self, text: &str) {
        match self.row {
            Row::Basis => drop(self.basis.paste(text)),
            Row::Ours | Row::Theirs | Row::Value => {
                self.stand_on(Row::Value);
                self.value.paste(text);
            }
        }
    }

    pub(super) fn handle(&mut self, event: KeyEvent) -> Reply {
        match (event.code, self.row) {
            (KeyCode::Up | KeyCode::BackTab, _) => self.step(-1),
            (KeyCode::Down | KeyCode::Tab, _) => self.step(1),
            (KeyCode::PageUp, _) => self.turn(-1),
            (KeyCode::PageDown, _) => self.turn(1),
            (KeyCode::Left, Row::Ours | Row::Theirs) => self.turn(-1),
            (KeyCode::Right, Row::Ours | Row::Theirs) => self.turn(1),
            (KeyCode::Enter, _) => return self.settle(),
            (_, Row::Value) => drop(self.value.handle(event)),
            (_, Row::Basis) => drop(self.basis.handle(event)),
            (_, Row::Ours | Row::Theirs) => {
                // full-width figures of an input method are figures
                let Key::Press { code, .. } = Key::from(event) else { return Reply::Stay };
                match code {
                    KeyCode::Char('1') => self.stand_on(Row::Ours),
                    KeyCode::Char('2') => self.stand_on(Row::Theirs),
                    KeyCode::Char('3') => self.stand_on(Row::Value),
                    KeyCode::Char('4') => self.stand_on(Row::Basis),
                    _ => {}
                }
            }
        }
        Reply::Stay
    }

    fn settle(&self) -> Reply {
        let pick = match self.chosen() {
            Row::Ours => Pick::Ours,
            Row::Theirs => Pick::Theirs,
            Row::Value | Row::Basis if self.value.text().trim().is_empty() => return Reply::Stay,
            Row::Value | Row::Basis => Pick::Value(self.value.text().trim().to_string()),
        };
        let id = self.conflicts[self.at].id.to_string();
        Reply::Do(Action::Settle { id, pick, basis: self.basis.text().trim().to_string() })
    }

    fn rect(area: Rect) -> Rect {
        place(area, 84, 16)
    }

    /// The labels' column: the longest of the two that are typed into.
    fn label(look: &Look) -> u16 {
        let say = &look.text.conflicts;
        [say.type_value, say.type_basis, say.base].iter().map(|label| cells_of(label)).max().unwrap_or(0) as u16 + 4
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        let room = Self::rect(area).width.saturating_sub(4 + Self::label(look));
        self.value.layout(room, 1);
        self.basis.layout(room, 1);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let (say, plan) = (&look.text.conflicts, look.workspace.plan());
        let conflict = &self.conflicts[self.at];
        let title = format!("{} {}/{}", say.title, self.at + 1, self.conflicts.len());
        let mut pane = open(look, canvas, Self::rect(canvas.area()), &title, say.hint);
        let (cells, height) = pane.size();
        let label = Self::label(look);
        let room = cells.saturating_sub(label);
        pane.put_short(0, 0, cells, look.theme.strong, ops::conflict_place(conflict, look.text));
        let mut y = 2;
        if !conflict.is_whole() {
            pane.put_short(2, y, label - 2, look.theme.quiet, say.base);
            pane.put_short(label, y, room, look.theme.quiet, ops::said_words(conflict, &conflict.base, look.text));
            y += 1;
        }
        for (nth, row) in ROWS.into_iter().enumerate() {
            let top = y;
            let is_here = self.row == row;
            let style = if self.chosen() == row { look.theme.accent } else { look.theme.plain };
            match row {
                Row::Ours | Row::Theirs => {
                    let said = if row == Row::Ours { &conflict.ours } else { &conflict.theirs };
                    let source = ops::source_of(conflict, row == Row::Ours, plan);
                    let name = if row == Row::Ours { say.ours } else { say.theirs };
                    pane.put_short(2, y, label - 2, look.theme.key, format!("{} {name}", nth + 1));
                    // two lines for what is said, one for who said it and why
                    let words = ops::said_words(conflict, said, look.text);
                    let lines = Measure::default().wrap(&words, usize::from(room.max(8)), 0);
                    for range in lines.into_iter().take(2) {
                        pane.put_short(label, y, room, style, words[range].to_string());
                        y += 1;
                    }
                    let by = ops::side_label("", &source.by, look.text);
                    let basis = source.basis.map(|words| (say.basis)(&words)).unwrap_or_default();
                    let from = format!("{by}{basis}");
                    if !from.is_empty() {
                        pane.put_short(label, y, room, look.theme.quiet, from);
                        y += 1;
                    }
                }
                Row::Value | Row::Basis => {
                    let (name, editor) =
                        if row == Row::Value { (say.type_value, &self.value) } else { (say.type_basis, &self.basis) };
                    pane.put_short(2, y, label - 2, look.theme.key, format!("{} {name}", nth + 1));
                    if y < height {
                        let mut field = pane.pane(Rect::new(label, y, room, 1));
                        editor.draw(&mut field, style, look.theme.cross, is_here);
                    }
                    y += 1;
                }
            }
            if self.chosen() == row {
                pane.put(1, top, 1, look.theme.accent, ">");
            }
            if is_here {
                pane.put(0, top, 1, look.theme.accent, "▌");
            }
        }
    }
}
