//! The order of the layers: a folder of `src/` uses only those below it. The order is the one at the head of `src/lib.rs`.

use std::path::Path;

/// Lowest first. `git` may not use the store, and importing and exporting know values only; the rest of the order is a ladder.
const LAYERS: [&str; 11] =
    ["domain", "text", "edit", "store", "git", "workspace", "import", "export", "ops", "cli", "tui"];

#[test]
fn a_layer_uses_only_those_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let head = std::fs::read_to_string(src.join("lib.rs")).expect("the head");
    let names: Vec<&str> =
        head.split("```").nth(1).expect("the list").lines().filter_map(|line| line.strip_prefix("//! ")).collect();
    let order: Vec<&str> = names
        .iter()
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split("  ").next())
        .flat_map(|names| names.split(", "))
        .map(str::trim)
        .filter(|name| LAYERS.contains(name))
        .collect();
    assert_eq!(order, LAYERS, "the head of src/lib.rs says the order");
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for (at, layer) in LAYERS.iter().enumerate() {
        let mut files = Vec::new();
        sources(&src.join(layer), &mut files);
        if src.join(format!("{layer}.rs")).exists() {
            files.push(src.join(format!("{layer}.rs")));
        }
        assert!(!files.is_empty(), "{layer} has files");
        for file in files {
            looked_at += 1;
            let text = std::fs::read_to_string(&file).expect("a source file");
            for (number, used) in uses(&text) {
                let below = LAYERS[..at].contains(&used.as_str());
                // the screen and the command line stand beside each other; importing stands beside all that keeps files
                let beside = matches!((*layer, used.as_str()), ("tui", "cli"))
                    || matches!(*layer, "import" | "export") && used != "domain"
                    || *layer == "git" && used != "domain";
                if used != *layer && (!below || beside) {
                    let name = file.strip_prefix(&src).expect("below src").display();
                    wrong.push(format!("src/{name}:{number}: {layer} uses {used}"));
                }
            }
        }
    }
    assert!(looked_at > 50);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Only `main.rs` reads the clock and the environment, and only the store, git and what reads documents in touch files.
#[test]
fn the_clock_and_the_environment_are_read_in_main_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(&src).expect("below src").display().to_string();
        let text = std::fs::read_to_string(&file).expect("a source file");
        let is_test = |line: &str| line.trim() == "#[cfg(test)]";
        for (at, line) in text.lines().enumerate().take_while(|(_, line)| !is_test(line)) {
            let reads = ["Local::now", "Utc::now", "SystemTime::now", "env::var", "env::args", "env::current_dir"];
            if name != "main.rs" && !line.trim_start().starts_with("//") && reads.iter().any(|call| line.contains(call))
            {
                wrong.push(format!("src/{name}:{}: {}", at + 1, line.trim()));
            }
            let is_pure = ["domain", "text", "edit", "import", "export"]
                .iter()
                .any(|layer| name.starts_with(&format!("{layer}/")));
            if is_pure && !line.trim_start().starts_with("//") && (line.contains("std::fs") || line.contains("File::"))
            {
                wrong.push(format!("src/{name}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sources(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

/// The layers that a file uses, with the line: `crate::x`, and each of `use crate::{x, y::z}`.
fn uses(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if text[start..at].trim_start().starts_with("//") || text[..at].ends_with("$") {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            // the names at the first depth of the braces
            let (mut depth, mut name) = (0, String::new());
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    name.push(c);
                }
            }
            found.extend(name.split(',').map(|name| (line, first_word(name.trim()))));
        } else {
            found.push((line, first_word(rest)));
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
