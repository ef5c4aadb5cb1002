//! A copy of titles and texts to search in while somebody types: folded, without blanks, one behind the other, so that a letter is
//! one pass over them and not one for every paragraph.
//!
//! It lives as long as a search is open and never decides alone: what it leads to is read in the plan.

use super::{Plan, Query, Texts};
use crate::domain::Str;
use crate::domain::pinyin::fold;
use memchr::memmem;

/// The copy.
#[derive(Clone, Debug, Default)]
pub struct Index {
    titles: Folded,
    bodies: Folded,
    /// How many texts it was made of, and the first: a file that has changed is read as a whole, into another place.
    made_of: (usize, Str),
}

/// Texts behind one another, a line each.
#[derive(Clone, Debug, Default)]
struct Folded {
    text: String,
    /// Where each begins, and of which node it is.
    starts: Vec<(usize, usize)>,
    /// What was looked for last, the lines that have it, and where: one more character is looked for there.
    last: String,
    lines: Vec<(usize, usize)>,
}

impl Index {
    pub fn new(plan: &Plan) -> Index {
        let texts = Texts::new(plan);
        let mut index = Index::default();
        for (at, node) in plan.text.nodes.iter().enumerate() {
            index.titles.add(at, &node.title);
            if let Some(read) = texts.as_read(node) {
                index.bodies.add(at, &read);
            }
            index.bodies.add(at, &node.text);
        }
        index.made_of = stamp(plan);
        index
    }

    /// Whether the plan still has the texts that this was made of.
    pub fn is_of(&self, plan: &Plan) -> bool {
        let (count, first) = stamp(plan);
        self.made_of.0 == count && self.made_of.1.as_ptr() == first.as_ptr()
    }

    /// The nodes whose title has what is looked for, in their order; `None` where this cannot tell.
    pub(super) fn titles(&mut self, query: &Query) -> Option<Vec<usize>> {
        query.literal().map(|wanted| self.titles.nodes_with(&wanted))
    }

    /// The nodes whose text has it, as read or as scraped.
    pub(super) fn bodies(&mut self, query: &Query) -> Option<Vec<usize>> {
        query.literal().map(|wanted| self.bodies.nodes_with(&wanted))
    }
}

fn stamp(plan: &Plan) -> (usize, Str) {
    let nodes = &plan.text.nodes;
    (nodes.len(), nodes.first().map(|node| node.text.clone()).unwrap_or_default())
}

impl Folded {
    fn add(&mut self, node: usize, text: &str) {
        if !text.is_empty() {
            self.starts.push((self.text.len(), node));
            self.text.extend(text.chars().map(fold).filter(|c| !c.is_whitespace()));
            self.text.push('\n');
        }
    }

    fn nodes_with(&mut self, wanted: &str) -> Vec<usize> {
        let finder = memmem::Finder::new(wanted);
        let (text, starts) = (self.text.as_bytes(), &self.starts);
        let end_of = |line: usize| starts.get(line + 1).map_or(text.len(), |(start, _)| *start);
        if !self.last.is_empty() && wanted.starts_with(&self.last) {
            self.lines.retain_mut(|(line, at)| {
                if text[*at..].starts_with(wanted.as_bytes()) {
                    return true;
                }
                let further = finder.find(&text[*at..end_of(*line)]);
                *at += further.unwrap_or(0);
                further.is_some()
            });
        } else {
            self.lines.clear();
            let (mut from, mut line) = (0, 0);
            while let Some(at) = finder.find(&text[from..]).map(|at| from + at) {
                // most lines that have it are not far apart
                let near = starts[line..].iter().take(16).position(|(start, _)| *start > at);
                line += near.unwrap_or_else(|| starts[line..].partition_point(|(start, _)| *start <= at)) - 1;
                self.lines.push((line, at));
                // once is enough
                from = end_of(line);
                line += 1;
                if line == starts.len() {
                    break;
                }
            }
        }
        self.last = wanted.to_string();
        let mut nodes: Vec<usize> = self.lines.iter().map(|(line, _)| self.starts[*line].1).collect();
        nodes.dedup();
        nodes
    }
}
