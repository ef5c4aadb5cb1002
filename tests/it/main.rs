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
mod turns;
#[cfg(unix)]
mod tty;
