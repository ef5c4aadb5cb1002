//! Taking a work tree from one commit to another so that it can be cut off at any moment.
//!
//! First a note of what is meant, then the files of every plan in one step of its journal, then the other files, then the branch,
//! then the note goes. Whoever finds the note finishes what it says, if the files got that far; otherwise nothing was changed
//! but the note.

use super::{CommitError, find};
use crate::domain::Str;
use crate::git::{self, Act, GitError, Objects, Oid, Repo, TreeEdit, Wire};
use crate::store::{FileEdit, Folder, Journal, JournalError, Lock, Record, Tops};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

/// What the steps of a landing are called in the op log.
const VERB: &str = "sync";
/// The file of the note.
pub(super) const NOTE: &str = "landing";

/// Why a work tree did not go to another commit.
#[derive(Debug)]
pub enum LandError {
    /// Somebody has written a file of a plan, or moved the branch, in the meantime: look again.
    Moved,
    /// Another window is at it.
    Busy,
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
    /// Branches that move together with it: name, from, to.
    #[serde(default)]
    also: Vec<(String, String, String)>,
    /// The branch that is left for it, where the way leads from one branch to another.
    #[serde(default)]
    leaves: Option<String>,
}

/// A branch that moves from one commit to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    pub branch: String,
    pub from: Option<Oid>,
    pub to: Oid,
}

/// Takes the files, the index and the branch from one commit, which they are at, to another.
///
/// # Errors
/// See [`LandError`]. Where it is cut off, [`finish_landing`] finishes it.
pub fn land(repo: &Repo, wire: &Wire, branch: &str, from: &Oid, to: &Oid) -> Result<(), LandError> {
    land_with(repo, wire, branch, from, to, &[])
}

/// Does the same, and moves other branches at the same moment.
///
/// # Errors
/// See [`LandError`].
pub fn land_with(repo: &Repo, wire: &Wire, branch: &str, from: &Oid, to: &Oid, also: &[Move]) -> Result<(), LandError> {
    if from == to {
        return Ok(());
    }
    let none = "0".repeat(to.as_str().len());
    let words = |one: &Move| {
        let from = one.from.as_ref().map_or(none.clone(), Oid::to_string);
        (one.branch.clone(), from, one.to.to_string())
    };
    go(repo, wire, (branch, from, to), also.iter().map(words).collect(), None)
}

/// Takes the files and the index from the branch that is checked out to another one, which is checked out then.
///
/// # Errors
/// See [`LandError`]; where it is cut off, [`finish_landing`] finishes it.
pub fn switch(repo: &Repo, wire: &Wire, leaves: &str, branch: &str) -> Result<(), LandError> {
    let (from, to) = (head_of(repo, leaves), head_of(repo, branch));
    let (Some(from), Some(to)) = (from, to) else { return Err(GitError::NoCommit.into()) };
    go(repo, wire, (branch, &from, &to), Vec::new(), Some(leaves.to_string()))
}

fn go(
    repo: &Repo,
    wire: &Wire,
    (branch, from, to): (&str, &Oid, &Oid),
    also: Vec<(String, String, String)>,
    leaves: Option<String>,
) -> Result<(), LandError> {
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
        also,
        leaves,
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

/// Finishes a landing that was cut off; whether there was one. Whoever calls it has locked the desk.
///
/// # Errors
/// See [`LandError`].
pub fn finish_landing(repo: &Repo) -> Result<bool, LandError> {
    let Some(note) = read_note(repo) else { return Ok(false) };
    let wire = Wire::open(repo)?;
    let (Some(from), Some(to)) = (wire.commit_of(&note.from), wire.commit_of(&note.to)) else {
        drop_note(repo);
        return Ok(true);
    };
    let mut missing = Vec::new();
    for (plan, length) in &note.plans {
        if !has_landed(repo, plan, *length).map_err(LandError::Save)? {
            missing.push(plan);
        }
    }
    let has_begun = missing.len() < note.plans.len() || note.plans.is_empty();
    if has_begun && note.is_on_its_way(repo, &from, &to) {
        let edits = wire.differing(&from, &to)?;
        let mut objects = Objects::open(repo)?;
        let (plans, others) = apart(repo, &mut objects, &from, &edits)?;
        // files that somebody has written since are theirs: the landing ends without them, and they are pending work
        let is_whole = missing.iter().all(|plan| {
            let edits = plans.get(*plan).map_or(&[][..], Vec::as_slice);
            let texts = file_edits(repo, &mut objects, plan, edits, &from);
            texts.is_ok_and(|texts| put(repo, plan, &texts).is_ok())
        });
        if is_whole {
            let mut landed: Vec<TreeEdit> = plans.into_values().flatten().collect();
            landed.extend(others.into_iter().filter(|edit| is_at(&wire, edit)));
            finish(repo, &wire, &note, &landed)?;
        }
    }
    drop_note(repo);
    Ok(true)
}

/// Finishes a landing that was cut off, unless another window is at it. What cannot be finished now is left for a sync to say.
pub fn mend_landing(root: &Path) {
    if has_landing(root)
        && let Ok(repo) = Repo::open(root)
        && let Ok(_lock) = lock_desk(root)
    {
        let _ = finish_landing(&repo);
    }
}

/// Whether a landing in the folder was cut off, or is under way in another window.
pub fn has_landing(root: &Path) -> bool {
    note_path(root).exists()
}

/// Locks a workspace for what moves branches, files and the index together: one window does that at a time. Gives `None` on a
/// disk without locks: branches still move only from where they were seen.
///
/// # Errors
/// [`LandError::Busy`]; where the private folder cannot be written.
pub fn lock_desk(root: &Path) -> Result<Option<File>, LandError> {
    let folder = git::private_folder(root);
    let path = folder.join("sync.lock");
    let refused =
        |error: std::io::Error| GitError::Refused { command: path.display().to_string(), message: error.to_string() };
    fs::create_dir_all(&folder).map_err(refused)?;
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(refused)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(LandError::Busy),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

impl Note {
    /// Whether the branches are where the way begins or ends.
    fn is_on_its_way(&self, repo: &Repo, from: &Oid, to: &Oid) -> bool {
        let head = head_of(repo, &self.branch);
        match &self.leaves {
            None => head.as_ref() == Some(from) || head.as_ref() == Some(to),
            Some(leaves) => {
                let shown = repo.branch();
                let is_left = shown.as_ref() == Some(leaves) && head_of(repo, leaves).as_ref() == Some(from);
                head.as_ref() == Some(to) && (is_left || shown.as_ref() == Some(&self.branch))
            }
        }
    }
}

/// The index, the other files, the branch.
fn finish(repo: &Repo, wire: &Wire, note: &Note, landed: &[TreeEdit]) -> Result<(), LandError> {
    let oid = |text: &str| {
        Oid::parse(text).ok_or_else(|| GitError::Refused { command: VERB.to_string(), message: text.to_string() })
    };
    let (from, to) = (oid(&note.from)?, oid(&note.to)?);
    wire.note_files(landed)?;
    wire.move_files(&from, &to)?;
    if note.leaves.is_some() {
        let name = format!("refs/heads/{}", note.branch);
        let args = ["symbolic-ref", "-m", "lianxi draft", "HEAD", &name];
        return repo.act(Act::Plain, &args, None).map(drop).map_err(LandError::Git);
    }
    if head_of(repo, &note.branch).as_ref() == Some(&to) {
        return Ok(());
    }
    let mut moves = vec![Move { branch: note.branch.clone(), from: Some(from), to }];
    for (branch, from, to) in &note.also {
        let from = Some(oid(from)?).filter(|from| !from.is_zero());
        moves.push(Move { branch: branch.clone(), from, to: oid(to)? });
    }
    move_branches(repo, &moves)
}

/// Moves a branch from a commit to another, if it is still there.
///
/// # Errors
/// [`LandError::Moved`] where it is not.
pub fn move_branch(repo: &Repo, branch: &str, from: Option<&Oid>, to: &Oid) -> Result<(), LandError> {
    move_branches(repo, &[Move { branch: branch.to_string(), from: from.cloned(), to: to.clone() }])
}

/// Moves several branches or none.
///
/// # Errors
/// [`LandError::Moved`] where one of them is not where it was.
pub fn move_branches(repo: &Repo, moves: &[Move]) -> Result<(), LandError> {
    let mut input = String::new();
    for Move { branch, from, to } in moves {
        let none = "0".repeat(to.as_str().len());
        let from = from.as_ref().map_or(none.as_str(), Oid::as_str);
        input.push_str(&format!("update refs/heads/{branch} {to} {from}\n"));
    }
    let args = ["update-ref", "--create-reflog", "-m", "lianxi sync", "--stdin"];
    match repo.act(Act::Plain, &args, Some(input.as_bytes())) {
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
    git::private_folder(root).join(NOTE)
}

fn write_note(repo: &Repo, note: &Note) -> Result<(), LandError> {
    let path = note_path(repo.root());
    let refused = |message: String| GitError::Refused { command: path.display().to_string(), message };
    let json = serde_json::to_string(note).map_err(|error| refused(error.to_string()))?;
    let folder = Folder::new(git::private_folder(repo.root()));
    let io = |error| LandError::Save(CommitError::Journal(JournalError::File(error)));
    folder.prepare(NOTE, &json).map_err(io)?.put().map_err(io)
}

fn read_note(repo: &Repo) -> Option<Note> {
    serde_json::from_str(&fs::read_to_string(note_path(repo.root())).ok()?).ok()
}

fn drop_note(repo: &Repo) {
    let _ = fs::remove_file(note_path(repo.root()));
}

/// The plans of a workspace.
pub fn plans_of(root: &Path) -> Vec<String> {
    find::plan_ids(root)
}
