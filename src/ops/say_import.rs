//! What an import found and why one was refused, as sentences.

use super::import::ImportRefusal;
use super::{place_name, say};
use crate::import::{Finding, ReadingsError};
use crate::text::Text;
use std::path::Path;

/// Says why nothing was imported.
pub fn say_import(refusal: &ImportRefusal, text: &Text) -> String {
    let errors = &text.errors;
    let name = |path: &Path| path.display().to_string();
    match refusal {
        ImportRefusal::BadId { id } => (errors.bad_plan_id)(id),
        ImportRefusal::Exists { id } => (errors.plan_exists)(id),
        ImportRefusal::NotFound { path } => (errors.file_not_found)(&name(path)),
        ImportRefusal::TooLarge { path, bytes, limit } => (text.help.import.too_large)(&name(path), *bytes, *limit),
        ImportRefusal::NotText { path, line, column } => (errors.not_text)(&name(path), *line, *column),
        ImportRefusal::Readings { path, errors } => {
            errors.iter().map(|error| reading(&name(path), error, text)).collect::<Vec<_>>().join("\n")
        }
        ImportRefusal::Nothing { path } => (errors.nothing_to_import)(&name(path)),
        ImportRefusal::File(error) => say::say_file(error, text),
        ImportRefusal::ReadBack { file } => (errors.read_back)(file),
    }
}

fn reading(path: &str, error: &ReadingsError, text: &Text) -> String {
    let say = &text.help.import;
    match error {
        ReadingsError::Malformed { message } => (say.readings_malformed)(path, message.trim_end()),
        ReadingsError::Certainty { number, found } => (say.readings_certainty)(path, *number, found),
        ReadingsError::NotFound { number, scraped } => (say.readings_not_found)(path, *number, scraped),
        ReadingsError::Ambiguous { number, scraped } => (say.readings_ambiguous)(path, *number, scraped),
    }
}

/// Says what an import found; the line is said by the caller.
pub fn say_finding(finding: &Finding, text: &Text) -> String {
    let say = &text.help.import;
    match finding {
        Finding::Chrome { .. } => say.chrome.to_string(),
        Finding::TitleOverLines { to, .. } => (say.title_over_lines)(*to),
        Finding::RunTogether { .. } => say.run_together.to_string(),
        Finding::TableFlattened { rows, .. } => (say.table_flattened)(*rows),
        Finding::BrokenParagraph { next, .. } => (say.broken_paragraph)(*next),
        Finding::NumbersMissing { from, to, .. } => (say.numbers_missing)(*from, *to),
        Finding::NumberRepeats { place, .. } => (say.number_repeats)(&place_name(place, text)),
        Finding::AmbiguousDate { text: digits, .. } => (say.ambiguous_date)(digits),
        Finding::RowUnmatched { content, .. } => (say.row_unmatched)(content),
        Finding::Collective { node, name } => (say.collective)(&place_name(node, text), name),
    }
}
