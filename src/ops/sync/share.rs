//! The places that a workspace is shared through: those git knows by name, and the one that was used last.

use super::bring::Theirs;
use super::{Desk, SyncRefusal, SyncRequest};
use crate::git::{Act, Address, Oid, Repo, Sending, TransferError, is_repository, make_shared, private_folder};
use crate::ops::draft::{self, BRANCHES};
use std::fs;
use std::path::{Path, PathBuf};

/// What a repository inside a folder is called.
const INSIDE: &str = "lianxi.git";
/// The branch as the usual place has it, for counting what has not gone there yet.
const SHARED: &str = "refs/lianxi/shared/";

/// A place to share through.
#[derive(Clone, Debug, PartialEq)]
pub struct Remote {
    /// The name that git has for it.
    pub name: Option<String>,
    pub address: Address,
}

impl Remote {
    /// As people call it: its address, without passwords.
    pub fn shown(&self) -> String {
        self.address.to_string()
    }
}

/// Every place that git knows by name, with its address as it is written down.
pub fn known_remotes(repo: &Repo) -> Vec<(String, String)> {
    let listed = repo.read(&["config", "-z", "--get-regexp", r"^remote\..*\.url$"]).unwrap_or_default();
    let mut known: Vec<(String, String)> = Vec::new();
    for entry in String::from_utf8_lossy(&listed).split('\0') {
        let Some((key, url)) = entry.split_once('\n') else { continue };
        let name = key.strip_prefix("remote.").and_then(|key| key.strip_suffix(".url")).unwrap_or(key);
        if !known.iter().any(|(other, _)| other == name) {
            known.push((name.to_string(), url.to_string()));
        }
    }
    known
}

/// The place that a sync without a name goes to: the one used last, the branch's own, `origin`, the only one.
pub fn usual_remote(repo: &Repo) -> Option<(Option<String>, String)> {
    let known = known_remotes(repo);
    let named =
        |name: &str| known.iter().find(|(known, _)| known == name).map(|(n, url)| (Some(n.clone()), url.clone()));
    let last = fs::read_to_string(usual_path(repo.root())).ok().map(|text| text.trim().to_string());
    if let Some(last) = last.filter(|last| !last.is_empty()) {
        return Some(named(&last).unwrap_or((None, last)));
    }
    let branch = repo.branch()?;
    let own = repo.read(&["config", &format!("branch.{branch}.remote")]).ok();
    let own = own.map(|own| String::from_utf8_lossy(&own).trim().to_string()).filter(|own| own != ".");
    own.and_then(|own| named(&own)).or_else(|| named("origin")).or_else(|| match known.as_slice() {
        [(name, url)] => Some((Some(name.clone()), url.clone())),
        _ => None,
    })
}

/// The place that is asked for.
pub(super) fn find(repo: &Repo, _branch: &str, request: &SyncRequest) -> Result<Remote, SyncRefusal> {
    let known = known_remotes(repo);
    let (name, url, here) = match &request.remote {
        None => match usual_remote(repo) {
            Some((name, url)) => (name, url, repo.root().to_path_buf()),
            None => return Err(SyncRefusal::NoRemote { known: known.into_iter().map(|(name, _)| name).collect() }),
        },
        Some(asked) => match known.into_iter().find(|(name, _)| name == asked.trim()) {
            Some((name, url)) => (Some(name), url, repo.root().to_path_buf()),
            None => (None, asked.clone(), request.here.clone()),
        },
    };
    let address = Address::parse(&url, &here).map_err(|why| SyncRefusal::NoAddress { text: url.clone(), why })?;
    Ok(Remote { name, address })
}

/// Finds the repository of a folder, and makes one where that is wanted; whether it was made.
pub(super) fn ready(folder: &mut PathBuf, branch: &str, request: &SyncRequest) -> Result<bool, SyncRefusal> {
    if is_repository(folder) {
        return Ok(false);
    }
    if is_repository(&folder.join(INSIDE)) {
        folder.push(INSIDE);
        return Ok(false);
    }
    let is_filled = fs::read_dir(&*folder).is_ok_and(|mut entries| entries.next().is_some());
    // a stick or a share with other things on it: ours goes into a folder of its own
    let target = if is_filled { folder.join(INSIDE) } else { folder.clone() };
    let has_parent = folder.is_dir() || folder.parent().is_some_and(Path::is_dir);
    if !has_parent {
        // the stick is not in, the share is not there
        return Ok(false);
    }
    if !request.may_create || request.dry_run {
        // what was used before and has gone is a place that cannot be reached now
        let is_asked = request.remote.is_some();
        return if is_asked { Err(SyncRefusal::NotShared { folder: target }) } else { Ok(false) };
    }
    if !is_filled && folder.is_dir() {
        fs::remove_dir(&*folder).map_err(|error| {
            SyncRefusal::Transfer(TransferError::NoEntry { message: format!("{}: {error}", folder.display()) })
        })?;
    }
    make_shared(&target, branch).map_err(SyncRefusal::Transfer)?;
    *folder = target;
    Ok(true)
}

/// Remembers where the last sync went, and what is there now.
pub(super) fn remember(
    desk: &Desk,
    remote: &Remote,
    theirs: &Theirs,
    ours: &Oid,
    sent: &[Sending],
) -> Result<(), SyncRefusal> {
    let branch = theirs.branch.as_str();
    let repo = &desk.repo;
    let act = |args: &[&str]| repo.act(Act::Plain, args, None);
    let mut name = remote.name.clone();
    if name.is_none() && known_remotes(repo).is_empty() {
        // whoever knows git finds it under the usual name
        let url = match &remote.address {
            Address::Folder(path) => path.display().to_string(),
            Address::Server(url) => url.clone(),
        };
        act(&["remote", "add", "origin", &url])?;
        act(&["config", &format!("branch.{}.remote", desk.branch), "origin"])?;
        act(&["config", &format!("branch.{}.merge", desk.branch), &format!("refs/heads/{branch}")])?;
        name = Some("origin".to_string());
    }
    let usual = name.clone().unwrap_or_else(|| match &remote.address {
        Address::Folder(path) => path.display().to_string(),
        Address::Server(url) => url.clone(),
    });
    // that it cannot be remembered is no reason to fail: everything is where it should be
    let _ = fs::write(usual_path(repo.root()), format!("{usual}\n"));
    let mut there = vec![(branch, desk.branch.as_str(), ours)];
    there.extend(theirs.others.iter().map(|(name, oid)| (name.as_str(), name.as_str(), oid)));
    let others = sent.iter().filter_map(|one| Some((one.to.strip_prefix("refs/heads/")?, &one.what)));
    there.extend(others.filter(|(name, _)| *name != branch).map(|(name, what)| (name, name, what)));
    for (theirs, mine, what) in there {
        act(&["update-ref", &format!("{SHARED}{mine}"), what.as_str()])?;
        if let Some(name) = &name {
            act(&["update-ref", &format!("refs/remotes/{name}/{theirs}"), what.as_str()])?;
        }
    }
    Ok(())
}

/// How many commits, of the plan itself and of drafts, have not gone to the usual place yet; `None` where nothing is shared.
pub fn unsynced(repo: &Repo) -> Option<usize> {
    repo.branch()?;
    usual_remote(repo)?;
    let shared = format!("--glob={SHARED}");
    let drafts = format!("--branches={BRANCHES}*");
    let line = draft::line(repo);
    let mut args = vec!["rev-list", "--count", "HEAD", &drafts];
    args.extend(line.as_deref());
    args.extend(["--not", &shared, "--remotes", "--"]);
    let out = repo.read(&args).ok()?;
    String::from_utf8_lossy(&out).trim().parse().ok()
}

fn usual_path(root: &Path) -> PathBuf {
    private_folder(root).join("usual-remote")
}
