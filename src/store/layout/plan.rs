//! Putting what a file says into a plan: the one place that knows which file holds what.

use super::{INFO, LOG, MATRIX, TARGETS, TASKS, TEXT, UNITS, records};
use crate::domain::{EntryId, LogItem, NodeId, Plan, Str};
use crate::store::{Problem, read_conflicts, read_tables};

/// Whether a tasks file is the one that holds the state of a task.
pub fn is_in(id: &NodeId, file: &str) -> bool {
    let row = id.as_str().rfind('.').map_or(id.as_str(), |dot| &id.as_str()[..dot]);
    let name = file.strip_prefix(TASKS).and_then(|rest| rest.strip_prefix('/'));
    name.and_then(|name| name.strip_suffix(".toml")) == Some(row)
}

/// Puts what a file says into a plan. A file of no known name says nothing.
///
/// # Errors
/// What is wrong with a file that cannot be understood; the plan is then as it was.
pub fn read_into(plan: &mut Plan, name: &str, text: &Str) -> Result<Vec<Problem>, Vec<Problem>> {
    let problems = read_values(plan, name, text)?;
    plan.set_conflicts(name, read_conflicts(name, text));
    Ok(problems)
}

fn read_values(plan: &mut Plan, name: &str, text: &Str) -> Result<Vec<Problem>, Vec<Problem>> {
    match name {
        INFO => read_tables(text, super::info::read).map(|(info, problems)| {
            plan.info = info;
            problems
        }),
        TEXT => read_tables(text, super::text::read).map(|(official, problems)| {
            plan.text = official;
            plan.text.sort_repairs();
            problems
        }),
        UNITS => read_tables(text, super::units::read).map(|(units, problems)| {
            plan.units = units;
            plan.matrix.sort_roles(&plan.units);
            problems
        }),
        MATRIX => read_tables(text, super::matrix::read).map(|(matrix, problems)| {
            plan.matrix = matrix;
            plan.matrix.sort_roles(&plan.units);
            problems
        }),
        TARGETS => read_tables(text, super::targets::read).map(|(targets, problems)| {
            plan.targets = targets;
            problems
        }),
        _ if name.starts_with(TASKS) => {
            let read = read_tables(text, |tables| super::tasks::read(tables, |id| is_in(id, name)));
            read.map(|(tasks, problems)| {
                plan.tasks.extend(tasks);
                problems
            })
        }
        _ => match entry_of(name) {
            None => match records::record_of(name) {
                None => Ok(Vec::new()),
                Some(of) => {
                    let read = read_tables(text, |tables| records::read(&of, tables));
                    read.map(|(found, problems)| {
                        plan.records.extend(found);
                        problems
                    })
                }
            },
            Some((node, id)) => {
                let read = read_tables(text, |tables| super::entry::read(id.clone(), tables));
                read.map(|(entry, problems)| {
                    let items = plan.log.entry(node).or_default();
                    match items.binary_search_by(|item| item.id.cmp(&id)) {
                        Ok(at) => items[at].entry = entry,
                        Err(at) => items.insert(at, LogItem { id, entry }),
                    }
                    problems
                })
            }
        },
    }
}

/// The node and the entry that a log file's name stands for: `log/3.1.2/2025-06-30-4k2a9x0.toml`.
pub fn entry_of(name: &str) -> Option<(NodeId, EntryId)> {
    let (node, file) = name.strip_prefix(LOG)?.strip_prefix('/')?.split_once('/')?;
    let id = EntryId::parse(file.strip_suffix(".toml")?)?;
    Some((NodeId::new(node), id))
}
