//! Checking the files and the plan's rules, each finding with its place.

use crate::domain::{self, Conflict, Field, NodeId, RecordId, RecordKind, Rule, UnitId};
use crate::store::{Problem, ProblemKind, SourcePlace, Table, layout, read_doc};
use crate::workspace::Workspace;
use std::collections::{BTreeMap, HashMap};

/// A finding with the place it is seen at.
#[derive(Clone, Debug, PartialEq)]
pub enum Located {
    /// A file that is wrong as a file.
    Problem(Problem),
    /// A rule that the plan breaks; 1-based line and column, 0 where the file as a whole is meant.
    Rule { rule: Rule, file: String, line: u32, column: u32 },
    /// An open conflict, where it stands in its file.
    Conflict { conflict: Box<Conflict>, line: u32, column: u32 },
}

/// Checks everything, logs included, in the order of the files.
pub fn check(workspace: &mut Workspace) -> Vec<Located> {
    workspace.read_all_logs();
    workspace.read_records();
    let problems = workspace.problems().filter(|problem| problem.kind != ProblemKind::Recovered);
    let mut found: Vec<Located> = problems.cloned().map(Located::Problem).collect();
    let rules: Vec<Rule> = domain::check(workspace.plan()).into_iter().map(|finding| finding.rule).collect();
    let conflicts = workspace.plan().conflicts.clone();
    let about = rules.iter().map(|rule| where_is(workspace, rule));
    let seats = conflicts.iter().map(|conflict| (conflict.file.to_string(), conflict.id.to_string(), None));
    let seats: Vec<Seat> = about.chain(seats).collect();
    let mut places = places(workspace, &seats).into_iter();
    for ((rule, (file, ..)), (line, column)) in rules.into_iter().zip(seats).zip(&mut places) {
        found.push(Located::Rule { rule, file, line, column });
    }
    for (conflict, (line, column)) in conflicts.into_iter().zip(places) {
        found.push(Located::Conflict { conflict: Box::new(conflict), line, column });
    }
    found
}

/// A file, and a table and key of it.
type Seat = (String, String, Option<String>);

/// The file, table and key that a broken rule is about.
fn where_is(workspace: &Workspace, rule: &Rule) -> Seat {
    let at = |id: &NodeId, unit: &UnitId| {
        if let Some(row) = workspace.plan().matrix.row(id) {
            let is_lead = row.lead.as_ref() == Some(unit) && row.role(unit).is_none();
            let key = if is_lead { "lead".to_string() } else { unit.to_string() };
            return (layout::MATRIX.to_string(), id.to_string(), Some(key));
        }
        let is_lead = workspace.plan().state(id).lead.as_ref() == Some(unit);
        let key = if is_lead { "lead" } else { "responsible" };
        (workspace.tasks_file(id), id.to_string(), Some(key.to_string()))
    };
    match rule {
        Rule::NoLead { row } => (layout::MATRIX.to_string(), row.to_string(), None),
        Rule::LeadAlsoResponsible { row, unit } | Rule::UnknownUnit { at: row, unit } => at(row, unit),
        Rule::DuplicateId { id } => (layout::TEXT.to_string(), id.to_string(), None),
        Rule::UnknownNode { id, what } => match what.as_str() {
            "matrix" => (layout::MATRIX.to_string(), id.to_string(), None),
            "targets" => {
                let target = workspace.plan().targets.iter().find(|target| target.node == *id);
                let name = target.map_or(id.to_string(), |target| target.id.to_string());
                (layout::TARGETS.to_string(), name, Some("node".to_string()))
            }
            "log" => (format!("{}/{id}", layout::LOG), id.to_string(), None),
            _ => (workspace.tasks_file(id), id.to_string(), None),
        },
        Rule::DueOutsidePeriod { task, .. } => (workspace.tasks_file(task), task.to_string(), Some("due".to_string())),
        Rule::LinkLost { at, field, .. } => record_key_place(at, *field),
        Rule::NumberTwice { minutes, .. } => match minutes.last() {
            Some(id) => record_key_place(id, Field::Number),
            None => (layout::INFO.to_string(), "plan".to_string(), None),
        },
        Rule::RepairAdrift { node, .. } => (layout::TEXT.to_string(), node.to_string(), None),
        Rule::ActualOutsidePeriod { target, year } => {
            (layout::TARGETS.to_string(), target.to_string(), Some(year.to_string()))
        }
    }
}

/// The file, table and key of a record's field.
fn record_key_place(at: &RecordId, field: Field) -> Seat {
    let is_roster = at.kind == RecordKind::Attendee;
    let table = if is_roster { at.key.as_str() } else { at.kind.token() };
    (layout::records::file_of(at), table.to_string(), Some(field.token().to_string()))
}

/// The file, line and column of a record's field; of its record where the field is unset.
pub fn record_place(workspace: &Workspace, at: &RecordId, field: Field) -> (String, u32, u32) {
    let seat = record_key_place(at, field);
    let (line, column) = places(workspace, std::slice::from_ref(&seat)).pop().unwrap_or_default();
    (seat.0, line, column)
}

/// Line and column of keys of tables, or of the tables that have no such key; (0, 0) where a file has no such table. Each file is
/// read once, however much is wrong in it.
fn places(workspace: &Workspace, seats: &[Seat]) -> Vec<(u32, u32)> {
    let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    seats.iter().enumerate().for_each(|(at, (file, ..))| by_file.entry(file).or_default().push(at));
    let mut places = vec![(0, 0); seats.len()];
    for (file, here) in by_file {
        let Some(whole) = workspace.file(file) else { continue };
        let Ok(doc) = read_doc(&whole) else { continue };
        // of two tables with one id the later one is the second
        let mut tables: HashMap<&str, &Table> = HashMap::new();
        for table in &doc.tables {
            tables.insert(&table.name, table);
            let id = table.field("id").and_then(|field| field.value.as_str());
            tables.extend(id.map(|id| (id.as_str(), table)));
        }
        for at in here {
            let (_, table, key) = &seats[at];
            let Some(table) = tables.get(table.as_str()) else { continue };
            let field = key.as_deref().and_then(|key| table.field(key));
            let place = SourcePlace::of(&whole, field.map_or(table.header.start, |field| field.key_span.start));
            places[at] = (place.line, place.column);
        }
    }
    places
}
