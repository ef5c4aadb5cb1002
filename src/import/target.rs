//! Quantified targets: figures that a plan sets itself.
//!
//! A figure is one only with words that make it so: a comparison (超过, 以上, 不少于, 达到), a deadline with something built or
//! trained, or 每年. Counts of projects, names with figures in them and results of years before the plan are none.

use super::front::{fold, year_at};
use super::{Page, attribution};
use crate::domain::{Baseline, Comparison, NodeKind, Target, TargetId, fold_width};
use std::collections::BTreeMap;

/// Words for a soft target.
const SOFT: [&str; 6] = ["争取", "力争", "探索", "逐步", "努力", "尝试"];
/// Units that things are counted in.
const UNITS: [&str; 33] = [
    "个百分点",
    "个工作日",
    "亿元",
    "万元",
    "万人次",
    "万人",
    "万名",
    "万户",
    "人次",
    "平方米",
    "公里",
    "小时",
    "%",
    "个",
    "家",
    "项",
    "名",
    "人",
    "场",
    "次",
    "座",
    "所",
    "户",
    "处",
    "种",
    "门",
    "套",
    "支",
    "条",
    "篇",
    "期",
    "批",
    "倍",
];
/// Verbs of something that will be there.
const DOING: [&str; 26] = [
    "建成", "建设", "建立", "打造", "培育", "培养", "培训", "创建", "新增", "新建", "认定", "举办", "开展", "组织",
    "完成", "实现", "形成", "引进", "组建", "制定", "发布", "评选", "推出", "改造", "发展", "扶持",
];

/// More targets than any plan sets.
const TARGETS: usize = 500;
/// The longest sentence that is looked at, in bytes; nobody sets a target in a longer one.
const SENTENCE: usize = 6_000;

/// A figure in a sentence.
struct Figure {
    value: f64,
    unit: &'static str,
    /// Characters of the digits and of the unit.
    from: usize,
    to: usize,
}

struct Found {
    order: u8,
    target: Target,
}

/// Reads the targets of the text; the ones in headings' own paragraphs first, then dated ones, then yearly ones.
pub(super) fn targets(page: &Page, period: Option<(i32, i32)>, title_year: Option<i32>) -> Vec<Target> {
    let mut found: Vec<Found> = Vec::new();
    // Under 目标 whatever is counted is a target.
    let mut in_goals = false;
    for (at, node) in page.nodes.iter().enumerate() {
        if matches!(node.kind, NodeKind::Chapter | NodeKind::Heading) {
            in_goals = node.title.contains("目标");
        }
        let counts = matches!(
            node.kind,
            NodeKind::Paragraph | NodeKind::Task | NodeKind::Measure | NodeKind::Principle | NodeKind::Heading
        );
        if !counts || node.id.as_str().starts_with("0.") {
            continue;
        }
        let place = if node.kind == NodeKind::Paragraph { node.id.parent() } else { Some(node.id.clone()) };
        let Some(place) = place else {
            continue;
        };
        let scraped: Vec<char> = node.text.chars().collect();
        let body = page.read[at].strip_prefix(node.number.as_str()).unwrap_or(&page.read[at]);
        for sentence in sentences(body) {
            in_sentence(sentence, in_goals, period, title_year, &mut |mut target, yearly| {
                target.node = place.clone();
                target.wording = as_scraped(&target.wording, &scraped).into();
                let order = if node.kind == NodeKind::Paragraph { 0 } else { 1 + u8::from(yearly) };
                found.push(Found { order, target });
            });
        }
    }
    found.sort_by_key(|found| found.order);
    let mut targets: Vec<Target> = found.into_iter().map(|found| found.target).collect();
    targets.truncate(TARGETS);
    for (at, target) in targets.iter_mut().enumerate() {
        target.id = TargetId::new(format!("T{}", at + 1));
        target.baseline = baseline(page, target, period);
    }
    targets
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let sentences = text.split(['。', '；', ';', '！']).map(str::trim);
    sentences.filter(|sentence| !sentence.is_empty() && sentence.len() <= SENTENCE)
}

/// The words of the document, where the reading added some: the same letters as they stand in the source.
fn as_scraped(wording: &str, scraped: &[char]) -> String {
    let source: String = scraped.iter().collect();
    if source.contains(wording) {
        return wording.to_string();
    }
    // Leave out what the reading put before the first and between clauses, keep what stands there.
    let mut best = wording;
    while let Some((at, _)) = best.char_indices().nth(1) {
        best = &best[at..];
        if source.contains(best) && best.chars().count() >= 4 {
            return best.to_string();
        }
    }
    wording.to_string()
}

fn in_sentence(
    sentence: &str,
    in_goals: bool,
    period: Option<(i32, i32)>,
    title_year: Option<i32>,
    found: &mut dyn FnMut(Target, bool),
) {
    let chars: Vec<char> = sentence.chars().map(fold_width).collect();
    let mut clause_from = 0;
    let mut at = 0;
    let mut last_unit_named = false;
    while at < chars.len() {
        if matches!(chars[at], ',' | ':') {
            clause_from = at + 1;
        }
        let Some(figure) = figure(&chars, at) else {
            at += 1;
            continue;
        };
        at = figure.to;
        let due = due_year(&chars[..figure.from]);
        let clause: String = chars[clause_from..figure.from].iter().collect();
        let tail: String = chars[figure.to..].iter().take(4).collect();
        let before: String = chars[..figure.from].iter().collect();
        // A figure of a year before the plan is a result.
        let year = (0..figure.from).rev().find_map(|at| year_at(&chars, at));
        if year.zip(period).is_some_and(|(year, (first, _))| year < first) {
            continue;
        }
        let yearly = clause.contains("每年") || clause.contains("每学年");
        let comparison = comparison(&clause, &tail);
        let doing = DOING.iter().any(|verb| clause.contains(verb));
        let adds = clause.contains("新增") || clause.contains("新建");
        let dated = (in_goals || adds || due.is_some()) && doing && !clause.ends_with(['的', '等', '大', '约']);
        // 5个百亿产值产业: a figure that belongs to a name.
        let is_name = tail.starts_with(['百', '千', '万', '亿', '大']) || last_unit_named && comparison.is_none();
        if is_name || (comparison.is_none() && !dated && !(yearly && doing)) || names_time(&clause, figure.unit) {
            last_unit_named = is_name;
            continue;
        }
        let end = figure.to + after_len(&tail);
        let after: String = chars[figure.to..].iter().take_while(|c| !matches!(c, ',' | '(' | ')')).collect();
        let soft = SOFT.iter().any(|word| before.contains(word));
        let wording_end = if comparison.is_some() && figure.unit == "%" || !after_len_is_noun(&after) {
            end
        } else {
            figure.to + after.chars().count()
        };
        let wording_from = wording_start(&chars, clause_from);
        let wording: String = sentence.chars().skip(wording_from).take(wording_end - wording_from).collect();
        let name = name(&clause, &after, figure.unit);
        if name.is_empty() || name == "分别" {
            continue;
        }
        let Some(year) = due.or(period.map(|(_, last)| last)).or(title_year) else {
            continue;
        };
        let target = Target {
            id: TargetId::new("T"),
            node: crate::domain::NodeId::new(""),
            name: name.into(),
            comparison: comparison.unwrap_or(Comparison::Exactly),
            value: figure.value,
            unit: figure.unit.into(),
            soft,
            yearly,
            due: if yearly { period.map_or(year, |(_, last)| last) } else { year },
            baseline: None,
            wording: wording.trim().into(),
            actuals: BTreeMap::new(),
        };
        let (target, several) = respectively(&chars, &figure, target);
        at = several.last().map_or(at, |(_, to)| *to);
        found(target, yearly);
        several.into_iter().for_each(|(target, _)| found(target, yearly));
    }
}

/// 甲、乙和丙分别占比达30%、20%和10%: the first target under its own name, and the others with where each figure ends.
fn respectively(chars: &[char], first: &Figure, target: Target) -> (Target, Vec<(Target, usize)>) {
    let whole = target.name.clone();
    let Some((subjects, measure)) = whole.split_once("分别") else {
        return (target, Vec::new());
    };
    let subjects: Vec<&str> = subjects.split(['、', '和', '及']).filter(|subject| !subject.is_empty()).collect();
    let mut figures = Vec::new();
    let mut at = first.to;
    while matches!(chars.get(at), Some('、' | '和' | '及')) {
        let Some(next) = figure(chars, at + 1) else {
            break;
        };
        at = next.to;
        figures.push(next);
    }
    if figures.len() + 1 != subjects.len() {
        return (target, Vec::new());
    }
    let named = |subject: &str| format!("{subject}{measure}").into();
    let more = figures.into_iter().zip(&subjects[1..]).map(|(figure, subject)| {
        let more = Target { name: named(subject), value: figure.value, unit: figure.unit.into(), ..target.clone() };
        (more, figure.to)
    });
    let more = more.collect();
    (Target { name: named(subjects[0]), ..target }, more)
}

/// The clause with the figure, and the clause before it where that is only a date: 2025年,争取建成….
fn wording_start(chars: &[char], clause_from: usize) -> usize {
    if clause_from < 2 {
        return 0;
    }
    let before = chars[..clause_from - 1].iter().rposition(|c| matches!(c, ',' | ':')).map_or(0, |at| at + 1);
    let date: String = chars[before..clause_from - 1].iter().collect();
    let date = date.trim();
    let is_date = date.chars().count() <= 10 && date.contains('年') && date.ends_with(['年', '底', '末', '前']);
    let spaces = chars[clause_from..].iter().take_while(|c| c.is_whitespace()).count();
    if is_date { before } else { clause_from + spaces }
}

/// Something counted follows the figure: 200名科技辅导员.
fn after_len_is_noun(after: &str) -> bool {
    let count = after.chars().count();
    (2..=16).contains(&count) && !after.contains(['、', '和']) && !after.starts_with("以")
}

fn after_len(tail: &str) -> usize {
    ["以上", "以内", "以下", "左右"].iter().find(|word| tail.starts_with(*word)).map_or(0, |word| word.chars().count())
}

/// 48小时内放行: a length of time that nothing is brought down to.
fn names_time(clause: &str, unit: &str) -> bool {
    matches!(unit, "小时" | "个工作日")
        && !["压缩", "压减", "减至", "缩短", "降至"].iter().any(|word| clause.contains(word))
}

fn comparison(clause: &str, tail: &str) -> Option<Comparison> {
    let clause = clause.trim_end();
    let ends = |words: &[&str]| words.iter().any(|word| clause.ends_with(word));
    if ends(&["不低于", "不少于", "至少", "不小于", "不低于全市", "达到或超过"]) {
        Some(Comparison::AtLeast)
    } else if ends(&["不超过", "不高于", "不多于", "控制在", "压缩至", "压减至", "减至", "缩短至", "降至", "降到"])
    {
        Some(if tail.starts_with("以上") { Comparison::AtLeast } else { Comparison::AtMost })
    } else if ends(&["超过", "突破", "高于", "大于"]) {
        Some(Comparison::MoreThan)
    } else if ends(&["低于", "少于", "小于"]) {
        Some(Comparison::LessThan)
    } else if tail.starts_with("以上") {
        Some(Comparison::AtLeast)
    } else if tail.starts_with("以内") || tail.starts_with("以下") {
        Some(Comparison::AtMost)
    } else if ends(&[
        "达到",
        "达",
        "提高到",
        "提升到",
        "提高至",
        "提升至",
        "增加到",
        "增长到",
        "增至",
        "扩大到",
        "扩大至",
    ]) {
        Some(Comparison::AtLeast)
    } else {
        None
    }
}

/// Digits with a unit that begin at a character, not inside a longer number or a name.
fn figure(chars: &[char], at: usize) -> Option<Figure> {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let inside =
        at > 0 && (chars[at - 1].is_ascii_alphanumeric() || matches!(chars[at - 1], '.' | '-' | '—' | '〔' | '第'));
    if !digit(at) || inside {
        return None;
    }
    let mut to = at;
    while digit(to) || (chars.get(to) == Some(&'.') && digit(to + 1)) {
        to += 1;
    }
    let digits: String = chars[at..to].iter().collect();
    let value: f64 = digits.parse().ok()?;
    let rest: String = chars[to..].iter().take(4).collect();
    let unit = UNITS.iter().find(|unit| rest.starts_with(*unit))?;
    Some(Figure { value, unit, from: at, to: to + unit.chars().count() })
}

/// The year a sentence is due in: 到2025年, 2025年底前; a sentence that begins with a year is due in it.
fn due_year(chars: &[char]) -> Option<i32> {
    let mut years = (0..chars.len()).filter_map(|at| {
        let year = year_at(chars, at)?;
        let after: String = chars[at + 4..].iter().take(5).collect();
        let led = at > 0 && matches!(chars[at - 1], '到' | '至');
        let leads = at == 0 && after.starts_with("年,");
        let ends = ["年底", "年末"].iter().any(|word| after.starts_with(word)) || after.contains("底前");
        (after.starts_with('年') && (led || leads || ends)).then_some(year)
    });
    years.next_back()
}

/// What is measured: the clause before the comparison without date, hedges and place, or the thing counted behind the figure.
fn name(clause: &str, after: &str, unit: &str) -> String {
    let mut name = clause.trim();
    let drop = [
        "不低于",
        "不少于",
        "不超过",
        "不高于",
        "控制在",
        "超过",
        "突破",
        "达到",
        "提高到",
        "提升到",
        "提高至",
        "提升至",
        "高于",
        "低于",
        "压缩至",
        "压减至",
        "缩短至",
        "减至",
        "扩大至",
        "至少",
        "达",
        "增至",
        "增加到",
        "力争",
        "争取",
    ];
    while let Some(rest) = drop.iter().find_map(|word| name.strip_suffix(word)) {
        name = rest.trim();
    }
    if let Some((date, rest)) = name.split_once('年')
        && date.trim_start_matches(['到', '至']).chars().all(|c| c.is_ascii_digit())
    {
        name = rest.trim_start_matches(['底', '末', '前']);
    }
    loop {
        let begins = SOFT.iter().chain(&["推动", "培训出", "其中", "将"]).find_map(|word| name.strip_prefix(*word));
        let rest = begins.or_else(|| {
            let counted = unit != "%";
            let built = ["建成", "建设", "建立", "打造", "创建", "新建"];
            built.iter().filter(|_| counted).find_map(|word| name.strip_prefix(*word).filter(|rest| !rest.is_empty()))
        });
        match rest {
            Some(rest) => name = rest,
            None => break,
        }
    }
    name = name.trim_start_matches(['—', '-', '·', '•', ' ']);
    name = name.strip_prefix("每年").unwrap_or(name);
    for place in ["全市", "我市", "全省", "我省"] {
        name = name.strip_prefix(place).unwrap_or(name);
    }
    if let Some((place, rest)) = name.split_once('市')
        && (2..=3).contains(&place.chars().count())
        && rest.chars().count() >= 4
    {
        name = rest;
    }
    let noun: String = after.chars().take_while(|c| c.is_alphanumeric()).collect();
    let noun = noun.trim_start_matches("以上").trim_start_matches("以内");
    let verb_only = DOING.contains(&name) || name.is_empty();
    let found =
        if verb_only || (after_len_is_noun(after) && unit != "%") { format!("{name}{noun}") } else { name.to_string() };
    attribution::without_trailing(&found).to_string()
}

/// 2020年,我市比例达到9.8%: the place's own figure of a year before the plan, in a sentence that measures the same thing.
fn baseline(page: &Page, target: &Target, period: Option<(i32, i32)>) -> Option<Baseline> {
    let (first, _) = period?;
    if target.unit.as_str() != "%" {
        return None;
    }
    let measure: Vec<char> = fold(&target.name).chars().collect();
    let key: String = measure[measure.len().saturating_sub(2)..].iter().collect();
    let texts = page.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Paragraph);
    texts.flat_map(|(at, _)| sentences(&page.read[at])).find_map(|sentence| {
        let chars: Vec<char> = sentence.chars().map(fold_width).collect();
        let year = (0..chars.len()).find_map(|at| year_at(&chars, at)).filter(|year| *year < first)?;
        (0..chars.len()).find_map(|at| {
            let figure = figure(&chars, at).filter(|figure| figure.unit == "%")?;
            let before: String = chars[..figure.from].iter().collect();
            let reached = before.ends_with("达到") || before.ends_with('达') || before.ends_with('为');
            let other = ["全国", "全省", "目标", "“"].iter().any(|word| before.contains(word));
            (reached && !other && before.contains(&key)).then_some(Baseline { value: figure.value, year })
        })
    })
}

/// The one year a title names: 2022年数字政府建设考评办法.
pub(super) fn title_year(title: &str) -> Option<i32> {
    let chars: Vec<char> = title.chars().collect();
    (0..chars.len()).find_map(|at| year_at(&chars, at).filter(|_| chars.get(at + 4) == Some(&'年')))
}
