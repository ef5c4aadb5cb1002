//! The closure chain: clause → topic → decision → excerpt → reply → evidence → closed → reported, and where it is broken.

use super::{Decision, FollowState, Step, StepKind, register, steps_of};
use crate::domain::{Field, NodeId, Plan, RecordId, RecordKind, Str};
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

/// Where a link stands, to go and see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Anchor {
    Node(NodeId),
    Record(RecordId),
}

/// What stands at a link: words, the day it came about, and where: a link may have several places, as excerpts go to several
/// departments.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    pub text: Str,
    pub date: Option<NaiveDate>,
    pub at: Vec<Anchor>,
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
    let steps = steps_of(plan, decision.id);
    let links = Link::ALL.into_iter().map(|link| (link, found(plan, &decision, &steps, link))).collect();
    Chain { decision, links }
}

fn found(plan: &Plan, decision: &Decision, steps: &[Step], link: Link) -> Option<Found> {
    let (follow, outcome) = (&decision.follow, decision.outcome);
    let words = |text: &str, date, at| Some(Found { text: text.into(), date, at });
    let last = |kind, count| last_steps(decision.id, steps, kind, count);
    match link {
        Link::Clause => {
            let tasks = decision.tasks();
            let names: Vec<&str> = tasks.iter().map(|task| task.as_str()).collect();
            let at = tasks.iter().cloned().map(Anchor::Node).collect();
            if names.is_empty() { None } else { words(&names.join(" "), None, at) }
        }
        Link::Topic => {
            let item = decision.item?;
            let id = RecordId::of_plan(RecordKind::Topic, item.text(Field::Topic));
            match plan.record(&id) {
                Some(topic) => words(topic.text(Field::Title), topic.date(Field::Submitted), vec![Anchor::Record(id)]),
                // an item that was put on the agenda without a topic is its own
                None => {
                    let id = decision.id.beside(RecordKind::Item, outcome.text(Field::Item));
                    words(item.text(Field::Title), None, vec![Anchor::Record(id)])
                }
            }
        }
        Link::Decision => words(outcome.text(Field::Text), decision.date, vec![Anchor::Record(decision.id.clone())]),
        Link::Excerpt => {
            let (list, kind) = match follow.sent.is_empty() {
                false => (&follow.sent, StepKind::Excerpt),
                true => (&follow.received, StepKind::Receipt),
            };
            list.first().and_then(|(unit, date)| words(unit.as_str(), Some(*date), last(kind, list.len())))
        }
        Link::Reply => {
            let (date, text) = follow.report.as_ref()?;
            words(text, *date, last(StepKind::Report, 1))
        }
        Link::Evidence => {
            let text = follow.evidence.last()?;
            words(text, None, last(StepKind::Evidence, follow.evidence.len()))
        }
        Link::Closed => match follow.state {
            FollowState::Closed => {
                words(&follow.signed.join("、"), follow.closed, last(StepKind::Signoff, follow.signed.len()))
            }
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

/// The last steps of a kind, the oldest first.
fn last_steps(decision: &RecordId, steps: &[Step], kind: StepKind, count: usize) -> Vec<Anchor> {
    let of_kind: Vec<&Step> = steps.iter().filter(|step| step.kind == kind).collect();
    let of_kind = of_kind.iter().skip(of_kind.len().saturating_sub(count));
    of_kind.map(|step| Anchor::Record(decision.beside(RecordKind::Step, step.key.clone()))).collect()
}

/// The meeting after the closing that was told what became of the decisions.
fn reported(plan: &Plan, closed: NaiveDate, own: &str) -> Option<Found> {
    let told = plan.records_of(RecordKind::Item).filter(|(id, item)| {
        item.text(Field::Kind) == "follow_up" && item.text(Field::State) == "discussed" && id.meeting != own
    });
    let meetings = told.filter_map(|(id, _)| Some((id, plan.record(&id.beside(RecordKind::Meeting, ""))?)));
    let held = meetings.filter_map(|(id, meeting)| Some((meeting.date(Field::Date)?, id)));
    let (date, item) = held.filter(|(date, _)| *date >= closed).min()?;
    Some(Found { text: item.meeting.clone(), date: Some(date), at: vec![Anchor::Record(item.clone())] })
}
