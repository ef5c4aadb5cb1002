//! The files: the scanner says what the real parser says, what is written is read back, and no bytes make it panic.

use super::plans::{self, Rng, any_entry, any_plan, by_hand, rounds};
use lianxi::domain::{NodeId, Str, UnitId};
use lianxi::store::{Doc, Tables, Token, layout, parse_only, read_doc, read_tables, scan_only};

/// What two readers have to agree on; where a header or value stands included, which edits rely on.
fn assert_same_doc(scanned: &Doc, parsed: &Doc, text: &str) {
    assert_eq!(scanned, parsed, "{text}");
}

#[test]
fn the_scanner_agrees_with_the_parser() {
    rounds(60, |rng| {
        for (name, text) in documents(rng) {
            let source: Str = text.as_str().into();
            let scanned = scan_only(&source);
            let parsed = parse_only(&source).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
            match scanned {
                Some(scanned) => assert_same_doc(&scanned, &parsed, &text),
                // only a note of several lines, or a department with a quote in its name, is not canonical
                None => assert!(text.contains("\"\"\"\n") || text.contains("\\\"怪"), "{name} is canonical:\n{text}"),
            }
            for _ in 0..6 {
                let mutated: Str = mutate(rng, &text).into();
                if let Some(scanned) = scan_only(&mutated) {
                    let parsed = parse_only(&mutated);
                    let parsed = parsed.unwrap_or_else(|problems| panic!("accepted: {problems:?}\n{mutated}"));
                    assert_same_doc(&scanned, &parsed, &mutated);
                }
            }
            let handmade: Str = by_hand(rng, &name, &text).into();
            let parsed = parse_only(&handmade).unwrap_or_else(|problems| panic!("{problems:?}\n{handmade}"));
            if let Some(scanned) = scan_only(&handmade) {
                assert_same_doc(&scanned, &parsed, &handmade);
            }
        }
    });
}

/// Documents made of lines that nearly are canonical.
#[test]
fn the_scanner_agrees_with_the_parser_on_odd_lines() {
    let lines = [
        "# c",
        "",
        "[a]",
        "[\"a\"]",
        "[[a]]",
        "[[\"b\"]]",
        "[b]",
        "['a']",
        "[ a ]",
        "[a.b]",
        "[]",
        "[[]]",
        "[\"\"]",
        "[a] # c",
        "a = 1",
        "\"a\" = 1",
        "a = \"x\"",
        "a = \"\\u4e2d\"",
        "a = \"\\ud800\"",
        "a = \"\\e\"",
        "a = \"\\x41\"",
        "a = \"\t\"",
        "a = []",
        "a = [\"x\"]",
        "a = [\"x\", \"y\"]",
        "a = [\"x\",\"y\"]",
        "a = [\"x\", ]",
        "a = [1]",
        "a = [\"]\"]",
        "a = 'x'",
        "a = \"\"\"x\"\"\"",
        "a = \"\"",
        "a = \"\"\"\"",
        "a = true",
        "a = True",
        "a = 1.5",
        "a = 1.",
        "a = .5",
        "a = 01",
        "a = -0",
        "a = -0.0",
        "a = +1",
        "a = 1e3",
        "a = 1_000",
        "a = 0x1f",
        "a = inf",
        "a = nan",
        "a = 9999999999999999999",
        "a = 2025-06-30",
        "a = 2025-09-31",
        "a = 0000-01-01",
        "a = 2025-02-29",
        "a = 2024-02-29",
        "a = 2025-6-30",
        "a = 2025-06-30T10:00:00",
        "a = 2025-06-30 10:00:00",
        "a = 10:00",
        "a= 1",
        "a =1",
        "a  = 1",
        " a = 1",
        "a = 1 ",
        "a = 1 # c",
        "a.b = 1",
        "= 1",
        "\"\" = 1",
        "a",
        "a = ",
        "a = \"x",
        "a = x\"",
        "\"a = 1",
        "\"a\\u0041\" = 1",
        "'a' = 1",
        "a = {}",
        "a = { b = 1 }",
        "中 = 1",
        "\"中\" = \"文\"",
        "a = \"\u{7f}\"",
        "a = \"\u{85}\"",
        "# \u{7f}",
        "# \u{1}",
        "\r",
        "a = 1\r",
        "# x\r",
        "\u{feff}a = 1",
        "\u{feff}",
        "2024 = 1",
        "2024_source = \"x\"",
        "c = 3",
        "-a = 1",
        "a = -",
        "a = --1",
        "a = 1.5.2",
        "a = 123456789012345.123456789012345",
        "\"a\"b = 1",
    ];
    rounds(4000, |rng| {
        let count = 1 + rng.below(5);
        let text: Vec<&str> = (0..count).map(|_| *rng.pick(&lines)).collect();
        let text = text.join("\n");
        let source: Str = text.as_str().into();
        if let Some(scanned) = scan_only(&source) {
            let parsed = parse_only(&source).unwrap_or_else(|problems| panic!("accepted: {problems:?}\n{text}"));
            assert_same_doc(&scanned, &parsed, &text);
        }
    });
}

/// Every kind of file of a random plan, as the layouts write it.
fn documents(rng: &mut Rng) -> Vec<(String, String)> {
    let plan = any_plan(rng);
    let desk = plans::Desk::new(&plan);
    let files = desk.files().into_iter();
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text"))).collect()
}

fn mutate(rng: &mut Rng, text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = chars.clone();
    let odd =
        ['"', '\\', '\n', '[', ']', '=', '#', ' ', '\'', '.', ',', '\r', '\t', '0', 'u', '{', '}', '中', '\u{feff}'];
    for _ in 0..1 + rng.below(3) {
        let at = rng.below(out.len());
        match rng.below(4) {
            0 => out.insert(at, *rng.pick(&odd)),
            1 if !out.is_empty() => drop(out.remove(at)),
            2 if !out.is_empty() => out[at] = *rng.pick(&odd),
            _ => {
                let line: Vec<char> =
                    chars[rng.below(chars.len())..].iter().copied().take_while(|c| *c != '\n').collect();
                out.splice(at..at, line);
            }
        }
    }
    out.into_iter().collect()
}

fn read<T>(text: &str, read: impl Fn(&mut Tables) -> T) -> T {
    read_tables(&text.into(), read).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
}

#[test]
fn what_is_written_is_read_back() {
    rounds(150, |rng| {
        let plan = any_plan(rng);
        let text = layout::info::write(&plan.info);
        assert_eq!(read(&text, layout::info::read), (plan.info.clone(), vec![]), "{text}");
        let text = layout::units::write(&plan.units);
        assert_eq!(read(&text, layout::units::read), (plan.units.clone(), vec![]), "{text}");
        let text = layout::text::write(&plan.text);
        assert_eq!(read(&text, layout::text::read), (plan.text.clone(), vec![]), "{text}");
        let register: Vec<UnitId> = plan.units.iter().map(|unit| unit.id.clone()).collect();
        let text = layout::matrix::write(&plan.matrix, &register);
        let (mut matrix, problems) = read(&text, layout::matrix::read);
        matrix.sort_roles(&plan.units);
        assert_eq!((matrix, problems), (plan.matrix.clone(), vec![]), "{text}");
        let text = layout::targets::write(&plan.targets, plan.info.period);
        assert_eq!(read(&text, layout::targets::read), (plan.targets.clone(), vec![]), "{text}");
        for _ in 0..20 {
            let entry = any_entry(rng);
            let text = layout::entry::write(&entry);
            let (back, problems) = read(&text, |tables| layout::entry::read(entry.id.clone(), tables));
            assert_eq!((back, problems), (Some(entry), vec![]), "{text}");
        }
    });
}

#[test]
fn hostile_text_and_ids_are_quoted() {
    rounds(300, |rng| {
        let id = plans::hostile(rng);
        let node = NodeId::new(id.clone());
        let text = layout::tasks::block(&node, &plans::hostile(rng));
        let source: Str = text.as_str().into();
        let doc = read_doc(&source).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"));
        assert_eq!(doc.tables[1].name, *id, "{text}");
        let value = Token::Str(id);
        let text = format!("a = {}\nb = {}\n", value.to_toml(), Token::Strs(vec![plans::hostile(rng)]).to_toml());
        assert!(!text.chars().any(|c| c.is_control() && c != '\n' || c == '\u{202e}'), "{text:?}");
        let source: Str = text.as_str().into();
        let doc = scan_only(&source).expect("what is written is canonical");
        assert_eq!(doc.tables[0].fields[0].value, value);
    });
}

#[test]
fn no_text_makes_the_readers_panic() {
    rounds(2000, |rng| {
        let pieces = [
            "[", "]", "\"", "'", "\\", "=", "\n", " ", "a", "1", "-", ".", "{", "}", ",", "#", "\u{0}", "中", "T", ":",
            "\"\"\"", "'''", "\r",
        ];
        let text: String = (0..rng.below(40)).map(|_| *rng.pick(&pieces)).collect();
        let source: Str = text.as_str().into();
        if read_doc(&source).is_ok() {
            let id = lianxi::domain::EntryId::parse("2025-01-01-a").expect("an id");
            drop((read(&text, layout::info::read), read(&text, layout::text::read), read(&text, layout::units::read)));
            drop((
                read(&text, layout::matrix::read),
                read(&text, layout::targets::read),
                read(&text, |tables| layout::tasks::read(tables, |_| true)),
            ));
            drop(read(&text, |tables| layout::entry::read(id.clone(), tables)));
        }
    });
}

#[test]
fn deep_nesting_and_many_keys_are_no_trap() {
    for open in ["[", "{a=", "a."] {
        let text = format!("x = {}", open.repeat(200_000));
        assert!(read_doc(&text.as_str().into()).is_err());
    }
    let started = std::time::Instant::now();
    let keys: String = (0..60_000).map(|n| format!("key{n} = {n}\n")).collect();
    let source: Str = keys.as_str().into();
    let doc = read_doc(&source).expect("it is TOML");
    assert_eq!(doc.tables[0].fields.len(), 60_000);
    let (_, problems) = read(&keys, layout::info::read);
    assert!(problems.len() < 1000);
    let tables: String = (0..30_000).map(|n| format!("[[t{n}]]\nx = 1\n")).collect();
    assert!(read(&tables, layout::info::read).1.len() < 1000);
    assert!(read_doc(&"= \n".repeat(50_000).as_str().into()).expect_err("no TOML").len() < 1000);
    // quadratic work would take minutes
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}
