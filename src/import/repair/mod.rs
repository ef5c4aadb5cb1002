//! Places where the copy lost characters, found by rule and proposed with what is read there.
//!
//! A rule says `Sure` only if no other reading is left; everything that rests on likelihood is `Probable`, and what may well be
//! the document's own words is `Suspected`. The text itself is never changed.

mod clause;
mod pair;
mod word;

use super::outline::Draft;
use super::register::Seat;
use super::{Finding, front};
use crate::domain::{Certainty, NodeKind, Repair};

/// The rule that found a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum RepairRule {
    /// A heading's number lost its beginning.
    Number,
    /// Digits of a date without 年月日.
    Date,
    /// A bracket without its other half.
    Bracket,
    /// A quotation mark without its other half.
    Quote,
    /// A title mark 《》 without its other half.
    TitleMark,
    /// The level of the place is missing: 我〔市〕, 全〔市〕各.
    Place,
    /// Other words that the document itself supplies.
    Word,
    /// The table's wording of a heading differs by what was lost.
    RowTitle,
    /// The 。 at the end of a paragraph.
    LastStop,
    /// The 。 that ends an item's title.
    TitleStop,
    /// A 、 in a list.
    List,
    /// A ， or 。 between two clauses.
    Clause,
    /// A person read it so: from the list of readings.
    Reading,
}

/// A proposed repair and where it stands in the source.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposal {
    /// Line of the source, from 1.
    pub line: u32,
    pub rule: RepairRule,
    pub repair: Repair,
    /// It is among the repairs of the text.
    pub accepted: bool,
}

/// What the rules know of the document.
pub(super) struct Context<'a> {
    pub drafts: &'a [Draft],
    pub texts: &'a [&'a str],
    pub seat: &'a Seat,
    pub period: Option<(i32, i32)>,
    /// Short names of departments in the table.
    pub units: &'a [String],
}

/// Collects the proposals of one piece.
pub(super) struct Piece<'a> {
    draft: &'a Draft,
    chars: &'a [char],
    found: Vec<Proposal>,
}

impl Piece<'_> {
    /// Proposes to read `read` for the `len` characters at `at`; what another rule already proposes is not proposed again.
    fn put(&mut self, rule: RepairRule, at: usize, len: usize, read: &str, certainty: Certainty, why: &str) {
        let Some(scraped) = self.chars.get(at..at + len) else {
            return;
        };
        let overlaps = |other: &Proposal| {
            let from = other.repair.at as usize;
            let to = from + other.repair.scraped.chars().count();
            at <= to && from <= at + len
        };
        if self.found.iter().any(overlaps) {
            return;
        }
        self.found.push(Proposal {
            line: self.draft.piece.line,
            rule,
            repair: Repair {
                node: self.draft.id.clone(),
                at: u32::try_from(at).unwrap_or(u32::MAX),
                scraped: scraped.iter().collect::<String>().into(),
                read: read.into(),
                certainty,
                why: why.into(),
            },
            accepted: false,
        });
    }
}

/// The longest piece that is searched, in characters: three times the longest paragraph seen in official papers.
const LONGEST: usize = 3_000;

/// Faults that only damage explains; a text with fewer is taken to be whole, and likelihood alone proposes nothing in it.
const DAMAGED: usize = 3;

/// Finds the damaged places, in reading order.
pub(super) fn propose(context: &Context, findings: &mut Vec<Finding>) -> Vec<Proposal> {
    let chars: Vec<Vec<char>> = context.texts.iter().map(|text| text.chars().collect()).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (draft, chars) in context.drafts.iter().zip(&chars) {
        pieces.push(Piece { draft, chars, found: Vec::new() });
    }
    for (at, piece) in pieces.iter_mut().enumerate() {
        if let Some(lost) = &piece.draft.lost {
            let lost = lost.clone();
            piece.put(RepairRule::Number, 0, 0, &lost, Certainty::Sure, "标题序号残缺");
        }
        if piece.chars.len() > LONGEST {
            continue;
        }
        date(piece, findings);
        pair::unpaired(piece);
        word::words(piece, context);
        last_stop(piece, context, at);
    }
    let sure = pieces.iter().flat_map(|piece| &piece.found).filter(|found| found.repair.certainty == Certainty::Sure);
    if sure.count() >= DAMAGED {
        let language = clause::Language::learn(&chars, context.drafts);
        for piece in pieces.iter_mut().filter(|piece| piece.chars.len() <= LONGEST) {
            clause::titles(piece, &language);
            clause::lists(piece, &language);
            clause::clauses(piece, &language);
        }
    }
    let mut found: Vec<Proposal> = Vec::new();
    for mut piece in pieces {
        piece.found.sort_by_key(|proposal| proposal.repair.at);
        found.append(&mut piece.found);
    }
    found
}

/// 2022630: the one way to read the digits as a date, or none.
fn date(piece: &mut Piece, findings: &mut Vec<Finding>) {
    if piece.draft.kind != NodeKind::Matter || !(6..=8).contains(&piece.chars.len()) {
        return;
    }
    let digits: String = piece.chars.iter().collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) || front::year_at(&piece.chars[..4], 0).is_none() {
        return;
    }
    let (year, rest) = digits.split_at(4);
    let readings: Vec<(u32, u32)> = (1..rest.len())
        .filter(|at| *at <= 2 && rest.len() - at <= 2)
        .filter_map(|at| Some((rest[..at].parse().ok()?, rest[at..].parse().ok()?)))
        .filter(|(month, day)| chrono::NaiveDate::from_ymd_opt(year.parse().unwrap_or(0), *month, *day).is_some())
        .collect();
    match readings[..] {
        [(month, day)] => {
            let read = format!("{year}年{month}月{day}日");
            piece.put(RepairRule::Date, 0, digits.len(), &read, Certainty::Sure, "成文日期失“年月日”，仅此一种读法");
        }
        [] => {}
        _ => findings.push(Finding::AmbiguousDate { line: piece.draft.piece.line, text: digits.as_str().into() }),
    }
}

/// A paragraph that ends without any stop.
fn last_stop(piece: &mut Piece, context: &Context, at: usize) {
    let kind = piece.draft.kind;
    let is_text = matches!(kind, NodeKind::Paragraph | NodeKind::Task | NodeKind::Measure | NodeKind::Principle);
    let (Some(last), true) = (piece.chars.last().copied(), is_text && piece.chars.len() > 30) else {
        return;
    };
    let has_stop = piece.chars[..piece.chars.len() - 1].contains(&'。')
        || piece.chars.contains(&'，')
        || piece.chars.contains(&',');
    let closed = matches!(last, '”' | '》') && piece.chars[piece.chars.len() - 2..].first() != Some(&'。');
    if !has_stop || !(last.is_alphanumeric() || closed) {
        return;
    }
    // A page break cuts a paragraph in two: then the next one goes on in the middle of a word.
    let next = context.drafts.get(at + 1).filter(|next| next.kind == NodeKind::Paragraph);
    let first = next.and_then(|_| context.texts.get(at + 1)?.chars().next());
    let certainty = match first {
        Some(c) if c.is_alphanumeric() || matches!(c, '、' | '，' | '。' | '；' | ',' | ')' | '）') => return,
        Some(_) | None => Certainty::Sure,
    };
    piece.put(RepairRule::LastStop, piece.chars.len(), 0, "。", certainty, "段末失句号");
}
