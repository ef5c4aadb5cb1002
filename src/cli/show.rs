//! `show`: everything of one place of the plan.

use super::entries::{self, EntryRecord};
use super::fail::Failure;
use super::meeting::{TouchRecord, print_touches, touches};
use super::session::{Answer, Session, Words};
use super::table::{self, USUAL_WIDTH};
use super::tasks::{self, TaskRecord};
use super::visible;
use crate::domain::{Node, NodeId, NodeKind, Repair, Target};
use crate::ops::{self, place_name};
use crate::workspace::Workspace;
use serde::Serialize;

#[derive(Serialize)]
struct NodeRecord<'p> {
    id: &'p str,
    printed: String,
    number: &'p str,
    kind: &'static str,
    title: &'p str,
    /// With the repairs applied.
    text: String,
    scraped: &'p str,
    repairs: Vec<RepairRecord<'p>>,
    /// Paragraphs without a number that belong to it.
    paragraphs: Vec<ParagraphRecord<'p>>,
    children: Vec<ChildRecord<'p>>,
    lead: Option<String>,
    joint_leads: Vec<String>,
    responsible: Vec<String>,
    /// What the office keeps of a task; null elsewhere.
    state: Option<TaskRecord<'p>>,
    targets: Vec<&'p str>,
    conflicts: Vec<&'p str>,
    log: Vec<EntryRecord<'p>>,
    /// The meetings that had it on their agenda or decided about it.
    meetings: Vec<TouchRecord<'p>>,
}

#[derive(Serialize)]
struct RepairRecord<'p> {
    at: u32,
    scraped: &'p str,
    read: &'p str,
    certainty: &'static str,
    why: &'p str,
}

#[derive(Serialize)]
struct ParagraphRecord<'p> {
    id: &'p str,
    text: String,
    scraped: &'p str,
}

#[derive(Serialize)]
struct ChildRecord<'p> {
    id: &'p str,
    number: &'p str,
    kind: &'static str,
    title: &'p str,
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let mut workspace = session.open()?;
    let id = session.resolve_one(&workspace, words.at(0))?;
    workspace.read_log(&id, usize::MAX);
    workspace.read_records();
    let Some(node) = workspace.node(&id) else {
        return Err(Failure::refused((session.text.errors.unknown_id)(words.at(0))));
    };
    let data = session.data(&record(session, &workspace, node), |out| print(session, &workspace, node, out));
    Ok(session.browsed(&workspace, data))
}

/// The nodes right below one, of the kinds that `keep` wants.
fn below<'p>(
    workspace: &'p Workspace,
    id: &'p NodeId,
    keep: impl Fn(NodeKind) -> bool + 'p,
) -> impl Iterator<Item = &'p Node> {
    let nodes = workspace.plan().text.nodes.iter().filter(move |node| keep(node.kind));
    nodes.filter(move |node| node.id.parent().as_ref() == Some(id))
}

fn repairs<'p>(workspace: &'p Workspace, id: &'p NodeId) -> impl Iterator<Item = &'p Repair> {
    workspace.plan().text.repairs_of(id)
}

fn targets<'p>(workspace: &'p Workspace, id: &'p NodeId) -> impl Iterator<Item = &'p Target> {
    workspace.plan().targets.iter().filter(move |target| target.node == *id)
}

fn record<'p>(session: &Session, workspace: &'p Workspace, node: &'p Node) -> NodeRecord<'p> {
    let plan = workspace.plan();
    let mut leads = plan.leads(&node.id).into_iter().map(|unit| unit.to_string());
    let has_roles = node.kind.is_tracked() || plan.matrix.row(&node.id).is_some();
    let responsible = plan.responsible(&node.id).iter().map(ToString::to_string).collect();
    NodeRecord {
        id: node.id.as_str(),
        printed: node.id.printed(),
        number: &node.number,
        kind: node.kind.token(),
        title: &node.title,
        text: plan.text.as_read(node).0,
        scraped: &node.text,
        repairs: repairs(workspace, &node.id)
            .map(|repair| RepairRecord {
                at: repair.at,
                scraped: &repair.scraped,
                read: &repair.read,
                certainty: repair.certainty.token(),
                why: &repair.why,
            })
            .collect(),
        paragraphs: below(workspace, &node.id, |kind| kind == NodeKind::Paragraph)
            .map(|part| ParagraphRecord { id: part.id.as_str(), text: plan.text.as_read(part).0, scraped: &part.text })
            .collect(),
        children: below(workspace, &node.id, NodeKind::in_tree)
            .map(|child| ChildRecord {
                id: child.id.as_str(),
                number: &child.number,
                kind: child.kind.token(),
                title: &child.title,
            })
            .collect(),
        lead: leads.next().filter(|_| has_roles),
        joint_leads: leads.collect(),
        responsible: if has_roles { responsible } else { Vec::new() },
        state: node.kind.is_tracked().then(|| tasks::record(workspace, node, session.today())),
        targets: targets(workspace, &node.id).map(|target| target.id.as_str()).collect(),
        conflicts: ops::conflicts_of(plan, &node.id).map(|conflict| conflict.id.as_str()).collect(),
        log: entries::entries(workspace, Some(&node.id))
            .into_iter()
            .map(|(id, entry)| entries::record(id, entry))
            .collect(),
        meetings: touches(plan, &node.id),
    }
}

fn print(session: &Session, workspace: &Workspace, node: &Node, out: &mut String) {
    let text = session.text;
    let head = &text.help.report;
    let plan = workspace.plan();
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    let title = format!("{}  {}{}", place_name(&node.id, text), node.number, node.title);
    out.push_str(&format!("{}\n\n", visible::line(title.trim_end())));
    let paragraphs = below(workspace, &node.id, |kind| kind == NodeKind::Paragraph);
    // a heading has no text but its title
    let own = Some(node).filter(|node| !matches!(node.kind, NodeKind::Chapter | NodeKind::Heading));
    for part in own.into_iter().chain(paragraphs) {
        out.push_str(&table::wrap(&plan.text.as_read(part).0, width, 0));
        out.push_str("\n\n");
    }
    let join = |units: Vec<crate::domain::UnitId>| {
        units.iter().map(|unit| unit.as_str()).collect::<Vec<_>>().join(text.words.comma)
    };
    let mut fields = vec![(head.kind, (text.words.kind)(node.kind).to_string())];
    if node.kind.is_tracked() || plan.matrix.row(&node.id).is_some() {
        fields.push((head.lead, join(plan.leads(&node.id))));
        fields.push((head.responsible, join(plan.responsible(&node.id))));
    }
    if node.kind.is_tracked() {
        let state = plan.state(&node.id);
        let light = (text.words.light)(plan.light(&node.id, session.today()));
        fields.push((head.status, (text.words.status)(state.status).to_string()));
        let due = state.due.as_ref().map(|due| ops::due_in_full(due, text));
        fields.push((head.due, due.unwrap_or_default()));
        fields.push((head.original_due, tasks::due_words(state.original_due.as_ref())));
        fields.push((head.light, light.to_string()));
        if state.overrides() {
            fields.push((head.note_mark, head.overridden.to_string()));
        }
    }
    let repairs = repairs(workspace, &node.id).map(|repair| {
        let sure = (text.words.certainty)(repair.certainty);
        (head.repair)(repair.at as usize + 1, &repair.scraped, &repair.read, sure, &repair.why)
    });
    fields.push((head.repairs, repairs.collect::<Vec<_>>().join("\n")));
    let targets = targets(workspace, &node.id).map(|target| format!("{} {}", target.id, target.name));
    fields.push((head.goal, targets.collect::<Vec<_>>().join("\n")));
    let children = below(workspace, &node.id, NodeKind::in_tree);
    let children = children.map(|child| format!("{} {}", place_name(&child.id, text), child.title));
    fields.push((head.below, children.collect::<Vec<_>>().join("\n")));
    table::fields(out, &fields, width);
    for conflict in ops::conflicts_of(plan, &node.id) {
        out.push_str(&format!("\n{}\n", visible::lines(&ops::conflict_card(conflict, plan, text).join("\n"))));
    }
    let entries = entries::entries(workspace, Some(&node.id));
    if !entries.is_empty() {
        out.push_str(&format!("\n{}\n", head.log));
        entries.iter().for_each(|(_, entry)| entries::print(out, None, entry, width, text));
    }
    print_touches(&touches(plan, &node.id), width, text, out);
}
