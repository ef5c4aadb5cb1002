//! Text being edited, in several lines or in one: caret, selection, undo, and what each key does to them.
//!
//! The caret always stands between two glyphs. Text is kept as typed, hostile characters included; only line ends and
//! tabs are normalised. Typing in one go is one step of undo, so is a paste. Where things stand on the screen is in
//! `editor_view`; keys that move by screen line use the layout made last.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::editor_view::View;
use super::glyph::glyphs;

/// What a key did; the owner decides about keys that did nothing (Enter, Esc, Ctrl-S, Tab).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorReply {
    /// The text is different now.
    Changed,
    /// Only caret, selection or nothing visible changed, but the key is used up.
    Moved,
    /// The key is not for the editor.
    Ignored,
}

/// One replaced piece, enough to do it again and to take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    at: usize,
    removed: String,
    inserted: String,
    caret_before: usize,
}

/// What kind of change the last one was; changes of one kind in a row are undone together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Typing,
    DeletingBack,
    Other,
}

/// A text field.
#[derive(Debug, Clone)]
pub struct Editor {
    pub(super) text: String,
    pub(super) caret: usize,
    /// The other end of the selection.
    pub(super) anchor: Option<usize>,
    pub(super) one_line: bool,
    pub(super) view: View,
    max: Option<usize>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    run: Run,
}

impl Editor {
    /// Begins an empty text of several lines.
    pub fn new() -> Editor {
        let mut editor = Editor {
            text: String::new(),
            caret: 0,
            anchor: None,
            one_line: false,
            view: View::default(),
            max: None,
            undo: Vec::new(),
            redo: Vec::new(),
            run: Run::Other,
        };
        editor.refresh();
        editor
    }

    /// Begins an empty input field: Enter, Tab, Up and Down are left to the owner.
    pub fn one_line() -> Editor {
        Editor { one_line: true, ..Editor::new() }
    }

    /// Limits the text to so many characters; what goes beyond is not taken.
    pub fn with_max(self, characters: usize) -> Editor {
        Editor { max: Some(characters), ..self }
    }

    /// Begins with a text, the caret behind it.
    pub fn with_text(mut self, text: &str) -> Editor {
        self.set_text(text);
        self
    }

    /// Returns the text, with `\n` line ends.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Replaces the whole text and forgets its history.
    pub fn set_text(&mut self, text: &str) {
        (self.undo, self.redo, self.run) = (Vec::new(), Vec::new(), Run::Other);
        self.text.clear();
        self.anchor = None;
        self.text = self.accepted(text, 0);
        self.caret = self.text.len();
        self.refresh();
    }

    /// Returns the byte offset of the caret.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Returns the selected text, if any.
    pub fn selected(&self) -> Option<&str> {
        self.selection().map(|(from, to)| &self.text[from..to])
    }

    /// Selects everything, so that typing replaces it.
    pub fn select_all(&mut self) {
        (self.anchor, self.caret, self.run) = (Some(0), self.text.len(), Run::Other);
        self.refresh();
    }

    /// Puts in text from outside, as one step of undo.
    pub fn paste(&mut self, text: &str) -> EditorReply {
        self.run = Run::Other;
        let reply = self.insert(text, Run::Other);
        self.run = Run::Other;
        reply
    }

    /// Does what a key says.
    pub fn handle(&mut self, key: KeyEvent) -> EditorReply {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let select = key.modifiers.contains(KeyModifiers::SHIFT);
        let by_word = ctrl || alt;
        let last = self.text.len();
        match key.code {
            KeyCode::Char(c) if ctrl && !alt => self.control(c.to_ascii_lowercase()),
            // AltGr arrives as Ctrl and Alt, and only on layouts where it makes a sign that is not a letter.
            KeyCode::Char(c) if !alt || (ctrl && !c.is_ascii_alphanumeric()) => {
                self.insert(c.encode_utf8(&mut [0; 4]), Run::Typing)
            }
            KeyCode::Enter if !self.one_line && !by_word => self.insert("\n", Run::Other),
            KeyCode::Backspace if by_word => self.delete(self.word_left(), self.caret, Run::Other),
            KeyCode::Backspace => self.delete(self.glyph_left(), self.caret, Run::DeletingBack),
            KeyCode::Delete if by_word => self.delete(self.caret, self.word_right(), Run::Other),
            KeyCode::Delete => self.delete(self.caret, self.glyph_right(), Run::Other),
            KeyCode::Left if by_word => self.move_to(self.word_left(), select),
            KeyCode::Right if by_word => self.move_to(self.word_right(), select),
            KeyCode::Left | KeyCode::Right if self.selection().is_some() && !select => {
                let (from, to) = self.selection().unwrap_or((self.caret, self.caret));
                self.move_to(if key.code == KeyCode::Left { from } else { to }, false)
            }
            KeyCode::Left => self.move_to(self.glyph_left(), select),
            KeyCode::Right => self.move_to(self.glyph_right(), select),
            KeyCode::Home if ctrl => self.move_to(0, select),
            KeyCode::End if ctrl => self.move_to(last, select),
            KeyCode::Home => self.move_to(self.line_start(), select),
            KeyCode::End => self.move_to(self.line_end(), select),
            KeyCode::Up if !by_word => self.move_lines(-1, select),
            KeyCode::Down if !by_word => self.move_lines(1, select),
            KeyCode::PageUp if !by_word => self.move_lines(-self.view.page(), select),
            KeyCode::PageDown if !by_word => self.move_lines(self.view.page(), select),
            _ => EditorReply::Ignored,
        }
    }

    /// The keys with Ctrl that are not movements of their own.
    fn control(&mut self, letter: char) -> EditorReply {
        match letter {
            'a' => self.move_to(self.line_start(), false),
            'e' => self.move_to(self.line_end(), false),
            'b' => self.move_to(self.glyph_left(), false),
            'f' => self.move_to(self.glyph_right(), false),
            'h' => self.delete(self.glyph_left(), self.caret, Run::DeletingBack),
            'k' => {
                let rest = &self.text[self.caret..];
                let end = rest.find('\n').map_or(self.text.len(), |at| self.caret + at.max(1));
                self.delete(self.caret, end, Run::Other)
            }
            'u' => {
                let start = self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1);
                self.delete(start, self.caret, Run::Other)
            }
            'w' => self.delete(self.word_left(), self.caret, Run::Other),
            'z' => self.travel(true),
            'y' => self.travel(false),
            _ => EditorReply::Ignored,
        }
    }

    /// Returns beginning and end of what is selected; `None` when nothing is.
    pub(super) fn selection(&self) -> Option<(usize, usize)> {
        let anchor = self.anchor.filter(|&anchor| anchor != self.caret)?;
        Some((anchor.min(self.caret), anchor.max(self.caret)))
    }

    fn insert(&mut self, text: &str, run: Run) -> EditorReply {
        let (from, to) = self.selection().unwrap_or((self.caret, self.caret));
        let text = self.accepted(text, self.text[from..to].chars().count());
        if text.is_empty() && from == to { EditorReply::Moved } else { self.replace(from, to, text, run) }
    }

    /// Deletes the selection, or the piece given when nothing is selected.
    fn delete(&mut self, from: usize, to: usize, run: Run) -> EditorReply {
        let (from, to) = self.selection().unwrap_or((from, to));
        if from == to { EditorReply::Moved } else { self.replace(from, to, String::new(), run) }
    }

    fn replace(&mut self, from: usize, to: usize, inserted: String, run: Run) -> EditorReply {
        let step = Step { at: from, removed: self.text[from..to].to_owned(), inserted, caret_before: self.caret };
        self.apply(&step);
        self.remember(step, run);
        self.redo.clear();
        EditorReply::Changed
    }

    fn apply(&mut self, step: &Step) {
        self.text.replace_range(step.at..step.at + step.removed.len(), &step.inserted);
        self.anchor = None;
        self.caret = self.standing(step.at + step.inserted.len());
        self.refresh();
    }

    /// Adds a step to the history, to the step before it when both belong to one run.
    fn remember(&mut self, step: Step, run: Run) {
        let same = self.run == run;
        self.run = run;
        match (run, self.undo.last_mut()) {
            (Run::Typing, Some(last))
                if same && step.removed.is_empty() && last.at + last.inserted.len() == step.at =>
            {
                last.inserted.push_str(&step.inserted);
            }
            (Run::DeletingBack, Some(last)) if same && step.at + step.removed.len() == last.at => {
                last.removed.insert_str(0, &step.removed);
                last.at = step.at;
            }
            _ => self.undo.push(step),
        }
    }

    /// Undoes or redoes one step.
    fn travel(&mut self, back: bool) -> EditorReply {
        self.run = Run::Other;
        let Some(step) = (if back { self.undo.pop() } else { self.redo.pop() }) else {
            return EditorReply::Moved;
        };
        if back {
            let Step { at, removed, inserted, caret_before } = step.clone();
            self.apply(&Step { at, removed: inserted, inserted: removed, caret_before });
            self.caret = self.standing(caret_before);
            self.refresh();
            self.redo.push(step);
        } else {
            self.apply(&step);
            self.undo.push(step);
        }
        EditorReply::Changed
    }

    /// Normalises text from outside and cuts it to what the limit leaves, when `freed` characters go away for it.
    fn accepted(&self, text: &str, freed: usize) -> String {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut text = if self.one_line {
            text.trim_end_matches('\n').replace(['\n', '\t'], " ")
        } else {
            text.replace('\t', "    ")
        };
        if let Some(max) = self.max {
            let mut room = (max + freed).saturating_sub(self.text.chars().count());
            let over = glyphs(&text).find(|glyph| {
                let count = glyph.text.chars().count();
                let fits = count <= room;
                room = room.saturating_sub(count);
                !fits
            });
            if let Some(at) = over.map(|glyph| glyph.at) {
                text.truncate(at);
            }
        }
        text
    }

    fn move_to(&mut self, at: usize, select: bool) -> EditorReply {
        self.step_to(at, select);
        self.view.forget_column();
        EditorReply::Moved
    }

    fn step_to(&mut self, at: usize, select: bool) {
        self.anchor = if select { self.anchor.or(Some(self.caret)) } else { None };
        self.caret = self.standing(at);
        self.run = Run::Other;
        self.refresh();
    }

    fn move_lines(&mut self, by: isize, select: bool) -> EditorReply {
        match self.view.lines_away(&self.text, by) {
            Some(at) if !self.one_line => {
                self.step_to(at, select);
                EditorReply::Moved
            }
            // At the first or last line the key may move the focus.
            _ => EditorReply::Ignored,
        }
    }

    /// Returns the first place at or behind `at` where the caret can stand.
    fn standing(&self, at: usize) -> usize {
        let start = self.text[..self.text.floor_char_boundary(at)].rfind('\n').map_or(0, |at| at + 1);
        let ends = glyphs(&self.text[start..]).map(|glyph| start + glyph.at);
        ends.chain([self.text.len()]).find(|&end| end >= at).unwrap_or(self.text.len())
    }

    fn line_start(&self) -> usize {
        if self.one_line { 0 } else { self.view.line_start() }
    }

    fn line_end(&self) -> usize {
        if self.one_line { self.text.len() } else { self.view.line_end() }
    }

    fn glyph_left(&self) -> usize {
        let start = self.text[..self.caret].rfind('\n').map_or(0, |at| at + 1);
        match glyphs(&self.text[start..self.caret]).last() {
            Some(glyph) => start + glyph.at,
            None => start.saturating_sub(1),
        }
    }

    fn glyph_right(&self) -> usize {
        glyphs(&self.text[self.caret..]).next().map_or(self.caret, |glyph| self.caret + glyph.text.len())
    }

    fn word_left(&self) -> usize {
        let before = self.text[..self.caret].char_indices().rev();
        let mut inside = None;
        for (at, c) in before {
            match (inside, Kind::of(c)) {
                (None, Kind::Gap) => {}
                (None, kind) => inside = Some(kind),
                (Some(was), kind) if was != kind => return at + c.len_utf8(),
                _ => {}
            }
        }
        0
    }

    fn word_right(&self) -> usize {
        let mut inside = None;
        for (at, c) in self.text[self.caret..].char_indices() {
            match (inside, Kind::of(c)) {
                (None, Kind::Gap) => {}
                (None, kind) => inside = Some(kind),
                (Some(was), kind) if was != kind => return self.standing(self.caret + at),
                _ => {}
            }
        }
        self.text.len()
    }
}

impl Default for Editor {
    fn default() -> Editor {
        Editor::new()
    }
}

/// What a word is made of: a run of Han characters up to punctuation, or of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Letters,
    Gap,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Han,
            _ if c.is_alphanumeric() || c == '_' => Kind::Letters,
            // Marks and joiners belong to the letter before them.
            '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe0f}' => Kind::Letters,
            _ => Kind::Gap,
        }
    }
}

#[cfg(test)]
#[path = "editor_tests.rs"]
mod tests;
