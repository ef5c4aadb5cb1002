//! Working days: Monday to Friday, less the holidays and with the weekends that the State Council announces for a year.
//!
//! What a year's announcement says comes in as values. A year that is not known is counted Monday to Friday, and
//! [`Calendar::unknown_years`] tells, so that whoever prints a date can say so.

use super::Str;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::BTreeMap;

/// The announced days of one year.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct YearDays {
    /// The announcement: 国务院办公厅关于2025年部分节假日安排的通知.
    pub notice: Str,
    /// 国办发明电〔2024〕12号
    pub number: Option<Str>,
    pub issued: Option<NaiveDate>,
    /// Days off, with the holiday's name.
    pub off: BTreeMap<NaiveDate, Str>,
    /// Weekend days that are worked, with the holiday they make up for.
    pub work: BTreeMap<NaiveDate, Str>,
}

/// The years that have been read.
#[derive(Clone, Debug, Default)]
pub struct Calendar {
    years: BTreeMap<i32, YearDays>,
}

/// What somebody has looked up is no part of what a plan says: two plans are the same whatever years were read beside them.
impl PartialEq for Calendar {
    fn eq(&self, _: &Calendar) -> bool {
        true
    }
}

impl Calendar {
    /// A calendar that knows no year.
    pub const fn new() -> Self {
        Calendar { years: BTreeMap::new() }
    }

    pub fn set(&mut self, year: i32, days: YearDays) {
        self.years.insert(year, days);
    }

    pub fn forget(&mut self, year: i32) {
        self.years.remove(&year);
    }

    pub fn year(&self, year: i32) -> Option<&YearDays> {
        self.years.get(&year)
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        let is_weekday = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match self.years.get(&day.year()) {
            None => is_weekday,
            Some(days) => days.work.contains_key(&day) || is_weekday && !days.off.contains_key(&day),
        }
    }

    /// The holiday that a day is off for.
    pub fn holiday(&self, day: NaiveDate) -> Option<&Str> {
        self.years.get(&day.year())?.off.get(&day)
    }

    /// The day itself or the next working day: 顺延到工作日.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The day itself or the last working day before it.
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().rev().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The day that is `count` working days after `from`, the next one being the first; `from` itself for 0.
    pub fn after(&self, from: NaiveDate, count: u32) -> Option<NaiveDate> {
        if count == 0 {
            return Some(from);
        }
        from.iter_days().skip(1).filter(|day| self.is_working(*day)).nth(count as usize - 1)
    }

    /// The day that is `count` working days before `from`.
    pub fn before(&self, from: NaiveDate, count: u32) -> Option<NaiveDate> {
        if count == 0 {
            return Some(from);
        }
        from.iter_days().rev().skip(1).filter(|day| self.is_working(*day)).nth(count as usize - 1)
    }

    /// The working days from the day after `from` up to and including `to`, counted no further than `most`.
    pub fn count(&self, from: NaiveDate, to: NaiveDate, most: u32) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.filter(|day| self.is_working(*day)).take(most as usize).count() as u32
    }

    /// The working days to a deadline; negative when it is past, 0 on the day itself.
    pub fn days_left(&self, today: NaiveDate, due: NaiveDate) -> i32 {
        const FAR: u32 = 100_000;
        match due >= today {
            true => self.count(today, due, FAR) as i32,
            false => -(self.count(due, today, FAR) as i32),
        }
    }

    /// The years between two days that are counted Monday to Friday because nobody has read their announcement.
    pub fn unknown_years(&self, from: NaiveDate, to: NaiveDate) -> Vec<i32> {
        (from.year()..=to.year()).filter(|year| !self.years.contains_key(year)).collect()
    }
}

/// How far a light looks ahead in days, for so many working days: no row of holidays is longer than nine days.
pub fn horizon(today: NaiveDate, working_days: u32) -> NaiveDate {
    let days = u64::from(working_days) * 2 + 14;
    today.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// National Day 2025: 1 to 8 October off; Sunday 28 September and Saturday 11 October worked.
    fn calendar() -> Calendar {
        let days = YearDays {
            off: (1..=8).map(|at| (day(&format!("2025-10-0{at}")), "国庆节、中秋节".into())).collect(),
            work: ["2025-09-28", "2025-10-11"].map(|text| (day(text), "国庆节、中秋节".into())).into(),
            ..YearDays::default()
        };
        let mut calendar = Calendar::new();
        calendar.set(2025, days);
        calendar
    }

    #[test]
    fn holidays_are_skipped_and_worked_weekends_count() {
        let calendar = calendar();
        assert_eq!(calendar.after(day("2025-09-26"), 1), Some(day("2025-09-28")));
        assert_eq!(calendar.after(day("2025-09-30"), 1), Some(day("2025-10-09")));
        assert_eq!(calendar.after(day("2025-09-30"), 3), Some(day("2025-10-11")));
        assert_eq!(calendar.after(day("2025-10-03"), 0), Some(day("2025-10-03")));
        assert_eq!(calendar.before(day("2025-10-09"), 1), Some(day("2025-09-30")));
        assert_eq!(calendar.on_or_after(day("2025-10-01")), day("2025-10-09"));
        assert_eq!(calendar.on_or_after(day("2025-10-11")), day("2025-10-11"));
        assert_eq!(calendar.on_or_before(day("2025-10-08")), day("2025-09-30"));
        assert_eq!(calendar.holiday(day("2025-10-06")).map(Str::as_str), Some("国庆节、中秋节"));
    }

    #[test]
    fn days_left_are_negative_when_the_deadline_is_past() {
        let calendar = calendar();
        assert_eq!(calendar.days_left(day("2025-09-29"), day("2025-10-09")), 2);
        assert_eq!(calendar.days_left(day("2025-10-09"), day("2025-10-09")), 0);
        assert_eq!(calendar.days_left(day("2025-10-10"), day("2025-09-30")), -2);
    }

    #[test]
    fn an_unknown_year_is_counted_monday_to_friday_and_told() {
        let calendar = calendar();
        assert_eq!(calendar.after(day("2026-01-01"), 1), Some(day("2026-01-02")));
        assert_eq!(calendar.unknown_years(day("2025-12-01"), day("2026-01-10")), [2026]);
        assert!(calendar.unknown_years(day("2025-01-01"), day("2025-12-31")).is_empty());
    }

    #[test]
    fn adding_and_taking_away_are_each_others_inverse_between_working_days() {
        let calendar = calendar();
        for from in day("2025-09-01").iter_days().take(60).filter(|day| calendar.is_working(*day)) {
            for count in 0..20 {
                let there = calendar.after(from, count).expect("a day");
                assert_eq!(calendar.before(there, count), Some(from));
                assert_eq!(calendar.count(from, there, u32::MAX), count);
            }
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        let calendar = Calendar::new();
        assert_eq!(calendar.after(NaiveDate::MAX, 3), None);
        assert_eq!(calendar.before(NaiveDate::MIN, 3), None);
        assert_eq!(horizon(NaiveDate::MAX, 9), NaiveDate::MAX);
    }
}
