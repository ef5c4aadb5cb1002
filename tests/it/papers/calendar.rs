//! The `.ics` read by a parser that is not ours, and the working-day calendar in files.

use crate::desk::Desk;
use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Weekday};
use icalendar::parser::{read_calendar, unfold};
use lianxi::domain::{Calendar, Str};
use lianxi::export::{Event, When, ics};
use lianxi::store::{layout, read_tables};
use proptest::prelude::*;
use std::fs;
use std::path::Path;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn event(title: &str) -> Event {
    Event {
        id: "task-3.1.2".into(),
        when: When::Day(day("2025-09-30")),
        title: title.into(),
        place: String::new(),
        text: String::new(),
        remind_days: Some(3),
    }
}

#[test]
fn an_independent_parser_reads_what_was_written() {
    let title = "编制全市中小学科学教育资源清单；牵头单位：市科协, 配合单位：市教育局、市科技局; 完成时限\\9月底前";
    let text = "第一行\n第二行，很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长";
    let meeting = Event {
        id: "meeting-2025-06-12-plenary".into(),
        when: When::At { date: day("2025-06-12"), time: NaiveTime::from_hms_opt(9, 0, 0).unwrap(), minutes: 90 },
        place: "市政府2号楼,三楼".into(),
        text: text.into(),
        ..event("全体会议")
    };
    let written = ics("科普联席会议", "qingyuan-2021-2025", day("2025-06-01"), &[event(title), meeting]);
    assert!(written.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{written}");
    let unfolded = unfold(&written);
    let calendar = read_calendar(&unfolded).unwrap();
    let zones: Vec<_> = calendar.components.iter().filter(|part| part.name == "VTIMEZONE").collect();
    assert_eq!(zones.len(), 1);
    let events: Vec<_> = calendar.components.iter().filter(|part| part.name == "VEVENT").collect();
    let value = |at: usize, name: &str| {
        let property = events[at].properties.iter().find(|property| property.name == name).expect("there");
        property.val.as_ref().to_string()
    };
    assert_eq!(value(0, "UID"), "task-3.1.2@qingyuan-2021-2025.lianxi");
    assert_eq!(value(0, "DTSTART"), "20250930");
    assert_eq!(value(0, "DTEND"), "20251001", "a day ends on the next one");
    assert_eq!(value(0, "SUMMARY"), title);
    assert_eq!(value(1, "DTSTART"), "20250612T090000");
    assert_eq!(value(1, "DTEND"), "20250612T103000");
    assert_eq!(value(1, "DESCRIPTION"), text);
    assert_eq!(value(1, "LOCATION"), "市政府2号楼,三楼");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_title_survives_folding_and_escaping(title in "[ -~一-龥，；、𠀀-𠀠\\\\;,\n]{0,120}") {
        let written = ics("会议", "plan", day("2025-06-01"), &[event(&title)]);
        for line in written.split("\r\n") {
            prop_assert!(line.len() <= 75);
        }
        let unfolded = unfold(&written);
        let calendar = read_calendar(&unfolded).unwrap();
        let found = calendar.components.iter().find(|part| part.name == "VEVENT").unwrap();
        let summary = found.properties.iter().find(|property| property.name == "SUMMARY").unwrap();
        prop_assert_eq!(summary.val.as_ref().to_string(), title);
    }
}

#[test]
fn the_calendar_files_are_right_by_themselves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut calendar = Calendar::new();
    for year in 2021..=2026 {
        let text: Str = fs::read_to_string(root.join(layout::calendar::file(year))).unwrap().into();
        let (days, problems) = read_tables(&text, |tables| layout::calendar::read(year, tables)).unwrap();
        assert_eq!(problems, [], "{year}");
        assert!(days.notice.contains(&year.to_string()) && days.issued.is_some(), "{year}");
        // what is swapped comes out even: weekdays off = weekends worked + the holidays that the law gives
        let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let given = if year < 2025 { 11 } else { 13 };
        let off = days.off.keys().filter(|day| !is_weekend(day)).count();
        let lost = given - (off - days.work.len());
        assert!(lost <= 2, "{year}: {off} weekdays off, {} weekends worked", days.work.len());
        assert!(days.work.keys().all(|day| !days.off.contains_key(day)), "{year}");
        calendar.set(year, days);
    }
    assert_eq!(calendar.on_or_after(day("2025-10-01")), day("2025-10-09"));
    assert_eq!(calendar.on_or_after(day("2026-02-15")), day("2026-02-24"));
    assert!(calendar.is_working(day("2025-09-28")) && !calendar.is_working(day("2025-06-02")));
    // the mean year has about 250 working days
    for year in 2021..=2026 {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let count =
            first.iter_days().take_while(|day| day.year() == year).filter(|day| calendar.is_working(*day)).count();
        assert!((247..=252).contains(&count), "{year}: {count}");
    }
    assert_eq!(day("2025-06-12") + Duration::days(1), day("2025-06-13"));
}

#[test]
fn the_light_steps_over_holidays() {
    let light = |desk: &Desk, today: &str| {
        let tasks = desk.json(&["tasks", "--today", today]);
        let tasks = tasks.as_array().unwrap();
        let task = tasks.iter().find(|task| task["id"] == "3.1.2").unwrap();
        task["light"].as_str().unwrap().to_string()
    };
    let desk = Desk::new();
    desk.done(&["deadline", "3.1.2", "2025-10-10"]);
    // 30 September is two working days before 10 October where the year is known, and eight where it is not
    assert_eq!(light(&desk, "2025-09-30"), "green");
    fs::create_dir_all(desk.root().join("calendar")).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("calendar/2025.toml");
    fs::copy(&from, desk.root().join("calendar/2025.toml")).unwrap();
    assert_eq!(light(&desk, "2025-09-30"), "yellow");
    // five working days from 29 September: 30, 9, 10, 11 (a Saturday that is worked), 13
    desk.done(&["deadline", "3.1.3", "5个工作日内", "--today", "2025-09-29"]);
    assert!(desk.text("tasks/3.1.toml").contains("2025-10-13"), "{}", desk.text("tasks/3.1.toml"));
}

#[test]
fn a_wrong_calendar_is_told_by_its_line_and_counted_as_far_as_it_goes() {
    let desk = Desk::new();
    desk.done(&["deadline", "3.1.2", "2025-10-10"]);
    fs::create_dir_all(desk.root().join("calendar")).unwrap();
    let text = "notice = \"通知\"\n\n[off]\n\"2025-10-01\" = \"国庆节\"\n\"2025-13-01\" = \"国庆节\"\n\n[work]\n\"2025-10-09\" = \"国庆节\"\n";
    fs::write(desk.root().join("calendar/2025.toml"), text).unwrap();
    let run = desk.run(&["show", "3.1.2", "--today", "2025-09-30"]);
    assert!(run.talk.contains("calendar/2025.toml:5:1:"), "{}", run.talk);
    assert!(run.talk.contains("calendar/2025.toml:8:1:"), "a worked day that is no weekend: {}", run.talk);
    assert!(!run.talk.contains("plans/qingyuan-2021-2025/calendar"), "{}", run.talk);
    fs::write(desk.root().join("calendar/2025.toml"), "[off\n").unwrap();
    let run = desk.run(&["show", "3.1.2", "--today", "2025-09-30"]);
    assert!(run.talk.contains("calendar/2025.toml:1:"), "{}", run.talk);
    desk.done(&["mark", "3.1.2", "doing"]);
}

#[test]
fn a_new_workspace_has_the_calendar_and_keeps_one_that_is_there() {
    let desk = Desk::new();
    let home = desk.root().join("new");
    fs::create_dir_all(home.join("calendar")).unwrap();
    fs::write(home.join("calendar/2024.toml"), "# ours\n").unwrap();
    desk.done(&["init", "new"]);
    assert_eq!(fs::read_to_string(home.join("calendar/2024.toml")).unwrap(), "# ours\n");
    assert!(fs::read_to_string(home.join("calendar/2026.toml")).unwrap().contains("2026-10-10"));
    let kept = std::process::Command::new("git").args(["ls-files", "calendar"]).current_dir(&home).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&kept.stdout).lines().count(), 6);
}
