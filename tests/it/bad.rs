//! Bad input: a message with its place, the rest of the plan usable, nothing lost or written.

use super::plans::{self, Desk, Rng, rounds};
use lianxi::domain::{Due, Entry, EntryId, EntryKind, NodeId, Rule, Status, UnitId};
use lianxi::edit::{Change, Place, Transaction, Value, Verb};
use lianxi::ops::{self, Located};
use lianxi::store::{FileError, JournalError, ProblemKind, layout};
use lianxi::workspace::{CommitError, UndoError, Workspace};
use std::path::Path;

const FILES: [&str; 6] = ["plan.toml", "units.toml", "text.toml", "matrix.toml", "targets.toml", "tasks/3.1.toml"];

fn desk() -> Desk {
    Desk::new(&plans::qingyuan())
}

fn status(id: &str, new: Status) -> Transaction {
    let change = Change::new(Place::Status(NodeId::new(id)), None, Some(Value::Status(new)));
    Transaction::new(Verb::Mark, vec![change])
}

fn note(id: &str, text: &str) -> Transaction {
    let id = NodeId::new(id);
    let entry = Entry {
        id: EntryId::parse("2025-06-30-0000abc").expect("an id"),
        kind: EntryKind::Note,
        text: text.into(),
        by: None,
    };
    let place = Place::Entry(id, entry.id.clone());
    Transaction::new(Verb::Note, vec![Change::new(place, None, Some(Value::Entry(Box::new(entry))))])
}

/// A change that is written into a file, where an office makes one there.
fn change_in(name: &str, workspace: &Workspace) -> Option<Transaction> {
    match name {
        "matrix.toml" => {
            let place = Place::Cell(NodeId::new("3.1"), UnitId::new("市林业局"));
            let role = Value::Role(lianxi::domain::Role::Responsible(9));
            let old = lianxi::edit::current(workspace.plan(), &place);
            Some(Transaction::new(Verb::Assign, vec![Change::new(place, old, Some(role))]))
        }
        "targets.toml" => {
            let place = Place::Actual(lianxi::domain::TargetId::new("T1"), 2024);
            let actual = lianxi::domain::Actual { value: 12.5, source: "调查".into() };
            Some(Transaction::new(Verb::Target, vec![Change::new(place, None, Some(Value::Actual(actual)))]))
        }
        "tasks/3.1.toml" => Some(status("3.1.1", Status::Doing)),
        _ => None,
    }
}

#[test]
fn a_damaged_file_is_read_only_and_the_others_work() {
    let broken = "乙 = \"未关\n";
    for name in FILES {
        let desk = desk();
        let good = desk.read(name);
        // after the first line, so that there is text before it
        let at = good.find('\n').expect("a line") + 1;
        let bad = format!("{}{broken}{}", &good[..at], &good[at..]);
        desk.write(name, &bad);
        let mut workspace = desk.open();
        assert_eq!(workspace.damaged().iter().collect::<Vec<_>>(), [name]);
        let problem = workspace.problems().find(|problem| problem.file == name).expect("it is told").clone();
        assert!(matches!(problem.kind, ProblemKind::Syntax { .. }), "{problem:?}");
        assert_eq!(problem.line, 2, "{problem:?}");
        assert!((1..=8).contains(&problem.column), "columns count characters: {problem:?}");
        if let Some(transaction) = change_in(name, &workspace) {
            let refused = workspace.commit(&transaction);
            assert!(matches!(&refused, Err(CommitError::Damaged { file }) if file == name), "{refused:?}");
        }
        let other = if name.starts_with("tasks") { "3.2.1" } else { "3.1.1" };
        workspace.commit(&status(other, Status::Doing)).expect("another file takes changes");
        assert_eq!(desk.read(name), bad);
        // mended by hand, it is back at the next look
        desk.write(name, &good);
        workspace.refresh();
        assert!(workspace.damaged().is_empty());
        assert_eq!(workspace.plan(), desk.open().plan());
        workspace.undo().expect("a step");
    }
}

#[test]
fn a_place_counts_characters_also_after_a_byte_order_mark() {
    let desk = desk();
    for (text, line, column) in [
        ("[\"3.1.1\"]\n\"状态说明\" = 坏\n", 2, 10),
        ("\u{feff}[\"3.1.1\"]\n\"状态说明\" = 坏\n", 2, 10),
        ("\u{feff}\"状态\" = 坏\n", 1, 8),
        ("[\"3.1.1\"]\r\n# 注\r\n\"状态\" = 坏\r\n", 3, 8),
    ] {
        desk.write("tasks/3.1.toml", text);
        let workspace = desk.open();
        let problem = workspace.problems().next().expect("a problem");
        assert_eq!((problem.line, problem.column), (line, column), "{text:?} {problem:?}");
    }
    // a file that Notepad has saved works
    desk.write("tasks/3.1.toml", "\u{feff}# 注\r\n[\"3.1.1\"]\r\nstatus = \"doing\"\r\n");
    let mut workspace = desk.open();
    assert_eq!(workspace.problems().count(), 0);
    workspace.commit(&status("3.1.2", Status::Done)).expect("saved");
    let text = desk.read("tasks/3.1.toml");
    assert!(text.starts_with("\u{feff}# 注\r\n[\"3.1.1\"]\r\nstatus = \"doing\"\r\n"), "{text:?}");
    assert!(!text.replace("\r\n", "").contains('\n'), "{text:?}");
}

#[test]
fn what_is_unknown_is_kept_and_reported() {
    let desk = desk();
    let text = desk.read("tasks/3.1.toml").replace("[\"3.1.1\"]\n", "[\"3.1.1\"]\n经办 = 1\n");
    assert!(desk.read("tasks/3.1.toml") != text);
    // a bare key in Chinese is TOML 1.1 at best
    desk.write("tasks/3.1.toml", text.replace("经办 = 1", "\"经办\" = 1 # 勿动"));
    desk.write(
        "targets.toml",
        desk.read("targets.toml").replacen("[[target]]", "[note]\n\"甲\" = '乙'\n\n[[target]]", 1),
    );
    let mut workspace = desk.open();
    let told: Vec<_> = workspace.problems().map(|p| (p.file.as_str(), p.line, p.column, p.kind.name())).collect();
    assert_eq!(told, [("targets.toml", 3, 1, "unknown-table"), ("tasks/3.1.toml", 4, 1, "unknown-key")]);
    workspace.commit(&status("3.1.1", Status::Doing)).expect("saved");
    let change = change_in("targets.toml", &workspace).expect("one");
    workspace.commit(&change).expect("saved");
    assert!(desk.read("tasks/3.1.toml").contains("\"经办\" = 1 # 勿动\n"));
    assert!(desk.read("targets.toml").contains("[note]\n\"甲\" = '乙'\n"));
}

#[test]
fn broken_rules_are_found_at_their_line() {
    let desk = desk();
    let matrix = desk.read("matrix.toml");
    let matrix = matrix.replacen("\"市教育局\" = \"\"", "\"市教育局\" = \"responsible 9\"", 1);
    let matrix = matrix.replacen("\n[\"3.2\"]\n", "\n\"市财政局\" = \"responsible 1\"\n\n[\"3.2\"]\n", 1);
    desk.write("matrix.toml", matrix.replacen("lead = \"市农业农村局\"", "lead = \"\"", 1));
    desk.write("tasks/3.1.toml", "[\"3.1.1\"]\nlead = \"市财政局\"\n\n[\"3.1.77\"]\nstatus = \"doing\"\n\n[\"3.1.2\"]\nstatus = \"好了\"\ndue = \"2025-09-31\"\n");
    let mut workspace = desk.open();
    let found = ops::check(&mut workspace);
    let line_of = |name: &str, text: &str| {
        let file = desk.read(name);
        file[..file.find(text).expect("it is there")].matches('\n').count() as u32 + 1
    };
    let rules: Vec<(&str, &str, u32)> = found
        .iter()
        .filter_map(|located| match located {
            Located::Rule { rule, file, line, .. } => Some((rule.name(), file.as_str(), *line)),
            Located::Problem(_) | Located::Conflict { .. } => None,
        })
        .collect();
    for wanted in [
        ("lead-also-responsible", "matrix.toml", line_of("matrix.toml", "\"市教育局\" = \"responsible 9\"")),
        ("unknown-unit", "matrix.toml", line_of("matrix.toml", "\"市财政局\"")),
        ("one-lead", "matrix.toml", line_of("matrix.toml", "[\"3.2\"]")),
        ("unknown-unit", "tasks/3.1.toml", 2),
        ("unknown-node", "tasks/3.1.toml", 4),
    ] {
        assert!(rules.contains(&wanted), "{wanted:?} in {rules:?}");
    }
    assert!(
        found
            .iter()
            .any(|l| matches!(l, Located::Rule { rule: Rule::UnknownNode { id, .. }, .. } if id.as_str() == "3.1.77"))
    );
    let bad: Vec<_> = found
        .iter()
        .filter_map(|located| match located {
            Located::Problem(p) => Some((p.line, p.column, p.kind.name())),
            Located::Rule { .. } | Located::Conflict { .. } => None,
        })
        .collect();
    assert_eq!(bad, [(8, 10, "bad-value"), (9, 7, "bad-value")]);
    // a value that nobody understands is replaced by one that is
    workspace.commit(&status("3.1.2", Status::Done)).expect("saved");
    assert_eq!(workspace.problems().count(), 1);
    workspace.undo().expect("and is there again after undo");
    assert!(desk.read("tasks/3.1.toml").contains("status = \"好了\""));
}

#[test]
fn a_day_that_does_not_exist_is_reported_at_its_place() {
    let desk = desk();
    let text = desk.read("tasks/3.1.toml").replacen("[\"3.1.1\"]\n", "[\"3.1.1\"]\ndue = 2025-09-31\n", 1);
    desk.write("tasks/3.1.toml", &text);
    let mut workspace = desk.open();
    let problem = workspace.problems().next().expect("a problem").clone();
    assert_eq!((problem.file.as_str(), problem.line), ("tasks/3.1.toml", 4), "{problem:?}");
    assert!(matches!(problem.kind, ProblemKind::BadValue { .. } | ProblemKind::Syntax { .. }), "{problem:?}");
    workspace.commit(&status("3.2.1", Status::Doing)).expect("the others work");
    assert_eq!(desk.read("tasks/3.1.toml"), text);
}

#[test]
fn a_file_that_changed_underneath_keeps_what_was_written() {
    let desk = desk();
    let mut workspace = desk.open();
    let text = desk.read("tasks/3.1.toml");
    desk.write("tasks/3.1.toml", format!("{text}\n# 同事加的一行\n"));
    workspace.commit(&status("3.1.1", Status::Doing)).expect("another line");
    assert!(desk.read("tasks/3.1.toml").ends_with("\n# 同事加的一行\n"));
    let now = desk.read("tasks/3.1.toml").replace("status = \"doing\"", "status = \"done\"");
    desk.write("tasks/3.1.toml", &now);
    let step = Change::new(
        Place::Status(NodeId::new("3.1.1")),
        Some(Value::Status(Status::Doing)),
        Some(Value::Status(Status::Blocked)),
    );
    let refused = workspace.commit(&Transaction::new(Verb::Mark, vec![step]));
    assert!(matches!(refused, Err(CommitError::Stale(_))), "{refused:?}");
    assert_eq!(desk.read("tasks/3.1.toml"), now);
    // and undo does not take back what a colleague wrote since
    assert!(matches!(workspace.undo(), Err(UndoError::Commit(CommitError::Stale(_)))));
    assert_eq!(desk.read("tasks/3.1.toml"), now);
    // a file that became unreadable underneath
    desk.write("tasks/3.1.toml", "= \n");
    let refused = workspace.commit(&status("3.1.2", Status::Doing));
    assert!(matches!(refused, Err(CommitError::Damaged { .. })), "{refused:?}");
    assert_eq!(desk.read("tasks/3.1.toml"), "= \n");
}

#[test]
fn an_entry_that_somebody_edited_is_not_removed_by_undo() {
    let desk = desk();
    let mut workspace = desk.open();
    workspace.commit(&note("3.1.1", "写下")).expect("saved");
    workspace.read_all_logs();
    let name = layout::entry_file("3.1.1", "2025-06-30-0000abc");
    desk.write(&name, desk.read(&name).replace("写下", "改过"));
    assert!(matches!(workspace.undo(), Err(UndoError::Commit(CommitError::Stale(_)))));
    assert!(desk.read(&name).contains("改过"));
}

#[test]
fn bytes_that_are_no_text_are_told_with_their_line() {
    for name in FILES {
        let desk = desk();
        let mut bytes = desk.read(name).into_bytes();
        let at = bytes.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
        bytes.insert(at, 0xff);
        desk.write(name, &bytes);
        let mut workspace = desk.open();
        let problem = workspace.problems().next().expect("a problem").clone();
        assert_eq!((problem.file.as_str(), problem.line, problem.kind), (name, 2, ProblemKind::NotUtf8));
        let other = if name.starts_with("tasks") { "3.2.1" } else { "3.1.1" };
        workspace.commit(&status(other, Status::Doing)).expect("another file takes changes");
        assert_eq!(desk.files()[name], bytes);
    }
}

#[test]
fn hostile_notes_are_kept_and_never_raw() {
    rounds(60, |rng| {
        let desk = desk();
        let mut workspace = desk.open();
        let text = format!("{}终", plans::hostile(rng));
        workspace.commit(&note("3.1.1", &text)).expect("saved");
        let file = desk.read(&layout::entry_file("3.1.1", "2025-06-30-0000abc"));
        let is_raw = |c: char| c.is_control() && c != '\n' && c != '\t' || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!file.contains(is_raw), "{file:?}");
        let mut fresh = desk.open();
        fresh.read_all_logs();
        let items = fresh.log(&NodeId::new("3.1.1"));
        assert_eq!(items[0].entry.as_ref().map(|entry| entry.text.as_str()), Some(text.as_str()));
    });
    let desk = desk();
    desk.open().commit(&note("3.1.1", "红\u{1b}[31m\u{202e}色")).expect("saved");
    let output = lianxi(&desk, &["log", "3.1.1"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains('红') && !said.contains(['\u{1b}', '\u{202e}']), "{said:?}");
}

fn lianxi(desk: &Desk, args: &[&str]) -> std::process::Output {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_lianxi"));
    command.arg("--dir").arg(desk.root()).args(args);
    command.envs([("LIANXI_TODAY", "2025-06-30"), ("LIANXI_SEED", "1"), ("LIANXI_AUTHOR", "某某")]);
    command.stdin(std::process::Stdio::null()).output().expect("it runs")
}

#[test]
fn a_file_of_100_megabytes_is_not_read() {
    for name in ["matrix.toml", "tasks/3.1.toml"] {
        let desk = desk();
        let file = std::fs::OpenOptions::new().write(true).open(desk.plan().join(name)).expect("a file");
        file.set_len(100 << 20).expect("a hole");
        let mut workspace = desk.open();
        let problem = workspace.problems().next().expect("a problem").clone();
        assert!(matches!(problem.kind, ProblemKind::TooLarge { bytes, .. } if bytes == 100 << 20), "{problem:?}");
        workspace.commit(&status("3.2.1", Status::Doing)).expect("the others work");
        assert_eq!(file.metadata().expect("there").len(), 100 << 20);
    }
    let desk = desk();
    let name = layout::entry_file("3.1.1", "2025-06-30-0000abc");
    desk.write(&name, "");
    std::fs::OpenOptions::new()
        .write(true)
        .open(desk.plan().join(&name))
        .and_then(|f| f.set_len(100 << 20))
        .expect("a hole");
    let mut workspace = desk.open();
    workspace.read_all_logs();
    assert_eq!(workspace.problems().count(), 1);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_workspace_are_neither_read_nor_written() {
    use std::os::unix::fs::symlink;
    let outside = plans::temp_folder();
    let secret = outside.path().join("secret.toml");
    std::fs::write(&secret, "title = \"外面\"\n").expect("a file");
    let before = plans::files_below(outside.path());
    for name in FILES {
        let desk = desk();
        std::fs::remove_file(desk.plan().join(name)).expect("it was there");
        symlink(&secret, desk.plan().join(name)).expect("a link");
        let mut workspace = desk.open();
        let problem = workspace.problems().next().expect("a problem").clone();
        assert_eq!((problem.file.as_str(), &problem.kind), (name, &ProblemKind::OutsideWorkspace));
        if let Some(transaction) = change_in(name, &workspace) {
            assert!(matches!(workspace.commit(&transaction), Err(CommitError::Damaged { .. })));
        }
        assert_eq!(plans::files_below(outside.path()), before);
    }
    for folder in ["tasks", "log", "log/3.1.1"] {
        let desk = desk();
        let link = desk.plan().join(folder);
        if link.exists() {
            std::fs::remove_dir_all(&link).expect("it was there");
        }
        std::fs::create_dir_all(link.parent().expect("below the plan")).expect("a folder");
        symlink(outside.path(), &link).expect("a link");
        let mut workspace = desk.open();
        let transaction = if folder == "tasks" { status("3.1.1", Status::Doing) } else { note("3.1.1", "写") };
        let refused = workspace.commit(&transaction);
        assert!(
            matches!(&refused, Err(CommitError::Journal(JournalError::File(FileError::Outside { .. })))),
            "{folder}: {refused:?}"
        );
        workspace.read_all_logs();
        assert!(workspace.plan().log.is_empty());
        assert_eq!(plans::files_below(outside.path()), before, "{folder}");
        assert_eq!(std::fs::read_dir(outside.path()).expect("a folder").count(), 1, "{folder}");
    }
    // a link that stays inside stays a link
    let desk = desk();
    std::fs::rename(desk.plan().join("tasks/3.1.toml"), desk.plan().join("行动.toml")).expect("moved");
    symlink("../行动.toml", desk.plan().join("tasks/3.1.toml")).expect("a link");
    let mut workspace = desk.open();
    workspace.commit(&status("3.1.1", Status::Doing)).expect("saved");
    assert!(desk.plan().join("tasks/3.1.toml").is_symlink());
    assert!(desk.read("行动.toml").contains("status = \"doing\""));
    workspace.undo().expect("undone");
    assert!(desk.plan().join("tasks/3.1.toml").is_symlink());
}

#[test]
fn a_file_stands_where_a_folder_should() {
    for (name, transaction) in [("tasks", status("3.1.1", Status::Doing)), ("log", note("3.1.1", "写"))] {
        let desk = desk();
        let path = desk.plan().join(name);
        if path.is_dir() {
            std::fs::remove_dir_all(&path).expect("it was there");
        }
        std::fs::write(&path, "no folder").expect("a file");
        let before = desk.files();
        let mut workspace = desk.open();
        assert!(workspace.commit(&transaction).is_err());
        workspace.read_all_logs();
        assert_eq!(desk.files(), before);
        assert!(workspace.plan().tasks.is_empty() && workspace.plan().log.is_empty());
        let change = change_in("matrix.toml", &workspace).expect("one");
        workspace.commit(&change).expect("the others work");
    }
    // nowhere to keep the op log: nothing is saved, everything is shown
    let desk = desk();
    std::fs::write(desk.root().join(".lianxi"), "no folder").expect("a file");
    let before = desk.files();
    let mut workspace = desk.open();
    let refused = workspace.commit(&status("3.1.1", Status::Doing));
    assert!(matches!(refused, Err(CommitError::Journal(JournalError::Private { .. }))), "{refused:?}");
    assert_eq!(desk.files(), before);
}

/// A disk that takes no more bytes, by a limit on file sizes in a child process.
#[cfg(unix)]
#[test]
fn a_full_disk_changes_nothing() {
    let desk = desk();
    lianxi(&desk, &["mark", "3.1.1", "doing"]);
    let before = desk.files();
    let log = std::fs::read(desk.oplog()).expect("a log");
    let size = |name: &str| before[name].len() as u64;
    // room for nothing, for the tasks file and not the log, for one of two files
    for limit in [0, 1, 4, size("matrix.toml") / 1024 - 1] {
        std::fs::write(desk.oplog(), [log.as_slice(), "#".repeat(6000).as_bytes(), b"\n", log.as_slice()].concat())
            .expect("a longer log");
        let grown = std::fs::read(desk.oplog()).expect("a log");
        let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" \"$@\"");
        let mut command = std::process::Command::new("bash");
        command.arg("-c").arg(script).arg(env!("CARGO_BIN_EXE_lianxi")).arg("--dir").arg(desk.root());
        command.args(["mark", "3.1.1", "3.2.1", "done", "--reason", "办结"]);
        command.envs([("LIANXI_TODAY", "2025-06-30"), ("LIANXI_SEED", "1"), ("LIANXI_AUTHOR", "某某")]);
        let output = command.stdin(std::process::Stdio::null()).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            assert!(limit > 8, "{limit}");
            lianxi(&desk, &["undo"]);
        } else {
            assert_eq!(output.status.code(), Some(5), "{limit}: {said}");
            assert_eq!(std::fs::read(desk.oplog()).expect("a log"), grown, "{limit}");
            assert!(said.chars().count() > 10, "{said}");
        }
        assert_eq!(desk.files(), before, "{limit}: {said}");
    }
}

#[test]
fn ids_that_lead_elsewhere_are_refused() {
    let mut plan = plans::qingyuan();
    let hostile = ["../../../x", "/etc/x.1", "a/b.1", "..", ".x.1", "", "con\u{0}.1", "x\\y.1"];
    for id in hostile {
        let node = plans::any_node(&mut Rng::new(1), id, lianxi::domain::NodeKind::Task);
        plan.text.nodes.push(node);
    }
    let desk = Desk::new(&plans::qingyuan());
    desk.write("text.toml", layout::text::write(&plan.text));
    let before = plans::files_below(desk.root());
    let mut workspace = desk.open();
    for id in hostile {
        workspace.list_log(&NodeId::new(id));
        for transaction in [status(id, Status::Doing), note(id, "写")] {
            let refused = workspace.commit(&transaction);
            let is_outside =
                matches!(&refused, Err(CommitError::Journal(JournalError::File(FileError::Outside { .. }))));
            // `..` and the like are names of a file like any other where they are all of the id
            assert!(is_outside, "{id:?}: {refused:?}");
        }
    }
    let mut after = plans::files_below(desk.root());
    after.retain(|name, _| !name.starts_with(".lianxi"));
    assert_eq!(after, before);
}

#[test]
fn a_broken_op_log_is_never_a_panic() {
    let desk = desk();
    let mut workspace = desk.open();
    for id in ["3.1.1", "3.1.2", "3.2.1"] {
        workspace.commit(&status(id, Status::Doing)).expect("saved");
    }
    workspace.undo().expect("undone");
    let (log, files) = (std::fs::read(desk.oplog()).expect("a log"), desk.files());
    let try_it = |broken: &[u8], how: &str| {
        std::fs::write(desk.oplog(), broken).expect("the log");
        files.iter().for_each(|(name, bytes)| desk.write(name, bytes));
        let mut workspace = desk.open();
        for _ in 0..3 {
            let (undone, redone) = (workspace.undo().is_ok(), workspace.redo().is_ok());
            assert_eq!(workspace.plan().tasks, desk.open().plan().tasks, "{how}: {undone} {redone}");
        }
        let id = if workspace.plan().state(&NodeId::new("3.3.1")).status == Status::Todo { "3.3.1" } else { "3.3.2" };
        workspace.commit(&status(id, Status::Doing)).unwrap_or_else(|error| panic!("{how}: {error:?}"));
        workspace.undo().unwrap_or_else(|error| panic!("{how}: {error:?}"));
    };
    for at in (0..log.len()).step_by(83) {
        try_it(&log[..at], &format!("cut at {at}"));
    }
    rounds(60, |rng| {
        let mut broken = log.clone();
        for _ in 0..1 + rng.below(4) {
            let at = rng.below(broken.len());
            match rng.below(3) {
                0 => broken[at] = rng.next() as u8,
                1 => drop(broken.splice(at..at, [rng.next() as u8, b'\n'])),
                _ => broken.truncate(at),
            }
            if broken.is_empty() {
                break;
            }
        }
        try_it(&broken, &format!("{:?}", String::from_utf8_lossy(&broken)));
    });
    rounds(20, |rng| {
        let garbage: Vec<u8> = (0..rng.below(3000)).map(|_| rng.next() as u8).collect();
        try_it(&garbage, "garbage");
        try_it(&[log.as_slice(), &garbage].concat(), "garbage behind");
        try_it(&[log.as_slice(), &[0; 512]].concat(), "zeros behind");
    });
    // what cannot be understood is refused in words
    std::fs::write(desk.oplog(), "garbage").expect("the log");
    assert!(matches!(desk.open().undo(), Err(UndoError::Unreadable)));
}

#[test]
fn random_bytes_in_any_file_are_never_a_panic() {
    rounds(60, |rng| {
        let desk = Desk::new(&plans::any_plan(rng));
        let names: Vec<String> = desk.files().into_keys().collect();
        for _ in 0..1 + rng.below(3) {
            let name = rng.pick(&names).clone();
            let mut bytes = desk.files()[&name].clone();
            match rng.below(3) {
                0 => bytes = (0..rng.below(400)).map(|_| rng.next() as u8).collect(),
                1 => bytes.truncate(rng.below(bytes.len() + 1)),
                _ => {
                    // a line twice, or somewhere else: duplicate ids, keys and tables
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    let mut lines: Vec<&str> = text.lines().collect();
                    for _ in 0..3 {
                        let (from, to) = (rng.below(lines.len()), rng.below(lines.len()));
                        if let Some(line) = lines.get(from).copied() {
                            lines.insert(to, line);
                        }
                    }
                    bytes = lines.join("\n").into_bytes();
                }
            }
            desk.write(&name, bytes);
        }
        let mut workspace = desk.open();
        workspace.read_all_logs();
        drop(ops::check(&mut workspace));
        if workspace.plan().tracked().next().is_none() || workspace.plan().units.is_empty() {
            return;
        }
        for _ in 0..5 {
            let change = plans::any_change(rng, workspace.plan());
            let before = desk.files();
            if let Err(error) = workspace.commit(&Transaction::new(Verb::Mark, vec![change])) {
                assert!(!matches!(error, CommitError::ReadBack { .. }), "{error:?}");
                assert_eq!(desk.files(), before);
            }
            let mut fresh = desk.open();
            fresh.read_all_logs();
            plans::assert_same_plan(fresh.plan(), workspace.plan());
        }
        workspace.refresh();
        while workspace.undo().is_ok() {}
    });
}

/// Folders, sockets and the like where a file should be.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_told() {
    for name in FILES {
        let desk = desk();
        std::fs::remove_file(desk.plan().join(name)).expect("it was there");
        std::fs::create_dir(desk.plan().join(name)).expect("a folder");
        let workspace = desk.open();
        assert!(workspace.damaged().contains(name), "{name}");
    }
    assert!(Path::new("/dev/shm").exists() || cfg!(not(target_os = "linux")));
}

#[test]
fn a_deadline_of_any_words_is_kept() {
    rounds(40, |rng| {
        let desk = desk();
        let mut workspace = desk.open();
        let due = Due { date: None, wording: format!("每{}年", plans::hostile(rng)).into() };
        let change = Change::new(Place::Due(NodeId::new("3.1.1")), None, Some(Value::Due(due.clone())));
        workspace.commit(&Transaction::new(Verb::Deadline, vec![change])).expect("saved");
        assert_eq!(desk.open().plan().state(&NodeId::new("3.1.1")).due, Some(due));
    });
}

/// A task that is named twice is changed once.
#[test]
fn a_task_named_twice_is_changed_once() {
    let desk = desk();
    for args in [
        &["mark", "3.1.1", "三（一）1", "doing"][..],
        &["note", "3.1.1", "写"],
        &["deadline", "3.1.1", "3.1.1", "2025-06-30"],
        &["assign", "3.1.1", "3.1.1", "--add", "市林业局"],
    ] {
        let output = lianxi(&desk, args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(desk.read("tasks/3.1.toml").contains("status = \"doing\""));
}

/// Forms of TOML that this program does not write: the change lands in the right table, or is refused in words.
#[test]
fn edits_of_odd_forms_land_right_or_are_refused() {
    let forms = [
        "[\"3.1.1\"]\n\"附\" = { 甲 = 1 }\n".replace("甲", "a"),
        "[\"3.1.1\"]\n[\"3.1.1\".\"附\"]\na = 1\n".to_string(),
        "[\"3.1.1\".\"附\"]\na = 1\n".to_string(),
        "[\"3.1.1\".\"附\"]\na = 1\n[\"3.1.1\"]\nlead = \"市科协\"\n".to_string(),
        "[[\"3.1.1\"]]\nstatus = \"done\"\n".to_string(),
        "[\"3.1.1\".status]\na = 1\n".to_string(),
        "[\"3.1.1\"]\nstatus.a = 1\n".to_string(),
        "\"3.1.1\" = 5\n".to_string(),
        "\"3.1.1\".lead = \"市科协\"\n".to_string(),
        "\"3.1.1\" = { status = \"done\", lead = \"市科协\" }\n".to_string(),
        "'3.1.1' = {}\n".to_string(),
        "[3.1.1]\nstatus = \"done\"\n".to_string(),
        "[\"3.1.1\"] # [\"3.1.2\"]\n\"status\"='''\ndone'''\n".to_string(),
        "[\"3.1.1\"]\n'lead' = '市科协'\n'status'  =  'done' # 见\n".to_string(),
    ];
    for form in forms {
        for new in [None, Some(Status::Blocked)] {
            let desk = desk();
            desk.write("tasks/3.1.toml", &form);
            let mut workspace = desk.open();
            assert!(workspace.damaged().is_empty(), "{form}");
            let place = Place::Status(NodeId::new("3.1.1"));
            let old = lianxi::edit::current(workspace.plan(), &place);
            let change = Change::new(place, old, new.map(Value::Status));
            if change.is_empty() {
                continue;
            }
            match workspace.commit(&Transaction::new(Verb::Mark, vec![change])) {
                Ok(()) => {
                    assert_eq!(desk.open().plan().tasks, workspace.plan().tasks, "{form}");
                    workspace.undo().expect("a step");
                }
                Err(CommitError::NotLines { line, .. }) => assert!(line > 0),
                Err(error) => panic!("{error:?}: {form}"),
            }
            assert_eq!(desk.read("tasks/3.1.toml"), form);
        }
    }
}
