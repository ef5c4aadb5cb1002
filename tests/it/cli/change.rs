//! The verbs that change something: what is written, what is said, and taking it back.

use crate::desk::Desk;
use serde_json::{Value, json};

fn task(desk: &Desk, id: &str) -> Value {
    desk.json(&["show", id])["state"].clone()
}

#[test]
fn mark_writes_one_line_and_undo_and_redo_restore_every_byte() {
    let desk = Desk::new();
    let before = desk.files();
    let record = desk.json(&["mark", "3.1.2", "doing"]);
    assert_eq!(record["changed"], true);
    let change = &record["changes"][0];
    assert_eq!(
        (&change["place"], &change["field"], &change["old"], &change["new"]),
        (&json!("3.1.2"), &json!("status"), &json!("todo"), &json!("doing"))
    );
    assert_eq!(change["sentence"], "三（一）2 状态 未启动 → 推进中");
    let after = desk.files();
    let changed: Vec<_> = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].0.ends_with("tasks/3.1.toml"));
    assert_eq!(changed[0].1.len(), before[changed[0].0].len() + "status = \"doing\"\n".len());
    assert_eq!(desk.json(&["undo"])["changed"], true);
    assert_eq!(desk.files(), before);
    desk.done(&["redo"]);
    assert_eq!(desk.files(), after);
}

#[test]
fn nothing_to_change_is_done_already() {
    let desk = Desk::new();
    let before = desk.files();
    let record = desk.json(&["mark", "3.1.2", "未启动"]);
    assert_eq!(record, json!({ "changed": false, "changes": [], "message": "本来就是这样，没有改动。" }));
    assert_eq!(desk.files(), before);
    assert_eq!(desk.run(&["undo"]).code, 1);
    assert_eq!(desk.run(&["redo"]).code, 1);
}

#[test]
fn several_tasks_are_marked_in_one_step() {
    let desk = Desk::new();
    let before = desk.files();
    desk.done(&["mark", "3.1.2", "三（一）3", "4.1.1", "3.1.2", "进行中"]);
    for id in ["3.1.2", "3.1.3", "4.1.1"] {
        assert_eq!(task(&desk, id)["status"], "doing");
    }
    desk.done(&["undo"]);
    assert_eq!(desk.files(), before);
}

#[test]
fn closing_suspending_and_reopening_ask_a_reason() {
    let desk = Desk::new();
    for status in ["done", "暂缓"] {
        let refused = desk.run(&["mark", "3.1.2", status]);
        assert_eq!(refused.code, 1);
        assert!(refused.talk.contains("--reason"), "{}", refused.talk);
    }
    desk.done(&["mark", "3.1.2", "done", "--reason", "已办结"]);
    assert_eq!(desk.run(&["mark", "3.1.2", "doing"]).code, 1);
    desk.done(&["mark", "3.1.2", "doing", "--reason", "验收未通过"]);
    let log = desk.json(&["log", "3.1.2"]);
    let texts: Vec<_> = log.as_array().unwrap().iter().map(|entry| entry["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["已办结", "验收未通过"]);
    assert_eq!((&log[1]["from"], &log[1]["to"], &log[1]["by"]), (&json!("done"), &json!("doing"), &json!("小王")));
}

#[test]
fn a_deadline_is_echoed_and_its_wording_and_first_date_are_kept() {
    let desk = Desk::new();
    let said = desk.done(&["deadline", "3.1.2", "9月底前"]);
    assert_eq!(said.talk.lines().next(), Some("“9月底前”理解为 2025-09-30 星期二"));
    assert_eq!(said.out, "");
    desk.done(&["deadline", "3.1.2", "2025年底", "--reason", "场地未定"]);
    let state = task(&desk, "3.1.2");
    assert_eq!((&state["due"], &state["due_text"]), (&json!("2025-12-31"), &json!("2025年底")));
    assert_eq!((&state["original_due"], &state["notes"]), (&json!("2025-09-30"), &json!(1)));
    let open = desk.run(&["deadline", "3.1.3", "持续推进", "--json"]);
    assert_eq!(open.talk, "“持续推进”：不设具体日期\n");
    assert_eq!((&task(&desk, "3.1.3")["due"], &task(&desk, "3.1.3")["due_text"]), (&Value::Null, &json!("持续推进")));
    desk.done(&["deadline", "3.1.3", "none"]);
    assert_eq!(task(&desk, "3.1.3")["due_text"], Value::Null);
}

#[test]
fn notes_come_from_a_word_or_from_standard_input() {
    let desk = Desk::new();
    desk.done(&["note", "3.1.2", "已发函"]);
    let fed = desk.fed(&["note", "3.1.2", "3.1.3", "-", "--progress"], "第一行\r\n第二行\n".as_bytes());
    assert_eq!(fed.code, 0, "{fed:?}");
    let log = desk.json(&["log"]);
    let seen: Vec<_> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["node"].as_str().unwrap(), e["kind"].as_str().unwrap(), e["text"].as_str().unwrap()))
        .collect();
    assert_eq!(seen.len(), 3);
    assert!(seen.contains(&("3.1.2", "note", "已发函")));
    assert!(seen.contains(&("3.1.3", "progress", "第一行\n第二行")));
    assert_eq!(desk.json(&["tasks"])[1]["notes"], 2);
}

#[test]
fn hostile_notes_are_kept_and_shown_harmless() {
    let desk = Desk::new();
    desk.done(&["note", "3.1.2", "甲\x1b[31m乙\u{202e}丙"]);
    let out = desk.done(&["log", "3.1.2"]).out;
    assert!(out.contains("甲␛[31m乙␦丙"), "{out}");
    let raw = desk.done(&["log", "3.1.2", "--json"]).out;
    assert!(raw.contains("甲\\u001b[31m乙\\u202e丙"), "{raw}");
    assert_eq!(desk.json(&["log"])[0]["text"], "甲\x1b[31m乙\u{202e}丙");
}

#[test]
fn responsibility_changes_on_rows_and_tasks_and_is_reset() {
    let desk = Desk::new();
    let before = desk.files();
    desk.done(&["assign", "3.1.2", "--lead", "kx", "--add", "qxj", "--remove", "团市委"]);
    let state = task(&desk, "3.1.2");
    assert_eq!((&state["lead"], &state["overrides"]), (&json!("市科协"), &json!(true)));
    let responsible: Vec<_> = state["responsible"].as_array().unwrap().iter().map(|u| u.as_str().unwrap()).collect();
    assert!(responsible.contains(&"市气象局") && !responsible.contains(&"团市委") && !responsible.contains(&"市科协"));
    desk.done(&["assign", "3.1.2", "--reset"]);
    assert_eq!(desk.files(), before);
    desk.done(&["assign", "三（一）", "--lead", "市教育局", "--lead", "市科协"]);
    let row = &desk.json(&["matrix"])["rows"][0];
    assert_eq!((&row["lead"], &row["joint_leads"]), (&json!("市教育局"), &json!(["市科协"])));
    assert_eq!(row["responsible"].as_array().unwrap().len(), 6);
    desk.done(&["undo"]);
    assert_eq!(desk.files(), before);
}

#[test]
fn a_figure_needs_a_source_and_may_have_its_percent_sign() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["target", "T1", "2024", "12.5"]).code, 1);
    let record = desk.json(&["target", "t1", "2024", "12.5%", "--source", "省抽样调查"]);
    assert_eq!(record["changes"][0]["new"], json!({ "value": 12.5, "source": "省抽样调查" }));
    let target = &desk.json(&["targets"])[0];
    assert_eq!((&target["actuals"]["2024"]["value"], &target["met"]), (&json!(12.5), &json!(false)));
    assert!(desk.text("targets.toml").contains("2024 = 12.5\n2024_source = \"省抽样调查\"\n"));
}

#[test]
fn a_new_workspace_is_made_with_the_built_in_plan() {
    let desk = Desk::new();
    let made = desk.done(&["init", "新工作区"]);
    assert!(made.talk.contains("新工作区"));
    assert_eq!(desk.run(&["init", "新工作区"]).code, 1);
    let there = desk.root().join("新工作区");
    assert_eq!(desk.json(&["--dir", there.to_str().unwrap(), "tasks"]).as_array().unwrap().len(), 44);
    assert_eq!(desk.json(&["--dir", there.to_str().unwrap(), "check"]), json!([]));
}

#[test]
fn inside_another_repository_only_the_new_workspace_is_committed() {
    let desk = Desk::new();
    let git = |args: &[&str]| {
        let output = std::process::Command::new("git").args(args).current_dir(desk.root()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    std::fs::write(desk.root().join("staged.txt"), "x").unwrap();
    git(&["add", "staged.txt"]);
    desk.done(&["init", "there"]);
    assert!(!git(&["show", "--name-only", "--format=", "HEAD"]).contains("staged.txt"));
    assert!(git(&["status", "--porcelain"]).contains("A  staged.txt"));
}
