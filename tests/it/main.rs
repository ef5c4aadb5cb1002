//! The one test binary: several layers at once, or the program itself.

mod bytes;
mod frames;
mod import;
mod laws;
mod plans;
#[cfg(unix)]
mod tty;
