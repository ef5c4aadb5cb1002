//! Minutes: sentences that know the record they come from, what people have made of them, and how far they are on their way out.
//!
//! The sentences as composed come from above (the office's templates make the wording); here free edits are laid over them.
//! What the internal record says has no way in: nothing here reads [`RecordKind::Line`] but the check that looks for it.

mod lint;
mod number;
mod stage;
mod words;

pub use lint::{BANNED, LintFinding, LintRule, lint, orders_nobody};
pub use number::{Number, doubles, next_number, numbers};
pub use stage::{StageKind, StageStep, Stages};
pub(crate) use words::weekday_name;

use super::{Field, Plan, Record, RecordId, RecordKind, Str};

/// A sentence as it is composed.
#[derive(Clone, PartialEq, Debug)]
pub struct Composed {
    /// The same as long as its record is there: `outcome-4k2a9x`.
    pub key: Str,
    /// The record it comes from; the meeting itself for the opening and the closing.
    pub source: RecordId,
    pub text: Str,
}

/// What people have made of a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum LineState {
    AsComposed,
    Edited,
    /// Edited, and the record under it says something else since.
    Outdated,
    /// Taken out.
    LeftOut,
    /// Put in by hand.
    Free,
    /// Edited, and its record is gone.
    Orphan,
}

impl LineState {
    /// The word for it in JSON.
    pub fn token(self) -> &'static str {
        match self {
            LineState::AsComposed => "composed",
            LineState::Edited => "edited",
            LineState::Outdated => "outdated",
            LineState::LeftOut => "left_out",
            LineState::Free => "free",
            LineState::Orphan => "orphan",
        }
    }
}

/// A sentence of the minutes as they now stand.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    pub key: Str,
    /// `None` for what was put in by hand.
    pub source: Option<RecordId>,
    /// Empty where it was left out.
    pub text: Str,
    /// What the record would give.
    pub composed: Option<Str>,
    pub state: LineState,
}

/// Lays the free edits of a meeting's minutes over what is composed.
pub fn overlay(plan: &Plan, meeting: &str, composed: Vec<Composed>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let edit = |key: &str| plan.record(&RecordId::new(RecordKind::Sentence, meeting, key));
    for Composed { key, source, text } in composed {
        let (state, shown) = match edit(&key) {
            None => (LineState::AsComposed, text.clone()),
            Some(record) => {
                let state = match (record.text(Field::Text).is_empty(), record.text(Field::Composed) == text.as_str()) {
                    (_, false) => LineState::Outdated,
                    (true, true) => LineState::LeftOut,
                    (false, true) => LineState::Edited,
                };
                (state, record.text(Field::Text).into())
            }
        };
        lines.push(Line { key, source: Some(source), text: shown, composed: Some(text), state });
    }
    let rest: Vec<(&RecordId, &Record)> = plan
        .records_at(RecordKind::Sentence, meeting)
        .filter(|(id, _)| !lines.iter().any(|line| line.key == id.key))
        .collect();
    let is_free = |record: &Record| record.text(Field::Composed).is_empty();
    let (free, orphans): (Vec<_>, Vec<_>) = rest.into_iter().partition(|(_, record)| is_free(record));
    // a free paragraph may stand after another one, whichever comes first in the folder
    let mut waiting = free;
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(id, record)| {
            let after = record.text(Field::After);
            let Some(at) = lines.iter().position(|line| line.key == after) else { return true };
            // later ones after the same sentence stand behind those before
            let next = lines[at + 1..].iter().take_while(|line| follows(plan, meeting, line, after)).count();
            lines.insert(at + 1 + next, by_hand(id, record, LineState::Free));
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    let last = lines.iter().rposition(|line| line.key == "closing").unwrap_or(lines.len());
    let lost = waiting.iter().map(|(id, record)| by_hand(id, record, LineState::Free));
    let orphans = orphans.iter().map(|(id, record)| by_hand(id, record, LineState::Orphan));
    let end: Vec<Line> = lost.chain(orphans).collect();
    lines.splice(last..last, end);
    lines
}

fn follows(plan: &Plan, meeting: &str, line: &Line, after: &str) -> bool {
    let record = plan.record(&RecordId::new(RecordKind::Sentence, meeting, line.key.clone()));
    line.state == LineState::Free && record.is_some_and(|record| record.text(Field::After) == after)
}

fn by_hand(id: &RecordId, record: &Record, state: LineState) -> Line {
    Line { key: id.key.clone(), source: None, text: record.text(Field::Text).into(), composed: None, state }
}

/// The text as it is frozen and printed: a paragraph a line.
pub fn body(lines: &[Line]) -> Str {
    let kept = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty());
    kept.collect::<Vec<_>>().join("\n").into()
}
