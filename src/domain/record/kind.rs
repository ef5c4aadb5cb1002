//! The kinds of records: which fields each has, in the order of its file, and which words a field may hold.

use super::Field;
use serde::{Deserialize, Serialize};

/// A kind of record.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// The office's own settings: document code, thresholds, how many must sign off. One a plan.
    Office,
    /// 议题: something that somebody wants on an agenda.
    Topic,
    /// 议题征集: a call for topics, and who has answered that it has none.
    Call,
    /// A suggestion that was put aside until something changes.
    Dismissal,
    /// 征求意见: what a department says of a clause.
    Opinion,
    /// 送审稿: a draft for approval.
    Draft,
    /// 会议
    Meeting,
    /// What a notice said when it went out, to list what has changed since.
    Notice,
    /// A department on the roster of a meeting; its key is the department.
    Attendee,
    /// 议程: one item.
    Item,
    /// 材料: a paper for an item.
    Paper,
    /// 会议记录: a line of the internal record.
    Line,
    /// 议定事项
    Outcome,
    /// A step of following an outcome up: written once.
    Step,
    /// 会议纪要: its number, signature and text as issued. One a meeting.
    Minutes,
    /// A sentence of the minutes that somebody has written otherwise than it was composed.
    Sentence,
    /// A step of the minutes on their way out: written once.
    Stage,
    /// 更正: written once.
    Correction,
}

impl RecordKind {
    pub const ALL: [RecordKind; 18] = [
        RecordKind::Office,
        RecordKind::Topic,
        RecordKind::Call,
        RecordKind::Dismissal,
        RecordKind::Opinion,
        RecordKind::Draft,
        RecordKind::Meeting,
        RecordKind::Notice,
        RecordKind::Attendee,
        RecordKind::Item,
        RecordKind::Paper,
        RecordKind::Line,
        RecordKind::Outcome,
        RecordKind::Step,
        RecordKind::Minutes,
        RecordKind::Sentence,
        RecordKind::Stage,
        RecordKind::Correction,
    ];

    /// Its name in files and JSON.
    pub fn token(self) -> &'static str {
        match self {
            RecordKind::Office => "office",
            RecordKind::Topic => "topic",
            RecordKind::Call => "call",
            RecordKind::Dismissal => "dismissal",
            RecordKind::Opinion => "opinion",
            RecordKind::Draft => "draft",
            RecordKind::Meeting => "meeting",
            RecordKind::Notice => "notice",
            RecordKind::Attendee => "attendee",
            RecordKind::Item => "item",
            RecordKind::Paper => "paper",
            RecordKind::Line => "line",
            RecordKind::Outcome => "outcome",
            RecordKind::Step => "step",
            RecordKind::Minutes => "minutes",
            RecordKind::Sentence => "sentence",
            RecordKind::Stage => "stage",
            RecordKind::Correction => "correction",
        }
    }

    /// Belongs to a meeting and lives in its folder.
    pub fn is_of_meeting(self) -> bool {
        match self {
            RecordKind::Office
            | RecordKind::Topic
            | RecordKind::Call
            | RecordKind::Dismissal
            | RecordKind::Opinion
            | RecordKind::Draft => false,
            RecordKind::Meeting
            | RecordKind::Notice
            | RecordKind::Attendee
            | RecordKind::Item
            | RecordKind::Paper
            | RecordKind::Line
            | RecordKind::Outcome
            | RecordKind::Step
            | RecordKind::Minutes
            | RecordKind::Sentence
            | RecordKind::Stage
            | RecordKind::Correction => true,
        }
    }

    /// There is one and it has no key.
    pub fn is_single(self) -> bool {
        matches!(self, RecordKind::Office | RecordKind::Meeting | RecordKind::Minutes)
    }

    /// The fields it may have, in the order of its file.
    pub fn fields(self) -> &'static [Field] {
        use Field::*;
        match self {
            RecordKind::Office => &[
                Name, Code, Host, Chair, Contact, Phone, Copies, ReturnDays, RemindDays, PressDays, WarnDays, Signoffs,
                RemindWord, PressWord, WarnWord, Banned,
            ],
            RecordKind::Topic => &[
                Title,
                Brief,
                Units,
                Coordination,
                Question,
                Submitter,
                Tasks,
                Submitted,
                Source,
                State,
                Reason,
                Meeting,
            ],
            RecordKind::Call => &[Meeting, Date, Due, Units, Without, By],
            RecordKind::Dismissal => &[Title, Facts, By, Date],
            RecordKind::Opinion => &[Tasks, Unit, Stance, Text, Letter, Date, Decision, Reason, By],
            RecordKind::Draft => &[Title, Branch, State, By, Date, Text],
            RecordKind::Meeting => &[
                Kind, Title, Nth, State, Date, Time, Length, Place, Host, Chair, Contact, Phone, Feeds, Notified,
                Current, Opened, Closed, Copies,
            ],
            RecordKind::Notice => &[Number, Date, By, Facts],
            RecordKind::Attendee => &[Role, Reply, Attendance, Name, Post, Phone, Confirmed, ConfirmedBy, Objection],
            RecordKind::Item => &[
                Title, Section, Order, Kind, Unit, Speaker, Minutes, Tasks, Topic, From, Question, Recurring, Motion,
                State, At,
            ],
            RecordKind::Paper => &[Name, Item, Unit, Due, Received, Source],
            RecordKind::Line => &[Item, Kind, Speaker, Unit, Text, At],
            RecordKind::Outcome => &[Item, Order, Kind, Text, Lead, With, Due, Form, Tasks, Tracked],
            RecordKind::Step => &[Outcome, Kind, Date, Unit, By, Text, Proposal, Due, Number],
            RecordKind::Minutes => &[Title, Year, Number, Nth, Signer, Signed, Issued, Copies, Text],
            RecordKind::Sentence => &[Text, Composed, After, By],
            RecordKind::Stage => &[Kind, Date, Unit, By, Text],
            RecordKind::Correction => &[Number, Date, By, Text],
        }
    }

    /// The words that a field of this kind may hold; a blank between them; empty where the field is not of a vocabulary.
    pub fn words(self, field: Field) -> &'static str {
        match (self, field) {
            (RecordKind::Topic, Field::State) => "open accepted deferred rejected",
            (RecordKind::Opinion, Field::Stance) => "agree amend object",
            (RecordKind::Opinion, Field::Decision) => "adopted declined",
            (RecordKind::Draft, Field::State) => "draft submitted returned approved",
            (RecordKind::Meeting, Field::Kind) => "plenary liaison special",
            (RecordKind::Meeting, Field::State) => "draft notified in_session minutes issued closed",
            (RecordKind::Attendee, Field::Role) => "member observer",
            (RecordKind::Attendee, Field::Reply) => "attend leave substitute",
            (RecordKind::Attendee, Field::Attendance) => "present observer leave substitute absent",
            (RecordKind::Item, Field::Kind) => "follow_up report statement deliberation discussion speech",
            (RecordKind::Item, Field::State) => "open discussed postponed dropped",
            (RecordKind::Line, Field::Kind) => "record position dissent motion",
            (RecordKind::Outcome, Field::Kind) => "resolution assignment",
            (RecordKind::Step, Field::Kind) => {
                "excerpt receipt return reassign remind press warn reply report evidence rework extension signoff close reopen"
            }
            (RecordKind::Stage, Field::Kind) => "draft check countersign sign issue return",
            _ => "",
        }
    }
}
