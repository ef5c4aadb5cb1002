//! The layout of each file: how it is read into values, how it is first written, and which comment each field stands under.
//!
//! Reading never stops at the first problem. Writing here makes a whole new file (an import); edits go through `store::splice`.
//! Every field stands under its own fixed comment line, set or unset, which documents the file and keeps neighbours apart, so
//! that a line merge of two people's edits meets only where both changed the same field.

pub mod calendar;
pub mod entry;
pub mod info;
pub mod matrix;
mod place;
mod plan;
pub mod records;
pub mod targets;
pub mod tasks;
pub mod text;
pub mod units;

mod reader;

pub use place::{node_of, place_of, value_of};
pub use plan::{entry_of, is_in, read_into};

use crate::domain::Str;
use reader::Reader;

/// `plan.toml`, `text.toml` and so on, below the plan's folder.
pub const INFO: &str = "plan.toml";
pub const TEXT: &str = "text.toml";
pub const UNITS: &str = "units.toml";
pub const MATRIX: &str = "matrix.toml";
pub const TARGETS: &str = "targets.toml";
pub const TASKS: &str = "tasks";
pub const LOG: &str = "log";

/// The file that holds the state of the tasks of a row: `tasks/3.1.toml`.
pub fn tasks_file(row: &str) -> String {
    format!("{TASKS}/{row}.toml")
}

/// The file of a log entry: `log/3.1.2/2025-06-30-4k2a9x0.toml`.
pub fn entry_file(node: &str, entry: &str) -> String {
    format!("{LOG}/{node}/{entry}.toml")
}

/// Writes `key = value` under its comment; an unset field leaves the comment.
fn write_field(out: &mut String, comment: &str, fields: &[(&str, Option<super::Token>)]) {
    out.push('\n');
    out.push_str(comment);
    out.push('\n');
    for (key, value) in fields {
        if let Some(value) = value {
            out.push_str(&format!("{} = {}\n", super::splice::key_text(key), value.to_toml()));
        }
    }
}

fn text(value: impl Into<Str>) -> Option<super::Token> {
    Some(super::Token::Str(value.into()))
}
