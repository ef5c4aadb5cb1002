//! Why a verb was not done: a sentence, and the exit code that scripts look at.

use crate::git::GitError;
use crate::ops::meeting::MeetingRefusal;
use crate::ops::{self, FollowRefusal, ImportRefusal, InitRefusal, MinutesRefusal, Refusal};
use crate::store::{FileError, JournalError};
use crate::text::Text;
use crate::workspace::{CommitError, OpenError, UndoError};

/// Exit codes; the numbers are the contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Code {
    Done = 0,
    Refused = 1,
    Usage = 2,
    /// Findings, or data that cannot be understood.
    Data = 3,
    Conflict = 4,
    /// Git or the disk.
    Disk = 5,
}

/// A verb that was not done.
#[derive(Debug)]
pub(super) struct Failure {
    pub code: Code,
    pub sentence: String,
}

impl Failure {
    pub fn usage(sentence: String) -> Self {
        Failure { code: Code::Usage, sentence }
    }

    pub fn refused(sentence: String) -> Self {
        Failure { code: Code::Refused, sentence }
    }

    pub fn refusal(refusal: &Refusal, text: &Text) -> Self {
        Failure { code: refusal_code(refusal), sentence: ops::say_refusal(refusal, text) }
    }

    pub fn open(error: &OpenError, text: &Text) -> Self {
        let code = match error {
            OpenError::NoSuchPlan { .. } => Code::Refused,
            OpenError::WhichPlan { .. } => Code::Usage,
            OpenError::NotThen { .. } => Code::Refused,
            OpenError::Git(error) => git_code(error),
        };
        Failure { code, sentence: ops::say_open(error, text) }
    }

    pub fn file(error: &FileError, text: &Text) -> Self {
        Failure { code: file_code(error), sentence: ops::say_file(error, text) }
    }

    pub fn init(refusal: &InitRefusal, text: &Text) -> Self {
        let code = match refusal {
            InitRefusal::NotEmpty { .. } => Code::Refused,
            InitRefusal::File(error) => file_code(error),
            InitRefusal::Git(error) => git_code(error),
        };
        Failure { code, sentence: ops::say_init(refusal, text) }
    }

    pub fn git(error: &GitError, text: &Text) -> Self {
        Failure { code: git_code(error), sentence: ops::say_git(error, text) }
    }

    pub fn import(refusal: &ImportRefusal, text: &Text) -> Self {
        let code = match refusal {
            ImportRefusal::BadId { .. } | ImportRefusal::Exists { .. } | ImportRefusal::NotFound { .. } => {
                Code::Refused
            }
            ImportRefusal::TooLarge { .. } | ImportRefusal::ReadBack { .. } => Code::Refused,
            ImportRefusal::NotText { .. } | ImportRefusal::Readings { .. } | ImportRefusal::Nothing { .. } => {
                Code::Data
            }
            ImportRefusal::File(error) => file_code(error),
        };
        Failure { code, sentence: ops::say_import(refusal, text) }
    }
}

pub(super) fn refusal_code(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::Due { .. } | Refusal::NothingAsked => Code::Usage,
        Refusal::UnknownId { .. }
        | Refusal::NotTracked { .. }
        | Refusal::NotAssignable { .. }
        | Refusal::UnknownUnit { .. }
        | Refusal::AmbiguousUnit { .. }
        | Refusal::UnknownTarget { .. }
        | Refusal::ReasonNeeded { .. }
        | Refusal::EmptyNote
        | Refusal::NoteTooLong { .. }
        | Refusal::LeadAlsoResponsible { .. }
        | Refusal::TwoLeads { .. }
        | Refusal::NotResponsible { .. }
        | Refusal::LeadNeeded { .. }
        | Refusal::YearOutsidePeriod { .. }
        | Refusal::EmptyVersion
        | Refusal::UnknownChange { .. }
        | Refusal::WholeFile
        | Refusal::NothingToCommit { .. }
        | Refusal::NoMessage
        | Refusal::Busy
        | Refusal::VersionTaken { .. }
        | Refusal::NoSource
        | Refusal::Unsettled(_) => Code::Refused,
        Refusal::Follow(FollowRefusal::UnknownStep { .. }) => Code::Usage,
        Refusal::Minutes(
            MinutesRefusal::UnknownAct { .. } | MinutesRefusal::UnknownStage { .. } | MinutesRefusal::BadNumber { .. },
        ) => Code::Usage,
        Refusal::Minutes(MinutesRefusal::Template(_)) => Code::Data,
        Refusal::Follow(_) | Refusal::Minutes(_) | Refusal::Opinion(_) => Code::Refused,
        Refusal::Git(error) => git_code(error),
        Refusal::Meeting(refusal) => meeting_code(refusal),
        Refusal::Undo { error: UndoError::Nothing, .. } => Code::Refused,
        Refusal::Undo { error: UndoError::Unreadable, .. } => Code::Data,
        Refusal::Undo { error: UndoError::Commit(error), .. } | Refusal::Commit(error) => commit_code(error),
    }
}

fn meeting_code(refusal: &MeetingRefusal) -> Code {
    match refusal {
        MeetingRefusal::NoDay { .. } => Code::Usage,
        MeetingRefusal::Template { .. } => Code::Data,
        MeetingRefusal::UnknownMeeting { .. }
        | MeetingRefusal::AmbiguousMeeting { .. }
        | MeetingRefusal::UnknownItem { .. }
        | MeetingRefusal::AmbiguousItem { .. }
        | MeetingRefusal::UnknownTopic { .. }
        | MeetingRefusal::AmbiguousTopic { .. }
        | MeetingRefusal::UnknownOutcome { .. }
        | MeetingRefusal::AmbiguousOutcome { .. }
        | MeetingRefusal::UnknownSuggestion { .. }
        | MeetingRefusal::UnknownPaper { .. }
        | MeetingRefusal::NotNow { .. }
        | MeetingRefusal::Unsettled { .. }
        | MeetingRefusal::Undone { .. }
        | MeetingRefusal::EmptyTitle
        | MeetingRefusal::EmptyText
        | MeetingRefusal::TooLong { .. }
        | MeetingRefusal::ReasonNeeded { .. }
        | MeetingRefusal::Taken { .. }
        | MeetingRefusal::NoSuchNumber { .. }
        | MeetingRefusal::NoCall
        | MeetingRefusal::NotAsked { .. }
        | MeetingRefusal::NoItem => Code::Refused,
    }
}

pub(super) fn commit_code(error: &CommitError) -> Code {
    match error {
        CommitError::Stale(_) => Code::Conflict,
        CommitError::Damaged { .. } | CommitError::NotLines { .. } | CommitError::NoTable { .. } => Code::Data,
        CommitError::ReadBack { .. } | CommitError::Past { .. } => Code::Refused,
        CommitError::Journal(error) => journal_code(error),
    }
}

fn journal_code(error: &JournalError) -> Code {
    match error {
        JournalError::ChangedOnDisk { .. } => Code::Conflict,
        JournalError::File(error) | JournalError::HalfDone { error } => file_code(error),
        JournalError::Private { .. } => Code::Disk,
    }
}

pub(super) fn file_code(error: &FileError) -> Code {
    match error {
        FileError::Io { .. } => Code::Disk,
        FileError::NotUtf8 { .. } | FileError::TooLarge { .. } => Code::Data,
        FileError::Outside { .. } => Code::Refused,
    }
}

pub(super) fn git_code(error: &GitError) -> Code {
    match error {
        GitError::Missing | GitError::Refused { .. } | GitError::Corrupt { .. } | GitError::Untrusted { .. } => {
            Code::Disk
        }
        GitError::NoRepository { .. } | GitError::NoCommit | GitError::UnknownRevision { .. } => Code::Refused,
        GitError::BeforeHistory { .. } | GitError::CutOff { .. } | GitError::Unfinished(_) => Code::Refused,
        GitError::TooLarge { .. } => Code::Data,
    }
}
