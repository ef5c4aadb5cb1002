//! Lists: the pool of topics, what is suggested, the meetings.

use crate::cli::fail::Failure;
use crate::cli::session::{Answer, Session};
use crate::cli::table::Table;
use crate::domain::meeting::{
    CallReply, CallView, ItemState, Meeting, MeetingState, Suggestion, TopicView, meetings as all_meetings,
};
use crate::domain::{Field, RecordKind, UnitId};
use crate::ops::meeting::say_reason;
use crate::ops::{due_in_full, place_name};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct TopicRecord<'p> {
    id: &'p str,
    title: &'p str,
    state: &'static str,
    brief: &'p str,
    units: Vec<&'p str>,
    coordination: &'p str,
    question: &'p str,
    submitter: &'p str,
    submitted: Option<NaiveDate>,
    tasks: Vec<&'p str>,
    reason: &'p str,
    meeting: Option<&'p str>,
}

#[derive(Serialize)]
struct SuggestionRecord<'p> {
    id: &'p str,
    reason: &'static str,
    /// The reason as a sentence.
    why: String,
    title: &'p str,
    units: Vec<&'p str>,
    tasks: Vec<&'p str>,
    from: Option<&'p str>,
}

#[derive(Serialize)]
struct MeetingRecord<'p> {
    id: &'p str,
    kind: &'static str,
    title: String,
    nth: i64,
    date: Option<NaiveDate>,
    time: Option<String>,
    place: &'p str,
    chair: &'p str,
    state: &'static str,
    items: usize,
    outcomes: usize,
}

fn names(units: &[UnitId]) -> Vec<&str> {
    units.iter().map(UnitId::as_str).collect()
}

/// The pool of topics.
pub(super) fn topics(session: &mut Session, workspace: &Workspace) -> Answer {
    let text = session.text;
    let topics = TopicView::all(workspace.plan());
    let records: Vec<TopicRecord> = topics
        .iter()
        .map(|topic| TopicRecord {
            id: topic.key,
            title: topic.title(),
            state: topic.state().token(),
            brief: topic.record.text(Field::Brief),
            units: names(topic.units()),
            coordination: topic.record.text(Field::Coordination),
            question: topic.record.text(Field::Question),
            submitter: topic.record.text(Field::Submitter),
            submitted: topic.record.date(Field::Submitted),
            tasks: topic.tasks().iter().map(|id| id.as_str()).collect(),
            reason: topic.record.text(Field::Reason),
            meeting: Some(topic.meeting()).filter(|meeting| !meeting.is_empty()),
        })
        .collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for topic in &topics {
            let state = (text.records.word)(RecordKind::Topic, Field::State, topic.state().token());
            let units = names(topic.units()).join(text.words.comma);
            let cells = [topic.key.to_string(), state.to_string(), topic.meeting().to_string(), units];
            table.row(cells.into_iter().chain([topic.title().to_string()]));
        }
        table.print(out);
    });
    if topics.is_empty() {
        session.say(text.help.meeting.no_topics);
    }
    session.browsed(workspace, data)
}

#[derive(Serialize)]
struct CallRecord<'p> {
    id: &'p str,
    meeting: Option<&'p str>,
    date: Option<NaiveDate>,
    due: Option<NaiveDate>,
    replies: Vec<ReplyRecord<'p>>,
}

#[derive(Serialize)]
struct ReplyRecord<'p> {
    unit: &'p str,
    /// `topic`, `none` or `silent`.
    reply: &'static str,
    topics: Vec<String>,
}

/// Who has answered the last call for topics.
pub(super) fn replies(session: &mut Session, workspace: &Workspace) -> Result<Answer, Failure> {
    let text = session.text;
    let plan = workspace.plan();
    let Some(call) = CallView::latest(plan) else {
        return Err(Failure::refused(text.meetings.no_call.to_string()));
    };
    let replies = call.replies(plan);
    let record = CallRecord {
        id: &call.id.key,
        meeting: Some(call.meeting()).filter(|meeting| !meeting.is_empty()),
        date: call.date(),
        due: call.due().and_then(|due| due.date),
        replies: replies
            .iter()
            .map(|(unit, reply)| ReplyRecord {
                unit: unit.as_str(),
                reply: reply.token(),
                topics: match reply {
                    CallReply::Topics(keys) => keys.iter().map(ToString::to_string).collect(),
                    CallReply::Nothing | CallReply::Silent => Vec::new(),
                },
            })
            .collect(),
    };
    let say = &text.rooms;
    let data = session.data(&record, |out| {
        let mut table = Table::plain(session.world.width);
        for (unit, reply) in &replies {
            let words = match reply {
                CallReply::Topics(keys) => (say.topics_from)(keys.len()),
                CallReply::Nothing => say.no_topic.to_string(),
                CallReply::Silent => say.no_answer.to_string(),
            };
            table.row([unit.to_string(), words]);
        }
        table.print(out);
    });
    let count = |is: fn(&CallReply) -> bool| replies.iter().filter(|(_, reply)| is(reply)).count();
    let due = call.due().map_or(String::new(), |due| due_in_full(due, text));
    let [topics, none, silent] = [
        count(|reply| matches!(reply, CallReply::Topics(_))),
        count(|reply| *reply == CallReply::Nothing),
        count(|reply| *reply == CallReply::Silent),
    ];
    session.say(&(say.called)(&due, topics, none, silent));
    Ok(session.browsed(workspace, data))
}

/// What is suggested.
pub(super) fn suggestions(session: &mut Session, workspace: &Workspace, all: &[Suggestion]) -> Answer {
    let text = session.text;
    let records: Vec<SuggestionRecord> = all
        .iter()
        .map(|one| SuggestionRecord {
            id: &one.key,
            reason: one.reason.token(),
            why: say_reason(&one.reason, text),
            title: &one.title,
            units: names(&one.units),
            tasks: one.tasks.iter().map(|id| id.as_str()).collect(),
            from: Some(one.from.as_str()).filter(|from| !from.is_empty()),
        })
        .collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for one in all {
            let places: Vec<String> = one.tasks.iter().map(|id| place_name(id, text)).collect();
            let title = format!("{} {}", places.join(text.words.comma), one.title);
            table.row([one.key.to_string(), say_reason(&one.reason, text), title.trim().to_string()]);
        }
        table.print(out);
    });
    if all.is_empty() {
        session.say(text.help.meeting.no_suggestions);
    }
    session.browsed(workspace, data)
}

/// The meetings by date.
pub(super) fn meetings(session: &mut Session, workspace: &Workspace) -> Answer {
    let text = session.text;
    let all = all_meetings(workspace.plan());
    let records: Vec<MeetingRecord> = all
        .iter()
        .map(|meeting| MeetingRecord {
            id: meeting.id,
            kind: meeting.kind().token(),
            title: meeting.title(),
            nth: meeting.nth(),
            date: meeting.date(),
            time: meeting.time().map(|time| time.format("%H:%M").to_string()),
            place: meeting.place(),
            chair: meeting.chair(),
            state: meeting.state().token(),
            items: meeting.items().iter().filter(|item| !item.is_dropped()).count(),
            outcomes: meeting.outcomes().len(),
        })
        .collect();
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for meeting in &all {
            let state = (text.records.word)(RecordKind::Meeting, Field::State, meeting.state().token());
            let day = meeting.date().map_or(String::new(), |date| date.to_string());
            table.row([meeting.id.to_string(), day, state.to_string(), meeting.title()]);
        }
        table.print(out);
    });
    if all.is_empty() {
        session.say(text.help.meeting.no_meetings);
    }
    session.browsed(workspace, data)
}

/// Says which items the meeting did not come to, once it has ended.
pub(super) fn say_unheard(session: &mut Session, workspace: &Workspace, id: &str) {
    let Some(meeting) = Meeting::of(workspace.plan(), id).filter(|one| one.state() == MeetingState::Minutes) else {
        return;
    };
    let items = meeting.items();
    let open: Vec<&str> =
        items.iter().filter(|item| item.state() == ItemState::Open).map(|item| item.title()).collect();
    if !open.is_empty() {
        let sentence = (session.text.help.meeting.unheard)(&open.join(session.text.words.comma));
        session.say(&sentence);
    }
}
