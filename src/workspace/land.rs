//! Taking a work tree from one commit to another so that it can be cut off at any moment.
//!
//! First a note of what is meant, then the files of every plan in one step of its journal, then the other files, then the branch,
//! then the note goes. Whoever finds the note finishes what it says, if the files got that far; otherwise nothing was changed
//! but the note.

use super::{CommitError, Workspace, find};
use crate::domain::Str;
use crate::git::{self, Act, GitError, Objects, Oid, Repo, TreeEdit, Wire};
use crate::store::{FileEdit, Folder, Journal, JournalError, Lock, Record, Tops};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What the steps of a landing are called in the op log.
const VERB: &str = "sync";

/// Why a work tree did not go to another commit.
#[derive(Debug)]
pub enum LandError {
    /// Somebody has written a file of a plan, or moved the branch, in the meantime: look again.
    Moved,
    /// Files outside the plans have work in them that would be lost.
    InTheWay {
        files: Vec<String>,
    },
    Save(CommitError),
    Git(GitError),
}

impl From<GitError> for LandError {
    fn from(error: GitError) -> Self {
        LandError::Git(error)
    }
}

/// A way from one commit to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    branch: String,
    from: String,
    to: String,
    /// The plans whose files change, and how long their op logs were.
    plans: BTreeMap<String, u64>,
}

/// Takes the files, the index and the branch from one commit, which they are at, to another.
///
/// # Errors
/// See [`LandError`]. Where it is cut off, [`finish_landing`] finishes it.
pub fn land(repo: &Repo, wire: &Wire, branch: &str, from: &Oid, to: &Oid) -> Result<(), LandError> {
    if from == to {
        return Ok(());
    }
    let edits = wire.differing(from, to)?;
    let mut objects = Objects::open(repo)?;
    let (plans, others) = apart(repo, &mut objects, from, &edits)?;
    if let Err(files) = wire.may_move(from, to) {
        let is_other = |file: &String| others.iter().any(|edit| edit.path == *file);
        let in_the_way: Vec<String> = files.iter().filter(|file| is_other(file)).cloned().collect();
        return Err(if in_the_way.is_empty() { LandError::Moved } else { LandError::InTheWay { files: in_the_way } });
    }
    let mut texts = BTreeMap::new();
    for (plan, edits) in &plans {
        texts.insert(plan.clone(), file_edits(repo, &mut objects, plan, edits, from)?);
    }
    let length = |plan: &String| fs::metadata(oplog(repo, plan)).map_or(0, |meta| meta.len());
    let note = Note {
        branch: branch.to_string(),
        from: from.to_string(),
        to: to.to_string(),
        plans: plans.keys().map(|plan| (plan.clone(), length(plan))).collect(),
    };
    write_note(repo, &note)?;
    for (plan, edits) in &texts {
        if let Err(error) = put(repo, plan, edits) {
            // what the journal has put already is found by the next look as work that is not committed
            drop_note(repo);
            return Err(match error {
                CommitError::Journal(JournalError::ChangedOnDisk { .. }) => LandError::Moved,
                error => LandError::Save(error),
            });
        }
    }
    let done = finish(repo, wire, &note, &plans.into_values().flatten().collect::<Vec<_>>());
    drop_note(repo);
    done
}

/// Finishes a landing that was cut off; whether there was one.
///
/// # Errors
/// See [`LandError`].
pub fn finish_landing(repo: &Repo) -> Result<bool, LandError> {
    let Some(note) = read_note(repo) else { return Ok(false) };
    let wire = Wire::open(repo)?;
    let (Some(from), Some(to)) = (Oid::parse(&note.from), Oid::parse(&note.to)) else {
        drop_note(repo);
        return Ok(true);
    };
    let mut is_whole = true;
    for (plan, length) in &note.plans {
        is_whole &= has_landed(repo, plan, *length).map_err(LandError::Save)?;
    }
    let head = head_of(repo, &note.branch);
    if is_whole && (head.as_ref() == Some(&from) || head.as_ref() == Some(&to)) {
        let edits = wire.differing(&from, &to)?;
        let (plans, others) = apart(repo, &mut Objects::open(repo)?, &from, &edits)?;
        let mut landed: Vec<TreeEdit> = plans.into_values().flatten().collect();
        landed.extend(others.into_iter().filter(|edit| is_at(&wire, edit)));
        finish(repo, &wire, &note, &landed)?;
    }
    drop_note(repo);
    Ok(true)
}

/// The index, the other files, the branch.
fn finish(repo: &Repo, wire: &Wire, note: &Note, landed: &[TreeEdit]) -> Result<(), LandError> {
    let oid = |text: &str| {
        Oid::parse(text).ok_or_else(|| GitError::Refused { command: VERB.to_string(), message: text.to_string() })
    };
    let (from, to) = (oid(&note.from)?, oid(&note.to)?);
    wire.note_files(landed)?;
    wire.move_files(&from, &to)?;
    if head_of(repo, &note.branch).as_ref() == Some(&to) {
        return Ok(());
    }
    move_branch(repo, &note.branch, Some(&from), &to)
}

/// Moves a branch from a commit to another, if it is still there.
///
/// # Errors
/// [`LandError::Moved`] where it is not.
pub fn move_branch(repo: &Repo, branch: &str, from: Option<&Oid>, to: &Oid) -> Result<(), LandError> {
    let none = "0".repeat(to.as_str().len());
    let old = from.map_or(none.as_str(), Oid::as_str);
    let name = format!("refs/heads/{branch}");
    let args = ["update-ref", "--create-reflog", "-m", "lianxi sync", &name, to.as_str(), old];
    match repo.act(Act::Plain, &args, None) {
        Ok(_) => Ok(()),
        Err(GitError::Refused { message, .. })
            if ["is at", "cannot lock ref", "but expected"].iter().any(|word| message.contains(word)) =>
        {
            Err(LandError::Moved)
        }
        Err(error) => Err(error.into()),
    }
}

/// The commit of a branch; `None` where it has none.
pub fn head_of(repo: &Repo, branch: &str) -> Option<Oid> {
    let out = repo.read(&["rev-parse", "--verify", "-q", &format!("refs/heads/{branch}^{{commit}}")]).ok()?;
    Oid::parse(String::from_utf8_lossy(&out).trim())
}

/// The edits of the plans by plan, and the others.
type Apart = (BTreeMap<String, Vec<TreeEdit>>, Vec<TreeEdit>);

/// The edits of the plans by plan, with paths as the tree has them, and the others.
fn apart(repo: &Repo, objects: &mut Objects, from: &Oid, edits: &[TreeEdit]) -> Result<Apart, GitError> {
    let prefix = format!("{}/", repo.path("plans"));
    let (mut plans, mut others) = (BTreeMap::<String, Vec<TreeEdit>>::new(), Vec::new());
    for edit in edits {
        match edit.path.strip_prefix(&prefix).and_then(|rest| rest.split_once('/')) {
            Some((plan, file)) if edit.is_text() && is_plain(file) && is_utf8(objects, from, edit)? => {
                plans.entry(plan.to_string()).or_default().push(edit.clone());
            }
            _ => others.push(edit.clone()),
        }
    }
    Ok((plans, others))
}

/// Whether a file is text on both sides: rubbish that somebody has committed is moved by git, byte for byte.
fn is_utf8(objects: &mut Objects, from: &Oid, edit: &TreeEdit) -> Result<bool, GitError> {
    let new = edit.object.as_ref().map(|oid| objects.blob(oid)).transpose()?;
    let old = objects.find(&format!("{from}:{}", edit.path))?.map(|(_, _, bytes)| bytes);
    Ok([new, old].into_iter().flatten().all(|bytes| std::str::from_utf8(&bytes).is_ok()))
}

/// A file that the store writes: TOML, or text beside it; no hidden folders, which are other programs'.
fn is_plain(file: &str) -> bool {
    file.ends_with(".toml") && !file.split('/').any(|part| part.starts_with('.') || part.is_empty())
}

/// What the files of a plan are and what they are to be.
fn file_edits(
    repo: &Repo,
    objects: &mut Objects,
    plan: &str,
    edits: &[TreeEdit],
    from: &Oid,
) -> Result<Vec<FileEdit>, LandError> {
    let folder = folder(repo, plan);
    let prefix = format!("{}/", repo.path(&format!("plans/{plan}")));
    let mut found = Vec::with_capacity(edits.len());
    for edit in edits {
        let file = edit.path.strip_prefix(&prefix).unwrap_or(&edit.path).to_string();
        let before = folder.read(&file).map_err(|_| LandError::Moved)?;
        let was = objects.find(&format!("{from}:{}", edit.path))?.map(|(_, _, bytes)| bytes);
        // a checkout may have given the file other line ends
        let same = match (&before, &was) {
            (None, None) => true,
            (Some(now), Some(was)) => now.as_bytes() == was || now.replace("\r\n", "\n").as_bytes() == was,
            _ => false,
        };
        if !same {
            return Err(LandError::Moved);
        }
        let after = edit.object.as_ref().map(|oid| objects.blob(oid)).transpose()?;
        let after = after
            .map(String::from_utf8)
            .transpose()
            .map_err(|_| GitError::Refused { command: edit.path.clone(), message: "not UTF-8".to_string() })?;
        found.push(FileEdit { file, before, after: after.map(Str::from) });
    }
    Ok(found)
}

/// Puts files of a plan in one step of its journal. It is no step that undo takes back: what others did is theirs.
fn put(repo: &Repo, plan: &str, edits: &[FileEdit]) -> Result<(), CommitError> {
    let (private, folder) = (private(repo, plan), folder(repo, plan));
    Journal::prepare(&private).map_err(CommitError::Journal)?;
    let journal = Journal::new(&private);
    let mut lock = Lock::take(&private)
        .map_err(|error| CommitError::Journal(JournalError::Private { path: private.clone(), error }))?;
    journal.recover(&folder, &mut lock).map_err(CommitError::Journal)?;
    let Tops { undo, redo } = journal.tops().map_err(CommitError::Journal)?.unwrap_or_default();
    let record = Record { verb: VERB.to_string(), changes: Vec::new(), files: Vec::new(), undo, redo, below: None };
    lock.begin();
    journal.save(&folder, edits, record).map_err(CommitError::Journal)
}

/// Whether the files of a plan got into its journal after the note was written; what was begun there is completed.
fn has_landed(repo: &Repo, plan: &str, length: u64) -> Result<bool, CommitError> {
    let (private, folder) = (private(repo, plan), folder(repo, plan));
    if !private.is_dir() {
        return Ok(false);
    }
    let journal = Journal::new(&private);
    let mut lock = Lock::take(&private)
        .map_err(|error| CommitError::Journal(JournalError::Private { path: private.clone(), error }))?;
    journal.recover(&folder, &mut lock).map_err(CommitError::Journal)?;
    let record = journal.record(length).ok().flatten();
    Ok(record.is_some_and(|record| record.verb == VERB))
}

/// Whether a file of the work tree is what the new tree says already.
fn is_at(wire: &Wire, edit: &TreeEdit) -> bool {
    let path = wire.top().join(&edit.path);
    match &edit.object {
        None => !path.exists(),
        Some(oid) => fs::read(&path)
            .ok()
            .and_then(|bytes| wire.keep(&[&bytes]).ok())
            .is_some_and(|kept| kept.first() == Some(oid)),
    }
}

fn folder(repo: &Repo, plan: &str) -> Folder {
    Folder::new(repo.root().join("plans").join(plan))
}

fn private(repo: &Repo, plan: &str) -> PathBuf {
    git::private_folder(repo.root()).join(plan)
}

fn oplog(repo: &Repo, plan: &str) -> PathBuf {
    private(repo, plan).join("oplog")
}

fn note_path(root: &Path) -> PathBuf {
    git::private_folder(root).join("landing")
}

fn write_note(repo: &Repo, note: &Note) -> Result<(), LandError> {
    let path = note_path(repo.root());
    let refused = |message: String| GitError::Refused { command: path.display().to_string(), message };
    let json = serde_json::to_string(note).map_err(|error| refused(error.to_string()))?;
    let folder = Folder::new(git::private_folder(repo.root()));
    let io = |error| LandError::Save(CommitError::Journal(JournalError::File(error)));
    folder.prepare("landing", &json).map_err(io)?.put().map_err(io)
}

fn read_note(repo: &Repo) -> Option<Note> {
    serde_json::from_str(&fs::read_to_string(note_path(repo.root())).ok()?).ok()
}

fn drop_note(repo: &Repo) {
    let _ = fs::remove_file(note_path(repo.root()));
}

impl Workspace {
    /// Whether a landing in the folder was cut off.
    pub fn has_landing(root: &Path) -> bool {
        note_path(root).exists()
    }
}

/// The plans of a workspace.
pub fn plans_of(root: &Path) -> Vec<String> {
    find::plan_ids(root)
}
