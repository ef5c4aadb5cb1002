//! Pages to read: help and problems.

use super::{Reply, open, place};
use crate::domain::Node;
use crate::text::Lang;
use crate::tui::look::Look;
use crate::tui::screens::bars::show_key;
use crate::tui::screens::details;
use crate::tui::term::{Canvas, Key, Measure, width};
use crossterm::event::KeyCode;
use ratatui::layout::Rect;

/// Lines of two columns, scrolled.
#[derive(Clone, Debug)]
pub struct Page {
    title: &'static str,
    /// Left column and right column; the left one is empty where a text goes on.
    lines: Vec<(String, String)>,
    left: u16,
    top: usize,
    height: usize,
    /// There is more, which has not been read.
    is_beginning: bool,
}

impl Page {
    /// Every key, from the one table of commands.
    pub fn help(look: &Look) -> Self {
        let table = look.keymap.table();
        let names = table.iter().map(|(command, _)| width(command.words(look.text).name)).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (command, keys) in table {
            let words = command.words(look.text);
            let keys: Vec<_> = keys.iter().map(|key| show_key(key)).collect();
            let help = match words.help {
                "" => words.name.to_string(),
                help => format!("{}{}  {help}", words.name, " ".repeat(names - width(words.name))),
            };
            lines.push((keys.join("  "), help));
        }
        let left = lines.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0) as u16 + 2;
        Page { title: look.text.screens.help_title, lines, left, top: 0, height: 1, is_beginning: false }
    }

    /// Everything that is kept of a node, its whole log with it.
    pub fn record(look: &Look, node: &Node) -> Self {
        let kept = details::lines(look, node, 66, Measure::default(), usize::MAX);
        let mut lines = vec![(format!("{} {}", look.place(&node.id), node.title), String::new())];
        lines.extend(kept.into_iter().map(|(name, _, words)| (name.into_owned(), words.into_owned())));
        let left = if look.text.lang == Lang::Zh { 6 } else { 13 };
        Page { title: look.text.screens.record_title, lines, left, top: 0, height: 1, is_beginning: false }
    }

    /// What happened to a place: when and who, and what; all of it, or the beginning.
    pub fn history(look: &Look, events: &[(String, String)], is_beginning: bool) -> Self {
        let say = &look.text.reviewing;
        let left = events.iter().map(|(when, _)| width(when)).max().unwrap_or(0).min(30) as u16 + 2;
        let mut lines = Vec::new();
        for (when, words) in events {
            for (at, range) in Measure::default().wrap(words, 80 - usize::from(left), 0).into_iter().enumerate() {
                let when = if at == 0 { when.as_str() } else { " " };
                lines.push((when.to_string(), words[range].to_string()));
            }
        }
        if lines.is_empty() {
            lines.push((say.no_history.to_string(), String::new()));
        }
        Page { title: say.history_title, lines, left, top: 0, height: 1, is_beginning }
    }

    /// What is wrong, each with its place.
    pub fn problems(look: &Look, problems: &[(String, String)]) -> Self {
        let mut lines = Vec::new();
        for (place, message) in problems {
            lines.push((place.clone(), String::new()));
            for range in Measure::default().wrap(message, 74, 0) {
                lines.push((String::new(), message[range].to_string()));
            }
        }
        if lines.is_empty() {
            lines.push((String::new(), look.text.outcomes.sound.to_string()));
        }
        Page { title: look.text.screens.problems_title, lines, left: 2, top: 0, height: 1, is_beginning: false }
    }

    /// Lines under a title.
    pub fn of(title: &'static str, lines: Vec<(String, String)>) -> Self {
        let left = lines.iter().filter(|(_, words)| !words.is_empty()).map(|(name, _)| width(name)).max().unwrap_or(0);
        Page { title, lines, left: left as u16 + 2, top: 0, height: 1, is_beginning: false }
    }

    /// Whether there is more, which has not been read.
    pub fn is_beginning(&self) -> bool {
        self.is_beginning
    }

    pub(super) fn handle(&mut self, key: Key) -> Reply {
        let Key::Press { code, .. } = key else { return Reply::Stay };
        let last = self.lines.len().saturating_sub(self.height);
        self.top = match code {
            KeyCode::Up | KeyCode::Char('k') => self.top.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => (self.top + 1).min(last),
            KeyCode::PageUp => self.top.saturating_sub(self.height),
            KeyCode::PageDown | KeyCode::Char(' ') => (self.top + self.height).min(last),
            KeyCode::Home => 0,
            KeyCode::End => last,
            KeyCode::Enter | KeyCode::Char('q' | '?') | KeyCode::F(1) => return Reply::Close,
            _ => self.top,
        };
        Reply::Stay
    }

    fn rect(&self, area: Rect) -> Rect {
        place(area, 84, self.lines.len() as u16 + 2)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        self.height = usize::from(self.rect(area).height.saturating_sub(2)).max(1);
        self.top = self.top.min(self.lines.len().saturating_sub(self.height));
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let rect = self.rect(canvas.area());
        let mut pane = open(look, canvas, rect, self.title, look.text.screens.close_hint);
        let (width, _) = pane.size();
        for (y, (name, words)) in self.lines.iter().skip(self.top).take(self.height).enumerate() {
            let y = y as u16;
            let room = if words.is_empty() { width } else { self.left.saturating_sub(1) };
            pane.put_short(0, y, room, look.theme.key, name.as_str());
            pane.put_short(self.left, y, width.saturating_sub(self.left), look.theme.plain, words.as_str());
        }
    }
}
