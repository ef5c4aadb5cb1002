//! One frame: where the parts stand, what is prepared for them, and painting them.

use super::{App, THREE_FROM};
use crate::tui::command::Command;
use crate::tui::look::Look;
use crate::tui::screens::bars::ScreenKind;
use crate::tui::screens::{bars, details, meetings};
use crate::tui::term::{Canvas, Colours, Measure, Screen, Still};
use ratatui::layout::Rect;

impl App {
    /// Draws a frame; the bytes that the terminal needs for it.
    pub fn draw(&mut self) -> &[u8] {
        let (width, height) = self.screen.size();
        let area = Rect::new(0, 0, width, height);
        let content = bars::content(area);
        let measure = self.screen.measure();
        if let Some(id) = self.selected().cloned() {
            self.workspace.read_log(&id, details::ENTRIES);
        }
        let panes = Panes::of(content, self.is_split(), self.reads);
        self.prepare(content, &panes, measure);
        if let Some(mut popup) = self.popup.take() {
            popup.prepare(area, &self.look());
            self.popup = Some(popup);
        }
        // the screen is taken out so that the frame can borrow everything else
        let mut screen = std::mem::replace(&mut self.screen, Screen::new(0, 0, Colours::None));
        let hints = self.hints(width);
        let plain = (self.popup.is_none() && self.message.is_none()).then_some(self.version);
        let is_same = self.projected.is_none() && plain.is_some() && self.plain == plain && self.hinted == hints;
        let still = screen.still().filter(|_| is_same);
        let mut canvas = Canvas::new(width, height);
        self.paint(&mut canvas, content, &panes, measure, &hints, still);
        if still.is_some() && screen.misses(&canvas) {
            canvas = Canvas::new(width, height);
            self.paint(&mut canvas, content, &panes, measure, &hints, None);
        }
        screen.draw(&canvas);
        drop(canvas);
        self.screen = screen;
        (self.plain, self.hinted) = (plain, hints);
        self.screen.bytes()
    }

    fn prepare(&mut self, content: Rect, panes: &Panes, measure: Measure) {
        let plan = self.workspace.plan();
        match self.front {
            ScreenKind::Matrix => self.matrix.prepare(plan, (content.width, content.height)),
            ScreenKind::Meetings => self.meetings.prepare(content),
            ScreenKind::Review => self.review.prepare(content),
            ScreenKind::Tree => {
                let tree = usize::from(panes.tree.height);
                let step = if panes.flow.is_some() { tree / 3 } else { 1 };
                self.tree.prepare(tree, step.max(1));
                if let (Some(rect), Some(line)) = (panes.flow, self.tree.line()) {
                    self.flow.prepare(plan, self.reading, (rect.width, rect.height), measure, line.node);
                }
            }
        }
    }

    /// Paints a frame; over one that still stands, and in which only the cursor has moved, not what is sure to be the same.
    fn paint<'a>(
        &'a self,
        canvas: &mut Canvas<'a>,
        content: Rect,
        panes: &Panes,
        measure: Measure,
        hints: &[(Command, &'static str)],
        still: Option<Still<'_>>,
    ) {
        let look = self.look();
        if content.height < 3 || content.width < 20 {
            canvas.put(0, 0, content.width, look.theme.warn, look.text.screens.too_small);
            return;
        }
        let area = canvas.area();
        if let Some(meeting) = &self.projected {
            return meetings::draw_projection(&look, meeting, &mut canvas.pane(area), self.moment.second, measure);
        }
        match still {
            Some(still) => (0..content.y).for_each(|y| canvas.pane(area).keep(y, still)),
            None => bars::draw_tabs(&look, canvas, self.front),
        }
        match self.front {
            ScreenKind::Matrix => self.matrix.draw(&look, &mut canvas.pane(content)),
            ScreenKind::Meetings => {
                self.meetings.draw(&look, &mut canvas.pane(content), self.moment.second, measure);
            }
            ScreenKind::Review => self.review.draw(&look, measure, &mut canvas.pane(content)),
            ScreenKind::Tree => self.paint_tree(&look, canvas, panes, measure, still),
        }
        match still {
            Some(still) => canvas.pane(area).keep(content.bottom(), still),
            None => bars::draw_hints(&look, canvas, hints),
        }
        let message = self.message.as_ref().map(|(tone, words)| (*tone, words.as_str()));
        let place = self.selected().map(|id| look.place(id)).unwrap_or_default();
        bars::draw_status(&look, canvas, message, place);
        if let Some(popup) = &self.popup {
            popup.draw(&look, canvas);
        }
    }

    fn paint_tree<'a>(
        &'a self,
        look: &Look<'a>,
        canvas: &mut Canvas<'a>,
        panes: &Panes,
        measure: Measure,
        still: Option<Still<'_>>,
    ) {
        if panes.tree.height > 0 {
            self.tree.draw(look, &mut canvas.pane(panes.tree), still);
        }
        for rule in &panes.rules {
            match still {
                Some(still) => (0..rule.height).for_each(|y| canvas.pane(*rule).keep(y, still)),
                None => canvas.vertical_rule(rule.x, rule.y, rule.height, look.theme.rule),
            }
        }
        if let Some(rect) = panes.flow {
            self.flow.draw(look, &mut canvas.pane(rect), still);
        }
        let node = self.selected().and_then(|id| self.workspace.node(id));
        if let (Some(rect), Some(node)) = (panes.details, node) {
            let above = u16::from(panes.rule_above);
            if panes.rule_above {
                canvas.rule(rect.x, rect.y, rect.width, look.theme.rule);
            }
            let inside = Rect { y: rect.y + above, height: rect.height.saturating_sub(above), ..rect };
            if look.workspace.is_whole() {
                details::draw(look, node, measure, &mut canvas.pane(inside));
            }
        }
    }

    /// The keys that matter here, most wanted first; the last ones go when the line is short, help and quit never.
    pub(super) fn hints(&self, width: u16) -> Vec<(Command, &'static str)> {
        let wanted: &[Command] = match self.front {
            ScreenKind::Tree => &[
                Command::Status,
                Command::Deadline,
                Command::Assign,
                Command::Note,
                Command::Progress,
                Command::Select,
                Command::Search,
                Command::Goto,
                Command::Undo,
                Command::Reading,
                Command::Palette,
            ],
            ScreenKind::Review => &[
                Command::Accept,
                Command::SendBack,
                Command::Revert,
                Command::Commit,
                Command::Regroup,
                Command::Compare,
                Command::History,
                Command::AsOf,
                Command::Undo,
                Command::Palette,
            ],
            ScreenKind::Matrix => &[
                Command::Cycle,
                Command::Toggle,
                Command::FirstLead,
                Command::Reset,
                Command::Status,
                Command::Deadline,
                Command::Note,
                Command::Undo,
                Command::Search,
                Command::Palette,
            ],
            ScreenKind::Meetings => self.meeting_hints(),
        };
        let key = |command: Command| match (self.front, command) {
            // the blank reaches the table through an input method
            (ScreenKind::Matrix, Command::Cycle) if width >= 60 => Command::Select,
            (_, command) => command,
        };
        let always = [Command::Help, Command::NextScreen, Command::Quit];
        let name = |command: Command| match (command, self.front) {
            // the screen that the key leads to
            (Command::NextScreen, front) => front.next().name(self.text),
            (command, ScreenKind::Meetings) => self.meeting_hint(command).unwrap_or(command.words(self.text).name),
            (command, ScreenKind::Tree | ScreenKind::Matrix | ScreenKind::Review) => command.words(self.text).name,
        };
        always.into_iter().chain(wanted.iter().copied()).map(|command| (key(command), name(command))).collect()
    }
}

/// Where the parts of the tree screen stand.
struct Panes {
    tree: Rect,
    /// The lines between them.
    rules: Vec<Rect>,
    flow: Option<Rect>,
    details: Option<Rect>,
    /// Whether the details stand below the rest and need a line above them.
    rule_above: bool,
}

impl Panes {
    fn of(content: Rect, is_split: bool, reads: bool) -> Panes {
        let Rect { x, y, width, height } = content;
        let below = |share: u16, most: u16| (height * share / 100).clamp(height.min(6), most);
        if is_split && width >= THREE_FROM {
            // lines of forty characters are read with ease, longer ones are not
            let (left, right) = (width * 37 / 100, width * 23 / 100);
            return Panes {
                tree: Rect::new(x, y, left, height),
                rules: vec![Rect::new(left, y, 1, height), Rect::new(width - right - 1, y, 1, height)],
                flow: Some(Rect::new(left + 1, y, width - left - right - 2, height)),
                details: Some(Rect::new(width - right, y, right, height)),
                rule_above: false,
            };
        }
        if is_split {
            let left = (width * 42 / 100).clamp(46, 76);
            let right = left + 1;
            let details = below(34, 16);
            return Panes {
                tree: Rect::new(x, y, left, height),
                rules: vec![Rect::new(left, y, 1, height)],
                flow: Some(Rect::new(right, y, width - right, height - details)),
                details: Some(Rect::new(right, y + height - details, width - right, details)),
                rule_above: true,
            };
        }
        let details = below(30, 10);
        let above = Rect::new(x, y, width, height - details);
        let details = Some(Rect::new(x, y + height - details, width, details));
        match reads {
            true => {
                let tree = Rect::new(x, y, width, 0);
                Panes { tree, rules: Vec::new(), flow: Some(above), details, rule_above: true }
            }
            false => Panes { tree: above, rules: Vec::new(), flow: None, details, rule_above: true },
        }
    }
}
