//! `matrix.toml`: the division-of-labour table, one line for every department in every row.

use super::reader::unknown_table;
use super::{Reader, text, write_field};
use crate::domain::{Matrix, NodeId, Role, Row, UnitId};
use crate::store::doc::quote;
use crate::store::{Edit, Problem, TableName, Tables, Token};
use std::cell::RefCell;

const LEAD: &str = "# 牵头单位（首位）";
const ROLES: &str = "# 各单位：空着不参加；responsible n 责任单位、排第 n；lead n 并列牵头、排第 n";

/// Reads `matrix.toml`.
pub fn read(tables: &mut Tables) -> (Matrix, Vec<Problem>) {
    let problems = RefCell::default();
    let mut matrix = Matrix::default();
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
        let mut row = Row {
            id: NodeId::new(reader.own(&table.name)),
            category: reader.str("category").unwrap_or_default(),
            content: reader.str("content").unwrap_or_default(),
            lead: reader.str("lead").filter(|lead| !lead.is_empty()).map(UnitId::new),
            roles: Vec::new(),
        };
        for field in reader.rest() {
            match field.value.as_str().map(|text| parse_role(text)) {
                Some(Some(None)) => {}
                Some(Some(Some(role))) => row.roles.push((UnitId::new(reader.own(&field.key)), role)),
                Some(None) | None => reader.bad(field, "\"\" \"responsible n\" \"lead n\""),
            }
        }
        matrix.rows.push(row);
    }
    (matrix, problems.into_inner())
}

/// Reads the words of a cell; the outer `None` says that they are not understood.
pub(crate) fn parse_role(text: &str) -> Option<Option<Role>> {
    let mut words = text.split_whitespace();
    let Some(word) = words.next() else { return Some(None) };
    let order = match words.next() {
        None => 1,
        Some(number) => number.parse().ok().filter(|number| *number > 0)?,
    };
    let role = match word {
        "responsible" | "责任" => Role::Responsible(order),
        "lead" | "牵头" => Role::JointLead(order.max(2)),
        _ => return None,
    };
    words.next().is_none().then_some(Some(role))
}

fn role_token(role: Option<Role>) -> Token {
    Token::Str(match role {
        None => "".into(),
        Some(Role::Responsible(order)) => format!("responsible {order}").into(),
        Some(Role::JointLead(order)) => format!("lead {order}").into(),
    })
}

/// Writes a new `matrix.toml`; every department of the register gets its line in every row.
pub fn write(matrix: &Matrix, register: &[UnitId]) -> String {
    let mut out = String::from("# 工作分工表：一行任务一张表，每个单位一行，行间空一行，多人同时改也不打架。\n");
    for row in &matrix.rows {
        out.push_str(&format!("\n[{}]\n", quote(row.id.as_str())));
        write_field(&mut out, "# 类别", &[("category", text(row.category.clone()))]);
        write_field(&mut out, "# 工作内容", &[("content", text(row.content.clone()))]);
        let lead = row.lead.as_ref().map(|lead| Token::Str(lead.as_str().into()));
        write_field(&mut out, LEAD, &[("lead", lead)]);
        out.push_str(&format!("\n{ROLES}\n"));
        let strangers = row.roles.iter().map(|(unit, _)| unit).filter(|unit| !register.contains(unit));
        for unit in register.iter().chain(strangers) {
            let name = super::super::splice::key_text(unit.as_str());
            out.push_str(&format!("\n{name} = {}\n", role_token(row.role(unit)).to_toml()));
        }
    }
    out
}

/// The edit that sets a row's first lead.
pub fn lead_edit<'a>(row: &'a NodeId, lead: Option<&UnitId>) -> Edit<'a> {
    let value = lead.map(|lead| Token::Str(lead.as_str().into()));
    Edit { table: TableName::Named(row.as_str()), key: "lead", value, under: LEAD, after: &[] }
}

/// The edit that sets what a department does in a row; its line stays when it does nothing.
pub fn role_edit<'a>(row: &'a NodeId, unit: &'a UnitId, role: Option<Role>) -> Edit<'a> {
    let value = Some(role_token(role));
    Edit { table: TableName::Named(row.as_str()), key: unit.as_str(), value, under: ROLES, after: &[] }
}
