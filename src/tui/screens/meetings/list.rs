//! The lists: meetings, topics, suggestions and decisions, and what is kept of the row under the cursor.

use super::{Column, Linked, MeetingsView, Part, Row, Suggested, columns, day, facts};
use crate::domain::follow::Anchor;
use crate::domain::meeting::{CallReply, CallView};
use crate::domain::{Field, FieldValue, RecordId, RecordKind, UnitId};
use crate::tui::look::Look;
use crate::tui::screens::details::Line;
use crate::tui::term::{Measure, Pane, width as cells_of};
use ratatui::style::Style;
use std::borrow::Cow;

const MEETING: [Column; 6] = [
    Column { cells: 15, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 11, from: 50 },
    Column { cells: 11, from: 34 },
    Column { cells: 5, from: 60 },
    Column { cells: 5, from: 60 },
];
const TOPIC: [Column; 4] = [
    Column { cells: 8, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 18, from: 60 },
    Column { cells: 11, from: 72 },
];
const DECISION: [Column; 6] = [
    Column { cells: 2, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 16, from: 46 },
    Column { cells: 18, from: 74 },
    Column { cells: 10, from: 60 },
    Column { cells: 10, from: 100 },
];
const SUGGESTION: [Column; 2] = [Column { cells: 0, from: 0 }, Column { cells: 0, from: 50 }];

/// Draws the names of the columns.
pub(super) fn draw_head<'a>(part: Part, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
    let (say, words) = (&look.text.rooms, &look.text.records);
    let (width, _) = pane.size();
    let field = |kind, field| (words.field)(kind, field);
    let named: Vec<((u16, u16), &'static str)> = match part {
        Part::Meetings => {
            let kind = RecordKind::Meeting;
            let names = [
                say.date,
                field(kind, Field::Title),
                field(kind, Field::Kind),
                field(kind, Field::State),
                say.items,
                say.open,
            ];
            columns(width, 2, MEETING).into_iter().zip(names).collect()
        }
        Part::Topics => {
            let kind = RecordKind::Topic;
            let names = [
                field(kind, Field::State),
                field(kind, Field::Title),
                field(kind, Field::Units),
                field(kind, Field::Submitted),
            ];
            columns(width, 2, TOPIC).into_iter().zip(names).collect()
        }
        Part::Suggestions => columns(width, 2, SUGGESTION).into_iter().zip([say.matter, say.reason]).collect(),
        Part::Decisions | Part::FollowUp => {
            let names = ["", say.matter, say.lead, say.due, look.text.screens.status, say.meeting_of_task];
            columns(width, 2, DECISION).into_iter().zip(names).collect()
        }
        Part::Agenda | Part::Roster | Part::Room | Part::Minutes | Part::Findings | Part::Chains | Part::Chain => {
            Vec::new()
        }
    };
    for ((x, cells), name) in named {
        pane.put_short(x, 0, cells, look.theme.quiet, name);
    }
}

/// Draws a suggestion with its reason.
pub(super) fn draw_suggestion<'a>(look: &Look<'a>, suggested: &'a Suggested, pane: &mut Pane<'_, 'a>) {
    let [title, reason] = columns(pane.size().0, 2, SUGGESTION);
    pane.put_short(title.0, 0, title.1, look.theme.plain, suggested.title.as_str());
    pane.put_short(reason.0, 0, reason.1, look.theme.warn, suggested.reason.as_str());
}

/// Draws a meeting, a topic or a decision.
pub(super) fn draw_row<'a>(look: &Look<'a>, id: &RecordId, pane: &mut Pane<'_, 'a>) {
    let plan = look.workspace.plan();
    let Some(record) = plan.record(id) else { return };
    let width = pane.size().0;
    let theme = look.theme;
    let word = |field| facts::role_words(record, id.kind, field, look.text);
    let mut put = |(x, cells): (u16, u16), style: Style, words: Cow<'a, str>| pane.put_short(x, 0, cells, style, words);
    match id.kind {
        RecordKind::Meeting => {
            let [date, title, kind, state, items, open] = columns(width, 2, MEETING);
            let when = record
                .date(Field::Date)
                .map_or_else(String::new, |date| format!("{date} {}", short_weekday((look.text.words.weekday)(date))));
            put(date, theme.quiet, when.into());
            put(title, theme.plain, facts::meeting_title(plan, &id.meeting, look.text).into());
            put(kind, theme.quiet, word(Field::Kind).into());
            let is_live = !matches!(record.text(Field::State), "closed");
            put(state, if is_live { theme.accent } else { theme.quiet }, word(Field::State).into());
            let count = plan.records_at(RecordKind::Item, &id.meeting).count();
            put(items, theme.plain, count.to_string().into());
            let left = facts::open_decisions(plan, &id.meeting);
            put(open, if left > 0 { theme.warn } else { theme.quiet }, left.to_string().into());
        }
        RecordKind::Topic => {
            let [state, title, units, date] = columns(width, 2, TOPIC);
            let style = match record.text(Field::State) {
                "open" | "" => theme.accent,
                "accepted" => theme.good,
                _ => theme.quiet,
            };
            put(state, style, word(Field::State).into());
            put(title, theme.plain, record.text(Field::Title).to_string().into());
            put(units, theme.quiet, unit_list(look, record.units(Field::Units)).into());
            put(date, theme.quiet, day(record.date(Field::Submitted)).into());
        }
        RecordKind::Call => {
            let replies = CallView::latest(plan).map(|call| call.replies(plan)).unwrap_or_default();
            let count = |is: fn(&CallReply) -> bool| replies.iter().filter(|(_, reply)| is(reply)).count();
            let words = (look.text.rooms.called)(
                &record.due(Field::Due).map_or(String::new(), |due| crate::ops::due_in_full(due, look.text)),
                count(|reply| matches!(reply, CallReply::Topics(_))),
                count(|reply| *reply == CallReply::Nothing),
                count(|reply| *reply == CallReply::Silent),
            );
            put((2, width.saturating_sub(2)), theme.tab, words.into());
        }
        RecordKind::Outcome => {
            let [light, text, lead, due, status, meeting] = columns(width, 2, DECISION);
            let Some((follow, colour)) = facts::standing(plan, id, look.today) else { return };
            put(light, theme.light(colour), look.light_mark(colour).into());
            put(text, theme.plain, record.text(Field::Text).to_string().into());
            match &follow.lead {
                Some(unit) => put(lead, theme.plain, unit.to_string().into()),
                None => put(lead, theme.warn, (look.text.rooms.hole)(look.text.rooms.lead).into()),
            }
            let style = if follow.due.is_some() { theme.light(colour) } else { theme.warn };
            put(due, style, due_short(look, follow.due.as_ref()).into());
            put(status, theme.quiet, (look.text.follow.state)(follow.state).into());
            put(meeting, theme.quiet, facts::short_meeting(id).into());
        }
        _ => {
            put((2, width.saturating_sub(2)), theme.plain, crate::ops::record_name(id, Some(record), look.text).into())
        }
    }
}

/// Draws what a department has answered to the call for topics.
pub(super) fn draw_reply<'a>(look: &Look<'a>, (unit, reply): &'a (UnitId, CallReply), pane: &mut Pane<'_, 'a>) {
    let say = &look.text.rooms;
    let (style, words) = match reply {
        CallReply::Topics(keys) => (look.theme.good, (say.topics_from)(keys.len())),
        CallReply::Nothing => (look.theme.quiet, say.no_topic.to_string()),
        CallReply::Silent => (look.theme.warn, say.no_answer.to_string()),
    };
    let [state, name, ..] = columns(pane.size().0, 2, TOPIC);
    pane.put_short(state.0, 0, state.1, style, words);
    pane.put_short(name.0, 0, name.1, look.theme.plain, unit.as_str());
}

/// The last letters of a weekday, 星期四 → 四, Thursday → Thu.
fn short_weekday(word: &'static str) -> String {
    match word.strip_prefix("星期").or_else(|| word.strip_prefix("周")) {
        Some(rest) => rest.to_string(),
        None => word.chars().take(3).collect(),
    }
}

/// The words of a deadline where there are some, as people know them; else the day.
fn due_short(look: &Look, due: Option<&crate::domain::Due>) -> String {
    match due {
        None => (look.text.rooms.hole)(look.text.rooms.due),
        Some(due) if due.wording.is_empty() => day(due.date),
        Some(due) => due.wording.to_string(),
    }
}

pub(super) fn unit_list(look: &Look, units: &[crate::domain::UnitId]) -> String {
    units.iter().map(|unit| unit.as_str()).collect::<Vec<_>>().join(look.text.words.comma)
}

/// Everything that is kept of the row under the cursor: label and words, wrapped.
pub(super) fn details<'a>(view: &'a MeetingsView, look: &Look<'a>, width: usize, measure: Measure) -> Vec<Line<'a>> {
    let say = &look.text.rooms;
    let plan = look.workspace.plan();
    let label = label_cells(look);
    let mut out: Vec<Line<'a>> = Vec::new();
    let mut put = |name: &'static str, style: Style, words: String| {
        for (at, range) in measure.wrap(&words, width.saturating_sub(label).max(8), 0).into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            out.push((name.into(), style, words[range].to_string().into()));
        }
    };
    match view.row() {
        Some(Row::Suggestion(at)) => {
            let Some(suggested) = view.suggestions.get(*at) else { return out };
            put(say.matter, look.theme.plain, suggested.title.clone());
            put(say.reason, look.theme.warn, suggested.reason.clone());
            if let Some(task) = &suggested.task {
                let title = look.workspace.node(task).map_or("", |node| node.title.as_str());
                put(say.linked, look.theme.quiet, format!("{} {title}", look.place(task)));
            }
        }
        Some(Row::Paragraph(at)) => {
            let Some(paragraph) = view.minutes.get(*at) else { return out };
            for (name, style, words) in super::minutes::details(look, paragraph) {
                put(name, style, words);
            }
        }
        Some(Row::Finding(at)) => {
            let Some(finding) = view.findings.get(*at) else { return out };
            for (name, style, words) in super::minutes::finding_details(look, view, finding) {
                put(name, style, words);
            }
        }
        Some(Row::Link(_) | Row::Record(_)) => {
            let id = match view.link() {
                None => view.record(),
                Some(Linked { anchor: Some(Anchor::Record(id)), .. }) => Some(id),
                Some(Linked { anchor: Some(Anchor::Node(id)), .. }) => {
                    let title = look.workspace.node(id).map_or("", |node| node.text.as_str());
                    put(say.clause, look.theme.plain, format!("{} {title}", look.place(id)));
                    None
                }
                Some(linked) => Some(&linked.decision),
            };
            let Some((id, record)) = id.and_then(|id| Some((id, plan.record(id)?))) else { return out };
            for (field, value) in id.kind.fields().iter().filter_map(|field| Some((*field, record.get(*field)?))) {
                let name = (look.text.records.field)(id.kind, field);
                let words = value_words(look, id.kind, field, value);
                if !words.is_empty() && !matches!(field, Field::Order | Field::Item) {
                    put(name, look.theme.plain, words);
                }
            }
            if id.kind == RecordKind::Outcome {
                for field in facts::holes(plan, id) {
                    let name = (look.text.records.field)(id.kind, field);
                    put(name, look.theme.warn, (say.hole)(name));
                }
                for (step, kept) in facts::steps(plan, id) {
                    let kind = facts::role_words(kept, step.kind, Field::Kind, look.text);
                    let by = kept.text(Field::By);
                    let unit = kept.unit(Field::Unit).map_or("", |unit| unit.as_str());
                    let words =
                        [day(kept.date(Field::Date)).as_str(), &kind, unit, by, kept.text(Field::Text)].join(" ");
                    put(say.follow_up, look.theme.quiet, words.split_whitespace().collect::<Vec<_>>().join(" "));
                }
            }
            if id.kind == RecordKind::Item {
                for (_, earlier) in facts::before(plan, id).into_iter().take(3) {
                    put(say.before, look.theme.quiet, earlier.text(Field::Text).to_string());
                }
            }
        }
        Some(Row::Reply(at)) => {
            if let Some((unit, CallReply::Topics(keys))) = view.replies.get(*at) {
                put(say.unit, look.theme.plain, unit.to_string());
                for key in keys {
                    let topic = plan.record(&RecordId::of_plan(RecordKind::Topic, key.clone()));
                    put(say.topics, look.theme.quiet, topic.map_or("", |topic| topic.text(Field::Title)).to_string());
                }
            }
        }
        Some(Row::Head(_)) | None => {}
    }
    out
}

/// A value as people read it.
pub(super) fn value_words(look: &Look, kind: RecordKind, field: Field, value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => {
            let folder = matches!(field, Field::Meeting | Field::Feeds);
            let known = folder && facts::meeting(look.workspace.plan(), text).is_some();
            if known { facts::meeting_title(look.workspace.plan(), text, look.text) } else { text.to_string() }
        }
        FieldValue::Word(word) => (look.text.records.word)(kind, field, word).to_string(),
        FieldValue::Texts(texts) => {
            texts.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(look.text.words.comma)
        }
        FieldValue::Unit(unit) => unit.to_string(),
        FieldValue::Units(units) => unit_list(look, units),
        FieldValue::Nodes(nodes) => {
            let name = |id: &crate::domain::NodeId| {
                let title = look.workspace.node(id).map_or("", |node| node.title.as_str());
                format!("{} {title}", look.place(id))
            };
            nodes.iter().map(name).collect::<Vec<_>>().join(look.text.words.comma)
        }
        FieldValue::Date(date) => format!("{date} {}", (look.text.words.weekday)(*date)),
        FieldValue::Time(time) => time.format("%H:%M").to_string(),
        FieldValue::Due(due) => crate::ops::due_in_full(due, look.text),
        FieldValue::Number(number) if matches!(field, Field::Minutes | Field::Length) => {
            (look.text.records.minutes)(*number)
        }
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Flag(truth) => {
            if *truth {
                look.text.records.yes.to_string()
            } else {
                String::new()
            }
        }
    }
}

fn label_cells(look: &Look) -> usize {
    if look.text.lang == crate::text::Lang::Zh { 13 } else { 20 }
}

/// Draws labels and words.
pub(super) fn draw_details<'a>(look: &Look<'a>, lines: Vec<Line<'a>>, pane: &mut Pane<'_, 'a>) {
    let (width, height) = pane.size();
    let widest = lines.iter().map(|(name, _, _)| cells_of(name)).max().unwrap_or(0);
    let label = (widest + 1).min(label_cells(look)) as u16;
    for (y, (name, style, words)) in lines.into_iter().enumerate().take(usize::from(height)) {
        pane.put_short(1, y as u16, label, look.theme.quiet, name);
        pane.put_short(1 + label, y as u16, width.saturating_sub(label + 1), style, words);
    }
}

/// A field of a record as people read it; empty where there is a hole.
pub(super) fn value_of(look: &Look, id: &RecordId, field: Field) -> String {
    let record = look.workspace.plan().record(id);
    record.and_then(|record| record.get(field)).map_or(String::new(), |value| value_words(look, id.kind, field, value))
}
