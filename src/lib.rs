//! lianxi 联席: the desk of a science-popularisation joint-conference office.
//!
//! Layers, lowest first; a folder uses only those above it in this list, and `tests/it/layers.rs` keeps it so:
//!
//! ```text
//! domain     values only: plan, task, unit, matrix, target, log, deadline wording, search, checks
//! text       every sentence the program says, in Chinese and English
//! edit       Change, Transaction, diff, order
//! store      TOML files: read with file:line:col, written in place, merged, atomically
//! git        the user's own git: revisions, trees and files read without running what a repository configures
//! workspace  the open plan: commit, undo, redo, refresh; a past state, read-only
//! import     official documents in
//! export     papers out: Word, Markdown, text, calendars
//! ops        what the program can do; takes the workspace, returns an Outcome
//! cli, tui   two front ends; neither uses the other
//! ```

pub mod cli;
pub mod domain;
pub mod edit;
pub mod export;
pub mod git;
pub mod import;
pub mod ops;
pub mod store;
pub mod text;
pub mod tui;
pub mod workspace;
