//! The values the office works with. Values only: no input or output, no clock, no sentences.
//!
//! Everything that depends on "today" takes the date as an argument.

pub mod calendar;
mod check;
mod conflict;
pub mod due;
mod entry;
pub mod follow;
mod id;
pub(crate) mod key;
mod light;
mod matrix;
pub mod meeting;
pub mod minutes;
mod node;
mod opinion;
mod part;
pub mod pinyin;
mod plan;
mod record;
pub mod search;
mod status;
mod target;
mod task;
pub(crate) mod token;
mod unit;

pub use calendar::{Calendar, YearDays, horizon};
pub use check::{Finding, Rule, check, linked};
pub use conflict::{By, Conflict, Said};
pub use due::{Due, DueError, Recurrence};
pub use entry::{Entry, EntryId, EntryKind, cites};
pub use id::{NodeId, chinese_numeral};
pub(crate) use id::{fold_width, narrow};
pub use light::{Light, Rollup};
pub use matrix::{Matrix, Role, Row};
pub use node::{Certainty, Node, NodeKind, OfficialText, Repair, apply_repairs};
pub use opinion::{Adoption, OpinionView, Stance};
pub use part::{Part, Parts, repair_parts};
pub use plan::{Info, LogItem, Parent, Phase, Plan};
pub use record::{Field, FieldType, FieldValue, Record, RecordId, RecordKind};
pub use status::Status;
pub use target::{Actual, Baseline, Comparison, Target, TargetId};
pub use task::TaskState;
pub use token::Token;
pub use unit::{Unit, UnitGroup, UnitId, UnitMatch};

/// Maps and sets over ids: hashed by a function that costs little for short keys and differs from run to run.
pub type Map<K, V> = std::collections::HashMap<K, V, foldhash::fast::RandomState>;
pub type Set<K> = std::collections::HashSet<K, foldhash::fast::RandomState>;

/// Text that borrows from the file it was read from: cheap to clone, 16 bytes.
pub type Str = arcstr::Substr;
