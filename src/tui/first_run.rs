//! The first screen on a machine without a plan: make a workspace, or open one.

use super::TuiArgs;
use super::term::{Canvas, Editor, Event, Input, Key, Measure, Screen, Terminal};
use super::theme::Theme;
use crate::ops;
use crate::workspace::find_root;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use std::io;
use std::path::PathBuf;

/// Asks until there is a workspace; `None` when the user leaves.
pub(super) fn first_run(
    args: &TuiArgs,
    theme: &Theme,
    terminal: &mut Terminal,
    input: &mut Input,
) -> io::Result<Option<PathBuf>> {
    let (width, height) = terminal.size()?;
    let mut screen = Screen::new(width, height, args.colours);
    let mut ask = Ask { cursor: 0, path: None, error: String::new() };
    loop {
        let (width, height) = screen.size();
        if let Some(editor) = &mut ask.path {
            editor.layout(width.saturating_sub(8).min(70), 1);
        }
        let mut canvas = Canvas::new(width, height);
        ask.draw(args, theme, &mut canvas);
        terminal.write(screen.draw(&canvas))?;
        for event in input.next_batch(&[], None)? {
            match event {
                Event::Key(key) => match ask.key(key, args) {
                    Answer::Wait => {}
                    Answer::Leave => return Ok(None),
                    Answer::Open(root) => return Ok(Some(root)),
                },
                Event::Paste(text) => {
                    if let Some(editor) = &mut ask.path {
                        editor.paste(&text);
                    }
                }
                Event::Resize(width, height) => screen.resize(width, height),
                Event::Resumed => {
                    terminal.retake()?;
                    screen.invalidate();
                }
                Event::Terminate => return Ok(None),
                Event::Ready(_) | Event::Woken | Event::Deadline => {}
            }
        }
    }
}

enum Answer {
    Wait,
    Leave,
    Open(PathBuf),
}

struct Ask {
    cursor: usize,
    /// The field for a folder, once it is asked for.
    path: Option<Editor>,
    error: String,
}

impl Ask {
    fn key(&mut self, event: crossterm::event::KeyEvent, args: &TuiArgs) -> Answer {
        self.error.clear();
        if let Some(editor) = &mut self.path {
            match event.code {
                KeyCode::Esc => self.path = None,
                KeyCode::Enter => {
                    let folder = PathBuf::from(editor.text().trim());
                    match find_root(&folder) {
                        Some(root) => return Answer::Open(root),
                        None => self.error = (args.text.errors.no_workspace)(&folder.display().to_string()),
                    }
                }
                _ => drop(editor.handle(event)),
            }
            return Answer::Wait;
        }
        let Key::Press { code, .. } = Key::from(event) else { return Answer::Wait };
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(2),
            KeyCode::Char(digit @ '1'..='3') => {
                self.cursor = digit as usize - '1' as usize;
                return self.choose(args);
            }
            KeyCode::Enter => return self.choose(args),
            KeyCode::Esc | KeyCode::Char('q') | KeyCode::F(10) => return Answer::Leave,
            _ => {}
        }
        Answer::Wait
    }

    fn choose(&mut self, args: &TuiArgs) -> Answer {
        match self.cursor {
            0 => {
                let Some(folder) = &args.data_dir else { return Answer::Wait };
                // one that an earlier run made is opened again
                if let Some(root) = find_root(folder).filter(|root| root == folder) {
                    return Answer::Open(root);
                }
                match ops::init(folder) {
                    Ok(root) => Answer::Open(root),
                    Err(refusal) => {
                        self.error = ops::say_init(&refusal, args.text);
                        Answer::Wait
                    }
                }
            }
            1 => {
                let here = args.dir.display().to_string();
                let mut editor = Editor::one_line().with_max(400).with_text(&here);
                // typing a path replaces the one that is offered
                editor.select_all();
                self.path = Some(editor);
                Answer::Wait
            }
            _ => Answer::Leave,
        }
    }

    fn draw<'a>(&'a self, args: &TuiArgs, theme: &Theme, canvas: &mut Canvas<'a>) {
        let say = &args.text.screens;
        let (width, height) = canvas.size();
        let x = if width > 90 { (width - 80) / 2 } else { 2 };
        let y = height / 5;
        let room = width.saturating_sub(x + 2);
        canvas.put(x, y, room, theme.tab, say.first_title);
        canvas.put(x, y + 2, room, theme.plain, say.first_none);
        let folder = args.data_dir.as_ref().map(|folder| (say.first_path)(&folder.display().to_string()));
        for (at, (name, more)) in
            [(say.first_create, folder), (say.first_open, None), (say.first_quit, None)].into_iter().enumerate()
        {
            let y = y + 4 + 2 * at as u16;
            if at == self.cursor {
                canvas.put(x, y, 1, theme.accent, "▌");
            }
            canvas.put(x + 2, y, 2, theme.key, (at + 1).to_string());
            canvas.put(
                x + 5,
                y,
                room.saturating_sub(5),
                if at == self.cursor { theme.strong } else { theme.plain },
                name,
            );
            if let Some(more) = more {
                canvas.put_short(x + 5, y + 1, room.saturating_sub(5), theme.quiet, more);
            }
        }
        if let Some(editor) = &self.path {
            canvas.put(x + 2, y + 11, room, theme.quiet, say.first_folder);
            let field = Rect::new(x + 2, y + 12, width.saturating_sub(8).min(70), 1);
            editor.draw(&mut canvas.pane(field), theme.plain, theme.cross, true);
        }
        for (line, range) in Measure::default().wrap(&self.error, usize::from(room.max(10)), 0).into_iter().enumerate()
        {
            canvas.put(x, y + 14 + line as u16, room, theme.bad, self.error[range].to_string());
        }
    }
}
