//! The keyboard and the command line write the same bytes: the same work through keys in one copy and through the program in
//! another, every file under `plans/` compared.

use crate::desk::Desk;
use crate::stage::Stage;
use std::collections::BTreeMap;

/// Keys on the tree, and the same as arguments of the program.
const WORK: [(&str, &[&[&str]]); 17] = [
    ("<ctrl-g>3.1.2<enter>s2", &[&["mark", "3.1.2", "doing"]]),
    ("<ctrl-g>3.1.2<enter>s3验收通过<enter>", &[&["mark", "3.1.2", "done", "--reason", "验收通过"]]),
    (
        "<ctrl-g>3.1.2<enter>s3已办结<enter>s4验收未通过<enter>s2",
        &[
            &["mark", "3.1.2", "已完成", "--reason", "已办结"],
            &["mark", "3.1.2", "blocked", "--reason", "验收未通过"],
            &["mark", "3.1.2", "doing"],
        ],
    ),
    (
        "<ctrl-g>3.1.2<enter>   s5经费未到<enter>",
        &[&["mark", "3.1.2", "3.1.3", "3.1.4", "暂缓", "--reason", "经费未到"]],
    ),
    ("<ctrl-g>5.1.1<enter>s2", &[&["mark", "5.1.1", "doing"]]),
    ("<ctrl-g>3.1.2<enter>d9月底前<enter>", &[&["deadline", "3.1.2", "9月底前"]]),
    ("<ctrl-g>3.1.2<enter>d2025-06-30<enter>", &[&["deadline", "3.1.2", "2025-06-30"]]),
    (
        "<ctrl-g>3.1.2<enter>d9月底前<enter>d2025年底<enter>场地未定<enter>d+5天<enter><enter>",
        &[
            &["deadline", "3.1.2", "9月底前"],
            &["deadline", "3.1.2", "2025年底", "--reason", "场地未定"],
            &["deadline", "3.1.2", "+5天"],
        ],
    ),
    (
        "<ctrl-g>3.1.2<enter>  d每季度<enter><esc><ctrl-g>3.1.2<enter>d取消<enter>不再要求<enter>",
        &[&["deadline", "3.1.2", "3.1.3", "每季度"], &["deadline", "3.1.2", "none", "--reason", "不再要求"]],
    ),
    (
        "<ctrl-g>3.1.2<enter>n第一行<enter>  第二行，“好”  <enter><ctrl-s>",
        &[&["note", "3.1.2", "第一行\n  第二行，“好”  \n"]],
    ),
    (
        "<ctrl-g>3.1.2<enter>p已发函<ctrl-s>n再记<ctrl-s>p三<ctrl-s>",
        &[
            &["note", "3.1.2", "已发函", "--progress"],
            &["note", "3.1.2", "再记"],
            &["note", "3.1.2", "三", "--progress"],
        ],
    ),
    ("<ctrl-g>3.1.2<enter>  n两项一起记<ctrl-s>", &[&["note", "3.1.2", "3.1.3", "两项一起记"]]),
    ("<ctrl-g>3.1.2<enter>aqxj<enter><esc>", &[&["assign", "3.1.2", "--add", "市气象局"]]),
    ("<ctrl-g>3.1.2<enter>akjj<enter><esc>", &[&["assign", "3.1.2", "--lead", "市科技局", "--add", "市教育局"]]),
    (
        "<ctrl-g>3.1.2<enter>atsw<enter><enter><enter><esc><delete>",
        &[&["assign", "3.1.2", "--remove", "团市委"], &["assign", "3.1.2", "--reset"]],
    ),
    (
        "<ctrl-g>3.1<enter><tab><insert><insert>",
        &[&["assign", "3.1", "--add", "zzb"], &["assign", "3.1", "--lead", "市教育局", "--lead", "市委组织部"]],
    ),
    (
        "<ctrl-g>3.1.2<enter>s2nX<ctrl-s>uu",
        &[&["mark", "3.1.2", "doing"], &["note", "3.1.2", "X"], &["undo"], &["undo"]],
    ),
];

#[test]
fn the_keyboard_and_the_command_line_write_the_same_bytes() {
    for (keys, commands) in WORK {
        let mut stage = Stage::usual();
        let untouched = stage.desk.texts();
        stage.keys(keys);
        let desk = Desk::new();
        for args in commands {
            let run = desk.program(args);
            assert_eq!(run.code, 0, "{args:?}: {run:?}");
        }
        let (typed, run) = (stage.desk.texts(), desk.texts());
        let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&typed), names(&run), "{keys}\n{}", stage.text());
        for (name, text) in &typed {
            assert_eq!(text, &run[name], "{keys}: {name}\n{}", stage.text());
        }
        let comes_back = commands.iter().any(|args| args.contains(&"undo") || args.contains(&"--reset"));
        assert!(typed != untouched || comes_back, "{keys} did nothing:\n{}", stage.text());
    }
}

#[test]
fn all_of_it_in_one_copy_too_and_each_takes_back_what_the_other_did() {
    let mut stage = Stage::usual();
    let untouched = stage.desk.texts();
    let desk = Desk::new();
    let several = [0, 1, 5, 9, 10, 12, 15];
    for (keys, commands) in several.map(|at| WORK[at]) {
        stage.keys("<f11><home>").keys(keys);
        for args in commands {
            let run = desk.program(args);
            assert_eq!(run.code, 0, "{args:?}: {run:?}");
        }
        assert_eq!(stage.desk.texts(), desk.texts(), "{keys}");
    }
    // the program undoes what the keys did, and the keys what the program did
    let mut other = Stage::on(desk, (120, 40), lianxi::text::Lang::Zh);
    for _ in 0..40 {
        if stage.desk.program(&["undo"]).code != 0 {
            break;
        }
        other.keys("u");
        assert_eq!(stage.desk.texts(), other.desk.texts());
    }
    assert_eq!(other.desk.texts(), untouched);
}
