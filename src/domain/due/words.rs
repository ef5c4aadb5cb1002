//! The grammar of deadlines: the forms, tried one after another on the plain spelling of what was typed.
//!
//! Every form has to account for the whole text, so a text with a deadline and something else in it is not understood.

use super::super::Calendar;
use super::plain::{Words, core, plain};
use super::{Recurrence, last_day, month_after};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// More working days than any deadline has.
const MOST_WORKDAYS: u32 = 5000;

/// What a text means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    On(NaiveDate, Style),
    /// No end in sight.
    Open,
    Every(Recurrence),
    NoSuchDate {
        year: i32,
        month: u32,
        day: u32,
    },
}

/// How a date was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// In figures alone.
    Figures,
    /// In words that keep their meaning: 2025年底前, 9月底前.
    Words,
    /// In words that mean another day tomorrow: 明天, 5天内, 本月底.
    FromToday,
}

/// A place in a month: its last day or one that was named.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InMonth {
    Last,
    Day(u32),
}

const OPEN: [&str; 16] = [
    "持续推进",
    "长期坚持",
    "长期",
    "长期推进",
    "长期实施",
    "长期开展",
    "持续",
    "持续开展",
    "持续实施",
    "持续坚持",
    "持续落实",
    "常年",
    "常态化",
    "常态化推进",
    "ongoing",
    "open",
];

/// Days from today that have a name.
const NAMED_DAYS: [(&str, u64); 16] = [
    ("今天", 0),
    ("今日", 0),
    ("当天", 0),
    ("当日", 0),
    ("立即", 0),
    ("即日起", 0),
    ("即日", 0),
    ("马上", 0),
    ("today", 0),
    ("now", 0),
    ("明天", 1),
    ("明日", 1),
    ("tomorrow", 1),
    ("后天", 2),
    ("后日", 2),
    ("大后天", 3),
];

const WEEKDAYS: [(Weekday, &[&str]); 7] = [
    (Weekday::Mon, &["周1", "星期1", "monday", "mon"]),
    (Weekday::Tue, &["周2", "星期2", "tuesday", "tue"]),
    (Weekday::Wed, &["周3", "星期3", "wednesday", "wed"]),
    (Weekday::Thu, &["周4", "星期4", "thursday", "thu"]),
    (Weekday::Fri, &["周5", "星期5", "friday", "fri"]),
    (Weekday::Sat, &["周6", "星期6", "saturday", "sat"]),
    (Weekday::Sun, &["周日", "周天", "星期日", "星期天", "sunday", "sun"]),
];

/// Reads a deadline; `None` where no form fits.
pub(super) fn read(text: &str, today: NaiveDate, calendar: &Calendar) -> Option<Meaning> {
    let plain = plain(text);
    if OPEN.contains(&plain.as_str()) {
        return Some(Meaning::Open);
    }
    if let Some(meaning) = figures(&plain, today) {
        return Some(meaning);
    }
    let (core, before) = core(&plain);
    if let Some((_, days)) = NAMED_DAYS.iter().find(|(name, _)| *name == core) {
        return from_today(today.checked_add_days(Days::new(*days)));
    }
    // 三天前 is three days ago.
    let span = if before { None } else { span(Words(core), today, calendar) };
    span.or_else(|| every(Words(core), today))
        .or_else(|| week(Words(core), today))
        .or_else(|| period(Words(core), today))
        .or_else(|| holiday(Words(core), before, today))
}

fn from_today(date: Option<NaiveDate>) -> Option<Meaning> {
    let date = date.filter(|date| (1..=9999).contains(&date.year()))?;
    Some(Meaning::On(date, Style::FromToday))
}

fn on(year: i32, month: u32, day: u32, style: Style) -> Meaning {
    match NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1..=9999).contains(&year)) {
        Some(date) => Meaning::On(date, style),
        None => Meaning::NoSuchDate { year, month, day },
    }
}

/// The year of a month and day that were given without one: this year's, or next year's where that is past.
fn next_year_of(month: u32, day: u32, today: NaiveDate) -> i32 {
    today.year() + i32::from((month, day) < (today.month(), today.day()))
}

/// 2025-06-30, 2025/6/30, 2025.6.30, 20250630, 2025-6, 6.30.
fn figures(plain: &str, today: NaiveDate) -> Option<Meaning> {
    if !plain.bytes().all(|b| b.is_ascii_digit() || b"-/.".contains(&b)) {
        return None;
    }
    if plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) {
        let (year, rest) = plain.split_at(4);
        let (month, day) = rest.split_at(2);
        return Some(on(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, Style::Figures));
    }
    let separator = plain.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = plain.split(separator).collect();
    let number = |part: &str| Words(part).number().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    match parts[..] {
        [year, month, day] if year.len() >= 4 => {
            Some(on(number(year)?.try_into().ok()?, number(month)?, number(day)?, Style::Figures))
        }
        [year, month] if year.len() == 4 => {
            let date = last_day(number(year)?.try_into().ok()?, number(month)?)?;
            Some(Meaning::On(date, Style::Figures))
        }
        [month, day] => {
            let (month, day) = (number(month)?, number(day)?);
            Some(on(next_year_of(month, day, today), month, day, Style::Figures))
        }
        _ => None,
    }
}

/// 5个工作日内, 一周内, 10日内, 半年内, 五天后, +3月, in 2 weeks.
fn span(mut words: Words, today: NaiveDate, calendar: &Calendar) -> Option<Meaning> {
    enum Unit {
        Days(u64),
        Workdays,
        Months(u32),
    }
    // 日, 月 and 年 by themselves name a day, a month and a year.
    let plus = words.eat(&["+", "in"]);
    let half = words.eat(&["半"]);
    let count = if half { 1 } else { words.number()? };
    let (unit, needs_mark) = if half {
        match (words.eat(&["年"]), words.eat(&["个月", "月"])) {
            (true, false) => (Unit::Months(6), true),
            (false, true) => (Unit::Days(15), true),
            _ => return None,
        }
    } else if words.eat(&["个工作日", "工作日", "workingdays", "workingday", "workdays", "workday"]) {
        (Unit::Workdays, false)
    } else if words.eat(&["个季度"]) {
        (Unit::Months(3), true)
    } else if words.eat(&["个月", "months", "month"]) {
        (Unit::Months(1), false)
    } else if words.eat(&["个星期", "星期", "周", "weeks", "week", "w"]) {
        (Unit::Days(7), false)
    } else if words.eat(&["天", "days", "day"]) {
        (Unit::Days(1), false)
    } else if words.eat(&["日", "d"]) {
        (Unit::Days(1), true)
    } else if words.eat(&["月", "m"]) && plus {
        (Unit::Months(1), true)
    } else if words.eat(&["年", "years", "year", "y"]) && count < 100 {
        (Unit::Months(12), true)
    } else {
        return None;
    };
    let marked = words.eat(&["之内", "以内", "内", "之后", "以后", "后", "later"]);
    words.ended()?;
    if needs_mark && !plus && !marked {
        return None;
    }
    from_today(match unit {
        Unit::Days(days) => today.checked_add_days(Days::new(days * u64::from(count))),
        Unit::Workdays if count <= MOST_WORKDAYS => calendar.after(today, count),
        Unit::Workdays => None,
        Unit::Months(months) => today.checked_add_months(Months::new(months.checked_mul(count)?)),
    })
}

/// A weekday that is all of the text.
fn weekday(words: Words) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(_, names)| names.contains(&words.0)).map(|(weekday, _)| *weekday)
}

/// 周五, 本周五, 下周五, 下周, 周末, friday, next friday, this week.
fn week(mut words: Words, today: NaiveDate) -> Option<Meaning> {
    words.eat(&["theendof", "endof"]);
    let ahead = if words.eat(&["下下个", "下下"]) {
        Some(14)
    } else if words.eat(&["下个", "下", "next"]) {
        Some(7)
    } else if words.eat(&["本", "这个", "这", "this"]) {
        Some(0)
    } else {
        None
    };
    let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
    let day_of = |weekday: Weekday, ahead: u64| {
        monday.checked_add_days(Days::new(ahead + u64::from(weekday.num_days_from_monday())))
    };
    if let Some(weekday) = weekday(words) {
        let this = day_of(weekday, ahead.unwrap_or(0))?;
        return from_today(if ahead.is_none() && this < today { day_of(weekday, 7) } else { Some(this) });
    }
    if !words.eat(&["周", "星期", "week"]) {
        return None;
    }
    match words.0 {
        "末" => from_today(day_of(Weekday::Sun, ahead.unwrap_or(0))),
        "" | "内" | "底" => {
            let friday = day_of(Weekday::Fri, ahead.unwrap_or(0))?;
            from_today(if friday < today { day_of(Weekday::Sun, 0) } else { Some(friday) })
        }
        _ => None,
    }
}

/// 2025年底, 年底, 明年6月30日, 9月, 下月底, 15日, 上半年, 2025年三季度, end of 2025, Q3 2025.
fn period(mut words: Words, today: NaiveDate) -> Option<Meaning> {
    let ending = words.eat(&["theendof", "endof"]);
    let (year, mut style) = match year(&mut words, ending, today) {
        Some((year, style)) => (Some(year), style),
        None => (None, Style::Words),
    };
    if year.is_some() {
        words.eat(&["-", "度"]);
    }
    let relative_month = if year.is_some() { None } else { relative_month(&mut words, today) };
    if let Some((year, month)) = relative_month {
        return match in_month(words)? {
            InMonth::Last => from_today(last_day(year, month)),
            InMonth::Day(day) => Some(on(year, month, day, Style::FromToday)),
        };
    }
    if year.is_none() {
        if let Some(date) = relative_quarter(words, today) {
            return from_today(Some(date));
        }
        if let Some(day) = bare_day(words) {
            let (year, month) = if day < today.day() { month_after(today) } else { (today.year(), today.month()) };
            return Some(on(year, month, day, Style::FromToday));
        }
        if ["年底", "年末", "年终", "年内", "全年", "全年内", "year"].contains(&words.0) {
            style = Style::FromToday;
        }
    }
    let (month, place, named_year) = month_and_day(words, year.is_some())?;
    let year = year.or(named_year);
    let far = match place {
        InMonth::Last => 31,
        InMonth::Day(day) => day,
    };
    let year = year.unwrap_or_else(|| next_year_of(month, far, today));
    match place {
        InMonth::Last => Some(Meaning::On(last_day(year, month)?, style)),
        InMonth::Day(day) => Some(on(year, month, day, style)),
    }
}

/// 国庆节, 元旦前, 2026年劳动节前: the days whose date every year knows. Before one of them means the day before it.
fn holiday(mut words: Words, before: bool, today: NaiveDate) -> Option<Meaning> {
    let year = year(&mut words, false, today);
    let (month, day) = match words.0 {
        "元旦" | "元旦节" => (1, 1),
        "劳动节" => (5, 1),
        "国庆" | "国庆节" => (10, 1),
        _ => return None,
    };
    let (year, style) = year.unwrap_or_else(|| (next_year_of(month, day, today), Style::Words));
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1..=9999).contains(&year))?;
    Some(Meaning::On(if before { date.pred_opt()? } else { date }, style))
}

/// The year at the beginning; `bare` lets it stand without 年, as in `end of 2025`.
fn year(words: &mut Words, bare: bool, today: NaiveDate) -> Option<(i32, Style)> {
    for (ahead, names) in
        [(0, ["今年", "本年", "thisyear"].as_slice()), (1, &["明年", "次年", "nextyear"]), (2, &["后年"])]
    {
        if words.eat(names) {
            return Some((today.year() + ahead, Style::FromToday));
        }
    }
    let mut after = *words;
    let figures = after.figures()?;
    let value: i32 = figures.parse().ok()?;
    let quarter = after.0.starts_with('q') || after.0.starts_with("-q");
    let marked = after.eat(&["年"]) || (figures.len() == 4 && (quarter || (bare && after.0.is_empty())));
    if !marked {
        return None;
    }
    *words = after;
    Some((if figures.len() == 2 { 2000 + value } else { value }, Style::Words))
}

/// 本月, 下月, and 月 before 底, 末, 内 or 中.
fn relative_month(words: &mut Words, today: NaiveDate) -> Option<(i32, u32)> {
    if words.eat(&["本月份", "本月", "这个月", "当月", "thismonth"]) {
        return Some((today.year(), today.month()));
    }
    if words.eat(&["下月份", "下月", "下个月", "次月", "nextmonth"]) {
        return Some(month_after(today));
    }
    let mut after = *words;
    if words.0 == "month" || (after.eat(&["月"]) && ["底", "末", "内", "中"].contains(&after.0)) {
        words.eat(&["month", "月"]);
        return Some((today.year(), today.month()));
    }
    None
}

/// The last day of 本季度, 季度末 or 下季度.
fn relative_quarter(mut words: Words, today: NaiveDate) -> Option<NaiveDate> {
    let this = words.eat(&["本季度", "这个季度", "当季", "thisquarter"]);
    let next = !this && words.eat(&["下个季度", "下季度", "nextquarter"]);
    if this || next {
        words.eat(&["底", "末", "内"]);
    } else if !words.eat(&["季度末", "季度底", "季末", "quarter"]) {
        return None;
    }
    words.ended()?;
    let month = today.month().div_ceil(3) * 3 + if next { 3 } else { 0 };
    if month > 12 { last_day(today.year() + 1, month - 12) } else { last_day(today.year(), month) }
}

/// 15日, 15号.
fn bare_day(mut words: Words) -> Option<u32> {
    let day = words.number()?;
    let named = words.eat(&["日", "号"]);
    words.ended()?;
    named.then_some(day)
}

/// What follows a year or stands for itself: 底, 上半年, 三季度, 6月30日. A quarter may bring its own year: q3-2025.
fn month_and_day(mut words: Words, after_year: bool) -> Option<(u32, InMonth, Option<i32>)> {
    let whole = match words.0 {
        "" | "底" | "末" | "终" | "内" if after_year => Some(12),
        "年底" | "年末" | "年终" | "年内" | "全年" | "全年内" | "year" | "下半年" | "下半年内" => {
            Some(12)
        }
        "中" if after_year => Some(6),
        "年中" | "上半年" | "上半年内" => Some(6),
        _ => None,
    };
    if let Some(month) = whole {
        return Some((month, InMonth::Last, None));
    }
    if words.eat(&["q"]) {
        let quarter = quarter(words.number()?)?;
        let mut year = None;
        if !after_year && words.ended().is_none() {
            words.eat(&["-", "of"]);
            year = Some(words.figures().filter(|figures| figures.len() == 4)?.parse().ok()?);
        }
        words.ended()?;
        return Some((quarter, InMonth::Last, year));
    }
    let ordinal = words.eat(&["第"]);
    let number = words.number()?;
    if words.eat(&["季度", "个季度", "季"]) {
        words.eat(&["底", "末", "内"]);
        words.ended()?;
        return Some((quarter(number)?, InMonth::Last, None));
    }
    if ordinal || !words.eat(&["月份", "月"]) {
        return None;
    }
    Some((number, in_month(words)?, None))
}

/// The last month of a quarter.
fn quarter(number: u32) -> Option<u32> {
    (1..=4).contains(&number).then_some(number * 3)
}

/// What follows a month: nothing, 底, 上旬, 15日.
fn in_month(mut words: Words) -> Option<InMonth> {
    match words.0 {
        "" | "底" | "末" | "内" | "下旬" | "底内" => return Some(InMonth::Last),
        "上旬" => return Some(InMonth::Day(10)),
        "中旬" => return Some(InMonth::Day(20)),
        "中" => return Some(InMonth::Day(15)),
        _ => {}
    }
    let day = words.number()?;
    words.eat(&["日", "号"]);
    words.ended()?;
    Some(InMonth::Day(day))
}

/// 每年, 每年6月底前, 每季度, 每月25日前, 每周五, monthly.
fn every(mut words: Words, today: NaiveDate) -> Option<Meaning> {
    let adverbs = [
        ("daily", Recurrence::Daily),
        ("weekly", Recurrence::Weekly { weekday: Weekday::Fri }),
        ("monthly", Recurrence::Monthly { day: 31 }),
        ("quarterly", Recurrence::Quarterly),
        ("half-yearly", Recurrence::HalfYearly),
        ("yearly", Recurrence::Yearly { month: 12, day: 31 }),
        ("annually", Recurrence::Yearly { month: 12, day: 31 }),
    ];
    if let Some((_, recurrence)) = adverbs.iter().find(|(name, _)| *name == words.0) {
        return Some(Meaning::Every(*recurrence));
    }
    if !words.eat(&["每个", "每", "逐", "按", "every"]) {
        return None;
    }
    if let Some(weekday) = weekday(words) {
        return Some(Meaning::Every(Recurrence::Weekly { weekday }));
    }
    if words.eat(&["年度", "年", "year"]) {
        let (month, place, year) = month_and_day(words, true)?;
        if year.is_some() {
            return None;
        }
        // A leap year has every day of a year.
        let day = match place {
            InMonth::Last => last_day(2000, month)?.day(),
            InMonth::Day(day) if NaiveDate::from_ymd_opt(2000, month, day).is_some() => day,
            InMonth::Day(day) => return Some(on(next_year_of(month, day, today), month, day, Style::Words)),
        };
        return Some(Meaning::Every(Recurrence::Yearly { month, day }));
    }
    if words.eat(&["月份", "月", "month"]) {
        return match in_month(words)? {
            InMonth::Last => Some(Meaning::Every(Recurrence::Monthly { day: 31 })),
            InMonth::Day(day) if (1..=31).contains(&day) => Some(Meaning::Every(Recurrence::Monthly { day })),
            InMonth::Day(day) => Some(Meaning::NoSuchDate { year: today.year(), month: today.month(), day }),
        };
    }
    let recurrence = match words.0 {
        "半年" | "half-year" => Recurrence::HalfYearly,
        "季度" | "季" | "季度末" | "季度底" | "季末" | "quarter" => Recurrence::Quarterly,
        "周" | "星期" | "周内" | "week" => Recurrence::Weekly { weekday: Weekday::Fri },
        "周末" => Recurrence::Weekly { weekday: Weekday::Sun },
        "天" | "日" | "day" => Recurrence::Daily,
        _ => return None,
    };
    Some(Meaning::Every(recurrence))
}
