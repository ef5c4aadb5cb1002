//! `bundle`: history in a file, where there is no network.

use super::fail::Failure;
use super::json;
use super::session::{Answer, Session, Words};
use super::sync;
use crate::ops::{self, BundleRequest};
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct MadeRecord {
    /// Nothing where there was nothing new.
    file: Option<String>,
    commits: usize,
    whole: bool,
    kept: Option<String>,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let file = session.world.here.join(words.at(1));
    let option = |name: &str| own.get_one::<String>(name).cloned();
    match words.at(0) {
        "make" | "做包" => {
            let root = session.root()?;
            let moment = session.moment(&root, true)?;
            let request = BundleRequest { file, since: option("since"), to: option("to") };
            let made = sync::waiting(session, |waiting| ops::make_bundle(&root, &request, &moment, text, waiting));
            let made = made.map_err(|refusal| Failure::sync(&refusal, text))?;
            if session.settings.json {
                let file = (made.commits > 0).then(|| made.file.display().to_string());
                let record =
                    MadeRecord { file, commits: made.commits, whole: !made.is_partial, kept: made.kept.clone() };
                return Ok(Answer::done(json::print(&record)));
            }
            ops::say_bundle(&made, text).iter().for_each(|line| session.say(line));
            Ok(Answer::done(String::new()))
        }
        "take" | "取入" => {
            let root = session.root()?;
            let moment = session.moment(&root, true)?;
            let dry_run = own.get_flag("dry-run");
            let taken =
                sync::waiting(session, |waiting| ops::take_bundle(&root, &file, dry_run, &moment, text, waiting));
            let report = taken.map_err(|refusal| Failure::sync(&refusal, text))?;
            Ok(sync::answer(session, &report))
        }
        other => Err(Failure::usage((text.help.usage.unknown_word)(other, "make, take"))),
    }
}
