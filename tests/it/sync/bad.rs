//! What may stand in the way of a sync: clear words, nothing lost, and it goes on afterwards.

use super::office::{Office, PLAN};
use std::fs;
use std::process::Stdio;

#[test]
fn a_state_that_is_no_branch_is_left_alone() {
    let office = Office::new();
    let branch = office.git("甲", &["branch", "--show-current"]);
    office.git("甲", &["switch", "-q", "--detach"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    let run = office.ends("甲", &["sync"], 1);
    assert!(run.talk.contains("不在任何一条线上") && run.talk.contains("没有改动"), "{}", run.talk);
    assert!(office.git("甲", &["status", "--porcelain"]).contains("tasks/3.1.toml"));
    office.git("甲", &["switch", "-q", branch.trim()]);
    office.done("甲", &["sync"]);
    office.is_tidy("甲");
}

#[test]
fn what_was_begun_elsewhere_is_finished_there() {
    let office = Office::new();
    for (mark, word) in [("MERGE_HEAD", "git merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert")] {
        let head = office.git("甲", &["rev-parse", "HEAD"]);
        fs::write(office.at("甲/.git").join(mark), head).expect("a mark");
        let run = office.ends("甲", &["sync"], 1);
        assert!(run.talk.contains(word), "{}", run.talk);
        fs::remove_file(office.at("甲/.git").join(mark)).expect("finished");
    }
    fs::create_dir(office.at("甲/.git/rebase-merge")).expect("a mark");
    let run = office.ends("甲", &["sync"], 1);
    assert!(run.talk.contains("git rebase"), "{}", run.talk);
    fs::remove_dir(office.at("甲/.git/rebase-merge")).expect("finished");
    office.done("甲", &["sync"]);
}

#[test]
fn two_syncs_at_once_take_turns() {
    let office = Office::new();
    let lock = fs::File::create(office.at("甲/.git/lianxi/sync.lock")).expect("a lock");
    lock.lock().expect("held by another window");
    let run = office.ends("甲", &["sync"], 1);
    assert!(run.talk.contains("另一个窗口正在同步"), "{}", run.talk);
    drop(lock);
    office.done("甲", &["sync"]);
}

/// Ten desks at once on one shared place: every one of them gets its turn.
#[test]
fn a_race_is_run_again() {
    let desks = ["乙", "丙", "丁", "戊"];
    let office = Office::with(&desks);
    for (nth, desk) in desks.iter().enumerate() {
        office.done(desk, &["deadline", &format!("3.1.{}", nth + 1), "2025-06-30"]);
    }
    let spawn = |desk: &&str| {
        let mut command = office.command(desk, &["sync"]);
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs")
    };
    for child in desks.iter().map(spawn).collect::<Vec<_>>() {
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    office.done("甲", &["sync"]);
    let tasks = office.done("甲", &["tasks", "--json"]).out;
    assert_eq!(tasks.matches("\"2025-06-30\"").count(), 4, "{tasks}");
}

/// Everything that a repository can be told to run leaves a mark where it runs. Nothing may.
#[test]
#[cfg(unix)]
fn nothing_that_a_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["sync"]);
    let script = office.at("邪.sh");
    let mark = office.at("跑了");
    fs::write(&script, format!("#!/bin/sh\necho \"$0 $@\" >> '{}'\ncat\n", mark.display())).expect("a script");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it can be run");
    let run = script.display().to_string();
    for place in ["甲/.git/hooks", "共用/hooks"] {
        fs::create_dir_all(office.at(place)).expect("a folder");
        for hook in [
            "pre-commit",
            "commit-msg",
            "post-commit",
            "pre-push",
            "pre-merge-commit",
            "post-checkout",
            "post-index-change",
            "reference-transaction",
            "pre-receive",
            "update",
            "post-receive",
            "post-update",
            "proc-receive",
            "prepare-commit-msg",
            "post-merge",
            "pre-auto-gc",
            "fsmonitor-watchman",
        ] {
            fs::copy(&script, office.at(place).join(hook)).expect("a hook");
        }
    }
    for (desk, settings) in [
        (
            "甲",
            &[
                "core.fsmonitor",
                "core.sshCommand",
                "core.gitProxy",
                "core.editor",
                "core.pager",
                "core.askPass",
                "credential.helper",
                "gpg.program",
                "diff.external",
                "merge.x.driver",
                "filter.x.clean",
                "filter.x.smudge",
                "filter.x.process",
                "diff.x.textconv",
                "core.alternateRefsCommand",
                "uploadpack.packObjectsHook",
                "remote.origin.uploadpack",
                "remote.origin.receivepack",
                "gc.recentObjectsHook",
            ][..],
        ),
        (
            "共用",
            &["core.fsmonitor", "core.alternateRefsCommand", "uploadpack.packObjectsHook", "gc.recentObjectsHook"],
        ),
    ] {
        settings.iter().for_each(|setting| drop(office.git(desk, &["config", setting, &run])));
    }
    office.git("甲", &["config", "commit.gpgSign", "false"]);
    office.git("甲", &["config", "protocol.ext.allow", "always"]);
    fs::write(office.at("甲/.git/info/attributes"), "*.toml merge=x filter=x diff=x\n").expect("attributes");
    let _ = fs::remove_file(&mark);
    fs::write(
        office.file("甲", "tasks/3.1.toml"),
        office.text("甲", "tasks/3.1.toml").replacen(
            "# 完成时限 due：日期；原话写在 due_text\n",
            "# 完成时限 due：日期；原话写在 due_text\ndue = 2025-06-30\n",
            1,
        ),
    )
    .expect("an edit");
    office.done("甲", &["sync"]);
    office.done("甲", &["sync", "--dry-run"]);
    office.done("甲", &["bundle", "make", "../包", "--since", "none"]);
    office.done("甲", &["bundle", "take", "../包"]);
    let ran = fs::read_to_string(&mark).unwrap_or_default();
    assert_eq!(ran, "", "these ran");
    let run = office.ends("甲", &["sync", "ext::sh -c id"], 2);
    assert!(run.talk.contains("会运行别的程序"), "{}", run.talk);
    assert!(office.text("甲", "tasks/3.1.toml").contains("status = \"doing\""));
}

#[test]
fn a_plan_gone_here_and_edited_there_is_kept() {
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["sync"]);
    fs::remove_dir_all(office.at("甲/plans").join(PLAN)).expect("it goes");
    fs::create_dir_all(office.at("甲/plans/另一个")).expect("another");
    fs::write(office.at("甲/plans/另一个/plan.toml"), "title = \"另一个规划\"\n").expect("a plan");
    let run = office.run("甲", &["sync"]);
    assert!(matches!(run.code, 0 | 4), "{run:?}");
    assert!(office.text("甲", "tasks/3.1.toml").contains("status = \"doing\""), "{}", run.talk);
    office.is_tidy("甲");
}

#[test]
fn a_plan_that_has_another_name_takes_the_edits_along() {
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["sync"]);
    fs::rename(office.at("甲/plans").join(PLAN), office.at("甲/plans/新名")).expect("renamed");
    office.done("甲", &["sync"]);
    let text = fs::read_to_string(office.at("甲/plans/新名/tasks/3.1.toml")).expect("there");
    assert!(text.contains("status = \"doing\"") && !office.at("甲/plans").join(PLAN).exists());
    office.done("乙", &["sync"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
}

#[test]
fn rubbish_is_not_sent_to_others() {
    let office = Office::new();
    let good = office.text("甲", "matrix.toml");
    let head = office.git("甲", &["rev-parse", "HEAD"]);
    for rubbish in [&b"\xff\xfe\x00rubbish"[..], b"lead = [[[", b"<<<<<<< ours\n"] {
        fs::write(office.file("甲", "matrix.toml"), rubbish).expect("written");
        let run = office.ends("甲", &["sync"], 3);
        assert!(run.talk.contains("matrix.toml"), "{}", run.talk);
        assert_eq!(office.git("甲", &["rev-parse", "HEAD"]), head);
    }
    fs::write(office.file("甲", "matrix.toml"), good).expect("mended");
    office.done("甲", &["sync"]);
}

/// Rubbish that somebody committed with another program does not spoil what is here.
#[test]
fn rubbish_from_others_stands_beside_ours() {
    let office = Office::with(&["乙"]);
    fs::write(office.file("乙", "tasks/3.1.toml"), b"\xff\xfe\x00\x01").expect("rubbish");
    office.git("乙", &["commit", "-qam", "坏"]);
    office.git("乙", &["push", "-q"]);
    office.done("甲", &["mark", "3.1.2", "doing"]);
    let run = office.run("甲", &["sync"]);
    assert!(matches!(run.code, 0 | 4), "{run:?}");
    assert!(office.text("甲", "tasks/3.1.toml").contains("status = \"doing\""));
    // the rest stays usable, and the rubbish is named
    office.ends("甲", &["show", "3.1.2"], 3);
}

#[test]
fn a_clone_of_recent_history_gets_the_rest() {
    let office = Office::new();
    office.done("甲", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    let url = format!("file://{}", office.at("共用").display());
    office.git(".", &["clone", "-q", "--depth=1", &url, "浅"]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    office.done("甲", &["sync"]);
    office.done("浅", &["deadline", "3.1.2", "2025-06-30"]);
    office.done("浅", &["sync"]);
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "浅"]);
    office.is_tidy("浅");
}

#[test]
fn a_submodule_is_nobodys_business() {
    let office = Office::with(&["乙"]);
    office.git(".", &["init", "-q", "--bare", "别的"]);
    office.git(".", &["clone", "-q", "别的", "别的树"]);
    office.git("别的树", &["commit", "-q", "--allow-empty", "-m", "一"]);
    office.git("别的树", &["push", "-q", "origin", "HEAD"]);
    office.git("甲", &["-c", "protocol.file.allow=always", "submodule", "add", "-q", "../别的", "附"]);
    office.git("甲", &["commit", "-qm", "附"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    office.done("甲", &["sync"]);
    office.are_same(&["甲", "乙"]);
    assert!(office.text("甲", "tasks/3.1.toml").contains("status = \"doing\""));
}

#[test]
fn damaged_objects_are_told_and_files_stay() {
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    office.done("乙", &["sync"]);
    office.done("甲", &["mark", "3.1.3", "doing"]);
    // what the shared place has is cut short
    let commit = office.git("共用", &["rev-parse", "HEAD^{tree}"]);
    let (folder, name) = commit.trim().split_at(2);
    let object = office.at("共用/objects").join(folder).join(name);
    let bytes = fs::read(&object).expect("a loose object");
    fs::remove_file(&object).expect("it goes");
    fs::write(&object, &bytes[..bytes.len() / 2]).expect("half of it");
    let run = office.run("甲", &["sync"]);
    assert!(matches!(run.code, 3 | 5), "{run:?}");
    assert!(office.text("甲", "tasks/3.1.toml").contains("status = \"doing\""));
    assert_eq!(office.git("甲", &["status", "--porcelain"]), "");
    fs::write(&object, bytes).expect("mended");
    office.done("甲", &["sync"]);
    office.is_tidy("甲");
}

/// No file may grow: the disk is full for everything that is new.
#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let office = Office::with(&["乙"]);
    office.done("乙", &["mark", "3.1.2", "doing"]);
    for nth in 0..30 {
        office.done("乙", &["note", "3.1.3", &format!("第{nth}条：{}", "办理情况".repeat(60))]);
    }
    office.done("乙", &["sync"]);
    office.done("甲", &["mark", "3.1.4", "doing"]);
    let before = office.text("甲", "tasks/3.1.toml");
    // in blocks of 512 bytes, from almost nothing on
    for blocks in [0, 1, 4, 8, 16] {
        let program = std::env::var("LIANXI_BIN").unwrap_or(env!("CARGO_BIN_EXE_lianxi").to_string());
        let mut command = office.command("甲", &[]);
        let limited = std::process::Command::new("sh");
        let world: Vec<_> =
            command.get_envs().filter_map(|(key, value)| Some((key.to_owned(), value?.to_owned()))).collect();
        command = limited;
        command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' sync")]).envs(world);
        command.current_dir(office.at("甲"));
        let output = command.output().expect("it runs");
        assert_ne!(output.status.code(), None, "{blocks}");
        if output.status.success() {
            break;
        }
        assert!(office.text("甲", "tasks/3.1.toml").contains("[\"3.1.4\"]"), "{blocks}: {before}");
        assert!(office.done("甲", &["show", "3.1.4"]).out.contains("推进中"), "{blocks}");
    }
    office.done("甲", &["sync"]);
    office.done("乙", &["sync"]);
    office.are_same(&["甲", "乙"]);
    ["甲", "乙"].iter().for_each(|desk| office.is_tidy(desk));
}
