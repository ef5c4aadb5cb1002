//! Bad input: the exit code, and a sentence that names the place and the remedy. Nothing is written.

use crate::desk::{Desk, finish};
use std::fs;

#[test]
fn usage_errors_are_two_and_refusals_one() {
    let desk = Desk::new();
    let before = desk.files();
    let cases: &[(i32, &[&str], &str)] = &[
        (2, &["marck", "3.1.2", "doing"], "是不是 mark？"),
        (2, &["tasks", "--jsno"], "是不是 --json？"),
        (2, &["tasks", "多余"], "多了“多余”"),
        (2, &["mark", "3.1.2"], "还少"),
        (2, &["mark", "3.1.2", "差不多"], "没有状态“差不多”"),
        (2, &["deadline", "3.1.2", "9月31日"], "9月没有31日"),
        (2, &["deadline", "3.1.2", "2025-02-30"], "2月没有30日"),
        (2, &["deadline", "3.1.2", "回头再说"], "看不懂时限"),
        (2, &["target", "T1", "今年", "3", "--source", "x"], "年份“今年”"),
        (2, &["target", "T1", "2024", "nan", "--source", "x"], "数值“nan”"),
        (2, &["assign", "3.1.2"], "--lead"),
        (2, &["tree", "--depth", "零"], "层数“零”"),
        (2, &["--lang", "fr", "tasks"], "没有语言“fr”"),
        (2, &["--today", "2025-09-31", "tasks"], "不是日期"),
        (2, &["--today", "+262142-12-31", "suggest"], "不是日期"),
        (2, &["mark", "3.1.2", "doing", "--reason"], "--reason 后面要写内容"),
        (2, &["completions", "cmd"], "没有终端“cmd”"),
        (2, &["import", "x.txt"], "--plan"),
        (1, &["mark", "9.9.9", "doing"], "没有“9.9.9”"),
        (1, &["show", "青少年"], "没有“青少年”"),
        (1, &["mark", "2.2.1", "doing"], "原则"),
        (1, &["assign", "3.1.2", "--add", "市财政局"], "没有叫“市财政局”的单位"),
        (1, &["assign", "3.1.2", "--add", "市教育局"], "已是牵头单位"),
        (1, &["assign", "3.1.2", "--lead", "市科协", "--lead", "市科技局"], "一个自己的牵头单位"),
        (1, &["target", "T9", "2024", "3", "--source", "x"], "没有指标“T9”"),
        (1, &["target", "T1", "2031", "3", "--source", "x"], "不在规划期"),
        (1, &["note", "3.1.2", "  "], "备注是空的"),
        (1, &["--plan", "../..", "tasks"], "没有“../..”"),
        (1, &["--dir", "/没有这个文件夹", "tasks"], "没有文件"),
        (1, &["--dir", "/", "tasks"], "lianxi init"),
        (1, &["import", "没有.txt", "--plan", "x"], "没有文件"),
        (1, &["import", "plans", "--plan", "../x"], "不能作规划代号"),
    ];
    for (code, args, words) in cases {
        for json in [&[][..], &["--json"]] {
            let run = desk.run(&[args, json].concat());
            assert_eq!((run.code, run.out.as_str()), (*code, ""), "{args:?}: {run:?}");
        }
        let run = desk.run(args);
        assert!(run.talk.contains(words), "{args:?}: {}", run.talk);
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn a_damaged_file_is_named_with_its_place_and_the_rest_stays_usable() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "4.1.1", "doing"]);
    desk.edit("tasks/3.1.toml", "status = \"doing\"", "status = \"doing");
    let before = desk.files();
    let tasks = desk.run(&["tasks", "--json"]);
    assert_eq!(tasks.code, 3);
    let place = "plans/qingyuan-2021-2025/tasks/3.1.toml:";
    assert!(tasks.talk.starts_with(place) && tasks.talk.contains("TOML"), "{}", tasks.talk);
    let records: serde_json::Value = serde_json::from_str(&tasks.out).unwrap();
    assert_eq!(records.as_array().unwrap().len(), 44);
    let refused = desk.run(&["mark", "3.1.3", "doing"]);
    assert_eq!(refused.code, 3);
    assert!(refused.talk.contains("tasks/3.1.toml 有错"), "{}", refused.talk);
    assert_eq!(desk.files(), before);
    desk.done(&["mark", "4.1.1", "blocked"]);
    let found = desk.run(&["check", "--json"]);
    let findings: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!((found.code, &findings[0]["rule"]), (3, &"syntax".into()));
    assert!(findings[0]["line"].as_u64().unwrap() > 1 && findings[0]["column"].as_u64().unwrap() > 0);
}

#[test]
fn check_finds_what_breaks_a_rule_at_its_line() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("matrix.toml", "lead = \"市教育局\"", "lead = \"市财政局\"", "unknown-unit"),
        ("matrix.toml", "lead = \"市教育局\"\n", "", "one-lead"),
        ("matrix.toml", "lead = \"市教育局\"", "lead = \"市科协\"", "lead-also-responsible"),
        ("plan.toml", "warning_days = 3", "warning_days = 3\nwarnung = 4", "unknown-key"),
        ("plan.toml", "warning_days = 3", "warning_days = \"三\"", "bad-value"),
        ("units.toml", "group = \"party\"", "group = \"parteien\"", "bad-value"),
        ("targets.toml", "node = \"2.3\"", "node = \"9.9\"", "unknown-node"),
        ("plan.toml", "issued = 2022-06-30", "issued = 2022-09-31", "syntax"),
    ];
    for (file, from, to, rule) in cases {
        let desk = Desk::new();
        desk.edit(file, from, to);
        let run = desk.run(&["check", "--json"]);
        let findings: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let all = findings.as_array().unwrap();
        let found = all.iter().find(|finding| finding["rule"] == *rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {findings}"));
        assert_eq!(run.code, 3, "{rule}");
        assert!(found["file"].as_str().unwrap().ends_with(file) && found["line"].as_u64().unwrap() > 0, "{found}");
        let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), 5);
        let said = desk.run(&["check"]);
        let place = format!("{}:{}:{}: ", found["file"].as_str().unwrap(), found["line"], found["column"]);
        assert!(said.out.contains(&place), "{}", said.out);
    }
}

#[test]
fn two_leads_in_a_row_are_two_lines_for_one_key_and_the_file_is_read_only() {
    let desk = Desk::new();
    desk.edit("matrix.toml", "lead = \"市教育局\"", "lead = \"市教育局\"\nlead = \"市科协\"");
    let run = desk.run(&["matrix"]);
    assert_eq!(run.code, 3);
    assert!(run.talk.contains("matrix.toml:"), "{}", run.talk);
    assert_eq!(desk.run(&["assign", "3.1", "--add", "市气象局"]).code, 3);
    assert_eq!(desk.run(&["assign", "3.1.2", "--add", "市气象局"]).code, 3);
    desk.done(&["mark", "3.1.2", "doing"]);
}

#[test]
fn what_a_damaged_file_would_hold_is_not_said_to_be_missing() {
    let cases: &[(&str, &[&str])] = &[
        ("text.toml", &["mark", "3.1.2", "doing"]),
        ("units.toml", &["assign", "3.1", "--add", "市气象局"]),
        ("targets.toml", &["target", "T1", "2024", "12.5", "--source", "x"]),
    ];
    for (file, args) in cases {
        let desk = Desk::new();
        fs::write(desk.path(file), "[[").unwrap();
        let run = desk.run(args);
        assert!(run.code == 3 && run.talk.contains(&format!("{file} 有错")), "{run:?}");
    }
}

#[test]
fn files_that_are_not_text_too_large_or_links_outwards_are_said_to_be_so() {
    let desk = Desk::new();
    fs::write(desk.path("targets.toml"), b"# \xff\xfe\n").unwrap();
    let run = desk.run(&["targets"]);
    assert_eq!(run.code, 3);
    assert!(run.talk.contains("targets.toml:1:1: 不是 UTF-8"), "{}", run.talk);
    fs::File::create(desk.path("targets.toml")).unwrap().set_len(100 << 20).unwrap();
    let run = desk.run(&["targets"]);
    assert!(run.code == 3 && run.talk.contains("100 MB"), "{run:?}");
    fs::remove_file(desk.path("targets.toml")).unwrap();
    let run = desk.run(&["tree"]);
    assert!(run.code == 3 && run.talk.contains("targets.toml") && run.out.contains("实施青少年"), "{}", run.talk);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/etc/hostname", desk.path("targets.toml")).unwrap();
        let run = desk.run(&["targets"]);
        assert!(run.code == 3 && run.talk.contains("工作区外面"), "{}", run.talk);
    }
}

#[test]
fn standard_input_that_is_no_text_or_too_long_is_refused() {
    let desk = Desk::new();
    assert_eq!(desk.fed(&["note", "3.1.2", "-"], b"\xff\xff").code, 1);
    let long = desk.fed(&["note", "3.1.2", "-"], &vec![b'a'; 70 << 10]);
    assert!(long.code == 1 && long.talk.contains("65536"), "{long:?}");
    let huge = desk.fed(&["note", "3.1.2", "-"], &vec![b'a'; (1 << 20) + 1]);
    assert_eq!(huge.code, 1, "{huge:?}");
    assert_eq!(desk.json(&["log"]), serde_json::json!([]));
}

#[test]
fn the_surroundings_are_read_with_the_same_care() {
    let desk = Desk::new();
    let with = |name: &str, value: &str| {
        let mut command = desk.command(&["note", "3.1.2", "x"]);
        command.env(name, value);
        finish(command)
    };
    assert_eq!(with("LIANXI_TODAY", "昨天").code, 2);
    assert_eq!(with("LIANXI_SEED", "七").code, 2);
    assert_eq!(with("LIANXI_TODAY", "").code, 0);
}

#[test]
#[cfg(unix)]
fn a_disk_that_says_no_is_five_and_writes_nothing() {
    // the superuser may write anywhere: a file where a folder has to be says no to everybody
    let desk = Desk::new();
    fs::write(desk.root().join(".git/lianxi"), "").unwrap();
    let before = desk.files();
    let run = desk.run(&["mark", "3.1.2", "doing"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert_eq!(desk.files(), before);
}

#[test]
fn a_place_that_somebody_else_changed_since_is_a_conflict() {
    let desk = Desk::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.edit("tasks/3.1.toml", "status = \"doing\"", "status = \"blocked\"");
    let before = desk.files();
    let run = desk.run(&["undo"]);
    assert!(run.code == 4 && run.talk.contains("刚被别人改过"), "{run:?}");
    assert_eq!(desk.files(), before);
}

#[test]
fn log_files_that_are_wrong_are_named_and_the_others_are_shown() {
    let desk = Desk::new();
    desk.done(&["note", "3.1.2", "好的"]);
    fs::write(desk.path("log/3.1.2/2025-06-11-bad.toml"), "kind = \"note\ntext = 1\n").unwrap();
    fs::write(desk.path("log/3.1.2/notes.txt"), "x").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", desk.path("log/3.1.2/2025-06-12-link.toml")).unwrap();
    let run = desk.run(&["log"]);
    assert!(run.code == 3 && run.out.contains("好的"), "{run:?}");
    assert!(run.talk.contains("log/3.1.2/2025-06-11-bad.toml:1:"), "{}", run.talk);
    #[cfg(unix)]
    assert!(run.talk.contains("2025-06-12-link.toml: 链接指到了工作区外面"), "{}", run.talk);
    assert!(desk.run(&["check"]).out.contains("log/3.1.2/notes.txt: 不是备注文件的名字"));
}

#[test]
fn text_that_looks_like_an_option_stands_behind_two_dashes() {
    let desk = Desk::new();
    let refused = desk.run(&["note", "3.1.2", "-完成"]);
    assert!(refused.code == 2 && refused.talk.contains("--"), "{refused:?}");
    desk.done(&["note", "3.1.2", "--", "-完成"]);
    assert_eq!(desk.json(&["log"])[0]["text"], "-完成");
}
