//! `search`: what the plan, the departments and the notes have of some words.

use super::change::record_key;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use crate::domain::search::{self, Hit, HitKind};
use crate::ops::place_name;
use serde::Serialize;

#[derive(Serialize)]
struct HitRecord<'h> {
    id: &'h str,
    kind: &'static str,
    title: &'h str,
    /// The text that matched, cut where it is long.
    line: &'h str,
    /// The words that matched in it.
    found: &'h str,
    /// The entry, for a note.
    entry: Option<&'h str>,
    /// The meeting, for what belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<&'h str>,
}

pub(super) fn run(session: &mut Session, words: &Words) -> Result<Answer, Failure> {
    let query = words.all().join(" ");
    let mut workspace = session.open()?;
    workspace.read_all_logs();
    workspace.read_records();
    let hits = search::search(workspace.plan(), &query);
    let records: Vec<HitRecord> = hits.iter().map(record).collect();
    let text = session.text;
    let data = session.data(&records, |out| {
        let mut table = Table::plain(session.world.width);
        for hit in &hits {
            let kind = match &hit.kind {
                HitKind::Node(kind) => (text.words.kind)(*kind),
                HitKind::Unit => text.help.report.unit,
                HitKind::Note(_) => text.help.report.log,
                HitKind::Record(id) => (text.records.kind)(id.kind),
            };
            let id = match &hit.kind {
                HitKind::Record(id) => record_key(id),
                HitKind::Node(_) | HitKind::Unit | HitKind::Note(_) => place_name(&hit.id, text),
            };
            table.row([kind.to_string(), id, hit.line.clone()]);
        }
        table.print(out);
    });
    let total = match hits.len() {
        0 => (text.help.report.no_hits)(&query),
        hits => (text.help.report.hits_total)(hits),
    };
    session.say(&total);
    Ok(session.browsed(&workspace, data))
}

fn record(hit: &Hit) -> HitRecord<'_> {
    HitRecord {
        id: match &hit.kind {
            HitKind::Record(id) if id.key.is_empty() => &id.meeting,
            HitKind::Record(id) => &id.key,
            HitKind::Node(_) | HitKind::Unit | HitKind::Note(_) => hit.id.as_str(),
        },
        kind: hit.kind.token(),
        title: &hit.title,
        line: &hit.line,
        found: &hit.line[hit.range.clone()],
        entry: match &hit.kind {
            HitKind::Note(entry) => Some(entry.as_str()),
            HitKind::Node(_) | HitKind::Unit | HitKind::Record(_) => None,
        },
        meeting: match &hit.kind {
            HitKind::Record(id) if !id.meeting.is_empty() => Some(&id.meeting),
            HitKind::Node(_) | HitKind::Unit | HitKind::Note(_) | HitKind::Record(_) => None,
        },
    }
}
