//! Typing a deadline: what was understood is shown while it is typed, before it is kept.

use super::{Reason, Reply, open, place, subject};
use crate::domain::{Due, NodeId};
use crate::ops::{self, Refusal};
use crate::tui::action::Action;
use crate::tui::look::Look;
use crate::tui::term::{Canvas, Editor, Measure};
use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

#[derive(Clone, Debug)]
pub struct Deadline {
    ids: Vec<NodeId>,
    editor: Editor,
    /// What the words mean, or why they mean nothing.
    understood: Result<Option<Due>, String>,
}

impl Deadline {
    pub fn new(ids: Vec<NodeId>, look: &Look) -> Self {
        let now = match ids.as_slice() {
            [one] => look.workspace.plan().due(one).map(|due| match (due.wording.is_empty(), due.date) {
                (true, Some(date)) => date.to_string(),
                _ => due.wording.to_string(),
            }),
            _ => None,
        };
        let mut editor = Editor::one_line().with_max(60).with_text(&now.unwrap_or_default());
        editor.select_all();
        let mut popup = Deadline { ids, editor, understood: Ok(None) };
        popup.understand(look);
        popup
    }

    fn understand(&mut self, look: &Look) {
        let understood = ops::understand_due_by(self.editor.text(), look.today, &look.workspace.plan().calendar);
        self.understood = understood.map_err(|refusal| match refusal {
            Refusal::Due { .. } if self.editor.text().trim().is_empty() => String::new(),
            refusal => ops::say_refusal(&refusal, look.text),
        });
    }

    pub(super) fn paste(&mut self, text: &str, look: &Look) {
        self.editor.paste(text);
        self.understand(look);
    }

    pub(super) fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if event.code != KeyCode::Enter {
            self.editor.handle(event);
            self.understand(look);
            return Reply::Stay;
        }
        let Ok(due) = self.understood.clone() else { return Reply::Stay };
        let plan = look.workspace.plan();
        let moves = self.ids.iter().any(|id| plan.due(id).is_some_and(|old| Some(old) != due.as_ref()));
        if moves {
            return Reply::Next(super::Popup::Reason(Reason::for_deadline(self.ids.clone(), due)));
        }
        Reply::Do(Action::SetDeadline { ids: self.ids.clone(), due, reason: String::new() })
    }

    fn rect(area: Rect) -> Rect {
        place(area, 72, 11)
    }

    pub(super) fn prepare(&mut self, area: Rect) {
        self.editor.layout(Self::rect(area).width.saturating_sub(6), 1);
    }

    pub(super) fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        let say = &look.text.screens;
        let rect = Self::rect(canvas.area());
        let mut pane = open(look, canvas, rect, say.deadline_title, say.accept_hint);
        let (width, height) = pane.size();
        pane.put_short(0, 0, width, look.theme.quiet, subject(look, &self.ids));
        pane.put(0, 2, 2, look.theme.accent, "> ");
        self.editor.draw(
            &mut pane.pane(Rect::new(2, 2, width.saturating_sub(2), 1)),
            look.theme.plain,
            look.theme.cross,
            true,
        );
        let typed = self.editor.text().trim();
        let (style, words) = match &self.understood {
            Err(words) => (look.theme.warn, words.clone()),
            Ok(None) => (look.theme.accent, say.deadline_none.to_string()),
            Ok(Some(due)) => (look.theme.accent, echo(due, typed, look)),
        };
        let mut y = 4;
        for range in Measure::default().wrap(&words, usize::from(width.max(8)), 0) {
            pane.put(0, y, width, style, words[range].to_string());
            y += 1;
        }
        let prompt = say.deadline_prompt;
        let lines = Measure::default().wrap(prompt, usize::from(width.max(8)), 0);
        let first = height.saturating_sub(lines.len() as u16).max(y + 1);
        for (at, range) in lines.into_iter().enumerate() {
            pane.put(0, first + at as u16, width, look.theme.quiet, &prompt[range]);
        }
    }
}

/// Says what was understood, with the day of the week.
fn echo(due: &Due, typed: &str, look: &Look) -> String {
    match due.date {
        Some(date) => {
            let date_words = format!("{date} {}", (look.text.words.weekday)(date));
            (look.text.outcomes.understood)(typed, &date_words)
        }
        None => (look.text.outcomes.understood_open)(typed),
    }
}
