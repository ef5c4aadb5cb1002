//! Who is responsible, from the brackets behind a task: （X牵头，Y配合）, （责任单位：…）, （A、B按职责分工负责）.
//!
//! A 、 inside brackets does not split, collective names (各地区, 相关部门) are no departments, and a name that lost the 市 of its
//! neighbour gets it back if the document knows it with one.

use super::register::{is_collective, may_be_unit};

/// What one or several brackets say, names in source order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Attribution {
    pub leads: Vec<String>,
    pub responsible: Vec<String>,
    /// Collective names: no departments, but not to be lost.
    pub collective: Vec<String>,
    /// Deadlines in their words: 6月底完成, 持续推进.
    pub due: Option<String>,
}

impl Attribution {
    fn is_empty(&self) -> bool {
        self.leads.is_empty() && self.responsible.is_empty() && self.collective.is_empty()
    }

    /// Adds what another bracket says; who leads once is not also responsible.
    pub(super) fn add(&mut self, other: Attribution) {
        push_new(&mut self.leads, other.leads);
        push_new(&mut self.responsible, other.responsible);
        push_new(&mut self.collective, other.collective);
        self.due = self.due.take().or(other.due);
        let leads = &self.leads;
        self.responsible.retain(|name| !leads.contains(name));
    }
}

/// More names than any duty has holders.
const NAMES: usize = 200;

fn push_new(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if names.len() < NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Lead,
    Responsible,
}

/// Reads a bracket's inside; `None` where it attributes nothing.
pub(super) fn read(inside: &str) -> Option<Attribution> {
    let mut found = Attribution::default();
    if inside.contains(['：', ':']) {
        labelled(inside, &mut found)
    } else {
        told(inside, &mut found)
    }
    (!found.is_empty()).then_some(found)
}

/// The names of a table cell.
pub(super) fn cell(text: &str) -> Attribution {
    let mut found = Attribution::default();
    take_names(text.trim_end_matches('。'), Part::Responsible, &mut found);
    found
}

/// （牵头单位：A、B；责任单位：C）
fn labelled(inside: &str, found: &mut Attribution) {
    let mut part = None;
    for clause in split_outside(inside, &['；', ';', '，', ',', '。']) {
        let Some((label, names)) = clause.split_once(['：', ':']) else {
            match part {
                Some(part) if (may_be_unit(clause) || is_collective(clause)) && !is_deadline(clause) => {
                    take_names(clause, part, found)
                }
                _ => note_due(clause, found),
            }
            continue;
        };
        let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
        part = label_part(&label);
        match part {
            Some(part) => take_names(names, part, found),
            None if label.contains("时限") || label.contains("时间") => note_due(names, found),
            None => {}
        }
    }
}

fn label_part(label: &str) -> Option<Part> {
    if label.chars().count() > 12 {
        return None;
    }
    if label.contains("牵头") || label.contains("主办") {
        return Some(Part::Lead);
    }
    let roles = ["责任", "负责", "配合", "参与", "协同", "协办", "指导", "落实", "实施", "完成"];
    let holders = ["单位", "部门", "机构", "主体"];
    let is_role = roles.iter().any(|r| label.contains(r)) && holders.iter().any(|h| label.contains(h));
    is_role.then_some(Part::Responsible)
}

/// （A、B牵头，C等相关部门按职责分工负责）
fn told(inside: &str, found: &mut Attribution) {
    let clauses = split_outside(inside, &['，', ',', '；', ';']);
    let mut open: Vec<&str> = Vec::new();
    for clause in clauses {
        let clause = clause.trim().trim_end_matches('。');
        let Some((names, part)) = role(clause) else {
            open.push(clause);
            continue;
        };
        for name in open.drain(..) {
            if is_deadline(name) { note_due(name, found) } else { take_names(name, part, found) }
        }
        take_names(names, part, found);
    }
}

/// Takes the verb off: what somebody does in the clause, and their names.
fn role(clause: &str) -> Option<(&str, Part)> {
    let strip = |text: &'_ str, words: &[&str]| -> Option<usize> {
        words.iter().find_map(|word| text.strip_suffix(word).map(str::len))
    };
    if let Some(len) = strip(clause, &["共同牵头负责", "牵头负责", "共同牵头", "牵头组织实施", "牵头落实", "牵头"])
    {
        return Some((&clause[..len], Part::Lead));
    }
    let ends = [
        "组织实施",
        "配合负责",
        "配合落实",
        "负责落实",
        "配合实施",
        "配合",
        "负责",
        "参与",
        "参加",
        "落实",
        "协同",
        "协助",
        "实施",
    ];
    let len = strip(clause, &ends)?;
    let names = &clause[..len];
    let how = [
        "按照职责分工",
        "按职责分工",
        "按照各自职责",
        "按各自职责",
        "按职责",
        "根据职责分工",
        "分别",
        "共同",
        "具体",
        "分工",
    ];
    let len = strip(names, &how).unwrap_or(names.len());
    Some((names[..len].trim_end_matches('等'), Part::Responsible))
}

fn is_deadline(text: &str) -> bool {
    let ends = ["完成", "推进", "优化", "实施", "见效", "到位"];
    let times = ["持续", "长期", "每年", "年底", "月底", "月", "年", "进度"];
    ends.iter().any(|end| text.ends_with(end)) && times.iter().any(|time| text.contains(time))
        || text.contains("阶段性成效")
}

fn note_due(text: &str, found: &mut Attribution) {
    let text = text.trim();
    if found.due.is_none() && !text.is_empty() && (is_deadline(text) || text.contains(['年', '月'])) {
        found.due = Some(text.to_string());
    }
}

fn take_names(text: &str, part: Part, found: &mut Attribution) {
    for name in split_names(text) {
        // 市科协（牵头）、市教育局
        let leads = ["（牵头）", "(牵头)"].iter().find_map(|mark| name.strip_suffix(mark));
        if let Some(lead) = leads.filter(|lead| may_be_unit(lead)) {
            push_new(&mut found.leads, vec![lead.to_string()]);
        } else if is_collective(&name) {
            push_new(&mut found.collective, vec![name]);
        } else if may_be_unit(&name) {
            let list = match part {
                Part::Lead => &mut found.leads,
                Part::Responsible => &mut found.responsible,
            };
            push_new(list, vec![name]);
        }
    }
}

/// Splits a list of names at 、 outside brackets, at 等 and 及 before a collective, and at 和 between two whole names.
pub(super) fn split_names(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut names = Vec::new();
    for part in split_outside(&text, &['、', '，', ',', '；', ';', '/']) {
        split_name(part.trim_end_matches('。'), &mut names);
    }
    names
}

fn split_name(name: &str, names: &mut Vec<String>) {
    // What is longer is no name, and not worth splitting.
    if name.len() > 600 {
        return;
    }
    for (at, word) in name.match_indices(['等', '及', '和', '与']) {
        let (left, right) = (&name[..at], name[at + word.len()..].trim_start_matches(['以', '各'].as_slice()));
        let rest = &name[at + word.len()..];
        let left = left.trim_end_matches('以');
        let ends_unit =
            ["局", "委", "办", "厅", "部", "会", "院", "署", "行", "社", "协", "联", "海关", "中心", "公司", "支队"]
                .iter()
                .any(|end| left.ends_with(end));
        let splits = match word {
            "等" => is_collective(rest) || matches!(rest, "" | "部门" | "单位" | "相关" | "有关"),
            "及" => is_collective(rest) || (ends_unit && may_be_unit(right)),
            _ => {
                (ends_unit && (is_collective(rest) || same_level(left, rest)))
                    || (is_collective(left) && is_collective(rest))
            }
        };
        if splits {
            split_name(left, names);
            if !matches!(rest, "部门" | "单位") {
                split_name(rest, names);
            }
            return;
        }
    }
    let name = name.trim_end_matches('等');
    if !name.is_empty() {
        names.push(name.to_string());
    }
}

fn same_level(left: &str, right: &str) -> bool {
    let (a, b) = (left.chars().next(), right.chars().next());
    a == b && matches!(a, Some('市' | '省' | '县' | '区' | '州')) && right.chars().count() >= 3
}

/// Splits at any of the separators that stands outside brackets.
pub(super) fn split_outside<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 && separators.contains(&c) => {
                parts.push(&text[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A bracket group: its byte range with the brackets, and its inside.
pub(super) fn brackets(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let (mut found, mut open): (Vec<(std::ops::Range<usize>, &str)>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '【' | '[' => open.push(at),
            ')' | '）' | '】' | ']' => {
                if let Some(from) = open.pop() {
                    let inside = text[from..at].chars().next().map_or(from, |c| from + c.len_utf8());
                    // An outer bracket replaces the ones inside it.
                    while found.last().is_some_and(|(range, _)| range.start > from) {
                        found.pop();
                    }
                    found.push((from..at + c.len_utf8(), &text[inside..at]));
                }
            }
            // An unclosed bracket ends with its sentence, so that it cannot swallow the document.
            '。' => open.clear(),
            _ => {}
        }
    }
    found
}

/// 责任单位：市科协、市教育局 as a line or sentence of its own.
pub(super) fn of_line(text: &str) -> Option<Attribution> {
    let line = text.trim();
    let (label, _) = line.split_once(['：', ':'])?;
    let is_label = label.chars().all(char::is_alphanumeric);
    (line.len() <= 1_200 && is_label && label_part(label.trim()).is_some()).then(|| read(line)).flatten()
}

/// Everything the brackets of a text attribute, first to last.
pub(super) fn of_text(text: &str) -> Option<Attribution> {
    let mut all: Option<Attribution> = None;
    for (_, inside) in brackets(text) {
        if let Some(found) = read(inside) {
            all.get_or_insert_with(Attribution::default).add(found);
        }
    }
    for sentence in text.split('。').skip(1) {
        if let Some(found) = of_line(sentence) {
            all.get_or_insert_with(Attribution::default).add(found);
        }
    }
    all
}

/// The text without the attributions at its end.
pub(super) fn without_trailing(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some((range, inside)) = brackets(rest).pop() {
        let after = rest[range.end..].trim_matches(['。', '，', ',']);
        if !after.is_empty() || read(inside).is_none() {
            break;
        }
        rest = rest[..range.start].trim_end();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(inside: &str) -> (Vec<String>, Vec<String>, Vec<String>) {
        let found = read(inside).unwrap_or_default();
        (found.leads, found.responsible, found.collective)
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn brackets_are_read_by_their_words() {
        type Names = &'static [&'static str];
        let cases: [(&str, Names, Names, Names); 9] = [
            ("省商务厅牵头，合肥海关配合", &["省商务厅"], &["合肥海关"], &[]),
            ("合肥海关负责", &[], &["合肥海关"], &[]),
            ("责任单位：市科协、市教育局，各县（市、区）政府", &[], &["市科协", "市教育局"], &["各县（市、区）政府"]),
            ("牵头单位：市科协；责任单位：市教育局、团市委", &["市科协"], &["市教育局", "团市委"], &[]),
            ("6月底完成，牵头考核单位：市政府办公室、市公安局", &["市政府办公室", "市公安局"], &[], &[]),
            (
                "财政部、民政部等国务院相关部门及各地区按职责分工负责",
                &[],
                &["财政部", "民政部"],
                &["国务院相关部门", "各地区"],
            ),
            ("专班牵头单位牵头，专班成员按职责分工配合", &["专班牵头单位"], &["专班成员"], &[]),
            ("负责部门：发展改革委、粮食和储备局，适用范围：浙江自贸试验区", &[], &["发展改革委", "粮食和储备局"], &[]),
            ("含电子社保卡", &[], &[], &[]),
        ];
        for (inside, leads, responsible, collective) in cases {
            assert_eq!(said(inside), (names(leads), names(responsible), names(collective)), "{inside}");
        }
        assert_eq!(read("6月底完成，牵头单位：市公安局").unwrap().due.as_deref(), Some("6月底完成"));
    }

    #[test]
    fn a_trailing_attribution_is_no_part_of_the_text() {
        assert_eq!(without_trailing("接入平台（APP）（5月底完成，牵头单位：市审批服务局）"), "接入平台（APP）");
    }
}
