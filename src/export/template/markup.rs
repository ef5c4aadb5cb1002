//! The lines of a filled template as blocks of a paper.
//!
//! ```text
//! @红头 清远市科普工作联席会议纪要      the red mark
//! @字号 〔2025〕3号                     the number below it
//! @发文 办公室 | 2025年6月12日          who and when, below that
//! @红线                                 the red line
//! @标题 关于召开会议的通知              broken by sense, or where | says
//! @副题 （2025年6月12日）               centred, in 楷体
//! @主送 各成员单位：                    at the margin
//! 一、 （一） 1. （1）                  headings, known by their numbers
//! anything else                         a paragraph
//! @顶格 …  @居中 …  @空行               at the margin, centred, an empty line
//! @出席 市科协张三、…                   the label in 黑体; @请假, @列席 and @栏 主持人 | … likewise
//! @附件 报名回执                        a name of the list of annexes
//! @署名 办公室 | 2025年6月5日           organ and date
//! @附注 联系人：…                       in round brackets
//! @附件页 附件1                         a new page that begins so
//! @表 序号 1 中 | 任务 6 | 单位 2 中    a table: heads, shares of the width, 中 centres
//! | 1 | … | 市科协                      its rows
//! @桌签 张三 | 市教育局                 a name card
//! @横页  @竖页  @换页  @无页码
//! @抄送 …  @分送 …  @报送 …  @印发 办公室 | 2025年6月12日
//! ```
//!
//! `<黑体>…</黑体>` and `<楷体>…</楷体>` change the face inside a paragraph.

use super::TemplateFault;
use super::fill::{Fault, LINE_END, restore};
use crate::export::paper::{Block, Column, Face, Imprint, Level, PageForm, Paper, Run, Table, break_by_sense};

/// A line of 2号 characters with a little air: 20 fill it.
const TITLE_WIDTH: usize = 19;
/// What a number behind the head of a column may be to be its share of the width; 2025 belongs to the head.
const SHARES: std::ops::RangeInclusive<u32> = 1..=1000;

/// The longest heading that text may follow on the same line.
const RUN_IN: usize = 28;

pub(super) const MARKS: [&str; 31] = [
    "红头",
    "字号",
    "发文",
    "红线",
    "标题",
    "副题",
    "主送",
    "顶格",
    "居中",
    "空行",
    "出席",
    "请假",
    "列席",
    "缺席",
    "主持",
    "记录",
    "栏",
    "附件",
    "署名",
    "附注",
    "附件页",
    "表",
    "桌签",
    "换页",
    "横页",
    "竖页",
    "无页码",
    "抄送",
    "分送",
    "报送",
    "印发",
];

/// Reads the filled text.
pub(super) fn read(text: &str) -> Result<Paper, Fault> {
    let mut paper = Paper::default();
    let mut at = 0;
    for whole in text.split('\n') {
        let line = whole.trim();
        let place = at + whole.find(line).unwrap_or(0);
        at += whole.len() + 1;
        if line.is_empty() {
            continue;
        }
        let fault = |kind| Fault { at: place, kind };
        match line.strip_prefix(['@', '＠']) {
            Some(rest) => {
                let (mark, said) = rest.split_once([' ', '\u{3000}']).unwrap_or((rest, ""));
                marked(&mut paper, mark, said.trim()).map_err(fault)?;
            }
            None if line.starts_with('|') => row(&mut paper, line).map_err(fault)?,
            None => paper.blocks.extend(line.split(LINE_END).filter(|line| !line.trim().is_empty()).map(written)),
        }
    }
    Ok(paper)
}

/// A line that begins with `@` and a mark.
fn marked(paper: &mut Paper, mark: &str, said: &str) -> Result<(), TemplateFault> {
    // what stands in one place on the paper is one line
    let text = restore(&said.replace(LINE_END, " "));
    let halves = || {
        let (left, right) = said.split_once('|').unwrap_or((said, ""));
        (one_line(left), one_line(right))
    };
    let block = match mark {
        "红头" => Block::Mark(text),
        "字号" => Block::Number(text),
        "发文" => {
            let (organ, date) = halves();
            Block::Issue { organ, date }
        }
        "红线" => Block::RedLine,
        "标题" => Block::Title(
            break_by_sense(&said.replace(LINE_END, " "), TITLE_WIDTH).iter().map(|line| restore(line)).collect(),
        ),
        "副题" => Block::Subtitle(text),
        "主送" => Block::Recipients(text),
        "顶格" => Block::Flush(faces(said)),
        "居中" => Block::Centred(faces(said)),
        "空行" => Block::Blank,
        "出席" | "请假" | "列席" | "缺席" | "主持" | "记录" => {
            Block::Labelled { label: mark.to_string(), text }
        }
        "栏" => {
            let (label, text) = halves();
            Block::Labelled { label, text }
        }
        "附件" => match paper.blocks.last_mut() {
            Some(Block::Annexes(names)) => {
                names.push(text);
                return Ok(());
            }
            Some(_) | None => Block::Annexes(vec![text]),
        },
        "署名" => {
            let (organ, date) = halves();
            Block::Signature { organ, date }
        }
        "附注" => Block::Note(text),
        "附件页" => Block::AnnexHead(text),
        "表" => Block::Table(Table { columns: said.split('|').map(column).collect(), rows: Vec::new() }),
        "桌签" => {
            let (name, below) = halves();
            Block::Card { name, below }
        }
        "换页" => Block::PageBreak,
        "横页" => Block::Turn(PageForm::Landscape),
        "竖页" => Block::Turn(PageForm::Portrait),
        "无页码" => {
            paper.is_unnumbered = true;
            return Ok(());
        }
        "抄送" | "分送" | "报送" => {
            paper.imprint.get_or_insert_default().copies.push((mark.to_string(), text));
            return Ok(());
        }
        "印发" => {
            let (organ, date) = halves();
            let imprint: &mut Imprint = paper.imprint.get_or_insert_default();
            let date = if date.is_empty() || date.ends_with("印发") { date } else { format!("{date}印发") };
            (imprint.organ, imprint.date) = (organ, date);
            return Ok(());
        }
        _ => return Err(TemplateFault::UnknownMark { mark: format!("@{mark}") }),
    };
    paper.blocks.push(block);
    Ok(())
}

fn one_line(text: &str) -> String {
    restore(&text.trim().replace(LINE_END, " "))
}

/// A column: its head, its share of the width, and 中 where its cells are centred.
fn column(said: &str) -> Column {
    let mut column = Column { share: 1, ..Column::default() };
    let mut words: Vec<&str> = said.split_whitespace().collect();
    if words.last() == Some(&"中") {
        column.is_centred = true;
        words.pop();
    }
    if words.len() > 1
        && let Some(share) = words.last().and_then(|word| word.parse().ok()).filter(|share| SHARES.contains(share))
    {
        column.share = share;
        words.pop();
    }
    column.head = restore(&words.join(" "));
    column
}

/// A row of the table that stands before it; cells that are left out are empty.
fn row(paper: &mut Paper, line: &str) -> Result<(), TemplateFault> {
    let inside = line.trim_start_matches('|');
    let cells: Vec<String> = inside.split('|').map(|cell| restore(cell.trim())).collect();
    let Some(Block::Table(table)) = paper.blocks.last_mut() else {
        return Err(TemplateFault::BadRow { cells: cells.len(), columns: 0 });
    };
    let columns = table.columns.len();
    if cells.len() > columns {
        return Err(TemplateFault::BadRow { cells: cells.len(), columns });
    }
    let mut cells = cells;
    cells.resize(columns, String::new());
    table.rows.push(cells);
    Ok(())
}

/// A line of text: a heading or a paragraph, by its number.
fn written(line: &str) -> Block {
    let line = line.trim();
    let Some(level) = level(line) else { return Block::Paragraph(faces(line)) };
    let is_sentence = line.ends_with(['。', '；', '：', '！', '？', '，']);
    match line.split_once('。') {
        // 一、关于工作要点
        None if !is_sentence && !line.contains('<') => Block::Heading { level, text: restore(line) },
        // （一）明确任务。由市科协牵头……
        Some((head, rest)) if !rest.is_empty() && head.chars().count() <= RUN_IN && !head.contains('<') => {
            let mut runs = vec![Run { face: level.face(), text: format!("{}。", restore(head)) }];
            runs.extend(faces(rest));
            Block::Paragraph(runs)
        }
        None | Some(_) => Block::Paragraph(faces(line)),
    }
}

/// 一、 （一） 1. （1）; other ways of writing them are read as well.
fn level(line: &str) -> Option<Level> {
    let counts = |text: &str| !text.is_empty() && text.chars().all(|c| "一二三四五六七八九十百".contains(c));
    let digits = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((number, _)) = line.split_once('、')
        && counts(number)
    {
        return Some(Level::One);
    }
    if let Some((number, _)) = line.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')'])) {
        return match (counts(number), digits(number)) {
            (true, _) => Some(Level::Two),
            (_, true) => Some(Level::Four),
            (false, false) => None,
        };
    }
    match line.split_once(['.', '．']) {
        // 1.5万 is no heading
        Some((number, rest)) if digits(number) && !rest.starts_with(|c: char| c.is_ascii_digit()) => Some(Level::Three),
        Some(_) | None => None,
    }
}

/// The faces inside a paragraph.
fn faces(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut rest = text;
    let mut push = |face, text: &str| {
        if !text.is_empty() {
            runs.push(Run { face, text: restore(&text.replace(LINE_END, " ")) });
        }
    };
    'text: while !rest.is_empty() {
        for (face, open, close) in [(Face::Hei, "<黑体>", "</黑体>"), (Face::Kai, "<楷体>", "</楷体>")] {
            let first = rest.find("<黑体>").into_iter().chain(rest.find("<楷体>")).min();
            if let Some(start) = rest.find(open).filter(|start| Some(*start) == first) {
                let inside = &rest[start + open.len()..];
                let end = inside.find(close).unwrap_or(inside.len());
                push(Face::Body, &rest[..start]);
                push(face, &inside[..end]);
                rest = inside[end..].strip_prefix(close).unwrap_or("");
                continue 'text;
            }
        }
        push(Face::Body, rest);
        break;
    }
    runs
}
