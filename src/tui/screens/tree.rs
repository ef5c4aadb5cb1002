//! The plan tree 规划: a flattened list that is rebuilt when folds change; only its window is drawn.

use crate::domain::{NodeId, NodeKind, OfficialText, Set};
use crate::tui::look::Look;
use crate::tui::term::{Pane, Still, width as width_of};

/// One line of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Where the node stands in the official text.
    pub node: usize,
    pub depth: usize,
    pub has_children: bool,
    pub is_folded: bool,
}

/// Folds, cursor and scroll position.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    folded: Set<NodeId>,
    lines: Vec<Line>,
    cursor: usize,
    top: usize,
    height: usize,
    /// Where scroll position and cursor stood in the frame before, and stand in the one that is drawn.
    before: (usize, usize),
    now: (usize, usize),
}

impl Tree {
    /// Builds the list anew; the cursor stays on its node, or on the nearest parent that is still shown.
    pub fn rebuild(&mut self, text: &OfficialText) {
        let at = self.lines.get(self.cursor).map(|line| line.node);
        self.lines.clear();
        let mut hidden_below: Option<usize> = None;
        for (node, official) in text.nodes.iter().enumerate() {
            let Some(depth) = official.kind.depth() else { continue };
            if let Some(last) = self.lines.last_mut()
                && hidden_below.is_none()
                && depth > last.depth
            {
                last.has_children = true;
            }
            match hidden_below {
                Some(fold) if depth > fold => {
                    if let Some(last) = self.lines.last_mut() {
                        last.has_children = true;
                    }
                    continue;
                }
                _ => hidden_below = None,
            }
            let is_folded = !self.folded.is_empty() && self.folded.contains(&official.id);
            if is_folded {
                hidden_below = Some(depth);
            }
            self.lines.push(Line { node, depth, has_children: false, is_folded });
        }
        for line in &mut self.lines {
            line.is_folded &= line.has_children;
        }
        if let Some(node) = at {
            self.cursor = self.lines.partition_point(|line| line.node <= node).saturating_sub(1);
        }
        self.clamp();
    }

    pub fn folded(&self) -> impl Iterator<Item = &NodeId> {
        self.folded.iter()
    }

    pub fn set_folded(&mut self, folded: impl IntoIterator<Item = NodeId>) {
        self.folded = folded.into_iter().collect();
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The line under the cursor.
    pub fn line(&self) -> Option<Line> {
        self.lines.get(self.cursor).copied()
    }

    /// How tall the list was when it was drawn last, in rows.
    pub fn page(&self) -> usize {
        self.height.max(2)
    }

    pub fn move_by(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by);
        self.clamp();
    }

    pub fn move_to(&mut self, line: usize) {
        self.cursor = line;
        self.clamp();
    }

    fn clamp(&mut self) {
        self.cursor = self.cursor.min(self.lines.len().saturating_sub(1));
    }

    /// Puts the cursor on a node, unfolding what hides it; whether it is in the tree.
    pub fn show(&mut self, text: &OfficialText, id: &NodeId) -> bool {
        let mut parent = id.parent();
        let mut has_unfolded = false;
        while let Some(id) = parent {
            has_unfolded |= self.folded.remove(&id);
            parent = id.parent();
        }
        if has_unfolded {
            self.rebuild(text);
        }
        let found = self.lines.iter().position(|line| text.nodes[line.node].id == *id);
        if let Some(at) = found {
            self.cursor = at;
        }
        found.is_some()
    }

    /// Folds or unfolds the node under the cursor; whether it has anything to fold.
    pub fn toggle(&mut self, text: &OfficialText) -> bool {
        match self.line() {
            Some(line) if line.has_children => {
                self.fold(text, !line.is_folded);
                true
            }
            _ => false,
        }
    }

    fn fold(&mut self, text: &OfficialText, fold: bool) {
        let Some(line) = self.line() else { return };
        let id = &text.nodes[line.node].id;
        if fold {
            self.folded.insert(id.clone());
        } else {
            self.folded.remove(id);
        }
        self.rebuild(text);
    }

    /// Left: folds an open node, else goes to the parent.
    pub fn left(&mut self, text: &OfficialText) {
        let Some(line) = self.line() else { return };
        if line.has_children && !line.is_folded {
            self.fold(text, true);
        } else if let Some(parent) = self.lines[..self.cursor].iter().rposition(|other| other.depth < line.depth) {
            self.cursor = parent;
        }
    }

    /// Right: unfolds a folded node, else goes to its first child.
    pub fn right(&mut self, text: &OfficialText) {
        let Some(line) = self.line() else { return };
        if line.is_folded {
            self.fold(text, false);
        } else if line.has_children {
            self.move_by(1);
        }
    }

    /// Shows the tree down to a depth, 1 for chapters only.
    pub fn show_depth(&mut self, text: &OfficialText, depth: usize) {
        let nodes = text.nodes.iter().filter(|node| node.kind.depth().is_some_and(|own| own + 1 >= depth));
        self.folded = nodes.filter(|node| node.kind.depth().is_some_and(|own| own < 2)).map(|n| n.id.clone()).collect();
        self.rebuild(text);
    }

    /// Brings the cursor into a window of `height` rows. `step` rows are scrolled at a time: one where the terminal can scroll
    /// the rows by itself, more beside another pane, where every scrolled row has to be sent again.
    pub fn prepare(&mut self, height: usize, step: usize) {
        self.height = height;
        let most = self.lines.len().saturating_sub(height);
        if self.cursor < self.top {
            self.top = if self.top - self.cursor > step { self.cursor } else { self.top.saturating_sub(step) };
        } else if self.cursor >= self.top + height {
            let by = (self.cursor + 1 - self.top - height).max(step);
            self.top = (self.top + by).min(self.cursor);
        }
        self.top = self.top.min(most);
        self.before = std::mem::replace(&mut self.now, (self.top, self.cursor));
    }

    /// Draws the window; over a frame that still stands only the lines that the cursor left and came to.
    pub fn draw<'a>(&self, look: &Look<'a>, pane: &mut Pane<'_, 'a>, still: Option<Still<'_>>) {
        let still = still.filter(|_| self.before.0 == self.now.0);
        let (width, height) = pane.size();
        let nodes = &look.workspace.plan().text.nodes;
        for (y, (at, line)) in self.lines.iter().enumerate().skip(self.top).take(usize::from(height)).enumerate() {
            let node = &nodes[line.node];
            let y = y as u16;
            let is_cursor = at == self.cursor;
            if let Some(still) = still.filter(|_| !is_cursor && at != self.before.1) {
                pane.keep(y, still);
                continue;
            }
            if is_cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
            }
            if look.picked.contains(&node.id) {
                pane.put(1, y, 1, look.theme.accent, "*");
            }
            let indent = 2 + 2 * line.depth as u16;
            if line.has_children {
                pane.put(indent, y, 1, look.theme.quiet, if line.is_folded { "▸" } else { "▾" });
            }
            let right = draw_state(look, pane, y, width, &node.id, node.kind);
            let style = match node.kind {
                NodeKind::Chapter => look.theme.strong,
                NodeKind::Heading | NodeKind::Task | NodeKind::Measure => look.theme.plain,
                _ => look.theme.quiet,
            };
            let room = right.saturating_sub(indent + 2 + 1);
            let number = look.number(node);
            let gap = if number.ends_with('.') || number.is_ascii() { " " } else { "" };
            let reach = width_of(&number) as u16 + gap.len() as u16;
            let parts: [(ratatui::style::Style, std::borrow::Cow<'a, str>); 3] = [
                (if is_cursor { look.theme.accent } else { look.theme.quiet }, number),
                (look.theme.quiet, gap.into()),
                (style, node.title.as_str().into()),
            ];
            pane.line(indent + 2, y, room, parts);
            if is_cursor {
                // only as far as the number: a tint over the whole title would send the title again for every move
                pane.tint(ratatui::layout::Rect::new(0, y, indent + 2 + reach, 1), look.theme.cursor);
            }
        }
    }
}

/// Draws the columns at the right end; the column where they begin.
fn draw_state<'a>(look: &Look<'a>, pane: &mut Pane<'_, 'a>, y: u16, width: u16, id: &'a NodeId, kind: NodeKind) -> u16 {
    if !look.workspace.is_whole() {
        return width;
    }
    let light = if width >= 24 { 3 } else { 0 };
    if !kind.is_tracked() {
        let Some(rollup) = look.rollups.get(id) else { return width };
        let right = width.saturating_sub(light + 1);
        let done = format!("{}/{}", rollup.done, rollup.total);
        let left = right.saturating_sub(done.len() as u16);
        let style = if rollup.done == rollup.total { look.theme.good } else { look.theme.quiet };
        pane.put(left, y, right - left, style, done);
        let (style, mark) = match look.is_disputed(id) {
            true => (look.theme.bad, look.disputed_mark()),
            false => (look.theme.light(rollup.worst), look.light_mark(rollup.worst)),
        };
        pane.put(right + 1, y, 2, style, mark);
        return left;
    }
    let plan = look.workspace.plan();
    let state = plan.state(id);
    let worst = plan.light(id, look.today);
    let mut left = width.saturating_sub(light);
    let (style, mark) = match look.is_disputed(id) {
        true => (look.theme.bad, look.disputed_mark()),
        false => (look.theme.light(worst), look.light_mark(worst)),
    };
    pane.put(left, y, light, style, mark);
    let is_damaged =
        !look.workspace.damaged().is_empty() && look.workspace.damaged().contains(&look.workspace.tasks_file(id));
    let word = if is_damaged { look.text.screens.damaged } else { look.status_word(state.status) };
    let room = if look.text.lang == crate::text::Lang::Zh { 6 } else { 11 };
    if width >= 40 {
        left = left.saturating_sub(room + 1);
        let style = if is_damaged { look.theme.bad } else { look.theme.status(state.status) };
        pane.put(left, y, room, style, word);
    }
    if width >= 70 {
        left = left.saturating_sub(12);
        if let Some(due) = &state.due {
            match due.date {
                Some(date) => pane.put(left, y, 10, look.theme.light(worst), date.to_string()),
                None => pane.put_short(left, y, 10, look.theme.quiet, due.wording.as_str()),
            }
        }
    }
    left
}
