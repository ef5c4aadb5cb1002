//! Calendars for phones and desktops (RFC 5545): meetings and deadlines. The same data gives the same bytes.
//!
//! Shanghai has had one offset since 1991, so its zone is one block. Lines are folded at 75 octets without cutting a
//! character; a day's event ends on the next day; ids are made from the records' own and stay the same from export to export.

use chrono::{Days, Duration, NaiveDate, NaiveTime};

/// What stands in a calendar.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Unique in the plan and the same in every export: `task-3.1.2`, `meeting-2025-06-12-plenary`.
    pub id: String,
    pub when: When,
    pub title: String,
    pub place: String,
    /// Anything longer; line ends are kept.
    pub text: String,
    /// Days before at which the reader's program reminds; `None` for no reminder.
    pub remind_days: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum When {
    Day(NaiveDate),
    /// In Shanghai's time.
    At {
        date: NaiveDate,
        time: NaiveTime,
        minutes: u32,
    },
}

const HEAD: [&str; 14] = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//lianxi//lianxi//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Shanghai",
    "BEGIN:STANDARD",
    "DTSTART:19910915T000000",
    "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800",
    "TZNAME:CST",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// The events as an `.ics` file. `name` is what the reader's program calls the calendar, `plan` makes the ids unique in the
/// world, and `stamp` is the day that the data is of.
pub fn ics(name: &str, plan: &str, stamp: NaiveDate, events: &[Event]) -> String {
    let mut out = String::new();
    HEAD.iter().for_each(|head| line(&mut out, head));
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    line(&mut out, "X-WR-TIMEZONE:Asia/Shanghai");
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}@{}.lianxi", name_of(&event.id), name_of(plan)));
        line(&mut out, &format!("DTSTAMP:{}T000000Z", stamp.format("%Y%m%d")));
        match event.when {
            When::Day(day) => {
                let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
                line(&mut out, &format!("DTSTART;VALUE=DATE:{}", day.format("%Y%m%d")));
                line(&mut out, &format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
                line(&mut out, "TRANSP:TRANSPARENT");
            }
            When::At { date, time, minutes } => {
                let start = date.and_time(time);
                let end = start.checked_add_signed(Duration::minutes(minutes.into())).unwrap_or(start);
                line(&mut out, &format!("DTSTART;TZID=Asia/Shanghai:{}", start.format("%Y%m%dT%H%M%S")));
                line(&mut out, &format!("DTEND;TZID=Asia/Shanghai:{}", end.format("%Y%m%dT%H%M%S")));
            }
        }
        line(&mut out, &format!("SUMMARY:{}", escaped(&event.title)));
        if !event.place.is_empty() {
            line(&mut out, &format!("LOCATION:{}", escaped(&event.place)));
        }
        if !event.text.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&event.text)));
        }
        if let Some(days) = event.remind_days {
            line(&mut out, "BEGIN:VALARM");
            line(&mut out, "ACTION:DISPLAY");
            line(&mut out, &format!("DESCRIPTION:{}", escaped(&event.title)));
            line(&mut out, &format!("TRIGGER:-P{days}D"));
            line(&mut out, "END:VALARM");
        }
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// A line, folded at 75 octets.
fn line(out: &mut String, text: &str) {
    const MOST: usize = 75;
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// Text as a value: marks that separate are escaped, line ends are `\n`, controls are dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// What an id may be made of; anything else becomes its number, so that two ids stay two.
fn name_of(id: &str) -> String {
    let one = |c: char| match c {
        c if c.is_ascii_alphanumeric() || "-._".contains(c) => c.to_string(),
        c => format!("u{:x}", c as u32),
    };
    id.chars().map(one).collect()
}
