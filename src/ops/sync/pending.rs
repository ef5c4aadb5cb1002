//! Pending work becomes a commit before anything else happens: then nothing can be lost.
//!
//! Only the files of the plans go in. What somebody has staged elsewhere stays as it is, and no hook of the repository runs.
//! What a review sent back stays in the working files: it is in no commit, and nothing is put down over it.

use super::{Desk, End, Head, SyncRefusal, SyncReport};
use crate::edit::Change;
use crate::git::{GitError, Objects, TreeEdit};
use crate::ops::{self, Pending, Verdict};
use crate::store::MAX_FILE;
use crate::workspace::{self, Archive, LandError, State, Workspace};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The folders whose files are ours to commit.
const OURS: [&str; 2] = ["plans", "calendar"];

/// Commits the pending work; the head as it is then. A dry run makes the commit and moves nothing.
pub(in crate::ops) fn keep(desk: &Desk, report: &mut SyncReport, dry_run: bool) -> Result<Head, SyncRefusal> {
    let head = workspace::head_of(&desk.repo, &desk.branch);
    let mut edits = edits(desk)?;
    if head.is_some() {
        leave_sent_back(desk, &mut edits, report)?;
    }
    if edits.is_empty() {
        return Ok(head);
    }
    let tree = head.as_ref().map(|head| desk.wire.tree_of(head)).transpose()?;
    let new = desk.wire.edit_tree(tree.as_ref(), &edits)?;
    if tree.as_ref() == Some(&new) {
        // an earlier run was cut off between the branch and the index
        if !dry_run {
            desk.wire.note_files(&edits)?;
        }
        return Ok(head);
    }
    check_files(desk, &edits)?;
    let message = message(desk, &edits, &head)?;
    let parents: Vec<_> = head.iter().collect();
    let commit = desk.wire.commit(&new, &parents, &message, desk.moment.author.as_deref())?;
    report.kept = message.lines().next().map(str::to_string);
    if dry_run {
        report.end = End::Looked;
        return Ok(Some(commit));
    }
    match workspace::move_branch(&desk.repo, &desk.branch, head.as_ref(), &commit) {
        Ok(()) => {}
        // the next round looks again
        Err(LandError::Moved) => return Ok(workspace::head_of(&desk.repo, &desk.branch)),
        Err(error) => return Err(error.into()),
    }
    desk.wire.note_files(&edits)?;
    Ok(Some(commit))
}

/// How many changes are pending in all plans.
pub(in crate::ops) fn count(desk: &Desk) -> Result<usize, SyncRefusal> {
    let mut count = 0;
    for plan in workspace::plans_of(desk.repo.root()) {
        let review = ops::review(&mut Archive::open(desk.repo.root(), &plan)?)?;
        count += review.open() + review.accepted() + review.returned();
    }
    Ok(count)
}

/// How many of them were sent back.
pub(in crate::ops) fn sent_back(desk: &Desk) -> Result<usize, SyncRefusal> {
    let mut report = SyncReport::to("");
    leave_sent_back(desk, &mut Vec::new(), &mut report)?;
    Ok(report.left)
}

/// The files that are not as they were committed, as objects.
fn edits(desk: &Desk) -> Result<Vec<TreeEdit>, SyncRefusal> {
    let (mut paths, mut texts, mut edits) = (Vec::new(), Vec::new(), Vec::new());
    for folder in OURS {
        for file in desk.repo.touched(folder)? {
            let path = desk.repo.root().join(folder).join(&file.path);
            let name = desk.repo.path(&format!("{folder}/{}", file.path));
            let is_temporary = file.path.rsplit('/').next().is_some_and(|name| name.starts_with(".lianxi-"));
            match fs::symlink_metadata(&path) {
                Ok(meta) if meta.is_file() && meta.len() <= MAX_FILE && !is_temporary => {
                    texts.push(read(&path)?);
                    paths.push(name);
                }
                // links and other things are for whoever put them there
                Ok(_) => {}
                Err(_) => edits.push(TreeEdit::file(name, None)),
            }
        }
    }
    let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    let kept = desk.wire.keep(&texts)?;
    edits.extend(paths.into_iter().zip(kept).map(|(path, oid)| TreeEdit::file(path, Some(oid))));
    Ok(edits)
}

/// A file as git keeps it: with its own line ends.
fn read(path: &Path) -> Result<Vec<u8>, GitError> {
    let refused =
        |error: std::io::Error| GitError::Refused { command: path.display().to_string(), message: error.to_string() };
    let bytes = fs::read(path).map_err(refused)?;
    let is_toml = path.extension().is_some_and(|end| end == "toml");
    match String::from_utf8(bytes) {
        Ok(text) if is_toml && text.contains("\r\n") => Ok(text.replace("\r\n", "\n").into_bytes()),
        Ok(text) => Ok(text.into_bytes()),
        Err(error) => Ok(error.into_bytes()),
    }
}

/// Refuses to send on what cannot be understood.
fn check_files(desk: &Desk, edits: &[TreeEdit]) -> Result<(), SyncRefusal> {
    let mut problems = Vec::new();
    for plan in workspace::plans_of(desk.repo.root()) {
        let Ok(mut opened) = Workspace::open(desk.repo.root(), Some(&plan)) else { continue };
        opened.read_all_logs();
        let is_pending = |file: &str| {
            let path = desk.repo.path(&format!("plans/{plan}/{file}"));
            edits.iter().any(|edit| edit.path == path && edit.object.is_some())
        };
        let found = opened.problems().filter(|problem| problem.kind.is_damage() && is_pending(&problem.file));
        problems.extend(found.map(|problem| (plan.clone(), problem.clone())));
    }
    if problems.is_empty() { Ok(()) } else { Err(SyncRefusal::Damaged { problems }) }
}

/// The message of the commit: what changed in each plan, as sentences.
fn message(desk: &Desk, edits: &[TreeEdit], head: &Head) -> Result<String, SyncRefusal> {
    let mut sentences = Vec::new();
    for plan in workspace::plans_of(desk.repo.root()) {
        let prefix = desk.repo.path(&format!("plans/{plan}/"));
        if !edits.iter().any(|edit| edit.path.starts_with(&prefix)) {
            continue;
        }
        let mut archive = Archive::open(desk.repo.root(), &plan)?;
        let was_there = head.is_some() && is_plan(desk, &mut archive)?;
        if !was_there {
            sentences.push((desk.text.sync.new_plan)(&plan));
            continue;
        }
        let review = ops::review(&mut archive)?;
        let is_sent_back = |at: &usize| matches!(review.pending[*at].verdict, Verdict::Returned { .. });
        let taken: BTreeSet<usize> = (0..review.pending.len()).filter(|at| !is_sent_back(at)).collect();
        sentences.extend(ops::sentences(&review, &taken, desk.text));
    }
    let message = ops::message_of(&sentences, desk.text);
    Ok(if message.is_empty() { desk.text.sync.kept_files.to_string() } else { message })
}

/// Whether a plan was there at the last commit.
fn is_plan(desk: &Desk, archive: &mut Archive) -> Result<bool, GitError> {
    let Some(commit) = archive.commit_of(&State::head())? else { return Ok(false) };
    let mut objects = Objects::open(&desk.repo)?;
    Ok(objects.folder(&commit.tree, &desk.repo.path(archive.base()))?.is_some())
}

/// Takes what was sent back out of what is committed: its files go in as they are without it.
///
/// Where a change is a whole record that shares its file with others, the file waits as a whole.
fn leave_sent_back(desk: &Desk, edits: &mut Vec<TreeEdit>, report: &mut SyncReport) -> Result<(), SyncRefusal> {
    (report.left, report.left_in) = (0, Vec::new());
    for plan in workspace::plans_of(desk.repo.root()) {
        let mut archive = Archive::open(desk.repo.root(), &plan)?;
        if archive.returned().is_empty() {
            continue;
        }
        let review = ops::review(&mut archive)?;
        let is_sent_back = |one: &&Pending| matches!(one.verdict, Verdict::Returned { .. });
        let back: Vec<&Pending> = review.pending.iter().filter(is_sent_back).collect();
        if back.is_empty() {
            continue;
        }
        let Ok(mut workspace) = Workspace::open(desk.repo.root(), Some(&plan)) else { continue };
        let mut changes: Vec<Change> = Vec::new();
        for one in back.iter().rev() {
            changes.extend(one.difference.changes.iter().rev().map(Change::invert));
        }
        workspace.read_for(&changes);
        let texts = match workspace.texts_after(&changes) {
            Ok(texts) => texts,
            Err(_) => {
                let files: BTreeSet<String> = back.iter().map(|one| workspace.file_of(&one.difference.place)).collect();
                let as_committed = |file: String| Ok((archive.file(&State::head(), &file)?, file));
                let texts: Result<Vec<_>, GitError> = files.into_iter().map(as_committed).collect();
                texts?.into_iter().map(|(text, file)| (file, text)).collect()
            }
        };
        report.left += back.iter().filter(|one| one.difference.with.is_none()).count();
        for (file, text) in texts {
            let path = desk.repo.path(&format!("plans/{plan}/{file}"));
            let object = match text {
                Some(text) => desk.wire.keep(&[text.as_bytes()])?.pop(),
                None => None,
            };
            edits.retain(|edit| edit.path != path);
            edits.push(TreeEdit::file(path.clone(), object));
            report.left_in.push(path);
        }
    }
    Ok(())
}
