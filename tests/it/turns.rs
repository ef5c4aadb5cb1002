//! Two windows on one folder: nothing is lost, different fields both land, the same field is refused.

use super::plans::{self, Desk, rounds};
use lianxi::domain::{Entry, EntryId, EntryKind, NodeId, Status};
use lianxi::edit::{Change, Place, Transaction, Value, Verb};
use lianxi::workspace::{CommitError, UndoError};

fn mark(id: &str, old: Option<Status>, new: Option<Status>) -> Transaction {
    let place = Place::Status(NodeId::new(id));
    Transaction::new(Verb::Mark, vec![Change::new(place, old.map(Value::Status), new.map(Value::Status))])
}

#[test]
fn different_fields_of_one_file_both_land() {
    let desk = Desk::new(&plans::qingyuan());
    let (mut one, mut two) = (desk.open(), desk.open());
    one.commit(&mark("3.1.1", None, Some(Status::Doing))).expect("saved");
    two.commit(&mark("3.1.2", None, Some(Status::Done))).expect("saved over what the other wrote");
    one.commit(&mark("3.1.3", None, Some(Status::Blocked))).expect("saved");
    let fresh = desk.open();
    for (id, status) in [("3.1.1", Status::Doing), ("3.1.2", Status::Done), ("3.1.3", Status::Blocked)] {
        assert_eq!(fresh.plan().state(&NodeId::new(id)).status, status);
    }
    assert_eq!(one.plan().tasks, fresh.plan().tasks);
    // either of them takes back the last step, whoever made it
    two.undo().expect("a step");
    two.undo().expect("a step");
    assert_eq!(two.plan().tasks, desk.open().plan().tasks);
    assert_eq!(two.plan().tasks.len(), 1);
}

#[test]
fn the_same_field_is_refused_and_nothing_is_written() {
    let desk = Desk::new(&plans::qingyuan());
    let (mut one, mut two) = (desk.open(), desk.open());
    one.commit(&mark("3.1.1", None, Some(Status::Doing))).expect("saved");
    let files = desk.files();
    let refused = two.commit(&mark("3.1.1", None, Some(Status::Done)));
    assert!(matches!(refused, Err(CommitError::Stale(Place::Status(id))) if id.as_str() == "3.1.1"));
    assert_eq!(desk.files(), files);
    // it knows now, and can decide
    assert_eq!(two.plan().tasks, one.plan().tasks);
    two.commit(&mark("3.1.1", Some(Status::Doing), Some(Status::Done))).expect("saved");
    assert!(matches!(one.undo(), Ok((Some(Verb::Mark), _))));
    assert_eq!(desk.files(), files);
}

#[test]
fn windows_that_write_at_once_lose_nothing() {
    rounds(3, |_| {
        let desk = Desk::new(&plans::qingyuan());
        let before = desk.files();
        let tasks = ["3.1.1", "3.1.2", "3.1.3", "3.1.4"];
        let steps: Vec<Status> = [Status::Doing, Status::Blocked, Status::Done].into_iter().cycle().take(15).collect();
        std::thread::scope(|scope| {
            for (at, id) in tasks.iter().enumerate() {
                let (desk, steps) = (&desk, &steps);
                scope.spawn(move || {
                    let mut workspace = desk.open();
                    let mut old = None;
                    for (nth, status) in steps.iter().enumerate() {
                        let mut step = mark(id, old, Some(*status));
                        let entry = Entry {
                            id: EntryId::new(
                                chrono::NaiveDate::from_ymd_opt(2025, 1, 1).expect("a date"),
                                nth as u32,
                                at as u32,
                            ),
                            kind: EntryKind::Note,
                            text: format!("{id} {nth}").into(),
                            by: None,
                        };
                        let place = Place::Entry(NodeId::new("3.1.5"), entry.id.clone());
                        step.changes.push(Change::new(place, None, Some(Value::Entry(Box::new(entry)))));
                        workspace.commit(&step).expect("another field than the others'");
                        old = Some(*status);
                    }
                });
            }
        });
        let mut fresh = desk.open();
        fresh.read_all_logs();
        for id in tasks {
            assert_eq!(fresh.plan().state(&NodeId::new(id)).status, steps[14]);
        }
        assert_eq!(fresh.log(&NodeId::new("3.1.5")).len(), 60);
        for _ in 0..60 {
            fresh.undo().expect("every step is in the log, in its order");
        }
        assert!(matches!(fresh.undo(), Err(UndoError::Nothing)));
        assert_eq!(desk.files(), before);
    });
}

#[test]
fn of_windows_that_change_one_field_at_once_one_succeeds() {
    let desk = Desk::new(&plans::qingyuan());
    let done: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let mut workspace = desk.open();
                scope.spawn(move || match workspace.commit(&mark("3.1.1", None, Some(Status::Doing))) {
                    Ok(()) => 1,
                    Err(CommitError::Stale(_)) => 0,
                    Err(error) => panic!("{error:?}"),
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).sum()
    });
    assert_eq!(done, 1);
}

/// Undo in one window while the other writes: the disk stands still only once the lock is held.
#[test]
fn undo_while_others_write() {
    let desk = Desk::new(&plans::qingyuan());
    std::thread::scope(|scope| {
        for id in ["3.1.1", "3.1.2", "3.1.3"] {
            let desk = &desk;
            scope.spawn(move || {
                let mut workspace = desk.open();
                for _ in 0..12 {
                    let now = workspace.plan().state(&NodeId::new(id)).status;
                    let old = Some(now).filter(|status| *status != Status::Todo);
                    let new = if now == Status::Doing { Status::Done } else { Status::Doing };
                    match workspace.commit(&mark(id, old, Some(new))) {
                        // another window may have taken the step back that this one builds on
                        Ok(()) | Err(CommitError::Stale(_)) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                    match workspace.undo() {
                        Ok(_) | Err(UndoError::Nothing | UndoError::Commit(CommitError::Stale(_))) => {}
                        Err(error) => panic!("{error:?}"),
                    }
                }
            });
        }
    });
    assert!(desk.open().damaged().is_empty());
}

#[test]
fn processes_that_write_at_once_lose_nothing() {
    let desk = Desk::new(&plans::qingyuan());
    let children: Vec<_> = (0..8)
        .map(|n| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lianxi"));
            command.arg("--dir").arg(desk.root()).args(["note", "3.1.1"]).arg(format!("第{n}条"));
            command.envs([("LIANXI_TODAY", "2025-06-30"), ("LIANXI_SEED", &n.to_string()), ("LIANXI_AUTHOR", "某某")]);
            command.stdin(std::process::Stdio::null()).stdout(std::process::Stdio::null());
            command.spawn().expect("it runs")
        })
        .collect();
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    let mut workspace = desk.open();
    workspace.read_all_logs();
    assert_eq!(workspace.log(&NodeId::new("3.1.1")).len(), 8);
}

/// A step is taken back field by field where a colleague has written into the same file since.
#[test]
fn undo_leaves_alone_what_others_wrote_since() {
    let desk = Desk::new(&plans::qingyuan());
    let (mut one, mut two) = (desk.open(), desk.open());
    let first = desk.read("tasks/3.1.toml");
    one.commit(&mark("3.1.1", None, Some(Status::Doing))).expect("saved");
    let text = desk.read("tasks/3.1.toml");
    desk.write("tasks/3.1.toml", format!("{text}# 同事写的\n"));
    two.undo().expect("a step of the other window");
    assert_eq!(desk.read("tasks/3.1.toml"), format!("{first}# 同事写的\n"));
    one.redo().expect("and again");
    assert_eq!(desk.read("tasks/3.1.toml"), format!("{text}# 同事写的\n"));
}

/// The core on 100,000 nodes: `cargo test --release --test it hundred_thousand -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a check"]
fn how_long_the_core_takes_on_a_hundred_thousand_nodes() {
    let mut plan = plans::qingyuan();
    let pattern: Vec<_> = plan.text.nodes.iter().filter(|node| node.id.as_str().starts_with("3.")).cloned().collect();
    plan.text.nodes.clear();
    plan.text.repairs.clear();
    plan.matrix.rows.clear();
    plan.targets.clear();
    for chapter in 0..100_000 / pattern.len() {
        for node in &pattern {
            let id = node.id.as_str().replacen("3.", &format!("{}.", chapter + 1), 1);
            plan.text.nodes.push(lianxi::domain::Node { id: NodeId::new(id), ..node.clone() });
        }
    }
    let desk = Desk::new(&plan);
    let time = |name: &str, run: &mut dyn FnMut()| {
        let start = std::time::Instant::now();
        run();
        println!("{name}: {:?}", start.elapsed());
    };
    let mut workspace = desk.open();
    time("open", &mut || drop(desk.open()));
    time("commit", &mut || workspace.commit(&mark("9.1.1", None, Some(Status::Doing))).expect("saved"));
    time("commit", &mut || workspace.commit(&mark("9.1.2", None, Some(Status::Doing))).expect("saved"));
    time("undo", &mut || drop(workspace.undo().expect("undone")));
    time("refresh without news", &mut || drop(workspace.refresh()));
    desk.write("tasks/9.1.toml", desk.read("tasks/9.1.toml").replace("doing", "done"));
    time("refresh with news", &mut || drop(workspace.refresh()));
    let mut other = plan.clone();
    other.text.nodes.retain(|node| !node.id.as_str().ends_with(".5.2"));
    let mut changes = Vec::new();
    time("diff, some hundreds of nodes gone", &mut || changes = lianxi::edit::diff(&plan, &other));
    println!("{} changes", changes.len());
    time("check", &mut || drop(lianxi::ops::check(&mut workspace)));
}
