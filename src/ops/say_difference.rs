//! Differences as sentences.

use super::Review;
use super::difference::{Difference, Shape};
use super::{describe, place_name};
use crate::domain::{Part, Plan, cites};
use crate::edit::{Place, Run, Value, changed_words};
use crate::text::Text;
use std::collections::BTreeSet;

/// The most sentences that a message has.
const MOST_SENTENCES: usize = 200;
/// Characters of unchanged text that are shown around words that changed.
const AROUND: usize = 12;

/// Says a difference in one sentence, its basis included: 三（二）4 完成时限 2024-12-31 → 2025-06-30，依据第2次会议.
///
/// `plan` gives the names of targets and nodes; one in which they stand.
pub fn say_difference(difference: &Difference, plan: &Plan, text: &Text) -> String {
    let sentence = sentence(difference, plan, text);
    match &difference.basis {
        Some(basis) => {
            let first = basis.text.lines().next().unwrap_or_default();
            // people write the word themselves: 依据第2次会议
            let own = first.strip_prefix("依据").or_else(|| first.strip_prefix("根据"));
            let is_basis = own.is_some() || matches!(difference.place, Place::Actual(..)) || cites(first);
            let first = own.map_or(first, |rest| rest.trim_start_matches(['：', ':', ' ']));
            let with = if is_basis { text.review.with_basis } else { text.review.with_reason };
            with(&sentence, first)
        }
        None => sentence,
    }
}

fn sentence(difference: &Difference, plan: &Plan, text: &Text) -> String {
    let say = &text.review;
    let plain = || {
        let change = crate::edit::Change::new(difference.place.clone(), difference.old.clone(), difference.new.clone());
        describe(&change, plan, text)
    };
    if !difference.is_record() {
        return plain();
    }
    let what = record_name(&difference.place, difference.new.as_ref().or(difference.old.as_ref()), text);
    let title = |value: &Option<Value>| match value {
        Some(Value::Info(info)) => info.title.to_string(),
        _ => String::new(),
    };
    if difference.place == Place::Info {
        match (title(&difference.old).as_str(), title(&difference.new).as_str()) {
            ("", "") => {}
            ("", title) => return (say.added)(&(say.whole_plan)(title)),
            (title, "") => return (say.removed)(&(say.whole_plan)(title)),
            _ => {}
        }
    }
    match (&difference.shape, &difference.old, &difference.new) {
        (Shape::Moved, ..) => (say.moved)(&what),
        (Shape::Renamed { from }, old, _) => {
            let renamed = (say.renamed)(&record_name(from, old.as_ref(), text), &what);
            let parts = part_sentences(difference, None, text);
            [&[renamed][..], &parts].concat().join(text.words.comma)
        }
        (Shape::Set, None, Some(_)) => (say.added)(&what),
        (Shape::Set, Some(_), None) => (say.removed)(&what),
        (Shape::Set, ..) => {
            let parts = part_sentences(difference, Some(&record_name(&difference.place, None, text)), text);
            if parts.is_empty() { plain() } else { parts.join(text.words.comma) }
        }
    }
}

/// A sentence for each part of a record that changed.
fn part_sentences(difference: &Difference, what: Option<&str>, text: &Text) -> Vec<String> {
    let parts = difference.parts();
    // an item's title is the beginning of its text and need not be said twice
    let has_text = parts.iter().any(|(part, ..)| *part == Part::Text);
    let shown = parts.iter().filter(|(part, ..)| !(has_text && matches!(part, Part::Title | Part::Number)));
    shown.map(|(part, old, new)| say_part(what.unwrap_or_default(), *part, old, new, text).trim().to_string()).collect()
}

/// Says one part of a record: prose by its changed words, anything else by its values.
fn say_part(what: &str, part: Part, old: &Option<String>, new: &Option<String>, text: &Text) -> String {
    let name = (text.review.part)(part);
    if let (true, Some(old), Some(new)) = (part.is_prose() || part == Part::Repairs, old, new) {
        return (text.review.part_words)(what, name, &mark_words(old, new, text));
    }
    let nothing = text.words.nothing;
    let word = |value: &Option<String>| value.as_deref().unwrap_or(nothing).replace('\n', "⏎");
    (text.outcomes.field)(what, name, &word(old), &word(new))
}

/// The words that changed with a little of what stands around them, marked without colour.
fn mark_words(old: &str, new: &str, text: &Text) -> String {
    let runs = changed_words(old, new);
    let mut out = String::new();
    for (at, run) in runs.iter().enumerate() {
        match run {
            Run::Gone(words) => out.push_str(&(text.review.gone)(words)),
            Run::Come(words) => out.push_str(&(text.review.come)(words)),
            Run::Same(words) => {
                let count = words.chars().count();
                let head = if at == 0 { 0 } else { AROUND };
                let tail = if at + 1 == runs.len() { 0 } else { AROUND };
                if count <= head + tail + 1 {
                    out.push_str(words);
                } else {
                    out.extend(words.chars().take(head));
                    out.push('…');
                    out.extend(words.chars().skip(count - tail));
                }
            }
        }
    }
    out
}

/// The message of a commit of some pending changes.
pub fn commit_message(review: &Review, taken: &BTreeSet<usize>, text: &Text) -> String {
    message_of(&sentences(review, taken, text), text)
}

/// Some pending changes as sentences.
pub fn sentences(review: &Review, taken: &BTreeSet<usize>, text: &Text) -> Vec<String> {
    let told = taken.iter().map(|at| &review.pending[*at].difference).filter(|difference| difference.with.is_none());
    told.map(|difference| say_difference(difference, &review.new, text)).collect()
}

/// The message of every commit that we make: what happened in a line, and a sentence for each change below it.
pub fn message_of(sentences: &[String], text: &Text) -> String {
    match sentences {
        [] => String::new(),
        [one] => one.clone(),
        [first, ..] => {
            let head = (text.outcomes.and_more)(first, sentences.len());
            let told = sentences[..sentences.len().min(MOST_SENTENCES)].join("\n");
            let more = if sentences.len() > MOST_SENTENCES { "\n…" } else { "" };
            format!("{head}\n\n{told}{more}")
        }
    }
}

/// A record as people call it, with its title where it is known.
fn record_name(place: &Place, value: Option<&Value>, text: &Text) -> String {
    let say = &text.review;
    let titled = |name: String, title: &str| {
        let title: String = title.chars().take(30).collect();
        if title.is_empty() { name } else { format!("{name}《{title}》") }
    };
    match (place, value) {
        (Place::Node(id), Some(Value::Node(_, node))) => titled(place_name(id, text), &node.title),
        (Place::Node(id), _) => place_name(id, text),
        (Place::Repairs(id), Some(_)) => format!("{} {}", place_name(id, text), (say.part)(Part::Repairs)),
        (Place::Repairs(id), None) => place_name(id, text),
        (Place::Unit(unit), _) => (say.unit)(unit.as_str()),
        (Place::Target(id), Some(Value::Target(_, target))) => titled((say.target)(id.as_str()), &target.name),
        (Place::Target(id), _) => (say.target)(id.as_str()),
        (Place::Row(id), Some(Value::Row(_, row))) => titled((say.row)(&place_name(id, text)), &row.content),
        (Place::Row(id), _) => (say.row)(&place_name(id, text)),
        (Place::Info, _) => say.plan.to_string(),
        (Place::Tail, _) => say.tail.to_string(),
        (place, _) => place.node().map(|id| place_name(id, text)).unwrap_or_default(),
    }
}
