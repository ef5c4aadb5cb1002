//! `version tag` and `versions`: names for states of the plan, such as 印发稿.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use crate::git::Version;
use crate::ops;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct VersionRecord<'v> {
    name: &'v str,
    /// The name that git knows it by.
    tag: &'v str,
    when: Option<NaiveDate>,
    who: &'v str,
    commit: Option<&'v str>,
}

pub(super) fn tag(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let text = session.text;
    let (word, name) = (words.at(0), words.at(1).trim());
    if !matches!(word, "tag" | "命名") {
        return Err(Failure::usage((text.review.tag_word)(word)));
    }
    let mut archive = session.archive()?;
    let author = session.world.author.clone().filter(|author| !author.is_empty());
    let done = ops::tag_version(&mut archive, name, author.as_deref());
    let done = done.map_err(|refusal| Failure::refusal(&refusal, text))?;
    session.say(&(text.review.tagged)(name, done.commit.short()));
    if done.uncommitted > 0 {
        session.say(&(text.review.tag_without)(done.uncommitted));
    }
    let record = VersionRecord {
        name,
        tag: &done.tag,
        when: done.commit_day,
        who: author.as_deref().unwrap_or_default(),
        commit: Some(done.commit.as_str()),
    };
    Ok(Answer::done(if session.settings.json { super::json::print(&record) } else { String::new() }))
}

pub(super) fn list(session: &mut Session) -> Result<Answer, Failure> {
    let text = session.text;
    let archive = session.archive()?;
    let versions = archive.repo().versions().map_err(|error| Failure::git(&error, text))?;
    let records: Vec<VersionRecord> = versions.iter().map(record).collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for version in &versions {
            let when = version.day.map(|day| day.to_string()).unwrap_or_default();
            let commit = version.commit.as_ref().map(|oid| oid.short().to_string()).unwrap_or_default();
            table.row([version.name().to_string(), when, version.who.clone(), commit]);
        }
        table.print(out);
    });
    if versions.is_empty() {
        session.say(text.review.no_versions);
    }
    Ok(Answer::done(data))
}

fn record(version: &Version) -> VersionRecord<'_> {
    VersionRecord {
        name: version.name(),
        tag: &version.tag,
        when: version.day,
        who: &version.who,
        commit: version.commit.as_ref().map(|oid| oid.as_str()),
    }
}
