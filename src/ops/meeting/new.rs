//! A new meeting: from the template of its kind, with the roster of the register and what returns by itself.

use super::agenda::{NewItem, item_change, record, returned, returned_kind};
use super::{GAP, MeetingRefusal, lines, make};
use crate::domain::meeting::{
    self, ItemKind, Meeting, MeetingKind, MeetingState, Template, TemplateItem, meetings, previous, proposed_date,
    returning,
};
use crate::domain::{Field, FieldValue, Plan, Record, RecordId, RecordKind, Str, UnitId, UnitMatch};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::ops::{Moment, Outcome, Refusal, save};
use crate::workspace::Workspace;
use chrono::{Days, NaiveDate, NaiveTime};

/// A template file, below the plan's folder.
const TEMPLATE: &str = "templates/meeting.toml";

/// A meeting as somebody plans it; what is not said comes from the template.
#[derive(Clone, PartialEq, Debug)]
pub struct NewMeeting {
    pub kind: MeetingKind,
    pub date: NaiveDate,
    pub time: Option<NaiveTime>,
    pub length: Option<i64>,
    pub place: String,
    pub chair: String,
    pub title: String,
}

/// The day that is proposed for the next meeting of a kind.
pub fn propose(workspace: &mut Workspace, kind: MeetingKind, today: NaiveDate) -> NaiveDate {
    workspace.read_records();
    workspace.calendar(today, today + Days::new(800));
    proposed_date(workspace.plan(), kind, today)
}

/// Plans a meeting: its record, the roster, the standing items, and what the last meeting left.
///
/// # Errors
/// A template that cannot be read.
pub fn new_meeting(workspace: &mut Workspace, moment: &Moment, new: &NewMeeting) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let template = template(workspace, new.kind)?;
    let plan = workspace.plan();
    let id = free_id(plan, new);
    let own = own_record(plan, new, &template)?;
    let own_id = RecordId::new(RecordKind::Meeting, id.clone(), "");
    let mut changes = vec![make(own_id.clone(), own.clone())];
    changes.extend(roster(plan, &id, new.date, &template));
    // the rules for what returns look at the records with the meeting in them
    let mut with = Plan { records: plan.records.clone(), units: plan.units.clone(), ..Plan::default() };
    with.records.insert(own_id, own);
    if let Some(meeting) = Meeting::of(&with, &id) {
        changes.extend(items(&meeting, moment, &template)?);
    }
    save(workspace, Transaction::new(Verb::Meeting, changes))
}

fn template(workspace: &Workspace, kind: MeetingKind) -> Result<Template, Refusal> {
    let own = workspace.read_aside(TEMPLATE)?;
    meeting::templates(own.as_deref(), kind).map_err(|error| {
        let file = format!("plans/{}/{TEMPLATE}", workspace.plan_id());
        MeetingRefusal::Template { file, line: error.line, column: error.column, message: error.message }.into()
    })
}

/// The folder's name: date and kind, with a number where there is one already.
fn free_id(plan: &Plan, new: &NewMeeting) -> Str {
    let base = format!("{}-{}", new.date, new.kind.token());
    let is_free = |id: &str| !plan.records.keys().any(|record| record.meeting == id);
    if is_free(&base) {
        return base.into();
    }
    let numbered = (2..).map(|number| format!("{base}-{number}")).find(|id| is_free(id));
    numbered.unwrap_or(base).into()
}

fn own_record(plan: &Plan, new: &NewMeeting, template: &Template) -> Result<Record, Refusal> {
    let empty = Record::new();
    let office = plan.record(&RecordId::of_plan(RecordKind::Office, "")).unwrap_or(&empty);
    let first = |texts: [&str; 3]| texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_string();
    let feeds = match new.kind {
        MeetingKind::Liaison => meetings(plan).into_iter().find(|other| {
            other.kind() == MeetingKind::Plenary && other.state().is_ahead() && other.date() >= Some(new.date)
        }),
        MeetingKind::Plenary | MeetingKind::Special => None,
    };
    let host = plan.info.office.as_deref().unwrap_or_default();
    Ok(Record::new()
        .with(Field::Kind, FieldValue::word(new.kind.token()))
        .with(Field::Title, lines(&new.title)?)
        .with(Field::State, FieldValue::word(MeetingState::Draft.token()))
        .with(Field::Date, new.date)
        .with_some(Field::Time, new.time.or(template.time))
        .with_some(Field::Length, new.length.or(template.length).filter(|length| *length > 0))
        .with(Field::Place, lines(&first([&new.place, &template.place, ""]))?)
        .with(Field::Host, first([office.text(Field::Host), host, ""]))
        .with(Field::Chair, lines(&first([&new.chair, &template.chair, office.text(Field::Chair)]))?)
        .with(Field::Contact, office.text(Field::Contact))
        .with(Field::Phone, office.text(Field::Phone))
        .with_some(Field::Feeds, feeds.map(|plenary| plenary.id.clone())))
}

/// The departments that are members on the day, in the order of the register.
fn roster(plan: &Plan, meeting: &Str, date: NaiveDate, template: &Template) -> Vec<Change> {
    let named: Vec<UnitId> = template
        .units
        .iter()
        .filter_map(|name| if let UnitMatch::One(unit) = plan.find_unit(name) { Some(unit) } else { None })
        .collect();
    let members = plan.units.iter().filter(|unit| {
        let is_member = unit.from.is_none_or(|from| from <= date) && unit.to.is_none_or(|to| date <= to);
        is_member && (template.units.is_empty() || named.contains(&unit.id))
    });
    let seat = |unit: &crate::domain::Unit| {
        let id = RecordId::new(RecordKind::Attendee, meeting.clone(), unit.id.as_str());
        make(id, Record::new().with(Field::Role, FieldValue::word("member")))
    };
    members.map(seat).collect()
}

/// The first agenda: what was decided last time, what returns, what the template has, in the order of an agenda.
fn items(meeting: &Meeting, moment: &Moment, template: &Template) -> Result<Vec<Change>, Refusal> {
    let last = previous(meeting);
    let standing = template.items.iter().filter(|item| item.kind != ItemKind::FollowUp || last.is_some());
    let mut records: Vec<(ItemKind, Record)> = Vec::new();
    for item in standing {
        let mut new = record(&new_item(meeting.plan, item, meeting), 0)?;
        if let Some(last) = last.filter(|_| item.kind == ItemKind::FollowUp) {
            new = new.with(Field::From, last.id.clone());
        }
        records.push((item.kind, new));
    }
    for one in returning(meeting) {
        let is_here = |(_, record): &(ItemKind, Record)| record.text(Field::Title) == one.item.title();
        let again = (returned_kind(&one), returned(&one, 0));
        match records.iter().position(is_here) {
            Some(_) if one.why == meeting::Why::Recurring => {}
            // what the template has anyway and was put off last time stands once, and knows where it comes from
            Some(at) => records[at] = again,
            None => records.push(again),
        }
    }
    records.sort_by_key(|(kind, _)| *kind);
    let numbered = records.into_iter().zip(0u32..);
    let change = |((_, record), nth): ((ItemKind, Record), u32)| {
        item_change(meeting, moment, nth, record.with(Field::Order, i64::from(nth + 1) * GAP))
    };
    let mut changes: Vec<Change> = numbered.map(change).collect();
    tell_apart(&mut changes);
    Ok(changes)
}

fn new_item(plan: &Plan, item: &TemplateItem, meeting: &Meeting) -> NewItem {
    let unit = if let UnitMatch::One(unit) = plan.find_unit(&item.unit) { Some(unit) } else { None };
    // who presides is the one to speak last
    let speaker =
        if item.kind == ItemKind::Speech && item.speaker.is_empty() { meeting.chair() } else { &item.speaker };
    NewItem {
        title: item.title.clone(),
        kind: Some(item.kind),
        section: item.section.clone(),
        unit,
        speaker: speaker.to_string(),
        minutes: item.minutes,
        recurring: item.recurring,
        ..NewItem::default()
    }
}

/// Two new items can have drawn one key; the later one gets another.
fn tell_apart(changes: &mut [Change]) {
    let mut seen = std::collections::BTreeSet::new();
    for (at, change) in changes.iter_mut().enumerate() {
        if let Place::Record(id) = &mut change.place {
            while !seen.insert(id.key.clone()) {
                id.key = format!("{}{}", id.key, at % 10).into();
            }
        }
        debug_assert!(matches!(change.new, Some(Value::Record(_))), "an item is made");
    }
}
