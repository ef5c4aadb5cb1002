//! The way between two repositories: fetching, taking in what came, and what goes out.

use super::join::{self, JoinRefusal};
use super::share::Remote;
use super::{Desk, Head, SyncRefusal, SyncReport, Taken};
use crate::edit;
use crate::git::{Act, GitError, Oid, Patience, Sending, THEIR_TAGS, THEIRS, TransferError};
use crate::ops::draft;
use crate::workspace::{self, LandError, State, Workspace};
use std::collections::BTreeMap;

/// What the other place has.
pub(super) struct Theirs {
    /// The branch that ours goes with.
    pub branch: String,
    pub front: Head,
    /// Drafts, and the main line while a draft is open here.
    pub others: BTreeMap<String, Oid>,
    pub tags: BTreeMap<String, Oid>,
}

/// Why nothing was taken in.
pub(super) enum NotTaken {
    /// Somebody wrote in the meantime: look again.
    Again,
    Refused(SyncRefusal),
}

impl From<SyncRefusal> for NotTaken {
    fn from(refusal: SyncRefusal) -> Self {
        NotTaken::Refused(refusal)
    }
}

/// Fetches what the place has.
pub(super) fn fetch(
    desk: &Desk,
    remote: &Remote,
    ours: Option<&Oid>,
    patience: &mut Patience,
) -> Result<Theirs, TransferError> {
    let wire = &desk.wire;
    // what we have is told to the other side, so that it sends only what is new
    if let Some(ours) = ours {
        wire.name("refs/lianxi/ours/head", ours).map_err(TransferError::Git)?;
    }
    wire.fetch(&remote.address, patience)?;
    let heads = wire.named(THEIRS).map_err(TransferError::Git)?;
    let tags = wire.named(THEIR_TAGS).map_err(TransferError::Git)?;
    let branch = match heads.contains_key(&desk.branch) || heads.is_empty() {
        true => desk.branch.clone(),
        // a draft that is not there yet goes there under its own name
        false if desk.branch.starts_with(draft::BRANCHES) => desk.branch.clone(),
        // another program called its first branch otherwise
        false => match wire.front(&remote.address, patience)? {
            Some(front) if heads.contains_key(&front) => front,
            // a shared repository made by hand may point at a branch that nobody has
            _ => only(&heads).unwrap_or(&desk.branch).clone(),
        },
    };
    let front = heads.get(&branch).cloned();
    let main = draft::main_line(&desk.repo);
    let others = heads.into_iter().filter(|(name, _)| name.starts_with(draft::BRANCHES) || Some(name) == main.as_ref());
    Ok(Theirs { branch, front, others: others.collect(), tags })
}

/// The one branch there is, drafts aside.
fn only(heads: &BTreeMap<String, Oid>) -> Option<&String> {
    let mut names = heads.keys().filter(|name| !name.starts_with(draft::BRANCHES));
    names.next().filter(|_| names.next().is_none())
}

/// Takes in what the other side has, merging where both have news; the head as it is then.
pub(super) fn take(
    desk: &Desk,
    ours: Head,
    theirs: Option<&Oid>,
    place: &str,
    dry_run: bool,
    report: &mut SyncReport,
) -> Result<Head, NotTaken> {
    let Some(theirs) = theirs else { return Ok(ours) };
    let git = |error: GitError| NotTaken::Refused(error.into());
    let (from, to) = match &ours {
        None => return Err(NotTaken::Refused(SyncRefusal::Unrelated)),
        Some(ours) if desk.wire.is_ancestor(theirs, ours).map_err(git)? => return Ok(Some(ours.clone())),
        Some(ours) if desk.wire.is_ancestor(ours, theirs).map_err(git)? => (ours.clone(), theirs.clone()),
        Some(ours) => {
            let joined = join::join(desk, ours, theirs, place)
                .map_err(|JoinRefusal::Refused(refusal)| NotTaken::Refused(refusal))?;
            report.conflicts.extend(joined.conflicts);
            report.beside.extend(joined.beside);
            (ours.clone(), joined.commit)
        }
    };
    let (taken, others) = news(desk, &from, &to).map_err(git)?;
    if !dry_run {
        may_land(desk, report, &from, &to)?;
        workspace::land(&desk.repo, &desk.wire, &desk.branch, &from, &to).map_err(|error| match error {
            LandError::Moved => NotTaken::Again,
            error => NotTaken::Refused(error.into()),
        })?;
    }
    for taken in taken {
        // what others have found in dispute is in dispute here too, and not one more change of theirs
        let opened = taken.opened().filter(|one| !report.conflicts.contains(one));
        report.conflicts.extend(opened.collect::<Vec<_>>());
        report.taken.push(taken.without(&report.conflicts));
    }
    report.others.extend(others);
    Ok(Some(to))
}

/// Refuses to put files down over changes that were sent back: those are in no commit.
///
/// # Errors
/// [`SyncRefusal::SentBack`].
pub(in crate::ops) fn may_land(desk: &Desk, report: &SyncReport, from: &Oid, to: &Oid) -> Result<(), SyncRefusal> {
    if report.left_in.is_empty() {
        return Ok(());
    }
    let differing = desk.wire.differing(from, to)?;
    let files: Vec<String> =
        report.left_in.iter().filter(|file| differing.iter().any(|edit| edit.path == **file)).cloned().collect();
    if files.is_empty() { Ok(()) } else { Err(SyncRefusal::SentBack { files }) }
}

/// What changed between two commits: in the plans as changes, elsewhere as names of files.
pub(in crate::ops) fn news(desk: &Desk, from: &Oid, to: &Oid) -> Result<(Vec<Taken>, Vec<String>), GitError> {
    let prefix = format!("{}/", desk.repo.path("plans"));
    let (mut plans, mut others) = (Vec::<String>::new(), Vec::new());
    for edit in desk.wire.differing(from, to)? {
        match edit.path.strip_prefix(&prefix).and_then(|rest| rest.split_once('/')) {
            Some((plan, _)) if !plans.iter().any(|known| known == plan) => plans.push(plan.to_string()),
            Some(_) => {}
            None => others.push(edit.path),
        }
    }
    let open = |plan: &str, commit: &Oid| {
        let opened = Workspace::as_of(desk.repo.root(), Some(plan), &State::Revision(commit.to_string()));
        opened.ok().map(|mut workspace| {
            workspace.read_all_logs();
            workspace.plan().clone()
        })
    };
    let mut taken = Vec::new();
    for plan_id in plans {
        let (old, new) = (open(&plan_id, from), open(&plan_id, to));
        let changes = match (&old, &new) {
            (Some(old), Some(new)) => edit::diff(old, new),
            _ => Vec::new(),
        };
        taken.push(Taken { plan_id, plan: new.or(old).unwrap_or_default(), changes });
    }
    Ok((taken, others))
}

/// What goes out: the branch, the drafts, the versions.
pub(super) fn to_send(
    desk: &Desk,
    ours: &Oid,
    theirs: &Theirs,
    place: &str,
    dry_run: bool,
    report: &mut SyncReport,
) -> Result<Vec<Sending>, SyncRefusal> {
    let mut what = Vec::new();
    if theirs.front.as_ref() != Some(ours) {
        report.sent = desk.wire.count(ours, theirs.front.as_ref())?;
        what.push(Sending { what: ours.clone(), to: format!("refs/heads/{}", theirs.branch) });
    }
    if dry_run {
        return Ok(what);
    }
    for (branch, sending) in other_branches(desk, theirs, place, report)? {
        report.drafts_out.extend(draft_name(&branch));
        what.push(Sending { what: sending, to: format!("refs/heads/{branch}") });
    }
    what.extend(versions(desk, theirs)?);
    Ok(what)
}

/// Brings drafts that nobody has open here together; those that have to go out.
fn other_branches(
    desk: &Desk,
    theirs: &Theirs,
    place: &str,
    report: &mut SyncReport,
) -> Result<Vec<(String, Oid)>, SyncRefusal> {
    let mut ours: BTreeMap<String, Oid> = draft::branches(&desk.repo)?;
    let main = draft::main_line(&desk.repo);
    if let Some((name, oid)) = main.and_then(|name| Some((name.clone(), workspace::head_of(&desk.repo, &name)?))) {
        ours.insert(name, oid);
    }
    ours.remove(&desk.branch);
    let mut out = Vec::new();
    for (name, theirs) in &theirs.others {
        if *name == desk.branch {
            continue;
        }
        let move_to = |from: Option<&Oid>, to: &Oid| match workspace::move_branch(&desk.repo, name, from, to) {
            // somebody is at it: the next sync sees to it
            Ok(()) | Err(LandError::Moved) => Ok(()),
            Err(error) => Err(SyncRefusal::from(error)),
        };
        match ours.remove(name) {
            None => {
                move_to(None, theirs)?;
                report.drafts_in.extend(draft_name(name));
            }
            Some(here) if here == *theirs || desk.wire.is_ancestor(theirs, &here)? => {
                out.extend((here != *theirs).then(|| (name.clone(), here)));
            }
            Some(here) if desk.wire.is_ancestor(&here, theirs)? => {
                move_to(Some(&here), theirs)?;
                report.drafts_in.extend(draft_name(name));
            }
            Some(here) => {
                let JoinRefusal::Refused(refusal) = match join::join(desk, &here, theirs, place) {
                    Ok(joined) => {
                        report.conflicts.extend(joined.conflicts);
                        move_to(Some(&here), &joined.commit)?;
                        out.push((name.clone(), joined.commit));
                        report.drafts_in.extend(draft_name(name));
                        continue;
                    }
                    Err(refusal) => refusal,
                };
                // a draft that cannot be merged waits for whoever opens it; the rest goes on
                if let SyncRefusal::Git(error) = refusal {
                    return Err(SyncRefusal::Git(error));
                }
            }
        }
    }
    out.extend(ours);
    Ok(out)
}

/// The draft that a branch is; `None` for the branch of the plan itself.
fn draft_name(branch: &str) -> Option<String> {
    branch.strip_prefix(draft::BRANCHES).map(str::to_string)
}

/// Brings the names of versions together. A name that both sides gave stays what it is on each.
fn versions(desk: &Desk, theirs: &Theirs) -> Result<Vec<Sending>, SyncRefusal> {
    let listed = desk.repo.read(&["for-each-ref", "--format=%(objectname) %(refname:strip=2)", "refs/tags"])?;
    let mut ours: BTreeMap<String, Oid> = BTreeMap::new();
    for line in String::from_utf8_lossy(&listed).lines() {
        if let Some((oid, name)) = line.split_once(' ').and_then(|(oid, name)| Some((Oid::parse(oid)?, name))) {
            ours.insert(name.to_string(), oid);
        }
    }
    for (name, oid) in theirs.tags.iter().filter(|(name, _)| !ours.contains_key(*name)) {
        let none = "0".repeat(oid.as_str().len());
        let args = ["update-ref", &format!("refs/tags/{name}"), oid.as_str(), &none];
        desk.repo.act(Act::Plain, &args, None)?;
    }
    let out = ours.into_iter().filter(|(name, _)| !theirs.tags.contains_key(name));
    Ok(out.map(|(name, what)| Sending { what, to: format!("refs/tags/{name}") }).collect())
}
