//! How far a task is.

use serde::{Deserialize, Serialize};
/// The status of a task. `Todo` is what a task has before anybody marks it.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum Status {
    /// 未启动
    #[default]
    Todo,
    /// 推进中
    Doing,
    /// 已完成
    Done,
    /// 受阻
    Blocked,
    /// 暂缓
    Deferred,
}

impl Status {
    pub const ALL: [Status; 5] = [Status::Todo, Status::Doing, Status::Done, Status::Blocked, Status::Deferred];

    /// The word for it in TOML, JSON and on the command line.
    pub fn token(self) -> &'static str {
        match self {
            Status::Todo => "todo",
            Status::Doing => "doing",
            Status::Done => "done",
            Status::Blocked => "blocked",
            Status::Deferred => "deferred",
        }
    }

    /// The office's word for it.
    pub fn word(self) -> &'static str {
        match self {
            Status::Todo => "未启动",
            Status::Doing => "推进中",
            Status::Done => "已完成",
            Status::Blocked => "受阻",
            Status::Deferred => "暂缓",
        }
    }

    /// Reads the English token or the Chinese word, and the synonyms that papers use.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let synonym = match text {
            "待办" | "未开始" => Some(Status::Todo),
            "在办" | "进行中" => Some(Status::Doing),
            "完成" | "办结" | "已办结" => Some(Status::Done),
            "暂停" => Some(Status::Deferred),
            _ => None,
        };
        synonym.or_else(|| Self::ALL.into_iter().find(|s| s.token().eq_ignore_ascii_case(text) || s.word() == text))
    }

    /// Neither done nor put off: its deadline counts.
    pub fn is_open(self) -> bool {
        match self {
            Status::Todo | Status::Doing | Status::Blocked => true,
            Status::Done | Status::Deferred => false,
        }
    }

    /// Closing, suspending and reopening have to say why.
    pub fn needs_reason(from: Status, to: Status) -> bool {
        from != to && (!to.is_open() || !from.is_open())
    }
}
