//! What this machine remembers of how a plan was looked at: folds, place, screen. Never committed.

use super::{Workspace, private};
use serde::{Deserialize, Serialize};
use std::fs;

/// How the plan was looked at last.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    pub screen: String,
    pub selected: String,
    pub folded: Vec<String>,
    pub unfolded_rows: Vec<String>,
    pub unit: String,
    /// A note that was typed and not saved: of which tasks, of which kind, its text.
    pub draft_of: Vec<String>,
    pub draft_kind: String,
    pub draft_text: String,
    /// The meeting that was open.
    pub meeting: String,
    /// A line that was being taken down: meeting, key of the item or record, what it was for, field, text.
    pub taken: Vec<String>,
}

impl Workspace {
    /// The view of the last run; the default where there is none or it cannot be read.
    pub fn view(&self) -> Option<View> {
        let text = fs::read_to_string(self.private.join("view.toml")).ok()?;
        toml::from_str(&text).ok()
    }

    /// Remembers the view. It is a comfort: where it cannot be written, nothing is said.
    pub fn keep_view(&self, view: &View) {
        if self.past().is_some() {
            return;
        }
        let Ok(text) = toml::to_string(view) else { return };
        if self.view().as_ref() == Some(view) {
            return;
        }
        let _ = private::put(&self.private.join("view.toml"), text.as_bytes());
    }
}
