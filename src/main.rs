//! The program: reads the clock, the environment and the terminal, and passes them on. Nothing else in the crate does.

use chrono::{Local, NaiveDate, Timelike};
use directories::ProjectDirs;
use lianxi::cli::{self, Code, Output, Ran, Settings, World};
use lianxi::git::Stop;
use lianxi::ops::{self, Moment};
use lianxi::text::{Lang, Text};
use lianxi::tui::term::Colours;
use lianxi::tui::{self, TuiArgs, TuiError};
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::{env, fs};

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
        patience: variable("LIANXI_PATIENCE"),
        stop,
        progress,
        width: width(),
        past: None,
    };
    let output = match cli::run(world) {
        Ran::Done(output) => output,
        Ran::Screen(settings) => screen(&settings),
    };
    write(&output)
}

/// Opens the screen.
fn screen(settings: &Settings) -> Output {
    let text = Text::of(settings.lang);
    let error = text.help.usage.error;
    let said = |sentence: String, code| Output { data: String::new(), talk: format!("{error}{sentence}\n"), code };
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return said(text.errors.no_terminal.to_string(), Code::Refused);
    }
    let folders = ProjectDirs::from("", "", "lianxi");
    let keys = folders.as_ref().and_then(|folders| fs::read_to_string(folders.config_dir().join("keys.toml")).ok());
    let seed = env::var("LIANXI_SEED").ok().and_then(|seed| seed.parse().ok());
    let fixed = settings.today;
    let moment = move || {
        let (today, second) = fixed.map_or_else(clock, |today| (today, 0));
        let author = env::var("LIANXI_AUTHOR").ok().filter(|author| !author.is_empty());
        Moment { today, second, chance: seed.unwrap_or_else(chance), author }
    };
    let args = TuiArgs {
        dir: settings.dir.canonicalize().unwrap_or_else(|_| settings.dir.clone()),
        plan: settings.plan.clone(),
        past: settings.past.clone(),
        text,
        moment: Box::new(moment),
        data_dir: folders.map(|folders| folders.data_dir().to_path_buf()),
        keys,
        colours: colours(),
        is_light: has_light_background(),
        project: settings.project.clone(),
    };
    match tui::run(args) {
        Ok(()) => Output { data: String::new(), talk: String::new(), code: Code::Done },
        Err(TuiError::Refused(refusal)) => said(ops::say_refusal(&refusal, text), Code::Refused),
        Err(TuiError::Open(error)) => cli::cannot_open(&error, text),
        Err(TuiError::Terminal(error)) => said(format!("{} ({error})", text.errors.no_terminal), Code::Disk),
    }
}

/// No colours where the user wants none, all of them where the terminal says that it has them.
fn colours() -> Colours {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let term = set("TERM").unwrap_or_default();
    match set("NO_COLOR") {
        Some(_) => Colours::None,
        None if set("COLORTERM").is_some() || term.contains("256color") || term.contains("direct") => Colours::True,
        None if term == "dumb" => Colours::None,
        None => Colours::Sixteen,
    }
}

/// What the terminal says of its background, in the way that rxvt began: `COLORFGBG=0;15`; or what the user says.
fn has_light_background() -> bool {
    match env::var("LIANXI_THEME").as_deref() {
        Ok("light") => true,
        Ok("dark") => false,
        _ => env::var("COLORFGBG").is_ok_and(|value| matches!(value.rsplit(';').next(), Some("7" | "15"))),
    }
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

/// From now on Ctrl-C and a request to end ask whoever works to stop; a second one ends the program.
fn stop() -> Stop {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP] {
        let _ = signal_hook::flag::register_conditional_shutdown(signal, 130, flag.clone());
        let _ = signal_hook::flag::register(signal, flag.clone());
    }
    Stop::of(flag)
}

/// Shows on one line of the terminal how far something is.
fn progress(sentence: &str) {
    if io::stderr().is_terminal() {
        let _ = write!(io::stderr().lock(), "\r\x1b[K{sentence}");
    }
}

/// Columns of the terminal that standard output is.
fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
}
