//! `plan.toml`: what the document says of itself.

use super::reader::unknown_table;
use super::{Reader, text, write_field};
use crate::domain::{Info, Parent, Phase};
use crate::store::{Problem, Tables, Token};
use std::cell::RefCell;

/// Reads `plan.toml`.
pub fn read(tables: &mut Tables) -> (Info, Vec<Problem>) {
    let problems = RefCell::default();
    let mut info = Info { warning_days: 3, ..Info::default() };
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        let year = |key| reader.int(key).and_then(|year| i32::try_from(year).ok());
        match &*table.name {
            "" => {
                info.title = reader.required("title").unwrap_or_default();
                info.issuer = reader.str("issuer").unwrap_or_default();
                info.number = reader.str("number").filter(|number| !number.is_empty());
                info.adopted = reader.str("adopted").filter(|adopted| !adopted.is_empty());
                info.issued = reader.date("issued");
                info.period = year("first_year").zip(year("last_year"));
                info.office = reader.str("office").filter(|office| !office.is_empty());
                let days = reader.int("warning_days").and_then(|days| u32::try_from(days).ok());
                info.warning_days = days.unwrap_or(info.warning_days).min(366);
            }
            "phase" => {
                let name = reader.required("name").unwrap_or_default();
                if let Some((from, to)) = year("from").zip(year("to")) {
                    info.phases.push(Phase { name, from, to });
                }
            }
            "implements" => {
                let title = reader.required("title").unwrap_or_default();
                info.implements.push(Parent { title, number: reader.str("number").unwrap_or_default() });
            }
            _ => {
                unknown_table(source, table, &problems);
                continue;
            }
        }
        reader.finish();
    }
    (info, problems.into_inner())
}

/// Writes a new `plan.toml`.
pub fn write(info: &Info) -> String {
    let mut out = String::from("# 规划的身份：一行一项，上面的注释说明它是什么。\n");
    write_field(&mut out, "# 标题", &[("title", text(info.title.clone()))]);
    write_field(&mut out, "# 发文机关", &[("issuer", text(info.issuer.clone()))]);
    write_field(&mut out, "# 发文字号：原文没有就空着，不猜", &[("number", info.number.clone().map(Token::Str))]);
    write_field(&mut out, "# 审议通过", &[("adopted", info.adopted.clone().map(Token::Str))]);
    write_field(&mut out, "# 成文日期", &[("issued", info.issued.map(Token::Date))]);
    let year = |year: Option<i32>| year.map(|year| Token::Int(year.into()));
    write_field(&mut out, "# 规划期第一年", &[("first_year", year(info.period.map(|period| period.0)))]);
    write_field(&mut out, "# 规划期最后一年", &[("last_year", year(info.period.map(|period| period.1)))]);
    write_field(&mut out, "# 联席会议办公室所在单位", &[("office", info.office.clone().map(Token::Str))]);
    let days = Some(Token::Int(info.warning_days.into()));
    write_field(&mut out, "# 到期前几个工作日亮黄灯", &[("warning_days", days)]);
    for phase in &info.phases {
        out.push_str(&format!("\n# 阶段\n[[phase]]\nname = {}\n", Token::Str(phase.name.clone()).to_toml()));
        out.push_str(&format!("from = {}\nto = {}\n", phase.from, phase.to));
    }
    for parent in &info.implements {
        out.push_str(&format!(
            "\n# 上位规划\n[[implements]]\ntitle = {}\n",
            Token::Str(parent.title.clone()).to_toml()
        ));
        out.push_str(&format!("number = {}\n", Token::Str(parent.number.clone()).to_toml()));
    }
    out
}
