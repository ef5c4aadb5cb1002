//! Everything that happens to a plan is a [`Change`]: editing makes them, saving writes them, undo inverts them, diff finds them.
//!
//! Laws (checked with random plans in `tests/it/laws.rs`): applying a change and its inverse gives the same plan; applying
//! `diff(a, b)` to `a` gives `b`; `diff(a, a)` is empty.

mod apply;
mod change;
mod diff;
mod order;
mod transaction;
mod words;

pub use apply::{Stale, apply, apply_all, current};
pub use change::{Change, Place, Value};
pub use diff::diff;
pub use order::merge_order;
pub use transaction::{Transaction, Verb};
pub use words::{Run, changed_words, likeness};
