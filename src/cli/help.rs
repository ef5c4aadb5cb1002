//! Help pages: laid out by display width, in one language, from the same command that parses.

use super::meeting::step::Step;
use super::table::pad;
use super::verb::{Verb, VerbGroup};
use super::visible::width;
use crate::text::{Help, Text};
use clap::{Arg, Command};

/// The help of the program, or of one verb.
pub(super) fn page(command: &Command, verb: Option<Verb>, text: &Text) -> String {
    match verb.and_then(|verb| Some((verb, command.find_subcommand(verb.token())?))) {
        Some((verb, own)) => verb_page(command, verb, own, text),
        None => root_page(command, text),
    }
}

fn root_page(command: &Command, text: &Text) -> String {
    let help = &text.help;
    let mut out = format!("{}\n\n{}{}{}\n", help.about, help.head_usage, help.colon, help.synopsis);
    let row = |verb: Verb| {
        let words = verb.help(help);
        (format!("{} {}", verb.token(), words.usage).trim_end().to_string(), words.about)
    };
    // one column for all groups, so that the page reads as one table
    let column = column_of(&Verb::ALL.map(row));
    for (group, head) in VerbGroup::ALL.into_iter().zip(help.head_groups) {
        let verbs: Vec<_> = Verb::ALL.into_iter().filter(|verb| verb.group() == group).map(row).collect();
        section_at(&mut out, &heading(head, help), &verbs, column);
    }
    section_at(&mut out, &heading(help.head_options, help), &options(command, |_| true), column);
    out.push_str(&format!("\n{}\n", help.after));
    out
}

fn verb_page(command: &Command, verb: Verb, own: &Command, text: &Text) -> String {
    let help = &text.help;
    let words = verb.help(help);
    let mut out = format!("{}\n\n{}{}{}\n", words.about, help.head_usage, help.colon, usage(verb, text));
    let arguments: Vec<_> =
        verb.words(help).iter().map(|argument| (format!("<{}>", argument.value), argument.help)).collect();
    section(&mut out, &heading(help.head_arguments, help), &arguments);
    let steps: Vec<_> = Step::of(verb)
        .map(|step| {
            let (_, word, _) = step.path();
            (format!("{word} {}", step.help(text).usage).trim_end().to_string(), step.help(text).about)
        })
        .collect();
    section(&mut out, &heading(help.meeting.head_steps, help), &steps);
    let is_own = |arg: &Arg| !arg.is_global_set();
    section(&mut out, &heading(help.head_options, help), &options(own, is_own));
    section(&mut out, &heading(help.head_global, help), &options(command, Arg::is_global_set));
    out
}

/// A heading with its colon.
fn heading(words: &str, help: &Help) -> String {
    format!("{words}{}", help.colon.trim_end())
}

/// `lianxi mark <编号>… <状态> [选项]`
pub(super) fn usage(verb: Verb, text: &Text) -> String {
    let words = ["lianxi", verb.token(), verb.help(&text.help).usage, text.help.options_word];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The options of a command: how they are written, and what they do.
pub(super) fn options(command: &Command, keep: impl Fn(&Arg) -> bool) -> Vec<(String, String)> {
    let options = command.get_arguments().filter(|arg| arg.get_long().is_some() && keep(arg));
    options
        .map(|arg| {
            let mut name = arg.get_short().map_or(String::new(), |short| format!("-{short}, "));
            name.push_str(&format!("--{}", arg.get_long().unwrap_or_default()));
            if arg.get_action().takes_values() {
                let value = arg.get_value_names().and_then(|names| names.first());
                name.push_str(&format!(" <{}>", value.map_or("", |value| value.as_str())));
            }
            (name, arg.get_help().map(ToString::to_string).unwrap_or_default())
        })
        .collect()
}

/// A heading and two columns; nothing where there are no rows.
fn section(out: &mut String, heading: &str, rows: &[(String, impl AsRef<str>)]) {
    section_at(out, heading, rows, column_of(rows));
}

/// Where the second column begins: behind the names that are not very long.
fn column_of(rows: &[(String, impl AsRef<str>)]) -> usize {
    rows.iter().map(|(name, _)| width(name)).filter(|width| *width <= 30).max().unwrap_or(0) + 4
}

fn section_at(out: &mut String, heading: &str, rows: &[(String, impl AsRef<str>)], column: usize) {
    if rows.is_empty() {
        return;
    }
    out.push_str(&format!("\n{heading}\n"));
    for (name, what) in rows {
        let start = out.len();
        out.push_str(&format!("  {name}"));
        let used = width(&out[start..]);
        if used + 2 > column + 2 {
            out.push('\n');
            pad(out, column);
        } else {
            pad(out, column - used);
        }
        out.push_str(&super::table::wrap(what.as_ref(), super::table::USUAL_WIDTH - 1, column));
        out.push('\n');
    }
}
