//! One run of the program: what it was given, what it has said so far, and opening the plan.

use super::fail::{Code, Failure};
use super::verb::Verb;
use super::{json, usage, visible};
use crate::domain::NodeId;
use crate::git::{self, Stop};
use crate::ops::{self, Moment};
use crate::store::ProblemKind;
use crate::text::{Lang, Text};
use crate::workspace::{self, Archive, Reach, State, Workspace};
use chrono::{Datelike, NaiveDate};
use clap::ArgMatches;
use serde::Serialize;
use std::ffi::OsString;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Everything that is not a file: read by `main.rs`, or made up by a test.
pub struct World<'w> {
    /// The arguments, the program's name first.
    pub args: Vec<OsString>,
    /// The current folder.
    pub here: PathBuf,
    /// The language of the user's locale.
    pub lang: Lang,
    /// `LIANXI_TODAY`, `LIANXI_SEED`, `LIANXI_AUTHOR`.
    pub today: Option<String>,
    pub seed: Option<String>,
    pub author: Option<String>,
    /// Today and the second of the day; asked only where it is needed.
    pub clock: fn() -> (NaiveDate, u32),
    /// A random number.
    pub chance: fn() -> u32,
    /// Standard input.
    pub input: &'w mut dyn Read,
    /// How many seconds another place may be silent, `LIANXI_PATIENCE`.
    pub patience: Option<String>,
    /// Has Ctrl-C ask to stop instead of ending the program; asked only by what can be stopped.
    pub stop: fn() -> Stop,
    /// Shows how far something is, where somebody is watching; nothing takes it away again.
    pub progress: fn(&str),
    /// Columns of the terminal that standard output is; `None` where it is none.
    pub width: Option<usize>,
    /// The past state that `as-of` was given; taken out of the arguments before they are parsed.
    pub past: Option<State>,
}

/// What the options that every verb takes say.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The folder to look for the workspace from, as an absolute path.
    pub dir: PathBuf,
    pub plan: Option<String>,
    pub lang: Lang,
    /// The day that was given with `--today` or `LIANXI_TODAY`.
    pub today: Option<NaiveDate>,
    pub json: bool,
    /// The past state that is looked at instead of the files.
    pub past: Option<State>,
    /// A meeting to show on the wall.
    pub project: Option<String>,
}

/// The language, or what is wrong with the one that was asked for.
pub(super) struct Language {
    pub text: &'static Text,
    pub problem: Option<Failure>,
}

/// Looks for `--lang` before the arguments are parsed, because the parser's words depend on it.
pub(super) fn language(world: &World) -> Language {
    let mut args = world.args.iter().skip(1).map(|arg| arg.to_string_lossy()).take_while(|arg| arg != "--");
    let mut wanted = None;
    while let Some(arg) = args.next() {
        if arg == "--lang" {
            wanted = args.next();
        } else if let Some(value) = arg.strip_prefix("--lang=") {
            wanted = Some(value.to_string().into());
        }
    }
    let text = Text::of(world.lang);
    match wanted.as_deref().map(|value| (value, Lang::parse(value))) {
        Some((_, Some(lang))) => Language { text: Text::of(lang), problem: None },
        Some((value, None)) if !value.starts_with('-') => {
            Language { text, problem: Some(Failure::usage((text.help.usage.bad_lang)(value))) }
        }
        Some(_) | None => Language { text, problem: None },
    }
}

/// The settings of a run without a verb, where that can be told without the parser: nothing, or options with their values.
///
/// Opening the screen then costs no table of verbs. Anything unusual is the parser's, which gives the same settings.
pub(super) fn plain_screen(world: &World, lang: Lang) -> Option<Settings> {
    let past = world.past.clone();
    let mut settings =
        Settings { dir: world.here.clone(), plan: None, lang, today: None, json: false, past, project: None };
    let mut args = world.args.iter().skip(1).map(|arg| arg.to_str());
    let mut day = world.today.clone().filter(|day| !day.is_empty());
    while let Some(arg) = args.next() {
        let value =
            |arg: Option<Option<&str>>| arg.flatten().filter(|value| !value.starts_with('-')).map(str::to_string);
        match arg? {
            "--dir" => settings.dir = world.here.join(value(args.next())?),
            "--plan" => settings.plan = Some(value(args.next())?),
            "--lang" => drop(value(args.next())?),
            "--today" => day = Some(value(args.next())?),
            _ => return None,
        }
    }
    settings.today = day.map(|day| a_day(&day).ok_or(())).transpose().ok()?;
    Some(settings)
}

/// The verb among the arguments, as far as it can be told without parsing them.
pub(super) fn verb_typed(args: &[OsString]) -> Option<Verb> {
    let mut args = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(arg) = args.next() {
        if matches!(arg.as_ref(), "--dir" | "--plan" | "--lang" | "--today") {
            args.next();
        } else if !arg.starts_with('-') {
            return Verb::parse(&arg);
        }
    }
    None
}

/// The words behind the verb; there are as many as it needs.
pub(super) struct Words(Vec<String>);

impl Words {
    pub fn of(verb: Verb, own: &ArgMatches, text: &Text) -> Result<Self, Failure> {
        let (least, most) = verb.word_count();
        let words: Vec<String> = match most {
            0 => Vec::new(),
            _ => own.get_many::<String>("words").into_iter().flatten().cloned().collect(),
        };
        if let Some(extra) = words.get(most) {
            return Err(Failure::usage((text.help.usage.too_many)(extra)));
        }
        if words.len() < least { Err(usage::words_missing(verb, text)) } else { Ok(Words(words)) }
    }

    pub fn all(&self) -> &[String] {
        &self.0
    }

    pub fn first(&self) -> Option<&str> {
        self.0.first().map(String::as_str)
    }

    /// The word at a place; empty where there is none.
    pub fn at(&self, at: usize) -> &str {
        self.0.get(at).map_or("", String::as_str)
    }

    /// All but the last, and the last.
    pub fn split_last(&self) -> (&[String], &str) {
        self.0.split_last().map_or((&[], ""), |(last, rest)| (rest, last))
    }
}

/// What a verb answers: data for standard output, and the code.
pub(super) struct Answer {
    pub data: String,
    pub code: Code,
}

impl Answer {
    pub fn done(data: String) -> Self {
        Answer { data, code: Code::Done }
    }
}

/// One run.
pub(super) struct Session<'w> {
    pub world: World<'w>,
    pub text: &'static Text,
    pub settings: Settings,
    /// What standard error will say.
    pub talk: String,
}

impl<'w> Session<'w> {
    pub fn new(world: World<'w>, own: &ArgMatches, text: &'static Text) -> Result<Self, Failure> {
        let option = |name| own.get_one::<String>(name).cloned();
        // lights are those of the day that is looked at
        let then = world
            .past
            .as_ref()
            .and_then(|state| if let State::Day(day) = state { Some(day.to_string()) } else { None });
        let day = option("today").or(then).or_else(|| world.today.clone()).filter(|day| !day.is_empty());
        let today = match day.map(|day| a_day(&day).ok_or(day)) {
            None => None,
            Some(Ok(day)) => Some(day),
            Some(Err(day)) => return Err(Failure::usage((text.help.usage.bad_today)(&day))),
        };
        let dir = option("dir").map_or(world.here.clone(), |dir| world.here.join(dir));
        let json = own.get_flag("json");
        let past = world.past.clone();
        let settings = Settings { dir, plan: option("plan"), lang: text.lang, today, json, past, project: None };
        Ok(Session { world, text, settings, talk: String::new() })
    }

    pub fn today(&self) -> NaiveDate {
        self.settings.today.unwrap_or_else(|| (self.world.clock)().0)
    }

    /// When and by whom something is done. The author costs a process, so that it is asked only where an entry is written.
    pub fn moment(&self, root: &Path, writes_entry: bool) -> Result<Moment, Failure> {
        let (today, second) = match self.settings.today {
            Some(today) => (today, 0),
            None => (self.world.clock)(),
        };
        let chance = match self.world.seed.as_deref().filter(|seed| !seed.is_empty()) {
            None => (self.world.chance)(),
            Some(seed) => match seed.trim().parse::<u64>() {
                Ok(number) => (number ^ (number >> 32)) as u32,
                Err(_) => return Err(Failure::usage((self.text.help.usage.bad_seed)(seed))),
            },
        };
        let author = match self.world.author.clone().filter(|author| !author.is_empty()) {
            None if writes_entry => git::author(root),
            author => author,
        };
        Ok(Moment { today, second, chance, author })
    }

    /// The workspace's folder.
    pub fn root(&self) -> Result<PathBuf, Failure> {
        workspace::find_root(&self.real_dir()?).ok_or_else(|| self.no_workspace())
    }

    /// Opens the plan.
    pub fn open(&self) -> Result<Workspace, Failure> {
        self.open_part(Reach::Whole)
    }

    /// Opens the plan as far as it is needed; the rest is read when it is asked for.
    pub fn open_part(&self, reach: Reach) -> Result<Workspace, Failure> {
        if let Some(state) = &self.settings.past {
            let opened = Workspace::as_of(&self.root()?, self.settings.plan.as_deref(), state);
            return opened.map_err(|error| Failure::open(&error, self.text));
        }
        let opened = Workspace::open_above(&self.real_dir()?, self.settings.plan.as_deref(), reach);
        let opened = opened.map_err(|error| Failure::open(&error, self.text))?.ok_or_else(|| self.no_workspace());
        let mut workspace = opened?;
        workspace.know_days(self.today());
        Ok(workspace)
    }

    /// What git keeps of the plan that is meant; the plan itself is not opened.
    pub fn archive(&self) -> Result<Archive, Failure> {
        let found = workspace::which_plan(&self.real_dir()?, self.settings.plan.as_deref());
        let found = found.map_err(|error| Failure::open(&error, self.text))?;
        let (root, plan) = found.ok_or_else(|| self.no_workspace())?;
        Archive::open(&root, &plan).map_err(|error| Failure::git(&error, self.text))
    }

    /// The folder to begin at, without `..` and links, so that looking upwards is looking upwards.
    fn real_dir(&self) -> Result<PathBuf, Failure> {
        let dir = &self.settings.dir;
        let missing = |_| Failure::refused((self.text.errors.file_not_found)(&dir.display().to_string()));
        dir.canonicalize().map_err(missing)
    }

    fn no_workspace(&self) -> Failure {
        Failure::refused((self.text.errors.no_workspace)(&self.settings.dir.display().to_string()))
    }

    /// Opens the plan for a change; what is wrong with its files is said, and does not stop it.
    pub fn open_to_change(&mut self) -> Result<Workspace, Failure> {
        let workspace = self.open()?;
        self.report(&workspace);
        Ok(workspace)
    }

    /// Opens the plan for a change of some tasks, and finds them; of a large plan only what is about them is read.
    pub fn open_for(&mut self, ids: &[String]) -> Result<(Workspace, Vec<NodeId>), Failure> {
        // looking for many one by one takes longer than reading all
        const FEW: usize = 16;
        let reach = if ids.len() > FEW { Reach::Whole } else { Reach::Clauses };
        let mut workspace = self.open_part(reach)?;
        ids.iter().filter_map(|id| NodeId::parse(id)).for_each(|id| workspace.read_clause(&id));
        self.report(&workspace);
        let ids = self.resolve(&workspace, ids)?;
        Ok((workspace, ids))
    }

    /// Finds the nodes that were named, each once.
    pub fn resolve(&self, workspace: &Workspace, ids: &[String]) -> Result<Vec<NodeId>, Failure> {
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let id = self.resolve_one(workspace, id)?;
            if !found.contains(&id) {
                found.push(id);
            }
        }
        Ok(found)
    }

    /// Finds a node.
    pub fn resolve_one(&self, workspace: &Workspace, id: &str) -> Result<NodeId, Failure> {
        ops::resolve(workspace, id).map_err(|refusal| Failure::refusal(&refusal, self.text))
    }

    /// Says a sentence on standard error.
    pub fn say(&mut self, sentence: &str) {
        self.talk.push_str(&visible::lines(sentence));
        self.talk.push('\n');
    }

    /// Says what is wrong with the files, `plans/…/matrix.toml:12:1: …`; whether one of them cannot be understood.
    ///
    /// Keys and files that nobody knows are for `check` to tell: they are kept and harm nothing.
    pub fn report(&mut self, workspace: &Workspace) -> bool {
        let mut is_damaged = false;
        for problem in workspace.problems() {
            is_damaged |= problem.kind.is_damage();
            let is_harmless = matches!(
                problem.kind,
                ProblemKind::UnknownKey { .. } | ProblemKind::UnknownTable { .. } | ProblemKind::UnknownFile
            );
            if !is_harmless {
                let file = file_name(workspace, &problem.file);
                let message = ops::problem_message(&problem.kind, self.text);
                let line = at_place(&file, problem.line, problem.column, &message);
                self.talk.push_str(&line);
            }
        }
        is_damaged
    }

    /// The answer of a verb that only looks: what is usable, and what is not.
    pub fn browsed(&mut self, workspace: &Workspace, data: String) -> Answer {
        let code = if self.report(workspace) { Code::Data } else { Code::Done };
        match workspace.plan().conflicts.len() {
            0 => {}
            count => self.say(&(self.text.conflicts.count)(count)),
        }
        Answer { data, code }
    }

    /// JSON, or what `print` writes for people.
    pub fn data(&self, value: &impl Serialize, print: impl FnOnce(&mut String)) -> String {
        self.data_of(|| value, print)
    }

    /// The same where what becomes JSON takes long to make.
    pub fn data_of<T: Serialize>(&self, value: impl FnOnce() -> T, print: impl FnOnce(&mut String)) -> String {
        if self.settings.json {
            return json::print(&value());
        }
        let mut out = String::with_capacity(8 << 10);
        print(&mut out);
        out
    }
}

/// A day that calendars have; beyond the year 9999 nobody can count on.
fn a_day(text: &str) -> Option<NaiveDate> {
    text.trim().parse().ok().filter(|day: &NaiveDate| (1..=9999).contains(&day.year()))
}

/// A file of the plan as it is called from the workspace's folder.
pub(super) fn file_name(workspace: &Workspace, file: &str) -> String {
    // the op log stands outside the plan and is named in full; the calendar is beside the plans
    if std::path::Path::new(file).is_absolute() || file.starts_with("calendar/") {
        file.to_string()
    } else {
        format!("plans/{}/{file}", workspace.plan_id())
    }
}

/// `file:line:column: message`; without a place where the file as a whole is meant.
pub(super) fn at_place(file: &str, line: u32, column: u32, message: &str) -> String {
    let (file, message) = (visible::line(file), visible::line(message));
    match line {
        0 => format!("{file}: {message}\n"),
        _ => format!("{file}:{line}:{column}: {message}\n"),
    }
}
