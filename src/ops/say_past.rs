//! States of the plan, and what git could not do, as sentences.

use crate::git::{GitError, Unfinished};
use crate::text::Text;
use crate::workspace::State;

/// A state as people call it.
pub fn state_name(state: &State, text: &Text) -> String {
    match state {
        State::Working => text.past.working.to_string(),
        State::Index => text.past.index.to_string(),
        State::Revision(name) if name == "HEAD" => text.past.last_commit.to_string(),
        State::Revision(name) => name.strip_prefix("refs/tags/").unwrap_or(name).to_string(),
        State::Day(day) => (text.past.end_of)(*day),
    }
}

/// Says what git said.
pub fn say_git(error: &GitError, text: &Text) -> String {
    let say = &text.past;
    match error {
        GitError::Missing => text.errors.git_missing.to_string(),
        GitError::NoRepository { path } => (say.no_repository)(&path.display().to_string()),
        GitError::Untrusted { message } => (say.untrusted)(message),
        GitError::NoCommit => say.no_commit.to_string(),
        GitError::UnknownRevision { text } => (say.unknown_revision)(text),
        GitError::BeforeHistory { day } => (say.before_history)(*day),
        GitError::CutOff { text } => (say.cut_off)(text),
        GitError::Corrupt { object, message } => (say.corrupt)(object, message),
        GitError::TooLarge { object, bytes } => (say.object_too_large)(object, bytes >> 20),
        GitError::Unfinished(what) => (say.unfinished)(unfinished_word(*what, text)),
        GitError::Refused { command, message } => (text.errors.git_refused)(command, message),
    }
}

/// What somebody has begun in the repository and not finished.
pub(super) fn unfinished_word(what: Unfinished, text: &Text) -> &'static str {
    match what {
        Unfinished::Merge => text.past.merge,
        Unfinished::Rebase => text.past.rebase,
        Unfinished::CherryPick => text.past.cherry_pick,
        Unfinished::Revert => text.past.revert,
        Unfinished::Bisect => text.past.bisect,
    }
}
