//! The review screen 审阅: what waits for the next commit in groups, and of the change under the cursor both values side by side.

use crate::domain::{NodeId, RecordId, RecordKind};
use crate::edit::{Place, Run, Value, changed_words};
use crate::ops::{self, Difference, Pending, Review, Verdict};
use crate::text::Text;
use crate::tui::look::Look;
use crate::tui::term::{Measure, Pane, width as cells_of};
use crate::workspace::State;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::BTreeSet;

/// What the changes are grouped by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Grouping {
    #[default]
    Task,
    Unit,
    Basis,
}

/// The list, its groups, the cursor.
#[derive(Debug, Default)]
pub struct ReviewView {
    review: Review,
    /// Why there is nothing to show.
    refusal: Option<String>,
    /// Two states that are compared instead.
    compared: Option<(State, State)>,
    grouping: Grouping,
    lines: Vec<Line>,
    cursor: usize,
    top: usize,
    height: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Line {
    Group { title: String, members: Vec<usize> },
    Change { at: usize, sentence: String },
}

impl ReviewView {
    /// Shows what waits for the next commit.
    pub fn set_review(&mut self, review: Review, text: &Text) {
        self.compared = None;
        self.refusal = None;
        self.review = review;
        self.rebuild(text);
    }

    /// Shows what differs between two states, to be looked at only.
    pub fn set_compared(&mut self, states: (State, State), review: Review, text: &Text) {
        self.set_review(review, text);
        self.compared = Some(states);
        self.cursor = 0;
    }

    /// Shows why there is nothing to show.
    pub fn set_refusal(&mut self, words: String) {
        *self = ReviewView { refusal: Some(words), grouping: self.grouping, ..ReviewView::default() };
    }

    pub fn compared(&self) -> Option<&(State, State)> {
        self.compared.as_ref()
    }

    pub fn review(&self) -> &Review {
        &self.review
    }

    /// How many changes nobody has decided about.
    pub fn open(&self) -> usize {
        if self.compared.is_some() { 0 } else { self.review.open() }
    }

    /// Groups by the next of the three.
    pub fn regroup(&mut self, text: &Text) {
        self.grouping = match self.grouping {
            Grouping::Task => Grouping::Unit,
            Grouping::Unit => Grouping::Basis,
            Grouping::Basis => Grouping::Task,
        };
        self.rebuild(text);
    }

    fn rebuild(&mut self, text: &Text) {
        let kept = self.selected().iter().next().copied();
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, one) in self.review.pending.iter().enumerate().filter(|(_, one)| one.difference.with.is_none()) {
            let title = self.group_of(&one.difference, text);
            match groups.iter_mut().find(|(other, _)| *other == title) {
                Some((_, members)) => members.push(at),
                None => groups.push((title, vec![at])),
            }
        }
        self.lines.clear();
        for (title, members) in groups {
            self.lines.push(Line::Group { title, members: members.clone() });
            for at in members {
                let sentence = ops::say_difference(&self.review.pending[at].difference, &self.review.new, text);
                self.lines.push(Line::Change { at, sentence });
            }
        }
        let same = |line: &Line| matches!(line, Line::Change { at, .. } if Some(*at) == kept);
        self.cursor = self.lines.iter().position(same).unwrap_or(1).min(self.lines.len().saturating_sub(1));
    }

    fn group_of(&self, difference: &Difference, text: &Text) -> String {
        let say = &text.reviewing;
        match self.grouping {
            Grouping::Task => match difference.place.node() {
                Some(id) => ops::place_name(id, text),
                None => match &difference.place {
                    Place::Actual(..) | Place::Target(_) => text.screens.target.to_string(),
                    Place::Unit(_) => say.by_unit.to_string(),
                    Place::Record(id) | Place::Field(id, _) if id.kind.is_of_meeting() => {
                        let meeting = RecordId::new(RecordKind::Meeting, id.meeting.clone(), "");
                        ops::record_name(&meeting, self.review.new.record(&meeting), text)
                    }
                    Place::Record(id) | Place::Field(id, _) => (text.records.kind)(id.kind).to_string(),
                    _ => say.whole_plan.to_string(),
                },
            },
            Grouping::Unit => difference.units().first().map_or(say.no_unit.to_string(), |unit| unit.to_string()),
            Grouping::Basis => {
                let basis = difference.basis.as_ref().and_then(|basis| basis.text.lines().next());
                basis.unwrap_or(say.no_basis).to_string()
            }
        }
    }

    /// The changes that the keys act on: the one under the cursor, or a whole group.
    pub fn selected(&self) -> BTreeSet<usize> {
        match self.lines.get(self.cursor) {
            Some(Line::Group { members, .. }) => members.iter().copied().collect(),
            Some(Line::Change { at, .. }) => [*at].into(),
            None => BTreeSet::new(),
        }
    }

    fn current(&self) -> Option<&Pending> {
        self.review.pending.get(*self.selected().iter().next()?)
    }

    /// The place in the plan of the change under the cursor.
    pub fn node(&self) -> Option<&NodeId> {
        self.current()?.difference.place.node()
    }

    pub fn move_by(&mut self, by: isize) {
        self.move_to(self.cursor.saturating_add_signed(by));
    }

    pub fn move_to(&mut self, to: usize) {
        self.cursor = to.min(self.lines.len().saturating_sub(1));
    }

    /// To the next change, over the heads of groups.
    pub fn next(&mut self) {
        let is_change = |at: &usize| matches!(self.lines[*at], Line::Change { .. });
        self.cursor = (self.cursor + 1..self.lines.len()).find(is_change).unwrap_or(self.cursor);
    }

    /// To the group before, or after.
    pub fn move_group(&mut self, forward: bool) {
        let is_group = |at: &usize| matches!(self.lines[*at], Line::Group { .. });
        let found = match forward {
            true => (self.cursor + 1..self.lines.len()).find(is_group),
            false => (0..self.cursor).rev().find(is_group),
        };
        self.cursor = found.unwrap_or(self.cursor);
    }

    pub fn page(&self) -> usize {
        self.height.max(1)
    }

    pub fn prepare(&mut self, content: Rect) {
        self.height = usize::from(parts(content).0.height.saturating_sub(1)).max(1);
        self.top = if self.cursor < self.top {
            self.cursor
        } else {
            self.top.max((self.cursor + 1).saturating_sub(self.height))
        };
    }

    /// Draws the list and the change under the cursor.
    pub fn draw<'a>(&'a self, look: &Look<'a>, measure: Measure, pane: &mut Pane<'_, 'a>) {
        let (width, height) = pane.size();
        let (list, details) = parts(Rect::new(0, 0, width, height));
        let below = details.y > 0;
        if below {
            pane.rule(0, details.y - 1, width, look.theme.rule);
        } else {
            pane.vertical_rule(details.x - 1, 0, height, look.theme.rule);
        }
        self.draw_list(look, &mut pane.pane(list));
        let mut inside = pane.pane(details);
        if let Some(one) = self.current() {
            self.draw_details(look, one, measure, &mut inside);
        }
    }

    fn draw_list<'a>(&'a self, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
        let (width, _) = pane.size();
        let say = &look.text.reviewing;
        let grouping = match self.grouping {
            Grouping::Task => say.by_task,
            Grouping::Unit => say.by_unit,
            Grouping::Basis => say.by_basis,
        };
        let head = match &self.compared {
            Some((a, b)) => (say.comparing)(&ops::state_name(a, look.text), &ops::state_name(b, look.text)),
            None => {
                let review = &self.review;
                let all = review.open() + review.accepted() + review.returned();
                (look.text.review.pending_total)(all, review.accepted(), review.returned())
            }
        };
        let room = width.saturating_sub(cells_of(grouping) as u16 + 3);
        pane.put_short(1, 0, room, look.theme.quiet, head);
        pane.put_right(room + 1, 0, width.saturating_sub(room + 2), look.theme.quiet, grouping);
        if self.lines.is_empty() {
            let words = match (&self.refusal, &self.compared) {
                (Some(words), _) => words.as_str(),
                (None, Some(_)) => say.nothing_between,
                (None, None) => say.nothing,
            };
            for (y, range) in
                Measure::default().wrap(words, usize::from(width.saturating_sub(2)).max(8), 0).iter().enumerate()
            {
                pane.put(1, 2 + y as u16, width.saturating_sub(2), look.theme.quiet, &words[range.clone()]);
            }
        }
        for (y, (at, line)) in self.lines.iter().enumerate().skip(self.top).take(self.height).enumerate() {
            let y = 1 + y as u16;
            match line {
                Line::Group { title, members } => {
                    let first = members.first().and_then(|at| self.review.pending[*at].difference.place.node());
                    let node = first.filter(|_| self.grouping == Grouping::Task);
                    let title_of = node.and_then(|id| look.workspace.node(id)).map_or("", |node| node.title.as_str());
                    let count = format!("  {}", members.len());
                    let name = format!("{title} {title_of}");
                    pane.line(1, y, width.saturating_sub(2), [(look.theme.strong, name), (look.theme.quiet, count)]);
                }
                Line::Change { at, sentence } => {
                    let (mark, style) = self.mark(&self.review.pending[*at], look);
                    pane.put(2, y, 2, style, mark);
                    let tone = if mark.is_empty() { look.theme.plain } else { look.theme.quiet };
                    pane.put_short(5, y, width.saturating_sub(6), tone, sentence.as_str());
                }
            }
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }

    fn mark(&self, one: &Pending, look: &Look) -> (&'static str, Style) {
        match (&self.compared, &one.verdict) {
            (Some(_), _) | (None, Verdict::Open) => ("", look.theme.plain),
            (None, Verdict::Accepted) => (look.text.reviewing.mark_accepted, look.theme.good),
            (None, Verdict::Returned { .. }) => (look.text.reviewing.mark_returned, look.theme.warn),
        }
    }

    fn draw_details<'a>(&'a self, look: &Look<'a>, one: &'a Pending, measure: Measure, pane: &mut Pane<'_, 'a>) {
        let (width, height) = pane.size();
        let say = &look.text.reviewing;
        let difference = &one.difference;
        let node = difference.place.node().and_then(|id| look.workspace.node(id));
        let mut y = 0;
        let name = match node {
            Some(node) => format!("{} {}", look.place(&node.id), node.title),
            None => self.group_of(difference, look.text),
        };
        pane.put_short(1, y, width.saturating_sub(2), look.theme.strong, name);
        y += 1;
        // both values beside each other where there is room, else one below the other
        let half = (width.saturating_sub(4)) / 2;
        for (label, old, new) in values(difference, look.text) {
            if y + 2 > height {
                break;
            }
            y += 1;
            let runs = changed_words(&old, &new);
            let olds = styled(&runs, look, true, usize::from(half.max(8)), measure);
            let news = styled(&runs, look, false, usize::from(half.max(8)), measure);
            pane.put_short(1, y, half, look.theme.quiet, format!("{label}{}", say.before));
            pane.put_short(half + 3, y, half, look.theme.quiet, format!("{label}{}", say.after));
            y += 1;
            for line in 0..olds.len().max(news.len()) {
                if y >= height {
                    break;
                }
                pane.line(1, y, half, olds.get(line).cloned().unwrap_or_default());
                pane.line(half + 3, y, half, news.get(line).cloned().unwrap_or_default());
                y += 1;
            }
        }
        let mut remark = |label: &'static str, words: String, style: Style| {
            let name = cells_of(label) as u16 + 2;
            for (at, range) in
                measure.wrap(&words, usize::from(width.saturating_sub(name + 2)).max(8), 0).into_iter().enumerate()
            {
                if y < height {
                    pane.put(1, y, name, look.theme.quiet, if at == 0 { label } else { "" });
                    pane.put(1 + name, y, width.saturating_sub(name + 2), style, words[range].to_string());
                    y += 1;
                }
            }
        };
        if let Some(basis) = &difference.basis {
            let by = basis.by.as_ref().map_or(String::new(), |by| format!("  {by}"));
            remark(say.basis, format!("{}{by}", basis.text), look.theme.plain);
        }
        if let Verdict::Returned { comment, by } = &one.verdict {
            let words = format!("{}  {}", by.as_deref().unwrap_or_default(), comment);
            remark(say.returned, words.trim().to_string(), look.theme.warn);
        }
        if matches!(difference.place, Place::Cell(..) | Place::RowLead(_)) && y + 4 < height {
            self.draw_roles(look, &mut pane.pane(Rect::new(0, y + 1, width, height - y - 1)));
        }
    }

    /// Every role that changes, as a table: rows of the plan, departments across; green what comes, red what goes.
    fn draw_roles<'a>(&'a self, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
        let (width, height) = pane.size();
        let mut rows: Vec<&NodeId> = Vec::new();
        let mut units: Vec<&str> = Vec::new();
        let mut cells: Vec<(&NodeId, &str, String, Style)> = Vec::new();
        for one in &self.review.pending {
            let difference = &one.difference;
            let mut put = |row: &'a NodeId, unit: &'a str, words: String, style: Style| {
                if !rows.contains(&row) {
                    rows.push(row);
                }
                if !units.contains(&unit) {
                    units.push(unit);
                }
                cells.push((row, unit, words, style));
            };
            let style = |old: bool, new: bool| match (old, new) {
                (false, _) => look.theme.good,
                (true, false) => look.theme.bad,
                (true, true) => look.theme.warn,
            };
            match &difference.place {
                Place::Cell(row, unit) => {
                    let word = |value: &Option<Value>| role_mark(value, look.text);
                    let words = format!("{}→{}", word(&difference.old), word(&difference.new));
                    put(row, unit.as_str(), words, style(difference.old.is_some(), difference.new.is_some()));
                }
                Place::RowLead(row) => {
                    let lead = look.text.words.lead;
                    if let Some(Value::Unit(unit)) = &difference.old {
                        put(row, unit.as_str(), format!("{lead}→－"), look.theme.bad);
                    }
                    if let Some(Value::Unit(unit)) = &difference.new {
                        put(row, unit.as_str(), format!("－→{lead}"), look.theme.good);
                    }
                }
                _ => {}
            }
        }
        pane.put(1, 0, width, look.theme.quiet, look.text.reviewing.table);
        let left = rows.iter().map(|row| cells_of(&look.place(row))).max().unwrap_or(0) as u16 + 3;
        let column = 14;
        let shown = usize::from(width.saturating_sub(left + 1) / column).max(1);
        for (at, unit) in units.iter().take(shown).enumerate() {
            pane.put_short(left + at as u16 * column, 1, column - 1, look.theme.quiet, *unit);
        }
        for (y, row) in rows.iter().enumerate().take(usize::from(height.saturating_sub(2))) {
            let y = 2 + y as u16;
            pane.put(1, y, left, look.theme.plain, look.place(row));
            for (at, unit) in units.iter().take(shown).enumerate() {
                if let Some((.., words, style)) = cells.iter().find(|(r, u, ..)| r == row && u == unit) {
                    pane.put_short(left + at as u16 * column, y, column - 1, *style, words.clone());
                }
            }
        }
    }
}

fn role_mark(value: &Option<Value>, text: &Text) -> String {
    match value {
        Some(Value::Role(role)) => (text.words.role)(*role),
        _ => "－".to_string(),
    }
}

/// Where the list and the details stand.
fn parts(content: Rect) -> (Rect, Rect) {
    let Rect { x, y, width, height } = content;
    if width >= 100 {
        let left = width * 52 / 100;
        return (Rect::new(x, y, left, height), Rect::new(x + left + 1, y, width - left - 1, height));
    }
    let below = (height * 45 / 100).clamp(height.min(4), 16);
    let above = height.saturating_sub(below + 1);
    (Rect::new(x, y, width, above), Rect::new(x, y + above + 1, width, below))
}

/// Label, before, after of everything that changed.
fn values(difference: &Difference, text: &Text) -> Vec<(String, String, String)> {
    if difference.is_record() {
        let parts = difference.parts().into_iter();
        return parts
            .map(|(part, old, new)| {
                let label = format!("{} ", (text.review.part)(part));
                (label, old.unwrap_or_default(), new.unwrap_or_default())
            })
            .collect();
    }
    let words = |value: &Option<Value>| match value {
        Some(value) => ops::value_words(value, text),
        None if matches!(difference.place, Place::Status(_)) => (text.words.status)(Default::default()).to_string(),
        None => text.words.nothing.to_string(),
    };
    vec![(String::new(), words(&difference.old), words(&difference.new))]
}

/// Characters of unchanged text that stand around what changed.
const AROUND: usize = 30;

/// What stayed, without its middle where it is long: the eye is to fall on what changed.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    let (head, tail) = (if is_first { 0 } else { AROUND }, if is_last { 0 } else { AROUND });
    if count <= head + tail + 4 || is_first && is_last {
        return text.to_string();
    }
    let (begin, end): (String, String) = (text.chars().take(head).collect(), text.chars().skip(count - tail).collect());
    format!("{begin}…{end}")
}

/// One side of a comparison, wrapped: what went is marked on the old side, what came on the new one.
fn styled(runs: &[Run], look: &Look, is_old: bool, width: usize, measure: Measure) -> Vec<Vec<(Style, String)>> {
    use ratatui::style::Modifier;
    let mut whole = String::new();
    let mut styles: Vec<(usize, Style)> = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let cut;
        let (text, style) = match run {
            Run::Same(text) => {
                cut = shortened(text, at == 0, at + 1 == runs.len());
                (&cut, look.theme.plain)
            }
            Run::Gone(text) if is_old => (text, look.theme.bad.add_modifier(Modifier::CROSSED_OUT)),
            Run::Come(text) if !is_old => (text, look.theme.good.add_modifier(Modifier::UNDERLINED)),
            Run::Gone(_) | Run::Come(_) => continue,
        };
        whole.push_str(text);
        styles.push((whole.len(), style));
    }
    let mut lines = Vec::new();
    for range in measure.wrap(&whole, width, 0) {
        let mut parts = Vec::new();
        let mut from = range.start;
        for (end, style) in &styles {
            let to = (*end).min(range.end);
            if to > from {
                parts.push((*style, whole[from..to].to_string()));
                from = to;
            }
        }
        lines.push(parts);
    }
    lines
}
