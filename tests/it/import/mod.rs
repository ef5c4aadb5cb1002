//! Documents in: the office's own, and invented ones of the other shapes that occur.

mod repair;
mod seed;
mod shapes;

use lianxi::domain::NodeKind;
use lianxi::import::{Imported, read_official};

/// The office's document, as it was copied from the web.
fn source() -> String {
    std::fs::read_to_string(plan_file("source.txt")).expect("the document is part of the project")
}

fn readings() -> String {
    std::fs::read_to_string(plan_file("readings.toml")).expect("the readings are part of the project")
}

fn plan_file(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/qingyuan-2021-2025").join(name)
}

fn seed() -> Imported {
    read_official(&source())
}

fn count(read: &Imported, kind: NodeKind) -> usize {
    read.text.nodes.iter().filter(|node| node.kind == kind).count()
}

/// `id kind number title` of everything in the tree.
fn tree(read: &Imported) -> Vec<String> {
    let nodes = read.text.nodes.iter().filter(|node| node.kind.in_tree());
    nodes.map(|node| format!("{} {} {} {}", node.id, node.kind.token(), node.number, node.title)).collect()
}

/// `id: leads | responsible` of every row.
fn rows(read: &Imported) -> Vec<String> {
    let names = |units: Vec<lianxi::domain::UnitId>| {
        units.iter().map(|unit| unit.as_str().to_string()).collect::<Vec<_>>().join("、")
    };
    let rows = read.matrix.rows.iter();
    rows.map(|row| format!("{}: {} | {}", row.id, names(row.leads()), names(row.responsible()))).collect()
}
