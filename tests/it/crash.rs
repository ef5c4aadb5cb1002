//! A save that is cut off, at every point: what is found at the next open is all of it or nothing, and can be undone.

use super::plans::{self, Desk};
use lianxi::domain::{Entry, EntryId, EntryKind, NodeId, Status, UnitId};
use lianxi::edit::{Change, Place, Transaction, Value, Verb};
use lianxi::store::{Journal, Lock, ProblemKind, Record, Recovery};
use lianxi::workspace::UndoError;
use std::collections::BTreeMap;

type Files = BTreeMap<String, Vec<u8>>;

/// A save over three files: a status, a cell, a note.
fn transaction() -> Transaction {
    let task = NodeId::new("3.1.1");
    let entry = Entry {
        id: EntryId::parse("2025-06-30-0000abc").expect("an id"),
        kind: EntryKind::Note,
        text: "第一行\n第二行".into(),
        by: None,
    };
    Transaction::new(
        Verb::Mark,
        vec![
            Change::new(Place::Status(task.clone()), None, Some(Value::Status(Status::Done))),
            Change::new(
                Place::RowLead(NodeId::new("3.2")),
                Some(Value::Unit(UnitId::new("市农业农村局"))),
                Some(Value::Unit(UnitId::new("市科协"))),
            ),
            Change::new(Place::Entry(task, entry.id.clone()), None, Some(Value::Entry(Box::new(entry)))),
        ],
    )
}

/// The folder before a save, after it, and the op log's last record as it was begun.
struct Saved {
    desk: Desk,
    before: Files,
    after: Files,
    log: Vec<u8>,
    at: usize,
    record: Record,
}

fn saved(undone: bool) -> Saved {
    let plan = plans::qingyuan();
    let desk = Desk::new(&plan);
    let mut workspace = desk.open();
    let row = workspace.plan().matrix.row(&NodeId::new("3.2")).expect("a row").lead.clone();
    assert_eq!(row, Some(UnitId::new("市农业农村局")));
    let mut before = desk.files();
    workspace.commit(&transaction()).expect("saved");
    if undone {
        before = desk.files();
        workspace.undo().expect("undone");
    }
    let (after, mut log) = (desk.files(), std::fs::read(desk.oplog()).expect("a log"));
    let at = log[..log.len() - 1].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    assert_eq!(log[at], b'D');
    log[at] = b'B';
    let record = serde_json::from_slice(&log[at + 2..]).expect("a record");
    Saved { desk, before, after, log, at, record }
}

impl Saved {
    /// Puts the disk into a state: for each file of the record 0 as before with its temporary file, 1 done, 2 as before without it.
    fn lay_out(&self, states: &[usize], log: &[u8]) {
        let plan = self.desk.plan();
        std::fs::remove_dir_all(&plan).expect("it was there");
        self.before.iter().for_each(|(name, bytes)| self.desk.write(name, bytes));
        for (part, state) in self.record.files.iter().zip(states) {
            let after = self.after.get(&part.file);
            match (state, &part.temp, after) {
                (0, Some(temp), Some(bytes)) => {
                    let folder = part.file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                    self.desk.write(&format!("{folder}{temp}"), bytes);
                }
                (1, _, Some(bytes)) => self.desk.write(&part.file, bytes),
                (1, _, None) => drop(std::fs::remove_file(plan.join(&part.file))),
                _ => {}
            }
        }
        std::fs::write(self.desk.oplog(), log).expect("the log");
        std::fs::write(self.desk.private().join("lock"), "B").expect("the lock");
    }
}

#[test]
fn a_begun_save_is_completed_from_every_state() {
    for undone in [false, true] {
        let saved = saved(undone);
        assert_eq!(saved.record.files.len(), 3);
        for code in 0..27 {
            let states = [code % 3, code / 3 % 3, code / 9];
            saved.lay_out(&states, &saved.log);
            let mut workspace = saved.desk.open();
            assert_eq!(saved.desk.files(), saved.after, "{states:?} undone {undone}");
            let told = workspace.problems().any(|problem| problem.kind == ProblemKind::Recovered);
            assert_eq!(told, states != [1, 1, 1], "{states:?}");
            // the next open has nothing to do
            assert!(saved.desk.open().problems().next().is_none());
            match undone {
                false => drop(workspace.undo().expect("it can be taken back")),
                true => drop(workspace.redo().expect("it can be brought again")),
            }
            assert_eq!(saved.desk.files(), saved.before, "{states:?} undone {undone}");
        }
    }
}

#[test]
fn a_save_that_was_not_begun_leaves_nothing() {
    let saved = saved(false);
    let line = saved.log.len() - saved.at;
    for kept in [0, 1, 2, 3, line / 4, line / 2, line - 20, line - 2] {
        saved.lay_out(&[0, 0, 0], &saved.log[..saved.at + kept]);
        let mut workspace = saved.desk.open();
        assert_eq!(saved.desk.files(), saved.before, "{kept} bytes of the record");
        assert!(matches!(workspace.undo(), Err(UndoError::Nothing)), "{kept} bytes of the record");
        workspace.commit(&transaction()).expect("the next save goes through");
        workspace.undo().expect("and can be undone");
        assert_eq!(saved.desk.files(), saved.before);
    }
}

/// Bytes that somebody wrote after the crash stand; the rest of the save is completed.
#[test]
fn somebody_elses_work_stands() {
    let saved = saved(false);
    saved.lay_out(&[0, 0, 0], &saved.log);
    let name = "matrix.toml";
    let theirs = [saved.before[name].clone(), "\n# 手写\n".as_bytes().to_vec()].concat();
    saved.desk.write(name, &theirs);
    saved.desk.open();
    let mut wanted = saved.after.clone();
    wanted.insert(name.to_string(), theirs);
    assert_eq!(saved.desk.files(), wanted);
    // a file that cannot even be read is theirs too, and does not keep the plan from opening
    saved.lay_out(&[0, 0, 0], &saved.log);
    saved.desk.write(name, b"\xff\xfe");
    assert!(saved.desk.open().damaged().contains(name));
}

/// A record that names a file outside does nothing there.
#[test]
fn a_record_cannot_lead_outside() {
    let saved = saved(false);
    let outside = saved.desk.root().join("outside.toml");
    std::fs::write(&outside, "stays").expect("a file");
    for (file, temp) in [("../../outside.toml", ".lianxi-x.tmp"), ("matrix.toml", "../../../outside.toml")] {
        let mut record = saved.record.clone();
        for part in &mut record.files {
            (part.file, part.temp) = (file.to_string(), Some(temp.to_string()));
        }
        let json = serde_json::to_string(&record).expect("a record");
        saved.lay_out(&[0, 0, 0], format!("B {json}\n").as_bytes());
        let opened = lianxi::workspace::Workspace::open(saved.desk.root(), None);
        assert_eq!(std::fs::read_to_string(&outside).expect("still there"), "stays");
        drop(opened);
    }
}

/// Temporary files of a save that was killed are swept up; those of a save that runs are not.
#[test]
fn leftovers_are_swept_up_by_the_next_one() {
    let saved = saved(false);
    saved.lay_out(&[0, 0, 0], &saved.log[..saved.at]);
    for name in [".lianxi-zzz.tmp", "tasks/.lianxi-zzz.tmp", "log/3.1.1/.lianxi-zzz.tmp"] {
        saved.desk.write(name, "half");
    }
    saved.desk.write(".lianxi-mine.txt", "not a temporary file");
    let journal = Journal::new(&saved.desk.private());
    let mut lock = Lock::take(&saved.desk.private()).expect("the lock");
    assert!(lock.was_cut_off());
    assert_eq!(journal.recover(&saved.desk.store(), &mut lock).expect("recovered"), Recovery::Clean);
    drop(lock);
    assert!(!Lock::is_busy(&saved.desk.private()));
    let left: Vec<String> = saved.desk.files().into_keys().filter(|name| name.contains(".lianxi-")).collect();
    assert_eq!(left, [".lianxi-mine.txt"]);
}

/// The program itself, killed at random moments of a save over eight files.
#[cfg(unix)]
#[test]
fn kill_at_any_moment_leaves_all_or_nothing() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let desk = Desk { folder: tempfile::tempdir().expect("a folder on a disk, where a save takes its time") };
    let memory = Desk::new(&plans::qingyuan());
    memory.files().iter().for_each(|(name, bytes)| desk.write(name, bytes));
    let before = desk.files();
    let mark = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianxi"));
        command.arg("--dir").arg(desk.root());
        command.args(["mark", "3.1.1", "3.2.1", "4.1.1", "5.1.1", "done", "--reason", "办结"]);
        command.envs([("LIANXI_TODAY", "2025-06-30"), ("LIANXI_SEED", "1"), ("LIANXI_AUTHOR", "某某")]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it runs")
    };
    let started = Instant::now();
    assert!(mark().wait().expect("it ends").success());
    let usual = started.elapsed();
    let after = desk.files();
    assert_eq!(after.len(), before.len() + 4);
    let mut workspace = desk.open();
    workspace.undo().expect("undone");
    assert_eq!(desk.files(), before);
    let (mut none, mut all, mut in_between) = (0, 0, 0);
    let mut rng = plans::Rng::new(3);
    let kills: u32 = std::env::var("LIANXI_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(40);
    for _ in 0..kills {
        let mut child = mark();
        let share = 100 + rng.below(1100) as u32;
        std::thread::sleep(Duration::from_micros(usual.as_micros() as u64 * u64::from(share) / 1000));
        // of our own child only
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let left = desk.files();
        in_between += u32::from(left != before && left != after);
        let mut workspace = desk.open();
        assert!(workspace.damaged().is_empty());
        let found = desk.files();
        if found == after {
            all += 1;
            workspace.undo().expect("it can be undone");
        } else {
            none += 1;
            plans_equal(&found, &before);
        }
        plans_equal(&desk.files(), &before);
    }
    println!("killed {kills} times: {none} had saved nothing, {all} all; {in_between} were in the middle of it");
    assert!(in_between > 0 && none > 0, "{none} {all} {in_between}");
}

fn plans_equal(found: &Files, wanted: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(wanted));
    for (name, bytes) in found {
        assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&wanted[name]), "{name}");
    }
}
