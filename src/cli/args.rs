//! The command as clap parses it. Its words come from `text`, so that help is in one language from end to end.

use super::verb::Verb;
use crate::text::{ArgumentHelp, Text};
use clap::{Arg, ArgAction, Command};

/// The program's command with every verb; with only one of them where it is known which was typed.
pub(super) fn command(text: &Text, only: Option<Verb>) -> Command {
    let help = &text.help;
    let arguments = &help.arguments;
    let mut root = Command::new("lianxi").bin_name("lianxi").about(help.about).override_usage(help.synopsis);
    root = quiet(root).version(env!("CARGO_PKG_VERSION")).args([
        value("dir", arguments.dir).global(true),
        value("plan", arguments.plan).global(true),
        value("lang", arguments.lang).global(true),
        value("today", arguments.today).global(true),
        switch("json", arguments.json).global(true),
        switch("help", arguments.help).short('h').action(ArgAction::Help).global(true),
        switch("version", arguments.version).short('V').action(ArgAction::Version),
    ]);
    let verbs = Verb::ALL.into_iter().filter(|verb| only.is_none_or(|only| only == *verb));
    root.subcommands(verbs.map(|verb| subcommand(verb, text)))
}

/// Everything that clap would say in English by itself is turned off.
fn quiet(command: Command) -> Command {
    command.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true).args_override_self(true)
}

fn subcommand(verb: Verb, text: &Text) -> Command {
    let arguments = &text.help.arguments;
    let words = verb.help(&text.help);
    let command = quiet(Command::new(verb.token())).about(words.about);
    let usage = ["lianxi", verb.token(), words.usage, text.help.options_word];
    let usage: Vec<&str> = usage.into_iter().filter(|word| !word.is_empty()).collect();
    let command = command.override_usage(usage.join(" "));
    // the words are counted by us, which has plainer sentences than clap for what is missing
    let most = verb.word_count().1;
    let command = match verb.words(&text.help).as_slice() {
        [] => command,
        [first, ..] => {
            let words = Arg::new("words").value_name(first.value).help(first.help);
            // an option may stand among them
            let words = words.num_args(0..=most.min(1 << 20)).action(ArgAction::Append);
            command.arg(words.allow_negative_numbers(true))
        }
    };
    match verb {
        Verb::Import => command.arg(value("readings", arguments.readings)).arg(switch("dry-run", arguments.dry_run)),
        Verb::Bundle => command
            .arg(value("since", arguments.since))
            .arg(value("to", arguments.to))
            .arg(switch("dry-run", arguments.look)),
        Verb::SetupGit => command.arg(switch("undo", arguments.restore)),
        Verb::Sync => command.arg(switch("create", arguments.create)).arg(switch("dry-run", arguments.look)),
        Verb::Review => command.arg(value("comment", arguments.comment)),
        Verb::Commit => command.arg(value("message", arguments.message).short('m')),
        Verb::History => command.arg(value("limit", arguments.limit)).arg(switch("new", arguments.new)),
        Verb::Export => command
            .arg(value("unit", arguments.for_unit))
            .arg(value("decision", arguments.for_decision))
            .arg(value("out", arguments.out).short('o'))
            .arg(value("format", arguments.format)),
        Verb::Tree => command.arg(value("depth", arguments.depth)),
        Verb::Tasks => command.arg(switch("measures", arguments.measures)),
        Verb::Mark | Verb::Deadline => command.arg(value("reason", arguments.reason)),
        Verb::Note => command.arg(switch("progress", arguments.progress)),
        Verb::Assign => command
            .arg(value("lead", arguments.lead).action(ArgAction::Append))
            .arg(value("add", arguments.add).action(ArgAction::Append))
            .arg(value("remove", arguments.remove).action(ArgAction::Append))
            .arg(switch("reset", arguments.reset)),
        Verb::Topic | Verb::Suggest | Verb::Meeting => super::meeting::step::with_options(command, verb, text),
        Verb::Target => command.arg(value("source", arguments.source)),
        Verb::Settle => command.arg(value("basis", arguments.basis)),
        Verb::Conflicts | Verb::MergeFile => command,
        Verb::Minutes => command.arg(value("by", arguments.by)).arg(value("reason", arguments.said_reason)),
        Verb::Decision => command
            .arg(value("by", arguments.by))
            .arg(value("unit", arguments.unit))
            .arg(value("text", arguments.said))
            .arg(value("reason", arguments.said_reason))
            .arg(value("due", arguments.new_due))
            .arg(value("proposal", arguments.proposal)),
        Verb::Draft => command.arg(value("comment", arguments.comment)),
        Verb::Opinion => command
            .arg(value("unit", arguments.of_unit))
            .arg(value("letter", arguments.letter))
            .arg(value("reason", arguments.declined)),
        Verb::Remind => command.arg(value("by", arguments.by)),
        Verb::Init => command.arg(value("from", arguments.from)),
        Verb::Chain => command.arg(value("missing", arguments.missing_link)),
        Verb::Plans | Verb::Show | Verb::Matrix | Verb::Units | Verb::Targets | Verb::Log => command,
        Verb::Search
        | Verb::Undo
        | Verb::Redo
        | Verb::Check
        | Verb::Diff
        | Verb::Version
        | Verb::Versions
        | Verb::Decisions
        | Verb::AsOf
        | Verb::Completions
        | Verb::Man => command,
    }
}

/// An option with a value; what the value means is read by the verb.
fn value(name: &'static str, words: ArgumentHelp) -> Arg {
    let arg = Arg::new(name).long(name).value_name(words.value).help(words.help);
    arg.num_args(1).allow_negative_numbers(true)
}

fn switch(name: &'static str, words: ArgumentHelp) -> Arg {
    Arg::new(name).long(name).help(words.help).action(ArgAction::SetTrue)
}
