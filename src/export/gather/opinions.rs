//! What departments said of the draft that was sent round, and what was made of it.

use super::super::compose::office;
use crate::domain::{Adoption, OpinionView, Plan, Stance, UnitId};
use crate::export::content::{OpinionLine, OpinionsPaper};
use chrono::NaiveDate;

/// The table of all opinions; `None` while there is none. Everybody on the list of departments counts as asked.
pub fn opinions_paper(plan: &Plan, today: NaiveDate) -> Option<OpinionsPaper> {
    let opinions = OpinionView::all(plan);
    if opinions.is_empty() {
        return None;
    }
    let wants = |one: &OpinionView| one.stance() != Some(Stance::Agree);
    let of = |unit: &UnitId| opinions.iter().filter(|one| one.unit() == Some(unit)).collect::<Vec<_>>();
    let (mut without, mut silent) = (Vec::new(), Vec::new());
    for unit in &plan.units {
        match of(&unit.id).as_slice() {
            [] => silent.push(unit.id.to_string()),
            own if !own.iter().any(|one| wants(one)) => without.push(unit.id.to_string()),
            _ => {}
        }
    }
    let lines = opinions.iter().filter(|one| wants(one)).map(|one| OpinionLine {
        unit: one.unit().map(ToString::to_string).unwrap_or_default(),
        clause: one.clauses().iter().map(|id| id.printed().to_string()).collect::<Vec<_>>().join("、"),
        text: one.text().to_string(),
        verdict: match one.adoption() {
            Some(Adoption::Adopted) => "采纳",
            Some(Adoption::Declined) => "不采纳",
            None => "待定",
        }
        .to_string(),
        reason: one.reason().to_string(),
    });
    Some(OpinionsPaper {
        draft: format!("《{}》", plan.info.title),
        office: office(plan),
        issued: Some(today),
        asked: plan.units.len(),
        without,
        silent,
        lines: lines.collect(),
    })
}
