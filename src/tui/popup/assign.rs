//! Who leads and who is responsible: the departments in a list, the role changed in place.

use super::{Reply, move_in, open, place, subject, window};
use crate::domain::{NodeId, UnitId, search};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, EditorReply};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Assign {
    ids: Vec<NodeId>,
    filter: Editor,
    found: Vec<UnitId>,
    cursor: usize,
    top: usize,
    height: usize,
}

impl Assign {
    pub fn new(ids: Vec<NodeId>, look: &Look) -> Self {
        let filter = Editor::one_line().with_max(30);
        let mut popup = Assign { ids, filter, found: Vec::new(), cursor: 0, top: 0, height: 1 };
        popup.find(look);
        popup
    }

    fn find(&mut self, look: &Look) {
        let query = search::Query::new(self.filter.text());
        let units = look.workspace.plan().units.iter();
        let hits = units.filter(|unit| unit.names().any(|name| search::matches(name, &query).is_some()));
        self.found = hits.map(|unit| unit.id.clone()).collect();
        self.cursor = self.cursor.min(self.found.len().saturating_sub(1));
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.filter.paste(text);
        self.find(look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if move_in(&mut self.cursor, self.found.len(), self.height, &event) {
            return Reply::Stay;
        }
        let unit = self.found.get(self.cursor).cloned();
        let is_blank = matches!(event.code, KeyCode::Char(' ' | '\u{3000}') | KeyCode::Enter);
        match (event.code, unit) {
            (_, Some(unit)) if is_blank => Reply::DoAndStay(Action::Cycle { ids: self.ids.clone(), unit }),
            (KeyCode::Char('w'), Some(unit)) if event.modifiers.contains(KeyModifiers::CONTROL) => {
                Reply::DoAndStay(Action::FirstLead { ids: self.ids.clone(), unit })
            }
            (KeyCode::Delete, _) => Reply::DoAndStay(Action::Reset { ids: self.ids.clone() }),
            _ => {
                if self.filter.handle(event) == EditorReply::Changed {
                    self.cursor = 0;
                    self.find(look);
                }
                Reply::Stay
            }
        }
    }

    fn rect(area: Rect, units: usize) -> Rect {
        place(area, 76, units as u16 + 5)
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        let rect = Self::rect(area, look.workspace.plan().units.len());
        self.filter.layout(rect.width.saturating_sub(6), 1);
        self.height = usize::from(rect.height.saturating_sub(5)).max(1);
        self.top = window(self.top, self.cursor, self.height);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let plan = look.workspace.plan();
        let rect = Self::rect(canvas.area(), plan.units.len());
        let mut pane = open(look, canvas, rect, say.assign_title, say.assign_hint);
        let (width, _) = pane.size();
        pane.put_short(0, 0, width, look.theme.quiet, subject(look, &self.ids));
        pane.put(0, 1, 2, look.theme.accent, "> ");
        self.filter.draw(
            &mut pane.pane(Rect::new(2, 1, width.saturating_sub(2), 1)),
            look.theme.plain,
            look.theme.cross,
            true,
        );
        let Some(id) = self.ids.first() else { return };
        let (leads, responsible) = (plan.leads(id), plan.responsible(id));
        for (y, (at, unit)) in self.found.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = 3 + y as u16;
            let place = responsible.iter().position(|other| other == unit);
            let (words, style) = match (leads.iter().position(|lead| lead == unit), place) {
                (Some(0), _) => (say.first_lead.to_string(), look.theme.accent.patch(look.theme.strong)),
                (Some(_), _) => (say.joint_lead.to_string(), look.theme.accent),
                (None, Some(place)) => (format!("{} {}", look.text.words.responsible, place + 1), look.theme.plain),
                (None, None) => (look.text.words.nothing.to_string(), look.theme.quiet),
            };
            pane.put(2, y, 14, style, words);
            let full = plan.unit(unit).map_or("", |unit| unit.full.as_str());
            pane.put_short(16, y, 24, look.theme.plain, unit.as_str());
            pane.put_short(41, y, width.saturating_sub(41), look.theme.quiet, full);
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
