//! `matrix`: the division of labour, row by row.

use super::fail::Failure;
use super::session::{Answer, Session};
use super::table::{self, USUAL_WIDTH};
use super::visible;
use crate::domain::{Plan, Row, UnitId};
use crate::ops::place_name;
use crate::text::Text;
use serde::Serialize;

#[derive(Serialize)]
struct MatrixRecord<'p> {
    units: Vec<&'p str>,
    groups: Vec<GroupRecord<'p>>,
    rows: Vec<RowRecord<'p>>,
}

#[derive(Serialize)]
struct GroupRecord<'p> {
    group: &'static str,
    units: Vec<&'p str>,
}

#[derive(Serialize)]
struct RowRecord<'p> {
    id: &'p str,
    printed: String,
    title: &'p str,
    lead: Option<&'p str>,
    joint_leads: Vec<String>,
    responsible: Vec<String>,
    category: &'p str,
    content: &'p str,
}

pub(super) fn run(session: &mut Session) -> Result<Answer, Failure> {
    let workspace = session.open()?;
    let plan = workspace.plan();
    let data = session.data(&record(plan), |out| print(plan, session, out));
    if !session.settings.json {
        let leads = plan.matrix.rows.iter().filter(|row| row.lead.is_some()).count();
        let cells = plan.matrix.rows.iter().map(|row| row.responsible().len()).sum();
        let total = (session.text.help.report.matrix_total)(plan.matrix.rows.len(), plan.units.len(), leads, cells);
        session.say(&total);
    }
    Ok(session.browsed(&workspace, data))
}

fn record(plan: &Plan) -> MatrixRecord<'_> {
    let mut groups: Vec<GroupRecord> = Vec::new();
    for unit in &plan.units {
        let group = unit.group.token();
        match groups.last_mut().filter(|last| last.group == group) {
            Some(last) => last.units.push(unit.id.as_str()),
            None => groups.push(GroupRecord { group, units: vec![unit.id.as_str()] }),
        }
    }
    let rows = plan.matrix.rows.iter().map(|row| RowRecord {
        id: row.id.as_str(),
        printed: row.id.printed(),
        title: title(plan, row),
        lead: row.lead.as_ref().map(UnitId::as_str),
        joint_leads: names(row.leads().iter().skip(usize::from(row.lead.is_some()))),
        responsible: names(row.responsible().iter()),
        category: &row.category,
        content: &row.content,
    });
    let rows = rows.collect();
    MatrixRecord { units: plan.units.iter().map(|unit| unit.id.as_str()).collect(), groups, rows }
}

fn names<'u>(units: impl Iterator<Item = &'u UnitId>) -> Vec<String> {
    units.map(ToString::to_string).collect()
}

/// The heading's title; the table's own words where the text has no such heading.
fn title<'p>(plan: &'p Plan, row: &'p Row) -> &'p str {
    plan.node(&row.id).map_or(row.content.as_str(), |node| node.title.as_str())
}

fn print(plan: &Plan, session: &Session, out: &mut String) {
    let text = session.text;
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    for row in &plan.matrix.rows {
        let heading = format!("{} {}", place_name(&row.id, text), title(plan, row));
        out.push_str(&format!("{}\n", visible::line(&heading)));
        roles(out, row, width, text);
    }
}

/// Who leads and who is responsible, two blanks in.
pub(super) fn roles(out: &mut String, row: &Row, width: usize, text: &Text) {
    let head = &text.help.report;
    let label = visible::width(head.lead).max(visible::width(head.responsible)) + 2;
    let join = |units: &[UnitId]| units.iter().map(UnitId::as_str).collect::<Vec<_>>().join(text.words.comma);
    table::field(out, &format!("  {}", head.lead), label, &join(&row.leads()), width);
    let responsible = row.responsible();
    let list = format!("{}{}", join(&responsible), (head.count)(responsible.len()));
    table::field(out, &format!("  {}", head.responsible), label, &list, width);
}
