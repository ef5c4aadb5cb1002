//! Minutes as they are printed: the settled text and what stands around it. What the internal record holds (speakers, dissent)
//! has no field here and so cannot get into a paper.

use super::Person;
use chrono::NaiveDate;
use serde::Serialize;

/// 会议纪要, ready to be printed.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct MinutesPaper {
    /// The red mark, without 文件: 清远市科普工作联席会议纪要.
    pub mark: String,
    /// 〔2025〕3号; `None` before it is given at signing.
    pub number: Option<String>,
    /// 第n次, where the office counts meetings; printed before the number.
    pub ordinal: Option<String>,
    /// The subject under the mark: 清远市科普工作联席会议2025年第一次全体会议纪要; empty where the mark says it all.
    pub title: String,
    /// The office that issues them.
    pub office: String,
    /// The day they were signed, which is the date of the paper; `None` before.
    pub signed: Option<NaiveDate>,
    /// The day they were printed.
    pub printed: Option<NaiveDate>,
    /// The text in reading order. Numbered headings are recognised by their numbers.
    pub body: Vec<Paragraph>,
    /// 出席, in the official order.
    pub present: Vec<Attendant>,
    /// 请假
    pub leave: Vec<Attendant>,
    /// 列席
    pub observers: Vec<Attendant>,
    /// 报送
    pub reported_to: Vec<String>,
    /// 分送 or 抄送
    pub copies: Vec<String>,
    /// `正` of a correction: the number of the minutes that it corrects.
    pub corrects: Option<String>,
}

/// A paragraph of the minutes, as composed and edited.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Paragraph {
    pub text: String,
}

/// A department in the attendance block.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Attendant {
    pub unit: String,
    /// Empty where only the department is named.
    pub name: String,
    pub post: String,
    /// Somebody came in the place of the one who was asked: printed as （代）.
    pub substitute: bool,
}

/// The meeting as the opening sentence of the minutes tells it, for `minutes-opening.txt`.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Sitting {
    pub title: String,
    pub date: Option<NaiveDate>,
    pub time: Option<String>,
    pub place: String,
    pub chair: Person,
    /// 听取了…的汇报: titles of the items that were reported.
    pub heard: Vec<String>,
    /// 审议了…: titles of the papers that were before the meeting.
    pub reviewed: Vec<String>,
    /// 研究了…: everything else.
    pub studied: Vec<String>,
    /// 应到
    pub expected: usize,
    /// 实到, substitutes included.
    pub came: usize,
    pub on_leave: usize,
    pub absent: usize,
    pub substitutes: usize,
}

/// A decision as a sentence of the minutes tells it, for `minutes-decision.txt`: 由市科协牵头，市教育局配合，于9月底前完成….
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct DecisionLine {
    /// `decide` 议定, `assign` 交办, `resolve` 原则通过…, `note` 记录, `postpone` 暂缓, `motion` 临时动议.
    pub kind: String,
    /// The matter, without a full stop.
    pub text: String,
    pub lead: String,
    pub with: Vec<String>,
    pub due: Option<NaiveDate>,
    /// The deadline as it was written, 9月底前; the words win over the date.
    pub due_words: String,
    /// 成果形式; empty where none was asked for.
    pub form: String,
    /// The clause of the plan that it serves, 三（一）2; empty where there is none.
    pub clause: String,
}
