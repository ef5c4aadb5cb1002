//! The one test binary: several layers at once, or the program itself.

mod bytes;
mod frames;
mod import;
#[cfg(unix)]
mod tty;
