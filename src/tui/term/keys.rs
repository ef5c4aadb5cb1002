//! A key as the keymap knows it, with a name that can stand in a file.
//!
//! With a Chinese input method on, the keys for `?`, `:` or `/` arrive as ？ ： 、 and letters as ｊ. In command mode
//! these are the same keys, so [`Key::from`] folds them; a composed character stays what it is, as
//! [`Key::Composed`], so that the screen can say that the input method is on instead of nothing happening.
//! Text fields take the original event, not the `Key`.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// One key with the modifiers held.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A key that can be bound. Shift is kept only where the character does not already say it.
    Press { code: KeyCode, ctrl: bool, alt: bool, shift: bool },
    /// Text made by an input method.
    Composed(String),
}

impl Key {
    /// Returns the key for a character without modifiers.
    pub fn char(c: char) -> Key {
        Key::from(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
    }

    /// Returns the key for a code without modifiers.
    pub fn plain(code: KeyCode) -> Key {
        Key::from(KeyEvent::new(code, KeyModifiers::NONE))
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Key {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        match event.code {
            KeyCode::Char(c) => match fold(c) {
                // Terminals disagree about the case of a letter held with Ctrl.
                Some(c) if ctrl => Key::Press { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt, shift: false },
                Some(c) => Key::Press { code: KeyCode::Char(c), ctrl, alt, shift: shift && c == ' ' },
                None => Key::Composed(c.to_string()),
            },
            KeyCode::BackTab => Key::Press { code: KeyCode::Tab, ctrl, alt, shift: true },
            code => Key::Press { code, ctrl, alt, shift },
        }
    }
}

/// Returns the ASCII character of the physical key that a Chinese input method turned into `c`.
fn fold(c: char) -> Option<char> {
    Some(match c {
        ' '..='~' => c,
        '\u{3000}' => ' ',
        '，' => ',',
        '。' | '．' => '.',
        '、' => '\\',
        '·' => '`',
        '《' => '<',
        '》' => '>',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '￥' | '¥' => '$',
        '—' => '_',
        '…' => '^',
        '【' | '「' => '[',
        '】' | '」' => ']',
        '『' => '{',
        '』' => '}',
        // U+FF01 to U+FF5E are ASCII, wide.
        '！'..='～' => char::from_u32(c as u32 - 0xff01 + 0x21)?,
        _ => return None,
    })
}

/// Names that stand for keys which are not one character, in the order they are tried when written.
const NAMES: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pgup", KeyCode::PageUp),
    ("pgdn", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
    ("menu", KeyCode::Menu),
];

/// Other names people write.
const ALIASES: [(&str, KeyCode); 6] = [
    ("return", KeyCode::Enter),
    ("escape", KeyCode::Esc),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("del", KeyCode::Delete),
    ("ins", KeyCode::Insert),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, ctrl, alt, shift) = match self {
            Key::Composed(text) => return f.write_str(text),
            Key::Press { code, ctrl, alt, shift } => (code, ctrl, alt, shift),
        };
        for (held, name) in [(ctrl, "ctrl-"), (alt, "alt-"), (shift, "shift-")] {
            if *held {
                f.write_str(name)?;
            }
        }
        match (NAMES.iter().find(|(_, named)| named == code), code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::F(n)) => write!(f, "f{n}"),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

/// What could not be read as a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey(pub String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownKey {}

impl FromStr for Key {
    type Err = UnknownKey;

    /// Reads `ctrl-s`, `alt-left`, `shift-tab`, `f2`, `pgdn`, `?`, `space`; names in any case, letters as written.
    fn from_str(text: &str) -> Result<Key, UnknownKey> {
        let (mut rest, mut held) = (text, KeyModifiers::NONE);
        let prefixes = [
            ("ctrl-", KeyModifiers::CONTROL),
            ("c-", KeyModifiers::CONTROL),
            ("alt-", KeyModifiers::ALT),
            ("shift-", KeyModifiers::SHIFT),
        ];
        while let Some((prefix, modifier)) = prefixes.iter().find(|(prefix, _)| {
            rest.len() > prefix.len() && rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
        }) {
            held |= *modifier;
            rest = &rest[prefix.len()..];
        }
        let name = rest.to_ascii_lowercase();
        let named = NAMES.iter().chain(&ALIASES).find(|(known, _)| *known == name).map(|&(_, code)| code);
        let number = || name.strip_prefix('f')?.parse().ok().filter(|n| (1..=24).contains(n)).map(KeyCode::F);
        let mut chars = rest.chars();
        let single = match (chars.next(), chars.next()) {
            (Some(c), None) => Some(KeyCode::Char(c)),
            _ => None,
        };
        let code = single.or(named).or_else(number).ok_or_else(|| UnknownKey(text.to_owned()))?;
        match (Key::from(KeyEvent::new(code, held)), code) {
            (Key::Composed(_), _) => Err(UnknownKey(text.to_owned())),
            // `shift-j` is written for J by people.
            (Key::Press { ctrl: false, alt, .. }, KeyCode::Char(c))
                if held.contains(KeyModifiers::SHIFT) && c != ' ' =>
            {
                Ok(Key::Press { code: KeyCode::Char(c.to_ascii_uppercase()), ctrl: false, alt, shift: false })
            }
            (key, _) => Ok(key),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for name in [
            "ctrl-s",
            "f2",
            "shift-tab",
            "pgdn",
            "?",
            "space",
            "enter",
            "-",
            "ctrl--",
            "alt-left",
            "J",
            "j",
            "ctrl-alt-x",
        ] {
            assert_eq!(name.parse::<Key>().map(|key| key.to_string()), Ok(name.to_owned()));
        }
        for (written, name) in
            [("Ctrl-S", "ctrl-s"), ("PageDown", "pgdn"), ("shift-j", "J"), ("？", "?"), ("F12", "f12")]
        {
            assert_eq!(written.parse::<Key>().map(|key| key.to_string()), Ok(name.to_owned()));
        }
        for wrong in ["", "ctrl-", "f99", "科", "hyper-x", "f0"] {
            assert_eq!(wrong.parse::<Key>(), Err(UnknownKey(wrong.to_owned())));
        }
    }

    #[test]
    fn full_width_keys_are_the_keys_they_were_typed_with() {
        let typed = "ｊＪ１？：／，。；！（）【】、·～《》“”‘’￥—…％＋　";
        let keys: Vec<String> = typed.chars().map(|c| Key::char(c).to_string()).collect();
        assert_eq!(keys.concat(), "jJ1?:/,.;!()[]\\`~<>\"\"''$_^%+space");
        assert_eq!(Key::char('科'), Key::Composed("科".into()));
        assert_eq!(Key::char('é'), Key::Composed("é".into()));
    }

    #[test]
    fn shift_is_not_said_twice() {
        let event = |c, held| Key::from(KeyEvent::new(KeyCode::Char(c), held));
        assert_eq!(event('J', KeyModifiers::SHIFT), Key::char('J'));
        assert_eq!(event('?', KeyModifiers::SHIFT), Key::char('?'));
        assert_eq!(event('S', KeyModifiers::SHIFT | KeyModifiers::CONTROL), event('s', KeyModifiers::CONTROL));
        assert_eq!(Key::from(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT)).to_string(), "shift-tab");
    }
}
