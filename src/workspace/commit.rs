//! Saving a transaction: bytes first, then the plan in memory, or neither.

use super::{State, Workspace};
use crate::domain::{NodeId, RecordId, RecordKind, Str};
use crate::edit::{self, Change, Place, Stale, Transaction, Value, Verb};
use crate::store::layout::{self, entry, matrix, records, targets, tasks};
use crate::store::{
    Edit, FileEdit, FileError, HERE, Journal, JournalError, Lock, Problem, Record, Recovery, SourcePlace, SpliceError,
    Tops, line_end_of, put_conflict, read_conflicts, read_doc, read_tables, splice, take_conflict,
};
use std::collections::BTreeMap;

/// Why a transaction was not saved. Nothing has changed.
#[derive(Debug)]
pub enum CommitError {
    /// Somebody else has changed this very place.
    Stale(Place),
    /// The file cannot be understood, so nothing is written into it.
    Damaged {
        file: String,
    },
    /// A table is written inline or with dotted keys, where no line can be added.
    NotLines {
        file: String,
        line: u32,
    },
    /// The file has no table for this place.
    NoTable {
        file: String,
        place: Place,
    },
    /// The edited file did not read back as intended; a bug, caught before anything was written.
    ReadBack {
        file: String,
    },
    Journal(JournalError),
    /// A past state of the plan is being looked at, where nothing can be changed.
    Past {
        state: State,
    },
}

/// Where an undo stands on the stacks.
pub(super) struct Stacks {
    pub undo: Option<u64>,
    pub redo: Option<u64>,
    pub below: Option<u64>,
}

impl Workspace {
    /// Saves a transaction.
    ///
    /// Where the disk has moved on since it was read, the plan is read again and the transaction tried once more, which
    /// succeeds if the very places it changes still hold their old values.
    ///
    /// # Errors
    /// See [`CommitError`]; nothing has changed then.
    pub fn commit(&mut self, transaction: &Transaction) -> Result<(), CommitError> {
        if transaction.changes.iter().any(|change| matches!(change.place, Place::Record(_) | Place::Field(..))) {
            self.read_records();
        }
        transaction.changes.iter().for_each(|change| self.ask_for(&self.file_of(&change.place)));
        self.read_text_for(&transaction.changes);
        let (mut lock, tops) = self.take_turn()?;
        let below = tops.and_then(|tops| tops.undo);
        let stacks = || Stacks { undo: Some(HERE), redo: None, below };
        match self.try_commit(transaction, stacks(), &mut lock) {
            Err(CommitError::Journal(JournalError::ChangedOnDisk { .. })) => {
                self.refresh();
                self.try_commit(transaction, stacks(), &mut lock)
            }
            done => done,
        }
    }

    fn try_commit(&mut self, transaction: &Transaction, stacks: Stacks, lock: &mut Lock) -> Result<(), CommitError> {
        let edits = self.edits_for(&transaction.changes)?;
        self.save(transaction, &edits, stacks, lock)
    }

    /// Takes the lock, completes what a crash left, and reads the stacks; `None` where the log's end is unreadable.
    pub(super) fn take_turn(&mut self) -> Result<(Lock, Option<Tops>), CommitError> {
        if let Some(state) = self.past() {
            return Err(CommitError::Past { state: state.clone() });
        }
        if !self.private.is_dir() {
            Journal::prepare(&self.private).map_err(CommitError::Journal)?;
            if self.private.starts_with(self.root.join(".lianxi")) {
                let _ = std::fs::write(self.root.join(".lianxi/.gitignore"), "*\n");
            }
        }
        let private = |error| CommitError::Journal(JournalError::Private { path: self.private.clone(), error });
        let mut lock = Lock::take(&self.private).map_err(private)?;
        let recovered = self.journal.recover(&self.folder, &mut lock).map_err(CommitError::Journal)?;
        if recovered != Recovery::Clean {
            self.refresh();
        }
        let tops = self.journal.tops().map_err(CommitError::Journal)?;
        Ok((lock, tops))
    }

    /// Writes the files and follows in memory.
    pub(super) fn save(
        &mut self,
        transaction: &Transaction,
        edits: &[FileEdit],
        stacks: Stacks,
        lock: &mut Lock,
    ) -> Result<(), CommitError> {
        edit::apply_all(&mut self.plan, &transaction.changes).map_err(|Stale { place }| CommitError::Stale(place))?;
        let record = Record {
            verb: transaction.verb.token().to_string(),
            changes: transaction.changes.clone(),
            files: Vec::new(),
            undo: stacks.undo,
            redo: stacks.redo,
            below: stacks.below,
        };
        let saved = self.check_read_back(edits).and_then(|problems| {
            lock.begin();
            self.journal.save(&self.folder, edits, record).map_err(CommitError::Journal)?;
            Ok(problems)
        });
        let problems = match saved {
            Ok(problems) => problems,
            Err(error) => {
                edit::apply_all(&mut self.plan, &transaction.invert(Verb::Undo).changes)
                    .expect("changes that were just applied can be taken back");
                return Err(error);
            }
        };
        for (file, problems) in problems {
            self.set_problems(&file, problems);
        }
        for edit in edits {
            match &edit.after {
                Some(text) if !edit.file.starts_with(layout::LOG) => {
                    self.remember(&edit.file, text);
                }
                Some(_) => {}
                None => drop(self.files.remove(&edit.file)),
            }
        }
        if edits.iter().any(|edit| edit.file == layout::TEXT) {
            self.find_places();
        }
        Ok(())
    }

    /// Works out what the files look like after some changes.
    pub(super) fn edits_for(&self, changes: &[Change]) -> Result<Vec<FileEdit>, CommitError> {
        let mut files: BTreeMap<String, FileEdit> = BTreeMap::new();
        for change in changes {
            let file = self.file_of(&change.place);
            check_name(&file)?;
            if self.damaged.contains(&file) {
                return Err(CommitError::Damaged { file });
            }
            if !files.contains_key(&file) {
                let before = self.known_text(&file)?;
                files.insert(file.clone(), FileEdit { file: file.clone(), after: before.clone(), before });
            }
            let edit = files.get_mut(&file).expect("just put there");
            self.edit_file(edit, change)?;
        }
        Ok(files.into_values().filter(|edit| edit.before != edit.after).collect())
    }

    /// The file that holds a place.
    pub fn file_of(&self, place: &Place) -> String {
        match place {
            Place::Status(id) | Place::Due(id) | Place::OriginalDue(id) | Place::Lead(id) | Place::Responsible(id) => {
                self.tasks_file(id)
            }
            Place::RowLead(_) | Place::Cell(..) | Place::Row(_) => layout::MATRIX.to_string(),
            Place::Entry(node, id) => layout::entry_file(node.as_str(), id.as_str()),
            Place::Actual(..) | Place::Target(_) => layout::TARGETS.to_string(),
            Place::Info => layout::INFO.to_string(),
            Place::Node(_) | Place::Repairs(_) | Place::Tail => layout::TEXT.to_string(),
            Place::Unit(_) => layout::UNITS.to_string(),
            Place::Record(id) | Place::Field(id, _) => records::file_of(id),
            Place::Conflict(file, _) => file.to_string(),
        }
    }

    fn edit_file(&self, file: &mut FileEdit, change: &Change) -> Result<(), CommitError> {
        let stale = || CommitError::Stale(change.place.clone());
        match (&change.place, &change.new) {
            (Place::Status(id), new) => {
                let status = new.as_ref().map(|v| if let Value::Status(s) = v { Ok(*s) } else { Err(stale()) });
                self.splice(file, change, &[tasks::status_edit(id, status.transpose()?)])
            }
            (Place::Due(id), new) => self.splice(file, change, &tasks::due_edits(id, as_due(new))),
            (Place::OriginalDue(id), new) => self.splice(file, change, &tasks::original_due_edits(id, as_due(new))),
            (Place::Lead(id), new) => self.splice(file, change, &[tasks::lead_edit(id, as_unit(new))]),
            (Place::Responsible(id), new) => {
                let units = new.as_ref().and_then(|v| if let Value::Units(u) = v { Some(u.as_slice()) } else { None });
                self.splice(file, change, &[tasks::responsible_edit(id, units)])
            }
            (Place::RowLead(row), new) => self.splice(file, change, &[matrix::lead_edit(row, as_unit(new))]),
            (Place::Cell(row, unit), new) => {
                let role = new.as_ref().and_then(|v| if let Value::Role(role) = v { Some(*role) } else { None });
                self.splice(file, change, &[matrix::role_edit(row, unit, role)])
            }
            (Place::Actual(target, year), new) => {
                let actual = new.as_ref().and_then(|v| if let Value::Actual(actual) = v { Some(actual) } else { None });
                let keys = targets::ActualKeys::of(*year);
                let year = year.to_string();
                self.splice(file, change, &targets::actual_edits(target, &keys, &[&year], actual))
            }
            (Place::Entry(..), Some(Value::Entry(new))) => {
                file.after = Some(entry::write(new).into());
                Ok(())
            }
            (Place::Entry(_, id), None) => {
                file.before = self.source.read(&file.file).map_err(|e| CommitError::Journal(JournalError::File(e)))?;
                let read = |text: &Str| read_tables(text, |tables| entry::read(id.clone(), tables)).ok()?.0;
                let stands = file.before.as_ref().and_then(read).map(|entry| Value::Entry(Box::new(entry)));
                file.after = None;
                // an entry is never edited, but somebody may have done it all the same
                if stands == change.old { Ok(()) } else { Err(stale()) }
            }
            (Place::Entry(..), Some(_)) => Err(stale()),
            (Place::Record(id), new) => self.edit_record(file, id, new.as_ref()).ok_or_else(stale),
            (Place::Field(id, name), new) => {
                let value = new.as_ref().and_then(|v| if let Value::Field(value) = v { Some(value) } else { None });
                self.splice(file, change, &records::field_edits(id, *name, value))
            }
            (Place::Conflict(_, id), new) => {
                let text = file.after.clone().or(self.source.read(&file.file).ok().flatten()).ok_or_else(stale)?;
                file.after = Some(match new {
                    Some(Value::Conflict(conflict)) => put_conflict(&text, conflict),
                    Some(_) => return Err(stale()),
                    None => take_conflict(&text, id),
                });
                Ok(())
            }
            (
                Place::Info
                | Place::Node(_)
                | Place::Repairs(_)
                | Place::Tail
                | Place::Unit(_)
                | Place::Target(_)
                | Place::Row(_),
                _,
            ) => Err(CommitError::NoTable { file: file.file.clone(), place: change.place.clone() }),
        }
    }

    /// Makes a record's file or takes it away; on a roster, its table.
    fn edit_record(&self, file: &mut FileEdit, id: &RecordId, new: Option<&Value>) -> Option<()> {
        let is_table = id.kind == RecordKind::Attendee;
        file.after = match (new, file.after.take()) {
            (Some(Value::Record(record)), None) => {
                let head = if is_table { records::roster_head() } else { String::new() };
                Some(format!("{head}{}", records::write(id, record)).into())
            }
            (Some(Value::Record(record)), Some(text)) if is_table => {
                let table = records::write(id, record).replace('\n', line_end_of(&text));
                let newline = if text.ends_with('\n') { "" } else { line_end_of(&text) };
                Some(format!("{text}{newline}{table}").into())
            }
            (None, Some(text)) if is_table => {
                let doc = read_doc(&text).ok()?;
                Some(records::without_table(&text, &doc, &id.key)?.into())
            }
            (None, _) => None,
            (Some(_), _) => return None,
        };
        Some(())
    }

    fn splice(&self, file: &mut FileEdit, change: &Change, edits: &[Edit]) -> Result<(), CommitError> {
        for edit in edits {
            let text = match &file.after {
                Some(text) => text.clone(),
                None if edit.value.is_none() => continue,
                None => self.new_tasks_file(change.place.node().ok_or_else(|| no_table(file, change))?),
            };
            let spliced = |text: &Str| {
                let doc = read_doc(text).map_err(|_| CommitError::Damaged { file: file.file.clone() })?;
                Ok::<_, CommitError>(splice(text, &doc, edit))
            };
            let mut text = text;
            let done = match spliced(&text)? {
                Err(SpliceError::NoTable) if edit.value.is_none() => continue,
                Err(SpliceError::NoTable) => {
                    let id = match &change.place {
                        Place::Status(id) | Place::Due(id) | Place::OriginalDue(id) => id,
                        Place::Lead(id) | Place::Responsible(id) => id,
                        _ => return Err(no_table(file, change)),
                    };
                    text = self.with_block(&text, id);
                    spliced(&text)?
                }
                other => other,
            };
            match done {
                Ok(Some(piece)) => file.after = Some(piece.apply(&text).into()),
                Ok(None) => file.after = Some(text),
                Err(SpliceError::NoTable) => return Err(no_table(file, change)),
                Err(SpliceError::NotLines { at }) => {
                    let line = SourcePlace::of(&text, at).line;
                    return Err(CommitError::NotLines { file: file.file.clone(), line });
                }
            }
        }
        Ok(())
    }

    fn with_block(&self, text: &Str, id: &NodeId) -> Str {
        let title = self.node(id).map_or("", |node| node.title.as_str());
        let line_end = line_end_of(text);
        let newline = if text.is_empty() || text.ends_with('\n') { "" } else { line_end };
        format!("{text}{newline}{}", tasks::block(id, title).replace('\n', line_end)).into()
    }

    /// A new file for the tasks of a row, with a block for each of them.
    fn new_tasks_file(&self, id: &NodeId) -> Str {
        let row = id.parent();
        let title = row.as_ref().and_then(|row| self.node(row)).map_or("", |node| node.title.as_str());
        let file = self.tasks_file(id);
        let tracked = self.plan.tracked().filter(|node| self.is_in(&node.id, &file));
        tasks::write(title, tracked.map(|node| (&node.id, node.title.as_str()))).into()
    }

    /// Reads the edited files back and compares them with the plan: what is on disk and what is in memory never differ.
    ///
    /// The problems of the files as they are now.
    fn check_read_back(&self, edits: &[FileEdit]) -> Result<Vec<(String, Vec<Problem>)>, CommitError> {
        let mut found = Vec::new();
        for edit in edits {
            let Some(text) = &edit.after else {
                found.push((edit.file.clone(), Vec::new()));
                continue;
            };
            let bad = || CommitError::ReadBack { file: edit.file.clone() };
            let (same, problems) = match edit.file.as_str() {
                layout::MATRIX => {
                    let (mut read, problems) = read_tables(text, matrix::read).map_err(|_| bad())?;
                    read.sort_roles(&self.plan.units);
                    (read == self.plan.matrix, problems)
                }
                layout::TARGETS => {
                    let (read, problems) = read_tables(text, targets::read).map_err(|_| bad())?;
                    (read == self.plan.targets, problems)
                }
                name if name.starts_with(layout::TASKS) => {
                    let (read, problems) = self.tasks_in(name, text).map_err(|_| bad())?;
                    let held = self.plan.tasks.keys().filter(|id| self.is_in(id, name)).count();
                    let same = read.len() == held && read.iter().all(|(id, state)| self.plan.state(id) == state);
                    (same, problems)
                }
                name if name.starts_with(layout::LOG) => {
                    let id = name.rsplit('/').next().and_then(|file| file.strip_suffix(".toml"));
                    let id = id.and_then(crate::domain::EntryId::parse).ok_or_else(bad)?;
                    let read = read_tables(text, |tables| entry::read(id.clone(), tables));
                    let (read, problems) = read.map_err(|_| bad())?;
                    let mut items = self.plan.log.values().flatten();
                    (items.any(|item| item.id == id && item.entry == read), problems)
                }
                name => match records::record_of(name) {
                    None => (true, Vec::new()),
                    Some(of) => {
                        let read = read_tables(text, |tables| records::read(&of, tables));
                        let (read, problems) = read.map_err(|_| bad())?;
                        let held = self.records_in(name).len();
                        let same = read.iter().all(|(id, record)| self.plan.record(id) == Some(record));
                        (same && read.len() == held, problems)
                    }
                },
            };
            let conflicts = read_conflicts(&edit.file, text);
            let held = self.plan.conflicts.iter().filter(|conflict| conflict.file == edit.file.as_str());
            if !same || !held.eq(&conflicts) {
                return Err(bad());
            }
            found.push((edit.file.clone(), problems));
        }
        Ok(found)
    }
}

/// Refuses a file that an id of the plan leads to and that would not be found again: `../x`, `a/b`, `.x`.
fn check_name(file: &str) -> Result<(), CommitError> {
    let deep = match file.split('/').next() {
        Some(layout::TASKS) => 2,
        Some(layout::LOG) => 3,
        Some(records::MEETINGS) => file.split('/').count().clamp(3, 4),
        Some(first) if records::FOLDERS.iter().any(|(_, folder)| *folder == first) => 2,
        _ => 1,
    };
    let is_plain = |name: &str| !name.is_empty() && !name.starts_with('.') && !name.contains(['\\', '\0']);
    if file.split('/').count() == deep && file.split('/').all(is_plain) {
        return Ok(());
    }
    Err(CommitError::Journal(JournalError::File(FileError::Outside { path: file.into() })))
}

fn no_table(file: &FileEdit, change: &Change) -> CommitError {
    CommitError::NoTable { file: file.file.clone(), place: change.place.clone() }
}

fn as_due(value: &Option<Value>) -> Option<&crate::domain::Due> {
    value.as_ref().and_then(|value| if let Value::Due(due) = value { Some(due) } else { None })
}

fn as_unit(value: &Option<Value>) -> Option<&crate::domain::UnitId> {
    value.as_ref().and_then(|value| if let Value::Unit(unit) = value { Some(unit) } else { None })
}
