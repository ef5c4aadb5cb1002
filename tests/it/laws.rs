//! The laws of changes, with random plans, random changes and files that people have formatted by hand.
//!
//! 1: a change and its inverse leave the same plan and the same bytes. 2: `apply(diff(a, b), a) == b`. 4: what is on disk and
//! what is in memory never differ. 5: a change touches only the lines of its field.

use super::plans::{self, Desk, Rng, any_change, any_plan, assert_same_plan, by_hand, rounds};
use lianxi::domain::{LogItem, NodeKind, Plan};
use lianxi::edit::{self, Change, Place, Transaction, Verb};
use lianxi::store::{layout, parse_only};
use lianxi::workspace::{CommitError, UndoError, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// The plan with every log read.
fn whole(workspace: &mut Workspace) -> Plan {
    workspace.read_all_logs();
    workspace.plan().clone()
}

/// Law 4: a second look at the disk sees what is in memory, problems included.
fn assert_as_on_disk(desk: &Desk, workspace: &mut Workspace) {
    let mut fresh = desk.open();
    assert_same_plan(&whole(&mut fresh), &whole(workspace));
    let problems = |workspace: &Workspace| workspace.problems().cloned().collect::<Vec<_>>();
    assert_eq!(problems(&fresh), problems(workspace));
}

#[test]
fn a_change_and_its_inverse_leave_the_same_plan() {
    rounds(60, |rng| {
        let before = any_plan(rng);
        let mut plan = before.clone();
        let mut done = Vec::new();
        for _ in 0..20 {
            let change = any_change(rng, &plan);
            edit::apply(&mut plan, &change).expect("it fits");
            assert_eq!(edit::current(&plan, &change.place), change.new);
            done.push(change);
        }
        for change in done.iter().rev() {
            edit::apply(&mut plan, &change.invert()).expect("it was just applied");
        }
        assert_same_plan(&plan, &before);
        // all of them, or none
        let mut spoiled = done.clone();
        let stale = spoiled[0].invert();
        if stale.old
            != edit::current(
                &{
                    let mut p = before.clone();
                    edit::apply_all(&mut p, &done).expect("fits");
                    p
                },
                &stale.place,
            )
        {
            spoiled.push(stale);
            assert!(edit::apply_all(&mut plan, &spoiled).is_err());
            assert_same_plan(&plan, &before);
        }
    });
}

#[test]
fn undo_and_redo_restore_every_byte() {
    rounds(12, |rng| saves_and_undoes(rng, false));
}

#[test]
fn undo_and_redo_restore_every_byte_of_files_written_by_hand() {
    rounds(25, |rng| saves_and_undoes(rng, true));
}

fn saves_and_undoes(rng: &mut Rng, hand_made: bool) {
    let desk = Desk::new(&any_plan(rng));
    if hand_made {
        let before = whole(&mut desk.open());
        for (name, bytes) in desk.files() {
            desk.write(&name, by_hand(rng, &name, std::str::from_utf8(&bytes).expect("text")));
        }
        let mut workspace = desk.open();
        assert_eq!(workspace.damaged(), &BTreeSet::new(), "{:?}", workspace.problems().collect::<Vec<_>>());
        assert_same_plan(&whole(&mut workspace), &before);
    }
    let mut workspace = desk.open();
    let mut past = vec![(desk.files(), whole(&mut workspace))];
    for _ in 0..8 {
        let transaction = any_transaction(rng, workspace.plan());
        match workspace.commit(&transaction) {
            Ok(()) => past.push((desk.files(), whole(&mut workspace))),
            // there is no line to put it on: refused, and nothing has changed
            Err(CommitError::NotLines { .. }) if hand_made => {
                let (files, plan) = past.last().expect("the first state");
                assert_same_files(&desk.files(), files);
                assert_same_plan(&whole(&mut workspace), plan);
            }
            Err(error) => panic!("{error:?}: {transaction:#?}"),
        }
        assert_as_on_disk(&desk, &mut workspace);
    }
    for (files, plan) in past.iter().rev().skip(1) {
        if rng.one_in(3) {
            workspace = desk.open();
        }
        workspace.undo().expect("there is a step");
        assert_same_files(&desk.files(), files);
        assert_same_plan(&whole(&mut workspace), plan);
        assert_as_on_disk(&desk, &mut workspace);
    }
    assert!(matches!(workspace.undo(), Err(UndoError::Nothing)));
    for (files, plan) in past.iter().skip(1) {
        if rng.one_in(3) {
            workspace = desk.open();
        }
        workspace.redo().expect("there is a step");
        assert_same_files(&desk.files(), files);
        assert_same_plan(&whole(&mut workspace), plan);
        assert_as_on_disk(&desk, &mut workspace);
    }
    assert!(matches!(workspace.redo(), Err(UndoError::Nothing)));
}

fn assert_same_files(now: &BTreeMap<String, Vec<u8>>, then: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(now.keys().collect::<Vec<_>>(), then.keys().collect::<Vec<_>>());
    for (name, bytes) in now {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&then[name]), "{name}");
    }
}

/// A step of one to four changes, each of which fits after those before it.
fn any_transaction(rng: &mut Rng, plan: &Plan) -> Transaction {
    let mut plan = plan.clone();
    let mut changes = Vec::new();
    for _ in 0..1 + rng.below(4) {
        let change = any_change(rng, &plan);
        edit::apply(&mut plan, &change).expect("it fits");
        changes.push(change);
    }
    Transaction::new(Verb::Mark, changes)
}

/// Undo, redo and new steps in any order: the stacks never lead astray.
#[test]
fn undo_redo_and_new_steps_in_any_order() {
    rounds(12, |rng| {
        let desk = Desk::new(&any_plan(rng));
        let mut workspace = desk.open();
        let mut past = vec![desk.files()];
        let mut at = 0;
        for _ in 0..25 {
            match rng.below(4) {
                0 | 1 => {
                    let transaction = any_transaction(rng, workspace.plan());
                    workspace.commit(&transaction).expect("saved");
                    past.truncate(at + 1);
                    past.push(desk.files());
                    at += 1;
                }
                2 if at > 0 => {
                    workspace.undo().expect("there is a step");
                    at -= 1;
                }
                2 => assert!(matches!(workspace.undo(), Err(UndoError::Nothing))),
                _ if at + 1 < past.len() => {
                    workspace.redo().expect("there is a step");
                    at += 1;
                }
                _ => assert!(matches!(workspace.redo(), Err(UndoError::Nothing))),
            }
            if rng.one_in(4) {
                workspace = desk.open();
            }
            assert_same_files(&desk.files(), &past[at]);
        }
    });
}

#[test]
fn diff_leads_from_any_plan_to_any_other() {
    rounds(120, |rng| {
        let a = any_plan(rng);
        assert_eq!(edit::diff(&a, &a), []);
        let b = if rng.one_in(3) { any_plan(rng) } else { rearranged(rng, &a) };
        let changes = edit::diff(&a, &b);
        let mut plan = a.clone();
        edit::apply_all(&mut plan, &changes).expect("every change fits");
        assert_same_plan(&plan, &b);
        let back: Vec<Change> = changes.iter().rev().map(Change::invert).collect();
        edit::apply_all(&mut plan, &back).expect("every change can be taken back");
        assert_same_plan(&plan, &a);
    });
}

/// A plan after some records were added, removed, moved and changed.
fn rearranged(rng: &mut Rng, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for n in 0..1 + rng.below(6) {
        match rng.below(12) {
            0 => {
                let at = rng.below(plan.text.nodes.len() + 1);
                plan.text.nodes.insert(at, plans::any_node(rng, &format!("new.{n}"), NodeKind::Task));
            }
            1 => drop(plan.text.nodes.remove(rng.below(plan.text.nodes.len()))),
            2 => {
                let node = plan.text.nodes.remove(rng.below(plan.text.nodes.len()));
                plan.text.nodes.insert(rng.below(plan.text.nodes.len() + 1), node);
            }
            3 => {
                let at = rng.below(plan.units.len() + 1);
                plan.units.insert(at, plans::any_unit(rng, &format!("新单位{n}")));
            }
            4 if plan.units.len() > 1 => drop(plan.units.remove(rng.below(plan.units.len()))),
            5 => rng.shuffle(&mut plan.units),
            6 => rng.shuffle(&mut plan.matrix.rows),
            7 if !plan.matrix.rows.is_empty() => drop(plan.matrix.rows.remove(rng.below(plan.matrix.rows.len()))),
            8 => rng.shuffle(&mut plan.targets),
            9 => {
                let node = plan.text.nodes[rng.below(plan.text.nodes.len())].id.clone();
                plan.text.repairs.retain(|repair| repair.node != node);
                plan.text.repairs.extend(plans::any_repairs(rng, &node));
            }
            10 => {
                let target = plans::any_target(rng, &format!("N{n}"), &plan.text.nodes[0].id.clone());
                plan.targets.insert(rng.below(plan.targets.len() + 1), target);
            }
            _ => {
                let change = any_change(rng, &plan);
                edit::apply(&mut plan, &change).expect("it fits");
            }
        }
    }
    // the orders that a plan keeps: roles by the register, repairs by the text
    let units: Vec<_> = plan.units.iter().map(|unit| unit.id.clone()).collect();
    let unit = |id: &_| units.iter().position(|known| known == id).unwrap_or(usize::MAX);
    for row in &mut plan.matrix.rows {
        row.roles.sort_by(|(a, _), (b, _)| unit(a).cmp(&unit(b)).then_with(|| a.cmp(b)));
    }
    let nodes: Vec<_> = plan.text.nodes.iter().map(|node| node.id.clone()).collect();
    plan.text
        .repairs
        .sort_by_key(|repair| (nodes.iter().position(|id| *id == repair.node), repair.node.clone(), repair.at));
    plan
}

/// Logs that were listed and not read are compared by name.
#[test]
fn diff_compares_unread_entries_by_name() {
    let mut rng = Rng::new(1);
    let entry = plans::any_entry(&mut rng);
    let mut plan = any_plan(&mut rng);
    let node = plan.tracked().next().expect("a task").id.clone();
    plan.log.insert(node.clone(), vec![LogItem { id: entry.id.clone(), entry: None }]);
    let mut read = plan.clone();
    assert_eq!(edit::diff(&plan, &plan), []);
    read.log.insert(node.clone(), vec![LogItem { id: entry.id.clone(), entry: Some(entry.clone()) }]);
    let place = Place::Entry(node, entry.id.clone());
    let changes = edit::diff(&plan, &read);
    assert!(changes.iter().all(|change| change.place == place), "{changes:?}");
}

#[test]
fn a_change_touches_only_the_lines_of_its_field() {
    rounds(40, |rng| {
        let desk = Desk::new(&any_plan(rng));
        if !rng.one_in(3) {
            for (name, bytes) in desk.files() {
                desk.write(&name, by_hand(rng, &name, std::str::from_utf8(&bytes).expect("text")));
            }
        }
        let mut workspace = desk.open();
        workspace.list_all_logs();
        for _ in 0..10 {
            let before = desk.files();
            let change = any_change(rng, workspace.plan());
            match workspace.commit(&Transaction::new(Verb::Mark, vec![change.clone()])) {
                Ok(()) => {}
                Err(CommitError::NotLines { .. }) => continue,
                Err(error) => panic!("{error:?}: {change:#?}"),
            }
            let after = desk.files();
            let all: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            let differ: Vec<&String> = all.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
            let [name] = differ[..] else { panic!("one file changes: {differ:?}") };
            let text = |files: &BTreeMap<String, Vec<u8>>| {
                files.get(name).map(|bytes| String::from_utf8(bytes.clone()).expect("text"))
            };
            if let (Some(old), Some(new)) = (text(&before), text(&after)) {
                assert_only_its_lines(&change, &old, &new);
            }
        }
    });
}

/// The table and the keys that a change is written in.
fn keys(place: &Place) -> (String, Vec<String>) {
    let own = |keys: &[&str]| keys.iter().map(|key| key.to_string()).collect::<Vec<_>>();
    match place {
        Place::Status(id) => (id.to_string(), own(&["status"])),
        Place::Due(id) => (id.to_string(), own(&["due", "due_text"])),
        Place::OriginalDue(id) => (id.to_string(), own(&["original_due", "original_due_text"])),
        Place::Lead(id) | Place::RowLead(id) => (id.to_string(), own(&["lead"])),
        Place::Responsible(id) => (id.to_string(), own(&["responsible"])),
        Place::Cell(id, unit) => (id.to_string(), own(&[unit.as_str()])),
        Place::Actual(id, year) => (id.to_string(), vec![year.to_string(), format!("{year}_source")]),
        other => panic!("a field: {other:?}"),
    }
}

fn assert_only_its_lines(change: &Change, old: &str, new: &str) {
    let (table, keys) = keys(&change.place);
    let (removed, added) = changed_lines(old, new);
    let (may_go, may_come) = (field_lines(old, &table, &keys), field_lines(new, &table, &keys));
    // a file without a newline at its end gets one where a line follows it
    let line = |text: &str, at: usize| text.split_inclusive('\n').nth(at).unwrap_or("").to_string();
    let last_gets_newline = |at: &usize| {
        let text = line(old, *at);
        !text.ends_with('\n') && added.iter().any(|new_at| line(new, *new_at).trim_end() == text)
    };
    for at in &removed {
        assert!(may_go.contains(at) || last_gets_newline(at), "{change:?}\nremoves {:?}\n{old}", line(old, *at));
    }
    let is_new_block = !old.contains(&format!("[\"{table}\"]")) && old.lines().count() < new.lines().count();
    for at in &added {
        let text = line(new, *at);
        let is_comment = text.trim().is_empty() || text.starts_with("# ");
        let is_header = is_new_block && text.starts_with('[');
        let was_last = removed.iter().any(|old_at| line(old, *old_at) == text.trim_end());
        assert!(
            may_come.contains(at) || is_comment || is_header || was_last,
            "{change:?}\nadds {text:?}\nold:\n{old}\nnew:\n{new}"
        );
    }
    // whoever ends lines with CR LF keeps doing so
    if old.contains("\r\n") && !old.replace("\r\n", "").contains('\n') {
        assert!(!new.replace("\r\n", "").contains('\n'), "{change:?}\n{new:?}");
    }
}

/// The lines on which fields of a table stand.
fn field_lines(text: &str, table: &str, keys: &[String]) -> BTreeSet<usize> {
    let source = text.into();
    let doc = parse_only(&source).expect("it was just read");
    let line_of = |byte: usize| text[..byte].matches('\n').count();
    let is_it = |candidate: &&lianxi::store::Table| {
        let id = candidate.field("id").and_then(|field| field.value.as_str());
        candidate.name == *table || candidate.is_element && id.is_some_and(|id| *id == *table)
    };
    let fields = doc.tables.iter().filter(is_it).flat_map(|table| &table.fields);
    let fields = fields.filter(|field| keys.contains(&field.key.to_string()));
    fields.flat_map(|field| line_of(field.key_span.start)..=line_of(field.span.end)).collect()
}

/// Lines that are only in the old text, and only in the new one: a longest common subsequence.
fn changed_lines(old: &str, new: &str) -> (Vec<usize>, Vec<usize>) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (x, y) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut best = vec![vec![0u32; y.len() + 1]; x.len() + 1];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            best[i][j] = if x[i] == y[j] { best[i + 1][j + 1] + 1 } else { best[i + 1][j].max(best[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut removed, mut added) = (0, 0, Vec::new(), Vec::new());
    while i < x.len() || j < y.len() {
        if i < x.len() && j < y.len() && x[i] == y[j] {
            (i, j) = (i + 1, j + 1);
        } else if j == y.len() || i < x.len() && best[i + 1][j] >= best[i][j + 1] {
            removed.push(head + i);
            i += 1;
        } else {
            added.push(head + j);
            j += 1;
        }
    }
    (removed, added)
}

/// The office's own plan goes through the same laws.
#[test]
fn the_plan_of_qingyuan_keeps_the_laws() {
    let desk = Desk::new(&plans::qingyuan());
    let mut workspace = desk.open();
    assert_same_plan(&whole(&mut workspace), &plans::qingyuan());
    assert_eq!(workspace.problems().count(), 0);
    let before = desk.files();
    rounds(1, |rng| {
        let mut workspace = desk.open();
        let mut steps = 0;
        for _ in 0..40 {
            let transaction = any_transaction(rng, workspace.plan());
            workspace.commit(&transaction).expect("saved");
            steps += 1;
        }
        assert_as_on_disk(&desk, &mut workspace);
        (0..steps).for_each(|_| drop(workspace.undo().expect("a step")));
        assert_same_files(&desk.files(), &before);
    });
    assert!(before.keys().any(|name| *name == layout::tasks_file("3.1")));
}
