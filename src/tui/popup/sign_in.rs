//! Signing in: a department by pinyin or arrows, and one key for how it came.

use super::{Reply, move_in, open, place, window};
use crate::domain::search::{Query, matches};
use crate::domain::{Field, RecordId, RecordKind, Str, UnitId};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::screens::meetings::{attendance, attendance_style};
use crate::tui::term::{Canvas, Editor, EditorReply};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct SignIn {
    meeting: Str,
    filter: Editor,
    found: Vec<UnitId>,
    cursor: usize,
    top: usize,
    height: usize,
}

impl SignIn {
    pub fn new(meeting: Str, look: &Look) -> Self {
        let filter = Editor::one_line().with_max(30);
        let mut popup = SignIn { meeting, filter, found: Vec::new(), cursor: 0, top: 0, height: 1 };
        popup.find(look);
        popup.cursor = popup.next_open(look).unwrap_or(0);
        popup
    }

    fn find(&mut self, look: &Look) {
        let query = Query::new(self.filter.text());
        let plan = look.workspace.plan();
        let here = |unit: &&crate::domain::Unit| {
            plan.record(&RecordId::new(RecordKind::Attendee, self.meeting.clone(), unit.id.as_str())).is_some()
        };
        let hits = plan.units.iter().filter(here);
        let hits = hits.filter(|unit| unit.names().any(|name| matches(name, &query).is_some()));
        self.found = hits.map(|unit| unit.id.clone()).collect();
        self.cursor = self.cursor.min(self.found.len().saturating_sub(1));
    }

    fn attended<'p>(&self, look: &Look<'p>, unit: &UnitId) -> &'p str {
        let id = RecordId::new(RecordKind::Attendee, self.meeting.clone(), unit.as_str());
        look.workspace.plan().record(&id).map_or("", |record| record.text(Field::Attendance))
    }

    /// The next department that nobody has signed in.
    fn next_open(&self, look: &Look) -> Option<usize> {
        let open = |at: &usize| self.attended(look, &self.found[*at]).is_empty();
        (self.cursor..self.found.len()).find(open).or_else(|| (0..self.cursor.min(self.found.len())).find(open))
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.filter.paste(text);
        self.find(look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if move_in(&mut self.cursor, self.found.len(), self.height, &event) {
            return Reply::Stay;
        }
        let words: Vec<&'static str> = RecordKind::Attendee.words(Field::Attendance).split(' ').collect();
        let digit = match event.code {
            KeyCode::Char(c @ '1'..='5') => Some(c as usize - '1' as usize),
            KeyCode::Char(c @ '１'..='５') => Some(c as usize - '１' as usize),
            KeyCode::Enter => Some(0),
            _ => None,
        };
        let Some(unit) = self.found.get(self.cursor).cloned() else {
            // a digit is no part of a name: nobody is signed in, nothing is typed
            if digit.is_none() && self.filter.handle(event) == EditorReply::Changed {
                self.find(look);
            }
            return Reply::Stay;
        };
        if digit.is_some() || event.code == KeyCode::Delete {
            let attendance = digit.and_then(|digit| words.get(digit).copied());
            // the next one: where it was looked for, all are shown again
            let was = unit.clone();
            self.filter.set_text("");
            self.find(look);
            let at = self.found.iter().position(|other| *other == was).unwrap_or(0);
            let last = self.found.len().saturating_sub(1);
            self.cursor = if attendance.is_some() { (at + 1).min(last) } else { at };
            return Reply::DoAndStay(Action::Attend { meeting: self.meeting.clone(), unit, attendance });
        }
        if self.filter.handle(event) == EditorReply::Changed {
            self.cursor = 0;
            self.find(look);
        }
        Reply::Stay
    }

    fn rect(area: Rect, units: usize) -> Rect {
        place(area, 84, units as u16 + 6)
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        let rect = Self::rect(area, look.workspace.plan().units.len());
        self.filter.layout(rect.width.saturating_sub(6), 1);
        self.height = usize::from(rect.height.saturating_sub(5)).max(1);
        self.top = window(self.top, self.cursor, self.height);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.rooms;
        let plan = look.workspace.plan();
        let rect = Self::rect(canvas.area(), plan.units.len());
        let mut pane = open(look, canvas, rect, say.sign_in_title, say.sign_in_hint);
        let (width, _) = pane.size();
        pane.put_short(0, 0, width, look.theme.accent, attendance(plan, &self.meeting, look.text));
        pane.put(0, 1, 2, look.theme.accent, "> ");
        let mut field = pane.pane(Rect::new(2, 1, width.saturating_sub(2), 1));
        self.filter.draw(&mut field, look.theme.plain, look.theme.cross, true);
        if self.found.is_empty() {
            pane.put_short(2, 3, width.saturating_sub(2), look.theme.warn, look.text.screens.no_hits);
        }
        for (y, (at, unit)) in self.found.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = 3 + y as u16;
            let attended = self.attended(look, unit);
            let words = match attended {
                "" => look.text.words.nothing,
                word => (look.text.records.word)(RecordKind::Attendee, Field::Attendance, word),
            };
            pane.put(2, y, 11, attendance_style(look, attended), words.to_string());
            pane.put_short(14, y, 24, look.theme.plain, unit.as_str());
            let id = RecordId::new(RecordKind::Attendee, self.meeting.clone(), unit.as_str());
            let name = plan.record(&id).map_or("", |record| record.text(Field::Name));
            pane.put_short(39, y, width.saturating_sub(39), look.theme.quiet, name.to_string());
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
