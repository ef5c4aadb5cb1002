//! The running program: one command at a time changes the workspace or the view, then one frame is drawn.
//!
//! Event → popup or keymap → [`Command`] → [`App::run`] → `ops::…` → outcome → status line → frame.

mod chains;
mod commands;
mod follow;
mod forms;
mod marking;
mod meetings;
mod paint;
mod papers;
mod review;
mod spots;
mod sync;

use super::action::Filled;
use super::command::Command;
use super::keymap::{Keymap, KeymapError};
use super::look::{Look, Reading, Totals};
use super::popup::{Popup, Reply};
use super::screens::bars::{ScreenKind, Tone};
use super::screens::flow;
use super::screens::flow::Flow;
use super::screens::matrix::MatrixView;
use super::screens::meetings::MeetingsView;
use super::screens::review::ReviewView;
use super::screens::tree::Tree;
use super::term::{Colours, Key, Screen, Waker};
use super::theme::Theme;
use crate::domain::{EntryKind, Field, Map, NodeId, RecordId, Rollup, Str};
use crate::ops;
use crate::ops::Moment;
use crate::text::Text;
use crate::workspace::{State, View, Workspace};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use spots::Spot;
use std::collections::BTreeSet;

/// Columns from which the text stands beside the tree.
const SPLIT_FROM: u16 = 100;
/// Columns from which what the office keeps has a column of its own.
const THREE_FROM: u16 = 180;

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
    meetings: MeetingsView,
    /// A meeting on the wall: nothing else is shown and nothing can be changed.
    projected: Option<Str>,
    /// A line that was being taken down: for which form, which field, its text.
    taken: Option<(Filled, Field, String)>,
    /// What was typed and not saved when the view was last kept: the view is kept again when it changes.
    kept: Vec<String>,
    /// The record that a form has just made.
    made: Option<RecordId>,
    review: ReviewView,
    reading: Reading,
    panel: bool,
    /// The text fills the narrow screen.
    reads: bool,
    popup: Option<Popup>,
    /// A note that was left without saving, by task: nothing typed is lost.
    draft: Option<(Vec<NodeId>, EntryKind, String)>,
    picked: BTreeSet<NodeId>,
    message: Option<(Tone, String)>,
    back: Vec<Spot>,
    forward: Vec<Spot>,
    rollups: Map<NodeId, Rollup>,
    totals: Totals,
    screen: Screen,
    /// Counts whatever a frame is made from, but for where the cursor stands.
    version: u64,
    /// The version of the frame that is shown, where it was plain: no box over it, no message.
    plain: Option<u64>,
    /// The hints that it shows.
    hinted: Vec<(Command, &'static str)>,
    has_quit: bool,
    wants_shell: bool,
    /// A sync that runs, and what ends the wait for keys when it has something to tell.
    work: Option<sync::Work>,
    waker: Option<Waker>,
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
            meetings: MeetingsView::default(),
            projected: None,
            taken: None,
            kept: Vec::new(),
            made: None,
            review: ReviewView::default(),
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
            hinted: Vec::new(),
            has_quit: false,
            wants_shell: false,
            work: None,
            waker: None,
        };
        app.begin(view);
        app
    }

    fn begin(&mut self, view: Option<View>) {
        self.rebuild();
        self.restore(view);
        self.kept = self.taken_view();
        if let Some(problem) = self.workspace.problems().next() {
            let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
            let words = ops::problem_message(&problem.kind, self.text);
            self.message = Some((Tone::Warned, (self.text.screens.mend)(&place, &words)));
        }
    }

    /// Reads what was not needed for a first frame. No key has been taken yet.
    pub fn read_rest(&mut self) {
        if !self.workspace.is_whole() {
            self.workspace.read_rest();
            self.begin(self.workspace.view());
        }
    }

    /// Whether a first frame can be drawn from what has been read.
    pub fn can_begin(&self) -> bool {
        self.workspace.is_whole() || self.front == ScreenKind::Tree && self.projected.is_none()
    }

    fn restore(&mut self, view: Option<View>) {
        let plan = self.workspace.plan();
        let Some(view) = view else {
            self.tree.show_depth(&plan.text, 2);
            return;
        };
        if !view.draft_text.is_empty() {
            let of = view.draft_of.iter().map(|id| NodeId::new(id.as_str())).collect();
            let kind =
                if view.draft_kind == EntryKind::Progress.token() { EntryKind::Progress } else { EntryKind::Note };
            self.draft = Some((of, kind, view.draft_text.clone()));
        }
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
        self.restore_meetings(&view);
        if self.front == ScreenKind::Review {
            self.load_review();
        }
    }

    /// Remembers how the plan is looked at.
    pub fn keep_view(&self) {
        // what stands on the wall is looked at from another terminal, whose view this is not
        if self.projected.is_some() {
            return;
        }
        let names = |ids: &mut dyn Iterator<Item = &NodeId>| {
            let mut names: Vec<String> = ids.map(NodeId::to_string).collect();
            names.sort();
            names
        };
        let unsaved = match &self.popup {
            Some(Popup::Note(note)) => note.draft(),
            _ => None,
        };
        let (ids, kind, text) =
            unsaved.or_else(|| self.draft.clone()).unwrap_or((Vec::new(), EntryKind::Note, String::new()));
        let view = View {
            draft_of: ids.iter().map(NodeId::to_string).collect(),
            draft_kind: if text.is_empty() { String::new() } else { kind.token().to_string() },
            draft_text: text,
            screen: self.front.token().to_string(),
            selected: self
                .selected()
                .or(self.tree.line().map(|line| flow::id_at(self.workspace.plan(), line.node)))
                .map(|id| id.to_string())
                .unwrap_or_default(),
            taken: self.taken_view(),
            meeting: self.meetings.meeting().to_string(),
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
    pub fn warn_about_keys(&mut self, error: &KeymapError) {
        let say = &self.text.screens;
        let what = match error {
            KeymapError::Syntax { message } => message.split_whitespace().collect::<Vec<_>>().join(" "),
            KeymapError::UnknownCommand { name } => (say.keys_command)(name),
            KeymapError::UnknownKey { key } => (say.keys_key)(key),
            KeymapError::Twice { key, first, second } => {
                (say.keys_twice)(key, first.words(self.text).name, second.words(self.text).name)
            }
        };
        self.message = Some((Tone::Warned, (say.mend)(say.keys_file, &what)));
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
            ScreenKind::Meetings => None,
            ScreenKind::Review => self.review.node(),
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
        self.workspace.know_days(self.moment.today);
        let plan = self.workspace.plan();
        self.rollups = plan.rollups(self.moment.today);
        if !self.workspace.is_whole() {
            self.rollups.clear();
        }
        self.totals = Totals {
            picked: self.picked.len(),
            open: self.totals.open,
            ..Totals::of(&self.workspace, self.moment.today)
        };
    }

    /// Everything that is made from the plan, made again.
    fn rebuild(&mut self) {
        let plan = self.workspace.plan();
        self.tree.rebuild(&plan.text);
        self.flow.rebuild(plan);
        self.matrix.rebuild(plan);
        self.meetings.rebuild(plan);
        let known = |id: &NodeId| self.workspace.node(id).is_some();
        self.picked.retain(known);
        self.count();
    }

    /// Takes a key.
    pub fn key(&mut self, event: KeyEvent) {
        self.press(event);
        self.keep_taken();
    }

    /// Keeps the line that is typed and not saved yet: a machine that stops at any key loses nothing of it.
    fn keep_taken(&mut self) {
        let taken = self.taken_view();
        if taken != self.kept {
            self.keep_view();
            self.kept = taken;
        }
    }

    fn press(&mut self, event: KeyEvent) {
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
        if !matches!(event.code, KeyCode::Esc | KeyCode::Enter) {
            self.read_on();
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
                    if let (Popup::Form(form), Some(made)) = (&mut popup, self.made.take()) {
                        form.became(Filled::Edit(made));
                    }
                    self.popup = Some(popup);
                }
                Reply::DoAndClose(action) => {
                    self.act(action);
                    self.made = None;
                }
            }
            return;
        }
        self.message = None;
        match Key::from(event) {
            Key::Composed(_) => self.say(Tone::Warned, self.text.screens.ime_hint),
            key => match self.keymap.command(&key, self.scopes()) {
                // on the wall nothing can be changed, seen or unseen
                Some(command) if self.projected.is_some() => {
                    if matches!(command, Command::Quit | Command::Redraw) {
                        self.run(command);
                    }
                }
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
                self.keep_taken();
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
        if self.projected.is_some() {
            return;
        }
        if self.front == ScreenKind::Review {
            self.load_review();
        }
        let words = ops::state_sentence(&found.changes, &found.files, self.workspace.plan(), self.text);
        self.message = Some((Tone::Warned, words));
    }

    fn close(&mut self, popup: Popup) {
        if let Popup::Form(form) = &popup
            && let Some((field, text)) = form.unsaved()
        {
            self.taken = Some((form.filled().clone(), field, text));
            return self.say(Tone::Warned, self.text.rooms.line_kept);
        }
        if let Popup::Note(note) = popup
            && let Some((ids, kind, text)) = note.draft()
        {
            self.draft = Some((ids, kind, text));
            self.say(Tone::Warned, self.text.screens.draft_kept);
        }
    }

    fn escape(&mut self) {
        self.version += 1;
        if self.stop_sync() {
            return;
        }
        if self.front == ScreenKind::Meetings {
            self.leave_meeting();
        } else if self.workspace.past().is_some() {
            self.look_at(State::Working);
        } else if self.front == ScreenKind::Review && self.review.compared().is_some() {
            self.load_review();
        } else if self.reads {
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
}
