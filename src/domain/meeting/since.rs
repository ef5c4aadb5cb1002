//! What a notice said, and what has changed since: the list for a corrected notice.

use super::Meeting;
use crate::domain::{Field, RecordKind, Str};

/// Something that a notice says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    pub kind: FactKind,
    /// The item, for what is said of an item.
    pub key: Str,
    pub said: Str,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum FactKind {
    Date,
    Time,
    Place,
    Chair,
    /// An item, with its place on the agenda.
    Item,
}

impl FactKind {
    pub const ALL: [FactKind; 5] = [FactKind::Date, FactKind::Time, FactKind::Place, FactKind::Chair, FactKind::Item];

    pub fn token(self) -> &'static str {
        match self {
            FactKind::Date => "date",
            FactKind::Time => "time",
            FactKind::Place => "place",
            FactKind::Chair => "chair",
            FactKind::Item => "item",
        }
    }
}

impl Fact {
    /// `date|2025-03-20`, `item 4k2a9x|2|审议年度要点`: a line of a notice's record.
    pub fn line(&self) -> Str {
        let head = [self.kind.token(), self.key.as_str()].join(" ");
        format!("{}|{}", head.trim_end(), self.said).into()
    }

    fn parse(line: &str) -> Option<Fact> {
        let (head, said) = line.split_once('|')?;
        let (kind, key) = head.split_once(' ').unwrap_or((head, ""));
        let kind = FactKind::ALL.into_iter().find(|one| one.token() == kind)?;
        Some(Fact { kind, key: key.into(), said: said.into() })
    }
}

/// What a notice of the meeting says now.
pub fn facts(meeting: &Meeting) -> Vec<Fact> {
    let own = |kind, said: String| Fact { kind, key: Str::new(), said: said.into() };
    let mut facts = vec![
        own(FactKind::Date, meeting.date().map_or(String::new(), |date| date.to_string())),
        own(FactKind::Time, meeting.time().map_or(String::new(), |time| time.format("%H:%M").to_string())),
        own(FactKind::Place, meeting.place().to_string()),
        own(FactKind::Chair, meeting.chair().to_string()),
    ];
    for slot in meeting.agenda() {
        if let Some(number) = slot.number {
            let said = format!("{number}|{}", slot.item.title());
            facts.push(Fact { kind: FactKind::Item, key: slot.item.key.clone(), said: said.into() });
        }
    }
    facts
}

/// What differs from the last notice: what it said and what is true now, `None` where there is nothing. Empty before a notice.
pub fn since_notice(meeting: &Meeting) -> Vec<(Option<Fact>, Option<Fact>)> {
    let last = meeting.records(RecordKind::Notice).max_by_key(|(key, notice)| (notice.date(Field::Date), *key));
    let Some((_, notice)) = last else { return Vec::new() };
    let then: Vec<Fact> = notice.texts(Field::Facts).iter().filter_map(|line| Fact::parse(line)).collect();
    let now = facts(meeting);
    let same = |a: &Fact, b: &Fact| a.kind == b.kind && a.key == b.key;
    let mut changed = Vec::new();
    for fact in &then {
        let new = now.iter().find(|other| same(fact, other));
        if new != Some(fact) {
            changed.push((Some(fact.clone()), new.cloned()));
        }
    }
    let is_new = |fact: &&Fact| !then.iter().any(|other| same(fact, other));
    changed.extend(now.iter().filter(is_new).map(|fact| (None, Some(fact.clone()))));
    changed
}
