//! The division-of-labour table 分工: rows by departments, names upright, headers frozen, a crosshair at the cursor.

use crate::domain::{NodeId, Plan, Role, Row, Unit, UnitGroup, UnitId};
use crate::text::Lang;
use crate::tui::look::Look;
use crate::tui::term::{Pane, width};
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::collections::HashSet;

/// One line of the table: a row, or one of its tasks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Which row of the matrix.
    pub row: usize,
    /// A task of the row, as its place in the official text.
    pub task: Option<usize>,
}

/// What stands in a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    FirstLead,
    JointLead,
    Responsible,
}

/// Cursor, scroll positions, open rows.
#[derive(Clone, Debug, Default)]
pub struct MatrixView {
    lines: Vec<Line>,
    open: HashSet<NodeId>,
    line: usize,
    column: usize,
    top: usize,
    left: usize,
    height: usize,
}

/// Cells of the row totals, the check and the gap before them.
const TOTALS: u16 = 11;
/// The same where every cell counts: the figures without their words.
const TOTALS_NARROW: u16 = 6;
/// Cells of the longest title with its number, and a gap.
const TITLE: u16 = 48;
/// Lines below the table: totals twice, the words for the crosshair.
const FOOT: u16 = 3;

impl MatrixView {
    /// Builds the list of lines anew.
    pub fn rebuild(&mut self, plan: &Plan) {
        let at = self.lines.get(self.line).copied();
        self.lines.clear();
        for (row, record) in plan.matrix.rows.iter().enumerate() {
            self.lines.push(Line { row, task: None });
            if self.open.contains(&record.id) {
                let tasks = plan.text.nodes.iter().enumerate().filter(|(_, node)| node.kind.is_tracked());
                let own = tasks.filter(|(_, node)| node.id.parent().is_some_and(|parent| parent == record.id));
                self.lines.extend(own.map(|(place, _)| Line { row, task: Some(place) }));
            }
        }
        if let Some(at) = at {
            let same = self.lines.iter().position(|line| *line == at);
            self.line = same.or_else(|| self.lines.iter().position(|line| line.row == at.row)).unwrap_or(0);
        }
        self.line = self.line.min(self.lines.len().saturating_sub(1));
        self.column = self.column.min(plan.units.len().saturating_sub(1));
    }

    pub fn open_rows(&self) -> impl Iterator<Item = &NodeId> {
        self.open.iter()
    }

    pub fn set_open(&mut self, rows: impl IntoIterator<Item = NodeId>) {
        self.open = rows.into_iter().collect();
    }

    pub fn page(&self) -> usize {
        self.height.max(2)
    }

    pub fn move_by(&mut self, by: isize) {
        self.line = self.line.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
    }

    pub fn move_to(&mut self, line: usize) {
        self.line = line.min(self.lines.len().saturating_sub(1));
    }

    pub fn move_column(&mut self, by: isize, units: usize) {
        self.column = self.column.saturating_add_signed(by).min(units.saturating_sub(1));
    }

    /// Opens or closes the row under the cursor.
    pub fn toggle(&mut self, plan: &Plan) {
        let Some(line) = self.lines.get(self.line).copied() else { return };
        let id = plan.matrix.rows[line.row].id.clone();
        if !self.open.remove(&id) {
            self.open.insert(id);
        }
        self.rebuild(plan);
    }

    /// The row or task under the cursor.
    pub fn id<'p>(&self, plan: &'p Plan) -> Option<&'p NodeId> {
        let line = self.lines.get(self.line)?;
        match line.task {
            Some(place) => plan.text.nodes.get(place).map(|node| &node.id),
            None => plan.matrix.rows.get(line.row).map(|row| &row.id),
        }
    }

    /// The department under the cursor.
    pub fn unit<'p>(&self, plan: &'p Plan) -> Option<&'p Unit> {
        plan.units.get(self.column)
    }

    /// Puts the cursor on a row or task, opening what hides it; whether it is in the table.
    pub fn show(&mut self, plan: &Plan, id: &NodeId) -> bool {
        if plan.matrix.row(id).is_none() {
            let Some(parent) = id.parent().filter(|parent| plan.matrix.row(parent).is_some()) else { return false };
            if self.open.insert(parent) {
                self.rebuild(plan);
            }
        }
        let is_it = |line: &Line| match line.task {
            Some(place) => plan.text.nodes[place].id == *id,
            None => plan.matrix.rows[line.row].id == *id,
        };
        let found = self.lines.iter().position(is_it);
        if let Some(at) = found {
            self.line = at;
        }
        found.is_some()
    }

    /// Puts the cursor on a department.
    pub fn show_unit(&mut self, plan: &Plan, unit: &UnitId) {
        if let Some(at) = plan.units.iter().position(|other| other.id == *unit) {
            self.column = at;
        }
    }

    /// Brings the cursor into the window.
    pub fn prepare(&mut self, plan: &Plan, size: (u16, u16)) {
        let shape = Shape::of(plan, size, self.left, self.lines.len());
        self.height = usize::from(shape.rows);
        if self.line < self.top {
            self.top = self.line;
        }
        if self.line >= self.top + self.height {
            self.top = self.line + 1 - self.height;
        }
        self.top = self.top.min(self.lines.len().saturating_sub(self.height));
        if self.column < self.left {
            self.left = self.column;
        }
        while self.left < self.column && !Shape::of(plan, size, self.left, 0).shows(self.column) {
            self.left += 1;
        }
        while self.left > 0 && Shape::of(plan, size, self.left - 1, 0).shows(plan.units.len().saturating_sub(1)) {
            self.left -= 1;
        }
    }

    /// Draws the table.
    pub fn draw<'a>(&self, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
        let plan = look.workspace.plan();
        let shape = Shape::of(plan, pane.size(), self.left, self.lines.len());
        self.draw_head(look, &shape, pane);
        let first = 1 + shape.head;
        let shown = self.lines.iter().enumerate().skip(self.top).take(usize::from(shape.rows));
        for (y, (at, line)) in shown.enumerate() {
            self.draw_line(look, &shape, pane, first + y as u16, *line, at == self.line);
        }
        self.draw_totals(look, &shape, pane);
        let (_, height) = pane.size();
        if shape.foot + 4 < height {
            let legend = look.text.screens.legend;
            pane.put_short(
                shape.title,
                shape.foot + 3,
                shape.right.saturating_sub(shape.title),
                look.theme.quiet,
                legend,
            );
        }
        self.draw_words(look, pane);
    }

    fn draw_head<'a>(&self, look: &Look<'a>, shape: &Shape, pane: &mut Pane<'_, 'a>) {
        let plan = look.workspace.plan();
        pane.put(1, shape.head, shape.title.saturating_sub(1), look.theme.quiet, look.text.screens.work);
        pane.put_right(shape.right, shape.head, shape.totals - 1, look.theme.quiet, look.text.screens.sums);
        if shape.first > 0 {
            pane.put(shape.title.saturating_sub(1), 0, 1, look.theme.key, "‹");
        }
        let hidden = plan.units.len().saturating_sub(shape.first + shape.columns.len());
        if hidden > 0 {
            pane.put(shape.right, 0, shape.totals, look.theme.key, format!("› +{hidden}"));
        }
        let mut group: Option<UnitGroup> = None;
        for (at, x) in shape.columns.iter().enumerate() {
            let column = shape.first + at;
            let unit = &plan.units[column];
            if group != Some(unit.group) {
                group = Some(unit.group);
                let same = plan.units[column..].iter().take_while(|other| other.group == unit.group).count();
                let end = shape.columns.get(at + same).map_or(shape.right, |next| next.saturating_sub(1));
                let end = end.min(*x + same as u16 * 4);
                pane.rule(*x, 0, end.saturating_sub(*x), look.theme.rule);
                // a narrow group shows as much of its name as it has cells, where a part of it says something
                let name = (look.text.words.group)(unit.group);
                if look.text.lang == Lang::Zh || width(name) < usize::from(end.saturating_sub(*x)) {
                    pane.put(*x, 0, end.saturating_sub(*x), look.theme.quiet, name);
                }
            }
            for (y, c) in upright(unit, usize::from(shape.head)).into_iter().enumerate() {
                pane.put(*x, 1 + y as u16, 2, look.theme.quiet, c);
            }
            if column == self.column {
                pane.tint(Rect::new(*x, shape.head, 2, 1), look.theme.tab);
            }
        }
    }

    fn draw_line<'a>(
        &self,
        look: &Look<'a>,
        shape: &Shape,
        pane: &mut Pane<'_, 'a>,
        y: u16,
        line: Line,
        is_cursor: bool,
    ) {
        let plan = look.workspace.plan();
        let row = &plan.matrix.rows[line.row];
        let (id, title, indent) = match line.task {
            Some(place) => (&plan.text.nodes[place].id, plan.text.nodes[place].title.as_str(), 4),
            None => (&row.id, look.workspace.node(&row.id).map_or(row.content.as_str(), |node| node.title.as_str()), 2),
        };
        if is_cursor {
            pane.put(0, y, 1, look.theme.accent, "▌");
        }
        if line.task.is_none() {
            pane.put(1, y, 1, look.theme.quiet, if self.open.contains(&row.id) { "▾" } else { "▸" });
        } else if look.picked.contains(id) {
            pane.put(1, y, 1, look.theme.accent, "*");
        }
        let number = match line.task {
            Some(_) => format!("{}.", id.numbers().last().unwrap_or(&0)),
            None => look.place(id),
        };
        let style = if line.task.is_some() { look.theme.quiet } else { look.theme.plain };
        let parts: [(Style, std::borrow::Cow<'a, str>); 3] =
            [(look.theme.quiet, number.into()), (look.theme.quiet, " ".into()), (style, short_title(title).into())];
        pane.line(indent, y, shape.title.saturating_sub(indent + 1), parts);
        let marks = Marks::of(plan, row, id);
        for (at, x) in shape.columns.iter().enumerate() {
            let column = shape.first + at;
            let unit = &plan.units[column].id;
            let mark = marks.mark(unit);
            let words = mark_words(mark, look.text.lang);
            let style = match (mark, line.task.is_some(), marks.differs(unit)) {
                (_, true, true) => look.theme.own,
                (None, _, _) => look.theme.rule,
                (Some(_), true, false) => look.theme.quiet,
                (Some(Mark::FirstLead | Mark::JointLead), false, _) => look.theme.accent.patch(look.theme.strong),
                (Some(Mark::Responsible), false, _) => look.theme.plain,
            };
            let words = if mark.is_none() && line.task.is_some() && marks.differs(unit) { "－" } else { words };
            let (style, words) = match look.is_disputed_cell(id, unit) {
                true => (look.theme.bad, look.disputed_mark()),
                false => (style, words),
            };
            pane.put(*x, y, 2, style, words);
        }
        let (words, style) = match row_check(row, look) {
            _ if look.is_disputed(id) => (look.text.conflicts.label.to_string(), look.theme.bad),
            Some(words) if line.task.is_none() => (words.to_string(), look.theme.bad),
            _ => {
                let (leads, responsible) = marks.counts();
                let words = match shape.totals {
                    TOTALS_NARROW => format!("{leads}+{responsible}"),
                    _ => (look.text.screens.row_sums)(leads, responsible),
                };
                (words, look.theme.quiet)
            }
        };
        pane.put_right(shape.right, y, shape.totals - 1, style, words);
        if is_cursor {
            // the ends of the crosshair and not its arms: a tint sends every mark under it again for every move
            pane.tint(Rect::new(0, y, indent, 1), look.theme.cursor);
            if let Some(x) = self.column.checked_sub(shape.first).and_then(|at| shape.columns.get(at)) {
                pane.tint(Rect::new(*x, y, 2, 1), look.theme.cell);
            }
        }
    }

    fn draw_totals<'a>(&self, look: &Look<'a>, shape: &Shape, pane: &mut Pane<'_, 'a>) {
        let plan = look.workspace.plan();
        let first = shape.foot;
        let say = &look.text.screens;
        for (y, name) in [(first, say.lead_total), (first + 1, say.responsible_total)] {
            pane.put_right(2, y, shape.title.saturating_sub(3), look.theme.quiet, name);
        }
        for (at, x) in shape.columns.iter().enumerate() {
            let unit = &plan.units[shape.first + at].id;
            let leads = plan.matrix.rows.iter().filter(|row| row.leads().contains(unit)).count();
            let is_responsible = |row: &&Row| matches!(row.role(unit), Some(Role::Responsible(_)));
            let responsible = plan.matrix.rows.iter().filter(is_responsible).count();
            let style = if shape.first + at == self.column { look.theme.accent } else { look.theme.quiet };
            for (y, count) in [(first, leads), (first + 1, responsible)] {
                if count > 0 {
                    pane.put_right(*x, y, 2, style, count.to_string());
                }
            }
        }
        let leads: usize = plan.matrix.rows.iter().map(|row| row.leads().len()).sum();
        let responsible: usize = plan.matrix.rows.iter().map(|row| row.responsible().len()).sum();
        pane.put_right(shape.right, first, shape.totals - 1, look.theme.quiet, leads.to_string());
        pane.put_right(shape.right, first + 1, shape.totals - 1, look.theme.quiet, responsible.to_string());
    }

    /// The crosshair in words: department in full, row, role.
    fn draw_words<'a>(&self, look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
        let (cells, height) = pane.size();
        let plan = look.workspace.plan();
        let (Some(id), Some(unit)) = (self.id(plan), self.unit(plan)) else { return };
        let row = &plan.matrix.rows[self.lines[self.line].row];
        let marks = Marks::of(plan, row, id);
        let say = &look.text.screens;
        let role = match marks.mark(&unit.id) {
            Some(Mark::FirstLead) => say.first_lead,
            Some(Mark::JointLead) => say.joint_lead,
            Some(Mark::Responsible) => look.text.words.responsible,
            None => say.no_role,
        };
        let title = look.workspace.node(id).map_or("", |node| node.title.as_str());
        let own = if plan.state(id).overrides() { say.own_division } else { "" };
        let row_words = format!("{} {title}", look.place(id));
        // each at a place of its own, so that a move of the cursor changes one of them
        let longest = plan.units.iter().map(|unit| width(&unit.full)).max().unwrap_or(0) as u16;
        let roles = [say.first_lead, say.joint_lead, look.text.words.responsible, say.no_role];
        let at_unit = 1 + roles.iter().map(|role| width(role)).max().unwrap_or(0) as u16 + 2;
        let at_row = at_unit + longest + 2;
        if at_row + 40 <= cells {
            pane.put(1, height - 1, at_unit - 1, look.theme.accent, role);
            pane.put(at_unit, height - 1, longest, look.theme.tab, unit.full.as_str());
            let parts: [(Style, std::borrow::Cow<'a, str>); 2] =
                [(look.theme.plain, row_words.into()), (look.theme.own, own.into())];
            return pane.line(at_row, height - 1, cells.saturating_sub(at_row), parts);
        }
        let parts: [(Style, std::borrow::Cow<'a, str>); 5] = [
            (look.theme.accent, role.into()),
            (look.theme.quiet, "  ".into()),
            (look.theme.tab, unit.full.as_str().into()),
            (look.theme.plain, format!("  {row_words}").into()),
            (look.theme.own, own.into()),
        ];
        pane.line(1, height - 1, cells.saturating_sub(1), parts);
    }
}

/// Where the columns stand.
struct Shape {
    /// Cells of the frozen left column.
    title: u16,
    /// Rows of the upright names.
    head: u16,
    /// Rows of the table that are visible.
    rows: u16,
    /// Where the totals begin.
    foot: u16,
    first: usize,
    columns: Vec<u16>,
    /// Where the right totals begin.
    right: u16,
    /// Cells of the right totals.
    totals: u16,
}

impl Shape {
    fn of(plan: &Plan, (width, height): (u16, u16), first: usize, lines: usize) -> Shape {
        let groups: HashSet<UnitGroup> = plan.units.iter().map(|unit| unit.group).collect();
        let totals = if width < 60 { TOTALS_NARROW } else { TOTALS };
        let count = plan.units.len() as u16;
        let all = |step: u16| count * step + groups.len().saturating_sub(1) as u16;
        // on a wide screen the columns stand apart, so that the eye can follow them
        let step = (2..=4).rev().find(|step| all(*step) + totals + TITLE <= width).unwrap_or(2);
        let least = if width < 60 { 18 } else { (width / 4).clamp(14, 24) };
        let title = width.saturating_sub(all(step) + totals).clamp(least, TITLE.max(least));
        let longest = plan.units.iter().map(|unit| bare(unit.id.as_str()).chars().count()).max().unwrap_or(1) as u16;
        let room = height.saturating_sub(FOOT + 1);
        let rows_wanted = (plan.matrix.rows.len() as u16).max(6);
        let head = longest.min(room.saturating_sub(rows_wanted)).clamp(room.min(4), longest.max(4));
        let rows = room.saturating_sub(head).max(1);
        // the totals stand right below a short table
        let used = rows.min((lines as u16).saturating_add(1));
        let mut columns = Vec::new();
        let mut x = title;
        let mut group = plan.units.get(first).map(|unit| unit.group);
        for unit in &plan.units[first.min(plan.units.len())..] {
            if group != Some(unit.group) {
                group = Some(unit.group);
                x += 1;
            }
            if x + 2 > width.saturating_sub(totals) {
                break;
            }
            columns.push(x);
            x += step;
        }
        let foot = (1 + head + used).min(height.saturating_sub(FOOT));
        Shape { title, head, rows, foot, first, columns, right: x.min(width.saturating_sub(totals)), totals }
    }

    fn shows(&self, column: usize) -> bool {
        column >= self.first && column < self.first + self.columns.len()
    }
}

/// What a line shows, and where it differs from its row.
struct Marks {
    leads: Vec<UnitId>,
    responsible: Vec<UnitId>,
    row_leads: Vec<UnitId>,
    row_responsible: Vec<UnitId>,
}

impl Marks {
    fn of(plan: &Plan, row: &Row, id: &NodeId) -> Marks {
        Marks {
            leads: plan.leads(id),
            responsible: plan.responsible(id),
            row_leads: row.leads(),
            row_responsible: row.responsible(),
        }
    }

    fn mark(&self, unit: &UnitId) -> Option<Mark> {
        mark_in(&self.leads, &self.responsible, unit)
    }

    fn differs(&self, unit: &UnitId) -> bool {
        self.mark(unit) != mark_in(&self.row_leads, &self.row_responsible, unit)
    }

    fn counts(&self) -> (usize, usize) {
        (self.leads.len(), self.responsible.len())
    }
}

fn mark_in(leads: &[UnitId], responsible: &[UnitId], unit: &UnitId) -> Option<Mark> {
    match leads.iter().position(|lead| lead == unit) {
        Some(0) => Some(Mark::FirstLead),
        Some(_) => Some(Mark::JointLead),
        None => responsible.contains(unit).then_some(Mark::Responsible),
    }
}

fn mark_words(mark: Option<Mark>, lang: Lang) -> &'static str {
    match (mark, lang) {
        (None, _) => "·",
        (Some(Mark::FirstLead), Lang::Zh) => "牵",
        (Some(Mark::JointLead), Lang::Zh) => "并",
        (Some(Mark::Responsible), Lang::Zh) => "〇",
        (Some(Mark::FirstLead), Lang::En) => "L",
        (Some(Mark::JointLead), Lang::En) => "J",
        (Some(Mark::Responsible), Lang::En) => "o",
    }
}

/// What is wrong with a row, checked as it stands: one first lead, and no lead that is also responsible.
fn row_check(row: &Row, look: &Look) -> Option<&'static str> {
    let responsible = row.responsible();
    if row.lead.is_none() {
        Some(look.text.screens.no_lead)
    } else if row.leads().iter().any(|lead| responsible.contains(lead)) {
        Some(look.text.screens.lead_twice)
    } else {
        None
    }
}

/// A name for an upright column of `rows` characters: the longest one that fits, else the shortest, cut.
fn upright(unit: &Unit, rows: usize) -> Vec<String> {
    let count = |name: &str| name.chars().count();
    let names = || [unit.id.as_str()].into_iter().chain(unit.aliases.iter().map(|alias| alias.as_str())).map(bare);
    let fitting = names().find(|name| count(name) <= rows);
    let name = fitting.or_else(|| names().min_by_key(|name| count(name))).unwrap_or_default();
    // names hang from the table, so that the eye finds the column from below
    let blank = rows.saturating_sub(count(name));
    let cells = name.chars().take(rows).map(|c| c.to_string());
    std::iter::repeat_n(String::new(), blank).chain(cells).collect()
}

/// A name without the 市 that all of them begin with.
fn bare(name: &str) -> &str {
    name.strip_prefix("市").filter(|rest| !rest.is_empty()).unwrap_or(name)
}

/// A title without the 实施 that all rows begin with.
fn short_title(title: &str) -> &str {
    title.strip_prefix("实施").filter(|rest| !rest.is_empty()).unwrap_or(title)
}
