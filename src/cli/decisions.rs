//! `decisions` and `decision`: the register of what meetings decided, and each step of following it up.

use super::change;
use super::deadline;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use crate::domain::follow::{Asked, Decision, Rules, StepKind, register};
use crate::domain::meeting::Hole;
use crate::domain::{Due, Field};
use crate::ops::{self, FollowRefusal, Refusal, StepRequest};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct DecisionRecord {
    id: String,
    text: String,
    lead: Option<String>,
    with: Vec<String>,
    due: Option<NaiveDate>,
    due_text: Option<String>,
    original_due: Option<NaiveDate>,
    postponements: u32,
    status: &'static str,
    light: &'static str,
    overdue: bool,
    days_left: Option<i32>,
    tracked: bool,
    meeting: String,
    date: Option<NaiveDate>,
    item: Option<String>,
    item_title: Option<String>,
    /// The first clause it names.
    task: Option<String>,
    tasks: Vec<String>,
    form: Option<String>,
    /// What is missing: `lead`, `due`.
    holes: Vec<&'static str>,
    sent: Vec<PassedRecord>,
    received: Vec<PassedRecord>,
    report: Option<String>,
    evidence: Vec<String>,
    signed: Vec<String>,
    reminders: Vec<ReminderRecord>,
    closed: Option<NaiveDate>,
    reopened: u32,
}

#[derive(Serialize)]
struct PassedRecord {
    unit: String,
    date: NaiveDate,
}

#[derive(Serialize)]
struct ReminderRecord {
    step: &'static str,
    date: NaiveDate,
    answered: Option<NaiveDate>,
}

pub(super) fn list(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let mut workspace = session.open()?;
    let today = session.today();
    ops::read_follow(&mut workspace, today);
    let plan = workspace.plan();
    let asked: Vec<Asked> = words.all().iter().map(|word| Asked::parse(plan, word)).collect();
    let mut entries = register(plan);
    entries.retain(|entry| asked.iter().all(|one| one.fits(entry, today)));
    let records: Vec<DecisionRecord> = entries.iter().map(|entry| record(&workspace, entry, today)).collect();
    let data = session.data(&records, |out| print(session, &workspace, &entries, out));
    let say = &session.text.follow;
    let count = |is: &dyn Fn(&Decision) -> bool| entries.iter().filter(|entry| is(entry)).count();
    let sentence = match entries.len() {
        0 => say.none.to_string(),
        all => (say.total)(
            all,
            count(&|entry| entry.follow.is_closed()),
            count(&|entry| entry.follow.is_overdue(today)),
            count(&|entry| !entry.follow.is_closed() && !entry.follow.holes().is_empty()),
        ),
    };
    session.say(&sentence);
    Ok(session.browsed(&workspace, data))
}

pub(super) fn record(workspace: &Workspace, entry: &Decision, today: NaiveDate) -> DecisionRecord {
    let follow = &entry.follow;
    let plan = workspace.plan();
    let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
    let tasks: Vec<String> = entry.tasks().iter().map(|task| task.as_str().to_string()).collect();
    let passed = |list: &[(crate::domain::UnitId, NaiveDate)]| {
        list.iter().map(|(unit, date)| PassedRecord { unit: unit.to_string(), date: *date }).collect()
    };
    let due = |due: &Option<Due>| due.as_ref().and_then(|due| due.date);
    DecisionRecord {
        id: entry.id.key.to_string(),
        text: entry.outcome.text(Field::Text).to_string(),
        lead: follow.lead.as_ref().map(ToString::to_string),
        with: follow.with.iter().map(ToString::to_string).collect(),
        due: due(&follow.due),
        due_text: follow.due.as_ref().and_then(|due| some(&due.wording)),
        original_due: due(&follow.original_due),
        postponements: follow.postponements,
        status: follow.state.token(),
        light: follow.light(today, &Rules::of(plan), &plan.calendar).token(),
        overdue: follow.is_overdue(today),
        days_left: entry.days_left(today, &plan.calendar),
        tracked: follow.state != crate::domain::follow::FollowState::Open,
        meeting: entry.id.meeting.to_string(),
        date: entry.date,
        item: some(entry.outcome.text(Field::Item)),
        item_title: entry.item.and_then(|item| some(item.text(Field::Title))),
        task: tasks.first().cloned(),
        tasks,
        form: some(entry.outcome.text(Field::Form)),
        holes: follow.holes().into_iter().map(Hole::token).collect(),
        sent: passed(&follow.sent),
        received: passed(&follow.received),
        report: follow.report.as_ref().map(|(_, text)| text.to_string()),
        evidence: follow.evidence.iter().map(ToString::to_string).collect(),
        signed: follow.signed.iter().map(ToString::to_string).collect(),
        reminders: follow
            .reminders
            .iter()
            .map(|one| ReminderRecord { step: one.rung.step().token(), date: one.date, answered: one.answered })
            .collect(),
        closed: follow.closed,
        reopened: follow.reopened,
    }
}

fn print(session: &Session, workspace: &Workspace, entries: &[Decision], out: &mut String) {
    let (text, today) = (session.text, session.today());
    let (head, say) = (&text.help.report, &text.follow);
    let mut table =
        Table::new(session.world.width, &[head.id, head.light, head.status, head.lead, head.due, say.days, head.text]);
    let plan = workspace.plan();
    let rules = Rules::of(plan);
    for entry in entries {
        let follow = &entry.follow;
        let hole = |hole: Hole| format!("〔{}〕", (say.hole)(hole));
        let lead = follow.lead.as_ref().map_or_else(|| hole(Hole::Lead), ToString::to_string);
        let due = follow.due.as_ref().map_or_else(|| hole(Hole::Due), |due| super::tasks::due_words(Some(due)));
        let days = entry.days_left(today, &plan.calendar).filter(|_| !follow.is_closed());
        table.row([
            entry.id.key.to_string(),
            (text.words.light)(follow.light(today, &rules, &plan.calendar)).to_string(),
            (say.state)(follow.state).to_string(),
            lead,
            due,
            days.map(say.days_left).unwrap_or_default(),
            entry.outcome.text(Field::Text).to_string(),
        ]);
    }
    table.print(out);
}

/// What `decision` may be asked for; tracking is no step.
fn step_kind(word: &str) -> Option<StepKind> {
    Some(match word {
        "excerpt" => StepKind::Excerpt,
        "receipt" => StepKind::Receipt,
        "return" => StepKind::Return,
        "reassign" => StepKind::Reassign,
        "reply" => StepKind::Reply,
        "report" => StepKind::Report,
        "evidence" => StepKind::Evidence,
        "rework" => StepKind::Rework,
        "extend" | "extension" => StepKind::Extension,
        "signoff" => StepKind::Signoff,
        "reopen" => StepKind::Reopen,
        _ => return None,
    })
}

pub(super) fn step(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let refused = |refusal: Refusal| Failure::refusal(&refusal, text);
    let word = words.at(0);
    let kind = step_kind(word);
    if kind.is_none() && !matches!(word, "track" | "untrack") {
        return Err(refused(FollowRefusal::UnknownStep { word: word.to_string() }.into()));
    }
    let option = |name: &str| own.get_one::<String>(name).cloned();
    let mut workspace = session.open_to_change()?;
    let id = ops::meeting::resolve_outcome(&mut workspace, words.at(1)).map_err(refused)?;
    let Some(kind) = kind else {
        let done = ops::track(&mut workspace, &[id], word == "track");
        return change::answer(session, &workspace, done);
    };
    let moment = session.moment(workspace.root(), true)?;
    let unit = option("unit").map(|unit| ops::resolve_unit(&workspace, &unit)).transpose().map_err(refused)?;
    let due = option("due").map(|typed| deadline::understood(session, &mut workspace, &typed)).transpose()?.flatten();
    // the words may stand behind the decision as well
    let behind = Some(words.at(2)).filter(|text| !text.is_empty()).map(str::to_string);
    let said = option("text").or_else(|| option("reason")).or(behind).unwrap_or_default();
    let request = StepRequest {
        kind,
        unit,
        by: option("by").unwrap_or_default(),
        text: super::note::typed(session, &said)?,
        proposal: option("proposal").unwrap_or_default(),
        due,
    };
    let done = ops::follow_step(&mut workspace, &moment, &id, &request);
    change::answer(session, &workspace, done)
}

pub(super) fn remind(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let mut workspace = session.open_to_change()?;
    let id = ops::meeting::resolve_outcome(&mut workspace, words.at(0))
        .map_err(|refusal| Failure::refusal(&refusal, text))?;
    let moment = session.moment(workspace.root(), true)?;
    let by = own.get_one::<String>("by").cloned().unwrap_or_default();
    let (outcome, rung) = match ops::remind(&mut workspace, &moment, &id, &by) {
        Ok((outcome, rung)) => (Ok(outcome), Some(rung)),
        Err(refusal) => (Err(refusal), None),
    };
    let answer = change::answer(session, &workspace, outcome)?;
    let follow = crate::domain::follow::Follow::of(workspace.plan(), &id);
    if let (Some(rung), Some(follow)) = (rung, follow) {
        let word = Rules::of(workspace.plan()).word(rung).clone();
        let unit = follow.lead.map(|lead| lead.to_string()).unwrap_or_default();
        session.say(&(text.follow.reminded)(&word, &unit));
    }
    Ok(answer)
}
