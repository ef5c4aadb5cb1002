//! Papers as Markdown, for git and for reading beside the files. Nothing of a text can become a mark of Markdown's.

use super::paper::{Block, Face, Paper, Run, Table};

/// The paper as Markdown.
pub fn markdown(paper: &Paper) -> String {
    let mut parts: Vec<String> = Vec::new();
    for block in &paper.blocks {
        let part = match block {
            Block::Mark(text) => format!("**{}**", escaped(text)),
            Block::Number(text) | Block::Subtitle(text) | Block::Recipients(text) => escaped(text),
            Block::Issue { organ, date } => joined(&[organ, date], "　"),
            Block::RedLine => "---".to_string(),
            Block::Title(lines) => format!("# {}", escaped(&lines.concat())),
            Block::Heading { level, text } => format!("{} {}", "#".repeat(level.depth() + 1), escaped(text)),
            Block::Paragraph(runs) | Block::Flush(runs) | Block::Centred(runs) => inline(runs),
            Block::Labelled { label, text } => format!("**{}**：{}", escaped(label), escaped(text)),
            Block::Annexes(names) => annexes(names),
            Block::Signature { organ, date } => joined(&[organ, date], "  \n"),
            Block::Note(text) if text.starts_with('（') => escaped(text),
            Block::Note(text) => format!("（{}）", escaped(text)),
            Block::Table(table) => rows(table),
            Block::AnnexHead(text) => format!("---\n\n**{}**", escaped(text)),
            Block::Card { name, below } => format!("- {}", joined(&[name, below], "　")),
            Block::Blank | Block::PageBreak | Block::Turn(_) => continue,
        };
        match (parts.last_mut(), block) {
            // cards are one list
            (Some(before), Block::Card { .. }) if before.starts_with("- ") => {
                before.push('\n');
                before.push_str(&part);
            }
            _ => parts.push(part),
        }
    }
    if let Some(imprint) = &paper.imprint {
        parts.push("---".to_string());
        parts.extend(imprint.copies.iter().map(|(label, text)| format!("{}：{}", escaped(label), escaped(text))));
        parts.push(joined(&[&imprint.organ, &imprint.date], "　"));
    }
    parts.retain(|part| !part.is_empty());
    let mut out = parts.join("\n\n");
    out.push('\n');
    out
}

fn inline(runs: &[Run]) -> String {
    match runs {
        [only] if only.face == Face::Body => guarded(&only.text),
        _ => {
            let one = |run: &Run| match run.face {
                Face::Body => escaped(&run.text),
                Face::Hei | Face::Kai => strong(&run.text),
            };
            runs.iter().map(one).collect()
        }
    }
}

/// Strong text. A mark at its end stands outside, because Markdown closes nothing between a mark and a character.
fn strong(text: &str) -> String {
    let inside = text.trim_end_matches(['。', '：', '；', '，', '、', '）']);
    match inside.is_empty() {
        true => escaped(text),
        false => format!("**{}**{}", escaped(inside), escaped(&text[inside.len()..])),
    }
}

/// 附件 as Markdown numbers them.
fn annexes(names: &[String]) -> String {
    match names {
        [name] => format!("附件：{}", escaped(name)),
        _ => {
            let lines: Vec<String> =
                names.iter().enumerate().map(|(at, name)| format!("{}. {}", at + 1, escaped(name))).collect();
            format!("附件：\n\n{}", lines.join("\n"))
        }
    }
}

fn rows(table: &Table) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let cell = |text: &String| escaped(text).replace('\n', "<br>");
    let mut lines = vec![
        line(table.columns.iter().map(|column| cell(&column.head)).collect()),
        format!(
            "|{}",
            table.columns.iter().map(|column| if column.is_centred { ":-:|" } else { "---|" }).collect::<String>()
        ),
    ];
    lines.extend(table.rows.iter().map(|row| line(row.iter().map(cell).collect())));
    lines.join("\n")
}

fn joined(parts: &[&String], between: &str) -> String {
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    parts.join(between)
}

/// A paragraph that begins with a number would become a list: `1.` keeps its dot as text.
fn guarded(text: &str) -> String {
    let text = escaped(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some(mark @ ('.' | ')')) if digits > 0 => format!("{}\\{mark}{}", &text[..digits], &text[digits + 1..]),
        _ if text.starts_with(['-', '+', '=']) => format!("\\{text}"),
        _ => text,
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
