//! Which key gives which command, and the user's own bindings.
//!
//! Every command that people need while an input method is on has an arrow, function or Ctrl key beside its letter.

use super::command::{Command, Scope};
use super::term::Key;
use crate::domain::Map;

/// The built-in bindings, in the order in which help shows them; the first key of a command is the one that hints show.
const BUILT_IN: &[(Command, &[&str])] = &[
    (Command::Up, &["up", "k"]),
    (Command::Down, &["down", "j"]),
    (Command::Left, &["left", "h"]),
    (Command::Right, &["right", "l"]),
    (Command::PageUp, &["pgup", "ctrl-b"]),
    (Command::PageDown, &["pgdn", "ctrl-d"]),
    (Command::Top, &["home", "g"]),
    (Command::Bottom, &["end", "G"]),
    (Command::Toggle, &["enter"]),
    (Command::Depth1, &["1"]),
    (Command::Depth2, &["2"]),
    (Command::Depth3, &["3"]),
    (Command::Depth4, &["4"]),
    (Command::Depth5, &["5"]),
    (Command::TextUp, &["ctrl-up", "{"]),
    (Command::TextDown, &["ctrl-down", "}"]),
    (Command::Back, &["alt-left", "["]),
    (Command::Forward, &["alt-right", "]"]),
    (Command::Goto, &["ctrl-g", "f6"]),
    (Command::Search, &["/", "ctrl-f"]),
    (Command::Select, &["space"]),
    (Command::SelectAll, &["ctrl-a"]),
    (Command::Status, &["s", "f2"]),
    (Command::Deadline, &["d", "f3"]),
    (Command::Assign, &["a", "f4"]),
    (Command::Note, &["n", "f5"]),
    (Command::Progress, &["p", "ctrl-p"]),
    (Command::Record, &["o", "ctrl-y"]),
    (Command::Cycle, &["c", "insert", "ctrl-e"]),
    (Command::FirstLead, &["f", "ctrl-w"]),
    (Command::Reset, &["x", "delete"]),
    (Command::Undo, &["u", "f7"]),
    (Command::Redo, &["ctrl-r", "f8"]),
    (Command::Reading, &["r", "ctrl-t"]),
    (Command::Panel, &["v", "ctrl-o"]),
    (Command::NextScreen, &["tab", "shift-tab"]),
    (Command::TreeScreen, &["alt-1", "f11"]),
    (Command::MatrixScreen, &["alt-2", "f12"]),
    (Command::MeetingsScreen, &["alt-3", "ctrl-k"]),
    (Command::ReviewScreen, &["alt-4", "ctrl-v"]),
    (Command::History, &["i", "alt-i"]),
    (Command::Compare, &["t", "alt-t"]),
    (Command::AsOf, &["e", "alt-e"]),
    (Command::Problems, &["!"]),
    (Command::Conflicts, &["=", "ctrl-n"]),
    (Command::Sync, &["ctrl-s"]),
    (Command::Palette, &[":", "f9"]),
    (Command::Help, &["?", "f1"]),
    (Command::Redraw, &["ctrl-l"]),
    (Command::Quit, &["q", "f10", "ctrl-q"]),
    (Command::Add, &["n", "insert"]),
    (Command::Edit, &["e", "f4"]),
    (Command::Take, &["space"]),
    (Command::Drop, &["x", "delete"]),
    (Command::Defer, &["z", "f5"]),
    (Command::Advance, &["w", "f3", "ctrl-x"]),
    (Command::SignIn, &["s", "f2", "ctrl-s"]),
    (Command::Room, &["r", "ctrl-e"]),
    (Command::GoTask, &["g", "f6"]),
    (Command::Earlier, &["shift-up", "ctrl-up", "K"]),
    (Command::Later, &["shift-down", "ctrl-down", "J"]),
    (Command::Chain, &["c", "ctrl-w"]),
    (Command::Remind, &["m", "ctrl-t"]),
    (Command::Changed, &["v", "ctrl-o"]),
    (Command::Export, &["o", "ctrl-y"]),
    (Command::Decide, &["f2", "d"]),
    (Command::Entrust, &["f3", "a"]),
    (Command::TakeDown, &["f4", "t"]),
    (Command::Postpone, &["f5", "p"]),
    (Command::Motion, &["f6", "m"]),
    (Command::NextItem, &["ctrl-right", "."]),
    (Command::PreviousItem, &["ctrl-left", ","]),
    (Command::Accept, &["y", "f2"]),
    (Command::SendBack, &["b", "f3"]),
    (Command::Revert, &["z", "f4"]),
    (Command::Regroup, &["w", "f5"]),
    (Command::Commit, &["m", "ctrl-s"]),
];

/// The bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    keys: Map<(Scope, Key), Command>,
    /// Keys by command, the one to show first.
    shown: Vec<(Command, Vec<String>)>,
}

/// What is wrong with a key file.
#[derive(Clone, Debug, PartialEq)]
pub enum KeymapError {
    Syntax {
        message: String,
    },
    UnknownCommand {
        name: String,
    },
    UnknownKey {
        key: String,
    },
    /// Two commands want one key.
    Twice {
        key: String,
        first: Command,
        second: Command,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        let shown = BUILT_IN.iter().map(|(command, keys)| (*command, keys.iter().map(|key| key.to_string()).collect()));
        Keymap::from_table(shown.collect()).expect("the built-in keys are sound: a test holds them")
    }
}

impl Keymap {
    fn from_table(shown: Vec<(Command, Vec<String>)>) -> Result<Keymap, KeymapError> {
        let mut keys: Map<(Scope, Key), Command> = Map::default();
        for (command, names) in &shown {
            for name in names {
                let key: Key = name.parse().map_err(|_| KeymapError::UnknownKey { key: name.clone() })?;
                if let Some(first) = keys.insert((command.scope(), key), *command).filter(|first| first != command) {
                    return Err(KeymapError::Twice { key: name.clone(), first, second: *command });
                }
            }
        }
        Ok(Keymap { keys, shown })
    }

    /// Reads a key file: `[keys]`, one `command = ["key", "key"]` a line. A key given to a command is taken from the others.
    ///
    /// # Errors
    /// See [`KeymapError`]; the built-in keys then stay in force.
    pub fn read(source: &str) -> Result<Keymap, KeymapError> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            #[serde(default)]
            keys: std::collections::BTreeMap<String, Vec<String>>,
        }
        let file: File = toml::from_str(source).map_err(|error| KeymapError::Syntax { message: error.to_string() })?;
        let mut shown = Keymap::default().shown;
        let mut given: Vec<(String, Command)> = Vec::new();
        for (name, keys) in file.keys {
            let command = Command::parse(&name).ok_or(KeymapError::UnknownCommand { name })?;
            // one key may be written in several ways: PageDown is pgdn
            let keys: Vec<String> = keys
                .into_iter()
                .map(|key| {
                    key.parse::<Key>().map(|known| known.to_string()).map_err(|_| KeymapError::UnknownKey { key })
                })
                .collect::<Result<_, _>>()?;
            for key in &keys {
                if let Some((_, first)) = given.iter().find(|(other, of)| other == key && of.scope() == command.scope())
                {
                    return Err(KeymapError::Twice { key: key.clone(), first: *first, second: command });
                }
                given.push((key.clone(), command));
            }
            for (other, names) in &mut shown {
                if other.scope() == command.scope() {
                    names.retain(|name| !keys.contains(name));
                }
                if *other == command {
                    *names = keys.clone();
                }
            }
        }
        Keymap::from_table(shown)
    }

    /// What a key means where the scopes hold, the narrowest first.
    pub fn command(&self, key: &Key, scopes: &[Scope]) -> Option<Command> {
        scopes.iter().find_map(|scope| self.keys.get(&(*scope, key.clone())).copied())
    }

    /// The key that hints show for a command.
    pub fn key_of(&self, command: Command) -> &str {
        self.keys_of(command).first().map_or("", String::as_str)
    }

    /// Every key of a command.
    pub fn keys_of(&self, command: Command) -> &[String] {
        self.shown.iter().find(|(other, _)| *other == command).map_or(&[], |(_, keys)| keys)
    }

    /// All bindings in the order of the help.
    pub fn table(&self) -> &[(Command, Vec<String>)] {
        &self.shown
    }
}
