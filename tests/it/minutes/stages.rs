//! The minutes on their way out: stages, numbers, locks, corrections.

use super::Hall;
use std::process::Command;

const PLAIN: (&str, &str, &[&str], &str) = ("编制科普资源清单", "市科协", &["市教育局"], "9月底前");

#[test]
fn stages_come_in_order_and_what_is_signed_is_locked() {
    let hall = Hall::new(&[PLAIN]).close();
    let m = hall.meeting.as_str();
    let stage = |kind: &str| hall.desk.run(&["minutes", "stage", m, kind, "--by", "李明"]);
    assert_eq!(stage("sign").code, 1);
    assert_eq!(stage("draft").code, 0);
    assert_eq!(stage("draft").code, 1);
    assert_eq!(stage("check").code, 0);
    assert_eq!(stage("return").code, 1, "a return needs a reason");
    hall.desk.done(&["minutes", "stage", m, "return", "--by", "李明", "--reason", "措辞不妥"]);
    assert_eq!(stage("check").code, 1, "after a return it begins with the draft");
    hall.stage("countersign", "2025-06-16");
    // a department that objects stops the signature until it confirms
    hall.desk.done(&["minutes", "confirm", m, "市科协", "--by", "陈处长", "--reason", "时限太紧"]);
    assert_eq!(stage("sign").code, 1);
    assert_eq!(hall.lint(), ["objection"]);
    hall.desk.done(&["minutes", "confirm", m, "kx", "--by", "陈处长"]);
    hall.desk.done(&["minutes", "stage", m, "sign", "--by", "李明", "--today", "2025-06-17"]);
    let shown = hall.desk.json(&["minutes", "show", m]);
    assert_eq!(shown["number"], "〔2025〕1号");
    assert_eq!(shown["signer"], "李明");
    assert_eq!(shown["signed"], "2025-06-17");
    assert_eq!(shown["confirmations"][0]["by"], "陈处长");
    let frozen = shown["text"].as_str().expect("text").to_string();
    for args in [["edit", m, "p1", "别的话"], ["insert", m, "p1", "别的话"], ["confirm", m, "市科协", "--by=甲"]]
    {
        let run = hall.desk.run(&[&["minutes"], &args[..]].concat());
        assert_eq!(run.code, 1, "{args:?}: {run:?}");
    }
    hall.desk.done(&["minutes", "stage", m, "issue", "--by", "小王", "--today", "2025-06-18"]);
    assert_eq!(stage("return").code, 1);
    let shown = hall.desk.json(&["minutes", "show", m]);
    assert_eq!(shown["text"].as_str(), Some(frozen.as_str()));
    assert_eq!(shown["issued"], "2025-06-18");
    assert!(hall.desk.text(&hall.file("meeting.toml")).contains("state = \"issued\""));
    let git = |args: &[&str]| {
        let output = Command::new("git").args(args).current_dir(hall.desk.root()).output().expect("git runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let tags = git(&["-c", "core.quotePath=false", "tag", "--list"]);
    assert!(tags.contains("纪要-2025-1号"), "{tags}");
    let kept = git(&["show", &format!("{}:plans/{}/{}", tags.trim(), super::PLAN, hall.file("minutes.toml"))]);
    assert!(kept.contains("issued = 2025-06-18"), "{kept}");
}

#[test]
fn a_return_after_signing_keeps_the_number() {
    let hall = Hall::new(&[PLAIN]).close();
    hall.stage("sign", "2025-06-17");
    let m = hall.meeting.as_str();
    hall.desk.done(&["minutes", "stage", m, "return", "--by", "李明", "--reason", "再核", "--today", "2025-06-18"]);
    let key = hall.sentence_of("资源清单");
    hall.desk.done(&["minutes", "edit", m, &key, "会议明确，由市科协牵头，于9月底前编好清单。"]);
    hall.stage("sign", "2025-06-19");
    let shown = hall.desk.json(&["minutes", "show", m]);
    assert_eq!(shown["number"], "〔2025〕1号");
    assert!(shown["text"].as_str().expect("text").contains("编好清单"));
}

#[test]
fn corrections_are_numbered_and_only_for_what_is_issued() {
    let hall = Hall::new(&[PLAIN]).close();
    let m = hall.meeting.as_str();
    assert_eq!(hall.desk.run(&["minutes", "correct", m, "第三页有误"]).code, 1);
    hall.stage("issue", "2025-06-18");
    for text in ["“市教育局”应为“市科技局”。", "附件一重发。"] {
        hall.desk.done(&["minutes", "correct", m, text, "--today", "2025-06-20"]);
    }
    let shown = hall.desk.json(&["minutes", "show", m]);
    let numbers: Vec<_> =
        shown["corrections"].as_array().expect("list").iter().map(|one| one["number"].as_i64()).collect();
    assert_eq!(numbers, [Some(1), Some(2)]);
}

#[test]
fn a_number_that_two_machines_gave_is_found_and_resolved() {
    let hall = Hall::new(&[PLAIN]).close();
    hall.stage("issue", "2025-06-18");
    let second = Hall::on(hall.desk, "2025-11-20", &[("总结全年工作", "市科协", &[], "12月底前")]);
    let second = Hall { meeting: second.meeting.clone(), ..second.close() };
    second.stage("sign", "2025-11-24");
    let number = |hall: &Hall| hall.desk.json(&["minutes", "show", &hall.meeting])["number"].clone();
    assert_eq!(number(&second), "〔2025〕2号");
    // as if it had been signed on a machine that knew nothing of the first
    second.desk.edit(&second.file("minutes.toml"), "number = 2", "number = 1");
    let run = second.desk.run(&["check", "--json"]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("number-unique"), "{}", run.out);
    assert_eq!(second.desk.run(&["minutes", "renumber", &second.meeting, "1"]).code, 1);
    second.desk.done(&["minutes", "renumber", &second.meeting]);
    assert_eq!(number(&second), "〔2025〕2号");
    assert!(!second.desk.run(&["check", "--json"]).out.contains("number-unique"));
}

#[test]
fn bad_input_is_refused_and_nothing_changes() {
    let hall = Hall::new(&[PLAIN]).close();
    let m = hall.meeting.as_str();
    let before = hall.desk.files();
    for (args, code) in [
        (&["minutes", "polish", m][..], 2),
        (&["minutes", "compose", "1999-01-01"], 1),
        (&["minutes", "compose"], 2),
        (&["minutes", "stage", m], 2),
        (&["minutes", "stage", m, "seal", "--by", "甲"], 2),
        (&["minutes", "edit", m, "no-such-key", "话"], 1),
        (&["minutes", "insert", m, "opening", "  "], 1),
        (&["minutes", "confirm", m, "市财政局", "--by", "甲"], 1),
        (&["minutes", "renumber", m], 1),
        (&["minutes", "renumber", m, "零"], 2),
        (&["decision", "receipt", "nothing"], 1),
        (&["decision", "bless", "nothing"], 2),
        (&["remind", "nothing"], 1),
        (&["chain", "nothing"], 1),
    ] {
        let run = hall.desk.run(args);
        assert_eq!(run.code, code, "{args:?}: {run:?}");
        let english = hall.desk.run(&[args, &["--lang", "en"]].concat());
        assert!(english.talk.starts_with("error: "), "{english:?}");
    }
    assert_eq!(hall.desk.files(), before);
}

#[test]
fn nothing_in_the_files_of_a_meeting_reaches_the_terminal_raw() {
    const SAID: [&str; 9] = [
        "text = \"",
        "by = \"",
        "title = \"",
        "speaker = \"",
        "confirmed_by = \"",
        "place = \"",
        "chair = \"",
        "name = \"",
        "signer = \"",
    ];
    let hall = Hall::new(&[("编制科普资源清单", "市科协", &["市教育局"], "9月底前")]).close();
    let run = |args: &[&str]| hall.desk.run(&[args, &["--today", "2025-06-18"]].concat());
    for stage in ["draft", "check", "countersign", "sign", "issue"] {
        assert_eq!(run(&["minutes", "stage", &hall.meeting, stage, "--reason", "意见"]).code, 0, "{stage}");
    }
    assert_eq!(run(&["minutes", "correct", &hall.meeting, "“市科协”应为“市科学技术协会”"]).code, 0);
    let mut count = 0;
    for (path, bytes) in hall.desk.files().into_iter().filter(|(path, _)| path.to_string_lossy().contains("/meetings/"))
    {
        let text = String::from_utf8(bytes).expect("text");
        let line = |line: &str| match SAID.into_iter().find(|head| line.starts_with(head)) {
            Some(head) => line.replacen(head, &format!("{head}\\u001B[31m\\u202E"), 1),
            None => line.to_string(),
        };
        let marked: Vec<String> = text.lines().map(line).collect();
        count += usize::from(marked.join("\n") != text.trim_end());
        std::fs::write(path, marked.join("\n") + "\n").expect("written");
    }
    assert!(count > 8, "{count} files were marked");
    for args in [
        &["minutes", "show", &hall.meeting][..],
        &["minutes", "lint", &hall.meeting],
        &["meeting", "show", &hall.meeting],
        &["meeting", "list"],
        &["decisions"],
        &["chain"],
        &["chain", &hall.decision()],
        &["suggest"],
        &["check"],
        &["show", "3.1.2"],
    ] {
        let run = run(args);
        let shown = format!("{}{}", run.out, run.talk);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{args:?}: {shown:?}");
    }
}
