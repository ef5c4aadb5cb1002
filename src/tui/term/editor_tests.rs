//! Keys in, text with a caret out.

use super::*;
use crate::tui::term::{Canvas, Colours, Key, Screen};
use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Turns a key name into the event a terminal sends.
fn event(name: &str) -> KeyEvent {
    let held = name.strip_prefix("shift-").map_or(KeyModifiers::NONE, |_| KeyModifiers::SHIFT);
    // A text field gets what was typed, so full-width characters are not folded here.
    let key = if name.is_ascii() { name.trim_start_matches("shift-").parse().ok() } else { None };
    match key {
        Some(Key::Press { code, ctrl, alt, .. }) => {
            let mut modifiers = held;
            modifiers.set(KeyModifiers::CONTROL, ctrl);
            modifiers.set(KeyModifiers::ALT, alt);
            KeyEvent::new(code, modifiers)
        }
        _ => KeyEvent::new(KeyCode::Char(name.chars().next().expect("a character")), held),
    }
}

/// Types keys, separated by blanks, and shows the text with `|` at the caret.
fn press(editor: &mut Editor, keys: &str) -> String {
    for key in keys.split(' ').filter(|key| !key.is_empty()) {
        editor.handle(event(key));
    }
    let (before, after) = editor.text().split_at(editor.caret());
    format!("{before}|{after}")
}

fn typed(text: &str, keys: &str) -> String {
    press(&mut Editor::new().with_text(text), keys)
}

#[test]
fn typing_deleting_and_moving() {
    assert_eq!(typed("", "科 普 enter 工 backspace"), "科普\n|");
    assert_eq!(typed("科普工作", "left left delete home x end y"), "x科普作y|");
    assert_eq!(typed("科普\n工作", "ctrl-home delete ctrl-e ctrl-k"), "普|工作");
    assert_eq!(typed("科普\n工作", "ctrl-u"), "科普\n|");
    assert_eq!(typed("科普\n工作", "home left ctrl-a ctrl-k ctrl-k"), "|工作");
    assert_eq!(typed("a👨‍👩‍👧", "backspace"), "a|");
    assert_eq!(typed("e\u{301}x", "home right"), "e\u{301}|x");
    assert_eq!(typed("科", "？ ， ＪＪ"), "科？，Ｊ|");
}

#[test]
fn a_run_of_han_is_a_word_up_to_punctuation() {
    assert_eq!(typed("组织开展，科普活动 2025 plan", "ctrl-left ctrl-left ctrl-left"), "组织开展，|科普活动 2025 plan");
    assert_eq!(typed("组织开展，科普活动", "ctrl-home ctrl-right alt-right"), "组织开展，科普活动|");
    assert_eq!(typed("组织开展，科普活动", "ctrl-w"), "组织开展，|");
    assert_eq!(typed("组织plan", "alt-backspace"), "组织|");
    assert_eq!(typed("组织，plan", "ctrl-home ctrl-delete"), "|，plan");
}

#[test]
fn undo_goes_back_by_runs() {
    let mut editor = Editor::new();
    press(&mut editor, "科 普 left right 工 作");
    editor.paste("一\r\n二\t三");
    assert_eq!(press(&mut editor, "backspace backspace"), "科普工作一\n二   |");
    assert_eq!(press(&mut editor, "ctrl-z"), "科普工作一\n二    三|");
    assert_eq!(press(&mut editor, "ctrl-z"), "科普工作|");
    assert_eq!(press(&mut editor, "ctrl-z"), "科普|");
    assert_eq!(press(&mut editor, "ctrl-z ctrl-z"), "|");
    assert_eq!(press(&mut editor, "ctrl-y ctrl-y"), "科普工作|");
    assert_eq!(press(&mut editor, "x ctrl-y"), "科普工作x|");
}

#[test]
fn a_selection_is_replaced_or_deleted() {
    assert_eq!(typed("科普工作", "shift-left shift-left x"), "科普x|");
    assert_eq!(typed("科普工作", "shift-left shift-left left"), "科普|工作");
    assert_eq!(typed("科普工作", "shift-home backspace ctrl-z"), "|科普工作");
    let mut editor = Editor::new().with_text("科普工作");
    press(&mut editor, "shift-left");
    assert_eq!(editor.selected(), Some("作"));
    editor.select_all();
    editor.paste("新");
    assert_eq!(editor.text(), "新");
}

#[test]
fn up_and_down_go_by_screen_line_and_keep_the_column() {
    let mut editor = Editor::new().with_text("科普工作行动\nab\n科普工作");
    editor.layout(7, 3);
    assert_eq!(editor.visible().len(), 3);
    assert_eq!(press(&mut editor, "up up"), "科普工作行动\nab|\n科普工作");
    assert_eq!(press(&mut editor, "up"), "科普工作|行动\nab\n科普工作");
    press(&mut editor, "ctrl-home right right right left");
    assert_eq!(press(&mut editor, "down down down"), "科普工作行动\nab\n科普|工作");
    assert_eq!(editor.handle(event("down")), EditorReply::Moved);
    assert_eq!(editor.handle(event("down")), EditorReply::Ignored);
}

#[test]
fn an_input_field_has_one_line_and_leaves_keys_to_its_owner() {
    let mut editor = Editor::one_line().with_max(6).with_text("科普\r\n工作\n");
    assert_eq!(editor.text(), "科普 工作");
    for key in ["enter", "tab", "esc", "up", "down", "f2", "ctrl-s", "alt-x"] {
        assert_eq!(editor.handle(event(key)), EditorReply::Ignored, "{key}");
    }
    editor.paste("行动计划");
    assert_eq!(editor.text(), "科普 工作行");
    assert_eq!(editor.handle(event("x")), EditorReply::Moved);
    editor.layout(6, 1);
    assert_eq!((editor.visible()[0].clone(), editor.caret_cell()), (10..16, (4, 0)));
    assert_eq!(press(&mut editor, "home"), "|科普 工作行");
    assert_eq!((editor.visible()[0].clone(), editor.caret_cell()), (0..7, (0, 0)));
    assert_eq!(press(&mut editor, "end"), "科普 工作行|");
}

#[test]
fn hostile_characters_stay_in_the_text_and_are_shown() {
    let mut editor = Editor::new();
    editor.paste("a\x1b[31m\u{202e}b");
    assert_eq!(editor.text(), "a\x1b[31m\u{202e}b");
    editor.layout(20, 2);
    let mut canvas = Canvas::new(20, 2);
    editor.draw(&mut canvas.pane(Rect::new(1, 0, 20, 2)), Style::new(), Style::new().reversed(), true);
    let mut screen = Screen::new(20, 2, Colours::None);
    screen.draw(&canvas);
    assert_eq!(screen.text(), " a␛[31m␦b\n");
    assert_eq!(editor.caret_cell(), (8, 0));
}

const KEYS: [&str; 26] = [
    "科",
    "，",
    "a",
    "“",
    "enter",
    "backspace",
    "delete",
    "left",
    "right",
    "up",
    "down",
    "home",
    "end",
    "ctrl-left",
    "ctrl-right",
    "ctrl-w",
    "ctrl-k",
    "ctrl-u",
    "ctrl-z",
    "ctrl-y",
    "shift-left",
    "shift-up",
    "pgdn",
    "pgup",
    "\u{301}",
    "\u{200d}",
];

proptest! {
    #[test]
    fn the_caret_is_always_inside_the_box_and_between_glyphs(
        keys in proptest::collection::vec(0..KEYS.len() + 3, 0..60),
        width in 1u16..12,
        height in 1u16..5,
        one_line: bool,
    ) {
        let mut editor = if one_line { Editor::one_line() } else { Editor::new() };
        editor.layout(width, height);
        for key in keys {
            match KEYS.get(key) {
                Some(name) => { editor.handle(event(name)); }
                None if key == KEYS.len() => { editor.paste("👨‍👩‍👧 e\u{301}🇨🇳\r\n\u{202e}科普，工作"); }
                None => editor.layout(12 - width, height),
            }
            let ends: Vec<usize> = glyphs(editor.text()).map(|glyph| glyph.at).chain([editor.text().len()]).collect();
            prop_assert!(ends.contains(&editor.caret()), "{:?} at {}", editor.text(), editor.caret());
            let (x, y) = editor.caret_cell();
            let (width, height) = editor.view_size();
            prop_assert!(x < width && y < height);
            let mut canvas = Canvas::new(14, 6);
            editor.draw(&mut canvas.pane(Rect::new(0, 0, width, height)), Style::new(), Style::new(), true);
            Screen::new(14, 6, Colours::None).draw(&canvas);
        }
        let text = editor.text().to_owned();
        let undone = (0..200).take_while(|_| editor.handle(event("ctrl-z")) == EditorReply::Changed).count();
        prop_assert_eq!(editor.text(), "");
        (0..undone).for_each(|_| { editor.handle(event("ctrl-y")); });
        prop_assert_eq!(editor.text(), text);
    }
}
