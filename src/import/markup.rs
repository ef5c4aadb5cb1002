//! Web pages and Markdown to plain lines.
//!
//! A small stripper, not a parser: blocks end lines, every cell of a row with several cells becomes one line, scripts, styles
//! and comments go. What does not look like markup beyond doubt is left alone, so that a plain text stays as it is.

use std::borrow::Cow;

/// What the text was written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Plain,
    Html,
    Markdown,
}

/// Turns HTML and Markdown into plain lines; plain text comes back as it is.
pub fn plain(text: &str) -> (Cow<'_, str>, Form) {
    if is_html(text) {
        (Cow::Owned(strip_html(text)), Form::Html)
    } else if is_markdown(text) {
        (Cow::Owned(strip_markdown(text)), Form::Markdown)
    } else {
        (Cow::Borrowed(text), Form::Plain)
    }
}

/// At least one block element that is opened and closed again.
fn is_html(text: &str) -> bool {
    let pairs =
        [("<p", "</p>"), ("<div", "</div>"), ("<table", "</table>"), ("<body", "</body>"), ("<html", "</html>")];
    text.contains('<') && pairs.iter().any(|(open, close)| find_tag(text, open) && text.contains(close))
}

fn find_tag(text: &str, open: &str) -> bool {
    text.match_indices(open)
        .any(|(at, _)| matches!(text.as_bytes().get(at + open.len()), Some(b'>' | b' ' | b'\n' | b'\t' | b'\r' | b'/')))
}

/// A heading line of Markdown, which no official document has.
fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&marks) && line[marks..].starts_with(' ')
    })
}

fn strip_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let is_rule = trimmed.len() >= 3 && trimmed.bytes().all(|b| matches!(b, b'-' | b'|' | b':' | b' ' | b'='));
        if is_rule {
            out.push('\n');
        } else if trimmed.len() > 1 && trimmed.starts_with('|') && trimmed.ends_with('|') {
            for cell in trimmed.trim_matches('|').split('|') {
                out.push_str(&cell.trim().replace("**", ""));
                out.push('\n');
            }
        } else {
            let body = line.trim_start_matches('#');
            let body = if body.len() < line.len() { body.trim_start_matches(' ') } else { line };
            out.push_str(&body.replace("**", "").replace("\\.", "."));
        }
    }
    out
}

const BLOCKS: [&str; 19] = [
    "p", "div", "br", "table", "tr", "td", "th", "tbody", "thead", "li", "ul", "ol", "h1", "h2", "h3", "h4", "section",
    "article", "title",
];

/// A cell of a table that is being read.
struct Cell {
    start: usize,
    /// Holds another table, so it is layout.
    nests: bool,
}

/// A row: the places of its cells in the output.
#[derive(Default)]
struct Row {
    cells: Vec<(usize, usize, bool)>,
}

/// Deeper tables than these are read without their rows: no page needs them, and memory stays bounded.
const DEPTH: usize = 64;

fn strip_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let (mut cells, mut rows): (Vec<Cell>, Vec<Row>) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        push_text(&mut out, &rest[..open]);
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        let Some(close) = rest.find('>').filter(|_| is_tag) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let tag = rest[1..close].trim_start_matches('/');
        let is_end = rest[1..].starts_with('/');
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        rest = &rest[close + 1..];
        if !is_end && matches!(name.as_str(), "script" | "style" | "noscript") {
            let end = format!("</{name}");
            let at = rest.to_ascii_lowercase().find(&end);
            rest = at.map_or("", |at| &rest[at..]);
            continue;
        }
        if BLOCKS.contains(&name.as_str()) && !out.ends_with('\n') {
            out.push('\n');
        }
        match (name.as_str(), is_end) {
            ("table", false) => {
                if let Some(cell) = cells.last_mut() {
                    cell.nests = true;
                }
            }
            ("tr", false) if rows.len() < DEPTH => rows.push(Row::default()),
            ("td" | "th", false) if cells.len() < DEPTH => cells.push(Cell { start: out.len(), nests: false }),
            ("td" | "th", true) => {
                if let (Some(cell), Some(row)) = (cells.pop(), rows.last_mut()) {
                    row.cells.push((cell.start, out.len(), cell.nests));
                }
            }
            ("tr", true) => {
                if let Some(row) = rows.pop() {
                    join_cells(&mut out, &row);
                }
            }
            _ => {}
        }
    }
    push_text(&mut out, rest);
    out
}

/// Makes one line of every cell of a row that has several; a row of one cell is layout or a group line and keeps its lines.
fn join_cells(out: &mut String, row: &Row) {
    let Some((start, ..)) = row.cells.first().copied() else {
        return;
    };
    if row.cells.len() < 2 || row.cells.iter().any(|(_, _, nests)| *nests) || start > out.len() {
        return;
    }
    let mut joined = String::new();
    for (from, to, _) in &row.cells {
        let Some(text) = out.get(*from..*to) else {
            return;
        };
        joined.push_str(&text.split('\n').map(str::trim).collect::<String>());
        joined.push('\n');
    }
    out.truncate(start);
    out.push_str(&joined);
}

/// Appends text with its entities read; line ends inside a block are only white space in HTML.
fn push_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\n', '\r']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('&') {
            if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
            rest = rest[1..].trim_start_matches([' ', '\n', '\r', '\t']);
            continue;
        }
        let entity = rest[1..].split_once(';').filter(|(name, _)| name.len() <= 8);
        let character = entity.and_then(|(name, _)| read_entity(name));
        match (entity, character) {
            (Some((_, after)), Some(character)) => {
                out.push(character);
                rest = after;
            }
            (_, _) => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn read_entity(name: &str) -> Option<char> {
    let known = match name {
        "nbsp" => '\u{a0}',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "ldquo" => '“',
        "rdquo" => '”',
        "mdash" => '—',
        "middot" => '·',
        "ensp" | "emsp" => '\u{3000}',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            return char::from_u32(code).filter(|c| !c.is_control());
        }
    };
    Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_end_lines_and_cells_are_one_line() {
        let html = "<div><p>一、<span>总体</span></p><table><tr><td><p>1</p></td><td><p>甲</p><p>乙</p></td></tr></table></div>";
        let (text, form) = plain(html);
        assert_eq!((text.trim(), form), ("一、总体\n1\n甲乙", Form::Html));
    }

    #[test]
    fn a_plain_text_with_angle_brackets_stays() {
        assert_eq!(plain("首页 > 公开 <p 1<2"), (Cow::Borrowed("首页 > 公开 <p 1<2"), Form::Plain));
    }

    #[test]
    fn markdown_marks_go_and_table_cells_are_lines() {
        let (text, form) = plain("# 方案\n\n| 序号 | 单位 |\n|---|---|\n| 1 | **甲** |\n");
        assert_eq!((text.as_ref(), form), ("方案\n\n序号\n单位\n\n1\n甲\n", Form::Markdown));
    }
}
