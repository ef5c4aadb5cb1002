//! The closure chains: all decisions with the link that is missing, and the links of one, each of which leads to its place.

use super::{Column, Row, columns, day, facts};
use crate::domain::follow::{Anchor, Chain, Follow, Link, chain, chains, register};
use crate::domain::search::{Query, matches};
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, Str};
use crate::ops;
use crate::text::{Lang, Text};
use crate::tui::look::Look;
use crate::tui::term::Pane;
use chrono::NaiveDate;

const CHAIN: [Column; 4] = [
    Column { cells: 14, from: 0 },
    Column { cells: 0, from: 0 },
    Column { cells: 16, from: 60 },
    Column { cells: 10, from: 74 },
];
const LINK: [Column; 3] = [Column { cells: 10, from: 0 }, Column { cells: 10, from: 40 }, Column { cells: 0, from: 0 }];

/// A decision in the list of chains.
#[derive(Clone, Debug, PartialEq)]
pub struct Chained {
    pub decision: RecordId,
    /// The first link that is missing.
    pub missing: Option<Link>,
}

/// A row of a chain: a link, or one of its places where there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    pub decision: RecordId,
    pub link: Link,
    /// Whether the link's name stands on this row.
    is_first: bool,
    text: Str,
    date: Option<NaiveDate>,
    /// Where Enter goes; `None` where the link is missing.
    pub anchor: Option<Anchor>,
}

impl Linked {
    pub fn is_missing(&self) -> bool {
        self.text.is_empty()
    }
}

/// Every decision, those whose chain is broken early before those that are nearly closed.
pub(super) fn all(plan: &Plan) -> Vec<Chained> {
    let chained = |chain: Chain| Chained { decision: chain.decision.id.clone(), missing: chain.missing() };
    let mut found: Vec<Chained> = chains(plan).into_iter().map(chained).collect();
    found.sort_by_key(|chained| (chained.missing.is_none(), chained.missing));
    found
}

/// The links of some decisions, each under its own words.
pub(super) fn links(plan: &Plan, of: &[RecordId]) -> (Vec<Row>, Vec<Linked>) {
    let (mut rows, mut out) = (Vec::new(), Vec::new());
    for decision in register(plan).into_iter().filter(|decision| of.contains(decision.id)) {
        rows.push(Row::Head(decision.outcome.text(Field::Text).into()));
        let chain = chain(plan, decision);
        for (link, found) in &chain.links {
            let linked = |is_first, text: Str, date, anchor| Linked {
                decision: chain.decision.id.clone(),
                link: *link,
                is_first,
                text,
                date,
                anchor,
            };
            let first = out.len();
            match found {
                None => out.push(linked(true, Str::new(), None, None)),
                Some(found) if found.at.is_empty() => out.push(linked(true, found.text.clone(), found.date, None)),
                Some(found) => out.extend(found.at.iter().enumerate().map(|(nth, anchor)| {
                    let (text, date) = of_anchor(plan, anchor).unwrap_or_else(|| (found.text.clone(), found.date));
                    linked(nth == 0, text, date, Some(anchor.clone()))
                })),
            }
            rows.extend((first..out.len()).map(Row::Link));
        }
    }
    (rows, out)
}

/// What a place of its own says; `None` where the words of the link say it.
fn of_anchor(plan: &Plan, anchor: &Anchor) -> Option<(Str, Option<NaiveDate>)> {
    match anchor {
        Anchor::Node(id) => plan.node(id).map(|node| (node.title.clone(), None)),
        Anchor::Record(id) if id.kind == RecordKind::Step => {
            plan.record(id).map(|step| (of_step(step), step.date(Field::Date)))
        }
        Anchor::Record(_) => None,
    }
}

/// Who and what of a step.
fn of_step(step: &Record) -> Str {
    let unit = step.unit(Field::Unit).map_or("", |unit| unit.as_str());
    let words = [unit, step.text(Field::By), step.text(Field::Text)].join(" ");
    words.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Whether a filter finds a chain by the link that it lacks, in either language.
pub(super) fn lacks(chained: Option<&Chained>, query: &Query) -> bool {
    let names = |lang| match chained.and_then(|chained| chained.missing) {
        Some(link) => (Text::of(lang).follow.link)(link),
        None => Text::of(lang).follow.whole,
    };
    [Lang::Zh, Lang::En].into_iter().any(|lang| matches(names(lang), query).is_some())
}

pub(super) fn draw_head<'a>(look: &Look<'a>, pane: &mut Pane<'_, 'a>) {
    let say = &look.text.rooms;
    let names = [look.text.follow.holes, say.matter, say.lead, say.meeting_of_task];
    for ((x, cells), name) in columns(pane.size().0, 2, CHAIN).into_iter().zip(names) {
        pane.put_short(x, 0, cells, look.theme.quiet, name);
    }
}

/// Draws a decision with the link that it lacks.
pub(super) fn draw_chain<'a>(look: &Look<'a>, id: &RecordId, chained: Option<&Chained>, pane: &mut Pane<'_, 'a>) {
    let Some(record) = look.workspace.plan().record(id) else { return };
    let [missing, text, lead, meeting] = columns(pane.size().0, 2, CHAIN);
    let (style, words) = match chained.and_then(|chained| chained.missing) {
        Some(link) => (look.theme.warn, (look.text.rooms.hole)((look.text.follow.link)(link))),
        None => (look.theme.good, look.text.follow.whole.to_string()),
    };
    pane.put_short(missing.0, 0, missing.1, style, words);
    pane.put_short(text.0, 0, text.1, look.theme.plain, record.text(Field::Text).to_string());
    let follow = Follow::of(look.workspace.plan(), id);
    let unit = follow.and_then(|follow| follow.lead).map_or(String::new(), |unit| unit.to_string());
    pane.put_short(lead.0, 0, lead.1, look.theme.plain, unit);
    pane.put_short(meeting.0, 0, meeting.1, look.theme.quiet, facts::short_meeting(id));
}

/// Draws a link: what it is called, when it came about, what stands there.
pub(super) fn draw_link<'a>(look: &Look<'a>, linked: &'a Linked, pane: &mut Pane<'_, 'a>) {
    let [name, date, text] = columns(pane.size().0, 2, LINK);
    let (style, mark) = if linked.is_missing() { (look.theme.warn, "·") } else { (look.theme.good, "✓") };
    let called = (look.text.follow.link)(linked.link);
    if linked.is_first {
        pane.put(name.0, 0, 1, style, mark);
        pane.put_short(name.0 + 2, 0, name.1.saturating_sub(2), look.theme.plain, called);
    }
    pane.put_short(date.0, 0, date.1, look.theme.quiet, day(linked.date));
    let (style, words) = match (&linked.anchor, linked.text.as_str()) {
        (_, "") => (look.theme.warn, (look.text.rooms.hole)(called)),
        (Some(Anchor::Node(id)), title) => (look.theme.plain, format!("{} {title}", look.place(id))),
        (_, _) if linked.link == Link::Reported => {
            (look.theme.plain, facts::meeting_title(look.workspace.plan(), &linked.text, look.text))
        }
        (_, words) => (look.theme.plain, words.to_string()),
    };
    pane.put_short(text.0, 0, text.1, style, words);
}

/// The words of a place for the line below: what Enter leads to.
pub(super) fn leads_to(look: &Look, linked: &Linked) -> String {
    match &linked.anchor {
        Some(Anchor::Node(id)) => ops::place_name(id, look.text),
        Some(Anchor::Record(id)) => ops::record_name(id, look.workspace.plan().record(id), look.text),
        None => (look.text.rooms.next_step_here)((look.text.follow.link)(linked.link)),
    }
}
