//! Opening a plan and looking again after somebody else has written.

use super::known::{Known, Print, own_state};
use super::source::{Kept, Source};
use super::{Reach, Refreshed, State, Workspace, find, land};
use crate::domain::{Map, NodeId, Plan, Set, Str, TaskState};
use crate::edit;
use crate::git::{self, GitError};
use crate::store::{Below, FileError};
use crate::store::{
    Folder, Journal, JournalError, Lock, MAX_FILE, Problem, ProblemKind, Recovery, layout, read_conflicts, read_tables,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// Why a plan could not be opened at all.
#[derive(Debug)]
pub enum OpenError {
    /// No plan of this id below the root.
    NoSuchPlan {
        id: String,
        known: Vec<String>,
    },
    /// Several plans and none named.
    WhichPlan {
        known: Vec<String>,
    },
    /// The plan was not there in the state that is asked for.
    NotThen {
        id: String,
        state: State,
    },
    Git(GitError),
}

/// The tasks of a file and its problems.
pub(super) type TasksRead = (Vec<(NodeId, TaskState)>, Vec<Problem>);

impl Workspace {
    /// Opens a plan; the only one, or the one that was open last, where none is named.
    ///
    /// Problems of single files do not stop it: see [`Workspace::problems`] and [`Workspace::damaged`].
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(root: &Path, plan: Option<&str>) -> Result<Workspace, OpenError> {
        Workspace::open_as_far(root, plan, Reach::Whole)
    }

    /// Opens a plan as far as it is needed.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_as_far(root: &Path, plan: Option<&str>, reach: Reach) -> Result<Workspace, OpenError> {
        Workspace::open_one_of(root, find::plan_ids(root), plan, reach)
    }

    /// Opens a plan of the nearest workspace from `from` upwards; `None` where there is no workspace.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open_above(from: &Path, plan: Option<&str>, reach: Reach) -> Result<Option<Workspace>, OpenError> {
        let found = find::find(from);
        found.map(|(root, known)| Workspace::open_one_of(&root, known, plan, reach)).transpose()
    }

    fn open_one_of(root: &Path, known: Vec<String>, plan: Option<&str>, reach: Reach) -> Result<Workspace, OpenError> {
        let plan_id = choose(root, known, plan)?;
        let mut workspace = Workspace::empty(root, plan_id, None);
        let reach = match reach {
            Reach::Clauses if !workspace.has_large_text() => Reach::Whole,
            reach => reach,
        };
        workspace.asked = match reach {
            Reach::Whole => None,
            Reach::Text | Reach::FirstLook | Reach::Clauses => Some(BTreeSet::new()),
        };
        if workspace.private.with_file_name(land::NOTE).exists() {
            // what others did and was only half put down must not be taken for work of this desk
            land::mend_landing(root);
        }
        let recovered = workspace.recover();
        match reach {
            Reach::Whole | Reach::Text => drop(workspace.read_all()),
            Reach::FirstLook => workspace.take_first_look(),
            Reach::Clauses => workspace.read_small(),
        }
        match recovered {
            Ok(Recovery::Clean) => {}
            Ok(Recovery::Completed { files }) => {
                for file in files {
                    let problem = Problem::whole(&file, ProblemKind::Recovered);
                    workspace.problems.entry(file).or_default().push(problem);
                }
            }
            // nothing can be saved then, but everything can be looked at
            Err(error) => {
                let file = workspace.private.join("oplog").display().to_string();
                workspace.problems.insert(file.clone(), vec![journal_problem(&file, &error)]);
            }
        }
        Ok(workspace)
    }

    /// A workspace that has read nothing yet; of the disk, or of a state that git keeps.
    pub(super) fn empty(root: &Path, plan_id: String, kept: Option<Kept>) -> Workspace {
        let private = git::private_folder(root).join(&plan_id);
        let folder = Folder::new(root.join("plans").join(&plan_id));
        Workspace {
            root: root.to_path_buf(),
            source: kept.map_or_else(|| Source::Disk(folder.clone()), |kept| Source::Kept(Box::new(kept))),
            folder,
            journal: Journal::new(&private),
            private,
            plan_id,
            plan: Plan::default(),
            files: BTreeMap::new(),
            problems: BTreeMap::new(),
            damaged: BTreeSet::new(),
            places: Map::default(),
            asked: None,
            listed_logs: Set::default(),
            log_folders: None,
            has_read_records: false,
            years_asked: BTreeSet::new(),
        }
    }

    /// Completes a save that a crash cut off.
    fn recover(&self) -> Result<Recovery, JournalError> {
        if !self.journal.is_open()? && !Lock::is_busy(&self.private) {
            return Ok(Recovery::Clean);
        }
        let private = |error| JournalError::Private { path: self.private.clone(), error };
        let mut lock = Lock::take(&self.private).map_err(private)?;
        self.journal.recover(&self.folder, &mut lock)
    }

    /// Reads every file of the plan that has changed since it was read; the names of those.
    pub(super) fn read_all(&mut self) -> Vec<String> {
        let first = [layout::INFO, layout::UNITS, layout::TEXT, layout::TARGETS].map(String::from);
        let rest = self.asked.clone().map_or_else(|| self.left_out(), |asked| asked.into_iter().collect());
        self.read_files(first.into_iter().chain(rest).collect())
    }

    /// The files that are left out where only the text is wanted.
    pub(super) fn left_out(&mut self) -> Vec<String> {
        let mut names = self.all_tasks_files();
        names.insert(0, layout::MATRIX.to_string());
        names
    }

    /// Reads those of some files that have changed since they were read; the names of those.
    ///
    /// Where the files of the tasks are very many, opening them takes as long as understanding what they say; a second thread
    /// then opens them, never far ahead.
    pub(super) fn read_files(&mut self, names: Vec<String>) -> Vec<String> {
        const MANY: usize = 500;
        const AHEAD: usize = 256;
        let (mut tasks, mut changed): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| name.starts_with(layout::TASKS));
        let below = self.source.below(layout::TASKS);
        let Some(opened) = below.as_ref().filter(|_| tasks.len() > MANY) else {
            changed.retain(|name| self.read_file(name, None));
            tasks.retain(|name| self.read_file(name, below.as_ref()));
            changed.extend(tasks);
            return changed;
        };
        let (folder, names) = (self.folder.clone(), tasks.clone());
        std::thread::scope(|scope| {
            let (send, receive) = mpsc::sync_channel(AHEAD);
            scope.spawn(move || names.iter().all(|name| send.send(folder.read_below(opened, name)).is_ok()));
            changed.retain(|name| self.read_file(name, None));
            tasks.retain(|name| match receive.recv() {
                Ok(read) => self.take_file(name, read),
                Err(_) => self.read_file(name, Some(opened)),
            });
        });
        changed.extend(tasks);
        changed
    }

    /// The files of the tasks: those that are there, and those that were.
    fn all_tasks_files(&mut self) -> Vec<String> {
        let mut names = match self.source.list(layout::TASKS) {
            Ok(found) => {
                let rows = found.iter().filter(|name| name.ends_with(".toml") && !name.starts_with('.'));
                rows.map(|name| format!("{}/{name}", layout::TASKS)).collect()
            }
            Err(error) => {
                self.damage(layout::TASKS, file_problem(layout::TASKS, &error));
                Vec::new()
            }
        };
        let known = self.files.keys().filter(|name| name.starts_with(layout::TASKS));
        let gone: Vec<String> = known.filter(|name| names.binary_search(name).is_err()).cloned().collect();
        names.extend(gone);
        names
    }

    /// Reads one file into the plan; whether its bytes differ from what was read before.
    ///
    /// A file that cannot be understood leaves what the plan holds of it, and is read-only from then on.
    pub(super) fn read_file(&mut self, name: &str, below: Option<&Below>) -> bool {
        let read = match below.filter(|_| name.starts_with(layout::TASKS)) {
            Some(below) => self.source.read_below(below, name),
            None => self.source.read(name),
        };
        self.take_file(name, read)
    }

    /// Takes in what was read of a file; whether its bytes differ from what was read before.
    fn take_file(&mut self, name: &str, read: Result<Option<Str>, FileError>) -> bool {
        let text = match read {
            Ok(Some(text)) => text,
            Ok(None) => {
                let gone = self.files.remove(name);
                let known = gone.is_some();
                if name.starts_with(layout::TASKS) {
                    self.problems.remove(name);
                    self.damaged.remove(name);
                    self.forget_tasks(name, gone.as_ref(), false);
                    self.plan.set_conflicts(name, Vec::new());
                    return known;
                }
                if layout::records::is_record_file(name) {
                    self.problems.remove(name);
                    self.damaged.remove(name);
                    self.forget_records(name);
                    self.plan.set_conflicts(name, Vec::new());
                    return known;
                }
                let is_news = known || !self.damaged.contains(name);
                self.damage(name, Problem::whole(name, ProblemKind::MissingFile));
                return is_news;
            }
            Err(error) => {
                let is_news = !self.damaged.contains(name);
                self.files.remove(name);
                self.damage(name, file_problem(name, &error));
                return is_news;
            }
        };
        if self.files.get(name).is_some_and(|known| known.is(&text)) {
            return false;
        }
        let known = self.files.remove(name);
        self.problems.remove(name);
        let was_damaged = self.damaged.remove(name);
        if !name.starts_with(layout::TASKS) {
            self.files.insert(name.to_string(), Known::Text(text.clone()));
        }
        match self.take(name, &text, known.as_ref(), was_damaged) {
            Ok(problems) => self.set_problems(name, problems),
            Err(problems) => {
                self.damaged.insert(name.to_string());
                self.set_problems(name, problems);
            }
        }
        true
    }

    fn damage(&mut self, name: &str, problem: Problem) {
        self.damaged.insert(name.to_string());
        self.problems.insert(name.to_string(), vec![problem]);
    }

    /// Puts what a file says into the plan, or says why it cannot be understood; `known` is what it said before.
    fn take(
        &mut self,
        name: &str,
        text: &Str,
        known: Option<&Known>,
        was_damaged: bool,
    ) -> Result<Vec<Problem>, Vec<Problem>> {
        match name {
            layout::INFO | layout::UNITS | layout::MATRIX | layout::TARGETS => {
                layout::read_into(&mut self.plan, name, text)
            }
            layout::TEXT => {
                let problems = layout::read_into(&mut self.plan, name, text)?;
                self.find_places();
                Ok(problems)
            }
            _ if layout::records::is_record_file(name) => {
                let before = self.take_records(name);
                let read = layout::read_into(&mut self.plan, name, text);
                if read.is_err() {
                    self.plan.records.extend(before);
                }
                read
            }
            _ => {
                let read = self.tasks_in(name, text);
                let named = read.iter().flat_map(|(tasks, _)| tasks.iter().map(|(id, _)| self.own(id)));
                let print = Print::of(text, named.collect());
                self.files.insert(name.to_string(), Known::Tasks(print));
                let (tasks, problems) = read?;
                // at the first look there is nothing to forget; going through all tasks for each file would be quadratic
                if known.is_some() || was_damaged {
                    self.forget_tasks(name, known, was_damaged);
                }
                for (id, state) in tasks {
                    let id = self.own(&id);
                    self.plan.tasks.insert(id, own_state(state));
                }
                self.plan.set_conflicts(name, read_conflicts(name, text));
                Ok(problems)
            }
        }
    }

    /// The tasks that a file holds, and what is wrong with it.
    pub(super) fn tasks_in(&self, name: &str, text: &Str) -> Result<TasksRead, Vec<Problem>> {
        read_tables(text, |tables| layout::tasks::read(tables, |id| self.is_in(id, name)))
    }

    /// Remembers what is wrong with a file that can be read.
    pub(super) fn set_problems(&mut self, name: &str, problems: Vec<Problem>) {
        if problems.is_empty() {
            self.problems.remove(name);
        } else {
            self.problems.insert(name.to_string(), problems.into_iter().map(|p| p.named(name)).collect());
        }
    }

    /// Forgets the tasks of a file: those that it named, or all that could be in it where that cannot be told.
    fn forget_tasks(&mut self, name: &str, known: Option<&Known>, was_damaged: bool) {
        if let Some(Known::Tasks(print)) = known.filter(|_| !was_damaged) {
            print.tasks.iter().for_each(|id| drop(self.plan.tasks.remove(id)));
            return;
        }
        let mut tasks = std::mem::take(&mut self.plan.tasks);
        tasks.retain(|id, _| !self.is_in(id, name));
        self.plan.tasks = tasks;
    }

    /// Looks at the disk again and says what others have changed.
    pub fn refresh(&mut self) -> Refreshed {
        let before = self.plan.clone();
        let mut files = self.read_all();
        files.extend(self.refresh_logs());
        files.extend(self.refresh_records());
        files.extend(self.read_years_again());
        if files.is_empty() {
            return Refreshed::default();
        }
        Refreshed { changes: edit::diff(&before, &self.plan), files }
    }
}

/// The plan that is meant: the one that was named, or the only one.
fn choose(root: &Path, mut known: Vec<String>, plan: Option<&str>) -> Result<String, OpenError> {
    match plan {
        Some(id) if is_plan(root, id) => Ok(id.to_string()),
        Some(id) => Err(OpenError::NoSuchPlan { id: id.to_string(), known }),
        None => match known.len() {
            1 => Ok(known.remove(0)),
            0 => Err(OpenError::NoSuchPlan { id: String::new(), known }),
            _ => Err(OpenError::WhichPlan { known }),
        },
    }
}

/// The workspace's folder and the plan that is meant, without opening it; `None` where there is no workspace.
///
/// # Errors
/// See [`OpenError`].
pub fn which_plan(from: &Path, plan: Option<&str>) -> Result<Option<(PathBuf, String)>, OpenError> {
    let Some((root, known)) = find::find(from) else { return Ok(None) };
    let plan_id = choose(&root, known, plan)?;
    Ok(Some((root, plan_id)))
}

fn is_plan(root: &Path, id: &str) -> bool {
    let is_name = !id.is_empty() && !id.contains(['/', '\\']) && id != "." && id != "..";
    is_name && find::is_plan_folder(&root.join("plans").join(id))
}

fn journal_problem(name: &str, error: &JournalError) -> Problem {
    let message = match error {
        JournalError::Private { error, .. } => error.to_string(),
        JournalError::ChangedOnDisk { file } => file.clone(),
        JournalError::File(error) | JournalError::HalfDone { error } => return file_problem(name, error),
    };
    Problem::whole(name, ProblemKind::Unreadable { message })
}

/// What a file that could not be read is.
pub(super) fn file_problem(name: &str, error: &FileError) -> Problem {
    let kind = match error {
        FileError::Io { error, .. } => ProblemKind::Unreadable { message: error.to_string() },
        FileError::NotUtf8 { line, .. } => {
            return Problem { line: *line, column: 1, ..Problem::whole(name, ProblemKind::NotUtf8) };
        }
        FileError::TooLarge { bytes, .. } => ProblemKind::TooLarge { bytes: *bytes, limit: MAX_FILE },
        FileError::Outside { .. } => ProblemKind::OutsideWorkspace,
    };
    Problem::whole(name, kind)
}
