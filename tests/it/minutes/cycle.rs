//! A whole year of the office on the command line: topic, liaison meeting, plenary, minutes, follow-up, next meeting.

use super::Desk;
use serde_json::Value;

fn id(made: &Value) -> String {
    made["id"].as_str().expect("something was made").to_string()
}

#[test]
fn a_whole_cycle_from_the_topic_to_the_next_meeting() {
    let desk = Desk::new();
    std::fs::create_dir(desk.root().join("calendar")).expect("folder");
    let announced = concat!(env!("CARGO_MANIFEST_DIR"), "/calendar/2025.toml");
    std::fs::copy(announced, desk.root().join("calendar/2025.toml")).expect("copied");
    let done = |today: &str, args: &[&str]| desk.done(&[args, &["--today", today]].concat());
    let json = |today: &str, args: &[&str]| desk.json(&[args, &["--today", today]].concat());

    // the pool, and the liaison meeting that prepares the plenary
    let topic = ["topic", "add", "建设科普e站", "--unit", "jyj", "--task", "3.1.2", "--question", "是否建设"];
    let topic = id(&json("2025-05-12", &topic));
    done("2025-05-12", &["topic", "accept", &topic]);
    let plenary = ["meeting", "new", "--kind", "plenary", "--date", "2025-06-12", "--chair", "副市长 李明"];
    let plenary = id(&json("2025-05-15", &[&plenary[..], &["--place", "市政府三楼会议室"]].concat()));
    let liaison = id(&json("2025-05-15", &["meeting", "new", "--kind", "liaison", "--date", "2025-05-28"]));
    let prepared = id(&json("2025-05-16", &["meeting", "agenda", &liaison, "add", "年度要点怎么写", "--unit", "kx"]));
    for act in ["notify", "open"] {
        done("2025-05-28", &["meeting", act, &liaison]);
    }
    settle(&desk, &liaison, &prepared, "2025-05-28");
    done("2025-05-28", &["meeting", "decide", &liaison, &prepared, "同意提交全体会议审议"]);
    done("2025-05-28", &["meeting", "close", &liaison]);

    // the plenary
    done("2025-05-29", &["meeting", "agenda", &plenary, "take", &topic]);
    let shown = json("2025-05-29", &["meeting", "show", &plenary]);
    let agenda = shown["agenda"].as_array().expect("a list").clone();
    let item = agenda.iter().find(|one| one["topic"] == topic.as_str()).expect("the topic is on").clone();
    let item = item["id"].as_str().expect("an id");
    done("2025-06-05", &["meeting", "notify", &plenary]);
    done("2025-06-12", &["meeting", "open", &plenary]);
    done("2025-06-12", &["meeting", "attend", &plenary, "jyj", "leave"]);
    done("2025-06-12", &["meeting", "attend", &plenary, "all", "present"]);
    let record = ["meeting", "record", &plenary, item, "经费恐怕难以落实", "--speaker", "王五", "--kind", "dissent"];
    done("2025-06-12", &record);
    let decide = ["meeting", "decide", &plenary, item, "建成20个科普e站", "--lead", "kx", "--with", "jyj"];
    let decision = id(&json("2025-06-12", &[&decide[..], &["--due", "9月底前"]].concat()));
    settle(&desk, &plenary, item, "2025-06-12");
    done("2025-06-12", &["meeting", "close", &plenary]);

    // minutes
    let composed = json("2025-06-13", &["minutes", "compose", &plenary]);
    let text = composed["text"].as_str().expect("text");
    assert!(text.contains("由市科协牵头，市教育局配合，于9月底前"), "{text}");
    assert!(text.contains("应到28个单位，实到27个，请假1个"), "{text}");
    assert!(!text.contains("王五") && !text.contains("难以落实"), "{text}");
    let lint = desk.run(&["minutes", "lint", &plenary]);
    assert_eq!(lint.code, 0, "{lint:?}");
    done("2025-06-13", &["minutes", "confirm", &plenary, "kx", "--by", "陈局长"]);
    for stage in ["draft", "check", "countersign", "sign", "issue"] {
        done("2025-06-16", &["minutes", "stage", &plenary, stage, "--by", "李明"]);
    }
    let shown = json("2025-06-16", &["minutes", "show", &plenary]);
    assert_eq!((&shown["number"], &shown["stage"]), (&"〔2025〕1号".into(), &"issue".into()));
    let refused = desk.run(&["meeting", "close", &plenary]);
    assert_eq!(refused.code, 1, "a decision is open: {refused:?}");

    // excerpts, receipt, a return that is answered, reminder, report, evidence, sign-offs
    done("2025-06-17", &["decision", "excerpt", &decision]);
    done("2025-06-18", &["decision", "receipt", &decision]);
    done("2025-06-19", &["decision", "receipt", &decision, "--unit", "jyj"]);
    done("2025-09-26", &["remind", &decision]);
    done("2025-09-27", &["decision", "report", &decision, "--text", "已建成18个"]);
    done("2025-09-28", &["decision", "extend", &decision, "--due", "2025-10-31", "--reason", "两处选址未定"]);
    done("2025-10-20", &["decision", "report", &decision, "--text", "20个全部建成"]);
    done("2025-10-21", &["decision", "evidence", &decision, "--text", "验收表.pdf"]);
    done("2025-10-22", &["decision", "signoff", &decision, "--by", "陈局长"]);
    done("2025-10-23", &["decision", "signoff", &decision, "--by", "李明", "--text", "同意"]);
    let listed = json("2025-10-24", &["decisions", &plenary]);
    let one = listed.as_array().expect("a list").iter().find(|one| one["id"] == decision.as_str()).expect("listed");
    assert_eq!((&one["status"], &one["original_due"]), (&"closed".into(), &"2025-09-30".into()));
    assert_eq!(json("2025-10-24", &["chain", &decision])["missing"], "reported");
    done("2025-10-24", &["meeting", "close", &plenary]);
    assert_eq!(json("2025-10-24", &["meeting", "show", &plenary])["state"], "closed");

    // the next meeting opens with what became of it
    let next = id(&json("2025-10-27", &["meeting", "new", "--kind", "plenary", "--date", "2025-12-10"]));
    let shown = json("2025-10-27", &["meeting", "show", &next]);
    for act in ["notify", "open"] {
        done("2025-12-10", &["meeting", act, &next]);
    }
    let first = shown["agenda"][0].clone();
    assert_eq!(first["kind"], "follow_up", "{shown}");
    let first = first["id"].as_str().expect("an id");
    done("2025-12-10", &["meeting", "record", &next, first, "通报了落实情况"]);
    settle(&desk, &next, first, "2025-12-10");
    done("2025-12-10", &["meeting", "close", &next]);
    assert_eq!(json("2025-12-11", &["chain", &decision])["missing"], Value::Null);
    assert_eq!(desk.run(&["check"]).code, 0);
    // every step of the office can be taken back
    let steps = (0..400).take_while(|_| desk.run(&["undo"]).code == 0).count();
    assert!(steps > 30, "{steps}");
}

/// Puts off what the session has not come to, but for one item.
fn settle(desk: &Desk, meeting: &str, but: &str, today: &str) {
    let shown = desk.json(&["meeting", "show", meeting]);
    for item in shown["agenda"].as_array().expect("a list") {
        let id = item["id"].as_str().expect("an id");
        if id != but && item["state"] == "open" {
            desk.done(&["meeting", "postpone", meeting, id, "--today", today]);
        }
    }
}
