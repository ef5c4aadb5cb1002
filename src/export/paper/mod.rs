//! A paper as values: what stands on it, in order, and nothing of how a file says so.
//!
//! The kinds of block are those of GB/T 9704-2012 and of the office's own sheets; every writer knows all of them.

mod title;

pub use title::break_by_sense;

/// A paper.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Paper {
    pub blocks: Vec<Block>,
    /// 版记, at the foot of the last page.
    pub imprint: Option<Imprint>,
    /// Seat cards and sign-in sheets have no page numbers.
    pub is_unnumbered: bool,
}

/// One thing on a paper.
#[derive(Clone, PartialEq, Debug)]
pub enum Block {
    /// 发文机关标志 or 纪要标志, red and centred: §7.2.4, §10.3.
    Mark(String),
    /// 发文字号, centred: §7.2.5.
    Number(String),
    /// Who issues it on the left, when on the right, as 纪要 and 简报 have it.
    Issue {
        organ: String,
        date: String,
    },
    /// 红色分隔线, under what stands before it: §7.2.7.
    RedLine,
    /// The lines of the title, already broken by sense: §7.3.1.
    Title(Vec<String>),
    /// A centred line in 楷体 below the title: a date, a place.
    Subtitle(String),
    /// 主送机关, with its colon: §7.3.2.
    Recipients(String),
    /// A heading on a line of its own.
    Heading {
        level: Level,
        text: String,
    },
    /// A paragraph, indented by two characters.
    Paragraph(Vec<Run>),
    /// A paragraph that begins at the margin.
    Flush(Vec<Run>),
    Centred(Vec<Run>),
    /// 出席：…; lines after the first are aligned behind the colon: §10.3.
    Labelled {
        label: String,
        text: String,
    },
    /// 附件说明: the names of the annexes, §7.3.4.
    Annexes(Vec<String>),
    /// 署名 and 成文日期 without a seal: §7.3.5.2.
    Signature {
        organ: String,
        date: String,
    },
    /// 附注, in round brackets: §7.3.6.
    Note(String),
    Table(Table),
    /// 附件1, at the head of a new page: §7.3.7.
    AnnexHead(String),
    /// A name card for the table, half a page.
    Card {
        name: String,
        below: String,
    },
    Blank,
    PageBreak,
    /// The pages from here on.
    Turn(PageForm),
}

/// 一、 （一） 1. （1）
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    One,
    Two,
    Three,
    Four,
}

/// Text in one face.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    pub face: Face,
    pub text: String,
}

/// The faces of §7.3.3; each is a font of its own and none is made bold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Face {
    /// 仿宋
    #[default]
    Body,
    /// 黑体
    Hei,
    /// 楷体
    Kai,
}

/// How the sheet lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PageForm {
    #[default]
    Portrait,
    Landscape,
}

/// A table whose head is repeated on every page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Column {
    pub head: String,
    /// Its share of the width; the shares of a table need not add up to anything.
    pub share: u32,
    /// Short cells (numbers, names) are centred, long ones begin at the left.
    pub is_centred: bool,
}

/// 版记: §7.4.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Imprint {
    /// 抄送, 分送, 报送: the label and the departments, with the full stop.
    pub copies: Vec<(String, String)>,
    /// 印发机关
    pub organ: String,
    /// 2025年6月12日印发
    pub date: String,
}

impl Level {
    pub fn face(self) -> Face {
        match self {
            Level::One => Face::Hei,
            Level::Two => Face::Kai,
            Level::Three | Level::Four => Face::Body,
        }
    }

    /// 1 to 4.
    pub fn depth(self) -> usize {
        match self {
            Level::One => 1,
            Level::Two => 2,
            Level::Three => 3,
            Level::Four => 4,
        }
    }
}

impl Run {
    pub fn body(text: impl Into<String>) -> Run {
        Run { face: Face::Body, text: text.into() }
    }
}

impl Paper {
    /// The title in one line; empty where the paper has none.
    pub fn title(&self) -> String {
        self.blocks
            .iter()
            .find_map(|block| match block {
                Block::Title(lines) => Some(lines.concat()),
                Block::Mark(_)
                | Block::Number(_)
                | Block::Issue { .. }
                | Block::RedLine
                | Block::Subtitle(_)
                | Block::Recipients(_)
                | Block::Heading { .. }
                | Block::Paragraph(_)
                | Block::Flush(_)
                | Block::Centred(_)
                | Block::Labelled { .. }
                | Block::Annexes(_)
                | Block::Signature { .. }
                | Block::Note(_)
                | Block::Table(_)
                | Block::AnnexHead(_)
                | Block::Card { .. }
                | Block::Blank
                | Block::PageBreak
                | Block::Turn(_) => None,
            })
            .unwrap_or_default()
    }
}

/// The text of runs, without their faces.
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}
