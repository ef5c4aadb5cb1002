//! The room: what the clerk needs while the meeting sits, on one screen.
//!
//! Nothing ticks. The minutes are those of the last key, which is when somebody looks.

use super::{MeetingsView, Row, facts};
use crate::domain::{Field, Plan, Record, RecordId, RecordKind};
use crate::tui::look::Look;
use crate::tui::term::{Measure, Pane, width as cells_of};
use chrono::{NaiveTime, Timelike};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From so many columns the agenda stands at the left.
const BESIDE: u16 = 110;

/// What was taken down for the current item.
pub(super) fn rows(plan: &Plan, meeting: &str) -> Vec<Row> {
    let Some((item, _)) = facts::current(plan, meeting) else { return Vec::new() };
    taken_down(plan, item).into_iter().map(|(id, _)| Row::Record(id.clone())).collect()
}

/// Decisions first, in order, then the lines of the internal record.
fn taken_down<'p>(plan: &'p Plan, item: &'p RecordId) -> Vec<(&'p RecordId, &'p Record)> {
    let of = |record: &Record| record.text(Field::Item) == item.key.as_str();
    let mut out: Vec<_> =
        facts::outcomes_of(plan, &item.meeting).into_iter().filter(|(_, outcome)| of(outcome)).collect();
    let mut lines: Vec<_> = plan.records_at(RecordKind::Line, &item.meeting).filter(|(_, line)| of(line)).collect();
    lines.sort_by_key(|(id, line)| (facts::time_of(Some(line), Field::At), id.key.clone()));
    out.extend(lines);
    out
}

/// Minutes since an item began, where that is known.
fn used(item: &Record, now: u32) -> Option<i64> {
    let began = facts::time_of(Some(item), Field::At)?;
    let now = NaiveTime::from_num_seconds_from_midnight_opt(now.min(86_399), 0)?;
    let minutes = (i64::from(now.num_seconds_from_midnight()) - i64::from(began.num_seconds_from_midnight())) / 60;
    (minutes >= 0).then_some(minutes)
}

/// Draws the room.
pub(super) fn draw<'a>(view: &'a MeetingsView, look: &Look<'a>, pane: &mut Pane<'_, 'a>, now: u32, measure: Measure) {
    let (width, height) = pane.size();
    let mut main = Rect::new(0, 0, width, height);
    if width >= BESIDE {
        let left = (width * 30 / 100).min(52);
        draw_agenda(view, look, &mut pane.pane(Rect::new(0, 0, left, height)));
        pane.vertical_rule(left, 0, height, look.theme.rule);
        main = Rect::new(left + 1, 0, width - left - 1, height);
    }
    let mut pane = pane.pane(main);
    let plan = look.workspace.plan();
    match facts::current(plan, view.meeting()) {
        Some((id, item)) => draw_item(view, look, id, item, &mut pane, now, measure),
        None => pane.put_short(2, 0, main.width.saturating_sub(3), look.theme.warn, look.text.rooms.not_begun),
    }
}

fn draw_agenda<'a>(view: &'a MeetingsView, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
    let (width, height) = pane.size();
    let plan = look.workspace.plan();
    let times = facts::times(plan, view.meeting());
    let current = facts::current(plan, view.meeting()).map(|(id, _)| id);
    let at = times.iter().position(|(id, ..)| Some(*id) == current).unwrap_or(0);
    let top = (at + 3).saturating_sub(usize::from(height)).min(times.len());
    for (y, (id, item, nth, start)) in times.into_iter().skip(top).take(usize::from(height)).enumerate() {
        let y = y as u16;
        let is_current = Some(id) == current;
        let state = item.text(Field::State);
        let mark = match state {
            "discussed" => "✓".to_string(),
            "dropped" => "×".to_string(),
            "postponed" => "…".to_string(),
            _ => nth.to_string(),
        };
        let style = match (is_current, state) {
            (true, _) => look.theme.accent.patch(look.theme.strong),
            (false, "discussed" | "dropped" | "postponed") => look.theme.quiet,
            (false, _) => look.theme.plain,
        };
        pane.put(0, y, 1, look.theme.accent, if is_current { "▸" } else { " " });
        pane.put_right(1, y, 2, look.theme.quiet, mark);
        pane.put(4, y, 5, look.theme.quiet, start.map_or(String::new(), |time| time.format("%H:%M").to_string()));
        pane.put_short(10, y, width.saturating_sub(15), style, item.text(Field::Title).to_string());
        let minutes = item.number(Field::Minutes).map_or(String::new(), |count| count.to_string());
        pane.put_right(width.saturating_sub(4), y, 3, look.theme.quiet, minutes);
    }
}

fn draw_item<'a>(
    view: &'a MeetingsView,
    look: &Look<'a>,
    id: &RecordId,
    item: &Record,
    pane: &mut Pane<'_, 'a>,
    now: u32,
    measure: Measure,
) {
    let (say, theme, plan) = (&look.text.rooms, look.theme, look.workspace.plan());
    let (width, height) = pane.size();
    let inside = width.saturating_sub(3);
    let times = facts::times(plan, view.meeting());
    let at = times.iter().position(|(other, ..)| *other == id).unwrap_or(0);
    pane.put_short(2, 0, inside / 3, theme.quiet, (say.nth)(at + 1, times.len()));
    let (clock, style) = clock(look, item, now);
    pane.put_right(2 + inside / 3, 0, inside - inside / 3, style, clock);
    let mut y = 1;
    let title = item.text(Field::Title);
    for range in measure.wrap(title, usize::from(inside.max(8)), 0).into_iter().take(2) {
        pane.put(2, y, inside, theme.strong, title[range].to_string());
        y += 1;
    }
    let label = if look.text.lang == crate::text::Lang::Zh { 8 } else { 11 };
    let mut line = |name: &'static str, style: Style, words: String, most: usize| {
        if words.is_empty() || y + 4 > height {
            return;
        }
        let ranges = measure.wrap(&words, usize::from(inside.saturating_sub(label).max(8)), 0);
        for (nth, range) in ranges.into_iter().take(most).enumerate() {
            pane.put(2, y, label, theme.quiet, if nth == 0 { name } else { "" });
            pane.put_short(2 + label, y, inside.saturating_sub(label), style, words[range].to_string());
            y += 1;
        }
    };
    let who = [item.unit(Field::Unit).map_or("", |unit| unit.as_str()), item.text(Field::Speaker)].join("  ");
    line(say.speaker, theme.plain, who.trim().to_string(), 1);
    let papers: Vec<String> = facts::papers(plan, id)
        .into_iter()
        .map(|(_, paper)| match paper.date(Field::Received) {
            Some(_) => format!("✓{}", paper.text(Field::Name)),
            None => format!("{}（{}）", paper.text(Field::Name), say.not_received),
        })
        .collect();
    line(say.papers, theme.plain, papers.join("  "), 1);
    line(say.question, theme.plain, item.text(Field::Question).to_string(), 2);
    line(say.clause, theme.quiet, super::list::value_of(look, id, Field::Tasks), 1);
    for (nth, (earlier, outcome)) in facts::before(plan, id).into_iter().take(2).enumerate() {
        let Some((follow, light)) = facts::standing(plan, earlier, look.today) else { continue };
        let lead = follow.lead.as_ref().map_or("", |unit| unit.as_str());
        let words = format!(
            "{} {}（{lead}，{}） {}",
            earlier.meeting.get(..10).unwrap_or(&earlier.meeting),
            outcome.text(Field::Text),
            facts::due_or_hole(follow.due.as_ref(), look.text),
            (look.text.words.light)(light),
        );
        line(if nth == 0 { say.before } else { "" }, theme.light(light), words, 2);
    }
    let next = times.get(at + 1).map_or_else(
        || say.last_item.to_string(),
        |(_, item, ..)| {
            let unit = item.unit(Field::Unit).map_or("", |unit| unit.as_str());
            let minutes = item.number(Field::Minutes).map_or(String::new(), |count| (look.text.records.minutes)(count));
            format!("{}  {unit}  {minutes}", item.text(Field::Title))
        },
    );
    line(say.next, theme.quiet, next, 1);
    pane.rule(2, y, inside, theme.rule);
    pane.put(4, y, cells_of(say.taken_down) as u16 + 2, theme.quiet, format!(" {} ", say.taken_down));
    y += 1;
    if view.rows.is_empty() {
        pane.put_short(2, y, inside, theme.quiet, say.nothing_taken_down);
    }
    draw_taken_down(view, look, &mut pane.pane(Rect::new(0, y, width, height.saturating_sub(y))), measure);
}

/// Minutes planned, used and left.
fn clock(look: &Look, item: &Record, now: u32) -> (String, Style) {
    let say = &look.text.rooms;
    let planned = item.number(Field::Minutes);
    let used = used(item, now);
    let mut parts = Vec::new();
    parts.extend(planned.map(|count| (say.minutes_planned)(count)));
    parts.extend(used.map(|count| (say.minutes_used)(count)));
    let mut style = look.theme.quiet;
    if let (Some(planned), Some(used)) = (planned, used) {
        let left = planned - used;
        parts.push(if left >= 0 { (say.minutes_left)(left) } else { (say.minutes_over)(-left) });
        style = match left {
            left if left < 0 => look.theme.bad,
            left if left <= 2 => look.theme.warn,
            _ => look.theme.accent,
        };
    }
    (parts.join("  "), style)
}

/// What was taken down, each with its holes; the rows that fit around the cursor.
fn draw_taken_down<'a>(view: &'a MeetingsView, look: &Look<'a>, pane: &mut Pane<'_, 'a>, measure: Measure) {
    let (width, height) = pane.size();
    let plan = look.workspace.plan();
    let mut blocks: Vec<Vec<(Style, String)>> = Vec::new();
    for row in &view.rows {
        let Row::Record(id) = row else { continue };
        let Some(record) = plan.record(id) else { continue };
        let kind = facts::role_words(record, id.kind, Field::Kind, look.text);
        let who = match id.kind {
            RecordKind::Line => {
                let unit = record.unit(Field::Unit).map_or("", |unit| unit.as_str());
                let name = [unit, record.text(Field::Speaker)].join(" ");
                if name.trim().is_empty() { String::new() } else { format!("{}：", name.trim()) }
            }
            _ => String::new(),
        };
        let words = format!("{kind}  {who}{}", record.text(Field::Text));
        let style = if id.kind == RecordKind::Line { look.theme.quiet } else { look.theme.plain };
        let mut block: Vec<(Style, String)> = measure
            .wrap(&words, usize::from(width.saturating_sub(4).max(8)), 0)
            .into_iter()
            .map(|range| (style, words[range].to_string()))
            .collect();
        if id.kind == RecordKind::Outcome {
            block.push(under(look, id, record));
        }
        blocks.push(block);
    }
    let cursor = view.cursor.min(blocks.len().saturating_sub(1));
    let mut top = 0;
    while blocks[top.min(blocks.len())..blocks.len().min(cursor + 1)].iter().map(Vec::len).sum::<usize>()
        > usize::from(height)
        && top < cursor
    {
        top += 1;
    }
    let mut y = 0;
    for (at, block) in blocks.into_iter().enumerate().skip(top) {
        let first = y;
        for (style, words) in block {
            if y >= height {
                return;
            }
            pane.put_short(2, y, width.saturating_sub(3), style, words);
            y += 1;
        }
        if at == cursor {
            pane.put(0, first, 1, look.theme.accent, "▌");
            pane.tint(Rect::new(0, first, width, 1), look.theme.cursor);
        }
    }
}

/// Lead, co-units, deadline, form and clause of a decision; what is missing is a hole.
fn under(look: &Look, id: &RecordId, outcome: &Record) -> (Style, String) {
    let say = &look.text.rooms;
    let lead = outcome.unit(Field::Lead).map_or_else(|| (say.hole)(say.lead), |unit| format!("{} {unit}", say.lead));
    let due = match outcome.due(Field::Due) {
        None => (say.hole)(say.due),
        Some(due) => crate::ops::due_in_full(due, look.text),
    };
    let mut parts = vec![lead];
    if !outcome.units(Field::With).is_empty() {
        parts.push(format!("{} {}", say.with, super::list::unit_list(look, outcome.units(Field::With))));
    }
    parts.push(due);
    parts.extend(Some(outcome.text(Field::Form).to_string()).filter(|form| !form.is_empty()));
    parts.extend(Some(facts::clauses(outcome, look.text)).filter(|clauses| !clauses.is_empty()));
    let style = if facts::holes(look.workspace.plan(), id).is_empty() { look.theme.quiet } else { look.theme.warn };
    (style, format!("    {}", parts.join("  ")))
}

/// The clock of an item for the projection.
pub(super) fn clock_of(look: &Look, item: &Record, now: u32) -> (String, Style) {
    clock(look, item, now)
}
