//! A meeting as its notice, agenda, script, sign-in sheet and seat cards show it.

use super::super::compose::{items, kind_name, office, person, time, title};
use super::minutes::place;
use super::{contact, follow_up_lines};
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, UnitId};
use crate::export::content::{AgendaLine, Material, MeetingPaper, Seat, SeatRole};
use chrono::{NaiveDate, NaiveTime, TimeDelta};

/// Working days before a meeting by which reply slips and papers are to be in.
const REPLY_DAYS: u32 = 2;

/// A meeting before it has met.
pub fn meeting_paper(plan: &Plan, meeting: &str, today: NaiveDate) -> MeetingPaper {
    let nothing = Record::new();
    let record = plan.record(&RecordId::new(RecordKind::Meeting, meeting, "")).unwrap_or(&nothing);
    let date = record.date(Field::Date);
    let (last_meeting, follow_up) = follow_up_lines(plan, meeting, today);
    let seats = seats(plan, meeting);
    let materials = plan.records_at(RecordKind::Paper, meeting);
    let materials_by = materials.filter_map(|(_, one)| one.due(Field::Due).and_then(|due| due.date)).max();
    MeetingPaper {
        title: title(plan, meeting, record),
        kind: kind_name(record.text(Field::Kind)).into(),
        number: None,
        date,
        time: time(record),
        minutes: record.number(Field::Length).and_then(|length| u32::try_from(length).ok()),
        place: record.text(Field::Place).into(),
        chair: person(record.text(Field::Chair)),
        office: office(plan),
        issued: Some(record.date(Field::Notified).unwrap_or(today)),
        recipients: recipients(plan, &seats),
        items: agenda(plan, meeting, record),
        seats,
        follow_up,
        last_meeting,
        reply_by: date.and_then(|date| plan.calendar.before(date, REPLY_DAYS)),
        materials_by,
        contact: contact(plan, record),
        requests: Vec::new(),
        changes: Vec::new(),
    }
}

/// 各成员单位 where all of them are asked, or else each by name.
fn recipients(plan: &Plan, seats: &[Seat]) -> Vec<String> {
    let asked = |unit: &UnitId| seats.iter().any(|seat| seat.unit == unit.as_str());
    if seats.is_empty() || plan.units.iter().all(|unit| asked(&unit.id)) {
        return vec!["各成员单位".into()];
    }
    seats.iter().map(|seat| seat.unit.clone()).collect()
}

fn agenda(plan: &Plan, meeting: &str, record: &Record) -> Vec<AgendaLine> {
    let mut clock = time(record).and_then(|time| NaiveTime::parse_from_str(&time, "%H:%M").ok());
    let shown = items(plan, meeting).into_iter().filter(|(_, item)| item.text(Field::State) != "dropped");
    let lines = shown.map(|(id, item)| {
        let minutes = item.number(Field::Minutes).and_then(|minutes| u32::try_from(minutes).ok());
        let starts = clock.map(|clock| clock.format("%H:%M").to_string());
        // after an item of unknown length nothing has a time
        clock = clock.zip(minutes).map(|(clock, minutes)| clock + TimeDelta::minutes(i64::from(minutes)));
        AgendaLine {
            section: item.text(Field::Section).into(),
            title: item.text(Field::Title).into(),
            unit: item.unit(Field::Unit).map(ToString::to_string).unwrap_or_default(),
            speaker: item.text(Field::Speaker).into(),
            minutes,
            starts,
            materials: materials(plan, id),
            question: item.text(Field::Question).into(),
        }
    });
    lines.collect()
}

fn materials(plan: &Plan, item: &RecordId) -> Vec<Material> {
    let all = plan.records_at(RecordKind::Paper, &item.meeting);
    let own = all.filter(|(_, paper)| paper.text(Field::Item) == item.key.as_str());
    let material = |(_, paper): (&RecordId, &Record)| Material {
        title: paper.text(Field::Name).into(),
        unit: paper.unit(Field::Unit).map(ToString::to_string).unwrap_or_default(),
        due: paper.due(Field::Due).and_then(|due| due.date),
        received: paper.date(Field::Received).is_some(),
    };
    own.map(material).collect()
}

fn seats(plan: &Plan, meeting: &str) -> Vec<Seat> {
    let roster = plan.records_at(RecordKind::Attendee, meeting);
    let mut roster: Vec<_> = roster.map(|(id, one)| (place(plan, &id.key), id, one)).collect();
    roster.sort_by_key(|(place, id, _)| (*place, (*id).clone()));
    let seat = |(_, id, one): (usize, &RecordId, &Record)| Seat {
        unit: id.key.to_string(),
        name: one.text(Field::Name).into(),
        post: one.text(Field::Post).into(),
        role: if one.text(Field::Role) == "observer" { SeatRole::Observer } else { SeatRole::Member },
        group: plan.unit(&UnitId::new(id.key.clone())).map(|unit| unit.group.word().to_string()).unwrap_or_default(),
    };
    roster.into_iter().map(seat).collect()
}
