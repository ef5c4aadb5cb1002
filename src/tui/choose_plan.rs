//! Which plan to open, where a workspace holds several and none was named.

use super::TuiArgs;
use super::term::{Canvas, Event, Input, Key, Screen, Terminal};
use super::theme::Theme;
use crate::workspace::PlanEntry;
use crossterm::event::KeyCode;
use std::io;

/// Asks for one of the plans; `None` when the user leaves.
pub(super) fn choose_plan(
    args: &TuiArgs,
    theme: &Theme,
    plans: &[PlanEntry],
    terminal: &mut Terminal,
    input: &mut Input,
) -> io::Result<Option<String>> {
    let (width, height) = terminal.size()?;
    let mut screen = Screen::new(width, height, args.colours);
    let mut cursor = 0usize;
    loop {
        let (width, height) = screen.size();
        let mut canvas = Canvas::new(width, height);
        draw(args, theme, plans, cursor, &mut canvas);
        terminal.write(screen.draw(&canvas))?;
        for event in input.next_batch(&[], None)? {
            match event {
                Event::Key(key) => {
                    let Key::Press { code, .. } = Key::from(key) else { continue };
                    match code {
                        KeyCode::Up | KeyCode::Char('k') => cursor = cursor.saturating_sub(1),
                        KeyCode::Down | KeyCode::Char('j') => cursor = (cursor + 1).min(plans.len().saturating_sub(1)),
                        KeyCode::Enter => return Ok(plans.get(cursor).map(|plan| plan.id.clone())),
                        KeyCode::Esc | KeyCode::Char('q' | 'c') | KeyCode::F(10) => return Ok(None),
                        _ => {}
                    }
                }
                Event::Resize(width, height) => screen.resize(width, height),
                Event::Resumed => {
                    terminal.retake()?;
                    screen.invalidate();
                }
                Event::Terminate => return Ok(None),
                Event::Paste(_) | Event::Ready(_) | Event::Woken | Event::Deadline => {}
            }
        }
    }
}

fn draw<'a>(args: &TuiArgs, theme: &Theme, plans: &'a [PlanEntry], cursor: usize, canvas: &mut Canvas<'a>) {
    let (width, height) = canvas.size();
    let x = if width > 90 { (width - 80) / 2 } else { 2 };
    let room = width.saturating_sub(x + 2);
    canvas.put(x, 2, room, theme.tab, args.text.screens.which_plan);
    let rows = usize::from(height.saturating_sub(6) / 2).max(1);
    let first = (cursor + 1).saturating_sub(rows);
    for (y, (at, plan)) in plans.iter().enumerate().skip(first).take(rows).enumerate() {
        let y = 4 + 2 * y as u16;
        if at == cursor {
            canvas.put(x, y, 1, theme.accent, "▌");
        }
        let style = if at == cursor { theme.strong } else { theme.plain };
        canvas.put_short(x + 2, y, room.saturating_sub(2), style, plan.title.as_str());
        canvas.put_short(x + 2, y + 1, room.saturating_sub(2), theme.quiet, plan.id.as_str());
    }
    canvas.put_short(x, height.saturating_sub(1), room, theme.quiet, args.text.screens.choose_hint);
}
