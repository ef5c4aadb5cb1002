//! The review on the screen: loading it, deciding, committing, comparing, and looking at the past.

use super::App;
use crate::edit::Place;
use crate::git::GitError;
use crate::ops::{self, About, Refusal, Review};
use crate::tui::popup::{Message, Page, Popup, States};
use crate::tui::screens::bars::{ScreenKind, Tone};
use crate::workspace::{Archive, State, Workspace};

/// Lines of a history that are shown at once.
const MOST: usize = 300;
/// How many are read before the page is shown; the others come with the first key.
const FIRST: usize = 60;

impl App {
    /// Reads what waits for the next commit; only while its screen is in front, so that nobody else pays for it.
    pub(super) fn load_review(&mut self) {
        self.version += 1;
        if self.workspace.past().is_some() {
            return self.review.set_refusal(self.text.reviewing.past_only.to_string());
        }
        let found = self.workspace.archive().and_then(|mut archive| ops::review(&mut archive));
        match found {
            Ok(review) => self.review.set_review(review, self.text),
            Err(error) => self.review.set_refusal(ops::say_git(&error, self.text)),
        }
        self.totals.open = self.review.open();
    }

    /// Whether the keys of the review mean anything now; says so where they do not.
    fn reviews(&mut self) -> bool {
        if self.front != ScreenKind::Review {
            self.say(Tone::Warned, self.text.reviewing.not_here);
            return false;
        }
        if self.review.compared().is_some() {
            self.say(Tone::Warned, self.text.reviewing.only_compared);
            return false;
        }
        if self.review.selected().is_empty() {
            self.say(Tone::Warned, self.text.reviewing.nothing);
            return false;
        }
        true
    }

    pub(super) fn accept(&mut self) {
        if !self.reviews() {
            return;
        }
        let selected = self.review.selected();
        let done = self.with_archive(|archive, workspace, review| ops::accept(archive, workspace, review, &selected));
        self.decided(done.map(self.text.review.accepted), selected.len() as isize);
    }

    pub(super) fn ask_comment(&mut self) {
        if self.reviews() {
            self.popup = Some(Popup::Message(Message::comment(self.review.selected().len())));
        }
    }

    pub(super) fn send_back(&mut self, comment: &str) -> bool {
        let selected = self.review.selected();
        let moment = self.moment_with_author();
        let done = self.with_archive(|archive, workspace, review| {
            ops::send_back(archive, workspace, review, &selected, comment, &moment)
        });
        self.decided(done.map(self.text.review.sent_back), 1)
    }

    pub(super) fn revert(&mut self) {
        if !self.reviews() {
            return;
        }
        let selected = self.review.selected();
        let done = self.with_archive(|archive, workspace, review| ops::revert(archive, workspace, review, &selected));
        let is_done = done.is_ok();
        self.decided(done.map(|_| (self.text.review.reverted)(selected.len())), 0);
        if is_done {
            self.rebuild();
        }
    }

    pub(super) fn ask_message(&mut self) {
        if self.front != ScreenKind::Review || self.review.compared().is_some() {
            self.switch(ScreenKind::Review);
            self.load_review();
        }
        let review = self.review.review();
        let taken = ops::to_commit(review);
        let count = taken.iter().filter(|at| review.pending[**at].difference.with.is_none()).count();
        if count == 0 {
            let words = (self.text.review.nothing_to_commit)(review.returned());
            return self.say(Tone::Warned, &words);
        }
        let message = ops::commit_message(review, &taken, self.text);
        self.popup = Some(Popup::Message(Message::commit(count, &message)));
    }

    pub(super) fn commit(&mut self, message: &str) -> bool {
        let author = self.moment_with_author().author;
        let done = self.with_archive(|archive, workspace, review| {
            ops::commit(archive, workspace, review, message, author.as_deref())
        });
        let say = self.text.review.committed;
        self.decided(done.map(|done| say(done.count, done.oid.short())), 0)
    }

    /// Says what was decided, and reads anew what waits.
    fn decided(&mut self, done: Result<String, Refusal>, down: isize) -> bool {
        let (tone, words, is_done) = match done {
            Ok(words) => (Tone::Said, words, true),
            Err(refusal) => (Tone::Refused, ops::say_refusal(&refusal, self.text), false),
        };
        self.load_review();
        if is_done && down == 1 {
            self.review.next();
        }
        self.say(tone, &words);
        is_done
    }

    fn with_archive<T>(
        &mut self,
        act: impl FnOnce(&mut Archive, &mut Workspace, &Review) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut archive = self.workspace.archive()?;
        // what was decided about is what was shown; where the files have moved on since, the values no longer fit
        act(&mut archive, &mut self.workspace, self.review.review())
    }

    /// The history of the place under the cursor, as a page to read: at first as much as a screen holds.
    pub(super) fn show_history(&mut self) {
        self.show_history_up_to(FIRST);
    }

    /// Reads on where a page with a history holds only its beginning.
    pub(super) fn read_on(&mut self) {
        if matches!(&self.popup, Some(Popup::Page(page)) if page.is_beginning()) {
            self.show_history_up_to(MOST);
        }
    }

    fn show_history_up_to(&mut self, most: usize) {
        let about = match self.selected() {
            Some(id) => About::Node(id.clone()),
            None => About::Plan,
        };
        let mut names = crate::domain::Plan::default();
        let found =
            self.workspace.archive().and_then(|mut archive| ops::history(&mut archive, &about, most, None, &mut names));
        match found {
            Err(error) => {
                let words = ops::say_git(&error, self.text);
                self.say(Tone::Refused, &words);
            }
            Ok(events) => {
                let told = events.iter().filter(|event| event.difference.with.is_none());
                let lines: Vec<(String, String)> = told
                    .map(|event| {
                        let when = event.when.map(|day| day.to_string()).unwrap_or_default();
                        let words = ops::say_difference(&event.difference, &names, self.text);
                        (format!("{when}  {}", event.who), words)
                    })
                    .collect();
                let is_beginning = most < MOST && lines.len() >= most;
                self.popup = Some(Popup::Page(Page::history(&self.look(), &lines, is_beginning)));
            }
        }
    }

    /// Asks which state to compare with, or to look at.
    pub(super) fn ask_state(&mut self, compares: bool) {
        let say = &self.text.reviewing;
        let mut all = vec![(say.last_commit.to_string(), State::head())];
        if !compares {
            all = vec![(say.present.to_string(), State::Working)];
        }
        let versions = Archive::open(self.workspace.root(), self.workspace.plan_id());
        let versions = versions.and_then(|archive| archive.repo().versions()).unwrap_or_default();
        for version in versions.iter().rev() {
            let day = version.day.map(|day| day.to_string()).unwrap_or_default();
            all.push((format!("{}  {day}", version.name()), State::Revision(format!("refs/tags/{}", version.tag))));
        }
        self.popup = Some(Popup::States(States::new(compares, all)));
    }

    /// Shows what differs between a state and the files.
    pub(super) fn compare(&mut self, state: State) -> bool {
        let found: Result<_, GitError> =
            self.workspace.archive().and_then(|mut archive| archive.between(&state, &State::Working));
        match found {
            Err(error) => {
                let words = ops::say_git(&error, self.text);
                self.say(Tone::Refused, &words);
                false
            }
            Ok(between) => {
                self.version += 1;
                self.front = ScreenKind::Review;
                self.review.set_compared((state, State::Working), ops::compared(between), self.text);
                true
            }
        }
    }

    /// Opens the plan as it was, or the present again.
    pub(super) fn look_at(&mut self, state: State) -> bool {
        let (root, plan) = (self.workspace.root().to_path_buf(), self.workspace.plan_id().to_string());
        let opened = match &state {
            State::Working => Workspace::open(&root, Some(&plan)),
            other => Workspace::as_of(&root, Some(&plan), other),
        };
        match opened {
            Err(error) => {
                let words = ops::say_open(&error, self.text);
                self.say(Tone::Refused, &words);
                false
            }
            Ok(workspace) => {
                let kept = self.selected().cloned();
                if self.workspace.past().is_none() {
                    self.keep_view();
                }
                self.workspace = workspace;
                self.version += 1;
                self.rebuild();
                if let Some(id) = kept.filter(|id| self.workspace.node(id).is_some()) {
                    self.show(&id);
                }
                if self.front == ScreenKind::Review {
                    self.load_review();
                }
                if state == State::Working {
                    self.say(Tone::Said, self.text.reviewing.back_in_present);
                }
                true
            }
        }
    }

    /// Goes from a change to its place in the plan.
    pub(super) fn go_to_change(&mut self) {
        let Some(id) = self.review.node().cloned() else { return };
        let is_cell = self.review.selected().iter().next().is_some_and(|at| {
            matches!(self.review.review().pending[*at].difference.place, Place::Cell(..) | Place::RowLead(_))
        });
        self.front = if is_cell { ScreenKind::Matrix } else { ScreenKind::Tree };
        self.show(&id);
    }
}
