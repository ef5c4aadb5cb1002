//! The official text as one flow beside the tree: the cursor's node is marked at the edge, so that moving the cursor moves a
//! mark and not a page of text. Nodes are wrapped when they come into the window, once for a width.

use crate::domain::{Map, Node, NodeId, NodeKind, Plan};
use crate::tui::look::{Look, Reading};
use crate::tui::term::{Measure, Pane, Still};
use ratatui::style::Style;
use std::ops::Range;

/// Stands for characters that the source lost: printers' geta, always two cells wide.
const LOST: &str = "〓";

/// A node wrapped to the width of the pane.
#[derive(Clone, Debug)]
struct Wrapped {
    text: String,
    lines: Vec<Range<usize>>,
    /// The repaired or damaged places.
    marks: Vec<Range<usize>>,
    /// How far the title reaches.
    title: usize,
    /// Blank lines before it.
    space: usize,
    indent: usize,
}

/// Scroll position and wrapped nodes.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    /// The nodes that are shown, as places in the official text.
    order: Vec<usize>,
    wrapped: Map<usize, Wrapped>,
    width: usize,
    height: usize,
    reading: Reading,
    /// First visible line: which node of `order`, which of its lines.
    top: (usize, usize),
    selected: Option<usize>,
    /// What was on top and selected in the frame before, and is in the one that is drawn.
    before: ((usize, usize), Option<usize>),
    now: ((usize, usize), Option<usize>),
}

impl Flow {
    /// Forgets everything that was wrapped: the text has changed.
    pub fn rebuild(&mut self, plan: &Plan) {
        let shown = |node: &Node| {
            matches!(
                node.kind,
                NodeKind::Chapter
                    | NodeKind::Heading
                    | NodeKind::Principle
                    | NodeKind::Task
                    | NodeKind::Measure
                    | NodeKind::Paragraph
            )
        };
        self.order = (0..plan.text.nodes.len()).filter(|at| shown(&plan.text.nodes[*at])).collect();
        self.wrapped.clear();
        self.selected = None;
        self.top = (self.top.0.min(self.order.len().saturating_sub(1)), 0);
    }

    /// Wraps what the window needs and brings the selected node into it.
    pub fn prepare(&mut self, plan: &Plan, reading: Reading, size: (u16, u16), measure: Measure, selected: usize) {
        let (width, height) = (usize::from(size.0), usize::from(size.1));
        if (self.width, self.reading) != (width, reading) {
            self.wrapped.clear();
            self.selected = None;
        }
        if self.height != height {
            self.selected = None;
        }
        (self.width, self.height, self.reading) = (width, height, reading);
        if self.wrapped.len() > 4096 {
            self.wrapped.clear();
        }
        if self.selected != Some(selected) {
            self.selected = Some(selected);
            let at = self.order.partition_point(|node| *node < selected).min(self.order.len().saturating_sub(1));
            self.bring(plan, measure, at);
        }
        self.fill(plan, measure);
        self.before = std::mem::replace(&mut self.now, (self.top, self.selected));
    }

    /// Scrolls by lines.
    pub fn scroll(&mut self, plan: &Plan, measure: Measure, by: isize) {
        for _ in 0..by.unsigned_abs() {
            let (node, line) = self.top;
            self.top = if by < 0 {
                match line.checked_sub(1) {
                    Some(line) => (node, line),
                    None if node == 0 => return,
                    None => (node - 1, self.lines_of(plan, measure, node - 1).saturating_sub(1)),
                }
            } else if line + 1 < self.lines_of(plan, measure, node) {
                (node, line + 1)
            } else if node + 1 < self.order.len() {
                (node + 1, 0)
            } else {
                return;
            };
        }
    }

    /// Lines of a node of `order`, the blank ones before it included.
    fn lines_of(&mut self, plan: &Plan, measure: Measure, at: usize) -> usize {
        let Some(node) = self.order.get(at).copied() else { return 0 };
        let (width, reading) = (self.width, self.reading);
        let wrapped = self.wrapped.entry(node).or_insert_with(|| wrap_node(plan, node, reading, width, measure));
        wrapped.space + wrapped.lines.len()
    }

    /// Scrolls so that a node is seen whole, with its heading where there is room.
    fn bring(&mut self, plan: &Plan, measure: Measure, at: usize) {
        if self.order.is_empty() || self.height == 0 {
            return;
        }
        let own = self.lines_of(plan, measure, at);
        if at >= self.top.0 {
            let mut end = 0;
            for node in self.top.0..=at {
                end += self.lines_of(plan, measure, node);
                if end > self.height + self.top.1 {
                    break;
                }
            }
            let begins_inside = at > self.top.0 || self.top.1 == 0;
            if begins_inside && end <= self.height + self.top.1 {
                return;
            }
        }
        let nodes = &plan.text.nodes;
        let is_heading = |place: usize| matches!(nodes[place].kind, NodeKind::Chapter | NodeKind::Heading);
        let heading = (0..=at).rev().take(40).find(|other| is_heading(self.order[*other])).unwrap_or(at);
        let above: usize = (heading..at).map(|node| self.lines_of(plan, measure, node)).sum();
        let (top, skip) = if above + own <= self.height { (heading, heading) } else { (at, at) };
        // the blank line above what comes first would be wasted
        let blank = self.order.get(skip).and_then(|node| self.wrapped.get(node)).map_or(0, |wrapped| wrapped.space);
        self.top = (top, blank);
    }

    /// Wraps every node of the window.
    fn fill(&mut self, plan: &Plan, measure: Measure) {
        let mut seen = 0;
        let mut at = self.top.0;
        while at < self.order.len() && seen < self.height + self.top.1 {
            seen += self.lines_of(plan, measure, at);
            at += 1;
        }
    }

    /// Draws the window; over a frame that still stands only the node that was selected and the one that is.
    pub fn draw<'a>(&'a self, look: &Look<'a>, pane: &mut Pane<'_, 'a>, still: Option<Still<'_>>) {
        let still = still.filter(|_| self.before.0 == self.now.0);
        let (width, height) = pane.size();
        let (mut at, mut skip) = self.top;
        let mut y = 0;
        while y < height && at < self.order.len() {
            let place = self.order[at];
            let Some(wrapped) = self.wrapped.get(&place) else { return };
            let node = &look.workspace.plan().text.nodes[place];
            let is_selected = self.selected == Some(place);
            for line in skip..wrapped.space + wrapped.lines.len() {
                if y >= height {
                    return;
                }
                if let Some(still) = still.filter(|_| !is_selected && self.before.1 != Some(place)) {
                    pane.keep(y, still);
                } else if let Some(text_line) = line.checked_sub(wrapped.space) {
                    // the first line only: a mark at every line would be sent twice for every move
                    if is_selected && text_line == 0 {
                        pane.put(0, y, 1, look.theme.accent, "▌");
                    }
                    wrapped.draw(look, node, text_line, y, width, pane);
                }
                y += 1;
            }
            skip = 0;
            at += 1;
        }
    }
}

impl Wrapped {
    fn draw<'a>(&'a self, look: &Look<'a>, node: &Node, line: usize, y: u16, width: u16, pane: &mut Pane<'_, 'a>) {
        let range = self.lines[line].clone();
        let x = 2 + if line == 0 { self.indent as u16 } else { 0 };
        let base = match node.kind {
            NodeKind::Chapter | NodeKind::Heading => look.theme.strong,
            _ => look.theme.plain,
        };
        let marked = match look.reading {
            Reading::AsRead => look.theme.repaired,
            Reading::AsScraped => look.theme.damaged,
        };
        // cut where the style changes: at the end of the title and around marks
        let mut cuts = vec![range.start, range.end, self.title];
        cuts.extend(self.marks.iter().flat_map(|mark| [mark.start, mark.end]));
        cuts.retain(|cut| range.contains(cut) || *cut == range.end);
        cuts.sort_unstable();
        cuts.dedup();
        let parts = cuts.windows(2).map(|cut| {
            let piece = cut[0]..cut[1];
            let is_marked = self.marks.iter().any(|mark| mark.start <= piece.start && piece.end <= mark.end);
            let style: Style = if is_marked {
                marked
            } else if piece.end <= self.title {
                look.theme.strong
            } else {
                base
            };
            (style, &self.text[piece])
        });
        pane.line(x, y, width.saturating_sub(x), parts);
    }
}

/// Wraps a node; the first line of a paragraph is indented by two characters, as papers do.
fn wrap_node(plan: &Plan, place: usize, reading: Reading, width: usize, measure: Measure) -> Wrapped {
    let node = &plan.text.nodes[place];
    let (text, marks) = match reading {
        Reading::AsRead => plan.text.as_read(node),
        Reading::AsScraped => as_scraped(plan, node),
    };
    let is_heading = matches!(node.kind, NodeKind::Chapter | NodeKind::Heading);
    let indent = if is_heading { 0 } else { 4 };
    let title = match node.kind {
        NodeKind::Principle | NodeKind::Task | NodeKind::Measure => title_end(&text, &node.title),
        _ => 0,
    };
    let lines = measure.wrap(&text, width.saturating_sub(3).max(8), indent);
    Wrapped { text, lines, marks, title, space: usize::from(is_heading), indent }
}

/// Where the title ends in the text, its 。 included.
fn title_end(text: &str, title: &str) -> usize {
    let Some(at) = text.find(title).filter(|_| !title.is_empty()) else { return 0 };
    let end = at + title.len();
    end + text[end..].chars().next().filter(|c| *c == '。').map_or(0, char::len_utf8)
}

/// The text as scraped, with the damaged places marked and the lost ones shown.
fn as_scraped(plan: &Plan, node: &Node) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(node.text.len() + 16);
    let mut marks = Vec::new();
    let mut done = 0;
    let offsets: Vec<usize> = node.text.char_indices().map(|(at, _)| at).chain([node.text.len()]).collect();
    for repair in plan.text.repairs_of(&node.id) {
        let Some(start) = offsets.get(repair.at as usize).copied().filter(|start| *start >= done) else { continue };
        let end = start + repair.scraped.len();
        if node.text.get(start..end) != Some(repair.scraped.as_str()) {
            continue;
        }
        text.push_str(&node.text[done..start]);
        let from = text.len();
        text.push_str(if repair.scraped.is_empty() { LOST } else { &repair.scraped });
        marks.push(from..text.len());
        done = end;
    }
    text.push_str(&node.text[done..]);
    (text, marks)
}

/// The id of the node that a place in the text belongs to.
pub fn id_at(plan: &Plan, place: usize) -> &NodeId {
    &plan.text.nodes[place].id
}
