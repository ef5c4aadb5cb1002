//! Deadlines in the office's words.

use super::Str;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A deadline: the date that was understood, and the words it was given in.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Hash)]
pub struct Due {
    /// `None` for the open ones: 持续推进, 每年, 每季度.
    pub date: Option<NaiveDate>,
    /// As written; empty where only a date was given.
    pub wording: Str,
}
