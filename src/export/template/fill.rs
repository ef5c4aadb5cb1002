//! Filling a template, and finding the way back from what came out to the place in the template.

use super::words;
use super::{Form, TemplateError, TemplateFault};
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, ErrorKind, OutputSpan, UndefinedBehavior};
use serde::Serialize;
use std::ops::Range;

/// What stands for characters of data that the markup would take for its own.
pub(super) const LINE_END: char = '\u{e000}';
const AT: char = '\u{e001}';
const BAR: char = '\u{e002}';
const LESS: char = '\u{e003}';

/// More steps than any paper needs: a template that loops without end is stopped.
const FUEL: u64 = 5_000_000;

/// A template that has been filled.
pub(super) struct Filled {
    pub text: String,
    source: String,
    spans: Vec<OutputSpan>,
}

/// A fault in the filled text, at a byte of it.
pub(super) struct Fault {
    pub at: usize,
    pub kind: TemplateFault,
}

pub(super) fn fill(form: Form, source: &str, content: &impl Serialize) -> Result<Filled, TemplateError> {
    let environment = environment();
    let template =
        environment.template_from_named_str(form.file(), source).map_err(|error| fault_of(form, source, &error))?;
    let (text, spans) =
        template.render_with_spans(Value::from(Serde(content))).map_err(|error| fault_of(form, source, &error))?;
    Ok(Filled { text, source: source.to_string(), spans })
}

/// Blank lines are nothing in a paper, so that the engine need not eat line ends, which would join lines behind a block.
fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(|out, state, value| match value.kind() {
        ValueKind::None => Ok(()),
        ValueKind::String => out.write_str(&carry(&value.to_string())).map_err(minijinja::Error::from),
        _ => minijinja::escape_formatter(out, state, value),
    });
    words::add_to(&mut environment);
    environment
}

/// Data as it is carried past the markup.
fn carry(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter(|c| !('\u{e000}'..='\u{e00f}').contains(c))
        .map(|c| match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => LINE_END,
            '@' | '＠' => AT,
            '|' => BAR,
            '<' => LESS,
            c => c,
        })
        .collect()
}

/// The characters themselves, once the markup has been read.
pub(super) fn restore(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            LINE_END => '\n',
            AT => '@',
            BAR => '|',
            LESS => '<',
            c => c,
        })
        .collect()
}

/// The name that a filter was given, where the fault is that there is no such name.
fn before_filter(source: &str, range: Range<usize>) -> Range<usize> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let given = source.get(..range.start).and_then(|before| before.trim_end().strip_suffix('|')).map(str::trim_end);
    match given {
        Some(given) => given.trim_end_matches(is_name).len()..given.len(),
        None => range,
    }
}

fn fault_of(form: Form, source: &str, error: &minijinja::Error) -> TemplateError {
    let range = error.range().map(|range| match error.kind() {
        ErrorKind::UndefinedError => before_filter(source, range),
        _ => range,
    });
    let message =
        error.detail().map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    let kind = match error.kind() {
        ErrorKind::SyntaxError | ErrorKind::InvalidDelimiter | ErrorKind::BadEscape => {
            TemplateFault::Syntax { message }
        }
        ErrorKind::UndefinedError
        | ErrorKind::UnknownFilter
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod => {
            // the name itself helps more than the library's sentence
            let name = range.clone().and_then(|range| source.get(range)).map(str::trim);
            TemplateFault::UnknownName { message: name.map_or(message, str::to_string) }
        }
        ErrorKind::OutOfFuel => TemplateFault::Endless,
        _ => TemplateFault::Failed { message },
    };
    let (line, column) = match (range, error.line()) {
        (Some(range), _) if range.start <= source.len() => place(source, range.start),
        (_, Some(line)) => (line as u32, 1),
        (_, None) => (0, 0),
    };
    TemplateError { form, line, column, kind }
}

impl Filled {
    /// The place in the template that a fault in the filled text comes from.
    pub fn error(&self, form: Form, fault: Fault) -> TemplateError {
        let Fault { at, kind } = fault;
        let span = self.spans.iter().find(|span| span.output_range().contains(&at));
        let (line, column) = match span {
            None => (0, 0),
            Some(span) => {
                let source = span.source_range();
                let raw = span.output_range().len() == source.len();
                place(&self.source, source.start + if raw { at - span.output_range().start } else { 0 })
            }
        };
        TemplateError { form, line, column, kind }
    }
}

/// Line and column of a byte, both from 1.
fn place(source: &str, byte: usize) -> (u32, u32) {
    let byte = (0..=byte.min(source.len())).rev().find(|at| source.is_char_boundary(*at)).unwrap_or(0);
    let before = &source[..byte];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) as u32 + 1;
    (line, column)
}
