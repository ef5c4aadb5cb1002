//! Pending work becomes a commit before anything else happens: then nothing can be lost.
//!
//! Only the files of the plans go in. What somebody has staged elsewhere stays as it is, and no hook of the repository runs.

use super::{Desk, End, Head, SyncRefusal, SyncReport};
use crate::edit;
use crate::git::{GitError, TreeEdit};
use crate::ops;
use crate::store::MAX_FILE;
use crate::workspace::{self, LandError, State, Workspace};
use std::fs;
use std::path::Path;

/// The folders whose files are ours to commit.
const OURS: [&str; 2] = ["plans", "calendar"];
/// The most sentences that a message has.
const MOST_SENTENCES: usize = 40;

/// Commits the pending work; the head as it is then. A dry run makes the commit and moves nothing.
pub(super) fn keep(desk: &Desk, report: &mut SyncReport, dry_run: bool) -> Result<Head, SyncRefusal> {
    let head = workspace::head_of(&desk.repo, &desk.branch);
    let edits = edits(desk)?;
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
    let message = message(desk);
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
        Err(LandError::Moved | LandError::InTheWay { .. }) => return Ok(workspace::head_of(&desk.repo, &desk.branch)),
        Err(LandError::Save(error)) => return Err(SyncRefusal::Save(error)),
        Err(LandError::Git(error)) => return Err(error.into()),
    }
    desk.wire.note_files(&edits)?;
    Ok(Some(commit))
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

/// The message of the commit: what changed, as sentences.
fn message(desk: &Desk) -> String {
    let mut sentences = Vec::new();
    for plan in workspace::plans_of(desk.repo.root()) {
        let Ok(mut new) = Workspace::open(desk.repo.root(), Some(&plan)) else { continue };
        new.read_all_logs();
        let Ok(mut old) = Workspace::as_of(desk.repo.root(), Some(&plan), &State::head()) else {
            sentences.push((desk.text.sync.new_plan)(&plan));
            continue;
        };
        old.read_all_logs();
        let changes = edit::diff(old.plan(), new.plan());
        sentences.extend(changes.iter().map(|change| ops::describe(change, new.plan(), desk.text)));
    }
    match sentences.as_slice() {
        [] => desk.text.sync.kept_files.to_string(),
        [one] => one.clone(),
        [first, ..] => {
            let mut message = (desk.text.outcomes.and_more)(first, sentences.len());
            message.push_str("\n\n");
            message.push_str(&sentences[..sentences.len().min(MOST_SENTENCES)].join("\n"));
            if sentences.len() > MOST_SENTENCES {
                message.push_str("\n…");
            }
            message
        }
    }
}
