//! `targets.toml`: quantified targets, with a line for the figure of every year.

use super::reader::{as_float, unknown_table};
use super::{Reader, text, write_field};
use crate::domain::{Actual, Baseline, Comparison, NodeId, Target, TargetId};
use crate::store::doc::quote;
use crate::store::{Edit, Problem, TableName, Tables, Token};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Reads `targets.toml`.
pub fn read(tables: &mut Tables) -> (Vec<Target>, Vec<Problem>) {
    let problems = RefCell::default();
    let mut targets = Vec::new();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        match &*table.name {
            "" => reader.finish(),
            "target" => {
                let id = reader.required("id");
                let year = |key| reader.int(key).and_then(|year| i32::try_from(year).ok());
                let baseline = reader.float("baseline").zip(year("baseline_year"));
                let target = Target {
                    id: TargetId::new(id.clone().unwrap_or_default()),
                    node: NodeId::new(reader.required("node").unwrap_or_default()),
                    name: reader.str("name").unwrap_or_default(),
                    comparison: reader
                        .word("comparison", "> >= = <= <", Comparison::parse)
                        .unwrap_or(Comparison::AtLeast),
                    value: reader.float("value").unwrap_or(0.0),
                    unit: reader.str("unit").unwrap_or_default(),
                    soft: reader.bool("soft").unwrap_or(false),
                    yearly: reader.bool("yearly").unwrap_or(false),
                    due: year("due").unwrap_or(0),
                    baseline: baseline.map(|(value, year)| Baseline { value, year }),
                    wording: reader.str("wording").unwrap_or_default(),
                    actuals: actuals(&reader),
                };
                if id.is_some() {
                    targets.push(target);
                }
            }
            _ => unknown_table(source, table, &problems),
        }
    }
    (targets, problems.into_inner())
}

/// The figures: `2024 = 12.5` and `2024_source = "…"`.
fn actuals(reader: &Reader) -> BTreeMap<i32, Actual> {
    let mut actuals: BTreeMap<i32, Actual> = BTreeMap::new();
    let mut sources = Vec::new();
    for field in reader.rest() {
        if let Some(year) = field.key.strip_suffix("_source").and_then(year_of) {
            match field.value.as_str() {
                Some(source) => sources.push((year, source.clone())),
                None => reader.bad(field, "text"),
            }
        } else if let Some(year) = year_of(&field.key) {
            match as_float(&field.value) {
                Some(value) => drop(actuals.insert(year, Actual { value, source: Default::default() })),
                None => reader.bad(field, "number"),
            }
        } else {
            reader.unknown(field);
        }
    }
    for (year, source) in sources {
        if let Some(actual) = actuals.get_mut(&year) {
            actual.source = source;
        }
    }
    actuals
}

fn year_of(key: &str) -> Option<i32> {
    key.parse().ok().filter(|year| key.len() == 4 && *year > 1900)
}

/// Writes a new `targets.toml`, with a comment line for each year of the plan.
pub fn write(targets: &[Target], period: Option<(i32, i32)>) -> String {
    let mut out = String::from("# 量化指标：comparison 用 > >= = <= <；超过不含本数，以上含本数。\n");
    let number = |value: f64| {
        let is_whole = value.fract() == 0.0 && value.abs() < 1e15;
        Some(if is_whole { Token::Int(value as i64) } else { Token::Float(value) })
    };
    for target in targets {
        out.push_str(&format!("\n[[target]]\nid = {}\n", quote(target.id.as_str())));
        write_field(&mut out, "# 出处", &[("node", text(target.node.as_str()))]);
        write_field(&mut out, "# 指标", &[("name", text(target.name.clone()))]);
        write_field(&mut out, "# 比较", &[("comparison", text(target.comparison.token()))]);
        write_field(&mut out, "# 目标值", &[("value", number(target.value))]);
        write_field(&mut out, "# 计量单位", &[("unit", text(target.unit.clone()))]);
        write_field(&mut out, "# 软指标：争取、探索、力争", &[("soft", Some(Token::Bool(target.soft)))]);
        write_field(&mut out, "# 每年都要完成", &[("yearly", Some(Token::Bool(target.yearly)))]);
        write_field(&mut out, "# 到期年份", &[("due", Some(Token::Int(target.due.into())))]);
        let baseline = target.baseline.as_ref();
        let year = baseline.map(|baseline| Token::Int(baseline.year.into()));
        write_field(
            &mut out,
            "# 基数及年份",
            &[("baseline", baseline.and_then(|b| number(b.value))), ("baseline_year", year)],
        );
        write_field(&mut out, "# 原文", &[("wording", text(target.wording.clone()))]);
        let (from, to) = period.unwrap_or((target.due, target.due));
        let mut years: BTreeSet<i32> = (from..=to.min(from.saturating_add(30))).collect();
        years.extend(target.actuals.keys());
        for year in years {
            let actual = target.actuals.get(&year);
            let source = actual.map(|actual| Token::Str(actual.source.clone()));
            let keys = (year.to_string(), format!("{year}_source"));
            write_field(
                &mut out,
                &comment(year),
                &[(&keys.0, actual.and_then(|a| number(a.value))), (&keys.1, source)],
            );
        }
    }
    out
}

fn comment(year: i32) -> String {
    format!("# {year}年实际值及来源")
}

/// The keys and the comment of the figure of a year, for [`actual_edits`].
pub struct ActualKeys {
    value: String,
    source: String,
    comment: String,
}

impl ActualKeys {
    pub fn of(year: i32) -> Self {
        ActualKeys { value: year.to_string(), source: format!("{year}_source"), comment: comment(year) }
    }
}

/// The edits that set a target's figure of a year; `after` is the value key, so that the source follows it.
pub fn actual_edits<'a>(
    target: &'a TargetId,
    keys: &'a ActualKeys,
    after: &'a [&'a str],
    actual: Option<&Actual>,
) -> [Edit<'a>; 2] {
    let table = TableName::Element { array: "target", id: target.as_str() };
    let value = actual.map(|actual| {
        let is_whole = actual.value.fract() == 0.0 && actual.value.abs() < 1e15;
        if is_whole { Token::Int(actual.value as i64) } else { Token::Float(actual.value) }
    });
    let source = actual.map(|actual| Token::Str(actual.source.clone()));
    [
        Edit { table, key: &keys.value, value, under: &keys.comment, after: &[] },
        Edit { table, key: &keys.source, value: source, under: &keys.comment, after },
    ]
}
