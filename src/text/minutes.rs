//! Minutes: their stages, what the check says of them, what was not done and why.

use crate::domain::minutes::{LineState, StageKind};

/// Words and sentences for minutes.
#[derive(Debug)]
pub struct MinutesWords {
    pub stage: fn(StageKind) -> &'static str,
    pub line: fn(LineState) -> &'static str,
    // what is said
    pub number: fn(year: i64, number: i64) -> String,
    pub next_stage: fn(stage: &str) -> String,
    pub finished: &'static str,
    pub confirmed: fn(unit: &str, by: &str, date: &str) -> String,
    pub unconfirmed: fn(unit: &str) -> String,
    pub objects: fn(unit: &str, text: &str) -> String,
    pub was: fn(composed: &str) -> String,
    pub tagged: fn(tag: &str) -> String,
    pub not_tagged: fn(error: &str) -> String,
    pub findings_remain: fn(count: usize) -> String,
    pub corrected: fn(number: i64) -> String,
    pub clean: &'static str,
    pub found: fn(count: usize) -> String,
    // what the check finds
    pub no_lead: fn(text: &str) -> String,
    pub no_date: fn(text: &str) -> String,
    pub unknown_unit: fn(name: &str) -> String,
    pub no_such_date: fn(text: &str) -> String,
    pub wrong_weekday: fn(text: &str, written: &str, right: &str) -> String,
    pub not_on_roster: fn(name: &str) -> String,
    pub banned: fn(word: &str) -> String,
    pub undecided: fn(word: &str) -> String,
    pub internal: fn(text: &str) -> String,
    pub no_outcome: fn(title: &str) -> String,
    pub duplicate: fn(text: &str) -> String,
    pub outdated: fn(text: &str) -> String,
    pub orphan: fn(text: &str) -> String,
    pub objection: fn(unit: &str, text: &str) -> String,
    pub rule_number_twice: fn(number: &str, meetings: &str) -> String,
    // refusals
    pub unknown_act: fn(word: &str) -> String,
    pub unknown_stage: fn(word: &str) -> String,
    pub locked: fn(stage: &str) -> String,
    pub not_signed: &'static str,
    pub not_issued: &'static str,
    pub out_of_order: fn(asked: &str, next: &str) -> String,
    pub all_done: fn(asked: &str) -> String,
    pub name_needed: &'static str,
    pub reason_needed: &'static str,
    pub unknown_sentence: fn(key: &str, known: &str) -> String,
    pub empty: &'static str,
    pub not_invited: fn(unit: &str) -> String,
    pub objections: fn(units: &str) -> String,
    pub number_taken: fn(number: &str, meeting: &str) -> String,
    pub bad_number: fn(text: &str) -> String,
    pub words_missing: fn(usage: &str) -> String,
    // a template of the office
    pub template: fn(file: &str, line: u32, column: u32, what: &str) -> String,
    pub template_syntax: fn(message: &str) -> String,
    pub template_name: fn(name: &str) -> String,
    pub template_failed: fn(message: &str) -> String,
    pub template_endless: &'static str,
    pub template_mark: fn(mark: &str) -> String,
    pub template_row: fn(cells: usize, columns: usize) -> String,
}

pub(super) const ZH: MinutesWords = MinutesWords {
    stage: |stage| match stage {
        StageKind::Draft => "拟稿",
        StageKind::Check => "核稿",
        StageKind::Countersign => "会签",
        StageKind::Sign => "签发",
        StageKind::Issue => "印发",
        StageKind::Return => "退回",
    },
    line: |line| match line {
        LineState::AsComposed => "",
        LineState::Edited => "已改写",
        LineState::Outdated => "改写后记录又变了",
        LineState::LeftOut => "已略去",
        LineState::Free => "自加段落",
        LineState::Orphan => "所据记录已不在",
    },
    number: |year, number| format!("〔{year}〕{number}号"),
    next_stage: |stage| format!("下一步：{stage}"),
    finished: "已印发",
    confirmed: |unit, by, date| format!("{unit}：{by} {date} 确认"),
    unconfirmed: |unit| format!("{unit}：未确认"),
    objects: |unit, text| format!("{unit}：有意见，{text}"),
    was: |composed| format!("原句：{composed}"),
    tagged: |tag| format!("已存入版本库，标签 {tag}。"),
    not_tagged: |error| format!("纪要已印发，但没能打上标签：{error}"),
    findings_remain: |count| format!("注意：纪要里还有 {count} 处检查发现，见 minutes lint。"),
    corrected: |number| format!("更正第 {number} 号已记下。"),
    clean: "没有发现问题。",
    found: |count| format!("发现 {count} 处。"),
    no_lead: |text| format!("“{text}”没有责任单位。"),
    no_date: |text| format!("“{text}”没有完成时限。"),
    unknown_unit: |name| format!("“{name}”不在单位名册里。"),
    no_such_date: |text| format!("没有“{text}”这一天。"),
    wrong_weekday: |text, written, right| format!("{text}是{right}，不是{written}。"),
    not_on_roster: |name| format!("“{name}”不在参会名单里。"),
    banned: |word| format!("“{word}”不能写进纪要。"),
    undecided: |word| format!("写成了议定，但事情还没有定（“{word}”）。"),
    internal: |text| format!("“{text}”是内部记录，不能写进纪要。"),
    no_outcome: |title| format!("议程“{title}”没有结果：补上议定事项，或记为暂缓、撤下。"),
    duplicate: |text| format!("同一句话写了两遍：“{text}”。"),
    outdated: |text| format!("改写过的句子所据的记录后来变了：“{text}”。再改一次，或用 minutes restore 恢复。"),
    orphan: |text| format!("改写过的句子所据的记录已不在：“{text}”。"),
    objection: |unit, text| format!("{unit} 对本单位段落有意见：{text}"),
    rule_number_twice: |number, meetings| {
        format!("编号{number}给了几份纪要：{meetings}。用 lianxi minutes renumber 给其中一份换号。")
    },
    unknown_act: |word| {
        format!("纪要没有“{word}”这一步。可用：compose show lint stage edit insert restore confirm correct renumber。")
    },
    unknown_stage: |word| format!("没有环节“{word}”。可用：draft check countersign sign issue return。"),
    locked: |stage| {
        format!("纪要已{stage}，不能再改。签发后要改先退回（stage return），印发后用更正（correct）。没有改动。")
    },
    not_signed: "纪要还没有签发，没有编号。没有改动。",
    not_issued: "纪要还没有印发，直接改就行，不用更正。没有改动。",
    out_of_order: |asked, next| format!("现在该{next}，不能{asked}。没有改动。"),
    all_done: |asked| format!("纪要已印发，不能再{asked}。没有改动。"),
    name_needed: "要写姓名（--by）。没有改动。",
    reason_needed: "退回要写理由（--reason）。没有改动。",
    unknown_sentence: |key, known| format!("没有句子“{key}”。现有：{known}。"),
    empty: "没有写内容。没有改动。",
    not_invited: |unit| format!("{unit} 不在这次会议的名单里。没有改动。"),
    objections: |units| format!("{units} 对自己的段落还有意见，先改好再请其确认（minutes confirm）。没有改动。"),
    number_taken: |number, meeting| format!("编号{number}是 {meeting} 纪要的。没有改动。"),
    bad_number: |text| format!("编号“{text}”看不懂；写一个大于零的整数。"),
    words_missing: |usage| format!("写得不全。用法：lianxi {usage}"),
    template: |file, line, column, what| format!("templates/{file}:{line}:{column}: {what}"),
    template_syntax: |message| format!("模板写法不对：{message}"),
    template_name: |name| format!("模板里没有“{name}”这一项。"),
    template_failed: |message| format!("模板填不下去：{message}"),
    template_endless: "模板没完没了，已停下。",
    template_mark: |mark| format!("不认识的标记“@{mark}”。"),
    template_row: |cells, columns| format!("这一行有 {cells} 格，表有 {columns} 列。"),
};

pub(super) const EN: MinutesWords = MinutesWords {
    stage: |stage| match stage {
        StageKind::Draft => "draft",
        StageKind::Check => "check",
        StageKind::Countersign => "countersign",
        StageKind::Sign => "sign",
        StageKind::Issue => "issue",
        StageKind::Return => "return",
    },
    line: |line| match line {
        LineState::AsComposed => "",
        LineState::Edited => "edited",
        LineState::Outdated => "edited; the record has changed since",
        LineState::LeftOut => "left out",
        LineState::Free => "put in by hand",
        LineState::Orphan => "its record is gone",
    },
    number: |year, number| format!("〔{year}〕{number}号"),
    next_stage: |stage| format!("next: {stage}"),
    finished: "issued",
    confirmed: |unit, by, date| format!("{unit}: confirmed by {by} on {date}"),
    unconfirmed: |unit| format!("{unit}: not confirmed"),
    objects: |unit, text| format!("{unit}: objects, {text}"),
    was: |composed| format!("composed: {composed}"),
    tagged: |tag| format!("Kept in git under the tag {tag}."),
    not_tagged: |error| format!("The minutes are issued, but could not be tagged: {error}"),
    findings_remain: |count| format!("Note: the check still finds {count} things, see `minutes lint`."),
    corrected: |number| format!("Correction no. {number} is noted."),
    clean: "Nothing found.",
    found: |count| format!("{count} findings."),
    no_lead: |text| format!("“{text}” names nobody to do it."),
    no_date: |text| format!("“{text}” has no deadline."),
    unknown_unit: |name| format!("The register has no “{name}”."),
    no_such_date: |text| format!("There is no day “{text}”."),
    wrong_weekday: |text, written, right| format!("{text} is a {right}, not a {written}."),
    not_on_roster: |name| format!("“{name}” is not on the roster."),
    banned: |word| format!("“{word}” may not go out in minutes."),
    undecided: |word| format!("Worded as a decision, but not decided (“{word}”)."),
    internal: |text| format!("“{text}” is of the internal record and may not go out."),
    no_outcome: |title| format!("Nothing came of “{title}”: add a decision, postpone it or drop it."),
    duplicate: |text| format!("The same sentence twice: “{text}”."),
    outdated: |text| {
        format!("The record under an edited sentence has changed: “{text}”. Edit it again, or `minutes restore` it.")
    },
    orphan: |text| format!("The record under an edited sentence is gone: “{text}”."),
    objection: |unit, text| format!("{unit} objects to its paragraph: {text}"),
    rule_number_twice: |number, meetings| {
        format!(
            "Number {number} was given to several minutes: {meetings}. `lianxi minutes renumber` gives one another."
        )
    },
    unknown_act: |word| {
        format!(
            "Minutes know no “{word}”. There are: compose show lint stage edit insert restore confirm correct renumber."
        )
    },
    unknown_stage: |word| format!("There is no stage “{word}”. There are: draft check countersign sign issue return."),
    locked: |stage| {
        format!(
            "The minutes are past “{stage}” and locked. Send signed ones back (stage return); correct issued ones. Nothing changed."
        )
    },
    not_signed: "The minutes are not signed and have no number. Nothing changed.",
    not_issued: "The minutes are not issued; edit them, no correction is needed. Nothing changed.",
    out_of_order: |asked, next| format!("The next stage is {next}, not {asked}. Nothing changed."),
    all_done: |asked| format!("The minutes are issued; there is no {asked} any more. Nothing changed."),
    name_needed: "Whose name (--by)? Nothing changed.",
    reason_needed: "Sending back needs a reason (--reason). Nothing changed.",
    unknown_sentence: |key, known| format!("There is no sentence “{key}”. There are: {known}."),
    empty: "Nothing was written. Nothing changed.",
    not_invited: |unit| format!("{unit} is not on the roster of this meeting. Nothing changed."),
    objections: |units| {
        format!(
            "{units} still object to their paragraphs; settle it and have them confirm (minutes confirm). Nothing changed."
        )
    },
    number_taken: |number, meeting| format!("Number {number} is that of the minutes of {meeting}. Nothing changed."),
    bad_number: |text| format!("The number “{text}” cannot be read; write a whole number above zero."),
    words_missing: |usage| format!("Something is missing. Usage: lianxi {usage}"),
    template: |file, line, column, what| format!("templates/{file}:{line}:{column}: {what}"),
    template_syntax: |message| format!("the template is not right: {message}"),
    template_name: |name| format!("there is no “{name}” for this paper."),
    template_failed: |message| format!("the template cannot be filled: {message}"),
    template_endless: "the template never ends; it was stopped.",
    template_mark: |mark| format!("unknown mark “@{mark}”."),
    template_row: |cells, columns| format!("the row has {cells} cells and the table {columns} columns."),
};
