//! `chain`: from the clause to the report, and where it is broken.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use super::visible;
use crate::domain::follow::{Anchor, Chain, Link, chains};
use crate::domain::{Field, NodeId};
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

/// Any link that is missing.
const ANY: [&str; 2] = ["any", "全部"];

#[derive(Serialize)]
struct ChainRecord<'c> {
    id: &'c str,
    meeting: &'c str,
    text: &'c str,
    links: Vec<LinkRecord<'c>>,
    /// The first link that is missing.
    missing: Option<&'static str>,
}

#[derive(Serialize)]
struct LinkRecord<'c> {
    link: &'static str,
    found: bool,
    text: Option<&'c str>,
    date: Option<NaiveDate>,
    /// The clauses or records that it stands in.
    at: Vec<&'c str>,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let mut workspace = session.open()?;
    workspace.read_records();
    let mut all = chains(workspace.plan());
    let typed = words.at(0).trim();
    if !typed.is_empty() {
        all.retain(|chain| fits(chain, typed));
        if all.is_empty() {
            return Err(Failure::refused((text.follow.no_chain)(typed)));
        }
    }
    if let Some(wanted) = own.get_one::<String>("missing").map(|word| word.trim()) {
        let is_wanted = |link: &Link| wanted == link.token() || wanted == (text.follow.link)(*link);
        let is_any = ANY.contains(&wanted);
        if !is_any && !Link::ALL.iter().any(is_wanted) {
            let links = Link::ALL.map(|link| format!("{}（{}）", (text.follow.link)(link), link.token()));
            return Err(Failure::usage((text.follow.unknown_link)(wanted, &links.join(" "))));
        }
        all.retain(|chain| chain.missing().is_some_and(|link| is_any || is_wanted(&link)));
    }
    let records: Vec<ChainRecord> = all.iter().map(record).collect();
    // one decision is one document
    let one = records.first().filter(|one| records.len() == 1 && one.id == typed);
    let print = |out: &mut String| match typed.is_empty() {
        true => print_list(session, &all, out),
        false => all.iter().for_each(|chain| print_chain(session, chain, out)),
    };
    let data = match one {
        Some(one) => session.data(one, print),
        None => session.data(&records, print),
    };
    let broken = all.iter().filter(|chain| !chain.is_whole()).count();
    session.say(&(text.follow.broken)(broken, all.len()));
    Ok(session.browsed(&workspace, data))
}

/// A decision, a clause that it serves, or the topic that it came from.
fn fits(chain: &Chain, typed: &str) -> bool {
    let decision = &chain.decision;
    let node = NodeId::parse(typed);
    decision.id.key == typed
        || format!("{}/{}", decision.id.meeting, decision.id.key) == typed
        || decision.item.is_some_and(|item| item.text(Field::Topic) == typed)
        || node.is_some_and(|node| decision.tasks().contains(&node))
}

fn record<'c>(chain: &'c Chain) -> ChainRecord<'c> {
    ChainRecord {
        id: &chain.decision.id.key,
        meeting: &chain.decision.id.meeting,
        text: chain.decision.outcome.text(Field::Text),
        links: chain
            .links
            .iter()
            .map(|(link, found)| LinkRecord {
                link: link.token(),
                found: found.is_some(),
                text: found.as_ref().map(|found| found.text.as_str()),
                date: found.as_ref().and_then(|found| found.date),
                at: found.iter().flat_map(|found| &found.at).map(place).collect(),
            })
            .collect(),
        missing: chain.missing().map(|link| link.token()),
    }
}

fn place(anchor: &Anchor) -> &str {
    match anchor {
        Anchor::Node(id) => id.as_str(),
        Anchor::Record(id) => &id.key,
    }
}

fn print_list(session: &Session, all: &[Chain], out: &mut String) {
    let (text, say) = (session.text, &session.text.follow);
    let mut table = Table::plain(session.world.width);
    for chain in all {
        let missing = chain.missing().map_or(say.whole.to_string(), |link| (say.missing)((say.link)(link)));
        let decision = &chain.decision;
        let lead = decision.follow.lead.as_ref().map(ToString::to_string).unwrap_or_default();
        table.row([
            decision.id.key.to_string(),
            missing,
            lead,
            decision.outcome.text(Field::Text).to_string(),
            format!("{} {}", text.follow.meeting, decision.id.meeting),
        ]);
    }
    table.print(out);
}

fn print_chain(session: &Session, chain: &Chain, out: &mut String) {
    let say = &session.text.follow;
    let mut table = Table::plain(session.world.width);
    for (link, found) in &chain.links {
        let date = found.as_ref().and_then(|found| found.date).map(|date| date.to_string()).unwrap_or_default();
        let words = found.as_ref().map_or("—", |found| found.text.as_str());
        table.row([(say.link)(*link).to_string(), date, visible::line(words).into_owned()]);
    }
    table.print(out);
    let missing = chain.missing().map_or(say.whole.to_string(), |link| (say.missing)((say.link)(link)));
    out.push_str(&format!("{missing}\n\n"));
}
