//! `conflicts` and `settle`: what two people disagree about, and what is chosen.

use super::change::{self, answer};
use super::fail::{Code, Failure};
use super::session::{Answer, Session, Words, file_name};
use super::visible;
use crate::domain::{Conflict, Plan, Said, Token};
use crate::ops::{self, Pick, Source};
use crate::store::layout::{place_of, value_of};
use clap::ArgMatches;
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Serialize)]
struct ConflictRecord {
    id: String,
    place: String,
    field: String,
    /// The department of a cell, the year of a figure.
    part: Option<String>,
    base: Value,
    ours: Value,
    theirs: Value,
    ours_who: Option<String>,
    ours_when: Option<String>,
    ours_basis: Option<String>,
    theirs_who: Option<String>,
    theirs_when: Option<String>,
    theirs_basis: Option<String>,
    file: String,
    sentence: String,
}

pub(super) fn list(session: &mut Session) -> Result<Answer, Failure> {
    let mut workspace = session.open()?;
    let text = session.text;
    let open = ops::conflicts(&mut workspace);
    let plan = workspace.plan();
    let records: Vec<ConflictRecord> = open
        .iter()
        .map(|conflict| {
            record(conflict, plan, file_name(&workspace, &conflict.file), ops::conflict_sentence(conflict, text))
        })
        .collect();
    let data = session.data(&records, |out| {
        for conflict in &open {
            out.push_str(&visible::lines(&ops::conflict_card(conflict, plan, text).join("\n")));
            out.push_str("\n\n");
        }
    });
    let is_damaged = session.report(&workspace);
    if open.is_empty() {
        session.say(text.conflicts.none);
        return Ok(Answer { data, code: if is_damaged { Code::Data } else { Code::Done } });
    }
    session.say(&(text.conflicts.count)(open.len()));
    Ok(Answer { data, code: Code::Conflict })
}

fn record(conflict: &Conflict, plan: &Plan, file: String, sentence: String) -> ConflictRecord {
    let known = place_of(conflict).filter(|place| !conflict.is_whole() && value_of(place, &conflict.ours).is_some());
    let (place, field, part) = match &known {
        Some(place) => {
            let (place, field, part) = change::place(place);
            (place, field.to_string(), part)
        }
        None => {
            let record = if conflict.record.is_empty() { &conflict.file } else { &conflict.record };
            let field = if conflict.is_whole() { "record" } else { conflict.field.as_str() };
            (record.to_string(), field.to_string(), None)
        }
    };
    let value = |said: &Said| shown(said, conflict, field == "status");
    let (mine, yours) = (ops::source_of(conflict, true, plan), ops::source_of(conflict, false, plan));
    let words = |text: Option<crate::domain::Str>| text.map(|text| text.to_string());
    let split = |source: Source| (words(source.by.who), source.by.when.map(|day| day.to_string()), words(source.basis));
    let ((ours_who, ours_when, ours_basis), (theirs_who, theirs_when, theirs_basis)) = (split(mine), split(yours));
    ConflictRecord {
        id: conflict.id.to_string(),
        base: value(&conflict.base),
        ours: value(&conflict.ours),
        theirs: value(&conflict.theirs),
        place,
        field,
        part,
        ours_who,
        ours_when,
        ours_basis,
        theirs_who,
        theirs_when,
        theirs_basis,
        file,
        sentence,
    }
}

/// A side as JSON: the value, or all values where the field has several.
fn shown(said: &Said, conflict: &Conflict, is_status: bool) -> Value {
    match &said[..] {
        // a task that nobody has marked has a status all the same
        [] if is_status => Value::String("todo".to_string()),
        [] => Value::Null,
        [(key, token)] if key.is_empty() || *key == conflict.field => json(token),
        several => {
            let pairs = several.iter().map(|(key, token)| (key.to_string(), json(token)));
            Value::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

fn json(token: &Token) -> Value {
    match token {
        Token::Str(text) => Value::String(text.to_string()),
        Token::Int(number) => Value::from(*number),
        Token::Float(number) => Value::from(*number),
        Token::Bool(truth) => Value::Bool(*truth),
        Token::Date(date) => Value::String(date.to_string()),
        Token::Strs(items) => Value::Array(items.iter().map(|item| Value::String(item.to_string())).collect()),
        Token::Other => Value::Null,
    }
}

pub(super) fn settle(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let basis = own.get_one::<String>("basis").cloned().unwrap_or_default();
    let pick = Pick::parse(&words.all()[1..].join(" "));
    let mut workspace = session.open_to_change()?;
    let moment = session.moment(workspace.root(), true)?;
    let done = ops::settle(&mut workspace, &moment, words.at(0), &pick, &basis, session.text);
    answer(session, &workspace, done)
}
