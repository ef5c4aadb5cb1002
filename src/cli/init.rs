//! `init`: a workspace where there is none, with the built-in plan or with what others share.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::{json, sync};
use crate::ops::{self, SyncRequest};
use clap::ArgMatches;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Made {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let folder = match words.first() {
        Some(folder) => session.world.here.join(folder),
        None => session.settings.dir.clone(),
    };
    if let Some(place) = own.get_one::<String>("from") {
        return from(session, &folder, place);
    }
    let made = ops::init(&folder).map_err(|refusal| Failure::init(&refusal, session.text))?;
    let sentence = (session.text.outcomes.created)(&made.display().to_string());
    Ok(answer(session, &made, None, &sentence))
}

fn from(session: &mut Session, folder: &Path, place: &str) -> Result<Answer, Failure> {
    let text = session.text;
    let here = session.world.here.clone();
    let moment = session.moment(&here, true)?;
    let request = SyncRequest { remote: Some(place.to_string()), here, may_create: false, dry_run: false };
    let done = sync::waiting(session, |waiting| ops::start_from(folder, &request, &moment, text, waiting));
    let report = done.map_err(|refusal| Failure::sync(&refusal, text))?;
    let sentence = (text.sync.started)(&folder.display().to_string(), &report.place);
    Ok(answer(session, folder, Some(report.place), &sentence))
}

fn answer(session: &mut Session, made: &Path, from: Option<String>, sentence: &str) -> Answer {
    let path = made.display().to_string();
    let data = if session.settings.json { json::print(&Made { path, from }) } else { String::new() };
    session.say(sentence);
    Answer::done(data)
}
