//! Writing what somebody chose into the file, for the fields and records that no splice of a layout knows.

use super::pieces::{ItemKey, cut};
use super::record::take_conflict;
use super::weave::whole;
use crate::domain::{Conflict, Said, Str, Token};
use crate::store::read_doc;
use crate::store::splice::{key_text, line_end_of};

/// The file with a conflict settled: the outer `None` where that cannot be written in place, the inner one where the file goes.
pub fn settle_conflict(text: &Str, conflict: &Conflict, said: &Said) -> Option<Option<Str>> {
    let without = take_conflict(text, &conflict.id);
    if conflict.is_whole() {
        return match &said[..] {
            [(_, Token::Bool(true))] => Some(Some(without)),
            [(_, Token::Str(raw))] if conflict.record.is_empty() => read_doc(raw).is_ok().then(|| Some(raw.clone())),
            [] if conflict.record.is_empty() && conflict.list.is_empty() => Some(None),
            [] if conflict.list != "plan" => edit(&without, conflict, None).map(Some),
            _ => None,
        };
    }
    edit(&without, conflict, Some(said)).map(Some)
}

/// Sets a field of a record, or takes the record away.
fn edit(text: &Str, conflict: &Conflict, said: Option<&Said>) -> Option<Str> {
    let line_end = line_end_of(text);
    let doc = read_doc(text).ok()?;
    let pieces = cut(text, &doc)?;
    let is_it = |list: &str, record: &str| list == conflict.list.as_str() && record == conflict.record.as_str();
    let mut out = String::with_capacity(text.len() + 64);
    let mut is_done = false;
    for piece in &pieces {
        if is_done || !is_it(&piece.key.list, &piece.key.record) {
            out.push_str(&whole(piece));
            continue;
        }
        is_done = true;
        let Some(said) = said else { continue };
        let sides = [&conflict.base, &conflict.ours, &conflict.theirs, said];
        let is_part = |key: &str| {
            sides.iter().any(|side| side.iter().any(|(known, _)| *known == key)) || key == conflict.field.as_str()
        };
        let lines: Vec<String> = said
            .iter()
            .map(|(key, token)| match token {
                Token::Str(raw) if key.is_empty() => raw.trim_end().replace('\n', line_end) + line_end,
                token => format!("{} = {}{line_end}", key_text(key), token.to_toml()),
            })
            .collect();
        let mut lines = Some(lines.concat());
        // where the field stood, or else under its comment, or else behind the last field
        let has_field = piece.items.iter().any(|item| matches!(&item.key, ItemKey::Field(key) if is_part(key)));
        let named = |item: &&super::pieces::Item| {
            let ItemKey::Note(words, _) = &item.key else { return false };
            words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).any(|word| word == conflict.field.as_str())
        };
        let under = piece.items.iter().find(named).map(|item| item.key.clone());
        let last =
            piece.items.iter().rev().find(|item| !matches!(item.key, ItemKey::Note(..))).map(|item| item.key.clone());
        let anchor = if has_field { None } else { under.or(last) };
        if piece.items.is_empty() {
            out.push_str(&lines.take().unwrap_or_default());
        }
        for item in &piece.items {
            let is_field = matches!(&item.key, ItemKey::Field(key) if is_part(key));
            if is_field {
                out.push_str(item.gap);
                out.push_str(&lines.take().unwrap_or_default());
                continue;
            }
            out.push_str(item.gap);
            out.push_str(item.text);
            if anchor.as_ref() == Some(&item.key) {
                if !item.text.ends_with('\n') {
                    out.push_str(line_end);
                }
                out.push_str(&lines.take().unwrap_or_default());
            }
        }
    }
    let out = Str::from(out);
    (is_done && read_doc(&out).is_ok()).then_some(out)
}
