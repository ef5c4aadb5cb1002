//! The closure chain: clause → topic → decision → excerpt → reply → evidence → closed → reported, and where it is broken.

use super::{Decision, FollowState, register};
use crate::domain::{Field, Plan, RecordKind, Str};
use chrono::NaiveDate;

/// A link of the chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Link {
    Clause,
    Topic,
    Decision,
    Excerpt,
    Reply,
    Evidence,
    Closed,
    /// A later meeting has been told.
    Reported,
}

impl Link {
    pub const ALL: [Link; 8] = [
        Link::Clause,
        Link::Topic,
        Link::Decision,
        Link::Excerpt,
        Link::Reply,
        Link::Evidence,
        Link::Closed,
        Link::Reported,
    ];

    /// The word for it in JSON.
    pub fn token(self) -> &'static str {
        match self {
            Link::Clause => "clause",
            Link::Topic => "topic",
            Link::Decision => "decision",
            Link::Excerpt => "excerpt",
            Link::Reply => "reply",
            Link::Evidence => "evidence",
            Link::Closed => "closed",
            Link::Reported => "reported",
        }
    }
}

/// What stands at a link: words, and the day it came about.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    pub text: Str,
    pub date: Option<NaiveDate>,
}

/// A decision and the links of its chain, each found or missing.
#[derive(Clone, PartialEq, Debug)]
pub struct Chain<'p> {
    pub decision: Decision<'p>,
    pub links: Vec<(Link, Option<Found>)>,
}

impl Chain<'_> {
    /// The first link that is missing.
    ///
    /// What comes before the decision is missing only where nothing led to it: an item that came as a motion needs no topic.
    pub fn missing(&self) -> Option<Link> {
        self.links.iter().find(|(_, found)| found.is_none()).map(|(link, _)| *link)
    }

    pub fn is_whole(&self) -> bool {
        self.missing().is_none()
    }
}

/// The chains of all decisions.
pub fn chains(plan: &Plan) -> Vec<Chain<'_>> {
    register(plan).into_iter().map(|decision| chain(plan, decision)).collect()
}

/// The chain of a decision.
pub fn chain<'p>(plan: &'p Plan, decision: Decision<'p>) -> Chain<'p> {
    let links = Link::ALL.into_iter().map(|link| (link, found(plan, &decision, link))).collect();
    Chain { decision, links }
}

fn found(plan: &Plan, decision: &Decision, link: Link) -> Option<Found> {
    let (follow, outcome) = (&decision.follow, decision.outcome);
    let words = |text: &str, date| Some(Found { text: text.into(), date });
    match link {
        Link::Clause => {
            let own = outcome.nodes(Field::Tasks);
            let of_item = decision.item.map_or(&[][..], |item| item.nodes(Field::Tasks));
            let tasks = if own.is_empty() { of_item } else { own };
            let names: Vec<&str> = tasks.iter().map(|task| task.as_str()).collect();
            if names.is_empty() { None } else { words(&names.join(" "), None) }
        }
        Link::Topic => {
            let item = decision.item?;
            let topic = plan.records_of(RecordKind::Topic).find(|(id, _)| id.key == item.text(Field::Topic));
            match topic {
                Some((_, topic)) => words(topic.text(Field::Title), topic.date(Field::Submitted)),
                // an item that was put on the agenda without a topic is its own
                None => words(item.text(Field::Title), None),
            }
        }
        Link::Decision => words(outcome.text(Field::Text), decision.date),
        Link::Excerpt => {
            let went = follow.sent.first().or(follow.received.first());
            went.and_then(|(unit, date)| words(unit.as_str(), Some(*date)))
        }
        Link::Reply => follow.report.as_ref().map(|(date, text)| Found { text: text.clone(), date: *date }),
        Link::Evidence => follow.evidence.last().map(|text| Found { text: text.clone(), date: None }),
        Link::Closed => match follow.state {
            FollowState::Closed => words(&follow.signed.join("、"), follow.closed),
            FollowState::Open
            | FollowState::Assigned
            | FollowState::Sent
            | FollowState::Received
            | FollowState::Returned
            | FollowState::Reported
            | FollowState::Evidence
            | FollowState::Signing
            | FollowState::Rework
            | FollowState::Reopened => None,
        },
        Link::Reported => reported(plan, follow.closed?, &decision.id.meeting),
    }
}

/// The meeting after the closing that was told what became of the decisions.
fn reported(plan: &Plan, closed: NaiveDate, own: &str) -> Option<Found> {
    let told = plan.records_of(RecordKind::Item).filter(|(id, item)| {
        item.text(Field::Kind) == "follow_up" && item.text(Field::State) == "discussed" && id.meeting != own
    });
    let meetings = told.filter_map(|(id, _)| Some((id, plan.record(&id.beside(RecordKind::Meeting, ""))?)));
    let held = meetings.filter_map(|(id, meeting)| Some((meeting.date(Field::Date)?, id.meeting.clone())));
    let first = held.filter(|(date, _)| *date >= closed).min()?;
    Some(Found { text: first.1, date: Some(first.0) })
}
