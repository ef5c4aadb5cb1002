//! Following decisions up: states, links of the chain, what was not done and why.

use crate::domain::follow::{FollowState, Link, StepKind};
use crate::domain::meeting::Hole;
use chrono::NaiveDate;

/// Words and sentences for following up.
#[derive(Debug)]
pub struct FollowWords {
    pub state: fn(FollowState) -> &'static str,
    pub step: fn(StepKind) -> &'static str,
    pub link: fn(Link) -> &'static str,
    pub hole: fn(Hole) -> &'static str,
    // column heads and labels
    pub meeting: &'static str,
    pub days: &'static str,
    pub holes: &'static str,
    pub days_left: fn(days: i32) -> String,
    pub total: fn(all: usize, closed: usize, overdue: usize, holes: usize) -> String,
    pub none: &'static str,
    pub missing: fn(link: &str) -> String,
    pub whole: &'static str,
    pub broken: fn(broken: usize, all: usize) -> String,
    pub no_chain: fn(text: &str) -> String,
    pub unknown_link: fn(word: &str, known: &str) -> String,
    pub reminded: fn(word: &str, unit: &str) -> String,
    // refusals
    pub unknown_decision: fn(text: &str) -> String,
    pub unknown_step: fn(word: &str) -> String,
    pub closed: &'static str,
    pub not_closed: &'static str,
    pub no_lead: &'static str,
    pub not_involved: fn(unit: &str) -> String,
    pub reason_needed: fn(step: &str) -> String,
    pub text_needed: fn(step: &str) -> String,
    pub name_needed: fn(step: &str) -> String,
    pub unit_needed: &'static str,
    pub due_needed: &'static str,
    pub already_received: fn(unit: &str, date: NaiveDate) -> String,
    pub too_late_to_return: fn(until: NaiveDate, days: u32) -> String,
    pub no_evidence: &'static str,
    pub already_signed: fn(name: &str) -> String,
    pub too_late_to_extend: fn(due: NaiveDate) -> String,
    pub not_later: fn(due: NaiveDate) -> String,
    pub remark: fn(text: &str) -> String,
    pub no_reminder: &'static str,
    pub remind_from: fn(date: NaiveDate, word: &str) -> String,
    pub remind_no_date: &'static str,
    pub remind_top: &'static str,
    pub remind_answered: fn(date: NaiveDate) -> String,
}

pub(super) const ZH: FollowWords = FollowWords {
    state: |state| match state {
        FollowState::Open => "未列入督办",
        FollowState::Assigned => "已交办",
        FollowState::Sent => "已摘办",
        FollowState::Received => "已签收",
        FollowState::Returned => "退件",
        FollowState::Reported => "已反馈",
        FollowState::Evidence => "待审签",
        FollowState::Signing => "审签中",
        FollowState::Rework => "退办",
        FollowState::Closed => "已办结",
        FollowState::Reopened => "重办",
    },
    step: |step| match step {
        StepKind::Excerpt => "摘办",
        StepKind::Receipt => "签收",
        StepKind::Return => "退件",
        StepKind::Reassign => "改派",
        StepKind::Remind => "提醒",
        StepKind::Press => "催办",
        StepKind::Warn => "警示",
        StepKind::Reply => "答复",
        StepKind::Report => "反馈",
        StepKind::Evidence => "佐证",
        StepKind::Rework => "退办",
        StepKind::Extension => "延期",
        StepKind::Signoff => "审签",
        StepKind::Close => "办结",
        StepKind::Reopen => "重办",
    },
    link: |link| match link {
        Link::Clause => "条款",
        Link::Topic => "议题",
        Link::Decision => "议定",
        Link::Excerpt => "摘办",
        Link::Reply => "反馈",
        Link::Evidence => "佐证",
        Link::Closed => "办结",
        Link::Reported => "通报",
    },
    hole: |hole| match hole {
        Hole::Lead => "缺牵头单位",
        Hole::Due => "缺时限",
    },
    meeting: "会议",
    days: "剩余",
    holes: "缺项",
    days_left: |days| match days {
        0 => "今天".to_string(),
        1.. => format!("{days} 个工作日"),
        _ => format!("逾期 {} 个工作日", -days),
    },
    total: |all, closed, overdue, holes| {
        format!("{all} 项，已办结 {closed}，逾期 {overdue}，缺牵头单位或时限 {holes}。")
    },
    none: "没有这样的议定事项。",
    missing: |link| format!("断在“{link}”"),
    whole: "全链完整",
    broken: |broken, all| format!("{all} 条链，{broken} 条未闭合。"),
    no_chain: |text| format!("“{text}”没有议定事项可查：写议定事项的编号，或条款、议题的编号。"),
    unknown_link: |word, known| format!("没有环节“{word}”。可用：全部（any） {known}。"),
    reminded: |word, unit| format!("{word}已记下：{unit}。用 export reminder 出函。"),
    unknown_decision: |text| format!("没有议定事项“{text}”。lianxi decisions 列出全部。"),
    unknown_step: |word| {
        format!(
            "没有步骤“{word}”。可用：track excerpt receipt return reassign report reply evidence rework extend signoff reopen。"
        )
    },
    closed: "这一项已办结；要改先重办（reopen，写理由）。没有改动。",
    not_closed: "这一项没有办结，无须重办。没有改动。",
    no_lead: "这一项还没有牵头单位，先补上。没有改动。",
    not_involved: |unit| format!("{unit} 与这一项无关：既不牵头也不配合。没有改动。"),
    reason_needed: |step| format!("{step}要写理由（--reason）。没有改动。"),
    text_needed: |step| format!("{step}要写内容（--text）。没有改动。"),
    name_needed: |step| format!("{step}要写姓名（--by）。没有改动。"),
    unit_needed: "改派给哪个单位（--unit）？没有改动。",
    due_needed: "延期到哪一天（--due）？要写明确的日期。没有改动。",
    already_received: |unit, date| format!("{unit} 已于 {date} 签收。没有改动。"),
    too_late_to_return: |until, days| {
        format!("退件期限是 {days} 个工作日，到 {until} 为止；逾期视为接受，请办公室改派（reassign）。没有改动。")
    },
    no_evidence: "还没有佐证，不能审签；先用 evidence 记下。没有改动。",
    already_signed: |name| format!("{name} 已审签过；要由另一人审签。没有改动。"),
    too_late_to_extend: |due| format!("时限 {due} 已过，延期要在到期前申请；仍按原时限考核。没有改动。"),
    not_later: |due| format!("新时限要晚于现在的 {due}。没有改动。"),
    remark: |text| format!("批示“{text}”不是“同意”或“圈阅”，不算办结；要退回重办用 rework。没有改动。"),
    no_reminder: "还没有发过提醒，无须答复；反馈进展用 report。没有改动。",
    remind_from: |date, word| format!("现在还不用提醒；{date} 起该{word}。没有改动。"),
    remind_no_date: "这一项没有日期，无从催起；先补时限。没有改动。",
    remind_top: "已发到最后一级，没有更高的了。没有改动。",
    remind_answered: |date| format!("上一次已于 {date} 得到答复，不必再发。没有改动。"),
};

pub(super) const EN: FollowWords = FollowWords {
    state: |state| match state {
        FollowState::Open => "not tracked",
        FollowState::Assigned => "assigned",
        FollowState::Sent => "sent",
        FollowState::Received => "received",
        FollowState::Returned => "returned",
        FollowState::Reported => "reported",
        FollowState::Evidence => "to be signed off",
        FollowState::Signing => "being signed off",
        FollowState::Rework => "rework",
        FollowState::Closed => "closed",
        FollowState::Reopened => "reopened",
    },
    step: |step| match step {
        StepKind::Excerpt => "excerpt",
        StepKind::Receipt => "receipt",
        StepKind::Return => "return",
        StepKind::Reassign => "reassignment",
        StepKind::Remind => "reminder",
        StepKind::Press => "pressing",
        StepKind::Warn => "warning",
        StepKind::Reply => "reply",
        StepKind::Report => "report",
        StepKind::Evidence => "evidence",
        StepKind::Rework => "rework",
        StepKind::Extension => "extension",
        StepKind::Signoff => "sign-off",
        StepKind::Close => "closing",
        StepKind::Reopen => "reopening",
    },
    link: |link| match link {
        Link::Clause => "clause",
        Link::Topic => "topic",
        Link::Decision => "decision",
        Link::Excerpt => "excerpt",
        Link::Reply => "reply",
        Link::Evidence => "evidence",
        Link::Closed => "closed",
        Link::Reported => "reported",
    },
    hole: |hole| match hole {
        Hole::Lead => "no lead",
        Hole::Due => "no deadline",
    },
    meeting: "Meeting",
    days: "Left",
    holes: "Missing",
    days_left: |days| match days {
        0 => "today".to_string(),
        1.. => format!("{days} working days"),
        _ => format!("{} working days late", -days),
    },
    total: |all, closed, overdue, holes| {
        format!("{all} decisions, {closed} closed, {overdue} overdue, {holes} without a lead or a deadline.")
    },
    none: "No such decisions.",
    missing: |link| format!("missing: {link}"),
    whole: "whole",
    broken: |broken, all| format!("{all} chains, {broken} of them not closed."),
    no_chain: |text| format!("“{text}” leads to no decision: give the id of a decision, a clause or a topic."),
    unknown_link: |word, known| format!("There is no link “{word}”. There are: any {known}."),
    reminded: |word, unit| format!("{word}: noted for {unit}. `export reminder` writes the letter."),
    unknown_decision: |text| format!("There is no decision “{text}”. `lianxi decisions` lists them."),
    unknown_step: |word| {
        format!(
            "There is no step “{word}”. There are: track excerpt receipt return reassign report reply evidence rework extend signoff reopen."
        )
    },
    closed: "It is closed; reopen it first, with a reason. Nothing changed.",
    not_closed: "It is not closed. Nothing changed.",
    no_lead: "It has no lead yet; add one first. Nothing changed.",
    not_involved: |unit| format!("{unit} has nothing to do with it. Nothing changed."),
    reason_needed: |step| format!("A {step} needs a reason (--reason). Nothing changed."),
    text_needed: |step| format!("A {step} needs words (--text). Nothing changed."),
    name_needed: |step| format!("A {step} needs a name (--by). Nothing changed."),
    unit_needed: "To which department (--unit)? Nothing changed.",
    due_needed: "Until which day (--due)? It has to be a date. Nothing changed.",
    already_received: |unit, date| format!("{unit} received it on {date}. Nothing changed."),
    too_late_to_return: |until, days| {
        format!(
            "It could be sent back within {days} working days, until {until}; the office may reassign it. Nothing changed."
        )
    },
    no_evidence: "There is no evidence yet; note it with `evidence` first. Nothing changed.",
    already_signed: |name| format!("{name} has signed off; it takes somebody else. Nothing changed."),
    too_late_to_extend: |due| {
        format!("The deadline {due} is past; an extension has to be asked for before it. Nothing changed.")
    },
    not_later: |due| format!("The new deadline has to be later than {due}. Nothing changed."),
    remark: |text| format!("The remark “{text}” is no consent; use `rework` to send it back. Nothing changed."),
    no_reminder: "No reminder has gone out; report progress with `report`. Nothing changed.",
    remind_from: |date, word| format!("Nothing is due yet; {word} is due from {date}. Nothing changed."),
    remind_no_date: "It has no date to count from; set a deadline first. Nothing changed.",
    remind_top: "The last rung has gone out; there is no higher one. Nothing changed.",
    remind_answered: |date| format!("The last one was answered on {date}. Nothing changed."),
};
