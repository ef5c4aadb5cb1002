//! A meeting as its notice, agenda, script, sign-in sheet and seat cards show it. One struct for all five, so that nothing is
//! gathered twice.

use chrono::NaiveDate;
use serde::Serialize;

/// A meeting before it has met.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct MeetingPaper {
    /// 清远市科普工作联席会议2025年第一次全体会议; without 关于召开 and 的通知, which are the template's.
    pub title: String,
    /// 全体会议, 联络员会议 or 专题会议.
    pub kind: String,
    /// Document number of the notice, 清科普联〔2025〕3号; `None` before it is given.
    pub number: Option<String>,
    pub date: Option<NaiveDate>,
    /// When it begins, `09:00`.
    pub time: Option<String>,
    /// How long it is planned to last.
    pub minutes: Option<u32>,
    pub place: String,
    /// Who presides.
    pub chair: Person,
    /// The office that calls the meeting and signs its papers: 清远市科普工作联席会议办公室.
    pub office: String,
    /// The day the paper is dated; `None` leaves it to be filled in.
    pub issued: Option<NaiveDate>,
    /// 主送: departments, or one collective name (各成员单位).
    pub recipients: Vec<String>,
    /// In order.
    pub items: Vec<AgendaLine>,
    /// Who is to come, in the official order.
    pub seats: Vec<Seat>,
    /// What became of the last meeting's decisions: the first item of the script.
    pub follow_up: Vec<FollowUpLine>,
    /// The title of the meeting that those are from.
    pub last_meeting: Option<String>,
    /// When the reply slips are due.
    pub reply_by: Option<NaiveDate>,
    /// When the materials are due.
    pub materials_by: Option<NaiveDate>,
    pub contact: Option<Contact>,
    /// Further requests of the notice, a sentence each.
    pub requests: Vec<String>,
    /// What has changed since the notice that was sent, a sentence each; a corrected notice lists them.
    pub changes: Vec<String>,
}

/// A person as papers name people.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Person {
    pub name: String,
    /// 副市长; empty where it is not known.
    pub post: String,
    pub unit: String,
}

/// An item of the agenda.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct AgendaLine {
    /// The part of the agenda it stands in, the same words for all items of the part; empty where the agenda has no parts.
    pub section: String,
    pub title: String,
    /// 汇报单位
    pub unit: String,
    pub speaker: String,
    pub minutes: Option<u32>,
    /// When it is to begin, `09:10`.
    pub starts: Option<String>,
    pub materials: Vec<Material>,
    /// 需讨论决定的问题
    pub question: String,
}

/// A paper that an item needs.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Material {
    pub title: String,
    /// Who brings it.
    pub unit: String,
    pub due: Option<NaiveDate>,
    pub received: bool,
}

/// A seat of the roster.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Seat {
    pub unit: String,
    pub name: String,
    pub post: String,
    pub role: SeatRole,
    /// 党委, 政府, 群团…: the register's group.
    pub group: String,
}

/// 出席 takes part in deciding, 列席 sits in.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[serde(rename_all = "lowercase")]
pub enum SeatRole {
    #[default]
    Member,
    Observer,
}

/// 联系人
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct Contact {
    pub name: String,
    pub phone: String,
}

/// What became of one decision of the last meeting.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct FollowUpLine {
    pub text: String,
    pub lead: String,
    pub due: Option<NaiveDate>,
    /// The deadline in the words of the minutes, 9月底前; empty where there are none.
    pub due_words: String,
    /// 已办结, 推进中, 逾期…
    pub status: String,
    pub report: String,
}
