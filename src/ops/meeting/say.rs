//! Meetings as sentences: refusals, reasons, the opening sentence, what has changed since the notice.

use super::MeetingRefusal;
use crate::domain::meeting::{Count, Fact, FactKind, Meeting, Reason};
use crate::domain::{Field, Plan, RecordKind, UnitId};
use crate::text::Text;
use chrono::NaiveDate;

/// That a meeting which is about to be opened was called for a later day.
pub fn opened_early(plan: &Plan, meeting: &str, today: NaiveDate, text: &Text) -> Option<String> {
    let date = Meeting::of(plan, meeting)?.date().filter(|date| *date > today)?;
    Some((text.meetings.opened_early)(date, (date - today).num_days()))
}

/// Says why nothing was done to a topic or a meeting.
pub fn say_meeting_refusal(refusal: &MeetingRefusal, text: &Text) -> String {
    let say = &text.meetings;
    let join = |all: &[String]| all.join(text.words.comma);
    let ids = |all: &[crate::domain::Str]| all.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(text.words.comma);
    match refusal {
        MeetingRefusal::UnknownMeeting { text, known } => (say.unknown_meeting)(text, &ids(known)),
        MeetingRefusal::AmbiguousMeeting { text, candidates } => (say.ambiguous)(text, &ids(candidates)),
        MeetingRefusal::UnknownItem { text, known } => (say.unknown_item)(text, &join(known)),
        MeetingRefusal::UnknownTopic { text } => (say.unknown_topic)(text),
        MeetingRefusal::UnknownOutcome { text } => (say.unknown_outcome)(text),
        MeetingRefusal::AmbiguousItem { text, candidates }
        | MeetingRefusal::AmbiguousTopic { text, candidates }
        | MeetingRefusal::AmbiguousOutcome { text, candidates } => (say.ambiguous)(text, &join(candidates)),
        MeetingRefusal::UnknownSuggestion { text, known } => (say.unknown_suggestion)(text, &ids(known)),
        MeetingRefusal::UnknownPaper { text, known } => (say.unknown_paper)(text, &join(known)),
        MeetingRefusal::NotNow { meeting, state, act } => {
            let word = (text.records.word)(RecordKind::Meeting, Field::State, state.token());
            (say.not_now)(meeting, word, (say.act)(*act), (say.instead)(*state, *act))
        }
        MeetingRefusal::Unsettled { items } => (say.unsettled)(&join(items)),
        MeetingRefusal::Undone { outcomes } => (say.undone)(&join(outcomes)),
        MeetingRefusal::EmptyTitle => say.empty_title.to_string(),
        MeetingRefusal::EmptyText => say.empty_text.to_string(),
        MeetingRefusal::TooLong { bytes, limit } => (text.errors.note_too_long)(*bytes, *limit),
        MeetingRefusal::ReasonNeeded { state } => {
            (say.reason_needed)((text.records.word)(RecordKind::Topic, Field::State, state.token()))
        }
        MeetingRefusal::Taken { title, meeting } => (say.taken)(title, meeting),
        MeetingRefusal::NoDay { text } => (say.no_day)(text),
        MeetingRefusal::NoSuchNumber { number, count } => (say.no_such_number)(*number, *count),
        MeetingRefusal::NoItem => say.no_item.to_string(),
        MeetingRefusal::NoCall => say.no_call.to_string(),
        MeetingRefusal::NotAsked { unit } => (say.not_asked)(unit.as_str()),
        MeetingRefusal::Template { file, line, column, message } => (say.template)(file, *line, *column, message),
    }
}

/// Says why something is suggested: 已逾期，原定 2025-03-31.
pub fn say_reason(reason: &Reason, text: &Text) -> String {
    let say = &text.meetings;
    let units = |units: &[UnitId]| units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(text.words.comma);
    match reason {
        Reason::Overdue { due } => (say.overdue)(*due),
        Reason::RedAgain { due, meetings } => (say.red_again)(*due, *meetings + 1),
        Reason::Unsettled { meeting, postponed: true } => (say.postponed_at)(meeting),
        Reason::Unsettled { meeting, postponed: false } => (say.undecided_at)(meeting),
        Reason::DueSoon { due, before } => (say.due_soon)(*due, *before),
        Reason::BehindPace { year, figure, expected } => {
            (say.behind_pace)(*year, &figure.to_string(), format!("{expected:.1}").trim_end_matches(".0"))
        }
        Reason::Disagree { units: who } => (say.disagree)(&units(who)),
    }
}

/// 应到 28 个单位，实到 26 个，请假 2 个。
pub fn say_opening(count: &Count, text: &Text) -> String {
    (text.meetings.opening)(count)
}

/// Says what differs from the notice: 时间 09:00 → 09:30.
pub fn say_fact_change(old: Option<&Fact>, new: Option<&Fact>, text: &Text) -> String {
    let say = &text.meetings;
    let nothing = text.words.nothing;
    let field = |kind: FactKind| match kind {
        FactKind::Date => Some(Field::Date),
        FactKind::Time => Some(Field::Time),
        FactKind::Place => Some(Field::Place),
        FactKind::Chair => Some(Field::Chair),
        FactKind::Item => None,
    };
    let item = |fact: &Fact| {
        let (number, title) = fact.said.split_once('|').unwrap_or(("", &fact.said));
        (say.item_at)(number, title)
    };
    let known = |fact: Option<&Fact>| {
        fact.map_or(nothing, |fact| if fact.said.is_empty() { nothing } else { &fact.said }).to_string()
    };
    match (old.or(new).and_then(|fact| field(fact.kind)), old, new) {
        (Some(field), old, new) => {
            let name = (text.records.field)(RecordKind::Meeting, field);
            (text.outcomes.field)("", name, &known(old), &known(new)).trim_start().to_string()
        }
        (None, Some(old), Some(new)) => (say.item_changed)(&item(old), &item(new)),
        (None, None, Some(new)) => (say.item_added)(&item(new)),
        (None, Some(old), None) => (say.item_gone)(&item(old)),
        (None, None, None) => String::new(),
    }
}
