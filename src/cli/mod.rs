//! The command line: one verb a run, the same operations as on the screen, the same bytes.
//!
//! Data goes to standard output, talk to standard error, the verdict into the exit code. Nothing here reads the clock, the
//! environment or the terminal: `main.rs` passes them in as a [`World`].

mod args;
mod as_of;
mod assign;
mod bundle;
mod chain;
mod change;
mod check;
mod conflicts;
mod deadline;
mod decisions;
mod diff;
mod drafts;
mod entries;
mod export;
mod fail;
mod help;
mod history;
mod import;
mod init;
mod json;
mod mark;
mod matrix;
mod meeting;
mod merge;
mod minutes;
mod note;
mod opinions;
mod plans;
mod review;
mod search;
mod session;
mod setup_git;
mod shell;
mod show;
mod sync;
mod table;
mod target;
mod targets;
mod tasks;
mod tree;
mod undo;
mod units;
mod usage;
mod verb;
mod versions;
mod visible;

pub use fail::Code;
pub use session::{Settings, World};
pub use verb::Verb;

use clap::ArgMatches;
use clap::error::ErrorKind;
use fail::Failure;
use session::{Answer, Session};

/// What came of a run.
#[derive(Debug)]
pub enum Ran {
    Done(Output),
    /// No verb was given: the screen is wanted.
    Screen(Settings),
}

/// What is to be written, and the exit code.
#[derive(Debug)]
pub struct Output {
    /// For standard output.
    pub data: String,
    /// For standard error.
    pub talk: String,
    pub code: Code,
}

/// What is said where the screen found no plan that it can open.
pub fn cannot_open(error: &crate::workspace::OpenError, text: &crate::text::Text) -> Output {
    undone(Failure::open(error, text), String::new(), text)
}

/// Does what the arguments ask for.
pub fn run(world: World) -> Ran {
    let world = as_of::taken(world);
    let lang = session::language(&world);
    if lang.problem.is_none()
        && let Some(settings) = session::plain_screen(&world, lang.text.lang)
    {
        return Ran::Screen(settings);
    }
    // these two are about all verbs
    let is_alone = |verb: &Verb| !matches!(verb, Verb::Completions | Verb::Man);
    let only = session::verb_typed(&world.args).filter(is_alone);
    let mut command = args::command(lang.text, only);
    let parsed = command.try_get_matches_from_mut(&world.args);
    let matches = match (parsed, lang.problem) {
        (Ok(matches), None) => matches,
        (Err(error), None) if error.kind() == ErrorKind::DisplayHelp => {
            let verb = session::verb_typed(&world.args);
            return done(help::page(&args::command(lang.text, None), verb, lang.text));
        }
        (Err(error), None) if error.kind() == ErrorKind::DisplayVersion => {
            return done(format!("lianxi {}\n", env!("CARGO_PKG_VERSION")));
        }
        (Err(error), None) => {
            let verb = session::verb_typed(&world.args);
            return failed(usage::failure(&error, verb, lang.text), String::new(), lang.text);
        }
        (_, Some(problem)) => return failed(problem, String::new(), lang.text),
    };
    let (verb, own) = match matches.subcommand() {
        Some((token, own)) => (Verb::parse(token), own),
        None => (None, &matches),
    };
    let mut session = match Session::new(world, own, lang.text) {
        Ok(session) => session,
        Err(failure) => return failed(failure, String::new(), lang.text),
    };
    let Some(verb) = verb else { return Ran::Screen(session.settings) };
    if let Some(meeting) = meeting::projected(verb, own) {
        session.settings.project = Some(meeting);
        return Ran::Screen(session.settings);
    }
    match answer(verb, &mut session, own, &mut command) {
        Ok(Answer { data, code }) => Ran::Done(Output { data, talk: session.talk, code }),
        Err(failure) => failed(failure, session.talk, lang.text),
    }
}

fn answer(verb: Verb, session: &mut Session, own: &ArgMatches, command: &mut clap::Command) -> Result<Answer, Failure> {
    let words = session::Words::of(verb, own, session.text)?;
    if let Some(state) = session.settings.past.clone() {
        if !as_of::looks(verb) {
            return Err(Failure::refused((session.text.review.not_looking)(verb.token())));
        }
        let banner = (session.text.review.shown_as_of)(&crate::ops::state_name(&state, session.text));
        let before = std::mem::take(&mut session.talk);
        session.say(&banner);
        let banner = std::mem::replace(&mut session.talk, before);
        // a verb that is refused has shown nothing
        let answer = look(verb, session, &words, own, command)?;
        session.talk.insert_str(0, &banner);
        return Ok(answer);
    }
    look(verb, session, &words, own, command)
}

fn look(
    verb: Verb,
    session: &mut Session,
    words: &session::Words,
    own: &ArgMatches,
    command: &mut clap::Command,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Init => init::run(session, words, own),
        Verb::Import => import::run(session, words, own),
        Verb::Plans => plans::run(session),
        Verb::Tree => tree::run(session, own),
        Verb::Show => show::run(session, words),
        Verb::Tasks => tasks::run(session, own),
        Verb::Matrix => matrix::run(session),
        Verb::Units => units::run(session, words),
        Verb::Targets => targets::run(session),
        Verb::Log => entries::run(session, words),
        Verb::Search => search::run(session, words),
        Verb::Mark => mark::run(session, words, own),
        Verb::Deadline => deadline::run(session, words, own),
        Verb::Note => note::run(session, words, own),
        Verb::Assign => assign::run(session, words, own),
        Verb::Target => target::run(session, words, own),
        Verb::Topic | Verb::Suggest | Verb::Meeting => meeting::run(session, verb, words, own),
        Verb::Draft => drafts::run(session, words, own),
        Verb::Opinion => opinions::run(session, words, own),
        Verb::Undo => undo::undo(session),
        Verb::Redo => undo::redo(session),
        Verb::Check => check::run(session),
        Verb::SetupGit => setup_git::run(session, own),
        Verb::Bundle => bundle::run(session, words, own),
        Verb::Export => export::run(session, words, own),
        Verb::Sync => sync::run(session, words, own),
        Verb::Diff => diff::run(session, words),
        Verb::Review => review::run(session, words, own),
        Verb::Commit => review::commit(session, own),
        Verb::History => history::run(session, words, own),
        Verb::Version => versions::tag(session, words),
        Verb::Versions => versions::list(session),
        // read before the arguments were parsed: what is left is a verb of its own
        Verb::AsOf => Err(usage::words_missing(verb, session.text)),
        Verb::Conflicts => conflicts::list(session),
        Verb::Settle => conflicts::settle(session, words, own),
        Verb::MergeFile => merge::file(session, words),
        Verb::Minutes => minutes::run(session, words, own),
        Verb::Decisions => decisions::list(session, words),
        Verb::Decision => decisions::step(session, words, own),
        Verb::Remind => decisions::remind(session, words, own),
        Verb::Chain => chain::run(session, words, own),
        Verb::Completions => shell::completions(session, words, command),
        Verb::Man => Ok(shell::man(session, command)),
    }
}

fn done(data: String) -> Ran {
    Ran::Done(Output { data, talk: String::new(), code: Code::Done })
}

fn failed(failure: Failure, talk: String, text: &crate::text::Text) -> Ran {
    Ran::Done(undone(failure, talk, text))
}

fn undone(failure: Failure, mut talk: String, text: &crate::text::Text) -> Output {
    talk.push_str(text.help.usage.error);
    talk.push_str(&visible::lines(&failure.sentence));
    talk.push('\n');
    Output { data: String::new(), talk, code: failure.code }
}
