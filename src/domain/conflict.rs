//! Two people who disagree: a place where both set something else, kept in the file it is about until somebody chooses.

use super::{Str, Token, key};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What one side says of a field: its keys with their values; empty where it says that nothing stands there.
///
/// A whole record or file has the single key `""`: `true` is what stands in the file, a text is the record or file itself.
pub type Said = Vec<(Str, Token)>;

/// Who wrote a side, and when; as far as it is known.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Default)]
pub struct By {
    pub who: Option<Str>,
    pub when: Option<NaiveDate>,
}

/// An open conflict.
///
/// Which side is called ours depends on where the merge was done. The id does not, so that two machines that merge the same
/// things find the same conflict.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Conflict {
    pub id: Str,
    /// Path below the plan's folder.
    pub file: Str,
    /// The array that the record is an element of: `node`; empty for a table with a name and for the head of the file.
    pub list: Str,
    /// The record: `3.1.2`, `T1`, 市教育局; empty for the head of the file.
    pub record: Str,
    /// The field's first key: `due`; empty for the record as a whole.
    pub field: Str,
    pub base: Said,
    pub ours: Said,
    pub theirs: Said,
    pub ours_by: By,
    pub theirs_by: By,
}

impl PartialEq for Conflict {
    /// The two sides are a pair without an order.
    fn eq(&self, other: &Self) -> bool {
        let mine = [(&self.ours, &self.ours_by), (&self.theirs, &self.theirs_by)];
        let other_way = [(&other.theirs, &other.theirs_by), (&other.ours, &other.ours_by)];
        let same_way = [(&other.ours, &other.ours_by), (&other.theirs, &other.theirs_by)];
        let address = |c: &Conflict| (c.id.clone(), c.file.clone(), c.list.clone(), c.record.clone(), c.field.clone());
        address(self) == address(other) && self.base == other.base && (mine == same_way || mine == other_way)
    }
}

impl Conflict {
    /// Is about a record or a file as a whole: deleted by one side and changed by the other.
    pub fn is_whole(&self) -> bool {
        self.field.is_empty()
    }

    /// The id that this conflict has wherever it is found: a hash of its place and of the two sides.
    pub fn with_id(mut self) -> Self {
        let texts =
            |said: &Said| said.iter().map(|(key, token)| format!("{key}={}", token.to_toml())).collect::<String>();
        let mut sides = [texts(&self.ours), texts(&self.theirs)];
        sides.sort();
        let parts = [self.file.as_str(), &self.list, &self.record, &self.field, &sides[0], &sides[1]];
        self.id = short_hash(&parts).into();
        self
    }
}

/// Eight characters from the parts, which no machine works out differently.
fn short_hash(parts: &[&str]) -> String {
    let hash = key::hash(parts.iter().flat_map(|part| part.bytes().chain([0xff])));
    key::spelled(hash ^ hash >> 29, 8)
}
