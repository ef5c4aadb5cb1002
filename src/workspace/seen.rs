//! Up to where somebody has looked at the history: a mark for each person, on this machine.

use super::{Archive, private};
use crate::git::Oid;
use std::collections::BTreeMap;
use std::fs;

impl Archive {
    /// The commit that was the last one when somebody last looked.
    pub fn seen(&self, who: &str) -> Option<Oid> {
        let text = fs::read_to_string(self.private()?.join("seen.json")).ok()?;
        let all: BTreeMap<String, String> = serde_json::from_str(&text).ok()?;
        all.get(who).and_then(|oid| Oid::parse(oid))
    }

    /// Remembers that somebody has seen everything up to the last commit.
    pub fn mark_seen(&self, who: &str) {
        let (Some(folder), Some(head)) = (self.private(), self.repo().head()) else { return };
        let path = folder.join("seen.json");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut all: BTreeMap<String, String> = serde_json::from_str(&text).unwrap_or_default();
        all.insert(who.to_string(), head.to_string());
        // a comfort: where it cannot be written, the same is shown again
        let _ = serde_json::to_vec_pretty(&all).map(|json| private::put(&path, &json));
    }
}
