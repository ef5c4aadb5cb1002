//! The history of a plan: what each commit changed in it, and every value that one place has had.

use super::archive::{self, Archive, Between};
use crate::domain::{Entry, NodeId, Plan, Str, key};
use crate::edit::{Place, Value, current};
use crate::git::{Changed, GitError, Logged, Oid, Repo};
use crate::store::layout;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A value that a place got, and the commit that brought it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub commit: String,
    pub who: String,
    pub when: Option<NaiveDate>,
    pub subject: String,
    pub place: Place,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

/// The values of one place as far as they are known, kept from one question to the next.
#[derive(Serialize, Deserialize)]
struct Kept {
    head: String,
    place: Place,
    steps: Vec<Step>,
}

impl Archive {
    /// Walks the commits of a range that changed the plan, or only the named files of it, newest first: what each changed.
    ///
    /// # Errors
    /// What git says.
    pub fn walk(
        &mut self,
        range: &str,
        below: &[String],
        mut each: impl FnMut(Logged, Between) -> bool,
    ) -> Result<(), GitError> {
        let Archive { repo, objects, base, .. } = self;
        let objects = archive::open(objects, repo)?;
        repo.log(range, base, below, |commit| {
            let between = Between::by(objects, &commit.files);
            Ok(each(commit, between))
        })
    }

    /// Every value that a place has had, newest first.
    ///
    /// What was found is kept beside the repository, so that the next question reads only the commits since.
    ///
    /// # Errors
    /// What git says.
    pub fn steps(&mut self, place: &Place, file: &str) -> Result<Vec<Step>, GitError> {
        let head = match self.repo.head() {
            Some(head) => head,
            None => self.objects()?.commit("HEAD")?.oid,
        };
        let cache = self.cache(place);
        let kept = cache.as_ref().and_then(|path| std::fs::read(path).ok());
        let kept: Option<Kept> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let kept = kept.filter(|kept| kept.place == *place);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.head == head.as_str()) {
            return Ok(kept.steps.clone());
        }
        let since = kept.filter(|kept| is_ancestor(&self.repo, &kept.head, head.as_str()));
        let range = since.as_ref().map_or(head.to_string(), |kept| format!("{}..{head}", kept.head));
        let mut steps = self.steps_in(&range, place, file)?;
        steps.extend(since.into_iter().flat_map(|kept| kept.steps));
        if let Some(path) = cache {
            let kept = Kept { head: head.to_string(), place: place.clone(), steps };
            keep(&path, &kept);
            return Ok(kept.steps);
        }
        Ok(steps)
    }

    fn steps_in(&mut self, range: &str, place: &Place, file: &str) -> Result<Vec<Step>, GitError> {
        let mut commits: Vec<(Logged, Changed)> = Vec::new();
        let below = [file.to_string()];
        self.repo.log(range, &self.base, &below, |mut commit| {
            let files = std::mem::take(&mut commit.files);
            commits.extend(files.into_iter().find(|changed| changed.path == file).map(|changed| (commit, changed)));
            Ok::<bool, GitError>(true)
        })?;
        // the new file of one commit is the old file of the next: each is read once
        let mut oids: Vec<Oid> = Vec::new();
        let mut values: HashMap<Oid, Option<Value>> = HashMap::new();
        for oid in commits.iter().flat_map(|(_, changed)| [&changed.new, &changed.old]).flatten() {
            if values.insert(oid.clone(), None).is_none() {
                oids.push(oid.clone());
            }
        }
        self.objects()?.blobs(&oids, |oid, bytes| {
            values.insert(oid.clone(), value_in(file, bytes, place));
            Ok::<(), GitError>(())
        })?;
        let value = |oid: &Option<Oid>| oid.as_ref().and_then(|oid| values.get(oid).cloned().flatten());
        let steps = commits.into_iter().map(|(commit, changed)| Step {
            commit: commit.oid.to_string(),
            subject: commit.subject().to_string(),
            who: commit.author,
            when: commit.day,
            place: place.clone(),
            old: value(&changed.old),
            new: value(&changed.new),
        });
        Ok(steps.filter(|step| step.old != step.new).collect())
    }

    /// The log entries of a node as they were last committed: the reasons of its deadlines and states.
    ///
    /// # Errors
    /// What git says.
    pub fn reasons(&mut self, node: &NodeId) -> Result<Vec<Entry>, GitError> {
        let folder = format!("{}/{}/{node}", self.base, layout::LOG);
        let path = self.repo.path(&folder);
        let objects = self.objects()?;
        let head = objects.commit("HEAD")?;
        let Some(tree) = objects.folder(&head.tree, &path)? else { return Ok(Vec::new()) };
        let files = objects.files(&tree)?;
        let (names, oids): (Vec<String>, Vec<Oid>) = files.into_iter().unzip();
        let mut plan = Plan::default();
        let mut names = names.into_iter();
        objects.blobs(&oids, |_, bytes| {
            let name = format!("{}/{node}/{}", layout::LOG, names.next().unwrap_or_default());
            if let Ok(text) = String::from_utf8(bytes) {
                let _ = layout::read_into(&mut plan, &name, &Str::from(text));
            }
            Ok::<(), GitError>(())
        })?;
        Ok(plan.log.into_values().flatten().filter_map(|item| item.entry).collect())
    }

    /// Where the steps of a place are kept; a name that says nothing, since places may have any.
    fn cache(&self, place: &Place) -> Option<std::path::PathBuf> {
        let said = serde_json::to_vec(place).ok()?;
        Some(self.private()?.join("history").join(format!("{:016x}.json", key::hash(said))))
    }
}

/// The value of a place in a version of its file; `None` too where the file cannot be understood.
fn value_in(file: &str, bytes: Vec<u8>, place: &Place) -> Option<Value> {
    let text = Str::from(String::from_utf8(bytes).ok()?);
    let mut plan = Plan::default();
    layout::read_into(&mut plan, file, &text).ok()?;
    current(&plan, place)
}

fn is_ancestor(repo: &Repo, old: &str, new: &str) -> bool {
    repo.read(&["merge-base", "--is-ancestor", old, new]).is_ok()
}

/// Keeps what was found. It is a comfort: where it cannot be written, the next question costs as much as this one.
fn keep(path: &std::path::Path, kept: &Kept) {
    let Some(folder) = path.parent() else { return };
    let Ok(json) = serde_json::to_vec(kept) else { return };
    let _ = std::fs::create_dir_all(folder);
    let temp = folder.join(format!("{}.tmp", std::process::id()));
    if std::fs::write(&temp, json).is_ok() {
        let _ = std::fs::rename(&temp, path);
    }
}
