//! The one table of commands. Palette, help, hints, key bindings and the README's key table all come from here.

use crate::text::{CommandWord, Text};

/// What a key or the palette asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Command {
    Quit,
    Help,
    Palette,
    Search,
    Goto,
    NextScreen,
    TreeScreen,
    MatrixScreen,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Top,
    Bottom,
    TextUp,
    TextDown,
    Toggle,
    Depth1,
    Depth2,
    Depth3,
    Depth4,
    Depth5,
    Back,
    Forward,
    Select,
    SelectAll,
    Status,
    Deadline,
    Assign,
    Note,
    Progress,
    Record,
    Cycle,
    FirstLead,
    Reset,
    Undo,
    Redo,
    Reading,
    Panel,
    Problems,
    Conflicts,
    Redraw,
    Sync,
    MeetingsScreen,
    Add,
    Edit,
    Take,
    Drop,
    Defer,
    Advance,
    SignIn,
    Room,
    GoTask,
    Earlier,
    Later,
    Chain,
    Remind,
    Changed,
    Export,
    Decide,
    Entrust,
    TakeDown,
    Postpone,
    Motion,
    NextItem,
    PreviousItem,
    ReviewScreen,
    Accept,
    SendBack,
    Revert,
    Regroup,
    Commit,
    History,
    Compare,
    AsOf,
}

/// Where a command's keys mean it. A key of a screen goes before the same key of everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Scope {
    Everywhere,
    /// The screen of meetings.
    Meetings,
    /// A meeting in session, before the keys of the screen of meetings.
    Room,
    /// The screen of the review.
    Review,
}

impl Command {
    pub const ALL: [Command; 77] = [
        Command::Quit,
        Command::Help,
        Command::Palette,
        Command::Search,
        Command::Goto,
        Command::NextScreen,
        Command::TreeScreen,
        Command::MatrixScreen,
        Command::Up,
        Command::Down,
        Command::Left,
        Command::Right,
        Command::PageUp,
        Command::PageDown,
        Command::Top,
        Command::Bottom,
        Command::TextUp,
        Command::TextDown,
        Command::Toggle,
        Command::Depth1,
        Command::Depth2,
        Command::Depth3,
        Command::Depth4,
        Command::Depth5,
        Command::Back,
        Command::Forward,
        Command::Select,
        Command::SelectAll,
        Command::Status,
        Command::Deadline,
        Command::Assign,
        Command::Note,
        Command::Progress,
        Command::Record,
        Command::Cycle,
        Command::FirstLead,
        Command::Reset,
        Command::Undo,
        Command::Redo,
        Command::Reading,
        Command::Panel,
        Command::Problems,
        Command::Conflicts,
        Command::Redraw,
        Command::Sync,
        Command::MeetingsScreen,
        Command::Add,
        Command::Edit,
        Command::Take,
        Command::Drop,
        Command::Defer,
        Command::Advance,
        Command::SignIn,
        Command::Room,
        Command::GoTask,
        Command::Earlier,
        Command::Later,
        Command::Chain,
        Command::Remind,
        Command::Changed,
        Command::Export,
        Command::Decide,
        Command::Entrust,
        Command::TakeDown,
        Command::Postpone,
        Command::Motion,
        Command::NextItem,
        Command::PreviousItem,
        Command::ReviewScreen,
        Command::Accept,
        Command::SendBack,
        Command::Revert,
        Command::Regroup,
        Command::Commit,
        Command::History,
        Command::Compare,
        Command::AsOf,
    ];

    /// The name in the key file and in the palette's English.
    pub fn token(self) -> &'static str {
        match self {
            Command::Quit => "quit",
            Command::Help => "help",
            Command::Palette => "palette",
            Command::Search => "search",
            Command::Goto => "goto",
            Command::NextScreen => "next-screen",
            Command::TreeScreen => "tree",
            Command::MatrixScreen => "matrix",
            Command::Up => "up",
            Command::Down => "down",
            Command::Left => "left",
            Command::Right => "right",
            Command::PageUp => "page-up",
            Command::PageDown => "page-down",
            Command::Top => "top",
            Command::Bottom => "bottom",
            Command::TextUp => "text-up",
            Command::TextDown => "text-down",
            Command::Toggle => "toggle",
            Command::Depth1 => "depth-1",
            Command::Depth2 => "depth-2",
            Command::Depth3 => "depth-3",
            Command::Depth4 => "depth-4",
            Command::Depth5 => "depth-5",
            Command::Back => "back",
            Command::Forward => "forward",
            Command::Select => "select",
            Command::SelectAll => "select-all",
            Command::Status => "status",
            Command::Deadline => "deadline",
            Command::Assign => "assign",
            Command::Note => "note",
            Command::Progress => "progress",
            Command::Record => "record",
            Command::Cycle => "cycle",
            Command::FirstLead => "first-lead",
            Command::Reset => "reset",
            Command::Undo => "undo",
            Command::Redo => "redo",
            Command::Reading => "reading",
            Command::Panel => "panel",
            Command::Problems => "problems",
            Command::Conflicts => "conflicts",
            Command::Redraw => "redraw",
            Command::Sync => "sync",
            Command::MeetingsScreen => "meetings",
            Command::Add => "add",
            Command::Edit => "edit",
            Command::Take => "take",
            Command::Drop => "drop",
            Command::Defer => "defer",
            Command::Advance => "advance",
            Command::SignIn => "sign-in",
            Command::Room => "room",
            Command::GoTask => "go-task",
            Command::Earlier => "earlier",
            Command::Later => "later",
            Command::Chain => "chain",
            Command::Remind => "remind",
            Command::Changed => "changed",
            Command::Export => "export",
            Command::Decide => "decide",
            Command::Entrust => "entrust",
            Command::TakeDown => "take-down",
            Command::Postpone => "postpone",
            Command::Motion => "motion",
            Command::NextItem => "next-item",
            Command::PreviousItem => "previous-item",
            Command::ReviewScreen => "review",
            Command::Accept => "accept",
            Command::SendBack => "send-back",
            Command::Revert => "revert",
            Command::Regroup => "regroup",
            Command::Commit => "commit",
            Command::History => "history",
            Command::Compare => "compare",
            Command::AsOf => "as-of",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|command| command.token() == token)
    }

    /// Its name and help line.
    pub fn words(self, text: &Text) -> &CommandWord {
        let words = &text.commands;
        match self {
            Command::Quit => &words.quit,
            Command::Help => &words.help,
            Command::Palette => &words.palette,
            Command::Search => &words.search,
            Command::Goto => &words.goto,
            Command::NextScreen => &words.next_screen,
            Command::TreeScreen => &words.tree,
            Command::MatrixScreen => &words.matrix,
            Command::Up => &words.up,
            Command::Down => &words.down,
            Command::Left => &words.left,
            Command::Right => &words.right,
            Command::PageUp => &words.page_up,
            Command::PageDown => &words.page_down,
            Command::Top => &words.top,
            Command::Bottom => &words.bottom,
            Command::TextUp => &words.text_up,
            Command::TextDown => &words.text_down,
            Command::Toggle => &words.toggle,
            Command::Depth1 => &words.depth_1,
            Command::Depth2 => &words.depth_2,
            Command::Depth3 => &words.depth_3,
            Command::Depth4 => &words.depth_4,
            Command::Depth5 => &words.depth_5,
            Command::Back => &words.back,
            Command::Forward => &words.forward,
            Command::Select => &words.select,
            Command::SelectAll => &words.select_all,
            Command::Status => &words.status,
            Command::Deadline => &words.deadline,
            Command::Assign => &words.assign,
            Command::Note => &words.note,
            Command::Progress => &words.progress,
            Command::Record => &words.record,
            Command::Cycle => &words.cycle,
            Command::FirstLead => &words.first_lead,
            Command::Reset => &words.reset,
            Command::Undo => &words.undo,
            Command::Redo => &words.redo,
            Command::Reading => &words.reading,
            Command::Panel => &words.panel,
            Command::Problems => &words.problems,
            Command::Conflicts => &words.conflicts,
            Command::Redraw => &words.redraw,
            Command::Sync => &words.sync,
            Command::MeetingsScreen => &words.meetings,
            Command::Add => &words.add,
            Command::Edit => &words.edit,
            Command::Take => &words.take,
            Command::Drop => &words.drop,
            Command::Defer => &words.defer,
            Command::Advance => &words.advance,
            Command::SignIn => &words.sign_in,
            Command::Room => &words.room,
            Command::GoTask => &words.go_task,
            Command::Earlier => &words.earlier,
            Command::Later => &words.later,
            Command::Chain => &words.chain,
            Command::Remind => &words.remind,
            Command::Changed => &words.changed,
            Command::Export => &words.export,
            Command::Decide => &words.decide,
            Command::Entrust => &words.entrust,
            Command::TakeDown => &words.take_down,
            Command::Postpone => &words.postpone,
            Command::Motion => &words.motion,
            Command::NextItem => &words.next_item,
            Command::PreviousItem => &words.previous_item,
            Command::ReviewScreen => &words.review_screen,
            Command::Accept => &words.accept,
            Command::SendBack => &words.send_back,
            Command::Revert => &words.revert,
            Command::Regroup => &words.regroup,
            Command::Commit => &words.commit,
            Command::History => &words.history,
            Command::Compare => &words.compare,
            Command::AsOf => &words.as_of,
        }
    }

    /// Where its keys mean it.
    pub fn scope(self) -> Scope {
        match self {
            Command::Add
            | Command::Edit
            | Command::Take
            | Command::Drop
            | Command::Defer
            | Command::Advance
            | Command::SignIn
            | Command::Room
            | Command::GoTask
            | Command::Earlier
            | Command::Later
            | Command::Chain
            | Command::Remind
            | Command::Changed
            | Command::Export => Scope::Meetings,
            Command::Decide
            | Command::Entrust
            | Command::TakeDown
            | Command::Postpone
            | Command::Motion
            | Command::NextItem
            | Command::PreviousItem => Scope::Room,
            Command::Accept | Command::SendBack | Command::Revert | Command::Regroup | Command::Commit => Scope::Review,
            Command::Sync
            | Command::Quit
            | Command::Help
            | Command::Palette
            | Command::Search
            | Command::Goto
            | Command::NextScreen
            | Command::TreeScreen
            | Command::MatrixScreen
            | Command::Up
            | Command::Down
            | Command::Left
            | Command::Right
            | Command::PageUp
            | Command::PageDown
            | Command::Top
            | Command::Bottom
            | Command::TextUp
            | Command::TextDown
            | Command::Toggle
            | Command::Depth1
            | Command::Depth2
            | Command::Depth3
            | Command::Depth4
            | Command::Depth5
            | Command::Back
            | Command::Forward
            | Command::Select
            | Command::SelectAll
            | Command::Status
            | Command::Deadline
            | Command::Assign
            | Command::Note
            | Command::Progress
            | Command::Record
            | Command::Cycle
            | Command::FirstLead
            | Command::Reset
            | Command::Undo
            | Command::Redo
            | Command::Reading
            | Command::Panel
            | Command::Problems
            | Command::Conflicts
            | Command::Redraw
            | Command::ReviewScreen
            | Command::History
            | Command::Compare
            | Command::AsOf
            | Command::MeetingsScreen => Scope::Everywhere,
        }
    }
}
