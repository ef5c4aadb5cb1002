//! What the office keeps of the selected node: responsibility, status, deadline, log.

use crate::domain::meeting::{TouchKind, touches};
use crate::domain::{EntryKind, Node, NodeId, NodeKind, RecordKind, UnitId};
use crate::ops;
use crate::tui::look::Look;
use crate::tui::term::{Measure, Pane};
use ratatui::style::Style;
use std::borrow::Cow;

/// The newest entries that are read for it.
pub const ENTRIES: usize = 20;

/// Lines to draw: label, then text in a style.
pub type Line<'a> = (Cow<'a, str>, Style, Cow<'a, str>);

/// Draws the details of a node.
pub fn draw<'a>(look: &Look<'a>, node: &'a Node, measure: Measure, pane: &mut Pane<'_, 'a>) {
    let (width, height) = pane.size();
    let label = if look.text.lang == crate::text::Lang::Zh { 6 } else { 13 };
    let lines = lines(look, node, usize::from(width.saturating_sub(label + 2)), measure, ENTRIES);
    for (y, (name, style, words)) in lines.into_iter().enumerate().take(usize::from(height)) {
        pane.put(1, y as u16, label, look.theme.quiet, name);
        pane.put(1 + label, y as u16, width.saturating_sub(label + 1), style, words);
    }
}

/// Everything that is kept of a node, wrapped; the newest `most` entries of its log.
pub fn lines<'a>(look: &Look<'a>, node: &'a Node, width: usize, measure: Measure, most: usize) -> Vec<Line<'a>> {
    let say = &look.text.screens;
    let plan = look.workspace.plan();
    let mut out: Vec<Line<'a>> = Vec::new();
    let mut put = |name: &'static str, style: Style, words: Cow<'a, str>| {
        let ranges = measure.wrap(&words, width.max(8), 0);
        for (at, range) in ranges.iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let piece = match &words {
                Cow::Borrowed(words) => Cow::Borrowed(&words[range.clone()]),
                Cow::Owned(words) => Cow::Owned(words[range.clone()].to_string()),
            };
            out.push((name.into(), style, piece));
        }
    };
    if let Some(rollup) = look.rollups.get(&node.id) {
        let words = (say.rollup)(rollup.done, rollup.total, (look.text.words.light)(rollup.worst));
        put(say.progress, look.theme.light(rollup.worst), words.into());
    }
    if node.kind == NodeKind::Chapter && !look.rollups.contains_key(&node.id) {
        identity(look, &mut put);
    }
    let state = plan.state(&node.id);
    if node.kind.is_tracked() {
        let mut words = look.status_word(state.status).to_string();
        let light = plan.light(&node.id, look.today);
        let mut due = String::new();
        if let Some(wanted) = &state.due {
            due = ops::due_in_full(wanted, look.text);
            due.push_str(&format!("  {}", (look.text.words.light)(light)));
        }
        if due.is_empty() {
            due.push_str(look.text.words.nothing);
        }
        if look.workspace.damaged().contains(&look.workspace.tasks_file(&node.id)) {
            words = say.damaged_file.to_string();
        }
        put(say.status, look.theme.status(state.status), words.into());
        put(say.deadline, look.theme.light(light), due.into());
        if let Some(first) = &state.original_due {
            put(say.original, look.theme.quiet, ops::due_in_full(first, look.text).into());
        }
    }
    for conflict in crate::ops::conflicts_of(plan, &node.id).filter(|_| look.is_disputed(&node.id)) {
        let key = look.keymap.key_of(crate::tui::command::Command::Conflicts);
        let words = crate::ops::conflict_sentence(conflict, look.text);
        put(look.text.conflicts.label, look.theme.bad, format!("{words}（{key}）").into());
    }
    let leads = plan.leads(&node.id);
    if !leads.is_empty() {
        let own = |is_own: bool| if is_own { look.theme.own } else { look.theme.plain };
        put(say.lead, own(state.lead.is_some()), list(&leads, look).into());
        put(say.responsible, own(state.responsible.is_some()), list(&plan.responsible(&node.id), look).into());
    }
    for target in plan.targets.iter().filter(|target| target.node == node.id) {
        let latest = target.actuals.iter().next_back().map(|(year, actual)| (*year, actual.value));
        put(say.target, look.theme.plain, (say.target_line)(target, latest).into());
    }
    let repairs = plan.text.repairs_of(&node.id).count();
    if repairs > 0 {
        put(
            say.repairs,
            look.theme.quiet,
            (say.repairs_line)(repairs, look.keymap.key_of(crate::tui::command::Command::Reading)).into(),
        );
    }
    for (at, touch) in touches(plan, &node.id).into_iter().rev().enumerate() {
        let name = if at == 0 { look.text.rooms.meeting_of_task } else { "" };
        let day = touch.meeting.date().map_or(String::new(), |date| date.to_string());
        let words = match touch.kind {
            TouchKind::Item(item) => format!("{day} {}  {}", touch.meeting.title(), item.title()),
            TouchKind::Outcome(outcome) => {
                let kind = (look.text.records.kind)(RecordKind::Outcome);
                format!("{day} {kind}  {}", outcome.text())
            }
        };
        put(name, look.theme.plain, words.into());
    }
    if node.kind.is_tracked() {
        log_lines(look, &node.id, most, &mut put);
    }
    if node.kind == NodeKind::Principle {
        put(say.note, look.theme.quiet, say.principle.into());
    }
    out
}

/// What the document says of itself; shown where there is nothing to track.
fn identity<'a>(look: &Look<'a>, put: &mut impl FnMut(&'static str, Style, Cow<'a, str>)) {
    let (say, info) = (&look.text.screens, &look.workspace.plan().info);
    let plain = look.theme.plain;
    put(say.issuer, plain, info.issuer.as_str().into());
    put(say.number, plain, info.number.as_ref().map_or(say.no_number, |number| number.as_str()).into());
    if let Some(issued) = info.issued {
        put(say.issued, plain, issued.to_string().into());
    }
    if let Some(adopted) = &info.adopted {
        put(say.adopted, plain, adopted.as_str().into());
    }
    if let Some((from, to)) = info.period {
        put(say.period, plain, format!("{from}—{to}").into());
    }
    let years = |from: i32, to: i32| if from == to { from.to_string() } else { format!("{from}—{to}") };
    let phases: Vec<String> = info.phases.iter().map(|p| format!("{} {}", p.name, years(p.from, p.to))).collect();
    if !phases.is_empty() {
        put(say.phases, plain, phases.join("  ").into());
    }
    for (at, parent) in info.implements.iter().enumerate() {
        let name = if at == 0 { say.implements } else { "" };
        put(name, plain, format!("{} {}", parent.number, parent.title).into());
    }
}

fn log_lines<'a>(look: &Look<'a>, id: &NodeId, most: usize, put: &mut impl FnMut(&'static str, Style, Cow<'a, str>)) {
    let say = &look.text.screens;
    let log = look.workspace.log(id);
    if log.is_empty() {
        return;
    }
    put(say.log, look.theme.quiet, (say.log_count)(log.len()).into());
    for item in log.iter().rev().take(most) {
        let Some(entry) = &item.entry else {
            put("", look.theme.bad, format!("{} {}", item.id.date(), say.unreadable_entry).into());
            continue;
        };
        let mut head = format!("{} {}", item.id.date(), (look.text.words.entry)(&entry.kind));
        match &entry.kind {
            EntryKind::Note | EntryKind::Progress => {}
            EntryKind::Status { from, to } => {
                head.push_str(&format!(" {} → {}", look.status_word(*from), look.status_word(*to)));
            }
            EntryKind::Deadline { from, to } => {
                let words = |due: &Option<crate::domain::Due>| {
                    due.as_ref()
                        .map_or_else(|| look.text.words.nothing.to_string(), |due| ops::due_in_full(due, look.text))
                };
                head.push_str(&format!(" {} → {}", words(from), words(to)));
            }
        }
        if let Some(by) = &entry.by {
            head.push_str(&format!("  {by}"));
        }
        put("", look.theme.accent, head.into());
        for line in entry.text.lines() {
            put("", look.theme.plain, line.to_string().into());
        }
    }
}

fn list(units: &[UnitId], look: &Look) -> String {
    if units.is_empty() {
        return look.text.words.none.to_string();
    }
    units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(look.text.words.comma)
}
