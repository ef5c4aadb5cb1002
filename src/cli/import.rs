//! `import`: an official document in, and what was read in it.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use clap::ArgMatches;

pub(super) fn run(_session: &mut Session, _words: &Words, _own: &ArgMatches) -> Result<Answer, Failure> {
    Err(Failure::refused(String::new()))
}
