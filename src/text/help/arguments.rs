//! What each argument and option is for.

/// The word for an argument's value (empty for a switch), and what it does.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentHelp {
    pub value: &'static str,
    pub help: &'static str,
}

/// The arguments and options of all verbs.
#[derive(Debug)]
pub struct Arguments {
    // every verb's
    pub dir: ArgumentHelp,
    pub plan: ArgumentHelp,
    pub lang: ArgumentHelp,
    pub today: ArgumentHelp,
    pub json: ArgumentHelp,
    pub help: ArgumentHelp,
    pub version: ArgumentHelp,
    // a verb's own
    pub init_dir: ArgumentHelp,
    pub file: ArgumentHelp,
    pub readings: ArgumentHelp,
    pub dry_run: ArgumentHelp,
    pub depth: ArgumentHelp,
    pub id: ArgumentHelp,
    pub ids: ArgumentHelp,
    pub measures: ArgumentHelp,
    pub unit: ArgumentHelp,
    pub text: ArgumentHelp,
    pub status: ArgumentHelp,
    pub when: ArgumentHelp,
    pub reason: ArgumentHelp,
    pub note: ArgumentHelp,
    pub progress: ArgumentHelp,
    pub lead: ArgumentHelp,
    pub add: ArgumentHelp,
    pub remove: ArgumentHelp,
    pub reset: ArgumentHelp,
    pub target: ArgumentHelp,
    pub year: ArgumentHelp,
    pub figure: ArgumentHelp,
    pub source: ArgumentHelp,
    pub shell: ArgumentHelp,
}

const fn arg(value: &'static str, help: &'static str) -> ArgumentHelp {
    ArgumentHelp { value, help }
}

pub(super) const ZH: Arguments = Arguments {
    dir: arg("文件夹", "工作区所在的文件夹；不写就从当前文件夹往上找"),
    plan: arg("代号", "哪个规划；只有一个时不用写"),
    lang: arg("语言", "zh 中文，en 英文"),
    today: arg("日期", "把这一天当作今天，如 2025-06-30"),
    json: arg("", "输出一份 JSON"),
    help: arg("", "显示用法"),
    version: arg("", "显示版本"),
    init_dir: arg("文件夹", "在哪里新建；不写就是当前文件夹"),
    file: arg("文件", "正式文件的文本；UTF-8、UTF-16、GB18030 都认"),
    readings: arg("文件", "人工读法清单，见 README"),
    dry_run: arg("", "只看读出了什么，不写文件"),
    depth: arg("层数", "只到第几层：1 章，2 节，3 条"),
    id: arg("编号", "3.1.2 或 三（一）2"),
    ids: arg("编号", "一个或几个：3.1.2 或 三（一）2"),
    measures: arg("", "连同保障措施"),
    unit: arg("单位", "简称、全称、别称、拼音或首字母"),
    text: arg("文字", "要找的字；几个词之间空一格"),
    status: arg("状态", "todo 未启动、doing 推进中、done 已完成、blocked 受阻、deferred 暂缓"),
    when: arg("时限", "2025-06-30、9月底前、三季度、下周五、+5天、每年、持续推进；none 取消"),
    reason: arg("理由", "为什么，记进备注"),
    note: arg("文字", "备注的内容；- 从标准输入读"),
    progress: arg("", "记作进展"),
    lead: arg("单位", "设为牵头单位；写几次就是并列牵头，先写的在前"),
    add: arg("单位", "加一个责任单位；可写几次"),
    remove: arg("单位", "去掉一个单位；可写几次"),
    reset: arg("", "任务恢复为分工表那一行的分工"),
    target: arg("指标", "指标的代号，如 T1；lianxi targets 列出全部"),
    year: arg("年份", "哪一年"),
    figure: arg("数值", "实际值，如 12.5 或 12.5%"),
    source: arg("出处", "数字从哪里来"),
    shell: arg("终端", "bash、zsh、fish、powershell 或 elvish"),
};

pub(super) const EN: Arguments = Arguments {
    dir: arg("DIR", "The workspace's folder; found upwards from here otherwise"),
    plan: arg("ID", "Which plan; not needed where there is only one"),
    lang: arg("LANG", "zh or en"),
    today: arg("DATE", "The day to take as today, such as 2025-06-30"),
    json: arg("", "Print one JSON document"),
    help: arg("", "Show help"),
    version: arg("", "Show the version"),
    init_dir: arg("DIR", "Where; the current folder otherwise"),
    file: arg("FILE", "The document as text: UTF-8, UTF-16 or GB18030"),
    readings: arg("FILE", "A person's list of readings, see the README"),
    dry_run: arg("", "Only show what was read; write nothing"),
    depth: arg("N", "How deep: 1 chapters, 2 headings, 3 items"),
    id: arg("ID", "3.1.2 or 三（一）2"),
    ids: arg("ID", "One or several: 3.1.2 or 三（一）2"),
    measures: arg("", "Measures too"),
    unit: arg("UNIT", "Short name, full name, alias, pinyin or initials"),
    text: arg("TEXT", "What to look for; words separated by blanks"),
    status: arg("STATUS", "todo, doing, done, blocked, deferred, or the Chinese word"),
    when: arg("WHEN", "2025-06-30, 9月底前, Q3, next friday, +5d, 每年, 持续推进; none takes it away"),
    reason: arg("TEXT", "Why; goes into the log"),
    note: arg("TEXT", "What to write; - reads standard input"),
    progress: arg("", "Write it down as progress"),
    lead: arg("UNIT", "The lead; given again, joint leads in that order"),
    add: arg("UNIT", "A responsible department to add; may be repeated"),
    remove: arg("UNIT", "A department to remove; may be repeated"),
    reset: arg("", "Take a task back to what its row says"),
    target: arg("ID", "A target's id, such as T1; `lianxi targets` lists them"),
    year: arg("YEAR", "Which year"),
    figure: arg("VALUE", "The figure, such as 12.5 or 12.5%"),
    source: arg("TEXT", "Where the figure comes from"),
    shell: arg("SHELL", "bash, zsh, fish, powershell or elvish"),
};
