//! The one test binary: several layers at once, or the program itself.

mod bad;
mod bytes;
mod cli;
mod crash;
mod desk;
mod frames;
mod import;
mod laws;
mod layers;
mod merges;
mod plans;
mod readme;
mod store;
#[cfg(unix)]
mod tty;
mod turns;
