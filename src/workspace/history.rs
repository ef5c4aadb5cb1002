//! The history of a plan: what each commit changed in it, and every value that one place has had.

use super::archive::{self, Archive, Between, VersionRead};
use super::private;
use super::source::{blob_error, text_of_blob};
use crate::domain::{Entry, NodeId, Plan, Str, key};
use crate::edit::{Place, Value, current};
use crate::git::{Changed, Commit, GitError, Logged, Objects, Oid, Repo};
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
    /// The log entries that may say why.
    reasons: Vec<Entry>,
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
        mut each: impl FnMut(Commit, Between) -> bool,
    ) -> Result<(), GitError> {
        let Archive { repo, objects, base, .. } = self;
        let objects = archive::open(objects, repo)?;
        let mut past = Past::default();
        in_parts(repo, range, base, below, |part| {
            let oids: Vec<Oid> = part.iter().map(|logged| logged.oid.clone()).collect();
            let commits = objects.commits(&oids)?;
            past.read(objects, part);
            Ok(commits.into_iter().zip(part).all(|(commit, logged)| each(commit, past.between(&logged.files))))
        })
    }

    /// Every value that a place has had, newest first, and the log entries that may say why.
    ///
    /// What was found is kept beside the repository, so that the next question reads only the commits since.
    ///
    /// # Errors
    /// What git says.
    pub fn steps(&mut self, place: &Place, file: &str) -> Result<(Vec<Step>, Vec<Entry>), GitError> {
        let head = match self.repo.head() {
            Some(head) => head,
            None => self.objects()?.commit("HEAD")?.oid,
        };
        let cache = self.cache(place);
        let kept = cache.as_ref().and_then(|path| std::fs::read(path).ok());
        let kept: Option<Kept> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let kept = match kept.filter(|kept| kept.place == *place) {
            Some(kept) if kept.head == head.as_str() => return Ok((kept.steps, kept.reasons)),
            kept => kept,
        };
        let since = kept.filter(|kept| is_ancestor(&self.repo, &kept.head, head.as_str()));
        let range = since.as_ref().map_or(head.to_string(), |kept| format!("{}..{head}", kept.head));
        let mut steps = self.steps_in(&range, place, file)?;
        steps.extend(since.into_iter().flat_map(|kept| kept.steps));
        let reasons = match place {
            Place::Due(id) | Place::Status(id) if !steps.is_empty() => self.reasons(id)?,
            _ => Vec::new(),
        };
        let kept = Kept { head: head.to_string(), place: place.clone(), steps, reasons };
        if let Some(path) = cache {
            // a comfort: where it cannot be written, the next question costs as much as this one
            let _ = serde_json::to_vec(&kept).map(|json| private::put(&path, &json));
        }
        Ok((kept.steps, kept.reasons))
    }

    fn steps_in(&mut self, range: &str, place: &Place, file: &str) -> Result<Vec<Step>, GitError> {
        let Archive { repo, objects, base, .. } = self;
        let objects = archive::open(objects, repo)?;
        let mut steps: Vec<(Oid, Option<Value>, Option<Value>)> = Vec::new();
        // the new file of one commit is the old file of the next: each is read once
        let mut values: HashMap<Oid, Option<Value>> = HashMap::new();
        in_parts(repo, range, base, &[file.to_string()], |part| {
            let here = |logged: &Logged| logged.files.iter().find(|changed| changed.path == file).cloned();
            let changed: Vec<(Oid, Changed)> =
                part.iter().filter_map(|logged| Some((logged.oid.clone(), here(logged)?))).collect();
            let mut oids: Vec<Oid> = Vec::new();
            for oid in changed.iter().flat_map(|(_, changed)| [&changed.new, &changed.old]).flatten() {
                if !values.contains_key(oid) {
                    values.insert(oid.clone(), None);
                    oids.push(oid.clone());
                }
            }
            objects.blobs(&oids, |oid, bytes| {
                values.insert(oid.clone(), value_in(file, bytes, place));
                Ok::<(), GitError>(())
            })?;
            let value = |oid: &Option<Oid>| oid.as_ref().and_then(|oid| values.get(oid).cloned().flatten());
            let steps_here = changed.iter().map(|(commit, file)| (commit.clone(), value(&file.old), value(&file.new)));
            steps.extend(steps_here.filter(|(_, old, new)| old != new));
            Ok(true)
        })?;
        let oids: Vec<Oid> = steps.iter().map(|(commit, _, _)| commit.clone()).collect();
        let commits = objects.commits(&oids)?;
        let told = steps.into_iter().zip(commits).map(|((_, old, new), commit)| Step {
            commit: commit.oid.to_string(),
            subject: commit.subject().to_string(),
            who: commit.author,
            when: commit.day,
            place: place.clone(),
            old,
            new,
        });
        Ok(told.collect())
    }

    /// The log entries of a node as they were last committed: the reasons of its deadlines and states.
    ///
    /// # Errors
    /// What git says.
    fn reasons(&mut self, node: &NodeId) -> Result<Vec<Entry>, GitError> {
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

/// Walks the commits of a range a few at a time, at first only a few, so that what is read of them is asked for in one breath.
fn in_parts(
    repo: &Repo,
    range: &str,
    base: &str,
    below: &[String],
    mut each: impl FnMut(&[Logged]) -> Result<bool, GitError>,
) -> Result<(), GitError> {
    let (mut part, mut size, mut wants_more) = (Vec::new(), 16, true);
    repo.log(range, base, below, |commit| {
        part.push(commit);
        if part.len() < size {
            return Ok::<bool, GitError>(true);
        }
        size = (size * 2).min(512);
        wants_more = each(&part)?;
        part.clear();
        Ok(wants_more)
    })?;
    if wants_more && !part.is_empty() {
        each(&part)?;
    }
    Ok(())
}

/// Files of the past, each read once: what a commit left in a file is what the next one found there.
#[derive(Default)]
struct Past {
    read: HashMap<(String, Oid), VersionRead>,
}

impl Past {
    /// Reads the files that some commits changed; of those of earlier commits only what these still need stays.
    fn read(&mut self, objects: &mut Objects, commits: &[Logged]) {
        let mut known = std::mem::take(&mut self.read);
        let mut names: HashMap<Oid, Vec<String>> = HashMap::new();
        let mut oids: Vec<Oid> = Vec::new();
        for file in commits.iter().flat_map(|logged| &logged.files) {
            for oid in [&file.new, &file.old].into_iter().flatten() {
                let key = (file.path.clone(), oid.clone());
                if let Some(version) = known.remove(&key) {
                    self.read.insert(key, version);
                } else if !self.read.contains_key(&key) {
                    let waiting = names.entry(oid.clone()).or_insert_with(|| {
                        oids.push(oid.clone());
                        Vec::new()
                    });
                    if !waiting.contains(&file.path) {
                        waiting.push(file.path.clone());
                    }
                }
            }
        }
        objects.many(&oids, "blob", |oid, answer| {
            for path in names.remove(oid).unwrap_or_default() {
                let bytes = answer.clone();
                let text = bytes.map_err(|error| blob_error(&path, error)).and_then(|bytes| text_of_blob(&path, bytes));
                self.read.insert((path.clone(), oid.clone()), archive::version_read(&path, text.map(Some)));
            }
        });
    }

    fn between(&self, files: &[Changed]) -> Between {
        let version = |path: &String, oid: &Option<Oid>| {
            let read = oid.as_ref().and_then(|oid| self.read.get(&(path.clone(), oid.clone())));
            read.cloned().unwrap_or_else(|| Ok(Plan::default()))
        };
        let both = |file: &Changed| [version(&file.path, &file.old), version(&file.path, &file.new)];
        Between::of(files.iter().map(|file| (file.path.clone(), both(file))))
    }
}

/// The value of a place in a version of its file; `None` too where the file cannot be understood.
fn value_in(file: &str, bytes: Vec<u8>, place: &Place) -> Option<Value> {
    let text = text_of_blob(file, bytes).ok()?;
    let mut plan = Plan::default();
    layout::read_into(&mut plan, file, &text).ok()?;
    current(&plan, place)
}

fn is_ancestor(repo: &Repo, old: &str, new: &str) -> bool {
    repo.read(&["merge-base", "--is-ancestor", old, new]).is_ok()
}
