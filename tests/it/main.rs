//! The one test binary: several layers at once, or the program itself.

mod bytes;
mod cli;
mod desk;
mod frames;
mod import;
mod laws;
mod plans;
mod store;
#[cfg(unix)]
mod tty;
