//! Bundles: what is new goes into a file, and what a file brings is merged like a sync.

use super::bring::{self, NotTaken, Theirs};
use super::{Desk, End, ROUNDS, Step, SyncRefusal, SyncReport, Waiting, pending};
use crate::git::{GitError, Oid, Patience, THEIR_TAGS, THEIRS, TransferError, bundle_head, private_folder};
use crate::ops::{Moment, draft};
use crate::text::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a bundle is to hold.
#[derive(Clone, Debug, Default)]
pub struct BundleRequest {
    pub file: PathBuf,
    /// A revision that the other side has; `none` for everything; what they were given last where nothing is said.
    pub since: Option<String>,
    /// For whom it is.
    pub to: Option<String>,
}

/// A bundle that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct BundleMade {
    pub file: PathBuf,
    /// How many commits it brings; 0 where there was nothing new, and no file.
    pub commits: usize,
    /// Whether it builds on something that the other side has to have.
    pub is_partial: bool,
    /// The first line of the commit that the pending work became.
    pub kept: Option<String>,
}

/// What was given to somebody, and what came from them: commits that they have.
#[derive(Serialize, Deserialize, Default)]
struct Given(BTreeMap<String, Vec<String>>);

/// Makes a bundle of everything that the other side does not have.
///
/// # Errors
/// See [`SyncRefusal`].
pub fn make_bundle(
    root: &Path,
    request: &BundleRequest,
    moment: &Moment,
    text: &'static Text,
    waiting: &mut Waiting,
) -> Result<BundleMade, SyncRefusal> {
    let desk = Desk::open(root, moment, text)?;
    if request.file.exists() && bundle_head(&request.file).map_err(|error| disk(&request.file, &error))?.is_none() {
        return Err(SyncRefusal::NotABundle { file: request.file.clone() });
    }
    (waiting.tell)(Step::Keeping);
    let mut report = SyncReport::to("");
    let Some(head) = pending::keep(&desk, &mut report, false)? else { return Err(GitError::NoCommit.into()) };
    let to = request.to.clone().unwrap_or_default();
    let mut given = read_given(root);
    let without: Vec<Oid> = match request.since.as_deref().map(str::trim) {
        Some("none" | "") => Vec::new(),
        Some(revision) => {
            let found =
                desk.repo.read(&["rev-parse", "--verify", "-q", "--end-of-options", &format!("{revision}^{{commit}}")]);
            let found = found.ok().and_then(|out| Oid::parse(String::from_utf8_lossy(&out).trim()));
            vec![found.ok_or_else(|| GitError::UnknownRevision { text: revision.to_string() })?]
        }
        None => given.0.get(&to).into_iter().flatten().filter_map(|oid| desk.wire.commit_of(oid)).collect(),
    };
    let mut what: Vec<(String, Oid)> = vec![(format!("refs/heads/{}", desk.branch), head.clone())];
    for (name, oid) in draft::branches(&desk.repo)?.into_iter().filter(|(name, _)| *name != desk.branch) {
        what.push((format!("refs/heads/{name}"), oid));
    }
    what.extend(tags(&desk)?);
    let heads: Vec<&Oid> =
        what.iter().filter(|(name, _)| name.starts_with("refs/heads/")).map(|(_, oid)| oid).collect();
    let commits = desk.wire.count_all(&heads, &without)?;
    let made = |commits| BundleMade {
        file: request.file.clone(),
        commits,
        is_partial: !without.is_empty(),
        kept: report.kept.clone(),
    };
    if commits == 0 {
        return Ok(made(0));
    }
    // what they have need not be in the file again, nor the names of what has not changed
    what.retain(|(_, oid)| !without.contains(oid));
    let mut on_step = |progress| (waiting.tell)(Step::Sending(progress));
    let mut patience = Patience { stop: waiting.stop.clone(), silence: waiting.silence, tell: &mut on_step };
    desk.wire.make_bundle(&request.file, &what, &without, &mut patience).map_err(SyncRefusal::Transfer)?;
    given.0.insert(to, what.iter().map(|(_, oid)| oid.to_string()).collect());
    write_given(root, &given);
    Ok(made(commits))
}

/// Takes in what a bundle brings.
///
/// # Errors
/// See [`SyncRefusal`]; [`SyncRefusal::NoBase`] where it builds on something that is not here.
pub fn take_bundle(
    root: &Path,
    file: &Path,
    dry_run: bool,
    moment: &Moment,
    text: &'static Text,
    waiting: &mut Waiting,
) -> Result<SyncReport, SyncRefusal> {
    let head = bundle_head(file).map_err(|error| disk(file, &error))?;
    let head = head.ok_or_else(|| SyncRefusal::NotABundle { file: file.to_path_buf() })?;
    let file = file.canonicalize().map_err(|error| disk(file, &error))?;
    let desk = Desk::open(root, moment, text)?;
    let place = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut report = SyncReport::to(&place);
    for _ in 0..ROUNDS {
        (waiting.tell)(Step::Keeping);
        let ours = pending::keep(&desk, &mut report, dry_run)?;
        if let Some(ours) = &ours {
            desk.wire.name("refs/lianxi/ours/head", ours)?;
        }
        let missing = desk.wire.lacks(&head)?;
        if !missing.is_empty() {
            return Err(SyncRefusal::NoBase { missing });
        }
        let mut on_step = |progress| (waiting.tell)(Step::Fetching(progress));
        let mut patience = Patience { stop: waiting.stop.clone(), silence: waiting.silence, tell: &mut on_step };
        desk.wire.fetch_bundle(&file, &mut patience).map_err(SyncRefusal::Transfer)?;
        let theirs = theirs(&desk)?;
        (waiting.tell)(Step::Merging);
        match bring::take(&desk, ours, theirs.front.as_ref(), &place, dry_run, &mut report) {
            Err(NotTaken::Again) => continue,
            Err(NotTaken::Refused(refusal)) => return Err(refusal),
            Ok(Some(ours)) if !dry_run => {
                bring::to_send(&desk, &ours, &theirs, &place, false, &mut report)?;
                report.sent = 0;
                note_taken(root, &head.brings.iter().map(|(_, oid)| oid.clone()).collect::<Vec<_>>());
            }
            Ok(_) => {}
        }
        report.end = if dry_run { End::Looked } else { End::Took };
        return Ok(report);
    }
    Err(SyncRefusal::Restless)
}

/// What a bundle has brought.
fn theirs(desk: &Desk) -> Result<Theirs, SyncRefusal> {
    let heads = desk.wire.named(THEIRS)?;
    let main = draft::main_line(&desk.repo);
    let is_other = |name: &String| name.starts_with(draft::BRANCHES) || Some(name) == main.as_ref();
    let branch = match heads.contains_key(&desk.branch) {
        true => desk.branch.clone(),
        false => heads.keys().find(|name| !is_other(name)).cloned().unwrap_or_else(|| desk.branch.clone()),
    };
    let front = heads.get(&branch).cloned();
    let others = heads.into_iter().filter(|(name, _)| is_other(name)).collect();
    Ok(Theirs { branch, front, others, tags: desk.wire.named(THEIR_TAGS)? })
}

/// The names of versions.
fn tags(desk: &Desk) -> Result<Vec<(String, Oid)>, SyncRefusal> {
    let listed = desk.repo.read(&["for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"])?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let split = |line: &str| line.split_once(' ').and_then(|(oid, name)| Some((name.to_string(), Oid::parse(oid)?)));
    Ok(listed.lines().filter_map(split).collect())
}

/// Whoever gave us something has it: every later bundle may build on it, unless others are named.
fn note_taken(root: &Path, oids: &[Oid]) {
    let mut given = read_given(root);
    let known = given.0.entry(String::new()).or_default();
    known.extend(oids.iter().map(Oid::to_string).filter(|oid| !known.contains(oid)).collect::<Vec<_>>());
    write_given(root, &given);
}

fn given_path(root: &Path) -> PathBuf {
    private_folder(root).join("given")
}

fn read_given(root: &Path) -> Given {
    let text = fs::read_to_string(given_path(root)).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// That it cannot be written means a larger bundle the next time, and nothing worse.
fn write_given(root: &Path, given: &Given) {
    if let Ok(json) = serde_json::to_string(given) {
        let _ = fs::write(given_path(root), json);
    }
}

fn disk(file: &Path, error: &std::io::Error) -> SyncRefusal {
    let message = format!("{}: {error}", file.display());
    match error.kind() {
        std::io::ErrorKind::NotFound => SyncRefusal::NoFile { file: file.to_path_buf() },
        _ => SyncRefusal::Transfer(TransferError::NoEntry { message }),
    }
}
