//! A meeting through the keyboard: what the clerk types is on disk line by line, whatever happens to the machine.

use crate::desk::Desk;
use crate::stage::Stage;
use lianxi::domain::{Field, Record, RecordKind};
use lianxi::text::Lang;
use lianxi::workspace::Workspace;

/// A plenary on 20 April, opened and at its first item.
const BEGUN: &str = "<alt-3><insert><enter>4月20日<ctrl-s>ww<ctrl-right>";

fn begun() -> Stage {
    let mut stage = Stage::usual();
    stage.keys(BEGUN);
    stage
}

/// The records of a kind as a fresh start reads them.
fn on_disk(desk: &Desk, kind: RecordKind) -> Vec<Record> {
    let mut workspace = Workspace::open(desk.root(), None).expect("a plan");
    workspace.read_records();
    assert_eq!(workspace.problems().count(), 0, "{:?}", workspace.problems().collect::<Vec<_>>());
    workspace.plan().records_of(kind).map(|(_, record)| record.clone()).collect()
}

/// What of a decision is on disk: the fields that Enter has left behind.
fn filled(record: &Record) -> Vec<Field> {
    let asked = [Field::Text, Field::Lead, Field::With, Field::Due, Field::Form];
    asked.into_iter().filter(|field| record.get(*field).is_some()).collect()
}

#[test]
fn a_power_cut_at_any_key_loses_at_most_the_line() {
    let mut stage = begun();
    let lines = ["印发要点", "市教育局", "市科协、市科技局", "9月底前", "正式文件"];
    stage.keys("<f2>");
    for (nth, line) in lines.into_iter().enumerate() {
        for key in line.chars() {
            stage.keys(&key.to_string());
            let now = on_disk(&stage.desk, RecordKind::Outcome);
            let fields: usize = now.iter().map(|record| filled(record).len()).sum();
            assert_eq!((now.len(), fields), (usize::from(nth > 0), nth), "{line} at {key}");
        }
        stage.keys("<enter>");
        let now = on_disk(&stage.desk, RecordKind::Outcome);
        assert_eq!(filled(&now[0]).len(), nth + 1, "{line}\n{}", stage.text());
    }
    let now = on_disk(&stage.desk, RecordKind::Outcome);
    assert_eq!(now[0].text(Field::Text), "印发要点");
    assert_eq!(
        now[0].due(Field::Due).and_then(|due| due.date).map(|date| date.to_string()).as_deref(),
        Some("2025-09-30")
    );
}

#[test]
fn the_unfinished_line_comes_back_after_a_restart() {
    let mut stage = begun();
    stage.keys("<f2>印发要点<enter>市教");
    let mut stage = stage.again();
    // the decision is open at its lead again
    assert!(stage.text().contains("市教"), "{}", stage.text());
    stage.keys("育局<enter>");
    assert_eq!(
        on_disk(&stage.desk, RecordKind::Outcome)[0].unit(Field::Lead).map(|unit| unit.as_str()),
        Some("市教育局")
    );
}

#[test]
fn a_program_that_is_killed_at_any_key_has_the_line_when_it_comes_back() {
    // a decision before and after its first Enter, and a line of the record
    for (keys, line, field, kind) in [
        ("<f2>", "印发要点", Field::Text, RecordKind::Outcome),
        ("<f3>印发要点<enter><enter><enter><enter>", "正式文件", Field::Form, RecordKind::Outcome),
        ("<f4>", "教育局有意见", Field::Text, RecordKind::Line),
    ] {
        let mut stage = begun();
        stage.keys(keys);
        let mut typed = String::new();
        for key in line.chars() {
            stage.keys(&key.to_string());
            typed.push(key);
            stage = stage.killed();
            assert!(stage.text().contains(&typed), "{typed}\n{}", stage.text());
        }
        stage.keys("<enter>");
        let saved = on_disk(&stage.desk, kind);
        assert_eq!((saved.len(), saved[0].text(field)), (1, line), "{}", stage.text());
        // what is saved does not come back as a line that was not
        let stage = stage.killed();
        assert!(!stage.text().contains("╭"), "{}", stage.text());
    }
}

#[test]
fn a_pasted_line_and_one_put_aside_outlive_a_kill_and_the_wall_leaves_them_alone() {
    let mut stage = begun();
    stage.keys("<f2>");
    stage.paste("印发年度要点");
    stage.keys("<esc>");
    let view = stage.desk.root().join(".git/lianxi");
    let kept = || -> Vec<_> {
        let all = std::fs::read_dir(&view).expect("a folder").map(|entry| entry.expect("an entry").path());
        let views = all.map(|plan| plan.join("view.toml")).filter(|file| file.exists());
        views.map(|file| std::fs::read_to_string(file).expect("text")).collect()
    };
    let before = kept();
    assert!(before.iter().any(|view| view.contains("印发年度要点")), "{before:?}");
    let mut wall = stage.killed();
    wall.app.project("2025-04-20").expect("a meeting");
    wall.resize((120, 40));
    assert!(!wall.text().contains("印发年度要点"), "{}", wall.text());
    wall.keys("<f2>x<esc>");
    wall.app.keep_view();
    assert_eq!(kept(), before);
    let stage = wall.killed();
    assert!(stage.text().contains("印发年度要点"), "{}", stage.text());
}

#[test]
fn a_hole_is_seen_and_stops_nobody() {
    let mut stage = begun();
    stage.keys("<f3>提出考核办法<enter><enter><enter><enter><enter><enter>");
    let text = stage.text();
    assert!(text.contains("提出考核办法") && text.contains("〔牵头？〕") && text.contains("〔时限？〕"), "{text}");
    // words that mean nothing are said once, the next Enter goes on
    stage.keys("<f2>另一项<enter>没有的单位<enter>");
    assert!(stage.text().contains("没有的单位"), "{}", stage.text());
    let before = stage.text();
    stage.keys("<enter><enter>9月底前<enter><esc>");
    assert_ne!(before, stage.text());
    let second = on_disk(&stage.desk, RecordKind::Outcome).into_iter().find(|one| one.text(Field::Text) == "另一项");
    let second = second.expect("it was typed");
    assert!(second.unit(Field::Lead).is_none() && second.due(Field::Due).is_some());
}

#[test]
fn signing_in_takes_two_keys_a_department_and_counts() {
    let mut stage = begun();
    stage.keys("<ctrl-s>jyj1kjj3qxj4zzb5");
    let text = stage.text();
    assert!(text.contains("实到 2 个（其中代会 1 个），请假 1 个，缺席 1 个"), "{text}");
    let seats = on_disk(&stage.desk, RecordKind::Attendee);
    let of = |word: &str| seats.iter().filter(|seat| seat.text(Field::Attendance) == word).count();
    assert_eq!((of("present"), of("leave"), of("substitute"), of("absent")), (1, 1, 1, 1));
}

#[test]
fn the_agenda_is_reordered_and_its_overrun_told() {
    let mut stage = Stage::usual();
    stage.keys("<alt-3><insert><enter>4月20日<enter>9:00<enter>60<ctrl-s>");
    stage.keys("<insert>审议要点<enter>审议<enter>jyj<enter>张某<enter>50<ctrl-s>");
    assert!(stage.text().contains("超 20 分钟"), "{}", stage.text());
    let at = |stage: &Stage, title: &str| stage.lines().iter().position(|line| line.contains(title)).expect("a line");
    assert!(at(&stage, "审议要点") > at(&stage, "科普工作情况汇报"));
    stage.keys("<shift-up>");
    assert!(at(&stage, "审议要点") < at(&stage, "科普工作情况汇报"), "{}", stage.text());
    stage.keys("x");
    assert!(stage.text().contains("余 30 分钟"), "{}", stage.text());
    stage.keys("u");
    assert!(stage.text().contains("超 20 分钟"), "{}", stage.text());
}

#[test]
fn the_wall_shows_what_is_decided_and_nothing_internal() {
    let mut stage = begun();
    stage.keys("<f2>印发要点<enter>jyj<enter><esc><f4>内部的话<enter><esc>");
    let mut wall = Stage::on(Desk::new(), (120, 40), Lang::Zh);
    std::mem::swap(&mut wall.desk, &mut stage.desk);
    let mut wall = Stage::on(wall.desk, (120, 40), Lang::Zh);
    wall.app.project("2025-04-20").expect("a meeting");
    wall.resize((120, 40));
    let text = wall.text();
    assert!(text.contains("印发要点") && text.contains("市教育局") && !text.contains("内部的话"), "{text}");
    let before = wall.desk.files();
    wall.keys("<ctrl-g>3.1.2<enter>s2x<delete><f2>2<alt-3>w<enter>x");
    assert_eq!(wall.text(), text);
    assert!(before == wall.desk.files(), "a key on the wall changed the plan");
    wall.keys("q");
    assert!(wall.app.has_quit());
}

#[test]
fn a_task_shows_the_meetings_that_touched_it() {
    let mut stage = Stage::usual();
    stage.keys("<alt-3><insert><enter>4月20日<ctrl-s><insert>研究清单<enter><enter><enter><enter><enter>3.1.2<ctrl-s>");
    stage.keys("<f6>");
    assert_eq!(stage.selected(), "3.1.2");
    assert!(stage.text().contains("研究清单"), "{}", stage.text());
}

#[test]
fn minutes_are_edited_staged_and_a_decision_followed_to_its_end() {
    let mut stage = begun();
    stage.keys("<f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc><ctrl-right><ctrl-right>w");
    assert!(stage.text().contains("由市教育局牵头，于9月底前印发要点"), "{}", stage.text());
    // a sentence in the office's own words, kept beside what is composed
    stage.keys("<down><down><enter><ctrl-a>会议听取了汇报。<ctrl-s>");
    assert!(stage.text().contains("会议听取了汇报。"), "{}", stage.text());
    assert_eq!(on_disk(&stage.desk, RecordKind::Sentence).len(), 1);
    stage.keys("w<ctrl-s>w李某<ctrl-s>");
    let stages = on_disk(&stage.desk, RecordKind::Stage);
    assert_eq!(stages.len(), 2, "{}", stage.text());
    // excerpt, receipt, report: the likely step stands in the form
    stage.keys("<right><right>w<ctrl-s>w<ctrl-s>w<down><down><down>已印发各县<ctrl-s>");
    let steps: Vec<String> =
        on_disk(&stage.desk, RecordKind::Step).iter().map(|step| step.text(Field::Kind).to_string()).collect();
    assert!(["excerpt", "receipt", "report"].iter().all(|kind| steps.iter().any(|step| step == kind)), "{steps:?}");
    stage.keys("c");
    assert!(stage.text().contains("三（一）2") || stage.text().contains("印发要点"), "{}", stage.text());
}

#[test]
fn a_paper_from_the_screen_is_the_file_that_the_program_writes() {
    let mut stage = begun();
    stage.keys("<f2>印发要点<enter>jyj<enter><enter>9月底前<enter><esc>");
    for (keys, word, name) in [
        ("1", "notice", "会议通知"),
        ("2", "agenda", "会议议程"),
        ("3", "script", "主持词"),
        ("4", "signin", "签到表"),
        ("5", "seats", "座次和桌签"),
        ("6", "minutes", "会议纪要"),
        ("7<enter>", "excerpt", "摘办单"),
        ("8<enter>", "reminder", "提醒函"),
    ] {
        let before = stage.desk.files();
        stage.keys(&format!("o{keys}"));
        let file = format!("out/2025-04-20-plenary/{name}.docx");
        assert!(stage.status().contains(&format!("已写出 {file}")), "{}", stage.text());
        let run = stage.desk.run(&["export", word, "2025-04-20", "-o", "own.docx", "--today", "2025-03-12"]);
        assert_eq!(run.code, 0, "{run:?}");
        let read = |file: &str| std::fs::read(stage.desk.root().join(file)).expect("a file");
        assert!(read(&file) == read("own.docx"), "{word}");
        assert!(before == stage.desk.files(), "{word} changed the plan");
    }
    stage.keys("o6");
    assert!(stage.status().contains("没有变化"), "{}", stage.status());
}

#[test]
fn a_paper_that_cannot_be_written_is_refused_with_its_path_and_the_choice_stays() {
    let mut stage = begun();
    std::fs::write(stage.desk.root().join("out"), "in the way").expect("a file");
    stage.keys("o1");
    assert!(stage.text().contains("out/2025-04-20-plenary"), "{}", stage.text());
    assert!(stage.text().contains("主持词"), "{}", stage.text());
    assert_eq!(std::fs::read_to_string(stage.desk.root().join("out")).expect("text"), "in the way");
    // nothing decided: no excerpt, and it says so
    std::fs::remove_file(stage.desk.root().join("out")).expect("gone");
    stage.keys("7");
    assert!(stage.text().contains("没有摘办单可写"), "{}", stage.text());
    stage.keys("<esc><home><esc>o1");
    assert!(stage.status().contains("已写出 out/2025-04-20-plenary/会议通知.docx"), "{}", stage.text());
}
