//! Every sentence the program says, in Chinese and in English.
//!
//! One struct field a sentence, one file an area: a sentence that is missing in a language does not compile. Sentences with
//! parts are functions, so that the parts are named and stand where each language wants them.

mod commands;
mod conflicts;
mod drafts;
mod errors;
mod follow;
mod help;
mod meetings;
mod minutes;
mod opinions;
mod outcomes;
mod papers;
mod past;
mod records;
mod review;
mod reviewing;
mod rooms;
mod screens;
mod sync;
mod words;

pub use commands::{CommandWord, CommandWords};
pub use conflicts::Conflicts;
pub use drafts::DraftWords;
pub use errors::Errors;
pub use follow::FollowWords;
pub use help::{ArgumentHelp, Help, MeetingOptions, MeetingReport, Steps, VerbHelp};
pub use meetings::MeetingWords;
pub use minutes::MinutesWords;
pub use opinions::OpinionWords;
pub use outcomes::Outcomes;
pub use papers::PaperWords;
pub use past::Past;
pub use records::RecordWords;
pub use review::Review;
pub use reviewing::Reviewing;
pub use rooms::Rooms;
pub use screens::Screens;
pub use sync::SyncWords;
pub use words::Words;

/// The language of the sentences.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    /// Reads `zh`, `en`, and locale names such as `zh_CN.UTF-8`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase();
        if text.starts_with("zh") {
            Some(Lang::Zh)
        } else if text.starts_with("en") {
            Some(Lang::En)
        } else {
            None
        }
    }

    pub fn token(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }
}

/// All sentences of one language.
#[derive(Debug)]
pub struct Text {
    pub lang: Lang,
    pub words: Words,
    pub errors: Errors,
    pub outcomes: Outcomes,
    pub help: Help,
    pub screens: Screens,
    pub commands: CommandWords,
    pub papers: PaperWords,
    pub sync: SyncWords,
    pub conflicts: Conflicts,
    pub past: Past,
    pub records: RecordWords,
    pub follow: FollowWords,
    pub opinions: OpinionWords,
    pub drafts: DraftWords,
    pub minutes: MinutesWords,
    pub review: Review,
    pub meetings: MeetingWords,
    pub rooms: Rooms,
    pub reviewing: Reviewing,
}

static ZH: Text = Text {
    lang: Lang::Zh,
    words: words::ZH,
    errors: errors::ZH,
    outcomes: outcomes::ZH,
    help: help::ZH,
    screens: screens::ZH,
    commands: commands::ZH,
    papers: papers::ZH,
    sync: sync::ZH,
    conflicts: conflicts::ZH,
    past: past::ZH,
    records: records::ZH,
    follow: follow::ZH,
    opinions: opinions::ZH,
    drafts: drafts::ZH,
    minutes: minutes::ZH,
    review: review::ZH,
    meetings: meetings::ZH,
    rooms: rooms::ZH,
    reviewing: reviewing::ZH,
};

static EN: Text = Text {
    lang: Lang::En,
    words: words::EN,
    errors: errors::EN,
    outcomes: outcomes::EN,
    help: help::EN,
    screens: screens::EN,
    commands: commands::EN,
    papers: papers::EN,
    sync: sync::EN,
    conflicts: conflicts::EN,
    past: past::EN,
    records: records::EN,
    follow: follow::EN,
    opinions: opinions::EN,
    drafts: drafts::EN,
    minutes: minutes::EN,
    review: review::EN,
    meetings: meetings::EN,
    rooms: rooms::EN,
    reviewing: reviewing::EN,
};

impl Text {
    /// The sentences of a language.
    pub fn of(lang: Lang) -> &'static Text {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}
