//! Drafts for approval 送审稿: branches underneath, which nobody has to know.

use crate::git::{GitError, Oid, Repo, private_folder};
use std::collections::BTreeMap;
use std::fs;

/// What the branches of drafts begin with.
pub(super) const BRANCHES: &str = "draft/";

/// The branches of all drafts that are here.
pub(super) fn branches(repo: &Repo) -> Result<BTreeMap<String, Oid>, GitError> {
    let name = format!("refs/heads/{BRANCHES}");
    let listed = repo.read(&["for-each-ref", "--format=%(objectname) %(refname)", &name])?;
    let mut found = BTreeMap::new();
    for line in String::from_utf8_lossy(&listed).lines() {
        if let Some((oid, name)) = line.split_once(' ')
            && let (Some(oid), Some(name)) = (Oid::parse(oid), name.strip_prefix("refs/heads/"))
        {
            found.insert(name.to_string(), oid);
        }
    }
    Ok(found)
}

/// The branch that drafts are merged into, while a draft is open.
pub(super) fn main_line(repo: &Repo) -> Option<String> {
    let branch = repo.branch()?;
    if !branch.starts_with(BRANCHES) {
        return None;
    }
    let noted = fs::read_to_string(private_folder(repo.root()).join("main-line")).ok()?;
    Some(noted.trim().to_string()).filter(|name| !name.is_empty())
}
