//! `init`: a workspace where there is none.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::ops;
use serde::Serialize;

#[derive(Serialize)]
struct Made {
    path: String,
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let folder = match words.first() {
        Some(folder) => session.world.here.join(folder),
        None => session.settings.dir.clone(),
    };
    let made = ops::init(&folder).map_err(|refusal| Failure::init(&refusal, session.text))?;
    let path = made.display().to_string();
    let data = if session.settings.json { super::json::print(&Made { path: path.clone() }) } else { String::new() };
    session.say(&(session.text.outcomes.created)(&path));
    Ok(Answer::done(data))
}
