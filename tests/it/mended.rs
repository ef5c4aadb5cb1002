//! What an hour of use found: each test failed before its mend.

use crate::desk::Desk;
use crate::stage::Stage;
use std::fs;

#[test]
fn a_note_that_was_not_saved_comes_back_after_a_restart() {
    let mut stage = Stage::usual();
    stage.keys("<ctrl-g>3.1.2<enter>p写到一半<esc>q");
    let mut stage = stage.again();
    stage.keys("p");
    assert!(stage.text().contains("写到一半"), "{}", stage.text());
}

#[test]
fn a_whole_log_can_be_read_on_a_small_screen() {
    let desk = Desk::new();
    for text in ["一", "二", "三", "四", "五", "六"] {
        desk.done(&["note", "3.1.2", &format!("第{text}条备注")]);
    }
    let mut stage = Stage::on(desk, (80, 24), lianxi::text::Lang::Zh);
    stage.keys("<ctrl-g>3.1.2<enter>o<end>");
    assert!(stage.text().contains("第一条备注"), "{}", stage.text());
}

#[test]
fn making_another_department_the_lead_of_a_task_keeps_the_old_one_as_responsible() {
    let mut stage = Stage::usual();
    stage.keys("<ctrl-g>3.1.2<enter>akjj<enter><esc>");
    let desk = stage.desk.json(&["show", "3.1.2"]);
    assert_eq!(desk["lead"], "市科技局");
    let responsible = desk["responsible"].as_array().expect("a list");
    assert!(responsible.iter().any(|unit| unit == "市教育局"), "{responsible:?}");
}

#[test]
fn the_inherited_lead_cannot_be_taken_from_a_single_task() {
    let desk = Desk::new();
    let before = desk.files();
    assert_eq!(desk.run(&["assign", "3.1.2", "--remove", "市教育局"]).code, 1);
    assert_eq!(desk.files(), before);
}

#[test]
fn what_somebody_put_back_does_not_bar_the_way_to_earlier_steps() {
    let desk = Desk::new();
    let start = desk.files();
    desk.done(&["mark", "3.1.1", "doing"]);
    let before = desk.text("tasks/3.1.toml");
    desk.done(&["mark", "3.1.2", "doing"]);
    fs::write(desk.path("tasks/3.1.toml"), before).expect("written");
    desk.done(&["undo"]);
    desk.done(&["undo"]);
    assert_eq!(desk.files(), start);
}

#[test]
fn tasks_of_a_damaged_file_are_told_as_unknown() {
    let desk = Desk::new();
    fs::write(desk.path("tasks/3.2.toml"), "[").expect("written");
    let run = desk.run(&["--json", "tasks"]);
    assert_eq!(run.code, 3);
    let tasks: serde_json::Value = serde_json::from_str(&run.out).expect("JSON all the same");
    let task =
        tasks.as_array().and_then(|tasks| tasks.iter().find(|task| task["id"] == "3.2.1")).expect("it is listed");
    assert!(task["status"].is_null() && task["light"].is_null(), "{task}");
}

#[test]
fn a_lost_plan_file_is_named_and_the_plan_not_denied() {
    let desk = Desk::new();
    fs::remove_file(desk.path("plan.toml")).expect("removed");
    let run = desk.run(&["check"]);
    assert_eq!(run.code, 3);
    assert!(run.out.contains("plan.toml"), "{}{}", run.out, run.talk);
}

#[test]
fn a_log_folder_that_cannot_be_listed_is_a_finding() {
    let desk = Desk::new();
    fs::write(desk.path("log"), "a file where a folder should be").expect("written");
    assert_eq!(desk.run(&["check"]).code, 3);
}

#[test]
fn the_marks_of_a_merge_are_one_finding() {
    let desk = Desk::new();
    let text = desk.text("units.toml");
    fs::write(desk.path("units.toml"), format!("<<<<<<< ours\n=======\n{text}>>>>>>> theirs\n")).expect("written");
    let run = desk.run(&["--json", "check"]);
    let findings: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let of_units = findings.as_array().expect("a list").iter();
    let of_units: Vec<_> = of_units.filter(|f| f["file"].as_str().is_some_and(|f| f.ends_with("units.toml"))).collect();
    assert_eq!(of_units.len(), 1, "{of_units:?}");
    assert_eq!(of_units[0]["rule"], "merge-conflict");
}
