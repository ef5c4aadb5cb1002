//! The real parser, behind the same [`Doc`] as the scanner.

use super::doc::{Doc, Field, Table, Token};
use super::problem::{MOST_PROBLEMS, Problem, ProblemKind};
use super::scan::Scan;
use crate::domain::Str;
use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// The tables of a file, one after the other; the root table is the first one and has an empty name.
#[derive(Debug)]
pub struct Tables<'s> {
    source: &'s Str,
    maker: Maker<'s>,
}

#[derive(Debug)]
enum Maker<'s> {
    Scan(Scan<'s>),
    Parsed { tables: std::vec::IntoIter<Table<'s>>, table: Table<'s> },
}

impl<'s> Tables<'s> {
    /// The text that is read.
    pub fn source(&self) -> &'s Str {
        self.source
    }

    /// The next table, which stands until the one after it is asked for.
    #[expect(clippy::should_implement_trait, reason = "an iterator cannot lend what it owns")]
    pub fn next(&mut self) -> Option<&Table<'s>> {
        match &mut self.maker {
            Maker::Scan(scan) => scan.next(),
            Maker::Parsed { tables, table } => {
                *table = tables.next()?;
                Some(table)
            }
        }
    }
}

/// Reads a file's tables, by the scanner where the file is canonical, else by the parser: `read` may be called a second time.
///
/// # Errors
/// Every syntax error of the file with its place; the file name is empty.
pub fn read_tables<'s, T>(source: &'s Str, read: impl Fn(&mut Tables<'s>) -> T) -> Result<T, Vec<Problem>> {
    let mut tables = Tables { source, maker: Maker::Scan(Scan::new(source)) };
    let value = read(&mut tables);
    while tables.next().is_some() {}
    if matches!(&tables.maker, Maker::Scan(scan) if scan.is_canonical()) {
        return Ok(value);
    }
    let parsed = parse(source)?.tables.into_iter();
    Ok(read(&mut Tables { source, maker: Maker::Parsed { tables: parsed, table: Table::default() } }))
}

/// Reads a whole file.
///
/// # Errors
/// See [`read_tables`].
pub fn read_doc(source: &Str) -> Result<Doc<'_>, Vec<Problem>> {
    match scan_all(source) {
        Some(doc) => Ok(doc),
        None => parse(source),
    }
}

/// Reads a whole canonical file.
pub(super) fn scan_all(source: &Str) -> Option<Doc<'_>> {
    let mut scan = Scan::new(source);
    let mut doc = Doc::default();
    while let Some(table) = scan.next() {
        doc.tables.push(table.clone());
    }
    scan.is_canonical().then_some(doc)
}

pub(super) fn parse(source: &Str) -> Result<Doc<'_>, Vec<Problem>> {
    let text = source.as_str();
    // one word for what a line merge left, not an error for each of its marks
    if let Some(at) = text.starts_with("<<<<<<< ").then_some(0).or_else(|| text.find("\n<<<<<<< ").map(|at| at + 1))
        && text[at..].contains("\n>>>>>>> ")
    {
        return Err(vec![Problem::at(text, at, ProblemKind::MergeConflict)]);
    }
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
    doc.tables.push(Table::default());
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
fn table<'s>(
    text: &'s str,
    key: &Spanned<DeString<'s>>,
    span: std::ops::Range<usize>,
    inner: &DeTable<'s>,
    is_element: bool,
) -> Table<'s> {
    let has_header = text.as_bytes().get(span.start) == Some(&b'[');
    let line_end = memchr::memchr(b'\n', &text.as_bytes()[span.start..]).map_or(text.len(), |at| span.start + at);
    let mut fields: Vec<Field> = inner.iter().map(|(key, value)| field(text, key, value)).collect();
    fields.sort_by_key(|field| field.span.start);
    // `["3.1.2".x]` names a table below it and is no header of its own
    let is_own = has_header && !fields.iter().any(|field| (span.start..line_end).contains(&field.key_span.start));
    let header = if is_own { span.start..line_end } else { span.start..span.start };
    Table { name: key.get_ref().clone(), is_element, header, fields }
}

fn field<'s>(text: &'s str, key: &Spanned<DeString<'s>>, value: &Spanned<DeValue<'s>>) -> Field<'s> {
    Field {
        key: key.get_ref().clone(),
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
