//! The words for the domain's closed sets, and for dates.

use crate::domain::{Certainty, EntryKind, Light, NodeKind, Role, Status, UnitGroup};
use chrono::{Datelike, NaiveDate};

/// Words for values.
#[derive(Debug)]
pub struct Words {
    pub status: fn(Status) -> &'static str,
    pub kind: fn(NodeKind) -> &'static str,
    pub group: fn(UnitGroup) -> &'static str,
    /// A light in one word, since colour alone says nothing.
    pub light: fn(Light) -> &'static str,
    pub role: fn(Role) -> String,
    pub certainty: fn(Certainty) -> &'static str,
    pub entry: fn(&EntryKind) -> &'static str,
    /// 星期三, Wed
    pub weekday: fn(NaiveDate) -> &'static str,
    pub lead: &'static str,
    pub responsible: &'static str,
    pub none: &'static str,
    /// Between items of a list.
    pub comma: &'static str,
    pub nothing: &'static str,
    /// A date, and the words that it was read from.
    pub due_as: fn(date: &str, wording: &str) -> String,
}

pub(super) const ZH: Words = Words {
    status: |status| status.word(),
    kind: |kind| match kind {
        NodeKind::Chapter => "章",
        NodeKind::Heading => "节",
        NodeKind::Principle => "原则",
        NodeKind::Task => "任务",
        NodeKind::Measure => "保障措施",
        NodeKind::Paragraph => "段落",
        NodeKind::Title => "标题",
        NodeKind::Matter => "文首文尾",
        NodeKind::Cell => "附表",
        NodeKind::Chrome => "网页残留",
    },
    group: |group| group.word(),
    light: |light| match light {
        Light::None => "无时限",
        Light::Green => "正常",
        Light::Yellow => "临近",
        Light::Red => "逾期",
    },
    role: |role| match role {
        Role::Responsible(_) => "责任单位".to_string(),
        Role::JointLead(order) => format!("并列牵头（第{order}）"),
    },
    certainty: |certainty| match certainty {
        Certainty::Sure => "确定",
        Certainty::Probable => "很可能",
        Certainty::Suspected => "存疑",
    },
    entry: |kind| match kind {
        EntryKind::Note => "备注",
        EntryKind::Progress => "进展",
        EntryKind::Status { .. } => "状态",
        EntryKind::Deadline { .. } => "时限",
    },
    weekday: |date| ["星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"][weekday(date)],
    lead: "牵头",
    responsible: "责任",
    none: "（无）",
    comma: "、",
    nothing: "—",
    due_as: |date, wording| format!("{date}（{wording}）"),
};

pub(super) const EN: Words = Words {
    status: |status| match status {
        Status::Todo => "not started",
        Status::Doing => "in progress",
        Status::Done => "done",
        Status::Blocked => "blocked",
        Status::Deferred => "deferred",
    },
    kind: |kind| match kind {
        NodeKind::Chapter => "chapter",
        NodeKind::Heading => "heading",
        NodeKind::Principle => "principle",
        NodeKind::Task => "task",
        NodeKind::Measure => "measure",
        NodeKind::Paragraph => "paragraph",
        NodeKind::Title => "title",
        NodeKind::Matter => "front or back matter",
        NodeKind::Cell => "table cell",
        NodeKind::Chrome => "web page chrome",
    },
    group: |group| match group {
        UnitGroup::Party => "Party",
        UnitGroup::Government => "Gov.",
        UnitGroup::Mass => "Mass",
        UnitGroup::Vertical => "Vertical",
        UnitGroup::Other => "Other",
    },
    light: |light| match light {
        Light::None => "no deadline",
        Light::Green => "on time",
        Light::Yellow => "due soon",
        Light::Red => "overdue",
    },
    role: |role| match role {
        Role::Responsible(_) => "responsible".to_string(),
        Role::JointLead(order) => format!("joint lead (no. {order})"),
    },
    certainty: |certainty| certainty.token(),
    entry: |kind| kind.token(),
    weekday: |date| ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday(date)],
    lead: "Lead",
    responsible: "Responsible",
    none: "(none)",
    comma: ", ",
    nothing: "—",
    due_as: |date, wording| format!("{date} ({wording})"),
};

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}
