//! `diff`: what differs between two states, a sentence for each thing that happened.

use super::change::{self, Shown};
use super::fail::{Code, Failure};
use super::session::{self, Answer, Session, Words};
use super::{table, visible};
use crate::domain::Plan;
use crate::ops::{self, Difference, Shape};
use crate::store::Problem;
use crate::text::Text;
use crate::workspace::State;
use serde::Serialize;

/// A difference as JSON has it; a record gives one for each of its parts that changed.
#[derive(Serialize)]
pub(super) struct DifferenceRecord<'d> {
    pub id: &'d str,
    place: String,
    field: &'static str,
    /// The department of a cell, the year of a figure, the id of an entry; of a renamed record what it was called before.
    part: Option<String>,
    old: PartOrValue<'d>,
    new: PartOrValue<'d>,
    pub sentence: String,
    /// By which meeting or letter, and who wrote that down.
    basis: Option<&'d str>,
    by: Option<&'d str>,
    /// The id of the difference that says this one as well.
    with: Option<&'d str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum PartOrValue<'d> {
    Value(Shown<'d>),
    Part(Option<String>),
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let text = session.text;
    let (a, b) = match words.all() {
        [] => (State::head(), State::Working),
        [a] => (State::parse(a), State::Working),
        [a, b, ..] => (State::parse(a), State::parse(b)),
    };
    let mut archive = session.archive()?;
    let between = archive.between(&a, &b).map_err(|error| Failure::git(&error, text))?;
    let found = ops::differences(between.changes.clone());
    let records = || {
        let records = found.iter().flat_map(|one| records(one, main_of(one, &found), &between.new, text));
        records.collect::<Vec<DifferenceRecord>>()
    };
    let width = session.world.width;
    let data = session.data_of(records, |out| print(out, &found, &between.new, width, text));
    report(session, &between.problems);
    if found.is_empty() {
        session.say(&(text.review.nothing_differs)(&ops::state_name(&a, text), &ops::state_name(&b, text)));
    }
    let code = if between.problems.is_empty() { Code::Done } else { Code::Data };
    Ok(Answer { data, code })
}

/// Says which files could not be read in one of the states, and which nobody knows.
pub(super) fn report(session: &mut Session, problems: &[Problem]) {
    for problem in problems {
        let message = ops::problem_message(&problem.kind, session.text);
        session.talk.push_str(&session::at_place(&problem.file, problem.line, problem.column, &message));
    }
}

/// A line for each difference that is not said by another.
pub(super) fn print(out: &mut String, found: &[Difference], plan: &Plan, width: Option<usize>, text: &Text) {
    for difference in found.iter().filter(|difference| difference.with.is_none()) {
        let sentence = ops::say_difference(difference, plan, text);
        // where nobody looks, a difference is a line
        match width {
            Some(width) => out.push_str(&table::wrap(&sentence, width, 2)),
            None => out.push_str(&visible::line(&sentence)),
        }
        out.push('\n');
    }
}

/// The id of the difference that says one as well.
pub(super) fn main_of<'d>(one: &Difference, found: &'d [Difference]) -> Option<&'d str> {
    one.with.and_then(|main| found.get(main)).map(|main| main.id.as_str())
}

/// A difference as one object, or one for each part of a record; `with` is the id of the one that says it as well.
pub(super) fn records<'d>(
    difference: &'d Difference,
    with: Option<&'d str>,
    plan: &Plan,
    text: &Text,
) -> Vec<DifferenceRecord<'d>> {
    let sentence = ops::say_difference(difference, plan, text);
    let (place, field, part) = change::place(&difference.place);
    let part = match &difference.shape {
        Shape::Renamed { from } => Some(change::place(from).0),
        Shape::Set | Shape::Moved => part,
    };
    let record = |field: &'static str, old, new| DifferenceRecord {
        id: &difference.id,
        place: place.clone(),
        field,
        part: part.clone(),
        old,
        new,
        sentence: sentence.clone(),
        basis: difference.basis.as_ref().map(|basis| basis.text.as_str()),
        by: difference.basis.as_ref().and_then(|basis| basis.by.as_deref()),
        with,
    };
    let is_set = difference.old.is_some() && difference.new.is_some();
    let parts = if difference.is_record() && is_set { difference.parts() } else { Vec::new() };
    if parts.is_empty() {
        let value = |value| PartOrValue::Value(change::shown(value, &difference.place));
        return vec![record(field, value(&difference.old), value(&difference.new))];
    }
    let parts = parts.into_iter();
    parts.map(|(part, old, new)| record(part.token(), PartOrValue::Part(old), PartOrValue::Part(new))).collect()
}
