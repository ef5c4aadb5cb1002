//! What frames every screen: tabs above, what the keys do here and the status line below.

use super::super::command::Command;
use super::super::look::Look;
use super::super::term::{Canvas, Measure, width};
use crate::ops;
use crate::text::Text;
use ratatui::layout::Rect;
use ratatui::style::Style;
use std::borrow::Cow;

/// Which screen is in front.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum ScreenKind {
    #[default]
    Tree,
    Matrix,
    Meetings,
    Review,
}

impl ScreenKind {
    pub const ALL: [ScreenKind; 4] = [ScreenKind::Tree, ScreenKind::Matrix, ScreenKind::Meetings, ScreenKind::Review];

    pub fn token(self) -> &'static str {
        match self {
            ScreenKind::Tree => "tree",
            ScreenKind::Matrix => "matrix",
            ScreenKind::Meetings => "meetings",
            ScreenKind::Review => "review",
        }
    }

    pub fn name(self, text: &Text) -> &'static str {
        match self {
            ScreenKind::Tree => text.screens.tree,
            ScreenKind::Matrix => text.screens.matrix,
            ScreenKind::Meetings => text.rooms.meetings,
            ScreenKind::Review => text.reviewing.review,
        }
    }

    /// The screen that the next-screen key leads to.
    pub fn next(self) -> ScreenKind {
        let at = ScreenKind::ALL.iter().position(|kind| *kind == self).unwrap_or(0);
        ScreenKind::ALL[(at + 1) % ScreenKind::ALL.len()]
    }
}

/// How grave a message is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Said,
    Warned,
    Refused,
}

/// The content between the bars.
pub fn content(area: Rect) -> Rect {
    let above = if area.height >= 20 { 2 } else { 1 };
    Rect { y: above, height: area.height.saturating_sub(above + 2), ..area }
}

/// Draws the tabs.
pub fn draw_tabs<'a>(look: &Look<'a>, canvas: &mut Canvas<'a>, front: ScreenKind) {
    let (cells, _) = canvas.size();
    let say = &look.text.screens;
    canvas.put(1, 0, 8, look.theme.strong, say.app);
    let mut x = 2 + width(say.app) as u16 + 2;
    for kind in ScreenKind::ALL {
        let name = kind.name(look.text);
        // what waits is told where somebody has looked
        let name: Cow<'a, str> = match (kind, look.totals.open) {
            (ScreenKind::Review, open @ 1..) => format!("{name} {open}").into(),
            _ => name.into(),
        };
        let name_width = width(&name) as u16;
        let style = if kind == front {
            look.theme.tab.add_modifier(ratatui::style::Modifier::UNDERLINED)
        } else {
            look.theme.quiet
        };
        canvas.put(x, 0, name_width, style, name);
        x += name_width + 3;
    }
    let date = format!("{} {}", look.today, (look.text.words.weekday)(look.today));
    // where the tabs need the cells, the day gives way
    let date = if usize::from(x) + width(&date) <= usize::from(cells) { date } else { String::new() };
    let date_width = width(&date) as u16;
    canvas.put_right(cells.saturating_sub(date_width + 1), 0, date_width, look.theme.quiet, date);
    let room = cells.saturating_sub(x + date_width + 3);
    match look.workspace.past() {
        None if room < 16 => {}
        None => canvas.put_right(x, 0, room, look.theme.quiet, look.workspace.plan().info.title.as_str()),
        Some(state) => {
            let banner = (look.text.reviewing.as_of)(&ops::state_name(state, look.text));
            let style = look.theme.warn.add_modifier(ratatui::style::Modifier::REVERSED);
            canvas.put_right(x, 0, room, style, format!(" {banner} "));
        }
    }
    if content(canvas.area()).y > 1 {
        canvas.rule(0, 1, cells, look.theme.rule);
    }
}

/// Draws what the keys do here: whose key, whose name. What does not fit is left out whole.
pub fn draw_hints<'a>(look: &Look<'a>, canvas: &mut Canvas<'a>, commands: &[(Command, &'static str)]) {
    let (cells, height) = canvas.size();
    let y = height.saturating_sub(2);
    let gap = if cells < 60 { "  " } else { "   " };
    let mut parts: Vec<(Style, Cow<'a, str>)> = Vec::new();
    let mut used = 1;
    for (key, name) in commands {
        let key = show_key(look.keymap.key_of(*key));
        let needs = width(&key) + 1 + width(name);
        if key.is_empty() || used + needs > usize::from(cells) {
            continue;
        }
        if !parts.is_empty() {
            parts.push((look.theme.quiet, gap.into()));
        }
        used += needs + gap.len();
        parts.push((look.theme.key, key));
        parts.push((look.theme.quiet, format!(" {name}").into()));
    }
    canvas.line(1, y, cells.saturating_sub(1), parts);
}

/// A key as people read it.
pub fn show_key(key: &str) -> Cow<'static, str> {
    match key {
        "up" => "↑".into(),
        "down" => "↓".into(),
        "left" => "←".into(),
        "right" => "→".into(),
        "enter" => "Enter".into(),
        "space" => "Space".into(),
        "tab" => "Tab".into(),
        "esc" => "Esc".into(),
        "pgup" => "PgUp".into(),
        "pgdn" => "PgDn".into(),
        "home" => "Home".into(),
        "end" => "End".into(),
        "insert" => "Ins".into(),
        "delete" => "Del".into(),
        "backspace" => "Backspace".into(),
        key if key.starts_with('f') && key.len() > 1 => key.to_uppercase().into(),
        key => match key.split_once('-') {
            Some((held, rest)) if !rest.is_empty() && held.len() > 2 => {
                let held = held[..1].to_uppercase() + &held[1..];
                let rest = if rest.len() == 1 { rest.to_uppercase().into() } else { show_key(rest) };
                format!("{held}-{rest}").into()
            }
            _ => key.to_string().into(),
        },
    }
}

/// Draws the status line: the last message, or where the cursor is; at the right what the plan comes to. A message that needs
/// the whole line gets it, one that needs two lines takes the line of the hints as well.
pub fn draw_status<'a>(look: &Look<'a>, canvas: &mut Canvas<'a>, message: Option<(Tone, &'a str)>, place: String) {
    let (cells, height) = canvas.size();
    let y = height.saturating_sub(1);
    let whole = cells.saturating_sub(2);
    let totals = totals(look, usize::from(cells / 2));
    let totals_width = width(&totals) as u16;
    let room = cells.saturating_sub(totals_width + 4);
    let Some((tone, words)) = message else {
        canvas.put_right(cells.saturating_sub(totals_width + 1), y, totals_width, look.theme.quiet, totals);
        return canvas.put_short(1, y, room, look.theme.quiet, place);
    };
    let style = match tone {
        Tone::Said => look.theme.accent,
        Tone::Warned => look.theme.warn,
        Tone::Refused => look.theme.bad,
    };
    let needs = width(words);
    if needs <= usize::from(room) {
        canvas.put_right(cells.saturating_sub(totals_width + 1), y, totals_width, look.theme.quiet, totals);
    }
    if needs <= usize::from(whole) || height < 6 {
        return canvas.put_short(1, y, whole, style, words);
    }
    let lines = Measure::default().wrap(words, usize::from(whole.max(8)), 0);
    canvas.fill(Rect::new(0, y - 1, cells, 1), look.theme.plain);
    canvas.put(1, y - 1, whole, style, &words[lines[0].clone()]);
    let rest = lines.get(1).map_or("", |second| &words[second.start..]);
    canvas.put_short(1, y, whole, style, rest);
}

/// What the plan comes to, the most urgent first; what does not fit into `most` cells is left out whole.
fn totals(look: &Look, most: usize) -> String {
    if !look.workspace.is_whole() {
        return look.text.screens.reading.to_string();
    }
    let totals = look.totals;
    let all = (look.text.screens.totals)(totals.done, totals.total, totals.late, totals.picked, totals.problems);
    let all = match look.workspace.plan().conflicts.len() {
        0 => all,
        count => format!("{}   {all}", (look.text.conflicts.status)(count)),
    };
    let mut out = String::new();
    for part in all.split("   ") {
        let gap = if out.is_empty() { "" } else { "   " };
        if width(&out) + gap.len() + width(part) <= most {
            out.push_str(gap);
            out.push_str(part);
        }
    }
    out
}
