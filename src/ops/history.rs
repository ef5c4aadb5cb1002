//! The history of the plan, of a place in it, or of one field: who, when, by which meeting or letter.

use super::difference::{Basis, Difference, differences};
use super::target::find_target;
use super::{Refusal, resolve};
use crate::domain::{Entry, EntryKind, NodeId, Plan, Status, TargetId, UnitId};
use crate::edit::{Change, Place, Value};
use crate::git::GitError;
use crate::store::layout;
use crate::workspace::{Archive, Step, Workspace};
use chrono::NaiveDate;

/// What the history is asked of.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    Plan,
    /// A node and everything below it.
    Node(NodeId),
    Unit(UnitId),
    Target(TargetId),
    /// One field.
    Field(Place),
}

/// Something that happened, and the commit that brought it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub commit: String,
    pub who: String,
    pub when: Option<NaiveDate>,
    pub subject: String,
    pub difference: Difference,
}

/// What happened, newest first; at most `limit` things, after the commit `since` where one is given.
///
/// `names` takes what the targets that occur are called.
///
/// # Errors
/// No repository, no commit; whatever git says.
pub fn history(
    archive: &mut Archive,
    about: &About,
    limit: usize,
    since: Option<&str>,
    names: &mut Plan,
) -> Result<Vec<Event>, GitError> {
    if archive.repo().head().is_none() {
        archive.commit_of(&crate::workspace::State::head())?;
    }
    if let (About::Field(place), None) = (about, since)
        && let Some(file) = file_of(place)
    {
        return field_history(archive, place, &file, limit, names);
    }
    let below = files_of(about);
    let range = since.map_or("HEAD".to_string(), |since| format!("{since}..HEAD"));
    let mut events = Vec::new();
    let mut told = 0;
    archive.walk(&range, &below, |commit, between| {
        if !between.new.targets.is_empty() && names.targets.is_empty() {
            names.targets.clone_from(&between.new.targets);
        }
        for difference in differences(between.changes) {
            if told < limit && is_about(&difference, about) {
                // what only goes along with another difference is said by it
                told += usize::from(difference.with.is_none());
                events.push(Event {
                    commit: commit.oid.to_string(),
                    who: commit.author.clone(),
                    when: commit.day,
                    subject: commit.subject().to_string(),
                    difference,
                });
            }
        }
        told < limit
    })?;
    Ok(events)
}

/// Refuses a place that is neither in the plan nor was in any version of it.
///
/// # Errors
/// The refusal of the place; whatever git says.
pub fn was_ever(archive: &mut Archive, workspace: &Workspace, about: &About) -> Result<(), Refusal> {
    let (here, named) = match about {
        About::Plan | About::Unit(_) => return Ok(()),
        About::Node(id) => (resolve(workspace, id.as_str()).map(drop), about.clone()),
        About::Target(id) => (find_target(workspace, id.as_str()).map(drop), about.clone()),
        About::Field(Place::Actual(id, _)) => {
            (find_target(workspace, id.as_str()).map(drop), About::Target(id.clone()))
        }
        About::Field(place) => match place.node() {
            Some(id) => (resolve(workspace, id.as_str()).map(drop), About::Node(id.clone())),
            None => return Ok(()),
        },
    };
    let Err(refusal) = here else { return Ok(()) };
    let then = history(archive, &named, 1, None, &mut Plan::default())?;
    if then.is_empty() { Err(refusal) } else { Ok(()) }
}

fn field_history(
    archive: &mut Archive,
    place: &Place,
    file: &str,
    limit: usize,
    names: &mut Plan,
) -> Result<Vec<Event>, GitError> {
    let (mut steps, reasons) = archive.steps(place, file)?;
    steps.truncate(limit);
    if matches!(place, Place::Actual(..))
        && let Some(text) = archive.file(&crate::workspace::State::head(), layout::TARGETS)?
    {
        let _ = layout::read_into(names, layout::TARGETS, &text);
    }
    Ok(steps.into_iter().map(|step| event(step, &reasons)).collect())
}

fn event(step: Step, reasons: &[Entry]) -> Event {
    let Step { commit, who, when, subject, place, old, new } = step;
    let mut found = differences(vec![Change::new(place, old, new)]);
    let mut difference = found.remove(0);
    let told =
        reasons.iter().filter(|entry| tells(entry, &difference) && when.is_none_or(|day| entry.id.date() <= day));
    // of several that fit, the last one before the commit
    let reason = told.max_by(|one, other| one.id.cmp(&other.id)).filter(|entry| !entry.text.is_empty());
    if let Some(entry) = reason {
        difference.basis = Some(Basis { text: entry.text.clone(), by: entry.by.clone() });
    }
    Event { commit, who, when, subject, difference }
}

/// Whether a log entry gives the reason of a change.
fn tells(entry: &Entry, difference: &Difference) -> bool {
    let status = |value: &Option<Value>| match value {
        Some(Value::Status(status)) => *status,
        _ => Status::default(),
    };
    let (old, new) = (&difference.old, &difference.new);
    match &entry.kind {
        EntryKind::Note | EntryKind::Progress => false,
        EntryKind::Status { from, to } => *from == status(old) && *to == status(new),
        EntryKind::Deadline { from, to } => from.clone().map(Value::Due) == *old && to.clone().map(Value::Due) == *new,
    }
}

fn is_about(difference: &Difference, about: &About) -> bool {
    match about {
        About::Plan => true,
        About::Field(place) => difference.place == *place,
        About::Unit(unit) => difference.units().contains(unit),
        About::Target(id) => match &difference.place {
            Place::Actual(target, _) | Place::Target(target) => target == id,
            _ => false,
        },
        About::Node(id) => difference.place.node().is_some_and(|node| node.is_within(id)),
    }
}

/// The file that a place stands in; `None` for places of many files.
fn file_of(place: &Place) -> Option<String> {
    match place {
        Place::Status(id) | Place::Due(id) | Place::OriginalDue(id) | Place::Lead(id) | Place::Responsible(id) => {
            Some(layout::tasks_file(id.parent().as_ref().unwrap_or(id).as_str()))
        }
        Place::RowLead(_) | Place::Cell(..) | Place::Row(_) => Some(layout::MATRIX.to_string()),
        Place::Actual(..) | Place::Target(_) => Some(layout::TARGETS.to_string()),
        Place::Info => Some(layout::INFO.to_string()),
        Place::Node(_) | Place::Repairs(_) | Place::Tail => Some(layout::TEXT.to_string()),
        Place::Unit(_) => Some(layout::UNITS.to_string()),
        Place::Record(id) | Place::Field(id, _) => Some(layout::records::file_of(id)),
        Place::Conflict(file, _) => Some(file.to_string()),
        Place::Entry(..) => None,
    }
}

/// The files that the answer may stand in; none for all of them.
fn files_of(about: &About) -> Vec<String> {
    let names = |names: &[&str]| names.iter().map(|name| name.to_string()).collect();
    match about {
        About::Plan => Vec::new(),
        About::Field(Place::Entry(node, _)) => vec![format!("{}/{node}", layout::LOG)],
        About::Field(place) => file_of(place).into_iter().collect(),
        About::Unit(_) => names(&[layout::UNITS, layout::MATRIX, layout::TASKS]),
        About::Target(_) => names(&[layout::TARGETS]),
        About::Node(id) => match id.numbers().len() {
            3.. => {
                let row = id.parent().unwrap_or_else(|| id.clone());
                vec![layout::tasks_file(row.as_str()), format!("{}/{id}", layout::LOG), layout::TEXT.to_string()]
            }
            2 => vec![
                layout::tasks_file(id.as_str()),
                layout::MATRIX.to_string(),
                layout::TEXT.to_string(),
                layout::LOG.to_string(),
            ],
            _ => Vec::new(),
        },
    }
}

/// The place of a field as people name it; `None` where there is no such field. A department's name is its cell in a row, a year
/// the figure of a target.
pub fn field_place(id: &str, field: &str, unit: impl Fn(&str) -> Option<UnitId>) -> Option<Place> {
    let node = || NodeId::parse(id);
    let is_row = node().is_some_and(|node| node.numbers().len() == 2);
    match field.trim() {
        "status" | "状态" => node().map(Place::Status),
        "due" | "deadline" | "时限" | "完成时限" => node().map(Place::Due),
        "original_due" | "原定时限" => node().map(Place::OriginalDue),
        "lead" | "牵头" | "牵头单位" if is_row => node().map(Place::RowLead),
        "lead" | "牵头" | "牵头单位" => node().map(Place::Lead),
        "responsible" | "责任" | "责任单位" => node().map(Place::Responsible),
        "text" | "title" | "正文" | "标题" => node().map(Place::Node),
        "repairs" | "修补" => node().map(Place::Repairs),
        other => match other.trim_end_matches('年').parse::<i32>() {
            Ok(year) => Some(Place::Actual(TargetId::new(id.to_ascii_uppercase()), year)),
            Err(_) if is_row => node().zip(unit(other)).map(|(node, unit)| Place::Cell(node, unit)),
            Err(_) => None,
        },
    }
}
