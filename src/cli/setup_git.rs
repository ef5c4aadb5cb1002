//! `setup-git`: our merge, our hunks and our check for other git programs too.

use super::fail::{Failure, git_code};
use super::json;
use super::session::{Answer, Session};
use crate::ops;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct Record {
    message: String,
}

pub(super) fn run(session: &mut Session, own: &ArgMatches) -> Result<Answer, Failure> {
    let (root, text) = (session.root()?, session.text);
    let done = ops::set_up_git(&root, own.get_flag("undo"));
    let done = done.map_err(|error| Failure { code: git_code(&error), sentence: ops::say_git(&error, text) })?;
    let message = ops::say_set_up(done, text);
    if session.settings.json {
        return Ok(Answer::done(json::print(&Record { message })));
    }
    session.say(&message);
    Ok(Answer::done(String::new()))
}
