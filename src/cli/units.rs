//! `units`: the departments in official order, or what one of them has to do.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::{self, Table, USUAL_WIDTH};
use crate::domain::{NodeId, Plan, Unit};
use crate::ops::{self, place_name};
use crate::text::Text;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct UnitRecord<'p> {
    name: &'p str,
    full: &'p str,
    aliases: Vec<&'p str>,
    group: &'static str,
    group_name: &'static str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    successor: Option<&'p str>,
    /// Rows of the table that it leads, jointly too, and in which it is responsible.
    leads: Vec<&'p str>,
    responsible: Vec<&'p str>,
    /// Tasks that differ from their row and name it.
    tasks: Vec<&'p str>,
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let workspace = session.open()?;
    let plan = workspace.plan();
    let one = match words.first() {
        None => None,
        Some(name) => {
            let found = ops::resolve_unit(&workspace, name);
            Some(found.map_err(|refusal| Failure::refusal(&refusal, session.text))?)
        }
    };
    let shown = plan.units.iter().filter(|unit| one.as_ref().is_none_or(|id| unit.id == *id));
    let records: Vec<UnitRecord> = shown.map(|unit| record(plan, unit, session.text)).collect();
    let data = session.data(&records, |out| match (&one, records.as_slice()) {
        (Some(_), [unit]) => print_one(plan, unit, session, out),
        _ => print(&records, session, out),
    });
    Ok(session.browsed(&workspace, data))
}

fn record<'p>(plan: &'p Plan, unit: &'p Unit, text: &Text) -> UnitRecord<'p> {
    let rows = |is: &dyn Fn(&crate::domain::Row) -> bool| {
        plan.matrix.rows.iter().filter(|row| is(row)).map(|row| row.id.as_str()).collect::<Vec<_>>()
    };
    let own = plan.tracked().filter(|node| plan.state(&node.id).overrides());
    let names_it = |id: &NodeId| plan.leads(id).contains(&unit.id) || plan.responsible(id).contains(&unit.id);
    UnitRecord {
        name: unit.id.as_str(),
        full: &unit.full,
        aliases: unit.aliases.iter().map(|alias| alias.as_str()).collect(),
        group: unit.group.token(),
        group_name: (text.words.group)(unit.group),
        from: unit.from,
        to: unit.to,
        successor: unit.successor.as_ref().map(|unit| unit.as_str()),
        leads: rows(&|row| row.leads().contains(&unit.id)),
        responsible: rows(&|row| row.responsible().contains(&unit.id)),
        tasks: own.filter(|node| names_it(&node.id)).map(|node| node.id.as_str()).collect(),
    }
}

fn print(records: &[UnitRecord], session: &Session, out: &mut String) {
    let head = &session.text.help.report;
    let words = &session.text.words;
    let head = [head.group, head.name, words.lead, words.responsible, head.full];
    let mut table = Table::new(session.world.width, &head);
    for unit in records {
        let count = |rows: &[&str]| if rows.is_empty() { String::new() } else { rows.len().to_string() };
        table.row([
            unit.group_name.to_string(),
            unit.name.to_string(),
            count(&unit.leads),
            count(&unit.responsible),
            unit.full.to_string(),
        ]);
    }
    table.print(out);
}

fn print_one(plan: &Plan, unit: &UnitRecord, session: &Session, out: &mut String) {
    let text = session.text;
    let head = &text.help.report;
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    let places = |ids: &[&str]| {
        let line = |id: &&str| {
            let id = NodeId::new(*id);
            let title = plan.node(&id).map_or("", |node| node.title.as_str());
            format!("{} {title}", place_name(&id, text))
        };
        ids.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let fields = [
        (head.name, unit.name.to_string()),
        (head.full, unit.full.to_string()),
        (head.aliases, unit.aliases.join(text.words.comma)),
        (head.group, unit.group_name.to_string()),
        (head.rows_led, places(&unit.leads)),
        (head.rows_responsible, places(&unit.responsible)),
        (head.own_tasks, places(&unit.tasks)),
    ];
    table::fields(out, &fields, width);
}
