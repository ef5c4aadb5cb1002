//! Finding the changes between two plans.

use super::apply::{current, without_actuals, without_roles};
use super::{Change, Place};
use crate::domain::{Field, NodeId, Plan, RecordId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

/// The changes that turn `a` into `b`: `apply_all(a, diff(a, b)) == b`.
///
/// Ids are unique in both. Log entries that have not been read are compared by name.
pub fn diff(a: &Plan, b: &Plan) -> Vec<Change> {
    let mut out = Diff { a, b, work: a.clone(), changes: Vec::new() };
    out.place(Place::Info);
    out.list(
        |plan| plan.units.iter().map(|unit| unit.id.clone()).collect(),
        Place::Unit,
        |at| a.units[at] == b.units[at],
    );
    out.list(
        |plan| plan.text.nodes.iter().map(|node| node.id.clone()).collect(),
        Place::Node,
        |at| a.text.nodes[at] == b.text.nodes[at],
    );
    // what is the same throughout is most of a plan, and need not be looked at place by place
    if out.work.text.repairs != b.text.repairs {
        let notes = [a, b].into_iter().flat_map(|plan| &plan.text.repairs);
        let noted: BTreeSet<NodeId> = notes.map(|repair| repair.node.clone()).collect();
        noted.into_iter().for_each(|node| out.place(Place::Repairs(node)));
    }
    out.place(Place::Tail);
    out.list(
        |plan| plan.matrix.rows.iter().map(|row| row.id.clone()).collect(),
        Place::Row,
        |at| without_roles(&a.matrix.rows[at]) == without_roles(&b.matrix.rows[at]),
    );
    for row in &b.matrix.rows {
        if out.work.matrix.row(&row.id) == Some(row) {
            continue;
        }
        out.place(Place::RowLead(row.id.clone()));
        let mut units: Vec<_> = row.roles.iter().map(|(unit, _)| unit.clone()).collect();
        units.extend(a.matrix.row(&row.id).into_iter().flat_map(|row| row.roles.iter().map(|(unit, _)| unit.clone())));
        let mut seen = HashSet::new();
        units.retain(|unit| seen.insert(unit.clone()));
        units.into_iter().for_each(|unit| out.place(Place::Cell(row.id.clone(), unit)));
    }
    out.list(
        |plan| plan.targets.iter().map(|target| target.id.clone()).collect(),
        Place::Target,
        |at| without_actuals(&a.targets[at]) == without_actuals(&b.targets[at]),
    );
    for target in &b.targets {
        let before = a.targets.iter().find(|t| t.id == target.id).map(|t| &t.actuals);
        let years: BTreeSet<i32> =
            target.actuals.keys().chain(before.into_iter().flat_map(BTreeMap::keys)).copied().collect();
        years.into_iter().for_each(|year| out.place(Place::Actual(target.id.clone(), year)));
    }
    let tasks: BTreeSet<&NodeId> = a.tasks.keys().chain(b.tasks.keys()).collect();
    for id in tasks.into_iter().filter(|id| a.tasks.get(*id) != b.tasks.get(*id)) {
        for place in [Place::Status, Place::Due, Place::OriginalDue, Place::Lead, Place::Responsible] {
            out.place(place(id.clone()));
        }
    }
    let logs: BTreeSet<&NodeId> = a.log.keys().chain(b.log.keys()).collect();
    for node in logs {
        let ids =
            |plan: &Plan| plan.log.get(node).into_iter().flatten().map(|item| item.id.clone()).collect::<BTreeSet<_>>();
        for id in ids(a).union(&ids(b)) {
            out.place(Place::Entry(node.clone(), id.clone()));
        }
    }
    let records: BTreeSet<&RecordId> = a.records.keys().chain(b.records.keys()).collect();
    for id in records {
        match (a.records.get(id), b.records.get(id)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(old), Some(new)) => {
                let fields: BTreeSet<Field> = old.fields().chain(new.fields()).map(|(field, _)| field).collect();
                fields.into_iter().for_each(|field| out.place(Place::Field(id.clone(), field)));
            }
            (Some(_), None) | (None, _) => out.place(Place::Record(id.clone())),
        }
    }
    let conflicts = a.conflicts.iter().chain(&b.conflicts).map(|conflict| (conflict.file.clone(), conflict.id.clone()));
    for (file, id) in conflicts.collect::<BTreeSet<_>>() {
        out.place(Place::Conflict(file, id));
    }
    out.changes
}

struct Diff<'a> {
    a: &'a Plan,
    b: &'a Plan,
    /// `a` with the changes of ordered lists so far, so that places in lists are right.
    work: Plan,
    changes: Vec<Change>,
}

impl Diff<'_> {
    fn push(&mut self, place: Place, to: &Plan) {
        let change = Change::new(place.clone(), current(&self.work, &place), current(to, &place));
        self.keep(change);
    }

    fn clear(&mut self, place: Place) {
        let change = Change::new(place.clone(), current(&self.work, &place), None);
        self.keep(change);
    }

    /// A change that does not fit is left out: only files in which an id stands twice lead there.
    fn keep(&mut self, change: Change) {
        if !change.is_empty() && super::apply(&mut self.work, &change).is_ok() {
            self.changes.push(change);
        }
    }

    fn place(&mut self, place: Place) {
        let b = self.b;
        self.push(place, b);
    }

    /// Records of an ordered list: removed and moved ones go first, then the list is filled in the order of `b`.
    fn list<K: Clone + Eq + Hash>(
        &mut self,
        keys: impl Fn(&Plan) -> Vec<K>,
        place: impl Fn(K) -> Place,
        same: impl Fn(usize) -> bool,
    ) {
        let (from, to) = (keys(self.a), keys(self.b));
        if from == to {
            from.into_iter().enumerate().filter(|(at, _)| !same(*at)).for_each(|(_, key)| self.place(place(key)));
            return;
        }
        let stay = kept_in_order(&from, &to);
        for key in from.iter().filter(|key| !stay.contains(key)) {
            let place = place(key.clone());
            parts(&self.work, &place).into_iter().for_each(|part| self.clear(part));
            self.clear(place);
        }
        let b = self.b;
        to.into_iter().for_each(|key| self.push(place(key), b));
    }
}

/// What a record holds in places of its own, which have to be emptied before the record goes.
fn parts(plan: &Plan, place: &Place) -> Vec<Place> {
    match place {
        Place::Row(id) => {
            let Some(row) = plan.matrix.row(id) else { return Vec::new() };
            let lead = row.lead.iter().map(|_| Place::RowLead(id.clone()));
            lead.chain(row.roles.iter().map(|(unit, _)| Place::Cell(id.clone(), unit.clone()))).collect()
        }
        Place::Target(id) => {
            let target = plan.targets.iter().find(|target| target.id == *id);
            target.into_iter().flat_map(|t| t.actuals.keys().map(|year| Place::Actual(id.clone(), *year))).collect()
        }
        _ => Vec::new(),
    }
}

/// The most keys that keep their order from one list to the other; the rest have to be taken out and put in again.
pub(super) fn kept_in_order<'k, K: Eq + Hash>(from: &'k [K], to: &[K]) -> HashSet<&'k K> {
    let places: HashMap<&K, usize> = to.iter().enumerate().map(|(at, key)| (key, at)).collect();
    // the longest increasing run of places: for each length, the item on which the best run of that length ends
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; from.len()];
    for (at, key) in from.iter().enumerate() {
        let Some(place) = places.get(key).copied() else { continue };
        let length = ends.partition_point(|(end, _)| *end < place);
        before[at] = length.checked_sub(1).map(|shorter| ends[shorter].1);
        match ends.get_mut(length) {
            Some(end) => *end = (place, at),
            None => ends.push((place, at)),
        }
    }
    let mut kept = HashSet::new();
    let mut at = ends.last().map(|(_, at)| *at);
    while let Some(here) = at {
        kept.insert(&from[here]);
        at = before[here];
    }
    kept
}
