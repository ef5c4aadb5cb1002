//! `export` through the program, from records on disk to files that an office opens.

use super::office::Office;
use crate::desk::Desk;
use std::fs;

/// A meeting as its files stand: a liaison and a plenary would differ in words only.
pub fn held() -> Desk {
    let desk = Desk::new();
    let write = |file: &str, text: &str| {
        let path = desk.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "office.toml",
        "[office]\nname = \"清远市科普工作联席会议办公室\"\ncode = \"清科普联\"\ncontact = \"陈小红\"\nphone = \"0763-3360000\"\n",
    );
    let at = "meetings/2025-06-12-plenary";
    write(
        &format!("{at}/meeting.toml"),
        "[meeting]\nkind = \"plenary\"\nstate = \"in_session\"\ndate = 2025-06-12\ntime = \"09:00\"\nlength = 90\n\
         place = \"市政府2号楼三楼会议室\"\nchair = \"副市长 王建国\"\n",
    );
    write(
        &format!("{at}/roster.toml"),
        "[\"市教育局\"]\nrole = \"member\"\nattendance = \"present\"\nname = \"李明\"\n\n\
         [\"市科协\"]\nrole = \"member\"\nattendance = \"substitute\"\nname = \"赵敏\"\n\n\
         [\"市财政局\"]\nrole = \"member\"\nattendance = \"leave\"\n",
    );
    write(
        &format!("{at}/items/a1.toml"),
        "[item]\ntitle = \"审议《清远市2025年全民科学素质工作要点》\"\norder = 1\nkind = \"deliberation\"\nunit = \"市科协\"\n\
         minutes = 15\nstate = \"discussed\"\n",
    );
    write(
        &format!("{at}/outcomes/o1.toml"),
        "[outcome]\nitem = \"a1\"\norder = 1\nkind = \"resolution\"\ntext = \"编制全市中小学科学教育资源清单\"\nlead = \"市科协\"\n\
         with = [\"市教育局\"]\ndue = 2025-09-30\ndue_text = \"9月底前\"\n",
    );
    desk
}

#[test]
fn every_paper_comes_out_in_every_format_and_twice_the_same() {
    let desk = held();
    let before = desk.files();
    let mut documents = Vec::new();
    for kind in ["notice", "agenda", "script", "signin", "seats", "minutes", "excerpt", "reminder"] {
        for format in ["md", "txt"] {
            let run = desk.done(&["export", kind, "2025-06-12-plenary", "--format", format]);
            assert!(run.out.contains("会") && run.out.ends_with('\n'), "{kind}: {run:?}");
            assert!(!run.out.contains("{{") && !run.out.contains("None"), "{kind}: {run:?}");
        }
        let file = format!("{kind}.docx");
        desk.done(&["export", kind, "2025-06-12", "-o", &file]);
        let bytes = fs::read(desk.root().join(&file)).unwrap();
        let again = desk.done(&["export", kind, "2025-06-12", "-o", &file]);
        assert!(again.talk.contains("没有变化"), "{again:?}");
        assert_eq!(fs::read(desk.root().join(&file)).unwrap(), bytes);
        documents.push((kind, bytes));
    }
    assert_eq!(desk.files(), before, "exporting changes no file of the plan");
    let office = Office::print(&documents);
    for (kind, _) in documents {
        let pages = office.lines(kind);
        assert!(!pages.is_empty() && pages.iter().all(|page| !page.is_empty()), "{kind}: an empty page: {pages:?}");
    }
}

#[test]
fn the_papers_say_what_the_records_say() {
    let desk = held();
    let md = |args: &[&str]| desk.done(&[&["export"], args, &["--format", "md"]].concat()).out;
    let notice = md(&["notice", "2025-06-12"]);
    assert!(notice.contains("2025年6月12日（星期四）上午9:00"), "{notice}");
    assert!(notice.contains("市政府2号楼三楼会议室"), "{notice}");
    let minutes = md(&["minutes", "2025-06-12"]);
    assert!(minutes.contains("由市科协牵头，市教育局配合，于9月底前编制全市中小学科学教育资源清单"), "{minutes}");
    assert!(
        minutes.contains("**出席**：") && minutes.contains("（代）") && minutes.contains("**请假**：市财政局"),
        "{minutes}"
    );
    let one = md(&["excerpt", "2025-06-12", "--unit", "kx"]);
    assert!(one.contains("一、由你单位牵头的事项") && !one.contains("由你单位配合"), "{one}");
    let all = md(&["excerpt", "2025-06-12"]);
    assert!(all.contains("市教育局：") && all.contains("市科协："), "{all}");
    let reminder = desk.done(&["export", "reminder", "2025-06-12", "--format", "txt", "--today", "2025-10-13"]).out;
    assert!(reminder.contains("该事项已逾期"), "{reminder}");
}

#[test]
fn what_cannot_be_written_is_said_with_what_to_do() {
    let desk = held();
    let run = |args: &[&str]| desk.run(&[&["export"], args].concat());
    assert_eq!(run(&["letter", "2025-06-12"]).code, 2);
    assert_eq!(run(&["notice"]).code, 2);
    assert_eq!(run(&["notice", "2025-06-12", "--format", "pdf"]).code, 2);
    let unknown = run(&["notice", "2024"]);
    assert!(unknown.code == 1 && unknown.talk.contains("2025-06-12-plenary"), "{unknown:?}");
    let nothing = run(&["excerpt", "2025-06-12", "--unit", "市妇联"]);
    assert!(nothing.code == 1 && nothing.talk.contains("市妇联"), "{nothing:?}");
    let nowhere = run(&["notice", "2025-06-12", "-o", "nowhere/notice.docx"]);
    assert_eq!(nowhere.code, 5, "{nowhere:?}");
}

#[test]
fn the_offices_templates_are_used_and_their_faults_told() {
    let desk = held();
    let folder = desk.path("templates");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("agenda.txt"), "\u{feff}@标题 {{ title }}会议手册\r\n一、{{ place }}\r\n").unwrap();
    let agenda = desk.done(&["export", "agenda", "2025-06-12", "--format", "md"]).out;
    assert!(agenda.contains("会议手册\n\n## 一、市政府2号楼三楼会议室"), "{agenda}");
    fs::write(folder.join("agenda.txt"), "@标题 {{ title }}\n{{ tilte }}\n").unwrap();
    let run = desk.run(&["export", "agenda", "2025-06-12"]);
    assert_eq!(run.code, 3);
    assert!(run.talk.contains("plans/qingyuan-2021-2025/templates/agenda.txt:2:4:"), "{run:?}");
    assert!(run.talk.contains("tilte"), "{run:?}");
    let english = desk.run(&["export", "agenda", "2025-06-12", "--lang", "en"]);
    assert!(english.talk.contains("agenda.txt:2:4: this paper has no “tilte”"), "{english:?}");
    fs::write(folder.join("agenda.txt"), b"\xff\xfe").unwrap();
    assert_eq!(desk.run(&["export", "agenda", "2025-06-12"]).code, 3);
}

#[test]
fn the_calendar_holds_meetings_and_open_deadlines() {
    let desk = held();
    desk.done(&["deadline", "3.1.2", "9月底前"]);
    desk.done(&["deadline", "3.1.3", "2025-06-30"]);
    desk.done(&["mark", "3.1.3", "done", "--reason", "已办结"]);
    desk.done(&["export", "calendar", "-o", "c.ics"]);
    let text = fs::read_to_string(desk.root().join("c.ics")).unwrap();
    let unfolded = icalendar::parser::unfold(&text);
    let calendar = icalendar::parser::read_calendar(&unfolded).unwrap();
    let events: Vec<String> = calendar
        .components
        .iter()
        .filter(|part| part.name == "VEVENT")
        .map(|part| part.properties.iter().find(|property| property.name == "UID").unwrap().val.to_string())
        .collect();
    assert_eq!(
        events,
        ["meeting-2025-06-12-plenary@qingyuan-2021-2025.lianxi", "task-3.1.2@qingyuan-2021-2025.lianxi"]
    );
    let again = desk.done(&["export", "calendar", "-o", "c.ics", "--today", "2025-08-01"]);
    assert!(again.talk.contains("没有变化"), "the same data give the same bytes on another day: {again:?}");
}

#[cfg(unix)]
#[test]
fn a_paper_that_is_replaced_stays_as_private_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let desk = held();
    let export = || desk.done(&["export", "notice", "2025-06-12-plenary", "--out", "notice.docx"]);
    export();
    let file = desk.root().join("notice.docx");
    fs::write(&file, "an older one").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    export();
    let meta = fs::metadata(&file).unwrap();
    assert_eq!((meta.permissions().mode() & 0o777, meta.len() > 1000), (0o600, true));
}

#[test]
fn a_year_in_the_head_of_a_column_is_no_share_of_its_width() {
    let desk = held();
    let path = desk.path("templates/agenda.txt");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "@表 编号 20250630 | 完成情况 2025 中 | 任务 6\n| 1 | 未启动 | 甲\n").unwrap();
    let shown = desk.done(&["export", "agenda", "2025-06-12-plenary", "--format", "md"]).out;
    assert!(shown.contains("编号 20250630") && shown.contains("完成情况 2025 ") && shown.contains(" 任务 "), "{shown}");
    desk.done(&["export", "agenda", "2025-06-12-plenary", "--out", "agenda.docx"]);
}
