//! GB/T 9704-2012 on the page: what LibreOffice makes of our documents, measured in millimetres.
//!
//! `LIANXI_PAPERS=folder` keeps every page as a picture there, for eyes.

use super::office::{Office, Word};
use super::samples;
use lianxi::export::content::ReminderStep;
use lianxi::export::paper::{Block, Column, Imprint, Paper, Run, Table};
use lianxi::export::{Form, Templates, docx, paper};
use std::sync::OnceLock;

/// The type area: §5.2.1.
const LEFT: f64 = 28.0;
const RIGHT: f64 = 184.0;
const TOP: f64 = 37.0;
const BOTTOM: f64 = 262.0;
/// A 3号 character.
const CHAR: f64 = 156.0 / 28.0;

fn prose(count: usize) -> Block {
    let text: String = "全民科学素质行动规划纲要实施方案联席会议办公室工作".chars().cycle().take(count).collect();
    Block::Paragraph(vec![Run::body(text)])
}

fn tall() -> Paper {
    let column = |head: &str, share, is_centred| Column { head: head.into(), share, is_centred };
    let rows = (1..60).map(|at| vec![at.to_string(), "编制科学教育资源清单".into(), "市科协".into()]);
    let table = Table {
        columns: vec![column("序号", 1, true), column("任务", 6, false), column("牵头单位", 2, true)],
        rows: rows.collect(),
    };
    Paper { blocks: vec![Block::Title(vec!["落实情况表".into()]), Block::Table(table)], ..Paper::default() }
}

/// Minutes whose text fills the page up to where the imprint begins, less or more by a line.
fn full(lines: usize) -> Paper {
    let imprint = Imprint {
        copies: vec![(
            "抄送".into(),
            "市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，各成员单位。".into(),
        )],
        organ: "清远市科普工作联席会议办公室".into(),
        date: "2025年6月12日印发".into(),
    };
    Paper { blocks: vec![prose(28 * lines - 2)], imprint: Some(imprint), is_unnumbered: false }
}

/// All papers, turned into pages once.
fn office() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let own = Templates::default();
        let meeting = |form| paper(form, &own, &samples::meeting()).unwrap();
        let mut papers = vec![
            ("prose".to_string(), Paper { blocks: vec![prose(28 * 22 * 2 + 3)], ..Paper::default() }),
            ("table".to_string(), tall()),
            ("notice".to_string(), meeting(Form::Notice)),
            ("agenda".to_string(), meeting(Form::Agenda)),
            ("script".to_string(), meeting(Form::Script)),
            ("signin".to_string(), meeting(Form::SignIn)),
            ("seats".to_string(), meeting(Form::Seats)),
            ("minutes".to_string(), samples::minutes_paper(&own)),
            ("excerpt".to_string(), paper(Form::Excerpt, &own, &samples::excerpt()).unwrap()),
            ("opinions".to_string(), paper(Form::Opinions, &own, &samples::opinions()).unwrap()),
        ];
        let reminder = samples::reminder(ReminderStep::Warn, -3);
        papers.push(("reminder".to_string(), paper(Form::Reminder, &own, &reminder).unwrap()));
        papers.extend((15..=22).map(|lines| (format!("full{lines}"), full(lines))));
        let documents: Vec<(&str, Vec<u8>)> = papers.iter().map(|(name, paper)| (name.as_str(), docx(paper))).collect();
        let office = Office::print(&documents);
        if let Ok(folder) = std::env::var("LIANXI_PAPERS") {
            documents.iter().for_each(|(name, _)| office.keep(name, folder.as_ref(), 75));
        }
        office
    })
}

fn find<'w>(words: &'w [Word], text: &str) -> &'w Word {
    words.iter().find(|word| word.text.contains(text)).unwrap_or_else(|| panic!("{text} is not on the page: {words:?}"))
}

fn near(what: &str, found: f64, wanted: f64, by: f64) {
    assert!((found - wanted).abs() <= by, "{what}: {found:.1} mm, not {wanted:.1}");
}

#[test]
fn a_page_holds_22_lines_of_28_characters() {
    let pages = office().lines("prose");
    assert_eq!(pages.len(), 3);
    for page in &pages[..2] {
        assert_eq!(page.len(), 22 + 1, "22 lines and the number");
        for (at, line) in page[..22].iter().enumerate() {
            let is_first = line.starts_with("全民") && at == 0 && page == &pages[0];
            assert_eq!(line.chars().count(), if is_first { 26 } else { 28 }, "{line}");
        }
    }
}

#[test]
fn the_text_fills_the_type_area_and_no_more() {
    let pages = office().words("prose");
    let body: Vec<&Word> = pages[1].iter().filter(|word| word.text.chars().count() > 20).collect();
    assert_eq!(body.len(), 22);
    for word in &body {
        near("left", word.left, LEFT, 0.3);
        near("right", word.right, RIGHT, 0.5);
    }
    // glyphs stand in the middle of their lines, which are 10.2 mm high
    near("top", body[0].top, TOP + 2.0, 2.0);
    assert!(body[21].bottom <= BOTTOM + 0.5, "{:?}", body[21]);
    let first = &pages[0][0];
    near("the indent", first.left, LEFT + 2.0 * CHAR, 0.3);
}

#[test]
fn page_numbers_stand_outside_and_7_mm_below() {
    for (name, pages) in [("prose", 3), ("minutes", 2)] {
        let words = office().words(name);
        for (at, page) in words.iter().enumerate().take(pages) {
            let line: Vec<&Word> = page.iter().filter(|word| word.top > BOTTOM + 3.0).collect();
            let said: Vec<&str> = line.iter().map(|word| word.text.as_str()).collect();
            assert_eq!(said.join(" "), format!("— {} —", at + 1));
            let (first, last) = (line[0], line[line.len() - 1]);
            near("the dash", (first.top + first.bottom) / 2.0, BOTTOM + 7.0, 1.5);
            match at % 2 {
                0 => near("an odd number's right edge", last.right, RIGHT - 4.9, 0.5),
                _ => near("an even number's left edge", first.left, LEFT + 4.9, 0.5),
            }
        }
    }
}

#[test]
fn the_head_of_a_table_is_repeated_and_no_row_is_cut() {
    let pages = office().lines("table");
    assert!(pages.len() >= 3);
    for (at, page) in pages.iter().enumerate() {
        let head = page.iter().position(|line| line.contains("序号")).expect("a head on every page");
        assert!(head <= usize::from(at == 0), "page {}: {page:?}", at + 1);
        assert!(page[head].contains("牵头单位"));
    }
    let rows: usize = pages.iter().flatten().filter(|line| line.contains("编制科学教育资源清单")).count();
    assert_eq!(rows, 59);
}

#[test]
fn the_red_mark_begins_35_mm_below_the_type_area_and_a_red_line_spans_it() {
    const DOTS: u32 = 150;
    let picture = office().picture("minutes", 1, DOTS);
    let is_red = |point: &[u8; 3]| point[0] > 180 && point[1] < 90 && point[2] < 90;
    let row = |at: usize| &picture.points[at * picture.width..(at + 1) * picture.width];
    let millimetres = |at: usize| at as f64 * 25.4 / f64::from(DOTS);
    let first = (0..picture.height).find(|at| row(*at).iter().any(is_red)).expect("a red mark");
    near("the mark's top", millimetres(first), TOP + 35.0, 1.0);
    let widest = (0..picture.height).map(|at| row(at).iter().filter(|point| is_red(point)).count()).max();
    near("the red line", millimetres(widest.unwrap_or(0)), 156.0, 1.5);
}

#[test]
fn attendance_is_aligned_behind_the_colon() {
    let pages = office().words("minutes");
    let (at, label) = pages
        .iter()
        .enumerate()
        .find_map(|(at, page)| page.iter().find(|word| word.text.starts_with("出席：")).map(|word| (at, word.clone())))
        .expect("出席");
    near("出席", label.left, LEFT + 2.0 * CHAR, 0.4);
    let below: Vec<&Word> =
        pages[at].iter().filter(|word| word.top > label.bottom && word.top < BOTTOM && word.left < 120.0).collect();
    assert!(!below.is_empty());
    for word in below.iter().take_while(|word| !word.text.starts_with("请假")) {
        near("a line below 出席", word.left, LEFT + 5.0 * CHAR, 0.6);
    }
    let order = ["出席：", "请假：", "列席："];
    let text: String = office().lines("minutes").concat().concat();
    let places: Vec<usize> = order.iter().map(|label| text.find(label).expect("every label")).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_imprint_stands_at_the_foot_of_the_last_page_whatever_the_length_of_the_text() {
    for lines in 15..=22 {
        let name = format!("full{lines}");
        let pages = office().words(&name);
        let last = pages.last().expect("a page");
        let printed = find(last, "印发");
        near(&format!("{name}: 印发"), printed.bottom, BOTTOM - 2.0, 2.5);
        let copies = find(last, "抄送");
        for (at, page) in pages.iter().enumerate() {
            let text: Vec<&Word> = page.iter().filter(|word| word.text.contains("科学素质")).collect();
            assert!(at + 1 == pages.len() || page.iter().all(|word| !word.text.contains("抄送")), "{name}");
            for word in text.iter().filter(|_| at + 1 == pages.len()) {
                assert!(word.bottom <= copies.top + 1.0, "{name}: the text runs into the imprint: {word:?} {copies:?}");
            }
        }
        let count: usize = pages.iter().flatten().filter(|word| word.text.chars().count() > 20).count();
        assert!(count >= lines, "{name}: {count} lines are left of {lines}");
    }
}

#[test]
fn no_line_begins_with_a_mark_that_closes() {
    let names = ["notice", "agenda", "script", "minutes", "excerpt", "reminder", "opinions"];
    for name in names {
        for line in office().lines(name).concat() {
            let first = line.trim_start().chars().next().unwrap_or(' ');
            assert!(!"、，。；：！？）》〕”’".contains(first), "{name}: {line}");
            let last = line.trim_end().chars().last().unwrap_or(' ');
            assert!(!"（《〔“‘".contains(last), "{name}: {line}");
        }
    }
}

#[test]
fn no_signature_stands_alone_on_a_page() {
    for name in ["notice", "excerpt", "reminder", "opinions"] {
        for page in office().lines(name) {
            let Some(at) = page.iter().position(|line| line.trim() == "清远市科普工作联席会议办公室")
            else {
                continue;
            };
            assert!(at > 0, "{name}: {page:?}");
        }
    }
}

#[test]
fn seat_cards_are_two_a_page() {
    let pages = office().lines("seats");
    let cards: Vec<&Vec<String>> = pages.iter().filter(|page| !page.concat().contains("座次")).collect();
    let cards: Vec<_> = cards.into_iter().filter(|page| !page.iter().any(|line| line.contains("副局长"))).collect();
    assert_eq!(cards.len(), 15, "the chair and 28 seats");
    assert!(pages.concat().iter().all(|line| !line.contains('—')), "no numbers on cards");
}

#[test]
fn the_readme_shows_a_page_of_minutes() {
    let picture = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/minutes.png");
    if std::env::var("LIANXI_PICTURES").is_ok_and(|value| value == "write") {
        let folder = tempfile::tempdir().unwrap();
        office().keep("minutes", folder.path(), 75);
        std::fs::copy(folder.path().join("minutes-1.png"), &picture).unwrap();
    }
    let bytes = std::fs::read(&picture).expect("LIANXI_PICTURES=write cargo test --test it pictures readme draws it");
    // the head of a PNG holds its size: A4 at 75 points an inch
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (621, 877));
    for readme in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(readme)).unwrap();
        assert!(text.contains("(tests/pictures/minutes.png)"), "{readme}");
    }
}
