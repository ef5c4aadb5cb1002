//! The verbs that only look: the facts of the plan as JSON, and what people see.

use crate::desk::{Desk, PLAN};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a JSON array")
}

fn strings(value: &Value) -> Vec<&str> {
    list(value).iter().map(|item| item.as_str().unwrap()).collect()
}

/// All nodes of a tree with their depth.
fn flat(nodes: &Value, depth: usize, out: &mut Vec<(usize, Value)>) {
    for node in list(nodes) {
        out.push((depth, node.clone()));
        flat(&node["children"], depth + 1, out);
    }
}

#[test]
fn the_tree_has_five_chapters_seventeen_headings_and_sixty_items() {
    let desk = Desk::new();
    let tree = desk.json(&["tree"]);
    let mut nodes = Vec::new();
    flat(&tree, 0, &mut nodes);
    let at = |depth| nodes.iter().filter(|(d, _)| *d == depth).count();
    assert_eq!([at(0), at(1), at(2)], [5, 17, 60]);
    let of = |kind: &str| nodes.iter().filter(|(_, node)| node["kind"] == kind).count();
    assert_eq!([of("chapter"), of("heading"), of("principle"), of("task"), of("measure")], [5, 17, 4, 44, 12]);
    let node = &nodes.iter().find(|(_, node)| node["id"] == "3.1.2").unwrap().1;
    assert_eq!(node["number"], "2.");
    assert_eq!(node["title"], "提升基础教育阶段科学教育水平");
    assert_eq!(node["printed"], "三（一）2");
    let keys: Vec<&String> = node.as_object().unwrap().keys().collect();
    assert!(["id", "number", "kind", "title", "children"].iter().all(|key| keys.iter().any(|k| k == key)));
    assert_eq!(list(&desk.json(&["tree", "--depth", "1"]))[2]["children"], json!([]));
}

#[test]
fn tasks_are_forty_four_and_measures_twelve() {
    let desk = Desk::new();
    let tasks = desk.json(&["tasks"]);
    assert_eq!(list(&tasks).len(), 44);
    assert_eq!(list(&desk.json(&["tasks", "--measures"])).len(), 56);
    let in_row = |row: &str| {
        let ids = list(&tasks).iter().map(|task| task["id"].as_str().unwrap());
        ids.filter(|id| id.rsplit_once('.').unwrap().0 == row).count()
    };
    let rows = ["3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.2", "4.3", "4.4", "4.5"];
    assert_eq!(rows.map(in_row), [7, 5, 4, 3, 3, 4, 3, 5, 6, 4]);
    let task = &list(&tasks)[1];
    assert_eq!(task["lead"], "市教育局");
    assert_eq!(task["status"], "todo");
    assert_eq!((&task["due"], &task["due_text"], &task["original_due"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!((&task["light"], &task["notes"], &task["joint_leads"]), (&json!("none"), &json!(0), &json!([])));
}

#[test]
fn the_matrix_has_ten_rows_and_sixty_seven_responsible_cells() {
    let desk = Desk::new();
    let matrix = desk.json(&["matrix"]);
    let rows = list(&matrix["rows"]);
    assert_eq!(list(&matrix["units"]).len(), 28);
    assert!(rows.iter().all(|row| row["lead"].is_string() && row["title"] != ""));
    let cells: Vec<usize> = rows.iter().map(|row| list(&row["responsible"]).len()).collect();
    assert_eq!(cells, [7, 6, 7, 7, 3, 9, 9, 11, 4, 4]);
    // the order inside a cell is the one printed
    assert_eq!(strings(&rows[4]["responsible"]), ["市人力资源社会保障局", "市科技局", "市科协"]);
    let groups: Vec<(&str, usize)> = list(&matrix["groups"])
        .iter()
        .map(|group| (group["group"].as_str().unwrap(), list(&group["units"]).len()))
        .collect();
    assert_eq!(groups, [("party", 6), ("government", 16), ("mass", 4), ("vertical", 2)]);
}

#[test]
fn units_are_found_by_name_pinyin_and_initials() {
    let desk = Desk::new();
    assert_eq!(list(&desk.json(&["units"])).len(), 28);
    for name in ["市教育局", "清远市教育局", "教育局", "sjyj", "shijiaoyuju"] {
        let units = desk.json(&["units", name]);
        assert_eq!(list(&units).len(), 1, "{name}");
        assert_eq!(units[0]["name"], "市教育局", "{name}");
        assert_eq!(units[0]["leads"], json!(["3.1"]));
    }
    let many = desk.run(&["units", "科"]);
    assert_eq!(many.code, 1);
    assert_eq!(many.talk, "错误：“科”可以是：市科技局、市科协。请写得再全一些。\n");
}

#[test]
fn targets_are_five_records() {
    let targets = Desk::new().json(&["targets"]);
    let shape: Vec<_> = list(&targets)
        .iter()
        .map(|t| {
            format!(
                "{}{}{} {} {}",
                t["comparison"].as_str().unwrap(),
                t["value"],
                t["unit"].as_str().unwrap(),
                t["due"],
                t["soft"]
            )
        })
        .collect();
    let expected = [">16% 2025 false", ">=1个 2025 true", ">=50个 2025 true", "=1个 2025 true", "=200名 2025 false"];
    assert_eq!(shape, expected);
    assert_eq!(targets[0]["baseline"], json!({ "value": 9.8, "year": 2020 }));
}

#[test]
fn a_place_is_shown_in_every_bracket_width_with_text_as_read_and_as_scraped() {
    let desk = Desk::new();
    for id in ["3.1.2", "三（一）2", "三(一)2", "三（一）２"] {
        let node = desk.json(&["show", id]);
        assert_eq!(node["id"], "3.1.2", "{id}");
        assert_ne!(node["text"], node["scraped"]);
        assert!(!list(&node["repairs"]).is_empty());
        assert_eq!(node["state"]["status"], "todo");
    }
    let heading = desk.json(&["show", "3.1"]);
    assert_eq!(list(&heading["children"]).len(), 7);
    assert_eq!(list(&heading["paragraphs"]).len(), 1);
    assert_eq!(heading["state"], Value::Null);
}

#[test]
fn search_finds_by_characters_pinyin_and_initials() {
    let desk = Desk::new();
    let ids = |query: &[&str]| {
        let hits = desk.json(&[&["search"], query].concat());
        list(&hits).iter().map(|hit| hit["id"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["qsn"])[0], "3.1");
    assert_eq!(ids(&["青少年"])[0], "3.1");
    assert_eq!(ids(&["sjyj"])[0], "市教育局");
    assert_eq!(desk.json(&["search", "sjyj"])[0]["kind"], "unit");
    assert_eq!(ids(&["三（一）2"])[0], "3.1.2");
    desk.done(&["note", "3.1.2", "已与电视台联系"]);
    let hits = desk.json(&["search", "电视台"]);
    assert!(list(&hits).iter().any(|hit| hit["kind"] == "note" && hit["id"] == "3.1.2"));
    let none = desk.run(&["search", "月球背面"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
}

#[test]
fn plans_and_check_know_the_plan_and_find_it_sound() {
    let desk = Desk::new();
    let plans = desk.json(&["plans"]);
    assert_eq!(plans[0]["id"], PLAN);
    assert!(plans[0]["title"].as_str().unwrap().starts_with("清远市全民科学素质行动规划纲要实施方案"));
    assert_eq!(desk.json(&["check"]), json!([]));
    assert_eq!(desk.done(&["check"]).talk, "没有发现问题。\n");
}

#[test]
fn tables_line_up_and_stay_within_eighty_columns() {
    let desk = Desk::new();
    desk.done(&["deadline", "3.1.2", "9月底前"]);
    for args in [&["matrix"][..], &["show", "3.1.2"], &["targets"], &["units", "市科协"]] {
        let out = desk.done(args).out;
        let widest = out.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= 80, "{args:?} is {widest} wide");
        assert!(!out.contains('\x1b') && out.lines().all(|line| line == line.trim_end()), "{args:?}");
    }
    let tasks = desk.done(&["tasks"]).out;
    let column = |line: &str, word: &str| line[..line.find(word).unwrap()].width();
    let lines: Vec<&str> = tasks.lines().collect();
    assert_eq!(column(lines[0], "标题"), column(lines[1], "将弘扬"));
    assert_eq!(column(lines[0], "完成时限"), column(lines[2], "2025-09-30"));
}

#[test]
fn options_stand_before_and_after_the_verb() {
    let desk = Desk::new();
    let root = desk.root().to_str().unwrap();
    let a = desk.done(&["--json", "--plan", PLAN, "--dir", root, "tree"]).out;
    let b = desk.done(&["tree", "--dir", root, "--plan", PLAN, "--json"]).out;
    assert_eq!(a, b);
    let light = |args: &[&str]| desk.json(args)[1]["light"].clone();
    desk.done(&["deadline", "3.1.2", "2025-06-30"]);
    assert_eq!(light(&["tasks"]), "green");
    assert_eq!(light(&["--today", "2025-06-27", "tasks"]), "yellow");
    assert_eq!(light(&["tasks", "--today", "2025-07-01"]), "red");
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_it_quietly() {
    use std::process::Stdio;
    let desk = Desk::new();
    let mut child =
        desk.command(&["show", "1.p3", "--json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}
