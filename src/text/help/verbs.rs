//! What each verb is for, and how it is written.

/// A verb's usage after its name, and what it does.
#[derive(Clone, Copy, Debug)]
pub struct VerbHelp {
    pub usage: &'static str,
    pub about: &'static str,
}

/// The verbs, in the order in which help lists them.
#[derive(Debug)]
pub struct Verbs {
    pub init: VerbHelp,
    pub import: VerbHelp,
    pub plans: VerbHelp,
    pub tree: VerbHelp,
    pub show: VerbHelp,
    pub tasks: VerbHelp,
    pub matrix: VerbHelp,
    pub units: VerbHelp,
    pub targets: VerbHelp,
    pub log: VerbHelp,
    pub search: VerbHelp,
    pub mark: VerbHelp,
    pub deadline: VerbHelp,
    pub note: VerbHelp,
    pub assign: VerbHelp,
    pub target: VerbHelp,
    pub undo: VerbHelp,
    pub redo: VerbHelp,
    pub check: VerbHelp,
    pub sync: VerbHelp,
    pub diff: VerbHelp,
    pub history: VerbHelp,
    pub as_of: VerbHelp,
    pub version: VerbHelp,
    pub versions: VerbHelp,
    pub completions: VerbHelp,
    pub man: VerbHelp,
}

const fn verb(usage: &'static str, about: &'static str) -> VerbHelp {
    VerbHelp { usage, about }
}

pub(super) const ZH: Verbs = Verbs {
    init: verb("[<文件夹>]", "新建工作区：放入内置规划，建好版本库"),
    import: verb("<文件> --plan <代号>", "读入正式文件，列出放不下的行和建议的修补"),
    plans: verb("", "列出工作区里的规划"),
    tree: verb("", "规划的章、节、条，带完成数"),
    show: verb("<编号>", "一处的全部：正文、分工、状态、时限、备注"),
    tasks: verb("", "任务一览：状态、时限、牵头单位"),
    matrix: verb("", "分工表：每行的牵头单位和责任单位"),
    units: verb("[<单位>]", "成员单位一览，或一个单位的分工"),
    targets: verb("", "量化指标和各年实际值"),
    log: verb("[<编号>]", "备注和进展，从早到晚"),
    search: verb("<文字>…", "在正文、单位、备注里找；汉字、拼音、首字母都行"),
    mark: verb("<编号>… <状态>", "改状态；办结、暂缓、重开要写理由"),
    deadline: verb("<编号>… <时限>|none", "定时限、改时限；none 取消"),
    note: verb("<编号>… <文字>|-", "记一条备注或进展；- 从标准输入读"),
    assign: verb("<编号>…", "改牵头单位和责任单位"),
    target: verb("<指标> <年份> <数值> --source <出处>", "记下指标一年的实际值"),
    undo: verb("", "撤销上一步"),
    redo: verb("", "重做刚撤销的一步"),
    check: verb("", "检查文件和规则，指出行和列"),
    sync: verb("[<地方>]", "与共用文件夹、优盘或服务器同步：取回、合并、送出"),
    diff: verb("[<版本> [<版本>]]", "两个版本之间的改动，一处一句；不写就是上次提交与现在的文件"),
    history: verb("[<编号> [<项目>]]", "谁在什么时候按什么改了什么，从新到旧"),
    as_of: verb("<日期> [<命令>…]", "按那一天的样子查看，只看不改；后面写任何查看命令，不写就打开界面"),
    version: verb("tag <名称>", "给上次提交的内容起个版本名，如 印发稿、2025要点"),
    versions: verb("", "列出起过名的版本"),
    completions: verb("<终端>", "打印命令补全脚本"),
    man: verb("", "打印手册页"),
};

pub(super) const EN: Verbs = Verbs {
    init: verb("[DIR]", "Make a workspace with the built-in plan and a git repository"),
    import: verb("FILE --plan ID", "Read an official document; list what has no place and proposed repairs"),
    plans: verb("", "List the plans of the workspace"),
    tree: verb("", "Chapters, headings and items, with how many are done"),
    show: verb("ID", "Everything of one place: text, responsibility, status, deadline, log"),
    tasks: verb("", "The tasks: status, deadline, lead"),
    matrix: verb("", "The division of labour: lead and responsible departments of each row"),
    units: verb("[UNIT]", "The departments, or what one department has to do"),
    targets: verb("", "The quantified targets and their yearly figures"),
    log: verb("[ID]", "Notes and progress, oldest first"),
    search: verb("TEXT…", "Search text, departments and notes by characters, pinyin or initials"),
    mark: verb("ID… STATUS", "Set the status; closing, suspending and reopening need a reason"),
    deadline: verb("ID… WHEN|none", "Set or move the deadline; none takes it away"),
    note: verb("ID… TEXT|-", "Write a note or progress; - reads standard input"),
    assign: verb("ID…", "Change leads and responsible departments"),
    target: verb("ID YEAR VALUE --source TEXT", "Write down a target's figure of a year"),
    undo: verb("", "Take back the last step"),
    redo: verb("", "Bring back what was just undone"),
    check: verb("", "Check files and rules, with line and column"),
    sync: verb("[PLACE]", "Sync with a shared folder, a stick or a server: fetch, merge, send"),
    diff: verb("[A [B]]", "What differs between two states; the last commit and the files otherwise"),
    history: verb("[ID [FIELD]]", "Who changed what, when and by which meeting or letter, newest first"),
    as_of: verb("DATE [VERB…]", "Look at the plan as it was on a day, with any verb that looks, or the screen"),
    version: verb("tag NAME", "Give the last commit a name, such as 印发稿"),
    versions: verb("", "List the named versions"),
    completions: verb("SHELL", "Print a completion script"),
    man: verb("", "Print the manual page"),
};
