//! Reviewing pending changes and committing them, in real repositories.

use crate::desk::PLAN;
use crate::repository::Repository;
use crate::stage::Stage;
use lianxi::ops;
use lianxi::text::Lang;
use lianxi::workspace::Workspace;
use std::fs;

/// A desk with two changed fields of one file, a cell, and a note.
fn changed() -> Repository {
    let desk = Repository::new();
    desk.done(&["deadline", "3.2.4", "2024-12-31"]);
    desk.commit("2024-03-01", "二");
    desk.done(&["deadline", "3.2.4", "2025-06-30", "--reason", "第2次会议"]);
    desk.done(&["mark", "3.2.4", "doing"]);
    desk.done(&["assign", "3.1", "--add", "市气象局"]);
    desk
}

/// `verdict sentence` of every pending change.
fn pending(desk: &Repository) -> Vec<String> {
    let found = desk.json(&["review"]);
    let told = found.as_array().unwrap().iter().filter(|one| one["with"].is_null());
    told.map(|one| format!("{} {}", one["verdict"].as_str().unwrap(), one["sentence"].as_str().unwrap())).collect()
}

fn id_of(desk: &Repository, field: &str) -> String {
    let found = desk.json(&["review"]);
    let one = found.as_array().unwrap().iter().find(|one| one["field"] == field);
    one.unwrap_or_else(|| panic!("{found:#}"))["id"].as_str().unwrap().to_string()
}

fn staged(desk: &Repository) -> Vec<String> {
    let run = desk.done(&["diff", "HEAD", "index"]);
    run.out.lines().map(str::to_string).collect()
}

const DUE: &str = "三（二）4 完成时限 2024-12-31 → 2025-06-30，依据第2次会议";
const STATUS: &str = "三（二）4 状态 未启动 → 推进中";
const CELL: &str = "三（一） 市气象局 分工 — → 责任单位";

#[test]
fn one_of_two_fields_of_a_file_is_accepted_and_committed_alone() {
    let desk = changed();
    let files = desk.files();
    assert_eq!(pending(&desk).len(), 3);
    desk.done(&["review", "accept", &id_of(&desk, "due")]);
    assert_eq!(desk.files(), files, "the files stay as they are");
    assert_eq!(staged(&desk), [DUE]);
    let mut now = pending(&desk);
    now.sort();
    assert_eq!(now, [format!("accepted {DUE}"), format!("open {CELL}"), format!("open {STATUS}")]);
    let run = desk.done(&["commit"]);
    assert!(run.talk.contains("已提交 1 处"), "{run:?}");
    assert_eq!(desk.git(&["log", "-1", "--format=%B"]), DUE);
    assert_eq!(desk.git(&["log", "-1", "--format=%an"]), "小王");
    assert_eq!(desk.done(&["diff", "HEAD~1", "HEAD"]).out.trim_end(), DUE);
    assert_eq!(desk.files(), files);
    assert_eq!(pending(&desk).len(), 2);
    // the rest, with a message of one's own
    desk.done(&["commit", "-m", "会后调整"]);
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]), "会后调整");
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    assert_eq!(desk.run(&["commit"]).code, 1);
    desk.git(&["fsck", "--strict"]);
}

#[test]
fn the_message_says_every_change_in_the_language_of_the_clerk() {
    let desk = changed();
    desk.done(&["commit", "--lang", "en"]);
    let message = desk.git(&["log", "-1", "--format=%B"]);
    assert!(
        message.contains("(3 changes)\n\n") && message.contains("3.2.4 deadline: 2024-12-31 → 2025-06-30"),
        "{message}"
    );
    assert_eq!(message.lines().count(), 5, "{message}");
}

#[test]
fn a_change_that_was_sent_back_stays_out_of_the_commit_until_it_is_mended() {
    let desk = changed();
    desk.done(&["review", "accept", "all"]);
    assert_eq!(staged(&desk).len(), 3);
    let mut director = desk.command(&["review", "return", "3.1", "--comment", "气象局没有参加"]);
    director.env("LIANXI_AUTHOR", "李主任");
    assert_eq!(crate::desk::finish(director).code, 0);
    assert_eq!(staged(&desk).len(), 2);
    let list = desk.done(&["review"]).out;
    assert!(list.contains("已退回") && list.contains("退回意见（李主任）：气象局没有参加"), "{list}");
    desk.done(&["commit"]);
    assert_eq!(pending(&desk), [format!("returned {CELL}")]);
    let run = desk.run(&["commit"]);
    assert!(run.code == 1 && run.talk.contains("已退回"), "{run:?}");
    // another value is another change
    desk.done(&["assign", "3.1", "--remove", "市气象局", "--add", "市林业局"]);
    assert_eq!(pending(&desk), ["open 三（一） 市林业局 分工 — → 责任单位"]);
    desk.done(&["commit"]);
    assert_eq!(pending(&desk), [""; 0]);
}

#[test]
fn where_nothing_was_accepted_everything_but_what_was_sent_back_goes() {
    let desk = changed();
    desk.done(&["review", "return", &id_of(&desk, "status")]);
    desk.done(&["commit"]);
    assert_eq!(pending(&desk), [format!("returned {STATUS}")]);
    assert_eq!(desk.done(&["diff", "HEAD~1", "HEAD"]).out.lines().count(), 2);
}

#[test]
fn a_change_is_taken_back_without_touching_the_others_and_can_be_undone() {
    let desk = changed();
    let before = desk.files();
    desk.done(&["review", "accept", "all"]);
    desk.done(&["review", "revert", &id_of(&desk, "due")]);
    let mut now = pending(&desk);
    now.sort();
    assert_eq!(now, [format!("accepted {CELL}"), format!("accepted {STATUS}")]);
    assert!(!staged(&desk).contains(&DUE.to_string()));
    desk.done(&["undo"]);
    assert_eq!(desk.files(), before);
    // a text that was changed by hand goes back with its whole file
    desk.edit("text.toml", "实施青少年科学素质提升行动", "实施青少年科学素养提升行动");
    let text = desk.text("text.toml");
    desk.done(&["review", "revert", "3.1"]);
    assert_ne!(desk.text("text.toml"), text);
    assert_eq!(pending(&desk).iter().filter(|one| one.contains("3.1")).count(), 0);
    desk.done(&["undo"]);
    assert_eq!(desk.text("text.toml"), text);
}

#[test]
fn records_of_one_file_are_accepted_together() {
    let desk = Repository::new();
    desk.edit("units.toml", "full = \"清远市妇女联合会\"", "full = \"清远市妇联\"");
    desk.edit("units.toml", "full = \"清远市气象局\"", "full = \"清远气象局\"");
    let run = desk.run(&["review", "accept", "市气象局"]);
    assert!(run.code == 1 && run.talk.contains("一起"), "{run:?}");
    assert_eq!(staged(&desk), [""; 0]);
    desk.done(&["review", "accept", "市气象局", "市妇联"]);
    assert_eq!(staged(&desk).len(), 2);
    desk.done(&["commit"]);
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn hooks_run_and_what_they_refuse_is_not_committed() {
    let desk = changed();
    let hook = desk.root().join(".git/hooks/commit-msg");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 说明里要写文号 >&2\nexit 1\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let head = desk.git(&["rev-parse", "HEAD"]);
    let run = desk.run(&["commit"]);
    assert!(run.code == 5 && run.talk.contains("说明里要写文号"), "{run:?}");
    assert_eq!(desk.git(&["rev-parse", "HEAD"]), head);
    fs::remove_file(hook).unwrap();
    desk.done(&["commit"]);
}

#[test]
fn what_was_refused_waits_as_it_was_and_new_files_go_along() {
    let desk = Repository::new();
    let hook = desk.root().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    // a hook sees what is about to be committed
    fs::write(&hook, "#!/bin/sh\ngit diff --cached --name-only > .git/seen\ntest ! -e .git/stop\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    fs::write(desk.root().join(".git/stop"), "").unwrap();
    desk.done(&["mark", "3.1.2", "doing"]);
    let run = desk.run(&["commit"]);
    assert_eq!(run.code, 5, "{run:?}");
    assert_eq!(staged(&desk), [""; 0], "nothing was accepted");
    fs::remove_file(desk.root().join(".git/stop")).unwrap();
    desk.done(&["commit"]);
    let seen = || fs::read_to_string(desk.root().join(".git/seen")).unwrap();
    assert!(seen().trim().ends_with("tasks/3.1.toml"), "{}", seen());
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    assert_eq!(desk.git(&["diff-index", "HEAD"]), "");
    // a note is a file that git has not seen; a department's row one that it has
    desk.done(&["note", "3.1.2", "已会商"]);
    desk.done(&["assign", "3.1", "--add", "市气象局"]);
    desk.done(&["commit"]);
    assert!(seen().contains("log/3.1.2/") && seen().contains("matrix.toml"), "{}", seen());
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_filter_of_the_repository_is_not_run_by_a_commit() {
    let desk = Repository::new();
    desk.git(&["config", "filter.joke.clean", "touch .git/ran; cat"]);
    fs::write(desk.root().join(".gitattributes"), "*.toml filter=joke\n").unwrap();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.done(&["review"]);
    assert!(!desk.root().join(".git/ran").exists());
    desk.done(&["commit"]);
    assert!(desk.git(&["show", "--format=%s", "HEAD"]).contains("doing"));
}

#[test]
fn what_is_unfinished_elsewhere_or_broken_is_not_committed() {
    let desk = changed();
    let head = desk.git(&["rev-parse", "HEAD"]);
    for (mark, word) in [("MERGE_HEAD", "合并"), ("CHERRY_PICK_HEAD", "摘取"), ("REVERT_HEAD", "回退")] {
        fs::write(desk.root().join(".git").join(mark), format!("{head}\n")).unwrap();
        let run = desk.run(&["commit"]);
        assert!(run.code == 1 && run.talk.contains(word), "{run:?}");
        assert_eq!(desk.run(&["review", "accept", "all"]).code, 1);
        assert_eq!(desk.run(&["review"]).code, 0, "looking is always possible");
        fs::remove_file(desk.root().join(".git").join(mark)).unwrap();
    }
    fs::create_dir(desk.root().join(".git/rebase-merge")).unwrap();
    assert_eq!(desk.run(&["commit"]).code, 1);
    fs::remove_dir(desk.root().join(".git/rebase-merge")).unwrap();
    let matrix = desk.text("matrix.toml");
    fs::write(desk.path("matrix.toml"), b"\xff\xfe").unwrap();
    let run = desk.run(&["commit"]);
    assert!(run.code == 3 && run.talk.contains("matrix.toml"), "{run:?}");
    fs::write(desk.path("matrix.toml"), matrix).unwrap();
    // a head that is no branch is no obstacle
    desk.git(&["checkout", "-q", "--detach"]);
    desk.done(&["commit"]);
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
}

#[test]
fn the_first_commit_of_a_repository_can_be_made() {
    let desk = crate::desk::Desk::new();
    let run = desk.done(&["review"]);
    assert!(run.out.contains("新增 整个规划《"), "{}", run.out.lines().next().unwrap_or_default());
    desk.done(&["commit"]);
    assert!(desk.done(&["history"]).out.contains("小王"));
    assert_eq!(desk.done(&["diff"]).out, "");
    assert!(desk.path("").ends_with(PLAN) || desk.path("").exists());
}

#[test]
fn words_that_name_no_change_are_refused() {
    let desk = changed();
    for words in [&["review", "accept", "zzzz"][..], &["review", "return", "9.9.9"], &["review", "revert", "市财政局"]]
    {
        assert_eq!(desk.run(words).code, 1, "{words:?}");
    }
    for words in [&["review", "accept"][..], &["review", "approve", "all"]] {
        assert_eq!(desk.run(words).code, 2, "{words:?}");
    }
}

/// The screen over a desk with three changes, one of them a text.
fn stage(size: (u16, u16), lang: Lang) -> Stage {
    let desk = changed();
    desk.edit("text.toml", "建立应急科普工作机制。", "建立健全应急科普工作机制。");
    let mut stage = Stage::on(desk.0, size, lang);
    stage.keys("<alt-4>");
    stage
}

#[test]
fn the_review_as_it_looks() {
    for (size, lang) in [((120, 40), Lang::Zh), ((80, 24), Lang::Zh), ((80, 24), Lang::En), ((200, 60), Lang::En)] {
        let mut stage = stage(size, lang);
        let name = format!("review_{}x{}_{}", size.0, size.1, lang.token());
        let mut seen = stage.text();
        stage.keys("<down>y");
        seen.push_str("\n=== accepted, the next one ===\n");
        seen.push_str(&stage.text());
        insta::assert_snapshot!(name, seen);
    }
}

#[test]
fn a_review_can_be_done_with_keys_alone() {
    let mut stage = stage((120, 40), Lang::Zh);
    // a whole group, then one with a comment, then the commit with its message edited
    stage.keys("<home> <end>b没有依据<f2>");
    let text = stage.text();
    assert!(text.contains("已接受 1，已退回 1") && text.contains("已退回 1 处"), "{text}");
    stage.keys("m");
    assert!(stage.text().contains("提交 1 处"), "{}", stage.text());
    stage.keys("审定：<ctrl-s>");
    assert!(stage.text().contains("已提交 1 处改动"), "{}", stage.text());
    let log =
        std::process::Command::new("git").args(["log", "-1", "--format=%s"]).current_dir(stage.desk.root()).output();
    let log = String::from_utf8(log.unwrap().stdout).unwrap();
    assert!(log.contains("审定："), "{log}");
    // the same words typed through an input method are full-width
    stage.keys("<home><down>ｙ");
    assert!(stage.text().contains("已接受 1 处"), "{}", stage.text());
    stage.keys("<f4>");
    assert!(stage.text().contains("还原"), "{}", stage.text());
    stage.keys("<f7>");
    // comparing leaves nothing to decide, Esc leads back
    stage.keys("tHEAD~1<enter>");
    assert!(stage.text().contains("对比：HEAD~1"), "{}", stage.text());
    stage.keys("y");
    assert!(stage.text().contains("只能看"), "{}", stage.text());
    stage.keys("<esc>w<alt-i>");
    assert!(stage.text().contains("这一处的历史"), "{}", stage.text());
}

#[test]
fn a_long_history_begins_at_once_and_goes_on_with_the_next_key() {
    let desk = Repository::new();
    let tasks: Vec<String> = (1..=7).map(|n| format!("3.1.{n}")).chain((1..=5).map(|n| format!("3.2.{n}"))).collect();
    for (month, status) in ["doing", "done", "todo", "doing", "blocked", "done", "todo"].iter().enumerate() {
        let ids: Vec<&str> = tasks.iter().map(String::as_str).collect();
        desk.done(&[&["mark"], &ids[..], &[status, "--reason", "联席会议"]].concat());
        desk.commit(&format!("2024-0{}-01", month + 2), "修改");
    }
    let mut stage = Stage::on(desk.0, (120, 40), Lang::Zh);
    stage.keys("<ctrl-g>3<enter><alt-i>");
    assert!(stage.text().contains("2024-08-01") && stage.text().contains("已完成 → 未启动"), "{}", stage.text());
    // the first change of all, and nothing of the chapter before it but the plan itself
    stage.keys("<end>");
    assert!(stage.text().contains("2024-02-01") && stage.text().contains("未启动 → 推进中"), "{}", stage.text());
    stage.keys("<home>");
    assert!(stage.text().contains("2024-08-01"), "{}", stage.text());
    stage.keys("<esc>");
    assert!(!stage.text().contains("这一处的历史"), "{}", stage.text());
}

#[test]
fn the_past_is_looked_at_on_the_screen_and_left_again() {
    let desk = changed();
    let mut stage = Stage::on(desk.0, (120, 40), Lang::Zh);
    stage.keys("<ctrl-g>3.2.4<enter>e2024-03-05<enter>");
    let text = stage.text();
    assert!(text.contains("只读：2024-03-05 当天") && text.contains("2024-12-31"), "{text}");
    let before = stage.desk.files();
    stage.keys("s2");
    assert!(stage.text().contains("只能看不能改"), "{}", stage.text());
    stage.keys("<esc><alt-4>");
    assert!(stage.text().contains("没有待审的改动"), "{}", stage.text());
    assert_eq!(stage.desk.files(), before);
    stage.keys("<alt-1><esc>");
    let text = stage.text();
    assert!(!text.contains("只读：") && text.contains("2025-06-30"), "{text}");
    stage.keys("e1999-01-01<enter>");
    assert!(stage.text().contains("还没有记录"), "{}", stage.text());
}

#[test]
fn a_clause_is_found_at_its_place_after_its_revert_is_undone() {
    let desk = Repository::new();
    desk.edit(
        "text.toml",
        "[[node]]\n",
        "[[node]]\nid = \"0.0\"\nkind = \"chrome\"\ntext = \"新加的一段\"\n\n[[node]]\n",
    );
    let mut workspace = Workspace::open(desk.root(), None).expect("a plan");
    let mut archive = workspace.archive().expect("a repository");
    let review = ops::review(&mut archive).expect("a review");
    let all = (0..review.pending.len()).collect();
    let every_place_is_right = |workspace: &Workspace| {
        for (at, node) in workspace.plan().text.nodes.iter().enumerate() {
            assert_eq!(workspace.place(&node.id), Some(at), "{}", node.id);
        }
    };
    let before = workspace.plan().text.nodes.len();
    ops::revert(&mut archive, &mut workspace, &review, &all).expect("it goes back");
    assert_eq!(workspace.plan().text.nodes.len(), before - 1);
    every_place_is_right(&workspace);
    workspace.undo().expect("the step before");
    assert_eq!(workspace.plan().text.nodes.len(), before);
    every_place_is_right(&workspace);
    workspace.redo().expect("the step after");
    every_place_is_right(&workspace);
}
