//! Outcomes, refusals and changes as sentences. Both front ends say them in these words.

use super::say_past::{say_git, state_name};
use super::{InitRefusal, Located, Outcome, Refusal, conflict_sentence};
use crate::domain::meeting::MeetingKind;
use crate::domain::{
    Due, Field, FieldValue, NodeId, Plan, Record, RecordId, RecordKind, Rule, Str, UnitId, due::DueError, linked,
};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::store::{FileError, JournalError, ProblemKind};
use crate::text::{Lang, Text};
use crate::workspace::{CommitError, OpenError, UndoError};
use std::io;

/// A place as each language shows it: 三（一）2, or 3.1.2.
pub fn place_name(id: &NodeId, text: &Text) -> String {
    match text.lang {
        Lang::Zh => id.printed(),
        Lang::En => id.to_string(),
    }
}

/// Says one change: 三（二）4 完成时限 2024-12-31 → 2025-06-30.
pub fn describe(change: &Change, plan: &Plan, text: &Text) -> String {
    let say = &text.outcomes;
    let nothing = match &change.place {
        // a task without departments of its own has those of its row
        Place::Lead(_) | Place::Responsible(_) => say.as_row,
        _ => text.words.nothing,
    };
    let old = change.old.as_ref().map_or(nothing.to_string(), |value| value_words(value, text));
    let new = change.new.as_ref().map_or(nothing.to_string(), |value| value_words(value, text));
    let field = |id: &NodeId, name: &str| (say.field)(&place_name(id, text), name, &old, &new);
    match &change.place {
        Place::Status(id) => {
            let word = |value: &Option<Value>| match value {
                Some(Value::Status(status)) => (text.words.status)(*status),
                _ => (text.words.status)(Default::default()),
            };
            (say.field)(&place_name(id, text), say.field_status, word(&change.old), word(&change.new))
        }
        Place::Due(id) => field(id, say.field_due),
        Place::OriginalDue(id) => field(id, say.field_original_due),
        Place::Lead(id) | Place::RowLead(id) => field(id, say.field_lead),
        Place::Responsible(id) => match came_and_went(change) {
            Some((come, gone)) => {
                let list = |units: &[UnitId]| (!units.is_empty()).then(|| unit_list(units, text));
                (say.units)(&place_name(id, text), say.field_responsible, list(&come), list(&gone))
            }
            None => field(id, say.field_responsible),
        },
        Place::Cell(row, unit) => {
            let place = format!("{} {unit}", place_name(row, text));
            (say.field)(&place, say.field_role, &old, &new)
        }
        Place::Entry(node, _) => {
            let entry = change.new.as_ref().or(change.old.as_ref());
            let Some(Value::Entry(entry)) = entry else { return (say.record_changed)(&place_name(node, text)) };
            let first = entry.text.lines().next().unwrap_or_default();
            let kind = (text.words.entry)(&entry.kind);
            let sentence = if change.new.is_some() { say.entry_added } else { say.entry_removed };
            sentence(&place_name(node, text), kind, first)
        }
        Place::Actual(target, year) => {
            let name = plan.targets.iter().find(|t| t.id == *target).map_or(target.as_str(), |t| t.name.as_str());
            (say.actual)(name, *year, &old, &new)
        }
        Place::Info => (say.record_changed)("plan.toml"),
        Place::Tail => (say.record_changed)("text.toml"),
        Place::Node(id) | Place::Repairs(id) | Place::Row(id) => (say.record_changed)(&place_name(id, text)),
        Place::Unit(unit) => (say.record_changed)(unit.as_str()),
        Place::Target(target) => (say.record_changed)(target.as_str()),
        Place::Record(id) => {
            let record = change.new.as_ref().or(change.old.as_ref());
            let record =
                record.and_then(|value| if let Value::Record(record) = value { Some(&**record) } else { None });
            let name = record_name(id, record, text);
            if change.new.is_some() { (text.records.made)(&name) } else { (text.records.gone)(&name) }
        }
        Place::Field(id, name) => {
            let words = |value: &Option<Value>| match value {
                Some(Value::Field(value)) => match linked(id, *name, value) {
                    Some(to) => record_name(&to, plan.record(&to), text),
                    None => field_words(id, *name, value, text),
                },
                _ => text.words.nothing.to_string(),
            };
            let what = record_name(id, plan.record(id), text);
            (say.field)(&what, (text.records.field)(id.kind, *name), &words(&change.old), &words(&change.new))
        }
        Place::Conflict(_, id) => match &change.new {
            None => (text.conflicts.closed)(id),
            Some(_) => (text.conflicts.opened)(id),
        },
    }
}

/// The departments that a list gained and lost, where both lists are there and more than their order differs.
fn came_and_went(change: &Change) -> Option<(Vec<UnitId>, Vec<UnitId>)> {
    let (Some(Value::Units(old)), Some(Value::Units(new))) = (&change.old, &change.new) else { return None };
    let only = |one: &[UnitId], other: &[UnitId]| -> Vec<UnitId> {
        one.iter().filter(|unit| !other.contains(unit)).cloned().collect()
    };
    let (come, gone) = (only(new, old), only(old, new));
    (come.len() + gone.len() > 0 && gone.len() < old.len()).then_some((come, gone))
}

/// A value in words.
pub fn value_words(value: &Value, text: &Text) -> String {
    match value {
        Value::Status(status) => (text.words.status)(*status).to_string(),
        Value::Due(due) => due_words(due),
        Value::Unit(unit) => unit.to_string(),
        Value::Units(units) => unit_list(units, text),
        Value::Role(role) => (text.words.role)(*role),
        Value::Entry(entry) => entry.text.to_string(),
        Value::Actual(actual) => actual.value.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Info(_)
        | Value::Node(..)
        | Value::Repairs(_)
        | Value::UnitRecord(..)
        | Value::Target(..)
        | Value::Record(_)
        | Value::Conflict(_)
        | Value::Row(..) => "…".to_string(),
        // what a field's value is called depends on the field
        Value::Field(_) => "…".to_string(),
    }
}

/// A deadline in one word: the date, or the words of an open one.
fn due_words(due: &Due) -> String {
    due.date.map_or_else(|| due.wording.to_string(), |date| date.to_string())
}

/// A deadline with the words it was given in: 2024-12-31（2024年底）.
pub fn due_in_full(due: &Due, text: &Text) -> String {
    match due.date {
        Some(date) if !due.wording.is_empty() => (text.words.due_as)(&date.to_string(), &due.wording),
        _ => due_words(due),
    }
}

fn unit_list(units: &[UnitId], text: &Text) -> String {
    if units.is_empty() {
        return text.words.none.to_string();
    }
    units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(text.words.comma)
}

/// A record as people call it: 议题“…”, 2025-03-20 全体会议 市教育局.
pub fn record_name(id: &RecordId, record: Option<&Record>, text: &Text) -> String {
    let words = &text.records;
    let short = |text: &str| {
        let cut: String = text.chars().take(20).collect();
        if cut.len() < text.len() { format!("{cut}…") } else { cut }
    };
    let kind = (words.kind)(id.kind);
    let meeting = meeting_day(&id.meeting, text);
    match id.kind {
        RecordKind::Office => kind.to_string(),
        RecordKind::Meeting => meeting,
        RecordKind::Attendee => format!("{meeting} {}", id.key),
        RecordKind::Minutes => format!("{meeting} {kind}"),
        RecordKind::Step | RecordKind::Stage => {
            let token = record.map_or("", |record| record.text(Field::Kind));
            format!("{meeting} {}", (words.word)(id.kind, Field::Kind, token))
        }
        // many say no more than that they agree
        RecordKind::Opinion => {
            let unit = record.and_then(|record| record.unit(Field::Unit));
            let clauses = record.map_or(&[][..], |record| record.nodes(Field::Tasks)).iter();
            let named: Vec<String> =
                unit.map(ToString::to_string).into_iter().chain(clauses.map(|id| place_name(id, text))).collect();
            (words.name)(kind, if named.is_empty() { id.key.to_string() } else { named.join(" ") }.as_str())
        }
        RecordKind::Notice => match record.and_then(|record| record.number(Field::Number)) {
            Some(number) => format!("{meeting} {kind} {number}"),
            None => format!("{meeting} {kind}"),
        },
        RecordKind::Call => match record.and_then(|record| record.date(Field::Date)) {
            Some(date) => format!("{kind} {date}"),
            None => kind.to_string(),
        },
        RecordKind::Topic
        | RecordKind::Dismissal
        | RecordKind::Draft
        | RecordKind::Item
        | RecordKind::Paper
        | RecordKind::Line
        | RecordKind::Outcome
        | RecordKind::Sentence
        | RecordKind::Correction => {
            let named =
                [Field::Title, Field::Name, Field::Text].map(|field| record.map_or("", |record| record.text(field)));
            let name = named.into_iter().find(|name| !name.is_empty()).unwrap_or(&id.key);
            (words.name)(kind, &short(name.lines().next().unwrap_or_default()))
        }
    }
}

/// A meeting by its day and kind, from its folder's name: 2025-03-20 全体会议; the name itself where it is no such name.
fn meeting_day(id: &str, text: &Text) -> String {
    let parts =
        id.get(10..).and_then(|rest| rest.strip_prefix('-')).map(|rest| rest.split_once('-').unwrap_or((rest, "")));
    let Some((kind, more)) = parts.filter(|(kind, _)| MeetingKind::ALL.iter().any(|known| known.token() == *kind))
    else {
        return id.to_string();
    };
    let kind = (text.records.word)(RecordKind::Meeting, Field::Kind, kind);
    format!("{} {kind} {more}", &id[..10]).trim_end().to_string()
}

/// The value of a record's field in words.
fn field_words(id: &RecordId, field: Field, value: &FieldValue, text: &Text) -> String {
    match value {
        FieldValue::Word(word) => (text.records.word)(id.kind, field, word).to_string(),
        FieldValue::Text(text) => text.to_string(),
        FieldValue::Texts(texts) => texts.join(text.words.comma),
        FieldValue::Unit(unit) => unit.to_string(),
        FieldValue::Units(units) => unit_list(units, text),
        FieldValue::Nodes(nodes) => {
            nodes.iter().map(|id| place_name(id, text)).collect::<Vec<_>>().join(text.words.comma)
        }
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Time(time) => time.format("%H:%M").to_string(),
        FieldValue::Due(due) => due_words(due),
        FieldValue::Number(count) if matches!(field, Field::Minutes | Field::Length) => (text.records.minutes)(*count),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Flag(_) => text.records.yes.to_string(),
    }
}

/// Says changes that were made together: the first that people asked for, and how many there are.
fn say_changes(transaction: &Transaction, plan: &Plan, text: &Text) -> String {
    let is_main =
        |change: &&Change| !matches!(change.place, Place::Entry(..) | Place::OriginalDue(_) | Place::Conflict(..));
    let main: Vec<&Change> = transaction.changes.iter().filter(is_main).collect();
    let shown: Vec<&Change> = if main.is_empty() { transaction.changes.iter().collect() } else { main };
    match shown.as_slice() {
        [] => text.outcomes.unchanged.to_string(),
        [one] => describe(one, plan, text),
        [first, ..] => (text.outcomes.and_more)(&describe(first, plan, text), shown.len()),
    }
}

/// Says what an operation did, in one line.
pub fn say_outcome(outcome: &Outcome, plan: &Plan, text: &Text) -> String {
    match outcome {
        Outcome::Saved(transaction) => say_changes(transaction, plan, text),
        Outcome::Unchanged => text.outcomes.unchanged.to_string(),
        Outcome::TakenBack { by: Verb::Redo, changes, .. } => (text.outcomes.redone)(&say_changes(changes, plan, text)),
        // what is named is the step that was taken back, as it was said when it was done
        Outcome::TakenBack { changes, .. } => {
            (text.outcomes.undone)(&say_changes(&changes.invert(changes.verb), plan, text))
        }
    }
}

/// Says what others have changed, in one line.
pub fn state_sentence(changes: &[Change], files: &[String], plan: &Plan, text: &Text) -> String {
    let what = match changes {
        [] => files.join(text.words.comma),
        changes => say_changes(&Transaction { verb: Verb::Import, changes: changes.to_vec() }, plan, text),
    };
    (text.outcomes.outside)(&what)
}

/// Says why an operation was not done.
pub fn say_refusal(refusal: &Refusal, text: &Text) -> String {
    let say = &text.errors;
    let place = |id: &NodeId| place_name(id, text);
    let status = |status| (text.words.status)(status);
    match refusal {
        Refusal::UnknownId { text } => (say.unknown_id)(text),
        Refusal::NotTracked { id, kind } => (say.not_tracked)(&place(id), (text.words.kind)(*kind)),
        Refusal::NotAssignable { id } => (say.not_assignable)(&place(id)),
        Refusal::UnknownUnit { name } => (say.unknown_unit)(name),
        Refusal::AmbiguousUnit { name, candidates } => (say.ambiguous_unit)(name, &unit_list(candidates, text)),
        Refusal::UnknownTarget { id, known } => {
            let known: Vec<&str> = known.iter().map(|target| target.as_str()).collect();
            (say.unknown_target)(id, &known.join(text.words.comma))
        }
        Refusal::ReasonNeeded { id, from, to } => (say.reason_needed)(&place(id), status(*from), status(*to)),
        Refusal::Due { text: _, error: DueError::Empty } => say.due_empty.to_string(),
        Refusal::Due { text, error: DueError::NoSuchDate { year, month, day } } => {
            (say.no_such_date)(text, *year, *month, *day)
        }
        Refusal::Due { text, error: DueError::NotUnderstood { .. } } => (say.due_not_understood)(text),
        Refusal::EmptyNote => say.empty_note.to_string(),
        Refusal::NoteTooLong { bytes, limit } => (say.note_too_long)(*bytes, *limit),
        Refusal::LeadAlsoResponsible { id, unit } => (say.lead_also_responsible)(&place(id), unit.as_str()),
        Refusal::LeadNeeded { id } => (say.lead_needed)(&place(id)),
        Refusal::TwoLeads { id } => (say.two_leads)(&place(id)),
        Refusal::NotResponsible { id, unit } => (say.not_responsible)(&place(id), unit.as_str()),
        Refusal::NothingAsked => say.nothing_asked.to_string(),
        Refusal::YearOutsidePeriod { year, period } => (say.year_outside_period)(*year, period.0, period.1),
        Refusal::NoSource => say.no_source.to_string(),
        Refusal::UnknownChange { word } => (text.review.unknown_change)(word),
        Refusal::WholeFile => text.review.whole_file.to_string(),
        Refusal::NothingToCommit { returned } => (text.review.nothing_to_commit)(*returned),
        Refusal::NoMessage => text.review.no_message.to_string(),
        Refusal::Busy => text.review.busy.to_string(),
        Refusal::EmptyVersion => text.review.tag_empty.to_string(),
        Refusal::VersionTaken { name } => (text.review.tag_taken)(name),
        Refusal::Git(error) => say_git(error, text),
        Refusal::Unsettled(error) => super::say_unsettled(error, text),
        Refusal::Meeting(refusal) => super::meeting::say_meeting_refusal(refusal, text),
        Refusal::Undo { by, error: UndoError::Nothing } => match by {
            Verb::Redo => say.nothing_to_redo.to_string(),
            _ => say.nothing_to_undo.to_string(),
        },
        Refusal::Follow(refusal) => super::say_follow::say_follow(refusal, text),
        Refusal::Opinion(refusal) => super::opinion::say_opinion(refusal, text),
        Refusal::Minutes(refusal) => super::say_minutes::say_minutes(refusal, text),
        Refusal::Undo { error: UndoError::Unreadable, .. } => say.undo_unreadable.to_string(),
        Refusal::Undo { error: UndoError::Commit(error), .. } | Refusal::Commit(error) => say_commit(error, text),
    }
}

pub(super) fn say_commit(error: &CommitError, text: &Text) -> String {
    let say = &text.errors;
    match error {
        CommitError::Stale(place) => (say.stale)(&place_words(place, text)),
        CommitError::Damaged { file } => (say.damaged)(file),
        CommitError::NotLines { file, line } => (say.not_lines)(file, *line),
        CommitError::NoTable { file, place } => (say.no_table)(file, &place_words(place, text)),
        CommitError::ReadBack { file } => (say.read_back)(file),
        CommitError::Journal(error) => say_journal(error, text),
        CommitError::Past { state } => (text.past.read_only)(&state_name(state, text)),
    }
}

fn place_words(place: &Place, text: &Text) -> String {
    match place {
        Place::Actual(target, year) => format!("{target} {year}"),
        Place::Unit(unit) => unit.to_string(),
        Place::Target(target) => target.to_string(),
        Place::Conflict(file, id) => format!("{file} {id}"),
        Place::Record(id) | Place::Field(id, _) => record_name(id, None, text),
        place => place.node().map_or_else(|| "plan.toml".to_string(), |id| place_name(id, text)),
    }
}

fn say_journal(error: &JournalError, text: &Text) -> String {
    match error {
        JournalError::ChangedOnDisk { file } => (text.errors.changed_on_disk)(file),
        JournalError::File(error) => say_file(error, text),
        JournalError::Private { path, error } => say_io(&path.display().to_string(), error, text),
        JournalError::HalfDone { error } => (text.errors.half_done)(&say_file(error, text)),
    }
}

/// Says why a file could not be read or written.
pub fn say_file(error: &FileError, text: &Text) -> String {
    let say = &text.errors;
    match error {
        FileError::Io { path, error } => say_io(&path.display().to_string(), error, text),
        FileError::NotUtf8 { path, line } => format!("{}:{line}: {}", path.display(), say.not_utf8),
        FileError::TooLarge { path, bytes } => {
            format!("{}: {}", path.display(), (say.too_large)(*bytes, crate::store::MAX_FILE))
        }
        FileError::Outside { path } => format!("{}: {}", path.display(), say.outside),
    }
}

/// Says what the disk said, with the two usual cases in plain words.
fn say_io(path: &str, error: &io::Error, text: &Text) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (text.errors.disk_full)(path),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (text.errors.read_only)(path),
        io::ErrorKind::NotFound => (text.errors.file_not_found)(path),
        _ => (text.errors.disk)(path, &error.to_string()),
    }
}

/// Says why a plan could not be opened.
pub fn say_open(error: &OpenError, text: &Text) -> String {
    match error {
        OpenError::NoSuchPlan { id, known } => (text.errors.no_such_plan)(id, &known.join(text.words.comma)),
        OpenError::WhichPlan { known } => (text.errors.which_plan)(&known.join(text.words.comma)),
        OpenError::NotThen { id, state } => (text.past.not_then)(id, &state_name(state, text)),
        OpenError::Git(error) => say_git(error, text),
    }
}

/// Says why no workspace was made.
pub fn say_init(refusal: &InitRefusal, text: &Text) -> String {
    match refusal {
        InitRefusal::NotEmpty { path } => (text.errors.not_empty)(&path.display().to_string()),
        InitRefusal::File(error) => say_file(error, text),
        InitRefusal::Git(error) => say_git(error, text),
    }
}

/// Says what is wrong with a file; the place is said by the caller.
pub fn problem_message(kind: &ProblemKind, text: &Text) -> String {
    let say = &text.errors;
    match kind {
        ProblemKind::Syntax { message } => (say.syntax)(message),
        ProblemKind::NotUtf8 => say.not_utf8.to_string(),
        ProblemKind::MergeConflict => say.merge_conflict.to_string(),
        ProblemKind::MissingFile => say.missing_file.to_string(),
        ProblemKind::TooLarge { bytes, limit } => (say.too_large)(*bytes, *limit),
        ProblemKind::OutsideWorkspace => say.outside.to_string(),
        ProblemKind::Unreadable { message } => (say.unreadable)(message),
        ProblemKind::UnknownKey { key } => (say.unknown_key)(key),
        ProblemKind::UnknownTable { name } => (say.unknown_table)(name),
        ProblemKind::MissingKey { key } => (say.missing_key)(key),
        ProblemKind::BadValue { key, value, expected } => (say.bad_value)(key, value, expected),
        ProblemKind::UnknownFile => say.unknown_file.to_string(),
        ProblemKind::Recovered => say.recovered.to_string(),
    }
}

/// Says a finding of the check: its file, line, column, and what is wrong there.
pub fn say_located<'l>(located: &'l Located, text: &Text) -> (&'l str, u32, u32, String) {
    match located {
        Located::Problem(problem) => {
            (&problem.file, problem.line, problem.column, problem_message(&problem.kind, text))
        }
        Located::Rule { rule, file, line, column } => (file, *line, *column, rule_message(rule, text)),
        Located::Conflict { conflict, line, column } => {
            (&conflict.file, *line, *column, conflict_sentence(conflict, text))
        }
    }
}

/// Says which rule is broken; the place is said by the caller.
pub fn rule_message(rule: &Rule, text: &Text) -> String {
    let say = &text.errors;
    let place = |id: &NodeId| place_name(id, text);
    let short = |words: &Str| words.chars().take(20).collect::<String>();
    match rule {
        Rule::NumberTwice { year, number, minutes } => {
            let meetings: Vec<&str> = minutes.iter().map(|id| id.meeting.as_str()).collect();
            (text.minutes.rule_number_twice)(&(text.minutes.number)(*year, *number), &meetings.join(text.words.comma))
        }
        Rule::LinkLost { at, field, to } => {
            let what = record_name(at, None, text);
            (say.rule_link_lost)(&what, (text.records.field)(at.kind, *field), to)
        }
        Rule::NoLead { row } => (say.rule_no_lead)(&place(row)),
        Rule::LeadAlsoResponsible { row, unit } => (say.rule_lead_also_responsible)(&place(row), unit.as_str()),
        Rule::UnknownUnit { at, unit } => (say.rule_unknown_unit)(&place(at), unit.as_str()),
        Rule::DuplicateId { id } => (say.rule_duplicate_id)(id.as_str()),
        Rule::UnknownNode { id, what } => (say.rule_unknown_node)(id.as_str(), what),
        Rule::DueOutsidePeriod { task, due } => (say.rule_due_outside)(&place(task), *due),
        Rule::RepairAdrift { node, scraped } => (say.rule_repair_adrift)(&place(node), &short(scraped)),
        Rule::ActualOutsidePeriod { target, year } => (say.rule_actual_outside)(target.as_str(), *year),
    }
}
