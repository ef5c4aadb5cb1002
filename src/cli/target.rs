//! `target`: the figure of a year.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::domain::narrow;
use crate::ops;
use clap::ArgMatches;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let say = &session.text.help.usage;
    let (year, value) = (words.at(1), words.at(2));
    let year_read: i32 = number(year, &["年"]).ok_or_else(|| Failure::usage((say.bad_year)(year)))?;
    let value_read: Option<f64> = number(value, &["%", "个", "名"]);
    let value_read = value_read.filter(|value| value.is_finite());
    let value_read = value_read.ok_or_else(|| Failure::usage((say.bad_figure)(value)))?;
    let source = own.get_one::<String>("source").map_or("", String::as_str);
    let mut workspace = session.open_to_change()?;
    let done = ops::set_actual(&mut workspace, words.at(0), year_read, value_read, source);
    change::answer(session, &workspace, done)
}

/// Reads a number in either width, with one of the units behind it or none.
fn number<T: std::str::FromStr>(text: &str, units: &[&str]) -> Option<T> {
    let text = narrow(text);
    let bare = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim();
    // `inf` and `nan` are numbers only to a machine
    let is_figure = bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    bare.parse().ok().filter(|_| is_figure)
}
