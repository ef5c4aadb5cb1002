//! One clause of a large text, found without reading the others: most commands are about one task.
//!
//! The bytes of a file mean what they seem to mean only where nothing around them says otherwise. So a clause is looked up in a text
//! that has been read as a whole before, without a problem and with no strings of several lines, and has not been touched since; at
//! anything else the whole text is read.

use super::Workspace;
use super::known::Known;
use crate::domain::{NodeId, OfficialText};
use crate::edit::{Change, Place};
use crate::store::{find_piece, layout, read_tables};
use std::path::PathBuf;

/// A text that is shorter than this is read as a whole, in no time.
const LARGE: u64 = 512 << 10;

impl Workspace {
    /// Whether the text is so long that looking for a clause pays.
    pub(super) fn has_large_text(&self) -> bool {
        let path = self.folder.path().join(layout::TEXT);
        std::fs::metadata(path).is_ok_and(|meta| meta.len() >= LARGE)
    }

    /// Whether every clause is in memory.
    fn has_text(&self) -> bool {
        self.files.contains_key(layout::TEXT) || self.damaged.contains(layout::TEXT)
    }

    /// Reads the text, if it was left out.
    pub fn read_text(&mut self) {
        if self.has_text() {
            return;
        }
        self.plan.text = OfficialText::default();
        self.find_places();
        self.read_file(layout::TEXT, None);
        let is_sound = !self.damaged.contains(layout::TEXT) && !self.problems.contains_key(layout::TEXT);
        let is_plain = |text: &str| !text.contains("\"\"\"") && !text.contains("'''");
        if let Some(Known::Text(text)) = self.files.get(layout::TEXT)
            && is_sound
            && is_plain(text)
            && self.places.len() == self.plan.text.nodes.len()
        {
            self.folder.seal(layout::TEXT, text, &self.seal());
        }
    }

    /// Reads a clause, and the file that holds its state.
    pub fn read_clause(&mut self, id: &NodeId) {
        if !self.has_text() && self.node(id).is_none() && self.find_clause(id).is_none() {
            self.read_text();
        }
        self.read_tasks_of(id);
    }

    fn find_clause(&mut self, id: &NodeId) -> Option<()> {
        let mut file = self.folder.sealed(layout::TEXT, &self.seal())?;
        let piece = find_piece(&mut file, &format!("[[node]]\nid = \"{id}\"\n"), "[[")?.into();
        let (found, problems) = read_tables(&piece, layout::text::read).ok()?;
        let [node] = found.nodes.as_slice() else { return None };
        if node.id != *id || !problems.is_empty() {
            return None;
        }
        self.plan.text.nodes.push(node.clone());
        self.find_places();
        Some(())
    }

    /// Reads the whole text where some changes need more of it than the clauses that they are about.
    pub(super) fn read_text_for(&mut self, changes: &[Change]) {
        let is_known = |change: &Change| match &change.place {
            Place::Entry(node, _) => self.node(node).is_some(),
            // a file that is not there is made with all tasks of its row
            Place::Status(_) | Place::Due(_) | Place::OriginalDue(_) | Place::Lead(_) | Place::Responsible(_) => {
                self.files.contains_key(&self.file_of(&change.place))
            }
            Place::Info
            | Place::Node(_)
            | Place::Repairs(_)
            | Place::Tail
            | Place::Unit(_)
            | Place::Row(_)
            | Place::RowLead(_)
            | Place::Cell(..)
            | Place::Target(_)
            | Place::Actual(..)
            | Place::Record(_)
            | Place::Field(..)
            | Place::Conflict(..) => false,
        };
        if !self.has_text() && !changes.iter().all(is_known) {
            self.read_text();
        }
    }

    fn seal(&self) -> PathBuf {
        self.private.join("text.seal")
    }
}
