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

/// A plenary that has got to its second item, with decisions taken down, one of them with holes.
const ROOM: &str = "<alt-3><insert><enter>3月12日<enter>9:00<enter>100<enter>市政府一号会议室<enter>副市长 陈某<ctrl-s>\
    <end><insert>审议《2025年全民科学素质工作要点》（送审稿）<enter>审议<enter>市科协<enter>李某<enter>30<enter>4.2.1<enter>\
    是否同意印发；考核办法由谁牵头<ctrl-s> 工作要点（送审稿）<ctrl-s><down> <up>ww<f2>1<down>1<down>3<down>1<esc>\
    <ctrl-right><ctrl-right><f4>建议把馆校合作写进考核<enter>市教育局<enter>王某<ctrl-s>\
    <f2>原则同意《2025年全民科学素质工作要点》，按会议意见修改后印发<enter>市科协<enter><enter>3月底前<enter>正式文件<ctrl-s>\
    <f3>研究提出县（市、区）科普工作考核办法<enter><esc>";

#[test]
fn pictures() {
    let scenes: [(&str, Lang, &str); 8] = [
        ("tree-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>"),
        ("tree-en", Lang::En, "<ctrl-g>3.1.2<enter>"),
        ("matrix-zh", Lang::Zh, "<tab><home><enter><down><down><insert><right><right><right><down><down>"),
        ("deadline-zh", Lang::Zh, "<ctrl-g>4.1.2<enter>d9月底前"),
        ("search-zh", Lang::Zh, "/sjyj"),
        ("note-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>n市教育局来电：名单周五前报送。"),
        ("status-zh", Lang::Zh, "<ctrl-g>3.1.2<enter>s"),
        ("room-zh", Lang::Zh, ROOM),
    ];
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures"));
    let writes = std::env::var("LIANXI_PICTURES").is_ok_and(|word| word == "write");
    for (name, lang, keys) in scenes {
        let mut stage = Stage::new((120, 40), lang);
        stage.keys(STORY).keys(keys);
        if name != "matrix-zh" && name != "room-zh" {
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
