//! The steps of following an outcome up, as they stand in their files.

use crate::domain::{Due, Field, Plan, Record, RecordId, RecordKind, Str, UnitId};
use chrono::NaiveDate;

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum StepKind {
    /// 摘办: the excerpt went to a department.
    Excerpt,
    /// 签收
    Receipt,
    /// 退件
    Return,
    /// 改派
    Reassign,
    /// 提醒
    Remind,
    /// 催办
    Press,
    /// 警示
    Warn,
    /// 答复 to a reminder
    Reply,
    /// 反馈
    Report,
    /// 佐证
    Evidence,
    /// 退办
    Rework,
    /// 延期
    Extension,
    /// 审签
    Signoff,
    /// 办结, as other programs may note it; the sign-offs decide.
    Close,
    /// 重办
    Reopen,
}

impl StepKind {
    pub const ALL: [StepKind; 15] = [
        StepKind::Excerpt,
        StepKind::Receipt,
        StepKind::Return,
        StepKind::Reassign,
        StepKind::Remind,
        StepKind::Press,
        StepKind::Warn,
        StepKind::Reply,
        StepKind::Report,
        StepKind::Evidence,
        StepKind::Rework,
        StepKind::Extension,
        StepKind::Signoff,
        StepKind::Close,
        StepKind::Reopen,
    ];

    /// Its word in the file; the vocabulary of [`RecordKind::Step`].
    pub fn token(self) -> &'static str {
        match self {
            StepKind::Excerpt => "excerpt",
            StepKind::Receipt => "receipt",
            StepKind::Return => "return",
            StepKind::Reassign => "reassign",
            StepKind::Remind => "remind",
            StepKind::Press => "press",
            StepKind::Warn => "warn",
            StepKind::Reply => "reply",
            StepKind::Report => "report",
            StepKind::Evidence => "evidence",
            StepKind::Rework => "rework",
            StepKind::Extension => "extension",
            StepKind::Signoff => "signoff",
            StepKind::Close => "close",
            StepKind::Reopen => "reopen",
        }
    }

    pub fn parse(token: &str) -> Option<StepKind> {
        StepKind::ALL.into_iter().find(|kind| kind.token() == token)
    }
}

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    pub kind: StepKind,
    pub date: Option<NaiveDate>,
    pub unit: Option<UnitId>,
    pub by: Str,
    pub text: Str,
    pub proposal: Str,
    pub due: Option<Due>,
    /// The record's key, which sorts by time within a day.
    pub key: Str,
}

impl Step {
    pub(super) fn read(id: &RecordId, record: &Record) -> Option<Step> {
        let text = |field| Str::from(record.text(field));
        Some(Step {
            kind: StepKind::parse(record.text(Field::Kind))?,
            date: record.date(Field::Date).or_else(|| id.key.get(..10)?.parse().ok()),
            unit: record.unit(Field::Unit).cloned(),
            by: text(Field::By),
            text: text(Field::Text),
            proposal: text(Field::Proposal),
            due: record.due(Field::Due).cloned(),
            key: id.key.clone(),
        })
    }
}

/// The steps of an outcome, oldest first.
pub fn steps_of(plan: &Plan, outcome: &RecordId) -> Vec<Step> {
    let of_meeting = plan.records_at(RecordKind::Step, &outcome.meeting);
    let own = of_meeting.filter(|(_, record)| record.text(Field::Outcome) == outcome.key.as_str());
    let mut steps: Vec<Step> = own.filter_map(|(id, record)| Step::read(id, record)).collect();
    sort(&mut steps);
    steps
}

pub(super) fn sort(steps: &mut [Step]) {
    steps.sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
}
