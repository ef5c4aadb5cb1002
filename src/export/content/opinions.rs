//! 意见采纳情况表: what the departments answered to a draft, and what was made of it.

use chrono::NaiveDate;
use serde::Serialize;

/// The table, with its head.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct OpinionsPaper {
    /// The draft that was sent round, with its book marks: 《2025年工作要点》（征求意见稿）.
    pub draft: String,
    pub office: String,
    pub issued: Option<NaiveDate>,
    /// Departments that were asked, and those that answered without an opinion.
    pub asked: usize,
    pub without: Vec<String>,
    pub silent: Vec<String>,
    pub lines: Vec<OpinionLine>,
}

/// One opinion.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct OpinionLine {
    pub unit: String,
    /// The clause it is about, 三（一）2.
    pub clause: String,
    pub text: String,
    /// 采纳, 部分采纳, 不采纳 or 待定.
    pub verdict: String,
    pub reason: String,
}
