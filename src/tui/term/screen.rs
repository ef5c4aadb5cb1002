//! The frame the terminal shows, and the bytes that turn it into the next one.
//!
//! A row whose content hash is unchanged costs one comparison. Rows that moved together are moved by the terminal
//! (a scroll region); what is left is laid out, compared cell by cell and sent in as few bytes as we know how.
//! `shown` is always exactly what the terminal shows, provided it got all bytes that `draw` returned.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::canvas::{BLANK_ROW, Canvas, Dirty, Mark, Scroll, Still, dirty};
use super::cell::Cell;
use super::encode::{Colours, Pen};
use super::glyph::Measure;
use super::layout::layout;

/// Frames larger than this are wrapped in a synchronised update, so that no terminal shows half of one. Smaller ones
/// arrive in one piece anyway, and the sixteen bytes would be a tenth of a cursor move.
const SYNC_FROM: usize = 1024;
/// A scroll must save at least this many rows.
const WORTH_SCROLLING: i32 = 3;

/// The frame on the terminal.
#[derive(Debug, Clone)]
pub struct Screen {
    size: (u16, u16),
    shown: Vec<Cell>,
    hashes: Vec<u64>,
    /// The spans of every row.
    marks: Vec<Vec<Mark>>,
    /// The row being laid out, swapped with the shown one; and its spans.
    row: Vec<Cell>,
    row_marks: Vec<Mark>,
    pen: Pen,
    colours: Colours,
    measure: Measure,
    /// Whether the terminal shows `shown`; false after a resize, a resume or Ctrl-L.
    known: bool,
    cursor_visible: Option<bool>,
}

impl Screen {
    /// Begins with a terminal in an unknown state; the first frame clears it.
    pub fn new(width: u16, height: u16, colours: Colours) -> Screen {
        let mut screen = Screen {
            size: (0, 0),
            shown: Vec::new(),
            hashes: Vec::new(),
            marks: Vec::new(),
            row: Vec::new(),
            row_marks: Vec::new(),
            pen: Pen::new(width, colours),
            colours,
            measure: Measure::default(),
            known: false,
            cursor_visible: None,
        };
        screen.resize(width, height);
        screen
    }

    /// Says whether “ ” — … · ★ ─ fill two cells on this terminal.
    pub fn set_ambiguous_wide(&mut self, ambiguous_wide: bool) {
        self.measure = Measure { ambiguous_wide };
        self.invalidate();
    }

    /// Returns how this screen measures text.
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Returns width and height in cells.
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Takes a new terminal size; the next frame is drawn whole.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.size = (width, height);
        self.shown = vec![Cell::EMPTY; usize::from(width) * usize::from(height)];
        self.row = vec![Cell::EMPTY; usize::from(width)];
        self.hashes = vec![BLANK_ROW; usize::from(height)];
        self.marks = vec![Vec::new(); usize::from(height)];
        self.pen = Pen::new(width, self.colours);
        self.invalidate();
    }

    /// Forgets what the terminal shows: after Ctrl-L, a resume, or output by another program.
    pub fn invalidate(&mut self) {
        self.known = false;
    }

    /// Returns what the terminal shows, for a canvas of this size that is painted over it; `None` where that is unknown.
    pub fn still(&self) -> Option<Still<'_>> {
        self.known.then_some(Still { marks: &self.marks })
    }

    /// Whether a canvas keeps what it would have to paint for [`draw`](Self::draw): it must be painted whole then.
    pub fn misses(&mut self, canvas: &Canvas<'_>) -> bool {
        if !self.known || canvas.size() != self.size() {
            return true;
        }
        (0..canvas.size().1).any(|y| {
            let row = usize::from(y);
            if self.hashes[row] == canvas.hash(y) {
                return false;
            }
            self.row_marks.clear();
            self.row_marks.extend(canvas.marks(y));
            canvas.keeps(y, &dirty(&self.marks[row], &self.row_marks).cells)
        })
    }

    /// Returns the bytes that make the terminal show `canvas`, to be written in one go. Empty when nothing changed.
    pub fn draw(&mut self, canvas: &Canvas<'_>) -> &[u8] {
        if canvas.size() != self.size() {
            self.resize(canvas.size().0, canvas.size().1);
        }
        self.pen.out.clear();
        if self.known {
            self.scroll(canvas);
        } else {
            self.clear();
            self.draw_whole(canvas);
        }
        for y in 0..canvas.size().1 {
            let hash = canvas.hash(y);
            if self.hashes[usize::from(y)] != hash {
                self.hashes[usize::from(y)] = hash;
                self.draw_row(canvas, y);
            }
        }
        self.pen.pay(None);
        self.place_cursor(canvas.cursor());
        if self.pen.out.len() > SYNC_FROM {
            self.pen.out.splice(0..0, *b"\x1b[?2026h");
            self.pen.out.extend_from_slice(b"\x1b[?2026l");
        }
        &self.pen.out
    }

    /// Returns the bytes of the last [`draw`](Self::draw) again.
    pub fn bytes(&self) -> &[u8] {
        &self.pen.out
    }

    /// Returns the shown frame as lines of text: wide characters once, trailing blanks cut.
    pub fn text(&self) -> String {
        let width = usize::from(self.size.0.max(1));
        let line = |row: &[Cell]| row.iter().map(Cell::symbol).collect::<String>().trim_end_matches(' ').to_owned();
        self.shown.chunks(width).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Returns the shown frame as ratatui has it; the cell behind a wide character holds the empty symbol.
    pub fn buffer(&self) -> Buffer {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        Buffer { area, content: self.shown.iter().map(|cell| cell.to_ratatui()).collect() }
    }

    fn clear(&mut self) {
        self.shown.fill(Cell::EMPTY);
        self.hashes.fill(BLANK_ROW);
        self.marks.iter_mut().for_each(Vec::clear);
        self.pen.clear();
        self.cursor_visible = None;
        self.known = true;
    }

    /// Lays out and sends a whole frame, over a cleared terminal.
    fn draw_whole(&mut self, canvas: &Canvas<'_>) {
        let width = usize::from(self.size.0);
        for y in 0..self.size.1 {
            let row = usize::from(y);
            self.hashes[row] = canvas.hash(y);
            self.marks[row].extend(canvas.marks(y));
            layout(&mut self.shown[row * width..][..width], 0..width, canvas.spans(y), self.measure);
        }
        send_whole(&mut self.pen, &self.shown, width, self.measure);
    }

    fn draw_row(&mut self, canvas: &Canvas<'_>, y: u16) {
        self.row_marks.clear();
        self.row_marks.extend(canvas.marks(y));
        let marks = &mut self.marks[usize::from(y)];
        let Dirty { cells, first } = dirty(marks, &self.row_marks);
        let part = usize::from(cells.start)..usize::from(cells.end).min(self.row.len());
        std::mem::swap(marks, &mut self.row_marks);
        layout(&mut self.row, part.clone(), canvas.spans(y).skip(first), self.measure);
        let width = self.row.len();
        let shown = &mut self.shown[usize::from(y) * width..][..width];
        shown[part.clone()].swap_with_slice(&mut self.row[part.clone()]);
        send_row(&mut self.pen, y, &self.row, shown, part, self.measure);
    }

    /// Lets the terminal move the rows that moved.
    fn scroll(&mut self, canvas: &Canvas<'_>) {
        let new: Vec<u64> = (0..canvas.size().1).map(|y| canvas.hash(y)).collect();
        let Some(Scroll { top, bottom, by }) = canvas.scrolled().or_else(|| find_scroll(&self.hashes, &new)) else {
            return;
        };
        let rows = by.unsigned_abs() as usize;
        // rows that come in are laid out whole
        let keeps = || (top..bottom).any(|y| canvas.keeps(y, &(0..canvas.size().0)));
        if by == 0 || usize::from(bottom.saturating_sub(top)) <= rows || keeps() {
            return;
        }
        self.pen.scroll(top, bottom, by);
        let width = self.row.len();
        let (top, bottom) = (usize::from(top), usize::from(bottom));
        let (cells, hashes) = (&mut self.shown[top * width..bottom * width], &mut self.hashes[top..bottom]);
        let marks = &mut self.marks[top..bottom];
        if by > 0 {
            cells.rotate_left(rows * width);
            hashes.rotate_left(rows);
            marks.rotate_left(rows);
        } else {
            cells.rotate_right(rows * width);
            hashes.rotate_right(rows);
            marks.rotate_right(rows);
        }
        let count = bottom - top;
        let exposed = if by > 0 { count - rows..count } else { 0..rows };
        hashes[exposed.clone()].fill(BLANK_ROW);
        marks[exposed.clone()].iter_mut().for_each(Vec::clear);
        cells[exposed.start * width..exposed.end * width].fill(Cell::EMPTY);
    }

    fn place_cursor(&mut self, cursor: Option<(u16, u16)>) {
        if let Some((x, y)) = cursor {
            self.pen.go(x, y);
        }
        if self.cursor_visible != Some(cursor.is_some()) {
            self.cursor_visible = Some(cursor.is_some());
            self.pen.out.extend_from_slice(if cursor.is_some() { b"\x1b[?25h" } else { b"\x1b[?25l" });
        }
    }
}

/// Finds the shift that puts the most changed rows where they already stand.
fn find_scroll(old: &[u64], new: &[u64]) -> Option<Scroll> {
    let height = new.len();
    let mut votes = vec![0u16; height * 2];
    for (y, hash) in new.iter().enumerate().filter(|&(y, hash)| *hash != old[y] && *hash != BLANK_ROW) {
        for (from, _) in old.iter().enumerate().filter(|&(_, was)| was == hash) {
            votes[height + from - y] += 1;
        }
    }
    let (index, &count) = votes.iter().enumerate().max_by_key(|&(_, count)| count)?;
    if i32::from(count) < WORTH_SCROLLING {
        return None;
    }
    let by = index as i32 - height as i32;
    let source = |y: usize| old.get(usize::try_from(y as i32 + by).ok()?);
    let gain = |y: usize| i32::from(source(y) == Some(&new[y])) - i32::from(old[y] == new[y]);
    // The run of rows with the largest gain.
    let (mut best, mut run, mut start) = ((0, 0, 0), 0, 0);
    for y in (0..height).filter(|&y| source(y).is_some()) {
        if run <= 0 {
            (run, start) = (0, y);
        }
        run += gain(y);
        if run > best.0 {
            best = (run, start, y + 1);
        }
    }
    let (gained, from, to) = best;
    let (top, bottom) = if by > 0 { (from, to + by as usize) } else { (from.checked_add_signed(by as isize)?, to) };
    let exposed = if by > 0 { to..bottom } else { top..from };
    let lost = exposed.filter(|&y| old[y] == new[y] && new[y] != BLANK_ROW).count() as i32;
    (gained - lost >= WORTH_SCROLLING).then_some(Scroll { top: top as u16, bottom: bottom as u16, by })
}

/// Sends the cells of a frame over a cleared terminal, style by style: a move to the next cells of a style is half as long as a
/// change of style and one back.
fn send_whole(pen: &mut Pen, cells: &[Cell], width: usize, measure: Measure) {
    let mut styles = Vec::new();
    let mut runs = Vec::new();
    for (y, row) in cells.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        while x < width {
            let (from, style) = (x, row[x].style());
            if row[x] == Cell::EMPTY {
                x += 1;
                continue;
            }
            while x < width && row[x] != Cell::EMPTY && (row[x].is_tail() || row[x].style() == style) {
                x += 1;
            }
            let style = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
                styles.push(style);
                styles.len() - 1
            });
            runs.push((style, y, from..x));
        }
    }
    runs.sort_by_key(|(style, ..)| *style);
    for (_, y, run) in runs {
        let row = &cells[y * width..][..width];
        let mut x = run.start;
        while x < run.end {
            bridge(pen, y as u16, row, x, measure);
            send_glyph(pen, row, x, measure);
            x += glyph_width(row, x);
        }
    }
}

/// Sends what differs between the shown and the new cells of a part of a row; outside of it they are the same.
fn send_row(pen: &mut Pen, y: u16, old: &[Cell], new: &[Cell], part: Range<usize>, measure: Measure) {
    let Some(last) = part.clone().rfind(|&x| old[x] != new[x]) else {
        return;
    };
    let mut x = part.start;
    while x <= last {
        let width = glyph_width(new, x);
        if (x..x + width).all(|x| old[x] == new[x]) {
            x += width;
            continue;
        }
        let blanks = new[x..=last].iter().take_while(|cell| **cell == Cell::EMPTY).count();
        if blanks > 3 && x + blanks > last && new[last + 1..].iter().all(|cell| *cell == Cell::EMPTY) {
            pen.go(x as u16, y);
            pen.erase_tail();
            return;
        }
        if blanks > 10 {
            pen.go(x as u16, y);
            pen.erase(blanks as u16);
            x += blanks;
            continue;
        }
        bridge(pen, y, new, x, measure);
        send_glyph(pen, new, x, measure);
        x += width;
    }
}

/// Brings the pen to `x`, over unchanged cells by sending them again where that is shorter than a move.
fn bridge(pen: &mut Pen, y: u16, cells: &[Cell], x: usize, measure: Measure) {
    if pen.column(y) == Some(x) {
        return;
    }
    let cost = pen.cost_in_row(x as u16, y);
    if let Some(from) = pen.column(y).filter(|&from| from < x && cost < usize::MAX) {
        let gap = &cells[from..x];
        let bytes: usize = gap.iter().map(|cell| cell.bytes().len()).sum();
        if bytes <= cost && gap.iter().all(|cell| pen.suits(cell)) && !gap[0].is_tail() && !measure.ambiguous_wide {
            let mut at = from;
            while at < x {
                send_glyph(pen, cells, at, measure);
                at += glyph_width(cells, at);
            }
        }
    }
    pen.go(x as u16, y);
}

fn send_glyph(pen: &mut Pen, cells: &[Cell], x: usize, measure: Measure) {
    let width = glyph_width(cells, x);
    // Two cells only because ambiguous characters were said to be wide: the terminal may see it otherwise.
    if measure.ambiguous_wide && width == 2 && Measure::default().width(cells[x].symbol()) == 1 {
        pen.doubtful_glyph(&cells[x]);
    } else {
        pen.glyph(&cells[x], width as u16);
    }
}

fn glyph_width(cells: &[Cell], x: usize) -> usize {
    1 + cells[x + 1..].iter().take_while(|cell| cell.is_tail()).count()
}
