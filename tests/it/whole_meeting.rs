//! A whole meeting through the keyboard and through the command line: the same files byte for byte, after every step.

use crate::desk::Desk;
use crate::stage::Stage;
use std::collections::BTreeMap;

const M: &str = "2025-04-20-plenary";

/// Keys on the screen of meetings, and the same as arguments of the program; each step begins where the one before ended.
const STEPS: [(&str, &[&[&str]]); 15] = [
    (
        "<alt-3><insert><enter>4月20日<enter>9:00<enter>90<enter>三楼会议室<enter>李副市长<ctrl-s>",
        &[&[
            "meeting",
            "new",
            "--kind",
            "plenary",
            "--date",
            "4月20日",
            "--time",
            "9:00",
            "--minutes",
            "90",
            "--place",
            "三楼会议室",
            "--chair",
            "李副市长",
        ]],
    ),
    (
        "<insert>审议要点<enter>审议<enter>jyj<enter>张某<enter>30<enter>3.1.2<enter>是否印发<ctrl-s>",
        &[&[
            "meeting",
            "agenda",
            M,
            "add",
            "审议要点",
            "--section",
            "审议",
            "--unit",
            "jyj",
            "--speaker",
            "张某",
            "--minutes",
            "30",
            "--task",
            "3.1.2",
            "--question",
            "是否印发",
        ]],
    ),
    ("<insert>e站选址<ctrl-s>", &[&["meeting", "agenda", M, "add", "e站选址"]]),
    ("<shift-up>", &[&["meeting", "agenda", M, "order", "e站选址", "2"]]),
    ("<shift-down>", &[&["meeting", "agenda", M, "order", "e站选址", "3"]]),
    ("w", &[&["meeting", "notify", M]]),
    ("w", &[&["meeting", "open", M]]),
    (
        "<ctrl-s>jyj1kjj3qxj4zzb5<esc>",
        &[
            &["meeting", "attend", M, "jyj", "present"],
            &["meeting", "attend", M, "kjj", "leave"],
            &["meeting", "attend", M, "qxj", "substitute"],
            &["meeting", "attend", M, "zzb", "absent"],
        ],
    ),
    ("<ctrl-right><ctrl-right>", &[&["meeting", "next", M], &["meeting", "next", M]]),
    (
        "<f2>印发要点<enter>市教育局<enter>市科协、市科技局<enter>9月底前<enter>正式文件<enter><esc>",
        &[&[
            "meeting",
            "decide",
            M,
            "审议要点",
            "印发要点",
            "--lead",
            "市教育局",
            "--with",
            "市科协",
            "--with",
            "市科技局",
            "--due",
            "9月底前",
            "--form",
            "正式文件",
        ]],
    ),
    (
        "<f3>提出考核办法<enter>kjj<enter><esc>",
        &[&["meeting", "decide", M, "审议要点", "提出考核办法", "--kind", "assignment", "--lead", "kjj"]],
    ),
    (
        "<f4>建议增加经费<enter>jyj<enter>张某<enter><enter>",
        &[&["meeting", "record", M, "审议要点", "建议增加经费", "--unit", "jyj", "--speaker", "张某"]],
    ),
    ("<ctrl-right><f5>", &[&["meeting", "next", M], &["meeting", "postpone", M, "e站选址"]]),
    ("w", &[&["meeting", "close", M]]),
    (
        "w<ctrl-s>w李某<ctrl-s>",
        &[&["minutes", "stage", M, "draft", "--by", "小王"], &["minutes", "stage", M, "check", "--by", "李某"]],
    ),
];

#[test]
fn a_whole_meeting_is_the_same_bytes_through_keys_and_program() {
    let mut stage = Stage::usual();
    let desk = Desk::new();
    for (keys, commands) in STEPS {
        let before = stage.desk.texts();
        stage.keys(keys);
        for args in commands {
            let run = desk.program(args);
            assert_eq!(run.code, 0, "{args:?}: {run:?}");
        }
        let (typed, run) = (stage.desk.texts(), desk.texts());
        assert_ne!(typed, before, "{keys} did nothing:\n{}", stage.text());
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&typed), names(&run), "{keys}\n{}", stage.text());
        for (name, text) in &typed {
            assert_eq!(text, &run[name], "{keys}: {name}\n{}", stage.text());
        }
    }
    // what the keys did is what the program reads
    let shown = stage.desk.program(&["meeting", "show", M, "--json"]);
    assert_eq!(shown.out, desk.program(&["meeting", "show", M, "--json"]).out);
    assert!(shown.out.contains("印发要点") && shown.out.contains("建议增加经费"), "{}", shown.out);
}
