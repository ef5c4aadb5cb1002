//! Following decisions up: steps, the ladder, the register, the chain; on one machine and on two.

use super::{Hall, moment};
use lianxi::domain::follow::{Follow, StepKind};
use lianxi::domain::{RecordId, RecordKind};
use lianxi::ops::{self, StepRequest};
use serde_json::Value;
use std::process::Command;

const PLAIN: (&str, &str, &[&str], &str) = ("编制科普资源清单", "市科协", &["市教育局"], "9月底前");

fn hall() -> (Hall, String) {
    let hall = Hall::new(&[PLAIN]).close();
    let id = hall.decision();
    (hall, id)
}

fn git(hall: &Hall, args: &[&str]) {
    let named = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").args(named).args(args).current_dir(hall.desk.root()).output().expect("git runs");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn step(hall: &Hall, id: &str, request: StepRequest, today: &str, second: u32, chance: u32) {
    let outcome = RecordId::new(RecordKind::Outcome, hall.meeting.as_str(), id);
    let now = ops::Moment { chance, ..moment(today, second) };
    ops::follow_step(&mut hall.open(), &now, &outcome, &request).expect("noted");
}

fn status(hall: &Hall, today: &str) -> String {
    hall.decisions(&[], today)[0]["status"].as_str().expect("a status").to_string()
}

#[test]
fn a_decision_goes_from_excerpt_to_closed_and_can_be_reopened() {
    let (hall, id) = hall();
    let run = |args: &[&str], today: &str| hall.desk.run(&[&["decision"], args, &["--today", today]].concat());
    let done = |args: &[&str], today: &str| {
        let run = run(args, today);
        assert_eq!(run.code, 0, "{args:?}: {run:?}");
    };
    assert_eq!(status(&hall, "2025-06-18"), "open");
    done(&["track", &id], "2025-06-18");
    assert_eq!(status(&hall, "2025-06-18"), "assigned");
    done(&["excerpt", &id], "2025-06-18");
    let one = &hall.decisions(&[], "2025-06-18")[0];
    assert_eq!(one["sent"].as_array().map(Vec::len), Some(2), "lead and co-department: {one}");
    done(&["receipt", &id, "--unit", "kx"], "2025-06-19");
    assert_eq!(run(&["receipt", &id, "--unit", "kx"], "2025-06-20").code, 1, "received twice");
    assert_eq!(run(&["receipt", &id, "--unit", "市林业局"], "2025-06-20").code, 1, "not involved");
    assert_eq!(status(&hall, "2025-06-20"), "received");
    assert_eq!(run(&["report", &id], "2025-07-01").code, 1, "a report says something");
    done(&["report", &id, "--text", "已完成初稿"], "2025-07-01");
    assert_eq!(run(&["signoff", &id, "--by", "陈局长"], "2025-07-02").code, 1, "no evidence");
    done(&["evidence", &id, "--text", "清单.xlsx"], "2025-07-02");
    done(&["rework", &id, "--reason", "缺两个县"], "2025-07-03");
    assert_eq!(status(&hall, "2025-07-03"), "rework");
    assert_eq!(run(&["signoff", &id, "--by", "陈局长"], "2025-07-03").code, 1, "evidence has to come anew");
    done(&["evidence", &id, "--text", "清单（补）.xlsx"], "2025-07-10");
    assert_eq!(run(&["signoff", &id, "--by", "陈局长", "--text", "再议"], "2025-07-11").code, 1, "no consent");
    done(&["signoff", &id, "--by", "陈局长", "--text", "同意"], "2025-07-11");
    assert_eq!(status(&hall, "2025-07-11"), "signing");
    assert_eq!(run(&["signoff", &id, "--by", "陈局长"], "2025-07-11").code, 1, "one person signs once");
    done(&["signoff", &id, "--by", "李明"], "2025-07-12");
    let one = &hall.decisions(&["closed"], "2025-07-12")[0];
    assert_eq!(
        (&one["status"], &one["closed"], &one["light"]),
        (&"closed".into(), &"2025-07-12".into(), &"green".into())
    );
    assert_eq!(run(&["report", &id, "--text", "又一条"], "2025-07-13").code, 1, "closed");
    assert_eq!(run(&["reopen", &id], "2025-07-13").code, 1, "a reason");
    done(&["reopen", &id, "--reason", "抽查不实"], "2025-07-13");
    assert_eq!(status(&hall, "2025-07-13"), "reopened");
}

#[test]
fn a_wrong_assignment_comes_back_within_the_days_and_is_given_to_another() {
    let (hall, id) = hall();
    let run = |args: &[&str], today: &str| hall.desk.run(&[&["decision"], args, &["--today", today]].concat());
    assert_eq!(run(&["excerpt", &id], "2025-06-18").code, 0);
    assert_eq!(run(&["receipt", &id], "2025-06-19").code, 0);
    // seven working days from the 19th: to Monday the 30th
    assert_eq!(run(&["return", &id, "--reason", "不属本单位职责"], "2025-07-01").code, 1);
    assert_eq!(run(&["return", &id], "2025-06-30").code, 1, "a reason");
    assert_eq!(run(&["return", &id, "--reason", "不属本单位职责", "--proposal", "市科技局"], "2025-06-30").code, 0);
    assert_eq!(status(&hall, "2025-06-30"), "returned");
    assert_eq!(run(&["reassign", &id], "2025-07-01").code, 1, "to whom");
    assert_eq!(run(&["reassign", &id, "--unit", "市科技局"], "2025-07-01").code, 0);
    let one = &hall.decisions(&[], "2025-07-01")[0];
    assert_eq!((&one["status"], &one["lead"]), (&"assigned".into(), &"市科技局".into()));
    assert_eq!(hall.decisions(&["市科技局"], "2025-07-01").len(), 1);
}

#[test]
fn an_extension_is_asked_for_before_the_deadline_and_the_first_one_is_kept() {
    let (hall, id) = hall();
    let run = |due: &str, today: &str| {
        hall.desk.run(&["decision", "extend", &id, "--due", due, "--reason", "样本未齐", "--today", today]).code
    };
    assert_eq!(run("2025-10-31", "2025-10-01"), 1, "too late");
    assert_eq!(run("2025-09-01", "2025-09-01"), 1, "no later");
    assert_eq!(run("2025-10-31", "2025-09-30"), 0);
    assert_eq!(run("2025-11-30", "2025-10-31"), 0);
    let one = &hall.decisions(&[], "2025-11-01")[0];
    assert_eq!(one["due"], "2025-11-30");
    assert_eq!((&one["original_due"], &one["postponements"]), (&"2025-09-30".into(), &2.into()));
}

#[test]
fn reminders_climb_a_rung_where_the_last_went_unanswered() {
    let (hall, id) = hall();
    std::fs::create_dir(hall.desk.root().join("calendar")).expect("folder");
    let announced = concat!(env!("CARGO_MANIFEST_DIR"), "/calendar/2025.toml");
    std::fs::copy(announced, hall.desk.root().join("calendar/2025.toml")).expect("copied");
    let remind = |today: &str| hall.desk.run(&["remind", &id, "--today", today]);
    let last = |today: &str| {
        let all = hall.decisions(&[], today)[0]["reminders"].as_array().expect("a list").clone();
        all.last().map(|one| one["step"].as_str().expect("a step").to_string()).unwrap_or_default()
    };
    // due on Tuesday 30 September: three working days before is Friday the 26th, since Sunday the 28th is worked
    let early = remind("2025-09-25");
    assert_eq!(early.code, 1, "{early:?}");
    assert!(early.talk.contains("2025-09-26"), "{early:?}");
    assert_eq!(remind("2025-09-26").code, 0);
    assert_eq!(last("2025-09-26"), "remind");
    assert_eq!(remind("2025-09-26").code, 1, "never two on one day");
    // the week of National Day is no working week
    assert_eq!(remind("2025-10-08").code, 1);
    assert_eq!(remind("2025-10-09").code, 0);
    assert_eq!(last("2025-10-09"), "press");
    assert_eq!(remind("2025-10-10").code, 1);
    // answered: no rung higher for it
    let reply = hall.desk.run(&["decision", "reply", &id, "--text", "月底完成", "--today", "2025-10-10"]);
    assert_eq!(reply.code, 0, "{reply:?}");
    assert_eq!(remind("2025-10-13").code, 1);
    assert_eq!(remind("2025-10-14").code, 0);
    assert_eq!(last("2025-10-14"), "press");
    assert_eq!(remind("2025-10-15").code, 0);
    assert_eq!(last("2025-10-15"), "warn");
    assert_eq!(remind("2025-10-16").code, 1, "there is no higher rung");
}

#[test]
fn the_register_answers_by_state_department_meeting_and_words() {
    let hall = Hall::new(&[PLAIN, ("完善联络员制度", "市教育局", &[], "6月20日前"), ("开展督查", "", &[], "")]).close();
    let count = |filter: &[&str]| hall.decisions(filter, "2025-07-01").len();
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&["open"]), 3);
    assert_eq!(count(&["overdue"]), 1);
    assert_eq!(count(&["holes"]), 1);
    assert_eq!(count(&["市教育局"]), 2);
    assert_eq!(count(&["sjyj", "overdue"]), 1);
    assert_eq!(count(&["2025-06"]), 3);
    assert_eq!(count(&["zyqd"]), 1, "pinyin");
    assert_eq!(count(&["没有的字"]), 0);
    let overdue: &Value = &hall.decisions(&["overdue"], "2025-07-01")[0];
    for name in ["id", "text", "lead", "with", "due", "status", "meeting", "item", "task"] {
        assert!(overdue.get(name).is_some(), "{name}: {overdue}");
    }
    assert_eq!((&overdue["light"], &overdue["days_left"]), (&"red".into(), &(-7).into()));
}

#[test]
fn the_chain_says_where_it_is_broken() {
    let (hall, id) = hall();
    let missing = || hall.desk.json(&["chain", &id])["missing"].clone();
    assert_eq!(missing(), "clause");
    hall.desk.done(&["decision", "excerpt", &id]);
    let links = hall.desk.json(&["chain", &id])["links"].clone();
    let found: Vec<_> = links
        .as_array()
        .expect("links")
        .iter()
        .filter(|one| one["found"] == true)
        .map(|one| one["link"].clone())
        .collect();
    assert_eq!(found, ["topic", "decision", "excerpt"]);
    assert_eq!(hall.desk.json(&["chain"]).as_array().map(Vec::len), Some(1));
}

#[test]
fn steps_of_two_machines_merge_clean_and_are_read_in_one_order() {
    let (hall, id) = hall();
    let git = |args: &[&str]| git(&hall, args);
    git(&["add", "."]);
    git(&["commit", "-qm", "base"]);
    git(&["branch", "-M", "main"]);
    let step = |kind, text: &str, by: &str, today: &str, second, chance| {
        step(
            &hall,
            &id,
            StepRequest { text: text.into(), by: by.into(), ..StepRequest::new(kind) },
            today,
            second,
            chance,
        );
    };
    step(StepKind::Excerpt, "", "", "2025-06-18", 1, 1);
    git(&["add", "."]);
    git(&["commit", "-qm", "sent"]);
    git(&["checkout", "-qb", "other"]);
    step(StepKind::Evidence, "清单.xlsx", "", "2025-07-02", 40, 2);
    step(StepKind::Signoff, "", "陈局长", "2025-07-03", 50, 2);
    git(&["add", "."]);
    git(&["commit", "-qm", "other"]);
    git(&["checkout", "-q", "main"]);
    step(StepKind::Report, "已完成", "", "2025-07-01", 40, 3);
    step(StepKind::Evidence, "照片.jpg", "", "2025-07-02", 40, 3);
    step(StepKind::Signoff, "", "李明", "2025-07-03", 50, 3);
    git(&["add", "."]);
    git(&["commit", "-qm", "main"]);
    git(&["merge", "-q", "--no-edit", "other"]);
    let workspace = hall.open();
    assert_eq!(workspace.problems().count(), 0);
    let outcome = RecordId::new(RecordKind::Outcome, hall.meeting.as_str(), id.as_str());
    let follow = Follow::of(workspace.plan(), &outcome).expect("a decision");
    assert!(follow.is_closed(), "two people on two machines have signed: {follow:?}");
    assert_eq!(follow.evidence.len(), 2);
}

#[test]
fn a_second_reopening_from_another_machine_takes_nothing_away() {
    let (hall, id) = hall();
    let git = |args: &[&str]| git(&hall, args);
    let step = |kind, text: &str, by: &str, today: &str, chance| {
        step(&hall, &id, StepRequest { text: text.into(), by: by.into(), ..StepRequest::new(kind) }, today, 1, chance);
    };
    let keep = |message: &str| {
        git(&["add", "."]);
        git(&["commit", "-qm", message]);
    };
    step(StepKind::Evidence, "清单.xlsx", "", "2025-07-01", 1);
    step(StepKind::Signoff, "", "陈局长", "2025-07-02", 1);
    step(StepKind::Signoff, "", "李明", "2025-07-03", 1);
    keep("closed");
    git(&["branch", "-M", "main"]);
    git(&["checkout", "-qb", "other"]);
    step(StepKind::Reopen, "抽查不实", "", "2025-07-10", 2);
    keep("other");
    git(&["checkout", "-q", "main"]);
    step(StepKind::Reopen, "缺两个县", "", "2025-07-08", 3);
    step(StepKind::Evidence, "清单（补）.xlsx", "", "2025-07-09", 3);
    keep("main");
    git(&["merge", "-q", "--no-edit", "other"]);
    let outcome = RecordId::new(RecordKind::Outcome, hall.meeting.as_str(), id.as_str());
    let follow = Follow::of(hall.open().plan(), &outcome).expect("a decision");
    assert_eq!((follow.reopened, follow.evidence.len()), (1, 1), "what came after the first stands: {follow:?}");
}
