//! `import`: an official document in; every line without a place and every proposed repair is printed.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::usage;
use super::verb::Verb;
use super::{json, table, visible};
use crate::domain::{Info, NodeKind};
use crate::import::{Finding, Imported, Proposal};
use crate::ops::{self, ImportReport, ImportRequest, place_name};
use crate::text::Text;
use crate::workspace;
use clap::ArgMatches;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct ReportRecord<'r> {
    plan: &'r str,
    written: bool,
    charset: &'static str,
    info: InfoRecord<'r>,
    counts: BTreeMap<&'static str, usize>,
    unplaced: Vec<UnplacedRecord<'r>>,
    proposals: Vec<ProposalRecord<'r>>,
    findings: Vec<FindingRecord>,
}

#[derive(Serialize)]
struct InfoRecord<'r> {
    title: &'r str,
    issuer: &'r str,
    number: Option<&'r str>,
    adopted: Option<&'r str>,
    issued: Option<chrono::NaiveDate>,
    period: Option<(i32, i32)>,
    phases: Vec<(&'r str, i32, i32)>,
    implements: Vec<(&'r str, &'r str)>,
}

#[derive(Serialize)]
struct UnplacedRecord<'r> {
    line: u32,
    text: &'r str,
}

#[derive(Serialize)]
struct ProposalRecord<'r> {
    line: u32,
    node: &'r str,
    at: u32,
    scraped: &'r str,
    read: &'r str,
    certainty: &'static str,
    why: &'r str,
    accepted: bool,
}

#[derive(Serialize)]
struct FindingRecord {
    line: u32,
    message: String,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let Some(plan) = session.settings.plan.clone() else {
        return Err(usage::words_missing(Verb::Import, session.text));
    };
    let dir = session.settings.dir.clone();
    let real = dir.canonicalize().unwrap_or(dir);
    // a first plan may be imported where there is none yet
    let root = workspace::find_root(&real).unwrap_or(real);
    let here = &session.world.here;
    let readings = own.get_one::<String>("readings").map(|path| here.join(path));
    let request = ImportRequest {
        file: &here.join(words.at(0)),
        readings: readings.as_deref(),
        plan: &plan,
        dry_run: own.get_flag("dry-run"),
    };
    let report = ops::import(&root, request).map_err(|refusal| Failure::import(&refusal, session.text))?;
    let text = session.text;
    let imported = &report.imported;
    let data = if session.settings.json {
        json::print(&record(&report, &plan, text))
    } else {
        let mut out = String::with_capacity(32 << 10);
        print(&report, session.world.width.unwrap_or(table::USUAL_WIDTH), text, &mut out);
        out
    };
    match report.written {
        Some(_) => session.say(&(text.outcomes.imported)(&plan, imported.text.nodes.len())),
        None => session.say(text.help.import.dry_run),
    }
    Ok(Answer::done(data))
}

fn count(imported: &Imported, kind: NodeKind) -> usize {
    imported.text.nodes.iter().filter(|node| node.kind == kind).count()
}

/// Departments, rows, leads, responsible cells, targets.
fn others(imported: &Imported) -> [usize; 5] {
    let rows = &imported.matrix.rows;
    let leads = rows.iter().filter(|row| row.lead.is_some()).count();
    let cells = rows.iter().map(|row| row.responsible().len()).sum();
    [imported.units.len(), rows.len(), leads, cells, imported.targets.len()]
}

/// The line that a finding is about; 0 where it is about a place.
fn finding_line(finding: &Finding) -> u32 {
    match finding {
        Finding::TitleOverLines { from, .. } => *from,
        Finding::Chrome { line }
        | Finding::RunTogether { line }
        | Finding::TableFlattened { line, .. }
        | Finding::BrokenParagraph { line, .. }
        | Finding::NumbersMissing { line, .. }
        | Finding::NumberRepeats { line, .. }
        | Finding::AmbiguousDate { line, .. }
        | Finding::RowUnmatched { line, .. } => *line,
        Finding::Collective { .. } => 0,
    }
}

fn record<'r>(report: &'r ImportReport, plan: &'r str, text: &Text) -> ReportRecord<'r> {
    let imported = &report.imported;
    let Info { title, issuer, number, adopted, issued, period, phases, implements, .. } = &imported.info;
    let mut counts: BTreeMap<&'static str, usize> =
        NodeKind::ALL.into_iter().map(|kind| (kind.token(), count(imported, kind))).collect();
    counts.extend(["units", "rows", "leads", "responsible", "targets"].into_iter().zip(others(imported)));
    counts.insert("proposals", imported.proposals.len());
    counts.insert("accepted", imported.proposals.iter().filter(|proposal| proposal.accepted).count());
    ReportRecord {
        plan,
        written: report.written.is_some(),
        charset: report.charset.name(),
        info: InfoRecord {
            title,
            issuer,
            number: number.as_deref(),
            adopted: adopted.as_deref(),
            issued: *issued,
            period: *period,
            phases: phases.iter().map(|phase| (phase.name.as_str(), phase.from, phase.to)).collect(),
            implements: implements.iter().map(|plan| (plan.title.as_str(), plan.number.as_str())).collect(),
        },
        counts,
        unplaced: imported.unplaced.iter().map(|line| UnplacedRecord { line: line.line, text: &line.text }).collect(),
        proposals: imported.proposals.iter().map(proposal_record).collect(),
        findings: imported
            .findings
            .iter()
            .map(|finding| FindingRecord { line: finding_line(finding), message: ops::say_finding(finding, text) })
            .collect(),
    }
}

fn proposal_record(proposal: &Proposal) -> ProposalRecord<'_> {
    let repair = &proposal.repair;
    ProposalRecord {
        line: proposal.line,
        node: repair.node.as_str(),
        at: repair.at,
        scraped: &repair.scraped,
        read: &repair.read,
        certainty: repair.certainty.token(),
        why: &repair.why,
        accepted: proposal.accepted,
    }
}

fn print(report: &ImportReport, width: usize, text: &Text, out: &mut String) {
    let say = &text.help.import;
    let imported = &report.imported;
    identity(report, width, text, out);
    let heading = |out: &mut String, words: &str| out.push_str(&format!("\n{words}\n"));
    heading(out, &(say.head_unplaced)(imported.unplaced.len()));
    for line in &imported.unplaced {
        out.push_str(&format!("  {}  {}\n", (say.line)(line.line), visible::line(&line.text)));
    }
    let accepted = imported.proposals.iter().filter(|proposal| proposal.accepted).count();
    heading(out, &(say.head_proposals)(imported.proposals.len(), accepted));
    for proposal in &imported.proposals {
        let repair = &proposal.repair;
        let sure = (text.words.certainty)(repair.certainty);
        let what = (text.help.report.repair)(repair.at as usize + 1, &repair.scraped, &repair.read, sure, &repair.why);
        let state = if proposal.accepted { say.accepted } else { say.only_proposed };
        let place = place_name(&repair.node, text);
        let line = format!("  {}  {place}  {state}  {what}", (say.line)(proposal.line));
        out.push_str(&format!("{}\n", table::wrap(&visible::line(&line), width, 6)));
    }
    heading(out, &(say.head_findings)(imported.findings.len()));
    for finding in &imported.findings {
        let place = match finding_line(finding) {
            0 => String::new(),
            line => format!("{}  ", (say.line)(line)),
        };
        let line = format!("  {place}{}", ops::say_finding(finding, text));
        out.push_str(&format!("{}\n", table::wrap(&visible::line(&line), width, 6)));
    }
}

/// Who issued what, when, and how much of it was read.
fn identity(report: &ImportReport, width: usize, text: &Text, out: &mut String) {
    let say = &text.help.import;
    let imported = &report.imported;
    let info = &imported.info;
    let optional =
        |value: &Option<crate::domain::Str>| value.as_ref().map_or(text.words.none.to_string(), ToString::to_string);
    let phases = info.phases.iter().map(|phase| format!("{} {}", phase.name, (say.years)(phase.from, phase.to)));
    let implements = info.implements.iter().map(|plan| format!("{} {}", plan.title, plan.number).trim().to_string());
    let kinds = NodeKind::ALL.into_iter().map(|kind| (kind, count(imported, kind))).filter(|(_, count)| *count > 0);
    let kinds = kinds.map(|(kind, count)| (say.kind_count)((text.words.kind)(kind), kind, count));
    let [units, rows, leads, cells, targets] = others(imported);
    let counts = format!(
        "{}\n{}",
        kinds.collect::<Vec<_>>().join(text.words.comma),
        (say.others)(units, rows, leads, cells, targets)
    );
    let fields = [
        (say.title, info.title.to_string()),
        (say.issuer, info.issuer.to_string()),
        (say.document_number, optional(&info.number)),
        (say.adopted, optional(&info.adopted)),
        (say.issued, info.issued.map_or(text.words.none.to_string(), |date| date.to_string())),
        (say.period, info.period.map_or(text.words.none.to_string(), |(from, to)| (say.years)(from, to))),
        (say.phases, phases.collect::<Vec<_>>().join("\n")),
        (say.implements, implements.collect::<Vec<_>>().join("\n")),
        (say.charset, format!("{}{}", report.charset.name(), if report.crlf { say.crlf } else { "" })),
        (say.counts, counts),
    ];
    table::fields(out, &fields, width);
}
