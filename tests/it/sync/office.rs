//! An office of several desks: clones of one shared place, each with its clerk, and the program and git run at any of them.

use crate::desk::{Run, finish};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

pub const PLAN: &str = "qingyuan-2021-2025";

pub struct Office {
    folder: TempDir,
}

impl Office {
    /// A desk 甲 with the built-in plan, and a shared place with it.
    pub fn new() -> Office {
        let office = Office::alone();
        let run = office.run("甲", &["sync", "../共用", "--create"]);
        assert_eq!(run.code, 0, "{run:?}");
        office
    }

    /// A desk 甲 with the built-in plan, and nothing shared.
    pub fn alone() -> Office {
        let mut folder = tempfile::tempdir().expect("a folder");
        folder.disable_cleanup(std::env::var_os("LIANXI_KEEP").is_some());
        let office = Office { folder };
        fs::create_dir(office.home()).expect("a home");
        fs::create_dir(office.at("甲")).expect("a desk");
        let run = office.run("甲", &["init"]);
        assert_eq!(run.code, 0, "{run:?}");
        office
    }

    /// With desks that are clones of the shared place.
    pub fn with(desks: &[&str]) -> Office {
        let office = Office::new();
        for desk in desks {
            office.git(".", &["clone", "-q", "共用", desk]);
        }
        office
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn home(&self) -> PathBuf {
        self.at("home")
    }

    /// A file of the plan at a desk.
    pub fn file(&self, desk: &str, name: &str) -> PathBuf {
        self.at(desk).join("plans").join(PLAN).join(name)
    }

    pub fn text(&self, desk: &str, name: &str) -> String {
        fs::read_to_string(self.file(desk, name)).expect("a file")
    }

    fn with_world(&self, command: &mut Command, desk: &str) {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME"] {
            command.env_remove(name);
        }
        for name in ["GIT_COMMITTER_EMAIL", "GIT_SSH_COMMAND", "SSH_AUTH_SOCK", "GIT_DIR", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        let clerk = desk.rsplit('/').next().unwrap_or(desk);
        command.env("HOME", self.home()).env("XDG_CONFIG_HOME", self.home()).env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_CONFIG_GLOBAL", self.home().join("gitconfig"));
        command.env("GIT_AUTHOR_NAME", clerk).env("GIT_AUTHOR_EMAIL", "clerk@office");
        command.env("GIT_COMMITTER_NAME", clerk).env("GIT_COMMITTER_EMAIL", "clerk@office");
        command.env("LIANXI_TODAY", "2025-06-10").env("LIANXI_AUTHOR", clerk).env("LIANXI_PATIENCE", "60");
    }

    /// The program at a desk, ready to run.
    pub fn command(&self, desk: &str, args: &[&str]) -> Command {
        let program = std::env::var_os("LIANXI_BIN").unwrap_or(env!("CARGO_BIN_EXE_lianxi").into());
        let mut command = Command::new(program);
        command.args(args).current_dir(self.at(desk)).stdin(std::process::Stdio::null());
        self.with_world(&mut command, desk);
        command
    }

    /// Runs the program at a desk.
    pub fn run(&self, desk: &str, args: &[&str]) -> Run {
        finish(self.command(desk, args))
    }

    /// Runs the program at a desk, which has to end with a code.
    #[track_caller]
    pub fn ends(&self, desk: &str, args: &[&str], code: i32) -> Run {
        let run = self.run(desk, args);
        assert_eq!(run.code, code, "{desk} {args:?}: {run:?}");
        run
    }

    /// Runs the program at a desk, which has to succeed.
    #[track_caller]
    pub fn done(&self, desk: &str, args: &[&str]) -> Run {
        self.ends(desk, args, 0)
    }

    /// Runs the user's git at a desk.
    #[track_caller]
    pub fn git(&self, desk: &str, args: &[&str]) -> String {
        let (fine, out) = self.try_git(desk, args);
        assert!(fine, "{desk}: git {args:?}: {out}");
        out
    }

    pub fn try_git(&self, desk: &str, args: &[&str]) -> (bool, String) {
        self.git_in(desk, args, &[])
    }

    /// Runs git with some variables of its own; whether it succeeded, and what it said.
    pub fn git_in(&self, desk: &str, args: &[&str], variables: &[(&str, &str)]) -> (bool, String) {
        let mut command = Command::new("git");
        command.args(["-c", "core.quotePath=false"]).args(args).current_dir(self.at(desk));
        self.with_world(&mut command, desk);
        command.envs(variables.iter().copied());
        let output = command.output().expect("git runs");
        let text = [&output.stdout[..], &output.stderr[..]].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    }

    /// What everybody relies on after a sync: nothing pending, a sound repository.
    #[track_caller]
    pub fn is_tidy(&self, desk: &str) {
        assert_eq!(self.git(desk, &["status", "--porcelain"]), "", "{desk}");
        self.git(desk, &["fsck", "--strict", "--no-dangling"]);
    }

    /// Desks whose plans are the same, byte for byte.
    #[track_caller]
    pub fn are_same(&self, desks: &[&str]) {
        let first = self.git(desks[0], &["rev-parse", "HEAD^{tree}"]);
        for desk in desks {
            assert_eq!(self.git(desk, &["rev-parse", "HEAD^{tree}"]), first, "{desk}");
        }
    }
}
