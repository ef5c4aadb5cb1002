//! Usage errors in one sentence: what clap found, in our words.

use super::fail::{Code, Failure};
use super::verb::Verb;
use crate::text::Text;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Says what is wrong with the command, and where to read on.
pub(super) fn failure(error: &clap::Error, verb: Option<Verb>, text: &Text) -> Failure {
    let say = &text.help.usage;
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = || context(ContextKind::InvalidArg);
    let mut sentence = match error.kind() {
        ErrorKind::InvalidSubcommand => (say.unknown_verb)(&context(ContextKind::InvalidSubcommand)),
        // a plain word that nothing takes is one too many
        ErrorKind::UnknownArgument if !argument().starts_with('-') => (say.too_many)(&argument()),
        ErrorKind::UnknownArgument => (say.unknown_option)(&argument()),
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => (say.missing)(&argument()),
        ErrorKind::InvalidValue | ErrorKind::NoEquals if context(ContextKind::InvalidValue).is_empty() => {
            (say.value_missing)(option_name(&argument()))
        }
        ErrorKind::TooManyValues if argument().starts_with("--") => (say.no_value)(option_name(&argument())),
        ErrorKind::TooManyValues => (say.too_many)(&context(ContextKind::InvalidValue)),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => (say.too_few)(&argument()),
        ErrorKind::ArgumentConflict => (say.twice)(option_name(&argument())),
        ErrorKind::InvalidUtf8 => say.not_utf8.to_string(),
        _ => say.not_understood.to_string(),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg].map(context).concat();
    if !near.is_empty() {
        sentence.push_str(&(say.did_you_mean)(option_name(&near)));
    }
    Failure { code: Code::Usage, sentence: format!("{sentence}\n{}", see_help(verb, text)) }
}

/// The usage error of a verb whose words are too few.
pub(super) fn words_missing(verb: Verb, text: &Text) -> Failure {
    let usage = verb.help(&text.help).usage;
    let sentence = (text.help.usage.missing)(usage);
    Failure { code: Code::Usage, sentence: format!("{sentence}\n{}", see_help(Some(verb), text)) }
}

fn see_help(verb: Option<Verb>, text: &Text) -> String {
    let command = verb.map_or("lianxi".to_string(), |verb| format!("lianxi {}", verb.token()));
    (text.help.usage.see_help)(&command)
}

/// `--reason <理由>` without its value.
fn option_name(argument: &str) -> &str {
    argument.split([' ', '=']).next().unwrap_or(argument)
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        // clap puts the likeliest last
        ContextValue::Strings(texts) => texts.last().cloned().unwrap_or_default(),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Bool(_) | ContextValue::Number(_) | ContextValue::None => String::new(),
        _ => String::new(),
    }
}
