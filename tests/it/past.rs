//! States of a plan that git keeps: a day, a revision, the index. Looked at, never written, and nothing is run for it.

use crate::desk::PLAN;
use crate::repository::Repository;
use lianxi::domain::{NodeId, Status};
use lianxi::git::{GitError, Objects, Repo};
use lianxi::ops::{self, Refusal};
use lianxi::store::Doc;
use lianxi::workspace::{CommitError, OpenError, State, Workspace};
use std::fs;

fn id(text: &str) -> NodeId {
    NodeId::new(text)
}

fn moment() -> ops::Moment {
    let today = "2025-06-10".parse().unwrap();
    ops::Moment { today, second: 0, chance: 7, author: Some("小王".to_string()) }
}

fn status(desk: &Repository, state: &str, task: &str) -> Status {
    Workspace::as_of(desk.root(), None, &State::parse(state)).unwrap().plan().state(&id(task)).status
}

#[test]
fn a_past_day_is_the_plan_of_that_day_and_cannot_be_changed() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.commit("2024-05-06", "二");
    desk.done(&["mark", "3.1.2", "done", "--reason", "验收"]);
    desk.commit("2024-07-01", "三");
    desk.done(&["mark", "3.1.2", "doing", "--reason", "返工"]);
    assert_eq!(status(&desk, "2024-01-10", "3.1.2"), Status::Todo);
    assert_eq!(status(&desk, "2024年6月30日", "3.1.2"), Status::Doing);
    assert_eq!(status(&desk, "2024-07-01", "3.1.2"), Status::Done);
    assert_eq!(status(&desk, "HEAD~2", "3.1.2"), Status::Todo);
    let mut then = Workspace::as_of(desk.root(), Some(PLAN), &State::parse("2024-07-01")).unwrap();
    then.read_all_logs();
    assert_eq!(then.log(&id("3.1.2")).len(), 1);
    assert!(then.problems().next().is_none());
    let before = desk.files();
    let refused = ops::mark(&mut then, &moment(), &[id("3.1.3")], Status::Doing, "");
    assert!(matches!(refused, Err(Refusal::Commit(CommitError::Past { .. }))), "{refused:?}");
    assert!(matches!(ops::undo(&mut then), Err(Refusal::Undo { .. })));
    assert_eq!(desk.files(), before);
    let early = Workspace::as_of(desk.root(), None, &State::parse("2023-12-31")).unwrap_err();
    assert!(matches!(early, OpenError::Git(GitError::BeforeHistory { .. })), "{early:?}");
    for wrong in ["v9", "--all", "HEAD:plans", "a b", ""] {
        let error = Workspace::as_of(desk.root(), None, &State::parse(wrong)).unwrap_err();
        assert!(matches!(error, OpenError::Git(GitError::UnknownRevision { .. })), "{wrong}: {error:?}");
    }
}

#[test]
fn the_index_is_a_state_of_its_own() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.git(&["add", "-A"]);
    desk.done(&["mark", "3.1.2", "blocked"]);
    assert_eq!(status(&desk, "index", "3.1.2"), Status::Doing);
    let touched = Repo::of(desk.root()).touched(&format!("plans/{PLAN}")).unwrap();
    assert_eq!(touched.len(), 1);
    assert!(touched[0].path == "tasks/3.1.toml" && touched[0].in_index && touched[0].in_work);
}

#[test]
fn only_what_differs_between_two_trees_is_read() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.done(&["note", "3.2.1", "已函询"]);
    desk.commit("2024-05-06", "二");
    let mut objects = Objects::open(&Repo::of(desk.root())).unwrap();
    let [old, new] = ["HEAD~1", "HEAD"].map(|revision| objects.commit(revision).unwrap());
    assert_eq!(new.author, "小王");
    assert_eq!(new.day, "2024-05-06".parse().ok());
    let changed = objects.differences(Some(&old.tree), Some(&new.tree)).unwrap();
    let paths: Vec<&str> = changed.iter().map(|file| file.path.rsplit(PLAN).next().unwrap()).collect();
    assert_eq!(paths.len(), 2);
    assert!(paths[0].starts_with("/log/3.2.1/") && paths[1] == "/tasks/3.1.toml", "{paths:?}");
    let text = objects.blob(changed[1].new.as_ref().unwrap()).unwrap();
    let text = lianxi::domain::Str::from(String::from_utf8(text).unwrap());
    assert_ne!(lianxi::store::read_doc(&text).unwrap(), Doc::default());
}

#[test]
fn nothing_that_a_strangers_repository_configures_is_run() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    let trap = desk.root().join("trap.sh");
    let caught = desk.root().join(".git/caught");
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\ncat\n", caught.display())).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&trap, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let trap = trap.display().to_string();
    fs::write(desk.root().join(".git/info/attributes"), "*.toml filter=evil diff=evil\n").unwrap();
    for name in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.evil.textconv",
        "diff.evil.command",
        "filter.evil.clean",
        "filter.evil.smudge",
        "gpg.program",
        "core.alternateRefsCommand",
    ] {
        desk.git(&["config", name, &trap]);
    }
    desk.git(&["config", "log.showSignature", "true"]);
    desk.git(&["config", "core.hooksPath", desk.root().to_str().unwrap()]);
    for hook in ["post-index-change", "pre-commit", "post-checkout"] {
        fs::copy(&trap, desk.root().join(hook)).unwrap();
    }
    // the stat cache is stale, so that the files have to be compared
    let file = desk.text("units.toml");
    fs::write(desk.path("units.toml"), file).unwrap();
    let _ = fs::remove_file(&caught);
    let repo = Repo::of(desk.root());
    assert!(repo.touched(&format!("plans/{PLAN}")).unwrap().iter().any(|file| file.path == "tasks/3.1.toml"));
    repo.index("plans").unwrap();
    repo.on_day("2025-01-01".parse().unwrap()).unwrap();
    let then = Workspace::as_of(desk.root(), None, &State::head()).unwrap();
    assert_eq!(then.plan().state(&id("3.1.2")).status, Status::Todo);
    lianxi::git::author(desk.root()).unwrap();
    assert!(!caught.exists(), "{}", fs::read_to_string(&caught).unwrap());
}

#[test]
fn a_corrupt_object_is_named_and_the_files_stay_usable() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    let blob = desk.git(&["rev-parse", &format!("HEAD:plans/{PLAN}/matrix.toml")]);
    let path = desk.root().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    fs::write(&path, b"rubbish").unwrap();
    let then = Workspace::as_of(desk.root(), None, &State::head()).unwrap();
    assert!(then.damaged().contains("matrix.toml"));
    assert!(Workspace::open(desk.root(), None).unwrap().damaged().is_empty());
    let tree = desk.git(&["rev-parse", &format!("HEAD:plans/{PLAN}")]);
    let path = desk.root().join(".git/objects").join(&tree[..2]).join(&tree[2..]);
    fs::remove_file(path).unwrap();
    let error = Workspace::as_of(desk.root(), Some(PLAN), &State::head()).unwrap_err();
    assert!(matches!(error, OpenError::NotThen { .. } | OpenError::Git(GitError::Corrupt { .. })), "{error:?}");
}

#[test]
fn a_shallow_clone_says_where_its_history_ends() {
    let desk = Repository::new();
    desk.done(&["mark", "3.1.2", "doing"]);
    desk.commit("2024-05-06", "二");
    let folder = tempfile::tempdir().unwrap();
    let from = format!("file://{}", desk.root().display());
    desk.git(&["clone", "-q", "--depth", "1", &from, folder.path().to_str().unwrap()]);
    let error = |state: &str| Workspace::as_of(folder.path(), None, &State::parse(state)).unwrap_err();
    assert!(matches!(error("2024-03-01"), OpenError::Git(GitError::CutOff { .. })));
    assert!(matches!(error("HEAD~1"), OpenError::Git(GitError::CutOff { .. })));
    assert!(Workspace::as_of(folder.path(), None, &State::head()).is_ok());
}

#[test]
fn an_empty_repository_and_none_at_all_are_told_apart() {
    let desk = crate::desk::Desk::new();
    let error = Workspace::as_of(desk.root(), None, &State::head()).unwrap_err();
    assert!(matches!(error, OpenError::Git(GitError::NoCommit)), "{error:?}");
    let error = Workspace::as_of(desk.root(), None, &State::parse("2024-01-01")).unwrap_err();
    assert!(matches!(error, OpenError::Git(GitError::NoCommit)), "{error:?}");
    fs::rename(desk.root().join(".git"), desk.root().join("git-away")).unwrap();
    let error = Workspace::as_of(desk.root(), None, &State::head()).unwrap_err();
    assert!(matches!(error, OpenError::Git(GitError::NoRepository { .. })), "{error:?}");
}
