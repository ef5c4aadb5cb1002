//! Official documents in: bytes to text, text to nodes, and what can be read off them.
//!
//! Values in, values out: nothing here reads a file, asks a question or makes a sentence. What stands in the document is kept as
//! it stands; what is read differently is a proposal beside it.

mod attribution;
pub mod decode;
mod front;
mod info;
pub mod markup;
mod matrix;
mod numbering;
mod outline;
mod readings;
mod register;
mod repair;
mod split;
mod table;
mod target;

pub use decode::{Charset, DecodeError, Decoded, LIMIT, decode};
pub use markup::Form;
pub use readings::ReadingsError;
pub use repair::{Proposal, RepairRule};

use crate::domain::{Due, Info, Matrix, Node, NodeId, NodeKind, OfficialText, Repair, Str, Target, Unit};
use arcstr::ArcStr;
use outline::{Draft, Outline};
use register::Seat;

/// A document as it was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Imported {
    pub form: Form,
    pub info: Info,
    /// Nodes in reading order; its repairs are the accepted proposals.
    pub text: OfficialText,
    pub units: Vec<Unit>,
    pub matrix: Matrix,
    pub targets: Vec<Target>,
    /// Deadlines that attributions name, by item.
    pub dues: Vec<(NodeId, Due)>,
    /// Every repair that a rule or a reading proposes, in reading order.
    pub proposals: Vec<Proposal>,
    pub unplaced: Vec<Unplaced>,
    pub findings: Vec<Finding>,
    /// The source line of each node, from 1.
    pub lines: Vec<u32>,
    source: ArcStr,
}

/// A line that no rule could place; it is in the text all the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unplaced {
    /// From 1.
    pub line: u32,
    pub text: Str,
}

/// What the reader of an import should know and no repair says.
#[derive(Clone, PartialEq, Debug)]
pub enum Finding {
    /// What the web page put around the document.
    Chrome { line: u32 },
    /// The title stands on several lines.
    TitleOverLines { from: u32, to: u32 },
    /// Several numbered parts stood on one line and were separated.
    RunTogether { line: u32 },
    /// A table stood one cell a line.
    TableFlattened { line: u32, rows: u32 },
    /// A paragraph was cut in two, as by a page break.
    BrokenParagraph { line: u32, next: u32 },
    /// Numbers are skipped before this line.
    NumbersMissing { line: u32, from: u32, to: u32 },
    /// A number that was there already; the place got a letter.
    NumberRepeats { line: u32, place: NodeId },
    /// Digits that may be several dates.
    AmbiguousDate { line: u32, text: Str },
    /// A row of the table that no heading or item matches.
    RowUnmatched { line: u32, content: Str },
    /// A collective name among those responsible: no department, but somebody's duty.
    Collective { node: NodeId, name: Str },
}

/// What the later readers look at: the nodes, and their texts as read.
struct Page<'a> {
    nodes: &'a [Node],
    read: &'a [String],
    lines: &'a [u32],
}

impl Page<'_> {
    /// The nodes before chapter one.
    fn front(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(|at| self.nodes[*at].id.as_str().starts_with("0."))
    }
}

/// Reads a document; the sure repairs are accepted, the others only proposed.
pub fn read_official(text: &str) -> Imported {
    let (plain, form) = markup::plain(text);
    assemble(ArcStr::from(plain.as_ref()), form, &[], &|proposal| {
        proposal.repair.certainty == crate::domain::Certainty::Sure
    })
}

/// Reads the document again with the proposals that `which` accepts.
pub fn accept(imported: &Imported, which: impl Fn(&Proposal) -> bool) -> Imported {
    let readings: Vec<Proposal> =
        imported.proposals.iter().filter(|proposal| proposal.rule == RepairRule::Reading).cloned().collect();
    assemble(imported.source.clone(), imported.form, &readings, &which)
}

/// Reads the document again with a person's list of readings, all of which are accepted; a rule that proposes something for
/// the same place gives way.
pub fn with_readings(imported: &Imported, toml: &str) -> Result<Imported, Vec<ReadingsError>> {
    let readings = readings::read(imported, toml)?;
    Ok(assemble(imported.source.clone(), imported.form, &readings, &|proposal| proposal.rule == RepairRule::Reading))
}

fn assemble(source: ArcStr, form: Form, readings: &[Proposal], which: &dyn Fn(&Proposal) -> bool) -> Imported {
    let Outline { drafts, table, mut findings } = outline::outline(&source, split::pieces(&source));
    let texts: Vec<&str> = drafts.iter().map(|draft| &source[draft.piece.at.clone()]).collect();
    let lines: Vec<u32> = drafts.iter().map(|draft| draft.piece.line).collect();

    // A first look without repairs gives what the rules for repairs need to know.
    let (scraped, _) = nodes(&source, &drafts, &[]);
    let raw: Vec<String> = texts.iter().map(|text| text.to_string()).collect();
    let first = info::info(&Page { nodes: &scraped, read: &raw, lines: &lines }, &mut Vec::new());
    let seat = Seat::of(&first.issuer);
    let rows = table.as_ref().map(|table| table::rows(&texts, table)).unwrap_or_default();
    let named = matrix::names_in_cells(&rows);
    let period = first.period.or_else(|| title_period(&drafts, &texts));
    let context = repair::Context { drafts: &drafts, texts: &texts, seat: &seat, period, units: &named };
    let mut proposals = repair::propose(&context, &mut findings);
    proposals.extend(matrix::row_titles(&rows, &drafts, &scraped));
    settle(&mut proposals, readings, &drafts);
    for proposal in &mut proposals {
        proposal.accepted = which(proposal);
    }
    let repairs: Vec<Repair> =
        proposals.iter().filter(|proposal| proposal.accepted).map(|proposal| proposal.repair.clone()).collect();

    let (nodes, read) = nodes(&source, &drafts, &repairs);
    let page = Page { nodes: &nodes, read: &read, lines: &lines };
    let info = info::info(&page, &mut findings);
    let seat = Seat::of(&info.issuer);
    let read_rows: Vec<&str> = read.iter().map(String::as_str).collect();
    let rows = table.as_ref().map(|table| table::rows(&read_rows, table)).unwrap_or_default();
    let printed_rows = table.as_ref().map(|table| table::rows(&texts, table)).unwrap_or_default();
    let mut unplaced = Vec::new();
    let found = matrix::matrix(&page, &rows, &printed_rows, &seat, &mut findings, &mut unplaced);
    if let Some(table) = &table {
        let rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        findings.push(Finding::TableFlattened { line: lines[table.start], rows });
    }
    broken_paragraphs(&page, &mut findings);
    let title_year = target::title_year(info.title.as_str());
    let targets =
        target::targets(&page, info.period, title_year.or(info.issued.map(|date| chrono::Datelike::year(&date))));
    let tail = drafts.last().map_or(0, |draft| draft.piece.at.end);
    Imported {
        form,
        info,
        units: found.units,
        matrix: found.matrix,
        dues: found.dues,
        targets,
        proposals,
        unplaced,
        findings,
        lines,
        text: OfficialText { nodes, repairs, tail: source.substr(tail..) },
        source,
    }
}

/// The years of the plan, where only a title on several lines has them.
fn title_period(drafts: &[Draft], texts: &[&str]) -> Option<(i32, i32)> {
    let titles = drafts.iter().zip(texts).filter(|(draft, _)| draft.kind == NodeKind::Title);
    titles.filter_map(|(_, text)| front::years(text)).next()
}

/// Puts the readings in, takes out what rules propose for the same places, and sorts by place.
fn settle(proposals: &mut Vec<Proposal>, readings: &[Proposal], drafts: &[Draft]) {
    let span = |repair: &Repair| (repair.at, repair.at + repair.scraped.chars().count() as u32);
    proposals.retain(|proposal| {
        let (from, to) = span(&proposal.repair);
        let touches = |reading: &Proposal| {
            let (start, end) = span(&reading.repair);
            reading.repair.node == proposal.repair.node && from <= end && start <= to
        };
        !readings.iter().any(touches)
    });
    proposals.extend(readings.iter().cloned());
    let order: std::collections::HashMap<&NodeId, usize> =
        drafts.iter().enumerate().map(|(at, draft)| (&draft.id, at)).collect();
    proposals.sort_by_key(|proposal| (order.get(&proposal.repair.node).copied(), proposal.repair.at));
}

/// Makes the nodes, and their texts as read.
fn nodes(source: &ArcStr, drafts: &[Draft], repairs: &[Repair]) -> (Vec<Node>, Vec<String>) {
    let mut nodes = Vec::with_capacity(drafts.len());
    let mut read = Vec::with_capacity(drafts.len());
    let mut by_node: std::collections::HashMap<&NodeId, Vec<&Repair>> = std::collections::HashMap::new();
    for repair in repairs {
        by_node.entry(&repair.node).or_default().push(repair);
    }
    let mut end = 0;
    for draft in drafts {
        let at = draft.piece.at.clone();
        let text = source.substr(at.clone());
        let mine = by_node.get(&draft.id).map(Vec::as_slice).unwrap_or_default();
        let (as_read, _) = crate::domain::apply_repairs(&text, mine.iter().copied());
        let lost = draft.lost.as_deref().unwrap_or("");
        let number = format!("{lost}{}", &text[..draft.number]);
        let body = as_read.strip_prefix(&number).or_else(|| as_read.get(draft.number..)).unwrap_or(&as_read).trim();
        let title = match draft.kind {
            NodeKind::Chapter => heading_title(body),
            NodeKind::Heading | NodeKind::Task | NodeKind::Principle | NodeKind::Measure => item_title(body),
            NodeKind::Paragraph | NodeKind::Title | NodeKind::Matter | NodeKind::Cell | NodeKind::Chrome => "",
        };
        nodes.push(Node {
            id: draft.id.clone(),
            kind: draft.kind,
            number: number.into(),
            title: title.into(),
            gap: source.substr(end..at.start),
            text,
        });
        read.push(as_read);
        end = at.end;
    }
    kinds(&mut nodes, &read);
    (nodes, read)
}

fn heading_title(body: &str) -> &str {
    body.trim_end_matches('。').trim()
}

/// The longest sentence that is a title, in bytes.
const SENTENCE: usize = 6_000;

/// The words before the first 。, without the attributions behind them.
fn item_title(body: &str) -> &str {
    let first = body.split('。').next().unwrap_or(body);
    if first.len() > SENTENCE {
        return "";
    }
    attribution::without_trailing(first).trim_end_matches(['，', ',', '；', ';', '：', ':']).trim()
}

/// Settles the kinds of numbered items, and of headings that are items themselves.
fn kinds(nodes: &mut [Node], read: &[String]) {
    let last_chapters: Vec<usize> =
        nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Chapter).map(|(at, _)| at).collect();
    let near_end = last_chapters.iter().rev().nth(1).or(last_chapters.last()).copied().unwrap_or(0);
    let (mut chapter, mut heading, mut late) = (String::new(), String::new(), false);
    for at in 0..nodes.len() {
        match nodes[at].kind {
            NodeKind::Chapter => {
                chapter = nodes[at].title.to_string();
                heading.clear();
                late = at >= near_end;
            }
            NodeKind::Heading => {
                heading = nodes[at].title.to_string();
                let next = nodes[at + 1..].iter().find(|node| node.kind.in_tree()).map(|node| node.kind);
                let has_items = next.and_then(NodeKind::depth) == Some(2);
                // （一）…（财政部负责） with nothing below it is somebody's task.
                if !has_items && attribution::of_text(&read[at]).is_some() {
                    nodes[at].kind = outline::item_kind(&chapter, "", late);
                }
            }
            NodeKind::Task | NodeKind::Principle | NodeKind::Measure => {
                nodes[at].kind = outline::item_kind(&chapter, &heading, late);
            }
            NodeKind::Paragraph | NodeKind::Title | NodeKind::Matter | NodeKind::Cell | NodeKind::Chrome => {}
        }
    }
}

/// Paragraphs that a page break cut in two: no stop at the end, and the next one has no number.
fn broken_paragraphs(page: &Page, findings: &mut Vec<Finding>) {
    for at in 1..page.nodes.len() {
        let (before, node) = (&page.nodes[at - 1], &page.nodes[at]);
        let is_text =
            matches!(before.kind, NodeKind::Paragraph | NodeKind::Task | NodeKind::Measure | NodeKind::Principle);
        let open =
            page.read[at - 1].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '，' | '、'));
        if is_text && open && page.read[at - 1].chars().count() > 20 && node.kind == NodeKind::Paragraph {
            findings.push(Finding::BrokenParagraph { line: page.lines[at - 1], next: page.lines[at] });
        }
    }
}
