//! `log`: what was written about one task, or about all, oldest first.

use super::fail::Failure;
use super::meeting::{TouchRecord, print_touches, touches};
use super::session::{Answer, Session, Words};
use super::table::{self, USUAL_WIDTH};
use super::visible;
use crate::domain::{Due, Entry, EntryKind, NodeId, Status};
use crate::ops::place_name;
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use serde::Serialize;

/// An entry as JSON has it.
#[derive(Serialize)]
pub(super) struct EntryRecord<'p> {
    pub node: &'p str,
    pub id: &'p str,
    pub date: NaiveDate,
    pub kind: &'static str,
    pub text: &'p str,
    pub by: Option<&'p str>,
    /// What a change of status or deadline was from and to.
    pub from: Option<String>,
    pub to: Option<String>,
    /// The words that a deadline was given in.
    pub from_text: Option<String>,
    pub to_text: Option<String>,
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let mut workspace = session.open()?;
    let one = words.first().map(|id| session.resolve_one(&workspace, id)).transpose()?;
    match &one {
        Some(node) => {
            workspace.read_log(node, usize::MAX);
            workspace.read_records();
        }
        None => workspace.read_all_logs(),
    }
    let entries = entries(&workspace, one.as_ref());
    let records: Vec<EntryRecord> = entries.iter().map(|(node, entry)| record(node, entry)).collect();
    let text = session.text;
    let touches = one.as_ref().map(|node| touches(workspace.plan(), node)).unwrap_or_default();
    let mut records = records;
    if let Some(node) = &one {
        records.extend(touches.iter().filter_map(|touch| touched(node, touch)));
        records.sort_by_key(|record| record.date);
    }
    let data = session.data(&records, |out| {
        let width = session.world.width.unwrap_or(USUAL_WIDTH);
        entries.iter().for_each(|(node, entry)| print(out, Some(node), entry, width, text));
        print_touches(&touches, width, text, out);
    });
    if entries.is_empty() && touches.is_empty() {
        session.say(text.help.report.no_log);
    }
    Ok(session.browsed(&workspace, data))
}

/// A meeting that touched a task, as an entry of its log.
fn touched<'p>(node: &'p NodeId, touch: &TouchRecord<'p>) -> Option<EntryRecord<'p>> {
    Some(EntryRecord {
        node: node.as_str(),
        id: touch.id,
        date: touch.date?,
        kind: touch.what,
        text: touch.text,
        by: Some(touch.meeting),
        from: None,
        to: None,
        from_text: None,
        to_text: None,
    })
}

/// The entries that have been read, of one node or of all, oldest first.
pub(super) fn entries<'p>(workspace: &'p Workspace, one: Option<&NodeId>) -> Vec<(&'p NodeId, &'p Entry)> {
    let logs = workspace.plan().log.iter().filter(|(node, _)| one.is_none_or(|one| one == *node));
    let mut entries: Vec<(&NodeId, &Entry)> = logs
        .flat_map(|(node, items)| items.iter().filter_map(move |item| Some((node, item.entry.as_ref()?))))
        .collect();
    entries.sort_by_key(|(_, entry)| &entry.id);
    entries
}

pub(super) fn record<'p>(node: &'p NodeId, entry: &'p Entry) -> EntryRecord<'p> {
    let due = |due: &Option<Due>| {
        due.as_ref().map(|due| due.date.map_or_else(|| due.wording.to_string(), |date| date.to_string()))
    };
    let (from, to) = match &entry.kind {
        EntryKind::Note | EntryKind::Progress => (None, None),
        EntryKind::Status { from, to } => (Some(from.token().to_string()), Some(to.token().to_string())),
        EntryKind::Deadline { from, to } => (due(from), due(to)),
    };
    let wording =
        |due: &Option<Due>| due.as_ref().map(|due| due.wording.to_string()).filter(|wording| !wording.is_empty());
    let (from_text, to_text) = match &entry.kind {
        EntryKind::Note | EntryKind::Progress | EntryKind::Status { .. } => (None, None),
        EntryKind::Deadline { from, to } => (wording(from), wording(to)),
    };
    EntryRecord {
        node: node.as_str(),
        id: entry.id.as_str(),
        date: entry.id.date(),
        kind: entry.kind.token(),
        text: &entry.text,
        by: entry.by.as_deref(),
        from,
        to,
        from_text,
        to_text,
    }
}

/// One entry: a line that says when, what and who, and its text below.
pub(super) fn print(out: &mut String, node: Option<&NodeId>, entry: &Entry, width: usize, text: &Text) {
    let words = &text.words;
    let status = |status: Status| (words.status)(status).to_string();
    let due =
        |due: &Option<Due>| due.as_ref().map_or(words.nothing.to_string(), |due| super::tasks::due_words(Some(due)));
    let moved = match &entry.kind {
        EntryKind::Note | EntryKind::Progress => String::new(),
        EntryKind::Status { from, to } => format!("  {} → {}", status(*from), status(*to)),
        EntryKind::Deadline { from, to } => format!("  {} → {}", due(from), due(to)),
    };
    let place = node.map_or(String::new(), |node| format!("  {}", place_name(node, text)));
    let by = entry.by.as_ref().map_or(String::new(), |by| format!("  {by}"));
    let head = format!("{}{place}  {}{moved}{by}", entry.id.date(), (words.entry)(&entry.kind));
    out.push_str(&visible::line(&head));
    if !entry.text.is_empty() {
        out.push_str("\n    ");
        out.push_str(&table::wrap(&entry.text, width, 4));
    }
    out.push('\n');
}
