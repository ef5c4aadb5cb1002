//! Who leads and who is responsible: in a row of the table, or in a task that differs from its row.

use super::{Outcome, Refusal, lost, once, save};
use crate::domain::{NodeId, Role, Row, UnitId};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::store::layout;
use crate::workspace::{CommitError, Workspace};

/// What is asked for; everything at once, in one step.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Assignment {
    /// The first lead, then joint leads in order; empty leaves the lead alone.
    pub leads: Vec<UnitId>,
    pub add: Vec<UnitId>,
    pub remove: Vec<UnitId>,
    /// Takes a task back to what its row says, before the rest is done.
    pub reset: bool,
}

/// Who leads and who is responsible.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    leads: Vec<UnitId>,
    responsible: Vec<UnitId>,
}

/// Changes responsibility of rows and tasks.
///
/// A department that becomes lead stops being responsible. A task whose responsibility ends up as its row's has no override.
///
/// # Errors
/// Nodes without responsibility, a department that would lead and be responsible, or that is to be removed and is not there.
pub fn assign(workspace: &mut Workspace, ids: &[NodeId], assignment: &Assignment) -> Result<Outcome, Refusal> {
    if *assignment == Assignment::default() {
        return Err(Refusal::NothingAsked);
    }
    let mut changes = Vec::new();
    for id in once(ids) {
        changes.extend(changes_for(workspace, id, assignment)?);
    }
    save(workspace, Transaction::new(Verb::Assign, changes))
}

fn changes_for(workspace: &Workspace, id: &NodeId, assignment: &Assignment) -> Result<Vec<Change>, Refusal> {
    let plan = workspace.plan();
    let row = plan.matrix.row(id);
    let is_task = workspace.node(id).is_some_and(|node| node.kind.is_tracked());
    if row.is_none() && !is_task || row.is_some() && assignment.reset {
        return Err(lost(workspace, layout::MATRIX, Refusal::NotAssignable { id: id.clone() }));
    }
    if row.is_none() && plan.row_of(id).is_none() && workspace.damaged().contains(layout::MATRIX) {
        // what it inherits cannot be seen, so that nothing can be said to differ from it
        return Err(CommitError::Damaged { file: layout::MATRIX.to_string() }.into());
    }
    let inherited = Shape {
        leads: plan.row_of(id).map(Row::leads).unwrap_or_default(),
        responsible: plan.row_of(id).map(Row::responsible).unwrap_or_default(),
    };
    let now = match (row.is_some(), assignment.reset) {
        (true, _) | (false, true) => inherited.clone(),
        (false, false) => Shape { leads: plan.leads(id), responsible: plan.responsible(id) },
    };
    let own_lead = now.leads != inherited.leads;
    let mut wanted = shape(id, now, assignment)?;
    match row {
        Some(row) => Ok(row_changes(row, &wanted)),
        None if wanted.leads.is_empty() && !inherited.leads.is_empty() => {
            // a task's own lead that steps down gives the place back to the row's; the row's own cannot go from a single task
            if !own_lead {
                return Err(Refusal::LeadNeeded { id: id.clone() });
            }
            wanted.responsible.retain(|unit| !inherited.leads.contains(unit));
            wanted.leads.clone_from(&inherited.leads);
            Ok(task_changes(workspace, id, &inherited, wanted))
        }
        None if wanted.leads.len() > 1 && wanted.leads != inherited.leads => Err(Refusal::TwoLeads { id: id.clone() }),
        None => Ok(task_changes(workspace, id, &inherited, wanted)),
    }
}

/// What is wanted, from what stands.
fn shape(id: &NodeId, now: Shape, assignment: &Assignment) -> Result<Shape, Refusal> {
    let Shape { mut leads, mut responsible } = now;
    if !assignment.leads.is_empty() {
        leads.clear();
        assignment.leads.iter().for_each(|lead| {
            if !leads.contains(lead) {
                leads.push(lead.clone())
            }
        });
        responsible.retain(|unit| !leads.contains(unit));
    }
    for unit in &assignment.remove {
        let before = leads.len() + responsible.len();
        leads.retain(|lead| lead != unit);
        responsible.retain(|other| other != unit);
        if leads.len() + responsible.len() == before {
            return Err(Refusal::NotResponsible { id: id.clone(), unit: unit.clone() });
        }
    }
    for unit in &assignment.add {
        if leads.contains(unit) {
            return Err(Refusal::LeadAlsoResponsible { id: id.clone(), unit: unit.clone() });
        }
        if !responsible.contains(unit) {
            responsible.push(unit.clone());
        }
    }
    Ok(Shape { leads, responsible })
}

/// The changes that give a row a shape, cell by cell; cells that stay keep their number.
fn row_changes(row: &Row, wanted: &Shape) -> Vec<Change> {
    let unit = |unit: &UnitId| Value::Unit(unit.clone());
    let mut changes =
        vec![Change::new(Place::RowLead(row.id.clone()), row.lead.as_ref().map(unit), wanted.leads.first().map(unit))];
    let mut next = Row { roles: row.roles.clone(), ..row.clone() };
    next.roles.retain(|(unit, role)| match role {
        Role::JointLead(_) => wanted.leads.iter().skip(1).any(|lead| lead == unit),
        Role::Responsible(_) => wanted.responsible.contains(unit),
    });
    for (at, lead) in wanted.leads.iter().enumerate().skip(1) {
        next.roles.retain(|(unit, _)| unit != lead);
        next.roles.push((lead.clone(), Role::JointLead(at as u16 + 1)));
    }
    for unit in &wanted.responsible {
        if next.role(unit).is_none() {
            let role = next.next_responsible();
            next.roles.push((unit.clone(), role));
        }
    }
    let mut units: Vec<&UnitId> = row.roles.iter().chain(&next.roles).map(|(unit, _)| unit).collect();
    units.sort();
    units.dedup();
    changes.extend(units.into_iter().map(|unit| {
        let value = |row: &Row| row.role(unit).map(Value::Role);
        Change::new(Place::Cell(row.id.clone(), unit.clone()), value(row), value(&next))
    }));
    changes
}

/// The changes that give a task a shape; what equals its row is not written.
fn task_changes(workspace: &Workspace, id: &NodeId, inherited: &Shape, wanted: Shape) -> Vec<Change> {
    let state = workspace.plan().state(id);
    let lead = if wanted.leads == inherited.leads { None } else { wanted.leads.first().cloned() };
    let mut plain = inherited.responsible.clone();
    plain.retain(|unit| lead.as_ref() != Some(unit));
    let responsible = Some(wanted.responsible).filter(|units| *units != plain);
    vec![
        Change::new(Place::Lead(id.clone()), state.lead.clone().map(Value::Unit), lead.map(Value::Unit)),
        Change::new(
            Place::Responsible(id.clone()),
            state.responsible.clone().map(Value::Units),
            responsible.map(Value::Units),
        ),
    ]
}

/// Cycles what a department does in rows or tasks: nothing, responsible, lead, nothing. The first of them says which step it is.
///
/// In a row that has a lead already, the third step makes a joint lead after it; nobody loses a role by it. When the first lead
/// steps down, the next joint lead becomes the first.
///
/// # Errors
/// Nodes without responsibility.
pub fn cycle_role(workspace: &mut Workspace, ids: &[NodeId], unit: &UnitId) -> Result<Outcome, Refusal> {
    let Some(first) = ids.first() else { return Err(Refusal::NothingAsked) };
    let leads = workspace.plan().leads(first);
    let is_row = workspace.plan().matrix.row(first).is_some();
    let assignment = if leads.contains(unit) {
        Assignment { remove: vec![unit.clone()], ..Assignment::default() }
    } else if workspace.plan().responsible(first).contains(unit) {
        // a task has one lead of its own: the lead before it becomes responsible
        let (others, add) = if is_row { (leads, Vec::new()) } else { (Vec::new(), leads) };
        Assignment { leads: others.into_iter().chain([unit.clone()]).collect(), add, ..Assignment::default() }
    } else {
        Assignment { add: vec![unit.clone()], ..Assignment::default() }
    };
    assign(workspace, ids, &assignment)
}

/// Makes a department the first lead of rows or tasks; the lead before it becomes responsible.
///
/// # Errors
/// Nodes without responsibility.
pub fn make_first_lead(workspace: &mut Workspace, ids: &[NodeId], unit: &UnitId) -> Result<Outcome, Refusal> {
    let Some(first) = ids.first() else { return Err(Refusal::NothingAsked) };
    let leads = workspace.plan().leads(first);
    let before: Vec<UnitId> = leads.first().filter(|lead| *lead != unit).cloned().into_iter().collect();
    let joint = leads.iter().skip(1).filter(|lead| *lead != unit).cloned();
    let is_row = workspace.plan().matrix.row(first).is_some();
    let leads = [unit.clone()].into_iter().chain(joint.filter(|_| is_row)).collect();
    assign(workspace, ids, &Assignment { leads, add: before, ..Assignment::default() })
}
