//! `review` and `commit`: what waits for the next commit, deciding about it, and committing it.

use super::diff::{self, DifferenceRecord};
use super::fail::{Code, Failure};
use super::json;
use super::session::{Answer, Session, Words};
use super::table::Table;
use crate::ops::{self, Pending, Review, Verdict};
use crate::text::Text;
use crate::workspace::Reach;
use clap::ArgMatches;
use serde::Serialize;

/// A pending change as JSON has it.
#[derive(Serialize)]
struct PendingRecord<'p> {
    verdict: &'static str,
    comment: Option<&'p str>,
    returned_by: Option<&'p str>,
    #[serde(flatten)]
    difference: DifferenceRecord<'p>,
}

#[derive(Serialize)]
struct CommitRecord<'c> {
    commit: &'c str,
    message: &'c str,
    changes: usize,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let mut archive = session.archive()?;
    let review = ops::review(&mut archive).map_err(|error| Failure::git(&error, text))?;
    let Some(verb) = words.first() else { return Ok(list(session, &review)) };
    let decide = match verb {
        "accept" | "接受" => 0,
        "return" | "退回" => 1,
        "revert" | "还原" => 2,
        word => return Err(Failure::usage((text.review.unknown_verdict)(word))),
    };
    let named = &words.all()[1..];
    if named.is_empty() {
        return Err(Failure::usage(text.review.name_changes.to_string()));
    }
    let refused = |refusal| Failure::refusal(&refusal, text);
    let selected = review.select(named).map_err(refused)?;
    let mut workspace = session.open_to_change()?;
    let sentence = match decide {
        0 => ops::accept(&mut archive, &mut workspace, &review, &selected).map(text.review.accepted),
        1 => {
            let comment = own.get_one::<String>("comment").map_or("", String::as_str);
            let moment = session.moment(workspace.root(), true)?;
            let done = ops::send_back(&mut archive, &mut workspace, &review, &selected, comment, &moment);
            done.map(text.review.sent_back)
        }
        _ => {
            let count = selected.iter().filter(|at| review.pending[**at].difference.with.is_none()).count();
            let done = ops::revert(&mut archive, &mut workspace, &review, &selected);
            done.map(|_| (text.review.reverted)(count))
        }
    };
    session.say(&sentence.map_err(refused)?);
    if !session.settings.json {
        return Ok(Answer::done(String::new()));
    }
    let after = ops::review(&mut archive).map_err(|error| Failure::git(&error, text))?;
    Ok(list(session, &after))
}

pub(super) fn commit(session: &mut Session, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let mut archive = session.archive()?;
    let review = ops::review(&mut archive).map_err(|error| Failure::git(&error, text))?;
    let mut workspace = session.open_part(Reach::Text)?;
    let message = match own.get_one::<String>("message") {
        Some(message) => message.clone(),
        None => ops::commit_message(&review, &ops::to_commit(&review), text),
    };
    let author = session.world.author.clone().filter(|author| !author.is_empty());
    let done = ops::commit(&mut archive, &mut workspace, &review, &message, author.as_deref());
    let done = done.map_err(|refusal| Failure::refusal(&refusal, text))?;
    session.say(&(text.review.committed)(done.count, done.oid.short()));
    let record = CommitRecord { commit: done.oid.as_str(), message: &done.message, changes: done.count };
    Ok(Answer::done(if session.settings.json { json::print(&record) } else { String::new() }))
}

fn list(session: &mut Session, review: &Review) -> Answer {
    let text = session.text;
    let records: Vec<PendingRecord> = review.pending.iter().flat_map(|one| records(one, review, text)).collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for one in review.pending.iter().filter(|one| one.difference.with.is_none()) {
            let sentence = ops::say_difference(&one.difference, &review.new, text);
            table.row([one.difference.id.clone(), verdict_word(&one.verdict, text).to_string(), sentence]);
            if let Verdict::Returned { comment, by } = &one.verdict
                && !comment.is_empty()
            {
                let said = (text.review.returned_with)(comment, by.as_deref().unwrap_or_default());
                table.row([String::new(), String::new(), said]);
            }
        }
        table.print(out);
    });
    diff::report(session, &review.problems);
    let told = review.open() + review.accepted() + review.returned();
    match told {
        0 => session.say(text.review.nothing_pending),
        told => session.say(&(text.review.pending_total)(told, review.accepted(), review.returned())),
    }
    Answer { data, code: if review.problems.is_empty() { Code::Done } else { Code::Data } }
}

fn verdict_word(verdict: &Verdict, text: &Text) -> &'static str {
    match verdict {
        Verdict::Open => text.review.verdict_open,
        Verdict::Accepted => text.review.verdict_accepted,
        Verdict::Returned { .. } => text.review.verdict_returned,
    }
}

fn records<'p>(one: &'p Pending, review: &'p Review, text: &Text) -> Vec<PendingRecord<'p>> {
    let (verdict, comment, by) = match &one.verdict {
        Verdict::Open => ("open", None, None),
        Verdict::Accepted => ("accepted", None, None),
        Verdict::Returned { comment, by } => ("returned", Some(comment.as_str()), by.as_deref()),
    };
    let main = one.difference.with.and_then(|main| review.pending.get(main)).map(|main| main.difference.id.as_str());
    let found = diff::records(&one.difference, main, &review.new, text).into_iter();
    found.map(|difference| PendingRecord { verdict, comment, returned_by: by, difference }).collect()
}
