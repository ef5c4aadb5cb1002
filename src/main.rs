//! The program: reads the clock, the environment and the terminal, and passes them on. Nothing else in the crate does.

use chrono::{Local, NaiveDate, Timelike};
use lianxi::cli::{self, Code, Output, Ran, Settings, World};
use lianxi::text::{Lang, Text};
use std::collections::hash_map::RandomState;
use std::env;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let variable = |name: &str| env::var(name).ok();
    let world = World {
        args: env::args_os().collect(),
        here: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        lang: locale(),
        today: variable("LIANXI_TODAY"),
        seed: variable("LIANXI_SEED"),
        author: variable("LIANXI_AUTHOR"),
        clock,
        chance,
        input: &mut io::stdin(),
        width: width(),
    };
    let output = match cli::run(world) {
        Ran::Done(output) => output,
        Ran::Screen(settings) => screen(&settings),
    };
    write(&output)
}

/// Opens the screen.
fn screen(settings: &Settings) -> Output {
    let sentence = Text::of(settings.lang).errors.no_terminal;
    Output { data: String::new(), talk: format!("{sentence}\n"), code: Code::Refused }
}

/// Writes data and talk, each in one piece. A reader that has gone away (`lianxi tree | head`) has had what it wanted.
fn write(output: &Output) -> ExitCode {
    let mut code = output.code as u8;
    if !output.data.is_empty()
        && let Err(error) = write_whole(&mut io::stdout().lock(), &output.data)
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        let _ = writeln!(io::stderr(), "lianxi: {error}");
        code = Code::Disk as u8;
    }
    if !output.talk.is_empty() {
        // there is nobody left to tell where this fails
        let _ = io::stderr().lock().write_all(output.talk.as_bytes());
    }
    ExitCode::from(code)
}

fn write_whole(to: &mut impl Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}

/// The locale's language; Chinese where there is none or it has no language.
fn locale() -> Lang {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let has_language = |value: &String| !matches!(value.split('.').next(), Some("C" | "POSIX"));
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(set).find(has_language);
    let named = if cfg!(windows) { named.or_else(sys_locale::get_locale) } else { named };
    named.and_then(|value| Lang::parse(&value)).unwrap_or_default()
}

fn clock() -> (NaiveDate, u32) {
    let now = Local::now();
    (now.date_naive(), now.num_seconds_from_midnight())
}

/// A number that no other run has: the standard library seeds its hash maps from the system.
fn chance() -> u32 {
    RandomState::new().build_hasher().finish() as u32
}

/// Columns of the terminal that standard output is.
fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}
