//! What an import says of a document.

use crate::domain::NodeKind;

/// Sentences and labels of the import report.
#[derive(Debug)]
pub struct ImportWords {
    pub title: &'static str,
    pub issuer: &'static str,
    pub document_number: &'static str,
    pub adopted: &'static str,
    pub issued: &'static str,
    pub period: &'static str,
    pub phases: &'static str,
    pub implements: &'static str,
    pub years: fn(from: i32, to: i32) -> String,
    /// `UTF-8`, and whether line ends were those of Windows.
    pub charset: &'static str,
    pub crlf: &'static str,
    pub counts: &'static str,
    pub kind_count: fn(kind: &str, kind_of: NodeKind, count: usize) -> String,
    pub others: fn(units: usize, rows: usize, leads: usize, cells: usize, targets: usize) -> String,
    pub head_unplaced: fn(count: usize) -> String,
    pub head_proposals: fn(count: usize, accepted: usize) -> String,
    pub head_findings: fn(count: usize) -> String,
    pub line: fn(line: u32) -> String,
    pub accepted: &'static str,
    pub only_proposed: &'static str,
    pub dry_run: &'static str,
    // what was found
    pub chrome: &'static str,
    pub title_over_lines: fn(to: u32) -> String,
    pub run_together: &'static str,
    pub table_flattened: fn(rows: u32) -> String,
    pub broken_paragraph: fn(next: u32) -> String,
    pub numbers_missing: fn(from: u32, to: u32) -> String,
    pub number_repeats: fn(place: &str) -> String,
    pub ambiguous_date: fn(text: &str) -> String,
    pub row_unmatched: fn(content: &str) -> String,
    pub collective: fn(place: &str, name: &str) -> String,
    // why not
    pub readings_malformed: fn(path: &str, message: &str) -> String,
    pub readings_certainty: fn(path: &str, number: usize, found: &str) -> String,
    pub readings_not_found: fn(path: &str, number: usize, scraped: &str) -> String,
    pub readings_ambiguous: fn(path: &str, number: usize, scraped: &str) -> String,
    pub too_large: fn(path: &str, bytes: usize, limit: usize) -> String,
}

pub(super) const ZH: ImportWords = ImportWords {
    title: "标题",
    issuer: "发文机关",
    document_number: "发文字号",
    adopted: "审议通过",
    issued: "成文日期",
    period: "规划期",
    phases: "阶段",
    implements: "上位规划",
    years: |from, to| format!("{from}—{to}年"),
    charset: "文本编码",
    crlf: "，换行是 Windows 的",
    counts: "读出",
    kind_count: |kind, _, count| format!("{kind} {count}"),
    others: |units, rows, leads, cells, targets| {
        format!("单位 {units}、分工 {rows} 行（牵头 {leads}，责任 {cells}）、指标 {targets}")
    },
    head_unplaced: |count| format!("放不下的行：{count}"),
    head_proposals: |count, accepted| format!("建议的修补：{count}，其中采用 {accepted}"),
    head_findings: |count| format!("值得看一眼：{count}"),
    line: |line| format!("第{line}行"),
    accepted: "采用",
    only_proposed: "待定",
    dry_run: "只看不写，没有改动。",
    chrome: "网页残留，不是正文",
    title_over_lines: |to| format!("标题写成了几行，到第{to}行"),
    run_together: "几条编号写在了一行里，已分开",
    table_flattened: |rows| format!("附表被拉平成一格一行，读出 {rows} 行"),
    broken_paragraph: |next| format!("一段像是被分页断成两段，接第{next}行"),
    numbers_missing: |from, to| {
        if from == to { format!("前面缺编号 {from}") } else { format!("前面缺编号 {from} 到 {to}") }
    },
    number_repeats: |place| format!("编号重复，记作 {place}"),
    ambiguous_date: |text| format!("“{text}”可以读成几个日期，没有猜"),
    row_unmatched: |content| format!("附表的“{content}”在正文里没有对应的条目"),
    collective: |place, name| format!("{place} 的责任单位里有统称“{name}”，没有当作单位"),
    readings_malformed: |path, message| format!("{path}：读法清单不合格：{message}"),
    readings_certainty: |path, number, found| {
        format!("{path} 第 {number} 条：把握“{found}”不认识；用 sure、probable 或 suspected。")
    },
    readings_not_found: |path, number, scraped| format!("{path} 第 {number} 条：那里没有“{scraped}”。"),
    readings_ambiguous: |path, number, scraped| {
        format!("{path} 第 {number} 条：“{scraped}”出现不止一次，请多写几个字。")
    },
    too_large: |path, bytes, limit| format!("{path} 有 {} MB，超过 {} MB 的上限，没有读。", bytes >> 20, limit >> 20),
};

pub(super) const EN: ImportWords = ImportWords {
    title: "Title",
    issuer: "Issuer",
    document_number: "Document number",
    adopted: "Adopted",
    issued: "Issued",
    period: "Years",
    phases: "Phases",
    implements: "Implements",
    years: |from, to| format!("{from}–{to}"),
    charset: "Encoding",
    crlf: ", line ends of Windows",
    counts: "Read",
    kind_count: |kind, kind_of, count| match kind_of {
        NodeKind::Matter | NodeKind::Chrome => format!("{count} {kind}"),
        _ if count == 1 => format!("{count} {kind}"),
        _ => format!("{count} {kind}s"),
    },
    others: |units, rows, leads, cells, targets| {
        format!("{units} departments, {rows} rows ({leads} leads, {cells} responsible), {targets} targets")
    },
    head_unplaced: |count| format!("Lines without a place: {count}"),
    head_proposals: |count, accepted| format!("Proposed repairs: {count}, of which {accepted} accepted"),
    head_findings: |count| format!("Worth a look: {count}"),
    line: |line| format!("line {line}"),
    accepted: "accepted",
    only_proposed: "proposed",
    dry_run: "Dry run; nothing was written.",
    chrome: "web page chrome, not the document",
    title_over_lines: |to| format!("the title stands on several lines, up to line {to}"),
    run_together: "several numbered parts stood on one line and were separated",
    table_flattened: |rows| format!("the table stood one cell a line; {rows} rows were read"),
    broken_paragraph: |next| format!("a paragraph seems cut by a page break; it goes on in line {next}"),
    numbers_missing: |from, to| {
        if from == to {
            format!("number {from} is missing before it")
        } else {
            format!("numbers {from} to {to} are missing before it")
        }
    },
    number_repeats: |place| format!("the number repeats; kept as {place}"),
    ambiguous_date: |text| format!("“{text}” could be several dates; not guessed"),
    row_unmatched: |content| format!("“{content}” of the table matches no heading or item"),
    collective: |place, name| format!("{place}: “{name}” among the responsible is a collective name, no department"),
    readings_malformed: |path, message| format!("{path}: not a list of readings: {message}"),
    readings_certainty: |path, number, found| {
        format!("{path}, entry {number}: no certainty “{found}”; use sure, probable or suspected.")
    },
    readings_not_found: |path, number, scraped| format!("{path}, entry {number}: “{scraped}” does not stand there."),
    readings_ambiguous: |path, number, scraped| {
        format!("{path}, entry {number}: “{scraped}” stands there several times; write more of it.")
    },
    too_large: |path, bytes, limit| {
        format!("{path} has {} MB, more than the limit of {} MB; it was not read.", bytes >> 20, limit >> 20)
    },
};
