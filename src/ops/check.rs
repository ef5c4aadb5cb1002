//! Checking the files and the plan's rules, each finding with its place.

use crate::domain::{self, Conflict, Field, NodeId, RecordId, RecordKind, Rule, UnitId};
use crate::store::{Problem, ProblemKind, SourcePlace, layout, read_doc};
use crate::workspace::Workspace;

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
    for finding in domain::check(workspace.plan()) {
        let (file, table, key) = where_is(workspace, &finding.rule);
        let (line, column) = place(workspace, &file, &table, key.as_deref());
        found.push(Located::Rule { rule: finding.rule, file, line, column });
    }
    for conflict in &workspace.plan().conflicts {
        let (line, column) = place(workspace, &conflict.file, &conflict.id, None);
        found.push(Located::Conflict { conflict: Box::new(conflict.clone()), line, column });
    }
    found
}

/// The file, table and key that a broken rule is about.
fn where_is(workspace: &Workspace, rule: &Rule) -> (String, String, Option<String>) {
    let at = |id: &NodeId, unit: &UnitId| {
        if workspace.plan().matrix.row(id).is_some() {
            let is_lead = workspace.plan().matrix.row(id).is_some_and(|row| row.lead.as_ref() == Some(unit));
            let is_role = workspace.plan().matrix.row(id).is_some_and(|row| row.role(unit).is_some());
            let key = if is_lead && !is_role { "lead".to_string() } else { unit.to_string() };
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
fn record_key_place(at: &RecordId, field: Field) -> (String, String, Option<String>) {
    let is_roster = at.kind == RecordKind::Attendee;
    let table = if is_roster { at.key.as_str() } else { at.kind.token() };
    (layout::records::file_of(at), table.to_string(), Some(field.token().to_string()))
}

/// The file, line and column of a record's field; of its record where the field is unset.
pub fn record_place(workspace: &Workspace, at: &RecordId, field: Field) -> (String, u32, u32) {
    let (file, table, key) = record_key_place(at, field);
    let (line, column) = place(workspace, &file, &table, key.as_deref());
    (file, line, column)
}

/// Line and column of a key of a table, or of the table; (0, 0) where the file has none.
fn place(workspace: &Workspace, file: &str, table: &str, key: Option<&str>) -> (u32, u32) {
    let Some(text) = workspace.file(file) else { return (0, 0) };
    let whole = text.into();
    let Ok(doc) = read_doc(&whole) else { return (0, 0) };
    let is_it = |candidate: &&crate::store::Table| {
        let id = candidate.field("id").and_then(|field| field.value.as_str());
        candidate.name == *table || id.is_some_and(|id| *id == *table)
    };
    let tables: Vec<_> = doc.tables.iter().filter(is_it).collect();
    let Some(table) = tables.last() else { return (0, 0) };
    let field = key.and_then(|key| table.field(key));
    let byte = field.map_or(table.header.start, |field| field.key_span.start);
    let place = SourcePlace::of(text, byte);
    (place.line, place.column)
}
