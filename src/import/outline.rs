//! Which piece of the document is what, and the place each one has.
//!
//! Places come from the printed numbers, so they survive a second import; a number that was lost is read from its neighbours.

use super::front::{self, is_annex_label, is_chrome};
use super::numbering::{Mark, Number, number, numeral};
use super::split::Piece;
use super::{Finding, table};
use crate::domain::{NodeId, NodeKind};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A piece with its kind and place.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub piece: Piece,
    pub kind: NodeKind,
    pub id: NodeId,
    /// Bytes of the printed number at the beginning of the piece.
    pub number: usize,
    /// The characters lost at the beginning of the number.
    pub lost: Option<String>,
}

/// The document's pieces in reading order, each with its kind and place.
pub(super) struct Outline {
    pub drafts: Vec<Draft>,
    /// The table of the annex: the pieces from its header to its last cell.
    pub table: Option<Range<usize>>,
    pub findings: Vec<Finding>,
}

/// Where the zones of the document begin, as indices of pieces.
struct Zones {
    body: usize,
    annex: usize,
}

/// Kind, place, bytes of the number and what it lost, of one piece.
type Placed = (NodeKind, NodeId, usize, Option<String>);

/// The pieces to be placed.
struct Pieces<'a> {
    texts: Vec<&'a str>,
    chrome: Vec<bool>,
    lines: Vec<u32>,
    table: Option<Range<usize>>,
}

impl Pieces<'_> {
    fn in_table(&self, at: usize) -> bool {
        self.table.as_ref().is_some_and(|table| table.contains(&at))
    }
}

/// Gives every piece its kind and place.
pub(super) fn outline(source: &str, pieces: Vec<Piece>) -> Outline {
    let texts: Vec<&str> = pieces.iter().map(|piece| &source[piece.at.clone()]).collect();
    let chrome: Vec<bool> = texts.iter().map(|text| is_chrome(text)).collect();
    let table = table::find(&texts, &chrome);
    let zones = zones(&texts, &chrome, table.as_ref());
    let all = Pieces { texts, chrome, table, lines: pieces.iter().map(|piece| piece.line).collect() };
    let mut findings = Vec::new();
    let front = front_kinds(&all.texts[..zones.body], &all.chrome).into_iter().enumerate();
    let mut placed: Vec<Placed> =
        front.map(|(at, kind)| (kind, NodeId::new(format!("0.{}", at + 1)), 0, None)).collect();
    let mut places = Places::new("");
    placed.extend((zones.body..zones.annex).map(|at| places.take(&all, at, &mut findings)));
    sign(&all.texts, &mut placed, zones.body..zones.annex);
    annex(&all, zones.annex, &mut placed, &mut findings);
    for (piece, chrome) in pieces.iter().zip(&all.chrome) {
        if *chrome {
            findings.push(Finding::Chrome { line: piece.line });
        }
        if piece.split {
            findings.push(Finding::RunTogether { line: piece.line });
        }
    }
    findings.dedup();
    let drafts = pieces.into_iter().zip(placed);
    let drafts = drafts.map(|(piece, (kind, id, number, lost))| Draft { piece, kind, id, number, lost }).collect();
    Outline { drafts, table: all.table, findings }
}

fn zones(texts: &[&str], chrome: &[bool], table: Option<&Range<usize>>) -> Zones {
    let end = table.map_or(texts.len(), |table| table.start);
    let marks: Vec<Option<Mark>> = texts
        .iter()
        .zip(chrome)
        .enumerate()
        .map(|(at, (text, chrome))| if *chrome || at >= end { None } else { number(text).map(|n| n.mark) })
        .collect();
    let first = |wanted: Mark, from: usize| (from..end).find(|at| marks[*at] == Some(wanted));
    let chapter = first(Mark::Chapter(1), 0);
    let start = chapter.or_else(|| first(Mark::Heading(1), 0)).or_else(|| first(Mark::Item(1), 0));
    let Some(mut body) = start else {
        let label = (0..texts.len()).find(|at| is_annex_label(texts[*at]) && table.is_some_and(|t| *at < t.start));
        let annex = label.or(table.map(|table| table.start)).unwrap_or(texts.len());
        return Zones { body: annex, annex };
    };
    // A covering notice may count its own points before the plan that it encloses begins at 一 again.
    if let Some(again) = chapter.and_then(|chapter| first(Mark::Chapter(1), chapter + 1)) {
        let points = &marks[body..again];
        let plain = points.iter().flatten().all(|mark| matches!(mark, Mark::Chapter(_)));
        let heavier = marks[again..].iter().flatten().count() > points.iter().flatten().count();
        let titled = (again.saturating_sub(6)..again).any(|at| front::ends_as_title(texts[at]));
        if plain && heavier && titled {
            body = again;
        }
    }
    let label = (body..texts.len()).find(|at| !chrome[*at] && is_annex_label(texts[*at]));
    let annex = [label, table.map(|table| table.start)].into_iter().flatten().min().unwrap_or(texts.len());
    Zones { body, annex: annex.max(body) }
}

/// Titles stand among the first pieces; a longer front is no front matter.
pub(super) const FRONT: usize = 300;

/// Kinds of the pieces before chapter one.
fn front_kinds(texts: &[&str], chrome: &[bool]) -> Vec<NodeKind> {
    let head = texts.len().min(FRONT);
    let titles = front_titles(&texts[..head], &chrome[..head]);
    let last_title = titles.iter().flatten().copied().max();
    let in_title: HashSet<usize> = titles.into_iter().flatten().collect();
    let kind = |at: usize| {
        if chrome[at] {
            NodeKind::Chrome
        } else if in_title.contains(&at) {
            NodeKind::Title
        } else if last_title.is_some_and(|last| at > last)
            && texts[at].contains(['。', '；'])
            && !texts[at].ends_with(['：', ':'])
        {
            NodeKind::Paragraph
        } else {
            NodeKind::Matter
        }
    };
    (0..texts.len()).map(kind).collect()
}

/// The titles before chapter one, each with the pieces it stands on.
pub(super) fn front_titles(texts: &[&str], chrome: &[bool]) -> Vec<Vec<usize>> {
    let part: Vec<bool> = texts.iter().zip(chrome).map(|(text, chrome)| !chrome && may_be_title(text)).collect();
    let mut titles: Vec<Vec<usize>> = Vec::new();
    let mut at = 0;
    while at < texts.len() {
        if !part[at] {
            at += 1;
            continue;
        }
        let run_end = (at..texts.len()).find(|next| !part[*next]).unwrap_or(texts.len());
        let mut title = vec![at];
        let mut words = texts[at].to_string();
        at += 1;
        while at < run_end {
            let known = format!("{words}{}", texts[at]);
            let continues = front::is_years(texts[at])
                || !front::ends_as_title(&words)
                || titles.iter().any(|earlier| {
                    let earlier: String = earlier.iter().map(|at| texts[*at]).collect();
                    front::fold(&earlier) != front::fold(&known) && front::fold(&earlier).contains(&front::fold(&known))
                });
            if !continues || title.len() >= 4 {
                break;
            }
            title.push(at);
            words = known;
            at += 1;
        }
        if front::ends_as_title(&words) || front::trailing_number(&words).is_some() {
            titles.push(title);
        }
    }
    titles
}

fn may_be_title(text: &str) -> bool {
    let chars = text.chars().count();
    let base = front::trailing_number(text).map_or(text, |at| &text[..at]);
    (4..=120).contains(&chars)
        && !base.contains(['。', '；', ';'])
        && !base.ends_with(['：', ':', '，', ','])
        && !front::is_document_number(base)
        && !is_annex_label(base)
        && number(base).is_none()
        && (!front::is_organ(base) || front::ends_as_title(base))
        && !base.chars().all(|c| c.is_ascii_digit() || "年月日".contains(c))
        && !(base.starts_with("经") || base.starts_with("为"))
}

/// The signature under the text, issuer and date, is front matter that stands at the end.
fn sign(texts: &[&str], placed: &mut [Placed], body: Range<usize>) {
    let Some(date) = body.clone().rev().take(4).find(|at| super::info::date(texts[*at]).is_some()) else {
        return;
    };
    let from = if date > body.start && front::is_organ(texts[date - 1]) { date - 1 } else { date };
    for (kind, ..) in placed.iter_mut().take(body.end).skip(from).filter(|(kind, ..)| *kind == NodeKind::Paragraph) {
        *kind = NodeKind::Matter;
    }
}

/// Places in one part of the document: the text, or an annex with chapters of its own.
struct Places {
    prefix: String,
    chapter: Option<(u32, String)>,
    heading: Option<(u32, String)>,
    item: Option<u32>,
    /// The innermost numbered place, and the paragraphs under it so far.
    open: String,
    paragraphs: u32,
    /// The places given, and the letters that the repeated ones have used up.
    taken: HashMap<String, u32>,
}

impl Places {
    fn new(prefix: &str) -> Self {
        Places {
            prefix: prefix.to_string(),
            chapter: None,
            heading: None,
            item: None,
            open: prefix.trim_end_matches('.').to_string(),
            paragraphs: 0,
            taken: HashMap::new(),
        }
    }

    fn take(&mut self, all: &Pieces, at: usize, findings: &mut Vec<Finding>) -> Placed {
        let (text, chrome, line) = (all.texts[at], all.chrome[at], all.lines[at]);
        let found = if chrome { None } else { number(text).map(|n| (n, None)).or_else(|| self.damaged(text)) };
        let Some((Number { mark, len }, lost)) = found else {
            self.paragraphs += 1;
            let id = if self.open.is_empty() {
                format!("p{}", self.paragraphs)
            } else {
                format!("{}.p{}", self.open, self.paragraphs)
            };
            let kind = if chrome { NodeKind::Chrome } else { NodeKind::Paragraph };
            return (kind, NodeId::new(id), 0, None);
        };
        if let Some(missing) = self.gap(mark) {
            findings.push(Finding::NumbersMissing { line, from: missing.0, to: missing.1 });
        }
        let parent = match mark {
            Mark::Chapter(_) => None,
            Mark::Heading(_) => self.chapter.as_ref(),
            Mark::Item(_) => self.heading.as_ref().or(self.chapter.as_ref()),
        };
        let (Mark::Chapter(value) | Mark::Heading(value) | Mark::Item(value)) = mark;
        let place = match parent {
            Some((_, parent)) => format!("{parent}.{value}"),
            None => format!("{}{value}", self.prefix),
        };
        let place = self.unique(place, line, findings);
        let kind = match mark {
            Mark::Chapter(n) => {
                (self.chapter, self.heading, self.item) = (Some((n, place.clone())), None, None);
                NodeKind::Chapter
            }
            Mark::Heading(n) => {
                (self.heading, self.item) = (Some((n, place.clone())), None);
                NodeKind::Heading
            }
            Mark::Item(n) => {
                self.item = Some(n);
                NodeKind::Task
            }
        };
        (self.open, self.paragraphs) = (place.clone(), 0);
        (kind, NodeId::new(place), len, lost)
    }

    /// A heading whose number lost its beginning: )实施…, 一)实施….
    fn damaged(&self, text: &str) -> Option<(Number, Option<String>)> {
        let is_title = |rest: &str| {
            let chars = rest.trim().chars().count();
            (2..=45).contains(&chars) && !rest.contains(['。', '，', ',', '；', ';', '(', '（'])
        };
        let (open, close) = if text.contains('）') { ('（', '）') } else { ('(', ')') };
        if text.strip_prefix(close).is_some_and(is_title) {
            self.chapter.as_ref()?;
            let value = self.heading.as_ref().map_or(0, |(last, _)| *last) + 1;
            let lost = format!("{open}{}", NodeId::new(value.to_string()).printed());
            return Some((Number { mark: Mark::Heading(value), len: close.len_utf8() }, Some(lost)));
        }
        let (value, len) = numeral(text)?;
        let rest = text[len..].strip_prefix(close).filter(|rest| is_title(rest))?;
        let number = Number { mark: Mark::Heading(value), len: text.len() - rest.len() };
        Some((number, Some(open.to_string())))
    }

    /// Numbers that are skipped between the last one of this level and this one; numbering may run on or start again.
    fn gap(&self, mark: Mark) -> Option<(u32, u32)> {
        let (last, now) = match mark {
            Mark::Chapter(n) => (self.chapter.as_ref().map(|(last, _)| *last)?, n),
            Mark::Heading(n) => (self.heading.as_ref().map(|(last, _)| *last)?, n),
            Mark::Item(n) => (self.item?, n),
        };
        (now > last + 1).then_some((last + 1, now - 1))
    }

    /// A second holder of a place gets a letter behind it.
    fn unique(&mut self, place: String, line: u32, findings: &mut Vec<Finding>) -> String {
        let Some(used) = self.taken.get_mut(&place) else {
            self.taken.insert(place.clone(), 1);
            return place;
        };
        findings.push(Finding::NumberRepeats { line, place: NodeId::new(place.as_str()) });
        *used += 1;
        let letter = (1..=26).contains(used).then(|| char::from_u32('a' as u32 + *used - 1)).flatten();
        let free = letter.map_or_else(|| format!("{place}x{used}"), |letter| format!("{place}{letter}"));
        self.taken.insert(free.clone(), 1);
        free
    }
}

/// Kinds and places of everything from the annex on.
///
/// An annex with chapters of its own is an outline under `annex`; any other one is numbered line by line.
fn annex(all: &Pieces, start: usize, placed: &mut Vec<Placed>, findings: &mut Vec<Finding>) {
    let texts = &all.texts;
    let is_chapter = |at: &usize| matches!(number(texts[*at]).map(|n| n.mark), Some(Mark::Chapter(_)));
    let chapters = (start..texts.len()).filter(|at| !all.in_table(*at)).filter(is_chapter).count();
    if chapters < 2 {
        for at in start..texts.len() {
            let kind = annex_kind(all, start, at);
            placed.push((kind, NodeId::new(format!("annex.{}", at - start + 1)), 0, None));
        }
        return;
    }
    let mut places = Places::new("annex.");
    let (mut annexes, mut outlined) = (1, false);
    for (at, text) in texts.iter().enumerate().skip(start) {
        if outlined && !all.chrome[at] && !all.in_table(at) && is_annex_label(text) {
            annexes += 1;
            places = Places::new(&format!("annex{annexes}."));
            outlined = false;
        }
        outlined |= !all.in_table(at) && number(text).is_some_and(|n| n.mark == Mark::Chapter(1));
        if outlined && !all.in_table(at) {
            placed.push(places.take(all, at, findings));
        } else {
            places.paragraphs += 1;
            let id = NodeId::new(format!("{}.p{}", places.open, places.paragraphs));
            placed.push((annex_kind(all, start, at), id, 0, None));
        }
    }
}

fn annex_kind(all: &Pieces, start: usize, at: usize) -> NodeKind {
    let text = all.texts[at];
    let before = at.checked_sub(1).filter(|before| *before >= start).map(|before| all.texts[before]);
    // The notice of the annex may go on to a second line.
    let notice = before.is_some_and(|before| is_annex_label(before) && before.chars().count() > 6);
    if all.chrome[at] {
        NodeKind::Chrome
    } else if all.in_table(at) {
        NodeKind::Cell
    } else if notice || is_annex_label(text) || !front::ends_as_title(text) || text.chars().count() > 80 {
        NodeKind::Matter
    } else {
        NodeKind::Title
    }
}

/// Tells principles and measures from tasks by the words of the chapter and the heading they stand under.
pub(super) fn item_kind(chapter: &str, heading: &str, is_last_chapters: bool) -> NodeKind {
    let any = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let states = ["原则", "总体要求", "总体思路", "指导思想", "目标", "形势", "现状", "背景"];
    let ensures = [
        "组织实施",
        "保障",
        "组织领导",
        "组织保障",
        "实施要求",
        "工作要求",
        "有关要求",
        "相关要求",
        "监督",
        "推进机制",
        "工作机制",
        "实施机制",
    ];
    if any(heading, &states) || (heading.is_empty() && any(chapter, &states)) {
        NodeKind::Principle
    } else if is_last_chapters && any(chapter, &ensures) {
        NodeKind::Measure
    } else {
        NodeKind::Task
    }
}
