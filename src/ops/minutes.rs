//! Minutes: what they say now, free edits, the stages on their way out, numbers and corrections.

use super::decision::dated_key;
use super::{Moment, Outcome, Refusal, save};
use crate::domain::meeting::Meeting;
use crate::domain::minutes::{
    self, Line, LineState, LintFinding, Number, StageKind, Stages, lint, next_number, overlay,
};
use crate::domain::{Field, FieldValue, Record, RecordId, RecordKind, Str, UnitId};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::export::{Form, TemplateError, Templates, compose};
use crate::git::{GitError, Repo};
use crate::workspace::{Workspace, version_tag};
use chrono::{Datelike, NaiveDate};

/// Why minutes were left as they are.
#[derive(Clone, Debug, PartialEq)]
pub enum MinutesRefusal {
    UnknownAct {
        word: String,
    },
    UnknownStage {
        word: String,
    },
    /// Signed or issued: what stands there is locked.
    Locked {
        stage: StageKind,
    },
    NotSigned,
    NotIssued,
    OutOfOrder {
        asked: StageKind,
        next: Option<StageKind>,
    },
    NameNeeded,
    ReasonNeeded,
    UnknownSentence {
        key: String,
        known: Vec<String>,
    },
    Empty,
    NotOnRoster {
        unit: UnitId,
    },
    Objections {
        units: Vec<UnitId>,
    },
    NumberTaken {
        number: Number,
        meeting: String,
    },
    BadNumber {
        text: String,
    },
    Template(Box<TemplateError>),
}

impl From<MinutesRefusal> for Refusal {
    fn from(refusal: MinutesRefusal) -> Self {
        Refusal::Minutes(refusal)
    }
}

/// Minutes as they stand.
#[derive(Clone, Debug, PartialEq)]
pub struct MinutesView {
    pub meeting: Str,
    pub lines: Vec<Line>,
    pub stages: Stages,
    /// Departments with a paragraph of their own, and who confirmed it when.
    pub confirmations: Vec<Confirmation>,
}

/// What a department says of its paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirmation {
    pub unit: UnitId,
    pub date: Option<NaiveDate>,
    pub by: Str,
    pub objection: Str,
}

/// A stage that was noted, and the git tag that issuing gave; `None` where there is no repository.
#[derive(Debug)]
pub struct Staged {
    pub outcome: Outcome,
    pub tag: Option<Result<String, GitError>>,
}

/// The office's own wording of papers: the files in the plan's `templates/` that bear the name of a built-in one.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn office_templates(workspace: &Workspace) -> Result<Templates, Refusal> {
    let mut templates = Templates::default();
    for form in Form::ALL {
        if let Some(text) = workspace.read_aside(&format!("templates/{}", form.file()))? {
            templates.set(form, &text);
        }
    }
    Ok(templates)
}

/// The minutes of a meeting as they stand: the frozen text once they are signed, before that what the records give with the free
/// edits laid over.
///
/// # Errors
/// A template that is wrong.
pub fn minutes_view(workspace: &mut Workspace, meeting: &str, templates: &Templates) -> Result<MinutesView, Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let stages = Stages::of(plan, meeting);
    let frozen = plan.record(&minutes_id(meeting)).map_or("", |minutes| minutes.text(Field::Text));
    let lines = if stages.is_signed() && !frozen.is_empty() {
        frozen.lines().enumerate().map(|(at, text)| frozen_line(at, text)).collect()
    } else {
        let composed = compose(plan, meeting, templates).map_err(|error| MinutesRefusal::Template(Box::new(error)))?;
        overlay(plan, meeting, composed)
    };
    Ok(MinutesView { meeting: meeting.into(), lines, stages, confirmations: confirmations(workspace, meeting) })
}

fn frozen_line(at: usize, text: &str) -> Line {
    let key = format!("p{}", at + 1).into();
    Line { key, source: None, text: text.into(), composed: None, state: LineState::AsComposed }
}

fn minutes_id(meeting: &str) -> RecordId {
    RecordId::new(RecordKind::Minutes, meeting, "")
}

/// The departments that a decision of the meeting names as lead, in the order of the decisions.
fn confirmations(workspace: &Workspace, meeting: &str) -> Vec<Confirmation> {
    let plan = workspace.plan();
    let mut units: Vec<&UnitId> = Vec::new();
    for (_, outcome) in plan.records_of(RecordKind::Outcome).filter(|(id, _)| id.meeting == meeting) {
        units.extend(outcome.unit(Field::Lead).filter(|lead| !units.contains(lead)));
    }
    let nothing = Record::new();
    let confirmation = |unit: &UnitId| {
        let id = RecordId::new(RecordKind::Attendee, meeting, unit.as_str());
        let attendee = plan.record(&id).unwrap_or(&nothing);
        Confirmation {
            unit: unit.clone(),
            date: attendee.date(Field::Confirmed),
            by: attendee.text(Field::ConfirmedBy).into(),
            objection: attendee.text(Field::Objection).into(),
        }
    };
    units.into_iter().map(confirmation).collect()
}

/// Begins the minutes of a meeting. Composing again later is always the same: the sentences come from the records at any time.
///
/// # Errors
/// A template that is wrong.
pub fn compose_minutes(workspace: &mut Workspace, meeting: &str, templates: &Templates) -> Result<Outcome, Refusal> {
    minutes_view(workspace, meeting, templates)?;
    let id = minutes_id(meeting);
    if workspace.plan().record(&id).is_some() {
        return Ok(Outcome::Unchanged);
    }
    let made = Change::new(Place::Record(id), None, Some(Value::Record(Box::default())));
    save(workspace, Transaction::new(Verb::Minutes, vec![made]))
}

/// What is wrong with the minutes as they stand.
///
/// # Errors
/// A template that is wrong.
pub fn lint_minutes(
    workspace: &mut Workspace,
    meeting: &str,
    templates: &Templates,
) -> Result<Vec<LintFinding>, Refusal> {
    let view = minutes_view(workspace, meeting, templates)?;
    Ok(lint(workspace.plan(), meeting, &view.lines))
}

/// Writes a sentence otherwise than it was composed; empty text leaves it out.
///
/// # Errors
/// Signed minutes, a key that no sentence has.
pub fn edit_sentence(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    templates: &Templates,
    key: &str,
    text: &str,
) -> Result<Outcome, Refusal> {
    let view = unlocked(workspace, meeting, templates)?;
    let line = find_line(&view, key)?;
    let id = RecordId::new(RecordKind::Sentence, meeting, line.key.clone());
    let old = workspace.plan().record(&id).cloned();
    let text = text.replace("\r\n", "\n").replace(['\r', '\n'], "");
    let text = text.trim();
    let is_free = line.composed.is_none();
    if is_free && text.is_empty() {
        return remove(workspace, id, old);
    }
    if line.composed.as_deref() == Some(text) {
        return remove(workspace, id, old);
    }
    let mut record = old.clone().unwrap_or_default();
    record.set(Field::Text, Some(text.into()));
    if let Some(composed) = &line.composed {
        record.set(Field::Composed, Some(composed.clone().into()));
    }
    record.set(Field::By, moment.author.as_deref().map(FieldValue::from).or(record.get(Field::By).cloned()));
    save(workspace, Transaction::new(Verb::Minutes, replace(id, old, record)))
}

/// Takes a free edit back; a paragraph that was put in goes.
///
/// # Errors
/// Signed minutes, a key that no sentence has.
pub fn restore_sentence(
    workspace: &mut Workspace,
    meeting: &str,
    templates: &Templates,
    key: &str,
) -> Result<Outcome, Refusal> {
    let view = unlocked(workspace, meeting, templates)?;
    let line = find_line(&view, key)?;
    let id = RecordId::new(RecordKind::Sentence, meeting, line.key.clone());
    let old = workspace.plan().record(&id).cloned();
    remove(workspace, id, old)
}

/// Puts a paragraph of one's own behind a sentence; its key.
///
/// # Errors
/// Signed minutes, nothing to write, a key that no sentence has.
pub fn insert_sentence(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    templates: &Templates,
    after: &str,
    text: &str,
) -> Result<(Outcome, Str), Refusal> {
    let view = unlocked(workspace, meeting, templates)?;
    let after = find_line(&view, after)?.key.clone();
    let text = text.replace(['\r', '\n'], "");
    if text.trim().is_empty() {
        return Err(MinutesRefusal::Empty.into());
    }
    let mut record = Record::new().with(Field::Text, text.trim()).with(Field::After, after);
    record.set(Field::By, moment.author.as_deref().map(FieldValue::from));
    let key = dated_key(workspace, RecordKind::Sentence, meeting, moment, 0);
    let id = RecordId::new(RecordKind::Sentence, meeting, key.clone());
    let made = Change::new(Place::Record(id), None, Some(Value::Record(Box::new(record))));
    Ok((save(workspace, Transaction::new(Verb::Minutes, vec![made]))?, key))
}

fn unlocked(workspace: &mut Workspace, meeting: &str, templates: &Templates) -> Result<MinutesView, Refusal> {
    let view = minutes_view(workspace, meeting, templates)?;
    match view.stages.at() {
        Some(stage) if view.stages.is_signed() => Err(MinutesRefusal::Locked { stage }.into()),
        Some(_) | None => Ok(view),
    }
}

/// A sentence by its key, by the key of its record, or by its place, counted from 1.
fn find_line<'v>(view: &'v MinutesView, key: &str) -> Result<&'v Line, Refusal> {
    let exact = view.lines.iter().find(|line| line.key == key);
    let of_record = || {
        let mut lines = view.lines.iter();
        lines.find(|line| line.source.as_ref().is_some_and(|source| !key.is_empty() && source.key == key))
    };
    let at_place = || key.parse::<usize>().ok().and_then(|at| view.lines.get(at.checked_sub(1)?));
    exact.or_else(of_record).or_else(at_place).ok_or_else(|| {
        let known = view.lines.iter().map(|line| line.key.to_string()).collect();
        MinutesRefusal::UnknownSentence { key: key.to_string(), known }.into()
    })
}

fn remove(workspace: &mut Workspace, id: RecordId, old: Option<Record>) -> Result<Outcome, Refusal> {
    let gone = old.map(|old| Change::new(Place::Record(id), Some(Value::Record(Box::new(old))), None));
    save(workspace, Transaction::new(Verb::Minutes, gone.into_iter().collect()))
}

/// The changes from one state of a record to another: made, or field by field.
fn replace(id: RecordId, old: Option<Record>, new: Record) -> Vec<Change> {
    let Some(old) = old else {
        return vec![Change::new(Place::Record(id), None, Some(Value::Record(Box::new(new))))];
    };
    let fields = id.kind.fields().iter().map(|field| {
        let value = |record: &Record| record.get(*field).cloned().map(Value::Field);
        Change::new(Place::Field(id.clone(), *field), value(&old), value(&new))
    });
    fields.collect()
}

/// Notes that a department agrees with its paragraph, or what it has against it.
///
/// # Errors
/// A department that is not on the roster, no name, signed minutes.
pub fn confirm_minutes(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    unit: &UnitId,
    by: &str,
    objection: &str,
) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let stages = Stages::of(workspace.plan(), meeting);
    if let Some(stage) = stages.at().filter(|_| stages.is_signed()) {
        return Err(MinutesRefusal::Locked { stage }.into());
    }
    let by = name(by, moment)?;
    let id = RecordId::new(RecordKind::Attendee, meeting, unit.as_str());
    let old = workspace.plan().record(&id).cloned();
    let old = old.ok_or_else(|| MinutesRefusal::NotOnRoster { unit: unit.clone() })?;
    let mut new = old.clone();
    let objection = objection.trim();
    new.set(Field::Confirmed, objection.is_empty().then_some(moment.today.into()));
    new.set(Field::ConfirmedBy, Some(by.into()));
    new.set(Field::Objection, Some(objection.into()));
    save(workspace, Transaction::new(Verb::Minutes, replace(id, Some(old), new)))
}

/// Who did it: the name that was given, or the author's.
fn name(by: &str, moment: &Moment) -> Result<String, MinutesRefusal> {
    let named = Some(by.trim()).filter(|name| !name.is_empty()).map(str::to_string);
    named.or_else(|| moment.author.clone()).filter(|name| !name.is_empty()).ok_or(MinutesRefusal::NameNeeded)
}

/// Takes minutes a stage further, or sends them back with a reason.
///
/// Signing gives the number and freezes the text; issuing locks it and names the state of the meeting's folder in git, where
/// there is a repository. What the check finds does not stop a stage: the signature is on the paper, and this notes it.
///
/// # Errors
/// A stage out of its order, no name, a department that objects and has not been answered.
pub fn stage_minutes(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    templates: &Templates,
    kind: StageKind,
    by: &str,
    text: &str,
) -> Result<Staged, Refusal> {
    let view = minutes_view(workspace, meeting, templates)?;
    if !view.stages.may(kind) {
        return Err(MinutesRefusal::OutOfOrder { asked: kind, next: view.stages.next() }.into());
    }
    let by = name(by, moment)?;
    if kind == StageKind::Return && text.trim().is_empty() {
        return Err(MinutesRefusal::ReasonNeeded.into());
    }
    let objections = workspace
        .plan()
        .records_of(RecordKind::Attendee)
        .filter(|(id, one)| id.meeting == meeting && !one.text(Field::Objection).is_empty());
    let objections: Vec<UnitId> = objections.map(|(id, _)| UnitId::new(id.key.clone())).collect();
    if kind == StageKind::Sign && !objections.is_empty() {
        return Err(MinutesRefusal::Objections { units: objections }.into());
    }
    let mut step = Record::new()
        .with(Field::Kind, FieldValue::word(kind.token()))
        .with(Field::Date, moment.today)
        .with(Field::By, by.clone());
    step.set(Field::Text, Some(text.trim().into()));
    let key = dated_key(workspace, RecordKind::Stage, meeting, moment, 0);
    let place = Place::Record(RecordId::new(RecordKind::Stage, meeting, key));
    let mut changes = vec![Change::new(place, None, Some(Value::Record(Box::new(step))))];
    let id = minutes_id(meeting);
    let old = workspace.plan().record(&id).cloned();
    let mut new = old.clone().unwrap_or_default();
    match kind {
        StageKind::Draft | StageKind::Check | StageKind::Countersign => {}
        StageKind::Sign => sign(workspace, moment, meeting, &by, &view.lines, &mut new),
        StageKind::Issue => {
            new.set(Field::Issued, Some(moment.today.into()));
            let meeting_id = RecordId::new(RecordKind::Meeting, meeting, "");
            let state = workspace.plan().record(&meeting_id).and_then(|one| one.get(Field::State)).cloned();
            let issued = Some(Value::Field(FieldValue::word("issued")));
            changes.push(Change::new(Place::Field(meeting_id, Field::State), state.map(Value::Field), issued));
        }
        // the number stays with the minutes: what comes back signed is the same paper
        StageKind::Return => {
            new.set(Field::Text, None);
            new.set(Field::Signer, None);
            new.set(Field::Signed, None);
        }
    }
    changes.extend(replace(id, old, new));
    let outcome = save(workspace, Transaction::new(Verb::Minutes, changes))?;
    let tag = if kind == StageKind::Issue { tag(workspace, meeting, &by) } else { None };
    Ok(Staged { outcome, tag })
}

fn sign(workspace: &Workspace, moment: &Moment, meeting: &str, by: &str, lines: &[Line], new: &mut Record) {
    let plan = workspace.plan();
    let year = i64::from(moment.today.year());
    if new.number(Field::Number).is_none() {
        new.set(Field::Year, Some(year.into()));
        new.set(Field::Number, Some(next_number(plan, year).into()));
    }
    if new.number(Field::Nth).is_none() {
        let nth = Meeting::of(plan, meeting).map(|meeting| meeting.nth());
        new.set(Field::Nth, nth.map(FieldValue::from));
    }
    new.set(Field::Signer, Some(by.into()));
    new.set(Field::Signed, Some(moment.today.into()));
    new.set(Field::Text, Some(minutes::body(lines).into()));
}

/// Commits the meeting's folder and names the commit after the minutes; nothing without a repository.
fn tag(workspace: &Workspace, meeting: &str, by: &str) -> Option<Result<String, GitError>> {
    let repo = Repo::open(workspace.root()).ok()?;
    let minutes = workspace.plan().record(&minutes_id(meeting))?;
    let (year, number) = (minutes.number(Field::Year)?, minutes.number(Field::Number)?);
    let tag = version_tag(&format!("纪要-{year}-{number}号-{meeting}"));
    let folder = format!("plans/{}/meetings/{meeting}", workspace.plan_id());
    let message = format!("印发会议纪要〔{year}〕{number}号");
    Some(repo.keep(&folder, &message, &tag, Some(by)).map(|()| tag))
}

/// Writes a numbered correction of issued minutes; its number.
///
/// # Errors
/// Minutes that are not issued, nothing to write, no name.
pub fn correct_minutes(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    text: &str,
    by: &str,
) -> Result<(Outcome, i64), Refusal> {
    workspace.read_records();
    if !Stages::of(workspace.plan(), meeting).is_issued() {
        return Err(MinutesRefusal::NotIssued.into());
    }
    if text.trim().is_empty() {
        return Err(MinutesRefusal::Empty.into());
    }
    let by = name(by, moment)?;
    let (change, number) = correction(workspace, moment, meeting, text.trim(), &by);
    Ok((save(workspace, Transaction::new(Verb::Minutes, vec![change]))?, number))
}

fn correction(workspace: &Workspace, moment: &Moment, meeting: &str, text: &str, by: &str) -> (Change, i64) {
    let before = workspace.plan().records_of(RecordKind::Correction).filter(|(id, _)| id.meeting == meeting);
    let number = before.filter_map(|(_, one)| one.number(Field::Number)).max().unwrap_or(0) + 1;
    let record = Record::new()
        .with(Field::Number, number)
        .with(Field::Date, moment.today)
        .with(Field::By, by)
        .with(Field::Text, text);
    let key = dated_key(workspace, RecordKind::Correction, meeting, moment, 0);
    let place = Place::Record(RecordId::new(RecordKind::Correction, meeting, key));
    (Change::new(place, None, Some(Value::Record(Box::new(record)))), number)
}

/// Gives minutes another number, the next free one where none is named: for two machines that gave the same one. Issued minutes
/// get a correction that says so.
///
/// # Errors
/// Minutes without a number, a number that others have.
pub fn renumber_minutes(
    workspace: &mut Workspace,
    moment: &Moment,
    meeting: &str,
    wanted: Option<i64>,
    by: &str,
) -> Result<(Outcome, Number), Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let id = minutes_id(meeting);
    let given = plan.record(&id).and_then(|one| one.number(Field::Year).zip(one.number(Field::Number)));
    let Some((year, old)) = given else { return Err(MinutesRefusal::NotSigned.into()) };
    let by = name(by, moment)?;
    let number = Number { year, number: wanted.unwrap_or_else(|| next_number(plan, year)) };
    let taken = minutes::numbers(plan).into_iter().find(|(one, other)| *one == number && **other != id);
    if let Some((_, other)) = taken {
        return Err(MinutesRefusal::NumberTaken { number, meeting: other.meeting.to_string() }.into());
    }
    let field = |number: i64| Some(Value::Field(number.into()));
    let mut changes = vec![Change::new(Place::Field(id, Field::Number), field(old), field(number.number))];
    if Stages::of(plan, meeting).is_issued() && old != number.number {
        let text = format!("编号由〔{year}〕{old}号更正为〔{year}〕{}号。", number.number);
        changes.push(correction(workspace, moment, meeting, &text, &by).0);
    }
    Ok((save(workspace, Transaction::new(Verb::Minutes, changes))?, number))
}
