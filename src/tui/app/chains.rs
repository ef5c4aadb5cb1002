//! The closure chain on the screen: opening it from anywhere, and going to the place of a link.

use super::App;
use crate::domain::follow::{Anchor, Decision, Link, register};
use crate::domain::{Field, RecordId, RecordKind};
use crate::ops;
use crate::tui::screens::bars::{ScreenKind, Tone};

impl App {
    /// The chain of the decision under the cursor, or those of every decision that the row or the clause has led to.
    pub(super) fn show_chain(&mut self) {
        ops::read_follow(&mut self.workspace, self.moment.today);
        let row = (self.front == ScreenKind::Meetings).then(|| self.meetings.record().cloned()).flatten();
        let node = self.selected().cloned();
        let plan = self.workspace.plan();
        let is_of = |decision: &Decision| match (&row, &node) {
            (Some(id), _) => is_of_row(decision, id),
            (None, Some(node)) => decision.tasks().contains(node),
            (None, None) => false,
        };
        let found: Vec<RecordId> =
            register(plan).into_iter().filter(is_of).map(|decision| decision.id.clone()).collect();
        if found.is_empty() {
            return self.say(Tone::Warned, self.text.rooms.no_decisions);
        }
        self.leave();
        self.front = ScreenKind::Meetings;
        self.meetings.open_chain(found, self.workspace.plan());
    }

    /// Goes to the place of the link under the cursor; where it is missing, asks for what is to be added.
    pub(super) fn follow_link(&mut self) {
        let Some(linked) = self.meetings.link().cloned() else { return };
        match linked.anchor {
            Some(Anchor::Node(id)) => self.go(&id),
            Some(Anchor::Record(id)) => self.go_record(&id),
            None => match linked.link {
                Link::Clause | Link::Topic | Link::Decision => self.edit_record(&linked.decision),
                Link::Excerpt | Link::Reply | Link::Evidence | Link::Closed => self.next_step(),
                Link::Reported => self.say(Tone::Warned, self.text.rooms.reported_next),
            },
        }
    }

    /// Goes to the sentence or the record that a finding is about.
    pub(super) fn follow_finding(&mut self) {
        let Some(finding) = self.meetings.finding().cloned() else { return };
        let by_key = |key: &String| self.meetings.minutes.iter().position(|one| one.key == *key);
        let by_source = || self.meetings.minutes.iter().position(|one| one.source.as_ref() == Some(&finding.at));
        let sentence = finding.sentence.as_ref().and_then(by_key).or_else(by_source);
        match sentence {
            Some(at) => {
                let meeting = self.meetings.meeting().clone();
                self.leave();
                self.meetings.open(meeting, crate::tui::screens::meetings::Part::Minutes);
                self.rebuild_meetings();
                self.meetings.move_to(at);
            }
            None => self.go_record(&finding.at),
        }
    }
}

/// Whether a decision has to do with a row.
fn is_of_row(decision: &Decision, id: &RecordId) -> bool {
    match id.kind {
        RecordKind::Outcome => decision.id == id,
        RecordKind::Meeting => decision.id.meeting == id.meeting,
        RecordKind::Item => decision.id.meeting == id.meeting && decision.outcome.text(Field::Item) == id.key.as_str(),
        RecordKind::Topic => decision.item.is_some_and(|item| item.text(Field::Topic) == id.key.as_str()),
        RecordKind::Attendee => {
            decision.id.meeting == id.meeting && decision.follow.units().any(|unit| unit.as_str() == id.key.as_str())
        }
        RecordKind::Office
        | RecordKind::Call
        | RecordKind::Dismissal
        | RecordKind::Opinion
        | RecordKind::Draft
        | RecordKind::Notice
        | RecordKind::Paper
        | RecordKind::Line
        | RecordKind::Step
        | RecordKind::Minutes
        | RecordKind::Sentence
        | RecordKind::Stage
        | RecordKind::Correction => false,
    }
}
