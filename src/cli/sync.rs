//! `sync`: with a folder, a stick, a server, or the usual place.

use super::fail::{Code, Failure};
use super::json;
use super::session::{Answer, Session, Words};
use crate::domain::Conflict;
use crate::git::{Stop, TransferError};
use crate::ops::{self, End, Step, SyncRefusal, SyncReport, SyncRequest, Waiting};
use clap::ArgMatches;
use serde::Serialize;
use std::time::Duration;

/// How long another place may say nothing.
const SILENCE: u64 = 90;

#[derive(Serialize)]
struct SyncRecord {
    place: String,
    /// `synced`, `taken`, `offline`, `not-sent` or `looked`.
    end: &'static str,
    kept: Option<String>,
    /// Changes that were sent back and stay here.
    left: usize,
    taken: Vec<TakenRecord>,
    other_files: Vec<String>,
    /// Drafts for approval that came and that went out.
    drafts_in: Vec<String>,
    drafts_out: Vec<String>,
    conflicts: Vec<ConflictRecord>,
    beside: Vec<BesideRecord>,
    sent: usize,
    created: bool,
    message: String,
}

#[derive(Serialize)]
struct TakenRecord {
    plan: String,
    changes: Vec<String>,
}

#[derive(Serialize)]
struct ConflictRecord {
    plan: String,
    id: String,
    place: String,
    field: String,
    sentence: String,
}

#[derive(Serialize)]
struct BesideRecord {
    ours: String,
    theirs: String,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let request = SyncRequest {
        remote: words.first().map(str::to_string),
        here: session.world.here.clone(),
        may_create: own.get_flag("create"),
        dry_run: own.get_flag("dry-run"),
    };
    let root = session.root()?;
    let moment = session.moment(&root, true)?;
    let text = session.text;
    let done = waiting(session, |waiting| ops::sync(&root, &request, &moment, text, waiting));
    let report = done.map_err(|refusal| Failure::sync(&refusal, text))?;
    Ok(answer(session, &report))
}

/// Runs something that may take long: its progress is told, and Ctrl-C stops it.
pub(super) fn waiting<T>(session: &Session, run: impl FnOnce(&mut Waiting) -> T) -> T {
    let (text, progress) = (session.text, session.world.progress);
    let seconds = session.world.patience.as_deref().and_then(|text| text.trim().parse().ok()).unwrap_or(SILENCE);
    let mut tell = |step: Step| progress(&ops::say_step(step, text));
    let stop: Stop = (session.world.stop)();
    let done = run(&mut Waiting { stop, silence: Duration::from_secs(seconds), tell: &mut tell });
    progress("");
    done
}

/// What a sync did: sentences on standard error, or one document on standard output.
pub(super) fn answer(session: &mut Session, report: &SyncReport) -> Answer {
    let text = session.text;
    let code = if report.conflicts.is_empty() && report.beside.is_empty() { Code::Done } else { Code::Conflict };
    if session.settings.json {
        return Answer { data: json::print(&record(report, text)), code };
    }
    for line in ops::say_sync(report, text) {
        session.say(&line);
    }
    Answer { data: String::new(), code }
}

fn record(report: &SyncReport, text: &crate::text::Text) -> SyncRecord {
    let conflict = |(plan, conflict): &(String, Conflict)| ConflictRecord {
        plan: plan.clone(),
        id: conflict.id.to_string(),
        place: conflict.record.to_string(),
        field: conflict.field.to_string(),
        sentence: ops::say_conflict(conflict, text),
    };
    let taken = report.taken.iter().map(|taken| TakenRecord {
        plan: taken.plan_id.clone(),
        changes: taken.changes.iter().map(|change| ops::describe(change, &taken.plan, text)).collect(),
    });
    let beside = |(ours, theirs): &(String, String)| BesideRecord { ours: ours.clone(), theirs: theirs.clone() };
    SyncRecord {
        place: report.place.clone(),
        end: match report.end {
            End::Same => "synced",
            End::Offline { .. } => "offline",
            End::Took => "taken",
            End::NotSent => "not-sent",
            End::Looked => "looked",
        },
        kept: report.kept.clone(),
        left: report.left,
        taken: taken.collect(),
        other_files: report.others.clone(),
        drafts_in: report.drafts_in.clone(),
        drafts_out: report.drafts_out.clone(),
        conflicts: report.conflicts.iter().map(conflict).collect(),
        beside: report.beside.iter().map(beside).collect(),
        sent: report.sent,
        created: report.created,
        message: ops::say_end(report, text),
    }
}

impl Failure {
    pub fn sync(refusal: &SyncRefusal, text: &crate::text::Text) -> Self {
        Failure { code: code(refusal), sentence: ops::say_sync_refusal(refusal, text) }
    }
}

pub(super) fn code(refusal: &SyncRefusal) -> Code {
    match refusal {
        SyncRefusal::NoRemote { .. } | SyncRefusal::NoAddress { .. } => Code::Usage,
        SyncRefusal::Unfinished(_) | SyncRefusal::Detached | SyncRefusal::Busy | SyncRefusal::NotShared { .. } => {
            Code::Refused
        }
        SyncRefusal::Occupied { .. } | SyncRefusal::NothingThere { .. } => Code::Refused,
        SyncRefusal::SentBack { .. } => Code::Conflict,
        SyncRefusal::InTheWay { .. } | SyncRefusal::Unrelated | SyncRefusal::NoBase { .. } => Code::Refused,
        SyncRefusal::NotABundle { .. } => Code::Data,
        SyncRefusal::NoFile { .. } => Code::Refused,
        SyncRefusal::Restless => Code::Refused,
        SyncRefusal::Damaged { .. } | SyncRefusal::Findings { .. } => Code::Data,
        SyncRefusal::OutsideConflicts { .. } => Code::Conflict,
        SyncRefusal::Transfer(TransferError::Corrupt { .. }) => Code::Data,
        SyncRefusal::Transfer(TransferError::Stopped) => Code::Refused,
        SyncRefusal::Transfer(TransferError::Git(error)) | SyncRefusal::Git(error) => super::fail::git_code(error),
        SyncRefusal::Transfer(
            TransferError::Offline { .. }
            | TransferError::NoRepository { .. }
            | TransferError::NoEntry { .. }
            | TransferError::UnknownHost { .. }
            | TransferError::Silent { .. }
            | TransferError::Overtaken
            | TransferError::InUse
            | TransferError::DiskFull { .. },
        ) => Code::Disk,
        SyncRefusal::Save(error) => super::fail::commit_code(error),
    }
}
