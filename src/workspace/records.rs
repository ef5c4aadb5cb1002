//! Topics and meetings: nothing of them is read before somebody asks, then all of them at once.

use super::load::file_problem;
use super::{CommitError, Workspace};
use crate::domain::{Record, RecordId, RecordKind};
use crate::store::layout::records::{self, FOLDERS, MEETING_FILES, MEETING_FOLDERS, MEETINGS, OFFICE};
use crate::store::{JournalError, Problem, ProblemKind};

impl Workspace {
    /// Reads the records of the plan, once.
    pub fn read_records(&mut self) {
        if !self.has_read_records {
            self.has_read_records = true;
            self.refresh_records();
        }
    }

    /// Reads the records that have changed since, where they have been read at all; the names of those files.
    pub(super) fn refresh_records(&mut self) -> Vec<String> {
        if !self.has_read_records {
            return Vec::new();
        }
        let mut names = self.record_files();
        let known: Vec<String> = self.files.keys().filter(|name| records::is_record_file(name)).cloned().collect();
        names.extend(known);
        names.extend(self.damaged.iter().filter(|name| records::is_record_file(name)).cloned());
        names.sort();
        names.dedup();
        names.retain(|name| self.read_file(name, None));
        names
    }

    /// Reads a file of the plan's folder that is no part of the plan: a template. `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read_aside(&self, name: &str) -> Result<Option<crate::domain::Str>, CommitError> {
        self.source.read(name).map_err(|error| CommitError::Journal(JournalError::File(error)))
    }

    /// The files of records that there are.
    fn record_files(&mut self) -> Vec<String> {
        let mut found = vec![OFFICE.to_string()];
        for (_, folder) in FOLDERS {
            self.list_records(folder, &mut found);
        }
        let meetings = self.names_in(MEETINGS);
        for meeting in meetings {
            let folder = format!("{MEETINGS}/{meeting}");
            let names = self.names_in(&folder);
            for name in &names {
                if MEETING_FILES.iter().any(|(_, file)| file == name) {
                    found.push(format!("{folder}/{name}"));
                } else if MEETING_FOLDERS.iter().any(|(_, below)| below == name) {
                    self.list_records(&format!("{folder}/{name}"), &mut found);
                } else {
                    self.unknown_file(&format!("{folder}/{name}"));
                }
            }
        }
        found
    }

    fn list_records(&mut self, folder: &str, found: &mut Vec<String>) {
        for name in self.names_in(folder) {
            let file = format!("{folder}/{name}");
            if records::is_record_file(&file) { found.push(file) } else { self.unknown_file(&file) }
        }
    }

    fn names_in(&mut self, folder: &str) -> Vec<String> {
        match self.source.list(folder) {
            Ok(mut names) => {
                names.retain(|name| !name.starts_with('.'));
                names
            }
            Err(error) => {
                self.problems.insert(folder.to_string(), vec![file_problem(folder, &error)]);
                Vec::new()
            }
        }
    }

    fn unknown_file(&mut self, file: &str) {
        self.problems.insert(file.to_string(), vec![Problem::whole(file, ProblemKind::UnknownFile)]);
    }

    /// The records of a file that are in memory: every seat of a roster, else the one that the file is.
    pub(super) fn records_in(&self, file: &str) -> Vec<RecordId> {
        match records::record_of(file) {
            Some(of) if of.kind == RecordKind::Attendee => {
                self.plan.records_at(of.kind, &of.meeting).map(|(id, _)| id.clone()).collect()
            }
            Some(of) if self.plan.records.contains_key(&of) => vec![of],
            Some(_) | None => Vec::new(),
        }
    }

    pub(super) fn take_records(&mut self, file: &str) -> Vec<(RecordId, Record)> {
        let ids = self.records_in(file).into_iter();
        ids.filter_map(|id| self.plan.records.remove(&id).map(|record| (id, record))).collect()
    }

    pub(super) fn forget_records(&mut self, file: &str) {
        self.take_records(file);
    }
}
