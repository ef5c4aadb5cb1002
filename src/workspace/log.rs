//! The log of a task: names are listed when it is looked at, texts are read when they are shown.

use super::Workspace;
use super::load::file_problem;
use crate::domain::{Entry, EntryId, LogItem, NodeId};
use crate::store::{Problem, ProblemKind, layout, read_conflicts, read_tables};

impl Workspace {
    /// Lists the log of a node; the texts stay on disk.
    pub fn list_log(&mut self, node: &NodeId) {
        if !self.listed_logs.contains(node) {
            self.listed_logs.insert(node.clone());
            if self.has_log_folder(node) {
                self.relist_log(node);
            }
        }
    }

    /// Whether a node has a folder of entries; the names of all folders are listed once, so that a cursor that moves over
    /// thousands of tasks without a log never asks the disk.
    pub fn has_log_folder(&mut self, node: &NodeId) -> bool {
        let folder = &self.source;
        let names =
            self.log_folders.get_or_insert_with(|| folder.list(layout::LOG).unwrap_or_default().into_iter().collect());
        names.contains(node.as_str())
    }

    /// Lists the log of every node that has one.
    pub fn list_all_logs(&mut self) {
        let names = match self.source.list(layout::LOG) {
            Ok(names) => names,
            Err(error) => {
                self.problems.insert(layout::LOG.to_string(), vec![file_problem(layout::LOG, &error)]);
                return;
            }
        };
        names.iter().for_each(|name| self.list_log(&NodeId::new(name.as_str())));
    }

    /// Lists the log of a node and reads the texts of its newest `most` entries.
    pub fn read_log(&mut self, node: &NodeId, most: usize) {
        self.list_log(node);
        let items = self.plan.log.get(node).map_or(&[][..], Vec::as_slice);
        let unread: Vec<EntryId> =
            items.iter().rev().take(most).filter(|item| item.entry.is_none()).map(|item| item.id.clone()).collect();
        for id in unread {
            let entry = self.read_entry(node, &id);
            let items = self.plan.log.get_mut(node).expect("just listed");
            if let Some(item) = items.iter_mut().find(|item| item.id == id) {
                item.entry = entry;
            }
        }
    }

    /// Reads the texts of all logs, for search.
    pub fn read_all_logs(&mut self) {
        self.list_all_logs();
        let nodes: Vec<NodeId> = self.plan.log.keys().cloned().collect();
        nodes.iter().for_each(|node| self.read_log(node, usize::MAX));
    }

    /// The log of a node as far as it has been read, oldest first.
    pub fn log(&self, node: &NodeId) -> &[LogItem] {
        self.plan.log.get(node).map_or(&[], Vec::as_slice)
    }

    pub(super) fn relist_log(&mut self, node: &NodeId) {
        let folder = format!("{}/{node}", layout::LOG);
        let names = match self.source.list(&folder) {
            Ok(names) => names,
            Err(error) => {
                self.problems.insert(folder.clone(), vec![file_problem(&folder, &error)]);
                return;
            }
        };
        let old = self.plan.log.remove(node).unwrap_or_default();
        let mut items = Vec::new();
        for name in names.iter().filter(|name| !name.starts_with('.')) {
            match name.strip_suffix(".toml").and_then(EntryId::parse) {
                Some(id) => {
                    let entry = old.iter().find(|item| item.id == id).and_then(|item| item.entry.clone());
                    items.push(LogItem { id, entry });
                }
                None => {
                    let file = format!("{folder}/{name}");
                    self.problems.insert(file.clone(), vec![Problem::whole(&file, ProblemKind::UnknownFile)]);
                }
            }
        }
        if !items.is_empty() {
            self.plan.log.insert(node.clone(), items);
        }
    }

    fn read_entry(&mut self, node: &NodeId, id: &EntryId) -> Option<Entry> {
        let file = layout::entry_file(node.as_str(), id.as_str());
        let text = match self.source.read(&file) {
            Ok(text) => text?,
            Err(error) => {
                self.problems.insert(file.clone(), vec![file_problem(&file, &error)]);
                return None;
            }
        };
        self.plan.set_conflicts(&file, read_conflicts(&file, &text));
        let read = read_tables(&text, |tables| layout::entry::read(id.clone(), tables));
        let (entry, problems) = read.unwrap_or_else(|problems| (None, problems));
        if !problems.is_empty() {
            self.problems.insert(file.clone(), problems.into_iter().map(|p| p.named(&file)).collect());
        }
        entry
    }

    /// Lists the logs again that have been listed; the folders whose names changed.
    pub(super) fn refresh_logs(&mut self) -> Vec<String> {
        self.log_folders = None;
        let mut changed = Vec::new();
        let nodes: Vec<NodeId> = self.listed_logs.iter().cloned().collect();
        for node in nodes {
            if self.log(&node).is_empty() && !self.has_log_folder(&node) {
                continue;
            }
            let ids = |ws: &Workspace| ws.log(&node).iter().map(|item| item.id.clone()).collect::<Vec<_>>();
            let before = ids(self);
            self.relist_log(&node);
            if ids(self) != before {
                self.read_log(&node, usize::MAX);
                changed.push(format!("{}/{node}", layout::LOG));
            }
        }
        changed
    }
}
