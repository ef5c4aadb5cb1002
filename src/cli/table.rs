//! Tables with columns aligned by display width, and texts wrapped to a width.

use super::visible;
use unicode_width::UnicodeWidthChar;

/// Wrapped text is this wide where no terminal says otherwise.
pub(super) const USUAL_WIDTH: usize = 80;

/// Rows of cells; the last column is as long as it wants to be, or is cut at the edge of the terminal.
pub(super) struct Table {
    /// All cells, one after the other.
    text: String,
    /// Where each cell ends, and its width.
    cells: Vec<(usize, usize)>,
    /// How many cells stand before the end of each row.
    rows: Vec<usize>,
    /// The width of the terminal; `None` where there is none, and nothing is cut.
    edge: Option<usize>,
}

impl Table {
    /// A table with a head.
    pub fn new(edge: Option<usize>, head: &[&str]) -> Self {
        let mut table = Table::plain(edge);
        table.row(head);
        table
    }

    /// A table without a head.
    pub fn plain(edge: Option<usize>) -> Self {
        Table { text: String::new(), cells: Vec::new(), rows: Vec::new(), edge }
    }

    /// Adds a row; hidden characters in the cells are made visible.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        cells.into_iter().for_each(|cell| self.cell(cell.as_ref()));
        self.end_row();
    }

    /// Adds a cell to the row that is being made.
    pub fn cell(&mut self, cell: &str) {
        let cell = visible::line(cell);
        self.text.push_str(&cell);
        self.cells.push((self.text.len(), visible::width(&cell)));
    }

    /// Ends the row that is being made.
    pub fn end_row(&mut self) {
        self.rows.push(self.cells.len());
    }

    /// The rows, two blanks between columns, no blanks at the ends of lines.
    pub fn print(&self, out: &mut String) {
        let mut widths: Vec<usize> = Vec::new();
        let rows = || {
            self.rows.iter().scan(0, |from, to| {
                let row = &self.cells[*from..*to];
                let begin = from.checked_sub(1).map_or(0, |before| self.cells[before].0);
                *from = *to;
                Some((begin, row))
            })
        };
        for (_, row) in rows() {
            widths.resize(widths.len().max(row.len()), 0);
            row.iter().zip(&mut widths).for_each(|((_, width), most)| *most = (*width).max(*most));
        }
        out.reserve(self.text.len() + self.cells.len() * 4);
        for (mut from, row) in rows() {
            let start = out.len();
            let mut used = 0;
            for (at, (to, width)) in row.iter().enumerate() {
                let cell = &self.text[from..*to];
                from = *to;
                if at + 1 < row.len() {
                    out.push_str(cell);
                    pad(out, widths[at] - width + gap(widths[at]));
                    used += widths[at] + gap(widths[at]);
                    continue;
                }
                match self.edge {
                    Some(edge) if edge > used + 8 => out.push_str(&visible::cut(cell, edge - used)),
                    Some(_) | None => out.push_str(cell),
                }
            }
            let kept = out[start..].trim_end().len();
            out.truncate(start + kept);
            out.push('\n');
        }
    }
}

/// A column in which nothing stands takes no room.
fn gap(width: usize) -> usize {
    if width == 0 { 0 } else { 2 }
}

pub(super) fn pad(out: &mut String, cells: usize) {
    const BLANKS: &str = "                                ";
    let mut left = cells;
    while left > 0 {
        let now = left.min(BLANKS.len());
        out.push_str(&BLANKS[..now]);
        left -= now;
    }
}

/// Wraps a text to `width` cells; lines after the first are indented. A line never begins with a closing mark.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let text = visible::lines(text);
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
            pad(&mut out, indent);
        }
        wrap_line(&mut out, line, width, indent);
    }
    out
}

fn wrap_line(out: &mut String, line: &str, width: usize, indent: usize) {
    let mut used = indent;
    let mut from = 0;
    for (to, _) in unicode_linebreak::linebreaks(line) {
        let piece = &line[from..to];
        let cells: usize = piece.trim_end().chars().map(|c| c.width().unwrap_or(0)).sum();
        if used + cells > width && used > indent {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            pad(out, indent);
            used = indent;
        }
        out.push_str(piece);
        used += visible::width(piece);
        from = to;
    }
}

/// A label and its text, wrapped under itself.
pub(super) fn field(out: &mut String, label: &str, label_width: usize, text: &str, width: usize) {
    out.push_str(label);
    pad(out, label_width.saturating_sub(visible::width(label)) + 2);
    out.push_str(&wrap(text, width, label_width + 2));
    out.push('\n');
}

/// Labelled texts one below the other; what is empty is left out.
pub(super) fn fields(out: &mut String, fields: &[(&str, String)], width: usize) {
    let shown = || fields.iter().filter(|(_, text)| !text.is_empty());
    let column = shown().map(|(label, _)| visible::width(label)).max().unwrap_or(0);
    shown().for_each(|(label, text)| field(out, label, column, text, width));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_display_width() {
        let mut table = Table::new(None, &["编号", "Status", "标题"]);
        table.row(["3.1".to_string(), "推进中".to_string(), "教育".to_string()]);
        table.row(["三（一）2".to_string(), String::new(), "a\u{1b}b".to_string()]);
        let mut out = String::new();
        table.print(&mut out);
        assert_eq!(out, "编号       Status  标题\n3.1        推进中  教育\n三（一）2          a␛b\n");
    }

    #[test]
    fn text_wraps_by_chinese_rules() {
        assert_eq!(wrap("实施青少年，科学素质", 12, 2), "实施青少\n  年，科学素\n  质");
        assert_eq!(wrap("一\n二", 10, 2), "一\n  二");
    }
}
