//! The closed vocabularies of meetings, as they stand in records.

/// What kind of meeting.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum MeetingKind {
    /// 全体会议
    Plenary,
    /// 联络员会议
    Liaison,
    /// 专题会议
    Special,
}

impl MeetingKind {
    pub const ALL: [MeetingKind; 3] = [MeetingKind::Plenary, MeetingKind::Liaison, MeetingKind::Special];

    pub fn token(self) -> &'static str {
        match self {
            MeetingKind::Plenary => "plenary",
            MeetingKind::Liaison => "liaison",
            MeetingKind::Special => "special",
        }
    }

    /// The word of the office.
    pub fn word(self) -> &'static str {
        match self {
            MeetingKind::Plenary => "全体会议",
            MeetingKind::Liaison => "联络员会议",
            MeetingKind::Special => "专题会议",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == text || kind.word() == text)
    }
}

/// How far a meeting is. The order is the order of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum MeetingState {
    #[default]
    Draft,
    Notified,
    InSession,
    /// It has met; its minutes are being written.
    Minutes,
    Issued,
    /// Every decision is done.
    Closed,
}

impl MeetingState {
    pub const ALL: [MeetingState; 6] = [
        MeetingState::Draft,
        MeetingState::Notified,
        MeetingState::InSession,
        MeetingState::Minutes,
        MeetingState::Issued,
        MeetingState::Closed,
    ];

    pub fn token(self) -> &'static str {
        match self {
            MeetingState::Draft => "draft",
            MeetingState::Notified => "notified",
            MeetingState::InSession => "in_session",
            MeetingState::Minutes => "minutes",
            MeetingState::Issued => "issued",
            MeetingState::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.token() == text)
    }

    /// It has not begun.
    pub fn is_ahead(self) -> bool {
        self < MeetingState::InSession
    }

    /// It has met.
    pub fn is_over(self) -> bool {
        self > MeetingState::InSession
    }
}

/// How a department took part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Attendance {
    /// 出席
    Present,
    /// 列席
    Observer,
    /// 请假
    Leave,
    /// 代会
    Substitute,
    /// 缺席
    Absent,
}

impl Attendance {
    pub const ALL: [Attendance; 5] =
        [Attendance::Present, Attendance::Observer, Attendance::Leave, Attendance::Substitute, Attendance::Absent];

    pub fn token(self) -> &'static str {
        match self {
            Attendance::Present => "present",
            Attendance::Observer => "observer",
            Attendance::Leave => "leave",
            Attendance::Substitute => "substitute",
            Attendance::Absent => "absent",
        }
    }

    /// The word of the office.
    pub fn word(self) -> &'static str {
        match self {
            Attendance::Present => "出席",
            Attendance::Observer => "列席",
            Attendance::Leave => "请假",
            Attendance::Substitute => "代会",
            Attendance::Absent => "缺席",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.token() == text || one.word() == text)
    }
}

/// What became of a topic.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum TopicState {
    #[default]
    Open,
    Accepted,
    Deferred,
    Rejected,
}

impl TopicState {
    pub const ALL: [TopicState; 4] =
        [TopicState::Open, TopicState::Accepted, TopicState::Deferred, TopicState::Rejected];

    pub fn token(self) -> &'static str {
        match self {
            TopicState::Open => "open",
            TopicState::Accepted => "accepted",
            TopicState::Deferred => "deferred",
            TopicState::Rejected => "rejected",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.token() == text)
    }
}

/// What an item of the agenda is for. The order is the order of an agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// 上次会议议定事项落实情况
    FollowUp,
    /// 汇报
    Report,
    /// 发言
    Statement,
    /// 审议
    Deliberation,
    /// 讨论
    Discussion,
    /// 讲话
    Speech,
}

impl ItemKind {
    pub const ALL: [ItemKind; 6] = [
        ItemKind::FollowUp,
        ItemKind::Report,
        ItemKind::Statement,
        ItemKind::Deliberation,
        ItemKind::Discussion,
        ItemKind::Speech,
    ];

    pub fn token(self) -> &'static str {
        match self {
            ItemKind::FollowUp => "follow_up",
            ItemKind::Report => "report",
            ItemKind::Statement => "statement",
            ItemKind::Deliberation => "deliberation",
            ItemKind::Discussion => "discussion",
            ItemKind::Speech => "speech",
        }
    }

    /// The word of the office.
    pub fn word(self) -> &'static str {
        match self {
            ItemKind::FollowUp => "落实情况",
            ItemKind::Report => "汇报",
            ItemKind::Statement => "发言",
            ItemKind::Deliberation => "审议",
            ItemKind::Discussion => "讨论",
            ItemKind::Speech => "讲话",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == text || kind.word() == text)
    }

    /// Something has to come of it; a report or a speech is only heard.
    pub fn asks_for_an_outcome(self) -> bool {
        match self {
            ItemKind::Deliberation | ItemKind::Discussion => true,
            ItemKind::FollowUp | ItemKind::Report | ItemKind::Statement | ItemKind::Speech => false,
        }
    }
}

/// How far an item of the agenda is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum ItemState {
    #[default]
    Open,
    Discussed,
    /// 暂缓: it returns next time.
    Postponed,
    /// 撤下
    Dropped,
}

impl ItemState {
    pub const ALL: [ItemState; 4] = [ItemState::Open, ItemState::Discussed, ItemState::Postponed, ItemState::Dropped];

    pub fn token(self) -> &'static str {
        match self {
            ItemState::Open => "open",
            ItemState::Discussed => "discussed",
            ItemState::Postponed => "postponed",
            ItemState::Dropped => "dropped",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.token() == text)
    }
}

/// What kind of decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum OutcomeKind {
    /// 议定
    #[default]
    Resolution,
    /// 交办
    Assignment,
}

impl OutcomeKind {
    pub const ALL: [OutcomeKind; 2] = [OutcomeKind::Resolution, OutcomeKind::Assignment];

    pub fn token(self) -> &'static str {
        match self {
            OutcomeKind::Resolution => "resolution",
            OutcomeKind::Assignment => "assignment",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == text)
    }
}

/// What a line of the internal record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum LineKind {
    #[default]
    Record,
    /// 表态
    Position,
    /// 不同意见
    Dissent,
    /// 临时动议
    Motion,
}

impl LineKind {
    pub const ALL: [LineKind; 4] = [LineKind::Record, LineKind::Position, LineKind::Dissent, LineKind::Motion];

    pub fn token(self) -> &'static str {
        match self {
            LineKind::Record => "record",
            LineKind::Position => "position",
            LineKind::Dissent => "dissent",
            LineKind::Motion => "motion",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Field, RecordKind};

    #[test]
    fn the_words_are_those_of_the_records() {
        let held = |kind: RecordKind, field| kind.words(field).split(' ').collect::<Vec<_>>();
        assert_eq!(held(RecordKind::Meeting, Field::Kind), MeetingKind::ALL.map(MeetingKind::token));
        assert_eq!(held(RecordKind::Meeting, Field::State), MeetingState::ALL.map(MeetingState::token));
        assert_eq!(held(RecordKind::Attendee, Field::Attendance), Attendance::ALL.map(Attendance::token));
        assert_eq!(held(RecordKind::Topic, Field::State), TopicState::ALL.map(TopicState::token));
        assert_eq!(held(RecordKind::Item, Field::Kind), ItemKind::ALL.map(ItemKind::token));
        assert_eq!(held(RecordKind::Item, Field::State), ItemState::ALL.map(ItemState::token));
        assert_eq!(held(RecordKind::Outcome, Field::Kind), OutcomeKind::ALL.map(OutcomeKind::token));
        assert_eq!(held(RecordKind::Line, Field::Kind), LineKind::ALL.map(LineKind::token));
        for token in held(RecordKind::Line, Field::Kind) {
            assert_eq!(LineKind::parse(token).map(LineKind::token), Some(token));
        }
    }
}
