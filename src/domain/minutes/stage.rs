//! 拟稿 → 核稿 → 会签 → 签发 → 印发: how far the minutes are.

use crate::domain::{Field, Plan, RecordKind, Str, UnitId};
use chrono::NaiveDate;

/// A stage, in the order of the papers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub enum StageKind {
    Draft,
    Check,
    Countersign,
    Sign,
    Issue,
    /// Sent back: everything begins with the draft again.
    Return,
}

impl StageKind {
    pub const ALL: [StageKind; 6] = [
        StageKind::Draft,
        StageKind::Check,
        StageKind::Countersign,
        StageKind::Sign,
        StageKind::Issue,
        StageKind::Return,
    ];

    /// Its word on the command line and in the file.
    pub fn token(self) -> &'static str {
        match self {
            StageKind::Draft => "draft",
            StageKind::Check => "check",
            StageKind::Countersign => "countersign",
            StageKind::Sign => "sign",
            StageKind::Issue => "issue",
            StageKind::Return => "return",
        }
    }

    pub fn parse(word: &str) -> Option<StageKind> {
        let words = ["拟稿", "核稿", "会签", "签发", "印发", "退回"];
        let all = StageKind::ALL.into_iter().zip(words);
        all.into_iter().find(|(kind, zh)| kind.token() == word || *zh == word).map(|(kind, _)| kind)
    }

    /// The stage that comes after; `None` after the last.
    fn next(self) -> Option<StageKind> {
        match self {
            StageKind::Draft => Some(StageKind::Check),
            StageKind::Check => Some(StageKind::Countersign),
            StageKind::Countersign => Some(StageKind::Sign),
            StageKind::Sign => Some(StageKind::Issue),
            StageKind::Issue => None,
            StageKind::Return => Some(StageKind::Draft),
        }
    }
}

/// A stage that was reached.
#[derive(Clone, PartialEq, Debug)]
pub struct StageStep {
    pub kind: StageKind,
    pub date: Option<NaiveDate>,
    pub unit: Option<UnitId>,
    pub by: Str,
    pub text: Str,
    pub key: Str,
}

/// The way so far, oldest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Stages {
    pub steps: Vec<StageStep>,
}

impl Stages {
    pub fn of(plan: &Plan, meeting: &str) -> Stages {
        let read = plan.records_at(RecordKind::Stage, meeting).filter_map(|(id, record)| {
            Some(StageStep {
                kind: StageKind::parse(record.text(Field::Kind))?,
                date: record.date(Field::Date).or_else(|| id.key.get(..10)?.parse().ok()),
                unit: record.unit(Field::Unit).cloned(),
                by: record.text(Field::By).into(),
                text: record.text(Field::Text).into(),
                key: id.key.clone(),
            })
        });
        let mut steps: Vec<StageStep> = read.collect();
        steps.sort_by(|a, b| (a.date, &a.key).cmp(&(b.date, &b.key)));
        Stages { steps }
    }

    /// The furthest stage since the last return; `None` before the draft.
    pub fn at(&self) -> Option<StageKind> {
        let since = self.steps.iter().rev().take_while(|step| step.kind != StageKind::Return);
        since.map(|step| step.kind).max()
    }

    /// The stage that has to come now; `None` when all is done.
    pub fn next(&self) -> Option<StageKind> {
        self.at().map_or(Some(StageKind::Draft), StageKind::next)
    }

    /// Whether a stage may be noted now. Several departments countersign; issued minutes are not sent back.
    pub fn may(&self, kind: StageKind) -> bool {
        match kind {
            StageKind::Return => self.at().is_some_and(|at| at < StageKind::Issue),
            StageKind::Countersign if self.at() == Some(StageKind::Countersign) => true,
            StageKind::Draft | StageKind::Check | StageKind::Countersign | StageKind::Sign | StageKind::Issue => {
                self.next() == Some(kind)
            }
        }
    }

    /// The text stands: it has been signed, and not sent back since.
    pub fn is_signed(&self) -> bool {
        self.at().is_some_and(|at| at >= StageKind::Sign)
    }

    pub fn is_issued(&self) -> bool {
        self.at() == Some(StageKind::Issue)
    }
}
