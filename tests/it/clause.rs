//! Commands about one task of a large plan: they look for its clause alone, and do what reading everything does.

use crate::desk::{Desk, PLAN, Run};
use lianxi::domain::NodeId;
use lianxi::ops::{self, Moment};
use lianxi::workspace::{Reach, Workspace};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// A desk whose text is so long that its clauses are looked for one by one, and has been left alone for a while.
fn large() -> Desk {
    let desk = Desk::new();
    let mut text = desk.text("text.toml");
    let filler = "面向基层开展科学普及活动".repeat(12);
    for row in 1..=20 {
        let heading = format!("8.{row}");
        text.push_str(&format!("\n[[node]]\nid = \"{heading}\"\nkind = \"heading\"\ntext = \"（{row}）第{row}组\"\n"));
        for item in 1..=90 {
            let id = format!("{heading}.{item}");
            let title = format!("title = \"第{item}项\"\ntext = \"{item}.第{item}项。{filler}\"");
            text.push_str(&format!("\n[[node]]\nid = \"{id}\"\nkind = \"task\"\nnumber = \"{item}.\"\n{title}\n"));
        }
    }
    write(&desk, &text);
    desk.done(&["mark", "3.1.2", "doing"]);
    desk
}

fn write(desk: &Desk, text: &str) {
    let path = desk.path("text.toml");
    fs::write(&path, text).unwrap();
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn seal(desk: &Desk) -> PathBuf {
    desk.root().join(".git/lianxi").join(PLAN).join("text.seal")
}

/// The same on two desks, on one of which nothing is known about the text.
fn both(known: &Desk, unknown: &Desk, args: &[&str]) -> Run {
    let _ = fs::remove_file(seal(unknown));
    let (one, other) = (known.run(args), unknown.run(args));
    assert_eq!((one.code, &one.out, &one.talk), (other.code, &other.out, &other.talk), "{args:?}");
    for (one, other) in known.files().values().zip(unknown.files().values()) {
        assert!(one == other, "{args:?}: other bytes");
    }
    assert_eq!(known.files().len(), unknown.files().len(), "{args:?}");
    one
}

#[test]
#[cfg(unix)]
fn a_clause_of_a_sealed_text_is_read_alone() {
    let desk = large();
    // the first change made the folder for it, the second one has read the text
    desk.done(&["mark", "3.1.2", "todo", "--reason", "重新部署"]);
    assert!(seal(&desk).exists());
    let open = || Workspace::open_above(desk.root(), None, Reach::Clauses).unwrap().unwrap();
    let mut workspace = open();
    let id = NodeId::new("8.20.77");
    workspace.read_clause(&id);
    assert_eq!(workspace.plan().text.nodes.len(), 1);
    let whole = Workspace::open(desk.root(), None).unwrap();
    assert_eq!(workspace.node(&id), whole.node(&id));
    // what is not there is looked for in all of it
    workspace.read_clause(&NodeId::new("9.9.9"));
    assert_eq!(workspace.plan().text, whole.plan().text);
    // whoever touches the text breaks the seal
    let text = desk.text("text.toml");
    write(&desk, &text.replacen("第77项", "第七十七项", 1));
    let mut workspace = open();
    workspace.read_clause(&id);
    assert!(workspace.plan().text.nodes.len() > 1800);
}

#[test]
fn one_task_is_changed_as_if_everything_had_been_read() {
    let (known, unknown) = (large(), large());
    let code = |args: &[&str]| both(&known, &unknown, args).code;
    assert_eq!(code(&["mark", "3.1.2", "blocked", "--reason", "等批复"]), 0);
    for (args, expected) in [
        (&["mark", "8.20.77", "doing"][..], 0),
        (&["mark", "8.20.77", "doing"], 0),
        (&["mark", "8.20.77", "8.1.1", "3.1.2", "done", "--reason", "验收"], 0),
        // a reason is needed, a heading has no status, nothing is called that
        (&["mark", "8.20.77", "doing"], 1),
        (&["mark", "8.20", "doing"], 1),
        (&["mark", "8.20.91", "doing"], 1),
        (&["mark", "8.20.77", "8.20.91", "todo", "--reason", "复核"], 1),
        (&["deadline", "8.3.4", "2025-06-30"], 0),
        (&["deadline", "8.3.4", "2025-12-31", "--reason", "第2次会议"], 0),
        (&["deadline", "8.3.4", "9月31日"], 2),
        (&["note", "8.3.5", "已会商"], 0),
        (&["note", "8.3", "已会商"], 1),
        (&["undo"], 0),
        (&["undo"], 0),
        (&["redo"], 0),
    ] {
        let run = both(&known, &unknown, args);
        assert_eq!(run.code, expected, "{args:?}: {run:?}");
    }
    // who opened everything reads the same and writes the same
    let mut whole = Workspace::open(unknown.root(), None).unwrap();
    let moment = Moment { today: "2025-06-10".parse().unwrap(), second: 0, chance: 7, author: None };
    let status = lianxi::domain::Status::Doing;
    ops::mark(&mut whole, &moment, &[NodeId::new("8.9.9")], status, "").unwrap();
    known.done(&["mark", "8.9.9", "doing"]);
    assert_eq!(known.text("tasks/8.9.toml"), unknown.text("tasks/8.9.toml"));
}

#[test]
fn what_is_wrong_is_refused_alike() {
    let (known, unknown) = (large(), large());
    both(&known, &unknown, &["mark", "8.1.1", "doing"]);
    // a file that cannot be understood
    for desk in [&known, &unknown] {
        fs::write(desk.path("tasks/8.1.toml"), "status = \n").unwrap();
    }
    assert_eq!(both(&known, &unknown, &["mark", "8.1.2", "doing"]).code, 3);
    assert_eq!(both(&known, &unknown, &["mark", "8.2.2", "doing"]).code, 0);
    // a text that only looks as if it had the clause
    for (from, to) in [
        (
            "[[node]]\nid = \"8.5.5\"",
            "[[node]]\nid = \"8.5.55\"\nnote = '''\n[[node]]\nid = \"8.5.5\"\nkind = \"task\"\n'''\n#",
        ),
        ("\nid = \"8.6.6\"\n", "\nid = 866\n"),
        ("\nid = \"8.7.7\"\n", "\nid = \"8.7.8\"\n"),
        ("kind = \"task\"\nnumber = \"8.\"", "kind = \"task\"\nnumber = \"8"),
    ] {
        let text = known.text("text.toml");
        for desk in [&known, &unknown] {
            write(desk, &text.replacen(from, to, 1));
        }
        for id in ["8.5.5", "8.6.6", "8.7.8", "8.20.1"] {
            both(&known, &unknown, &["mark", id, "doing"]);
            both(&known, &unknown, &["mark", id, "todo", "--reason", "复核"]);
        }
    }
}
