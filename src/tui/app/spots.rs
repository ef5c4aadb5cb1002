//! Places that were visited, to go back to and forward again: a clause, or a row of the screen of meetings.

use super::App;
use crate::domain::{NodeId, RecordId, RecordKind, Str};
use crate::tui::screens::bars::{ScreenKind, Tone};
use crate::tui::screens::meetings::Part;

/// A place that was visited.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Spot {
    Node(NodeId),
    /// A row of a part of the screen of meetings: by its record, or else by its place.
    Row {
        meeting: Str,
        part: Part,
        record: Option<RecordId>,
        cursor: usize,
        chain_of: Vec<RecordId>,
    },
}

impl App {
    /// Where the cursor is now.
    fn here(&self) -> Option<Spot> {
        if self.front == ScreenKind::Meetings {
            return Some(Spot::Row {
                meeting: self.meetings.meeting().clone(),
                part: self.meetings.part(),
                record: self.meetings.record().cloned(),
                cursor: self.meetings.cursor(),
                chain_of: self.meetings.chain_of().to_vec(),
            });
        }
        self.selected().cloned().map(Spot::Node)
    }

    /// Remembers where the cursor is before it goes elsewhere.
    pub(super) fn leave(&mut self) {
        self.back.extend(self.here());
        self.forward.clear();
    }

    /// Goes to a place and remembers where the cursor was.
    pub(super) fn go(&mut self, id: &NodeId) {
        let from = self.here();
        // a paragraph is shown at its heading
        let shown = if self.workspace.node(id).is_some_and(|node| node.kind.in_tree()) {
            id.clone()
        } else {
            id.parent().unwrap_or_else(|| id.clone())
        };
        self.go_node(&shown);
        if let Some(from) = from.filter(|from| *from != Spot::Node(shown)) {
            self.back.push(from);
            self.forward.clear();
        }
    }

    fn go_node(&mut self, id: &NodeId) {
        if !self.show(id) {
            self.front = ScreenKind::Tree;
            self.show(id);
        }
    }

    /// Goes to the place of a record on the screen of meetings and remembers where the cursor was.
    pub(super) fn go_record(&mut self, id: &RecordId) {
        self.leave();
        let outcome = |key: &str| id.beside(RecordKind::Outcome, key);
        let record = self.workspace.plan().record(id);
        let (meeting, part, row) = match id.kind {
            RecordKind::Topic | RecordKind::Call => (Str::new(), Part::Topics, id.clone()),
            RecordKind::Meeting => (Str::new(), Part::Meetings, id.clone()),
            RecordKind::Item | RecordKind::Paper => (id.meeting.clone(), Part::Agenda, id.clone()),
            RecordKind::Attendee => (id.meeting.clone(), Part::Roster, id.clone()),
            RecordKind::Line => (id.meeting.clone(), Part::Room, id.clone()),
            RecordKind::Outcome => (id.meeting.clone(), Part::FollowUp, id.clone()),
            // a step is told of under its decision, in the register
            RecordKind::Step => {
                let key = record.map_or("", |step| step.text(crate::domain::Field::Outcome));
                (Str::new(), Part::Decisions, outcome(key))
            }
            RecordKind::Minutes | RecordKind::Sentence | RecordKind::Stage | RecordKind::Correction => {
                (id.meeting.clone(), Part::Minutes, id.clone())
            }
            RecordKind::Notice => (id.meeting.clone(), Part::Agenda, id.clone()),
            RecordKind::Office | RecordKind::Dismissal | RecordKind::Opinion | RecordKind::Draft => {
                (Str::new(), Part::Meetings, id.clone())
            }
        };
        self.front = ScreenKind::Meetings;
        self.meetings.set_filter("");
        self.meetings.open(meeting, part);
        self.rebuild_meetings();
        self.meetings.show(&row);
    }

    fn restore_spot(&mut self, spot: Spot) {
        match spot {
            Spot::Node(id) => self.go_node(&id),
            Spot::Row { meeting, part, record, cursor, chain_of } => {
                self.front = ScreenKind::Meetings;
                if part == Part::Chain {
                    self.meetings.open_chain(chain_of, self.workspace.plan());
                } else {
                    self.meetings.open(meeting, part);
                }
                self.rebuild_meetings();
                self.meetings.move_to(cursor);
                if let Some(record) = record {
                    self.meetings.show(&record);
                }
            }
        }
    }

    pub(super) fn go_back(&mut self) {
        let Some(spot) = self.back.pop() else { return self.say(Tone::Warned, self.text.screens.no_back) };
        self.forward.extend(self.here());
        self.restore_spot(spot);
    }

    pub(super) fn go_forward(&mut self) {
        let Some(spot) = self.forward.pop() else { return self.say(Tone::Warned, self.text.screens.no_forward) };
        self.back.extend(self.here());
        self.restore_spot(spot);
    }

    /// Back to where the chains were opened from.
    pub(super) fn leave_chain(&mut self) {
        if self.back.is_empty() {
            self.meetings.open(Str::new(), Part::Chains);
            self.rebuild_meetings();
        } else {
            self.go_back();
        }
    }
}
