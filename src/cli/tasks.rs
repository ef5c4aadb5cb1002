//! `tasks`: every task with its status, deadline and departments.

use super::fail::Failure;
use super::session::{Answer, Session};
use super::table::Table;
use crate::domain::{Due, Light, Node, NodeKind, Status};
use crate::ops::{self, place_name};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

/// A task as JSON has it.
#[derive(Serialize)]
pub(super) struct TaskRecord<'p> {
    id: &'p str,
    printed: String,
    number: &'p str,
    title: &'p str,
    kind: &'static str,
    lead: Option<String>,
    joint_leads: Vec<String>,
    responsible: Vec<String>,
    /// Differs from the row of the table.
    overrides: bool,
    /// `None` where the file that holds it is damaged: what is not known is not told.
    status: Option<&'static str>,
    due: Option<NaiveDate>,
    due_text: Option<&'p str>,
    original_due: Option<NaiveDate>,
    original_due_text: Option<&'p str>,
    light: Option<&'static str>,
    notes: usize,
    /// The open conflicts about it.
    conflicts: Vec<&'p str>,
}

pub(super) fn run(session: &mut Session, own: &ArgMatches) -> Result<Answer, Failure> {
    let with_measures = own.get_flag("measures");
    let mut workspace = session.open()?;
    if session.settings.json {
        workspace.list_all_logs();
    }
    let today = session.today();
    let tracked: Vec<&Node> =
        workspace.plan().tracked().filter(|node| with_measures || node.kind == NodeKind::Task).collect();
    let data = if session.settings.json {
        let records: Vec<TaskRecord> = tracked.iter().map(|node| record(&workspace, node, today)).collect();
        super::json::print(&records)
    } else {
        let mut out = String::with_capacity(8 << 10);
        print(session, &workspace, &tracked, today, &mut out);
        session.say(&total(&workspace, &tracked, today, session.text));
        out
    };
    Ok(session.browsed(&workspace, data))
}

pub(super) fn record<'p>(workspace: &'p Workspace, node: &'p Node, today: NaiveDate) -> TaskRecord<'p> {
    let plan = workspace.plan();
    let state = plan.state(&node.id);
    let is_known = !workspace.is_state_lost(&node.id);
    let mut leads = plan.leads(&node.id).into_iter().map(|unit| unit.to_string());
    TaskRecord {
        id: node.id.as_str(),
        printed: node.id.printed(),
        number: &node.number,
        title: &node.title,
        kind: node.kind.token(),
        lead: leads.next(),
        joint_leads: leads.collect(),
        responsible: plan.responsible(&node.id).iter().map(ToString::to_string).collect(),
        overrides: state.overrides(),
        status: is_known.then(|| state.status.token()),
        due: date(&state.due),
        due_text: wording(&state.due),
        original_due: date(&state.original_due),
        original_due_text: wording(&state.original_due),
        light: is_known.then(|| plan.light(&node.id, today).token()),
        notes: plan.log_count(&node.id),
        conflicts: ops::conflicts_of(plan, &node.id).map(|conflict| conflict.id.as_str()).collect(),
    }
}

fn date(due: &Option<Due>) -> Option<NaiveDate> {
    due.as_ref().and_then(|due| due.date)
}

fn wording(due: &Option<Due>) -> Option<&str> {
    due.as_ref().map(|due| due.wording.as_str()).filter(|wording| !wording.is_empty())
}

/// The date, or the words of an open deadline; empty where there is none.
pub(super) fn due_words(due: Option<&Due>) -> String {
    due.map_or_else(String::new, |due| due.date.map_or_else(|| due.wording.to_string(), |date| date.to_string()))
}

fn print(session: &Session, workspace: &Workspace, tracked: &[&Node], today: NaiveDate, out: &mut String) {
    let text = session.text;
    let head = &text.help.report;
    let plan = workspace.plan();
    let mut table = Table::new(session.world.width, &[head.id, head.status, head.due, "", head.lead, head.title]);
    let mut cell = String::new();
    for node in tracked {
        let state = plan.state(&node.id);
        let light = match plan.light(&node.id, today) {
            Light::None | Light::Green => "",
            light @ (Light::Yellow | Light::Red) => (text.words.light)(light),
        };
        let conflict = if ops::conflicts_of(plan, &node.id).next().is_some() { text.conflicts.mark } else { "" };
        table.cell(&place_name(&node.id, text));
        table.cell(status_word(workspace, node, text));
        table.cell(&due_words(state.due.as_ref()));
        cell.clear();
        cell.extend([light, conflict]);
        table.cell(&cell);
        cell.clear();
        for (at, lead) in plan.leads(&node.id).iter().enumerate() {
            cell.extend([if at > 0 { text.words.comma } else { "" }, lead.as_str()]);
        }
        table.cell(&cell);
        table.cell(&node.title);
        table.end_row();
    }
    table.print(out);
}

/// The status, or that the file which holds it is damaged.
pub(super) fn status_word(workspace: &Workspace, node: &Node, text: &Text) -> &'static str {
    match workspace.is_state_lost(&node.id) {
        true => text.screens.damaged,
        false => (text.words.status)(workspace.plan().state(&node.id).status),
    }
}

fn total(workspace: &Workspace, tracked: &[&Node], today: NaiveDate, text: &Text) -> String {
    let plan = workspace.plan();
    let done = tracked.iter().filter(|node| plan.state(&node.id).status == Status::Done).count();
    let (mut red, mut yellow) = (0, 0);
    for node in tracked {
        match plan.light(&node.id, today) {
            Light::Red => red += 1,
            Light::Yellow => yellow += 1,
            Light::None | Light::Green => {}
        }
    }
    (text.help.report.tasks_total)(tracked.len(), done, red, yellow)
}
