//! Sync through a folder: a share, a stick. Two desks, every way in which they can differ.

use super::office::Office;
use std::fs;

#[test]
fn edits_of_two_desks_meet_in_the_middle() {
    let office = Office::with(&["乙"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["deadline", "3.1.2", "2025-06-30"]);
    office.done("乙", &["note", "3.1.3", "已报送材料"]);
    let first = office.done("乙", &["sync"]);
    assert!(first.talk.contains("本机的改动已记入历史"), "{}", first.talk);
    let second = office.done("甲", &["sync"]);
    assert!(second.talk.contains("取回别人的改动 2 处"), "{}", second.talk);
    assert!(second.talk.contains("三（一）2 完成时限 — → 2025-06-30"), "{}", second.talk);
    let third = office.done("乙", &["sync"]);
    assert!(third.talk.contains("三（一）2 状态 未启动 → 推进中"), "{}", third.talk);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
    // a real merge with two parents, in words that anybody reads
    let parents = office.git("甲", &["log", "-1", "--format=%P"]);
    assert_eq!(parents.split_whitespace().count(), 2);
    let history = office.git("甲", &["log", "-p", "--first-parent", "--format=%an: %s"]);
    assert!(history.contains("+due = 2025-06-30") && history.contains("甲: 三（一）2 状态"), "{history}");
    // safe to repeat
    let again = office.done("甲", &["sync"]);
    assert!(again.talk.contains("没有要取的，也没有要送的"), "{}", again.talk);
    assert_eq!(office.git("甲", &["log", "-1", "--format=%P"]), parents);
}

#[test]
fn a_conflict_is_told_kept_and_travels() {
    let office = Office::with(&["乙"]);
    office.done("甲", &["deadline", "3.1.2", "2025-06-30"]);
    office.done("乙", &["deadline", "3.1.2", "2025-09-30"]);
    office.done("甲", &["sync"]);
    let run = office.ends("乙", &["sync"], 4);
    assert!(run.talk.contains("有 1 处两边改得不一样"), "{}", run.talk);
    assert!(run.talk.contains("2025-06-30") && run.talk.contains("2025-09-30"), "{}", run.talk);
    assert!(!office.text("乙", "tasks/3.1.toml").contains("<<<<"));
    assert!(office.text("乙", "tasks/3.1.toml").contains("[[conflict]]"));
    office.is_tidy("乙");
    // whose value is in dispute hears so, and not that it was put back
    let run = office.ends("甲", &["sync"], 4);
    assert!(run.talk.contains("三（一）2 完成时限：待定"), "{}", run.talk);
    assert!(!run.talk.contains("2025-06-30 →"), "{}", run.talk);
    office.are_same(&["甲", "乙"]);
    assert!(office.text("甲", "tasks/3.1.toml").contains("[[conflict]]"));
    // once is enough: what is open stays open, and is said by `check` and `conflicts`
    office.done("甲", &["sync"]);
}

#[test]
fn looking_changes_nothing() {
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["sync"]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    let state = |desk: &str| {
        let refs = office.git(desk, &["for-each-ref"]);
        (refs, office.git(desk, &["status", "--porcelain"]), office.git("共用", &["for-each-ref"]))
    };
    let before = state("甲");
    let run = office.done("甲", &["sync", "--dry-run"]);
    assert!(run.talk.contains("将取回别人的改动 1 处"), "{}", run.talk);
    assert!(run.talk.contains("将记入历史：三（一）3 状态"), "{}", run.talk);
    assert!(run.talk.contains("将送到") && run.talk.contains("什么也没有改"), "{}", run.talk);
    assert_eq!(state("甲"), before);
}

#[test]
fn a_place_that_is_not_there_is_no_failure() {
    let office = Office::with(&["乙"]);
    fs::rename(office.at("共用"), office.at("拔掉了")).expect("the stick is pulled");
    office.done("甲", &["mark", "3.1.2", "doing"]);
    let run = office.done("甲", &["sync"]);
    assert!(run.talk.contains("现在连不上") && run.talk.contains("已存在本机"), "{}", run.talk);
    office.is_tidy("甲");
    fs::rename(office.at("拔掉了"), office.at("共用")).expect("and put in again");
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    office.are_same(&["甲", "乙"]);
}

#[test]
fn a_stick_gets_a_repository_only_when_asked() {
    let office = Office::alone();
    fs::create_dir(office.at("U盘")).expect("a stick");
    fs::write(office.at("U盘/照片.jpg"), "…").expect("with other things on it");
    let run = office.ends("甲", &["sync", "../U盘"], 1);
    assert!(run.talk.contains("--create"), "{}", run.talk);
    let run = office.done("甲", &["sync", "../U盘", "--create"]);
    assert!(run.talk.contains("lianxi.git"), "{}", run.talk);
    // from now on it is known, under a name that git has for it
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    assert!(office.git("甲", &["remote", "-v"]).contains("U盘/lianxi.git"));
    assert_eq!(office.git("甲", &["status", "-sb"]).trim(), format!("## {0}...origin/{0}", branch(&office)));
    office.git(".", &["clone", "-q", "U盘/lianxi.git", "乙"]);
    office.are_same(&["甲", "乙"]);
}

/// Two people who each began with the built-in plan have that plan in common.
#[test]
fn two_beginnings_with_the_same_plan_are_one() {
    let office = Office::new();
    fs::create_dir(office.at("乙")).expect("a desk");
    office.done("乙", &["init"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["mark", "3.1.3", "doing"]);
    office.done("甲", &["sync"]);
    office.done("乙", &["sync", "../共用"]);
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "乙"]);
    let run = office.done("甲", &["tasks", "--json"]);
    assert_eq!(run.out.matches("\"doing\"").count(), 2);
}

#[test]
fn other_files_are_merged_by_git_and_staged_work_stays_staged() {
    let office = Office::with(&["乙"]);
    fs::write(office.at("甲/说明.md"), "一\n\n二\n\n三\n").expect("a file");
    office.git("甲", &["add", "说明.md"]);
    office.git("甲", &["commit", "-qm", "说明"]);
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    fs::write(office.at("甲/说明.md"), "一甲\n\n二\n\n三\n").expect("a file");
    office.git("甲", &["commit", "-qam", "甲"]);
    fs::write(office.at("乙/说明.md"), "一\n\n二\n\n三乙\n").expect("a file");
    office.git("乙", &["commit", "-qam", "乙"]);
    // staged by somebody who works on something else
    fs::write(office.at("乙/草稿.md"), "未完\n").expect("a file");
    office.git("乙", &["add", "草稿.md"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    let run = office.done("乙", &["sync"]);
    assert!(run.talk.contains("说明.md"), "{}", run.talk);
    assert_eq!(fs::read_to_string(office.at("乙/说明.md")).expect("merged"), "一甲\n\n二\n\n三乙\n");
    assert_eq!(office.git("乙", &["status", "--porcelain"]), "A  草稿.md\n");
    assert!(!office.git("共用", &["ls-tree", "-r", "--name-only", "HEAD"]).contains("草稿"));
    // and where git cannot merge them, nothing changes
    fs::write(office.at("甲/说明.md"), "一丙\n\n二\n\n三\n").expect("a file");
    let run = office.ends("甲", &["sync"], 1);
    assert!(run.talk.contains("会被盖掉：说明.md"), "{}", run.talk);
    office.git("甲", &["commit", "-qam", "丙"]);
    fs::write(office.at("乙/说明.md"), "一丁\n\n二\n\n三乙\n").expect("a file");
    office.git("乙", &["commit", "-qm", "丁", "说明.md"]);
    office.done("乙", &["sync"]);
    let head = office.git("甲", &["rev-parse", "HEAD"]);
    let run = office.ends("甲", &["sync"], 4);
    assert!(run.talk.contains("说明.md"), "{}", run.talk);
    assert_eq!(office.git("甲", &["rev-parse", "HEAD"]), head);
    office.is_tidy("甲");
}

/// Each side keeps the rules and both together do not: nothing is merged, and the list leads to the place.
#[test]
fn rules_are_looked_at_before_anything_is_kept() {
    let office = Office::with(&["乙"]);
    let units = office.text("甲", "units.toml");
    let more = format!("{units}\n[[unit]]\nname = \"市试验局\"\nfull = \"市试验局\"\ngroup = \"government\"\n");
    fs::write(office.file("甲", "units.toml"), more).expect("a department");
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    fs::write(office.file("甲", "units.toml"), units).expect("it is no more");
    office.done("甲", &["sync"]);
    office.done("乙", &["assign", "3.1.2", "--add", "市试验局"]);
    let before = office.text("乙", "tasks/3.1.toml");
    let run = office.ends("乙", &["sync"], 3);
    assert!(run.talk.contains("tasks/3.1.toml:") && run.talk.contains("市试验局"), "{}", run.talk);
    assert_eq!(office.text("乙", "tasks/3.1.toml"), before);
    office.is_tidy("乙");
    // mended where the list leads to, it goes on
    office.done("乙", &["assign", "3.1.2", "--reset"]);
    office.done("乙", &["sync"]);
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "乙"]);
}

fn branch(office: &Office) -> String {
    office.git("甲", &["branch", "--show-current"]).trim().to_string()
}

#[test]
fn what_a_review_sent_back_stays_at_the_desk() {
    let office = Office::with(&["乙"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["deadline", "3.1.2", "2025-12-31"]);
    office.done("甲", &["topic", "add", "科普场馆免费开放"]);
    let pending = office.done("甲", &["review", "--json"]).out;
    let pending: serde_json::Value = serde_json::from_str(&pending).expect("a list");
    let id_of = |field: &str| {
        let one = pending.as_array().unwrap().iter().find(|one| one["field"] == field);
        one.unwrap_or_else(|| panic!("{pending:#}"))["id"].as_str().unwrap().to_string()
    };
    office.done("甲", &["review", "return", &id_of("due"), "--comment", "再核"]);
    let run = office.done("甲", &["sync"]);
    assert!(run.talk.contains("审阅退回的 1 处没有记入"), "{run:?}");
    let message = office.git("甲", &["log", "-1", "--format=%B"]);
    assert!(message.contains("科普场馆免费开放") && message.contains("推进中"), "{message}");
    assert!(!message.contains("2025-12-31"), "{message}");
    office.done("乙", &["sync"]);
    assert!(!office.text("乙", "tasks/3.1.toml").contains("2025-12-31"));
    assert!(office.text("乙", "tasks/3.1.toml").contains("= \"doing\""));
    // it is still there, still sent back, and a second sync leaves it again
    assert!(office.text("甲", "tasks/3.1.toml").contains("2025-12-31"));
    let run = office.done("甲", &["sync"]);
    assert!(run.talk.contains("审阅退回的 1 处没有记入"), "{run:?}");
    assert!(office.done("甲", &["review"]).out.contains("再核"));
    // others change another file: nothing in the way; the same file: it waits, and nothing is lost
    office.done("乙", &["mark", "3.2.4", "doing"]);
    office.done("乙", &["sync"]);
    office.done("甲", &["sync"]);
    assert!(office.text("甲", "tasks/3.1.toml").contains("2025-12-31"));
    office.done("乙", &["mark", "3.1.3", "doing"]);
    office.done("乙", &["sync"]);
    let run = office.ends("甲", &["sync"], 4);
    assert!(run.talk.contains("tasks/3.1.toml") && run.talk.contains("别人也改了同一文件"), "{run:?}");
    assert!(office.text("甲", "tasks/3.1.toml").contains("2025-12-31"));
    // a whole record that was sent back stays away with its file
    office.done("甲", &["topic", "add", "不该上会的事"]);
    office.done("甲", &["review", "revert", &id_of("due")]);
    let pending: serde_json::Value =
        serde_json::from_str(&office.done("甲", &["review", "--json"]).out).expect("a list");
    let topic = pending[0]["id"].as_str().expect("the topic").to_string();
    office.done("甲", &["review", "return", &topic]);
    office.done("甲", &["sync"]);
    assert_eq!(office.git("甲", &["status", "--porcelain"]).lines().count(), 1);
    office.done("甲", &["review", "accept", &topic]);
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
}
