//! A meeting's way: notice, opening, the end of the session, closing for good.

use super::agenda::{item_change, place_for, returned, returned_kind};
use super::capture::heard;
use super::{MeetingRefusal, clock, known, make, ready, set, timed_key};
use crate::domain::meeting::{
    Act, Attendance, ItemState, Meeting, MeetingKind, MeetingState, Return, facts, prepared, since_notice,
};
use crate::domain::{Field, FieldValue, Record, RecordKind, Str};
use crate::edit::{Change, Transaction, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;

/// Writes down that the notice went out, and what it said. Sent again, it is a corrected notice; where nothing has changed
/// since, there is nothing to send.
///
/// # Errors
/// Not once the meeting is on.
pub fn notify(workspace: &mut Workspace, moment: &Moment, meeting: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Notify)?;
    let sent = meeting.notice_count();
    if sent > 0 && meeting.state() == MeetingState::Notified && since_notice(&meeting).is_empty() {
        return Ok(Outcome::Unchanged);
    }
    let said: Vec<Str> = facts(&meeting).iter().map(|fact| fact.line()).collect();
    let notice = Record::new()
        .with(Field::Number, sent as i64 + 1)
        .with(Field::Date, moment.today)
        .with_some(Field::By, moment.author.clone())
        .with(Field::Facts, said);
    let key = timed_key(meeting.plan, RecordKind::Notice, meeting.id, moment, 0);
    let changes = vec![
        make(meeting.record_id(RecordKind::Notice, &key), notice),
        state(&meeting, MeetingState::Notified),
        set(meeting.plan, &meeting.own_id(), Field::Notified, Some(moment.today.into())),
    ];
    save(workspace, Transaction::new(Verb::Meeting, changes))
}

/// Opens the session: who had asked for leave is on leave. A meeting that was closed by mistake goes on.
///
/// # Errors
/// It is on already, or its minutes are out.
pub fn open(workspace: &mut Workspace, moment: &Moment, meeting: &str) -> Result<Outcome, Refusal> {
    let meeting = ready(workspace, meeting, Act::Open)?;
    let mut changes = vec![state(&meeting, MeetingState::InSession)];
    if let (None, Some(now)) = (meeting.record.get(Field::Opened), clock(moment)) {
        changes.push(set(meeting.plan, &meeting.own_id(), Field::Opened, Some(now.into())));
    }
    let on_leave = meeting.roster().into_iter();
    let on_leave = on_leave.filter(|seat| seat.attendance().is_none() && seat.reply() == Some(Attendance::Leave));
    changes.extend(on_leave.map(|seat| {
        let id = meeting.record_id(RecordKind::Attendee, seat.unit);
        set(meeting.plan, &id, Field::Attendance, Some(FieldValue::word(Attendance::Leave.token())))
    }));
    save(workspace, Transaction::new(Verb::Meeting, changes))
}

/// Ends the session, or closes for good a meeting whose minutes are out.
///
/// At the end of the session something has come of each item that asks for it. What is only heard counts as heard where the meeting has
/// gone past it. What a liaison meeting has prepared goes onto the agenda of its plenary.
///
/// # Errors
/// Items without an outcome; decisions that are not done; a state from which there is nothing to close.
pub fn close(workspace: &mut Workspace, moment: &Moment, meeting: &str) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let act = match known(workspace, meeting)?.state() {
        MeetingState::Minutes | MeetingState::Issued | MeetingState::Closed => Act::Close,
        MeetingState::Draft | MeetingState::Notified | MeetingState::InSession => Act::End,
    };
    let meeting = ready(workspace, meeting, act)?;
    let changes = if act == Act::End { end(&meeting, moment)? } else { finish(&meeting, moment)? };
    save(workspace, Transaction::new(Verb::Meeting, changes))
}

fn end(meeting: &Meeting, moment: &Moment) -> Result<Vec<Change>, Refusal> {
    let current = meeting.current().map(|item| item.key);
    let slots = meeting.agenda();
    let unsettled = slots.iter().filter(|slot| slot.item.is_unsettled());
    let items: Vec<String> =
        unsettled.map(|slot| format!("{} {}", slot.number.unwrap_or_default(), slot.item.title())).collect();
    if !items.is_empty() {
        return Err(MeetingRefusal::Unsettled { items }.into());
    }
    let reached = slots.iter().rposition(|slot| match slot.item.state() {
        ItemState::Discussed | ItemState::Postponed => true,
        ItemState::Open => current == Some(slot.item.key),
        ItemState::Dropped => false,
    });
    let mut changes =
        vec![state(meeting, MeetingState::Minutes), set(meeting.plan, &meeting.own_id(), Field::Current, None)];
    for slot in slots.iter().take(reached.map_or(0, |at| at + 1)) {
        changes.extend(heard(meeting, &slot.item, moment));
    }
    if meeting.kind() == MeetingKind::Liaison {
        changes.extend(feed(meeting, moment));
    }
    Ok(changes)
}

/// What a liaison meeting has prepared, as items of the plenary that it feeds.
fn feed(liaison: &Meeting, moment: &Moment) -> Vec<Change> {
    let Some(plenary) = liaison.feeds().filter(|plenary| plenary.allows(Act::Prepare)) else { return Vec::new() };
    let here = plenary.items();
    let is_new = |one: &Return| !here.iter().any(|item| item.record.text(Field::From) == one.source());
    let new = prepared(liaison).into_iter().filter(is_new).zip(0u32..);
    // one after the other: their order numbers differ by one
    new.map(|(one, nth)| {
        let order = place_for(&here, returned_kind(&one)) + i64::from(nth);
        item_change(&plenary, moment, nth, returned(&one, order))
    })
    .collect()
}

fn finish(meeting: &Meeting, moment: &Moment) -> Result<Vec<Change>, Refusal> {
    let open: Vec<String> = meeting
        .outcomes()
        .iter()
        .filter(|one| one.is_open())
        .map(|one| format!("{} {}", one.key, one.text()))
        .collect();
    if !open.is_empty() {
        return Err(MeetingRefusal::Undone { outcomes: open }.into());
    }
    let closed = set(meeting.plan, &meeting.own_id(), Field::Closed, Some(moment.today.into()));
    Ok(vec![state(meeting, MeetingState::Closed), closed])
}

fn state(meeting: &Meeting, state: MeetingState) -> Change {
    set(meeting.plan, &meeting.own_id(), Field::State, Some(FieldValue::word(state.token())))
}
