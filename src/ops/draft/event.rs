//! What happens to a draft, as the message of a commit: a line for people, the comment, and lines that are read back.

use crate::git::Oid;
use crate::text::Text;
use chrono::NaiveDate;

/// How a draft stands, in the order in which drafts are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DraftState {
    Submitted,
    Returned,
    Open,
    Approved,
}

impl DraftState {
    const ALL: [DraftState; 4] = [DraftState::Submitted, DraftState::Returned, DraftState::Open, DraftState::Approved];

    pub fn token(self) -> &'static str {
        match self {
            DraftState::Open => "open",
            DraftState::Submitted => "submitted",
            DraftState::Approved => "approved",
            DraftState::Returned => "returned",
        }
    }
}

/// What somebody did to a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct DraftEvent {
    pub state: DraftState,
    pub by: Option<String>,
    pub on: Option<NaiveDate>,
    pub comment: String,
    /// The state of the plan that an approved draft changed.
    pub base: Option<Oid>,
}

const NAME: &str = "Lianxi-Draft: ";
const STATE: &str = "Lianxi-Draft-State: ";
const BY: &str = "Lianxi-Draft-By: ";
const ON: &str = "Lianxi-Draft-On: ";
const BASE: &str = "Lianxi-Draft-Base: ";

/// The message of an event.
pub(super) fn write(name: &str, event: &DraftEvent, text: &Text) -> String {
    let say = &text.drafts;
    let head = match event.state {
        DraftState::Open => (say.commit_new)(name),
        DraftState::Submitted => (say.commit_submitted)(name),
        DraftState::Approved => (say.commit_approved)(name),
        DraftState::Returned => (say.commit_returned)(name),
    };
    let mut message = format!("{head}\n\n");
    if !event.comment.is_empty() {
        message.push_str(&format!("{}\n\n", event.comment));
    }
    message.push_str(&format!("{NAME}{name}\n{STATE}{}\n", event.state.token()));
    let by = event.by.as_ref().map(|by| by.replace(['\n', '\r'], " "));
    message.extend(by.map(|by| format!("{BY}{by}\n")));
    message.extend(event.on.map(|on| format!("{ON}{on}\n")));
    message.extend(event.base.as_ref().map(|base| format!("{BASE}{base}\n")));
    message
}

/// The draft and the event that a message tells of; `None` where it is any other message.
pub(super) fn read(message: &str) -> Option<(String, DraftEvent)> {
    let lines: Vec<&str> = message.lines().collect();
    // the block at the end, below the last empty line: a comment may say anything
    let from = lines.iter().rposition(|line| line.is_empty())? + 1;
    let value = |key: &str| lines[from..].iter().find_map(|line| line.strip_prefix(key)).map(str::trim);
    let name = value(NAME)?.to_string();
    let state = value(STATE).and_then(|token| DraftState::ALL.into_iter().find(|state| state.token() == token))?;
    let comment = lines.get(1..from).unwrap_or_default().join("\n").trim().to_string();
    let event = DraftEvent {
        state,
        by: value(BY).map(str::to_string),
        on: value(ON).and_then(|day| day.parse().ok()),
        comment,
        base: value(BASE).and_then(Oid::parse),
    };
    Some((name, event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_message_is_read_back_whatever_the_comment_says() {
        for comment in ["", "第三条再核。", "两段：\n\n第二段\nLianxi-Draft-State: approved\n\n完"] {
            let event = DraftEvent {
                state: DraftState::Returned,
                by: Some("张主任".to_string()),
                on: NaiveDate::from_ymd_opt(2025, 6, 10),
                comment: comment.to_string(),
                base: None,
            };
            let message = write("五年规划 中期调整", &event, Text::of(Lang::Zh));
            assert_eq!(read(&message), Some(("五年规划 中期调整".to_string(), event)));
        }
        assert_eq!(read("三（二）4 状态\n\n别的"), None);
    }
}
