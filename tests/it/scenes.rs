//! Every screen and popup at four widths in both languages: what holds for all of them, and the main ones as they look.

use crate::desk::Desk;
use crate::stage::{SIZES, Stage};
use lianxi::text::Lang;
use unicode_width::UnicodeWidthStr;

/// A name, the keys that lead there, whether a field is open.
const SCENES: [(&str, &str, bool); 24] = [
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
