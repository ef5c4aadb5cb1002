//! Who leads and who is responsible: the departments in a list, the role changed in place.

use super::units::UnitList;
use super::{Reply, open, place, subject};
use crate::domain::NodeId;
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::Canvas;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Assign {
    ids: Vec<NodeId>,
    units: UnitList,
}

impl Assign {
    pub fn new(ids: Vec<NodeId>, look: &Look) -> Self {
        let all = look.workspace.plan().units.iter().map(|unit| unit.id.clone());
        Assign { ids, units: UnitList::new(all.collect()) }
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.units.paste(text, look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if self.units.moves(&event) {
            return Reply::Stay;
        }
        let unit = self.units.chosen().cloned();
        let is_blank = matches!(event.code, KeyCode::Char(' ' | '\u{3000}') | KeyCode::Enter);
        match (event.code, unit) {
            (_, Some(unit)) if is_blank => Reply::DoAndStay(Action::Cycle { ids: self.ids.clone(), unit }),
            (KeyCode::Char('w'), Some(unit)) if event.modifiers.contains(KeyModifiers::CONTROL) => {
                Reply::DoAndStay(Action::FirstLead { ids: self.ids.clone(), unit })
            }
            (KeyCode::Delete, _) => Reply::DoAndStay(Action::Reset { ids: self.ids.clone() }),
            _ => {
                self.units.types(event, look);
                Reply::Stay
            }
        }
    }

    fn rect(&self, area: Rect) -> Rect {
        place(area, 76, self.units.count() + 5)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        self.units.prepare(self.rect(area));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let plan = look.workspace.plan();
        let rect = self.rect(canvas.area());
        let mut pane = open(look, canvas, rect, say.assign_title, say.assign_hint);
        let (width, _) = pane.size();
        pane.put_short(0, 0, width, look.theme.quiet, subject(look, &self.ids));
        let Some(id) = self.ids.first() else { return };
        let (leads, responsible) = (plan.leads(id), plan.responsible(id));
        self.units.draw(look, &mut pane, true, |unit, line| {
            let place = responsible.iter().position(|other| other == unit);
            let (words, style) = match (leads.iter().position(|lead| lead == unit), place) {
                (Some(0), _) => (say.first_lead.to_string(), look.theme.accent.patch(look.theme.strong)),
                (Some(_), _) => (say.joint_lead.to_string(), look.theme.accent),
                (None, Some(place)) => (format!("{} {}", look.text.words.responsible, place + 1), look.theme.plain),
                (None, None) => (look.text.words.nothing.to_string(), look.theme.quiet),
            };
            line.put(2, 0, 14, style, words);
            let full = plan.unit(unit).map_or("", |unit| unit.full.as_str());
            line.put_short(16, 0, 24, look.theme.plain, unit.as_str());
            line.put_short(41, 0, width.saturating_sub(41), look.theme.quiet, full);
        });
    }
}
