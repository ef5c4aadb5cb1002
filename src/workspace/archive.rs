//! What git keeps of one plan: what differs between two of its states, read from the files that differ and no others.

use super::State;
use super::load::file_problem;
use super::source::{blob_error, text_of_blob};
use crate::domain::{Plan, Str};
use crate::edit::{self, Change};
use crate::git::{Changed, Commit, GitError, Objects, Oid, Repo};
use crate::store::{FileError, Folder, Problem, layout};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The kept states of one plan.
#[derive(Debug)]
pub struct Archive {
    pub(super) repo: Repo,
    /// Opened by the first question that needs it.
    pub(super) objects: Option<Objects>,
    folder: Folder,
    /// `plans/<id>`, below the workspace's folder.
    pub(super) base: String,
    /// Whether git knows every file, as far as it has just been asked.
    pub(super) is_all_known: bool,
}

/// What differs between two states.
#[derive(Clone, Debug, Default)]
pub struct Between {
    pub changes: Vec<Change>,
    /// What the files that differ say in either state; everything else is left out of both.
    pub old: Plan,
    pub new: Plan,
    /// The files that differ, with those that nobody knows.
    pub files: Vec<String>,
    /// Files that cannot be read in one of the states, and are left out.
    pub problems: Vec<Problem>,
}

/// Where the files of a state are.
enum Side {
    /// The tree of the plan's folder; `None` where there was no plan.
    Tree(Option<Oid>),
    Index(BTreeMap<String, Oid>),
    Disk,
}

impl Archive {
    /// Opens what git keeps of a plan.
    ///
    /// # Errors
    /// No repository, or no git.
    pub fn open(root: &Path, plan_id: &str) -> Result<Archive, GitError> {
        let repo = Repo::open(root)?;
        let base = format!("plans/{plan_id}");
        Ok(Archive { folder: Folder::new(root.join(&base)), base, repo, objects: None, is_all_known: false })
    }

    pub fn repo(&self) -> &Repo {
        &self.repo
    }

    /// The plan's folder, below the workspace's.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The folder for what this machine keeps to itself about the plan.
    pub fn private(&self) -> Option<PathBuf> {
        let plan = self.base.rsplit('/').next()?;
        Some(self.repo.git_dir()?.join("lianxi").join(plan))
    }

    pub(super) fn objects(&mut self) -> Result<&mut Objects, GitError> {
        open(&mut self.objects, &self.repo)
    }

    /// The commit that a state is.
    ///
    /// # Errors
    /// Where there is no such state.
    pub fn commit_of(&mut self, state: &State) -> Result<Option<Commit>, GitError> {
        let objects = open(&mut self.objects, &self.repo)?;
        state.commit(&self.repo, objects)
    }

    /// What differs between two states.
    ///
    /// # Errors
    /// Where one of them is not there; whatever git says.
    pub fn between(&mut self, a: &State, b: &State) -> Result<Between, GitError> {
        let sides = self.sides(&[a, b])?;
        let (old, new) = (&sides[0], &sides[1]);
        let mut files = Vec::new();
        if let (Side::Tree(a), Side::Tree(b)) = (old, new) {
            let objects = self.objects()?;
            let changed = objects.differences(a.as_ref(), b.as_ref())?;
            files = texts_of(objects, changed);
        } else {
            for path in self.touched(&[old, new])? {
                let texts = [self.text(old, &path), self.text(new, &path)];
                if !matches!(&texts, [Ok(a), Ok(b)] if a == b) {
                    files.push((path, texts));
                }
            }
        }
        Ok(Between::of(files.into_iter().map(|(path, texts)| {
            let sides = texts.map(|text| version_read(&path, text));
            (path, sides)
        })))
    }

    /// What differs between the last commit and the files, and between it and the index.
    ///
    /// # Errors
    /// Whatever git says.
    pub fn pending(&mut self) -> Result<[Between; 2], GitError> {
        // one process begins while the other one looks
        self.objects()?;
        let touched = self.repo.touched(&self.base)?;
        self.is_all_known = !touched.iter().any(|file| file.is_new);
        let head = match touched.iter().any(|file| file.is_torn) {
            true => Some(self.side(&State::head())?),
            false => None,
        };
        let (mut work, mut index) = (Vec::new(), Vec::new());
        for file in touched {
            let objects = open(&mut self.objects, &self.repo)?;
            let staged = blob_text(objects, &file.path, &file.index);
            let old = match head.as_ref().filter(|_| file.is_torn) {
                Some(head) => self.text(head, &file.path),
                None => blob_text(objects, &file.path, &file.head),
            };
            let now = self.folder.read(&file.path);
            let differs = |other: &Result<Option<Str>, FileError>| !matches!((&old, other), (Ok(a), Ok(b)) if a == b);
            let (is_staged, is_changed) = (differs(&staged), differs(&now));
            let old = version_read(&file.path, old);
            if is_staged {
                index.push((file.path.clone(), [old.clone(), version_read(&file.path, staged)]));
            }
            if is_changed {
                let now = version_read(&file.path, now);
                work.push((file.path, [old, now]));
            }
        }
        Ok([Between::of(work.into_iter()), Between::of(index.into_iter())])
    }

    /// The text of a file in a state; `None` where there is none.
    ///
    /// # Errors
    /// Where the state is not there, or the file cannot be read.
    pub fn file(&mut self, state: &State, path: &str) -> Result<Option<Str>, GitError> {
        let side = self.side(state)?;
        let object = || path.to_string();
        let refused = |error: FileError| match error {
            FileError::TooLarge { bytes, .. } => GitError::TooLarge { object: object(), bytes },
            FileError::Io { error, .. } => GitError::Corrupt { object: object(), message: error.to_string() },
            FileError::NotUtf8 { line, .. } => {
                GitError::Corrupt { object: object(), message: format!("{line}: UTF-8") }
            }
            FileError::Outside { path } => GitError::Corrupt { object: object(), message: path.display().to_string() },
        };
        self.text(&side, path).map_err(refused)
    }

    /// How many files of the plan are not as they were committed.
    ///
    /// # Errors
    /// What git says.
    pub fn touched_count(&self) -> Result<usize, GitError> {
        Ok(self.repo.touched(&self.base)?.len())
    }

    fn side(&mut self, state: &State) -> Result<Side, GitError> {
        Ok(self.sides(&[state])?.remove(0))
    }

    /// The sides of a comparison; what they need of git is asked for together.
    fn sides(&mut self, states: &[&State]) -> Result<Vec<Side>, GitError> {
        let (mut sides, mut trees) = (Vec::new(), Vec::new());
        for state in states {
            sides.push(match state {
                State::Working => Side::Disk,
                State::Index => Side::Index(self.repo.index(&self.base)?),
                State::Revision(_) | State::Day(_) => match self.commit_of(state) {
                    Ok(commit) => {
                        trees.extend(commit.as_ref().map(|commit| commit.tree.clone()));
                        Side::Tree(commit.map(|commit| commit.tree))
                    }
                    // before the first commit everything is new
                    Err(GitError::NoCommit) if **state == State::head() => Side::Tree(None),
                    Err(error) => return Err(error),
                },
            });
        }
        if !trees.is_empty() {
            let path = self.repo.path(&self.base);
            let mut folders = self.objects()?.folders(&trees, &path).into_iter();
            for side in &mut sides {
                if let Side::Tree(tree @ Some(_)) = side {
                    *tree = folders.next().transpose()?.flatten();
                }
            }
        }
        Ok(sides)
    }

    /// The files that may differ where the disk or the index is one of the sides: those that git finds touched since the head,
    /// and those in which the head differs from the other side.
    fn touched(&mut self, sides: &[&Side]) -> Result<BTreeSet<String>, GitError> {
        let touched = self.repo.touched(&self.base)?;
        let mut paths: BTreeSet<String> = touched.into_iter().map(|file| file.path).collect();
        let head = match self.side(&State::head())? {
            Side::Tree(tree) => tree,
            Side::Index(_) | Side::Disk => None,
        };
        for side in sides {
            if let Side::Tree(tree) = side {
                let differences = self.objects()?.differences(tree.as_ref(), head.as_ref())?;
                paths.extend(differences.into_iter().map(|file| file.path));
            }
        }
        Ok(paths)
    }

    fn text(&mut self, side: &Side, path: &str) -> Result<Option<Str>, FileError> {
        if let Side::Disk = side {
            return self.folder.read(path);
        }
        let objects = self.objects().map_err(|error| blob_error(path, error))?;
        match side {
            Side::Disk => Ok(None),
            Side::Index(files) => blob_text(objects, path, &files.get(path).cloned()),
            Side::Tree(None) => Ok(None),
            Side::Tree(Some(tree)) => match objects.find(&format!("{tree}:{path}")) {
                Ok(Some((_, kind, bytes))) if kind == "blob" => text_of_blob(path, bytes).map(Some),
                Ok(_) => Ok(None),
                Err(error) => Err(blob_error(path, error)),
            },
        }
    }
}

/// Opens the objects with the first question.
pub(super) fn open<'o>(objects: &'o mut Option<Objects>, repo: &Repo) -> Result<&'o mut Objects, GitError> {
    match objects {
        Some(objects) => Ok(objects),
        None => Ok(objects.insert(Objects::open(repo)?)),
    }
}

fn blob_text(objects: &mut Objects, path: &str, oid: &Option<Oid>) -> Result<Option<Str>, FileError> {
    let Some(oid) = oid else { return Ok(None) };
    let bytes = objects.blob(oid).map_err(|error| blob_error(path, error))?;
    text_of_blob(path, bytes).map(Some)
}

/// The texts of files that differ, asked for in one breath.
fn texts_of(objects: &mut Objects, files: Vec<Changed>) -> Vec<(String, Texts)> {
    let oids: Vec<Oid> = files.iter().flat_map(|file| [&file.old, &file.new]).flatten().cloned().collect();
    let mut answers = Vec::with_capacity(oids.len());
    objects.many(&oids, "blob", |_, answer| answers.push(answer));
    let mut answers = answers.into_iter();
    let mut text = |path: &str, oid: &Option<Oid>| match oid.as_ref().and_then(|_| answers.next()) {
        Some(answer) => {
            answer.map_err(|error| blob_error(path, error)).and_then(|bytes| text_of_blob(path, bytes)).map(Some)
        }
        None => Ok(None),
    };
    let texts = |file: Changed| {
        let texts = [text(&file.path, &file.old), text(&file.path, &file.new)];
        (file.path, texts)
    };
    files.into_iter().map(texts).collect()
}

/// A file's text in the old and in the new state.
type Texts = [Result<Option<Str>, FileError>; 2];

/// What a version of a file says by itself, or what is wrong with it.
pub(super) type VersionRead = Result<Plan, Vec<Problem>>;

/// Reads a version of a file by itself; a file that is not there says nothing.
pub(super) fn version_read(path: &str, text: Result<Option<Str>, FileError>) -> VersionRead {
    let mut plan = Plan::default();
    if let Some(text) = text.map_err(|error| vec![file_problem(path, &error)])? {
        layout::read_into(&mut plan, path, &text)?;
    }
    Ok(plan)
}

impl Between {
    /// Puts together what files say in either state; one that cannot be understood on one side is left out of both.
    pub(super) fn of(files: impl Iterator<Item = (String, [VersionRead; 2])>) -> Between {
        let mut between = Between::default();
        for (path, sides) in files {
            match sides {
                [Ok(a), Ok(b)] => {
                    between.old.take_in(a);
                    between.new.take_in(b);
                }
                [Err(problems), _] | [Ok(_), Err(problems)] => {
                    between.problems.extend(problems.into_iter().map(|problem| problem.named(&path)));
                }
            }
            between.files.push(path);
        }
        between.changes = edit::diff(&between.old, &between.new);
        between
    }
}
