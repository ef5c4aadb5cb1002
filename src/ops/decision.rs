//! Following a decision up: each step is a record of its own, written once.

use super::{Moment, Outcome, Refusal, save};
use crate::domain::follow::{Follow, FollowState, ReminderDue, Rules, Rung, StepKind, due_now, register};
use crate::domain::{Due, EntryId, Field, FieldValue, Record, RecordId, RecordKind, UnitId};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::workspace::Workspace;
use chrono::{Datelike, Days, NaiveDate};

/// A step that somebody wants to note.
#[derive(Clone, Debug, PartialEq)]
pub struct StepRequest {
    pub kind: StepKind,
    /// Whom it concerns; the lead where nobody is named. For a reassignment the new lead.
    pub unit: Option<UnitId>,
    /// Who did it; the author where nobody is named.
    pub by: String,
    /// What was reported, why it was returned.
    pub text: String,
    /// Who should have it instead.
    pub proposal: String,
    pub due: Option<Due>,
}

impl StepRequest {
    pub fn new(kind: StepKind) -> StepRequest {
        let (by, text, proposal) = Default::default();
        StepRequest { kind, unit: None, by, text, proposal, due: None }
    }
}

/// Why a decision was left as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum FollowRefusal {
    UnknownDecision {
        text: String,
    },
    UnknownStep {
        word: String,
    },
    Closed,
    NotClosed,
    NoLead,
    NotInvolved {
        unit: UnitId,
    },
    ReasonNeeded {
        kind: StepKind,
    },
    TextNeeded {
        kind: StepKind,
    },
    NameNeeded {
        kind: StepKind,
    },
    UnitNeeded,
    DueNeeded,
    AlreadyReceived {
        unit: UnitId,
        date: NaiveDate,
    },
    /// The days for sending it back are over.
    TooLateToReturn {
        until: NaiveDate,
        days: u32,
    },
    NoEvidence,
    AlreadySigned {
        name: String,
    },
    /// An extension has to be asked for before the deadline.
    TooLateToExtend {
        due: NaiveDate,
    },
    NotLater {
        due: NaiveDate,
    },
    /// Signing with a remark other than 同意 or 圈阅 is no sign-off.
    Remark {
        text: String,
    },
    NoReminder,
    NotDue {
        due: ReminderDue,
    },
}

impl From<FollowRefusal> for Refusal {
    fn from(refusal: FollowRefusal) -> Self {
        Refusal::Follow(refusal)
    }
}

/// Remarks that are agreement.
const AGREED: [&str; 6] = ["同意", "圈阅", "已阅", "拟同意", "同意办结", "agreed"];

/// Reads what following up needs: the records, and the holidays of the years that deadlines are counted in.
pub fn read_follow(workspace: &mut Workspace, today: NaiveDate) {
    workspace.read_records();
    let records = workspace.plan().records.values();
    let days = records.flat_map(|record| [record.date(Field::Date), record.due(Field::Due).and_then(|due| due.date)]);
    let days: Vec<NaiveDate> =
        days.flatten().chain([today]).filter(|day| (day.year() - today.year()).abs() < 10).collect();
    let (from, to) = (days.iter().min().copied().unwrap_or(today), days.iter().max().copied().unwrap_or(today));
    workspace.calendar(from - Days::new(31), to + Days::new(62));
}

/// Makes tracked items of decisions: 列入督办.
///
/// # Errors
/// Whatever saving says.
pub fn track(workspace: &mut Workspace, ids: &[RecordId], tracked: bool) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let changes = ids.iter().filter_map(|id| {
        let record = workspace.plan().record(id)?;
        let old = record.get(Field::Tracked).cloned().map(Value::Field);
        let new = tracked.then_some(Value::Field(FieldValue::Flag(true)));
        Some(Change::new(Place::Field(id.clone(), Field::Tracked), old, new))
    });
    let changes = changes.collect();
    save(workspace, Transaction::new(Verb::Follow, changes))
}

/// Notes a step. A decision that nobody tracked yet is tracked from then on.
///
/// # Errors
/// A step that has no business where the decision stands; what is missing for it.
pub fn follow_step(
    workspace: &mut Workspace,
    moment: &Moment,
    id: &RecordId,
    request: &StepRequest,
) -> Result<Outcome, Refusal> {
    read_follow(workspace, moment.today);
    let plan = workspace.plan();
    let unknown = || FollowRefusal::UnknownDecision { text: id.key.to_string() };
    let follow = Follow::of(plan, id).ok_or_else(unknown)?;
    let rules = Rules::of(plan);
    check(workspace, &follow, request, moment, &rules)?;
    let mut changes = Vec::new();
    if follow.state == FollowState::Open {
        let flag = Some(Value::Field(FieldValue::Flag(true)));
        changes.push(Change::new(Place::Field(id.clone(), Field::Tracked), None, flag));
    }
    // an excerpt goes to everybody who has to do with it, unless one is named
    let units: Vec<Option<UnitId>> = match (request.kind, &request.unit) {
        (StepKind::Excerpt, None) => follow.units().cloned().map(Some).collect(),
        (StepKind::Receipt | StepKind::Return | StepKind::Report | StepKind::Evidence | StepKind::Reply, None) => {
            vec![follow.lead.clone()]
        }
        (_, unit) => vec![unit.clone()],
    };
    for (nth, unit) in units.into_iter().enumerate() {
        changes.push(step_change(workspace, moment, id, request, unit, nth as u32));
    }
    save(workspace, Transaction::new(Verb::Follow, changes))
}

/// Sends the excerpts of a meeting: a step a decision and department that has none yet.
///
/// # Errors
/// Whatever saving says.
pub fn send_excerpts(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    unit: Option<&UnitId>,
) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let mut changes = Vec::new();
    let plan = workspace.plan();
    let entries = register(plan);
    let of_meeting = entries.iter().filter(|entry| entry.id.meeting == meeting && !entry.follow.is_closed());
    let mut nth = 0;
    for entry in of_meeting {
        let was_sent = |unit: &UnitId| entry.follow.sent.iter().any(|(one, _)| one == unit);
        let units = entry.follow.units().filter(|one| unit.is_none_or(|unit| unit == *one) && !was_sent(one));
        let units: Vec<UnitId> = units.cloned().collect();
        if !units.is_empty() && entry.follow.state == FollowState::Open {
            let flag = Some(Value::Field(FieldValue::Flag(true)));
            changes.push(Change::new(Place::Field(entry.id.clone(), Field::Tracked), None, flag));
        }
        for unit in units {
            let request = StepRequest::new(StepKind::Excerpt);
            changes.push(step_change(workspace, moment, entry.id, &request, Some(unit), nth));
            nth += 1;
        }
    }
    save(workspace, Transaction::new(Verb::Follow, changes))
}

/// Issues the reminder that is due: 提醒, 催办 or 警示; which one it was.
///
/// # Errors
/// Where none is due, and when it will be.
pub fn remind(workspace: &mut Workspace, moment: &Moment, id: &RecordId, by: &str) -> Result<(Outcome, Rung), Refusal> {
    read_follow(workspace, moment.today);
    let plan = workspace.plan();
    let unknown = || FollowRefusal::UnknownDecision { text: id.key.to_string() };
    let follow = Follow::of(plan, id).ok_or_else(unknown)?;
    if follow.lead.is_none() {
        return Err(FollowRefusal::NoLead.into());
    }
    let ReminderDue::Now(rung) = due_now(&follow, moment.today, &Rules::of(plan), &plan.calendar) else {
        let due = due_now(&follow, moment.today, &Rules::of(plan), &plan.calendar);
        return Err(FollowRefusal::NotDue { due }.into());
    };
    let request = StepRequest { unit: follow.lead, by: by.to_string(), ..StepRequest::new(rung.step()) };
    let outcome = follow_step(workspace, moment, id, &request)?;
    Ok((outcome, rung))
}

fn check(
    workspace: &Workspace,
    follow: &Follow,
    request: &StepRequest,
    moment: &Moment,
    rules: &Rules,
) -> Result<(), FollowRefusal> {
    let kind = request.kind;
    let has_text = !request.text.trim().is_empty();
    if follow.is_closed() && kind != StepKind::Reopen {
        return Err(FollowRefusal::Closed);
    }
    let involved = |unit: &UnitId| follow.units().any(|one| one == unit);
    if let Some(unit) = &request.unit
        && kind != StepKind::Reassign
        && !involved(unit)
    {
        return Err(FollowRefusal::NotInvolved { unit: unit.clone() });
    }
    match kind {
        StepKind::Excerpt => follow.lead.as_ref().map(drop).ok_or(FollowRefusal::NoLead),
        StepKind::Receipt => {
            let unit = request.unit.as_ref().or(follow.lead.as_ref()).ok_or(FollowRefusal::NoLead)?;
            match follow.received.iter().find(|(one, _)| one == unit) {
                Some((unit, date)) => Err(FollowRefusal::AlreadyReceived { unit: unit.clone(), date: *date }),
                None => Ok(()),
            }
        }
        StepKind::Return => {
            let unit = request.unit.as_ref().or(follow.lead.as_ref()).ok_or(FollowRefusal::NoLead)?;
            if !has_text {
                return Err(FollowRefusal::ReasonNeeded { kind });
            }
            match follow.return_by(unit, rules, &workspace.plan().calendar) {
                Some(until) if moment.today > until => {
                    Err(FollowRefusal::TooLateToReturn { until, days: rules.return_days })
                }
                Some(_) | None => Ok(()),
            }
        }
        StepKind::Reassign => request.unit.as_ref().map(drop).ok_or(FollowRefusal::UnitNeeded),
        StepKind::Remind | StepKind::Press | StepKind::Warn => Ok(()),
        StepKind::Reply if follow.reminders.is_empty() => Err(FollowRefusal::NoReminder),
        StepKind::Reply | StepKind::Report | StepKind::Evidence if !has_text => Err(FollowRefusal::TextNeeded { kind }),
        StepKind::Reply | StepKind::Report | StepKind::Evidence | StepKind::Close => Ok(()),
        StepKind::Rework if !has_text => Err(FollowRefusal::ReasonNeeded { kind }),
        StepKind::Rework => Ok(()),
        StepKind::Extension => {
            let due = request.due.as_ref().and_then(|due| due.date).ok_or(FollowRefusal::DueNeeded)?;
            match follow.due_date() {
                Some(now) if moment.today > now => Err(FollowRefusal::TooLateToExtend { due: now }),
                Some(now) if due <= now => Err(FollowRefusal::NotLater { due: now }),
                _ if !has_text => Err(FollowRefusal::ReasonNeeded { kind }),
                Some(_) | None => Ok(()),
            }
        }
        StepKind::Signoff => {
            let name = signer(request, moment).ok_or(FollowRefusal::NameNeeded { kind })?;
            let remark = request.text.trim().trim_end_matches(['。', '.']);
            if follow.evidence.is_empty() {
                Err(FollowRefusal::NoEvidence)
            } else if !remark.is_empty() && !AGREED.contains(&remark) {
                Err(FollowRefusal::Remark { text: remark.to_string() })
            } else if follow.signed.iter().any(|one| *one == name) {
                Err(FollowRefusal::AlreadySigned { name })
            } else {
                Ok(())
            }
        }
        StepKind::Reopen if !follow.is_closed() => Err(FollowRefusal::NotClosed),
        StepKind::Reopen if !has_text => Err(FollowRefusal::ReasonNeeded { kind }),
        StepKind::Reopen => Ok(()),
    }
}

fn signer(request: &StepRequest, moment: &Moment) -> Option<String> {
    let named = Some(request.by.trim()).filter(|name| !name.is_empty());
    named.map(str::to_string).or_else(|| moment.author.clone()).filter(|name| !name.is_empty())
}

fn step_change(
    workspace: &Workspace,
    moment: &Moment,
    id: &RecordId,
    request: &StepRequest,
    unit: Option<UnitId>,
    nth: u32,
) -> Change {
    let text = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(FieldValue::from);
    let mut record = Record::new()
        .with(Field::Outcome, id.key.clone())
        .with(Field::Kind, FieldValue::word(request.kind.token()))
        .with(Field::Date, moment.today)
        .with_some(Field::Unit, unit)
        .with_some(Field::Due, request.due.clone());
    record.set(Field::By, signer(request, moment).map(FieldValue::from));
    record.set(Field::Text, text(&request.text));
    record.set(Field::Proposal, text(&request.proposal));
    let key = dated_key(workspace, RecordKind::Step, &id.meeting, moment, nth);
    let place = Place::Record(id.beside(RecordKind::Step, key));
    Change::new(place, None, Some(Value::Record(Box::new(record))))
}

/// A key for a record that is written once: day, time and chance, later than all of its kind and day in the meeting.
pub(super) fn dated_key(
    workspace: &Workspace,
    kind: RecordKind,
    meeting: &str,
    moment: &Moment,
    nth: u32,
) -> crate::domain::Str {
    let of_kind = workspace.plan().records_at(kind, meeting).filter_map(|(id, _)| EntryId::parse(&id.key));
    let second = EntryId::second_after(of_kind, moment.today, moment.second) + nth;
    EntryId::about(moment.today, second, moment.chance, meeting).as_str().into()
}
