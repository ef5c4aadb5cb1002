//! The one test binary: several layers at once, or the program itself.

mod bad;
mod bytes;
mod crash;
mod frames;
mod import;
mod laws;
mod layers;
mod merges;
mod plans;
mod store;
#[cfg(unix)]
mod tty;
mod turns;
