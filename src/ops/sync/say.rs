//! A sync as sentences: what was kept, what came, what is disputed, what went, and why not.

use super::{BundleMade, End, Step, SyncRefusal, SyncReport};
use crate::domain::Conflict;
use crate::git::{NoAddress, Phase, TransferError};
use crate::ops::say_past::unfinished_word;
use crate::ops::{Located, conflict_sentence, describe, problem_message, say, say_git, say_located};
use crate::text::Text;

/// The most changes of a plan that are told one by one.
const MOST_TOLD: usize = 12;

/// Says what a sync did, a sentence a line, the outcome last.
pub fn say_sync(report: &SyncReport, text: &Text) -> Vec<String> {
    let say = &text.sync;
    let only_looked = report.end == End::Looked;
    let mut lines = Vec::new();
    lines.extend(report.created.then(|| (say.created)(&report.place)));
    if let Some(kept) = &report.kept {
        lines.push(if only_looked { (say.would_keep)(kept) } else { (say.kept)(kept) });
    }
    lines.extend((report.left > 0).then(|| (say.left)(report.left)));
    for taken in &report.taken {
        let head = if only_looked { say.would_take } else { say.taken };
        let title = taken.plan.info.title.as_str();
        lines.push(head(if title.is_empty() { &taken.plan_id } else { title }, taken.changes.len()));
        let told = taken.changes.iter().take(MOST_TOLD);
        lines.extend(told.map(|change| format!("  {}", describe(change, &taken.plan, text))));
        let more = taken.changes.len().saturating_sub(MOST_TOLD);
        lines.extend((more > 0).then(|| format!("  {}", (say.more)(more))));
    }
    lines.extend((!report.others.is_empty()).then(|| (say.others)(&report.others.join(text.words.comma))));
    if !report.conflicts.is_empty() {
        lines.push((say.conflicts)(report.conflicts.len()));
        lines.extend(report.conflicts.iter().map(|(_, conflict)| format!("  {}", say_conflict(conflict, text))));
    }
    let list = |names: &[String]| names.join(text.words.comma);
    lines.extend((!report.drafts_in.is_empty()).then(|| (say.drafts_in)(&list(&report.drafts_in))));
    lines.extend((!report.drafts_out.is_empty()).then(|| (say.drafts_out)(&list(&report.drafts_out))));
    lines.extend(report.beside.iter().map(|(ours, theirs)| (say.beside)(ours, theirs)));
    lines.push(say_end(report, text));
    lines
}

/// Says how a sync ended, in one line.
pub fn say_end(report: &SyncReport, text: &Text) -> String {
    let say = &text.sync;
    let place = &report.place;
    let has_drafts = !report.drafts_in.is_empty() || !report.drafts_out.is_empty();
    let is_same = report.taken.is_empty() && report.others.is_empty() && report.sent == 0 && !has_drafts;
    match &report.end {
        End::Same if is_same => (say.same)(place),
        End::Same if report.sent > 0 => (say.sent)(place, report.sent),
        End::Same => (say.synced)(place),
        End::Took if is_same => (say.nothing_new)(place),
        End::Took => (say.took)(place),
        End::Offline { .. } => (say.offline)(place),
        End::NotSent => (say.not_sent)(place),
        End::Looked if report.sent > 0 => format!("{}{}", (say.would_send)(place, report.sent), say.looked),
        End::Looked => say.looked.to_string(),
    }
}

/// Says what a bundle holds.
pub fn say_bundle(made: &BundleMade, text: &Text) -> Vec<String> {
    let say = &text.sync;
    let file = made.file.display().to_string();
    let kept = made.kept.as_ref().map(|kept| (say.kept)(kept));
    let what = match (made.commits, made.is_partial) {
        (0, _) => say.bundle_nothing.to_string(),
        (commits, true) => (say.bundle_part)(&file, commits),
        (commits, false) => (say.bundle_whole)(&file, commits),
    };
    kept.into_iter().chain([what]).collect()
}

/// Says a conflict in one line.
pub fn say_conflict(conflict: &Conflict, text: &Text) -> String {
    conflict_sentence(conflict, text)
}

/// Says why nothing was synced.
pub fn say_sync_refusal(refusal: &SyncRefusal, text: &Text) -> String {
    let say = &text.sync;
    let list = |files: &[String]| files.join(text.words.comma);
    match refusal {
        SyncRefusal::Unfinished(what) => (say.unfinished)(unfinished_word(*what, text)),
        SyncRefusal::Detached => say.detached.to_string(),
        SyncRefusal::Busy => say.busy.to_string(),
        SyncRefusal::NoRemote { known } => (say.no_remote)(&list(known)),
        SyncRefusal::NoAddress { text, why: NoAddress::Empty } => (say.no_address)(text),
        SyncRefusal::NoAddress { text, why: NoAddress::Transport { name } } => (say.transport)(text, name),
        SyncRefusal::NotShared { folder } => (say.not_shared)(&folder.display().to_string()),
        SyncRefusal::Damaged { problems } => {
            let line = |(plan, problem): &(String, crate::store::Problem)| {
                let message = problem_message(&problem.kind, text);
                format!("  plans/{plan}/{}:{}:{}: {message}", problem.file, problem.line, problem.column)
            };
            (say.damaged)(&problems.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        SyncRefusal::Findings { found } => {
            let line = |(plan, located): &(String, Located)| {
                let (file, line, column, message) = say_located(located, text);
                format!("  plans/{plan}/{file}:{line}:{column}: {message}")
            };
            (say.findings)(&found.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        SyncRefusal::OutsideConflicts { files } => (say.outside_conflicts)(&list(files)),
        SyncRefusal::InTheWay { files } => (say.in_the_way)(&list(files)),
        SyncRefusal::Occupied { folder } => (say.occupied)(&folder.display().to_string()),
        SyncRefusal::NothingThere { place } => (say.nothing_there)(place),
        SyncRefusal::SentBack { files } => (say.sent_back)(&list(files)),
        SyncRefusal::Unrelated => say.unrelated.to_string(),
        SyncRefusal::NoBase { missing } => (say.no_base)(&list(missing)),
        SyncRefusal::NotABundle { file } => (say.not_a_bundle)(&file.display().to_string()),
        SyncRefusal::NoFile { file } => (text.errors.file_not_found)(&file.display().to_string()),
        SyncRefusal::Transfer(error) => say_transfer(error, text),
        SyncRefusal::Save(error) => say::say_commit(error, text),
        SyncRefusal::Restless => say.restless.to_string(),
        SyncRefusal::Git(error) => say_git(error, text),
    }
}

fn say_transfer(error: &TransferError, text: &Text) -> String {
    let say = &text.sync;
    match error {
        TransferError::Offline { message } => (say.offline)(message),
        TransferError::NoRepository { message } => (say.no_repository)(message),
        TransferError::NoEntry { message } => (say.no_entry)(message),
        TransferError::UnknownHost { message } => (say.unknown_host)(message),
        TransferError::Silent { seconds } => (say.silent)(*seconds),
        TransferError::Stopped => say.stopped.to_string(),
        TransferError::Overtaken => say.restless.to_string(),
        TransferError::InUse => say.in_use.to_string(),
        TransferError::Corrupt { message } => (say.corrupt)(message),
        TransferError::DiskFull { message } => (say.disk_full)(message),
        TransferError::Git(error) => say_git(error, text),
    }
}

/// Says what a sync is doing.
pub fn say_step(step: Step, text: &Text) -> String {
    let say = &text.sync;
    match step {
        Step::Keeping => say.keeping.to_string(),
        Step::Merging => say.merging.to_string(),
        Step::Fetching(progress) => match progress.phase {
            Phase::Reaching => (say.fetching)(None),
            Phase::Counting | Phase::Receiving | Phase::Sending | Phase::Checking => (say.fetching)(progress.percent),
        },
        Step::Sending(progress) => (say.sending)(progress.percent),
    }
}
