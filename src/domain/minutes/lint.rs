//! What is wrong with minutes before they are signed.

use super::words::{dates, departments, people, weekday_name};
use super::{Line, LineState};
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, Str, UnitId};
use chrono::{Datelike, NaiveDate};
use std::collections::{HashMap, HashSet};

/// Words that may not go out, where the office has no list of its own.
pub const BANNED: [&str; 20] = [
    "大概",
    "可能",
    "也许",
    "差不多",
    "我觉得",
    "我认为",
    "我们",
    "咱们",
    "估计",
    "争取能",
    "内部掌握",
    "不宜公开",
    "内部资料",
    "保密",
    "争论",
    "争议",
    "分歧",
    "反对",
    "不同意",
    "保留意见",
];

/// Words of matters that are not decided yet.
const UNDECIDED: [&str; 9] =
    ["待定", "待研究", "另行研究", "再议", "进一步研究", "下次会议研究", "下次会议审议", "视情况而定", "未达成一致"];

/// Words that make a sentence a decision.
const DECIDED: [&str; 7] = ["会议议定", "会议决定", "会议同意", "会议通过", "会议明确", "原则同意", "原则通过"];

/// Beginnings of decisions that order nobody to do anything: 原则通过《工作要点》.
const RESOLUTIONS: [&str; 8] = ["同意", "原则同意", "通过", "原则通过", "审议通过", "会议同意", "会议原则", "一致同意"];

/// What is wrong.
#[derive(Clone, PartialEq, Debug)]
pub enum LintRule {
    /// Nobody is to do it.
    NoLead { text: Str },
    /// No date and no other word of time.
    NoDate { text: Str },
    /// A department that the register does not have.
    UnknownUnit { name: Str },
    /// 9月31日
    NoSuchDate { text: Str },
    /// A day of the week that is not that of its date.
    WrongWeekday { text: Str, written: Str, right: &'static str },
    /// A person whom neither the roster nor the chair has.
    NotOnRoster { name: Str },
    /// A word that may not go out.
    Banned { word: Str },
    /// Worded as a decision, and not decided.
    Undecided { word: Str },
    /// Who dissented, or what the internal record says.
    Internal { text: Str },
    /// An item that nothing came of.
    NoOutcome { title: Str },
    /// A sentence that stands there twice.
    Duplicate { text: Str },
    /// An edited sentence whose record says something else since.
    Outdated { text: Str },
    /// An edited sentence whose record is gone.
    Orphan { text: Str },
    /// A department objects to its paragraph.
    Objection { unit: UnitId, text: Str },
}

impl LintRule {
    /// Its name in `minutes lint --json`.
    pub fn name(&self) -> &'static str {
        match self {
            LintRule::NoLead { .. } => "action-without-unit",
            LintRule::NoDate { .. } => "action-without-date",
            LintRule::UnknownUnit { .. } => "unknown-unit",
            LintRule::NoSuchDate { .. } => "no-such-date",
            LintRule::WrongWeekday { .. } => "wrong-weekday",
            LintRule::NotOnRoster { .. } => "not-on-roster",
            LintRule::Banned { .. } => "banned-word",
            LintRule::Undecided { .. } => "undecided",
            LintRule::Internal { .. } => "internal-record",
            LintRule::NoOutcome { .. } => "item-without-outcome",
            LintRule::Duplicate { .. } => "duplicate-sentence",
            LintRule::Outdated { .. } => "outdated-edit",
            LintRule::Orphan { .. } => "orphan-edit",
            LintRule::Objection { .. } => "objection",
        }
    }
}

/// Something wrong, and the record to put it right in.
#[derive(Clone, PartialEq, Debug)]
pub struct LintFinding {
    pub rule: LintRule,
    pub at: RecordId,
    pub field: Field,
    /// The sentence it is seen in.
    pub sentence: Option<Str>,
}

/// Looks through the minutes of a meeting as they stand.
pub fn lint(plan: &Plan, meeting: &str, lines: &[Line]) -> Vec<LintFinding> {
    let mut lint = Lint { plan, meeting, found: Vec::new() };
    lint.outcomes();
    lint.items();
    lint.attendance();
    for line in lines {
        lint.line(line);
    }
    lint.duplicates(lines);
    lint.found
}

/// A resolution that is done by being taken: 原则通过《工作要点》 has no lead and no date, and needs none.
pub fn orders_nobody(outcome: &Record) -> bool {
    let text = outcome.text(Field::Text).trim_start();
    let has_order = outcome.unit(Field::Lead).is_some() || outcome.due(Field::Due).is_some();
    !has_order && !outcome.flag(Field::Tracked) && RESOLUTIONS.iter().any(|head| text.starts_with(head))
}

struct Lint<'p> {
    plan: &'p Plan,
    meeting: &'p str,
    found: Vec<LintFinding>,
}

impl<'p> Lint<'p> {
    fn push(&mut self, rule: LintRule, at: RecordId, field: Field, sentence: Option<&Str>) {
        // what stands in the record and in its sentence is said once
        if !self.found.iter().any(|one| one.rule == rule && one.at == at) {
            self.found.push(LintFinding { rule, at, field, sentence: sentence.cloned() });
        }
    }

    fn records(&self, kind: RecordKind) -> Vec<(&'p RecordId, &'p Record)> {
        self.plan.records_at(kind, self.meeting).collect()
    }

    fn outcomes(&mut self) {
        let order = |record: Option<&Record>| record.and_then(|one| one.number(Field::Order)).unwrap_or(i64::MAX);
        let mut outcomes = self.records(RecordKind::Outcome);
        outcomes.sort_by_key(|(id, outcome)| {
            let item = self.plan.record(&id.beside(RecordKind::Item, outcome.text(Field::Item)));
            (order(item), order(Some(outcome)))
        });
        for (id, outcome) in outcomes {
            let text = Str::from(outcome.text(Field::Text));
            let (lead, due) = (outcome.unit(Field::Lead), outcome.due(Field::Due));
            let orders_nobody = orders_nobody(outcome);
            if lead.is_none() && !orders_nobody {
                self.push(LintRule::NoLead { text: text.clone() }, id.clone(), Field::Lead, None);
            }
            if due.is_none() && !orders_nobody {
                self.push(LintRule::NoDate { text: text.clone() }, id.clone(), Field::Due, None);
            }
            let with = outcome.units(Field::With).iter().map(|unit| (unit, Field::With));
            for (unit, field) in lead.into_iter().map(|unit| (unit, Field::Lead)).chain(with) {
                if self.plan.unit(unit).is_none() {
                    self.push(LintRule::UnknownUnit { name: unit.as_str().into() }, id.clone(), field, None);
                }
            }
            if let Some(due) = due {
                self.dates(&due.wording, id, Field::Due, None);
            }
        }
    }

    fn items(&mut self) {
        let outcomes: HashSet<&str> =
            self.records(RecordKind::Outcome).iter().map(|(_, outcome)| outcome.text(Field::Item)).collect();
        let mut items = self.records(RecordKind::Item);
        items.sort_by_key(|(_, item)| item.number(Field::Order).unwrap_or(i64::MAX));
        for (id, item) in items {
            let has_outcome = outcomes.contains(id.key.as_str());
            // reports, statements and speeches are heard; what is deliberated has to come to something
            let is_heard = matches!(item.text(Field::Kind), "follow_up" | "report" | "statement" | "speech");
            let is_done = match item.text(Field::State) {
                "postponed" | "dropped" => true,
                "discussed" => is_heard || has_outcome,
                _ => has_outcome || matches!(item.text(Field::Kind), "follow_up" | "statement" | "speech"),
            };
            if !is_done {
                let title = item.text(Field::Title).into();
                self.push(LintRule::NoOutcome { title }, id.clone(), Field::State, None);
            }
            for name in item.text(Field::Speaker).split(['、', ' ', '　']).filter(|name| !name.is_empty()) {
                if item.text(Field::State) != "dropped" && !self.knows_for(item.unit(Field::Unit), name) {
                    self.push(LintRule::NotOnRoster { name: name.into() }, id.clone(), Field::Speaker, None);
                }
            }
        }
    }

    fn attendance(&mut self) {
        for (id, attendee) in self.records(RecordKind::Attendee) {
            let objection = attendee.text(Field::Objection);
            if !objection.is_empty() {
                let unit = UnitId::new(id.key.clone());
                let text = objection.into();
                self.push(LintRule::Objection { unit, text }, id.clone(), Field::Objection, None);
            }
        }
    }

    fn line(&mut self, line: &Line) {
        if line.text.is_empty() && line.state != LineState::Outdated {
            return;
        }
        let sentence = RecordId::new(RecordKind::Sentence, self.meeting, line.key.clone());
        let at = match (line.state, &line.source) {
            (LineState::AsComposed, Some(source)) => source.clone(),
            (LineState::AsComposed, None) => RecordId::new(RecordKind::Minutes, self.meeting, ""),
            (LineState::Edited | LineState::Outdated | LineState::LeftOut | LineState::Free | LineState::Orphan, _) => {
                sentence
            }
        };
        let field = if at.kind == RecordKind::Item { Field::Title } else { Field::Text };
        let field = if at.kind == RecordKind::Meeting { Field::Date } else { field };
        let key = Some(&line.key);
        match line.state {
            LineState::Outdated => {
                self.push(LintRule::Outdated { text: line.text.clone() }, at.clone(), Field::Composed, key)
            }
            LineState::Orphan => {
                self.push(LintRule::Orphan { text: line.text.clone() }, at.clone(), Field::Composed, key)
            }
            LineState::AsComposed | LineState::Edited | LineState::LeftOut | LineState::Free => {}
        }
        self.dates(&line.text, &at, field, key);
        for name in departments(&line.text) {
            if !self.is_department(&name) {
                self.push(LintRule::UnknownUnit { name: name.into() }, at.clone(), field, key);
            }
        }
        for name in people(&line.text) {
            if !self.knows(&name) {
                self.push(LintRule::NotOnRoster { name: name.into() }, at.clone(), field, key);
            }
        }
        for word in self.banned() {
            if line.text.contains(word.as_str()) {
                self.push(LintRule::Banned { word }, at.clone(), field, key);
            }
        }
        if line.text.split('我').skip(1).any(|rest| !rest.starts_with(['市', '国', '省', '县', '区', '们'])) {
            self.push(LintRule::Banned { word: "我".into() }, at.clone(), field, key);
        }
        self.undecided(line, &at, field);
        self.internal(line, &at, field);
    }

    fn dates(&mut self, text: &str, at: &RecordId, field: Field, sentence: Option<&Str>) {
        let year = self.date().map_or(2000, |date| date.year());
        for dated in dates(text, year) {
            let Some(date) = dated.date else {
                self.push(LintRule::NoSuchDate { text: dated.text.into() }, at.clone(), field, sentence);
                continue;
            };
            if let Some((written, weekday)) = dated.weekday
                && weekday != date.weekday()
            {
                let rule = LintRule::WrongWeekday {
                    text: dated.text.trim_end_matches('，').into(),
                    written: written.into(),
                    right: weekday_name(date),
                };
                self.push(rule, at.clone(), field, sentence);
            }
        }
    }

    /// Something that is put off or open and sounds like a decision.
    fn undecided(&mut self, line: &Line, at: &RecordId, field: Field) {
        let decides = DECIDED.iter().any(|word| line.text.contains(word));
        if !decides {
            return;
        }
        let open = UNDECIDED.iter().find(|word| line.text.contains(**word));
        let is_postponed = line.source.as_ref().filter(|id| id.kind == RecordKind::Item).is_some_and(|id| {
            let record = self.plan.record(id);
            record.is_some_and(|item| item.text(Field::State) == "postponed") && !line.text.contains("暂缓")
        });
        if let Some(word) = open {
            self.push(LintRule::Undecided { word: (*word).into() }, at.clone(), field, Some(&line.key));
        } else if is_postponed {
            self.push(LintRule::Undecided { word: "暂缓".into() }, at.clone(), field, Some(&line.key));
        }
    }

    /// Words of the internal record, and who dissented.
    fn internal(&mut self, line: &Line, at: &RecordId, field: Field) {
        const LONG: usize = 8;
        for (_, record) in self.records(RecordKind::Line) {
            let said = record.text(Field::Text).trim().trim_end_matches('。');
            let speaker = record.text(Field::Speaker).trim();
            let is_long = said.chars().count() >= LONG;
            if is_long && line.text.contains(said) && line.state != LineState::AsComposed {
                self.push(LintRule::Internal { text: said.into() }, at.clone(), field, Some(&line.key));
            }
            let dissents = record.text(Field::Kind) == "dissent";
            let is_named = speaker.chars().count() >= 2 && line.text.contains(speaker);
            if dissents && is_named && line.key != "opening" {
                self.push(LintRule::Internal { text: speaker.into() }, at.clone(), field, Some(&line.key));
            }
        }
    }

    fn duplicates(&mut self, lines: &[Line]) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for line in lines {
            let text = line.text.trim().trim_end_matches('。');
            if text.chars().count() < 8 {
                continue;
            }
            let times = seen.entry(text).or_default();
            *times += 1;
            if *times == 2 {
                let own = RecordId::new(RecordKind::Sentence, self.meeting, line.key.clone());
                let at = line.source.clone().filter(|_| line.state == LineState::AsComposed).unwrap_or(own);
                self.push(LintRule::Duplicate { text: text.into() }, at, Field::Text, Some(&line.key));
            }
        }
    }

    fn date(&self) -> Option<NaiveDate> {
        self.plan.record(&RecordId::new(RecordKind::Meeting, self.meeting, ""))?.date(Field::Date)
    }

    fn banned(&self) -> Vec<Str> {
        let office = self.plan.record(&RecordId::of_plan(RecordKind::Office, ""));
        let own = office.map_or(&[][..], |office| office.texts(Field::Banned));
        if own.is_empty() { BANNED.map(Str::from).to_vec() } else { own.to_vec() }
    }

    fn is_department(&self, name: &str) -> bool {
        let all_of_us = ["各成员单位", "有关部门", "各有关单位", "市政府", "市委"];
        self.plan.units.iter().any(|unit| unit.names().any(|one| one == name))
            || self.records(RecordKind::Attendee).iter().any(|(id, _)| id.key == name)
            || all_of_us.contains(&name)
    }

    /// Whether a name is on the roster or is the chair's or the contact's.
    fn knows(&self, name: &str) -> bool {
        let meeting = self.plan.record(&RecordId::new(RecordKind::Meeting, self.meeting, ""));
        let office = self.plan.record(&RecordId::of_plan(RecordKind::Office, ""));
        let fits = |text: &str| !text.is_empty() && (text.contains(name) || name.contains(text));
        let of = |record: Option<&Record>| {
            record.is_some_and(|record| [Field::Chair, Field::Contact].iter().any(|field| fits(record.text(*field))))
        };
        of(meeting)
            || of(office)
            || self.records(RecordKind::Attendee).iter().any(|(_, one)| fits(one.text(Field::Name)))
    }

    /// A speaker is not looked for where the roster names departments and no people.
    fn knows_for(&self, unit: Option<&UnitId>, name: &str) -> bool {
        let roster = self.records(RecordKind::Attendee);
        let of_unit = unit.and_then(|unit| roster.iter().find(|(id, _)| id.key == unit.as_str()));
        let names_nobody = match of_unit {
            Some((_, attendee)) => attendee.text(Field::Name).is_empty(),
            None => roster.iter().all(|(_, attendee)| attendee.text(Field::Name).is_empty()),
        };
        // a department is no person
        names_nobody || self.is_department(name) || self.knows(name)
    }
}
