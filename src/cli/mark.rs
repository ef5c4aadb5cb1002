//! `mark`: how far tasks are.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::domain::Status;
use crate::ops;
use clap::ArgMatches;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let (ids, word) = words.split_last();
    let status = Status::parse(word).ok_or_else(|| Failure::usage((session.text.errors.unknown_status)(word)))?;
    let reason = own.get_one::<String>("reason").map_or("", String::as_str);
    let (mut workspace, ids) = session.open_for(ids)?;
    let moment = session.moment(workspace.root(), !reason.trim().is_empty())?;
    let done = ops::mark(&mut workspace, &moment, &ids, status, reason);
    change::answer(session, &workspace, done)
}
