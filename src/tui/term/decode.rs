//! Bytes from a terminal to key events.
//!
//! The event types are crossterm's; its reader is not used, because under one poll(2) of our own it fails three ways
//! (0.29): it reads 1,024 bytes per edge and leaves the rest of a burst unseen, it spins when the terminal goes away,
//! and its other source never looks at the terminal when asked with a zero timeout. Nothing here reads or waits: the
//! caller feeds bytes and says when no more are coming.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const PASTE_END: &[u8] = b"\x1b[201~";

/// What a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Key(KeyEvent),
    /// A bracketed paste, as it came.
    Paste(String),
}

/// Collects bytes until they make a key.
#[derive(Debug, Clone, Default)]
pub struct Decoder {
    bytes: Vec<u8>,
    pasting: bool,
}

/// The outcome of looking at the beginning of the bytes: how many were used, and the key they make, if any.
enum Step {
    Used(usize, Option<KeyEvent>),
    PasteBegins(usize),
    Incomplete,
}

impl Decoder {
    /// Takes bytes and appends the keys that are complete.
    pub fn feed(&mut self, bytes: &[u8], out: &mut Vec<Typed>) {
        self.bytes.extend_from_slice(bytes);
        self.run(out, false);
    }

    /// Returns how long to wait for the rest of a lone Esc, half a sequence, half a character or an unfinished paste
    /// before calling [`flush`](Self::flush); `None` when nothing is unfinished.
    pub fn patience(&self) -> Option<Duration> {
        match (self.pasting, self.bytes.is_empty()) {
            // A paste comes in pieces over a slow line; but if its end got lost, keys must work again.
            (true, _) => Some(Duration::from_secs(1)),
            (false, false) => Some(Duration::from_millis(30)),
            (false, true) => None,
        }
    }

    /// Says that nothing more is coming, so that a lone Esc is the Esc key and an unfinished paste ends.
    pub fn flush(&mut self, out: &mut Vec<Typed>) {
        if std::mem::take(&mut self.pasting) {
            let bytes = std::mem::take(&mut self.bytes);
            out.push(Typed::Paste(String::from_utf8_lossy(&bytes).into_owned()));
        }
        self.run(out, true);
    }

    fn run(&mut self, out: &mut Vec<Typed>, last: bool) {
        let bytes = std::mem::take(&mut self.bytes);
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            if self.pasting {
                let Some(end) = rest.windows(PASTE_END.len()).position(|w| w == PASTE_END) else {
                    break;
                };
                out.push(Typed::Paste(String::from_utf8_lossy(&rest[..end]).into_owned()));
                rest = &rest[end + PASTE_END.len()..];
                self.pasting = false;
                continue;
            }
            match step(rest, last) {
                Step::Used(count, key) => {
                    out.extend(key.map(Typed::Key));
                    rest = &rest[count..];
                }
                Step::PasteBegins(count) => {
                    self.pasting = true;
                    rest = &rest[count..];
                }
                Step::Incomplete => break,
            }
        }
        self.bytes = rest.to_vec();
    }
}

fn key(code: KeyCode, modifiers: KeyModifiers) -> Option<KeyEvent> {
    Some(KeyEvent::new(code, modifiers))
}

fn step(bytes: &[u8], last: bool) -> Step {
    match bytes[0] {
        0x1b => escape(bytes, last),
        byte @ (0..=0x1f | 0x7f) => Step::Used(1, control(byte)),
        byte => character(bytes, byte, last),
    }
}

fn control(byte: u8) -> Option<KeyEvent> {
    let none = KeyModifiers::NONE;
    match byte {
        b'\r' => key(KeyCode::Enter, none),
        b'\t' => key(KeyCode::Tab, none),
        0x7f => key(KeyCode::Backspace, none),
        0 => key(KeyCode::Char(' '), KeyModifiers::CONTROL),
        1..=0x1a => key(KeyCode::Char(char::from(byte - 1 + b'a')), KeyModifiers::CONTROL),
        _ => key(KeyCode::Char(char::from(byte + 0x40)), KeyModifiers::CONTROL),
    }
}

fn character(bytes: &[u8], first: u8, last: bool) -> Step {
    let length = match first {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Step::Used(1, None),
    };
    if bytes.len() < length && !last {
        return Step::Incomplete;
    }
    match bytes.get(..length).and_then(|b| std::str::from_utf8(b).ok()).and_then(|s| s.chars().next()) {
        Some(c) => Step::Used(length, typed(c, KeyModifiers::NONE)),
        None => Step::Used(1, None),
    }
}

/// A character key; capitals carry Shift, as they do in crossterm.
fn typed(c: char, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    key(KeyCode::Char(c), modifiers | shift)
}

fn escape(bytes: &[u8], last: bool) -> Step {
    let esc = || Step::Used(1, key(KeyCode::Esc, KeyModifiers::NONE));
    match bytes.get(1) {
        None if last => esc(),
        None => Step::Incomplete,
        Some(0x1b) => esc(),
        Some(b'[') if bytes.len() > 2 || !last => csi(bytes, last),
        Some(b'O') if bytes.len() > 2 || !last => match bytes.get(2) {
            None => Step::Incomplete,
            Some(&letter) => Step::Used(3, letter_key(letter).and_then(|code| key(code, KeyModifiers::NONE))),
        },
        Some(_) => match step(&bytes[1..], last) {
            Step::Used(count, event) => {
                let alt = |event: KeyEvent| KeyEvent::new(event.code, event.modifiers | KeyModifiers::ALT);
                Step::Used(count + 1, event.map(alt))
            }
            other => other,
        },
    }
}

/// A sequence `ESC [ parameters letter`.
fn csi(bytes: &[u8], last: bool) -> Step {
    if bytes.get(2) == Some(&b'[') {
        // The Linux console sends F1 to F5 as ESC [ [ A to E.
        return match bytes.get(3) {
            Some(letter @ b'A'..=b'E') => Step::Used(4, key(KeyCode::F(letter - b'A' + 1), KeyModifiers::NONE)),
            Some(_) => Step::Used(4, None),
            None if last => Step::Used(bytes.len(), None),
            None => Step::Incomplete,
        };
    }
    let Some(end) = bytes[2..].iter().position(|b| !(0x20..=0x3f).contains(b)).map(|at| at + 2) else {
        return if last { Step::Used(bytes.len(), None) } else { Step::Incomplete };
    };
    let letter = bytes[end];
    if !(0x40..=0x7e).contains(&letter) {
        // Broken off by another key: drop the sequence, keep the key.
        return Step::Used(end, None);
    }
    let text = std::str::from_utf8(&bytes[2..end]).unwrap_or_default();
    let number = |index: usize, part: usize| -> u32 {
        let field = text.split(';').nth(index).unwrap_or_default();
        field.split(':').nth(part).and_then(|n| n.parse().ok()).unwrap_or(0)
    };
    if letter == b'~' && number(0, 0) == 200 {
        return Step::PasteBegins(end + 1);
    }
    // Replies, mouse and private sequences are not keys; neither is a release (event type 3 of the kitty protocol).
    let private = text.starts_with(['?', '<', '>', '=']) || text.contains([' ', '!', '"', '$', '\'']);
    if private || number(1, 1) == 3 {
        return Step::Used(end + 1, None);
    }
    let held = modifiers(number(1, 0));
    let event = match letter {
        b'Z' => key(KeyCode::BackTab, held | KeyModifiers::SHIFT),
        b'~' if number(0, 0) == 27 => code_point(number(2, 0), held),
        b'~' => tilde_key(number(0, 0)).and_then(|code| key(code, held)),
        b'u' => code_point(number(0, 0), held),
        // With other numbers this is a cursor position report.
        b'R' if number(0, 0) > 1 => None,
        letter => letter_key(letter).and_then(|code| key(code, held)),
    };
    Step::Used(end + 1, event)
}

fn modifiers(parameter: u32) -> KeyModifiers {
    let bits = parameter.saturating_sub(1);
    let mut held = KeyModifiers::NONE;
    for (bit, modifier) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            held |= modifier;
        }
    }
    held
}

fn code_point(code: u32, held: KeyModifiers) -> Option<KeyEvent> {
    match code {
        9 if held.contains(KeyModifiers::SHIFT) => key(KeyCode::BackTab, held),
        9 => key(KeyCode::Tab, held),
        13 => key(KeyCode::Enter, held),
        27 => key(KeyCode::Esc, held),
        8 | 127 => key(KeyCode::Backspace, held),
        // The kitty protocol's keys for locks, media and modifiers stand in the private use area.
        0..32 | 57344..=63743 => None,
        code => char::from_u32(code).and_then(|c| typed(c, held)),
    }
}

fn letter_key(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

fn tilde_key(number: u32) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number as u8 - 10),
        17..=21 => KeyCode::F(number as u8 - 11),
        23..=26 => KeyCode::F(number as u8 - 12),
        28..=29 => KeyCode::F(number as u8 - 13),
        31..=34 => KeyCode::F(number as u8 - 14),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::term::Key;

    fn decode(bytes: &[u8]) -> String {
        let (mut decoder, mut out) = (Decoder::default(), Vec::new());
        decoder.feed(bytes, &mut out);
        decoder.flush(&mut out);
        let say = |typed: &Typed| match typed {
            Typed::Key(key) => Key::from(*key).to_string(),
            Typed::Paste(text) => format!("paste:{text}"),
        };
        out.iter().map(say).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_are_read_as_terminals_send_them() {
        assert_eq!(decode(b"jK\r\t\x7f\x13\x1b"), "j K enter tab backspace ctrl-s esc");
        assert_eq!(decode(b"\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D\x1b[H\x1b[4~"), "up down ctrl-right alt-left home end");
        assert_eq!(decode(b"\x1bOP\x1b[15~\x1b[24~\x1b[[B\x1b[1;2R\x1b[Z"), "f1 f5 f12 f2 shift-f3 shift-tab");
        assert_eq!(decode(b"\x1b[5~\x1b[3;5~\x1bx\x1b\r"), "pgup ctrl-delete alt-x alt-enter");
        assert_eq!(decode(b"\x1b[115;5u\x1b[27;6;9~\x1b[97;1:3u"), "ctrl-s ctrl-shift-tab");
        assert_eq!(decode("科普".as_bytes()), "科 普");
    }

    #[test]
    fn replies_and_broken_input_are_not_keys() {
        assert_eq!(decode(b"\x1b[12;40R\x1b[?62c\x1b[<0;3;4Ma\x1b[Ib\x1b[O"), "a b");
        assert_eq!(decode(b"\xff\xe7\xa7a\x1b[1;\x1b[B"), "a down");
        assert_eq!(decode(b"\x1b\x1b[A"), "esc up");
    }

    #[test]
    fn a_paste_is_one_event_wherever_it_is_cut() {
        let bytes = "\x1b[200~科普\r\n\x1b[31m\x1b[201~x\x1b[B".as_bytes();
        for cut in 0..bytes.len() {
            let (mut decoder, mut out) = (Decoder::default(), Vec::new());
            decoder.feed(&bytes[..cut], &mut out);
            decoder.feed(&bytes[cut..], &mut out);
            assert_eq!(out.len(), 3, "cut at {cut}: {out:?}");
            assert_eq!(out[0], Typed::Paste("科普\r\n\x1b[31m".into()));
            assert_eq!(decoder.patience(), None);
        }
        assert_eq!(decode(b"\x1b[200~lost"), "paste:lost");
    }
}
