//! Topics and meetings: what cannot be done, why something is suggested, the opening sentence.

use crate::domain::meeting::{Act, Count, MeetingState};
use chrono::NaiveDate;

/// Sentences about topics and meetings.
#[derive(Debug)]
pub struct MeetingWords {
    pub unknown_meeting: fn(text: &str, known: &str) -> String,
    pub ambiguous: fn(text: &str, candidates: &str) -> String,
    pub unknown_item: fn(text: &str, known: &str) -> String,
    pub unknown_topic: fn(text: &str) -> String,
    pub unknown_outcome: fn(text: &str) -> String,
    pub unknown_suggestion: fn(text: &str, known: &str) -> String,
    pub unknown_paper: fn(text: &str, known: &str) -> String,
    /// Meeting, its state, what was wanted, what to do instead.
    pub not_now: fn(meeting: &str, state: &str, act: &str, instead: &str) -> String,
    pub act: fn(Act) -> &'static str,
    pub instead: fn(MeetingState, Act) -> &'static str,
    pub unsettled: fn(items: &str) -> String,
    pub undone: fn(outcomes: &str) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub reason_needed: fn(state: &str) -> String,
    pub taken: fn(title: &str, meeting: &str) -> String,
    pub no_day: fn(text: &str) -> String,
    pub no_such_number: fn(number: usize, count: usize) -> String,
    pub no_item: &'static str,
    pub no_call: &'static str,
    pub not_asked: fn(unit: &str) -> String,
    pub opened_early: fn(date: NaiveDate, days: i64) -> String,
    pub template: fn(file: &str, line: usize, column: usize, message: &str) -> String,
    // why something is suggested
    pub overdue: fn(due: NaiveDate) -> String,
    pub red_again: fn(due: NaiveDate, times: usize) -> String,
    pub postponed_at: fn(meeting: &str) -> String,
    pub undecided_at: fn(meeting: &str) -> String,
    pub due_soon: fn(due: NaiveDate, before: NaiveDate) -> String,
    pub behind_pace: fn(year: i32, figure: &str, expected: &str) -> String,
    pub disagree: fn(units: &str) -> String,
    // a meeting
    pub opening: fn(&Count) -> String,
    pub item_at: fn(number: &str, title: &str) -> String,
    pub item_changed: fn(old: &str, new: &str) -> String,
    pub item_added: fn(item: &str) -> String,
    pub item_gone: fn(item: &str) -> String,
}

pub(super) const ZH: MeetingWords = MeetingWords {
    unknown_meeting: |text, known| match known {
        "" => format!("没有会议“{text}”；还没有建过会议，先用 lianxi meeting new。"),
        known => format!("没有会议“{text}”。现有：{known}；也可写日期、第2次、next、last。"),
    },
    ambiguous: |text, candidates| format!("“{text}”可能是：{candidates}。多写几个字。"),
    unknown_item: |text, known| match known {
        "" => format!("没有议程“{text}”；这次会议还没有议程。"),
        known => format!("没有议程“{text}”。现有：{known}。"),
    },
    unknown_topic: |text| format!("没有议题“{text}”。lianxi topic list 列出全部。"),
    unknown_outcome: |text| format!("没有议定事项“{text}”。lianxi meeting show 列出一次会议的全部。"),
    unknown_suggestion: |text, known| match known {
        "" => format!("没有建议“{text}”；现在没有可建议的。"),
        known => format!("没有建议“{text}”。现有：{known}。"),
    },
    unknown_paper: |text, known| match known {
        "" => format!("没有材料“{text}”；这次会议还没有列材料。"),
        known => format!("材料“{text}”对不上一份。现有：{known}。"),
    },
    not_now: |meeting, state, act, instead| format!("会议 {meeting} 现为“{state}”，不能{act}。{instead}"),
    act: |act| match act {
        Act::Prepare => "改会议安排和议程",
        Act::Notify => "发通知",
        Act::Attend => "改签到",
        Act::Open => "开会",
        Act::Capture => "记录和议定",
        Act::Sit => "换议程",
        Act::End => "散会",
        Act::Minute => "写纪要",
        Act::Follow => "督办",
        Act::Close => "办结",
    },
    instead: |state, act| match (state, act) {
        (
            MeetingState::Draft | MeetingState::Notified,
            Act::Capture | Act::Sit | Act::End | Act::Minute | Act::Follow,
        ) => "先开会：lianxi meeting open。",
        (MeetingState::Draft | MeetingState::Notified, Act::Close) => "先开会：lianxi meeting open。",
        (MeetingState::InSession, Act::Open) => "已经在开了。",
        (MeetingState::InSession, Act::Close) => "先散会、写纪要、印发。",
        (MeetingState::Minutes, Act::Prepare | Act::Sit | Act::End) => "散会有误就重新开会：lianxi meeting open。",
        (MeetingState::Minutes, Act::Close) => "纪要印发后才能办结。",
        (MeetingState::Issued, _) => "纪要已印发，只能更正或督办。",
        (MeetingState::Closed, _) => "会议已办结，只能查看。",
        (MeetingState::Draft | MeetingState::Notified | MeetingState::InSession | MeetingState::Minutes, _) => {
            "没有改动。"
        }
    },
    unsettled: |items| {
        format!(
            "这些议程还没有结果：{items}。逐项写明议定（decide）、已议（discussed）、暂缓（postpone）或撤下（agenda drop），再散会。"
        )
    },
    undone: |outcomes| format!("这些议定事项还没有办结：{outcomes}。没有改动。"),
    empty_title: "没有写名称。没有改动。",
    empty_text: "内容是空的，没有记。",
    reason_needed: |state| format!("改为“{state}”要写理由（命令行用 --reason）。没有改动。"),
    taken: |title, meeting| format!("“{title}”已列入 {meeting} 的议程；要改先从那里撤下。"),
    no_day: |text| format!("“{text}”不是哪一天。写作 2025-03-20、3月20日、下周五。"),
    no_such_number: |number, count| format!("议程没有第 {number} 位；可写 1 到 {count}。"),
    no_item: "这次会议没有议程。",
    no_call: "还没有征集过议题；先用 topic call 征集（会议屏上按 o 出议题征集函）。没有改动。",
    not_asked: |unit| format!("这次征集没有发给 {unit}。没有改动。"),
    opened_early: |date, days| format!("会期是 {date}，提前了 {days} 天开会；开错了可撤销。"),
    template: |file, line, column, message| format!("{file}:{line}:{column}：模板有误：{message}"),
    overdue: |due| format!("已逾期，时限 {due}"),
    red_again: |due, times| format!("第 {times} 次亮红灯，时限 {due}"),
    postponed_at: |meeting| format!("上次暂缓（{meeting}）"),
    undecided_at: |meeting| format!("上次未议（{meeting}）"),
    due_soon: |due, before| format!("{due} 到期，在 {before} 会议之前"),
    behind_pace: |year, figure, expected| format!("{year}年 {figure}，落后于进度 {expected}"),
    disagree: |units| format!("有不同意见：{units}"),
    opening: |count| {
        let mut parts = vec![format!("应到 {} 个单位", count.expected), format!("实到 {} 个", count.came())];
        let others = [
            (count.substitute, "其中代会"),
            (count.leave, "请假"),
            (count.absent, "缺席"),
            (count.observer, "列席"),
            (count.open, "未签到"),
        ];
        parts.extend(others.iter().filter(|(many, _)| *many > 0).map(|(many, word)| format!("{word} {many} 个")));
        format!("{}。", parts.join("，"))
    },
    item_at: |number, title| format!("第 {number} 项“{title}”"),
    item_changed: |old, new| format!("议程{old}改为{new}"),
    item_added: |item| format!("增加议程{item}"),
    item_gone: |item| format!("撤下议程{item}"),
};

pub(super) const EN: MeetingWords = MeetingWords {
    unknown_meeting: |text, known| match known {
        "" => format!("There is no meeting “{text}”; there is none yet. Plan one with `lianxi meeting new`."),
        known => format!("There is no meeting “{text}”. There are: {known}; a date, 第2次, next and last work too."),
    },
    ambiguous: |text, candidates| format!("“{text}” could be: {candidates}. Write a little more of it."),
    unknown_item: |text, known| match known {
        "" => format!("There is no item “{text}”; the agenda is empty."),
        known => format!("There is no item “{text}”. There are: {known}."),
    },
    unknown_topic: |text| format!("There is no topic “{text}”. `lianxi topic list` lists them."),
    unknown_outcome: |text| format!("There is no decision “{text}”. `lianxi meeting show` lists those of a meeting."),
    unknown_suggestion: |text, known| match known {
        "" => format!("There is no suggestion “{text}”; nothing is suggested now."),
        known => format!("There is no suggestion “{text}”. There are: {known}."),
    },
    unknown_paper: |text, known| match known {
        "" => format!("There is no paper “{text}”; the meeting has none yet."),
        known => format!("“{text}” is not exactly one paper. There are: {known}."),
    },
    not_now: |meeting, state, act, instead| {
        format!("The meeting {meeting} is “{state}”: it is not the time to {act}. {instead}")
    },
    act: |act| match act {
        Act::Prepare => "change its arrangements or agenda",
        Act::Notify => "send the notice",
        Act::Attend => "change the attendance",
        Act::Open => "open it",
        Act::Capture => "record or decide",
        Act::Sit => "change the current item",
        Act::End => "end the session",
        Act::Minute => "write the minutes",
        Act::Follow => "follow decisions up",
        Act::Close => "close it",
    },
    instead: |state, act| match (state, act) {
        (
            MeetingState::Draft | MeetingState::Notified,
            Act::Capture | Act::Sit | Act::End | Act::Minute | Act::Follow,
        ) => "Open it first: `lianxi meeting open`.",
        (MeetingState::Draft | MeetingState::Notified, Act::Close) => "Open it first: `lianxi meeting open`.",
        (MeetingState::InSession, Act::Open) => "It is on already.",
        (MeetingState::InSession, Act::Close) => "End the session and issue the minutes first.",
        (MeetingState::Minutes, Act::Prepare | Act::Sit | Act::End) => {
            "If it was ended by mistake, open it again: `lianxi meeting open`."
        }
        (MeetingState::Minutes, Act::Close) => "It can be closed when the minutes are out.",
        (MeetingState::Issued, _) => "The minutes are out: correct them or follow up.",
        (MeetingState::Closed, _) => "The meeting is closed and can only be looked at.",
        (MeetingState::Draft | MeetingState::Notified | MeetingState::InSession | MeetingState::Minutes, _) => {
            "Nothing changed."
        }
    },
    unsettled: |items| {
        format!(
            "Nothing has come of these items: {items}. Decide each (decide), or mark it discussed, postpone or drop it, then close."
        )
    },
    undone: |outcomes| format!("These decisions are not done: {outcomes}. Nothing changed."),
    empty_title: "There is no title. Nothing changed.",
    empty_text: "There is no text; nothing was written.",
    reason_needed: |state| format!("“{state}” needs a reason (--reason). Nothing changed."),
    taken: |title, meeting| format!("“{title}” is on the agenda of {meeting}; drop it there first."),
    no_day: |text| format!("“{text}” is no particular day. Write 2025-03-20, 3月20日 or next friday."),
    no_such_number: |number, count| format!("The agenda has no place {number}; write 1 to {count}."),
    no_item: "The meeting has no agenda.",
    no_call: "Nobody has called for topics yet; `topic call` does (o on the screen of meetings). Nothing changed.",
    not_asked: |unit| format!("The call did not go to {unit}. Nothing changed."),
    opened_early: |date, days| format!("It was called for {date}: opened {days} days early; undo takes it back."),
    template: |file, line, column, message| format!("{file}:{line}:{column}: the template is wrong: {message}"),
    overdue: |due| format!("overdue since {due}"),
    red_again: |due, times| format!("red for time {times}, due {due}"),
    postponed_at: |meeting| format!("postponed last time ({meeting})"),
    undecided_at: |meeting| format!("not come to last time ({meeting})"),
    due_soon: |due, before| format!("due {due}, before the meeting of {before}"),
    behind_pace: |year, figure, expected| format!("{figure} in {year}, behind the pace of {expected}"),
    disagree: |units| format!("objections: {units}"),
    opening: |count| {
        let mut parts = vec![format!("{} departments asked", count.expected), format!("{} came", count.came())];
        let others = [
            (count.substitute, "by a substitute"),
            (count.leave, "on leave"),
            (count.absent, "absent"),
            (count.observer, "as observers"),
            (count.open, "not signed in"),
        ];
        parts.extend(others.iter().filter(|(many, _)| *many > 0).map(|(many, word)| format!("{many} {word}")));
        format!("{}.", parts.join(", "))
    },
    item_at: |number, title| format!("item {number} “{title}”"),
    item_changed: |old, new| format!("{old} is now {new}"),
    item_added: |item| format!("new {item}"),
    item_gone: |item| format!("dropped {item}"),
};
