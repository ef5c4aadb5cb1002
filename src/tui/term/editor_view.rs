//! Where the lines and the caret of an editor stand in its box.
//!
//! The last column stays free for the caret where the box has three or more, so that a caret behind a full line is
//! still inside and an input method's window opens where the eye is.

use std::ops::Range;

use ratatui::style::Style;

use super::canvas::Pane;
use super::editor::Editor;
use super::glyph::{Measure, glyphs};

/// The layout made last; it always belongs to the present text.
#[derive(Debug, Clone)]
pub(super) struct View {
    width: u16,
    height: u16,
    measure: Measure,
    lines: Vec<Range<usize>>,
    /// First line shown.
    top: usize,
    /// Line and column of the caret.
    line: usize,
    column: u16,
    /// The column that Up and Down try to keep.
    wanted: Option<u16>,
}

impl Default for View {
    fn default() -> View {
        View {
            width: 80,
            height: 1,
            measure: Measure::default(),
            lines: Vec::new(),
            top: 0,
            line: 0,
            column: 0,
            wanted: None,
        }
    }
}

impl View {
    pub(super) fn line_start(&self) -> usize {
        self.lines.get(self.line).map_or(0, |line| line.start)
    }

    pub(super) fn line_end(&self) -> usize {
        self.lines.get(self.line).map_or(0, |line| line.end)
    }

    pub(super) fn page(&self) -> isize {
        (self.height as isize - 1).max(1)
    }

    pub(super) fn forget_column(&mut self) {
        self.wanted = None;
    }

    /// Returns the place `by` lines below the caret at the column it came from; `None` at the first or last line.
    pub(super) fn lines_away(&mut self, text: &str, by: isize) -> Option<usize> {
        let line = self.line.saturating_add_signed(by).min(self.lines.len().saturating_sub(1));
        if line == self.line {
            return None;
        }
        let column = *self.wanted.get_or_insert(self.column);
        let range = self.lines[line].clone();
        let (head, _) = self.measure.fit(&text[range.clone()], column.into());
        Some(range.start + head.len())
    }
}

impl Editor {
    /// Takes the size of the box; call it before [`draw`](Self::draw) and whenever the box changes.
    pub fn layout(&mut self, width: u16, height: u16) {
        let (width, height) = (width.max(1), height.max(1));
        if (self.view.width, self.view.height) != (width, height) {
            (self.view.width, self.view.height) = (width, height);
            self.refresh();
        }
    }

    #[cfg(test)]
    pub(super) fn view_size(&self) -> (u16, u16) {
        (self.view.width, self.view.height)
    }

    /// Returns the visible lines, from the top of the box, as byte ranges of the text.
    pub fn visible(&self) -> &[Range<usize>] {
        let view = &self.view;
        &view.lines[view.top..(view.top + usize::from(view.height)).min(view.lines.len())]
    }

    /// Returns column and row of the caret in the box; always inside it.
    pub fn caret_cell(&self) -> (u16, u16) {
        (self.view.column, (self.view.line - self.view.top) as u16)
    }

    /// Paints the box; with `focused`, the terminal's cursor stands at the caret.
    pub fn draw<'a>(&'a self, pane: &mut Pane<'_, 'a>, style: Style, selected: Style, focused: bool) {
        let (width, height) = pane.size();
        let (from, to) = self.selection().unwrap_or((0, 0));
        for (y, line) in self.visible().iter().enumerate().take(height.into()) {
            let cut = |at: usize| at.clamp(line.start, line.end);
            let parts = [(style, line.start..cut(from)), (selected, cut(from)..cut(to)), (style, cut(to)..line.end)];
            let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
            pane.line(0, y as u16, width, parts.map(|(style, part)| (style, &self.text[part])));
        }
        if focused {
            let (x, y) = self.caret_cell();
            pane.set_cursor(x, y);
        }
    }

    /// Lays the text out again after a change of text, caret or box.
    pub(super) fn refresh(&mut self) {
        if self.one_line { self.refresh_one_line() } else { self.refresh_lines() }
    }

    fn refresh_lines(&mut self) {
        let view = &mut self.view;
        let room = if view.width >= 3 { view.width - 1 } else { view.width };
        view.lines = view.measure.wrap(&self.text, room.into(), 0);
        view.line = view.lines.partition_point(|line| line.start <= self.caret).saturating_sub(1);
        let line = &view.lines[view.line];
        let before = &self.text[line.start..self.caret.min(line.end)];
        view.column = (view.measure.width(before) as u16).min(view.width - 1);
        let height = usize::from(view.height);
        let last_top = view.lines.len().saturating_sub(height);
        view.top = view.top.clamp((view.line + 1).saturating_sub(height), view.line).min(last_top);
    }

    /// One line is a window on the text that moves no more than it must.
    fn refresh_one_line(&mut self) {
        let measure = self.view.measure;
        let room = usize::from(self.view.width - 1);
        let mut from = self.view.line_start().min(self.caret);
        from = glyphs(&self.text).map(|glyph| glyph.at).take_while(|&at| at <= from).last().unwrap_or(0);
        while measure.width(&self.text[from..self.caret]) > room {
            from += glyphs(&self.text[from..]).next().map_or(1, |glyph| glyph.text.len());
        }
        // Room at the end is filled from the front, so that a deleted tail does not leave the box half empty.
        while let Some(before) = glyphs(&self.text[..from]).last() {
            if measure.width(&self.text[before.at..]) > room {
                break;
            }
            from = before.at;
        }
        let (shown, _) = measure.fit(&self.text[from..], usize::from(self.view.width));
        let view = &mut self.view;
        view.column = (measure.width(&self.text[from..self.caret]) as u16).min(view.width - 1);
        view.lines.clear();
        view.lines.push(from..from + shown.len());
        (view.line, view.top) = (0, 0);
    }
}
