//! Topics and meetings on the command line, from the pool to the end of the session and the next meeting.

use crate::desk::Desk;
use serde_json::Value;

fn id(run: &Value) -> String {
    run["id"].as_str().expect("something was made").to_string()
}

/// A meeting of 20 June with an item that is to be decided about.
fn planned(desk: &Desk) -> (String, String) {
    let meeting = id(&desk.json(&["meeting", "new", "--kind", "plenary", "--date", "2025-06-20"]));
    let item =
        ["meeting", "agenda", &meeting, "add", "审议年度要点", "--task", "3.1.2", "--unit", "kx", "--minutes", "30"];
    let item = id(&desk.json(&item));
    (meeting, item)
}

fn titles(shown: &Value) -> Vec<&str> {
    shown["agenda"].as_array().expect("a list").iter().map(|item| item["title"].as_str().expect("text")).collect()
}

fn refused(desk: &Desk, args: &[&str], code: i32, says: &str) {
    let before = desk.files();
    let run = desk.run(args);
    assert_eq!(run.code, code, "{args:?}: {run:?}");
    assert!(run.talk.contains(says), "{args:?}: {}", run.talk);
    assert!(run.out.is_empty(), "{args:?}: {}", run.out);
    assert!(before == desk.files(), "{args:?} changed a file");
}

#[test]
fn a_topic_goes_from_the_pool_onto_an_agenda_and_back() {
    let desk = Desk::new();
    let topic = ["topic", "add", "建设科普e站", "--unit", "jyj", "--unit", "市科协", "--task", "三（一）2"];
    let topic = id(&desk.json(&[&topic[..], &["--question", "是否建设", "--coordination", "已商教育局"]].concat()));
    let pool = desk.json(&["topic", "list"]);
    assert_eq!(pool[0]["id"], topic.as_str());
    assert_eq!(pool[0]["units"], serde_json::json!(["市教育局", "市科协"]));
    assert_eq!(pool[0]["state"], "open");
    refused(&desk, &["topic", "reject", "e站"], 1, "理由");
    desk.done(&["topic", "defer", "e站", "--reason", "经费未定"]);
    assert_eq!(desk.json(&["topic", "list"])[0]["reason"], "经费未定");
    desk.done(&["topic", "accept", &topic]);
    assert_eq!(desk.json(&["topic", "list"])[0]["reason"], "");
    let (meeting, _) = planned(&desk);
    desk.done(&["meeting", "agenda", &meeting, "take", "e站"]);
    let shown = desk.json(&["meeting", "show", &meeting]);
    let item = shown["agenda"].as_array().unwrap().iter().find(|item| item["topic"] == topic.as_str()).unwrap();
    assert_eq!((&item["unit"], &item["question"]), (&"市教育局".into(), &"是否建设".into()));
    refused(&desk, &["meeting", "agenda", &meeting, "take", "e站"], 1, "已列入");
    refused(&desk, &["topic", "defer", "e站"], 1, "已列入");
    desk.done(&["meeting", "agenda", &meeting, "drop", "e站"]);
    assert_eq!(desk.json(&["topic", "list"])[0]["meeting"], Value::Null);
    desk.done(&["meeting", "agenda", &meeting, "take", "e站"]);
}

#[test]
fn a_new_meeting_has_the_register_on_its_roster_and_the_agenda_of_its_template() {
    let desk = Desk::new();
    let (meeting, _) = planned(&desk);
    assert_eq!(meeting, "2025-06-20-plenary");
    let shown = desk.json(&["meeting", "show", "next"]);
    for key in ["id", "kind", "date", "state", "agenda", "attendance", "outcomes"] {
        assert!(!shown[key].is_null(), "{key}");
    }
    assert_eq!(shown["attendance"].as_array().unwrap().len(), 28);
    assert_eq!(titles(&shown), ["科普工作情况汇报", "审议年度要点", "召集人讲话"]);
    let starts: Vec<_> = shown["agenda"].as_array().unwrap().iter().map(|item| item["starts"].clone()).collect();
    assert_eq!(starts, ["09:00", "09:15", "09:45"]);
    assert_eq!(shown["timing"], serde_json::json!({"sum": 60, "length": 120, "overrun": 0, "without": 0}));
    desk.done(&["meeting", "set", "2025-06-20", "--minutes", "50", "--time", "１４：３０", "--place", "三楼"]);
    let shown = desk.json(&["meeting", "show", "第1次"]);
    assert_eq!((&shown["timing"]["overrun"], &shown["time"]), (&10.into(), &"14:30".into()));
    desk.done(&["meeting", "agenda", "1", "order", "审议", "1"]);
    assert_eq!(titles(&desk.json(&["meeting", "show", "1"]))[0], "审议年度要点");
    let own = "[plenary]\nplace = \"市政府三楼\"\n\n[[plenary.item]]\nkind = \"discussion\"\ntitle = \"自由讨论\"\n";
    std::fs::create_dir_all(desk.path("templates")).unwrap();
    std::fs::write(desk.path("templates/meeting.toml"), own).unwrap();
    let second = id(&desk.json(&["meeting", "new", "--kind", "全体会议", "--date", "2025-12-10"]));
    let shown = desk.json(&["meeting", "show", &second]);
    assert_eq!((titles(&shown), &shown["place"]), (vec!["自由讨论"], &"市政府三楼".into()));
    std::fs::write(desk.path("templates/meeting.toml"), own.replace("discussion", "闲谈")).unwrap();
    refused(&desk, &["meeting", "new", "--kind", "plenary", "--date", "2025-12-11"], 3, "templates/meeting.toml:5:8");
}

#[test]
fn a_session_is_held_and_the_next_meeting_begins_with_what_it_left() {
    let desk = Desk::new();
    let (meeting, item) = planned(&desk);
    let other = id(&desk.json(&["meeting", "agenda", &meeting, "add", "e站选址", "--task", "3.1.3"]));
    refused(&desk, &["meeting", "decide", &meeting, &item, "同意"], 1, "meeting open");
    desk.done(&["meeting", "notify", &meeting]);
    desk.done(&["meeting", "move", &meeting, "6月23日"]);
    let since = desk.json(&["meeting", "show", &meeting])["since_notice"].clone();
    assert_eq!(since, serde_json::json!(["日期 2025-06-20 → 2025-06-23"]));
    desk.done(&["meeting", "attend", &meeting, "jyj", "leave", "--reply"]);
    desk.done(&["meeting", "open", &meeting]);
    desk.done(&["meeting", "attend", &meeting, "kx", "市民政局", "present"]);
    desk.done(&["meeting", "attend", &meeting, "市妇联", "substitute", "--name", "赵芳"]);
    desk.done(&["meeting", "attend", &meeting, "all", "absent"]);
    let shown = desk.json(&["meeting", "show", &meeting]);
    let sentence = "应到 28 个单位，实到 3 个，其中代会 1 个，请假 1 个，缺席 24 个。";
    assert_eq!(shown["count"]["sentence"], sentence);
    desk.done(&["meeting", "record", &meeting, &item, "建议", "放宽", "--speaker", "王五", "--kind", "dissent"]);
    let made =
        ["meeting", "decide", &meeting, &item, "印发年度要点", "--lead", "市科协", "--with", "jyj", "--due", "9月底前"];
    let outcome = id(&desk.json(&made));
    let holes = desk.done(&["meeting", "decide", &meeting, &item, "再议经费"]);
    assert!(holes.talk.contains("还空着：牵头单位、完成时限"), "{}", holes.talk);
    refused(&desk, &["meeting", "decide", &meeting, &item, "x", "--due", "9月31日"], 2, "9月没有31日");
    refused(&desk, &["meeting", "decide", &meeting, &item, "x", "--lead", "市月球局"], 1, "市月球局");
    refused(&desk, &["meeting", "close", &meeting], 1, "e站选址");
    desk.done(&["meeting", "postpone", &meeting, &other]);
    desk.done(&["meeting", "close", &meeting]);
    let shown = desk.json(&["meeting", "show", "last"]);
    assert_eq!(shown["state"], "minutes");
    let first = &shown["outcomes"][0];
    assert_eq!(
        (&first["id"], &first["due"], &first["due_text"]),
        (&outcome.as_str().into(), &"2025-09-30".into(), &"9月底前".into())
    );
    assert_eq!(first["tasks"], serde_json::json!(["3.1.2"]));
    assert_eq!(shown["outcomes"][1]["holes"], serde_json::json!(["lead", "due"]));
    assert_eq!(shown["record"][0]["text"], "建议 放宽");
    desk.done(
        &["meeting", "amend", "再议经费", "--lead", "市财政局"]
            .map(|word| if word == "市财政局" { "kx" } else { word }),
    );
    refused(&desk, &["meeting", "agenda", &meeting, "add", "迟到的"], 1, "不能");
    refused(&desk, &["meeting", "close", &meeting], 1, "印发");
    let next = id(&desk.json(&["meeting", "new", "--kind", "plenary", "--date", "2025-12-10"]));
    let shown = desk.json(&["meeting", "show", &next]);
    let all = titles(&shown);
    assert_eq!(all[0], "上次会议议定事项落实情况");
    assert!(all.contains(&"e站选址") && all.contains(&"审议年度要点"), "{all:?}");
    let carried = shown["agenda"].as_array().unwrap().iter().find(|one| one["title"] == "e站选址").unwrap();
    assert_eq!(carried["from"], format!("{meeting}/{other}"));
    // everything of it is one step
    let before = desk.files();
    desk.done(&["undo"]);
    assert!(!desk.path(&format!("meetings/{next}/meeting.toml")).exists());
    desk.done(&["redo"]);
    assert!(before == desk.files());
    // a task knows its meetings, and search knows all of it
    let task = desk.json(&["show", "3.1.2"]);
    let what: Vec<_> = task["meetings"].as_array().unwrap().iter().map(|one| one["what"].clone()).collect();
    assert_eq!(what, ["item", "outcome", "outcome", "item"]);
    let log = desk.json(&["log", "3.1.2"]);
    assert!(log.as_array().unwrap().iter().any(|entry| entry["kind"] == "outcome" && entry["id"] == outcome.as_str()));
    let hits = desk.json(&["search", "印发年度要点"]);
    assert_eq!((&hits[0]["kind"], &hits[0]["id"]), (&"outcome".into(), &outcome.as_str().into()));
}

#[test]
fn a_liaison_meeting_feeds_the_plenary() {
    let desk = Desk::new();
    let (plenary, _) = planned(&desk);
    let liaison = id(&desk.json(&["meeting", "new", "--kind", "liaison", "--date", "2025-06-12"]));
    assert_eq!(desk.json(&["meeting", "show", &liaison])["feeds"], plenary.as_str());
    let item = id(&desk.json(&["meeting", "agenda", &liaison, "add", "分工调整", "--task", "3.1.3", "--unit", "jyj"]));
    desk.done(&["meeting", "open", &liaison]);
    desk.done(&["meeting", "decide", &liaison, &item, "提交全体会议审议"]);
    desk.done(&["meeting", "close", &liaison]);
    let shown = desk.json(&["meeting", "show", &plenary]);
    let fed = shown["agenda"].as_array().unwrap().iter().find(|one| one["title"] == "分工调整").unwrap();
    assert_eq!((&fed["from"], &fed["unit"]), (&format!("{liaison}/{item}").into(), &"市教育局".into()));
    assert_eq!(fed["previous"].as_array().unwrap().len(), 1);
}

#[test]
fn a_suggestion_says_why_and_stays_away_until_something_changes() {
    let desk = Desk::new();
    desk.done(&["deadline", "3.1.2", "2025-06-01"]);
    desk.done(&["deadline", "3.1.3", "2025-06-30"]);
    let all = desk.json(&["suggest"]);
    let why: Vec<_> = all.as_array().unwrap().iter().map(|one| (one["id"].clone(), one["reason"].clone())).collect();
    assert_eq!(why[0], ("task-3.1.2".into(), "overdue".into()));
    desk.done(&["suggest", "dismiss", "task-3.1.2"]);
    let keys = |value: &Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_string()).collect()
    };
    assert!(!keys(&desk.json(&["suggest"])).contains(&"task-3.1.2".to_string()));
    desk.done(&["mark", "3.1.2", "doing"]);
    assert!(keys(&desk.json(&["suggest"])).contains(&"task-3.1.2".to_string()));
    let (meeting, _) = planned(&desk);
    assert!(
        !keys(&desk.json(&["suggest", "--for", &meeting])).contains(&"task-3.1.2".to_string()),
        "it is on the agenda"
    );
    desk.done(&["meeting", "new", "--kind", "special", "--date", "2025-07-10"]);
    let for_special = desk.json(&["suggest", "--for", "2025-07-10"]);
    assert!(keys(&for_special).contains(&"task-3.1.3".to_string()), "{for_special}");
    desk.done(&["meeting", "agenda", "2025-07-10", "take", "task-3.1.3"]);
    assert!(!keys(&desk.json(&["suggest", "--for", "2025-07-10"])).contains(&"task-3.1.3".to_string()));
    refused(&desk, &["suggest", "take", "task-9.9.9"], 1, "task-9.9.9");
}

#[test]
fn bad_input_is_refused_and_nothing_is_written() {
    let desk = Desk::new();
    let (meeting, item) = planned(&desk);
    for (args, code, says) in [
        (vec!["meeting", "new", "--kind", "plenary"], 2, "--date"),
        (vec!["meeting", "new", "--date", "2025-06-20"], 2, "--kind"),
        (vec!["meeting", "new", "--kind", "party", "--date", "2025-06-20"], 2, "party"),
        (vec!["meeting", "new", "--kind", "plenary", "--date", "9月31日"], 2, "31"),
        (vec!["meeting", "new", "--kind", "plenary", "--date", "持续推进"], 2, "哪一天"),
        (vec!["meeting", "new", "--kind", "plenary", "--date", "2025-06-20", "--time", "25:00"], 2, "25:00"),
        (vec!["meeting", "set", &meeting], 2, "选项"),
        (vec!["meeting", "set", &meeting, "--minutes", "0"], 2, "分钟"),
        (vec!["meeting", "show", "2031"], 1, &meeting),
        (vec!["meeting", "show", "第9次"], 1, &meeting),
        (vec!["meeting", "agenda", &meeting, "add", "  "], 1, "名称"),
        (vec!["meeting", "agenda", &meeting, "order", &item, "9"], 1, "第 9 位"),
        (vec!["meeting", "agenda", &meeting, "drop", "火星"], 1, "火星"),
        (vec!["meeting", "agenda", &meeting, "fly", "x"], 2, "fly"),
        (vec!["meeting", "attend", &meeting, "jyj", "asleep"], 2, "asleep"),
        (vec!["meeting", "attend", &meeting, "市月球局", "present"], 1, "市月球局"),
        (vec!["meeting", "record", &meeting, &item, "话"], 1, "筹备"),
        (vec!["meeting", "close", &meeting], 1, "meeting open"),
        (vec!["meeting", "decide", &meeting, &item], 2, "decide"),
        (vec!["meeting", "close", &meeting, "--lead", "kx"], 2, "--lead"),
        (vec!["meeting", "dance"], 2, "dance"),
        (vec!["topic", "add", ""], 1, "名称"),
        (vec!["topic", "add", "议题", "--task", "9.9.9"], 1, "9.9.9"),
        (vec!["topic", "accept", "没有的"], 1, "没有的"),
    ] {
        refused(&desk, &args, code, says);
    }
}

#[test]
fn hostile_text_is_kept_and_never_reaches_the_terminal() {
    let desk = Desk::new();
    let (meeting, _) = planned(&desk);
    let title = "标题\u{1b}[31m\u{202e}\"\"\"'\n第二行\t";
    desk.done(&["meeting", "agenda", &meeting, "add", title]);
    let shown = desk.done(&["meeting", "show", &meeting]);
    assert!(!shown.out.contains(['\u{1b}', '\u{202e}']), "{:?}", shown.out);
    let shown = desk.json(&["meeting", "show", &meeting]);
    assert!(titles(&shown).contains(&"标题\u{1b}[31m\u{202e}\"\"\"' 第二行"), "{:?}", titles(&shown));
    assert_eq!(desk.run(&["check"]).code, 0);
}

#[test]
fn help_is_in_both_languages() {
    let desk = Desk::new();
    for verb in ["topic", "suggest", "meeting"] {
        let zh = desk.done(&[verb, "--help", "--lang", "zh"]).out;
        let en = desk.done(&[verb, "--help", "--lang", "en"]).out;
        assert!(zh.contains("做什么") && en.contains("What to do"), "{verb}");
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let stray: Vec<&str> =
            en.lines().filter(|line| !line.contains(['月', '第']) && line.contains(is_chinese)).collect();
        assert!(stray.is_empty(), "{verb}: {stray:?}");
    }
}

#[test]
fn what_was_put_off_stands_once_on_the_next_agenda() {
    let desk = Desk::new();
    let run = |args: &[&str]| assert_eq!(desk.run(args).code, 0, "{args:?}");
    run(&["meeting", "new", "--kind", "plenary", "--date", "2025-03-20"]);
    run(&["meeting", "move", "2025-03-20", "2025-03-21"]);
    // its id still begins with the day it was planned for
    run(&["meeting", "open", "2025-03-20"]);
    run(&["meeting", "postpone", "2025-03-20", "科普工作情况汇报"]);
    run(&["meeting", "close", "2025-03-20"]);
    run(&["meeting", "new", "--kind", "plenary", "--date", "2025-11-20"]);
    let shown = desk.run(&["meeting", "show", "2025-11-20"]).out;
    assert_eq!(shown.matches("科普工作情况汇报").count(), 1, "{shown}");
}

#[test]
fn working_days_of_a_decision_step_over_holidays() {
    let desk = Desk::new();
    let year = concat!(env!("CARGO_MANIFEST_DIR"), "/calendar/2025.toml");
    std::fs::create_dir_all(desk.root().join("calendar")).expect("a folder");
    std::fs::copy(year, desk.root().join("calendar/2025.toml")).expect("the year's holidays");
    let meeting = id(&desk.json(&["meeting", "new", "--kind", "special", "--date", "2025-03-12"]));
    let item = id(&desk.json(&["meeting", "agenda", &meeting, "add", "审议清单"]));
    desk.json(&["--today", "2025-09-30", "meeting", "open", &meeting]);
    let decide = ["--today", "2025-09-30", "meeting", "decide", &meeting, &item, "报清单", "--due", "3个工作日内"];
    let made = desk.json(&decide);
    let shown = desk.json(&["decisions"]);
    // 1 to 8 October are off, 11 October is made up for
    assert_eq!(shown[0]["due"], "2025-10-11", "{made}");
}

#[test]
fn sentences_name_records_by_their_words_and_never_by_their_keys() {
    let desk = Desk::new();
    let (meeting, _) = planned(&desk);
    assert!(desk.run(&["--lang", "zh", "meeting", "notify", &meeting]).talk.contains("会议通知 1"));
    desk.json(&["meeting", "open", &meeting]);
    let next = desk.run(&["--lang", "zh", "meeting", "next", &meeting]).talk;
    assert!(next.contains("当前议程 — → 议程“"), "{next}");
    refused(
        &desk,
        &["--lang", "zh", "meeting", "new", "--kind", "大会", "--date", "2025-07-01"],
        2,
        "plenary 全体会议",
    );
    refused(&desk, &["--lang", "zh", "export", "agenda", &meeting, "-o", "none/a.docx"], 5, "没有文件夹");
}

#[test]
fn numbers_beyond_all_measure_are_named_and_counted_with_by_nobody() {
    let desk = Desk::new();
    let (meeting, item) = planned(&desk);
    let file = format!("meetings/{meeting}/items/{item}.toml");
    desk.edit(&file, "minutes = 30", "minutes = 9223372036854775807");
    desk.edit(&format!("meetings/{meeting}/meeting.toml"), "length = ", "length = -9223372036854775808 # ");
    let shown = desk.json(&["meeting", "show", &meeting]);
    assert_eq!(
        (&shown["timing"]["length"], &shown["timing"]["overrun"]),
        (&Value::Null, &0.into()),
        "{}",
        shown["timing"]
    );
    let check = desk.run(&["check"]);
    assert!(check.out.contains(&file), "{check:?}");
}

#[test]
fn days_of_the_office_beyond_a_year_are_a_year() {
    let desk = Desk::new();
    std::fs::write(desk.path("office.toml"), "[office]\nremind_days = 1000000000\nwarn_days = 1000000000\n").unwrap();
    let mut workspace = lianxi::workspace::Workspace::open(desk.root(), None).expect("a plan");
    workspace.read_records();
    assert_eq!(lianxi::domain::follow::Rules::of(workspace.plan()).remind_days, 366);
}

#[test]
fn the_hundred_and_twentieth_meeting_is_not_called_the_ninety_ninth() {
    let desk = Desk::new();
    let (meeting, _) = planned(&desk);
    desk.edit(&format!("meetings/{meeting}/meeting.toml"), "[meeting]\n", "[meeting]\nnth = 120\n");
    assert_eq!(desk.json(&["meeting", "show", &meeting])["title"], "2025年第120次全体会议");
}
