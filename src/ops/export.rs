//! Papers and calendars of a meeting, as the bytes of a file. Nothing is changed by it.

use super::{Refusal, meeting};
use crate::domain::follow::{Follow, ReminderDue, Rules, Rung, due_now};
use crate::domain::meeting::{Meeting, since_notice};
use crate::domain::minutes::{Stages, body, overlay};
use crate::domain::{Field, Plan, RecordId, RecordKind, Status, Str, UnitId, horizon};
use crate::export::paper::{Block, Paper};
use crate::export::{
    Event, Form, TemplateError, Templates, When, compose, docx, excerpt_paper, ics, markdown, meeting_paper,
    minutes_paper, opinions_paper, paper, reminder_paper, text, topics_call_paper,
};
use crate::store::{FileError, Put, put_file};
use crate::text::{Lang, Text};
use crate::workspace::Workspace;
use chrono::{Days, NaiveDate};
use std::path::{Path, PathBuf};

/// What is wanted on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PaperKind {
    Notice,
    Agenda,
    Script,
    SignIn,
    Seats,
    Minutes,
    Excerpt,
    Reminder,
}

impl PaperKind {
    pub const ALL: [PaperKind; 8] = [
        PaperKind::Notice,
        PaperKind::Agenda,
        PaperKind::Script,
        PaperKind::SignIn,
        PaperKind::Seats,
        PaperKind::Minutes,
        PaperKind::Excerpt,
        PaperKind::Reminder,
    ];

    /// The word for it on the command line, and in the name of its file.
    pub fn token(self) -> &'static str {
        match self {
            PaperKind::Notice => "notice",
            PaperKind::Agenda => "agenda",
            PaperKind::Script => "script",
            PaperKind::SignIn => "signin",
            PaperKind::Seats => "seats",
            PaperKind::Minutes => "minutes",
            PaperKind::Excerpt => "excerpt",
            PaperKind::Reminder => "reminder",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == word)
    }
}

/// Everything that can be written: the papers of a meeting, and those of the plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sheet {
    OfMeeting(PaperKind),
    /// 意见采纳情况表
    Opinions,
    /// 议题征集函
    TopicsCall,
    Calendar,
}

impl Sheet {
    pub const ALL: [Sheet; 11] = [
        Sheet::OfMeeting(PaperKind::Notice),
        Sheet::OfMeeting(PaperKind::Agenda),
        Sheet::OfMeeting(PaperKind::Script),
        Sheet::OfMeeting(PaperKind::SignIn),
        Sheet::OfMeeting(PaperKind::Seats),
        Sheet::OfMeeting(PaperKind::Minutes),
        Sheet::OfMeeting(PaperKind::Excerpt),
        Sheet::OfMeeting(PaperKind::Reminder),
        Sheet::Opinions,
        Sheet::TopicsCall,
        Sheet::Calendar,
    ];

    /// Its place among all, which is that of its name.
    pub fn index(self) -> usize {
        Sheet::ALL.iter().position(|sheet| *sheet == self).unwrap_or(0)
    }
}

/// To whom a paper goes that every department gets its own of: 摘办单, 提醒函.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Whom {
    /// Everybody, one behind the other.
    #[default]
    All,
    Unit(UnitId),
    /// Those who have to do with one decision, and that decision alone.
    Decision(RecordId),
}

impl Whom {
    fn unit(&self) -> Option<UnitId> {
        if let Whom::Unit(unit) = self { Some(unit.clone()) } else { None }
    }

    fn takes_unit(&self, unit: &UnitId) -> bool {
        !matches!(self, Whom::Unit(one) if one != unit)
    }

    fn takes(&self, decision: &RecordId) -> bool {
        !matches!(self, Whom::Decision(one) if one != decision)
    }

    /// How it is told from the same paper for others in the name of a file.
    pub fn name(&self) -> Option<String> {
        match self {
            Whom::All => None,
            Whom::Unit(unit) => Some(unit.to_string()),
            Whom::Decision(id) => Some(id.key.to_string()),
        }
    }
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PaperFormat {
    #[default]
    Docx,
    Markdown,
    Text,
}

impl PaperFormat {
    /// Its word on the command line, which is also the ending of its files.
    pub fn token(self) -> &'static str {
        match self {
            PaperFormat::Docx => "docx",
            PaperFormat::Markdown => "md",
            PaperFormat::Text => "txt",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [PaperFormat::Docx, PaperFormat::Markdown, PaperFormat::Text].into_iter().find(|format| format.token() == word)
    }
}

/// Why there is no paper.
#[derive(Debug)]
pub enum ExportRefusal {
    /// The meeting decided nothing for that department, or nothing at all.
    NothingDecided {
        unit: Option<UnitId>,
    },
    /// No open decision to be reminded of.
    NothingOpen {
        unit: Option<UnitId>,
    },
    /// No department has said anything yet.
    NoOpinions,
    /// Nobody has called for topics.
    NoCall,
    Template(TemplateError),
    /// The folder to write into is not there.
    NoFolder {
        path: PathBuf,
    },
    File(FileError),
    /// The meeting or the department was not found.
    Name(Box<Refusal>),
}

impl From<Refusal> for ExportRefusal {
    fn from(refusal: Refusal) -> Self {
        ExportRefusal::Name(Box::new(refusal))
    }
}

impl From<TemplateError> for ExportRefusal {
    fn from(error: TemplateError) -> Self {
        ExportRefusal::Template(error)
    }
}

/// The paper of a meeting, and the meeting's id.
///
/// # Errors
/// See [`ExportRefusal`].
pub fn export_paper(
    workspace: &mut Workspace,
    kind: PaperKind,
    meeting: &str,
    whom: &Whom,
    today: NaiveDate,
) -> Result<(Str, Paper), ExportRefusal> {
    workspace.read_records();
    let held = meeting::resolve_meeting(workspace, meeting, today)?;
    let templates = super::office_templates(workspace)?;
    // what is counted in working days: return periods, reply dates, days left
    let date = Meeting::of(workspace.plan(), &held).and_then(|meeting| meeting.date());
    let first = date.map_or(today, |date| date.min(today));
    let first = first.checked_sub_days(Days::new(40)).unwrap_or(first);
    workspace.calendar(first, horizon(date.map_or(today, |date| date.max(today)), 40));
    let plan = workspace.plan();
    let of_meeting = |form| paper(form, &templates, &meeting_paper(plan, &held, today));
    let made = match kind {
        PaperKind::Notice => {
            let mut content = meeting_paper(plan, &held, today);
            // what has changed since it went out makes it a corrected notice
            let changed = Meeting::of(plan, &held).map(|held| since_notice(&held)).unwrap_or_default();
            let zh = Text::of(Lang::Zh);
            let said = changed.iter().map(|(old, new)| meeting::say_fact_change(old.as_ref(), new.as_ref(), zh));
            content.changes = said.collect();
            if !content.changes.is_empty() {
                content.issued = Some(today);
            }
            paper(Form::Notice, &templates, &content)?
        }
        PaperKind::Agenda => of_meeting(Form::Agenda)?,
        PaperKind::Script => of_meeting(Form::Script)?,
        PaperKind::SignIn => of_meeting(Form::SignIn)?,
        PaperKind::Seats => of_meeting(Form::Seats)?,
        PaperKind::Minutes => minutes(plan, &held, &templates)?,
        PaperKind::Excerpt => {
            let units = plan.units.iter().map(|unit| &unit.id).filter(|one| whom.takes_unit(one));
            let is_wanted = |id: &RecordId| whom.takes(id);
            let contents = units.filter_map(|one| excerpt_paper(plan, &held, one, is_wanted, today));
            bound(contents.map(|content| paper(Form::Excerpt, &templates, &content)))?
                .ok_or(ExportRefusal::NothingDecided { unit: whom.unit() })?
        }
        PaperKind::Reminder => {
            let contents = reminders(plan, &held, whom, today).into_iter();
            bound(contents.map(|content| paper(Form::Reminder, &templates, &content)))?
                .ok_or(ExportRefusal::NothingOpen { unit: whom.unit() })?
        }
    };
    Ok((held, made))
}

/// The table of opinions and what was made of them.
///
/// # Errors
/// See [`ExportRefusal`].
pub fn export_opinions(workspace: &mut Workspace, today: NaiveDate) -> Result<Paper, ExportRefusal> {
    workspace.read_records();
    let templates = super::office_templates(workspace)?;
    let content = opinions_paper(workspace.plan(), today).ok_or(ExportRefusal::NoOpinions)?;
    Ok(paper(Form::Opinions, &templates, &content)?)
}

/// The letter of the last call for topics.
///
/// # Errors
/// See [`ExportRefusal`].
pub fn export_topics_call(workspace: &mut Workspace, today: NaiveDate) -> Result<Paper, ExportRefusal> {
    workspace.read_records();
    let templates = super::office_templates(workspace)?;
    let content = topics_call_paper(workspace.plan(), today).ok_or(ExportRefusal::NoCall)?;
    Ok(paper(Form::TopicsCall, &templates, &content)?)
}

/// A paper as the bytes of a file.
pub fn written(paper: &Paper, format: PaperFormat) -> Vec<u8> {
    match format {
        PaperFormat::Docx => docx(paper),
        PaperFormat::Markdown => markdown(paper).into_bytes(),
        PaperFormat::Text => text(paper).into_bytes(),
    }
}

/// Puts an export where the user wants it; whether that was news.
///
/// # Errors
/// Whatever the disk says.
pub fn put_export(path: &Path, bytes: &[u8]) -> Result<Put, ExportRefusal> {
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        return Err(ExportRefusal::NoFolder { path: folder.to_path_buf() });
    }
    put_file(path, bytes).map_err(ExportRefusal::File)
}

/// Puts what was written into its file, whose folder is made where it is missing.
///
/// # Errors
/// Whatever the disk says; the old file then still stands.
pub fn put_in_folder(path: &Path, bytes: &[u8]) -> Result<Put, ExportRefusal> {
    if let Some(folder) = path.parent() {
        let io = |error| ExportRefusal::File(FileError::Io { path: folder.to_path_buf(), error });
        std::fs::create_dir_all(folder).map_err(io)?;
    }
    put_file(path, bytes).map_err(ExportRefusal::File)
}

/// The meetings and the deadlines that are not done, as a calendar.
pub fn export_calendar(workspace: &mut Workspace) -> String {
    workspace.read_records();
    let plan = workspace.plan();
    let mut events = Vec::new();
    for (id, record) in plan.records_of(RecordKind::Meeting) {
        let Some(date) = record.date(Field::Date) else { continue };
        let minutes = record.number(Field::Length).and_then(|length| u32::try_from(length).ok()).unwrap_or(90);
        let when = record.time(Field::Time).map_or(When::Day(date), |time| When::At { date, time, minutes });
        events.push(Event {
            id: format!("meeting-{}", id.meeting),
            when,
            title: meeting_paper(plan, &id.meeting, date).title,
            place: record.text(Field::Place).to_string(),
            text: String::new(),
            remind_days: Some(1),
        });
    }
    for node in plan.tracked().filter(|node| plan.state(&node.id).status != Status::Done) {
        let Some((due, date)) = plan.due(&node.id).and_then(|due| Some((due, due.date?))) else { continue };
        let leads: Vec<String> = plan.leads(&node.id).iter().map(ToString::to_string).collect();
        let words = if due.wording.is_empty() { String::new() } else { format!("（{}）", due.wording) };
        events.push(Event {
            id: format!("task-{}", node.id),
            when: When::Day(date),
            title: format!("时限{words}：{} {}", node.id.printed(), node.title),
            place: String::new(),
            text: format!("牵头单位：{}", leads.join("、")),
            remind_days: Some(plan.info.warning_days),
        });
    }
    let stamp = plan.info.issued.unwrap_or_default();
    ics(&plan.info.title, workspace.plan_id(), stamp, &events)
}

/// Where a template of a form stands, below the workspace's folder.
pub fn template_path(workspace: &Workspace, form: Form) -> String {
    format!("plans/{}/templates/{}", workspace.plan_id(), form.file())
}

/// The text as it was signed; before that, what the records give now with the free edits laid over.
fn minutes(plan: &Plan, meeting: &str, templates: &Templates) -> Result<Paper, TemplateError> {
    let record = plan.record(&RecordId::new(RecordKind::Minutes, meeting, ""));
    let frozen = record.map_or("", |record| record.text(Field::Text));
    let text = match Stages::of(plan, meeting).is_signed() && !frozen.is_empty() {
        true => frozen.into(),
        false => body(&overlay(plan, meeting, compose(plan, meeting, templates)?)),
    };
    paper(Form::Minutes, templates, &minutes_paper(plan, meeting, &text))
}

/// The departments that a paper of a meeting may go to each by itself, in the order of the register.
pub fn recipients(plan: &Plan, kind: PaperKind, meeting: &str) -> Vec<UnitId> {
    let follows: Vec<Follow> =
        plan.records_at(RecordKind::Outcome, meeting).filter_map(|(id, _)| Follow::of(plan, id)).collect();
    let gets = |unit: &UnitId| match kind {
        PaperKind::Excerpt => follows.iter().any(|follow| follow.units().any(|one| one == unit)),
        PaperKind::Reminder => follows.iter().any(|follow| !follow.is_closed() && follow.lead.as_ref() == Some(unit)),
        PaperKind::Notice
        | PaperKind::Agenda
        | PaperKind::Script
        | PaperKind::SignIn
        | PaperKind::Seats
        | PaperKind::Minutes => false,
    };
    plan.units.iter().map(|unit| unit.id.clone()).filter(gets).collect()
}

/// A reminder for every open decision of the meeting, on the rung that is due, or that was noted today.
fn reminders(plan: &Plan, meeting: &str, whom: &Whom, today: NaiveDate) -> Vec<crate::export::content::ReminderPaper> {
    let rules = Rules::of(plan);
    let open = plan.records_at(RecordKind::Outcome, meeting).filter_map(|(id, _)| Some((id, Follow::of(plan, id)?)));
    let open = open.filter(|(id, follow)| {
        !follow.is_closed() && whom.takes(id) && follow.lead.as_ref().is_some_and(|lead| whom.takes_unit(lead))
    });
    let rung = |follow: &Follow| {
        let last = follow.reminders.last();
        match due_now(follow, today, &rules, &plan.calendar) {
            ReminderDue::Now(rung) => rung,
            // the letter to the step that has just been noted, or the last one once more
            ReminderDue::From(_, next) => last.map_or(next, |last| last.rung),
            ReminderDue::TopReached => Rung::Warn,
            ReminderDue::Closed | ReminderDue::NoDate | ReminderDue::Answered(_) => {
                last.map_or(Rung::Remind, |last| last.rung)
            }
        }
    };
    open.filter_map(|(id, follow)| reminder_paper(plan, id, rung(&follow), today)).collect()
}

/// Papers one behind the other, each on a new page; `None` where there is none.
fn bound(mut papers: impl Iterator<Item = Result<Paper, TemplateError>>) -> Result<Option<Paper>, TemplateError> {
    let Some(mut whole) = papers.next().transpose()? else { return Ok(None) };
    for paper in papers {
        whole.blocks.push(Block::PageBreak);
        whole.blocks.extend(paper?.blocks);
    }
    Ok(Some(whole))
}
