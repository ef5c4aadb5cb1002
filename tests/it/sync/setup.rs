//! `setup-git`: other git programs merge plans as we do, and everything can be put back.

use super::office::Office;
use std::fs;
use std::path::PathBuf;

/// A search path with our program in it, and one with git alone.
fn paths(office: &Office) -> (String, String) {
    let with = office.at("bin");
    fs::create_dir(&with).expect("a folder");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_lianxi"), with.join("lianxi")).expect("a link");
    let usual = "/usr/local/bin:/usr/bin:/bin".to_string();
    (format!("{}:{usual}", with.display()), usual)
}

/// Two sides set two fields and one same field of a task.
fn two_sides(office: &Office) {
    office.git("甲", &["switch", "-qc", "另一边"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["deadline", "3.1.2", "2025-06-30"]);
    office.git("甲", &["commit", "-qam", "另一边", "--no-verify"]);
    office.git("甲", &["switch", "-q", "-"]);
    office.done("甲", &["deadline", "3.1.2", "2025-09-30"]);
    office.git("甲", &["commit", "-qam", "这一边", "--no-verify"]);
}

#[test]
#[cfg(unix)]
fn git_merges_with_us_and_without_us() {
    let office = Office::new();
    let (with, without) = paths(&office);
    office.done("甲", &["setup-git"]);
    office.git("甲", &["add", ".gitattributes"]);
    office.git("甲", &["commit", "-qm", "属性", "--no-verify"]);
    two_sides(&office);
    let merge = |path: &str| office.git_in("甲", &["merge", "--no-edit", "另一边"], &[("PATH", path)]);
    let (fine, out) = merge(&with);
    assert!(!fine, "a conflict is one for git as well: {out}");
    let text = office.text("甲", "tasks/3.1.toml");
    assert!(!text.contains("<<<<") && text.contains("[[conflict]]") && text.contains("status = \"doing\""), "{text}");
    office.done("甲", &["show", "3.1.2"]);
    office.git("甲", &["merge", "--abort"]);
    // a machine without us: git's own merge, its own marks, nothing lost
    let (fine, out) = merge(&without);
    assert!(!fine, "{out}");
    let text = office.text("甲", "tasks/3.1.toml");
    assert!(text.contains("<<<<<<<") && text.contains("2025-06-30") && text.contains("2025-09-30"), "{text}");
    office.git("甲", &["merge", "--abort"]);
}

#[test]
#[cfg(unix)]
fn the_check_runs_before_a_commit_and_after_somebodys_own() {
    let office = Office::new();
    let (with, _) = paths(&office);
    let hook = office.at("甲/.git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("a folder")).expect("a folder");
    fs::write(&hook, "#!/bin/sh\necho 自己的 >> ../hooked\n").expect("a hook");
    office.git("甲", &["config", "merge.lianxi.name", "somebody's"]);
    let mut mode = fs::metadata(&hook).expect("it").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
    fs::set_permissions(&hook, mode).expect("it can be run");
    let state = || -> Vec<(PathBuf, Option<Vec<u8>>)> {
        ["甲/.git/config", "甲/.git/hooks/pre-commit", "甲/.git/hooks/pre-commit.before-lianxi", "甲/.gitattributes"]
            .map(|name| (office.at(name), fs::read(office.at(name)).ok()))
            .into()
    };
    let before = state();
    let run = office.done("甲", &["setup-git"]);
    assert!(run.talk.contains("照旧先运行"), "{}", run.talk);
    office.done("甲", &["setup-git"]);
    assert_ne!(state(), before);
    // a plan that breaks a rule is not committed
    let matrix = office.text("甲", "matrix.toml");
    fs::write(office.file("甲", "matrix.toml"), matrix.replacen("lead = \"", "lead = \"没有的", 1)).expect("written");
    let (fine, out) = office.git_in("甲", &["commit", "-qam", "坏"], &[("PATH", &with)]);
    assert!(!fine && out.contains("matrix.toml"), "{out}");
    assert_eq!(fs::read_to_string(office.at("hooked")).expect("theirs ran"), "自己的\n");
    fs::write(office.file("甲", "matrix.toml"), matrix).expect("mended");
    office.done("甲", &["mark", "3.1.2", "doing"]);
    let (fine, out) = office.git_in("甲", &["commit", "-qam", "好"], &[("PATH", &with)]);
    assert!(fine, "{out}");
    office.done("甲", &["setup-git", "--undo"]);
    assert_eq!(state(), before);
    let run = office.done("甲", &["setup-git", "--undo"]);
    assert!(run.talk.contains("没有装过"), "{}", run.talk);
}
