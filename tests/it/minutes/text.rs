//! What minutes say: composing, free edits, the check.

use super::{Hall, moment};
use lianxi::domain::meeting::LineKind;
use lianxi::domain::{Field, RecordKind, due};
use lianxi::ops::meeting;

const PLAIN: (&str, &str, &[&str], &str) = ("编制科普资源清单", "市科协", &["市教育局"], "9月底前");

#[test]
fn sentences_are_composed_in_official_phrasing() {
    let hall = Hall::new(&[PLAIN]).close();
    let texts: Vec<String> = hall.sentences().into_iter().map(|(_, text, _)| text).collect();
    assert!(texts[0].starts_with("2025年6月12日上午，副市长李明在市政府三楼会议室主持召开"), "{texts:?}");
    assert!(texts[0].contains("应到28个单位，实到27个，请假1个"), "{texts:?}");
    assert_eq!(texts[1], "一、关于编制科普资源清单");
    assert_eq!(texts[2], "会议明确，由市科协牵头，市教育局配合，于9月底前编制科普资源清单。");
    assert_eq!(texts.last().map(String::as_str), Some("以上纪要，请各单位遵照执行。"));
    assert_eq!(hall.lint(), Vec::<String>::new());
}

#[test]
fn a_free_edit_survives_composing_and_is_marked_when_its_record_changes() {
    let hall = Hall::new(&[PLAIN, ("完善联络员制度", "市教育局", &[], "6月30日前")]).close();
    let key = hall.sentence_of("资源清单");
    hall.desk.done(&["minutes", "edit", &hall.meeting, &key, "由市科协牵头，于9月底前编好资源清单。"]);
    hall.desk.done(&["minutes", "compose", &hall.meeting]);
    let of = |hall: &Hall, key: &str| hall.sentences().into_iter().find(|(one, ..)| one == key).expect("it is there");
    assert_eq!(of(&hall, &key).1, "由市科协牵头，于9月底前编好资源清单。");
    assert_eq!(of(&hall, &key).2, "edited");
    // another record changes: nothing happens to this sentence
    let other = hall.sentence_of("联络员");
    set(&hall, &other, "2025-08-31");
    assert_eq!(of(&hall, &key).2, "edited");
    assert!(of(&hall, &other).1.contains("8月31日"), "{:?}", of(&hall, &other));
    // its own record changes: the edit stays and is marked
    set(&hall, &key, "2025-10-31");
    let (_, text, state) = of(&hall, &key);
    assert_eq!((text.as_str(), state.as_str()), ("由市科协牵头，于9月底前编好资源清单。", "outdated"));
    assert_eq!(hall.lint(), ["outdated-edit"]);
    hall.desk.done(&["minutes", "restore", &hall.meeting, &key]);
    assert_eq!(of(&hall, &key).2, "composed");
    assert!(of(&hall, &key).1.contains("10月31日"));
}

/// Gives the decision of a sentence another deadline.
fn set(hall: &Hall, sentence: &str, when: &str) {
    let mut workspace = hall.open();
    let key = sentence.strip_prefix("outcome-").expect("a decision");
    let plan = workspace.plan();
    let id = plan.records_of(RecordKind::Outcome).find(|(id, _)| id.key == key).expect("it is there").0.clone();
    let due = due::parse(when, super::day("2025-06-12")).expect("a day");
    meeting::set_outcome(&mut workspace, &id, vec![(Field::Due, Some(due.into()))]).expect("saved");
}

#[test]
fn a_paragraph_of_ones_own_stands_where_it_was_put_and_a_sentence_can_be_left_out() {
    let hall = Hall::new(&[PLAIN]).close();
    let key = hall.sentence_of("资源清单");
    let first = hall.desk.json(&["minutes", "insert", &hall.meeting, &key, "会议强调，要加强协作。"]);
    hall.desk.done(&["minutes", "insert", &hall.meeting, &key, "会议要求，要按时报送。"]);
    let id = first["id"].as_str().expect("an id");
    hall.desk.done(&["minutes", "insert", &hall.meeting, id, "会议指出，要注重实效。"]);
    let texts: Vec<String> = hall.sentences().into_iter().map(|(_, text, _)| text).collect();
    assert_eq!(
        texts[3..6],
        ["会议强调，要加强协作。", "会议指出，要注重实效。", "会议要求，要按时报送。"],
        "{texts:?}"
    );
    hall.desk.done(&["minutes", "edit", &hall.meeting, "closing", ""]);
    let shown = hall.desk.json(&["minutes", "show", &hall.meeting]);
    assert!(!shown["text"].as_str().expect("text").contains("遵照执行"), "{shown}");
    assert_eq!(hall.sentences().last().expect("a sentence").2, "left_out");
    hall.desk.done(&["minutes", "restore", &hall.meeting, id]);
    assert!(!hall.sentences().iter().any(|(key, ..)| key == id));
}

#[test]
fn the_check_finds_what_may_not_go_out() {
    let cases: &[(&str, &str)] = &[
        ("会议明确，由市科协牵头，于9月31日前完成。", "no-such-date"),
        ("会议定于2025年6月13日（星期四）再次碰头。", "wrong-weekday"),
        ("会议明确，由市财政局牵头，于9月底前完成经费测算。", "unknown-unit"),
        ("会议由赵小丽同志作说明。", "not-on-roster"),
        ("会议认为大概能在年底前完成。", "banned-word"),
        ("会议认为我单位要带头。", "banned-word"),
        ("会议决定，此事下次会议研究。", "undecided"),
        ("市气象局提出经费无法保障。", "internal-record"),
        ("会议听取了气象局张三的不同看法。", "internal-record"),
    ];
    let hall = Hall::new(&[PLAIN]);
    hall.say(LineKind::Dissent, "张三", "市气象局提出经费无法保障");
    let hall = hall.close();
    let key = hall.sentence_of("资源清单");
    for (text, rule) in cases {
        hall.desk.done(&["minutes", "edit", &hall.meeting, &key, text]);
        assert_eq!(hall.lint(), [*rule], "{text}");
    }
    hall.desk.done(&[
        "minutes",
        "edit",
        &hall.meeting,
        &key,
        "会议明确，由市科协牵头，于6月13日（星期五）前办好，李明同志负责，我市统一部署。",
    ]);
    assert_eq!(hall.lint(), Vec::<String>::new());
    hall.desk.done(&["minutes", "insert", &hall.meeting, &key, "会议强调，要按时办好。"]);
    hall.desk.done(&["minutes", "insert", &hall.meeting, &key, "会议强调，要按时办好。"]);
    assert_eq!(hall.lint(), ["duplicate-sentence"]);
}

#[test]
fn what_the_record_lacks_is_found() {
    let hall = Hall::new(&[
        ("开展一次督查", "", &[], "9月底前"),
        ("筹备全国科普日", "市科协", &[], ""),
        ("原则通过工作要点", "市科协", &[], "每季度"),
    ]);
    assert_eq!(hall.lint(), ["action-without-unit", "action-without-date"]);
    // nobody is to do anything, so nothing is missing
    let hall = Hall::new(&[]);
    let mut workspace = hall.open();
    let now = moment("2025-06-12", 70);
    let made = meeting::motion(&mut workspace, &now, &hall.meeting, "审议2025年工作要点", None, "");
    let item = super::key(&made.expect("a motion"));
    assert_eq!(hall.lint(), ["item-without-outcome"]);
    let outcome =
        meeting::NewOutcome { text: "会议原则通过《2025年工作要点》".into(), ..Default::default() };
    let mut workspace = hall.open();
    meeting::decide(&mut workspace, &moment("2025-06-12", 71), &hall.meeting, &item, &outcome).expect("decided");
    assert_eq!(hall.lint(), Vec::<String>::new());
    assert!(
        hall.sentences().iter().any(|(_, text, _)| text == "会议原则通过《2025年工作要点》。"),
        "{:?}",
        hall.sentences()
    );
}

#[test]
fn a_list_of_words_of_the_offices_own_takes_the_place_of_the_programs() {
    let hall = Hall::new(&[PLAIN]).close();
    std::fs::write(hall.desk.path("office.toml"), "[office]\nbanned = [\"资源\"]\n").expect("written");
    assert!(hall.lint().iter().all(|rule| rule == "banned-word"));
    assert!(!hall.lint().is_empty());
}

#[test]
fn a_template_of_the_office_words_the_minutes_and_a_wrong_one_is_told_with_its_place() {
    let hall = Hall::new(&[PLAIN]).close();
    std::fs::create_dir_all(hall.desk.path("templates")).expect("folder");
    let template = hall.desk.path("templates/minutes-decision.txt");
    std::fs::write(&template, "责成{{ lead }}{{ text|bare }}（{{ due|day }}前）。\n").expect("written");
    assert!(hall.sentences().iter().any(|(_, text, _)| text == "责成市科协编制科普资源清单（2025年9月30日前）。"));
    std::fs::write(&template, "\n责成{{ leader }}。\n").expect("written");
    let run = hall.desk.run(&["minutes", "show", &hall.meeting]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.talk.contains("templates/minutes-decision.txt:2:"), "{run:?}");
}
