//! The third law, with random plans, random changes and files that people have formatted by hand: `merge(b, x, b) == x`, and
//! `merge(b, x, y)` and `merge(b, y, x)` hold the same plan and the same conflicts. Every change of either side stands or is a
//! conflict, and nothing is a conflict that two people did not disagree about.

use super::plans::{self, Desk, Rng, any_change, any_plan, by_hand, rounds};
use lianxi::domain::{By, Conflict, Plan};
use lianxi::edit::{self, Change, Place, Transaction, Value, Verb};
use lianxi::store::layout::{place_of, value_of};
use lianxi::store::{Versions, merge_file, parse_only};
use std::collections::{BTreeMap, BTreeSet};

type Files = BTreeMap<String, Vec<u8>>;

/// Merges every file; what each side's is called makes no difference to the conflicts.
fn merge(base: &Files, ours: &Files, theirs: &Files) -> (Files, Vec<Conflict>) {
    let names: BTreeSet<&String> = base.keys().chain(ours.keys()).chain(theirs.keys()).collect();
    let (mut merged, mut conflicts) = (Files::new(), Vec::new());
    let nobody = By::default();
    for name in names {
        let version = |files: &'_ Files| files.get(name).cloned();
        let (was, mine, yours) = (version(base), version(ours), version(theirs));
        let result = merge_file(&Versions {
            file: name,
            base: was.as_deref(),
            ours: mine.as_deref(),
            theirs: yours.as_deref(),
            ours_by: &nobody,
            theirs_by: &nobody,
        });
        assert!(result.beside.is_none(), "{name}");
        conflicts.extend(result.conflicts);
        if let Some(bytes) = result.bytes {
            let text = String::from_utf8(bytes.clone()).expect("text");
            assert!(parse_only(&text.as_str().into()).is_ok(), "{name}\n{text}");
            merged.insert(name.clone(), bytes);
        }
    }
    (merged, conflicts)
}

fn plan_of(files: &Files) -> Plan {
    let folder = plans::temp_folder();
    for (name, bytes) in files {
        let path = folder.path().join("plans").join(plans::PLAN).join(name);
        std::fs::create_dir_all(path.parent().expect("below")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    let mut workspace = lianxi::workspace::Workspace::open(folder.path(), None).expect("the plan opens");
    workspace.read_all_logs();
    workspace.plan().clone()
}

/// What somebody makes of the files in a few steps.
fn side(rng: &mut Rng, plan: &Plan, base: &Files, steps: usize) -> Files {
    let desk = Desk::new(plan);
    base.iter().for_each(|(name, bytes)| desk.write(name, bytes));
    let mut workspace = desk.open();
    for _ in 0..steps {
        let change = any_change(rng, workspace.plan());
        // a table that is written inline takes no new line
        let _ = workspace.commit(&Transaction::new(Verb::Mark, vec![change]));
    }
    desk.files()
}

/// Whether both values can stand: lists are merged by what was put in and taken out, and so on.
fn is_made_of_both(change: &Change, theirs: &Option<Value>, merged: &Option<Value>) -> bool {
    match (&change.place, &change.new, theirs, merged) {
        (Place::OriginalDue(_), new, theirs, merged) => change.old.is_none() && (merged == new || merged == theirs),
        (Place::Cell(..), new, theirs, merged) => merged == new || merged == theirs,
        (Place::Responsible(_), Some(Value::Units(ours)), Some(Value::Units(theirs)), Some(Value::Units(merged))) => {
            let Some(Value::Units(base)) = &change.old else { return false };
            let added =
                |side: &Vec<_>| side.iter().filter(|unit| !base.contains(unit)).all(|unit| merged.contains(unit));
            let gone = |side: &Vec<_>| !base.iter().any(|unit| !side.contains(unit) && merged.contains(unit));
            added(ours) && added(theirs) && gone(ours) && gone(theirs)
        }
        _ => false,
    }
}

/// Held against what each side changed: nothing is silent, nothing is false.
fn check(base: &Plan, ours: &Plan, theirs: &Plan, merged: &Plan, conflicts: &[Conflict]) {
    for (mine, yours) in [(ours, theirs), (theirs, ours)] {
        for change in edit::diff(base, mine) {
            let at = |plan: &Plan| edit::current(plan, &change.place);
            let disputed = conflicts.iter().find(|conflict| place_of(conflict).as_ref() == Some(&change.place));
            let (other, now) = (at(yours), at(merged));
            match disputed {
                Some(conflict) => {
                    let said = |said| value_of(&change.place, said).expect("it is a value of the place");
                    let sides = [said(&conflict.ours), said(&conflict.theirs)];
                    assert!(sides.contains(&change.new), "{change:?} is told in {conflict:?}");
                }
                None if other == change.old || other == change.new => assert_eq!(now, change.new, "{change:?} stands"),
                None => assert!(is_made_of_both(&change, &other, &now), "{change:?} and {other:?} give {now:?}"),
            }
        }
    }
    for conflict in conflicts {
        let place = place_of(conflict).expect("a place of the plan");
        let at = |plan| edit::current(plan, &place);
        let both = at(ours) != at(base) && at(theirs) != at(base) && at(ours) != at(theirs);
        // a new lead on one side who is given another role on the other
        let is_lead = |plan: &Plan| match &place {
            Place::Cell(row, unit) => plan.matrix.row(row).is_some_and(|row| row.lead.as_ref() == Some(unit)),
            Place::Responsible(task) => {
                plan.state(task).lead.is_some() && plan.state(task).lead != base.state(task).lead
            }
            _ => false,
        };
        assert!(both || is_lead(ours) != is_lead(theirs) || is_lead(merged), "{conflict:?} is false");
    }
}

fn law(rng: &mut Rng, plan: &Plan, base: &Files, steps: usize) -> usize {
    let (x, y) = (side(rng, plan, base, steps), side(rng, plan, base, steps));
    for (ours, theirs, wanted) in [(&x, base, &x), (base, &x, &x), (&x, &x, &x)] {
        let (merged, conflicts) = merge(base, ours, theirs);
        assert!(conflicts.is_empty() && merged == *wanted);
    }
    let ((one, conflicts), (other, same)) = (merge(base, &x, &y), merge(base, &y, &x));
    assert_eq!(conflicts, same);
    let merged = plan_of(&one);
    plans::assert_same_plan(&merged, &plan_of(&other));
    let mut told = conflicts.clone();
    told.sort_by(|a, b| (&a.file, &a.id).cmp(&(&b.file, &b.id)));
    assert_eq!(merged.conflicts, told, "the files hold every conflict");
    // an inline table is merged as lines, and where that fails the file is kept whole
    if !conflicts.iter().any(Conflict::is_whole) {
        check(&plan_of(base), &plan_of(&x), &plan_of(&y), &merged, &conflicts);
    }
    // merging what was merged changes nothing, whichever of the two goes first
    let (again, more) = merge(base, &one, &other);
    assert!(more.is_empty(), "{more:?}");
    plans::assert_same_plan(&plan_of(&again), &merged);
    for side in [&x, &y] {
        let (again, more) = merge(side, &one, side);
        assert!(more.is_empty() && again == one);
    }
    conflicts.len()
}

#[test]
fn merging_random_plans() {
    rounds(10, |rng| {
        let plan = any_plan(rng);
        let desk = Desk::new(&plan);
        law(rng, &plan, &desk.files(), 12);
    });
}

#[test]
fn merging_plans_that_people_have_formatted() {
    rounds(10, |rng| {
        let plan = any_plan(rng);
        let desk = Desk::new(&plan);
        let mut base = desk.files();
        for (name, bytes) in &mut base {
            let text = String::from_utf8(bytes.clone()).expect("text");
            *bytes = by_hand(rng, name, &text).into_bytes();
        }
        law(rng, &plan, &base, 12);
    });
}

#[test]
fn merging_the_plan_of_qingyuan() {
    let plan = plans::qingyuan();
    let base = Desk::new(&plan).files();
    let conflicts = std::cell::Cell::new(0);
    rounds(2, |rng| conflicts.set(conflicts.get() + law(rng, &plan, &base, 60)));
    assert!(conflicts.get() > 0, "some of so many changes meet");
}
