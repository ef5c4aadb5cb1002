//! Marking, moving about and what others do meanwhile, all through keys.

use crate::desk::Desk;
use crate::stage::Stage;
use lianxi::text::Lang;
use std::fs;

/// The stage with the cursor on a place.
fn at(place: &str) -> Stage {
    let mut stage = Stage::usual();
    stage.keys(&format!("<ctrl-g>{place}<enter>"));
    assert_eq!(stage.selected(), place);
    stage
}

fn tasks(stage: &Stage) -> String {
    stage.desk.text("tasks/3.1.toml")
}

#[test]
fn several_are_changed_at_once_and_one_undo_restores_every_byte() {
    let mut stage = at("3.1.2");
    let before = stage.desk.files();
    stage.keys("   ");
    assert!(stage.status().contains("选中 3"), "{}", stage.status());
    stage.keys("s2");
    assert_eq!(tasks(&stage).matches("status = \"doing\"").count(), 3);
    assert!(stage.status().contains("共 3 处"), "{}", stage.status());
    let after = stage.desk.files();
    stage.keys("u");
    assert_eq!(stage.desk.files(), before);
    stage.keys("<ctrl-r>");
    assert_eq!(stage.desk.files(), after);
    // over two files too
    stage.keys("<f7><esc><ctrl-g>3.1.7<enter> <ctrl-g>3.2.1<enter> <f2>2");
    assert!(
        stage.desk.text("tasks/3.2.toml").contains("status = \"doing\"")
            && tasks(&stage).contains("status = \"doing\"")
    );
    stage.keys("<f7>");
    assert_eq!(stage.desk.files(), before);
}

#[test]
fn a_whole_section_is_selected_with_one_key_and_let_go_with_another() {
    let mut stage = at("3.1");
    stage.keys("<ctrl-a>");
    assert!(stage.status().contains("选中 7"));
    stage.keys("<esc>");
    assert!(!stage.lines().iter().any(|line| line.contains("选中 7")));
    stage.keys("<ctrl-a><ctrl-a>");
    assert!(!stage.status().contains("选中"));
}

#[test]
fn closing_suspending_and_reopening_ask_a_reason() {
    let mut stage = at("3.1.2");
    let before = stage.desk.files();
    stage.keys("s3");
    assert!(stage.text().contains("┌─ 理由") && stage.text().contains("→ 已完成"), "{}", stage.text());
    stage.keys("<enter>");
    assert!(stage.text().contains("┌─ 理由"), "an empty reason is none");
    assert_eq!(stage.desk.files(), before);
    stage.keys("验收通过<enter>");
    assert!(tasks(&stage).contains("status = \"done\""));
    assert!(stage.text().contains("验收通过") && stage.text().contains("未启动 → 已完成"), "{}", stage.text());
    stage.keys("s2");
    assert!(stage.text().contains("┌─ 理由"), "reopening");
    stage.keys("<esc>");
    assert!(tasks(&stage).contains("status = \"done\""));
    stage.keys("s5");
    assert!(stage.text().contains("┌─ 理由"), "suspending");
}

#[test]
fn a_deadline_is_echoed_before_it_is_kept_and_the_first_date_stays() {
    let mut stage = at("3.1.2");
    let before = stage.desk.files();
    stage.keys("d9月底前");
    assert!(stage.text().contains("“9月底前”理解为 2025-09-30 星期二"), "{}", stage.text());
    assert_eq!(stage.desk.files(), before);
    stage.keys("<enter>");
    assert!(tasks(&stage).contains("due = 2025-09-30") && tasks(&stage).contains("due_text = \"9月底前\""));
    // moving it asks why, and the answer may be empty
    stage.keys("d2025年底<enter>");
    assert!(stage.text().contains("理由（可不填）"), "{}", stage.text());
    stage.keys("场地未定<enter>");
    let text = tasks(&stage);
    assert!(text.contains("due = 2025-12-31") && text.contains("original_due = 2025-09-30"), "{text}");
    let shown = stage.text();
    assert!(shown.contains("原定  2025-09-30（9月底前）") && shown.contains("场地未定"), "{shown}");
    stage.keys("uu");
    assert_eq!(stage.desk.files(), before);
}

#[test]
fn a_date_that_does_not_exist_is_refused_while_it_is_typed() {
    let mut stage = at("3.1.2");
    let before = stage.desk.files();
    stage.keys("d9月31日");
    assert!(stage.text().contains("9月") && !stage.text().contains("理解为"), "{}", stage.text());
    stage.keys("<enter>");
    assert!(stage.text().contains("完成时限"), "the field stays open");
    stage.keys("<backspace><backspace><backspace>30日<enter>");
    assert_ne!(stage.desk.files(), before);
    for (words, echo) in
        [("持续推进", "不设具体日期"), ("每季度", "不设具体日期"), ("+5天", "2025-03-17"), ("下周五", "2025-03-21")]
    {
        let mut stage = at("3.1.3");
        stage.keys(&format!("d{words}"));
        assert!(stage.text().contains(echo), "{words}: {}", stage.text());
    }
}

#[test]
fn a_note_of_several_lines_is_kept_as_written_and_a_draft_survives_esc() {
    let mut stage = at("3.1.2");
    let before = stage.desk.files();
    stage.keys("n第一行<enter>第二行，“引号”<esc>");
    assert_eq!(stage.desk.files(), before);
    assert!(stage.status().contains("还留着"), "{}", stage.status());
    // of this task only, and of this kind
    stage.keys("<down>n");
    assert!(!stage.text().contains("第二行"));
    stage.keys("<esc><up><f5>");
    assert!(stage.text().contains("第二行，“引号”"), "{}", stage.text());
    stage.keys("<ctrl-end><enter>第三行<ctrl-s>");
    let log = stage.desk.root().join("plans/qingyuan-2021-2025/log/3.1.2");
    let files: Vec<_> = fs::read_dir(&log).expect("a log").map(|entry| entry.expect("a file").path()).collect();
    assert_eq!(files.len(), 1);
    let text = fs::read_to_string(&files[0]).expect("an entry");
    assert!(text.contains("第一行\n第二行，“引号”\n第三行"), "{text}");
    assert!(stage.text().contains("第三行"), "{}", stage.text());
    stage.keys("n");
    assert!(!stage.lines()[10..].iter().any(|line| line.contains("│ 第一行")), "the draft is gone");
    stage.keys("<esc>u");
    assert_eq!(stage.desk.files(), before);
}

#[test]
fn typing_is_undone_while_typing_and_a_paste_is_one_step() {
    let mut stage = at("3.1.2");
    stage.keys("n甲乙");
    stage.paste("丙\r\n丁\x1b[31m");
    assert!(stage.text().contains("甲乙丙") && stage.text().contains("丁"));
    stage.keys("<ctrl-z>");
    assert!(!stage.text().contains('丙') && stage.text().contains("甲乙"), "{}", stage.text());
    assert!(!stage.app.takes_suspend() && !stage.app.has_quit());
}

#[test]
fn one_key_cycles_a_cell_and_a_row_keeps_its_first_lead() {
    let mut stage = at("3.1");
    stage.keys("<tab>");
    let before = stage.desk.files();
    let cell = |stage: &Stage| stage.lines().into_iter().find(|line| line.starts_with('▌')).unwrap_or_default();
    let marks = |stage: &Stage| cell(stage).split_whitespace().skip(2).collect::<String>();
    assert!(marks(&stage).starts_with("·〇〇"), "{}", marks(&stage));
    stage.keys("<insert>");
    assert!(marks(&stage).starts_with("〇〇〇"), "{}", marks(&stage));
    stage.keys(" ");
    assert!(marks(&stage).starts_with("并〇〇") && marks(&stage).contains('牵'), "{}", marks(&stage));
    assert!(stage.text().contains("并列牵头"));
    stage.keys("f");
    assert!(marks(&stage).starts_with("牵〇〇"), "{}", marks(&stage));
    stage.keys("uc");
    assert!(marks(&stage).starts_with("·〇〇"), "{}", marks(&stage));
    assert_eq!(stage.desk.text("matrix.toml").as_bytes(), before[&stage.desk.path("matrix.toml")]);
}

#[test]
fn a_lead_that_goes_leaves_its_row_marked() {
    let mut stage = at("3.1");
    stage.keys("<tab>").keys(&"<right>".repeat(7));
    assert!(stage.text().contains("牵头单位"), "{}", stage.text());
    stage.keys("c");
    assert!(stage.text().contains("缺牵头"), "{}", stage.text());
    stage.keys("u");
    assert!(!stage.text().contains("缺牵头"));
}

#[test]
fn a_task_that_differs_from_its_row_looks_different_and_is_reset() {
    let mut stage = at("3.1");
    stage.keys("<tab><enter><down><down>");
    assert_eq!(stage.selected(), "3.1.2");
    let before = stage.desk.files();
    stage.keys("c");
    assert!(stage.text().contains("本任务另有分工"), "{}", stage.text());
    let underlined = |stage: &Stage| {
        let cells = &stage.app.screen().buffer().content;
        cells
            .iter()
            .filter(|cell| cell.symbol() == "〇" && cell.modifier.contains(ratatui::style::Modifier::UNDERLINED))
            .count()
    };
    stage.keys("<right>");
    assert_eq!(underlined(&stage), 1);
    stage.keys("<delete>");
    assert_eq!((stage.desk.files(), underlined(&stage)), (before, 0));
    assert!(!stage.text().contains("本任务另有分工"));
}

#[test]
fn goto_back_and_forward() {
    let mut stage = at("3.1.2");
    stage.keys("<f6>三（二）4<enter><ctrl-g>三(三)1<enter>");
    assert_eq!(stage.selected(), "3.3.1");
    stage.keys("<alt-left>");
    assert_eq!(stage.selected(), "3.2.4");
    stage.keys("[");
    assert_eq!(stage.selected(), "3.1.2");
    stage.keys("]<alt-right>");
    assert_eq!(stage.selected(), "3.3.1");
    stage.keys("]");
    assert!(stage.status().contains("没有更后"), "{}", stage.status());
    stage.keys("<ctrl-g>9.9.9<enter>");
    assert!(stage.text().contains("规划里没有“9.9.9”") && stage.selected() == "3.3.1");
}

#[test]
fn search_by_initials_lands_where_it_says() {
    let mut stage = Stage::usual();
    stage.keys("/qsn<enter>");
    assert_eq!(stage.selected(), "3.1");
    stage.keys("/sjyj<enter>");
    assert!(stage.text().contains("清远市教育局") && stage.text().contains("工作内容"), "{}", stage.text());
    stage.keys("<f11>/ＱＳＮ<down><down><down><enter>");
    assert_eq!(stage.selected(), "3.1.1");
    stage.keys("/没有这样的词<enter>");
    assert!(stage.text().contains("没有找到"));
    stage.keys("<esc>n要找的备注<ctrl-s><home>/要找<enter>");
    assert_eq!(stage.selected(), "3.1.1");
}

#[test]
fn folds_screen_and_place_survive_a_restart_and_so_does_undo() {
    let mut stage = at("3.2.4");
    let before = stage.desk.files();
    stage.keys("s2<home><down><left><ctrl-g>3.3.1<enter>");
    let (tree, shown) = (stage.text(), stage.selected());
    let mut stage = stage.again();
    let without_message = |text: &str| text.lines().take(37).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!((without_message(&stage.text()), stage.selected()), (without_message(&tree), shown));
    stage.keys("<tab><right><right>");
    let matrix = stage.text();
    let mut stage = stage.again();
    assert_eq!(without_message(&stage.text()), without_message(&matrix));
    stage.keys("u");
    assert_eq!(stage.desk.files(), before);
    let mut stage = stage.again();
    stage.keys("<f8>");
    assert!(stage.desk.text("tasks/3.2.toml").contains("status = \"doing\""));
}

#[test]
fn what_others_change_is_said_and_the_cursor_stays() {
    let mut stage = at("3.2.4");
    stage.desk.edit("tasks/3.1.toml", "[\"3.1.2\"]\n", "[\"3.1.2\"]\nstatus = \"doing\"\n");
    stage.refresh();
    assert_eq!(stage.selected(), "3.2.4");
    let status = stage.status();
    assert!(status.contains("3.1.2") || status.contains("三（一）2"), "{status}");
    stage.keys("<ctrl-g>3.1.2<enter>");
    assert!(stage.text().contains("推进中"));
    // with a field open nothing that was typed is lost
    stage.keys("n写到一半");
    stage.desk.edit("tasks/3.1.toml", "status = \"doing\"", "status = \"blocked\"");
    stage.refresh();
    assert!(stage.text().contains("写到一半"));
    stage.keys("<ctrl-s>");
    assert!(stage.text().contains("写到一半") && stage.text().contains("受阻"), "{}", stage.text());
}

#[test]
fn a_damaged_file_is_marked_refuses_and_leaves_the_rest_usable() {
    let desk = Desk::new();
    desk.edit("tasks/3.1.toml", "[\"3.1.2\"]\n", "[\"3.1.2\"]\nstatus = \n");
    let broken = desk.files();
    let mut stage = Stage::on(desk, (120, 40), Lang::Zh);
    assert!(stage.text().contains("tasks/3.1.toml:"), "{}", stage.text());
    stage.keys("<ctrl-g>3.1.2<enter>");
    assert!(stage.text().contains("文件坏"), "{}", stage.text());
    stage.keys("s2");
    assert!(stage.text().contains("tasks/3.1.toml"), "{}", stage.text());
    assert_eq!(stage.desk.files(), broken);
    stage.keys("<esc>!");
    assert!(stage.text().contains("tasks/3.1.toml:"), "{}", stage.text());
    stage.keys("<esc><ctrl-g>3.2.1<enter>s2");
    assert!(stage.desk.text("tasks/3.2.toml").contains("status = \"doing\""));
    // mended outside, it is usable again
    stage.desk.edit("tasks/3.1.toml", "status = \n", "");
    stage.refresh();
    stage.keys("<ctrl-g>3.1.2<enter>s2");
    assert!(tasks(&stage).contains("status = \"doing\""), "{}", stage.text());
}

#[test]
fn escape_sequences_and_bidi_in_a_note_are_shown_and_never_sent() {
    let mut stage = at("3.1.2");
    stage.keys("n前").paste("甲\x1b]0;题\x07\x1b[31m乙\u{202e}丙\u{200b}\u{2066}");
    let mut sent = stage.bytes().to_vec();
    stage.keys("<ctrl-s>");
    sent.extend_from_slice(stage.bytes());
    stage.app.redraw();
    stage.keys("<down><up>");
    sent.extend_from_slice(stage.bytes());
    let shown = stage.text();
    assert!(shown.contains("甲␛]0;题␇␛[31m乙␦丙"), "{shown}");
    let sent = String::from_utf8(sent).expect("UTF-8");
    for raw in ["\x1b]0;", "\x07", "\x1b[31m", "\u{202e}", "\u{200b}", "\u{2066}"] {
        assert!(!sent.contains(raw), "{raw:?}");
    }
    let json = stage.desk.json(&["log", "3.1.2"]);
    assert_eq!(json[0]["text"], "前甲\x1b]0;题\x07\x1b[31m乙\u{202e}丙\u{200b}\u{2066}");
    // and from a file that somebody else wrote
    stage.keys("/甲");
    assert!(stage.text().contains("␛]0;"), "{}", stage.text());
}
