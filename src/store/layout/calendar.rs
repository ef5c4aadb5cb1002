//! `calendar/<year>.toml` in the workspace's folder: the holidays and worked weekends of a year, as announced; a day a line.

use super::Reader;
use super::reader::unknown_table;
use crate::domain::{Str, YearDays};
use crate::store::{Problem, ProblemKind, Tables};
use chrono::{Datelike, NaiveDate, Weekday};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The folder, below the workspace's.
pub const FOLDER: &str = "calendar";

/// `calendar/2025.toml`
pub fn file(year: i32) -> String {
    format!("{FOLDER}/{year}.toml")
}

/// Reads the file of a year. A day of another year and a worked day that is no weekend are problems.
pub fn read(year: i32, tables: &mut Tables) -> (YearDays, Vec<Problem>) {
    let problems = RefCell::default();
    let mut days = YearDays::default();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        let is_weekend = |day: NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match &*table.name {
            "" => {
                days.notice = reader.str("notice").unwrap_or_default();
                days.number = reader.str("number").filter(|number| !number.is_empty());
                days.issued = reader.date("issued");
                reader.finish();
            }
            "off" => days.off = listed(&reader, year, |_| true),
            "work" => days.work = listed(&reader, year, is_weekend),
            _ => unknown_table(source, table, &problems),
        }
    }
    (days, problems.into_inner())
}

/// The days that are a table's keys, with what stands behind them.
fn listed(reader: &Reader, year: i32, fits: impl Fn(NaiveDate) -> bool) -> BTreeMap<NaiveDate, Str> {
    let mut days = BTreeMap::new();
    for field in reader.rest() {
        let day = field.key.parse().ok().filter(|day: &NaiveDate| day.year() == year && fits(*day));
        match (day, field.value.as_str()) {
            (Some(day), Some(name)) => drop(days.insert(day, name.clone())),
            (Some(_), None) => reader.bad(field, "text"),
            (None, _) => {
                let kind = ProblemKind::BadValue {
                    key: field.key.to_string(),
                    value: field.key.to_string(),
                    expected: "date",
                };
                reader.problem_at(field.key_span.start, kind);
            }
        }
    }
    days
}
