//! `targets`: the quantified targets, with the figures of the years.

use super::fail::Failure;
use super::json;
use super::session::{Answer, Session};
use super::table::{self, USUAL_WIDTH};
use super::visible;
use crate::domain::Target;
use crate::ops::place_name;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct TargetRecord<'p> {
    id: &'p str,
    name: &'p str,
    comparison: &'static str,
    #[serde(serialize_with = "json::figure")]
    value: f64,
    unit: &'p str,
    soft: bool,
    yearly: bool,
    due: i32,
    baseline: Option<BaselineRecord>,
    node: &'p str,
    wording: &'p str,
    actuals: BTreeMap<i32, ActualRecord<'p>>,
    /// Whether the last figure reaches the target; null before there is one.
    met: Option<bool>,
}

#[derive(Serialize)]
struct BaselineRecord {
    #[serde(serialize_with = "json::figure")]
    value: f64,
    year: i32,
}

#[derive(Serialize)]
struct ActualRecord<'p> {
    #[serde(serialize_with = "json::figure")]
    value: f64,
    source: &'p str,
}

pub(super) fn run(session: &mut Session) -> Result<Answer, Failure> {
    let workspace = session.open()?;
    let targets = &workspace.plan().targets;
    let records: Vec<TargetRecord> = targets.iter().map(record).collect();
    let data = session.data(&records, |out| targets.iter().for_each(|target| print(target, session, out)));
    Ok(session.browsed(&workspace, data))
}

fn record(target: &Target) -> TargetRecord<'_> {
    TargetRecord {
        id: target.id.as_str(),
        name: &target.name,
        comparison: target.comparison.token(),
        value: target.value,
        unit: &target.unit,
        soft: target.soft,
        yearly: target.yearly,
        due: target.due,
        baseline: target.baseline.as_ref().map(|base| BaselineRecord { value: base.value, year: base.year }),
        node: target.node.as_str(),
        wording: &target.wording,
        actuals: target
            .actuals
            .iter()
            .map(|(year, actual)| (*year, ActualRecord { value: actual.value, source: &actual.source }))
            .collect(),
        met: met(target),
    }
}

fn met(target: &Target) -> Option<bool> {
    target.actuals.values().next_back().map(|last| target.comparison.holds(last.value, target.value))
}

fn print(target: &Target, session: &Session, out: &mut String) {
    let text = session.text;
    let head = &text.help.report;
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    let figure = |value: f64| format!("{value}{}", target.unit);
    let mut goal = format!("{} {}", target.comparison.token(), figure(target.value));
    let marks = [(target.yearly, head.yearly), (target.soft, head.soft)];
    let marks: Vec<String> = marks.iter().filter(|(is, _)| *is).map(|(_, word)| word.to_string()).collect();
    for mark in [(head.due_year)(target.due)].into_iter().chain(marks) {
        goal.push_str(text.words.comma);
        goal.push_str(&mark);
    }
    let baseline = target.baseline.as_ref().map(|base| (head.from_year)(&figure(base.value), base.year));
    let mut actuals: Vec<String> = target
        .actuals
        .iter()
        .map(|(year, actual)| (head.by_year)(*year, &figure(actual.value), &actual.source))
        .collect();
    actuals.extend(met(target).map(|met| if met { head.met } else { head.not_met }.to_string()));
    let fields = [
        (head.goal, goal),
        (head.baseline, baseline.unwrap_or_default()),
        (head.actuals, actuals.join("\n")),
        (head.place, place_name(&target.node, text)),
        (head.wording, target.wording.to_string()),
    ];
    out.push_str(&format!("{} {}\n", target.id, visible::line(&target.name)));
    table::fields(out, &fields.map(|(label, words)| (label, words)), width);
    out.push('\n');
}
