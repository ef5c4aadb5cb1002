//! Drafts as sentences.

use super::{Done, Draft, DraftDone, DraftEvent, DraftRefusal, DraftState};
use crate::ops::say_sync_refusal;
use crate::text::Text;

/// How a draft stands, in a word.
pub fn draft_state_word(state: DraftState, text: &Text) -> &'static str {
    let say = &text.drafts;
    match state {
        DraftState::Open => say.open,
        DraftState::Submitted => say.submitted,
        DraftState::Approved => say.approved,
        DraftState::Returned => say.returned,
    }
}

/// What happened to a draft, when and by whom, in a line.
pub fn say_draft_event(event: &DraftEvent, text: &Text) -> String {
    let on = event.on.map(|on| on.to_string()).unwrap_or_default();
    let say = &text.drafts;
    let word = match event.state {
        DraftState::Open => say.was_begun,
        DraftState::Submitted => say.was_submitted,
        DraftState::Approved => say.was_approved,
        DraftState::Returned => say.was_returned,
    };
    (text.drafts.event)(word, event.by.as_deref().unwrap_or_default(), &on)
}

/// Says what was done, a sentence a line.
pub fn say_draft(done: &DraftDone, text: &Text) -> Vec<String> {
    let say = &text.drafts;
    let name = &done.draft.name;
    let mut lines: Vec<String> = done.kept.iter().map(|kept| (text.sync.kept)(kept)).collect();
    match &done.what {
        Done::Made { carried } => lines.push((say.made)(name, *carried)),
        Done::Opened => {
            lines.push((say.reopened)(name));
            lines.extend(Draft::comment(&done.draft).map(|event| (say.said)(&event.comment)));
        }
        Done::Left => lines.push((say.left)(name)),
        Done::Submitted => lines.push((say.sent)(name, &done.line)),
        Done::SubmittedBefore => lines.push((say.sent_before)(name)),
        Done::Approved { changes, conflicts, beside } => {
            lines.push((say.passed)(name, *changes));
            if !conflicts.is_empty() {
                lines.push((text.sync.conflicts)(conflicts.len()));
                lines.extend(conflicts.iter().map(|(_, one)| format!("  {}", crate::ops::say_conflict(one, text))));
            }
            lines.extend(beside.iter().map(|(ours, theirs)| (text.sync.beside)(ours, theirs)));
        }
        Done::Returned => lines.push((say.sent_back)(name)),
    }
    let goes_out = match &done.what {
        Done::Submitted | Done::Approved { .. } | Done::Returned => true,
        Done::Made { .. } | Done::Opened | Done::Left | Done::SubmittedBefore => false,
    };
    lines.extend(goes_out.then(|| say.tell_others.to_string()));
    lines
}

/// Says why nothing was done.
pub fn say_draft_refusal(refusal: &DraftRefusal, text: &Text) -> String {
    let say = &text.drafts;
    let list = |names: &[String]| names.join(text.words.comma);
    match refusal {
        DraftRefusal::NoName => say.no_name.to_string(),
        DraftRefusal::NameTooLong { most } => (say.name_too_long)(*most),
        DraftRefusal::BadName { name } => (say.bad_name)(name),
        DraftRefusal::Unknown { name, known } => (say.unknown)(name, &list(known)),
        DraftRefusal::Which { known } if known.is_empty() => say.none.to_string(),
        DraftRefusal::Which { known } => (say.which)(&list(known)),
        DraftRefusal::IsOpen { name } => (say.is_open)(name),
        DraftRefusal::OtherOpen { name } => (say.other_open)(name),
        DraftRefusal::NotOpen => say.not_open.to_string(),
        DraftRefusal::NotSubmitted { name, state } => (say.not_submitted)(name, draft_state_word(*state, text)),
        DraftRefusal::IsApproved { name } => (say.is_approved)(name),
        DraftRefusal::Nothing { name } => (say.nothing)(name),
        DraftRefusal::CommentNeeded => say.comment_needed.to_string(),
        DraftRefusal::SentBackInside { count } => (say.sent_back_inside)(*count),
        DraftRefusal::NoLine => say.no_line.to_string(),
        DraftRefusal::InTheWay { branch } => (say.in_the_way)(branch),
        DraftRefusal::Sync(refusal) => say_sync_refusal(refusal, text),
    }
}
