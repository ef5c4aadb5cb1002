//! Running things in turn, and holding their times against each other.

use super::table::{Row, median, seconds};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Runs things in turn, there and back, and gives the times of each.
pub fn in_turn<const N: usize>(rounds: usize, mut run: impl FnMut(usize) -> Duration) -> [Vec<f64>; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..rounds {
        for at in 0..N {
            let which = if round % 2 == 0 { at } else { N - 1 - at };
            times[which].push(run(which));
        }
    }
    times.map(|times| seconds(&times))
}

/// The median of the ratios, round by round.
pub fn ratio(of: &[f64], to: &[f64]) -> f64 {
    median(of.iter().zip(to).map(|(of, to)| of / to).collect())
}

pub fn times(goal: &'static str, what: impl Into<String>, measured: f64, most: f64) -> Row {
    Row { goal, what: what.into(), measured, most, unit: "×" }
}

pub fn count(goal: &'static str, what: impl Into<String>, measured: f64, most: f64, unit: &'static str) -> Row {
    Row { goal, what: what.into(), measured, most, unit }
}

/// A whole process, from its start to its end.
pub fn whole(mut command: Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    command.status().expect("it runs");
    begun.elapsed()
}

pub fn with(mut command: Command, args: &[&str]) -> Command {
    command.args(args);
    command
}
