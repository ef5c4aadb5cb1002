//! A workspace of its own for a test, and the program run in it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub const PLAN: &str = "qingyuan-2021-2025";

/// A copy of the plan in a repository of its own.
pub struct Desk {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub talk: String,
}

impl Desk {
    pub fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/plans")), &folder.path().join("plans"));
        let git = Command::new("git").args(["init", "-q"]).current_dir(folder.path()).status();
        assert!(git.unwrap().success());
        Desk { folder }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file of the plan.
    pub fn path(&self, file: &str) -> PathBuf {
        self.root().join("plans").join(PLAN).join(file)
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// Replaces words in a file of the plan.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from}");
        fs::write(self.path(file), text.replacen(from, to, 1)).unwrap();
    }

    /// Runs the program as the clerk at the screen does, on the day and with the chance of [`Stage`](crate::stage::Stage).
    pub fn program(&self, args: &[&str]) -> Run {
        let mut command = self.command(&[&["--today", "2025-03-12"], args].concat());
        command.env("LIANXI_SEED", "7").env("LIANXI_AUTHOR", "小王");
        finish(command)
    }

    /// Every file of the plan as text, by its path inside the copy.
    pub fn texts(&self) -> BTreeMap<String, String> {
        let inside = |path: &Path| path.strip_prefix(self.root()).expect("inside").display().to_string();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        self.files().into_iter().map(|(path, bytes)| (inside(&path), text(bytes))).collect()
    }

    /// Every file of the plan with its bytes.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.root().join("plans"), &mut files);
        files
    }

    /// The program, ready to run here: a fixed day, chance and author, in Chinese.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lianxi"));
        command.args(args).current_dir(self.root()).stdin(Stdio::null());
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            command.env_remove(name);
        }
        command.env("LIANXI_TODAY", "2025-06-10").env("LIANXI_SEED", "7").env("LIANXI_AUTHOR", "小王");
        command
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Run {
        finish(self.command(args))
    }

    /// Runs the program, which has to succeed.
    pub fn done(&self, args: &[&str]) -> Run {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {run:?}");
        run
    }

    /// Runs the program with `--json`, which has to succeed.
    pub fn json(&self, args: &[&str]) -> Value {
        let run = self.done(&[args, &["--json"]].concat());
        serde_json::from_str(&run.out).unwrap()
    }

    /// Runs the program with something on standard input.
    pub fn fed(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        run_of(child.wait_with_output().unwrap())
    }
}

pub fn finish(mut command: Command) -> Run {
    run_of(command.output().unwrap())
}

fn run_of(output: std::process::Output) -> Run {
    Run {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).unwrap(),
        talk: String::from_utf8(output.stderr).unwrap(),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()));
        } else {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { drop(files.insert(path.clone(), fs::read(&path).unwrap())) }
    }
}
