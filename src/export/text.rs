//! Papers as plain text to be pasted into a chat: no marks, no tables, and lines that a telephone shows whole.

use super::paper::{Block, Paper, Table, plain};

/// A line on a telephone, in characters.
const LINE: usize = 20;
/// A sentence as long as this is left whole: a line break in it would be worse than the telephone's own.
const WHOLE: usize = 30;

/// The paper as text.
pub fn text(paper: &Paper) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut say = |text: &str| lines.extend(short_lines(&visible(text)));
    for block in &paper.blocks {
        match block {
            Block::Mark(text) | Block::Number(text) | Block::Subtitle(text) | Block::Recipients(text) => say(text),
            Block::AnnexHead(text) | Block::Heading { text, .. } => say(text),
            Block::Issue { organ, date } | Block::Signature { organ, date } => {
                say(organ);
                say(date);
            }
            Block::Title(title) => say(&format!("【{}】", title.concat())),
            Block::Paragraph(runs) | Block::Flush(runs) | Block::Centred(runs) => say(&plain(runs)),
            Block::Labelled { label, text } => say(&format!("{label}：{text}")),
            Block::Annexes(names) => names.iter().for_each(|name| say(&format!("附件：{name}"))),
            Block::Note(text) if text.starts_with('（') => say(text),
            Block::Note(text) => say(&format!("（{text}）")),
            Block::Table(table) => rows(table).iter().for_each(|row| say(row)),
            Block::Card { name, below } => say(&format!("{name} {below}")),
            Block::RedLine | Block::Blank | Block::PageBreak | Block::Turn(_) => {}
        }
    }
    if let Some(imprint) = &paper.imprint {
        imprint.copies.iter().for_each(|(label, text)| say(&format!("{label}：{text}")));
        say(&format!("{} {}", imprint.organ, imprint.date));
    }
    let mut out = lines.join("\n");
    out.push('\n');
    out
}

/// A row as a line: 1. 任务；配合单位：市教育局；完成时限：9月底前. Empty rows are forms to be filled in and say nothing.
fn rows(table: &Table) -> Vec<String> {
    let mut out = Vec::new();
    for row in table.rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
        let mut line = String::new();
        for (at, (column, cell)) in table.columns.iter().zip(row).enumerate() {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            if column.head == "序号" {
                line.push_str(&format!("{cell}. "));
            } else if at <= 1 {
                line.push_str(cell);
            } else {
                line.push_str(&format!("；{}：{cell}", column.head));
            }
        }
        out.push(line);
    }
    out
}

/// Text broken behind its marks into lines of a telephone's width, as far as it has marks.
fn short_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let both = line.chars().count() + piece.chars().count();
            if !line.is_empty() && both > LINE && !(both <= WHOLE && piece.chars().count() < 6) {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
            // a sentence ends its line
            if line.ends_with(['。', '！', '？', '；']) {
                lines.push(std::mem::take(&mut line));
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines.iter().map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect()
}

/// The text cut behind each mark that a line may end with; marks that close stay with what they close.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut depth = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        depth += match c {
            '（' | '《' | '“' => 1,
            '）' | '》' | '”' => -1,
            _ => 0,
        };
        let next_closes = chars.peek().is_some_and(|(_, next)| "）》”。，；".contains(*next));
        if "。，；：！？、".contains(c) && depth <= 0 && !next_closes {
            pieces.push(&text[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

/// Text without what a chat might take for a command of its own: controls.
fn visible(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}
