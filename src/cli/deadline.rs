//! `deadline`: setting, moving and taking away deadlines, and reading one for every verb that takes one. What was understood is said before it is kept.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::domain::Due;
use crate::ops;
use crate::workspace::Workspace;
use clap::ArgMatches;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let (ids, when) = words.split_last();
    let reason = own.get_one::<String>("reason").map_or("", String::as_str);
    let (mut workspace, ids) = session.open_for(ids)?;
    let due = understood(session, &mut workspace, when)?;
    let plan = workspace.plan();
    let is_moved = ids.iter().any(|id| plan.due(id).is_some() && plan.due(id) != due.as_ref());
    let moment = session.moment(workspace.root(), is_moved || !reason.trim().is_empty())?;
    let done = ops::deadline(&mut workspace, &moment, &ids, due, reason);
    change::answer(session, &workspace, done)
}

/// Understands a deadline and says what was understood; `None` for the words that take one away.
pub(super) fn understood(
    session: &mut Session,
    workspace: &mut Workspace,
    typed: &str,
) -> Result<Option<Due>, Failure> {
    let text = session.text;
    let due = ops::understand_due_in(workspace, typed, session.today());
    let due = due.map_err(|refusal| Failure::refusal(&refusal, text))?;
    if let Some(due) = due.as_ref().filter(|due| !due.wording.is_empty()) {
        session.say(&match due.date {
            Some(date) => (text.outcomes.understood)(&due.wording, &format!("{date} {}", (text.words.weekday)(date))),
            None => (text.outcomes.understood_open)(&due.wording),
        });
    }
    Ok(due)
}
