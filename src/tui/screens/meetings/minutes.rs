//! The minutes: the sentences in reading order, where each comes from, and what is wrong with them.

use crate::domain::RecordId;
use crate::tui::look::Look;
use crate::tui::term::Pane;
use ratatui::style::Style;

/// A sentence of the minutes, as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// The name under which an edit of it is kept.
    pub key: String,
    pub text: String,
    /// As it is composed from the record now.
    pub composed: String,
    /// The record that it tells of.
    pub source: Option<RecordId>,
    pub is_edited: bool,
    /// The record has changed since it was edited.
    pub is_outdated: bool,
    /// What a reader of the draft would object to.
    pub findings: Vec<String>,
}

/// What a reader of the draft would object to, and where it is put right.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub words: String,
    pub at: RecordId,
    /// The sentence it is seen in, by its key.
    pub sentence: Option<String>,
}

/// Draws an objection.
pub(super) fn draw_finding<'a>(look: &Look<'a>, finding: &'a Finding, pane: &mut Pane<'_, 'a>) {
    let width = pane.size().0;
    pane.put(2, 0, 1, look.theme.bad, "!");
    pane.put_short(4, 0, width.saturating_sub(4), look.theme.plain, finding.words.as_str());
}

/// The whole objection, and what it is about.
pub(super) fn finding_details(
    look: &Look,
    view: &super::MeetingsView,
    finding: &Finding,
) -> Vec<(&'static str, Style, String)> {
    let say = &look.text.rooms;
    let mut out = vec![(say.findings_part, look.theme.bad, finding.words.clone())];
    let seen = finding.sentence.as_ref().and_then(|key| view.minutes.iter().find(|one| one.key == *key));
    out.extend(seen.map(|paragraph| (say.minutes, look.theme.plain, paragraph.text.clone())));
    let record = look.workspace.plan().record(&finding.at);
    out.push((say.linked_record, look.theme.quiet, crate::ops::record_name(&finding.at, record, look.text)));
    out
}

/// Draws a sentence with its flags.
pub(super) fn draw_row<'a>(look: &Look<'a>, paragraph: &'a Paragraph, pane: &mut Pane<'_, 'a>) {
    let width = pane.size().0;
    let (mark, style) = match paragraph {
        Paragraph { findings, .. } if !findings.is_empty() => ("!", look.theme.bad),
        Paragraph { is_outdated: true, .. } => ("~", look.theme.warn),
        Paragraph { is_edited: true, .. } => ("*", look.theme.accent),
        _ => (" ", look.theme.quiet),
    };
    pane.put(2, 0, 1, style, mark);
    pane.put_short(4, 0, width.saturating_sub(4), look.theme.plain, paragraph.text.as_str());
}

/// The whole sentence, its source and what is wrong with it.
pub(super) fn details<'a>(look: &Look<'a>, paragraph: &'a Paragraph) -> Vec<(&'static str, Style, String)> {
    let say = &look.text.rooms;
    let mut out = vec![(say.minutes, look.theme.plain, paragraph.text.clone())];
    if let Some(source) = &paragraph.source {
        let record = look.workspace.plan().record(source);
        let name = crate::ops::record_name(source, record, look.text);
        out.push((
            (look.text.records.field)(crate::domain::RecordKind::Topic, crate::domain::Field::Source),
            look.theme.quiet,
            name,
        ));
    }
    if paragraph.is_edited {
        let composed = (look.text.records.field)(crate::domain::RecordKind::Sentence, crate::domain::Field::Composed);
        let style = if paragraph.is_outdated { look.theme.warn } else { look.theme.quiet };
        out.push((composed, style, paragraph.composed.clone()));
    }
    for finding in &paragraph.findings {
        out.push(("!", look.theme.bad, finding.clone()));
    }
    out
}
