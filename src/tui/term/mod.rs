//! The terminal layer: from spans of text to bytes on a tty, and from bytes of a tty to keys.
//!
//! ```text
//! glyph      the smallest drawable thing: one or two cells, never a control character
//! wrap       Chinese line breaking over glyphs
//! canvas     a frame as rows of spans, hashed while it is painted
//! layout     one row of spans into cells, only when its hash changed
//! cell       what one cell shows, in a few words
//! encode     where the terminal's pen is, and the fewest bytes to move or restyle it
//! screen     the shown frame; draw = scroll, diff, encode
//! terminal   raw mode, alternate screen, one write a frame, always left clean
//! decode     bytes from the tty to key events
//! input      one poll(2) over tty, signals and the caller's files: idle costs nothing
//! keys       a key as the keymap sees it, with full-width forms folded
//! editor     a text being edited: caret, selection, undo, keys
//! editor_view  where its lines and its caret stand
//! picture    a frame as SVG
//! ```
//!
//! It uses nothing of the rest of the crate. Text is hostile until it has passed `glyph`, so no caller can forget.

mod canvas;
mod cell;
mod decode;
mod editor;
mod editor_view;
mod encode;
mod glyph;
mod input;
mod keys;
mod layout;
mod picture;
mod screen;
mod terminal;
mod wrap;

pub use canvas::{Align, Canvas, Clip, Ink, Pane, Span, Still};
pub use decode::{Decoder, Typed};
pub use editor::{Editor, EditorReply};
pub use encode::Colours;
pub use glyph::{Glyph, Glyphs, Measure, ellipsis, fit, glyphs, width};
pub use input::{Event, Input, Source, Waker};
pub use keys::{Key, UnknownKey};
pub use picture::picture;
pub use screen::Screen;
pub use terminal::Terminal;
pub use wrap::{wrap, wrap_indented};
