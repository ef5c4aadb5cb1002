//! Numbers of minutes: 〔2025〕3号, given at signing, and 第n次.
//!
//! Two machines that sign without knowing of each other give the same number twice; the files merge, and the check finds it.

use crate::domain::{Field, Plan, RecordId, RecordKind};

/// The number of some minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub struct Number {
    pub year: i64,
    pub number: i64,
}

/// Every number that has been given, with the minutes that have it.
pub fn numbers(plan: &Plan) -> Vec<(Number, &RecordId)> {
    let minutes = plan.records_of(RecordKind::Minutes);
    let given = minutes.filter_map(|(id, record)| {
        let number = Number { year: record.number(Field::Year)?, number: record.number(Field::Number)? };
        Some((number, id))
    });
    let mut given: Vec<_> = given.collect();
    given.sort();
    given
}

/// The numbers that several minutes have, and which.
pub fn doubles(plan: &Plan) -> Vec<(Number, Vec<RecordId>)> {
    let given = numbers(plan);
    let groups = given.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| (group[0].0, group.iter().map(|(_, id)| (*id).clone()).collect())).collect()
}

/// The number that the next minutes of a year get.
pub fn next_number(plan: &Plan, year: i64) -> i64 {
    let given = numbers(plan);
    let of_year = given.iter().filter(|(number, _)| number.year == year);
    of_year.map(|(number, _)| number.number).max().unwrap_or(0) + 1
}
