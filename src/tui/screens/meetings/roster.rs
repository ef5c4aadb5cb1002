//! Who is to come and who came.

use super::{Column, Row, columns, facts};
use crate::domain::{Field, Plan, RecordId};
use crate::tui::look::Look;
use crate::tui::term::Pane;
use ratatui::style::Style;

const COLUMNS: [Column; 6] = [
    Column { cells: 3, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 10, from: 0 },
    Column { cells: 10, from: 70 },
    Column { cells: 12, from: 52 },
    Column { cells: 20, from: 80 },
];

pub(super) fn rows(plan: &Plan, meeting: &str) -> Vec<Row> {
    facts::attendees(plan, meeting).into_iter().map(|(id, _)| Row::Record(id.clone())).collect()
}

/// The colour of an attendance; the word says it too.
pub fn style(look: &Look, attendance: &str) -> Style {
    match attendance {
        "present" | "substitute" => look.theme.good,
        "observer" => look.theme.accent,
        "leave" => look.theme.warn,
        "absent" => look.theme.bad,
        _ => look.theme.quiet,
    }
}

/// Draws a department: attendance, reply, who came.
pub(super) fn draw_row<'a>(look: &Look<'a>, id: &RecordId, pane: &mut Pane<'_, 'a>) {
    let plan = look.workspace.plan();
    let Some(record) = plan.record(id) else { return };
    let [nth, unit, came, reply, name, post] = columns(pane.size().0, 2, COLUMNS);
    let at = plan.units.iter().position(|unit| unit.id.as_str() == id.key.as_str());
    pane.put_right(nth.0, 0, nth.1, look.theme.quiet, at.map_or(String::new(), |at| (at + 1).to_string()));
    pane.put_short(unit.0, 0, unit.1, look.theme.plain, id.key.to_string());
    let attended = record.text(Field::Attendance);
    let words = match attended {
        "" => look.text.words.nothing.to_string(),
        _ => facts::role_words(record, id.kind, Field::Attendance, look.text),
    };
    pane.put_short(came.0, 0, came.1, style(look, attended), words);
    let word = facts::role_words(record, id.kind, Field::Reply, look.text);
    pane.put_short(reply.0, 0, reply.1, look.theme.quiet, word);
    pane.put_short(name.0, 0, name.1, look.theme.plain, record.text(Field::Name).to_string());
    pane.put_short(post.0, 0, post.1, look.theme.quiet, record.text(Field::Post).to_string());
}
