//! A person's list of readings: places that no rule can know, as TOML.
//!
//! ```toml
//! [[reading]]
//! line = 26                        # of the source, from 1; or node = "0.9"
//! scraped = "实施方案2021—2025年)"  # words that stand there once
//! read = "实施方案(2021—2025年)"    # what they are read as
//! certainty = "sure"               # sure, probable, suspected
//! why = "左括号"
//! ```

use super::{Imported, Proposal, RepairRule};
use crate::domain::{Certainty, Repair};
use serde::Deserialize;

/// Why a list of readings cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReadingsError {
    /// Not TOML, or not of this shape; the parser's words.
    Malformed { message: String },
    /// Entry `number`, from 1: a certainty that does not exist.
    Certainty { number: usize, found: String },
    /// The words do not stand there, or the line or node does not exist.
    NotFound { number: usize, scraped: String },
    /// The words stand there several times.
    Ambiguous { number: usize, scraped: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    reading: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    line: Option<u32>,
    node: Option<String>,
    scraped: String,
    read: String,
    certainty: String,
    #[serde(default)]
    why: String,
}

/// Reads the list against the document; all problems at once.
pub(super) fn read(imported: &Imported, toml: &str) -> Result<Vec<Proposal>, Vec<ReadingsError>> {
    let list: List =
        toml::from_str(toml).map_err(|error| vec![ReadingsError::Malformed { message: error.to_string() }])?;
    let (mut proposals, mut errors) = (Vec::new(), Vec::new());
    for (at, entry) in list.reading.iter().enumerate() {
        match proposal(imported, at + 1, entry) {
            Ok(proposal) => proposals.push(proposal),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(proposals) } else { Err(errors) }
}

fn proposal(imported: &Imported, number: usize, entry: &Entry) -> Result<Proposal, ReadingsError> {
    let certainty = Certainty::parse(&entry.certainty)
        .ok_or_else(|| ReadingsError::Certainty { number, found: entry.certainty.clone() })?;
    let nodes = imported.text.nodes.iter().zip(&imported.lines);
    let mut places = nodes
        .filter(|(node, line)| {
            entry.line.is_none_or(|wanted| wanted == **line)
                && entry.node.as_ref().is_none_or(|wanted| wanted == node.id.as_str())
                && (entry.line.is_some() || entry.node.is_some())
        })
        .flat_map(|(node, line)| node.text.match_indices(entry.scraped.as_str()).map(move |(at, _)| (node, *line, at)));
    let scraped = || entry.scraped.clone();
    let (node, line, at) = places.next().ok_or_else(|| ReadingsError::NotFound { number, scraped: scraped() })?;
    if places.next().is_some() {
        return Err(ReadingsError::Ambiguous { number, scraped: scraped() });
    }
    // Only what differs is the repair; the words around it were there to find the place.
    let old: Vec<char> = entry.scraped.chars().collect();
    let new: Vec<char> = entry.read.chars().collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    let before = node.text[..at].chars().count() + head;
    Ok(Proposal {
        line,
        rule: RepairRule::Reading,
        repair: Repair {
            node: node.id.clone(),
            at: u32::try_from(before).unwrap_or(u32::MAX),
            scraped: old[head..old.len() - tail].iter().collect::<String>().into(),
            read: new[head..new.len() - tail].iter().collect::<String>().into(),
            certainty,
            why: entry.why.as_str().into(),
        },
        accepted: true,
    })
}
