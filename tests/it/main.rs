//! The one test binary: several layers at once, or the program itself.

mod budgets;
mod bytes;
mod cli;
mod desk;
mod frames;
mod import;
mod keyboard;
mod marking;
mod pictures;
#[cfg(unix)]
mod program;
mod same_bytes;
mod scenes;
mod stage;
#[cfg(unix)]
mod tty;
