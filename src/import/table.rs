//! The division-of-labour table, flattened to one cell a line.
//!
//! A row reaches from one whole number to the next. Cells are counted from the right, because a category that spans several
//! rows is printed in the first of them only.

use super::numbering::{Mark, number};
use std::ops::Range;

/// What a column of the table holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Column {
    Number,
    Content,
    Lead,
    Responsible,
    Other,
}

/// A row as printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct TableRow<'a> {
    /// The piece that holds its number.
    pub at: usize,
    pub number: u32,
    /// As printed in this row or the last one that has it; may be empty.
    pub category: &'a str,
    /// The piece and text of its first content cell.
    pub content: (usize, &'a str),
    pub lead: Option<&'a str>,
    pub responsible: Option<&'a str>,
    /// Pieces that no column takes.
    pub left: Vec<usize>,
}

/// More rows than any division of labour has.
const ROWS: usize = 300;

/// The longest header that is looked for, in cells.
const HEADER: usize = 10;

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn column(text: &str) -> Column {
    let text = squeeze(text);
    if text == "序号" {
        Column::Number
    } else if text.contains("牵头") {
        Column::Lead
    } else if ["责任", "负责", "指导", "配合", "参与", "协同", "承办", "落实"].iter().any(|w| text.contains(w))
        && ["单位", "部门", "人", "机构"].iter().any(|w| text.contains(w))
    {
        Column::Responsible
    } else if ["内容", "任务", "举措", "事项", "措施", "项目", "工作"].iter().any(|w| text.contains(w)) {
        Column::Content
    } else {
        Column::Other
    }
}

fn row_number(text: &str) -> Option<u32> {
    (text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Finds the table: from its header, 序号 to the first row's number, to the last piece that is not web chrome.
pub(super) fn find(texts: &[&str], chrome: &[bool]) -> Option<Range<usize>> {
    let start = (0..texts.len()).find(|at| squeeze(texts[*at]) == "序号" && header(&texts[*at..]).is_some())?;
    let mut end = (start..texts.len()).find(|at| chrome[*at]).unwrap_or(texts.len());
    // A note or signature under the table is none of its cells.
    let last_row = (start..end).rev().find(|at| row_number(texts[*at]).is_some())?;
    let columns = header(&texts[start..]).map_or(0, |columns| columns.len());
    end = end.min(last_row + columns + 1);
    if let Some(label) = (start..end).find(|at| super::front::is_annex_label(texts[*at])) {
        end = label;
    }
    Some(start..end)
}

/// The columns, if a header with somebody responsible stands before a first row.
fn header(texts: &[&str]) -> Option<Vec<Column>> {
    let len = (1..texts.len().min(HEADER + 1)).find(|at| {
        row_number(texts[*at]) == Some(1)
            || (*at > 1 && matches!(number(texts[*at]).map(|n| n.mark), Some(Mark::Chapter(1))))
    })?;
    let columns: Vec<Column> = texts[..len].iter().map(|text| column(text)).collect();
    let has_units = columns.iter().any(|c| matches!(c, Column::Lead | Column::Responsible));
    (len >= 3 && has_units && columns.contains(&Column::Content)).then_some(columns)
}

/// Reads the rows of the table.
pub(super) fn rows<'a>(texts: &[&'a str], table: &Range<usize>) -> Vec<TableRow<'a>> {
    let Some(columns) = header(&texts[table.clone()]) else {
        return Vec::new();
    };
    let mut rows: Vec<TableRow<'a>> = Vec::new();
    let mut category = "";
    let mut at = table.start + columns.len();
    while at < table.end && rows.len() < ROWS {
        if let Some(Mark::Chapter(_)) = number(texts[at]).map(|n| n.mark) {
            category = texts[at];
            at += 1;
            continue;
        }
        let Some(value) = row_number(texts[at]) else {
            if let Some(row) = rows.last_mut() {
                row.left.push(at);
            }
            at += 1;
            continue;
        };
        let is_end = |next: &usize| {
            row_number(texts[*next]).is_some_and(|n| n > value)
                || matches!(number(texts[*next]).map(|n| n.mark), Some(Mark::Chapter(_)))
        };
        let end = (at + 1..table.end).find(is_end).unwrap_or(table.end);
        rows.push(row(texts, &columns, at..end, value, &mut category));
        at = end;
    }
    rows
}

fn row<'a>(
    texts: &[&'a str],
    columns: &[Column],
    cells: Range<usize>,
    value: u32,
    category: &mut &'a str,
) -> TableRow<'a> {
    let after_content = columns.iter().rposition(|c| *c == Column::Content).map_or(0, |at| columns.len() - 1 - at);
    let contents = columns.iter().filter(|c| **c == Column::Content).count();
    let body: Vec<usize> = (cells.start + 1..cells.end).collect();
    // The category is the one cell more than the header has columns for.
    let extra = (body.len() + 1).saturating_sub(columns.len());
    let skip = match extra {
        0 => 0,
        _ if contents == 1 => {
            *category = texts[body[0]];
            1
        }
        _ => 0,
    };
    let taken = &body[skip.min(body.len())..];
    let used = taken.len().min(columns.len() - 1);
    let mut row = TableRow {
        at: cells.start,
        number: value,
        category,
        content: (cells.start, ""),
        lead: None,
        responsible: None,
        left: taken[used..].to_vec(),
    };
    if used + 1 == columns.len() {
        for (column, at) in columns[1..].iter().zip(taken) {
            match column {
                Column::Content if row.content.1.is_empty() => row.content = (*at, texts[*at]),
                Column::Lead if row.lead.is_none() => row.lead = Some(texts[*at]),
                Column::Responsible if row.responsible.is_none() => row.responsible = Some(texts[*at]),
                Column::Number | Column::Content | Column::Lead | Column::Responsible | Column::Other => {}
            }
        }
    } else {
        // Cells are missing: the first is the content, and names are taken from the right only if nothing else could stand there.
        if let Some(first) = taken.first() {
            row.content = (*first, texts[*first]);
        }
        if taken.len() > 1 && after_content > 0 {
            row.lead = Some(texts[taken[1]]);
        }
    }
    row
}
