//! Words that the document itself supplies: the place's level, the plan period, the names of organs.

use super::{Context, Piece, RepairRule};
use crate::domain::{Certainty, NodeKind};

/// After 我 these make a word of their own.
const AFTER_WE: &str = "市省国县区们州旗盟军党院校局厅委办会镇乡村自家的是站所行司社";
/// Before 我 these make a word of their own.
const BEFORE_WE: &str = "自忘唯小大本";

/// Proposes the missing words in one piece.
pub(super) fn words(piece: &mut Piece, context: &Context) {
    let text: String = piece.chars.iter().collect();
    let level = context.seat.level.as_str();
    if !level.is_empty() {
        place(piece, context, level);
    }
    counties(piece, context);
    plan_period(piece, &text);
    until(piece, context);
    organs(piece);
    countryside(piece, &text);
}

fn find_all(chars: &[char], word: &str) -> Vec<usize> {
    let word: Vec<char> = word.chars().collect();
    (0..chars.len()).filter(|at| chars[*at..].starts_with(&word)).collect()
}

/// A sentence begins here: at the start of the text or behind its number, or after a stop.
fn begins_sentence(chars: &[char], at: usize) -> bool {
    match chars[..at].last() {
        None => true,
        Some(c) => {
            matches!(c, '。' | '；' | ';' | '!' | '！') || (at <= 5 && matches!(c, '.' | '．' | '、' | ' ' | '\u{a0}'))
        }
    }
}

fn place(piece: &mut Piece, context: &Context, level: &str) {
    let chars = piece.chars;
    let ours = format!("我{level}");
    let known = context.texts.iter().any(|text| text.contains(&ours));
    for at in find_all(chars, "我") {
        let before = chars[..at].last().copied().unwrap_or(' ');
        let Some(after) = chars.get(at + 1) else {
            continue;
        };
        let count = |mark: char| chars[..at].iter().filter(|c| **c == mark).count();
        let quoted = count('“') > count('”') + count('"');
        let alone = !AFTER_WE.contains(*after) && !BEFORE_WE.contains(before);
        if alone && !quoted && (after.is_alphanumeric() || *after == '“') {
            let certainty = if known { Certainty::Sure } else { Certainty::Probable };
            piece.put(RepairRule::Place, at + 1, 0, level, certainty, &format!("“我”后失“{level}”"));
        }
    }
    for at in find_all(chars, "全各") {
        piece.put(RepairRule::Place, at + 1, 0, level, Certainty::Sure, &format!("“全”后失“{level}”"));
    }
    for at in find_all(chars, "委、政府") {
        if at == 0 || !"市省县区州党旗盟组常".contains(chars[at - 1]) {
            let read = format!("{level}委、{level}政府");
            piece.put(RepairRule::Place, at, 4, &read, Certainty::Sure, &format!("失两个“{level}”"));
        }
    }
    if level == "市" {
        for at in find_all(chars, "两级") {
            if begins_sentence(chars, at) {
                piece.put(
                    RepairRule::Place,
                    at,
                    0,
                    "市、县",
                    Certainty::Probable,
                    "“两级”前失“市、县”，或作“市县两级”",
                );
            }
        }
    }
    for unit in context.units {
        let Some(bare) = unit.strip_prefix(level).filter(|bare| bare.chars().count() >= 2) else {
            continue;
        };
        for at in find_all(chars, bare) {
            let in_text = matches!(piece.draft.kind, NodeKind::Task | NodeKind::Measure | NodeKind::Paragraph);
            if in_text && begins_sentence(chars, at) {
                let why = format!("主语“{bare}”前疑失“{level}”，未必");
                piece.put(RepairRule::Place, at, 0, level, Certainty::Suspected, &why);
            }
        }
    }
}

/// 县(市、区) that lost its 县, or the 各 before it.
fn counties(piece: &mut Piece, context: &Context) {
    let chars = piece.chars;
    for open in ["(市、区)", "（市、区）"] {
        for at in find_all(chars, open) {
            let known = context.texts.iter().any(|text| text.contains(&format!("县{open}")));
            match chars[..at].last() {
                Some('县') => {
                    let start = at - 1;
                    let is_subject = begins_sentence(chars, start) || matches!(chars[..start].last(), Some(',' | '，'));
                    if is_subject {
                        let why = "“县(市、区)”作主语，前疑失“各”，未必";
                        piece.put(RepairRule::Place, start, 0, "各", Certainty::Suspected, why);
                    }
                }
                Some('的' | '各') | None if known => {
                    piece.put(RepairRule::Place, at, 0, "县", Certainty::Sure, "“县(市、区)”失“县”");
                }
                Some(_) | None => {}
            }
        }
    }
}

/// “十”公民: the period that the same paragraph names in full.
fn plan_period(piece: &mut Piece, text: &str) {
    for at in find_all(piece.chars, "“十”") {
        let full = ["十一五", "十二五", "十三五", "十四五", "十五五", "十六五"];
        let mut named = full.iter().filter(|period| text.contains(&format!("“{period}”")));
        if let (Some(period), None) = (named.next(), named.next()) {
            let lost: String = period.chars().skip(1).collect();
            piece.put(RepairRule::Word, at + 2, 0, &lost, Certainty::Sure, &format!("本段前文作“{period}”"));
        }
    }
}

/// 2025年,…超过16%: a sentence that begins with the plan's last year and sets a figure.
fn until(piece: &mut Piece, context: &Context) {
    let Some((_, last)) = context.period else {
        return;
    };
    let year = format!("{last}年");
    for at in find_all(piece.chars, &year) {
        let rest: String = piece.chars[at + year.chars().count()..].iter().take_while(|c| **c != '。').collect();
        let sets = rest.starts_with([',', '，']) && rest.contains(|c: char| c.is_ascii_digit());
        if sets && begins_sentence(piece.chars, at) {
            piece.put(RepairRule::Word, at, 0, "到", Certainty::Probable, "目标年份前失“到”");
        }
    }
}

/// 国务院省委: two organs without anything between them.
fn organs(piece: &mut Piece) {
    for (first, second) in
        [("国务院", "省委"), ("党中央", "国务院"), ("省政府", "市委"), ("省委", "省政府"), ("市委", "市政府")]
    {
        for at in find_all(piece.chars, &format!("{first}{second}")) {
            let at = at + first.chars().count();
            piece.put(RepairRule::Word, at, 0, "、", Certainty::Probable, "并列机关之间失顿号，或失“和”");
        }
    }
}

/// 有条件乡建立
fn countryside(piece: &mut Piece, text: &str) {
    if !text.contains("有条件乡") {
        return;
    }
    for at in find_all(piece.chars, "有条件乡") {
        if !matches!(piece.chars.get(at + 4), Some('镇' | '村')) {
            piece.put(RepairRule::Word, at + 3, 1, "的乡镇", Certainty::Probable, "“有条件的乡镇”失字");
        }
    }
}
