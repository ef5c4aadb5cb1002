//! Going to a place by its number, and searching as one types.

use super::{Reply, move_in, open, place, window};
use crate::domain::search::{self, Found, Hit, HitKind, Index, Query};
use crate::domain::{NodeKind, Plan, UnitId};
use crate::ops::{self, Refusal};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, EditorReply, width as cells_of};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

/// Typing a place.
#[derive(Clone, Debug)]
pub struct Goto {
    pub(super) editor: Editor,
    error: String,
}

impl Goto {
    pub fn new() -> Self {
        Goto { editor: Editor::one_line().with_max(40), error: String::new() }
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        self.error.clear();
        if event.code != KeyCode::Enter {
            self.editor.handle(event);
            return Reply::Stay;
        }
        match ops::resolve(look.workspace, self.editor.text()) {
            Ok(id) => Reply::Do(Action::Go(id)),
            Err(_) if self.editor.text().trim().is_empty() => Reply::Close,
            Err(Refusal::UnknownId { text }) => {
                self.error = (look.text.screens.goto_none)(text.trim());
                Reply::Stay
            }
            Err(refusal) => {
                self.error = ops::say_refusal(&refusal, look.text);
                Reply::Stay
            }
        }
    }

    fn rect(area: Rect) -> Rect {
        place(area, 64, 6)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        self.editor.layout(Self::rect(area).width.saturating_sub(6), 1);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let mut pane = open(look, canvas, Self::rect(canvas.area()), say.goto_title, say.accept_hint);
        let (width, _) = pane.size();
        pane.put(0, 1, 2, look.theme.accent, "> ");
        self.editor.draw(
            &mut pane.pane(Rect::new(2, 1, width.saturating_sub(2), 1)),
            look.theme.plain,
            look.theme.cross,
            true,
        );
        let (style, words) = match self.error.is_empty() {
            true => (look.theme.quiet, say.goto_prompt),
            false => (look.theme.warn, self.error.as_str()),
        };
        pane.put_short(0, 3, width, style, words);
    }
}

/// Searching as one types.
#[derive(Clone, Debug)]
pub struct Search {
    editor: Editor,
    index: Index,
    query: Query,
    found: Vec<Found>,
    /// What is shown of it.
    hits: Vec<Hit>,
    cursor: usize,
    top: usize,
    height: usize,
}

impl Search {
    pub fn new(plan: &Plan) -> Self {
        Search {
            editor: Editor::one_line().with_max(60),
            index: Index::new(plan),
            query: Query::default(),
            found: Vec::new(),
            hits: Vec::new(),
            cursor: 0,
            top: 0,
            height: 1,
        }
    }

    fn find(&mut self, look: &Look) {
        let plan = look.workspace.plan();
        self.query = Query::new(self.editor.text());
        self.found = search::look_up(plan, Some(&mut self.index), &self.query);
        // places that the tree cannot show are of no use here
        self.found.retain(|found| match found {
            Found::Title(at) | Found::Body(at) => {
                !matches!(plan.text.nodes[*at].kind, NodeKind::Chrome | NodeKind::Cell)
            }
            Found::Hit(hit) => !matches!(hit.kind, HitKind::Node(NodeKind::Chrome | NodeKind::Cell)),
        });
        self.cursor = 0;
        self.top = 0;
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.editor.paste(text);
        self.find(look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if move_in(&mut self.cursor, self.found.len(), self.height, &event) {
            return Reply::Stay;
        }
        if event.code == KeyCode::Enter {
            let chosen = self.found.get(self.cursor).map_or(&[][..], std::slice::from_ref);
            return match search::hits(look.workspace.plan(), &self.query, chosen).first() {
                None if self.editor.text().trim().is_empty() => Reply::Close,
                None => Reply::Stay,
                Some(Hit { kind: HitKind::Unit, id, .. }) => Reply::Do(Action::GoUnit(UnitId::new(id.as_str()))),
                // what rests on no clause has no place in the tree, but one among the meetings
                Some(Hit { kind: HitKind::Record(record), id, .. }) if look.workspace.node(id).is_none() => {
                    Reply::Do(Action::GoRecord(record.clone()))
                }
                Some(hit) if look.workspace.node(&hit.id).is_none() => Reply::Stay,
                Some(hit) => Reply::Do(Action::Go(hit.id.clone())),
            };
        }
        if self.editor.handle(event) == EditorReply::Changed {
            self.find(look);
        }
        Reply::Stay
    }

    fn rect(area: Rect) -> Rect {
        place(area, 96, area.height * 4 / 5)
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        let rect = Self::rect(area);
        self.editor.layout(rect.width.saturating_sub(18), 1);
        self.height = usize::from(rect.height.saturating_sub(4)).max(1);
        self.top = window(self.top, self.cursor, self.height);
        // somebody else may have written meanwhile
        if !self.index.is_of(look.workspace.plan()) {
            self.index = Index::new(look.workspace.plan());
            self.find(look);
        }
        let end = (self.top + self.height).min(self.found.len());
        self.hits = search::hits(look.workspace.plan(), &self.query, &self.found[self.top.min(end)..end]);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let mut pane = open(look, canvas, Self::rect(canvas.area()), say.search_title, say.choose_hint);
        let (width, _) = pane.size();
        pane.put(0, 0, 2, look.theme.accent, "/ ");
        self.editor.draw(
            &mut pane.pane(Rect::new(2, 0, width.saturating_sub(14), 1)),
            look.theme.plain,
            look.theme.cross,
            true,
        );
        if self.editor.text().trim().is_empty() {
            pane.put_short(0, 2, width, look.theme.quiet, say.search_prompt);
            return;
        }
        let count = if self.found.is_empty() { say.no_hits.to_string() } else { (say.search_hits)(self.found.len()) };
        pane.put_right(width.saturating_sub(12), 0, 12, look.theme.quiet, count);
        let label_cells: u16 = if width < 60 { 16 } else { 20 };
        for (y, hit) in self.hits.iter().enumerate() {
            let at = self.top + y;
            let y = 2 + y as u16;
            let label = match &hit.kind {
                HitKind::Node(kind) => {
                    // a paragraph has no number of its own: its heading's tells where it is
                    let parent = hit.id.parent().filter(|_| !kind.in_tree());
                    let place = parent.filter(|parent| !parent.numbers().is_empty());
                    let place = place.map_or_else(|| look.place(&hit.id), |parent| look.place(&parent));
                    format!("{} {place}", (look.text.words.kind)(*kind))
                }
                HitKind::Unit => say.department.to_string(),
                HitKind::Record(id) => (look.text.records.kind)(id.kind).to_string(),
                HitKind::Note(_) => format!("{} {}", say.note_title, look.place(&hit.id)),
            };
            pane.put_short(2, y, label_cells, look.theme.quiet, label);
            let room = usize::from(width.saturating_sub(label_cells + 3));
            // a hit far to the right is brought into sight
            let before = &hit.line[..hit.range.start];
            let skip = if cells_of(before) + cells_of(&hit.line[hit.range.clone()]) + 2 > room {
                let context = (room / 6).min(8);
                before.char_indices().rev().take(context).last().map_or(before.len(), |(at, _)| at)
            } else {
                0
            };
            let lead = if skip > 0 { "…" } else { "" };
            let parts = [
                (look.theme.quiet, lead),
                (look.theme.plain, &hit.line[skip..hit.range.start]),
                (look.theme.found, &hit.line[hit.range.clone()]),
                (look.theme.plain, &hit.line[hit.range.end..]),
            ];
            pane.line(label_cells + 3, y, room as u16, parts);
            if at == self.cursor {
                pane.put(0, y, 1, look.theme.accent, "▌");
                pane.tint(Rect::new(0, y, width, 1), look.theme.cursor);
            }
        }
    }
}
