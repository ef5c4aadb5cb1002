//! The words of the command line: help in one language, the language that is asked for, completions and the manual.

use crate::desk::{Desk, finish};

const VERBS: [&str; 45] = [
    "init",
    "import",
    "plans",
    "tree",
    "show",
    "tasks",
    "matrix",
    "units",
    "targets",
    "log",
    "search",
    "mark",
    "deadline",
    "note",
    "assign",
    "target",
    "topic",
    "suggest",
    "meeting",
    "undo",
    "redo",
    "check",
    "sync",
    "diff",
    "review",
    "commit",
    "history",
    "as-of",
    "version",
    "versions",
    "conflicts",
    "settle",
    "merge-file",
    "bundle",
    "setup-git",
    "minutes",
    "decisions",
    "decision",
    "remind",
    "chain",
    "draft",
    "opinion",
    "completions",
    "man",
    "export",
];

/// What may stand in Latin letters in Chinese help: what is typed, and names.
const TYPED: &str = "lianxi zh en T1 todo doing done blocked deferred none json JSON UTF GB18030 README TOML bash zsh fish \
    powershell elvish h V LIANXI TODAY AUTHOR SEED LC ALL LANG dir plan lang today help version reason source progress lead \
    ours theirs basis merge file git \
    add remove reset depth measures dry run create ssh https readings TH SH SS TP fB fR fI ds Aq ie g el nr Ds if la lq ls na n \
    working index limit new tag as of accept return revert all comment message m make take since to undo setup \
    compose lint stage edit insert restore confirm correct renumber draft countersign sign issue open overdue holes tracked \
    closed track excerpt receipt reassign report reply evidence rework extend signoff reopen by text unit due proposal missing decision call none replies topics \
    list set defer reject dismiss move project agenda paper notify attend open next last record decide amend motion discussed postpone close \
    present observer leave substitute absent received order drop plenary liaison special kind date time minutes place chair title \
    contact phone speaker section item name reply with due form text for unit brief coordination question submitter task \
     notice agenda script signin seats minutes reminder calendar o out docx md txt format \
    opinions adopt decline agree object letter from submit approve";

fn english_words(text: &str) -> Vec<&str> {
    let words = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic()));
    words.filter(|word| !VERBS.contains(word) && !TYPED.split_whitespace().any(|typed| typed == *word)).collect()
}

#[test]
fn chinese_help_has_no_english_words() {
    let desk = Desk::new();
    let mut pages = vec![desk.done(&["--help"]).out, desk.done(&["-h"]).out];
    pages.extend(VERBS.map(|verb| desk.done(&[verb, "--help", "--lang", "zh"]).out));
    for page in &pages {
        assert_eq!(english_words(page), [""; 0], "{page}");
        assert!(
            page.contains("用法：lianxi") && page.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= 80),
            "{page}"
        );
    }
    for verb in VERBS {
        assert!(pages[0].contains(&format!("\n  {verb}")), "{verb} is not in the list");
    }
    for error in [
        &["marck"][..],
        &["tasks", "--jsno"],
        &["mark"],
        &["mark", "--reason"],
        &["tasks", "x"],
        &["tasks", "--json=x"],
    ] {
        let talk = desk.run(error).talk;
        let english = english_words(&talk);
        assert!(english.iter().all(|word| ["marck", "jsno", "x"].contains(word)), "{talk}");
    }
}

#[test]
fn help_of_a_verb_is_shown_wherever_the_switch_stands() {
    let desk = Desk::new();
    let page = desk.done(&["mark", "--help"]).out;
    assert_eq!(desk.done(&["mark", "3.1.2", "-h"]).out, page);
    assert_eq!(desk.done(&["--today", "2025-01-01", "mark", "-h"]).out, page);
    assert!(page.starts_with("改状态") && page.contains("--reason <理由>"));
}

#[test]
fn the_language_is_the_option_then_the_locale_then_chinese() {
    let desk = Desk::new();
    let first_word = |args: &[&str], locale: &[(&str, &str)]| {
        let mut command = desk.command(args);
        command.envs(locale.iter().copied());
        finish(command).out.chars().next().unwrap()
    };
    let help = ["--help"];
    for locale in [
        &[][..],
        &[("LANG", "C")],
        &[("LANG", "C.UTF-8")],
        &[("LC_ALL", "POSIX")],
        &[("LANG", "zh_CN.UTF-8")],
        &[("LANG", "")],
    ] {
        assert_eq!(first_word(&help, locale), '联', "{locale:?}");
    }
    for locale in [
        &[("LANG", "en_US.UTF-8")][..],
        &[("LC_ALL", "en_GB"), ("LANG", "zh_CN")],
        &[("LC_ALL", "C"), ("LANG", "en_US")],
    ] {
        assert_eq!(first_word(&help, locale), 'l', "{locale:?}");
    }
    assert_eq!(first_word(&["--help", "--lang", "zh"], &[("LANG", "en_US")]), '联');
    assert_eq!(first_word(&["--lang=en", "tasks"], &[]), 'I');
    assert!(desk.run(&["--lang", "en", "mark", "9.9", "doing"]).talk.starts_with("error: The plan has no"));
}

#[test]
fn completions_and_the_manual_know_every_verb() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.done(&["completions", shell]).out;
        assert!(VERBS.iter().all(|verb| script.contains(verb)), "{shell}");
    }
    let manual = desk.done(&["man"]).out;
    assert!(VERBS.iter().all(|verb| manual.contains(&format!("lianxi {verb}"))));
    assert!(manual.contains("退出码") && desk.done(&["man", "--lang", "en"]).out.contains("Exit codes"));
}

#[test]
fn without_a_terminal_there_is_no_screen() {
    let desk = Desk::new();
    let run = desk.run(&[]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(run.talk.contains("不是终端"), "{}", run.talk);
    assert_eq!(desk.done(&["--version"]).out, format!("lianxi {}\n", env!("CARGO_PKG_VERSION")));
}
