//! `import`: the same plan again from the same document, and documents that are none.

use crate::desk::{Desk, PLAN};
use serde_json::{Value, json};
use std::fs;

#[test]
fn the_document_and_its_readings_give_the_plan_that_is_kept() {
    let desk = Desk::new();
    let [source, readings] = ["source.txt", "readings.toml"].map(|file| desk.path(file).display().to_string());
    desk.done(&["import", &source, "--readings", &readings, "--plan", "again"]);
    let kept = desk.path("");
    for (path, bytes) in desk.files().iter().filter(|(path, _)| path.starts_with(&kept)) {
        let again = desk.root().join("plans/again").join(path.strip_prefix(&kept).unwrap());
        assert_eq!(fs::read(&again).ok().as_ref(), Some(bytes), "{}", again.display());
    }
    assert_eq!(desk.run(&["tasks"]).code, 2, "two plans and none named");
    assert_eq!(desk.json(&["--plan", "again", "check"]), json!([]));
    let refused = desk.run(&["import", &source, "--plan", PLAN]);
    assert!(refused.code == 1 && refused.talk.contains("没有覆盖"), "{refused:?}");
}

#[test]
fn a_dry_run_reports_and_writes_nothing() {
    let desk = Desk::new();
    let before = desk.files();
    let source = desk.path("source.txt").display().to_string();
    let report = desk.json(&["import", &source, "--plan", "x", "--dry-run"]);
    let count = |name: &str| report["counts"][name].as_u64().unwrap();
    assert_eq!(["chapter", "heading", "principle", "task", "measure"].map(count), [5, 17, 4, 44, 12]);
    assert_eq!(["units", "rows", "leads", "responsible", "targets"].map(count), [28, 10, 10, 67, 5]);
    assert_eq!(report["unplaced"], json!([]));
    assert_eq!((&report["info"]["number"], &report["info"]["issued"]), (&Value::Null, &json!("2022-06-30")));
    let proposals = report["proposals"].as_array().unwrap();
    assert!(proposals.iter().any(|p| p["line"] == 20 && p["read"].as_str().unwrap().contains('月')));
    let out = desk.done(&["import", &source, "--plan", "x", "--dry-run"]).out;
    assert!(out.contains("第20行") && out.contains("确定") && out.contains("放不下的行：0"));
    assert_eq!(desk.files(), before);
}

#[test]
fn gb18030_is_converted_and_what_is_no_document_is_refused() {
    let desk = Desk::new();
    let (bytes, _, _) =
        encoding_rs::GB18030.encode("甲市实施方案\n\n一、总体要求\n\n（一）目标\n\n1.办好活动。每年一次。\n");
    fs::write(desk.root().join("gb.txt"), &bytes).unwrap();
    let report = desk.json(&["import", "gb.txt", "--plan", "gb"]);
    assert_eq!((&report["charset"], &report["counts"]["chapter"]), (&json!("GB18030"), &json!(1)));
    assert!(fs::read_to_string(desk.root().join("plans/gb/source.txt")).unwrap().starts_with("甲市实施方案"));
    fs::write(desk.root().join("bad.txt"), b"\xe4\xb8\x80\n\xff\xff\xff").unwrap();
    fs::write(desk.root().join("empty.txt"), "没有章节。\n").unwrap();
    fs::File::create(desk.root().join("large.txt")).unwrap().set_len(100 << 20).unwrap();
    fs::write(
        desk.root().join("list.toml"),
        "[[reading]]\nline = 1\nscraped = \"乙\"\nread = \"甲\"\ncertainty = \"sure\"\n",
    )
    .unwrap();
    let before = desk.files();
    for (code, file, words) in
        [(3, "bad.txt", "bad.txt:2:1"), (3, "empty.txt", "没有认出章节"), (1, "large.txt", "100 MB")]
    {
        let run = desk.run(&["import", file, "--plan", "x"]);
        assert!(run.code == code && run.talk.contains(words), "{file}: {run:?}");
    }
    let run = desk.run(&["import", "gb.txt", "--plan", "x", "--readings", "list.toml"]);
    assert!(run.code == 3 && run.talk.contains("第 1 条"), "{run:?}");
    assert_eq!(desk.files(), before);
}
