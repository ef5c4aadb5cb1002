//! The first screen on a machine without a plan: make a workspace, or open one.

use super::TuiArgs;
use super::term::{Canvas, Editor, Event, Input, Key, Measure, Screen, Terminal};
use super::theme::Theme;
use crate::git::Stop;
use crate::ops;
use crate::workspace::find_root;
use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// How long a place may say nothing.
const SILENCE: Duration = Duration::from_secs(90);

/// Asks until there is a workspace; `None` when the user leaves.
pub(super) fn first_run(
    args: &TuiArgs,
    theme: &Theme,
    terminal: &mut Terminal,
    input: &mut Input,
) -> io::Result<Option<PathBuf>> {
    let (width, height) = terminal.size()?;
    let mut screen = Screen::new(width, height, args.colours);
    let mut ask = Ask { cursor: 0, typing: None, take: None, error: String::new() };
    loop {
        let (width, height) = screen.size();
        if let Some((_, editor)) = &mut ask.typing {
            editor.layout(width.saturating_sub(8).min(70), 1);
        }
        let mut canvas = Canvas::new(width, height);
        ask.draw(args, theme, &mut canvas);
        terminal.write(screen.draw(&canvas))?;
        if let Some(place) = ask.take.take() {
            match take(args, &place) {
                Ok(root) => return Ok(Some(root)),
                Err(error) => ask.error = error,
            }
            continue;
        }
        for event in input.next_batch(&[], None)? {
            match event {
                Event::Key(key) => match ask.key(key, args) {
                    Answer::Wait => {}
                    Answer::Leave => return Ok(None),
                    Answer::Open(root) => return Ok(Some(root)),
                },
                Event::Paste(text) => {
                    if let Some((_, editor)) = &mut ask.typing {
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
    /// The field for a folder or a place, once it is asked for.
    typing: Option<(Wanted, Editor)>,
    /// The place that is taken from as soon as the screen has said so.
    take: Option<String>,
    error: String,
}

/// What is typed on the first screen.
#[derive(Clone, Copy)]
enum Wanted {
    Folder,
    Place,
}

/// Takes the workspace from a shared place into the user's data folder, or says why not.
fn take(args: &TuiArgs, place: &str) -> Result<PathBuf, String> {
    let Some(folder) = &args.data_dir else { return Err(String::new()) };
    let request =
        ops::SyncRequest { remote: Some(place.to_string()), here: args.dir.clone(), may_create: false, dry_run: false };
    let mut tell = |_| {};
    let mut waiting = ops::Waiting { stop: Stop::default(), silence: SILENCE, tell: &mut tell };
    ops::start_from(folder, &request, &(args.moment)(), args.text, &mut waiting)
        .map(|_| folder.clone())
        .map_err(|refusal| ops::say_sync_refusal(&refusal, args.text))
}

impl Ask {
    fn key(&mut self, event: crossterm::event::KeyEvent, args: &TuiArgs) -> Answer {
        self.error.clear();
        if let Some((wanted, editor)) = &mut self.typing {
            match (event.code, *wanted) {
                (KeyCode::Esc, _) => self.typing = None,
                (KeyCode::Enter, Wanted::Folder) => {
                    let folder = PathBuf::from(editor.text().trim());
                    match find_root(&folder) {
                        Some(root) => return Answer::Open(root),
                        None => self.error = (args.text.errors.no_workspace)(&folder.display().to_string()),
                    }
                }
                (KeyCode::Enter, Wanted::Place) => {
                    self.error = args.text.screens.first_taking.to_string();
                    self.take = Some(editor.text().trim().to_string());
                }
                _ => drop(editor.handle(event)),
            }
            return Answer::Wait;
        }
        let Key::Press { code, .. } = Key::from(event) else { return Answer::Wait };
        match code {
            KeyCode::Up | KeyCode::Char('k') => self.cursor = self.cursor.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.cursor = (self.cursor + 1).min(3),
            KeyCode::Char(digit @ '1'..='4') => {
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
                self.typing = Some((Wanted::Place, Editor::one_line().with_max(400)));
                Answer::Wait
            }
            2 => {
                let here = args.dir.display().to_string();
                let mut editor = Editor::one_line().with_max(400).with_text(&here);
                // typing a path replaces the one that is offered
                editor.select_all();
                self.typing = Some((Wanted::Folder, editor));
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
        let choices =
            [(say.first_create, folder), (say.first_take, None), (say.first_open, None), (say.first_quit, None)];
        for (at, (name, more)) in choices.into_iter().enumerate() {
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
        if let Some((wanted, editor)) = &self.typing {
            let name = match wanted {
                Wanted::Folder => say.first_folder,
                Wanted::Place => say.first_place,
            };
            canvas.put(x + 2, y + 12, room, theme.quiet, name);
            let field = Rect::new(x + 2, y + 13, width.saturating_sub(8).min(70), 1);
            editor.draw(&mut canvas.pane(field), theme.plain, theme.cross, true);
        }
        for (line, range) in Measure::default().wrap(&self.error, usize::from(room.max(10)), 0).into_iter().enumerate()
        {
            canvas.put(x, y + 15 + line as u16, room, theme.bad, self.error[range].to_string());
        }
    }
}
