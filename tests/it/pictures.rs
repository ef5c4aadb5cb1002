//! Pictures of the screens, rendered from the program's own frames; the README shows them.
//!
//! `LIANXI_PICTURES=write cargo test --test it pictures` writes them again.

use crate::stage::Stage;
use lianxi::text::Lang;
use std::path::Path;

/// A state of affairs worth a picture: some work done, some late, a note of two lines.
const STORY: &str = "<ctrl-g>3.1.1<enter>s2<ctrl-g>3.1.2<enter>d2025年底<enter>s2n\
    已向各县（市、区）发函，征集“双减”课后服务资源清单。<enter>3月底前汇总，报联席会议办公室。<ctrl-s>\
    <ctrl-g>3.1.3<enter>d3月底前<enter>s2<ctrl-g>3.1.4<enter>d2025-02-28<enter>s4\
    <ctrl-g>3.1.5<enter>s3清单已公布<enter><ctrl-g>3.2.1<enter>d每季度<enter>s2";

#[test]
fn pictures() {
    let scenes: [(&str, Lang, &str); 7] = [
        ("tree-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>"),
        ("tree-en", Lang::En, "<ctrl-g>3.1.2<enter>"),
        ("matrix-zh", Lang::Zh, "<tab><home><enter><down><down><insert><right><right><right><down><down>"),
        ("deadline-zh", Lang::Zh, "<ctrl-g>4.1.2<enter>d9月底前"),
        ("search-zh", Lang::Zh, "/sjyj"),
        ("note-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>n市教育局来电：名单周五前报送。"),
        ("status-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>s"),
    ];
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures"));
    let writes = std::env::var("LIANXI_PICTURES").is_ok_and(|word| word == "write");
    for (name, lang, keys) in scenes {
        let mut stage = Stage::new((120, 40), lang);
        stage.keys(STORY).keys(keys);
        if name != "matrix-zh" {
            stage.keys(if keys.ends_with("<enter>") { "<esc>" } else { "" });
        }
        let title = if lang == Lang::Zh { "联席 lianxi" } else { "lianxi" };
        let svg = lianxi::tui::term::picture(&stage.app.screen().buffer(), stage.cursor(), title);
        let file = folder.join(format!("{name}.svg"));
        if writes {
            std::fs::create_dir_all(folder).expect("a folder");
            std::fs::write(&file, svg).expect("a picture");
            continue;
        }
        let committed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(committed == svg, "{name}.svg differs: LIANXI_PICTURES=write cargo test --test it pictures");
    }
}
