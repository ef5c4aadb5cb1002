//! Two machines with one meeting: what each wrote is there after a plain `git merge`, and the operations write what the command line
//! writes.

use super::desk::{Desk, PLAN, finish};
use lianxi::domain::meeting::{Attendance, Meeting};
use lianxi::domain::{Due, UnitId, due};
use lianxi::ops::Moment;
use lianxi::ops::meeting::{self as ops, NewItem, NewMeeting, NewOutcome, NewTopic};
use lianxi::workspace::Workspace;
use std::path::Path;
use std::process::{Command, Stdio};

fn git(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=小王", "-c", "user.email=w@example.org"]).args(args).current_dir(folder);
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// A clone's run of the program, with a chance of its own.
fn at(desk: &Desk, folder: &Path, seed: &str, args: &[&str]) -> String {
    let mut command = desk.command(args);
    command.current_dir(folder).env("LIANXI_SEED", seed);
    let run = finish(command);
    assert_eq!(run.code, 0, "{args:?}: {run:?}");
    run.out.trim().to_string()
}

#[test]
fn two_machines_with_one_meeting_merge_clean() {
    let desk = Desk::new();
    let m = desk.done(&["meeting", "new", "--kind", "plenary", "--date", "2025-06-20"]).out.trim().to_string();
    let item = desk.done(&["meeting", "agenda", &m, "add", "审议年度要点"]).out.trim().to_string();
    desk.done(&["meeting", "open", &m]);
    git(desk.root(), &["add", "-A"]);
    git(desk.root(), &["commit", "-qm", "会议"]);
    let other = tempfile::tempdir().expect("a folder");
    let clone = other.path().join("clone");
    git(desk.root(), &["clone", "-q", ".", clone.to_str().expect("a path")]);
    for (folder, seed, unit, text) in [(desk.root(), "11", "jyj", "甲"), (clone.as_path(), "22", "kx", "乙")] {
        let run = |args: &[&str]| at(&desk, folder, seed, args);
        run(&["meeting", "attend", &m, unit, "present", "--name", text]);
        run(&["meeting", "agenda", &m, "add", &format!("新增{text}")]);
        run(&["meeting", "record", &m, &item, &format!("发言{text}")]);
        run(&["meeting", "record", &m, &item, &format!("又说{text}")]);
        run(&["meeting", "decide", &m, &item, &format!("议定{text}"), "--lead", unit]);
        run(&["topic", "add", &format!("议题{text}")]);
        git(folder, &["add", "-A"]);
        git(folder, &["commit", "-qm", text]);
    }
    git(desk.root(), &["pull", "-q", "--no-rebase", "--no-edit", clone.to_str().expect("a path")]);
    let shown = desk.json(&["meeting", "show", &m]);
    assert_eq!(shown["count"]["present"], 2);
    assert_eq!(shown["outcomes"].as_array().expect("a list").len(), 2);
    assert_eq!(shown["record"].as_array().expect("a list").len(), 4);
    let titles: Vec<&str> =
        shown["agenda"].as_array().expect("a list").iter().filter_map(|item| item["title"].as_str()).collect();
    assert!(titles.contains(&"新增甲") && titles.contains(&"新增乙"), "{titles:?}");
    assert_eq!(titles.last(), Some(&"召集人讲话"));
    assert_eq!(desk.json(&["topic", "list"]).as_array().expect("a list").len(), 2);
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn operations_and_the_command_line_write_the_same_bytes() {
    let typed = Desk::new();
    typed.done(&["topic", "add", "建设科普e站", "--unit", "市教育局"]);
    typed.done(&["meeting", "new", "--kind", "plenary", "--date", "2025-06-20"]);
    typed.done(&["meeting", "agenda", "next", "take", "e站"]);
    typed.done(&["meeting", "agenda", "next", "add", "审议年度要点", "--minutes", "30"]);
    typed.done(&["meeting", "open", "next"]);
    typed.done(&["meeting", "attend", "next", "市科协", "present"]);
    typed.done(&["meeting", "decide", "next", "要点", "印发", "--lead", "市科协", "--due", "9月底前"]);
    typed.done(&["meeting", "postpone", "next", "e站"]);
    typed.done(&["meeting", "close", "next"]);

    let called = Desk::new();
    let mut workspace = Workspace::open(called.root(), Some(PLAN)).expect("the plan opens");
    let today = "2025-06-10".parse().expect("a day");
    let moment = Moment { today, second: 0, chance: 7, author: Some("小王".to_string()) };
    let w = &mut workspace;
    let topic =
        NewTopic { title: "建设科普e站".into(), units: vec![UnitId::new("市教育局")], ..NewTopic::default() };
    ops::add_topic(w, &moment, &topic).expect("a topic");
    let new = NewMeeting {
        kind: lianxi::domain::meeting::MeetingKind::Plenary,
        date: "2025-06-20".parse().expect("a day"),
        time: None,
        length: None,
        place: String::new(),
        chair: String::new(),
        title: String::new(),
    };
    ops::new_meeting(w, &moment, &new).expect("a meeting");
    let id = ops::resolve_meeting(w, "next", today).expect("it is there");
    let topic = ops::resolve_topic(w, "e站").expect("it is there");
    ops::take_topic(w, &moment, &id, &topic).expect("taken");
    let item = NewItem { title: "审议年度要点".into(), minutes: Some(30), ..NewItem::default() };
    ops::add_item(w, &moment, &id, &item).expect("an item");
    ops::open(w, &moment, &id).expect("open");
    ops::attend(w, &id, &[UnitId::new("市科协")], Some(Attendance::Present), None).expect("signed in");
    let item = ops::resolve_item(w, &id, "要点").expect("it is there");
    let due: Due = due::parse("9月底前", today).expect("a deadline");
    let outcome =
        NewOutcome {
            text: "印发".into(), lead: Some(UnitId::new("市科协")), due: Some(due), ..NewOutcome::default()
        };
    ops::decide(w, &moment, &id, &item, &outcome).expect("decided");
    let other = ops::resolve_item(w, &id, "e站").expect("it is there");
    ops::postpone(w, &moment, &id, &other).expect("put off");
    ops::close(w, &moment, &id).expect("closed");
    assert!(Meeting::of(w.plan(), &id).is_some());

    let strip = |desk: &Desk| -> Vec<(String, Vec<u8>)> {
        let name = |path: &Path| path.strip_prefix(desk.root()).expect("below").display().to_string();
        desk.files().iter().map(|(path, bytes)| (name(path), bytes.clone())).collect()
    };
    assert!(strip(&typed) == strip(&called));
}

/// The program is killed at random moments while somebody captures line after line: what was answered is there, and nothing is
/// half there.
#[test]
fn a_power_cut_while_capturing_loses_at_most_the_line() {
    let desk = Desk::new();
    let m = desk.done(&["meeting", "new", "--kind", "plenary", "--date", "2025-06-20"]).out.trim().to_string();
    let item = desk.done(&["meeting", "agenda", &m, "add", "审议"]).out.trim().to_string();
    desk.done(&["meeting", "open", &m]);
    let mut rng = super::plans::Rng::new(42);
    let mut answered = Vec::new();
    for round in 0..24 {
        let text = format!("第{round}条");
        let mut command = desk.command(&["meeting", "decide", &m, &item, &text]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut left = rng.below(60);
        let done = loop {
            match child.try_wait().expect("it can be asked") {
                Some(status) => break status.success(),
                None if left == 0 => break false,
                None => {
                    left -= 1;
                    std::thread::yield_now();
                }
            }
        };
        if !done {
            child.kill().expect("it can be killed");
            child.wait().expect("it ends");
        }
        answered.extend(done.then_some(text));
    }
    let shown = desk.json(&["meeting", "show", &m]);
    let texts: Vec<&str> =
        shown["outcomes"].as_array().expect("a list").iter().filter_map(|one| one["text"].as_str()).collect();
    answered.iter().for_each(|text| assert!(texts.contains(&text.as_str()), "{text}"));
    let decided = !texts.is_empty();
    let item = shown["agenda"].as_array().expect("a list").iter().find(|one| one["title"] == "审议").expect("there");
    assert_eq!(item["state"] == "discussed", decided, "a decision and what it does to its item are saved together");
    desk.done(&["meeting", "decide", &m, "审议", "最后一条"]);
    assert_eq!(desk.run(&["check"]).code, 0);
}
