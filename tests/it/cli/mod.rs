//! The command line, run as a program.

mod bad_input;
mod browse;
mod change;
mod import;
mod meetings;
mod words;
