//! The official text: nodes in reading order, as scraped, with the repairs beside them.

use super::{Map, NodeId, Str};
use serde::{Deserialize, Serialize};

/// What a node is. A closed set, so that a new kind is found by the compiler.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// 一、二、…: a first-level heading.
    Chapter,
    /// （一）（二）…: a second-level heading.
    Heading,
    /// A numbered item that states a principle: counted, not tracked.
    Principle,
    /// A numbered item that somebody has to do.
    Task,
    /// A numbered item of the implementation chapter (保障措施): tracked, not counted among the tasks.
    Measure,
    /// A paragraph without a number; it belongs to the heading before it.
    Paragraph,
    /// A line of the title of the document or of the plan.
    Title,
    /// Front matter: addressee, covering note, issuer, date, annex label.
    Matter,
    /// One cell of the annex table, as scraped one cell a line.
    Cell,
    /// What the web page put around the document.
    Chrome,
}

impl NodeKind {
    pub const ALL: [NodeKind; 10] = [
        NodeKind::Chapter,
        NodeKind::Heading,
        NodeKind::Principle,
        NodeKind::Task,
        NodeKind::Measure,
        NodeKind::Paragraph,
        NodeKind::Title,
        NodeKind::Matter,
        NodeKind::Cell,
        NodeKind::Chrome,
    ];

    /// The word for it in TOML and JSON.
    pub fn token(self) -> &'static str {
        match self {
            NodeKind::Chapter => "chapter",
            NodeKind::Heading => "heading",
            NodeKind::Principle => "principle",
            NodeKind::Task => "task",
            NodeKind::Measure => "measure",
            NodeKind::Paragraph => "paragraph",
            NodeKind::Title => "title",
            NodeKind::Matter => "matter",
            NodeKind::Cell => "cell",
            NodeKind::Chrome => "chrome",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.token() == token)
    }

    /// Stands in the plan tree: chapters, headings and numbered items.
    pub fn in_tree(self) -> bool {
        self.depth().is_some()
    }

    /// Has a status, a deadline, units and a log.
    pub fn is_tracked(self) -> bool {
        matches!(self, NodeKind::Task | NodeKind::Measure)
    }

    /// Depth in the tree: 0 chapter, 1 heading, 2 item.
    pub fn depth(self) -> Option<usize> {
        match self {
            NodeKind::Chapter => Some(0),
            NodeKind::Heading => Some(1),
            NodeKind::Principle | NodeKind::Task | NodeKind::Measure => Some(2),
            NodeKind::Paragraph | NodeKind::Title | NodeKind::Matter | NodeKind::Cell | NodeKind::Chrome => None,
        }
    }
}

/// One paragraph or line of the official document.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Node {
    pub id: NodeId,
    pub kind: NodeKind,
    /// The printed number as read (`三、`, `（一）`, `2.`), empty where there is none.
    pub number: Str,
    /// The title as read: a heading without its number, an item up to its first 。; empty elsewhere.
    pub title: Str,
    /// White space between the node before and this one, exactly as in the source.
    pub gap: Str,
    /// The paragraph exactly as scraped, number and title included, without surrounding white space.
    pub text: Str,
}

/// How sure the reader is of a repair.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Certainty {
    Sure,
    Probable,
    Suspected,
}

impl Certainty {
    pub const ALL: [Certainty; 3] = [Certainty::Sure, Certainty::Probable, Certainty::Suspected];

    pub fn token(self) -> &'static str {
        match self {
            Certainty::Sure => "sure",
            Certainty::Probable => "probable",
            Certainty::Suspected => "suspected",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|certainty| certainty.token() == token)
    }
}

/// A reading of a damaged place: the text stays as scraped, this stands beside it.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Repair {
    pub node: NodeId,
    /// Offset of `scraped` in the node's text, in characters.
    pub at: u32,
    /// What stands there; may be empty where something is only missing.
    pub scraped: Str,
    /// What is read instead.
    pub read: Str,
    pub certainty: Certainty,
    /// Why, in a few words; other possible readings.
    pub why: Str,
}

/// The document: nodes in reading order, and the repairs in the order of their places.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct OfficialText {
    pub nodes: Vec<Node>,
    pub repairs: Vec<Repair>,
    /// White space after the last node, exactly as in the source.
    pub tail: Str,
}

impl OfficialText {
    /// The document character for character, as it was imported.
    pub fn source(&self) -> String {
        let mut out = String::new();
        for node in &self.nodes {
            out.push_str(&node.gap);
            out.push_str(&node.text);
        }
        out.push_str(&self.tail);
        out
    }

    /// Brings the repairs into the order of their places, whatever the order of the file was.
    pub fn sort_repairs(&mut self) {
        // as a file that was written here has them: one walk along the nodes finds each repair where it is expected
        let mut nodes = self.nodes.iter();
        let mut last: Option<(&NodeId, u32)> = None;
        let is_sorted = self.repairs.iter().all(|repair| {
            let follows = match last {
                Some((node, at)) if *node == repair.node => at <= repair.at,
                _ => nodes.any(|node| node.id == repair.node),
            };
            last = Some((&repair.node, repair.at));
            follows
        });
        if is_sorted {
            return;
        }
        let nodes = self.nodes.iter().enumerate();
        let places: Map<&NodeId, usize> = nodes.map(|(at, node)| (&node.id, at)).collect();
        self.repairs.sort_by_key(|repair| (places.get(&repair.node).copied(), repair.node.clone(), repair.at));
    }

    /// The repairs of one node, in the order of their places.
    pub fn repairs_of<'a>(&'a self, node: &'a NodeId) -> impl Iterator<Item = &'a Repair> + 'a {
        self.repairs.iter().filter(move |repair| repair.node == *node)
    }

    /// The node's text with its repairs applied, and the byte ranges of the repaired places in it.
    ///
    /// A repair whose `scraped` does not stand at its place is left out.
    pub fn as_read(&self, node: &Node) -> (String, Vec<std::ops::Range<usize>>) {
        apply_repairs(&node.text, self.repairs_of(&node.id))
    }
}

/// Applies repairs, sorted by place, to a scraped text; returns the reading and the byte ranges of what changed in it.
pub fn apply_repairs<'a>(
    text: &str,
    repairs: impl Iterator<Item = &'a Repair>,
) -> (String, Vec<std::ops::Range<usize>>) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut marks = Vec::new();
    let (mut done_chars, mut rest) = (0, text);
    for repair in repairs {
        let Some(skip) = (repair.at as usize).checked_sub(done_chars) else {
            continue;
        };
        let Some(offset) = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(skip) else {
            continue;
        };
        let Some(after) = rest[offset..].strip_prefix(repair.scraped.as_str()) else {
            continue;
        };
        out.push_str(&rest[..offset]);
        marks.push(out.len()..out.len() + repair.read.len());
        out.push_str(&repair.read);
        done_chars += skip + repair.scraped.chars().count();
        rest = after;
    }
    out.push_str(rest);
    (out, marks)
}
