//! The running program: one command at a time changes the workspace or the view, then one frame is drawn.
//!
//! Event → popup or keymap → [`Command`] → [`App::run`] → `ops::…` → outcome → status line → frame.

use super::action::Action;
use super::command::Command;
use super::keymap::Keymap;
use super::look::{Look, Reading, Totals};
use super::popup::{Assign, Deadline, Goto, Note, Page, Palette, Popup, Reply, Search, StatusChoice};
use super::screens::bars::{self, ScreenKind, Tone};
use super::screens::details;
use super::screens::flow::{self, Flow};
use super::screens::matrix::MatrixView;
use super::screens::tree::Tree;
use super::term::{Canvas, Colours, Key, Measure, Screen, Still};
use super::theme::Theme;
use crate::domain::{EntryKind, Map, NodeId, Rollup};
use crate::git;
use crate::ops::{self, Assignment, Moment, Outcome, Refusal};
use crate::text::Text;
use crate::workspace::{View, Workspace};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Columns from which the text stands beside the tree.
const SPLIT_FROM: u16 = 100;

/// The running program.
#[derive(Debug)]
pub struct App {
    workspace: Workspace,
    text: &'static Text,
    theme: Theme,
    keymap: Keymap,
    moment: Moment,
    /// The author, asked of git when the first entry is written.
    author: Option<Option<String>>,
    front: ScreenKind,
    tree: Tree,
    flow: Flow,
    matrix: MatrixView,
    reading: Reading,
    panel: bool,
    /// The text fills the narrow screen.
    reads: bool,
    popup: Option<Popup>,
    /// A note that was left without saving, by task: nothing typed is lost.
    draft: Option<(Vec<NodeId>, EntryKind, String)>,
    picked: BTreeSet<NodeId>,
    message: Option<(Tone, String)>,
    back: Vec<NodeId>,
    forward: Vec<NodeId>,
    rollups: Map<NodeId, Rollup>,
    totals: Totals,
    screen: Screen,
    /// Counts everything that a frame is made from, but for where the cursor stands.
    version: u64,
    /// The version of the frame that is shown, where it was plain: no box over it, no message.
    plain: Option<u64>,
    has_quit: bool,
    wants_shell: bool,
}

impl App {
    /// Begins where the last run ended.
    pub fn new(
        workspace: Workspace,
        text: &'static Text,
        theme: Theme,
        keymap: Keymap,
        moment: Moment,
        size: (u16, u16),
        colours: Colours,
    ) -> App {
        let view = workspace.view();
        let mut app = App {
            workspace,
            text,
            theme,
            keymap,
            author: moment.author.clone().map(Some),
            moment,
            front: ScreenKind::Tree,
            tree: Tree::default(),
            flow: Flow::default(),
            matrix: MatrixView::default(),
            reading: Reading::AsRead,
            panel: true,
            reads: false,
            popup: None,
            draft: None,
            picked: BTreeSet::new(),
            message: None,
            back: Vec::new(),
            forward: Vec::new(),
            rollups: Map::default(),
            totals: Totals::default(),
            screen: Screen::new(size.0, size.1, colours),
            version: 0,
            plain: None,
            has_quit: false,
            wants_shell: false,
        };
        app.rebuild();
        app.restore(view);
        let problem = app.workspace.problems().next();
        if let Some(problem) = problem {
            let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
            let words = ops::problem_message(&problem.kind, text);
            app.message = Some((Tone::Warned, (text.screens.mend)(&place, &words)));
        }
        app
    }

    fn restore(&mut self, view: Option<View>) {
        let plan = self.workspace.plan();
        let Some(view) = view else {
            self.tree.show_depth(&plan.text, 2);
            return;
        };
        let ids = |names: &[String]| names.iter().map(|name| NodeId::new(name.as_str())).collect::<Vec<_>>();
        self.tree.set_folded(ids(&view.folded));
        self.tree.rebuild(&plan.text);
        self.matrix.set_open(ids(&view.unfolded_rows));
        self.matrix.rebuild(plan);
        let selected = NodeId::new(view.selected.as_str());
        if self.workspace.node(&selected).is_some() {
            self.tree.show(&plan.text, &selected);
            self.matrix.show(plan, &selected);
        }
        self.matrix.show_unit(plan, &crate::domain::UnitId::new(view.unit.as_str()));
        self.front = ScreenKind::ALL.into_iter().find(|kind| kind.token() == view.screen).unwrap_or_default();
    }

    /// Remembers how the plan is looked at.
    pub fn keep_view(&self) {
        let names = |ids: &mut dyn Iterator<Item = &NodeId>| {
            let mut names: Vec<String> = ids.map(NodeId::to_string).collect();
            names.sort();
            names
        };
        let view = View {
            screen: self.front.token().to_string(),
            selected: self.selected().map(|id| id.to_string()).unwrap_or_default(),
            folded: names(&mut self.tree.folded()),
            unfolded_rows: names(&mut self.matrix.open_rows()),
            unit: self.matrix.unit(self.workspace.plan()).map(|unit| unit.id.to_string()).unwrap_or_default(),
        };
        self.workspace.keep_view(&view);
    }

    pub fn has_quit(&self) -> bool {
        self.has_quit
    }

    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The frame that was drawn last.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// Whether the user asked for the shell; asked once.
    pub fn takes_suspend(&mut self) -> bool {
        std::mem::take(&mut self.wants_shell)
    }

    /// Says that the key file is wrong and the built-in keys stay.
    pub fn warn_about_keys(&mut self, error: &super::keymap::KeymapError) {
        let words = format!("{}: {error:?}", self.text.screens.keys_file);
        self.message = Some((Tone::Warned, words));
    }

    /// Takes the time of what comes next.
    pub fn set_moment(&mut self, moment: Moment) {
        if moment.today != self.moment.today {
            self.moment = moment;
            self.count();
        } else {
            self.moment = moment;
        }
    }

    /// The place the keys act on.
    pub fn selected(&self) -> Option<&NodeId> {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Tree => self.tree.line().map(|line| flow::id_at(plan, line.node)),
            ScreenKind::Matrix => self.matrix.id(plan),
        }
    }

    fn look(&self) -> Look<'_> {
        Look {
            workspace: &self.workspace,
            text: self.text,
            theme: &self.theme,
            keymap: &self.keymap,
            today: self.moment.today,
            rollups: &self.rollups,
            totals: self.totals,
            picked: &self.picked,
            reading: self.reading,
        }
    }

    fn count(&mut self) {
        self.version += 1;
        let plan = self.workspace.plan();
        self.rollups = plan.rollups(self.moment.today);
        self.totals = Totals { picked: self.picked.len(), ..Totals::of(&self.workspace, self.moment.today) };
    }

    /// Everything that is made from the plan, made again.
    fn rebuild(&mut self) {
        let plan = self.workspace.plan();
        self.tree.rebuild(&plan.text);
        self.flow.rebuild(plan);
        self.matrix.rebuild(plan);
        let known = |id: &NodeId| self.workspace.node(id).is_some();
        self.picked.retain(known);
        self.count();
    }

    // ---- events -----------------------------------------------------------------------------------------------------

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent) {
        // the terminal is raw, so the shell's own keys arrive here
        if event.modifiers.contains(KeyModifiers::CONTROL) && self.popup.is_none() {
            match event.code {
                KeyCode::Char('z') => {
                    self.wants_shell = true;
                    return;
                }
                KeyCode::Char('c') => {
                    self.has_quit = true;
                    return;
                }
                _ => {}
            }
        }
        if let Some(mut popup) = self.popup.take() {
            self.version += 1;
            let look = self.look();
            let reply = popup.handle(event, &look);
            match reply {
                Reply::Stay => self.popup = Some(popup),
                Reply::Close => self.close(popup),
                Reply::Next(next) => self.popup = Some(next),
                Reply::Do(action) => {
                    // what was typed stays in the box when it could not be done
                    if !self.act(action) {
                        self.popup = Some(popup);
                    }
                }
                Reply::DoAndStay(action) => {
                    self.act(action);
                    self.popup = Some(popup);
                }
            }
            return;
        }
        self.message = None;
        match Key::from(event) {
            Key::Composed(_) => self.say(Tone::Warned, self.text.screens.ime_hint),
            key => match self.keymap.command(&key) {
                Some(command) => self.run(command),
                None if event.code == KeyCode::Esc => self.escape(),
                None => self.say(Tone::Warned, self.text.screens.unknown_key),
            },
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        match self.popup.take() {
            Some(mut popup) => {
                popup.paste(text, &self.look());
                self.popup = Some(popup);
            }
            None => self.say(Tone::Warned, self.text.screens.ime_hint),
        }
    }

    /// Takes a new size of the terminal.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.screen.resize(width, height);
    }

    /// The terminal may show anything: draw it whole.
    pub fn redraw(&mut self) {
        self.screen.invalidate();
    }

    /// Looks at the disk again and says what others have changed.
    pub fn refresh(&mut self) {
        let found = self.workspace.refresh();
        if found.files.is_empty() {
            return;
        }
        let kept = self.selected().cloned();
        self.rebuild();
        if let Some(id) = kept.filter(|id| self.workspace.node(id).is_some()) {
            self.show(&id);
        }
        let words = ops::state_sentence(&found.changes, &found.files, self.workspace.plan(), self.text);
        self.message = Some((Tone::Warned, words));
    }

    fn close(&mut self, popup: Popup) {
        if let Popup::Note(note) = popup
            && let Some((ids, kind, text)) = note.draft()
        {
            self.draft = Some((ids, kind, text));
            self.say(Tone::Warned, self.text.screens.draft_kept);
        }
    }

    fn escape(&mut self) {
        self.version += 1;
        if self.reads {
            self.reads = false;
        } else if !self.picked.is_empty() {
            self.picked.clear();
            self.totals.picked = 0;
            self.say(Tone::Said, self.text.screens.cleared);
        }
    }

    fn say(&mut self, tone: Tone, words: &str) {
        self.message = Some((tone, words.to_string()));
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    /// Does what a command says.
    pub fn run(&mut self, command: Command) {
        let only_moves = matches!(
            command,
            Command::Up | Command::Down | Command::PageUp | Command::PageDown | Command::Top | Command::Bottom
        );
        if !only_moves {
            self.version += 1;
        }
        match command {
            Command::Quit => self.has_quit = true,
            Command::Help => self.popup = Some(Popup::Page(Page::help(&self.look()))),
            Command::Palette => self.popup = Some(Popup::Palette(Palette::new())),
            Command::Search => {
                self.workspace.read_all_logs();
                self.popup = Some(Popup::Search(Search::new()));
            }
            Command::Goto => self.popup = Some(Popup::Goto(Goto::new())),
            Command::Problems => self.show_problems(),
            Command::Redraw => self.redraw(),
            Command::NextScreen => {
                let next = match self.front {
                    ScreenKind::Tree => ScreenKind::Matrix,
                    ScreenKind::Matrix => ScreenKind::Tree,
                };
                self.switch(next);
            }
            Command::TreeScreen => self.switch(ScreenKind::Tree),
            Command::MatrixScreen => self.switch(ScreenKind::Matrix),
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
            Command::Deadline => self.open(|ids, look| Popup::Deadline(Deadline::new(ids, look))),
            Command::Note => self.open_note(EntryKind::Note),
            Command::Progress => self.open_note(EntryKind::Progress),
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
        }
    }

    fn switch(&mut self, to: ScreenKind) {
        if self.front == to {
            return;
        }
        // the same place on the other screen, where it has one
        let id = self.selected().cloned();
        self.front = to;
        self.reads = false;
        if let Some(id) = id {
            self.show(&id);
        }
    }

    /// Puts the cursor of the screen in front on a place.
    fn show(&mut self, id: &NodeId) -> bool {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Tree => self.tree.show(&plan.text, id),
            ScreenKind::Matrix => self.matrix.show(plan, id),
        }
    }

    fn step(&mut self, command: Command) {
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
        }
    }

    fn leap(&mut self, command: Command) {
        let page = match self.front {
            ScreenKind::Tree => self.tree.page(),
            ScreenKind::Matrix => self.matrix.page(),
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
        }
    }

    fn toggle(&mut self) {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Matrix => self.matrix.toggle(plan),
            ScreenKind::Tree => {
                if self.reads {
                    self.reads = false;
                } else if !self.tree.toggle(&plan.text) {
                    if self.is_split() {
                        self.flow.scroll(plan, self.screen.measure(), 1);
                    } else {
                        self.reads = true;
                    }
                }
            }
        }
    }

    fn depth(&mut self, depth: usize) {
        if self.front == ScreenKind::Tree {
            self.tree.show_depth(&self.workspace.plan().text, depth);
        }
    }

    fn is_split(&self) -> bool {
        self.panel && self.screen.size().0 >= SPLIT_FROM
    }

    // ---- places -----------------------------------------------------------------------------------------------------

    /// Goes to a place and remembers where the cursor was.
    fn go(&mut self, id: &NodeId) {
        let from = self.selected().cloned();
        // a paragraph is shown at its heading
        let shown = if self.workspace.node(id).is_some_and(|node| node.kind.in_tree()) {
            id.clone()
        } else {
            id.parent().unwrap_or_else(|| id.clone())
        };
        if !self.show(&shown) {
            self.front = ScreenKind::Tree;
            self.show(&shown);
        }
        if let Some(from) = from.filter(|from| *from != shown) {
            self.back.push(from);
            self.forward.clear();
        }
    }

    fn go_back(&mut self) {
        let Some(id) = self.back.pop() else { return self.say(Tone::Warned, self.text.screens.no_back) };
        self.forward.extend(self.selected().cloned());
        if !self.show(&id) {
            self.front = ScreenKind::Tree;
            self.show(&id);
        }
    }

    fn go_forward(&mut self) {
        let Some(id) = self.forward.pop() else { return self.say(Tone::Warned, self.text.screens.no_forward) };
        self.back.extend(self.selected().cloned());
        if !self.show(&id) {
            self.front = ScreenKind::Tree;
            self.show(&id);
        }
    }

    // ---- marking ----------------------------------------------------------------------------------------------------

    /// The picked tasks, else the one under the cursor.
    fn acted_on(&self) -> Vec<NodeId> {
        if self.picked.is_empty() { self.selected().cloned().into_iter().collect() } else { self.in_order() }
    }

    fn in_order(&self) -> Vec<NodeId> {
        let mut ids: Vec<NodeId> = self.picked.iter().cloned().collect();
        ids.sort_by_key(|id| self.workspace.place(id));
        ids
    }

    /// The tasks to mark, or a hint that there is none.
    fn tasks(&mut self) -> Option<Vec<NodeId>> {
        let mut ids = self.acted_on();
        ids.retain(|id| self.workspace.node(id).is_some_and(|node| node.kind.is_tracked()));
        if ids.is_empty() {
            self.say(Tone::Warned, self.text.screens.only_tracked);
            return None;
        }
        Some(ids)
    }

    fn open(&mut self, make: impl FnOnce(Vec<NodeId>, &Look) -> Popup) {
        if let Some(ids) = self.tasks() {
            self.popup = Some(make(ids, &self.look()));
        }
    }

    fn open_note(&mut self, kind: EntryKind) {
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

    fn assign(&mut self) {
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

    fn cell(&mut self) -> Option<(Vec<NodeId>, crate::domain::UnitId)> {
        if self.front != ScreenKind::Matrix {
            self.assign();
            return None;
        }
        let plan = self.workspace.plan();
        Some((vec![self.matrix.id(plan)?.clone()], self.matrix.unit(plan)?.id.clone()))
    }

    fn cycle_cell(&mut self) {
        if let Some((ids, unit)) = self.cell() {
            self.act(Action::Cycle { ids, unit });
        }
    }

    fn first_lead(&mut self) {
        if let Some((ids, unit)) = self.cell() {
            self.act(Action::FirstLead { ids, unit });
        }
    }

    fn select(&mut self) {
        if self.front == ScreenKind::Matrix {
            return self.cycle_cell();
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
    fn select_all(&mut self) {
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

    fn show_problems(&mut self) {
        let found = ops::check(&mut self.workspace);
        let lines: Vec<(String, String)> = found
            .iter()
            .map(|located| match located {
                ops::Located::Problem(problem) => (
                    format!("{}:{}:{}", problem.file, problem.line, problem.column),
                    ops::problem_message(&problem.kind, self.text),
                ),
                ops::Located::Rule { rule, file, line, column } => {
                    (format!("{file}:{line}:{column}"), ops::rule_message(rule, self.text))
                }
            })
            .collect();
        self.popup = Some(Popup::Page(Page::problems(&self.look(), &lines)));
    }

    /// The moment, with the author for what is about to be written.
    fn moment_with_author(&mut self) -> Moment {
        let root = self.workspace.root();
        let author = self.author.get_or_insert_with(|| git::author(root)).clone();
        Moment { author, ..self.moment.clone() }
    }

    /// Does what a popup asked for; whether it was done.
    fn act(&mut self, action: Action) -> bool {
        let done = match action {
            Action::Run(command) => {
                self.run(command);
                return true;
            }
            Action::Go(id) => {
                self.go(&id);
                return true;
            }
            Action::GoUnit(unit) => {
                self.switch(ScreenKind::Matrix);
                self.matrix.show_unit(self.workspace.plan(), &unit);
                return true;
            }
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
            Action::Reset { ids } => {
                ops::assign(&mut self.workspace, &ids, &Assignment { reset: true, ..Assignment::default() })
            }
        };
        self.tell(done)
    }

    /// Says what was done, or why it was not.
    fn tell(&mut self, done: Result<Outcome, Refusal>) -> bool {
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

    fn after_change(&mut self) {
        self.matrix.rebuild(self.workspace.plan());
        self.count();
        if let Some(id) = self.selected().cloned() {
            self.workspace.read_log(&id, details::ENTRIES);
        }
    }

    // ---- drawing ----------------------------------------------------------------------------------------------------

    /// Draws a frame; the bytes that the terminal needs for it.
    pub fn draw(&mut self) -> &[u8] {
        let (width, height) = self.screen.size();
        let area = Rect::new(0, 0, width, height);
        let content = bars::content(area);
        let measure = self.screen.measure();
        if let Some(id) = self.selected().cloned() {
            self.workspace.read_log(&id, details::ENTRIES);
        }
        let panes = Panes::of(content, self.is_split(), self.reads);
        self.prepare(content, &panes, measure);
        if let Some(mut popup) = self.popup.take() {
            popup.prepare(area, &self.look());
            self.popup = Some(popup);
        }
        // the screen is taken out so that the frame can borrow everything else
        let mut screen = std::mem::replace(&mut self.screen, Screen::new(0, 0, Colours::None));
        let plain = (self.popup.is_none() && self.message.is_none()).then_some(self.version);
        let still = screen.still().filter(|_| plain.is_some() && self.plain == plain);
        let mut canvas = Canvas::new(width, height);
        self.paint(&mut canvas, content, &panes, measure, still);
        if still.is_some() && screen.misses(&canvas) {
            canvas = Canvas::new(width, height);
            self.paint(&mut canvas, content, &panes, measure, None);
        }
        screen.draw(&canvas);
        drop(canvas);
        self.screen = screen;
        self.plain = plain;
        self.screen.bytes()
    }

    fn prepare(&mut self, content: Rect, panes: &Panes, measure: Measure) {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Matrix => self.matrix.prepare(plan, (content.width, content.height)),
            ScreenKind::Tree => {
                let tree = usize::from(panes.tree.height);
                let step = if panes.flow.is_some() { tree / 3 } else { 1 };
                self.tree.prepare(tree, step.max(1));
                if let (Some(rect), Some(line)) = (panes.flow, self.tree.line()) {
                    self.flow.prepare(plan, self.reading, (rect.width, rect.height), measure, line.node);
                }
            }
        }
    }

    /// Paints a frame; over one that still stands, and of which only the cursor has moved, not what is sure to be the same.
    fn paint<'a>(
        &'a self,
        canvas: &mut Canvas<'a>,
        content: Rect,
        panes: &Panes,
        measure: Measure,
        still: Option<Still<'_>>,
    ) {
        let look = self.look();
        if content.height < 3 || content.width < 20 {
            canvas.put(0, 0, content.width, look.theme.warn, look.text.screens.too_small);
            return;
        }
        let keep = |canvas: &mut Canvas<'a>, still: Still<'_>, rows: std::ops::Range<u16>| {
            let mut pane = canvas.pane(canvas.area());
            rows.for_each(|y| pane.keep(y, still));
        };
        match still {
            Some(still) => keep(canvas, still, 0..content.y),
            None => bars::draw_tabs(&look, canvas, self.front),
        }
        match self.front {
            ScreenKind::Matrix => self.matrix.draw(&look, &mut canvas.pane(content)),
            ScreenKind::Tree => self.paint_tree(&look, canvas, panes, measure, still),
        }
        match still {
            Some(still) => keep(canvas, still, content.bottom()..content.bottom() + 1),
            None => bars::draw_hints(&look, canvas, &self.hints()),
        }
        let message = self.message.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let place = self.selected().map(|id| look.place(id)).unwrap_or_default();
        bars::draw_status(&look, canvas, message, place);
        if let Some(popup) = &self.popup {
            popup.draw(&look, canvas);
        }
    }

    fn paint_tree<'a>(
        &'a self,
        look: &Look<'a>,
        canvas: &mut Canvas<'a>,
        panes: &Panes,
        measure: Measure,
        still: Option<Still<'_>>,
    ) {
        if panes.tree.height > 0 {
            self.tree.draw(look, &mut canvas.pane(panes.tree), still);
        }
        if let Some(rule) = panes.vertical {
            canvas.vertical_rule(rule.x, rule.y, rule.height, look.theme.rule);
        }
        if let Some(rect) = panes.flow {
            self.flow.draw(look, &mut canvas.pane(rect), still);
        }
        let node = self.selected().and_then(|id| self.workspace.node(id));
        if let (Some(rect), Some(node)) = (panes.details, node) {
            canvas.rule(rect.x, rect.y, rect.width, look.theme.rule);
            let inside = Rect { y: rect.y + 1, height: rect.height.saturating_sub(1), ..rect };
            details::draw(look, node, measure, &mut canvas.pane(inside));
        }
    }

    /// The keys that matter here, most wanted first; the last ones go when the line is short, help and quit never.
    fn hints(&self) -> Vec<(Command, Command)> {
        let wanted: &[Command] = match self.front {
            ScreenKind::Tree => &[
                Command::Status,
                Command::Deadline,
                Command::Assign,
                Command::Note,
                Command::Progress,
                Command::Select,
                Command::Search,
                Command::Goto,
                Command::Undo,
                Command::Reading,
                Command::Palette,
            ],
            ScreenKind::Matrix => &[
                Command::Cycle,
                Command::Toggle,
                Command::FirstLead,
                Command::Reset,
                Command::Status,
                Command::Deadline,
                Command::Note,
                Command::Undo,
                Command::Search,
                Command::Palette,
            ],
        };
        let key = |command: Command| match (self.front, command) {
            (ScreenKind::Matrix, Command::Cycle) => Command::Select,
            (_, command) => command,
        };
        let always = [Command::Help, Command::NextScreen, Command::Quit];
        always.into_iter().chain(wanted.iter().copied()).map(|command| (key(command), command)).collect()
    }
}

/// Where the parts of the tree screen stand.
struct Panes {
    tree: Rect,
    vertical: Option<Rect>,
    flow: Option<Rect>,
    details: Option<Rect>,
}

impl Panes {
    fn of(content: Rect, is_split: bool, reads: bool) -> Panes {
        let Rect { x, y, width, height } = content;
        let below = |share: u16, most: u16| (height * share / 100).clamp(height.min(6), most);
        if is_split {
            let left = (width * 42 / 100).clamp(46, 76);
            let right = left + 1;
            let details = below(34, 16);
            return Panes {
                tree: Rect::new(x, y, left, height),
                vertical: Some(Rect::new(left, y, 1, height)),
                flow: Some(Rect::new(right, y, width - right, height - details)),
                details: Some(Rect::new(right, y + height - details, width - right, details)),
            };
        }
        let details = below(30, 10);
        let above = Rect::new(x, y, width, height - details);
        let details = Some(Rect::new(x, y + height - details, width, details));
        match reads {
            true => Panes { tree: Rect::new(x, y, width, 0), vertical: None, flow: Some(above), details },
            false => Panes { tree: above, vertical: None, flow: None, details },
        }
    }
}
