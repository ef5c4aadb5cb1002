//! Calling for topics: the letter, and who has answered with a topic, with none, or not at all.

use crate::desk::Desk;
use crate::stage::Stage;
use lianxi::text::Lang;
use serde_json::Value;

fn replies(desk: &Desk) -> Value {
    desk.json(&["topic", "replies"])
}

fn count(all: &Value, reply: &str) -> usize {
    all["replies"].as_array().expect("a list").iter().filter(|one| one["reply"] == reply).count()
}

#[test]
fn a_department_answers_with_a_topic_or_with_none() {
    let desk = Desk::new();
    let run = desk.run(&["topic", "replies"]);
    assert!(run.code == 1 && run.talk.contains("topic call"), "{run:?}");
    assert_eq!(desk.run(&["topic", "none", "jyj"]).code, 1);
    // a topic of before is no answer to the call
    desk.done(&["topic", "add", "旧议题", "--submitter", "市教育局", "--today", "2025-03-01"]);
    desk.done(&["meeting", "new", "--kind", "plenary", "--date", "2025-07-10"]);
    let call = desk.json(&["topic", "call", "--due", "6月20日"]);
    assert!(call["id"].as_str().is_some_and(|id| id.len() == 6), "{call}");
    let all = replies(&desk);
    assert_eq!([count(&all, "silent"), count(&all, "topic"), count(&all, "none")], [28, 0, 0]);
    assert_eq!((all["due"].as_str(), all["meeting"].as_str()), (Some("2025-06-20"), Some("2025-07-10-plenary")));
    desk.done(&["topic", "add", "建立清单", "--submitter", "市教育局王某"]);
    desk.done(&["topic", "none", "kjj", "qxj"]);
    let all = replies(&desk);
    assert_eq!([count(&all, "silent"), count(&all, "topic"), count(&all, "none")], [25, 1, 2]);
    let of = |unit: &str| all["replies"].as_array().unwrap().iter().find(|one| one["unit"] == unit).unwrap().clone();
    assert_eq!(of("市教育局")["topics"].as_array().unwrap().len(), 1);
    // who has none after all, and who was never asked
    desk.done(&["topic", "none", "kjj", "--undo"]);
    assert_eq!(count(&replies(&desk), "none"), 1);
    desk.done(&["topic", "call", "--due", "6月25日", "--unit", "jyj", "--unit", "kjj", "--today", "2025-06-11"]);
    assert_eq!(replies(&desk)["replies"].as_array().unwrap().len(), 2);
    let run = desk.run(&["topic", "none", "qxj"]);
    assert!(run.code == 1 && run.talk.contains("市气象局"), "{run:?}");
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn the_letter_says_until_when_and_for_which_meeting() {
    let desk = Desk::new();
    let run = desk.run(&["export", "topics-call"]);
    assert!(run.code == 1 && run.talk.contains("topic call"), "{run:?}");
    desk.done(&["meeting", "new", "--kind", "plenary", "--date", "2025-07-10"]);
    desk.done(&["topic", "call", "--due", "6月20日"]);
    let text = desk.done(&["export", "topics-call", "--format", "md"]).out;
    for part in ["2025年第一次全体会议", "7月10日", "6月20日（星期五）前", "需讨论决定的问题", "无议题", "各成员单位"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    // the office's own wording
    let own = desk.path("templates/topics-call.txt");
    std::fs::create_dir_all(own.parent().unwrap()).unwrap();
    std::fs::write(&own, "@标题 请报议题\n{{ due|day }}\n").unwrap();
    let text = desk.done(&["export", "topics-call", "--format", "txt"]).out;
    assert!(text.contains("请报议题") && text.contains("2025年6月20日"), "{text}");
    std::fs::write(&own, "@标题 请报议题\n{{ dew|day }}\n").unwrap();
    let run = desk.run(&["export", "topics-call"]);
    assert!(run.talk.contains("topics-call.txt:2:4"), "{run:?}");
}

#[test]
fn two_desks_note_different_departments_and_merge_clean() {
    let desk = Desk::new();
    desk.done(&["topic", "call"]);
    let folder = desk.path("calls");
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let base = std::fs::read(&file).unwrap();
    desk.done(&["topic", "none", "jyj"]);
    let ours = std::fs::read(&file).unwrap();
    std::fs::write(&file, &base).unwrap();
    desk.done(&["topic", "none", "kjj"]);
    let theirs = std::fs::read(&file).unwrap();
    let at = |name: &str, bytes: &[u8]| {
        let path = desk.root().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let (base, ours, theirs) = (at("base.toml", &base), at("ours.toml", &ours), at("theirs.toml", &theirs));
    desk.done(&["merge-file", &base, &ours, &theirs]);
    std::fs::copy(&ours, &file).unwrap();
    for file in ["base.toml", "ours.toml", "theirs.toml"] {
        std::fs::remove_file(desk.root().join(file)).unwrap();
    }
    assert_eq!(count(&replies(&desk), "none"), 2);
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn on_the_screen_the_call_is_made_with_its_letter_and_answers_are_ticked() {
    let mut stage = Stage::new((80, 24), Lang::Zh);
    stage.keys("<alt-3><right>o<enter>");
    assert!(stage.text().contains("回复时限"), "{}", stage.text());
    stage.keys("3月21日<ctrl-s>");
    assert!(stage.text().contains("已写出 out/议题征集函.docx"), "{}", stage.text());
    let own = stage.desk.run(&["export", "topics-call", "-o", "own.docx", "--today", "2025-03-12"]);
    assert_eq!(own.code, 0, "{own:?}");
    let read = |file: &str| std::fs::read(stage.desk.root().join(file)).expect(file);
    assert!(read("out/议题征集函.docx") == read("own.docx"));
    // the first two departments have none, the third hands one in
    stage.keys("<down><space><space>");
    let all = replies(&stage.desk);
    assert_eq!(count(&all, "none"), 2, "{}", stage.text());
    stage.keys("<enter>馆校合作清单<ctrl-s>");
    let all = replies(&stage.desk);
    assert_eq!((count(&all, "none"), count(&all, "topic")), (2, 1), "{}", stage.text());
    assert!(stage.text().contains("有议题 1，无议题 2，未回复 25"), "{}", stage.text());
    // while the call runs, the letter is written again and nothing is asked
    stage.keys("o<enter>");
    assert!(stage.text().contains("out/议题征集函.docx") && !stage.text().contains("回复时限  "), "{}", stage.text());
}

#[test]
fn a_corrected_notice_lists_what_has_changed() {
    let desk = Desk::new();
    desk.done(&[
        "meeting",
        "new",
        "--kind",
        "plenary",
        "--date",
        "2025-07-10",
        "--time",
        "9:00",
        "--place",
        "三楼会议室",
    ]);
    let m = "2025-07-10-plenary";
    desk.done(&["meeting", "notify", m]);
    let notice = |day: &str| desk.done(&["export", "notice", m, "--format", "txt", "--today", day]).out;
    let first = notice("2025-06-20");
    assert!(first.contains("关于召开") && !first.contains("更正"), "{first}");
    desk.done(&["meeting", "set", m, "--place", "四楼会议室"]);
    let second = notice("2025-06-20");
    assert!(second.contains("更正") && second.contains("三楼会议室") && second.contains("四楼会议室"), "{second}");
    assert!(second.contains("2025年6月20日"), "{second}");
    desk.done(&["meeting", "notify", m, "--today", "2025-06-20"]);
    assert!(!notice("2025-06-21").contains("更正"));
}
