//! Sync from the screen: one key, the status line tells, the cursor stays.

use super::office::Office;
use crate::desk::Desk;
use crate::stage::Stage;
use lianxi::text::Lang;
use std::process::Command;

#[test]
fn one_key_syncs_and_says_what_came() {
    let office = Office::new();
    let desk = Desk::new();
    let git = |args: &[&str]| {
        let done = Command::new("git").args(args).current_dir(desk.root()).output().expect("git runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    let shared = office.at("共用").display().to_string();
    git(&["remote", "add", "origin", &shared]);
    git(&["fetch", "-q"]);
    let branch = office.git("甲", &["branch", "--show-current"]);
    git(&["checkout", "-qfB", branch.trim(), &format!("origin/{}", branch.trim())]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    let mut stage = Stage::on(desk, (120, 40), Lang::Zh);
    stage.keys("<ctrl-g>3.1.3<enter>");
    let before = stage.app.selected().cloned();
    stage.keys("s2<ctrl-s>");
    stage.app.wait_for_sync();
    stage.resize((120, 41));
    assert_eq!(stage.app.selected().cloned(), before);
    let text = stage.text();
    assert!(text.contains("取回别人的改动 1 处") && text.contains("已送到"), "{text}");
    let task = lianxi::domain::NodeId::new("3.1.2");
    assert_eq!(stage.app.workspace().plan().state(&task).status, lianxi::domain::Status::Doing);
    office.done("甲", &["sync"]);
    // nobody there: a sentence, and everything stays here
    std::fs::rename(office.at("共用"), office.at("拔掉了")).expect("pulled");
    stage.keys("<ctrl-s>");
    stage.app.wait_for_sync();
    stage.resize((120, 40));
    assert!(stage.text().contains("现在连不上"), "{}", stage.text());
}
