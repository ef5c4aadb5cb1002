//! Doing what a command says: moving, folding, switching screens, going to places and back.

use super::{App, SPLIT_FROM};
use crate::domain::horizon;
use crate::domain::{EntryKind, NodeId};
use crate::ops;
use crate::tui::action::Action;
use crate::tui::command::Command;
use crate::tui::look::Reading;
use crate::tui::popup::{Deadline, Goto, Page, Palette, Popup, Search, StatusChoice};
use crate::tui::screens::bars::{ScreenKind, Tone};

impl App {
    /// Does what a command says.
    pub fn run(&mut self, command: Command) {
        let only_moves = matches!(
            command,
            Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Top | Command::Bottom
        );
        if !only_moves {
            self.version += 1;
        }
        if self.front == ScreenKind::Meetings && self.run_in_meetings(command) {
            return;
        }
        match command {
            Command::Quit => self.has_quit = true,
            Command::Help => self.popup = Some(Popup::Page(Page::help(&self.look()))),
            Command::Palette => self.popup = Some(Popup::Palette(Palette::new())),
            Command::Search => {
                self.workspace.read_all_logs();
                self.workspace.read_records();
                self.popup = Some(Popup::Search(Box::new(Search::new(self.workspace.plan()))));
            }
            Command::Goto => self.popup = Some(Popup::Goto(Goto::new())),
            Command::Problems => self.show_problems(),
            Command::Conflicts => self.show_conflicts(),
            Command::Redraw => self.redraw(),
            Command::NextScreen => self.switch(self.front.next()),
            Command::Sync => self.begin_sync(),
            Command::TreeScreen => self.switch(ScreenKind::Tree),
            Command::MatrixScreen => self.switch(ScreenKind::Matrix),
            Command::MeetingsScreen => self.switch(ScreenKind::Meetings),
            Command::ReviewScreen => self.switch(ScreenKind::Review),
            Command::Accept => self.accept(),
            Command::SendBack => self.ask_comment(),
            Command::Revert => self.revert(),
            Command::Regroup => self.review.regroup(self.text),
            Command::Commit => self.ask_message(),
            Command::History => self.show_history(),
            Command::Chain => self.show_chain(),
            Command::Compare => self.ask_state(true),
            Command::AsOf => self.ask_state(false),
            Command::Up | Command::Down | Command::Left | Command::Right => self.step(command),
            Command::PageUp | Command::PageDown | Command::Top | Command::Bottom => self.leap(command),
            Command::TextUp => self.flow.scroll(self.workspace.plan(), self.screen.measure(), -3),
            Command::TextDown => self.flow.scroll(self.workspace.plan(), self.screen.measure(), 3),
            Command::Toggle => self.toggle(),
            Command::Depth1 => self.depth(1),
            Command::Depth2 => self.depth(2),
            Command::Depth3 => self.depth(3),
            Command::Depth4 => self.depth(4),
            Command::Depth5 => self.depth(5),
            Command::Back => self.go_back(),
            Command::Forward => self.go_forward(),
            Command::Select => self.select(),
            Command::SelectAll => self.select_all(),
            Command::Status => self.open(|ids, look| Popup::Status(StatusChoice::new(ids, look))),
            Command::Deadline => {
                self.know_holidays();
                self.open(|ids, look| Popup::Deadline(Deadline::new(ids, look)));
            }
            Command::Note => self.open_note(EntryKind::Note),
            Command::Progress => self.open_note(EntryKind::Progress),
            Command::Record => self.show_record(),
            Command::Assign => self.assign(),
            Command::Cycle => self.cycle_cell(),
            Command::FirstLead => self.first_lead(),
            Command::Reset => {
                let ids = self.acted_on();
                self.act(Action::Reset { ids });
            }
            Command::Undo => {
                let done = ops::undo(&mut self.workspace);
                self.tell(done);
            }
            Command::Redo => {
                let done = ops::redo(&mut self.workspace);
                self.tell(done);
            }
            Command::Reading => {
                let (reading, words) = match self.reading {
                    Reading::AsRead => (Reading::AsScraped, self.text.screens.as_scraped),
                    Reading::AsScraped => (Reading::AsRead, self.text.screens.as_read),
                };
                self.reading = reading;
                self.say(Tone::Said, words);
            }
            Command::Panel => {
                if self.screen.size().0 < SPLIT_FROM {
                    self.say(Tone::Warned, self.text.screens.no_split);
                } else {
                    self.panel = !self.panel;
                }
            }
            Command::Add
            | Command::Edit
            | Command::Take
            | Command::Drop
            | Command::Defer
            | Command::Advance
            | Command::SignIn
            | Command::Room
            | Command::GoTask
            | Command::Earlier
            | Command::Later
            | Command::Remind
            | Command::Changed
            | Command::Export
            | Command::Decide
            | Command::Entrust
            | Command::TakeDown
            | Command::Postpone
            | Command::Motion
            | Command::NextItem
            | Command::PreviousItem => self.switch(ScreenKind::Meetings),
        }
    }

    /// 5个工作日内 is to step over holidays.
    pub(super) fn know_holidays(&mut self) {
        let today = self.moment.today;
        self.workspace.calendar(today, horizon(today, 20));
    }

    pub(super) fn switch(&mut self, to: ScreenKind) {
        if self.front == to {
            return;
        }
        // the same place on the other screen, where it has one
        let id = self.selected().cloned();
        self.front = to;
        self.reads = false;
        if to == ScreenKind::Meetings {
            self.read_meetings();
        }
        if to == ScreenKind::Review {
            self.load_review();
        } else if let Some(id) = id {
            self.show(&id);
        }
    }

    /// Puts the cursor of the screen in front on a place.
    pub(super) fn show(&mut self, id: &NodeId) -> bool {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Tree => self.tree.show(&plan.text, id),
            ScreenKind::Matrix => self.matrix.show(plan, id),
            ScreenKind::Meetings => false,
            ScreenKind::Review => false,
        }
    }

    pub(super) fn step(&mut self, command: Command) {
        let plan = self.workspace.plan();
        match (self.front, command) {
            (ScreenKind::Tree, Command::Up) => self.tree.move_by(-1),
            (ScreenKind::Tree, Command::Down) => self.tree.move_by(1),
            (ScreenKind::Tree, Command::Left) => self.tree.left(&plan.text),
            (ScreenKind::Tree, _) => self.tree.right(&plan.text),
            (ScreenKind::Matrix, Command::Up) => self.matrix.move_by(-1),
            (ScreenKind::Matrix, Command::Down) => self.matrix.move_by(1),
            (ScreenKind::Matrix, Command::Left) => self.matrix.move_column(-1, plan.units.len()),
            (ScreenKind::Matrix, _) => self.matrix.move_column(1, plan.units.len()),
            (ScreenKind::Meetings, Command::Up) => self.meetings.move_by(-1),
            (ScreenKind::Meetings, Command::Down) => self.meetings.move_by(1),
            (ScreenKind::Meetings, Command::Left) => self.turn_part(-1),
            (ScreenKind::Meetings, _) => self.turn_part(1),
            (ScreenKind::Review, Command::Up) => self.review.move_by(-1),
            (ScreenKind::Review, Command::Down) => self.review.move_by(1),
            (ScreenKind::Review, command) => self.review.move_group(command == Command::Right),
        }
    }

    pub(super) fn leap(&mut self, command: Command) {
        let page = match self.front {
            ScreenKind::Tree => self.tree.page(),
            ScreenKind::Matrix => self.matrix.page(),
            ScreenKind::Meetings => self.meetings.page(),
            ScreenKind::Review => self.review.page(),
        } as isize
            - 1;
        if self.reads && self.front == ScreenKind::Tree {
            let lines = isize::from(self.screen.size().1 as i16) - 8;
            let by = match command {
                Command::PageUp => -lines,
                Command::PageDown => lines,
                _ => 0,
            };
            self.flow.scroll(self.workspace.plan(), self.screen.measure(), by);
            return;
        }
        match (self.front, command) {
            (ScreenKind::Tree, Command::PageUp) => self.tree.move_by(-page),
            (ScreenKind::Tree, Command::PageDown) => self.tree.move_by(page),
            (ScreenKind::Tree, Command::Top) => self.tree.move_to(0),
            (ScreenKind::Tree, _) => self.tree.move_to(usize::MAX),
            (ScreenKind::Matrix, Command::PageUp) => self.matrix.move_by(-page),
            (ScreenKind::Matrix, Command::PageDown) => self.matrix.move_by(page),
            (ScreenKind::Matrix, Command::Top) => self.matrix.move_to(0),
            (ScreenKind::Matrix, _) => self.matrix.move_to(usize::MAX),
            (ScreenKind::Meetings, Command::PageUp) => self.meetings.move_by(-page),
            (ScreenKind::Meetings, Command::PageDown) => self.meetings.move_by(page),
            (ScreenKind::Meetings, Command::Top) => self.meetings.move_to(0),
            (ScreenKind::Meetings, _) => self.meetings.move_to(usize::MAX),
            (ScreenKind::Review, Command::PageUp) => self.review.move_by(-page),
            (ScreenKind::Review, Command::PageDown) => self.review.move_by(page),
            (ScreenKind::Review, Command::Top) => self.review.move_to(0),
            (ScreenKind::Review, _) => self.review.move_to(usize::MAX),
        }
    }

    pub(super) fn toggle(&mut self) {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Matrix => self.matrix.toggle(plan),
            ScreenKind::Meetings => self.open_row(),
            ScreenKind::Review => self.go_to_change(),
            ScreenKind::Tree => {
                if self.reads {
                    self.reads = false;
                } else if !self.tree.toggle(&plan.text) {
                    if self.is_split() {
                        self.show_record();
                    } else {
                        self.reads = true;
                    }
                }
            }
        }
    }

    pub(super) fn depth(&mut self, depth: usize) {
        if self.front == ScreenKind::Tree {
            self.tree.show_depth(&self.workspace.plan().text, depth);
        }
    }

    pub(super) fn is_split(&self) -> bool {
        self.panel && self.screen.size().0 >= SPLIT_FROM
    }
}
