//! The agenda: its sections, when each item begins, who speaks for how long, which papers are there.

use super::{Column, Row, columns, facts};
use crate::domain::{Field, Plan, RecordId, RecordKind, Str};
use crate::tui::look::Look;
use crate::tui::term::Pane;

const COLUMNS: [Column; 8] = [
    Column { cells: 3, from: 0 },
    Column { cells: 5, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 14, from: 56 },
    Column { cells: 10, from: 84 },
    Column { cells: 4, from: 36 },
    Column { cells: 6, from: 66 },
    Column { cells: 12, from: 100 },
];

/// Items and their papers, under the headings of their sections.
pub(super) fn rows(plan: &Plan, meeting: &str) -> Vec<Row> {
    let mut out = Vec::new();
    let mut section = Str::new();
    for (id, item) in facts::items_of(plan, meeting) {
        let own = item.text(Field::Section);
        if own != section.as_str() && !own.is_empty() {
            out.push(Row::Head(own.into()));
        }
        section = own.into();
        out.push(Row::Record(id.clone()));
        out.extend(facts::papers(plan, id).into_iter().map(|(paper, _)| Row::Record(paper.clone())));
    }
    out
}

pub(super) fn draw_head<'a>(look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
    let say = &look.text.rooms;
    let field = |field| (look.text.records.field)(RecordKind::Item, field);
    let names = ["", say.start, say.matter, say.unit, say.speaker, field(Field::Minutes), say.papers, say.clause];
    for ((x, cells), name) in columns(pane.size().0, 2, COLUMNS).into_iter().zip(names) {
        pane.put_short(x, 0, cells, look.theme.quiet, name);
    }
}

/// Draws an item or one of its papers.
pub(super) fn draw_row<'a>(look: &Look<'a>, id: &RecordId, pane: &mut Pane<'_, 'a>) {
    let plan = look.workspace.plan();
    let Some(record) = plan.record(id) else { return };
    let (say, theme) = (&look.text.rooms, look.theme);
    let width = pane.size().0;
    let [nth, start, title, unit, speaker, minutes, papers, clause] = columns(width, 2, COLUMNS);
    if id.kind == RecordKind::Paper {
        let (mark, style, words) = match record.date(Field::Received) {
            Some(date) => ("✓", theme.good, format!("{} {date}", say.received)),
            None => (
                "·",
                theme.warn,
                match record.date(Field::Due) {
                    Some(date) => format!("{} {date}", say.not_received),
                    None => say.not_received.to_string(),
                },
            ),
        };
        let right = 20.min(width / 3);
        pane.put(title.0, 0, 2, style, mark);
        let name = record.text(Field::Name).to_string();
        pane.put_short(title.0 + 2, 0, width.saturating_sub(title.0 + right + 3), theme.quiet, name);
        return pane.put_short(width.saturating_sub(right), 0, right, style, words);
    }
    let times = facts::times(plan, &id.meeting);
    let Some((_, _, number, at)) = times.into_iter().find(|(other, ..)| *other == id) else { return };
    let state = record.text(Field::State);
    let is_off = matches!(state, "dropped" | "postponed");
    let plain = if is_off { theme.quiet } else { theme.plain };
    let is_current = facts::meeting(plan, &id.meeting).is_some_and(|m| m.text(Field::Current) == id.key.as_str());
    let mark = match state {
        "discussed" => "✓".to_string(),
        "dropped" => "×".to_string(),
        "postponed" => "…".to_string(),
        _ if is_current => "▸".to_string(),
        _ => number.to_string(),
    };
    pane.put(nth.0, 0, nth.1, if is_current { theme.accent } else { theme.quiet }, mark);
    let begins = at.map_or_else(String::new, |time| time.format("%H:%M").to_string());
    pane.put(start.0, 0, start.1, theme.quiet, begins);
    let mut words = record.text(Field::Title).to_string();
    if is_off {
        words = format!("{words}（{}）", facts::role_words(record, id.kind, Field::State, look.text));
    } else if record.flag(Field::Motion) {
        words = format!("{words}（{}）", (look.text.records.field)(id.kind, Field::Motion));
    }
    pane.put_short(title.0, 0, title.1, plain, words);
    let name = record.unit(Field::Unit).map_or(String::new(), |unit| unit.to_string());
    pane.put_short(unit.0, 0, unit.1, plain, name);
    pane.put_short(speaker.0, 0, speaker.1, plain, record.text(Field::Speaker).to_string());
    let count = record.number(Field::Minutes).map_or(String::new(), |count| count.to_string());
    pane.put_right(minutes.0, 0, minutes.1, if facts::is_over(plan, &id.meeting) { theme.warn } else { plain }, count);
    let of = facts::papers(plan, id);
    if !of.is_empty() {
        let have = of.iter().filter(|(_, paper)| paper.date(Field::Received).is_some()).count();
        let style = if have == of.len() { theme.good } else { theme.warn };
        let mark = if have == of.len() { "✓" } else { " " };
        pane.put_short(papers.0 + 1, 0, papers.1.saturating_sub(1), style, format!("{have}/{}{mark}", of.len()));
    }
    pane.put_short(clause.0, 0, clause.1, theme.quiet, facts::clauses(record, look.text));
}
