//! `tasks/<row>.toml`: the state of the tasks of one row.

use super::Reader;
use super::reader::unknown_table;
use crate::domain::{Due, NodeId, Status, Str, TaskState, UnitId};
use crate::store::doc::{is_invisible, quote};
use crate::store::{Edit, Problem, TableName, Tables, Token};
use std::cell::RefCell;

const STATUS: &str = "# 状态 status：todo 未启动 | doing 推进中 | done 已完成 | blocked 受阻 | deferred 暂缓";
const DUE: &str = "# 完成时限 due：日期；原话写在 due_text";
const ORIGINAL: &str = "# 原定时限 original_due：改过时限才有";
const LEAD: &str = "# 牵头单位 lead：与分工表不同才写";
const RESPONSIBLE: &str = "# 责任单位 responsible：与分工表不同才写";

/// Reads a `tasks/<row>.toml`; a task that belongs into another file would be edited in two places and is only reported.
pub fn read(tables: &mut Tables, is_here: impl Fn(&NodeId) -> bool) -> (Vec<(NodeId, TaskState)>, Vec<Problem>) {
    let problems = RefCell::default();
    let mut tasks = Vec::new();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        if table.name.is_empty() {
            reader.finish();
            continue;
        }
        if table.is_element {
            unknown_table(source, table, &problems);
            continue;
        }
        let due = |date: &'static str, wording: &'static str| {
            let (date, wording) = (reader.date(date), reader.str(wording).filter(|text| !text.is_empty()));
            (date.is_some() || wording.is_some()).then(|| Due { date, wording: wording.unwrap_or_default() })
        };
        let state = TaskState {
            status: reader.word("status", "todo doing done blocked deferred", Status::parse).unwrap_or_default(),
            due: due("due", "due_text"),
            original_due: due("original_due", "original_due_text"),
            lead: reader.str("lead").filter(|lead| !lead.is_empty()).map(UnitId::new),
            responsible: reader.strs("responsible").map(|units| units.into_iter().map(UnitId::new).collect()),
        };
        reader.finish();
        if state.is_default() {
            continue;
        }
        let id = NodeId::new(reader.own(&table.name));
        match is_here(&id) {
            true => tasks.push((id, state)),
            false => unknown_table(source, table, &problems),
        }
    }
    (tasks, problems.into_inner())
}

/// Writes a new file for a row: a block of comment lines for every task, so that later edits only fill lines in.
pub fn write<'t>(row_title: &str, tasks: impl Iterator<Item = (&'t NodeId, &'t str)>) -> String {
    let mut out = format!("# {}\n", one_line(row_title));
    tasks.for_each(|(id, title)| out.push_str(&block(id, title)));
    out
}

/// The block of an untouched task.
pub fn block(id: &NodeId, title: &str) -> String {
    let comments = [STATUS, DUE, ORIGINAL, LEAD, RESPONSIBLE].join("\n\n");
    format!("\n[{}]\n# {}\n\n{comments}\n", quote(id.as_str()), one_line(title))
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect()
}

fn task(id: &NodeId) -> TableName<'_> {
    TableName::Named(id.as_str())
}

/// The edit that sets a task's status; an untouched one has no line.
pub fn status_edit(id: &NodeId, status: Option<Status>) -> Edit<'_> {
    let value = status.map(|status| Token::Str(status.token().into()));
    Edit { table: task(id), key: "status", value, under: STATUS, after: &[] }
}

/// The edits that set a task's deadline.
pub fn due_edits<'a>(id: &'a NodeId, due: Option<&Due>) -> [Edit<'a>; 2] {
    let [date, wording] = due_tokens(due);
    [
        Edit { table: task(id), key: "due", value: date, under: DUE, after: &[] },
        Edit { table: task(id), key: "due_text", value: wording, under: DUE, after: &["due"] },
    ]
}

/// The edits that set a task's original deadline.
pub fn original_due_edits<'a>(id: &'a NodeId, due: Option<&Due>) -> [Edit<'a>; 2] {
    let [date, wording] = due_tokens(due);
    [
        Edit { table: task(id), key: "original_due", value: date, under: ORIGINAL, after: &[] },
        Edit { table: task(id), key: "original_due_text", value: wording, under: ORIGINAL, after: &["original_due"] },
    ]
}

fn due_tokens(due: Option<&Due>) -> [Option<Token>; 2] {
    let date = due.and_then(|due| due.date).map(Token::Date);
    let wording = due.map(|due| &due.wording).filter(|wording| !wording.is_empty());
    [date, wording.cloned().map(Token::Str)]
}

/// The edit that gives a task a lead of its own.
pub fn lead_edit<'a>(id: &'a NodeId, lead: Option<&UnitId>) -> Edit<'a> {
    let value = lead.map(|lead| Token::Str(lead.as_str().into()));
    Edit { table: task(id), key: "lead", value, under: LEAD, after: &[] }
}

/// The edit that gives a task responsible departments of its own.
pub fn responsible_edit<'a>(id: &'a NodeId, units: Option<&[UnitId]>) -> Edit<'a> {
    let name = |unit: &UnitId| -> Str { unit.as_str().into() };
    let value = units.map(|units| Token::Strs(units.iter().map(name).collect()));
    Edit { table: task(id), key: "responsible", value, under: RESPONSIBLE, after: &[] }
}
