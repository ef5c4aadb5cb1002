//! Minutes and follow-up: composed, edited, checked, signed, followed up; through the command line where that says it all.

mod cycle;
mod follow;
mod papers;
mod stages;
mod text;

use super::desk::{Desk, PLAN};
use chrono::{NaiveDate, NaiveTime};
use lianxi::domain::meeting::{Attendance, ItemKind, LineKind, MeetingKind, OutcomeKind};
use lianxi::domain::{RecordKind, UnitId, due};
use lianxi::ops::meeting::{self, NewItem, NewLine, NewMeeting, NewOutcome};
use lianxi::ops::{Moment, Outcome};
use lianxi::workspace::Workspace;
use serde_json::Value;

/// A desk where a meeting has been held.
pub struct Hall {
    pub desk: Desk,
    pub meeting: String,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

pub fn moment(today: &str, second: u32) -> Moment {
    Moment { today: day(today), second, chance: 7, author: Some("小王".into()) }
}

/// The key of the record that an operation made.
pub fn key(outcome: &Outcome) -> String {
    meeting::made(outcome).expect("something was made").key.to_string()
}

impl Hall {
    /// A plenary on 12 June 2025 with one item for each decision; `decisions` are text, lead, co-departments, deadline.
    pub fn new(decisions: &[(&str, &str, &[&str], &str)]) -> Hall {
        Hall::on(Desk::new(), "2025-06-12", decisions)
    }

    pub fn on(desk: Desk, date: &str, decisions: &[(&str, &str, &[&str], &str)]) -> Hall {
        let mut hall = Hall { desk, meeting: String::new() };
        let mut workspace = hall.open();
        let new = NewMeeting {
            kind: MeetingKind::Plenary,
            date: day(date),
            time: NaiveTime::from_hms_opt(9, 0, 0),
            length: Some(90),
            place: "市政府三楼会议室".into(),
            chair: "副市长 李明".into(),
            title: String::new(),
        };
        let now = |second| moment(date, second);
        let made = meeting::new_meeting(&mut workspace, &now(0), &new).expect("a meeting");
        hall.meeting = meeting::made(&made).expect("it was made").meeting.to_string();
        // only what the test decides is on the agenda
        let plan = workspace.plan();
        let standing: Vec<String> = plan
            .records_of(RecordKind::Item)
            .filter(|(id, _)| id.meeting == hall.meeting)
            .map(|(id, _)| id.key.to_string())
            .collect();
        for item in standing {
            meeting::drop_item(&mut workspace, &hall.meeting, &item).expect("dropped");
        }
        let mut items = Vec::new();
        for (nth, (text, lead, ..)) in decisions.iter().enumerate() {
            let item = NewItem {
                title: format!("审议{text}"),
                kind: Some(ItemKind::Deliberation),
                unit: Some(UnitId::new(*lead)).filter(|unit| !unit.as_str().is_empty()),
                minutes: Some(10),
                ..NewItem::default()
            };
            let made = meeting::add_item(&mut workspace, &now(nth as u32 + 1), &hall.meeting, &item).expect("an item");
            items.push(key(&made));
        }
        meeting::notify(&mut workspace, &now(50), &hall.meeting).expect("notified");
        meeting::open(&mut workspace, &now(51), &hall.meeting).expect("opened");
        let units: Vec<UnitId> = workspace.plan().units.iter().map(|unit| unit.id.clone()).collect();
        let (last, rest) = units.split_last().expect("departments");
        meeting::attend(&mut workspace, &hall.meeting, rest, Some(Attendance::Present), None).expect("present");
        meeting::attend(&mut workspace, &hall.meeting, std::slice::from_ref(last), Some(Attendance::Leave), None)
            .expect("on leave");
        for (nth, ((text, lead, with, when), item)) in decisions.iter().zip(&items).enumerate() {
            let unit = |name: &str| Some(UnitId::new(name)).filter(|unit| !unit.as_str().is_empty());
            let outcome = NewOutcome {
                kind: OutcomeKind::Assignment,
                text: text.to_string(),
                lead: unit(lead),
                with: with.iter().map(|name| UnitId::new(*name)).collect(),
                due: due::parse(when, day(date)).ok(),
                ..NewOutcome::default()
            };
            let now = now(60 + nth as u32);
            meeting::decide(&mut workspace, &now, &hall.meeting, item, &outcome).expect("decided");
        }
        hall
    }

    /// Ends the session.
    pub fn close(self) -> Hall {
        let mut workspace = self.open();
        meeting::close(&mut workspace, &moment("2025-06-12", 100), &self.meeting).expect("closed");
        self
    }

    /// Writes a line of the internal record.
    pub fn say(&self, kind: LineKind, speaker: &str, text: &str) {
        let mut workspace = self.open();
        let line = NewLine { kind, speaker: speaker.into(), text: text.into(), ..NewLine::default() };
        meeting::record_line(&mut workspace, &moment("2025-06-12", 90), &self.meeting, &line).expect("written");
    }

    pub fn open(&self) -> Workspace {
        let mut workspace = Workspace::open(self.desk.root(), Some(PLAN)).expect("the plan opens");
        workspace.read_records();
        workspace
    }

    /// A file of the meeting's folder.
    pub fn file(&self, name: &str) -> String {
        format!("meetings/{}/{name}", self.meeting)
    }

    /// The sentences as `minutes show` gives them: key, text, state.
    pub fn sentences(&self) -> Vec<(String, String, String)> {
        let shown = self.desk.json(&["minutes", "show", &self.meeting]);
        let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_string();
        let list = shown["sentences"].as_array().expect("sentences");
        list.iter().map(|one| (word(one, "key"), word(one, "text"), word(one, "state"))).collect()
    }

    /// The key of the sentence of a decision.
    pub fn sentence_of(&self, words: &str) -> String {
        let all = self.sentences();
        let found = all.iter().find(|(key, text, _)| key.starts_with("outcome-") && text.contains(words));
        found.unwrap_or_else(|| panic!("no sentence with {words}: {all:?}")).0.clone()
    }

    /// The rules that `minutes lint` finds broken.
    pub fn lint(&self) -> Vec<String> {
        let run = self.desk.run(&["minutes", "lint", &self.meeting, "--json"]);
        let found: Value = serde_json::from_str(&run.out).expect("JSON");
        let found = found.as_array().expect("a list");
        assert_eq!(run.code, if found.is_empty() { 0 } else { 3 }, "{run:?}");
        for one in found {
            assert!(one["file"].as_str().is_some_and(|file| file.starts_with("plans/")), "{one}");
            assert!(one["message"].as_str().is_some_and(|message| !message.is_empty()), "{one}");
            assert!(one["line"].as_u64().is_some_and(|line| line > 0), "{one}");
        }
        found.iter().map(|one| one["rule"].as_str().expect("a rule").to_string()).collect()
    }

    /// The stages up to one of them.
    pub fn stage(&self, upto: &str, today: &str) {
        for kind in ["draft", "check", "countersign", "sign", "issue"] {
            self.desk.done(&["minutes", "stage", &self.meeting, kind, "--by", "李明", "--today", today]);
            if kind == upto {
                return;
            }
        }
    }

    /// The decisions as `decisions` lists them on a day.
    pub fn decisions(&self, filter: &[&str], today: &str) -> Vec<Value> {
        let args = [&["decisions"], filter, &["--today", today]].concat();
        self.desk.json(&args).as_array().expect("a list").clone()
    }

    /// The id of the only decision.
    pub fn decision(&self) -> String {
        let all = self.decisions(&[], "2025-06-12");
        assert_eq!(all.len(), 1, "{all:?}");
        all[0]["id"].as_str().expect("an id").to_string()
    }
}
