//! What differs between two states, the history and the versions, asked of the program in real repositories.

use crate::desk::PLAN;
use crate::repository::Repository;
use serde_json::Value;

/// The sentences of `diff`, one a line.
fn diff(desk: &Repository, states: &[&str]) -> Vec<String> {
    let run = desk.done(&[&["diff"], states].concat());
    run.out.lines().map(str::to_string).collect()
}

fn with<'v>(found: &'v Value, place: &str, field: &str) -> &'v Value {
    let found = found.as_array().unwrap();
    found.iter().find(|one| one["place"] == place && one["field"] == field).unwrap_or_else(|| panic!("{found:#?}"))
}

/// A desk on which a deadline was moved by a meeting on 2024-06-05 and by a letter on 2025-01-08.
fn moved_twice() -> Repository {
    let desk = Repository::new();
    let day = |day: &str, args: &[&str], message: &str| {
        desk.done(&[args, &["--today", day]].concat());
        desk.commit(day, message);
    };
    day("2024-03-01", &["deadline", "3.2.4", "2024-12-31"], "定时限");
    day("2024-06-05", &["deadline", "3.2.4", "2025-06-30", "--reason", "第2次会议"], "第2次会议后");
    day("2025-01-08", &["deadline", "3.2.4", "2025-12-31", "--reason", "市府办〔2025〕7号"], "来函");
    desk
}

#[test]
fn pending_changes_are_sentences_with_their_basis() {
    let desk = Repository::new();
    assert_eq!(desk.done(&["diff"]).out, "");
    desk.done(&["deadline", "3.2.4", "2024-12-31"]);
    desk.commit("2024-03-01", "二");
    desk.done(&["deadline", "3.2.4", "2025-06-30", "--reason", "第2次会议"]);
    desk.done(&["assign", "3.1", "--add", "市气象局", "--remove", "市科协"]);
    desk.done(&["target", "T1", "2024", "14.2", "--source", "省科协通报"]);
    assert_eq!(
        diff(&desk, &[]),
        [
            "三（一） 市气象局 分工 — → 责任单位",
            "三（一） 市科协 分工 责任单位 → —",
            "指标 公民具备科学素质的比例 2024年 — → 14.2，依据省科协通报",
            "三（二）4 完成时限 2024-12-31 → 2025-06-30，依据第2次会议",
        ]
    );
    let found = desk.json(&["diff"]);
    let due = with(&found, "3.2.4", "due");
    assert_eq!((&due["old"]["due"], &due["new"]["due"]), (&"2024-12-31".into(), &"2025-06-30".into()));
    assert_eq!((&due["basis"], &due["by"]), (&"第2次会议".into(), &"小王".into()));
    assert_eq!(with(&found, "3.2.4", "log")["with"], due["id"]);
    assert_eq!(with(&found, "3.2.4", "original_due")["with"], due["id"]);
    // an id stays as long as the change does
    assert_eq!(with(&desk.json(&["diff"]), "3.2.4", "due")["id"], due["id"]);
    let en = desk.done(&["diff", "--lang", "en"]).out;
    assert!(en.contains("3.2.4 deadline: 2024-12-31 → 2025-06-30; basis: 第2次会议"), "{en}");
}

#[test]
fn any_two_states_can_be_compared() {
    let desk = moved_twice();
    desk.git(&["tag", "v1", "HEAD~2"]);
    desk.git(&["branch", "side", "HEAD~1"]);
    let line = |from: &str, to: &str| [format!("三（二）4 完成时限 {from} → {to}")];
    let basis = |from: &str, to: &str, basis: &str| [format!("三（二）4 完成时限 {from} → {to}，依据{basis}")];
    assert_eq!(diff(&desk, &["v1", "side"]), basis("2024-12-31", "2025-06-30", "第2次会议"));
    assert_eq!(diff(&desk, &["2024-01-31", "2024年3月1日"]), line("—", "2024-12-31"));
    assert_eq!(diff(&desk, &["2024-06-30", "HEAD"]), basis("2025-06-30", "2025-12-31", "市府办〔2025〕7号"));
    // backwards a reason goes, and gives none
    assert_eq!(diff(&desk, &["HEAD", "HEAD~1"])[0], line("2025-12-31", "2025-06-30")[0]);
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.git(&["add", "-A"]);
    desk.done(&["mark", "3.1.2", "done", "--reason", "验收"]);
    assert_eq!(diff(&desk, &["HEAD", "index"]), ["三（一）2 状态 未启动 → 推进中"]);
    assert_eq!(diff(&desk, &["index"]), ["三（一）2 状态 推进中 → 已完成，理由：验收"]);
    // the reason of the move between is told as well
    assert_eq!(diff(&desk, &["v1"]).len(), 3);
    let run = desk.run(&["diff", "没有"]);
    assert!(run.code == 1 && run.talk.contains("没有版本"), "{run:?}");
}

#[test]
fn official_text_shows_the_words_that_changed() {
    let desk = Repository::new();
    let node = "实施青少年科学素质提升行动";
    desk.edit("text.toml", node, "实施青少年科学素养提升行动");
    let lines = diff(&desk, &[]);
    assert_eq!(lines, ["三（一） 标题：实施青少年科学素[-质-]{+养+}提升行动"]);
    let found = desk.json(&["diff"]);
    assert_eq!(with(&found, "3.1", "title")["new"], "实施青少年科学素养提升行动");
}

#[test]
fn records_that_move_or_are_renamed_are_said_as_such() {
    let desk = Repository::new();
    let units = desk.text("units.toml");
    let at = |name: &str| units.find(&format!("[[unit]]\nname = \"{name}\"")).unwrap_or_else(|| panic!("{units}"));
    let (start, end) = (at("市科协"), at("市气象局"));
    let moved = format!("{}{}{}", &units[..start], &units[end..], &units[start..end]);
    std::fs::write(desk.path("units.toml"), &moved).unwrap();
    let lines = diff(&desk, &[]);
    assert!(lines.len() == 1 && lines[0].ends_with("挪了位置"), "{lines:?}");
    desk.commit("2024-02-01", "挪");
    // a department that is called otherwise now keeps its full name
    desk.edit("units.toml", "name = \"市气象局\"", "name = \"市天气局\"");
    let lines = diff(&desk, &[]);
    assert_eq!(lines, ["单位 市气象局 改为 单位 市天气局"]);
    desk.commit("2024-02-02", "改名");
    // an item that got another number takes its state along
    desk.done(&["mark", "3.2.5", "doing"]);
    desk.commit("2024-02-03", "状态");
    desk.edit("text.toml", "id = \"3.2.5\"", "id = \"3.2.6\"");
    desk.edit("tasks/3.2.toml", "[\"3.2.5\"]", "[\"3.2.6\"]");
    let lines = diff(&desk, &[]);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("三（二）5《") && lines[0].contains("改为 三（二）6《"), "{lines:?}");
}

#[test]
fn the_history_of_a_field_says_who_when_and_by_what() {
    let desk = moved_twice();
    let found = desk.json(&["history", "3.2.4", "due"]);
    let rows: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let word = |name: &str| one[name].as_str().unwrap_or("-").to_string();
            format!("{} {} {} {}", word("when"), word("who"), one["new"]["due"], word("basis"))
        })
        .collect();
    let expected = [
        "2025-01-08 小王 \"2025-12-31\" 市府办〔2025〕7号",
        "2024-06-05 小王 \"2025-06-30\" 第2次会议",
        "2024-03-01 小王 \"2024-12-31\" -",
    ];
    assert_eq!(rows, expected);
    assert_eq!(found[0]["commit"], desk.git(&["rev-parse", "HEAD"]));
    // from what was kept, the same; and what came since is found
    assert_eq!(desk.json(&["history", "三（二）4", "完成时限"]), found);
    desk.done(&["deadline", "3.2.4", "none", "--reason", "并入3.2.5"]);
    desk.commit("2025-02-01", "取消");
    let more = desk.json(&["history", "3.2.4", "due"]);
    assert_eq!(more.as_array().unwrap().len(), 4);
    assert_eq!(more[0]["new"], Value::Null);
    // history that was rewritten is not mixed with what was kept
    desk.git(&["reset", "-q", "--hard", "HEAD~2"]);
    assert_eq!(desk.json(&["history", "3.2.4", "due"]).as_array().unwrap().len(), 2);
    let lines = desk.done(&["history", "3.2.4", "--limit", "1"]).out;
    assert!(lines.starts_with("2024-06-05  小王") && lines.lines().count() == 1, "{lines}");
    let run = desk.run(&["history", "3.2.4", "颜色"]);
    assert_eq!(run.code, 2, "{run:?}");
}

#[test]
fn a_place_that_never_was_has_no_history_and_one_that_went_has() {
    let desk = moved_twice();
    for (words, code) in [
        (&["history", "9.9.9"][..], 1),
        (&["history", "9.9.9", "due"], 1),
        (&["history", "9.9", "市教育局"], 1),
        (&["history", "T99"], 1),
        (&["history", "T99", "2024"], 1),
        (&["history", "9.9.9", "--new"], 1),
        // they are there, and nothing has happened to them
        (&["history", "3.2.5", "due"], 0),
        (&["history", "T1", "2024"], 0),
        (&["history", "3.2.4", "--limit", "0"], 0),
    ] {
        let run = desk.run(words);
        assert_eq!(run.code, code, "{words:?}: {run:?}");
    }
    assert!(desk.run(&["history", "9.9.9"]).talk.contains("9.9.9"));
    // a clause that was struck out
    let text = desk.text("text.toml");
    let nodes = text.split("[[node]]").filter(|node| !node.contains("id = \"3.2.4\""));
    std::fs::write(desk.path("text.toml"), nodes.collect::<Vec<_>>().join("[[node]]")).unwrap();
    desk.commit("2025-02-01", "删去一条");
    let run = desk.done(&["history", "3.2.4", "due"]);
    assert_eq!(run.out.lines().count(), 3, "{run:?}");
    let run = desk.done(&["history", "3.2.4"]);
    assert!(run.out.lines().next().unwrap().contains("删去"), "{run:?}");
    assert_eq!(desk.run(&["history", "3.2.4", "status"]).code, 0);
}

#[test]
fn a_commit_in_an_old_encoding_is_read_as_it_was_meant() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.git(&["add", "-A"]);
    let file = desk.root().join(".git/message");
    let (bytes, _, _) = encoding_rs::GBK.encode("联席会议后修改");
    std::fs::write(&file, bytes).unwrap();
    desk.git(&["-c", "i18n.commitEncoding=GBK", "commit", "-q", "-F", ".git/message"]);
    let found = desk.json(&["history", "3.1.2", "status"]);
    assert_eq!(found[0]["subject"], "联席会议后修改");
    let found = desk.json(&["history", "3.1.2"]);
    assert_eq!(found[0]["subject"], "联席会议后修改");
}

#[test]
fn the_history_of_the_plan_begins_with_the_plan() {
    let desk = moved_twice();
    let lines = desk.done(&["history"]).out;
    assert_eq!(lines.lines().count(), 4, "{lines}");
    assert!(lines.lines().last().unwrap().contains("新增 整个规划《"), "{lines}");
    // a side that was merged is part of it, once
    desk.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
    desk.done(&["mark", "3.3.1", "doing"]);
    desk.commit("2025-01-09", "旁支");
    desk.git(&["checkout", "-q", "-"]);
    desk.git(&["merge", "-q", "--no-edit", "side"]);
    let lines = desk.done(&["history"]).out;
    assert_eq!(lines.lines().count(), 5, "{lines}");
    assert!(lines.contains("三（三）1 状态 未启动 → 推进中"), "{lines}");
}

#[test]
fn what_came_since_somebody_last_looked_is_shown_once() {
    let desk = moved_twice();
    assert_eq!(desk.done(&["history", "--new"]).out.lines().count(), 4);
    assert_eq!(desk.done(&["history", "--new"]).out, "");
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.commit("2025-02-01", "推进");
    let mut other = desk.command(&["history", "--new"]);
    other.env("LIANXI_AUTHOR", "小李");
    assert_eq!(crate::desk::finish(other).out.lines().count(), 5);
    let lines = desk.done(&["history", "--new"]).out;
    assert!(lines.lines().count() == 1 && lines.contains("三（一）2"), "{lines}");
}

#[test]
fn every_verb_that_looks_works_on_a_past_day() {
    let desk = moved_twice();
    let then = desk.json(&["as-of", "2024-06-30", "show", "3.2.4"]);
    assert_eq!(then["state"]["due"], "2025-06-30", "{then:#}");
    assert_eq!(desk.json(&["as-of", "2024年3月5日", "show", "3.2.4"])["state"]["due"], "2024-12-31");
    for verb in [&["tree"][..], &["tasks", "--measures"], &["matrix"], &["units"], &["targets"], &["log"], &["check"]] {
        let run = desk.run(&[&["as-of", "2024-03-05"], verb].concat());
        assert!(run.code == 0 && run.talk.contains("2024-03-05"), "{run:?}");
    }
    let before = desk.files();
    for verb in [&["mark", "3.1.2", "doing"][..], &["undo"], &["init"], &["import", "x"], &["version", "tag", "v"]] {
        let run = desk.run(&[&["as-of", "2024-03-05"], verb].concat());
        assert!(run.code != 0, "{verb:?} {run:?}");
    }
    assert_eq!(desk.files(), before);
    assert_eq!(desk.run(&["as-of"]).code, 2);
}

#[test]
fn versions_have_the_names_that_the_office_gives_them() {
    let desk = moved_twice();
    assert_eq!(desk.done(&["versions"]).out, "");
    desk.done(&["version", "tag", "印发稿 2025/1"]);
    desk.done(&["mark", "3.1.2", "doing"]);
    let run = desk.done(&["version", "tag", "2025要点"]);
    assert!(run.talk.contains("1 处改动没有提交"), "{run:?}");
    assert_eq!(desk.run(&["version", "tag", "2025要点"]).code, 1);
    assert_eq!(desk.run(&["version", "tag", " / "]).code, 1);
    let mut names: Vec<String> =
        desk.json(&["versions"]).as_array().unwrap().iter().map(|v| v["name"].to_string()).collect();
    // named in the same second
    names.sort();
    names.reverse();
    assert_eq!(names, ["\"印发稿 2025/1\"", "\"2025要点\""]);
    assert_eq!(desk.git(&["cat-file", "-t", "印发稿-2025-1"]), "tag");
    assert_eq!(diff(&desk, &["印发稿 2025/1"]), ["三（一）2 状态 未启动 → 推进中"]);
    desk.git(&["fsck", "--strict"]);
}

#[test]
fn rubbish_in_a_version_is_named_and_the_rest_is_compared() {
    let desk = Repository::new();
    std::fs::write(desk.path("units.toml"), b"\xff\xfe\x00rubbish").unwrap();
    desk.done(&["mark", "3.1.2", "doing"]);
    let run = desk.run(&["diff"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert_eq!(run.out, "三（一）2 状态 未启动 → 推进中\n");
    assert!(run.talk.contains("units.toml:1:1"), "{run:?}");
    desk.commit("2024-02-01", "坏文件");
    assert_eq!(desk.run(&["history", "--limit", "2"]).code, 0);
    // a merge that somebody began elsewhere leaves its marks, and the rest is still read
    std::fs::write(desk.path("matrix.toml"), "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n").unwrap();
    assert_eq!(desk.run(&["diff"]).code, 3);
    assert!(desk.path("").exists() && PLAN.len() > 3);
}
