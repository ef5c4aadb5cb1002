//! The tests above one module: several layers at once, or the program itself.

mod bytes;
mod frames;
#[cfg(unix)]
mod tty;
