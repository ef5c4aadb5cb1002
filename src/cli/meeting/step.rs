//! The second words of `topic`, `suggest` and `meeting`: a closed list, with the words and options that each takes.

use crate::cli::Verb;
use crate::text::{MeetingOptions, Text, VerbHelp};
use clap::{Arg, ArgAction, Command};

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    TopicAdd,
    TopicList,
    TopicSet,
    TopicAccept,
    TopicDefer,
    TopicReject,
    TopicCall,
    TopicNone,
    TopicReplies,
    SuggestList,
    SuggestTake,
    SuggestDismiss,
    New,
    List,
    Show,
    Project,
    Set,
    Move,
    Agenda,
    AgendaAdd,
    AgendaTake,
    AgendaOrder,
    AgendaDrop,
    PaperAdd,
    PaperReceived,
    Notify,
    Attend,
    Open,
    Next,
    Record,
    Decide,
    Amend,
    Motion,
    Discussed,
    Postpone,
    Close,
}

const MANY: usize = usize::MAX;

impl Step {
    const ALL: [Step; 36] = [
        Step::TopicAdd,
        Step::TopicList,
        Step::TopicSet,
        Step::TopicAccept,
        Step::TopicDefer,
        Step::TopicReject,
        Step::TopicCall,
        Step::TopicNone,
        Step::TopicReplies,
        Step::SuggestList,
        Step::SuggestTake,
        Step::SuggestDismiss,
        Step::New,
        Step::List,
        Step::Show,
        Step::Project,
        Step::Set,
        Step::Move,
        Step::Agenda,
        Step::AgendaAdd,
        Step::AgendaTake,
        Step::AgendaOrder,
        Step::AgendaDrop,
        Step::PaperAdd,
        Step::PaperReceived,
        Step::Notify,
        Step::Attend,
        Step::Open,
        Step::Next,
        Step::Record,
        Step::Decide,
        Step::Amend,
        Step::Motion,
        Step::Discussed,
        Step::Postpone,
        Step::Close,
    ];

    /// The steps of a verb.
    pub fn of(verb: Verb) -> impl Iterator<Item = Step> {
        Step::ALL.into_iter().filter(move |step| step.path().0 == verb)
    }

    /// Its verb, its word, and the word behind the meeting where there is one.
    pub fn path(self) -> (Verb, &'static str, &'static str) {
        match self {
            Step::TopicAdd => (Verb::Topic, "add", ""),
            Step::TopicList => (Verb::Topic, "list", ""),
            Step::TopicSet => (Verb::Topic, "set", ""),
            Step::TopicAccept => (Verb::Topic, "accept", ""),
            Step::TopicDefer => (Verb::Topic, "defer", ""),
            Step::TopicReject => (Verb::Topic, "reject", ""),
            Step::TopicCall => (Verb::Topic, "call", ""),
            Step::TopicNone => (Verb::Topic, "none", ""),
            Step::TopicReplies => (Verb::Topic, "replies", ""),
            Step::SuggestList => (Verb::Suggest, "list", ""),
            Step::SuggestTake => (Verb::Suggest, "take", ""),
            Step::SuggestDismiss => (Verb::Suggest, "dismiss", ""),
            Step::New => (Verb::Meeting, "new", ""),
            Step::List => (Verb::Meeting, "list", ""),
            Step::Show => (Verb::Meeting, "show", ""),
            Step::Project => (Verb::Meeting, "project", ""),
            Step::Set => (Verb::Meeting, "set", ""),
            Step::Move => (Verb::Meeting, "move", ""),
            Step::Agenda => (Verb::Meeting, "agenda", ""),
            Step::AgendaAdd => (Verb::Meeting, "agenda", "add"),
            Step::AgendaTake => (Verb::Meeting, "agenda", "take"),
            Step::AgendaOrder => (Verb::Meeting, "agenda", "order"),
            Step::AgendaDrop => (Verb::Meeting, "agenda", "drop"),
            Step::PaperAdd => (Verb::Meeting, "paper", "add"),
            Step::PaperReceived => (Verb::Meeting, "paper", "received"),
            Step::Notify => (Verb::Meeting, "notify", ""),
            Step::Attend => (Verb::Meeting, "attend", ""),
            Step::Open => (Verb::Meeting, "open", ""),
            Step::Next => (Verb::Meeting, "next", ""),
            Step::Record => (Verb::Meeting, "record", ""),
            Step::Decide => (Verb::Meeting, "decide", ""),
            Step::Amend => (Verb::Meeting, "amend", ""),
            Step::Motion => (Verb::Meeting, "motion", ""),
            Step::Discussed => (Verb::Meeting, "discussed", ""),
            Step::Postpone => (Verb::Meeting, "postpone", ""),
            Step::Close => (Verb::Meeting, "close", ""),
        }
    }

    /// How many words it takes behind its own, at least and at most; a text may be written without quotes.
    pub fn word_count(self) -> (usize, usize) {
        match self {
            Step::TopicList | Step::TopicCall | Step::TopicReplies | Step::SuggestList | Step::New | Step::List => {
                (0, 0)
            }
            Step::TopicAdd | Step::TopicNone => (1, MANY),
            Step::TopicSet | Step::TopicAccept | Step::TopicDefer | Step::TopicReject => (1, 1),
            Step::SuggestTake | Step::SuggestDismiss => (1, 1),
            Step::Show
            | Step::Project
            | Step::Set
            | Step::Agenda
            | Step::Notify
            | Step::Open
            | Step::Close
            | Step::Amend => (1, 1),
            Step::Move | Step::AgendaTake | Step::AgendaDrop | Step::PaperReceived => (2, 2),
            Step::AgendaOrder => (3, 3),
            Step::AgendaAdd | Step::PaperAdd | Step::Motion => (2, MANY),
            Step::Attend => (3, MANY),
            Step::Next => (1, 2),
            Step::Record | Step::Decide => (3, MANY),
            Step::Discussed | Step::Postpone => (2, 2),
        }
    }

    /// The options it takes.
    pub fn options(self) -> &'static [&'static str] {
        match self {
            Step::TopicAdd => &["brief", "unit", "coordination", "question", "submitter", "task"],
            Step::TopicSet => &["title", "brief", "unit", "coordination", "question", "submitter", "task"],
            Step::TopicAccept | Step::TopicDefer | Step::TopicReject => &["reason"],
            Step::TopicCall => &["due", "for", "unit"],
            Step::TopicNone => &["undo"],
            Step::SuggestList | Step::SuggestTake => &["for"],
            Step::New => &["kind", "date", "time", "minutes", "place", "chair", "title"],
            Step::Set => &["title", "date", "time", "minutes", "place", "chair", "contact", "phone"],
            Step::AgendaAdd => &["task", "unit", "speaker", "minutes", "kind", "section", "question"],
            Step::PaperAdd => &["item", "unit", "due"],
            Step::PaperReceived => &["undo", "date"],
            Step::Attend => &["name", "reply"],
            Step::Record => &["speaker", "unit", "kind"],
            Step::Decide => &["lead", "with", "due", "form", "task", "kind"],
            Step::Amend => &["text", "lead", "with", "due", "form", "task", "kind"],
            Step::Motion => &["unit", "speaker"],
            Step::TopicList
            | Step::TopicReplies
            | Step::SuggestDismiss
            | Step::List
            | Step::Show
            | Step::Project
            | Step::Move
            | Step::Agenda => &[],
            Step::AgendaTake | Step::AgendaOrder | Step::AgendaDrop | Step::Notify | Step::Open | Step::Next => &[],
            Step::Discussed | Step::Postpone | Step::Close => &[],
        }
    }

    pub fn help(self, text: &Text) -> VerbHelp {
        let steps = &text.help.steps;
        match self {
            Step::TopicAdd => steps.topic_add,
            Step::TopicList => steps.topic_list,
            Step::TopicSet => steps.topic_set,
            Step::TopicAccept => steps.topic_accept,
            Step::TopicDefer => steps.topic_defer,
            Step::TopicReject => steps.topic_reject,
            Step::TopicCall => steps.topic_call,
            Step::TopicNone => steps.topic_none,
            Step::TopicReplies => steps.topic_replies,
            Step::SuggestList => steps.suggest_list,
            Step::SuggestTake => steps.suggest_take,
            Step::SuggestDismiss => steps.suggest_dismiss,
            Step::New => steps.new,
            Step::List => steps.list,
            Step::Show => steps.show,
            Step::Project => steps.project,
            Step::Set => steps.set,
            Step::Move => steps.move_to,
            Step::Agenda => steps.agenda,
            Step::AgendaAdd => steps.agenda_add,
            Step::AgendaTake => steps.agenda_take,
            Step::AgendaOrder => steps.agenda_order,
            Step::AgendaDrop => steps.agenda_drop,
            Step::PaperAdd => steps.paper_add,
            Step::PaperReceived => steps.paper_received,
            Step::Notify => steps.notify,
            Step::Attend => steps.attend,
            Step::Open => steps.open,
            Step::Next => steps.next,
            Step::Record => steps.record,
            Step::Decide => steps.decide,
            Step::Amend => steps.amend,
            Step::Motion => steps.motion,
            Step::Discussed => steps.discussed,
            Step::Postpone => steps.postpone,
            Step::Close => steps.close,
        }
    }

    /// `meeting agenda <会议> add <名称>`
    pub fn usage(self, text: &Text) -> String {
        let (verb, word, _) = self.path();
        let mut usage = format!("{} {word} {}", verb.token(), self.help(text).usage).trim_end().to_string();
        for option in self.options() {
            usage.push_str(&format!(" [--{option}]"));
        }
        usage
    }

    /// The step that words name, and the words that are its own.
    pub fn parse(verb: Verb, words: &[String]) -> Result<(Step, Vec<String>), &str> {
        let Some((first, rest)) = words.split_first() else {
            let list = Step::of(verb).find(|step| step.path().1 == "list").ok_or("")?;
            return Ok((list, Vec::new()));
        };
        let named: Vec<Step> = Step::of(verb).filter(|step| step.path().1 == first).collect();
        let below =
            rest.get(1).and_then(|word| named.iter().find(|step| !step.path().2.is_empty() && step.path().2 == word));
        if let Some(step) = below {
            let mut own = rest.to_vec();
            own.remove(1);
            return Ok((*step, own));
        }
        match named.iter().find(|step| step.path().2.is_empty() || rest.len() < 2) {
            Some(step) if step.path().2.is_empty() && rest.len() > 1 && *step == Step::Agenda => Err(&rest[1]),
            Some(step) => Ok((*step, rest.to_vec())),
            None if named.is_empty() => Err(first),
            None => Err(&rest[1]),
        }
    }
}

/// The command with the options of all steps of its verb.
pub(crate) fn with_options(command: Command, verb: Verb, text: &Text) -> Command {
    let mut names: Vec<&'static str> = Vec::new();
    for option in Step::of(verb).flat_map(Step::options) {
        if !names.contains(option) {
            names.push(option);
        }
    }
    names.into_iter().fold(command, |command, name| command.arg(option(name, &text.help.meeting_options)))
}

fn option(name: &'static str, words: &MeetingOptions) -> Arg {
    let help = match name {
        "brief" => words.brief,
        "unit" => words.unit,
        "coordination" => words.coordination,
        "question" => words.question,
        "submitter" => words.submitter,
        "task" => words.task,
        "reason" => words.reason,
        "for" => words.for_meeting,
        "kind" => words.kind,
        "date" => words.date,
        "time" => words.time,
        "minutes" => words.minutes,
        "place" => words.place,
        "chair" => words.chair,
        "title" => words.title,
        "contact" => words.contact,
        "phone" => words.phone,
        "speaker" => words.speaker,
        "section" => words.section,
        "item" => words.item,
        "name" => words.name,
        "reply" => words.reply,
        "lead" => words.lead,
        "with" => words.with,
        "due" => words.due,
        "form" => words.form,
        "undo" => words.undo,
        _ => words.text,
    };
    let arg = Arg::new(name).long(name).help(help.help);
    match name {
        "reply" | "undo" => arg.action(ArgAction::SetTrue),
        "unit" | "task" | "with" => {
            arg.value_name(help.value).num_args(1).allow_negative_numbers(true).action(ArgAction::Append)
        }
        _ => arg.value_name(help.value).num_args(1).allow_negative_numbers(true),
    }
}
