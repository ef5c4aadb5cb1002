//! Phrases and the days they mean, at a fixed today.

use super::*;
use proptest::prelude::*;

/// A Wednesday.
fn today() -> NaiveDate {
    day("2025-03-12")
}

fn day(iso: &str) -> NaiveDate {
    iso.parse().expect("a date in a test")
}

fn date(text: &str) -> Option<NaiveDate> {
    parse(text, today()).unwrap_or_else(|error| panic!("{text}: {error:?}")).date
}

/// Lines of phrases separated by ` | `, each with the day that they all mean before a colon.
fn check(table: &str) {
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (expected, phrases) = line.split_once(": ").expect("a day and phrases");
        for phrase in phrases.split(" | ") {
            assert_eq!(date(phrase), Some(day(expected)), "{phrase}");
        }
    }
}

#[test]
fn dates_in_figures() {
    check(
        "2025-06-30: 2025-06-30 | 2025-6-30 | 2025/6/30 | 2025.6.30 | 20250630 | 2025 6 30 | ２０２５－０６－３０
         2025-06-30: 6-30 | 6/30 | 6.30
         2025-06-30: 2025-06 | 2025.6 | 2025/6
         2026-01-31: 1.31 | 1/31
         2020-02-29: 2020-02-29 | 2020.2.29
         9999-12-31: 9999-12-31
         0001-01-01: 0001-01-01",
    );
}

#[test]
fn dates_in_words() {
    check(
        "2025-06-30: 2025年6月30日 | 2025年6月30日前 | 6月30日前 | 6月30日 | 6月30号 | 6月30 | 2025 年 6 月 30 日 前
         2025-06-30: 二〇二五年六月三十日 | 二零二五年六月三十日前 | ２０２５年６月３０日前 | 25年6月30日 | 今年6月30日前
         2025-06-30: 于2025年6月30日前完成 | 到6月30日为止 | 截至6月30日 | 6月30日之前。 | by 2025年6月30日
         2025-12-31: 2025年底前 | 2025年底 | 年底前 | 年底 | 今年底 | 2025年 | 二〇二五年底 | 到2025年底 | 年内 | 今年年底前 | 2025年末 | 今年
         2026-12-31: 明年底 | 明年底前 | 2026年底前 | 明年 | 明年年底
         2020-12-31: 2020年底前
         2025-12-31: 全年 | 全年内 | 元旦前 | 2026年元旦前
         2025-09-30: 国庆前 | 国庆节前 | 于国庆节前完成
         2025-10-01: 国庆节 | 国庆
         2025-04-30: 劳动节前 | 今年劳动节前
         2026-01-01: 元旦
         2025-06-30: 2025年6月底前 | 6月底前 | 六月底前 | 6月份 | 6月下旬
         2025-09-30: 9月底前 | 9月前 | 九月底前 | 9月 | 2025年9月 | 9月内 | 9月底前完成
         2026-02-28: 2月底前 | 2月
         2026-01-31: 1月底前
         2024-02-29: 2024年2月底
         2025-03-31: 3月底前 | 3月
         2026-03-11: 3月11日前
         2025-03-12: 3月12日前
         2025-06-10: 6月上旬
         2025-06-20: 6月中旬 | 6月20日
         2025-10-01: 十月一日 | 10月1日前"


    );
}

#[test]
fn months_from_now_and_days_of_a_month() {
    check(
        "2025-03-31: 月底前 | 月底 | 本月底 | 本月 | 本月内 | 月末 | 31日前 | end of month
         2025-04-30: 下月底 | 下个月底前 | 下月 | next month
         2025-03-15: 本月15日前 | 15日前 | 15日 | 15号 | 月中 | 本月十五日
         2025-03-10: 本月10日前
         2025-04-10: 10日前 | 10号 | 下月10日前 | 十日",
    );
}

#[test]
fn quarters_and_halves() {
    check(
        "2025-09-30: 三季度 | 第三季度末 | 2025年三季度 | 3季度 | 第三季度 | 2025年第3季度末前 | Q3 2025 | 2025 Q3 | Q3 | q3 of 2025
         2025-03-31: 一季度 | 本季度 | 季度末 | 本季度末 | 1季度
         2025-06-30: 下季度 | 上半年 | 2025年上半年 | 年中 | 2025年中 | 二季度
         2025-12-31: 下半年 | 2025年下半年 | 四季度 | end of 2025 | end of year
         2026-03-31: 明年一季度 | 2026年一季度",
    );
}

#[test]
fn spans_from_today() {
    check(
        "2025-03-19: 一周内 | 7天内 | 5个工作日内 | 五个工作日内 | +5个工作日 | 1周后 | +1w | 1 week | 一个星期内
         2025-03-22: 10日内 | 十日内 | 10天后 | +10日 | +10d | in 10 days
         2025-03-17: +5天 | 五天后 | 5天内 | +5d | 5天 | ５ 天 内 | 3个工作日内
         2025-03-26: +2周 | +2w | 两周内 | 10个工作日内
         2025-06-12: +3月 | 3个月内 | 三个月后 | +3m | +3个月 | 一个季度内
         2025-09-12: 半年内 | 6个月内
         2025-03-27: 半个月内
         2026-03-12: 一年内 | +1年 | 1年后 | +1y",
    );
    let at = |text: &str, today: &str| parse(text, day(today)).map(|due| due.date);
    assert_eq!(at("+1月", "2025-01-31"), Ok(Some(day("2025-02-28"))));
    for weekend in ["2025-03-14", "2025-03-15", "2025-03-16"] {
        assert_eq!(at("1个工作日内", weekend), Ok(Some(day("2025-03-17"))));
        assert_eq!(at("5个工作日内", weekend), Ok(Some(day("2025-03-21"))));
        assert_eq!(at("6个工作日内", weekend), Ok(Some(day("2025-03-24"))));
    }
}

#[test]
fn working_days_are_counted_as_one_would_on_a_calendar() {
    for start in today().iter_days().take(7) {
        let workdays = start.iter_days().skip(1).filter(|d| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun));
        for (count, expected) in (1..30).zip(workdays) {
            assert_eq!(parse(&format!("{count}个工作日内"), start).unwrap().date, Some(expected), "{start} {count}");
        }
    }
}

#[test]
fn named_days_and_weekdays() {
    check(
        "2025-03-12: 今天 | 今日 | today | 立即 | 即日起 | 当天 | 周三 | 今天前
         2025-03-13: 明天 | 明日 | tomorrow | 明天前
         2025-03-14: 周五 | 本周五 | 这周五 | 星期五 | 礼拜五 | friday | 本周 | 本周内 | this week | 周五前 | this friday
         2025-03-14: 后天
         2025-03-17: 周一 | 下周一
         2025-03-10: 本周一
         2025-03-21: 下周五 | 下周 | 下周内 | next friday | next week | 下星期五 | 下个星期五
         2025-03-28: 下下周五
         2025-03-16: 周日 | 本周日 | 周末 | 星期天 | sunday
         2025-03-23: 下周日 | 下周末",
    );
}

#[test]
fn open_ones_have_no_date() {
    for text in ["持续推进", "长期坚持", "长期", "常态化", "持续 推进"] {
        let due = parse(text, today()).unwrap();
        assert_eq!((due.date, due.recurrence(), due.wording.as_str()), (None, None, text));
    }
}

#[test]
fn recurring_ones_say_how_and_when_next() {
    let yearly = Recurrence::Yearly { month: 12, day: 31 };
    for (text, expected, next) in [
        ("每年", yearly, "2025-12-31"),
        ("每年底前", yearly, "2025-12-31"),
        ("每年年底前", yearly, "2025-12-31"),
        ("yearly", yearly, "2025-12-31"),
        ("逐年", yearly, "2025-12-31"),
        ("每年1次", yearly, "2025-12-31"),
        ("每年6月30日前", Recurrence::Yearly { month: 6, day: 30 }, "2025-06-30"),
        ("每年2月底前", Recurrence::Yearly { month: 2, day: 29 }, "2026-02-28"),
        ("每年三季度", Recurrence::Yearly { month: 9, day: 30 }, "2025-09-30"),
        ("每半年", Recurrence::HalfYearly, "2025-06-30"),
        ("每季度", Recurrence::Quarterly, "2025-03-31"),
        ("每季度末", Recurrence::Quarterly, "2025-03-31"),
        ("每季度一次", Recurrence::Quarterly, "2025-03-31"),
        ("每月", Recurrence::Monthly { day: 31 }, "2025-03-31"),
        ("每月底前", Recurrence::Monthly { day: 31 }, "2025-03-31"),
        ("每月25日前", Recurrence::Monthly { day: 25 }, "2025-03-25"),
        ("每月二十五日前", Recurrence::Monthly { day: 25 }, "2025-03-25"),
        ("每月5日前", Recurrence::Monthly { day: 5 }, "2025-04-05"),
        ("每周", Recurrence::Weekly { weekday: Weekday::Fri }, "2025-03-14"),
        ("每周一", Recurrence::Weekly { weekday: Weekday::Mon }, "2025-03-17"),
        ("every friday", Recurrence::Weekly { weekday: Weekday::Fri }, "2025-03-14"),
        ("每天", Recurrence::Daily, "2025-03-12"),
    ] {
        let due = parse(text, today()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!((due.date, due.recurrence(), due.wording.as_str()), (None, Some(expected), text));
        assert_eq!(expected.next(today()), Some(day(next)), "{text}");
    }
    assert_eq!(Recurrence::Monthly { day: 31 }.next(day("2025-04-30")), Some(day("2025-04-30")));
    assert_eq!(Recurrence::Monthly { day: 25 }.next(day("2025-12-26")), Some(day("2026-01-25")));
    assert_eq!(Recurrence::Yearly { month: 2, day: 29 }.next(day("2028-02-29")), Some(day("2028-02-29")));
}

#[test]
fn the_wording_is_kept_as_typed_but_for_figures() {
    let wording = |text: &str| parse(text, today()).unwrap().wording.to_string();
    for text in ["2025-06-30", " 2025/6/30 ", "20250630", "6.30", "２０２５．６．３０"] {
        assert_eq!(wording(text), "", "{text}");
    }
    assert_eq!(wording("  2025年 ９月底前　"), "2025年 ９月底前");
    assert_eq!(wording("next Friday"), "next Friday");
}

#[test]
fn words_that_mean_another_day_tomorrow_are_relative() {
    let relative = |text: &str| parse(text, today()).unwrap().is_relative();
    for text in ["明天", "5个工作日内", "+2周", "周五", "下月底", "月底前", "年底前", "明年底", "15日前", "本季度末"]
    {
        assert!(relative(text), "{text}");
    }
    for text in ["2025-06-30", "9月底前", "6月30日前", "2025年底前", "三季度", "持续推进", "每月25日前"]
    {
        assert!(!relative(text), "{text}");
    }
}

#[test]
fn a_date_that_is_in_no_calendar_is_named() {
    let missing = |text: &str| match parse(text, today()) {
        Err(DueError::NoSuchDate { year, month, day }) => (year, month, day),
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(missing("9月31日"), (2025, 9, 31));
    assert_eq!(missing("9月31日前"), (2025, 9, 31));
    assert_eq!(missing("2月30日"), (2026, 2, 30));
    assert_eq!(missing("2月29日"), (2026, 2, 29));
    assert_eq!(missing("2023-02-29"), (2023, 2, 29));
    assert_eq!(missing("2023年2月29日"), (2023, 2, 29));
    assert_eq!(missing("20251301"), (2025, 13, 1));
    assert_eq!(missing("2025年13月1日"), (2025, 13, 1));
    assert_eq!(missing("下月31日"), (2025, 4, 31));
    assert_eq!(missing("32日前"), (2025, 3, 32));
    assert_eq!(missing("0000-01-01"), (0, 1, 1));
    assert_eq!(missing("10000-01-01"), (10000, 1, 1));
    assert_eq!(missing("10000年1月1日"), (10000, 1, 1));
    assert_eq!(missing("每年6月31日前"), (2025, 6, 31));
    assert_eq!(missing("每月32日前"), (2025, 3, 32));
    assert_eq!(parse("2月29日", day("2027-03-01")).unwrap().date, Some(day("2028-02-29")));
}

#[test]
fn anything_else_is_not_understood() {
    assert_eq!(parse("  　", today()), Err(DueError::Empty));
    for text in [
        "青少年",
        "前",
        "底前",
        "+99999999999天",
        "+999999999天",
        "+999999999月",
        "+999999999个工作日",
        "三天前",
        "一周前",
        "13月底前",
        "五季度",
        "0季度",
        "周八",
        "2025",
        "九九九九九九九九九九九九年底",
        "99999年底",
        "0年底",
        "每",
        "每每年",
        "1 2月",
        "2025-06-30-01",
        "2025-06/30",
        "...",
        "-",
        "+",
        "+5",
        "十十月",
        "尽快",
        "2025年底前或明年",
        "Q5",
        "q32025年",
        "每年q32025",
    ] {
        let error = parse(text, today());
        assert_eq!(error, Err(DueError::NotUnderstood { text: text.into() }), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,20}") {
        let _ = parse(&text, today());
    }

    #[test]
    fn no_phrase_panics_on_any_day(
        parts in prop::collection::vec(prop::sample::select(vec![
            "每", "年", "月", "日", "周", "季度", "第", "底", "前", "内", "后", "半", "本", "下", "个", "工作日", "天", "+", "-", "/", ".",
            "q", "endof", "next", "今", "明", "十", "〇", "三", "0", "31", "2", "12", "29", "2025", "999999999", " ",
        ]), 0..8),
        days in any::<i32>(),
    ) {
        let today = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
        if let Ok(due) = parse(&parts.concat(), today) {
            due.is_relative();
            due.recurrence().and_then(|recurrence| recurrence.next(today));
        }
    }

    #[test]
    fn any_iso_date_reads_back(days in 1..=3_652_059_i32) {
        let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
        prop_assert_eq!(parse(&date.to_string(), today()), Ok(Due { date: Some(date), wording: Str::new() }));
    }

    #[test]
    fn a_date_without_a_year_is_never_past(month in 1..=12_u32, day in 1..=28_u32, days in 0..20_000_i32) {
        let today = NaiveDate::from_num_days_from_ce_opt(730_000 + days).unwrap();
        let date = parse(&format!("{month}月{day}日前"), today).unwrap().date.unwrap();
        prop_assert!(date >= today && date < today + Days::new(366));
    }
}
