//! Naming states of the plan.

use super::Refusal;
use crate::git::{GitError, Oid};
use crate::workspace::{Archive, State, version_tag};
use chrono::NaiveDate;

/// A version that was just named.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    pub tag: String,
    pub commit: Oid,
    pub commit_day: Option<NaiveDate>,
    /// Files that are not as they were committed, and are not in the version.
    pub uncommitted: usize,
}

/// Gives the last commit a name.
///
/// # Errors
/// An empty name, one that is taken, nothing committed yet.
pub fn tag_version(archive: &mut Archive, name: &str, author: Option<&str>) -> Result<Tagged, Refusal> {
    let tag = version_tag(name);
    if tag.is_empty() {
        return Err(Refusal::EmptyVersion);
    }
    let commit = archive.commit_of(&State::head())?.ok_or(GitError::NoCommit)?;
    let taken = archive.commit_of(&State::Revision(format!("refs/tags/{tag}"))).is_ok();
    if taken {
        return Err(Refusal::VersionTaken { name: name.to_string() });
    }
    // a name is filled in only where git has none
    let needs_name = crate::git::author(archive.repo().root()).is_none();
    archive.repo().tag(&tag, name, Some(author.unwrap_or("lianxi")).filter(|_| needs_name))?;
    let uncommitted = archive.touched_count()?;
    Ok(Tagged { tag, commit: commit.oid, commit_day: commit.day, uncommitted })
}
