//! The rules a plan has to keep, whoever wrote it last.

mod links;

pub use links::linked;

use super::{Field, Map, NodeId, Plan, RecordId, Role, Str, TargetId, UnitId};
use std::collections::HashSet;

/// Which rule is broken, and by what. The sentence is made by the text layer.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// A row of the table without a lead.
    NoLead { row: NodeId },
    /// A department that is lead and also responsible, or joint lead twice over.
    LeadAlsoResponsible { row: NodeId, unit: UnitId },
    /// A department that the register does not have.
    UnknownUnit { at: NodeId, unit: UnitId },
    /// Two nodes with one id.
    DuplicateId { id: NodeId },
    /// State, a row, a target or a log of a node that the text does not have.
    UnknownNode { id: NodeId, what: Str },
    /// A deadline outside the years of the plan.
    DueOutsidePeriod { task: NodeId, due: chrono::NaiveDate },
    /// A repair whose words do not stand at its place.
    RepairAdrift { node: NodeId, scraped: Str },
    /// A figure of a year outside the plan.
    ActualOutsidePeriod { target: TargetId, year: i32 },
    /// A record that names a department, clause or record that is not there.
    LinkLost { at: RecordId, field: Field, to: Str },
    /// Minutes of several meetings with one number.
    NumberTwice { year: i64, number: i64, minutes: Vec<RecordId> },
}

impl Rule {
    /// The rule's name in `check --json`.
    pub fn name(&self) -> &'static str {
        match self {
            Rule::NoLead { .. } => "one-lead",
            Rule::LeadAlsoResponsible { .. } => "lead-also-responsible",
            Rule::UnknownUnit { .. } => "unknown-unit",
            Rule::DuplicateId { .. } => "duplicate-id",
            Rule::UnknownNode { .. } => "unknown-node",
            Rule::DueOutsidePeriod { .. } => "due-outside-period",
            Rule::RepairAdrift { .. } => "repair-adrift",
            Rule::ActualOutsidePeriod { .. } => "actual-outside-period",
            Rule::LinkLost { .. } => "link-lost",
            Rule::NumberTwice { .. } => "number-unique",
        }
    }
}

/// A broken rule.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    pub rule: Rule,
}

/// Checks the whole plan; an empty answer is a sound plan.
pub fn check(plan: &Plan) -> Vec<Finding> {
    let mut rules = Vec::new();
    let units: HashSet<&UnitId> = plan.units.iter().map(|unit| &unit.id).collect();
    // a register that cannot be read would make every department unknown; that it cannot is said once, elsewhere
    let is_unknown = |unit: &UnitId| !units.is_empty() && !units.contains(unit);
    let mut nodes: HashSet<&NodeId> = HashSet::new();
    for node in &plan.text.nodes {
        if !nodes.insert(&node.id) {
            rules.push(Rule::DuplicateId { id: node.id.clone() });
        }
    }
    for row in &plan.matrix.rows {
        if !nodes.contains(&row.id) {
            rules.push(Rule::UnknownNode { id: row.id.clone(), what: "matrix".into() });
        }
        match &row.lead {
            None => rules.push(Rule::NoLead { row: row.id.clone() }),
            Some(lead) if is_unknown(lead) => rules.push(Rule::UnknownUnit { at: row.id.clone(), unit: lead.clone() }),
            Some(_) => {}
        }
        for (unit, role) in &row.roles {
            if is_unknown(unit) {
                rules.push(Rule::UnknownUnit { at: row.id.clone(), unit: unit.clone() });
            }
            if row.lead.as_ref() == Some(unit) {
                match role {
                    Role::Responsible(_) | Role::JointLead(_) => {
                        rules.push(Rule::LeadAlsoResponsible { row: row.id.clone(), unit: unit.clone() })
                    }
                }
            }
        }
    }
    let mut ids: Vec<&NodeId> = plan.tasks.keys().collect();
    ids.sort();
    for id in ids {
        let state = plan.state(id);
        if !nodes.contains(id) {
            rules.push(Rule::UnknownNode { id: id.clone(), what: "tasks".into() });
        }
        let responsible = state.responsible.iter().flatten();
        for unit in state.lead.iter().chain(responsible).filter(|unit| is_unknown(unit)) {
            rules.push(Rule::UnknownUnit { at: id.clone(), unit: unit.clone() });
        }
        let leads = plan.leads(id);
        for unit in state.responsible.iter().flatten().filter(|unit| leads.contains(unit)) {
            rules.push(Rule::LeadAlsoResponsible { row: id.clone(), unit: unit.clone() });
        }
        if let (Some(date), Some((from, to))) = (state.due.as_ref().and_then(|due| due.date), plan.info.period) {
            let year = chrono::Datelike::year(&date);
            if year < from || year > to {
                rules.push(Rule::DueOutsidePeriod { task: id.clone(), due: date });
            }
        }
    }
    for id in plan.log.keys().filter(|id| !nodes.contains(id)) {
        rules.push(Rule::UnknownNode { id: id.clone(), what: "log".into() });
    }
    for target in &plan.targets {
        if !nodes.contains(&target.node) {
            rules.push(Rule::UnknownNode { id: target.node.clone(), what: "targets".into() });
        }
        if let Some((from, to)) = plan.info.period {
            for year in target.actuals.keys().filter(|year| **year < from || **year > to) {
                rules.push(Rule::ActualOutsidePeriod { target: target.id.clone(), year: *year });
            }
        }
    }
    let texts: Map<&NodeId, &Str> = match plan.text.repairs.is_empty() {
        true => Map::default(),
        // the first of two nodes with one id is the one that is found by it
        false => plan.text.nodes.iter().rev().map(|node| (&node.id, &node.text)).collect(),
    };
    for repair in &plan.text.repairs {
        let stands = texts.get(&repair.node).is_some_and(|text| {
            let rest: String = text.chars().skip(repair.at as usize).collect();
            rest.starts_with(repair.scraped.as_str())
        });
        if !stands {
            rules.push(Rule::RepairAdrift { node: repair.node.clone(), scraped: repair.scraped.clone() });
        }
    }
    rules.extend(links::lost(plan, &nodes, is_unknown));
    for (number, minutes) in super::minutes::doubles(plan) {
        rules.push(Rule::NumberTwice { year: number.year, number: number.number, minutes });
    }
    rules.into_iter().map(|rule| Finding { rule }).collect()
}
