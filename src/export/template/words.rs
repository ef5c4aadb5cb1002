//! The filters that turn data into the office's words: dates without leading zeros, days of the week that are right by making.

use crate::domain::chinese_numeral;
use crate::domain::minutes::weekday_name;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

/// What stands for something that is still to be filled in.
const HOLE: &str = "＿＿＿＿";

pub(super) fn add_to(environment: &mut Environment) {
    // {{ date|day }} 2025年6月5日, {{ date|monthday }} 6月5日, {{ date|weekday }} 星期四
    environment.add_filter("day", |value: &Value| dated(value, day));
    environment
        .add_filter("monthday", |value: &Value| dated(value, |date| format!("{}月{}日", date.month(), date.day())));
    environment.add_filter("weekday", |value: &Value| dated(value, |date| weekday_name(date).to_string()));
    // {{ time|clock }} 上午9:00
    environment.add_filter("clock", clock);
    // {{ 3|cn }} 三
    environment.add_filter("cn", |number: u32| chinese_numeral(number));
    // {{ units|list }} 市科协、市教育局
    environment.add_filter("list", |values: Vec<String>| values.join("、"));
    // {{ seats|list_of("unit") }} one field of each
    environment.add_filter("list_of", list_of);
    // {{ time|clock|half_day }} 上午
    environment.add_filter("half_day", |text: String| text.chars().take(2).collect::<String>());
    // {% if text is task %} begins with a verb of the office's: 编制…
    environment.add_test("task", |text: String| is_task(&text));
    // {{ text|bare }} without the full stop at its end, for a sentence that goes on
    environment.add_filter("bare", |text: String| text.trim_end_matches(['。', '；', '.', ';', ' ']).to_string());
    // {{ place|hole }} a blank to be filled in by hand where nothing is known
    environment.add_filter("hole", hole);
}

/// Words that an office begins a task with: 于9月底前编制…, but 于9月底前完成资源清单.
const VERBS: [&str; 48] = [
    "编制", "制定", "制订", "印发", "开展", "组织", "修订", "完善", "研究", "提出", "建立", "推进", "推动", "落实",
    "报送", "上报", "报", "召开", "举办", "形成", "完成", "加强", "做好", "启动", "牵头", "配合", "汇总", "梳理",
    "起草", "公布", "发布", "建设", "实施", "督促", "协调", "会同", "抓好", "明确", "健全", "优化", "提升", "建成",
    "筹备", "指导", "核实", "审核", "征求", "提交",
];

fn is_task(text: &str) -> bool {
    VERBS.iter().any(|verb| text.trim_start().starts_with(verb))
}

fn list_of(values: &Value, field: &str) -> Result<Vec<Value>, Error> {
    let mut found: Vec<Value> = Vec::new();
    for value in values.try_iter()? {
        found.push(value.get_attr(field)?);
    }
    Ok(found)
}

fn hole(value: &Value) -> Result<Value, Error> {
    Ok(if is_empty(value)? { Value::from(HOLE) } else { value.clone() })
}

/// Whether nothing is known of it; a name that the paper does not have is a fault and no blank.
fn is_empty(value: &Value) -> Result<bool, Error> {
    Ok(match value.kind() {
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => true,
        ValueKind::String => value.as_str().is_none_or(|text| text.trim().is_empty()),
        _ => false,
    })
}

fn dated(value: &Value, say: impl Fn(NaiveDate) -> String) -> Result<String, Error> {
    if is_empty(value)? {
        return Ok(HOLE.to_string());
    }
    let date = value.as_str().and_then(|text| text.parse().ok());
    date.map(say).ok_or_else(|| not_a(value, "date"))
}

fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// 上午9:00, 中午12:00, 下午2:30, 晚上7:00
fn clock(value: &Value) -> Result<String, Error> {
    if is_empty(value)? {
        return Ok(HOLE.to_string());
    }
    let time = value.as_str().and_then(|text| NaiveTime::parse_from_str(text, "%H:%M").ok());
    let time = time.ok_or_else(|| not_a(value, "time"))?;
    let (part, hour) = match time.hour() {
        hour @ 0..12 => ("上午", hour),
        12 => ("中午", 12),
        hour @ 13..18 => ("下午", hour - 12),
        hour => ("晚上", hour - 12),
    };
    Ok(format!("{part}{hour}:{:02}", time.minute()))
}

fn not_a(value: &Value, kind: &str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("{value} is not a {kind}"))
}
