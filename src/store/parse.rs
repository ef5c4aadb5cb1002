//! The real parser, behind the same [`Doc`] as the scanner.

use super::doc::{Doc, Field, Table, Token};
use super::problem::{MOST_PROBLEMS, Problem, ProblemKind};
use super::scan;
use crate::domain::Str;
use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a file's text, by the scanner where it is canonical, else by the parser.
///
/// # Errors
/// Every syntax error of the file with its place; the file name is empty.
pub fn read_doc(source: &Str) -> Result<Doc, Vec<Problem>> {
    match scan::scan(source) {
        Some(doc) => Ok(doc),
        None => parse(source),
    }
}

pub(super) fn parse(source: &Str) -> Result<Doc, Vec<Problem>> {
    let text = source.as_str();
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let problem = |error: &toml::de::Error| {
            let byte = error.span().map_or(0, |span| span.start);
            let message = error.message().trim().replace('\n', " ");
            Problem::at(text, byte, ProblemKind::Syntax { message })
        };
        return Err(errors.iter().take(MOST_PROBLEMS).map(problem).collect());
    }
    let mut doc = Doc::default();
    doc.tables.push(Table { name: Str::default(), is_element: false, header: 0..0, fields: Vec::new() });
    let mut tables = Vec::new();
    for (key, value) in root.get_ref() {
        match value.get_ref() {
            DeValue::Table(inner) => tables.push(table(text, key, value.span(), inner, false)),
            DeValue::Array(items) if !items.is_empty() && items.iter().all(|i| i.get_ref().as_table().is_some()) => {
                for item in items.iter() {
                    let inner = item.get_ref().as_table().expect("just looked");
                    tables.push(table(text, key, item.span(), inner, true));
                }
            }
            _ => doc.tables[0].fields.push(field(text, key, value)),
        }
    }
    doc.tables[0].fields.sort_by_key(|field| field.span.start);
    tables.sort_by_key(|table| table.header.start);
    doc.tables.extend(tables);
    Ok(doc)
}

/// A table; its span covers its header where it has one, which is how a dotted or inline table is told apart.
fn table(
    text: &str,
    key: &Spanned<toml::de::DeString>,
    span: std::ops::Range<usize>,
    inner: &DeTable,
    is_element: bool,
) -> Table {
    let has_header = text.as_bytes().get(span.start) == Some(&b'[');
    let line_end = memchr::memchr(b'\n', &text.as_bytes()[span.start..]).map_or(text.len(), |at| span.start + at);
    let mut fields: Vec<Field> = inner.iter().map(|(key, value)| field(text, key, value)).collect();
    fields.sort_by_key(|field| field.span.start);
    // `["3.1.2".x]` names a table below it and is no header of its own
    let is_own = has_header && !fields.iter().any(|field| (span.start..line_end).contains(&field.key_span.start));
    let header = if is_own { span.start..line_end } else { span.start..span.start };
    Table { name: key.get_ref().as_ref().into(), is_element, header, fields }
}

fn field(text: &str, key: &Spanned<toml::de::DeString>, value: &Spanned<DeValue>) -> Field {
    Field {
        key: key.get_ref().as_ref().into(),
        key_span: key.span(),
        value: token(&text[value.span()], value.get_ref()),
        span: value.span(),
    }
}

fn token(source: &str, value: &DeValue) -> Token {
    match value {
        // the lines of a text are not others because an editor or git ends them with CR LF
        DeValue::String(text) if source.contains("\r\n") => Token::Str(text.replace("\r\n", "\n").into()),
        DeValue::String(text) => Token::Str(text.as_ref().into()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Token::Other, Token::Int)
        }
        DeValue::Float(number) => number.as_str().parse().map_or(Token::Other, Token::Float),
        DeValue::Boolean(truth) => Token::Bool(*truth),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
            (Some(date), None) => {
                let date = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into());
                date.map_or(Token::Other, Token::Date)
            }
            _ => Token::Other,
        },
        DeValue::Array(items) => {
            let texts: Option<Vec<Str>> = items
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::String(text) => Some(text.as_ref().into()),
                    _ => None,
                })
                .collect();
            texts.map_or(Token::Other, Token::Strs)
        }
        DeValue::Table(_) => Token::Other,
    }
}
