//! States of a plan that are not the disk: a revision, a day, the index. They are looked at and never written.

use super::source::Kept;
use super::{OpenError, Workspace, find};
use crate::git::{Commit, GitError, Objects, Repo};
use crate::store::layout;
use chrono::NaiveDate;
use std::path::Path;

/// A state of a plan, as people name it.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub enum State {
    /// The files as they are now.
    Working,
    /// What has been accepted and waits for the next commit.
    Index,
    /// A commit, branch, tag or version.
    Revision(String),
    /// The end of a day.
    Day(NaiveDate),
}

impl State {
    /// Reads what somebody typed; what is neither a day nor one of the two words is a revision.
    pub fn parse(text: &str) -> State {
        let text = text.trim();
        match text {
            "working" | "工作" | "现在" => State::Working,
            "index" | "已接受" => State::Index,
            _ => day(text).map_or_else(|| State::Revision(text.to_string()), State::Day),
        }
    }

    /// The last commit.
    pub fn head() -> State {
        State::Revision("HEAD".to_string())
    }

    /// The commit that a state is; `None` for the files and the index.
    ///
    /// # Errors
    /// Where there is no such revision or day.
    pub fn commit(&self, repo: &Repo, objects: &mut Objects) -> Result<Option<Commit>, GitError> {
        match self {
            State::Working | State::Index => Ok(None),
            State::Revision(text) => {
                // a version may have been named with a blank or a slash
                let found = match objects.commit(text) {
                    Err(GitError::UnknownRevision { .. }) => objects.commit(&version_tag(text)),
                    other => other,
                };
                match found {
                    Err(GitError::UnknownRevision { .. } | GitError::Corrupt { .. })
                        if repo.is_shallow() && (text.contains('~') || text.contains('^')) =>
                    {
                        Err(GitError::CutOff { text: text.clone() })
                    }
                    Err(GitError::UnknownRevision { .. }) => Err(GitError::UnknownRevision { text: text.clone() }),
                    found => found.map(Some),
                }
            }
            State::Day(day) => objects.commit(repo.on_day(*day)?.as_str()).map(Some),
        }
    }
}

/// `2024-06-30`, `2024/6/30`, `2024.6.30`, `2024年6月30日`
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.strip_suffix(['日', '号']).unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || parts.next().is_some() {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The git tag of a version's name: what git does not take in a name becomes a hyphen.
pub fn version_tag(name: &str) -> String {
    let is_bad = |c: char| c.is_whitespace() || c.is_control() || "~^:?*[\\/".contains(c);
    let mut tag: String = name.trim().chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    while tag.contains("..") || tag.contains("@{") || tag.contains("--") {
        tag = tag.replace("..", ".").replace("@{", "@").replace("--", "-");
    }
    let tag = tag.trim_matches(['.', '-']);
    tag.strip_suffix(".lock").unwrap_or(tag).to_string()
}

impl Workspace {
    /// Opens a plan as it was: everything can be looked at, nothing saved.
    ///
    /// # Errors
    /// Where there is no such state, or the plan was not in it; whatever git says.
    pub fn as_of(root: &Path, plan: Option<&str>, state: &State) -> Result<Workspace, OpenError> {
        let repo = Repo::open(root).map_err(OpenError::Git)?;
        let mut objects = Objects::open(&repo).map_err(OpenError::Git)?;
        let commit = state.commit(&repo, &mut objects).map_err(OpenError::Git)?;
        let plan_id = match plan {
            Some(plan) => plan.to_string(),
            None => the_only_plan(root, commit.as_ref(), &repo, &mut objects)?,
        };
        let folder = format!("plans/{plan_id}");
        let files = match &commit {
            None => repo.index(&folder),
            Some(commit) => match objects.folder(&commit.tree, &repo.path(&folder)) {
                Ok(Some(tree)) => objects.files(&tree),
                Ok(None) => Ok(Default::default()),
                Err(error) => Err(error),
            },
        };
        let files = files.map_err(OpenError::Git)?;
        if ![layout::INFO, layout::TEXT].iter().any(|name| files.contains_key(*name)) {
            return Err(OpenError::NotThen { id: plan_id, state: state.clone() });
        }
        let mut workspace = Workspace::empty(root, plan_id, Some(Kept::new(state.clone(), files, objects)));
        workspace.read_all();
        Ok(workspace)
    }

    /// The past state that is looked at; `None` where the disk is.
    pub fn past(&self) -> Option<&State> {
        self.source.kept().map(|kept| &kept.state)
    }
}

/// The plan that is meant where none was named: the only one there was then, or the only one there is now.
fn the_only_plan(
    root: &Path,
    commit: Option<&Commit>,
    repo: &Repo,
    objects: &mut Objects,
) -> Result<String, OpenError> {
    let mut known = match commit {
        None => find::plan_ids(root),
        Some(commit) => {
            let plans = objects.folder(&commit.tree, &repo.path("plans")).map_err(OpenError::Git)?;
            let listed = plans.map(|tree| objects.tree(&tree)).transpose().map_err(OpenError::Git)?.unwrap_or_default();
            listed.into_iter().filter(|(_, entry)| entry.is_folder).map(|(name, _)| name).collect()
        }
    };
    match known.len() {
        1 => Ok(known.remove(0)),
        0 => Err(OpenError::NoSuchPlan { id: String::new(), known }),
        _ => Err(OpenError::WhichPlan { known }),
    }
}
