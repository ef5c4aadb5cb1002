//! The palette: the terminal's own colours, one accent, and nothing that only a colour says.

use crate::domain::{Light, Status};
use ratatui::style::{Color, Modifier, Style};

/// The styles that screens use. Nothing else names a colour.
#[derive(Clone, Debug)]
pub struct Theme {
    pub plain: Style,
    /// Numbers, labels, borders: there, but quiet.
    pub quiet: Style,
    pub rule: Style,
    pub accent: Style,
    pub strong: Style,
    /// The row or cell that the keys act on.
    pub cursor: Style,
    /// The cell of the table that the keys act on.
    pub cell: Style,
    /// The ground of a field.
    pub cross: Style,
    pub tab: Style,
    pub key: Style,
    /// Read where the source is damaged.
    pub repaired: Style,
    pub damaged: Style,
    pub good: Style,
    pub warn: Style,
    pub bad: Style,
    /// An own responsibility that differs from the row.
    pub own: Style,
    pub found: Style,
}

impl Theme {
    /// For dark and for light backgrounds.
    pub fn new(is_light: bool) -> Theme {
        let fg = |dark: u8, light: u8| Style::new().fg(Color::Indexed(if is_light { light } else { dark }));
        let bg = |dark: u8, light: u8| Style::new().bg(Color::Indexed(if is_light { light } else { dark }));
        Theme {
            plain: Style::new(),
            quiet: fg(245, 242),
            rule: fg(238, 250),
            accent: fg(80, 30),
            strong: Style::new().add_modifier(Modifier::BOLD),
            cursor: bg(237, 253).add_modifier(Modifier::BOLD),
            cell: fg(80, 30).add_modifier(Modifier::REVERSED),
            cross: bg(235, 255),
            tab: fg(80, 30).add_modifier(Modifier::BOLD),
            key: fg(80, 30),
            repaired: fg(179, 130).add_modifier(Modifier::UNDERLINED),
            damaged: fg(210, 124).add_modifier(Modifier::UNDERLINED),
            good: fg(114, 28),
            warn: fg(179, 130),
            bad: fg(210, 124).add_modifier(Modifier::BOLD),
            own: fg(80, 30).add_modifier(Modifier::UNDERLINED),
            found: fg(179, 130).add_modifier(Modifier::BOLD),
        }
    }

    pub fn light(&self, light: Light) -> Style {
        match light {
            Light::None => self.quiet,
            Light::Green => self.good,
            Light::Yellow => self.warn,
            Light::Red => self.bad,
        }
    }

    pub fn status(&self, status: Status) -> Style {
        match status {
            Status::Todo | Status::Deferred => self.quiet,
            Status::Doing => self.accent,
            Status::Done => self.good,
            Status::Blocked => self.bad,
        }
    }
}
