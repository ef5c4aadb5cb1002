//! Changes that are made, saved and undone together.

use super::Change;

/// What the user did, so that undo can say it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Verb {
    Mark,
    Deadline,
    Note,
    Assign,
    Target,
    /// The pool of topics and what is suggested.
    Topic,
    /// A meeting and its state.
    Meeting,
    Agenda,
    Attend,
    /// What is said and decided in the room.
    Capture,
    Import,
    Settle,
    Revert,
    Minutes,
    Follow,
    /// What departments say of clauses.
    Opinion,
    Undo,
    Redo,
}

impl Verb {
    pub const ALL: [Verb; 18] = [
        Verb::Mark,
        Verb::Deadline,
        Verb::Note,
        Verb::Assign,
        Verb::Target,
        Verb::Settle,
        Verb::Revert,
        Verb::Topic,
        Verb::Meeting,
        Verb::Agenda,
        Verb::Attend,
        Verb::Capture,
        Verb::Import,
        Verb::Minutes,
        Verb::Follow,
        Verb::Opinion,
        Verb::Undo,
        Verb::Redo,
    ];

    /// The word for it in the op log.
    pub fn token(self) -> &'static str {
        match self {
            Verb::Mark => "mark",
            Verb::Deadline => "deadline",
            Verb::Note => "note",
            Verb::Assign => "assign",
            Verb::Target => "target",
            Verb::Topic => "topic",
            Verb::Meeting => "meeting",
            Verb::Agenda => "agenda",
            Verb::Attend => "attend",
            Verb::Capture => "capture",
            Verb::Import => "import",
            Verb::Settle => "settle",
            Verb::Revert => "revert",
            Verb::Minutes => "minutes",
            Verb::Follow => "follow",
            Verb::Opinion => "opinion",
            Verb::Undo => "undo",
            Verb::Redo => "redo",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.token() == token)
    }
}

/// One step of the user: changes that stand or fall together.
#[derive(Clone, PartialEq, Debug)]
pub struct Transaction {
    pub verb: Verb,
    pub changes: Vec<Change>,
}

impl Transaction {
    /// Drops changes that change nothing.
    pub fn new(verb: Verb, changes: Vec<Change>) -> Self {
        Transaction { verb, changes: changes.into_iter().filter(|change| !change.is_empty()).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The step that takes this one back: inverted changes in reverse order.
    pub fn invert(&self, verb: Verb) -> Transaction {
        Transaction { verb, changes: self.changes.iter().rev().map(Change::invert).collect() }
    }
}
