//! A few fields of a record in a box: each says what it understood while it is typed.
//!
//! In the room every field is saved when Enter leaves it, so that a power cut loses at most the line. Elsewhere the whole form
//! is saved at once. What cannot be understood is said; in the room it stays a hole and stops nobody.

use super::{Reply, open, place};
use crate::domain::search::{Query, matches};
use crate::domain::{Field, FieldType, FieldValue, NodeId, Record, RecordKind, Str, UnitId};
use crate::ops;
use crate::ops::due_in_full;
use crate::tui::action::{Action, Filled};
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, Measure, width as cells_of};
use chrono::{NaiveDate, NaiveTime};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

/// A field and what is typed into it.
#[derive(Clone, Debug)]
struct Line {
    field: Field,
    holds: FieldType,
    editor: Editor,
    /// What the text was when it was last saved.
    saved: String,
    is_needed: bool,
}

#[derive(Clone, Debug)]
pub struct Form {
    title: String,
    /// What it is for.
    filled: Filled,
    kind: RecordKind,
    lines: Vec<Line>,
    at: usize,
    /// Every field is saved when it is left.
    goes_on: bool,
    error: String,
    /// The text that was not understood once: the next Enter goes on and leaves the hole.
    refused: Option<(usize, String)>,
}

impl Form {
    /// A form of some fields, filled with what a record has.
    pub fn new(
        look: &Look,
        title: String,
        filled: Filled,
        kind: RecordKind,
        fields: &[Field],
        record: &Record,
    ) -> Self {
        let line = |field: &Field| {
            let holds = field.holds(kind);
            let now = record.get(*field).map_or(String::new(), |value| typed(value, kind, *field, look));
            let editor = if is_long(*field) { Editor::new() } else { Editor::one_line() };
            let mut editor = editor.with_max(2000).with_text(&now);
            editor.select_all();
            Line { field: *field, holds, editor, saved: now, is_needed: false }
        };
        let lines = fields.iter().map(line).collect();
        Form { title, filled, kind, lines, at: 0, goes_on: false, error: String::new(), refused: None }
    }

    /// The fields that may not stay empty.
    pub fn needing(mut self, fields: &[Field]) -> Self {
        for line in &mut self.lines {
            line.is_needed = fields.contains(&line.field);
        }
        self
    }

    /// Begins at a field.
    pub fn at(mut self, field: Field) -> Self {
        self.at = self.lines.iter().position(|line| line.field == field).unwrap_or(0);
        self
    }

    /// Saves each field when it is left.
    pub fn going_on(mut self) -> Self {
        self.goes_on = true;
        self
    }

    /// The record that the first saved field made.
    pub fn became(&mut self, filled: Filled) {
        self.filled = filled;
    }

    pub fn filled(&self) -> &Filled {
        &self.filled
    }

    /// The field that is typed and not saved, where there is one: nothing typed is lost.
    pub fn unsaved(&self) -> Option<(Field, String)> {
        let line = self.lines.get(self.at)?;
        let text = line.editor.text().trim();
        (self.goes_on && !text.is_empty() && text != line.saved).then(|| (line.field, text.to_string()))
    }

    /// Goes on with a field that was put aside.
    pub fn with_typed(mut self, field: Field, text: &str) -> Self {
        if let Some(at) = self.lines.iter().position(|line| line.field == field) {
            self.at = at;
            self.lines[at].editor.set_text(text);
        }
        self
    }

    pub(super) fn paste(&mut self, text: &str) {
        let line = &mut self.lines[self.at];
        line.editor.paste(text);
        self.error.clear();
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        self.error.clear();
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let last = self.lines.len().saturating_sub(1);
        match event.code {
            KeyCode::Char('s') if ctrl => return self.submit(look),
            KeyCode::Up | KeyCode::BackTab => return self.leave(look, self.at.checked_sub(1)),
            KeyCode::Down | KeyCode::Tab => return self.leave(look, Some(self.at + 1).filter(|at| *at <= last)),
            KeyCode::Enter if self.at == last && !self.goes_on => return self.submit(look),
            KeyCode::Enter if self.at == last => {
                return match self.save_line(look) {
                    Some(action) => Reply::DoAndClose(action),
                    None if self.error.is_empty() => Reply::Close,
                    None => Reply::Stay,
                };
            }
            KeyCode::Enter => return self.leave(look, Some(self.at + 1)),
            _ => {}
        }
        let line = &mut self.lines[self.at];
        match (line.holds, event.code) {
            (FieldType::Word(words), KeyCode::Left | KeyCode::Right | KeyCode::Char(' ')) => {
                let words: Vec<&str> = words.split(' ').collect();
                let now =
                    words.iter().position(|word| *word == word_of(line.editor.text(), self.kind, line.field, look));
                let next = match (now, event.code) {
                    (None, _) => 0,
                    (Some(at), KeyCode::Left) => (at + words.len() - 1) % words.len(),
                    (Some(at), _) => (at + 1) % words.len(),
                };
                line.editor.set_text((look.text.records.word)(self.kind, line.field, words[next]));
            }
            (FieldType::Flag, KeyCode::Left | KeyCode::Right | KeyCode::Char(' ')) => {
                let next = if line.editor.text().is_empty() { look.text.records.yes } else { "" };
                line.editor.set_text(next);
            }
            // a closed vocabulary is chosen from, not typed
            (FieldType::Word(_) | FieldType::Flag, KeyCode::Char(_)) => {}
            _ => drop(line.editor.handle(event)),
        }
        Reply::Stay
    }

    /// Leaves a field for another one. What is wrong is said; a form that goes on saves what it can.
    fn leave(&mut self, look: &Look, to: Option<usize>) -> Reply {
        let saved = if self.goes_on { self.save_line(look) } else { self.settle(look) };
        if !self.error.is_empty() {
            // said once; in the room it stops nobody twice
            let text = self.lines[self.at].editor.text().to_string();
            let again = self.refused.replace((self.at, text.clone())) == Some((self.at, text));
            if !(again && self.goes_on) {
                return Reply::Stay;
            }
            self.error.clear();
        }
        // the matter comes first: without it there is nothing to hang the rest on
        if self.goes_on && self.at == 0 && self.lines[0].saved.is_empty() && saved.is_none() {
            return Reply::Stay;
        }
        self.at = to.unwrap_or(self.at);
        saved.map_or(Reply::Stay, Reply::DoAndStay)
    }

    /// Writes what was understood into the field.
    fn settle(&mut self, look: &Look) -> Option<Action> {
        let line = &mut self.lines[self.at];
        match understand(line.editor.text(), self.kind, line.field, line.holds, look) {
            Ok(Some(value)) => line.editor.set_text(&typed(&value, self.kind, line.field, look)),
            Ok(None) => {}
            Err(words) => self.error = words,
        }
        None
    }

    /// The action that saves the field, where it has changed and is understood.
    fn save_line(&mut self, look: &Look) -> Option<Action> {
        let line = &mut self.lines[self.at];
        if line.editor.text().trim() == line.saved {
            return None;
        }
        match understand(line.editor.text(), self.kind, line.field, line.holds, look) {
            Ok(value) => {
                let now = value.as_ref().map_or(String::new(), |value| typed(value, self.kind, line.field, look));
                line.editor.set_text(&now);
                line.saved = now;
                Some(Action::Fill { filled: self.filled.clone(), values: vec![(line.field, value)] })
            }
            Err(words) => {
                self.error = words;
                None
            }
        }
    }

    /// Saves the whole form, or says what is wrong where it is wrong.
    fn submit(&mut self, look: &Look) -> Reply {
        if self.goes_on {
            return match self.save_line(look) {
                Some(action) => Reply::DoAndClose(action),
                None if self.error.is_empty() => Reply::Close,
                None => Reply::Stay,
            };
        }
        let mut values = Vec::new();
        for (at, line) in self.lines.iter().enumerate() {
            let understood = understand(line.editor.text(), self.kind, line.field, line.holds, look);
            match understood {
                Ok(None) if line.is_needed => {
                    self.error = (look.text.rooms.hole)((look.text.records.field)(self.kind, line.field));
                    self.at = at;
                    return Reply::Stay;
                }
                Ok(value) => values.push((line.field, value)),
                Err(words) => {
                    self.error = words;
                    self.at = at;
                    return Reply::Stay;
                }
            }
        }
        Reply::Do(Action::Fill { filled: self.filled.clone(), values })
    }

    fn height_of(&self, line: &Line) -> u16 {
        match self.lines.len() {
            // a sentence alone gets the room of a paragraph
            1 => 8,
            _ if is_long(line.field) => 3,
            _ => 1,
        }
    }

    fn rect(&self, area: Rect) -> Rect {
        let lines: u16 = self.lines.iter().map(|line| self.height_of(line)).sum();
        place(area, 92, lines + 6)
    }

    fn label(&self, look: &Look) -> u16 {
        let names = self.lines.iter().map(|line| cells_of((look.text.records.field)(self.kind, line.field)));
        names.max().unwrap_or(0) as u16 + 2
    }

    pub(super) fn prepare(&mut self, area: Rect, look: &Look) {
        let width = self.rect(area).width.saturating_sub(4 + self.label(look));
        let heights: Vec<u16> = self.lines.iter().map(|line| self.height_of(line)).collect();
        for (line, height) in self.lines.iter_mut().zip(heights) {
            line.editor.layout(width.max(4), height);
        }
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.rooms;
        let hint = if self.goes_on { say.capture_hint } else { say.form_hint };
        let rect = self.rect(canvas.area());
        let mut pane = open(look, canvas, rect, &self.title, hint);
        let (width, height) = pane.size();
        let label = self.label(look);
        // the field that is typed into stays in sight on a low screen
        let shown = height.saturating_sub(3);
        let heights: Vec<u16> = self.lines.iter().map(|line| self.height_of(line)).collect();
        let mut first = 0;
        while heights[first..=self.at].iter().sum::<u16>() > shown && first < self.at {
            first += 1;
        }
        let mut y = 0;
        for (at, line) in self.lines.iter().enumerate().skip(first) {
            let tall = heights[at].min(shown.saturating_sub(y));
            if tall == 0 {
                break;
            }
            let name = (look.text.records.field)(self.kind, line.field);
            let style = if at == self.at { look.theme.accent } else { look.theme.quiet };
            pane.put(0, y, label, style, name);
            let mut field = pane.pane(Rect::new(label, y, width.saturating_sub(label), tall));
            let is_hole = self.goes_on && line.editor.text().is_empty() && at != self.at;
            let is_refused = self.goes_on && at != self.at && line.editor.text().trim() != line.saved;
            if is_refused {
                field.put_short(0, 0, width, look.theme.warn, line.editor.text());
            } else if is_hole && matches!(line.field, Field::Lead | Field::Due) {
                field.put(0, 0, width, look.theme.warn, (say.hole)(name));
            } else {
                line.editor.draw(&mut field, look.theme.plain, look.theme.cross, at == self.at);
            }
            y += tall;
        }
        pane.rule(0, height.saturating_sub(3), width, look.theme.rule);
        let (style, words) = match self.error.is_empty() {
            false => (look.theme.bad, self.error.clone()),
            true => (look.theme.accent, self.echo(look)),
        };
        let cells = usize::from(width.max(8));
        let lines: Vec<String> = match self.lines.get(self.at).map(|line| (line.holds, line.field)) {
            Some((FieldType::Word(words), field)) if self.error.is_empty() => {
                options(words.split(' ').map(|word| (look.text.records.word)(self.kind, field, word)), cells)
            }
            _ => {
                let ranges = Measure::default().wrap(&words, cells, 0).into_iter();
                ranges.map(|range| words[range].to_string()).collect()
            }
        };
        for (nth, line) in lines.into_iter().take(2).enumerate() {
            pane.put(0, height.saturating_sub(2) + nth as u16, width, style, line);
        }
    }

    /// What the field that is typed into is understood as.
    fn echo(&self, look: &Look) -> String {
        let Some(line) = self.lines.get(self.at) else { return String::new() };
        let text = line.editor.text();
        if text.trim().is_empty() {
            return match line.holds {
                FieldType::Due => look.text.screens.deadline_prompt.to_string(),
                FieldType::Nodes => look.text.screens.goto_prompt.to_string(),
                _ => String::new(),
            };
        }
        match understand(text, self.kind, line.field, line.holds, look) {
            Err(words) => words,
            Ok(None) => String::new(),
            Ok(Some(value)) => match &value {
                FieldValue::Due(due) => match due.date {
                    Some(date) => format!("{}  {date} {}", due.wording, (look.text.words.weekday)(date)),
                    None => due_in_full(due, look.text),
                },
                FieldValue::Date(date) => format!("{date} {}", (look.text.words.weekday)(*date)),
                FieldValue::Unit(unit) => unit.to_string(),
                FieldValue::Units(units) => units.iter().map(UnitId::as_str).collect::<Vec<_>>().join("、"),
                FieldValue::Nodes(nodes) => {
                    let name = |id: &NodeId| {
                        let title = look.workspace.node(id).map_or("", |node| node.title.as_str());
                        format!("{} {title}", look.place(id))
                    };
                    nodes.iter().map(name).collect::<Vec<_>>().join("；")
                }
                FieldValue::Text(_)
                | FieldValue::Word(_)
                | FieldValue::Texts(_)
                | FieldValue::Time(_)
                | FieldValue::Number(_)
                | FieldValue::Flag(_) => String::new(),
            },
        }
    }
}

/// The words to choose from, each whole on its line.
fn options<'w>(words: impl Iterator<Item = &'w str>, cells: usize) -> Vec<String> {
    let mut lines = vec!["← →".to_string()];
    for word in words {
        let is_full = lines.last().is_some_and(|line| cells_of(line) + 2 + cells_of(word) > cells);
        if is_full {
            lines.push(format!("     {word}"));
        } else if let Some(line) = lines.last_mut() {
            line.push_str("  ");
            line.push_str(word);
        }
    }
    lines
}

/// Whether a field gets three lines.
fn is_long(field: Field) -> bool {
    matches!(field, Field::Text | Field::Brief | Field::Coordination | Field::Question | Field::Reason)
}

/// A value as it would be typed.
fn typed(value: &FieldValue, kind: RecordKind, field: Field, look: &Look) -> String {
    match value {
        FieldValue::Text(text) => text.to_string(),
        FieldValue::Word(word) => (look.text.records.word)(kind, field, word).to_string(),
        FieldValue::Texts(texts) => texts.iter().map(Str::as_str).collect::<Vec<_>>().join("；"),
        FieldValue::Unit(unit) => unit.to_string(),
        FieldValue::Units(units) => units.iter().map(UnitId::as_str).collect::<Vec<_>>().join("、"),
        FieldValue::Nodes(nodes) => nodes.iter().map(NodeId::as_str).collect::<Vec<_>>().join(" "),
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Time(time) => time.format("%H:%M").to_string(),
        FieldValue::Due(due) => match (due.wording.is_empty(), due.date) {
            (true, Some(date)) => date.to_string(),
            _ => due.wording.to_string(),
        },
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Flag(truth) => {
            if *truth {
                look.text.records.yes.to_string()
            } else {
                String::new()
            }
        }
    }
}

/// The token of a word in either form; the text itself where it is none.
fn word_of<'t>(text: &'t str, kind: RecordKind, field: Field, look: &Look) -> &'t str {
    let words = kind.words(field).split(' ');
    let found = words.into_iter().find(|word| *word == text || (look.text.records.word)(kind, field, word) == text);
    found.unwrap_or(text)
}

/// What a text means in a field; `None` for an empty one.
fn understand(
    text: &str,
    kind: RecordKind,
    field: Field,
    holds: FieldType,
    look: &Look,
) -> Result<Option<FieldValue>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let say = |refusal: ops::Refusal| ops::say_refusal(&refusal, look.text);
    let value = match holds {
        FieldType::Text => FieldValue::Text(text.into()),
        FieldType::Word(words) => {
            let word = word_of(text, kind, field, look);
            match words.split(' ').any(|known| known == word) {
                true => FieldValue::word(word),
                false => return Err((look.text.rooms.unknown_word)(text)),
            }
        }
        FieldType::Texts => FieldValue::Texts(split(text).map(Str::from).collect()),
        FieldType::Unit => FieldValue::Unit(unit_of(text, look)?),
        FieldType::Units => FieldValue::Units(split(text).map(|name| unit_of(name, look)).collect::<Result<_, _>>()?),
        FieldType::Nodes => {
            let ids = split(text).map(|name| ops::resolve(look.workspace, name).map_err(say));
            FieldValue::Nodes(ids.collect::<Result<_, _>>()?)
        }
        FieldType::Date => {
            FieldValue::Date(date_of(text, look.today).ok_or_else(|| (look.text.rooms.unknown_date)(text))?)
        }
        FieldType::Time => FieldValue::Time(time_of(text).ok_or_else(|| (look.text.rooms.unknown_time)(text))?),
        FieldType::Due => {
            match ops::understand_due_by(text, look.today, &look.workspace.plan().calendar).map_err(say)? {
                Some(due) => FieldValue::Due(due),
                None => return Ok(None),
            }
        }
        FieldType::Number => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            FieldValue::Number(digits.parse().map_err(|_| (look.text.rooms.unknown_number)(text))?)
        }
        FieldType::Flag => FieldValue::Flag(true),
    };
    Ok(Some(value))
}

/// The pieces of a list, however people part them.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', ';', '；', ' ', '\u{3000}', '\n']).filter(|piece| !piece.is_empty())
}

/// The department of a typed name; the first of those whose name begins so, where several are meant.
fn unit_of(name: &str, look: &Look) -> Result<UnitId, String> {
    match ops::resolve_unit(look.workspace, name) {
        Ok(unit) => Ok(unit),
        Err(ops::Refusal::AmbiguousUnit { candidates, .. }) => {
            Err((look.text.rooms.several_units)(&candidates.iter().map(UnitId::as_str).collect::<Vec<_>>().join("、")))
        }
        Err(_) => {
            let query = Query::new(name);
            let units = look.workspace.plan().units.iter();
            let mut found = units.filter(|unit| unit.names().any(|name| matches(name, &query).is_some()));
            match (found.next(), found.next()) {
                (Some(unit), None) => Ok(unit.id.clone()),
                (Some(one), Some(two)) => {
                    let names: Vec<&str> = [one, two].into_iter().chain(found).map(|unit| unit.id.as_str()).collect();
                    Err((look.text.rooms.several_units)(&names.join("、")))
                }
                (None, _) => Err((look.text.rooms.unknown_unit)(name)),
            }
        }
    }
}

/// A day, in office words too.
fn date_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let plain = text.parse::<NaiveDate>().ok();
    plain.or_else(|| ops::understand_due(text, today).ok().flatten().and_then(|due| due.date))
}

/// A time of day: `9:00`, 14点30.
fn time_of(text: &str) -> Option<NaiveTime> {
    let (mut parts, mut digits) = (Vec::new(), String::new());
    for c in text
        .chars()
        .map(|c| if ('０'..='９').contains(&c) { char::from(b'0' + (c as u32 - '０' as u32) as u8) } else { c })
        .chain([' '])
    {
        if c.is_ascii_digit() {
            digits.push(c);
        } else if !digits.is_empty() {
            parts.push(std::mem::take(&mut digits));
        }
    }
    match parts.as_slice() {
        [hour] if hour.len() == 4 => NaiveTime::from_hms_opt(hour[..2].parse().ok()?, hour[2..].parse().ok()?, 0),
        [hour] => NaiveTime::from_hms_opt(hour.parse().ok()?, 0, 0),
        [hour, minute, ..] => NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0),
        [] => None,
    }
}
