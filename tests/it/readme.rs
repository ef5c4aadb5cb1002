//! The tables of the READMEs are what the program says. `LIANXI_README=write cargo test --test it readme` writes them anew.

use lianxi::text::{Lang, Text};
use lianxi::tui::keymap::Keymap;
use lianxi::tui::screens::bars::show_key;
use std::path::Path;
use std::{env, fs};

#[test]
fn the_key_tables_are_the_keymap() {
    for (name, lang, heads) in
        [("README.md", Lang::En, ("Keys", "What they do")), ("README.zh-CN.md", Lang::Zh, ("按键", "做什么"))]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let readme = fs::read_to_string(&path).expect("the README is there");
        let table = keys(lang, heads);
        let (before, rest) = readme.split_once("<!-- keys -->\n").expect("the table's beginning is marked");
        let (now, after) = rest.split_once("<!-- /keys -->").expect("the table's end is marked");
        if env::var("LIANXI_README").is_ok_and(|value| value == "write") {
            let whole = format!("{before}<!-- keys -->\n{table}<!-- /keys -->{after}");
            fs::write(&path, whole).expect("the README can be written");
        } else {
            assert_eq!(now, table, "{name}: run LIANXI_README=write cargo test --test it readme");
        }
    }
}

/// Every command with its keys, as help shows them.
fn keys(lang: Lang, (left, right): (&str, &str)) -> String {
    let text = Text::of(lang);
    let mut out = format!("| {left} | {right} |\n|---|---|\n");
    for (command, keys) in Keymap::default().table() {
        let words = command.words(text);
        let shown: Vec<String> = keys.iter().map(|key| format!("`{}`", show_key(key))).collect();
        let help = if words.help.is_empty() { String::new() } else { format!(" — {}", words.help) };
        out.push_str(&format!("| {} | {}{help} |\n", shown.join(" "), words.name));
    }
    out
}
