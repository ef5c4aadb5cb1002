//! Applying changes to a plan in memory.

use super::{Change, Place, Value};
use crate::domain::{LogItem, Plan, Repair, Row, Status, Target, Unit, UnitId};

/// A change whose old value is not what stands there: somebody else was faster.
#[derive(Clone, PartialEq, Debug)]
pub struct Stale {
    pub place: Place,
}

/// Applies one change.
///
/// # Errors
/// [`Stale`] where the plan does not hold the change's old value, or could not hold its new one; the plan is then as it was.
pub fn apply(plan: &mut Plan, change: &Change) -> Result<(), Stale> {
    let stale = || Stale { place: change.place.clone() };
    if current(plan, &change.place) != change.old {
        return Err(stale());
    }
    set(plan, &change.place, change.new.clone()).ok_or_else(stale)?;
    // a value that its place would hold in another form could not be taken back
    if current(plan, &change.place) != change.new {
        set(plan, &change.place, change.old.clone()).ok_or_else(stale)?;
        return Err(stale());
    }
    Ok(())
}

/// Applies changes in order, or none of them.
///
/// # Errors
/// [`Stale`] names the first change that does not fit; those before it are taken back.
pub fn apply_all(plan: &mut Plan, changes: &[Change]) -> Result<(), Stale> {
    for (done, change) in changes.iter().enumerate() {
        if let Err(stale) = apply(plan, change) {
            for change in changes[..done].iter().rev() {
                apply(plan, &change.invert()).expect("a change that was just applied can be taken back");
            }
            return Err(stale);
        }
    }
    Ok(())
}

/// The value that stands at a place.
pub fn current(plan: &Plan, place: &Place) -> Option<Value> {
    match place {
        Place::Status(id) => Some(plan.state(id).status).filter(|s| *s != Status::Todo).map(Value::Status),
        Place::Due(id) => plan.state(id).due.clone().map(Value::Due),
        Place::OriginalDue(id) => plan.state(id).original_due.clone().map(Value::Due),
        Place::Lead(id) => plan.state(id).lead.clone().map(Value::Unit),
        Place::Responsible(id) => plan.state(id).responsible.clone().map(Value::Units),
        Place::RowLead(row) => plan.matrix.row(row)?.lead.clone().map(Value::Unit),
        Place::Cell(row, unit) => plan.matrix.row(row)?.role(unit).map(Value::Role),
        Place::Entry(node, id) => {
            let item = plan.log.get(node)?.iter().find(|item| item.id == *id)?;
            item.entry.clone().map(|entry| Value::Entry(Box::new(entry)))
        }
        Place::Actual(target, year) => {
            plan.targets.iter().find(|t| t.id == *target)?.actuals.get(year).cloned().map(Value::Actual)
        }
        Place::Info => Some(Value::Info(Box::new(plan.info.clone()))),
        Place::Node(id) => {
            let at = plan.text.nodes.iter().position(|node| node.id == *id)?;
            Some(Value::Node(at, Box::new(plan.text.nodes[at].clone())))
        }
        Place::Repairs(id) => {
            let repairs: Vec<Repair> = plan.text.repairs_of(id).cloned().collect();
            (!repairs.is_empty()).then_some(Value::Repairs(repairs))
        }
        Place::Tail => (!plan.text.tail.is_empty()).then(|| Value::Text(plan.text.tail.clone())),
        Place::Unit(id) => {
            let at = plan.units.iter().position(|unit| unit.id == *id)?;
            Some(Value::UnitRecord(at, Box::new(plan.units[at].clone())))
        }
        Place::Target(id) => {
            let at = plan.targets.iter().position(|target| target.id == *id)?;
            Some(Value::Target(at, Box::new(without_actuals(&plan.targets[at]))))
        }
        Place::Row(id) => {
            let at = plan.matrix.rows.iter().position(|row| row.id == *id)?;
            Some(Value::Row(at, Box::new(without_roles(&plan.matrix.rows[at]))))
        }
        Place::Record(id) => plan.records.get(id).cloned().map(|record| Value::Record(Box::new(record))),
        Place::Field(id, field) => plan.records.get(id)?.get(*field).cloned().map(Value::Field),
        Place::Conflict(file, id) => {
            let found = plan.conflicts.iter().find(|conflict| conflict.file == *file && conflict.id == *id)?;
            Some(Value::Conflict(Box::new(found.clone())))
        }
    }
}

pub(super) fn without_actuals(target: &Target) -> Target {
    Target { actuals: Default::default(), ..target.clone() }
}

pub(super) fn without_roles(row: &Row) -> Row {
    Row { lead: None, roles: Vec::new(), ..row.clone() }
}

/// Puts a value at a place; `None` where the value's type is not the place's, or the record that holds it is not there.
fn set(plan: &mut Plan, place: &Place, value: Option<Value>) -> Option<()> {
    match (place, value) {
        (Place::Status(id), value) => {
            let status = match value {
                None => Status::Todo,
                Some(Value::Status(status)) => status,
                Some(_) => return None,
            };
            plan.update_state(id, |state| state.status = status);
        }
        (Place::Due(id), value) => {
            let due = typed(value, |value| if let Value::Due(due) = value { Some(due) } else { None })?;
            plan.update_state(id, |state| state.due = due);
        }
        (Place::OriginalDue(id), value) => {
            let due = typed(value, |value| if let Value::Due(due) = value { Some(due) } else { None })?;
            plan.update_state(id, |state| state.original_due = due);
        }
        (Place::Lead(id), value) => {
            let unit = typed(value, as_unit)?;
            plan.update_state(id, |state| state.lead = unit);
        }
        (Place::Responsible(id), value) => {
            let units = typed(value, |value| if let Value::Units(units) = value { Some(units) } else { None })?;
            plan.update_state(id, |state| state.responsible = units);
        }
        (Place::RowLead(row), value) => plan.matrix.row_mut(row)?.lead = typed(value, as_unit)?,
        (Place::Cell(row, unit), value) => {
            let role = typed(value, |value| if let Value::Role(role) = value { Some(role) } else { None })?;
            let roles = &mut plan.matrix.row_mut(row)?.roles;
            roles.retain(|(id, _)| id != unit);
            roles.extend(role.map(|role| (unit.clone(), role)));
            plan.matrix.sort_roles(&plan.units);
        }
        (Place::Entry(node, id), value) => {
            let entry = typed(value, |value| if let Value::Entry(entry) = value { Some(*entry) } else { None })?;
            let items = plan.log.entry(node.clone()).or_default();
            match (items.binary_search_by(|item| item.id.cmp(id)), entry) {
                (Ok(at), None) => drop(items.remove(at)),
                (Ok(at), entry) => items[at].entry = entry,
                (Err(_), None) => {}
                (Err(at), entry) => items.insert(at, LogItem { id: id.clone(), entry }),
            }
            if items.is_empty() {
                plan.log.remove(node);
            }
        }
        (Place::Actual(target, year), value) => {
            let actual = typed(value, |value| if let Value::Actual(actual) = value { Some(actual) } else { None })?;
            let target = plan.targets.iter_mut().find(|t| t.id == *target)?;
            match actual {
                Some(actual) => drop(target.actuals.insert(*year, actual)),
                None => drop(target.actuals.remove(year)),
            }
        }
        (Place::Info, Some(Value::Info(info))) => plan.info = *info,
        (Place::Info, _) => return None,
        (Place::Node(id), value) => {
            let record = typed(value, |v| if let Value::Node(at, node) = v { Some((at, *node)) } else { None })?;
            put_record(&mut plan.text.nodes, |node| node.id == *id, record);
            plan.text.sort_repairs();
        }
        (Place::Repairs(id), value) => {
            let repairs = typed(value, |v| if let Value::Repairs(repairs) = v { Some(repairs) } else { None })?;
            plan.text.repairs.retain(|repair| repair.node != *id);
            plan.text.repairs.extend(repairs.unwrap_or_default());
            plan.text.sort_repairs();
        }
        (Place::Tail, value) => {
            let text = typed(value, |value| if let Value::Text(text) = value { Some(text) } else { None })?;
            plan.text.tail = text.unwrap_or_default();
        }
        (Place::Unit(id), value) => {
            let record = typed(value, |v| if let Value::UnitRecord(at, unit) = v { Some((at, *unit)) } else { None })?;
            put_record(&mut plan.units, |unit: &Unit| unit.id == *id, record);
            plan.matrix.sort_roles(&plan.units);
        }
        (Place::Target(id), value) => {
            let record = typed(value, |v| if let Value::Target(at, target) = v { Some((at, *target)) } else { None })?;
            let kept = plan.targets.iter().find(|target| target.id == *id).map(|target| target.actuals.clone());
            let record = record.map(|(at, target)| (at, Target { actuals: kept.unwrap_or_default(), ..target }));
            put_record(&mut plan.targets, |target| target.id == *id, record);
        }
        (Place::Row(id), value) => {
            let record = typed(value, |value| if let Value::Row(at, row) = value { Some((at, *row)) } else { None })?;
            let kept = plan.matrix.row(id).map(|row| (row.lead.clone(), row.roles.clone())).unwrap_or_default();
            let record = record.map(|(at, row)| (at, Row { lead: kept.0, roles: kept.1, ..row }));
            plan.matrix.change_rows(|rows| put_record(rows, |row| row.id == *id, record));
        }
        (Place::Record(id), value) => {
            match typed(value, |value| if let Value::Record(record) = value { Some(*record) } else { None })? {
                Some(record) => drop(plan.records.insert(id.clone(), record)),
                None => drop(plan.records.remove(id)),
            }
        }
        (Place::Field(id, field), value) => {
            let value = typed(value, |value| if let Value::Field(value) = value { Some(value) } else { None })?;
            if value.as_ref().is_some_and(|value| !value.fits(field.holds(id.kind))) {
                return None;
            }
            plan.records.get_mut(id)?.set(*field, value);
        }
        (Place::Conflict(file, id), value) => {
            let conflict =
                typed(value, |value| if let Value::Conflict(conflict) = value { Some(*conflict) } else { None })?;
            let here = plan.conflicts.iter().filter(|known| known.file == *file && known.id != *id);
            let here = here.cloned().chain(conflict).collect();
            plan.set_conflicts(file, here);
        }
    }
    Some(())
}

fn as_unit(value: Value) -> Option<UnitId> {
    if let Value::Unit(unit) = value { Some(unit) } else { None }
}

/// Unwraps a value of the place's type; the outer `None` says that it is of another one.
fn typed<T>(value: Option<Value>, unwrap: impl Fn(Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(value) => unwrap(value).map(Some),
    }
}

/// Replaces, inserts or removes a record of an ordered list; a record that stays keeps its place unless it is given another.
fn put_record<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, record: Option<(usize, T)>) {
    let at = list.iter().position(is_it);
    if let Some(at) = at {
        list.remove(at);
    }
    if let Some((to, record)) = record {
        list.insert(to.min(list.len()), record);
    }
}
