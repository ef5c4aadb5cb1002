//! What the office might put on the next agenda, and why.
//!
//! A suggestion is worked out from the plan each time. One that was put aside stays away until its facts change.

use super::find::last_meeting;
use super::{Item, ItemState, Meeting, MeetingState, TopicView, meetings, previous};
use crate::domain::{Comparison, Field, Light, Node, NodeId, Plan, RecordId, RecordKind, Str, Target, UnitId};
use chrono::{Datelike, NaiveDate};

/// Why something is suggested.
#[derive(Clone, PartialEq, Debug)]
pub enum Reason {
    /// Past its deadline.
    Overdue { due: NaiveDate },
    /// Past its deadline, and it was at earlier meetings too.
    RedAgain { due: NaiveDate, meetings: usize },
    /// An item of the last meeting that came to nothing.
    Unsettled { meeting: Str, postponed: bool },
    /// Due before the next meeting.
    DueSoon { due: NaiveDate, before: NaiveDate },
    /// The last figure of a target is behind the straight line to its goal.
    BehindPace { year: i32, figure: f64, expected: f64 },
    /// Departments object, and nobody has decided about it.
    Disagree { units: Vec<UnitId> },
}

impl Reason {
    pub fn token(&self) -> &'static str {
        match self {
            Reason::Overdue { .. } => "overdue",
            Reason::RedAgain { .. } => "red_again",
            Reason::Unsettled { .. } => "unsettled",
            Reason::DueSoon { .. } => "due_soon",
            Reason::BehindPace { .. } => "behind_pace",
            Reason::Disagree { .. } => "disagree",
        }
    }

    /// How pressing it is; the smallest comes first.
    fn rank(&self) -> usize {
        match self {
            Reason::RedAgain { .. } => 0,
            Reason::Unsettled { .. } => 1,
            Reason::Disagree { .. } => 2,
            Reason::Overdue { .. } => 3,
            Reason::BehindPace { .. } => 4,
            Reason::DueSoon { .. } => 5,
        }
    }
}

/// Something that might come on an agenda.
#[derive(Clone, PartialEq, Debug)]
pub struct Suggestion {
    /// `task-3.1.2`, `target-T1`: the same for the same thing, whatever the reason.
    pub key: Str,
    pub reason: Reason,
    pub title: Str,
    pub tasks: Vec<NodeId>,
    /// The department to report, the lead first.
    pub units: Vec<UnitId>,
    /// The item of an earlier meeting that it was, `2025-03-20-plenary/4k2a9x`.
    pub from: Str,
    /// What it rests on; when it changes, a suggestion that was put aside comes again.
    pub facts: Vec<Str>,
}

/// What is suggested for a meeting, or for the next one at all; the most pressing first. Put aside and already on an agenda or in
/// the pool are left out.
pub fn suggestions(plan: &Plan, meeting: Option<&Meeting>, next: NaiveDate, today: NaiveDate) -> Vec<Suggestion> {
    let next = meeting.and_then(|meeting| meeting.date()).unwrap_or(next);
    let mut all = of_tasks(plan, meeting, next, today);
    all.extend(of_items(plan, meeting));
    all.extend(of_targets(plan, today));
    all.extend(of_opinions(plan));
    let planned = Planned::of(plan, meeting);
    all.retain(|one| !is_dismissed(plan, one) && !planned.has(one));
    all.sort_by_key(|one| one.reason.rank());
    all
}

/// Everything that has a reason, put aside or not, but for what is only due soon.
pub fn candidates(plan: &Plan, today: NaiveDate) -> Vec<Suggestion> {
    let mut all = of_tasks(plan, None, today, today);
    all.extend(of_items(plan, None));
    all.extend(of_targets(plan, today));
    all.extend(of_opinions(plan));
    all
}

/// Whether it was put aside and nothing has changed since.
fn is_dismissed(plan: &Plan, suggestion: &Suggestion) -> bool {
    let id = RecordId::of_plan(RecordKind::Dismissal, suggestion.key.clone());
    plan.record(&id).is_some_and(|record| record.texts(Field::Facts) == suggestion.facts)
}

/// What waits in the pool, or is on the agenda already.
struct Planned<'p> {
    items: Vec<Item<'p>>,
    topics: Vec<TopicView<'p>>,
}

impl<'p> Planned<'p> {
    fn of(plan: &'p Plan, meeting: Option<&Meeting<'p>>) -> Self {
        let ahead = || meetings(plan).into_iter().filter(|one| one.state() <= MeetingState::InSession);
        let agendas = meeting.map_or_else(|| ahead().collect(), |meeting| vec![*meeting]);
        let items = agendas.iter().flat_map(Meeting::items).filter(|item| !item.is_dropped());
        let topics = TopicView::all(plan).into_iter().filter(TopicView::is_waiting);
        Planned { items: items.collect(), topics: topics.collect() }
    }

    fn has(&self, suggestion: &Suggestion) -> bool {
        let covers =
            |tasks: &[NodeId]| !suggestion.tasks.is_empty() && suggestion.tasks.iter().all(|id| tasks.contains(id));
        let is_from = |item: &Item| !suggestion.from.is_empty() && item.record.text(Field::From) == suggestion.from;
        let is_source = |topic: &TopicView| topic.record.text(Field::Source) == suggestion.key;
        self.items.iter().any(|item| covers(item.tasks()) || is_from(item))
            || self.topics.iter().any(|topic| covers(topic.tasks()) || is_source(topic))
    }
}

fn of_tasks(plan: &Plan, meeting: Option<&Meeting>, next: NaiveDate, today: NaiveDate) -> Vec<Suggestion> {
    let before = |one: &Meeting| meeting.is_none_or(|meeting| meeting.id != one.id);
    let earlier: Vec<NaiveDate> =
        meetings(plan).iter().filter(|one| one.state().is_over() && before(one)).filter_map(Meeting::date).collect();
    let mut found = Vec::new();
    for node in plan.tracked() {
        let state = plan.state(&node.id);
        let Some(due) = state.due.as_ref().and_then(|due| due.date) else { continue };
        let reason = match plan.light(&node.id, today) {
            Light::Red => {
                // a deadline that was moved was missed all the same
                let first = state.original_due.as_ref().and_then(|due| due.date).map_or(due, |first| first.min(due));
                match earlier.iter().filter(|date| first < **date).count() {
                    0 => Reason::Overdue { due },
                    meetings => Reason::RedAgain { due, meetings },
                }
            }
            Light::Green | Light::Yellow if state.status != crate::domain::Status::Done && due <= next => {
                Reason::DueSoon { due, before: next }
            }
            Light::None | Light::Green | Light::Yellow => continue,
        };
        let facts = vec![reason.token().into(), due.to_string().into(), state.status.token().into()];
        found.push(Suggestion {
            key: format!("task-{}", node.id).into(),
            reason,
            title: name_of(node),
            tasks: vec![node.id.clone()],
            units: plan.leads(&node.id),
            from: Str::new(),
            facts,
        });
    }
    found
}

/// The title of a clause; of one without, its first line.
fn name_of(node: &Node) -> Str {
    if node.title.is_empty() { node.text.lines().next().unwrap_or_default().into() } else { node.title.clone() }
}

/// What the last meeting of the kind, or the last meeting at all, put off or did not come to.
fn of_items(plan: &Plan, meeting: Option<&Meeting>) -> Vec<Suggestion> {
    let last = match meeting {
        Some(meeting) => previous(meeting),
        None => last_meeting(plan),
    };
    let Some(last) = last else { return Vec::new() };
    let left = last.items().into_iter().filter(|item| match item.state() {
        ItemState::Open => item.kind().asks_for_an_outcome(),
        ItemState::Postponed => true,
        ItemState::Discussed | ItemState::Dropped => false,
    });
    let suggestion = |item: Item| Suggestion {
        key: format!("item-{}", item.key).into(),
        reason: Reason::Unsettled { meeting: last.id.clone(), postponed: item.state() == ItemState::Postponed },
        title: item.title().into(),
        tasks: item.tasks().to_vec(),
        units: item.unit().into_iter().cloned().collect(),
        from: format!("{}/{}", last.id, item.key).into(),
        facts: vec!["unsettled".into(), item.state().token().into()],
    };
    left.map(suggestion).collect()
}

fn of_targets(plan: &Plan, today: NaiveDate) -> Vec<Suggestion> {
    let suggestion = |target: &Target| {
        let (year, figure, expected) = behind(target, today.year())?;
        let shown = format!("{year} {figure}");
        Some(Suggestion {
            key: format!("target-{}", target.id).into(),
            reason: Reason::BehindPace { year, figure, expected },
            title: target.name.clone(),
            tasks: vec![target.node.clone()],
            units: plan.leads(&target.node),
            from: Str::new(),
            facts: vec!["behind_pace".into(), shown.into()],
        })
    };
    plan.targets.iter().filter_map(suggestion).collect()
}

/// The last figure that is behind: its year, the figure, and what the straight line from the baseline to the goal has in that year.
fn behind(target: &Target, this_year: i32) -> Option<(i32, f64, f64)> {
    let (year, actual) = target.actuals.range(..=this_year).next_back()?;
    let expected = match &target.baseline {
        Some(base) if !target.yearly && target.due > base.year && *year < target.due => {
            let part = f64::from(year - base.year) / f64::from(target.due - base.year);
            base.value + (target.value - base.value) * part
        }
        _ if target.yearly || *year >= target.due => target.value,
        _ => return None,
    };
    // on the way there, reaching the line is enough
    let is_there = match target.comparison {
        Comparison::MoreThan if *year < target.due && !target.yearly => actual.value >= expected,
        Comparison::LessThan if *year < target.due && !target.yearly => actual.value <= expected,
        Comparison::Exactly if *year < target.due && !target.yearly => actual.value >= expected,
        comparison => comparison.holds(actual.value, expected),
    };
    (!is_there).then_some((*year, actual.value, expected))
}

fn of_opinions(plan: &Plan) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> = Vec::new();
    let open = plan
        .records_of(RecordKind::Opinion)
        .filter(|(_, opinion)| opinion.text(Field::Stance) == "object" && opinion.text(Field::Decision).is_empty());
    for (id, opinion) in open {
        let Some(unit) = opinion.unit(Field::Unit) else { continue };
        for task in opinion.nodes(Field::Tasks) {
            let key: Str = format!("opinion-{task}").into();
            let at = found.iter().position(|one| one.key == key).unwrap_or_else(|| {
                let title = plan.node(task).map_or_else(|| task.as_str().into(), name_of);
                found.push(Suggestion {
                    key,
                    reason: Reason::Disagree { units: Vec::new() },
                    title,
                    tasks: vec![task.clone()],
                    units: plan.leads(task),
                    from: Str::new(),
                    facts: vec!["disagree".into()],
                });
                found.len() - 1
            });
            if let Reason::Disagree { units } = &mut found[at].reason
                && !units.contains(unit)
            {
                units.push(unit.clone());
            }
            found[at].facts.push(id.key.clone());
        }
    }
    found
}
