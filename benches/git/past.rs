//! A repository with a long past: a plan of 60 tasks and commits that each change one thing, made by `git fast-import`.
//!
//! It is kept under `target/` from one run to the next, since the same bytes come of the same numbers.

use super::plan;
use lianxi::domain::{Due, NodeId, Status, Str};
use lianxi::store::{Edit, layout, read_doc, splice};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Changes when other bytes are made, so that what an older program made is not taken for it.
const MAKE: u32 = 1;
const BEGIN: u64 = 1_640_995_200;

/// What the commits change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Deadlines, states and notes of all tasks.
    Everywhere,
    /// Deadlines and states of the six tasks of one file.
    OneFile,
}

/// A repository with a plan and its past.
pub struct Past {
    pub root: PathBuf,
    /// A task whose file is in many commits, and that file below the root.
    pub task: &'static str,
    pub file: &'static str,
}

/// The repository of so many commits, made now or by an earlier run.
pub fn of(folder: &Path, commits: usize, spread: Spread) -> io::Result<Past> {
    let name = match spread {
        Spread::Everywhere => "everywhere",
        Spread::OneFile => "one-file",
    };
    let root = folder.join(format!("past-{MAKE}-{commits}-{name}"));
    let past = Past { task: "1.5.3", file: "plans/plan/tasks/1.5.toml", root };
    let done = past.root.join(".git/made");
    if !done.exists() {
        if past.root.exists() {
            fs::remove_dir_all(&past.root)?;
        }
        make(&past.root, commits, spread)?;
        fs::write(done, "")?;
    }
    Ok(past)
}

/// Runs git, and says its words where it does not do as told.
pub fn git(root: &Path, args: &[&str]) -> io::Result<String> {
    let output = Command::new("git").arg("-C").arg(root).args(args).output()?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).trim().to_string()),
        false => Err(io::Error::other(format!("git {args:?}: {}", String::from_utf8_lossy(&output.stderr)))),
    }
}

fn make(root: &Path, commits: usize, spread: Spread) -> io::Result<()> {
    let written = plan::write(root, 60, 0)?;
    for beside in [written.text, written.table] {
        fs::remove_file(beside)?;
    }
    git(root, &["init", "-q", "-b", "main"])?;
    for (name, value) in [("user.name", "王敏"), ("user.email", "wang@example.cn"), ("gc.auto", "0")] {
        git(root, &["config", name, value])?;
    }
    let mut files = BTreeMap::new();
    read_below(root, Path::new("plans"), &mut files)?;
    let mut import = Command::new("git");
    import.arg("-C").arg(root).args(["fast-import", "--quiet"]).stdin(Stdio::piped());
    let mut import = import.spawn()?;
    let mut to = BufWriter::new(import.stdin.take().ok_or_else(|| io::Error::other("no pipe"))?);
    commit(&mut to, 0, "导入计划", &files.iter().map(|(name, text)| (name.clone(), text.clone())).collect::<Vec<_>>())?;
    for at in 1..=commits {
        let (name, text) = changed(&files, at, spread)?;
        commit(&mut to, at, &format!("第{at}次修改"), &[(name.clone(), text.clone())])?;
        files.insert(name, text);
    }
    drop(to);
    if !import.wait()?.success() {
        return Err(io::Error::other("git fast-import"));
    }
    git(root, &["reset", "-q", "--hard", "main"])?;
    git(root, &["repack", "-adfq", "--depth=50", "--window=50"])?;
    git(root, &["commit-graph", "write", "--reachable"])?;
    Ok(())
}

fn commit(to: &mut impl Write, at: usize, message: &str, files: &[(String, String)]) -> io::Result<()> {
    let who = ["王敏", "李强", "张静"][at % 3];
    let when = BEGIN + at as u64 * 9_000;
    writeln!(to, "commit refs/heads/main\ncommitter {who} <u{}@example.cn> {when} +0800", at % 3)?;
    writeln!(to, "data {}\n{message}", message.len())?;
    for (name, text) in files {
        writeln!(to, "M 100644 inline {name}\ndata {}\n{text}", text.len())?;
    }
    Ok(())
}

/// The file that a commit changes, and what it then says.
fn changed(files: &BTreeMap<String, String>, at: usize, spread: Spread) -> io::Result<(String, String)> {
    let roll = (at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let row = match spread {
        Spread::Everywhere => roll % 10 + 1,
        Spread::OneFile => 5,
    };
    let task = NodeId::new(format!("1.{row}.{}", roll / 10 % 6 + 1));
    if spread == Spread::Everywhere && at.is_multiple_of(4) {
        let entry = layout::entry_file(task.as_str(), &format!("2025-01-{:02}-{at:07}", at % 28 + 1));
        return Ok((format!("plans/plan/{entry}"), format!("kind = \"note\"\ntext = \"第{at}次会商\"\n")));
    }
    let name = format!("plans/plan/{}", layout::tasks_file(&format!("1.{row}")));
    let text: Str = files.get(&name).ok_or_else(|| io::Error::other(name.clone()))?.as_str().into();
    let doc = read_doc(&text).map_err(|_| io::Error::other("not readable"))?;
    // it may say so already; the next value is another one
    for more in 0..2 {
        let edit = edit(&task, at + more * 2);
        let piece = splice(&text, &doc, &edit).map_err(|error| io::Error::other(format!("{error:?}")))?;
        if let Some(piece) = piece {
            return Ok((name, piece.apply(&text)));
        }
    }
    Err(io::Error::other("nothing changes"))
}

/// Another deadline or another status.
fn edit(task: &NodeId, at: usize) -> Edit<'_> {
    match at % 2 {
        0 => {
            let day = format!("{}-{:02}-{:02}", 2021 + at % 6, at / 6 % 12 + 1, at / 72 % 28 + 1);
            let due = Due { date: day.parse().ok(), wording: "".into() };
            layout::tasks::due_edits(task, Some(&due))[0].clone()
        }
        _ => {
            let status = [Status::Doing, Status::Done, Status::Blocked, Status::Deferred][at / 2 % 4];
            layout::tasks::status_edit(task, Some(status))
        }
    }
}

fn read_below(root: &Path, below: &Path, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(below))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            read_below(root, &path, files)?;
        } else {
            files.insert(path.display().to_string(), fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
