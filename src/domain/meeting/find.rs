//! Finding a meeting, an item, a topic or a decision by what somebody typed.

use super::{Item, Meeting, OutcomeView, TopicView};
use crate::domain::search::{Query, matches};
use crate::domain::{Plan, RecordId, RecordKind, Str, narrow};
use chrono::{Datelike, NaiveDate};

/// What typed words stand for.
#[derive(Clone, PartialEq, Debug)]
pub enum Found<T> {
    One(T),
    Many(Vec<T>),
    None,
}

impl<T> Found<T> {
    fn of(mut found: Vec<T>) -> Self {
        match found.len() {
            0 => Found::None,
            1 => Found::One(found.remove(0)),
            _ => Found::Many(found),
        }
    }

    /// What this finds, or where it finds nothing what the next way of naming finds.
    fn or(self, next: impl FnOnce() -> Found<T>) -> Self {
        match self {
            Found::None => next(),
            found => found,
        }
    }
}

/// The meetings by date, the oldest first.
pub fn meetings(plan: &Plan) -> Vec<Meeting<'_>> {
    let all = plan.records_of(RecordKind::Meeting);
    let mut all: Vec<Meeting> = all.map(|(id, record)| Meeting { id: &id.meeting, record, plan }).collect();
    all.sort_by_key(|meeting| (meeting.date(), meeting.time(), meeting.id));
    all
}

/// The meeting that is next: one that is on, else the first ahead that is not past.
pub fn next_meeting(plan: &Plan, today: NaiveDate) -> Option<Meeting<'_>> {
    let all = meetings(plan);
    let is_on = |meeting: &&Meeting| meeting.state() == super::MeetingState::InSession;
    let is_ahead = |meeting: &&Meeting| meeting.state().is_ahead() && meeting.date().is_none_or(|date| date >= today);
    all.iter().find(is_on).or_else(|| all.iter().find(is_ahead)).copied()
}

/// The last meeting that has met.
pub(super) fn last_meeting(plan: &Plan) -> Option<Meeting<'_>> {
    meetings(plan).into_iter().rfind(|meeting| meeting.state().is_over())
}

/// The last meeting of the same kind before this one that has met.
pub fn previous<'p>(meeting: &Meeting<'p>) -> Option<Meeting<'p>> {
    let is_it = |other: &Meeting| other.kind() == meeting.kind() && other.state().is_over() && other.is_before(meeting);
    meetings(meeting.plan).into_iter().rfind(is_it)
}

/// Finds the meeting that somebody named: its id, `next` or `last`, its date, 第2次 or 2, or how its id begins.
pub fn find_meeting<'p>(plan: &'p Plan, typed: &str, today: NaiveDate) -> Found<Meeting<'p>> {
    let typed = narrow(typed);
    let all = meetings(plan);
    if typed.is_empty() {
        return Found::None;
    }
    if let Some(meeting) = all.iter().find(|meeting| meeting.id.as_str() == typed) {
        return Found::One(*meeting);
    }
    match typed.as_str() {
        "next" | "下次" => return next_meeting(plan, today).map_or(Found::None, Found::One),
        "last" | "上次" => return last_meeting(plan).map_or(Found::None, Found::One),
        _ => {}
    }
    if let Ok(date) = typed.parse::<NaiveDate>() {
        let on_day: Vec<Meeting> = all.iter().filter(|meeting| meeting.date() == Some(date)).copied().collect();
        // a meeting that was moved keeps the day in its id
        if !on_day.is_empty() {
            return Found::of(on_day);
        }
    }
    let nth = typed.trim_start_matches('第').trim_end_matches('次').parse::<i64>().ok();
    if let Some(nth) = nth.filter(|nth| *nth < 1000) {
        let named = || all.iter().filter(|meeting| meeting.nth() == nth).copied();
        let this_year = named().filter(|meeting| meeting.date().is_some_and(|date| date.year() == today.year()));
        return Found::of(this_year.collect()).or(|| Found::of(named().collect()));
    }
    let begins = |meeting: &Meeting| meeting.id.starts_with(&typed);
    let titled = |meeting: &Meeting| meeting.title().contains(&typed);
    Found::of(all.iter().filter(|meeting| begins(meeting)).copied().collect())
        .or(|| Found::of(all.iter().filter(|meeting| titled(meeting)).copied().collect()))
}

/// Finds an item of a meeting by its key, its number on the agenda, how its key begins, or words of its title.
pub fn find_item<'p>(meeting: &Meeting<'p>, typed: &str) -> Found<Item<'p>> {
    let typed = narrow(typed);
    let slots = meeting.agenda();
    if let Some(slot) = slots.iter().find(|slot| slot.item.key.as_str() == typed) {
        return Found::One(slot.item);
    }
    if let Ok(number) = typed.parse::<usize>()
        && let Some(slot) = slots.iter().find(|slot| slot.number == Some(number))
    {
        return Found::One(slot.item);
    }
    let items = || slots.iter().map(|slot| slot.item);
    by_name(&typed, items, |item| item.key, |item| item.title())
}

/// Finds a topic by its key, how its key begins, or words of its title.
pub fn find_topic<'p>(plan: &'p Plan, typed: &str) -> Found<TopicView<'p>> {
    let topics = TopicView::all(plan);
    by_name(typed.trim(), || topics.iter().copied(), |topic| topic.key, |topic| topic.title())
}

/// Finds a decision of any meeting by its key, how its key begins, or words of its text.
pub fn find_outcome<'p>(plan: &'p Plan, typed: &str) -> Found<OutcomeView<'p>> {
    let all = || {
        let view =
            |(id, record): (&'p RecordId, &'p _)| OutcomeView { meeting: &id.meeting, key: &id.key, record, plan };
        plan.records_of(RecordKind::Outcome).map(view)
    };
    by_name(typed.trim(), all, |outcome| outcome.key, |outcome| outcome.text())
}

fn by_name<'p, T, I: Iterator<Item = T>>(
    typed: &str,
    all: impl Fn() -> I,
    key: impl Fn(&T) -> &'p Str,
    name: impl Fn(&T) -> &'p str,
) -> Found<T> {
    if typed.is_empty() {
        return Found::None;
    }
    let query = Query::new(typed);
    let of = |keep: &dyn Fn(&T) -> bool| Found::of(all().filter(|one| keep(one)).collect());
    of(&|one| key(one).as_str() == typed)
        .or(|| of(&|one| key(one).starts_with(typed)))
        .or(|| of(&|one| name(one) == typed))
        .or(|| of(&|one| name(one).contains(typed)))
        .or(|| of(&|one| matches(name(one), &query).is_some()))
}
