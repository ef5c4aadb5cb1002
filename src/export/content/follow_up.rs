//! What goes to one department after a meeting: the excerpt of what it has to do, and the reminder when it is late.

use super::{Contact, DecisionLine};
use chrono::NaiveDate;
use serde::Serialize;

/// 摘办单: what one department has to do.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct ExcerptPaper {
    /// The department it goes to.
    pub unit: String,
    /// The meeting's title.
    pub meeting: String,
    pub meeting_date: Option<NaiveDate>,
    /// The number of the minutes, 〔2025〕3号.
    pub minutes_number: Option<String>,
    /// The slip's own number; `None` where slips are not numbered.
    pub number: Option<String>,
    /// What the department leads.
    pub leads: Vec<DecisionLine>,
    /// What it takes part in.
    pub joins: Vec<DecisionLine>,
    pub office: String,
    pub issued: Option<NaiveDate>,
    /// Working days within which a wrong assignment is sent back.
    pub return_within: u32,
    /// The last of those days.
    pub return_by: Option<NaiveDate>,
    pub contact: Option<Contact>,
}

/// 提醒函, 催办单 or 警示单.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct ReminderPaper {
    pub step: ReminderStep,
    pub unit: String,
    pub decision: DecisionLine,
    /// Where it was decided: the meeting's title and date, or the clause.
    pub source: String,
    /// Working days to the deadline; negative when it is past. `None` where the decision has none.
    pub days_left: Option<i32>,
    /// What the department reported last; empty where it never has.
    pub last_report: String,
    pub last_report_date: Option<NaiveDate>,
    /// The reminders that went before this one.
    pub earlier: Vec<NaiveDate>,
    /// When the answer is expected.
    pub answer_by: Option<NaiveDate>,
    pub office: String,
    pub issued: Option<NaiveDate>,
    pub contact: Option<Contact>,
}

/// The rungs of the ladder.
#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[serde(rename_all = "lowercase")]
pub enum ReminderStep {
    /// 提醒
    #[default]
    Remind,
    /// 催办
    Urge,
    /// 警示
    Warn,
}
