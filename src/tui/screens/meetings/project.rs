//! What the room sees on the wall: the item, who speaks, what is being decided. Nothing of the internal record is on it.

use super::{facts, room};
use crate::domain::{Field, RecordKind};
use crate::tui::look::Look;
use crate::tui::term::{Measure, Pane};
use ratatui::layout::Rect;

/// Draws the meeting, large and calm.
pub fn draw<'a>(look: &Look<'a>, meeting: &str, pane: &mut Pane<'_, 'a>, now: u32, measure: Measure) {
    let (width, height) = pane.size();
    let (say, theme, plan) = (&look.text.rooms, look.theme, look.workspace.plan());
    // as wide as is read with ease from afar
    let inside = width.saturating_sub(8).clamp(width.min(20), 120);
    let x = (width - inside) / 2;
    let title = facts::meeting_title(plan, meeting, look.text);
    pane.put_centre(0, 1, width, theme.quiet, title);
    pane.rule(x, 2, inside, theme.rule);
    let Some((id, item)) = facts::current(plan, meeting) else {
        pane.put_centre(0, height / 3, width, theme.strong, say.project_wait);
        let record = facts::meeting(plan, meeting);
        let when = [
            record.and_then(|record| record.date(Field::Date)).map_or(String::new(), |date| date.to_string()),
            facts::time_of(record, Field::Time).map_or(String::new(), |time| time.format("%H:%M").to_string()),
            record.map_or("", |record| record.text(Field::Place)).to_string(),
        ];
        pane.put_centre(0, height / 3 + 2, width, theme.quiet, when.join("  "));
        return;
    };
    let times = facts::times(plan, meeting);
    let at = times.iter().position(|(other, ..)| *other == id).unwrap_or(0);
    pane.put(x, 4, inside, theme.accent, (say.nth)(at + 1, times.len()));
    let (clock, style) = room::clock_of(look, item, now);
    pane.put_right(x + inside / 2, 4, inside - inside / 2, style, clock);
    let mut y = 6;
    let heading = item.text(Field::Title);
    for range in measure.wrap(heading, usize::from(inside.max(8)), 0).into_iter().take(3) {
        pane.put(x, y, inside, theme.strong, heading[range].to_string());
        y += 1;
    }
    let who = [item.unit(Field::Unit).map_or("", |unit| unit.as_str()), item.text(Field::Speaker)].join("  ");
    pane.put_short(x, y + 1, inside, theme.plain, who.trim().to_string());
    y += 3;
    let outcomes = facts::outcomes_of(plan, meeting);
    let of_item = outcomes.into_iter().filter(|(_, outcome)| outcome.text(Field::Item) == id.key.as_str());
    for (_, outcome) in of_item {
        let kind = (look.text.records.word)(RecordKind::Outcome, Field::Kind, outcome.text(Field::Kind));
        let mut words = format!("{kind}  {}", outcome.text(Field::Text));
        if let Some(lead) = outcome.unit(Field::Lead) {
            words.push_str(&format!("（{lead}"));
            if let Some(due) = outcome.due(Field::Due) {
                words.push_str(&format!("，{}", crate::ops::due_in_full(due, look.text)));
            }
            words.push('）');
        }
        for range in measure.wrap(&words, usize::from(inside.max(8)), 0) {
            if y + 3 < height {
                pane.put(x, y, inside, theme.plain, words[range].to_string());
            }
            y += 1;
        }
        y += 1;
    }
    if let Some((_, next, ..)) = times.get(at + 1) {
        pane.tint(Rect::new(x, height.saturating_sub(2), inside, 1), theme.quiet);
        let words = format!("{}  {}", say.next, next.text(Field::Title));
        pane.put_short(x, height.saturating_sub(2), inside, theme.quiet, words);
    }
}
