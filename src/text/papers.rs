//! Sentences about papers: what was written, what there is none of, and what is wrong with a template.

/// Sentences of `export`.
#[derive(Debug)]
pub struct PaperWords {
    pub written: fn(file: &str) -> String,
    pub replaced: fn(file: &str) -> String,
    pub same: fn(file: &str) -> String,
    pub unknown_paper: fn(word: &str) -> String,
    pub unknown_format: fn(word: &str) -> String,
    pub meeting_needed: &'static str,
    pub nothing_decided: fn(unit: &str) -> String,
    pub nothing_open: fn(unit: &str) -> String,
    pub no_folder: fn(path: &str) -> String,
    pub ics_only: &'static str,
    pub template: fn(file: &str, line: u32, column: u32, what: &str) -> String,
    pub template_syntax: fn(message: &str) -> String,
    pub template_name: fn(name: &str) -> String,
    pub template_failed: fn(message: &str) -> String,
    pub template_endless: &'static str,
    pub template_mark: fn(mark: &str, known: &str) -> String,
    pub template_row: fn(cells: usize, columns: usize) -> String,
    pub template_row_alone: &'static str,
    pub unknown_year: fn(year: i32) -> String,
    pub choose: &'static str,
    pub choose_hint: &'static str,
    /// The papers by name, in the order of the choice; their files are named so too.
    pub names: [&'static str; 11],
    pub whom_hint: &'static str,
    pub everybody: fn(count: usize) -> String,
    pub this_decision: fn(text: &str) -> String,
}

pub(super) const ZH: PaperWords = PaperWords {
    written: |file| format!("已写出 {file}"),
    replaced: |file| format!("已写出 {file}（换下了原来的）"),
    same: |file| format!("{file} 没有变化"),
    unknown_paper: |word| {
        format!(
            "没有“{word}”这种文件。可用：notice 通知、agenda 议程、script 主持词、signin 签到表、seats 座次和桌签、minutes 纪要、\
             excerpt 摘办单、reminder 提醒函、opinions 意见采纳情况表、\
             topics-call 议题征集函、calendar 日历。"
        )
    },
    unknown_format: |word| {
        format!("没有“{word}”这种格式。可用：docx、md、txt。PDF 请用 WPS 或 Word 打开 docx 后另存。")
    },
    meeting_needed: "没有写哪次会议。lianxi meeting list 列出全部。",
    nothing_decided: |unit| match unit.is_empty() {
        true => "这次会议还没有议定事项，没有摘办单可写。".to_string(),
        false => format!("这次会议没有给 {unit} 的议定事项，没有摘办单可写。"),
    },
    no_folder: |path| format!("没有文件夹 {path}，先建好再写。"),
    nothing_open: |unit| match unit.is_empty() {
        true => "没有未办结的议定事项，不用提醒。".to_string(),
        false => format!("{unit} 没有未办结的议定事项，不用提醒。"),
    },
    ics_only: "日历写成 .ics 文件，不用 --format。",
    template: |file, line, column, what| match line {
        0 => format!("{file}：{what}"),
        _ => format!("{file}:{line}:{column}: {what}"),
    },
    template_syntax: |message| {
        format!("模板写法不对（{message}）。请检查这里的花括号；删掉这个文件就用程序自带的模板。")
    },
    template_name: |name| format!("这种文件没有“{name}”这一项。模板开头的说明列出了全部；自带的模板里有写法。"),
    template_failed: |message| format!("模板填不下去（{message}）。请改这一处；删掉这个文件就用程序自带的模板。"),
    template_endless: "模板没完没了，已停下。请检查循环。",
    template_mark: |mark, known| format!("不认识版式“{mark}”。可用：{known}。"),
    template_row: |cells, columns| format!("这一行有 {cells} 格，表只有 {columns} 列。请对齐 @表 那一行。"),
    template_row_alone: "表格的行前面要有 @表 那一行，写明各列。",
    unknown_year: |year| format!("没有 {year} 年的放假安排（calendar/{year}.toml），工作日按周一至周五算。"),
    choose: "出文件",
    choose_hint: "数字或 Enter 写出   Tab 换格式   Esc 关闭",
    whom_hint: "Enter 写出   Tab 换格式   Esc 关闭",
    everybody: |count| format!("全部单位（{count} 个），每个一份，装在一起"),
    this_decision: |text| format!("只为这一项：{text}"),
    names: [
        "会议通知",
        "会议议程",
        "主持词",
        "签到表",
        "座次和桌签",
        "会议纪要",
        "摘办单",
        "提醒函",
        "意见采纳情况表",
        "议题征集函",
        "日历",
    ],
};

pub(super) const EN: PaperWords = PaperWords {
    written: |file| format!("{file} is written"),
    replaced: |file| format!("{file} is written (the one before is replaced)"),
    same: |file| format!("{file} is as it was"),
    unknown_paper: |word| {
        format!(
            "there is no paper “{word}”; use notice, agenda, script, signin, seats, minutes, excerpt, reminder, opinions, topics-call or calendar."
        )
    },
    unknown_format: |word| {
        format!(
            "there is no format “{word}”; use docx, md or txt. For PDF, open the docx in WPS or Word and save it as one."
        )
    },
    meeting_needed: "which meeting? lianxi meeting list shows them.",
    nothing_decided: |unit| match unit.is_empty() {
        true => "this meeting has decided nothing yet: there is no excerpt to write.".to_string(),
        false => format!("this meeting has decided nothing for {unit}: there is no excerpt to write."),
    },
    no_folder: |path| format!("There is no folder {path}; make it first."),
    nothing_open: |unit| match unit.is_empty() {
        true => "no decision is open: there is nobody to remind.".to_string(),
        false => format!("{unit} has no open decision: there is nothing to remind of."),
    },
    ics_only: "a calendar is an .ics file; --format is for papers.",
    template: |file, line, column, what| match line {
        0 => format!("{file}: {what}"),
        _ => format!("{file}:{line}:{column}: {what}"),
    },
    template_syntax: |message| {
        format!(
            "the template is not right ({message}); look at the braces here, or remove the file to use the built-in one."
        )
    },
    template_name: |name| format!("this paper has no “{name}”; the head of the built-in template lists what it has."),
    template_failed: |message| {
        format!(
            "the template cannot be filled ({message}); change this place, or remove the file to use the built-in one."
        )
    },
    template_endless: "the template never ends and was stopped; look at its loops.",
    template_mark: |mark, known| format!("there is no mark “{mark}”; use {known}."),
    template_row: |cells, columns| {
        format!("this row has {cells} cells and the table {columns} columns; make it fit the line with @表.")
    },
    template_row_alone: "a row needs the line with @表 before it, which names the columns.",
    unknown_year: |year| {
        format!("there is no calendar of {year} (calendar/{year}.toml); working days are counted Monday to Friday.")
    },
    choose: "Papers",
    choose_hint: "digit or Enter writes it   Tab format   Esc close",
    whom_hint: "Enter writes it   Tab format   Esc close",
    everybody: |count| format!("all departments ({count}), one each, in one file"),
    this_decision: |text| format!("for this decision only: {text}"),
    names: [
        "notice",
        "agenda",
        "script",
        "sign-in sheet",
        "seats",
        "minutes",
        "excerpts",
        "reminders",
        "opinions",
        "call for topics",
        "calendar",
    ],
};
