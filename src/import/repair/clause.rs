//! Stops lost between two clauses, in lists and behind an item's title.
//!
//! Only for documents that are damaged beyond doubt: these rules weigh likelihood. A boundary needs a word that clauses end with
//! before it, a verb that clauses begin with behind it, and enough text on both sides to be clauses.

use super::{Piece, RepairRule};
use crate::domain::{Certainty, NodeKind};
use crate::import::outline::Draft;
use std::collections::{HashMap, HashSet};

/// Verbs and subjects that clauses of official papers begin with.
const BEGINS: [&str; 57] = [
    "推动",
    "推进",
    "推行",
    "加强",
    "加大",
    "加快",
    "增加",
    "增强",
    "建立",
    "健全",
    "完善",
    "优化",
    "提升",
    "提高",
    "打造",
    "引导",
    "鼓励",
    "支持",
    "发挥",
    "积极",
    "重点",
    "定期",
    "纳入",
    "开展",
    "培育",
    "培养",
    "扩大",
    "促进",
    "强化",
    "构建",
    "营造",
    "利用",
    "充分",
    "切实",
    "大力",
    "深入",
    "探索",
    "统筹",
    "将应",
    "将科",
    "共筑",
    "县级以上",
    "各级",
    "组织",
    "深化",
    "落实",
    "拓展",
    "集聚",
    "依托",
    "围绕",
    "壮大",
    "发放",
    "创新",
    "成立",
    "反映",
    "争取",
    "突出",
];

/// Nouns that clauses of official papers end with.
const ENDS: [&str; 58] = [
    "队伍", "制度", "作用", "基地", "力度", "机制", "体系", "能力", "水平", "工作", "活动", "行动", "内容", "交流",
    "意识", "素养", "资料", "质量", "效能", "效益", "功能", "系统", "平台", "模式", "方式", "渠道", "格局", "氛围",
    "环境", "机会", "应用", "标杆", "升级", "措施", "建设", "传播", "播量", "栏目", "改革", "发展", "素质", "资源",
    "服务", "标准", "责任", "条件", "问题", "需求", "要求", "精神", "特色", "指数", "优势", "科普", "教育", "融合",
    "合作", "成果",
];

/// After a verb these make a compound noun: 能力提升工程, 机制建设.
const COMPOUNDS: [&str; 22] = [
    "工程", "行动", "计划", "工作", "机制", "项目", "经验", "教育", "方案", "活动", "平台", "体系", "班", "会", "小组",
    "的", "和", "与", "及", "、", "等", "相",
];

/// 通过…形式, 围绕…问题, 利用…资源: how something is done, with the verb still to come.
fn is_means(clause: &str, before: &str) -> bool {
    let pairs = [
        ("通过", ["形式", "方式", "渠道", "平台"]),
        ("采取", ["形式", "方式", "措施", "模式"]),
        ("以", ["形式", "方式", "模式", "渠道"]),
        ("围绕", ["问题", "主题", "需求", "重点"]),
        ("利用", ["资源", "平台", "渠道", "政策"]),
        ("依托", ["资源", "平台", "基地", "优势"]),
        ("按照", ["要求", "标准", "分工", "原则"]),
    ];
    pairs.iter().any(|(lead, ends)| clause.contains(lead) && ends.contains(&before))
}

/// What the document itself shows of its language.
pub(super) struct Language {
    /// Pairs of characters before a stop and behind one.
    ends: HashMap<[char; 2], u32>,
    begins: HashMap<[char; 2], u32>,
    /// Pairs anywhere.
    pairs: HashMap<[char; 2], u32>,
    /// Pairs that stand inside clauses across a place, with their neighbours: what is written together elsewhere.
    joined: HashMap<[char; 4], u32>,
    /// Whole members of lists.
    members: HashSet<Vec<char>>,
    /// Items open with a short sentence that is their title.
    titled: bool,
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | ',' | '。' | '；' | ';' | '！' | '：' | ':')
}

fn is_list_edge(c: char) -> bool {
    is_stop(c) || matches!(c, '、' | '/' | '“' | '”' | '(' | ')' | '（' | '）' | '《' | '》') || c.is_whitespace()
}

/// The longest sentence that is a title and no more, in characters.
const TITLE: usize = 32;

/// Whether items open with titles: three in four begin with a short sentence.
fn titled(texts: &[Vec<char>], drafts: &[Draft]) -> bool {
    let items = texts.iter().zip(drafts).filter(|(_, draft)| draft.kind.depth() == Some(2));
    let opens = items.filter_map(|(text, _)| text.iter().position(|c| *c == '。'));
    let (short, all) = opens.fold((0, 0), |(short, all), len| (short + usize::from(len <= TITLE), all + 1));
    all >= 4 && short * 4 >= all * 3
}

impl Language {
    pub(super) fn learn(texts: &[Vec<char>], drafts: &[Draft]) -> Self {
        let mut language = Language {
            ends: HashMap::new(),
            begins: HashMap::new(),
            joined: HashMap::new(),
            pairs: HashMap::new(),
            members: HashSet::new(),
            titled: titled(texts, drafts),
        };
        for (text, draft) in texts.iter().zip(drafts) {
            if draft.kind == NodeKind::Cell {
                continue;
            }
            for (at, c) in text.iter().enumerate() {
                if is_stop(*c) && at >= 2 {
                    *language.ends.entry([text[at - 2], text[at - 1]]).or_default() += 1;
                }
                if is_stop(*c) && at + 2 < text.len() {
                    *language.begins.entry([text[at + 1], text[at + 2]]).or_default() += 1;
                }
            }
            for two in text.windows(2) {
                *language.pairs.entry([two[0], two[1]]).or_default() += 1;
            }
            for four in text.windows(4) {
                *language.joined.entry([four[0], four[1], four[2], four[3]]).or_default() += 1;
            }
            // What stands between two 、, or between a 、 and 和, 等 or a stop, is a whole member.
            for (at, _) in text.iter().enumerate().filter(|(_, c)| **c == '、') {
                let rest = &text[at + 1..];
                let len = rest.iter().take_while(|c| !is_list_edge(**c) && !matches!(c, '和' | '等' | '的')).count();
                if (3..=10).contains(&len) {
                    language.members.insert(rest[..len].to_vec());
                }
            }
        }
        language
    }

    /// How likely a clause ends before `at` and another begins there; 0 where it cannot.
    fn boundary(&self, chars: &[char], from: usize, at: usize, to: usize) -> u32 {
        if at < from + 6 || at + 5 > to {
            return 0;
        }
        let before: String = chars[at - 2..at].iter().collect();
        let after: String = chars[at..to.min(at + 4)].iter().collect();
        let rest: String = chars[at + 2..to.min(at + 4)].iter().collect();
        let Some(verb) = BEGINS.iter().find(|verb| after.starts_with(**verb)) else {
            return 0;
        };
        let ends_known = ENDS.contains(&before.as_str());
        let ends_seen = self.ends.get(&[chars[at - 2], chars[at - 1]]).copied().unwrap_or(0);
        if !ends_known && ends_seen < 3 {
            return 0;
        }
        // 能力提升工程 is one noun, 能力提升家庭的效能 two clauses; 支持、培育和推动 are verbs together.
        let verbs = chars.get(at + 2) == Some(&'、') && {
            let next: String = chars[(at + 3).min(to)..to].iter().take(2).collect();
            BEGINS.contains(&next.as_str())
        };
        if !verbs && COMPOUNDS.iter().any(|word| rest.starts_with(*word)) {
            return 0;
        }
        let behind: String = chars[at..to].iter().collect();
        let compound = ["工程", "行动", "计划", "机制", "小组", "联盟", "项目", "活动"];
        let is_noun = behind.chars().count() <= 9 && compound.iter().any(|word| behind.contains(word));
        let four = [chars[at - 2], chars[at - 1], chars[at], chars[at + 1]];
        let joined = self.joined.get(&four).copied().unwrap_or(0) > 1 && !behind.contains('的');
        if is_noun || joined || BEGINS.contains(&before.as_str()) {
            return 0;
        }
        // 重点 begins a clause only before another verb: 重点针对, not 重点实验室.
        let next: String = rest.chars().take(2).collect();
        let verbs = ["针对", "围绕", "抓好", "做好", "关注", "解决", "面向"];
        if *verb == "重点" && !verbs.contains(&next.as_str()) && !BEGINS.contains(&next.as_str()) {
            return 0;
        }
        let clause: String = chars[from..at].iter().collect();
        let takes = *verb == "纳入" && clause.contains(['将', '把']) && !clause.contains("作为");
        if takes || is_means(&clause, &before) {
            return 0;
        }
        let has_verb = BEGINS.iter().any(|verb| clause.contains(verb)) || clause.contains(['将', '把', '使', '为']);
        let begins_seen = self.begins.get(&[chars[at], chars[at + 1]]).copied().unwrap_or(0);
        let mut score = 1;
        score += u32::from(ends_known) + u32::from(ends_seen >= 2);
        score += u32::from(begins_seen >= 2) + u32::from(has_verb);
        score += u32::from(behind.chars().count() >= 9) + u32::from(clause.chars().count() >= 9);
        // Short verbs that are as often nouns need more.
        score -= u32::from(matches!(*verb, "服务" | "组织" | "创新" | "突出" | "成立" | "集聚"));
        score
    }
}

/// The least score of a proposed boundary.
const LIKELY: u32 = 5;

/// An item's title that runs into its text: the first sentence, cut at its first boundary.
pub(super) fn titles(piece: &mut Piece, language: &Language) {
    let is_item = matches!(piece.draft.kind, NodeKind::Task | NodeKind::Measure | NodeKind::Principle);
    let number = piece.draft.number;
    if !is_item || number == 0 || !language.titled {
        return;
    }
    let chars = piece.chars;
    let Some(stop) = chars.iter().position(|c| *c == '。') else {
        return;
    };
    let first = &chars[..stop];
    let has_clauses = first.iter().any(|c| matches!(c, ',' | '，'));
    let from = chars.iter().position(|c| c.is_alphabetic()).unwrap_or(0);
    for at in from + 6..stop {
        if is_list_edge(chars[at]) || chars[from..at].iter().filter(|c| matches!(c, ',' | '，')).count() > 1 {
            continue;
        }
        let start = chars[from..at].iter().rposition(|c| is_stop(*c)).map_or(from, |edge| from + edge + 1);
        let end = (at..stop).find(|next| matches!(chars[*next], ',' | '，' | '；' | ';' | '“')).unwrap_or(stop);
        let quoted = chars.get(end) == Some(&'“');
        let end = if quoted { stop.min(end + 3) } else { end };
        let begins = language.boundary(chars, start, at, end.max(at + usize::from(quoted) * 5).min(stop));
        let parallel = begins >= LIKELY - 1;
        if begins >= LIKELY || (parallel && (has_clauses || quoted)) {
            piece.put(RepairRule::TitleStop, at, 0, "。", Certainty::Sure, "题末失句号");
            return;
        }
    }
}

/// Members of a list that run into each other.
pub(super) fn lists(piece: &mut Piece, language: &Language) {
    if !matches!(piece.draft.kind, NodeKind::Task | NodeKind::Measure | NodeKind::Paragraph | NodeKind::Principle) {
        return;
    }
    let chars = piece.chars;
    let mut from = 0;
    for at in 0..=chars.len() {
        let edge = chars.get(at).is_none_or(|c| is_list_edge(*c));
        if !edge {
            continue;
        }
        if at > from {
            member(piece, language, from, at);
        }
        from = at + 1;
    }
    levels(piece);
}

/// 国家级省级及市级
fn levels(piece: &mut Piece) {
    let chars = piece.chars;
    for at in 2..chars.len().saturating_sub(1) {
        let is_level = |at: usize| matches!(chars.get(at), Some('家' | '省' | '市' | '县' | '区' | '部'));
        if chars[at - 1] == '级' && is_level(at - 2) && is_level(at) && chars.get(at + 1) == Some(&'级') {
            piece.put(RepairRule::List, at, 0, "、", Certainty::Sure, "并列的级别之间失顿号");
        }
    }
}

fn member(piece: &mut Piece, language: &Language, from: usize, to: usize) {
    let chars = piece.chars;
    let in_list = (from > 0 && chars[from - 1] == '、') || chars.get(to) == Some(&'、');
    // The last member of a list ends before 等.
    let end = (from..to).find(|at| chars[*at] == '等').unwrap_or(to);
    let len = end - from;
    let word = &chars[from..end];
    let why = "并列项之间失顿号";
    // A head of three characters or more that comes twice, the first time at the start or behind a verb:
    // 提升青少年科技创新大赛青少年机器人竞赛.
    for at in from + 6..end.saturating_sub(5) {
        let head = &chars[at..at + 3];
        if joins(chars[at - 1]) || is_verb(chars, at) || !head.iter().all(|c| c.is_alphabetic() && !joins(*c)) {
            continue;
        }
        let first = (from..at - 3).find(|first| chars[*first..*first + 3] == *head);
        if first.is_some_and(|first| first == from || is_verb(chars, first)) {
            piece.put(RepairRule::List, at, 0, "、", Certainty::Probable, why);
            return;
        }
    }
    // 崇尚科学崇尚创新: one verb, two objects.
    for at in from + 4..(end.saturating_sub(3)).max(from + 4) {
        let (verb, object) = (&chars[at..at + 2], &chars[at - 2..at]);
        let middle: String = object.iter().collect();
        let counts =
            BEGINS.contains(&middle.as_str()) || verb.iter().any(|c| joins(*c) || "一二三四五六七八九十".contains(*c));
        if *verb == chars[at - 4..at - 2] && object != verb && !counts && !joins(chars[at - 1]) {
            piece.put(RepairRule::List, at, 0, "、", Certainty::Probable, why);
            return;
        }
    }
    if !in_list {
        return;
    }
    // Two members that the document knows, or one it knows beside a whole other.
    for at in from + 3..end.saturating_sub(2) {
        let (left, right) = (&chars[from..at], &chars[at..end]);
        let verb: String = left[..2].iter().collect();
        let known = language.members.contains(left) && language.members.contains(right);
        if known && !BEGINS.contains(&verb.as_str()) {
            piece.put(RepairRule::List, at, 0, "、", Certainty::Probable, why);
            return;
        }
    }
    // 国防教育日消防宣传日安全生产月: several days and weeks in one.
    if len >= 9 {
        let days: Vec<usize> = (from + 3..end.saturating_sub(3))
            .filter(|at| matches!(chars[at - 1], '日' | '周' | '月') && !matches!(chars[at - 2], '生' | '每' | '一'))
            .collect();
        if matches!(word.last(), Some('日' | '周' | '月')) && !days.is_empty() {
            for at in days {
                piece.put(RepairRule::List, at, 0, "、", Certainty::Probable, why);
            }
            return;
        }
    }
    // Eight characters beside members of four.
    let neighbour = |range: Option<usize>, back: bool| -> usize {
        let Some(start) = range else {
            return 0;
        };
        if back {
            chars[..start].iter().rev().take_while(|c| !is_list_edge(**c)).count()
        } else {
            chars[start..].iter().take_while(|c| !is_list_edge(**c) && **c != '等').count()
        }
    };
    let before = if from > 1 && chars[from - 1] == '、' { neighbour(Some(from - 1), true) } else { 0 };
    let after = if chars.get(to) == Some(&'、') { neighbour(Some(to + 1), false) } else { 0 };
    let fours = usize::from(before == 4) + usize::from(after == 4);
    let joined = word.iter().any(|c| "的和与或为对把将在".contains(*c));
    let last = chars.get(end) == Some(&'等') && (4..=8).contains(&before);
    if len != 8 || joined || (fours == 0 && !last) {
        return;
    }
    let (left, right) = (word[..4].iter().collect::<String>(), &word[4..]);
    let verbs = BEGINS.iter().chain(&["实现", "设立", "面向", "提供", "发展", "做好"]).any(|verb| left.contains(verb));
    let one_word = language.pairs.get(&[word[3], right[0]]).copied().unwrap_or(0) > 2 || word[3] == right[0];
    if !verbs && !one_word {
        piece.put(RepairRule::List, from + 4, 0, "、", Certainty::Probable, why);
    }
}

/// Characters that join two words, so that no list breaks behind them.
fn joins(c: char) -> bool {
    "的和与及对为向在将把以从于让由给是有了各全新".contains(c)
}

/// A verb of two characters ends before `at`.
fn is_verb(chars: &[char], at: usize) -> bool {
    let Some(from) = at.checked_sub(2) else {
        return false;
    };
    let word: String = chars[from..at].iter().collect();
    BEGINS.contains(&word.as_str()) || matches!(word.as_str(), "参与" | "参加" | "举办" | "印发" | "关于" | "办好")
}

/// Two clauses without a stop between them.
pub(super) fn clauses(piece: &mut Piece, language: &Language) {
    if !matches!(piece.draft.kind, NodeKind::Task | NodeKind::Measure | NodeKind::Paragraph | NodeKind::Principle) {
        return;
    }
    let chars = piece.chars;
    let mut from = 0;
    for end in 0..=chars.len() {
        if chars.get(end).is_some_and(|c| !is_stop(*c)) {
            continue;
        }
        let mut clause_from = from;
        let mut at = from + 6;
        while at + 5 <= end {
            let inside = chars[clause_from..at].iter().filter(|c| **c == '“').count()
                > chars[clause_from..at].iter().filter(|c| **c == '”').count();
            let in_list = chars[at - 1] == '、' || is_list_edge(chars[at - 1]);
            if !inside && !in_list && language.boundary(chars, clause_from, at, end) >= LIKELY {
                let next = chars[at..end].iter().collect::<String>();
                let subject = ["县级以上", "各级"].iter().any(|word| next.starts_with(word));
                let ended = chars[at - 2..at] == ['工', '作'] && chars[at - 3] == '等';
                let (read, why) = if subject || ended {
                    ("。", "句间失句号")
                } else {
                    ("，", "分句之间失逗号，或失句号")
                };
                let read = if read == "，" && !chars.contains(&'，') { "," } else { read };
                piece.put(RepairRule::Clause, at, 0, read, Certainty::Probable, why);
                clause_from = at;
                at += 6;
            } else {
                at += 1;
            }
        }
        from = end + 1;
    }
    predicates(piece);
}

/// 经费投入不足科普设施建设滞后: a predicate and then another subject.
fn predicates(piece: &mut Piece) {
    let chars = piece.chars;
    for at in 4..chars.len().saturating_sub(4) {
        let before: String = chars[at - 2..at].iter().collect();
        let is_predicate = matches!(before.as_str(), "不足" | "不够" | "不强" | "不高" | "滞后" | "薄弱");
        let goes_on = chars[at..at + 4].iter().all(|c| c.is_alphabetic());
        let joins = "的之与和等以地而导是";
        let adverb = matches!(before.as_str(), "不够") && goes_on && !chars[at..].iter().take(8).any(|c| is_stop(*c));
        if is_predicate && goes_on && !adverb && !joins.contains(chars[at]) && chars[at - 3] != '的' {
            let read = if chars.contains(&'，') { "，" } else { "," };
            piece.put(RepairRule::Clause, at, 0, read, Certainty::Probable, "谓语之后另起主语，失逗号");
        }
    }
}
