//! Reading typed fields out of a table, with every problem at its place.

use crate::domain::Str;
use crate::store::problem::MOST_PROBLEMS;
use crate::store::{Field, Problem, ProblemKind, Table, Token};
use chrono::NaiveDate;
use std::cell::{Cell, RefCell};

/// Reads the fields of one table and remembers which keys were asked for.
pub(super) struct Reader<'d> {
    source: &'d Str,
    table: &'d Table<'d>,
    /// The fields that were asked for: a bit for each of the first, the places of the others.
    asked: Cell<u128>,
    asked_late: RefCell<Vec<usize>>,
    /// The field behind the one that was found last: where the next question is most often answered.
    ahead: Cell<usize>,
    problems: &'d RefCell<Vec<Problem>>,
}

impl<'d> Reader<'d> {
    pub fn new(source: &'d Str, table: &'d Table<'d>, problems: &'d RefCell<Vec<Problem>>) -> Self {
        let (asked, asked_late, ahead) = (Cell::default(), RefCell::default(), Cell::default());
        Reader { source, table, asked, asked_late, ahead, problems }
    }

    pub fn problem_at(&self, byte: usize, kind: ProblemKind) {
        note(self.source, byte, kind, self.problems);
    }

    /// A name or key as text that shares the file's bytes where it stands in them.
    pub fn own(&self, text: &str) -> Str {
        self.source.try_substr_from(text).unwrap_or_else(|| text.into())
    }

    fn field(&self, key: &'static str) -> Option<&'d Field<'d>> {
        let fields = &self.table.fields;
        let ahead = self.ahead.get();
        let at = match fields.get(ahead) {
            Some(field) if field.key == key => ahead,
            _ => fields.iter().position(|field| field.key == key)?,
        };
        self.ahead.set(at + 1);
        match at {
            0..128 => self.asked.set(self.asked.get() | 1 << at),
            _ => self.asked_late.borrow_mut().push(at),
        }
        Some(&fields[at])
    }

    /// A value that `understand` takes, or a problem that says what was expected.
    pub fn get<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        understand: impl Fn(&Token) -> Option<T>,
    ) -> Option<T> {
        let field = self.field(key)?;
        let value = understand(&field.value);
        if value.is_none() {
            self.bad(field, expected);
        }
        value
    }

    pub fn bad(&self, field: &Field, expected: &'static str) {
        let value: String = self.source[field.span.clone()].chars().take(60).collect();
        let kind = ProblemKind::BadValue { key: field.key.to_string(), value, expected };
        self.problem_at(field.span.start, kind);
    }

    pub fn str(&self, key: &'static str) -> Option<Str> {
        self.get(key, "text", |token| token.as_str().cloned())
    }

    /// Text that has to be there.
    pub fn required(&self, key: &'static str) -> Option<Str> {
        let Some(field) = self.field(key) else {
            self.problem_at(self.table.header.start, ProblemKind::MissingKey { key: key.to_string() });
            return None;
        };
        let value = field.value.as_str().cloned();
        if value.is_none() {
            self.bad(field, "text");
        }
        value
    }

    pub fn date(&self, key: &'static str) -> Option<NaiveDate> {
        self.get(key, "date", |token| match token {
            Token::Date(date) => Some(*date),
            Token::Str(text) => text.trim().parse().ok(),
            _ => None,
        })
    }

    pub fn int(&self, key: &'static str) -> Option<i64> {
        self.get(key, "number", |token| if let Token::Int(number) = token { Some(*number) } else { None })
    }

    pub fn float(&self, key: &'static str) -> Option<f64> {
        self.get(key, "number", as_float)
    }

    pub fn bool(&self, key: &'static str) -> Option<bool> {
        self.get(key, "true/false", |token| if let Token::Bool(truth) = token { Some(*truth) } else { None })
    }

    pub fn strs(&self, key: &'static str) -> Option<Vec<Str>> {
        self.get(key, "list", |token| if let Token::Strs(texts) = token { Some(texts.clone()) } else { None })
    }

    /// Text of a closed vocabulary.
    pub fn word<T>(&self, key: &'static str, expected: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.get(key, expected, |token| token.as_str().and_then(|text| parse(text)))
    }

    /// Fields that no question has asked for.
    pub fn rest(&self) -> impl Iterator<Item = &'d Field<'d>> {
        let (asked, late) = (self.asked.get(), self.asked_late.borrow().clone());
        let is_asked = move |at: usize| if at < 128 { asked >> at & 1 == 1 } else { late.contains(&at) };
        self.table.fields.iter().enumerate().filter(move |(at, _)| !is_asked(*at)).map(|(_, field)| field)
    }

    /// Reports what nobody asked for.
    pub fn finish(&self) {
        for field in self.rest() {
            self.unknown(field);
        }
    }

    pub fn unknown(&self, field: &Field) {
        self.problem_at(field.key_span.start, ProblemKind::UnknownKey { key: field.key.to_string() });
    }
}

/// Reports a table that the file has no use for.
///
/// An open conflict may stand in any file; `read_conflicts` reads it.
pub(super) fn unknown_table(source: &str, table: &Table, problems: &RefCell<Vec<Problem>>) {
    if table.is_element && table.name == crate::store::CONFLICT_LIST {
        return;
    }
    note(source, table.header.start, ProblemKind::UnknownTable { name: table.name.to_string() }, problems);
}

/// Notes a problem; a file that is wrong throughout need not be told line by line.
fn note(source: &str, byte: usize, kind: ProblemKind, problems: &RefCell<Vec<Problem>>) {
    let mut problems = problems.borrow_mut();
    if problems.len() < MOST_PROBLEMS {
        problems.push(Problem::at(source, byte, kind));
    }
}

pub(super) fn as_float(token: &Token) -> Option<f64> {
    match token {
        Token::Int(number) => Some(*number as f64),
        // nan is not even itself
        Token::Float(number) => Some(*number).filter(|number| number.is_finite()),
        _ => None,
    }
}
