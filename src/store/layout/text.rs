//! `text.toml`: the document as issued, node by node, and its repairs.

use super::Reader;
use super::reader::unknown_table;
use crate::domain::{Certainty, Node, NodeId, NodeKind, OfficialText, Repair, Str};
use crate::store::doc::quote;
use crate::store::{Problem, Tables, Token};
use std::cell::RefCell;

/// White space before a node that has no `gap` of its own: one blank line.
const USUAL_GAP: &str = "\n\n";

/// Reads `text.toml`.
pub fn read(tables: &mut Tables) -> (OfficialText, Vec<Problem>) {
    let problems = RefCell::default();
    let mut official = OfficialText::default();
    let usual_gap: Str = USUAL_GAP.into();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        match &*table.name {
            "" => official.tail = reader.str("tail").unwrap_or_default(),
            "node" => {
                let id = reader.required("id");
                let kind = reader.word(
                    "kind",
                    "chapter heading principle task measure paragraph title matter cell chrome",
                    NodeKind::parse,
                );
                let node = Node {
                    id: NodeId::new(id.clone().unwrap_or_default()),
                    kind: kind.unwrap_or(NodeKind::Paragraph),
                    number: reader.str("number").unwrap_or_default(),
                    title: reader.str("title").unwrap_or_default(),
                    gap: reader.str("gap").unwrap_or_else(|| usual_gap.clone()),
                    text: reader.required("text").unwrap_or_default(),
                };
                if id.is_some() {
                    official.nodes.push(node);
                }
            }
            "repair" => {
                let node = reader.required("node");
                let repair = Repair {
                    node: NodeId::new(node.clone().unwrap_or_default()),
                    at: reader.int("at").and_then(|at| u32::try_from(at).ok()).unwrap_or(0),
                    scraped: reader.str("scraped").unwrap_or_default(),
                    read: reader.str("read").unwrap_or_default(),
                    certainty: reader
                        .word("certainty", "sure probable suspected", Certainty::parse)
                        .unwrap_or(Certainty::Suspected),
                    why: reader.str("why").unwrap_or_default(),
                };
                if node.is_some() {
                    official.repairs.push(repair);
                }
            }
            _ => {
                unknown_table(source, table, &problems);
                continue;
            }
        }
        reader.finish();
    }
    (official, problems.into_inner())
}

/// Writes a new `text.toml`.
pub fn write(official: &OfficialText) -> String {
    let mut out = String::from(
        "# 正式文本，照原样保存：逐段一个 [[node]]，按原文顺序；gap 是段前空白，不写就是空一行。\n\
         # [[repair]] 是对残缺处的读法，不改原文：at 是第几个字（从 0 数），scraped 原样，read 读作，certainty 把握。\n",
    );
    let quoted = |text: &Str| Token::Str(text.clone()).to_toml();
    if !official.tail.is_empty() {
        out.push_str(&format!("\ntail = {}\n", quoted(&official.tail)));
    }
    for node in &official.nodes {
        out.push_str(&format!("\n[[node]]\nid = {}\nkind = \"{}\"\n", quote(node.id.as_str()), node.kind.token()));
        if !node.number.is_empty() {
            out.push_str(&format!("number = {}\n", quoted(&node.number)));
        }
        if !node.title.is_empty() {
            out.push_str(&format!("title = {}\n", quoted(&node.title)));
        }
        if node.gap != *USUAL_GAP {
            out.push_str(&format!("gap = {}\n", quoted(&node.gap)));
        }
        out.push_str(&format!("text = {}\n", quoted(&node.text)));
    }
    for repair in &official.repairs {
        out.push_str(&format!("\n[[repair]]\nnode = {}\nat = {}\n", quote(repair.node.as_str()), repair.at));
        out.push_str(&format!("scraped = {}\nread = {}\n", quoted(&repair.scraped), quoted(&repair.read)));
        out.push_str(&format!("certainty = \"{}\"\n", repair.certainty.token()));
        if !repair.why.is_empty() {
            out.push_str(&format!("why = {}\n", quoted(&repair.why)));
        }
    }
    out
}
