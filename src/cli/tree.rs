//! `tree`: chapters, headings and items, each parent with what stands below it.

use super::fail::Failure;
use super::session::{Answer, Session};
use super::table::Table;
use crate::domain::{Light, Map, Node, NodeId, Rollup};
use crate::ops::place_name;
use crate::workspace::Workspace;
use clap::ArgMatches;
use serde::Serialize;

/// A node as JSON has it.
#[derive(Serialize)]
struct Branch<'p> {
    id: &'p str,
    number: &'p str,
    kind: &'static str,
    title: &'p str,
    printed: String,
    status: Option<&'static str>,
    done: u32,
    total: u32,
    light: &'static str,
    children: Vec<Branch<'p>>,
}

pub(super) fn run(session: &mut Session, own: &ArgMatches) -> Result<Answer, Failure> {
    let depth = match own.get_one::<String>("depth").map(|depth| (depth, depth.trim().parse::<usize>())) {
        None => usize::MAX,
        Some((_, Ok(depth @ 1..))) => depth,
        Some((depth, _)) => return Err(Failure::usage((session.text.help.usage.bad_depth)(depth))),
    };
    let workspace = session.open()?;
    let rollups = workspace.plan().rollups(session.today());
    let sum = |id: &NodeId| rollups.get(id).copied().unwrap_or_default();
    let data = if session.settings.json {
        super::json::print(&branches(session, &workspace, &rollups, depth))
    } else {
        let mut table = Table::plain(session.world.width);
        for node in shown(&workspace, depth) {
            table.row(row(session, &workspace, node, sum(&node.id)));
        }
        let mut out = String::new();
        table.print(&mut out);
        out
    };
    Ok(session.browsed(&workspace, data))
}

fn shown(workspace: &Workspace, depth: usize) -> impl Iterator<Item = &Node> {
    let nodes = workspace.plan().text.nodes.iter();
    nodes.filter(move |node| node.kind.depth().is_some_and(|at| at < depth))
}

fn row(session: &Session, workspace: &Workspace, node: &Node, sum: Rollup) -> [String; 3] {
    let text = session.text;
    let at = node.kind.depth().unwrap_or(0);
    let name = format!("{}{}", "  ".repeat(at), node.title);
    let (state, light) = if node.kind.is_tracked() {
        let plan = workspace.plan();
        (super::tasks::status_word(workspace, node, text).to_string(), plan.light(&node.id, session.today()))
    } else if sum.total > 0 {
        (format!("{}/{}", sum.done, sum.total), sum.worst)
    } else {
        (String::new(), Light::None)
    };
    let state = match light {
        Light::None | Light::Green => state,
        Light::Yellow | Light::Red => format!("{state} {}", (text.words.light)(light)),
    };
    [place_name(&node.id, text), state, name]
}

/// The nodes as a tree: each hangs on the last one that is less deep.
fn branches<'p>(
    session: &Session,
    workspace: &'p Workspace,
    rollups: &Map<NodeId, Rollup>,
    depth: usize,
) -> Vec<Branch<'p>> {
    let plan = workspace.plan();
    let mut roots: Vec<Branch> = Vec::new();
    for node in shown(workspace, depth) {
        let sum = rollups.get(&node.id).copied().unwrap_or_default();
        let is_tracked = node.kind.is_tracked();
        let light = if is_tracked { plan.light(&node.id, session.today()) } else { sum.worst };
        let is_known = !workspace.damaged().contains(&workspace.tasks_file(&node.id));
        let branch = Branch {
            id: node.id.as_str(),
            number: &node.number,
            kind: node.kind.token(),
            title: &node.title,
            printed: node.id.printed(),
            status: (is_tracked && is_known).then(|| plan.state(&node.id).status.token()),
            done: sum.done,
            total: sum.total,
            light: light.token(),
            children: Vec::new(),
        };
        let mut level = &mut roots;
        for _ in 0..node.kind.depth().unwrap_or(0) {
            if level.is_empty() {
                break;
            }
            level = &mut level.last_mut().expect("it is not empty").children;
        }
        level.push(branch);
    }
    roots
}
