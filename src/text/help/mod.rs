//! The command line's own words: help, usage errors, what tables and reports say.

mod arguments;
mod import;
mod meeting;
mod report;
mod usage;
mod verbs;

pub use arguments::{ArgumentHelp, Arguments};
pub use import::ImportWords;
pub use meeting::{MeetingOptions, MeetingReport, Steps};
pub use report::Report;
pub use usage::Usage;
pub use verbs::{VerbHelp, Verbs};

/// Everything that only the command line says.
#[derive(Debug)]
pub struct Help {
    /// The program in one line.
    pub about: &'static str,
    /// `lianxi [选项] [命令]`
    pub synopsis: &'static str,
    /// What stands after the program's name in a verb's usage line, for the options that every verb takes.
    pub options_word: &'static str,
    pub head_usage: &'static str,
    pub head_verbs: &'static str,
    /// What verbs are about: browsing, marking, meetings, follow-up, review and history, sharing, setting up.
    pub head_groups: [&'static str; 7],
    pub head_arguments: &'static str,
    pub head_options: &'static str,
    pub head_global: &'static str,
    pub head_name: &'static str,
    pub head_exit: &'static str,
    pub head_environment: &'static str,
    /// Behind a heading.
    pub colon: &'static str,
    pub after: &'static str,
    /// Exit codes and their meaning.
    pub exit_codes: [(&'static str, &'static str); 6],
    /// Variables and their meaning.
    pub environment: [(&'static str, &'static str); 5],
    pub verbs: Verbs,
    pub arguments: Arguments,
    pub usage: Usage,
    pub report: Report,
    pub import: ImportWords,
    /// The second words of `topic`, `suggest` and `meeting`, and their options.
    pub steps: Steps,
    pub meeting_options: MeetingOptions,
    pub meeting: MeetingReport,
}

pub(super) const ZH: Help = Help {
    about: "联席：科普工作联席会议办公室的工作台。不写命令就打开界面。",
    synopsis: "lianxi [选项] [命令]",
    options_word: "[选项]",
    head_usage: "用法",
    head_verbs: "命令",
    head_groups: ["看规划", "标注", "会议", "督办", "审阅和历史", "同步和分歧", "工作区和工具"],
    head_arguments: "参数",
    head_options: "选项",
    head_global: "通用选项（放在命令前后都行）",
    head_name: "名称",
    head_exit: "退出码",
    head_environment: "环境变量",
    colon: "：",
    after: "某个命令的详细用法：lianxi <命令> --help",
    exit_codes: [
        ("0", "做好了，或者本来就是这样"),
        ("1", "不能这样做，没有改动"),
        ("2", "命令写得不对：选项、状态、时限、数字看不懂"),
        ("3", "检查发现了问题，或有文件读不懂"),
        ("4", "同一处刚被别人改过"),
        ("5", "磁盘或版本库出了错"),
    ],
    environment: [
        ("LIANXI_TODAY", "把这一天当作今天，同 --today"),
        ("LIANXI_AUTHOR", "备注的署名；不设就用版本库里的姓名"),
        ("LIANXI_SEED", "固定备注编号里的随机数，供测试用"),
        ("LC_ALL", "语言；没有 --lang 时看它"),
        ("LANG", "语言；没有 --lang 和 LC_ALL 时看它"),
    ],
    verbs: verbs::ZH,
    arguments: arguments::ZH,
    usage: usage::ZH,
    report: report::ZH,
    import: import::ZH,
    steps: meeting::ZH_STEPS,
    meeting_options: meeting::ZH_OPTIONS,
    meeting: meeting::ZH,
};

pub(super) const EN: Help = Help {
    about: "lianxi: the desk of a science-popularisation joint conference. Without a verb it opens the screen.",
    synopsis: "lianxi [OPTIONS] [VERB]",
    options_word: "[OPTIONS]",
    head_usage: "Usage",
    head_verbs: "Verbs",
    head_groups: [
        "Browse",
        "Mark",
        "Meetings",
        "Follow up",
        "Review and history",
        "Sync and conflicts",
        "Workspace and tools",
    ],
    head_arguments: "Arguments",
    head_options: "Options",
    head_global: "Options of every verb (before or after it)",
    head_name: "Name",
    head_exit: "Exit codes",
    head_environment: "Environment",
    colon: ": ",
    after: "More about a verb: lianxi VERB --help",
    exit_codes: [
        ("0", "done, or it was that way already"),
        ("1", "refused; nothing changed"),
        ("2", "usage: an option, a status, a deadline or a number that cannot be read"),
        ("3", "findings, or a file that cannot be understood"),
        ("4", "the same place was just changed by somebody else"),
        ("5", "the disk or git failed"),
    ],
    environment: [
        ("LIANXI_TODAY", "the day to take as today, like --today"),
        ("LIANXI_AUTHOR", "who writes log entries; git's user.name otherwise"),
        ("LIANXI_SEED", "fixes the chance in the ids of log entries, for tests"),
        ("LC_ALL", "the language, where --lang is not given"),
        ("LANG", "the language, where neither --lang nor LC_ALL is given"),
    ],
    verbs: verbs::EN,
    arguments: arguments::EN,
    usage: usage::EN,
    report: report::EN,
    import: import::EN,
    steps: meeting::EN_STEPS,
    meeting_options: meeting::EN_OPTIONS,
    meeting: meeting::EN,
};
