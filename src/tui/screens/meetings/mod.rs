//! Meetings 会议: what is to be talked about, the meetings, and what was decided in them.
//!
//! ```text
//! 会议  议题  建议  议定事项          the parts of the plan, or of the meeting that is open
//! 4月20日 全体会议 …                  rows; only the window is drawn
//! ────────────────────────
//! what is kept of the row
//! ```
//!
//! The rows are made anew after a change and not for a frame; a row is a record's id.

mod agenda;
mod chain;
mod facts;
mod list;
mod minutes;
mod project;
mod room;
mod roster;

pub use chain::{Chained, Linked};
pub use facts::{attendance, current, holes, items_of, meeting_title, outcomes_of, role_words};
pub use minutes::{Finding, Paragraph};
pub use project::draw as draw_projection;
pub use roster::style as attendance_style;

use crate::domain::meeting::{CallReply, CallView};
use crate::domain::search::{Query, matches};
use crate::domain::{NodeId, Plan, RecordId, RecordKind, Str, UnitId};
use crate::text::Text;
use crate::tui::command::Command;
use crate::tui::look::Look;
use crate::tui::screens::bars::show_key;
use crate::tui::term::{Measure, Pane, width};
use chrono::NaiveDate;
use ratatui::layout::Rect;
use std::borrow::Cow;

/// A part of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Part {
    #[default]
    Meetings,
    Topics,
    Suggestions,
    Decisions,
    /// Every chain with its missing link.
    Chains,
    /// The links of some chains.
    Chain,
    Agenda,
    Roster,
    Room,
    Minutes,
    /// What a reader of the minutes would object to.
    Findings,
    FollowUp,
}

impl Part {
    pub const OF_PLAN: [Part; 5] = [Part::Meetings, Part::Topics, Part::Suggestions, Part::Decisions, Part::Chains];
    pub const OF_MEETING: [Part; 6] =
        [Part::Agenda, Part::Roster, Part::Room, Part::Minutes, Part::Findings, Part::FollowUp];

    pub fn name(self, text: &Text) -> &'static str {
        let say = &text.rooms;
        match self {
            Part::Meetings => say.meetings,
            Part::Topics => say.topics,
            Part::Suggestions => say.suggestions,
            Part::Decisions => say.decisions,
            Part::Chains | Part::Chain => say.chains,
            Part::Agenda => say.agenda,
            Part::Roster => say.roster,
            Part::Room => say.room,
            Part::Minutes => say.minutes,
            Part::Findings => say.findings_part,
            Part::FollowUp => say.follow_up,
        }
    }

    fn siblings(self) -> &'static [Part] {
        if Part::OF_MEETING.contains(&self) { &Part::OF_MEETING } else { &Part::OF_PLAN }
    }

    /// The part whose name is marked while this one is in front.
    fn tab(self) -> Part {
        if self == Part::Chain { Part::Chains } else { self }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A heading over the rows that follow; the cursor passes it.
    Head(Str),
    Record(RecordId),
    /// A suggestion, by its place among them.
    Suggestion(usize),
    /// A paragraph of the minutes, by its place.
    Paragraph(usize),
    /// What is wrong with them, by its place.
    Finding(usize),
    /// A link of a chain, by its place.
    Link(usize),
    /// What a department has answered to the call for topics, by its place.
    Reply(usize),
}

/// What the office might put on an agenda, as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// Its name for taking and dismissing it.
    pub key: String,
    pub title: String,
    pub reason: String,
    pub task: Option<NodeId>,
}

/// Which part, which row, what is filtered.
#[derive(Clone, Debug, Default)]
pub struct MeetingsView {
    part: Part,
    meeting: Str,
    rows: Vec<Row>,
    cursor: usize,
    top: usize,
    height: usize,
    /// Where the cursor was in the other parts.
    places: Vec<(Part, usize)>,
    filter: String,
    pub suggestions: Vec<Suggested>,
    pub minutes: Vec<Paragraph>,
    pub findings: Vec<Finding>,
    /// The decisions whose chains are shown.
    chain_of: Vec<RecordId>,
    chains: Vec<Chained>,
    links: Vec<Linked>,
    replies: Vec<(UnitId, CallReply)>,
    /// How far the minutes are.
    pub minutes_said: String,
}

impl MeetingsView {
    pub fn part(&self) -> Part {
        self.part
    }

    /// The meeting that is open; empty where the lists of the plan are shown.
    pub fn meeting(&self) -> &Str {
        &self.meeting
    }

    /// The meeting that is open, or that the cursor is on.
    pub fn chosen_meeting(&self) -> Option<Str> {
        if !self.meeting.is_empty() {
            return Some(self.meeting.clone());
        }
        self.record().map(|id| id.meeting.clone()).filter(|meeting| !meeting.is_empty())
    }

    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.cursor)
    }

    /// The record under the cursor.
    pub fn record(&self) -> Option<&RecordId> {
        match self.row() {
            Some(Row::Record(id)) => Some(id),
            _ => None,
        }
    }

    /// The suggestion under the cursor.
    pub fn suggestion(&self) -> Option<&Suggested> {
        match self.row() {
            Some(Row::Suggestion(at)) => self.suggestions.get(*at),
            _ => None,
        }
    }

    /// The sentence of the minutes under the cursor.
    pub fn paragraph(&self) -> Option<&Paragraph> {
        match self.row() {
            Some(Row::Paragraph(at)) => self.minutes.get(*at),
            _ => None,
        }
    }

    /// What is wrong with the minutes, under the cursor.
    pub fn finding(&self) -> Option<&Finding> {
        match self.row() {
            Some(Row::Finding(at)) => self.findings.get(*at),
            _ => None,
        }
    }

    /// A department's answer to the call for topics, under the cursor.
    pub fn reply(&self) -> Option<&(UnitId, CallReply)> {
        match self.row() {
            Some(Row::Reply(at)) => self.replies.get(*at),
            _ => None,
        }
    }

    /// The link under the cursor.
    pub fn link(&self) -> Option<&Linked> {
        match self.row() {
            Some(Row::Link(at)) => self.links.get(*at),
            _ => None,
        }
    }

    /// The decision under the cursor, or whose chain it is in.
    pub fn decision(&self) -> Option<&RecordId> {
        let of_row = self.record().filter(|id| id.kind == RecordKind::Outcome);
        of_row.or_else(|| self.link().map(|linked| &linked.decision))
    }

    /// The decisions whose chains are shown.
    pub fn chain_of(&self) -> &[RecordId] {
        &self.chain_of
    }

    /// Shows the chains of some decisions.
    pub fn open_chain(&mut self, of: Vec<RecordId>, plan: &Plan) {
        self.places.retain(|(part, _)| *part != Part::Chain);
        self.open(Str::new(), Part::Chain);
        (self.cursor, self.chain_of) = (0, of);
        self.rebuild(plan);
        // the first thing to do is where the chain is broken
        self.cursor =
            self.links.iter().position(|linked| linked.is_missing()).map_or(self.cursor, |at| {
                self.rows.iter().position(|row| *row == Row::Link(at)).unwrap_or(self.cursor)
            });
    }

    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn filter(&self) -> &str {
        &self.filter
    }

    pub fn set_filter(&mut self, filter: &str) {
        self.filter = filter.to_string();
        self.cursor = 0;
    }

    /// Opens a meeting, or another part of what is shown.
    pub fn open(&mut self, meeting: Str, part: Part) {
        self.turn(part);
        self.meeting = meeting;
    }

    /// Back from a meeting to the list, with the cursor on it; whether there was one.
    pub fn close(&mut self, plan: &Plan) -> bool {
        if self.meeting.is_empty() {
            return false;
        }
        let meeting = std::mem::take(&mut self.meeting);
        self.turn(Part::Meetings);
        self.rebuild(plan);
        self.show(&RecordId::new(RecordKind::Meeting, meeting, ""));
        true
    }

    /// The part to the left or right.
    pub fn step_part(&mut self, by: isize) {
        let parts = self.part.siblings();
        let at = parts.iter().position(|part| *part == self.part.tab()).unwrap_or(0);
        self.turn(parts[at.saturating_add_signed(by).min(parts.len() - 1)]);
    }

    pub fn turn(&mut self, part: Part) {
        if part == self.part {
            return;
        }
        let (from, cursor) = (self.part, self.cursor);
        self.places.retain(|(part, _)| *part != from);
        self.places.push((from, cursor));
        self.part = part;
        self.cursor = self.places.iter().find(|(other, _)| *other == part).map_or(0, |(_, cursor)| *cursor);
        self.top = 0;
    }

    pub fn move_by(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(1);
        let to = self.cursor.saturating_add_signed(by).min(last);
        self.cursor = self.rest(to, by < 0);
    }

    pub fn move_to(&mut self, row: usize) {
        let to = row.min(self.rows.len().saturating_sub(1));
        self.cursor = self.rest(to, to > 0 && row >= self.rows.len());
    }

    /// The nearest row that the cursor may rest on.
    fn rest(&self, at: usize, upwards: bool) -> usize {
        let is_head = |at: &usize| matches!(self.rows.get(*at), Some(Row::Head(_)));
        let below = (at..self.rows.len()).find(|at| !is_head(at));
        let above = (0..=at).rev().find(|at| !is_head(at) && *at < self.rows.len());
        let found = if upwards { above.or(below) } else { below.or(above) };
        found.unwrap_or(0)
    }

    pub fn page(&self) -> usize {
        self.height.max(2)
    }

    /// Puts the cursor on a record; whether it is here.
    pub fn show(&mut self, id: &RecordId) -> bool {
        let found = self.rows.iter().position(|row| matches!(row, Row::Record(other) if other == id));
        if let Some(at) = found {
            self.cursor = at;
        }
        found.is_some()
    }

    /// Makes the rows anew; the cursor stays on its record where it is still there.
    pub fn rebuild(&mut self, plan: &Plan) {
        let kept = self.record().cloned();
        let meeting = self.meeting.clone();
        if !meeting.is_empty() && plan.record(&RecordId::new(RecordKind::Meeting, meeting.clone(), "")).is_none() {
            self.meeting = Str::new();
            self.part = Part::Meetings;
        }
        let of = |kind: RecordKind| plan.records_of(kind).map(|(id, _)| Row::Record(id.clone())).collect::<Vec<_>>();
        self.rows = match self.part {
            Part::Meetings => {
                // the newest first, as it is the one that is worked on
                let mut rows = of(RecordKind::Meeting);
                rows.reverse();
                rows
            }
            Part::Topics => {
                let mut rows = facts::topics(plan);
                let call = CallView::latest(plan);
                let replies = call.map(|call| call.replies(plan)).unwrap_or_default();
                self.replies = replies.into_iter().map(|(unit, reply)| (unit.clone(), reply)).collect();
                rows.extend(call.map(|call| Row::Record(call.id.clone())));
                rows.extend((0..self.replies.len()).map(Row::Reply));
                rows
            }
            Part::Suggestions => (0..self.suggestions.len()).map(Row::Suggestion).collect(),
            Part::Decisions => facts::decisions(plan),
            Part::Chains => {
                self.chains = chain::all(plan);
                self.chains.iter().map(|chained| Row::Record(chained.decision.clone())).collect()
            }
            Part::Chain => {
                let (rows, links) = chain::links(plan, &self.chain_of);
                self.links = links;
                rows
            }
            Part::Agenda => agenda::rows(plan, &meeting),
            Part::Roster => roster::rows(plan, &meeting),
            Part::Room => room::rows(plan, &meeting),
            Part::Minutes => (0..self.minutes.len()).map(Row::Paragraph).collect(),
            Part::Findings => (0..self.findings.len()).map(Row::Finding).collect(),
            Part::FollowUp => outcomes_of(plan, &meeting).into_iter().map(|(id, _)| Row::Record(id.clone())).collect(),
        };
        let query = Query::new(&self.filter);
        if !self.filter.trim().is_empty() && Part::OF_PLAN.contains(&self.part) {
            let (suggestions, chains, replies) = (&self.suggestions, &self.chains, &self.replies);
            let is_chain = self.part == Part::Chains;
            self.rows.retain(|row| match row {
                Row::Head(_) | Row::Paragraph(_) | Row::Finding(_) | Row::Link(_) => true,
                Row::Suggestion(at) => matches(&suggestions[*at].title, &query).is_some(),
                Row::Reply(at) => matches(replies[*at].0.as_str(), &query).is_some(),
                Row::Record(id) => {
                    let chained = || chains.iter().find(|chained| chained.decision == *id);
                    facts::says(plan, id).iter().any(|text| matches(text, &query).is_some())
                        || is_chain && chain::lacks(chained(), &query)
                }
            });
        }
        self.cursor = self.cursor.min(self.rows.len().saturating_sub(1));
        if let Some(kept) = kept {
            self.show(&kept);
        }
        self.cursor = self.rest(self.cursor, false);
    }

    /// Brings the cursor into the window.
    pub fn prepare(&mut self, area: Rect) {
        let shape = Shape::of(area, self.part);
        self.height = usize::from(shape.rows.height);
        if self.cursor < self.top {
            self.top = self.cursor;
        }
        if self.cursor >= self.top + self.height.max(1) {
            self.top = self.cursor + 1 - self.height.max(1);
        }
        // the heading of the first row comes with it
        if self.top > 0 && self.top == self.cursor && matches!(self.rows.get(self.top - 1), Some(Row::Head(_))) {
            self.top -= 1;
        }
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
    }

    /// Draws the part in front.
    pub fn draw<'a>(&'a self, look: &Look<'a>, pane: &mut Pane<'_, 'a>, now: u32, measure: Measure) {
        let (width, height) = pane.size();
        self.draw_parts(look, pane);
        let shape = Shape::of(Rect::new(0, 0, width, height), self.part);
        if self.part == Part::Room {
            return room::draw(self, look, &mut pane.pane(shape.whole), now, measure);
        }
        match self.part {
            Part::Meetings | Part::Topics | Part::Suggestions | Part::Decisions | Part::FollowUp => {
                list::draw_head(self.part, look, &mut pane.pane(shape.head));
            }
            Part::Agenda => agenda::draw_head(look, &mut pane.pane(shape.head)),
            Part::Chains => chain::draw_head(look, &mut pane.pane(shape.head)),
            Part::Roster | Part::Room | Part::Minutes | Part::Findings | Part::Chain => {}
        }
        if self.rows.is_empty() {
            pane.put_short(2, shape.rows.y, width.saturating_sub(3), look.theme.quiet, self.empty(look));
        }
        let shown = self.rows.iter().enumerate().skip(self.top).take(usize::from(shape.rows.height));
        for (y, (at, row)) in shown.enumerate() {
            let y = shape.rows.y + y as u16;
            let mut line = pane.pane(Rect::new(0, y, shape.rows.width, 1));
            match row {
                Row::Head(words) => {
                    line.put_short(2, 0, shape.rows.width.saturating_sub(2), look.theme.tab, words.as_str())
                }
                Row::Suggestion(nth) => list::draw_suggestion(look, &self.suggestions[*nth], &mut line),
                Row::Paragraph(nth) => minutes::draw_row(look, &self.minutes[*nth], &mut line),
                Row::Finding(nth) => minutes::draw_finding(look, &self.findings[*nth], &mut line),
                Row::Reply(nth) => list::draw_reply(look, &self.replies[*nth], &mut line),
                Row::Link(nth) => chain::draw_link(look, &self.links[*nth], &mut line),
                Row::Record(id) => match self.part {
                    Part::Agenda => agenda::draw_row(look, id, &mut line),
                    Part::Roster => roster::draw_row(look, id, &mut line),
                    Part::Chains => {
                        let chained = self.chains.iter().find(|chained| chained.decision == *id);
                        chain::draw_chain(look, id, chained, &mut line);
                    }
                    _ => list::draw_row(look, id, &mut line),
                },
            }
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, shape.rows.width, 1), look.theme.cursor);
            }
        }
        if shape.details.height > 1 {
            if shape.details.x == 0 {
                pane.rule(0, shape.details.y - 1, width, look.theme.rule);
            } else {
                pane.vertical_rule(shape.details.x - 1, shape.details.y, shape.details.height, look.theme.rule);
            }
            let lines = list::details(self, look, usize::from(shape.details.width.saturating_sub(2)), measure);
            let mut inside = pane.pane(shape.details);
            list::draw_details(look, lines, &mut inside);
        }
    }

    fn empty(&self, look: &Look) -> Cow<'static, str> {
        let say = &look.text.rooms;
        let keys: Vec<_> = look.keymap.keys_of(Command::Add).iter().map(|key| show_key(key)).collect();
        let keys = keys.join(" / ");
        match self.part {
            Part::Meetings => (say.no_meetings)(&keys).into(),
            Part::Topics => (say.no_topics)(&keys).into(),
            Part::Suggestions => say.no_suggestions.into(),
            Part::Decisions | Part::FollowUp | Part::Chains | Part::Chain => say.no_decisions.into(),
            Part::Agenda => (say.no_items)(&keys).into(),
            Part::Roster => say.no_roster.into(),
            Part::Room => say.not_begun.into(),
            Part::Minutes => say.no_minutes.into(),
            Part::Findings => say.no_findings.into(),
        }
    }

    /// The name of a part as its tab shows it: how many findings there are stands beside theirs.
    fn tab_name(&self, part: Part, text: &Text) -> String {
        match part {
            Part::Findings if !self.findings.is_empty() => format!("{} {}", part.name(text), self.findings.len()),
            _ => part.name(text).to_string(),
        }
    }

    /// The parts, the one in front marked; beside them what the part comes to.
    fn draw_parts<'a>(&'a self, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
        let (cells, _) = pane.size();
        let plan = look.workspace.plan();
        let mut x = 1;
        if !self.meeting.is_empty() {
            let words = meeting_title(plan, &self.meeting, look.text);
            let state = facts::state_word(plan, &self.meeting, look.text);
            let parts: usize = Part::OF_MEETING.iter().map(|part| width(&self.tab_name(*part, look.text)) + 2).sum();
            let room = usize::from(cells).saturating_sub(parts + width(state) + 4);
            // a few letters of a title say nothing
            let needs = if room >= 10 { width(&words).min(room) as u16 } else { 0 };
            if needs > 0 {
                pane.put_short(x, 0, needs, look.theme.strong, words);
                x += needs + 1;
            }
            if usize::from(cells) > parts + width(state) + 2 {
                pane.put(x, 0, width(state) as u16, look.theme.accent, state);
                x += width(state) as u16 + 2;
            }
        }
        for part in self.part.siblings() {
            let name = self.tab_name(*part, look.text);
            let cells = width(&name) as u16;
            let style = match *part == self.part.tab() {
                true => look.theme.tab.add_modifier(ratatui::style::Modifier::UNDERLINED),
                false if *part == Part::Findings && !self.findings.is_empty() => look.theme.warn,
                false => look.theme.quiet,
            };
            pane.put(x, 0, cells, style, name);
            x += cells + 2;
        }
        let mut said = match self.part {
            Part::Agenda => facts::sum_words(plan, &self.meeting, look.text),
            Part::Roster | Part::Room => attendance(plan, &self.meeting, look.text),
            Part::Minutes => self.minutes_said.clone(),
            Part::Chains => {
                let broken = self.chains.iter().filter(|chained| chained.missing.is_some()).count();
                (look.text.follow.broken)(broken, self.chains.len())
            }
            Part::Chain => self.link().map_or(String::new(), |linked| chain::leads_to(look, linked)),
            Part::Meetings | Part::Topics | Part::Suggestions | Part::Decisions | Part::Findings | Part::FollowUp => {
                String::new()
            }
        };
        if !self.filter.is_empty() && self.meeting.is_empty() {
            said = (look.text.rooms.filter)(&self.filter, self.rows.len());
        }
        let y = u16::from(usize::from(cells) < usize::from(x) + width(&said) + 1);
        let style = if facts::is_over(plan, &self.meeting) && self.part == Part::Agenda {
            look.theme.warn
        } else {
            look.theme.quiet
        };
        if y == 0 {
            pane.put_right(x, 0, cells.saturating_sub(x + 1), style, said);
        } else {
            pane.put_short(1, 1, cells.saturating_sub(2), style, said);
        }
    }
}

/// Where things stand.
struct Shape {
    head: Rect,
    rows: Rect,
    details: Rect,
    whole: Rect,
}

impl Shape {
    fn of(area: Rect, part: Part) -> Shape {
        let (width, height) = (area.width, area.height);
        let whole = Rect::new(0, 2.min(height), width, height.saturating_sub(2));
        let has_head = !matches!(part, Part::Roster | Part::Minutes | Part::Findings | Part::Room | Part::Chain);
        let head = Rect::new(0, 2.min(height), width, u16::from(has_head && height > 4));
        let first = 2 + head.height;
        let rest = height.saturating_sub(first);
        if width >= 150 && part != Part::Roster {
            let left = width * 58 / 100;
            let rows = Rect::new(0, first.min(height), left, rest);
            let details = Rect::new(left + 2, 2.min(height), width - left - 2, height.saturating_sub(2));
            return Shape { head: Rect { width: left, ..head }, rows, details, whole };
        }
        let below = match part {
            Part::Roster => 0,
            _ if rest >= 9 => (rest * 38 / 100).clamp(4, 12),
            _ => 0,
        };
        let rows = Rect::new(0, first.min(height), width, rest.saturating_sub(below));
        let details = Rect::new(0, first + rest.saturating_sub(below) + 1, width, below.saturating_sub(1));
        Shape { head, rows, details, whole }
    }
}

/// A row of `text` columns: cells from where they appear, `0` for what is left.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub cells: u16,
    /// Columns of the row from which it is shown.
    pub from: u16,
}

/// Where the columns of a row stand; those without room have no cells.
pub(super) fn columns<const N: usize>(width: u16, first: u16, wanted: [Column; N]) -> [(u16, u16); N] {
    let shown = wanted.map(|column| width >= column.from);
    let fixed: u16 = wanted.iter().zip(shown).filter(|(_, shown)| *shown).map(|(column, _)| column.cells + 1).sum();
    let flexible = wanted.iter().zip(shown).filter(|(column, shown)| *shown && column.cells == 0).count().max(1) as u16;
    let rest = width.saturating_sub(first + fixed) / flexible;
    let mut x = first;
    let mut out = [(0, 0); N];
    for (at, column) in wanted.into_iter().enumerate() {
        if !shown[at] {
            continue;
        }
        let cells = if column.cells == 0 { rest } else { column.cells };
        out[at] = (x, cells);
        x += cells + 1;
    }
    out
}

pub(super) fn day(date: Option<NaiveDate>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
