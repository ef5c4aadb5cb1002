//! Bundles: across an air gap, in both directions, with what may happen to a file that is carried by hand.

use super::office::Office;
use std::fs;

#[test]
fn two_machines_without_a_network() {
    let office = Office::alone();
    let made = office.done("甲", &["bundle", "make", "../一.包"]);
    assert!(made.talk.contains("从头起的 1 次提交"), "{}", made.talk);
    office.git(".", &["clone", "-q", "一.包", "乙"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["deadline", "3.1.2", "2025-06-30"]);
    let made = office.done("甲", &["bundle", "make", "../二.包"]);
    assert!(made.talk.contains("上次之后的 1 次提交"), "{}", made.talk);
    let looked = office.done("乙", &["bundle", "take", "../二.包", "--dry-run"]);
    assert!(looked.talk.contains("将取回别人的改动 1 处") && looked.talk.contains("什么也没有改"), "{}", looked.talk);
    assert!(office.git("乙", &["status", "--porcelain"]).contains("tasks/3.1.toml"));
    let taken = office.done("乙", &["bundle", "take", "../二.包"]);
    assert!(taken.talk.contains("三（一）2 状态 未启动 → 推进中") && taken.talk.contains("已取入"), "{}", taken.talk);
    // the way back builds on what came: 甲 has that
    let back = office.done("乙", &["bundle", "make", "../三.包"]);
    assert!(back.talk.contains("上次之后的 2 次提交"), "{}", back.talk);
    office.done("甲", &["bundle", "take", "../三.包"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
    // safe to repeat, in any order
    let again = office.done("甲", &["bundle", "take", "../三.包"]);
    assert!(again.talk.contains("本机都有了"), "{}", again.talk);
    office.done("甲", &["bundle", "take", "../一.包"]);
    let nothing = office.done("甲", &["bundle", "make", "../四.包"]);
    assert!(!office.at("四.包").exists(), "{}", nothing.talk);
}

#[test]
fn a_bundle_whose_base_is_missing_says_what_to_ask_for() {
    let office = Office::alone();
    office.done("甲", &["bundle", "make", "../一.包"]);
    office.git(".", &["clone", "-q", "一.包", "乙"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["bundle", "make", "../丢了.包"]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    office.done("甲", &["bundle", "make", "../三.包"]);
    let run = office.ends("乙", &["bundle", "take", "../三.包"], 1);
    assert!(run.talk.contains("三（一）2 状态 未启动 → 推进中") && run.talk.contains("--since none"), "{}", run.talk);
    office.is_tidy("乙");
    office.done("甲", &["bundle", "make", "../三.包", "--since", "none"]);
    office.done("乙", &["bundle", "take", "../三.包"]);
    office.are_same(&["甲", "乙"]);
}

#[test]
fn a_damaged_bundle_is_not_taken() {
    let office = Office::alone();
    office.done("甲", &["bundle", "make", "../一.包"]);
    office.git(".", &["clone", "-q", "一.包", "乙"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["bundle", "make", "../二.包"]);
    let whole = fs::read(office.at("二.包")).expect("a bundle");
    let head = office.git("乙", &["rev-parse", "HEAD"]);
    let mut bent = whole.clone();
    let last = bent.len() - 30;
    bent[last] ^= 0x55;
    for (bytes, code) in [(&whole[..whole.len() / 2], 3), (&whole[..40], 3), (&b"not a bundle"[..], 3), (&bent, 3)] {
        fs::write(office.at("坏.包"), bytes).expect("a file");
        let run = office.run("乙", &["bundle", "take", "../坏.包"]);
        assert_eq!(run.code, code, "{} bytes: {run:?}", bytes.len());
        assert_eq!(office.git("乙", &["rev-parse", "HEAD"]), head);
        office.is_tidy("乙");
    }
    office.ends("乙", &["bundle", "take", "../没有.包"], 1);
    // what is no bundle is not written over
    fs::write(office.at("年度总结.docx"), "…").expect("a file");
    office.ends("甲", &["bundle", "make", "../年度总结.docx", "--since", "none"], 3);
    office.ends("甲", &["bundle", "send", "../x"], 2);
}
