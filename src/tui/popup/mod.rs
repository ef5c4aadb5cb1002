//! What lies over a screen: a question, a list, an editor. Each takes keys and answers with an [`Action`].

mod ask;
mod assign;
mod cards;
mod deadline;
mod filter;
mod find;
mod form;
mod list;
mod message;
mod note;
mod pages;
mod papers;
mod sign_in;
mod states;
mod status;
mod units;

pub use ask::Reason;
pub use assign::Assign;
pub use cards::Cards;
pub use deadline::Deadline;
pub use filter::Filter;
pub use find::{Goto, Search};
pub use form::Form;
pub use list::Palette;
pub use message::Message;
pub use note::Note;
pub use pages::Page;
pub use papers::Papers;
pub use sign_in::SignIn;
pub use states::States;
pub use status::StatusChoice;

use super::action::Action;
use super::look::Look;
use super::term::{Canvas, Key, Pane};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

/// What lies over the screen.
#[derive(Clone, Debug)]
pub enum Popup {
    Status(StatusChoice),
    Reason(Reason),
    Deadline(Deadline),
    Note(Note),
    Assign(Assign),
    Goto(Goto),
    Search(Box<Search>),
    Palette(Palette),
    Page(Page),
    Cards(Box<Cards>),
    Form(Form),
    SignIn(SignIn),
    Filter(Filter),
    Message(Message),
    States(States),
    Papers(Box<Papers>),
}

/// What a popup wants after a key.
#[derive(Clone, Debug)]
pub enum Reply {
    Stay,
    Close,
    /// Another popup takes its place.
    Next(Popup),
    Do(Action),
    /// Do it and stay open.
    DoAndStay(Action),
    /// Do it and close, whatever came of it.
    DoAndClose(Action),
}

impl Popup {
    /// Takes a key.
    pub fn handle(&mut self, event: KeyEvent, look: &Look) -> Reply {
        if event.code == KeyCode::Esc {
            return Reply::Close;
        }
        match self {
            Popup::Status(popup) => popup.handle(Key::from(event), look),
            Popup::Reason(popup) => popup.handle(event),
            Popup::Deadline(popup) => popup.handle(event, look),
            Popup::Note(popup) => popup.handle(event),
            Popup::Assign(popup) => popup.handle(event, look),
            Popup::Goto(popup) => popup.handle(event, look),
            Popup::Search(popup) => popup.handle(event, look),
            Popup::Palette(popup) => popup.handle(event, look),
            Popup::Page(popup) => popup.handle(Key::from(event)),
            Popup::Cards(popup) => popup.handle(event),
            Popup::Form(popup) => popup.handle(event, look),
            Popup::SignIn(popup) => popup.handle(event, look),
            Popup::Filter(popup) => popup.handle(event),
            Popup::Message(popup) => popup.handle(event),
            Popup::States(popup) => popup.handle(event),
            Popup::Papers(popup) => popup.handle(event, look),
        }
    }

    /// Takes pasted text, where it has a field for it.
    pub fn paste(&mut self, text: &str, look: &Look) {
        match self {
            Popup::Status(_) | Popup::Page(_) => {}
            Popup::Reason(popup) => drop(popup.editor.paste(text)),
            Popup::Deadline(popup) => popup.paste(text, look),
            Popup::Note(popup) => drop(popup.editor.paste(text)),
            Popup::Assign(popup) => popup.paste(text, look),
            Popup::Goto(popup) => drop(popup.editor.paste(text)),
            Popup::Search(popup) => popup.paste(text, look),
            Popup::Palette(popup) => popup.paste(text, look),
            Popup::Cards(popup) => popup.paste(text),
            Popup::Form(popup) => popup.paste(text),
            Popup::SignIn(popup) => popup.paste(text, look),
            Popup::Filter(popup) => drop(popup.editor.paste(text)),
            Popup::Message(popup) => drop(popup.editor.paste(text)),
            Popup::Papers(popup) => popup.paste(text, look),
            Popup::States(popup) => drop(popup.editor.paste(text)),
        }
    }

    /// Takes the size of the screen, before drawing.
    pub fn prepare(&mut self, area: Rect, look: &Look) {
        match self {
            Popup::Status(_) => {}
            Popup::Reason(popup) => popup.prepare(area),
            Popup::Deadline(popup) => popup.prepare(area),
            Popup::Note(popup) => popup.prepare(area),
            Popup::Assign(popup) => popup.prepare(area),
            Popup::Goto(popup) => popup.prepare(area),
            Popup::Search(popup) => popup.prepare(area, look),
            Popup::Palette(popup) => popup.prepare(area),
            Popup::Page(popup) => popup.prepare(area),
            Popup::Cards(popup) => popup.prepare(area, look),
            Popup::Form(popup) => popup.prepare(area, look),
            Popup::SignIn(popup) => popup.prepare(area, look),
            Popup::Filter(popup) => popup.prepare(area),
            Popup::Message(popup) => popup.prepare(area),
            Popup::States(popup) => popup.prepare(area),
            Popup::Papers(popup) => popup.prepare(area),
        }
    }

    /// Draws it over what is there.
    pub fn draw<'a>(&'a self, look: &Look<'a>, canvas: &mut Canvas<'a>) {
        match self {
            Popup::Status(popup) => popup.draw(look, canvas),
            Popup::Reason(popup) => popup.draw(look, canvas),
            Popup::Deadline(popup) => popup.draw(look, canvas),
            Popup::Note(popup) => popup.draw(look, canvas),
            Popup::Assign(popup) => popup.draw(look, canvas),
            Popup::Goto(popup) => popup.draw(look, canvas),
            Popup::Search(popup) => popup.draw(look, canvas),
            Popup::Palette(popup) => popup.draw(look, canvas),
            Popup::Page(popup) => popup.draw(look, canvas),
            Popup::Cards(popup) => popup.draw(look, canvas),
            Popup::Form(popup) => popup.draw(look, canvas),
            Popup::SignIn(popup) => popup.draw(look, canvas),
            Popup::Filter(popup) => popup.draw(look, canvas),
            Popup::Message(popup) => popup.draw(look, canvas),
            Popup::States(popup) => popup.draw(look, canvas),
            Popup::Papers(popup) => popup.draw(look, canvas),
        }
    }
}

/// A box of at most `width` by `height` in the upper middle of the screen, where the eye is.
fn place(area: Rect, width: u16, height: u16) -> Rect {
    let width = width.min(area.width.saturating_sub(2)).max(area.width.min(20));
    let height = height.min(area.height.saturating_sub(2)).max(area.height.min(3));
    let x = (area.width - width) / 2;
    let y = (area.height - height) / 3;
    Rect::new(x, y, width, height)
}

/// Draws the frame of a box with its title and hint, and gives the inside.
fn open<'c, 'a>(look: &Look<'a>, canvas: &'c mut Canvas<'a>, rect: Rect, title: &str, hint: &str) -> Pane<'c, 'a> {
    // a wide character that the edge would cut is blanked with it
    let margin = Rect { x: rect.x.saturating_sub(1), width: rect.width + 2, ..rect };
    canvas.fill(margin.intersection(canvas.area()), look.theme.plain);
    canvas.frame(rect, look.theme.quiet);
    canvas.put_short(rect.x + 2, rect.y, rect.width.saturating_sub(4), look.theme.tab, format!(" {title} "));
    let hint = fitting_hint(hint, usize::from(rect.width.saturating_sub(6)));
    let hint_width = (super::term::width(&hint) as u16 + 2).min(rect.width.saturating_sub(4));
    let bottom = rect.bottom().saturating_sub(1);
    canvas.put_short(
        rect.right().saturating_sub(hint_width + 2),
        bottom,
        hint_width,
        look.theme.quiet,
        format!(" {hint} "),
    );
    canvas.pane(Rect::new(rect.x + 2, rect.y + 1, rect.width.saturating_sub(4), rect.height.saturating_sub(2)))
}

/// A hint in so many cells: the first key and the last stay longest, as one does the work and the other leaves.
fn fitting_hint(hint: &str, cells: usize) -> String {
    let mut parts: Vec<&str> = hint.split("   ").collect();
    while super::term::width(&parts.join("   ")) > cells && parts.len() > 1 {
        parts.remove(if parts.len() > 2 { parts.len() - 2 } else { 0 });
    }
    parts.join("   ")
}

/// Whose state is changed: one place with its title, or how many.
fn subject(look: &Look, ids: &[crate::domain::NodeId]) -> String {
    match ids {
        [one] => {
            let title = look.workspace.node(one).map_or("", |node| node.title.as_str());
            format!("{} {title}", look.place(one))
        }
        several => (look.text.screens.several)(several.len()),
    }
}

/// Moves a cursor in a list with the usual keys; whether the key was one of them.
fn move_in(cursor: &mut usize, count: usize, page: usize, key: &KeyEvent) -> bool {
    let last = count.saturating_sub(1);
    *cursor = match key.code {
        KeyCode::Up => cursor.saturating_sub(1),
        KeyCode::Down => (*cursor + 1).min(last),
        KeyCode::PageUp => cursor.saturating_sub(page.max(1)),
        KeyCode::PageDown => (*cursor + page.max(1)).min(last),
        KeyCode::Tab => (*cursor + 1).min(last),
        KeyCode::BackTab => cursor.saturating_sub(1),
        _ => return false,
    };
    true
}

/// Ctrl-S, Ctrl-Enter and F2 save a text of several lines; an input method leaves all three alone.
fn saves(event: &KeyEvent) -> bool {
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    event.code == KeyCode::F(2) || ctrl && matches!(event.code, KeyCode::Char('s') | KeyCode::Enter)
}

/// The first visible line of a list, so that the cursor is in a window of `height`.
fn window(top: usize, cursor: usize, height: usize) -> usize {
    if cursor < top {
        cursor
    } else if cursor >= top + height.max(1) {
        cursor + 1 - height.max(1)
    } else {
        top
    }
}
