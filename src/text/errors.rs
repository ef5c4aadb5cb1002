//! What could not be done, to what, and what to do next.

use chrono::NaiveDate;

/// Sentences for refusals, broken files and broken rules.
#[derive(Debug)]
pub struct Errors {
    // an argument
    pub unknown_id: fn(id: &str) -> String,
    pub not_tracked: fn(place: &str, kind: &str) -> String,
    pub not_assignable: fn(place: &str) -> String,
    pub unknown_unit: fn(name: &str) -> String,
    pub ambiguous_unit: fn(name: &str, candidates: &str) -> String,
    pub unknown_target: fn(id: &str, known: &str) -> String,
    pub unknown_status: fn(word: &str) -> String,
    pub reason_needed: fn(place: &str, from: &str, to: &str) -> String,
    pub due_empty: &'static str,
    pub no_such_date: fn(text: &str, year: i32, month: u32, day: u32) -> String,
    pub due_not_understood: fn(text: &str) -> String,
    pub empty_note: &'static str,
    pub note_too_long: fn(bytes: usize, limit: usize) -> String,
    pub lead_also_responsible: fn(place: &str, unit: &str) -> String,
    pub lead_needed: fn(place: &str) -> String,
    pub two_leads: fn(place: &str) -> String,
    pub not_responsible: fn(place: &str, unit: &str) -> String,
    pub nothing_asked: &'static str,
    pub year_outside_period: fn(year: i32, from: i32, to: i32) -> String,
    pub no_source: &'static str,
    pub nothing_to_undo: &'static str,
    pub nothing_to_redo: &'static str,
    pub undo_unreadable: &'static str,
    // a save
    pub stale: fn(place: &str) -> String,
    pub damaged: fn(file: &str) -> String,
    pub not_lines: fn(file: &str, line: u32) -> String,
    pub no_table: fn(file: &str, place: &str) -> String,
    pub read_back: fn(file: &str) -> String,
    pub changed_on_disk: fn(file: &str) -> String,
    pub disk: fn(path: &str, error: &str) -> String,
    pub disk_full: fn(path: &str) -> String,
    pub read_only: fn(path: &str) -> String,
    pub half_done: fn(error: &str) -> String,
    // a file
    pub syntax: fn(message: &str) -> String,
    pub not_utf8: &'static str,
    pub merge_conflict: &'static str,
    pub missing_file: &'static str,
    pub too_large: fn(bytes: u64, limit: u64) -> String,
    pub outside: &'static str,
    pub unreadable: fn(error: &str) -> String,
    pub unknown_key: fn(key: &str) -> String,
    pub unknown_table: fn(name: &str) -> String,
    pub missing_key: fn(key: &str) -> String,
    pub bad_value: fn(key: &str, value: &str, expected: &str) -> String,
    pub unknown_file: &'static str,
    pub recovered: &'static str,
    // a rule
    pub rule_no_lead: fn(place: &str) -> String,
    pub rule_lead_also_responsible: fn(place: &str, unit: &str) -> String,
    pub rule_unknown_unit: fn(place: &str, unit: &str) -> String,
    pub rule_duplicate_id: fn(id: &str) -> String,
    pub rule_unknown_node: fn(id: &str, file: &str) -> String,
    pub rule_due_outside: fn(place: &str, due: NaiveDate) -> String,
    pub rule_repair_adrift: fn(place: &str, scraped: &str) -> String,
    pub rule_actual_outside: fn(target: &str, year: i32) -> String,
    pub rule_link_lost: fn(what: &str, field: &str, to: &str) -> String,
    // opening
    pub no_workspace: fn(folder: &str) -> String,
    pub no_such_plan: fn(id: &str, known: &str) -> String,
    pub which_plan: fn(known: &str) -> String,
    pub bad_plan_id: fn(id: &str) -> String,
    pub plan_exists: fn(id: &str) -> String,
    pub file_not_found: fn(path: &str) -> String,
    pub not_text: fn(path: &str, line: usize, column: usize) -> String,
    pub nothing_to_import: fn(path: &str) -> String,
    pub not_empty: fn(path: &str) -> String,
    pub git_missing: &'static str,
    pub git_refused: fn(command: &str, message: &str) -> String,
    pub no_terminal: &'static str,
}

pub(super) const ZH: Errors = Errors {
    unknown_id: |id| format!("规划里没有“{id}”。编号写作 3.1.2 或 三（一）2；lianxi tree 列出全部。"),
    not_tracked: |place, kind| format!("{place} 是{kind}，不记状态、时限和备注；请选任务或保障措施。"),
    not_assignable: |place| {
        format!("{place} 没有分工可改；请选分工表的一行（如 3.1）或一项任务（如 3.1.2），恢复只用于任务。")
    },
    unknown_unit: |name| format!("没有叫“{name}”的单位。lianxi units 列出全部，可用全称、简称、别称、拼音或首字母。"),
    ambiguous_unit: |name, candidates| format!("“{name}”可以是：{candidates}。请写得再全一些。"),
    unknown_target: |id, known| format!("没有指标“{id}”。现有：{known}。"),
    unknown_status: |word| {
        format!("没有状态“{word}”。可用：todo 未启动、doing 推进中、done 已完成、blocked 受阻、deferred 暂缓。")
    },
    reason_needed: |place, from, to| format!("{place} 由“{from}”改为“{to}”要写理由（命令行用 --reason）。没有改动。"),
    due_empty: "没有写时限。可写 2025-06-30、9月底前、三季度、下周五、+5天、每年、持续推进；none 取消时限。",
    no_such_date: |text, year, month, day| format!("“{text}”：{year}年{month}月没有{day}日。没有改动。"),
    due_not_understood: |text| {
        format!("看不懂时限“{text}”。可写 2025-06-30、9月底前、三季度、下周五、+5天、每年、持续推进；none 取消时限。")
    },
    empty_note: "备注是空的，没有记。",
    note_too_long: |bytes, limit| format!("备注太长：{bytes} 字节，最多 {limit}。请分几条写。"),
    lead_also_responsible: |place, unit| format!("{place}：{unit} 已是牵头单位，不再列为责任单位。没有改动。"),
    lead_needed: |place| format!("{place}：任务不能没有牵头单位；先指定另一个牵头单位，原来的就可以去掉。没有改动。"),
    two_leads: |place| format!("{place}：一项任务只写一个自己的牵头单位；并列牵头请在分工表的行上设。没有改动。"),
    not_responsible: |place, unit| format!("{place}：{unit} 本来就没有分工，无可去掉。没有改动。"),
    nothing_asked: "没有说要改什么：用 --lead、--add、--remove 或 --reset。",
    year_outside_period: |year, from, to| format!("{year} 不在规划期（{from}—{to}）内。没有改动。"),
    no_source: "实际值要注明出处（--source）。没有改动。",
    nothing_to_undo: "没有可撤销的了。",
    nothing_to_redo: "没有可重做的了。",
    undo_unreadable: "操作记录从这里起读不出来，不能再往前撤销。",
    stale: |place| format!("{place} 刚被别人改过，你的改动没有写入。看一下新内容，再改一次。"),
    damaged: |file| format!("{file} 有错读不懂，只能看不能改。先改好它：lianxi check 或界面上的 ! 指出在哪里。"),
    not_lines: |file, line| format!("{file} 第 {line} 行把几项写在了一行里，程序不便插入。请改成一行一项再试。"),
    no_table: |file, place| format!("{file} 里没有 {place} 的位置。没有改动；lianxi check 看看缺什么。"),
    read_back: |file| format!("写 {file} 前的复核没有通过，没有写入。这是程序的错，请报告。"),
    changed_on_disk: |file| format!("{file} 在打开后被别的程序改过。已重新读入，请再试一次。"),
    disk: |path, error| format!("{path}：{error}。没有改动。"),
    disk_full: |path| format!("{path}：磁盘满了。没有改动；腾出空间后再试。"),
    read_only: |path| format!("{path}：没有写的权限（只读）。没有改动；改权限或把文件夹复制到能写的地方。"),
    half_done: |error| format!("写了一半停下了（{error}）。下次打开会自动补完，什么也没有丢。"),
    syntax: |message| format!("不是合格的 TOML：{message}"),
    merge_conflict: "这里有没解决的合并冲突：在 <<<<<<< 和 >>>>>>> 之间留下一种写法，删掉这些标记行。",
    not_utf8: "不是 UTF-8 文本；请用 UTF-8 另存。",
    missing_file: "文件不在；从备份或 git 找回它。",
    too_large: |bytes, limit| format!("文件有 {} MB，超过 {} MB 的上限，没有读。", bytes >> 20, limit >> 20),
    outside: "链接指到了工作区外面，没有读。",
    unreadable: |error| format!("读不了：{error}"),
    unknown_key: |key| format!("不认识的键“{key}”，原样保留。"),
    unknown_table: |name| format!("不认识的表“{name}”，原样保留。"),
    missing_key: |key| format!("缺少“{key}”。"),
    bad_value: |key, value, expected| format!("“{key}”的值 {value} 不对，应为 {expected}。"),
    unknown_file: "不是备注文件的名字，没有读。",
    recovered: "上次保存中途断了，现已补完。",
    rule_no_lead: |place| format!("{place} 没有牵头单位。"),
    rule_lead_also_responsible: |place, unit| format!("{place}：{unit} 既牵头又是责任单位，去掉一个。"),
    rule_unknown_unit: |place, unit| format!("{place}：units.toml 里没有“{unit}”。"),
    rule_duplicate_id: |id| format!("编号 {id} 出现两次。"),
    rule_unknown_node: |id, file| format!("{file} 里的 {id} 在正式文本中没有。"),
    rule_due_outside: |place, due| format!("{place} 的时限 {due} 不在规划期内。"),
    rule_repair_adrift: |place, scraped| format!("{place} 的修补对不上：那里没有“{scraped}”。"),
    rule_actual_outside: |target, year| format!("指标 {target} 的 {year} 年不在规划期内。"),
    rule_link_lost: |what, field, to| format!("{what}的{field}“{to}”不存在。"),
    no_workspace: |folder| {
        format!(
            "{folder} 及其上级没有 plans/。先到规划所在的文件夹，或用 --dir；lianxi init 新建一个，lianxi init --from 从共用的地方取一个。"
        )
    },
    no_such_plan: |id, known| format!("plans/ 里没有“{id}”。现有：{known}。"),
    which_plan: |known| format!("有几个规划，请用 --plan 指明：{known}。"),
    bad_plan_id: |id| format!("“{id}”不能作规划代号：用小写字母、数字和连字符。"),
    plan_exists: |id| format!("plans/{id} 已经有了，没有覆盖。换一个代号，或用 --dry-run 只看读出了什么。"),
    file_not_found: |path| format!("没有文件 {path}。"),
    not_text: |path, line, column| {
        format!("{path}:{line}:{column}：既不是 UTF-8 也不是 GB18030 文本。请另存为 UTF-8 再导入。")
    },
    nothing_to_import: |path| format!("{path} 里没有认出章节，没有导入。"),
    not_empty: |path| format!("{path} 里已经有 plans/，没有动它。"),
    git_missing: "找不到 git 程序。先装 git，再试一次。",
    git_refused: |command, message| format!("git {command} 没有做成：{message}"),
    no_terminal: "这里不是终端，开不了界面。命令行用法见 lianxi --help。",
};

pub(super) const EN: Errors = Errors {
    unknown_id: |id| format!("The plan has no “{id}”. Ids look like 3.1.2 or 三（一）2; `lianxi tree` lists them."),
    not_tracked: |place, kind| format!("{place} is a {kind}: no status, deadline or log. Choose a task or a measure."),
    not_assignable: |place| {
        format!(
            "{place} has no responsibility to change. Choose a row of the table (3.1) or a task (3.1.2); only tasks can be reset."
        )
    },
    unknown_unit: |name| {
        format!(
            "No department is called “{name}”. `lianxi units` lists them; full names, short names, aliases, pinyin and initials work."
        )
    },
    ambiguous_unit: |name, candidates| format!("“{name}” could be: {candidates}. Write a little more of it."),
    unknown_target: |id, known| format!("No target “{id}”. There are: {known}."),
    unknown_status: |word| {
        format!("No status “{word}”. There are: todo, doing, done, blocked, deferred (or their Chinese words).")
    },
    reason_needed: |place, from, to| {
        format!("{place}: from “{from}” to “{to}” needs a reason (--reason). Nothing changed.")
    },
    due_empty: "No deadline given. Try 2025-06-30, 9月底前, Q3, next friday, +5d, 每年, 持续推进; `none` takes it away.",
    no_such_date: |text, year, month, day| format!("“{text}”: {year}-{month:02} has no day {day}. Nothing changed."),
    due_not_understood: |text| {
        format!(
            "Cannot read the deadline “{text}”. Try 2025-06-30, 9月底前, Q3, next friday, +5d, 每年, 持续推进; `none` takes it away."
        )
    },
    empty_note: "The note is empty; nothing was written.",
    note_too_long: |bytes, limit| format!("The note has {bytes} bytes; the most is {limit}. Write several."),
    lead_also_responsible: |place, unit| {
        format!("{place}: {unit} leads already and is not also responsible. Nothing changed.")
    },
    lead_needed: |place| {
        format!("{place}: a task needs a lead; name another one, then this one can go. Nothing changed.")
    },
    two_leads: |place| {
        format!("{place}: a task has one lead of its own; set joint leads on the row of the table. Nothing changed.")
    },
    not_responsible: |place, unit| format!("{place}: {unit} has no role there to remove. Nothing changed."),
    nothing_asked: "Nothing to change was named: use --lead, --add, --remove or --reset.",
    year_outside_period: |year, from, to| format!("{year} is outside the plan's years ({from}–{to}). Nothing changed."),
    no_source: "A figure needs its source (--source). Nothing changed.",
    nothing_to_undo: "Nothing left to undo.",
    nothing_to_redo: "Nothing left to redo.",
    undo_unreadable: "The record of steps cannot be read from here on; no further undo.",
    stale: |place| {
        format!("{place} was just changed by somebody else; your change was not written. Look at it and try again.")
    },
    damaged: |file| {
        format!(
            "{file} cannot be understood and is read-only. Mend it first: `lianxi check`, or ! on the screen, shows where."
        )
    },
    not_lines: |file, line| {
        format!("{file} line {line} holds several values on one line; write one a line and try again.")
    },
    no_table: |file, place| {
        format!("{file} has no room for {place}. Nothing changed; `lianxi check` tells what is missing.")
    },
    read_back: |file| {
        format!("{file} did not read back as intended, so it was not written. This is a bug; please report it.")
    },
    changed_on_disk: |file| {
        format!("{file} was changed by another program since it was read. It has been read again; try once more.")
    },
    disk: |path, error| format!("{path}: {error}. Nothing changed."),
    disk_full: |path| format!("{path}: the disk is full. Nothing changed; make room and try again."),
    read_only: |path| {
        format!(
            "{path}: no permission to write (read-only). Nothing changed; change the permission or copy the folder."
        )
    },
    half_done: |error| format!("The save stopped half-way ({error}). The next start completes it; nothing is lost."),
    syntax: |message| format!("not valid TOML: {message}"),
    merge_conflict: "an unresolved merge conflict: keep one of the versions between <<<<<<< and >>>>>>> and delete the marks.",
    not_utf8: "not UTF-8 text; save it as UTF-8.",
    missing_file: "the file is missing; bring it back from a backup or from git.",
    too_large: |bytes, limit| {
        format!("the file has {} MB, more than the limit of {} MB; it was not read.", bytes >> 20, limit >> 20)
    },
    outside: "the link leads out of the workspace; it was not followed.",
    unreadable: |error| format!("cannot be read: {error}"),
    unknown_key: |key| format!("unknown key “{key}”, kept as it is."),
    unknown_table: |name| format!("unknown table “{name}”, kept as it is."),
    missing_key: |key| format!("“{key}” is missing."),
    bad_value: |key, value, expected| format!("“{key}” has the value {value}; expected {expected}."),
    unknown_file: "not the name of a log entry; not read.",
    recovered: "the last save was cut off and is now complete.",
    rule_no_lead: |place| format!("{place} has no lead."),
    rule_lead_also_responsible: |place, unit| format!("{place}: {unit} leads and is responsible; take one away."),
    rule_unknown_unit: |place, unit| format!("{place}: units.toml has no “{unit}”."),
    rule_duplicate_id: |id| format!("the id {id} occurs twice."),
    rule_unknown_node: |id, file| format!("{id} in {file} is not in the official text."),
    rule_due_outside: |place, due| format!("{place}: the deadline {due} is outside the plan's years."),
    rule_repair_adrift: |place, scraped| format!("{place}: a repair does not fit, “{scraped}” does not stand there."),
    rule_actual_outside: |target, year| format!("target {target}: {year} is outside the plan's years."),
    rule_link_lost: |what, field, to| format!("{what}: its {field} “{to}” is not there."),
    no_workspace: |folder| {
        format!(
            "No plans/ in {folder} or above. Go to the plan's folder, use --dir, make one with `lianxi init`, or take one from a shared place with `lianxi init --from`."
        )
    },
    no_such_plan: |id, known| format!("plans/ has no “{id}”. There are: {known}."),
    which_plan: |known| format!("There are several plans; name one with --plan: {known}."),
    bad_plan_id: |id| format!("“{id}” cannot be a plan's id: use lower-case letters, digits and hyphens."),
    plan_exists: |id| format!("plans/{id} exists and was left alone. Choose another id, or look first with --dry-run."),
    file_not_found: |path| format!("No file {path}."),
    not_text: |path, line, column| {
        format!("{path}:{line}:{column}: neither UTF-8 nor GB18030 text. Save it as UTF-8 and try again.")
    },
    nothing_to_import: |path| format!("No chapters were found in {path}; nothing was imported."),
    not_empty: |path| format!("{path} has a plans/ already; it was left alone."),
    git_missing: "git was not found. Install it and try again.",
    git_refused: |command, message| format!("git {command} failed: {message}"),
    no_terminal: "This is not a terminal, so the screen cannot open. See `lianxi --help` for the command line.",
};
