//! The one test binary: several layers at once, or the program itself.

mod bad;
mod budgets;
mod bytes;
mod calls;
mod chains;
mod clause;
mod cli;
mod compare;
mod conflicts;
mod crash;
mod desk;
mod frames;
mod import;
mod kept;
mod keyboard;
mod law_of_merging;
mod laws;
mod layers;
mod marking;
mod meeting_merges;
#[cfg(target_os = "linux")]
mod memory;
mod mended;
mod merges;
mod merging;
mod minutes;
mod opinions;
mod papers;
mod past;
mod pictures;
mod plans;
#[cfg(unix)]
mod program;
mod reach;
mod readme;
mod records;
mod repository;
mod reviewing;
mod room;
mod same_bytes;
mod scenes;
mod stage;
mod store;
mod sync;
#[cfg(unix)]
mod tty;
mod turns;
mod whole_meeting;
