//! Choosing a paper: arrows and Enter, or the digit beside it; for what each department gets its own of, to whom.

use super::units::UnitList;
use super::{Reply, open, place};
use crate::domain::{RecordId, Str};
use crate::ops::{PaperFormat, PaperKind, Sheet, Whom, recipients};
use crate::tui::action::{Action, Export};
use crate::tui::look::Look;
use crate::tui::screens::meetings::meeting_title;
use crate::tui::term::Canvas;
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Papers {
    /// Empty where only papers of the plan can be written.
    meeting: Str,
    /// The decision under the cursor, for a paper about it alone.
    decision: Option<RecordId>,
    sheets: Vec<Sheet>,
    cursor: usize,
    format: PaperFormat,
    /// Whom it goes to, once a paper has been chosen that every department gets its own of.
    whom: Option<Recipients>,
}

/// Everybody, those of one decision, or one department.
#[derive(Clone, Debug)]
struct Recipients {
    kind: PaperKind,
    /// The rows above the departments.
    first: Vec<Whom>,
    cursor: usize,
    units: UnitList,
}

impl Papers {
    /// Begins at the paper that is likely wanted.
    pub fn new(meeting: Option<Str>, decision: Option<RecordId>, likely: Sheet) -> Self {
        let has_meeting = meeting.is_some();
        let can = |sheet: &Sheet| has_meeting || !matches!(sheet, Sheet::OfMeeting(_));
        let sheets: Vec<Sheet> = Sheet::ALL.into_iter().filter(can).collect();
        let cursor = sheets.iter().position(|sheet| *sheet == likely).unwrap_or(0);
        let meeting = meeting.unwrap_or_default();
        Papers { meeting, decision, sheets, cursor, format: PaperFormat::Docx, whom: None }
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if matches!(event.code, KeyCode::Tab | KeyCode::BackTab) {
            self.format = match self.format {
                PaperFormat::Docx => PaperFormat::Markdown,
                PaperFormat::Markdown => PaperFormat::Text,
                PaperFormat::Text => PaperFormat::Docx,
            };
            return Reply::Stay;
        }
        if let Some(whom) = &mut self.whom {
            return match whom.handle(event, look) {
                Some(to) => {
                    let sheet = Sheet::OfMeeting(whom.kind);
                    self.export(sheet, to)
                }
                None => Reply::Stay,
            };
        }
        let last = self.sheets.len() - 1;
        match event.code {
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(last),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = last,
            KeyCode::Enter | KeyCode::Char(' ' | '\u{3000}') => return self.choose(look),
            KeyCode::Char(c) => {
                if let Some(at) = digit(c).filter(|at| *at <= last) {
                    self.cursor = at;
                    return self.choose(look);
                }
            }
            _ => {}
        }
        Reply::Stay
    }

    fn choose(&mut self, look: &Look) -> Reply {
        let sheet = self.sheets[self.cursor];
        let kind = match sheet {
            Sheet::OfMeeting(kind @ (PaperKind::Excerpt | PaperKind::Reminder)) => kind,
            Sheet::OfMeeting(_) | Sheet::Opinions | Sheet::TopicsCall | Sheet::Calendar => {
                return self.export(sheet, Whom::All);
            }
        };
        let units = recipients(look.workspace.plan(), kind, &self.meeting);
        if units.is_empty() {
            return self.export(sheet, Whom::All);
        }
        let of_decision = self.decision.clone().map(Whom::Decision);
        let first: Vec<Whom> = [Whom::All].into_iter().chain(of_decision).collect();
        self.whom = Some(Recipients { kind, first, cursor: 0, units: UnitList::new(units) });
        Reply::Stay
    }

    /// Stays open where the paper could not be written: the message says why.
    fn export(&self, sheet: Sheet, whom: Whom) -> Reply {
        Reply::Do(Action::Export(Export { sheet, meeting: self.meeting.clone(), whom, format: self.format }))
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        if let Some(whom) = &mut self.whom {
            whom.units.paste(text, look);
        }
    }

    fn rect(&self, area: Rect) -> Rect {
        match &self.whom {
            None => place(area, 60, self.sheets.len() as u16 + 4),
            Some(whom) => place(area, 60, whom.units.count() + whom.first.len() as u16 + 6),
        }
    }

    /// The box of the list of departments, which is under the rows for everybody.
    fn list_rect(&self, rect: Rect) -> Rect {
        let above = self.whom.as_ref().map_or(0, |whom| whom.first.len() as u16 + 1);
        Rect { y: rect.y + above, height: rect.height.saturating_sub(above), ..rect }
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        let rect = self.list_rect(self.rect(area));
        if let Some(whom) = &mut self.whom {
            whom.units.prepare(rect);
        }
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.papers;
        let rect = self.rect(canvas.area());
        let name = self.whom.as_ref().map_or(say.choose, |whom| say.names[Sheet::OfMeeting(whom.kind).index()]);
        let hint = if self.whom.is_some() { say.whom_hint } else { say.choose_hint };
        let mut pane = open(look, canvas, rect, name, hint);
        let (width, height) = pane.size();
        if !self.meeting.is_empty() {
            let title = meeting_title(look.workspace.plan(), &self.meeting, look.text);
            pane.put_short(0, 0, width.saturating_sub(6), look.theme.quiet, title);
        }
        pane.put_right(width.saturating_sub(5), 0, 5, look.theme.accent, self.format.token());
        let Some(whom) = &self.whom else {
            for (at, sheet) in self.sheets.iter().enumerate() {
                let y = 2 + at as u16;
                pane.put(2, y, 2, look.theme.key, if at < 10 { ((at + 1) % 10).to_string() } else { String::new() });
                pane.put_short(5, y, width.saturating_sub(5), look.theme.plain, say.names[sheet.index()]);
                if at == self.cursor {
                    pane.put(0, y, 1, look.theme.accent, "▌");
                    pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
                }
            }
            return;
        };
        let is_above = whom.cursor < whom.first.len();
        for (at, to) in whom.first.iter().enumerate() {
            let y = 1 + at as u16;
            let words = match to {
                Whom::Decision(id) => (say.this_decision)(&decided(look, id)),
                Whom::All => (say.everybody)(whom.units.count().into()),
                Whom::Unit(unit) => unit.to_string(),
            };
            pane.put_short(2, y, width.saturating_sub(2), look.theme.plain, words);
            if at == whom.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
        let above = whom.first.len() as u16 + 1;
        let mut below = pane.pane(Rect::new(0, above, width, height.saturating_sub(above)));
        whom.units.draw(look, &mut below, !is_above, |unit, line| {
            line.put_short(2, 0, width.saturating_sub(2), look.theme.plain, unit.as_str());
        });
    }
}

impl Recipients {
    /// Who was chosen with Enter.
    fn handle(&mut self, event: KeyEvent, look: &Look) -> Option<Whom> {
        let above = self.first.len();
        let is_above = self.cursor < above;
        match event.code {
            KeyCode::Enter if is_above => return self.first.get(self.cursor).cloned(),
            KeyCode::Enter => return self.units.chosen().cloned().map(Whom::Unit),
            KeyCode::Down if is_above => {
                self.cursor += 1;
                self.units.cursor = 0;
            }
            KeyCode::Up if is_above => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Up if self.units.cursor == 0 => self.cursor = above.saturating_sub(1),
            _ if !is_above && self.units.moves(&event) => {}
            // a name that is typed is a department's
            _ => {
                self.units.types(event, look);
                self.cursor = above;
            }
        }
        None
    }
}

/// The words of a decision.
fn decided(look: &Look, id: &RecordId) -> String {
    let record = look.workspace.plan().record(id);
    record.map_or(String::new(), |record| record.text(crate::domain::Field::Text).to_string())
}

/// The row that a digit names, in either width; 0 is the tenth.
fn digit(c: char) -> Option<usize> {
    let c = if ('０'..='９').contains(&c) { char::from(b'0' + (c as u32 - '０' as u32) as u8) } else { c };
    let digit = c.to_digit(10)? as usize;
    Some(if digit == 0 { 9 } else { digit - 1 })
}
