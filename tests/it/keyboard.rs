//! Keys and commands: every command with an input method on, the key table, the user's key file, the palette.

use crate::desk::Desk;
use crate::stage::{Stage, event};
use lianxi::text::{Lang, Text};
use lianxi::tui::command::{Command, Scope};
use lianxi::tui::keymap::{Keymap, KeymapError};
use lianxi::tui::term::Key;
use pinyin::ToPinyin;
use std::collections::HashMap;

const WIDE: (u16, u16) = (120, 40);

#[test]
fn every_command_has_a_key_that_an_input_method_leaves_alone() {
    let keymap = Keymap::default();
    for command in Command::ALL {
        let reaches = |name: &String| {
            let letters = name.chars().count() == 1 && name.chars().all(|c| c.is_ascii_alphabetic());
            // a sign or a digit comes as its full-width form and is folded
            !letters
        };
        assert!(keymap.keys_of(command).iter().any(reaches), "{command:?}: {:?}", keymap.keys_of(command));
    }
}

#[test]
fn the_key_table_has_every_command_once_and_no_key_twice() {
    let keymap = Keymap::default();
    let mut seen: HashMap<(Scope, Key), Command> = HashMap::new();
    let mut commands = Vec::new();
    for (command, keys) in keymap.table() {
        assert!(!commands.contains(command), "{command:?} twice");
        commands.push(*command);
        assert!(!keys.is_empty(), "{command:?} has no key");
        for key in keys {
            let key: Key = key.parse().unwrap_or_else(|_| panic!("{key} is no key"));
            // what the terminal reports for the name leads to the command
            assert_eq!(Key::from(event(&key.to_string())), key);
            assert_eq!(keymap.command(&key, &[command.scope()]), Some(*command), "{key}");
            assert_eq!(seen.insert((command.scope(), key.clone()), *command), None, "{key} twice");
        }
    }
    assert!(Command::ALL.iter().all(|command| commands.contains(command)));
    // keys that input methods take for themselves
    for taken in ["ctrl-space", "ctrl-.", "ctrl-,"] {
        let all = [Scope::Room, Scope::Meetings, Scope::Everywhere];
        assert_eq!(keymap.command(&taken.parse().expect("a key"), &all), None, "{taken}");
    }
}

#[test]
fn full_width_keys_do_what_their_keys_do() {
    for (plain, wide) in
        [("j", "ｊ"), ("?", "？"), (":", "："), ("/", "／"), ("1", "１"), ("!", "！"), ("[", "【"), (" ", "　")]
    {
        let (mut a, mut b) = (Stage::usual(), Stage::usual());
        assert_eq!(a.keys("<ctrl-g>3.1.2<enter>").keys(plain).text(), b.keys("<ctrl-g>3.1.2<enter>").keys(wide).text());
    }
    // and inside popups
    let (mut a, mut b) = (Stage::usual(), Stage::usual());
    assert_eq!(a.keys("<ctrl-g>3.1.2<enter>s2").text(), b.keys("<ctrl-g>３．１．２<enter>ｓ２").text());
}

#[test]
fn composed_text_gets_a_hint_and_does_nothing() {
    let mut stage = Stage::usual();
    stage.keys("<ctrl-g>3.1.2<enter>");
    let (before, files) = (stage.selected(), stage.desk.files());
    for text in ["科", "退出"] {
        stage.keys(text);
        assert!(stage.status().contains("输入法开着"), "{}", stage.status());
    }
    stage.paste("一大段粘贴的话 q s3 x");
    assert!(stage.status().contains("输入法开着"));
    assert_eq!((stage.selected(), stage.desk.files(), stage.app.has_quit()), (before, files, false));
    stage.keys("<down>");
    assert!(!stage.status().contains("输入法"));
    stage.keys("§");
    assert!(!stage.status().is_empty());
}

#[test]
fn an_unknown_key_says_where_the_keys_are_listed() {
    let mut stage = Stage::usual();
    assert!(stage.keys("Z").status().contains("F1"));
}

#[test]
fn a_key_file_overrides_and_takes_keys_from_others() {
    let keymap = Keymap::read("[keys]\nstatus = [\"t\", \"f2\"]\nhelp = [\"q\"]\n").expect("a key file");
    let of = |name: &str| keymap.command(&name.parse().expect("a key"), &[Scope::Everywhere]);
    assert_eq!(of("t"), Some(Command::Status));
    assert_eq!((of("s"), of("q"), of("?")), (None, Some(Command::Help), None));
    assert_eq!(of("f10"), Some(Command::Quit));
    assert_eq!(keymap.keys_of(Command::Quit), ["f10", "ctrl-q"]);
    let mut stage = Stage::with_keys(Desk::new(), WIDE, Lang::Zh, keymap);
    assert!(stage.text().contains("t 状态"), "{}", stage.text());
    stage.keys("<ctrl-g>3.1.2<enter>t");
    assert!(stage.text().contains("┌─ 状态"));
}

#[test]
fn a_wrong_key_file_is_said_and_the_built_in_keys_stay() {
    let wrong: [(&str, KeymapError); 3] = [
        ("[keys]\nstauts = [\"t\"]\n", KeymapError::UnknownCommand { name: "stauts".into() }),
        ("[keys]\nstatus = [\"hyper-t\"]\n", KeymapError::UnknownKey { key: "hyper-t".into() }),
        (
            "[keys]\nhelp = [\"t\"]\nstatus = [\"t\"]\n",
            KeymapError::Twice { key: "t".into(), first: Command::Help, second: Command::Status },
        ),
    ];
    for (file, error) in wrong {
        assert_eq!(Keymap::read(file).err(), Some(error.clone()), "{file}");
        let mut stage = Stage::usual();
        stage.app.warn_about_keys(&error);
        stage.resize(WIDE);
        let status = stage.status();
        assert!(status.contains("按键文件") && !status.contains('{'), "{status}");
        stage.keys("<ctrl-g>3.1.2<enter>s");
        assert!(stage.text().contains("┌─ 状态"));
    }
    for file in
        ["keys = 3", "[keys]\nstatus = 3", "[kyes]\n", "[keys]\nstatus = [\"t\"", "[keys]\nquit = []\nhelp=[\"\"]"]
    {
        assert!(Keymap::read(file).is_err(), "{file}");
    }
    // the same key in another spelling is the same key
    assert!(Keymap::read("[keys]\nhelp = [\"Ctrl-S\"]\nstatus = [\"ctrl-s\"]\n").is_err());
    let keymap = Keymap::read("[keys]\nhelp = [\"PageDown\"]\n").expect("a key file");
    assert_eq!(keymap.command(&"pgdn".parse().expect("a key"), &[Scope::Everywhere]), Some(Command::Help));
}

#[test]
fn the_palette_finds_every_command_by_any_of_its_names() {
    for lang in [Lang::Zh, Lang::En] {
        let mut stage = Stage::new(WIDE, lang);
        for command in Command::ALL {
            let (zh, en) = (command.words(Text::of(Lang::Zh)).name, command.words(Text::of(Lang::En)).name);
            let shown = command.words(Text::of(lang)).name;
            for name in [zh.to_string(), initials(zh), en.to_string(), command.token().to_string()] {
                stage.keys("<esc>:").paste(&name);
                let text = stage.text();
                // the box may be cut at its column of names
                let found = text.lines().skip(2).any(|line| line.contains(shown));
                assert!(found, "{name} does not find {shown}:\n{text}");
            }
        }
    }
}

/// The first letters of the syllables, as typed without an input method.
fn initials(name: &str) -> String {
    name.chars().filter_map(|c| c.to_pinyin()).map(|reading| reading.first_letter()).collect()
}

#[test]
fn the_palette_runs_what_it_finds() {
    let mut stage = Stage::usual();
    stage.keys(":fg<enter>");
    assert!(stage.text().contains("工作内容"), "{}", stage.text());
    stage.keys(":tuichu<enter>");
    assert!(stage.app.has_quit());
}
