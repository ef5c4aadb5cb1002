//! `units.toml`: the departments in official order.

use super::reader::unknown_table;
use super::{Reader, text, write_field};
use crate::domain::{Unit, UnitGroup, UnitId};
use crate::store::{Problem, Tables, Token};
use std::cell::RefCell;

/// Reads `units.toml`.
pub fn read(tables: &mut Tables) -> (Vec<Unit>, Vec<Problem>) {
    let problems = RefCell::default();
    let mut units = Vec::new();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        match &*table.name {
            "" => {}
            "unit" => {
                let name = reader.required("name");
                let unit = Unit {
                    id: UnitId::new(name.clone().unwrap_or_default()),
                    full: reader.str("full").or_else(|| name.clone()).unwrap_or_default(),
                    aliases: reader.strs("aliases").unwrap_or_default(),
                    group: reader
                        .word("group", "party government mass vertical other", UnitGroup::parse)
                        .unwrap_or(UnitGroup::Other),
                    from: reader.date("from"),
                    to: reader.date("to"),
                    successor: reader.str("successor").map(UnitId::new),
                };
                if name.is_some() {
                    units.push(unit);
                }
            }
            _ => {
                unknown_table(source, table, &problems);
                continue;
            }
        }
        reader.finish();
    }
    (units, problems.into_inner())
}

/// Writes a new `units.toml`.
pub fn write(units: &[Unit]) -> String {
    let mut out = String::from(
        "# 成员单位，按机构序。name 是简称，也是各文件里用的名字。\n\
         # group：party 党委 | government 政府 | mass 群团 | vertical 垂直管理 | other 其他\n",
    );
    for unit in units {
        out.push_str("\n[[unit]]\n");
        out.push_str(&format!("name = {}\n", Token::Str(unit.id.as_str().into()).to_toml()));
        write_field(&mut out, "# 全称", &[("full", text(unit.full.clone()))]);
        write_field(&mut out, "# 别称", &[("aliases", Some(Token::Strs(unit.aliases.clone())))]);
        write_field(&mut out, "# 类别", &[("group", text(unit.group.token()))]);
        write_field(&mut out, "# 何时加入", &[("from", unit.from.map(Token::Date))]);
        write_field(&mut out, "# 何时退出", &[("to", unit.to.map(Token::Date))]);
        let successor = unit.successor.as_ref().map(|unit| Token::Str(unit.as_str().into()));
        write_field(&mut out, "# 由谁承接", &[("successor", successor)]);
    }
    out
}
