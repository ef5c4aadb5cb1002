//! The one test binary: several layers at once, or the program itself.

mod bad;
mod budgets;
mod bytes;
mod cli;
mod crash;
mod desk;
mod frames;
mod import;
mod keyboard;
mod laws;
mod layers;
mod merges;
mod pictures;
mod plans;
mod readme;
mod scenes;
mod stage;
mod store;
#[cfg(unix)]
mod tty;
mod turns;
