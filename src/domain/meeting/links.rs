//! From a clause to the meetings that touched it, and to what was decided before.

use super::{Item, Meeting, OutcomeView, meetings};
use crate::domain::NodeId;
use crate::domain::Plan;

/// A meeting's item or decision about a task.
#[derive(Clone, Copy, Debug)]
pub struct Touch<'p> {
    pub meeting: Meeting<'p>,
    pub kind: TouchKind<'p>,
}

#[derive(Clone, Copy, Debug)]
pub enum TouchKind<'p> {
    /// It stood on the agenda.
    Item(Item<'p>),
    /// It was decided about.
    Outcome(OutcomeView<'p>),
}

/// Every item and decision about a place of the plan or what stands below it, the oldest meeting first. Dropped items touch nothing.
pub fn touches<'p>(plan: &'p Plan, id: &NodeId) -> Vec<Touch<'p>> {
    let mut found = Vec::new();
    for meeting in meetings(plan) {
        let items = meeting.items().into_iter().filter(|item| !item.is_dropped() && is_about(item.tasks(), id));
        found.extend(items.map(|item| Touch { meeting, kind: TouchKind::Item(item) }));
        let outcomes = meeting.outcomes().into_iter().filter(|outcome| is_about(outcome.tasks(), id));
        found.extend(outcomes.map(|outcome| Touch { meeting, kind: TouchKind::Outcome(outcome) }));
    }
    found
}

/// What earlier meetings decided on the clauses of an item, the latest first.
pub fn previous_outcomes<'p>(meeting: &Meeting<'p>, item: &Item) -> Vec<OutcomeView<'p>> {
    let earlier = meetings(meeting.plan).into_iter().rev().filter(|other| other.is_before(meeting));
    let about = |outcome: &OutcomeView| {
        let items_tasks = || Meeting::of(outcome.plan, outcome.meeting)?.item(outcome.item()).map(|item| item.tasks());
        let tasks = if outcome.tasks().is_empty() { items_tasks().unwrap_or_default() } else { outcome.tasks() };
        item.tasks().iter().any(|id| is_about(tasks, id) || tasks.iter().any(|task| is_about(item.tasks(), task)))
    };
    earlier.flat_map(|meeting| meeting.outcomes()).filter(about).collect()
}

/// Whether one of some tasks is the place, or stands below it.
fn is_about(tasks: &[NodeId], id: &NodeId) -> bool {
    tasks.iter().any(|task| task.is_within(id))
}
