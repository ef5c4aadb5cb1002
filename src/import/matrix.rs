//! The division of labour: from the annex table, or from the attributions in the text where there is none.
//!
//! A row of the table belongs to a heading by its order within its category; its title has to agree, or the heading that agrees
//! better gets it. Departments are collected in official order.

use super::attribution::{self, Attribution};
use super::front::fold;
use super::outline::Draft;
use super::register::{self, Seat};
use super::repair::{Proposal, RepairRule};
use super::table::TableRow;
use super::{Finding, Page, Unplaced};
use crate::domain::{Certainty, Due, Matrix, Node, NodeId, NodeKind, Repair, Role, Row, Unit, UnitId};
use std::collections::HashSet;

/// The division of labour as it was read.
pub(super) struct Division {
    pub units: Vec<Unit>,
    pub matrix: Matrix,
    pub dues: Vec<(NodeId, Due)>,
}

/// The names in the table's cells of departments.
pub(super) fn names_in_cells(rows: &[TableRow]) -> Vec<String> {
    let cells = rows.iter().flat_map(|row| row.lead.into_iter().chain(row.responsible));
    let mut names: Vec<String> = cells.flat_map(|cell| attribution::cell(cell).responsible).collect();
    names.sort();
    names.dedup();
    names
}

/// Reads the division of labour.
pub(super) fn matrix(
    page: &Page,
    rows: &[TableRow],
    printed: &[TableRow],
    seat: &Seat,
    findings: &mut Vec<Finding>,
    unplaced: &mut Vec<Unplaced>,
) -> Division {
    let mut dues = Vec::new();
    let mut drawn: Vec<(NodeId, String, String, Attribution)> = Vec::new();
    let mut used: HashSet<usize> = HashSet::new();
    for (at, row) in rows.iter().enumerate() {
        // Two rows never share a heading: the second one keeps its own line.
        let place = place(page.nodes, rows, at).filter(|place| used.insert(*place));
        let id = place.map_or_else(
            || {
                let content = row.content.1.into();
                findings.push(Finding::RowUnmatched { line: page.lines[row.at], content });
                page.nodes[row.at].id.clone()
            },
            |node| page.nodes[node].id.clone(),
        );
        let mut found = Attribution::default();
        if let Some(cell) = row.lead {
            let lead = attribution::cell(cell);
            found.add(Attribution { leads: lead.responsible, collective: lead.collective, ..Attribution::default() });
        }
        if let Some(cell) = row.responsible {
            found.add(attribution::cell(cell));
        }
        let content = printed.get(at).map_or(row.content.1, |row| row.content.1);
        drawn.push((id, row.category.to_string(), content.to_string(), found));
        for left in &row.left {
            unplaced.push(Unplaced { line: page.lines[*left], text: page.nodes[*left].text.clone() });
        }
    }
    if rows.is_empty() {
        from_text(page, &mut drawn, &mut dues);
    }
    share_levels(&mut drawn, seat);
    let names: Vec<String> =
        drawn.iter().flat_map(|(_, _, _, found)| found.leads.iter().chain(&found.responsible)).cloned().collect();
    let units = register::units(names.iter().map(String::as_str), seat);
    let id_of = |name: &String| {
        let unit = units.iter().find(|unit| unit.id.as_str() == name);
        unit.or_else(|| units.iter().find(|unit| unit.names().any(|other| other == name))).map(|unit| unit.id.clone())
    };
    let mut matrix = Matrix::default();
    let mut taken: HashSet<NodeId> = HashSet::new();
    for (id, category, content, found) in drawn {
        for name in &found.collective {
            findings.push(Finding::Collective { node: id.clone(), name: name.as_str().into() });
        }
        if !taken.insert(id.clone()) || (found.leads.is_empty() && found.responsible.is_empty() && rows.is_empty()) {
            continue;
        }
        let leads = unique(found.leads.iter().filter_map(id_of), &[]);
        let responsible = unique(found.responsible.iter().filter_map(id_of), &leads);
        let joint = leads.iter().skip(1).zip(2_u16..).map(|(unit, n)| (unit.clone(), Role::JointLead(n)));
        let others = responsible.into_iter().zip(1_u16..).map(|(unit, n)| (unit, Role::Responsible(n)));
        matrix.rows.push(Row {
            id,
            category: category.into(),
            content: content.into(),
            roles: joint.chain(others).collect(),
            lead: leads.into_iter().next(),
        });
    }
    Division { units, matrix, dues }
}

fn unique(units: impl Iterator<Item = UnitId>, without: &[UnitId]) -> Vec<UnitId> {
    let mut found: Vec<UnitId> = Vec::new();
    for unit in units {
        if !found.contains(&unit) && !without.contains(&unit) {
            found.push(unit);
        }
    }
    found
}

/// The node a row of the table belongs to.
fn place(nodes: &[Node], rows: &[TableRow], at: usize) -> Option<usize> {
    let row = &rows[at];
    let order = rows[..at].iter().filter(|other| other.category == row.category).count();
    let chapter = nodes.iter().position(|node| {
        node.kind == NodeKind::Chapter && !row.category.is_empty() && alike(&node.title, row.category)
    });
    let under = chapter.map(|chapter| {
        let end = nodes[chapter + 1..].iter().position(|node| node.kind == NodeKind::Chapter);
        chapter + 1..end.map_or(nodes.len(), |end| chapter + 1 + end)
    });
    let candidates: Vec<usize> = under
        .unwrap_or(0..nodes.len())
        .filter(|at| matches!(nodes[*at].kind, NodeKind::Heading | NodeKind::Task | NodeKind::Measure))
        .take(CANDIDATES)
        .collect();
    let headings: Vec<usize> = candidates.iter().copied().filter(|at| nodes[*at].kind == NodeKind::Heading).collect();
    let by_order = headings.get(order).copied().filter(|_| chapter.is_some());
    if let Some(node) = by_order.filter(|node| distance(&nodes[*node].title, row.content.1) * 3 <= title_len(row)) {
        return Some(node);
    }
    let best = candidates.iter().copied().min_by_key(|node| distance(&nodes[*node].title, row.content.1))?;
    (distance(&nodes[best].title, row.content.1) * 4 <= title_len(row)).then_some(best)
}

fn title_len(row: &TableRow) -> usize {
    fold(row.content.1).chars().count()
}

fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    let b = b.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    !b.is_empty() && (a == b || a.ends_with(b) || b.ends_with(a.as_str()))
}

/// The headings and items that a row is compared with.
const CANDIDATES: usize = 1_000;
/// The longest title that is compared letter by letter.
const COMPARED: usize = 80;

/// How many letters have to be put in, taken out or changed to make one title of the other.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = fold(a).chars().take(COMPARED).collect();
    let b: Vec<char> = fold(b).chars().take(COMPARED).collect();
    let mut line: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = line[0];
        line[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = line[j + 1];
            line[j + 1] = changed.min(line[j] + 1).min(line[j + 1] + 1);
        }
    }
    line[b.len()]
}

/// Attributions in the text, by the item or heading they stand in.
fn from_text(page: &Page, drawn: &mut Vec<(NodeId, String, String, Attribution)>, dues: &mut Vec<(NodeId, Due)>) {
    let (mut chapter, mut heading) = (String::new(), String::new());
    let nodes = page.nodes;
    for at in 0..nodes.len() {
        let node = &nodes[at];
        match node.kind {
            NodeKind::Chapter => {
                chapter = node.title.to_string();
                heading.clear();
            }
            NodeKind::Heading => heading = node.title.to_string(),
            NodeKind::Task | NodeKind::Measure | NodeKind::Principle => {}
            NodeKind::Paragraph | NodeKind::Title | NodeKind::Matter | NodeKind::Cell | NodeKind::Chrome => continue,
        }
        // A paragraph under an item goes on with it; an attribution may be cut in two by a page break.
        let more = nodes[at + 1..].iter().zip(&page.read[at + 1..]);
        let more = more.take_while(|(next, _)| next.kind == NodeKind::Paragraph).map(|(_, text)| text.as_str());
        let parts: Vec<&str> = std::iter::once(page.read[at].as_str()).chain(more).collect();
        let mut found = attribution::of_text(&parts.concat()).unwrap_or_default();
        parts[1..].iter().filter_map(|part| attribution::of_line(part)).for_each(|line| found.add(line));
        if found == Attribution::default() {
            continue;
        }
        if let Some(due) = &found.due {
            dues.push((node.id.clone(), Due { date: None, wording: due.as_str().into() }));
        }
        let category = if node.kind == NodeKind::Heading || heading.is_empty() { &chapter } else { &heading };
        drawn.push((node.id.clone(), category.clone(), node.title.to_string(), found));
    }
}

/// 市住建局、审批服务局: a name gets the level of its place where the document knows it with one.
fn share_levels(drawn: &mut [(NodeId, String, String, Attribution)], seat: &Seat) {
    if seat.level.is_empty() {
        return;
    }
    let all: HashSet<String> =
        drawn.iter().flat_map(|(_, _, _, f)| f.leads.iter().chain(&f.responsible)).cloned().collect();
    let known = |name: &str| all.contains(name) || register::is_usual(name, seat);
    for (_, _, _, found) in drawn {
        let with_level = found.leads.iter().chain(&found.responsible).any(|name| name.starts_with(seat.level.as_str()));
        for name in found.leads.iter_mut().chain(found.responsible.iter_mut()) {
            let full = format!("{}{name}", seat.level);
            if with_level && !name.starts_with(seat.level.as_str()) && known(&full) {
                *name = full;
            }
        }
    }
}

/// A row whose title has lost a character that its heading keeps.
pub(super) fn row_titles(rows: &[TableRow], drafts: &[Draft], nodes: &[Node]) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for at in 0..rows.len() {
        let Some(node) = place(nodes, rows, at) else {
            continue;
        };
        let (cell, printed) = rows[at].content;
        let heading: Vec<char> = nodes[node].title.chars().collect();
        let content: Vec<char> = printed.trim_end_matches('。').chars().collect();
        let same = heading.iter().zip(&content).take_while(|(a, b)| a == b).count();
        let lost = heading.len().saturating_sub(content.len());
        if !(1..=2).contains(&lost) || heading[same + lost..] != content[same..] {
            continue;
        }
        let read: String = heading[same..same + lost].iter().collect();
        proposals.push(Proposal {
            line: drafts[cell].piece.line,
            rule: RepairRule::RowTitle,
            repair: Repair {
                node: drafts[cell].id.clone(),
                at: u32::try_from(same).unwrap_or(u32::MAX),
                scraped: "".into(),
                read: read.as_str().into(),
                certainty: Certainty::Sure,
                why: "与正文标题不一致".into(),
            },
            accepted: false,
        });
    }
    proposals
}
