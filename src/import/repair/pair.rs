//! Brackets, quotation marks and title marks without their other half.

use super::{Piece, RepairRule};
use crate::domain::Certainty;

/// Verbs that a quoted name follows.
const BEFORE_QUOTE: [&str; 14] =
    ["申报", "壮大", "依托", "开展", "打造", "推进", "建设", "用好", "实施", "创建", "举办", "发挥", "争创", "评选"];

/// Proposes the missing halves in one piece.
pub(super) fn unpaired(piece: &mut Piece) {
    let chars = piece.chars;
    let skip = usize::from(piece.draft.lost.is_some());
    let (mut brackets, mut titles): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (at, c) in chars.iter().enumerate().skip(skip) {
        match c {
            '(' | '（' => brackets.push(at),
            ')' | '）' if brackets.pop().is_none() => close_bracket(piece, at),
            '《' | '〈' => titles.push(at),
            '》' | '〉' if titles.pop().is_none() => close_title(piece, at),
            _ => {}
        }
    }
    for open in brackets {
        open_bracket(piece, open);
    }
    quotes(piece);
    if chars.iter().collect::<String>().trim_end_matches([':', '：']) == "【字体" {
        piece.put(RepairRule::Bracket, chars.len(), 0, "大 中 小】", Certainty::Sure, "网页控件残片");
    }
}

fn is_years(c: &char) -> bool {
    c.is_ascii_digit() || matches!(c, '—' | '-' | '–' | '~' | '年' | '至')
}

/// 实施方案2021—2025年): the years were in the bracket.
fn close_bracket(piece: &mut Piece, at: usize) {
    let from = piece.chars[..at].iter().rposition(|c| !is_years(c)).map_or(0, |before| before + 1);
    let years: String = piece.chars[from..at].iter().collect();
    if super::front::years(&years).is_some() {
        let open = if piece.chars[at] == '）' { "（" } else { "(" };
        piece.put(RepairRule::Bracket, from, 0, open, Certainty::Sure, "括号不成对，年份前失左括号");
        return;
    }
    // 。市教育局牵头，市科协配合）: an attribution begins behind the last sentence.
    let from = piece.chars[..at].iter().rposition(|c| matches!(c, '。' | ')' | '）')).map_or(0, |before| before + 1);
    let inside: String = piece.chars[from..at].iter().collect();
    if from > 0 && crate::import::attribution::read(&inside).is_some() {
        let open = if piece.chars[at] == '）' { "（" } else { "(" };
        piece.put(RepairRule::Bracket, from, 0, open, Certainty::Sure, "括号不成对，责任单位前失左括号");
    }
}

fn open_bracket(piece: &mut Piece, open: usize) {
    let chars = piece.chars;
    let close = if chars[open] == '（' { "）" } else { ")" };
    let rest = &chars[open + 1..];
    let text: String = rest.iter().take(24).collect();
    if text.starts_with("市、") && chars[..open].last() == Some(&'县') {
        let after = rest.get(2);
        let (at, read) =
            if after == Some(&'区') { (open + 4, close.to_string()) } else { (open + 3, format!("区{close}")) };
        piece.put(RepairRule::Bracket, at, 0, &read, Certainty::Sure, "“县(市、区)”残缺");
        return;
    }
    let figure = rest.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    if figure > 0 && matches!(rest.get(figure), Some('%' | '％')) {
        piece.put(RepairRule::Bracket, open + figure + 2, 0, close, Certainty::Sure, "括号不成对，数字后失右括号");
        return;
    }
    let end = rest.iter().position(|c| *c == '。').unwrap_or(rest.len());
    let inside: String = rest[..end].iter().collect();
    if crate::import::attribution::read(&inside).is_some() {
        let why = "括号不成对，责任单位后失右括号";
        piece.put(RepairRule::Bracket, open + 1 + end, 0, close, Certainty::Sure, why);
        return;
    }
    let years = rest.iter().take_while(|c| is_years(c)).count();
    let in_bracket: String = rest[..years].iter().collect();
    if super::front::years(&in_bracket).is_some() {
        piece.put(RepairRule::Bracket, open + 1 + years, 0, close, Certainty::Probable, "括号不成对，年份后失右括号");
    }
}

/// …9号) 广东省人民政府关于印发…的通知》: the title begins behind the last stop or bracket.
fn close_title(piece: &mut Piece, at: usize) {
    let chars = piece.chars;
    let is_edge = |c: &char| matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '》' | '、' | '“' | '”');
    let mut depth = 0_i32;
    let before = chars[..at].iter().rposition(|c| {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        depth <= 0 && is_edge(c) || c.is_whitespace()
    });
    let from = before.map_or(0, |before| before + 1);
    let title: String = chars[from..at].iter().collect();
    if !title.contains("关于") && title.chars().count() > 30 {
        return;
    }
    let spaces = chars[..from].iter().rev().take_while(|c| c.is_whitespace()).count();
    let joins = spaces > 0 && matches!(chars[..from - spaces].last(), Some(')' | '）' | '》'));
    if joins {
        let why = "书名号不成对，并列文件之间失连词";
        // A document's own name leaves no doubt where it begins.
        let certainty = if title.contains("关于") { Certainty::Sure } else { Certainty::Probable };
        piece.put(RepairRule::TitleMark, from - spaces, spaces, "和《", certainty, why);
    } else {
        piece.put(RepairRule::TitleMark, from, 0, "《", Certainty::Probable, "书名号不成对");
    }
}

fn quotes(piece: &mut Piece) {
    let chars = piece.chars;
    let mut open: Option<usize> = None;
    let mut last_paired = false;
    let mut last_close: Option<usize> = None;
    for (at, c) in chars.iter().enumerate() {
        match c {
            '“' => {
                if let Some(before) = open {
                    open_quote(piece, before);
                }
                open = Some(at);
            }
            '”' | '"' => {
                if open.take().is_some() {
                    last_paired = true;
                } else if *c == '”' {
                    close_quote(piece, at, last_close.filter(|_| last_paired));
                    last_paired = false;
                }
                last_close = Some(at);
            }
            '。' => {
                // A quotation may hold whole sentences; a name never does.
                if let Some(before) = open.filter(|_| !chars[at..].contains(&'”')) {
                    open_quote(piece, before);
                    open = None;
                }
            }
            _ => {}
        }
    }
}

/// “南粤工匠等活动: the name ends before 等.
fn open_quote(piece: &mut Piece, open: usize) {
    let name =
        piece.chars[open + 1..].iter().take_while(|c| !matches!(c, '等' | '、' | '，' | ',' | '。' | '；' | '“'));
    let len = name.clone().count();
    let end = open + 1 + len;
    let is_list = matches!(piece.chars.get(end), Some('等' | '、'));
    if (2..=10).contains(&len) && is_list {
        piece.put(RepairRule::Quote, end, 0, "”", Certainty::Sure, "引号不成对");
    }
}

fn close_quote(piece: &mut Piece, at: usize, last_close: Option<usize>) {
    let chars = piece.chars;
    let follows = matches!(chars.get(at + 1), Some('“' | '、' | '等'));
    if let Some(last) = last_close.filter(|last| (3..=9).contains(&(at - last)) && follows)
        && chars[last + 1..at].iter().all(|c| c.is_alphanumeric())
    {
        piece.put(RepairRule::Quote, last + 1, 0, "“", Certainty::Sure, "引号不成对");
        return;
    }
    let is_edge = |c: &char| !c.is_alphanumeric() && *c != '·';
    let from = chars[..at].iter().rposition(is_edge).map_or(0, |before| before + 1);
    let name: String = chars[from..at].iter().collect();
    let verb = BEFORE_QUOTE.iter().filter_map(|verb| name.rfind(verb).map(|start| start + verb.len())).max();
    match verb.map(|verb| name[..verb].chars().count()) {
        Some(skip) if (2..=14).contains(&(at - from - skip)) => {
            let why = "引号不成对，左引号位置按动词推定";
            piece.put(RepairRule::Quote, from + skip, 0, "“", Certainty::Probable, why);
        }
        _ if (2..=7).contains(&(at - from)) && from > 0 && matches!(chars[from - 1], '、' | '”') => {
            piece.put(RepairRule::Quote, from, 0, "“", Certainty::Probable, "引号不成对");
        }
        _ => {}
    }
}
