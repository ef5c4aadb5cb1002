//! The agenda: items in order, when each begins, and how the sum of minutes stands against the length of the meeting.

use super::{ItemKind, ItemState, Meeting, OutcomeView};
use crate::domain::{Field, NodeId, Record, RecordKind, Str, UnitId};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// An item of the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Item<'p> {
    pub key: &'p Str,
    pub record: &'p Record,
}

/// An item at its place on the agenda.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'p> {
    /// Its number; items that were dropped have none.
    pub number: Option<usize>,
    pub item: Item<'p>,
    /// When it begins if everything before it takes the minutes that it was given; `None` where the meeting has no time.
    pub starts: Option<NaiveTime>,
}

/// The minutes of an agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Timing {
    /// The sum of the minutes that items were given.
    pub sum: i64,
    /// Items that were given none.
    pub without: usize,
    /// The length of the meeting.
    pub length: Option<i64>,
}

impl Timing {
    /// Minutes beyond the length of the meeting; 0 where they fit.
    pub fn overrun(self) -> i64 {
        self.length.map_or(0, |length| (self.sum - length).max(0))
    }
}

/// A paper for an item.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'p> {
    pub key: &'p Str,
    pub record: &'p Record,
}

impl<'p> Paper<'p> {
    pub fn name(&self) -> &'p str {
        self.record.text(Field::Name)
    }

    /// The key of its item; empty for a paper of the meeting.
    pub fn item(&self) -> &'p str {
        self.record.text(Field::Item)
    }

    pub fn unit(&self) -> Option<&'p UnitId> {
        self.record.unit(Field::Unit)
    }

    pub fn due(&self) -> Option<NaiveDate> {
        self.record.due(Field::Due).and_then(|due| due.date)
    }

    pub fn received(&self) -> Option<NaiveDate> {
        self.record.date(Field::Received)
    }
}

impl<'p> Item<'p> {
    pub fn title(&self) -> &'p str {
        self.record.text(Field::Title)
    }

    /// Deliberation where the file says nothing: nothing that may need a decision is passed over.
    pub fn kind(&self) -> ItemKind {
        ItemKind::parse(self.record.text(Field::Kind)).unwrap_or(ItemKind::Deliberation)
    }

    pub fn state(&self) -> ItemState {
        ItemState::parse(self.record.text(Field::State)).unwrap_or_default()
    }

    pub fn section(&self) -> &'p str {
        self.record.text(Field::Section)
    }

    pub fn order(&self) -> i64 {
        self.record.number(Field::Order).unwrap_or(i64::MAX)
    }

    /// 汇报单位
    pub fn unit(&self) -> Option<&'p UnitId> {
        self.record.unit(Field::Unit)
    }

    pub fn speaker(&self) -> &'p str {
        self.record.text(Field::Speaker)
    }

    pub fn minutes(&self) -> Option<i64> {
        self.record.number(Field::Minutes)
    }

    pub fn tasks(&self) -> &'p [NodeId] {
        self.record.nodes(Field::Tasks)
    }

    pub fn question(&self) -> &'p str {
        self.record.text(Field::Question)
    }

    /// It is not on the agenda any more.
    pub fn is_dropped(&self) -> bool {
        self.state() == ItemState::Dropped
    }

    /// Something has to come of it before the meeting closes.
    pub fn is_unsettled(&self) -> bool {
        self.state() == ItemState::Open && (self.kind().asks_for_an_outcome() || self.record.flag(Field::Motion))
    }
}

impl<'p> Meeting<'p> {
    /// The items in order, dropped ones among them. Equal numbers, which a merge may bring, are told apart by their keys.
    pub fn items(&self) -> Vec<Item<'p>> {
        let mut items: Vec<Item> = self.records(RecordKind::Item).map(|(key, record)| Item { key, record }).collect();
        items.sort_by_key(|item| (item.order(), item.key));
        items
    }

    pub fn item(&self, key: &str) -> Option<Item<'p>> {
        let (id, record) = self.plan.records.get_key_value(&self.record_id(RecordKind::Item, key))?;
        Some(Item { key: &id.key, record })
    }

    /// The agenda with numbers and times.
    pub fn agenda(&self) -> Vec<Slot<'p>> {
        let begin = self.time();
        let (mut number, mut minutes) = (0, 0);
        let slot = |item: Item<'p>| {
            if item.is_dropped() {
                return Slot { number: None, item, starts: None };
            }
            number += 1;
            let starts = begin.map(|time| time + TimeDelta::minutes(minutes));
            minutes += item.minutes().unwrap_or(0).clamp(0, 24 * 60);
            Slot { number: Some(number), item, starts }
        };
        self.items().into_iter().map(slot).collect()
    }

    pub fn timing(&self) -> Timing {
        let items = self.items();
        let kept = || items.iter().filter(|item| !item.is_dropped());
        Timing {
            sum: kept().filter_map(Item::minutes).sum(),
            without: kept().filter(|item| item.minutes().is_none()).count(),
            length: self.length(),
        }
    }

    /// The item after the current one; the first that is open where none is current.
    pub fn next_item(&self) -> Option<Item<'p>> {
        let items: Vec<Item> = self.items().into_iter().filter(|item| !item.is_dropped()).collect();
        let at = self.current().and_then(|current| items.iter().position(|item| item.key == current.key));
        match at {
            Some(at) => items.get(at + 1).copied(),
            None => items.iter().find(|item| item.state() == ItemState::Open).copied(),
        }
    }

    /// The papers in the order of their items.
    pub fn papers(&self) -> Vec<Paper<'p>> {
        let items = self.items();
        let place = |paper: &Paper| items.iter().position(|item| item.key.as_str() == paper.item());
        let mut papers: Vec<Paper> =
            self.records(RecordKind::Paper).map(|(key, record)| Paper { key, record }).collect();
        papers.sort_by_key(|paper| (place(paper).unwrap_or(usize::MAX), paper.key));
        papers
    }

    /// The decisions in the order of the agenda.
    pub fn outcomes(&self) -> Vec<OutcomeView<'p>> {
        let items = self.items();
        let place = |outcome: &OutcomeView| items.iter().position(|item| item.key.as_str() == outcome.item());
        let mut outcomes: Vec<OutcomeView> = self
            .records(RecordKind::Outcome)
            .map(|(key, record)| OutcomeView { meeting: self.id, key, record, plan: self.plan })
            .collect();
        outcomes.sort_by_key(|outcome| (place(outcome).unwrap_or(usize::MAX), outcome.order(), outcome.key));
        outcomes
    }
}
