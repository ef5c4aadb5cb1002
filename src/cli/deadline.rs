//! `deadline`: setting, moving and taking away deadlines. What was understood is said before it is kept.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::domain::{Calendar, horizon};
use crate::ops;
use clap::ArgMatches;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let (ids, when) = words.split_last();
    let today = session.today();
    let understand = |calendar: &Calendar| {
        ops::understand_due_by(when, today, calendar).map_err(|refusal| Failure::refusal(&refusal, text))
    };
    let mut due = understand(&Calendar::new())?;
    let reason = own.get_one::<String>("reason").map_or("", String::as_str);
    let mut workspace = session.open_to_change()?;
    let ids = session.resolve(&workspace, ids)?;
    if let Some(date) = due.as_ref().filter(|due| due.is_relative()).and_then(|due| due.date) {
        // 5个工作日内 may step over holidays: read once more with the calendar that lies between
        due = understand(workspace.calendar(today, horizon(date, 20)))?;
    }
    if let Some(due) = due.as_ref().filter(|due| !due.wording.is_empty()) {
        let understood = match due.date {
            Some(date) => {
                let day = format!("{date} {}", (text.words.weekday)(date));
                (text.outcomes.understood)(&due.wording, &day)
            }
            None => (text.outcomes.understood_open)(&due.wording),
        };
        session.say(&understood);
    }
    let plan = workspace.plan();
    let is_moved = ids.iter().any(|id| plan.due(id).is_some() && plan.due(id) != due.as_ref());
    let moment = session.moment(workspace.root(), is_moved || !reason.trim().is_empty())?;
    let done = ops::deadline(&mut workspace, &moment, &ids, due, reason);
    change::answer(session, &workspace, done)
}
