//! What a meeting of each kind usually is: time, length, place, standing items. The office may write its own.

use super::{ItemKind, MeetingKind};
use chrono::NaiveTime;
use serde::Deserialize;

/// The template that is used where the office has none; also what a new one is written after.
pub const BUILT_IN: &str = include_str!("template.toml");

/// What a kind of meeting usually is.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Template {
    pub time: Option<NaiveTime>,
    pub length: Option<i64>,
    pub place: String,
    pub chair: String,
    /// Departments that are asked; all of the register where it names none.
    pub units: Vec<String>,
    pub items: Vec<TemplateItem>,
}

/// A standing item.
#[derive(Clone, PartialEq, Debug)]
pub struct TemplateItem {
    pub kind: ItemKind,
    pub title: String,
    pub section: String,
    pub unit: String,
    pub speaker: String,
    pub minutes: Option<i64>,
    /// Each meeting has it.
    pub recurring: bool,
}

/// What is wrong with a template, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TemplateError {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    plenary: Option<Part>,
    liaison: Option<Part>,
    special: Option<Part>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Part {
    time: Option<toml::Spanned<String>>,
    length: Option<i64>,
    place: String,
    chair: String,
    units: Vec<String>,
    item: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: toml::Spanned<String>,
    title: String,
    #[serde(default)]
    section: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    speaker: String,
    minutes: Option<i64>,
    #[serde(default)]
    recurring: bool,
}

/// Reads the template of a kind; one that is not in the office's own file is the built-in one.
///
/// # Errors
/// What cannot be read, with its line and column.
pub fn templates(own: Option<&str>, kind: MeetingKind) -> Result<Template, TemplateError> {
    match own.map(|text| part(text, kind)).transpose()?.flatten() {
        Some(template) => Ok(template),
        None => Ok(part(BUILT_IN, kind)?.unwrap_or_default()),
    }
}

fn part(text: &str, kind: MeetingKind) -> Result<Option<Template>, TemplateError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let at = |span: Option<std::ops::Range<usize>>, message: &str| {
        let before = &text[..span.map_or(0, |span| span.start).min(text.len())];
        let line = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        let message = message.lines().next().unwrap_or_default().to_string();
        TemplateError { line: before.matches('\n').count() + 1, column: line.chars().count() + 1, message }
    };
    let file: File = toml::from_str(text).map_err(|error| at(error.span(), error.message()))?;
    let part = match kind {
        MeetingKind::Plenary => file.plenary,
        MeetingKind::Liaison => file.liaison,
        MeetingKind::Special => file.special,
    };
    let Some(part) = part else { return Ok(None) };
    let bad = |word: &toml::Spanned<String>, expected: &str| {
        at(Some(word.span()), &format!("“{}”: {expected}", word.get_ref()))
    };
    let time =
        part.time.map(|time| NaiveTime::parse_from_str(time.get_ref(), "%H:%M").map_err(|_| bad(&time, "09:00")));
    let item = |entry: Entry| {
        let words = "follow_up report statement deliberation discussion speech";
        Ok(TemplateItem {
            kind: ItemKind::parse(entry.kind.get_ref()).ok_or_else(|| bad(&entry.kind, words))?,
            title: entry.title,
            section: entry.section,
            unit: entry.unit,
            speaker: entry.speaker,
            minutes: entry.minutes,
            recurring: entry.recurring,
        })
    };
    Ok(Some(Template {
        time: time.transpose()?,
        length: part.length,
        place: part.place,
        chair: part.chair,
        units: part.units,
        items: part.item.into_iter().map(item).collect::<Result<_, TemplateError>>()?,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_templates_are_sound() {
        for kind in MeetingKind::ALL {
            let template = templates(None, kind).expect("it can be read");
            assert!(template.time.is_some() && template.length.is_some(), "{kind:?}");
            assert!(template.items.iter().all(|item| !item.kind.asks_for_an_outcome()), "{kind:?}");
        }
    }

    #[test]
    fn a_wrong_template_says_where() {
        let error = |text| templates(Some(text), MeetingKind::Plenary).expect_err("it is wrong");
        assert_eq!(error("[plenary]\ntime = \"25:00\"\n").line, 2);
        let kind = error("[plenary]\n[[plenary.item]]\ntitle = \"甲\"\nkind = \"汇报会\"\n");
        assert_eq!((kind.line, kind.column), (4, 8));
        assert_eq!(error("[plenary]\nlenght = 3\n").line, 2);
        assert_eq!(error("[plenary\n").line, 1);
        let own = templates(Some("[plenary]\nplace = \"三楼\"\n"), MeetingKind::Plenary).expect("it is right");
        assert_eq!((own.place.as_str(), own.items.len()), ("三楼", 0));
        assert!(!templates(Some("[plenary]\n"), MeetingKind::Liaison).expect("built in").items.is_empty());
    }
}
