//! A frame as content: per row a list of spans in paint order, and a hash of them.
//!
//! Painting a canvas measures nothing and copies no text: widths are only worked out for the rows whose hash differs
//! from the frame before, by [`Screen::draw`](super::Screen::draw). A later span covers an earlier one; a span covers
//! half a wide character by blanking the other half.

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::widgets::Widget;

/// What happens to text wider than its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clip {
    /// It ends at the last glyph that fits.
    Cut,
    /// Its last cell shows `…`.
    Ellipsis,
}

/// Where text stands in its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
    /// Right behind the span painted before it in the same row; `x + max` stays the right edge.
    Follow,
}

/// What a span puts into its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ink<'a> {
    Text {
        text: Cow<'a, str>,
        clip: Clip,
        align: Align,
    },
    /// Blanks in the style.
    Blank,
    /// The style over whatever stands there.
    Tint,
    /// One narrow character in every cell; border lines fall back to ASCII where ambiguous characters are wide.
    Repeat(char),
    /// A span of the frame before that still stands there; what it is is not told again.
    Kept,
}

/// One piece of a row.
#[derive(Debug, Clone)]
pub struct Span<'a> {
    pub x: u16,
    /// Clip width in cells.
    pub max: u16,
    pub style: Style,
    pub ink: Ink<'a>,
    hash: u64,
    next: u32,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    first: u32,
    last: u32,
    hash: u64,
}

const NONE: u32 = u32::MAX;
/// The hash of a row without spans: what a cleared terminal shows.
pub(super) const BLANK_ROW: u64 = 0x243f_6a88_85a3_08d3;

/// A frame being painted.
#[derive(Debug, Clone)]
pub struct Canvas<'a> {
    width: u16,
    height: u16,
    rows: Vec<Row>,
    spans: Vec<Span<'a>>,
    cursor: Option<(u16, u16)>,
    scrolled: Option<Scroll>,
}

/// Rows `top..bottom` moved up by `by` (down when negative) since the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    pub top: u16,
    pub bottom: u16,
    pub by: i32,
}

impl<'a> Canvas<'a> {
    /// Begins an empty frame: all blank, cursor hidden.
    pub fn new(width: u16, height: u16) -> Canvas<'a> {
        let row = Row { first: NONE, last: NONE, hash: BLANK_ROW };
        let rows = vec![row; usize::from(height)];
        let spans = Vec::with_capacity(usize::from(height) * 12);
        Canvas { width, height, rows, spans, cursor: None, scrolled: None }
    }

    /// Returns width and height in cells.
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// Returns the whole frame as a rectangle.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.width, self.height)
    }

    /// Gives the part of the frame inside `rect` its own coordinates; nothing painted through it leaves it.
    pub fn pane<'c>(&'c mut self, rect: Rect) -> Pane<'c, 'a> {
        let rect = rect.intersection(self.area());
        Pane { canvas: self, rect }
    }

    fn whole(&mut self) -> Pane<'_, 'a> {
        self.pane(self.area())
    }

    /// Paints text from cell `x`, at most `max` cells of it, cut at the last glyph that fits.
    pub fn put(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.whole().put(x, y, max, style, text);
    }

    /// Paints text from cell `x`, with `…` in the last of `max` cells when it is longer.
    pub fn put_short(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.whole().put_short(x, y, max, style, text);
    }

    /// Paints text so that it ends at cell `x + max`.
    pub fn put_right(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.whole().put_right(x, y, max, style, text);
    }

    /// Paints text in the middle of the `max` cells from `x`.
    pub fn put_centre(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.whole().put_centre(x, y, max, style, text);
    }

    /// Paints several texts one behind the other within `max` cells, without measuring them.
    pub fn line<T: Into<Cow<'a, str>>>(
        &mut self,
        x: u16,
        y: u16,
        max: u16,
        parts: impl IntoIterator<Item = (Style, T)>,
    ) {
        self.whole().line(x, y, max, parts);
    }

    /// Blanks a rectangle in a style; what popups do first.
    pub fn fill(&mut self, rect: Rect, style: Style) {
        self.whole().fill(rect, style);
    }

    /// Changes the style of what is already painted.
    pub fn tint(&mut self, rect: Rect, style: Style) {
        self.whole().tint(rect, style);
    }

    /// Draws a horizontal line of `max` cells.
    pub fn rule(&mut self, x: u16, y: u16, max: u16, style: Style) {
        self.whole().rule(x, y, max, style);
    }

    /// Draws a vertical line of `height` cells.
    pub fn vertical_rule(&mut self, x: u16, y: u16, height: u16, style: Style) {
        self.whole().vertical_rule(x, y, height, style);
    }

    /// Draws a border just inside `rect`.
    pub fn frame(&mut self, rect: Rect, style: Style) {
        self.whole().frame(rect, style);
    }

    /// Renders a ratatui widget as spans.
    pub fn widget(&mut self, rect: Rect, widget: impl Widget) {
        self.whole().widget(rect, widget);
    }

    /// Shows the terminal's own cursor at a cell; without it the cursor is hidden.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        self.whole().set_cursor(x, y);
    }

    /// Tells that rows `top..bottom`, over the full width, moved up by `by` rows (down when negative), for frames in
    /// which equal rows cannot be found because something else in them changed as well.
    pub fn hint_scroll(&mut self, top: u16, bottom: u16, by: i16) {
        self.scrolled = Some(Scroll { top, bottom: bottom.min(self.height), by: by.into() });
    }

    pub(super) fn cursor(&self) -> Option<(u16, u16)> {
        self.cursor
    }

    pub(super) fn scrolled(&self) -> Option<Scroll> {
        self.scrolled
    }

    pub(super) fn hash(&self, y: u16) -> u64 {
        self.rows[usize::from(y)].hash
    }

    /// Iterates over the spans of a row in paint order.
    pub fn spans(&self, y: u16) -> impl Iterator<Item = &Span<'a>> {
        let mut at = self.rows[usize::from(y)].first;
        std::iter::from_fn(move || {
            let span = self.spans.get(at as usize)?;
            at = span.next;
            Some(span)
        })
    }

    /// What the spans of a row are and where, in paint order.
    pub(super) fn marks(&self, y: u16) -> impl Iterator<Item = Mark> {
        self.spans(y).map(|span| Mark {
            from: span.x,
            to: span.x + span.max,
            covers: span.ink == Ink::Blank,
            hash: span.hash,
        })
    }

    /// Whether anything in some cells of a row was kept, so that it cannot be laid out again.
    pub(super) fn keeps(&self, y: u16, cells: &Range<u16>) -> bool {
        self.spans(y).any(|span| span.ink == Ink::Kept && span.x < cells.end && cells.start < span.x + span.max)
    }

    /// Adds a span that has been clipped to the canvas.
    fn push(&mut self, y: u16, span: Span<'a>) {
        let row = &mut self.rows[usize::from(y)];
        row.hash = mix(row.hash, span.hash);
        let index = self.spans.len() as u32;
        match self.spans.get_mut(row.last as usize) {
            Some(last) => last.next = index,
            None => row.first = index,
        }
        row.last = index;
        self.spans.push(span);
    }
}

/// A span as far as the next frame has to know it: the cells that it may fill and the hash of what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub from: u16,
    pub to: u16,
    /// Nothing below it can be seen.
    covers: bool,
    hash: u64,
}

/// What of a row has to be laid out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dirty {
    pub cells: Range<u16>,
    /// The spans before this one, in paint order, need not be looked at.
    pub first: usize,
}

/// The cells in which a row may differ from the frame before: those of the spans that are new or gone, and of all that reach into
/// them, so that these spans painted alone give what all of them would. Where all of it happens over a ground that was there
/// before, as in a box, it is the cells of that ground and what stands on it.
pub(super) fn dirty(old: &[Mark], new: &[Mark]) -> Dirty {
    let all = new;
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, rest) = (&old[same..], &new[same..]);
    let tail = old.iter().rev().zip(rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let changed = old[..old.len() - tail].iter().chain(&rest[..rest.len() - tail]);
    let Some(mut dirty) = changed.map(|mark| mark.from..mark.to).reduce(union) else {
        return Dirty { cells: 0..0, first: 0 };
    };
    let holds = |mark: &Mark| mark.covers && mark.from <= dirty.start && dirty.end <= mark.to;
    if let Some(first) = all[..same].iter().rposition(holds) {
        let cells = all[first].from..all[first].to;
        let crosses = |mark: &Mark| {
            mark.from < cells.end && cells.start < mark.to && !(cells.start <= mark.from && mark.to <= cells.end)
        };
        if !all[first..].iter().any(crosses) {
            return Dirty { cells, first };
        }
    }
    loop {
        let reach = new.iter().filter(|mark| mark.from < dirty.end && dirty.start < mark.to);
        let wider = reach.map(|mark| mark.from..mark.to).fold(dirty.clone(), union);
        if wider == dirty {
            return Dirty { cells: dirty, first: 0 };
        }
        dirty = wider;
    }
}

fn union(a: Range<u16>, b: Range<u16>) -> Range<u16> {
    a.start.min(b.start)..a.end.max(b.end)
}

/// The rows of the frame that the terminal shows, for painters that know what has stayed the same in them.
#[derive(Debug, Clone, Copy)]
pub struct Still<'s> {
    pub(super) marks: &'s [Vec<Mark>],
}

/// A rectangle of a canvas, painted in its own coordinates.
#[derive(Debug)]
pub struct Pane<'c, 'a> {
    canvas: &'c mut Canvas<'a>,
    rect: Rect,
}

impl<'a> Pane<'_, 'a> {
    /// Returns width and height in cells.
    pub fn size(&self) -> (u16, u16) {
        (self.rect.width, self.rect.height)
    }

    /// Returns the pane as a rectangle in its own coordinates, beginning at 0, 0.
    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.rect.width, self.rect.height)
    }

    /// Returns where the pane lies on the screen.
    pub fn rect(&self) -> Rect {
        self.rect
    }

    /// Gives a part of this pane its own coordinates.
    pub fn pane(&mut self, rect: Rect) -> Pane<'_, 'a> {
        let rect = rect.intersection(self.area());
        let rect = Rect { x: self.rect.x + rect.x, y: self.rect.y + rect.y, ..rect };
        Pane { canvas: self.canvas, rect }
    }

    /// Leaves a row of the pane as the frame before had it: only what was painted there lay within the pane, and nothing over it.
    pub fn keep(&mut self, y: u16, still: Still<'_>) {
        if y >= self.rect.height {
            return;
        }
        let (y, cells) = (self.rect.y + y, self.rect.left()..self.rect.right());
        for mark in still.marks[usize::from(y)].iter().filter(|mark| cells.contains(&mark.from)) {
            let (x, max) = (mark.from, mark.to - mark.from);
            self.canvas.push(y, Span { x, max, style: Style::new(), ink: Ink::Kept, hash: mark.hash, next: NONE });
        }
    }

    /// See [`Canvas::put`].
    pub fn put(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.text(x, y, max, style, text.into(), Clip::Cut, Align::Left);
    }

    /// See [`Canvas::put_short`].
    pub fn put_short(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.text(x, y, max, style, text.into(), Clip::Ellipsis, Align::Left);
    }

    /// See [`Canvas::put_right`].
    pub fn put_right(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.text(x, y, max, style, text.into(), Clip::Ellipsis, Align::Right);
    }

    /// See [`Canvas::put_centre`].
    pub fn put_centre(&mut self, x: u16, y: u16, max: u16, style: Style, text: impl Into<Cow<'a, str>>) {
        self.text(x, y, max, style, text.into(), Clip::Ellipsis, Align::Centre);
    }

    /// See [`Canvas::line`].
    pub fn line<T: Into<Cow<'a, str>>>(
        &mut self,
        x: u16,
        y: u16,
        max: u16,
        parts: impl IntoIterator<Item = (Style, T)>,
    ) {
        let mut align = Align::Left;
        for (style, text) in parts {
            self.text(x, y, max, style, text.into(), Clip::Ellipsis, align);
            align = Align::Follow;
        }
    }

    /// See [`Canvas::fill`].
    pub fn fill(&mut self, rect: Rect, style: Style) {
        for y in rect.top()..rect.bottom() {
            self.add(rect.x, y, rect.width, style, Ink::Blank);
        }
    }

    /// See [`Canvas::tint`].
    pub fn tint(&mut self, rect: Rect, style: Style) {
        for y in rect.top()..rect.bottom() {
            self.add(rect.x, y, rect.width, style, Ink::Tint);
        }
    }

    /// See [`Canvas::rule`].
    pub fn rule(&mut self, x: u16, y: u16, max: u16, style: Style) {
        self.add(x, y, max, style, Ink::Repeat('─'));
    }

    /// See [`Canvas::vertical_rule`].
    pub fn vertical_rule(&mut self, x: u16, y: u16, height: u16, style: Style) {
        for y in y..y.saturating_add(height) {
            self.add(x, y, 1, style, Ink::Repeat('│'));
        }
    }

    /// See [`Canvas::frame`].
    pub fn frame(&mut self, rect: Rect, style: Style) {
        if rect.width < 2 || rect.height < 2 {
            return;
        }
        let (right, bottom) = (rect.right() - 1, rect.bottom() - 1);
        self.rule(rect.x + 1, rect.y, rect.width - 2, style);
        self.rule(rect.x + 1, bottom, rect.width - 2, style);
        self.vertical_rule(rect.x, rect.y + 1, rect.height - 2, style);
        self.vertical_rule(right, rect.y + 1, rect.height - 2, style);
        for (x, y, corner) in [(rect.x, rect.y, '┌'), (right, rect.y, '┐'), (rect.x, bottom, '└'), (right, bottom, '┘')]
        {
            self.add(x, y, 1, style, Ink::Repeat(corner));
        }
    }

    /// See [`Canvas::widget`].
    pub fn widget(&mut self, rect: Rect, widget: impl Widget) {
        let area = Rect::new(0, 0, rect.width, rect.height);
        let mut buffer = Buffer::empty(area);
        widget.render(area, &mut buffer);
        for y in 0..rect.height {
            let mut x = 0;
            while x < rect.width {
                let (from, style, mut text) = (x, buffer[(x, y)].style(), String::new());
                while x < rect.width && buffer[(x, y)].style() == style {
                    let symbol = buffer[(x, y)].symbol();
                    text.push_str(symbol);
                    x += super::width(symbol).max(1) as u16;
                }
                self.put(rect.x + from, rect.y + y, x - from, style, text);
            }
        }
    }

    /// See [`Canvas::set_cursor`]. A cell outside the pane is moved to its edge.
    pub fn set_cursor(&mut self, x: u16, y: u16) {
        if self.rect.is_empty() {
            return;
        }
        let (x, y) = (x.min(self.rect.width - 1), y.min(self.rect.height - 1));
        self.canvas.cursor = Some((self.rect.x + x, self.rect.y + y));
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all parts of a text span meet")]
    fn text(&mut self, x: u16, y: u16, max: u16, style: Style, text: Cow<'a, str>, clip: Clip, align: Align) {
        self.add(x, y, max, style, Ink::Text { text, clip, align });
    }

    /// Paints any kind of span, clipped to the pane.
    pub fn add(&mut self, x: u16, y: u16, max: u16, style: Style, ink: Ink<'a>) {
        if x >= self.rect.width || y >= self.rect.height || max == 0 {
            return;
        }
        let max = max.min(self.rect.width - x);
        let mut span = Span { x: self.rect.x + x, max, style, ink, hash: 0, next: NONE };
        span.hash = hash_span(&span);
        self.canvas.push(self.rect.y + y, span);
    }
}

/// Mixes a word into a hash: the two halves of a 128-bit product, as wyhash does; one multiplication a word.
fn mix(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash ^ word) * 0x9e37_79b9_7f4a_7c15;
    (product as u64 ^ (product >> 64) as u64).wrapping_add(word.rotate_left(32) | 1)
}

fn hash_span(span: &Span<'_>) -> u64 {
    let (kind, text) = match &span.ink {
        Ink::Text { text, clip, align } => (4 + *clip as u64 * 4 + *align as u64, text.as_bytes()),
        Ink::Blank => (1, &[][..]),
        Ink::Tint => (2, &[][..]),
        Ink::Repeat(c) => (3 | u64::from(*c) << 8, &[][..]),
        Ink::Kept => (0, &[][..]),
    };
    let Style { fg, bg, add_modifier, sub_modifier, .. } = span.style;
    let mut hash = mix(BLANK_ROW, u64::from(span.x) << 48 | u64::from(span.max) << 32 | kind);
    hash = mix(hash, u64::from(colour_word(fg)) << 32 | u64::from(colour_word(bg)));
    hash = mix(hash, u64::from(add_modifier.bits()) << 48 | u64::from(sub_modifier.bits()) << 32 | text.len() as u64);
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        hash = mix(hash, word.iter().rev().fold(0, |all, &b| all << 8 | u64::from(b)));
    }
    let rest = words.remainder();
    if rest.is_empty() { hash } else { mix(hash, rest.iter().fold(0, |all, &b| all << 8 | u64::from(b))) }
}

/// A number for each colour, different for different colours.
fn colour_word(colour: Option<Color>) -> u32 {
    match colour {
        None => 0,
        Some(Color::Reset) => 1,
        Some(Color::Rgb(r, g, b)) => u32::from_be_bytes([2, r, g, b]),
        Some(Color::Indexed(n)) => u32::from_be_bytes([3, 0, 0, n]),
        Some(named) => u32::from_be_bytes([4, 0, 0, super::encode::index(named).unwrap_or(0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(paint: impl Fn(&mut Canvas<'_>)) -> u64 {
        let mut canvas = Canvas::new(20, 2);
        paint(&mut canvas);
        canvas.hash(0)
    }

    #[test]
    fn every_part_of_a_span_changes_the_hash() {
        let s = Style::new();
        let hashes = [
            hash(|_| ()),
            hash(|c| c.put(0, 0, 9, s, "科普")),
            hash(|c| c.put(1, 0, 9, s, "科普")),
            hash(|c| c.put(0, 0, 8, s, "科普")),
            hash(|c| c.put(0, 0, 9, s.red(), "科普")),
            hash(|c| c.put(0, 0, 9, s.on_red(), "科普")),
            hash(|c| c.put(0, 0, 9, s.bold(), "科普")),
            hash(|c| c.put(0, 0, 9, s, "科善")),
            hash(|c| c.put(0, 0, 9, s, "科普计划")),
            hash(|c| c.put_short(0, 0, 9, s, "科普")),
            hash(|c| c.put_right(0, 0, 9, s, "科普")),
            hash(|c| c.fill(Rect::new(0, 0, 9, 1), s)),
            hash(|c| c.tint(Rect::new(0, 0, 9, 1), s)),
            hash(|c| c.rule(0, 0, 9, s)),
        ];
        let unique: std::collections::HashSet<_> = hashes.iter().collect();
        assert_eq!(unique.len(), hashes.len());
        assert_eq!(hash(|c| c.put(0, 0, 9, s, "科普")), hash(|c| c.put(0, 0, 9, s, "科普".to_owned())));
    }

    #[test]
    fn a_pane_clips_and_has_its_own_coordinates() {
        let mut canvas = Canvas::new(20, 4);
        let mut outer = canvas.pane(Rect::new(5, 1, 100, 100));
        assert_eq!(outer.size(), (15, 3));
        let mut pane = outer.pane(Rect::new(2, 1, 4, 1));
        pane.put(1, 0, 99, Style::new(), "科普工作");
        pane.put(0, 1, 4, Style::new(), "outside");
        pane.put(4, 0, 4, Style::new(), "outside");
        pane.set_cursor(9, 9);
        assert_eq!(canvas.spans(2).map(|s| (s.x, s.max)).collect::<Vec<_>>(), [(8, 3)]);
        assert_eq!(canvas.spans(3).count(), 0);
        assert_eq!(canvas.cursor(), Some((10, 2)));
    }
}
