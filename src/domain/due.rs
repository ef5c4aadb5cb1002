//! Deadlines in the office's words: what was written, and the day it means.
//!
//! The rules, which hold for Chinese and English alike:
//!
//! - A period means its last day, with or without 底 and 前: 9月底前 is 30 September, 三季度 is 30 September, 2025年 is 31
//!   December. 前 never moves a date: 6月30日前 is 30 June, 9月前 is 30 September; only
//!   before a holiday it means the day before, 国庆前 is 30 September.
//! - A date without a year is the next one that is not past, today included. A year that is given stands, past or
//!   not; so do 今年, 本月 and 本周.
//! - A week means its Friday, 周末 its Sunday. 下周五 and `next friday` are in the week after this one.
//! - N日内 and N天后 count from the day after today; working days are those of the calendar that is given,
//!   Monday to Friday without one.
//! - What recurs has no date of its own, see [`Due::recurrence`]; 持续推进 and its like have none either.

mod plain;
mod words;

use super::{Calendar, Str};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use words::{Meaning, Style};

/// A deadline: the date that was understood, and the words it was given in.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Debug, Hash)]
pub struct Due {
    /// `None` for the open ones: 持续推进, 每年, 每季度.
    pub date: Option<NaiveDate>,
    /// As written; empty where only a date was given.
    pub wording: Str,
}

/// Why a text is no deadline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DueError {
    /// Nothing was written.
    Empty,
    /// A date that no calendar has: 9月31日. A year that was not written is the one the date would have fallen in.
    NoSuchDate { year: i32, month: u32, day: u32 },
    /// No deadline in it, or none that can be told for sure.
    NotUnderstood { text: Str },
}

/// How a deadline comes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Recurrence {
    /// 每天
    Daily,
    /// 每周; Friday where no day is named.
    Weekly { weekday: Weekday },
    /// 每月25日前; in a month that is too short, its last day, so that 31 stands for 每月底.
    Monthly { day: u32 },
    /// 每季度, on its last day.
    Quarterly,
    /// 每半年, at the end of June and of December.
    HalfYearly,
    /// 每年6月30日前; 31 December where no day is named. 29 February is the 28th in other years.
    Yearly { month: u32, day: u32 },
}

/// Reads a deadline as people write it; `today` is what 明天, 9月底前 and the like count from.
///
/// The wording is kept as typed, without the white space around it; it is empty where the text is a date in figures
/// (`2025-06-30`, `2025/6/30`, `6.30`). Years are 1 to 9999.
pub fn parse(text: &str, today: NaiveDate) -> Result<Due, DueError> {
    parse_by(text, today, &Calendar::new())
}

/// The same with the holidays that are known: 5个工作日内 does not count them.
pub fn parse_by(text: &str, today: NaiveDate, calendar: &Calendar) -> Result<Due, DueError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DueError::Empty);
    }
    match words::read(text, today, calendar) {
        None => Err(DueError::NotUnderstood { text: text.into() }),
        Some(Meaning::NoSuchDate { year, month, day }) => Err(DueError::NoSuchDate { year, month, day }),
        Some(Meaning::On(date, Style::Figures)) => Ok(Due { date: Some(date), wording: Str::new() }),
        Some(Meaning::On(date, Style::Words | Style::FromToday)) => Ok(Due { date: Some(date), wording: text.into() }),
        Some(Meaning::Open | Meaning::Every(_)) => Ok(Due { date: None, wording: text.into() }),
    }
}

impl Due {
    /// How it comes back, where its wording says that it does: 每月25日前, 每年.
    pub fn recurrence(&self) -> Option<Recurrence> {
        match words::read(&self.wording, NaiveDate::default(), &Calendar::new()) {
            Some(Meaning::Every(recurrence)) => Some(recurrence),
            _ => None,
        }
    }

    /// Whether the wording means another day when it is read on another day: 明天, 下周五, 5个工作日内, 月底.
    ///
    /// Such words are no use beside a date in a list that is read next month; 9月底前 still is.
    pub fn is_relative(&self) -> bool {
        matches!(
            words::read(&self.wording, NaiveDate::default(), &Calendar::new()),
            Some(Meaning::On(_, Style::FromToday))
        )
    }
}

impl Recurrence {
    /// The next day on which it falls due, today included; `None` at the end of the calendar.
    pub fn next(self, today: NaiveDate) -> Option<NaiveDate> {
        match self {
            Recurrence::Daily => Some(today),
            Recurrence::Weekly { weekday } => {
                let ahead = (7 + weekday.num_days_from_monday() - today.weekday().num_days_from_monday()) % 7;
                today.checked_add_days(Days::new(ahead.into()))
            }
            Recurrence::Monthly { day } => {
                let here = clamped(today.year(), today.month(), day)?;
                let (year, month) = month_after(today);
                if here >= today { Some(here) } else { clamped(year, month, day) }
            }
            Recurrence::Quarterly => last_day(today.year(), today.month().div_ceil(3) * 3),
            Recurrence::HalfYearly => last_day(today.year(), today.month().div_ceil(6) * 6),
            Recurrence::Yearly { month, day } => {
                let here = clamped(today.year(), month, day)?;
                if here >= today { Some(here) } else { clamped(today.year() + 1, month, day) }
            }
        }
    }
}

/// The last day of a month; `None` for a month or year that there is not.
fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1).filter(|day| (1..=9999).contains(&day.year()))?;
    first.with_day(first.num_days_in_month().into())
}

/// The day of a month, or its last one where it has fewer.
fn clamped(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let last = last_day(year, month)?;
    last.with_day(day.min(last.day()))
}

/// The year and month after the one that a day is in.
fn month_after(day: NaiveDate) -> (i32, u32) {
    if day.month() == 12 { (day.year() + 1, 1) } else { (day.year(), day.month() + 1) }
}

#[cfg(test)]
mod tests;
