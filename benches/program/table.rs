//! The table of the goals.

use std::time::Duration;

/// One goal: what was measured and what it should be.
pub struct Row {
    pub goal: &'static str,
    pub what: String,
    pub measured: f64,
    pub most: f64,
    pub unit: &'static str,
}

/// Prints the table as Markdown, in cells that line up.
pub fn print(rows: &[Row]) {
    let cells: Vec<[String; 5]> = rows.iter().map(cells).collect();
    let heads = ["Goal", "What", "Measured", "At most", ""].map(String::from);
    let width = |column: usize| cells.iter().chain([&heads]).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 5] = std::array::from_fn(width);
    let line = |row: &[String; 5]| {
        let padded = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        println!("| {} |", padded.collect::<Vec<_>>().join(" | "));
    };
    line(&heads);
    line(&widths.map(|width| "-".repeat(width)));
    cells.iter().for_each(line);
}

fn cells(row: &Row) -> [String; 5] {
    let number = |value: f64| match (row.unit, value) {
        ("×", value) => format!("{value:.2}×"),
        (unit, value) => format!("{value:.0} {unit}").trim_end().to_string(),
    };
    let verdict = if row.measured <= row.most { "met" } else { "not met" };
    [row.goal.to_string(), row.what.clone(), number(row.measured), number(row.most), verdict.to_string()]
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The value below which 99 of 100 lie.
pub fn nearly_worst(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() * 99 / 100).copied().unwrap_or(f64::NAN)
}

pub fn seconds(times: &[Duration]) -> Vec<f64> {
    times.iter().map(Duration::as_secs_f64).collect()
}
