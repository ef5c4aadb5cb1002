//! The terminal layer: from spans of text to bytes on a tty, and from bytes of a tty to keys.
//!
//! ```text
//! glyph      the smallest drawable thing: one or two cells, never a control character
//! wrap       Chinese line breaking over glyphs
//! canvas     a frame as rows of spans, hashed while it is painted
//! layout     one row of spans into cells, only when its hash changed
//! encode     where the terminal's pen is, and the fewest bytes to move or restyle it
//! screen     the shown frame; draw = scroll, diff, encode
//! terminal   raw mode, alternate screen, one write a frame, always left clean
//! decode     bytes from the tty to key events
//! input      one poll(2) over tty, signals and the caller's files: idle costs nothing
//! keys       a key as the keymap sees it, with full-width forms folded
//! edit_text  text, caret, selection, undo: an editor without a screen
//! editor     the same with keys, layout and drawing
//! picture    a frame as SVG
//! ```
//!
//! It uses nothing of the rest of the crate. Text is hostile until it has passed `glyph`, so no caller can forget.

mod canvas;
mod encode;
mod glyph;
mod layout;
mod screen;

pub use canvas::{Align, Canvas, Clip, Ink, Pane, Span};
pub use encode::Colours;
pub use glyph::{Glyph, Glyphs, Measure, ellipsis, fit, glyphs, width};
pub use screen::Screen;
