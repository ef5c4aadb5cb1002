//! The register of decisions across meetings, and what people ask of it.

use super::{Follow, FollowState, Rules, Step, fold, step};
use crate::domain::{Calendar, Field, NodeId, Plan, Record, RecordId, RecordKind, Str, UnitId, UnitMatch, pinyin};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A decision with what became of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry<'p> {
    pub id: &'p RecordId,
    pub outcome: &'p Record,
    pub follow: Follow,
    /// The meeting's day.
    pub date: Option<NaiveDate>,
    pub item: Option<&'p Record>,
}

/// A word that somebody asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Asked {
    State(FollowState),
    /// Not closed.
    Unfinished,
    Overdue,
    /// No lead or no date.
    Holes,
    Tracked,
    /// A meeting, department, title or text; in characters, pinyin or initials.
    Words(Str, Option<UnitId>),
}

impl Asked {
    /// Understands a word of a filter.
    pub fn parse(plan: &Plan, word: &str) -> Asked {
        match word.trim() {
            "open" | "unfinished" | "未办结" | "在办" => return Asked::Unfinished,
            "overdue" | "逾期" => return Asked::Overdue,
            "holes" | "缺项" => return Asked::Holes,
            "tracked" | "督办" => return Asked::Tracked,
            "untracked" | "未列入" => return Asked::State(FollowState::Open),
            "办结" | "已办结" => return Asked::State(FollowState::Closed),
            _ => {}
        }
        if let Some(state) = FollowState::ALL.into_iter().find(|state| state.token() == word.trim()) {
            return Asked::State(state);
        }
        let unit = match plan.find_unit(word) {
            UnitMatch::One(unit) => Some(unit),
            UnitMatch::Many(_) | UnitMatch::None => None,
        };
        Asked::Words(word.trim().into(), unit)
    }

    /// Whether a decision answers to it.
    pub fn fits(&self, entry: &Entry, today: NaiveDate) -> bool {
        let follow = &entry.follow;
        match self {
            Asked::State(state) => follow.state == *state,
            Asked::Unfinished => !follow.is_closed(),
            Asked::Overdue => follow.is_overdue(today),
            Asked::Holes => !follow.is_closed() && !follow.holes().is_empty(),
            Asked::Tracked => follow.state != FollowState::Open,
            Asked::Words(words, unit) => {
                let title = entry.item.map_or("", |item| item.text(Field::Title));
                let is_of_unit = unit.as_ref().is_some_and(|unit| follow.units().any(|one| one == unit));
                let says = |text: &str| pinyin::find(text, words).is_some();
                let tasks = entry.outcome.nodes(Field::Tasks);
                is_of_unit
                    || entry.id.key == *words
                    || entry.id.meeting.starts_with(words.as_str())
                    || says(entry.outcome.text(Field::Text))
                    || says(title)
                    || tasks.iter().any(|task| task.as_str() == words.as_str() || task.printed() == words.as_str())
            }
        }
    }
}

/// Every decision, by meeting and in the order of its agenda.
pub fn register(plan: &Plan) -> Vec<Entry<'_>> {
    let mut steps: HashMap<(&str, &str), Vec<Step>> = HashMap::new();
    for (id, record) in plan.records_of(RecordKind::Step) {
        let of = (id.meeting.as_str(), record.text(Field::Outcome));
        steps.entry(of).or_default().extend(Step::read(id, record));
    }
    steps.values_mut().for_each(|steps| step::sort(steps));
    let needed = Rules::of(plan).signoffs;
    let mut entries: Vec<Entry> = plan
        .records_of(RecordKind::Outcome)
        .map(|(id, outcome)| {
            let steps = steps.get(&(id.meeting.as_str(), id.key.as_str())).map_or(&[][..], Vec::as_slice);
            let meeting = plan.record(&id.beside(RecordKind::Meeting, ""));
            Entry {
                id,
                outcome,
                follow: fold(id, outcome, steps, needed),
                date: meeting.and_then(|meeting| meeting.date(Field::Date)),
                item: plan.record(&id.beside(RecordKind::Item, outcome.text(Field::Item))),
            }
        })
        .collect();
    entries.sort_by_key(|entry| {
        let order = |record: Option<&Record>| record.and_then(|record| record.number(Field::Order)).unwrap_or(i64::MAX);
        let item = entry.outcome.text(Field::Item);
        (entry.date, &entry.id.meeting, order(entry.item), item, order(Some(entry.outcome)), &entry.id.key)
    });
    entries
}

impl<'p> Entry<'p> {
    /// The clauses that it serves: its own, or those of its item.
    pub fn tasks(&self) -> &'p [NodeId] {
        let own = self.outcome.nodes(Field::Tasks);
        if own.is_empty() { self.item.map_or(&[], |item| item.nodes(Field::Tasks)) } else { own }
    }

    /// Working days to the deadline.
    pub fn days_left(&self, today: NaiveDate, calendar: &Calendar) -> Option<i32> {
        self.follow.due_date().map(|due| calendar.days_left(today, due))
    }
}
