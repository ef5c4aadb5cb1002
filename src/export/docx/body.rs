//! `word/document.xml`: every block of a paper as the standard places it.

use super::super::paper::{Block, Face, Level, PageForm, Paper, Run};
use super::page::{CHAR, LINE, WIDTH, section};
use super::table;
use super::xml::{DRAWING, HEAD, Look, NAMESPACES, SIZE_2, SONG_MARK, Shape, paragraph, run, runs};

/// The top of the red mark stands 35 mm below the top of the type area: §7.2.4; the glyphs begin a little below their line.
const MARK_DROP: i32 = 1984;

pub(super) fn document(paper: &Paper) -> String {
    let mut out = format!("{HEAD}<w:document {NAMESPACES} {DRAWING}><w:body>\n");
    let mut form = PageForm::default();
    let mut before: Option<&Block> = None;
    let mut blocks = paper.blocks.iter().peekable();
    while let Some(block) = blocks.next() {
        match block {
            Block::Card { .. } => {
                let mut cards = vec![block];
                while let Some(card) = blocks.next_if(|next| matches!(next, Block::Card { .. })) {
                    cards.push(card);
                }
                out.push_str(&table::cards(&cards));
            }
            Block::Turn(next) => {
                // a sheet that lies otherwise begins a section of its own; an empty first one would be an empty page
                if *next != form && before.is_some() {
                    let inside = section(form, !paper.is_unnumbered);
                    out.push_str(&format!(
                        "<w:p><w:pPr><w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{inside}</w:pPr></w:p>\n"
                    ));
                }
                form = *next;
            }
            Block::Table(table) => out.push_str(&table::table(table, form)),
            _ => out.push_str(&one(block, before, blocks.peek().copied())),
        }
        before = Some(block);
    }
    if let Some(imprint) = &paper.imprint {
        out.push_str(&table::imprint(imprint));
    }
    out.push_str(&section(form, !paper.is_unnumbered));
    out.push_str("</w:body></w:document>\n");
    out
}

/// A block that is paragraphs, with what stands before and after it.
fn one(block: &Block, before: Option<&Block>, after: Option<&Block>) -> String {
    let body = |inside: &[Run]| paragraph(&Shape { style: "Body", ..Shape::default() }, &runs(inside));
    let plain = |text: &str| run(text, Look::of(Face::Body));
    match block {
        Block::Mark(text) => mark(text),
        Block::Number(text) => {
            // two empty lines below the mark
            let drop = if matches!(before, Some(Block::Mark(_))) { LINE * 2 } else { 0 };
            let shape =
                Shape { justify: "center", before: drop, keeps: true, borders: red_line(after), ..Shape::default() };
            paragraph(&shape, &plain(text))
        }
        Block::Issue { organ, date } => {
            // stops and no indents: the red line is as wide as the paragraph
            let tabs = format!(
                "<w:tabs><w:tab w:val=\"left\" w:pos=\"{CHAR}\"/><w:tab w:val=\"right\" w:pos=\"{}\"/></w:tabs>",
                WIDTH - CHAR
            );
            let shape = Shape {
                justify: "left",
                before: LINE / 2,
                keeps: true,
                tabs,
                borders: red_line(after),
                ..Shape::default()
            };
            let tab = || "<w:r><w:tab/></w:r>".to_string();
            paragraph(&shape, &[tab(), plain(organ), tab(), plain(date)].concat())
        }
        // it is the border of the line above it
        Block::RedLine => String::new(),
        Block::Title(lines) => title(lines, before, after),
        Block::Subtitle(text) => {
            let shape = Shape { justify: "center", after: above_table(after), ..Shape::default() };
            paragraph(&shape, &run(text, Look::of(Face::Kai)))
        }
        Block::Recipients(text) => {
            let shape = Shape { justify: "left", before: LINE, ..Shape::default() };
            paragraph(&shape, &plain(text))
        }
        Block::Heading { level, text } => {
            let shape = Shape { style: heading_style(*level), keeps: true, before: gap(before), ..Shape::default() };
            paragraph(&shape, &run(text, Look::of(level.face())))
        }
        Block::Paragraph(inside) => {
            // a signature does not stand alone on a page: the text before it goes with it
            let keeps = matches!(after, Some(Block::Annexes(_) | Block::Signature { .. }));
            paragraph(&Shape { style: "Body", before: gap(before), keeps, ..Shape::default() }, &runs(inside))
        }
        Block::Flush(inside) => paragraph(&Shape { before: gap(before), ..Shape::default() }, &runs(inside)),
        Block::Centred(inside) => paragraph(&Shape { justify: "center", ..Shape::default() }, &runs(inside)),
        Block::Labelled { label, text } => {
            let hang = CHAR * (label.chars().count() as i32 + 1);
            // one empty line below the text, none between 出席, 请假 and 列席
            let drop = if matches!(before, Some(Block::Labelled { .. })) { 0 } else { LINE };
            let shape = Shape { left: CHAR * 2 + hang, first: -hang, before: drop, ..Shape::default() };
            paragraph(&shape, &[run(&format!("{label}："), Look::of(Face::Hei)), plain(text)].concat())
        }
        Block::Annexes(names) => annexes(names, matches!(after, Some(Block::Signature { .. }))),
        Block::Signature { organ, date } => signature(organ, date),
        Block::Note(text) => {
            let text = if text.starts_with('（') { text.clone() } else { format!("（{text}）") };
            body(&[Run::body(text)])
        }
        Block::AnnexHead(text) => {
            let shape = Shape { justify: "left", begins_page: true, keeps: true, after: LINE, ..Shape::default() };
            paragraph(&shape, &run(text, Look::of(Face::Hei)))
        }
        Block::Blank => paragraph(&Shape::default(), ""),
        Block::PageBreak => "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\n".to_string(),
        Block::Table(_) | Block::Card { .. } | Block::Turn(_) => String::new(),
    }
}

/// The red mark, as large as its length lets it be, and never two sizes in one: 纪要标志 and 发文机关标志 stand on one line.
fn mark(text: &str) -> String {
    let count = text.chars().count().max(1) as i32;
    // twips to half points; between 26 and 48 pt
    let size = ((WIDTH - 200) / count / 10).clamp(52, 96) as u32;
    let look = Look { is_red: true, ..Look::plain(SONG_MARK, size) };
    let line = size as i32 * 12;
    let before = MARK_DROP - size as i32;
    let shape = Shape { justify: "center", before, line, keeps: true, off_grid: true, ..Shape::default() };
    paragraph(&shape, &run(text, look))
}

/// The red line 4 mm below, where the next block asks for one: §7.2.7.
fn red_line(after: Option<&Block>) -> String {
    match after {
        Some(Block::RedLine) => {
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"8\" w:color=\"FF0000\"/></w:pBdr>".to_string()
        }
        Some(_) | None => String::new(),
    }
}

/// Two empty lines under the red line, none at the head of a page: §7.3.1.
fn title(lines: &[String], before: Option<&Block>, after: Option<&Block>) -> String {
    let drop = match before {
        Some(Block::RedLine | Block::Mark(_) | Block::Number(_) | Block::Issue { .. }) => LINE * 2,
        Some(_) | None => 0,
    };
    let look = Look::plain(SONG_MARK, SIZE_2);
    let line = |(at, line): (usize, &String)| {
        let shape = Shape {
            style: "Title",
            before: if at == 0 { drop } else { 0 },
            after: if at + 1 == lines.len() { above_table(after) } else { 0 },
            line: 640,
            ..Shape::default()
        };
        paragraph(&shape, &run(line, look))
    };
    lines.iter().enumerate().map(line).collect()
}

/// The empty line between a title and a text without addressees.
fn gap(before: Option<&Block>) -> i32 {
    match before {
        Some(Block::Title(_) | Block::Subtitle(_)) => LINE,
        Some(_) | None => 0,
    }
}

/// The air between a title and the table under it.
fn above_table(after: Option<&Block>) -> i32 {
    match after {
        Some(Block::Table(_)) => LINE / 2,
        Some(_) | None => 0,
    }
}

fn heading_style(level: Level) -> &'static str {
    match level {
        Level::One => "Heading1",
        Level::Two => "Heading2",
        Level::Three => "Heading3",
        Level::Four => "Heading4",
    }
}

/// 附件：1.… with the names aligned under one another: §7.3.4.
fn annexes(names: &[String], keeps: bool) -> String {
    let label = CHAR * 3;
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        let number = if names.len() > 1 { format!("{}.", at + 1) } else { String::new() };
        let width = number.chars().count() as i32 * CHAR / 2;
        let first = if at == 0 { -(label + width) } else { -width };
        let before = if at == 0 { LINE } else { 0 };
        let shape = Shape { left: CHAR * 2 + label + width, first, before, justify: "left", keeps, ..Shape::default() };
        let head = if at == 0 { format!("附件：{number}") } else { number };
        out.push_str(&paragraph(&shape, &run(&format!("{head}{name}"), Look::of(Face::Body))));
    }
    out
}

/// Two characters from the right; the date begins two characters behind the beginning of the name: §7.3.5.2.
fn signature(organ: &str, date: &str) -> String {
    let halves = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<i32>();
    let (organ_width, date_width) = (halves(organ), halves(date));
    // where each begins, in half characters of a line of 56
    let (organ_at, date_at) = match organ_width >= date_width {
        true => (52 - organ_width, 54 - organ_width),
        false => (50 - date_width, 52 - date_width),
    };
    let line = |text: &str, at: i32, before: i32, keeps: bool| {
        let shape = Shape { justify: "left", left: CHAR * at.max(0) / 2, before, keeps, ..Shape::default() };
        paragraph(&shape, &run(text, Look::of(Face::Body)))
    };
    let mut out = String::new();
    if !organ.is_empty() {
        out.push_str(&line(organ, organ_at, LINE, !date.is_empty()));
    }
    if !date.is_empty() {
        let before = if organ.is_empty() { LINE } else { 0 };
        out.push_str(&line(date, date_at, before, false));
    }
    out
}
