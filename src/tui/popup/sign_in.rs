//! Signing in: a department by pinyin or arrows, and one key for how it came.

use super::units::UnitList;
use super::{Reply, open, place};
use crate::domain::{Field, RecordId, RecordKind, Str, UnitId};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::screens::meetings::{attendance, attendance_style};
use crate::tui::term::Canvas;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct SignIn {
    meeting: Str,
    units: UnitList,
}

impl SignIn {
    pub fn new(meeting: Str, look: &Look) -> Self {
        let plan = look.workspace.plan();
        let seat = |unit: &UnitId| RecordId::new(RecordKind::Attendee, meeting.clone(), unit.as_str());
        let here = plan.units.iter().map(|unit| unit.id.clone()).filter(|unit| plan.record(&seat(unit)).is_some());
        let mut units = UnitList::new(here.collect());
        // the first that nobody has signed in
        let is_open = |unit: &UnitId| attended(look, &meeting, unit).is_empty();
        units.cursor = units.found().iter().position(is_open).unwrap_or(0);
        SignIn { meeting, units }
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.units.paste(text, look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if self.units.moves(&event) {
            return Reply::Stay;
        }
        let words: Vec<&'static str> = RecordKind::Attendee.words(Field::Attendance).split(' ').collect();
        let digit = match event.code {
            KeyCode::Char(c @ '1'..='5') => Some(c as usize - '1' as usize),
            KeyCode::Char(c @ '１'..='５') => Some(c as usize - '１' as usize),
            KeyCode::Enter => Some(0),
            _ => None,
        };
        match self.units.chosen().cloned() {
            // a digit is no part of a name: nobody is signed in, nothing is typed
            None if digit.is_some() => Reply::Stay,
            Some(unit) if digit.is_some() || event.code == KeyCode::Delete => {
                let attendance = digit.and_then(|digit| words.get(digit).copied());
                // the next one: where it was looked for, all are shown again
                self.units.show_all(&unit, look);
                let last = self.units.found().len().saturating_sub(1);
                self.units.cursor = (self.units.cursor + usize::from(attendance.is_some())).min(last);
                Reply::DoAndStay(Action::Attend { meeting: self.meeting.clone(), unit, attendance })
            }
            _ => {
                self.units.types(event, look);
                Reply::Stay
            }
        }
    }

    fn rect(&self, area: Rect, look: &Look) -> Rect {
        place(area, 84, look.workspace.plan().units.len() as u16 + 6)
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        self.units.prepare(self.rect(area, look));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.rooms;
        let plan = look.workspace.plan();
        let rect = self.rect(canvas.area(), look);
        let mut pane = open(look, canvas, rect, say.sign_in_title, say.sign_in_hint);
        let (width, _) = pane.size();
        pane.put_short(0, 0, width, look.theme.accent, attendance(plan, &self.meeting, look.text));
        self.units.draw(look, &mut pane, true, |unit, line| {
            let came = attended(look, &self.meeting, unit);
            let words = match came {
                "" => look.text.words.nothing,
                word => (look.text.records.word)(RecordKind::Attendee, Field::Attendance, word),
            };
            line.put(2, 0, 11, attendance_style(look, came), words.to_string());
            line.put_short(14, 0, 24, look.theme.plain, unit.as_str());
            let id = RecordId::new(RecordKind::Attendee, self.meeting.clone(), unit.as_str());
            let name = plan.record(&id).map_or("", |record| record.text(Field::Name));
            line.put_short(39, 0, width.saturating_sub(39), look.theme.quiet, name.to_string());
        });
    }
}

/// How a department came to a meeting.
fn attended<'p>(look: &Look<'p>, meeting: &Str, unit: &UnitId) -> &'p str {
    let id = RecordId::new(RecordKind::Attendee, meeting.clone(), unit.as_str());
    look.workspace.plan().record(&id).map_or("", |record| record.text(Field::Attendance))
}
