//! What a reader is told of the changes between two states: one difference for each thing that happened.
//!
//! A record that was taken out and put in elsewhere has moved; one that went under one id and came back alike under another has
//! been renamed; the log entry that gives the reason of a new deadline is its basis and not a change beside it.

use crate::domain::{Entry, EntryKind, FieldValue, NodeId, Part, Parts, RecordKind, Str, UnitId, repair_parts};
use crate::edit::{Change, Place, Value, likeness};
use std::collections::HashMap;

/// One thing that happened between two states.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Short, and the same as long as the change is the same.
    pub id: String,
    pub place: Place,
    pub old: Option<Value>,
    pub new: Option<Value>,
    pub shape: Shape,
    pub basis: Option<Basis>,
    /// It only accompanies another difference, which says it: a reason, an original deadline, the state of a renumbered task.
    pub with: Option<usize>,
    /// The changes that make it, in order.
    pub changes: Vec<Change>,
}

/// What became of a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Set,
    /// A record that is the same and stands elsewhere in its list.
    Moved,
    /// A record that went by another id before.
    Renamed {
        from: Place,
    },
}

/// By which meeting or letter something was changed, and who wrote that down.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    pub text: Str,
    pub by: Option<Str>,
}

/// The departments that a field of a record names.
fn named(value: &FieldValue) -> Vec<UnitId> {
    match value {
        FieldValue::Unit(unit) => vec![unit.clone()],
        FieldValue::Units(units) => units.clone(),
        _ => Vec::new(),
    }
}

/// Two records are one that was renamed from here on.
const ALIKE: f64 = 0.6;

/// The differences that changes come to.
pub fn differences(changes: Vec<Change>) -> Vec<Difference> {
    let mut found = by_place(changes);
    find_moves(&mut found);
    find_renames(&mut found);
    find_bases(&mut found);
    find_whole_plan(&mut found);
    find_rosters(&mut found);
    name(&mut found);
    found
}

/// One difference a place: what stood there first, what stands there last.
fn by_place(changes: Vec<Change>) -> Vec<Difference> {
    let mut at: HashMap<Place, usize> = HashMap::new();
    let mut found: Vec<Difference> = Vec::new();
    for change in changes {
        match at.get(&change.place) {
            Some(&at) => {
                found[at].new = change.new.clone();
                found[at].changes.push(change);
            }
            None => {
                at.insert(change.place.clone(), found.len());
                found.push(Difference {
                    id: String::new(),
                    place: change.place.clone(),
                    old: change.old.clone(),
                    new: change.new.clone(),
                    shape: Shape::Set,
                    basis: None,
                    with: None,
                    changes: vec![change],
                });
            }
        }
    }
    // the cells of a row that moved were only taken out and put back
    found.retain(|difference| difference.old != difference.new);
    found
}

fn find_moves(found: &mut [Difference]) {
    for difference in found {
        if let (Some(old), Some(new)) = (&difference.old, &difference.new)
            && position(old).is_some()
            && record_parts(old) == record_parts(new)
        {
            difference.shape = Shape::Moved;
        }
    }
}

/// The seats that come with a new meeting, or go with one, are not told one by one.
fn find_rosters(found: &mut [Difference]) {
    let meetings: HashMap<(Str, bool), usize> = found
        .iter()
        .enumerate()
        .filter_map(|(at, one)| match &one.place {
            Place::Record(id) if id.kind == RecordKind::Meeting => Some(((id.meeting.clone(), one.new.is_some()), at)),
            _ => None,
        })
        .collect();
    for one in found {
        if let Place::Record(id) = &one.place
            && id.kind == RecordKind::Attendee
        {
            one.with = meetings.get(&(id.meeting.clone(), one.new.is_some())).copied();
        }
    }
}

/// Pairs records that went with records that came and are alike, the most alike first.
fn find_renames(found: &mut Vec<Difference>) {
    let gone: Vec<usize> = (0..found.len()).filter(|at| is_record(&found[*at]) && found[*at].new.is_none()).collect();
    let come: Vec<usize> = (0..found.len()).filter(|at| is_record(&found[*at]) && found[*at].old.is_none()).collect();
    // a plan that was replaced as a whole is not looked through record by record
    if gone.is_empty() || come.is_empty() || gone.len() * come.len() > 10_000 {
        return;
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for &old in &gone {
        for &new in &come {
            if let (Some(a), Some(b)) = (&found[old].old, &found[new].new) {
                let alike = alike(a, b);
                if alike >= ALIKE {
                    pairs.push((alike, old, new));
                }
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut renamed: HashMap<usize, usize> = HashMap::new();
    let mut taken: Vec<usize> = Vec::new();
    for (_, old, new) in pairs {
        if !renamed.contains_key(&new) && !taken.contains(&old) {
            renamed.insert(new, old);
            taken.push(old);
        }
    }
    let mut moved_to: HashMap<String, String> = HashMap::new();
    for (&new, &old) in &renamed {
        let from = found[old].place.clone();
        moved_to.extend(key(&from).zip(key(&found[new].place)));
        let mut changes = found[old].changes.clone();
        changes.append(&mut found[new].changes);
        found[new].changes = changes;
        found[new].old = found[old].old.clone();
        found[new].shape = Shape::Renamed { from };
    }
    // what was kept of a record under its old id and is kept under the new one has come along
    let follows: Vec<(usize, usize)> = found
        .iter()
        .enumerate()
        .filter(|(_, come)| come.old.is_none() && come.new.is_some() && !is_record(come))
        .filter_map(|(at, come)| {
            let from = found.iter().position(|gone| {
                let same = gone.old == come.new && gone.new.is_none();
                same && std::mem::discriminant(&gone.place) == std::mem::discriminant(&come.place)
                    && kept_at(&gone.place).is_some_and(|id| moved_to.get(&id) == kept_at(&come.place).as_ref())
            })?;
            Some((at, from))
        })
        .collect();
    for (at, from) in follows {
        let to = kept_at(&found[at].place);
        let main = found.iter().position(|record| is_record(record) && key(&record.place) == to);
        if let Some(main) = main {
            found[at].with = Some(main);
            found[from].with = Some(main);
        }
    }
    // the record that went is told where it came to
    let mut at = 0;
    let mut places: Vec<Option<usize>> = Vec::with_capacity(found.len());
    let mut kept = 0;
    for old in 0..found.len() {
        let stays = !taken.contains(&old);
        places.push(stays.then_some(kept));
        kept += usize::from(stays);
    }
    found.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
    for difference in found {
        difference.with = difference.with.and_then(|main| places[main]);
    }
}

/// The reasons that log entries give, and what only goes along with another change.
fn find_bases(found: &mut [Difference]) {
    for at in 0..found.len() {
        let (Place::Entry(node, _), Some(Value::Entry(entry))) = (&found[at].place, &found[at].new) else { continue };
        let Some(main) = found.iter().position(|other| is_told_by(other, node, entry)) else { continue };
        let basis = Basis { text: entry.text.clone(), by: entry.by.clone() };
        found[main].basis = Some(basis).filter(|basis| !basis.text.is_empty());
        found[at].with = Some(main);
    }
    for at in 0..found.len() {
        if let Place::OriginalDue(id) = &found[at].place {
            let due = Place::Due(id.clone());
            found[at].with = found.iter().position(|other| other.place == due);
        }
        if let (Place::Actual(..), Some(Value::Actual(actual))) = (&found[at].place, &found[at].new)
            && !actual.source.is_empty()
        {
            found[at].basis = Some(Basis { text: actual.source.clone(), by: None });
        }
    }
}

/// A plan that came or went as a whole is one thing that happened, and not a thousand.
fn find_whole_plan(found: &mut [Difference]) {
    let titled = |value: &Option<Value>| matches!(value, Some(Value::Info(info)) if !info.title.is_empty());
    let Some(info) = found.iter().position(|one| one.place == Place::Info) else { return };
    if titled(&found[info].old) == titled(&found[info].new) {
        return;
    }
    let others = found.iter_mut().enumerate().filter(|(at, _)| *at != info);
    others.for_each(|(_, difference)| difference.with = Some(info));
}

/// Whether a log entry tells why a place was changed to what it is.
fn is_told_by(difference: &Difference, node: &NodeId, entry: &Entry) -> bool {
    match (&difference.place, &entry.kind) {
        (Place::Due(id), EntryKind::Deadline { to, .. }) => id == node && to.clone().map(Value::Due) == difference.new,
        (Place::Status(id), EntryKind::Status { to, .. }) => {
            let new = match &difference.new {
                Some(Value::Status(status)) => *status,
                _ => Default::default(),
            };
            id == node && *to == new
        }
        _ => false,
    }
}

/// Short ids made from what changed, as long as they have to be to differ.
fn name(found: &mut [Difference]) {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let long: Vec<String> = found
        .iter()
        .map(|difference| {
            let said = serde_json::to_vec(&(&difference.place, &difference.old, &difference.new)).unwrap_or_default();
            let hash = said
                .iter()
                .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
            let hash = hash ^ (hash >> 29);
            (0..12).map(|at| DIGITS[(hash >> (at * 5)) as usize & 31] as char).collect()
        })
        .collect();
    for (at, difference) in found.iter_mut().enumerate() {
        let others = || long.iter().enumerate().filter(|(other, _)| *other != at);
        let length = (4..12).find(|length| !others().any(|(_, other)| other[..*length] == long[at][..*length]));
        difference.id = long[at][..length.unwrap_or(12)].to_string();
    }
}

impl Difference {
    /// The parts of a record that changed: part, before, after.
    pub fn parts(&self) -> Vec<(Part, Option<String>, Option<String>)> {
        let of = |value: &Option<Value>| value.as_ref().map(record_parts).unwrap_or_default();
        let (old, new) = (of(&self.old), of(&self.new));
        let words =
            |parts: &Parts, part| parts.iter().find(|(other, _)| *other == part).map(|(_, words)| words.clone());
        let all = old.iter().chain(new.iter().filter(|(part, _)| !old.iter().any(|(other, _)| other == part)));
        let all = all.map(|(part, _)| (*part, words(&old, *part), words(&new, *part)));
        all.filter(|(_, old, new)| old != new).collect()
    }

    /// A record came, went, moved or was renamed, or is another now.
    pub fn is_record(&self) -> bool {
        is_record(self)
    }

    /// The departments that this is about.
    pub fn units(&self) -> Vec<UnitId> {
        let mut units = Vec::new();
        match &self.place {
            Place::Cell(_, unit) | Place::Unit(unit) => units.push(unit.clone()),
            Place::Record(id) | Place::Field(id, _) if id.kind == RecordKind::Attendee => {
                units.push(UnitId::new(id.key.clone()));
            }
            _ => {}
        }
        for value in [&self.old, &self.new].into_iter().flatten() {
            match value {
                Value::Unit(unit) => units.push(unit.clone()),
                Value::Units(list) => units.extend(list.iter().cloned()),
                Value::Record(record) => units.extend(record.fields().flat_map(|(_, value)| named(value))),
                Value::Field(value) => units.extend(named(value)),
                _ => {}
            }
        }
        units.sort();
        units.dedup();
        units
    }
}

fn is_record(difference: &Difference) -> bool {
    matches!(
        difference.place,
        Place::Info | Place::Node(_) | Place::Repairs(_) | Place::Unit(_) | Place::Target(_) | Place::Row(_)
    )
}

/// Where a record stands in its list.
fn position(value: &Value) -> Option<usize> {
    match value {
        Value::Node(at, _) | Value::UnitRecord(at, _) | Value::Target(at, _) | Value::Row(at, _) => Some(*at),
        _ => None,
    }
}

fn record_parts(value: &Value) -> Parts {
    match value {
        Value::Info(info) => info.parts(),
        Value::Node(_, node) => node.parts(),
        Value::Repairs(repairs) => repair_parts(repairs),
        Value::UnitRecord(_, unit) => unit.parts(),
        Value::Target(_, target) => target.parts(),
        Value::Row(_, row) => row.parts(),
        _ => Vec::new(),
    }
}

/// How alike two records of one kind are.
fn alike(old: &Value, new: &Value) -> f64 {
    match (old, new) {
        (Value::Node(_, a), Value::Node(_, b)) if a.kind == b.kind => {
            if a.title == b.title && !a.title.is_empty() {
                1.0
            } else {
                likeness(&a.text, &b.text)
            }
        }
        (Value::UnitRecord(_, a), Value::UnitRecord(_, b)) => {
            let shares = a.names().any(|name| b.names().any(|other| name == other));
            if shares || a.successor.as_ref() == Some(&b.id) { 1.0 } else { 0.0 }
        }
        (Value::Target(_, a), Value::Target(_, b)) => likeness(&a.wording, &b.wording),
        (Value::Row(_, a), Value::Row(_, b)) => likeness(&a.content, &b.content),
        _ => 0.0,
    }
}

/// The id of a record.
fn key(place: &Place) -> Option<String> {
    match place {
        Place::Node(id) => Some(id.to_string()),
        Place::Unit(unit) => Some(unit.to_string()),
        Place::Target(target) => Some(target.to_string()),
        Place::Row(row) => Some(row.to_string()),
        _ => None,
    }
}

/// The id of the record that a place belongs to.
fn kept_at(place: &Place) -> Option<String> {
    match place {
        Place::Actual(target, _) => Some(target.to_string()),
        place => place.node().map(NodeId::to_string),
    }
}
