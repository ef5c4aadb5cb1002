//! Starting at a desk that has nothing yet, from what the others share.

use super::office::{Office, PLAN};
use std::fs;

/// What lies beside the desks.
fn around(office: &Office) -> Vec<String> {
    let entries = fs::read_dir(office.at(".")).expect("the office").flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_new_desk_takes_the_plan_from_the_shared_folder_and_syncs_there() {
    let office = Office::new();
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["version", "tag", "印发稿"]);
    office.done("甲", &["sync"]);
    let run = office.done(".", &["init", "乙", "--from", "共用"]);
    assert!(run.talk.contains("已从") && run.talk.contains("取来规划"), "{}", run.talk);
    office.are_same(&["甲", "乙"]);
    office.is_tidy("乙");
    assert!(office.done("乙", &["versions"]).out.contains("印发稿"));
    // the place is known from then on
    office.done("乙", &["note", "3.1.3", "已报送材料"]);
    office.done("乙", &["sync"]);
    assert!(office.done("甲", &["sync"]).talk.contains("三（一）3 记备注：已报送材料"));
    office.are_same(&["甲", "乙"]);
}

#[test]
fn a_shared_repository_that_points_at_no_branch_is_read_all_the_same() {
    let office = Office::new();
    office.git("共用", &["symbolic-ref", "HEAD", "refs/heads/别的"]);
    office.git("甲", &["config", "--global", "init.defaultBranch", "trunk"]);
    office.done(".", &["init", "乙", "--from", "共用"]);
    office.are_same(&["甲", "乙"]);
    office.is_tidy("乙");
}

#[test]
fn a_bundle_is_enough_to_start_from_where_it_holds_everything() {
    let office = Office::new();
    office.done("甲", &["bundle", "make", "../全部.包", "--since", "none"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    let known = office.git("甲", &["rev-parse", "HEAD"]);
    office.done("甲", &["bundle", "make", "../后来.包", "--since", known.trim()]);
    office.done(".", &["init", "乙", "--from", "全部.包"]);
    office.is_tidy("乙");
    office.done("乙", &["bundle", "take", "../后来.包"]);
    office.are_same(&["甲", "乙"]);
    let before = around(&office);
    let run = office.ends(".", &["init", "丙", "--from", "后来.包"], 1);
    assert!(run.talk.contains("接不上"), "{}", run.talk);
    assert_eq!(around(&office), before);
}

#[test]
fn what_cannot_be_started_from_leaves_nothing_behind() {
    let office = Office::new();
    fs::create_dir_all(office.at("空文件夹")).expect("a folder");
    fs::write(office.at("纪要.docx"), b"PK").expect("a file");
    office.git(".", &["init", "-q", "--bare", "空.git"]);
    let before = around(&office);
    let refused = [
        (&["init", "乙", "--from", "没有这里"][..], 1, "没有文件"),
        (&["init", "乙", "--from", "空文件夹"], 1, "还没有规划"),
        (&["init", "乙", "--from", "空.git"], 1, "还没有规划"),
        (&["init", "乙", "--from", "纪要.docx"], 3, "纪要.docx"),
        (&["init", "乙", "--from", "ext::sh"], 2, "ext"),
        (&["init", "甲", "--from", "共用"], 1, "里已有东西"),
    ];
    for (args, code, word) in refused {
        let run = office.ends(".", args, code);
        assert!(run.talk.contains(word), "{args:?}: {}", run.talk);
        assert_eq!(around(&office), before, "{args:?}");
    }
    // an empty folder is as good as none
    fs::create_dir_all(office.at("乙")).expect("a folder");
    office.done(".", &["init", "乙", "--from", "共用"]);
    assert!(office.at("乙").join("plans").join(PLAN).join("plan.toml").exists());
}
