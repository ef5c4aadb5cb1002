//! Changing the plan: what the keys act on, the popups that ask, the operations, and what is said of them.

use super::App;
use crate::domain::{EntryKind, NodeId};
use crate::ops::{Assignment, Moment, Outcome, Refusal};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::popup::{Assign, Cards, Note, Page, Popup};
use crate::tui::screens::bars::{ScreenKind, Tone};
use crate::tui::screens::details;
use crate::{git, ops};

impl App {
    /// The picked tasks, else the one under the cursor.
    pub(super) fn acted_on(&self) -> Vec<NodeId> {
        if self.picked.is_empty() { self.selected().cloned().into_iter().collect() } else { self.in_order() }
    }

    pub(super) fn in_order(&self) -> Vec<NodeId> {
        let mut ids: Vec<NodeId> = self.picked.iter().cloned().collect();
        ids.sort_by_key(|id| self.workspace.place(id));
        ids
    }

    /// The tasks to mark, or a hint that there is none.
    pub(super) fn tasks(&mut self) -> Option<Vec<NodeId>> {
        let mut ids = self.acted_on();
        ids.retain(|id| self.workspace.node(id).is_some_and(|node| node.kind.is_tracked()));
        if ids.is_empty() {
            let hint = match self.front {
                ScreenKind::Tree => self.text.screens.only_tracked,
                ScreenKind::Meetings => self.text.rooms.nothing_here,
                ScreenKind::Matrix => self.text.screens.only_tracked_row,
                ScreenKind::Review => self.text.screens.only_tracked,
            };
            self.say(Tone::Warned, hint);
            return None;
        }
        Some(ids)
    }

    pub(super) fn open(&mut self, make: impl FnOnce(Vec<NodeId>, &Look) -> Popup) {
        if let Some(ids) = self.tasks() {
            self.popup = Some(make(ids, &self.look()));
        }
    }

    pub(super) fn open_note(&mut self, kind: EntryKind) {
        let Some(ids) = self.tasks() else { return };
        let note = Note::new(ids.clone(), kind.clone());
        let note = match self.draft.take() {
            Some((of, its_kind, text)) if of == ids && its_kind == kind => note.with_text(&text),
            draft => {
                self.draft = draft;
                note
            }
        };
        self.popup = Some(Popup::Note(note));
    }

    pub(super) fn assign(&mut self) {
        let ids = self.acted_on();
        let plan = self.workspace.plan();
        let can =
            |id: &NodeId| plan.matrix.row(id).is_some() || self.workspace.node(id).is_some_and(|n| n.kind.is_tracked());
        let ids: Vec<NodeId> = ids.into_iter().filter(can).collect();
        if ids.is_empty() {
            return self.say(Tone::Warned, self.text.screens.only_tracked);
        }
        self.popup = Some(Popup::Assign(Assign::new(ids, &self.look())));
    }

    pub(super) fn cell(&mut self) -> Option<(Vec<NodeId>, crate::domain::UnitId)> {
        if self.front != ScreenKind::Matrix {
            self.assign();
            return None;
        }
        let plan = self.workspace.plan();
        Some((vec![self.matrix.id(plan)?.clone()], self.matrix.unit(plan)?.id.clone()))
    }

    pub(super) fn cycle_cell(&mut self) {
        if let Some((ids, unit)) = self.cell() {
            self.act(Action::Cycle { ids, unit });
        }
    }

    pub(super) fn first_lead(&mut self) {
        if let Some((ids, unit)) = self.cell() {
            self.act(Action::FirstLead { ids, unit });
        }
    }

    pub(super) fn select(&mut self) {
        match self.front {
            ScreenKind::Matrix => return self.cycle_cell(),
            ScreenKind::Review => return self.accept(),
            ScreenKind::Tree | ScreenKind::Meetings => {}
        }
        let Some(id) = self.selected().cloned() else { return };
        if !self.workspace.node(&id).is_some_and(|node| node.kind.is_tracked()) {
            return self.select_all();
        }
        if !self.picked.remove(&id) {
            self.picked.insert(id);
        }
        self.totals.picked = self.picked.len();
        self.tree.move_by(1);
    }

    /// Selects every task of the section the cursor is in, or none of them if all were selected.
    pub(super) fn select_all(&mut self) {
        let Some(id) = self.selected() else { return };
        let is_parent = self.workspace.node(id).is_some_and(|node| !node.kind.is_tracked());
        let section = if is_parent { Some(id.clone()) } else { id.parent() };
        let Some(section) = section else { return };
        let below = |id: &NodeId| {
            let mut parent = id.parent();
            while let Some(at) = parent {
                if at == section {
                    return true;
                }
                parent = at.parent();
            }
            false
        };
        let ids: Vec<NodeId> =
            self.workspace.plan().tracked().filter(|node| below(&node.id)).map(|node| node.id.clone()).collect();
        if ids.is_empty() {
            return self.say(Tone::Warned, self.text.screens.nothing_selected);
        }
        if ids.iter().all(|id| self.picked.contains(id)) {
            self.picked.retain(|id| !ids.contains(id));
        } else {
            self.picked.extend(ids);
        }
        self.totals.picked = self.picked.len();
    }

    /// Everything that is kept of the place under the cursor, as a page to read.
    pub(super) fn show_record(&mut self) {
        let Some(id) = self.selected().cloned() else { return };
        self.workspace.read_log(&id, usize::MAX);
        if let Some(node) = self.workspace.node(&id) {
            self.popup = Some(Popup::Page(Page::record(&self.look(), node)));
        }
    }

    pub(super) fn show_problems(&mut self) {
        let found = ops::check(&mut self.workspace);
        let line = |located: &ops::Located| {
            let (file, line, column, message) = ops::say_located(located, self.text);
            (format!("{file}:{line}:{column}"), message)
        };
        let lines: Vec<(String, String)> = found.iter().map(line).collect();
        self.popup = Some(Popup::Page(Page::problems(&self.look(), &lines)));
    }

    /// The cards of the open conflicts, beginning with the place under the cursor.
    pub(super) fn show_conflicts(&mut self) {
        ops::conflicts(&mut self.workspace);
        let here = self.selected().cloned();
        match Cards::new(&self.look(), here.as_ref()) {
            Some(cards) => self.popup = Some(Popup::Cards(Box::new(cards))),
            None => self.say(Tone::Said, self.text.conflicts.none),
        }
    }

    /// The moment, with the author for what is about to be written.
    pub(super) fn moment_with_author(&mut self) -> Moment {
        let root = self.workspace.root();
        let author = self.author.get_or_insert_with(|| git::author(root)).clone();
        Moment { author, ..self.moment.clone() }
    }

    /// Does what a popup asked for; whether it was done.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let done = match action {
            Action::Run(command) => {
                self.run(command);
                return true;
            }
            Action::Go(id) => {
                self.go(&id);
                return true;
            }
            Action::GoRecord(id) => {
                self.go_record(&id);
                return true;
            }
            Action::GoUnit(unit) => {
                self.switch(ScreenKind::Matrix);
                self.matrix.show_unit(self.workspace.plan(), &unit);
                return true;
            }
            Action::Fill { filled, values } => return self.fill(filled, values),
            Action::Attend { meeting, unit, attendance } => return self.attend(&meeting, &unit, attendance),
            Action::Filter(filter) => {
                self.meetings.set_filter(&filter);
                self.meetings.rebuild(self.workspace.plan());
                return true;
            }
            Action::SendBack { comment } => return self.send_back(&comment),
            Action::Commit { message } => return self.commit(&message),
            Action::Compare(state) => return self.compare(state),
            Action::LookAt(state) => return self.look_at(state),
            Action::Export(export) => return self.export(&export),
            Action::Mark { ids, status, reason } => {
                let moment = if reason.is_empty() { self.moment.clone() } else { self.moment_with_author() };
                ops::mark(&mut self.workspace, &moment, &ids, status, &reason)
            }
            Action::SetDeadline { ids, due, reason } => {
                let moment = self.moment_with_author();
                ops::deadline(&mut self.workspace, &moment, &ids, due, &reason)
            }
            Action::Write { ids, kind, text } => {
                let moment = self.moment_with_author();
                ops::note(&mut self.workspace, &moment, &ids, kind, &text)
            }
            Action::Cycle { ids, unit } => ops::cycle_role(&mut self.workspace, &ids, &unit),
            Action::FirstLead { ids, unit } => ops::make_first_lead(&mut self.workspace, &ids, &unit),
            Action::Settle { id, pick, basis } => {
                let moment = self.moment_with_author();
                let done = ops::settle(&mut self.workspace, &moment, &id, &pick, &basis, self.text);
                let is_done = self.tell(done);
                if is_done && let Some(cards) = Cards::new(&self.look(), None) {
                    self.popup = Some(Popup::Cards(Box::new(cards)));
                }
                return is_done;
            }
            Action::Reset { ids } => {
                ops::assign(&mut self.workspace, &ids, &Assignment { reset: true, ..Assignment::default() })
            }
        };
        self.tell(done)
    }

    /// Says what was done, or why it was not.
    pub(super) fn tell(&mut self, done: Result<Outcome, Refusal>) -> bool {
        let (tone, words, is_done) = match &done {
            Ok(outcome) => (Tone::Said, ops::say_outcome(outcome, self.workspace.plan(), self.text), true),
            Err(refusal) => (Tone::Refused, ops::say_refusal(refusal, self.text), false),
        };
        if let Ok(Outcome::Saved(_) | Outcome::TakenBack { .. }) = done {
            self.after_change();
        }
        self.message = Some((tone, words));
        is_done
    }

    pub(super) fn after_change(&mut self) {
        self.matrix.rebuild(self.workspace.plan());
        self.rebuild_meetings();
        if self.front == ScreenKind::Review {
            self.load_review();
        }
        self.count();
        if let Some(id) = self.selected().cloned() {
            self.workspace.read_log(&id, details::ENTRIES);
        }
    }
}
