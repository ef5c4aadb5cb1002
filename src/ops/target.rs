//! Writing down the figure of a year.

use super::{Outcome, Refusal, lost, save};
use crate::domain::{Actual, Target, TargetId};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::store::layout;
use crate::workspace::Workspace;

/// Sets a target's figure of a year, with where it comes from.
///
/// # Errors
/// No such target, a year outside the plan, no source.
pub fn set_actual(
    workspace: &mut Workspace,
    id: &str,
    year: i32,
    value: f64,
    source: &str,
) -> Result<Outcome, Refusal> {
    let target = find_target(workspace, id)?;
    if source.trim().is_empty() {
        return Err(Refusal::NoSource);
    }
    if let Some(period) = workspace.plan().info.period.filter(|(from, to)| year < *from || year > *to) {
        return Err(Refusal::YearOutsidePeriod { year, period });
    }
    let old = target.actuals.get(&year).cloned().map(Value::Actual);
    let new = Value::Actual(Actual { value, source: source.trim().into() });
    let change = Change::new(Place::Actual(target.id.clone(), year), old, Some(new));
    save(workspace, Transaction::new(Verb::Target, vec![change]))
}

/// The target of an id, however its letter is written.
pub(super) fn find_target<'w>(workspace: &'w Workspace, id: &str) -> Result<&'w Target, Refusal> {
    let targets = &workspace.plan().targets;
    targets.iter().find(|target| target.id.as_str().eq_ignore_ascii_case(id)).ok_or_else(|| {
        let known: Vec<TargetId> = targets.iter().map(|target| target.id.clone()).collect();
        lost(workspace, layout::TARGETS, Refusal::UnknownTarget { id: id.to_string(), known })
    })
}
