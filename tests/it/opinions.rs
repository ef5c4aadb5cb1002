//! Opinions of departments on clauses: noted, adopted, declined, put into the table.

use crate::desk::Desk;
use serde_json::Value;

fn add(desk: &Desk, words: &[&str]) -> String {
    let answer = desk.json(&[&["opinion", "add"], words].concat());
    assert_eq!(answer["changed"], true, "{answer}");
    answer["id"].as_str().expect("an id").to_string()
}

fn list(desk: &Desk, words: &[&str]) -> Vec<Value> {
    desk.json(&[&["opinion", "list"], words].concat()).as_array().expect("a list").clone()
}

#[test]
fn an_opinion_is_noted_adopted_declined_and_undone() {
    let desk = Desk::new();
    let before = desk.files();
    let id = add(&desk, &["三（一）2", "--unit", "sjyj", "amend", "改为每年9月底前", "--letter", "清教函〔2025〕8号"]);
    let undone = desk.json(&["undo"])["message"].to_string();
    assert!(undone.contains("意见“市教育局 三（一）2”"), "{undone}");
    desk.done(&["redo"]);
    let one = &list(&desk, &[])[0];
    assert_eq!((one["id"].as_str(), one["unit"].as_str()), (Some(id.as_str()), Some("市教育局")));
    assert_eq!((&one["tasks"][0], &one["stance"], &one["decision"]), (&"3.1.2".into(), &"amend".into(), &Value::Null));
    assert_eq!((&one["text"], &one["letter"]), (&"改为每年9月底前".into(), &"清教函〔2025〕8号".into()));
    assert_eq!((&one["date"], &one["by"]), (&"2025-06-10".into(), &"小王".into()));

    assert_eq!(desk.run(&["opinion", "decline", &id]).code, 1, "declining needs a reason");
    assert_eq!(list(&desk, &[])[0]["decision"], Value::Null);
    desk.done(&["opinion", "decline", &id, "--reason", "与省方案不一致"]);
    assert_eq!(list(&desk, &[])[0]["reason"], "与省方案不一致");
    assert_eq!(desk.json(&["opinion", "decline", &id])["changed"], false, "declined before, for the same reason");

    // the reason for declining does not stay behind
    assert_eq!(desk.json(&["opinion", "adopt", &id[..4]])["changed"], true);
    assert_eq!((&list(&desk, &[])[0]["decision"], &list(&desk, &[])[0]["reason"]), (&"adopted".into(), &"".into()));
    assert_eq!(desk.json(&["opinion", "adopt", "9月底"])["changed"], false, "adopted twice, found by its words");

    for _ in 0..3 {
        desk.done(&["undo"]);
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn what_is_not_an_opinion_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    let before = desk.files();
    for (code, words) in [
        (2, &["add", "3.1.2", "perhaps", "随便", "--unit", "sjyj"][..]),
        (2, &["add", "3.1.2", "agree"]),
        (2, &["add", "3.1.2", "--unit", "sjyj"]),
        (2, &["list", "3.1.2", "3.1.3"]),
        (2, &["list", "3.1.2", "--letter", "8", "3.1.3"]),
        (2, &["vote", "3.1.2"]),
        (2, &["adopt"]),
        (1, &["add", "9.9.9", "agree", "--unit", "sjyj"]),
        (1, &["add", "3.1.2", "agree", "--unit", "不存在局"]),
        (1, &["add", "3.1.2", "object", "--unit", "sjyj"]),
        (1, &["add", "3.1.2", "amend", "  ", "--unit", "sjyj"]),
        (1, &["adopt", "zzzzzz"]),
        (1, &["decline", "", "--reason", "无"]),
    ] {
        for lang in ["zh", "en"] {
            let run = desk.run(&[&["opinion"], words, &["--lang", lang]].concat());
            assert_eq!((run.code, run.out.as_str()), (code, ""), "{words:?}: {run:?}");
            assert!(!run.talk.trim().is_empty());
        }
    }
    assert_eq!(desk.files(), before);
    // a long text comes over standard input
    let long = "建议补充。\n".repeat(20);
    let run = desk.fed(&["opinion", "add", "3.1.2", "修改建议", "-", "--unit", "sjyj"], long.as_bytes());
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(list(&desk, &[])[0]["text"], long.trim());
    assert_eq!(desk.fed(&["opinion", "add", "3.1.2", "amend", "-", "--unit", "sjyj"], &vec![b'a'; 70_000]).code, 1);
}

#[test]
fn the_list_goes_by_clause_and_the_table_counts() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["export", "opinions", "--format", "txt"]).code, 1, "there is no opinion yet");
    add(&desk, &["3.2.1", "object", "不宜由我局牵头", "--unit", "市科技局"]);
    let kept = add(&desk, &["3.1.2", "amend", "改为目录", "--unit", "sjyj"]);
    let dropped = add(&desk, &["3.1.3", "amend", "删去本条", "--unit", "市科技局"]);
    add(&desk, &["3.1.2", "agree", "--unit", "市民政局"]);
    desk.done(&["opinion", "adopt", &kept]);
    desk.done(&["opinion", "decline", &dropped, "--reason", "省里有要求"]);
    let clauses: Vec<String> =
        list(&desk, &[]).iter().map(|one| one["tasks"][0].as_str().unwrap().to_string()).collect();
    assert_eq!(clauses, ["3.1.2", "3.1.2", "3.1.3", "3.2.1"]);
    assert_eq!(list(&desk, &["3.1"]).len(), 3, "a heading stands for what is below it");
    assert_eq!(list(&desk, &["三（二）1"]).len(), 1);
    let table = desk.done(&["opinion"]);
    assert_eq!(table.out.lines().count(), 4);
    assert!(table.talk.contains("共 4 条意见：采纳 1，未采纳 1，待定 2"), "{table:?}");

    let paper = desk.done(&["export", "opinions", "--format", "md"]).out;
    assert!(paper.contains("收到修改意见3条，采纳1条，部分采纳0条，不采纳1条，待定1条。"), "{paper}");
    assert!(
        paper.contains("市民政局回复无意见") && paper.contains("三（一）2") && paper.contains("省里有要求"),
        "{paper}"
    );
    assert!(
        !paper.lines().any(|line| line.contains("市民政局") && line.contains('|')),
        "an agreement is no line: {paper}"
    );
    desk.done(&["export", "opinions", "-o", "意见.docx"]);
    assert!(desk.root().join("意见.docx").is_file());
}

#[test]
fn a_clause_without_a_title_is_suggested_under_its_first_words() {
    let desk = Desk::new();
    add(&desk, &["3.1.p1", "--unit", "sjyj", "object", "提法不妥"]);
    let suggested = desk.json(&["suggest"]);
    let one =
        suggested.as_array().expect("a list").iter().find(|one| one["reason"] == "disagree").expect("it is suggested");
    let text = desk.json(&["show", "3.1.p1"])["text"].as_str().expect("a text").to_string();
    assert!(text.starts_with(one["title"].as_str().expect("a title")) && one["title"] != "", "{one}");
}
