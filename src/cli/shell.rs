//! `completions` and `man`: what the shell and the manual need to know of the verbs.

use super::fail::Failure;
use super::help;
use super::session::{Answer, Session, Words};
use super::verb::Verb;
use clap::{Arg, Command};
use clap_complete::Shell;
use clap_mangen::roff::{Roff, bold, roman};

/// A completion script for a shell.
pub(super) fn completions(session: &Session, words: &Words, command: &mut Command) -> Result<Answer, Failure> {
    let name = words.at(0);
    let shell: Shell =
        name.to_ascii_lowercase().parse().map_err(|_| Failure::usage((session.text.help.usage.bad_shell)(name)))?;
    let mut out = Vec::new();
    clap_complete::generate(shell, command, "lianxi", &mut out);
    Ok(Answer::done(String::from_utf8_lossy(&out).into_owned()))
}

/// The manual: one page with every verb, in one language.
pub(super) fn man(session: &Session, command: &Command) -> Answer {
    let text = session.text;
    let help = &text.help;
    let mut page = Roff::new();
    page.control("TH", ["LIANXI", "1", "", concat!("lianxi ", env!("CARGO_PKG_VERSION"))]);
    let line = |words: &str| vec![roman(words.to_string())];
    page.control("SH", [help.head_name]).text(line(&format!("lianxi - {}", help.about)));
    page.control("SH", [help.head_usage]).text(line(help.synopsis));
    page.control("SH", [help.head_options]);
    options(&mut page, help::options(command, |_| true));
    page.control("SH", [help.head_verbs]);
    for verb in Verb::ALL {
        page.control("SS", [help::usage(verb, text).as_str()]).text(line(verb.help(help).about));
        let arguments = verb.words(help).into_iter();
        options(
            &mut page,
            arguments.map(|argument| (format!("<{}>", argument.value), argument.help.to_string())).collect(),
        );
        if let Some(own) = command.find_subcommand(verb.token()) {
            options(&mut page, help::options(own, |arg: &Arg| !arg.is_global_set()));
        }
    }
    page.control("SH", [help.head_exit]);
    options(&mut page, help.exit_codes.map(|(code, what)| (code.to_string(), what.to_string())).into());
    page.control("SH", [help.head_environment]);
    options(&mut page, help.environment.map(|(name, what)| (name.to_string(), what.to_string())).into());
    Answer::done(page.render())
}

/// Names in bold, what they do below.
fn options(page: &mut Roff, rows: Vec<(String, String)>) {
    for (name, what) in rows {
        page.control("TP", []).text([bold(name)]).text([roman(what)]);
    }
}
