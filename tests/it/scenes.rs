//! Every screen and popup at four widths in both languages: what holds for all of them, and the main ones as they look.

use crate::desk::Desk;
use crate::stage::{SIZES, Stage};
use lianxi::text::Lang;
use unicode_width::UnicodeWidthStr;

/// A name, the keys that lead there, whether a field is open.
const SCENES: [(&str, &str, bool); 47] = [
    ("tree", "3", false),
    ("tree, all open, at the end", "5<end>", false),
    ("tree, with a deadline and a note", "<ctrl-g>3.1.2<enter>d9月底前<enter>n已发函<ctrl-s>", false),
    ("tree without text", "3v", false),
    ("several selected", "<ctrl-g>3.1.2<enter>   ", false),
    ("text as scraped", "<ctrl-g>4.2<enter>r", false),
    ("reading", "<ctrl-g>3.1.2<enter><enter>", false),
    ("matrix", "<tab>", false),
    ("matrix, last column", "<tab><right*27><down*4>", false),
    ("matrix, open row and an override", "<tab><enter><down><down><insert>", false),
    ("status", "<ctrl-g>3.1.2<enter>s", false),
    ("reason", "<ctrl-g>3.1.2<enter>s3", true),
    ("deadline", "<ctrl-g>3.1.2<enter>d9月底前", true),
    ("deadline that is none", "<ctrl-g>3.1.2<enter>d9月31日", true),
    ("note", "<ctrl-g>3.1.2<enter>n已向各县（市、区）发函，要求“双减”后课后服务资源清单<enter>第二行——待回复。", true),
    ("assign", "<ctrl-g>3.1.2<enter>a", true),
    ("assign, filtered", "<ctrl-g>3.1.2<enter>ajyj", true),
    ("goto", "<ctrl-g>9.9<enter>", true),
    ("search, empty", "/", true),
    ("search", "/qsn<down><down>", true),
    ("palette", ":sx", true),
    ("help", "?", false),
    ("problems", "!", false),
    ("a refusal", "<home>s", false),
    ("meetings, none", "<alt-3>", false),
    ("suggestions", "<ctrl-g>3.1.2<enter>d2025-02-28<enter>d2025-03-01<enter><ctrl-s><alt-3><right><right>", false),
    ("new meeting", "<alt-3><insert>", true),
    ("meetings", "<alt-3><insert><enter>4月20日<ctrl-s><esc>", false),
    (
        "agenda",
        "<alt-3><insert><enter>4月20日<ctrl-s><insert>审议2025年全民科学素质工作要点（送审稿）<enter>审议<enter>jyj<enter>张某<enter>40<enter>3.1.2<ctrl-s>",
        false,
    ),
    (
        "topics",
        "<alt-3><right><insert>建立“双减”课后服务科普资源清单<enter>各县（市、区）进度不一<enter>jyj、kjj<ctrl-s>",
        false,
    ),
    ("agenda item", "<alt-3><insert><enter>4月20日<ctrl-s>e", true),
    ("paper", "<alt-3><insert><enter>4月20日<ctrl-s> 要点送审稿<ctrl-s>", false),
    ("roster", "<alt-3><insert><enter>4月20日<ctrl-s><right>1345", false),
    ("sign-in", "<alt-3><insert><enter>4月20日<ctrl-s><f2>jyj", true),
    ("room, not begun", "<alt-3><insert><enter>4月20日<ctrl-s>r", false),
    (
        "room",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发《2025年全民科学素质工作要点》，各成员单位对照分工抓好落实<enter>jyj<enter><enter>9月底前<enter><enter><enter><f3>提出考核办法<enter><esc><f4>建议把馆校合作写进考核<enter>jyj<enter><ctrl-s>",
        false,
    ),
    ("capture", "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><ctrl-s><esc><f2>印发要点<enter>wgj", true),
    ("postponed", "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><ctrl-s><esc><f5>", false),
    (
        "decisions",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><ctrl-s><esc><f2>印发要点<enter><esc><esc><right><right><right>",
        false,
    ),
    (
        "minutes",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><ctrl-right>w",
        false,
    ),
    (
        "minutes, a sentence",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><ctrl-right>w<down><enter>",
        true,
    ),
    (
        "follow-up",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><ctrl-right>w<right><right>w<ctrl-s>",
        false,
    ),
    (
        "chain",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><ctrl-right>w<right><right>c",
        false,
    ),
    (
        "chains",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><esc><right*4>",
        false,
    ),
    (
        "findings",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><f3>提出办法<enter><esc><ctrl-right>w<right>",
        false,
    ),
    (
        "papers, to whom",
        "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right><f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc>o7<down>",
        true,
    ),
    ("filter", "<alt-3><insert><enter>4月20日<ctrl-s><esc>/qt", true),
];

fn stage(keys: &str, size: (u16, u16), lang: Lang) -> Stage {
    let mut stage = Stage::new(size, lang);
    stage.keys(&spread(keys));
    stage
}

/// `<down*3>` is three times the key.
fn spread(keys: &str) -> String {
    let mut out = String::new();
    for (at, piece) in keys.split('<').enumerate() {
        match piece.split_once('>').and_then(|(name, rest)| Some((name.split_once('*')?, rest))) {
            Some(((name, times), rest)) => {
                out.push_str(&format!("<{name}>").repeat(times.parse().expect("a number")));
                out.push_str(rest);
            }
            None if at == 0 => out.push_str(piece),
            None => out.push_str(&format!("<{piece}")),
        }
    }
    out
}

/// Writes every scene where `LIANXI_SCENES` says, to be looked at.
#[test]
fn scenes_can_be_written_out() {
    let Some(folder) = std::env::var_os("LIANXI_SCENES") else { return };
    let only = std::env::var("LIANXI_SCENE").unwrap_or_default();
    for lang in [Lang::Zh, Lang::En] {
        for size in SIZES {
            for (name, keys, _) in SCENES.into_iter().filter(|(name, _, _)| name.starts_with(&only)) {
                let stage = stage(keys, size, lang);
                let file = format!("{lang:?}-{:03}-{name}.txt", size.0);
                std::fs::write(std::path::Path::new(&folder).join(file), stage.text()).expect("a file");
            }
        }
    }
}

/// What may stand in Latin letters on a Chinese screen: keys, what was typed, names of files.
const LATIN: &str = "Ctrl Alt Shift Tab Enter Esc Space Home End Ins Del PgUp PgDn qsn sjyj sx jyj wgj qt docx";

fn english_words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1);
    let words = words.filter(|word| word.chars().all(|c| c.is_ascii_alphabetic()));
    let document = include_str!("../../plans/qingyuan-2021-2025/source.txt");
    words.filter(|word| !LATIN.split(' ').any(|known| known == *word) && !document.contains(word)).collect()
}

fn check(name: &str, stage: &Stage, has_field: bool, lang: Lang) {
    let (width, height) = stage.size();
    let place = format!("{name} at {width} in {lang:?}\n{}", stage.text());
    let lines = stage.lines();
    assert_eq!(lines.len(), usize::from(height), "{place}");
    assert!(lines.iter().all(|line| line.width() <= usize::from(width)), "{place}");
    assert!(!place.contains('\u{fffd}') && !place.contains("……┘") && !place.contains("……│"), "{place}");
    // a wide character has both its cells, and no half of one stands alone
    let buffer = stage.app.screen().buffer();
    for row in buffer.content.chunks(usize::from(width)) {
        for (x, cell) in row.iter().enumerate() {
            let next_is_tail = row.get(x + 1).is_some_and(|next| next.symbol().is_empty());
            assert_eq!(cell.symbol().width() == 2, next_is_tail, "{place}");
            assert!(!cell.symbol().is_empty() || x > 0 && row[x - 1].symbol().width() == 2, "{place}");
        }
    }
    let hints = &lines[usize::from(height) - 2];
    assert!(!hints.trim().is_empty(), "{place}");
    if lang == Lang::Zh {
        assert_eq!(english_words(&stage.text()), [""; 0], "{place}");
    }
    assert_eq!(stage.cursor().is_some(), has_field, "{place}");
    if let Some((x, y)) = stage.cursor() {
        assert!(x > 0 && x + 1 < width && y > 0 && y + 1 < height, "{place}");
    }
}

#[test]
fn every_screen_and_popup_holds_at_every_width_in_both_languages() {
    std::thread::scope(|scope| {
        for lang in [Lang::Zh, Lang::En] {
            scope.spawn(move || {
                let mut desk = Desk::new();
                for size in SIZES {
                    for (name, keys, has_field) in SCENES {
                        let mut stage = Stage::on(desk, size, lang);
                        stage.keys(&spread(keys));
                        check(name, &stage, has_field, lang);
                        // what was written would be seen by the scenes that follow
                        let has_written = keys.contains("<ctrl-s>") || keys.contains("<insert>");
                        desk = if has_written { Desk::new() } else { stage.desk };
                    }
                }
            });
        }
    });
}

#[test]
fn a_screen_that_is_too_small_says_so_and_comes_back() {
    for size in [(19, 24), (1, 1), (80, 4), (12, 3)] {
        let mut stage = stage("3", size, Lang::Zh);
        assert!("窗口太小".starts_with(stage.lines()[0].trim()), "{size:?}: {}", stage.text());
        for keys in ["?", "<esc>", "/", "qsn", "<enter>", ":", "<esc>", "<tab>", "<f2>", "<esc>", "<f5>字", "<esc>"] {
            stage.keys(keys);
        }
    }
}

#[test]
fn every_size_from_nothing_up_can_be_drawn() {
    let mut stage = stage("3", (1, 1), Lang::Zh);
    for keys in [
        "",
        "<tab>",
        "?",
        "<esc>/qsn",
        "<esc>:",
        "<esc><tab><ctrl-g>3.1.2<enter>a",
        "<esc>n字",
        "<esc>d",
        "<esc>s3",
        "<esc>!",
    ] {
        stage.keys(keys);
        for (width, height) in (1..60).map(|n| (n * 3, n)).chain((1..40).map(|n| (40 - n, 40))) {
            stage.app.resize(width, height);
            assert!(!stage.app.draw().is_empty());
        }
    }
}

#[test]
fn a_resize_redraws_the_whole_screen() {
    let mut stage = stage("<ctrl-g>3.1.2<enter>", (120, 40), Lang::Zh);
    for size in [(40, 24), (200, 60), (80, 24)] {
        stage.resize(size);
        check("after a resize", &stage, false, Lang::Zh);
        assert_eq!(stage.selected(), "3.1.2");
        assert!(stage.text().contains("▌       2."), "{}", stage.text());
    }
}

/// The main screens as they look, for the eye of a reviewer: `tests/it/snapshots`.
#[test]
fn the_main_screens_look_like_this() {
    let names = [
        ("tree, with a deadline and a note", (80, 24), Lang::Zh),
        ("tree, with a deadline and a note", (120, 40), Lang::Zh),
        ("tree, with a deadline and a note", (40, 24), Lang::En),
        ("matrix, open row and an override", (80, 24), Lang::Zh),
        ("matrix, open row and an override", (120, 40), Lang::En),
        ("deadline", (80, 24), Lang::Zh),
        ("search", (40, 24), Lang::Zh),
        ("note", (80, 24), Lang::Zh),
        ("assign", (80, 24), Lang::Zh),
        ("help", (80, 24), Lang::Zh),
        ("agenda", (80, 24), Lang::Zh),
        ("agenda", (200, 60), Lang::En),
        ("roster", (40, 24), Lang::Zh),
        ("room", (80, 24), Lang::Zh),
        ("room", (120, 40), Lang::Zh),
        ("capture", (80, 24), Lang::Zh),
    ];
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, size, lang) in names {
            let (_, keys, _) = SCENES.into_iter().find(|(other, _, _)| *other == name).expect("a scene");
            let file = format!("{}-{}-{lang:?}", name.replace(", ", "-").replace(' ', "-"), size.0);
            insta::assert_snapshot!(file, stage(keys, size, lang).text());
        }
    });
}
