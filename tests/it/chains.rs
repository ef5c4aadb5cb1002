//! The closure chain on both fronts: where it is broken, and walking from a link to its place and back.

use crate::desk::Desk;
use crate::stage::Stage;
use lianxi::text::Lang;
use serde_json::Value;

const M: &str = "2025-03-10-plenary";

/// A meeting that came from a topic, held before the day of the stage, with three decisions: followed to the receipt, untouched, and
/// without a clause.
fn desk() -> Desk {
    let desk = Desk::new();
    let on = |day: &str, seed: &str, args: &[&str]| -> String {
        let mut command = desk.command(&[&["--today", day], args].concat());
        command.env("LIANXI_SEED", seed);
        let run = crate::desk::finish(command);
        assert_eq!(run.code, 0, "{args:?}: {run:?}");
        run.out.lines().next().unwrap_or_default().to_string()
    };
    let topic = on("2025-02-20", "1", &["topic", "add", "审议2025年要点", "--task", "3.1.2"]);
    on("2025-02-20", "2", &["meeting", "new", "--kind", "plenary", "--date", "2025-03-10"]);
    on("2025-02-20", "3", &["meeting", "agenda", M, "take", &topic]);
    on("2025-02-20", "4", &["meeting", "agenda", M, "add", "e站选址"]);
    on("2025-03-10", "5", &["meeting", "open", M]);
    let first = on(
        "2025-03-10",
        "6",
        &["meeting", "decide", M, "审议2025年要点", "印发要点", "--lead", "jyj", "--due", "6月底前"],
    );
    on(
        "2025-03-10",
        "7",
        &["meeting", "decide", M, "审议2025年要点", "报送县级计划", "--lead", "kjj", "--due", "3月17日"],
    );
    on("2025-03-10", "8", &["meeting", "decide", M, "e站选址", "提出选址方案", "--lead", "kjj"]);
    on("2025-03-10", "9", &["meeting", "next", M, "e站选址"]);
    on("2025-03-10", "9", &["meeting", "close", M]);
    on("2025-03-11", "10", &["decision", "excerpt", &first]);
    on("2025-03-11", "11", &["decision", "receipt", &first]);
    desk
}

fn stage() -> Stage {
    let mut stage = Stage::on(desk(), (80, 24), Lang::Zh);
    stage.keys("<alt-3><right><right><right><right>");
    stage
}

fn missing(chain: &Value) -> &str {
    chain["missing"].as_str().unwrap_or("none")
}

#[test]
fn chains_are_listed_by_the_link_that_is_missing() {
    let desk = desk();
    let all = desk.json(&["chain"]);
    let all = all.as_array().expect("a list");
    let mut found: Vec<&str> = all.iter().map(missing).collect();
    found.sort_unstable();
    assert_eq!(found, ["clause", "excerpt", "reply"]);
    let of = |link: &str| desk.json(&["chain", "--missing", link]).as_array().expect("a list").len();
    assert_eq!([of("any"), of("全部"), of("reply"), of("反馈"), of("evidence")], [3, 3, 1, 1, 0]);
    let run = desk.run(&["chain", "--missing", "nothing"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.talk.contains("佐证（evidence）"), "{run:?}");
    // each link says where it stands
    let whole = all.iter().find(|chain| missing(chain) == "reply").expect("one").clone();
    let link =
        |name: &str| whole["links"].as_array().unwrap().iter().find(|link| link["link"] == name).unwrap().clone();
    assert_eq!(link("clause")["at"], serde_json::json!(["3.1.2"]));
    assert_eq!(link("decision")["at"][0], whole["id"]);
    assert_eq!(link("excerpt")["at"].as_array().unwrap().len(), 1);
    assert_eq!(link("reply")["at"], serde_json::json!([]));
}

#[test]
fn the_list_of_chains_is_narrowed_down_by_the_missing_link() {
    let mut stage = stage();
    let text = stage.text();
    assert!(
        text.contains("3 条链，3 条未闭合") && text.contains("〔反馈？〕") && text.contains("〔条款？〕"),
        "{text}"
    );
    stage.keys("/反馈<enter>");
    let text = stage.text();
    assert!(text.contains("印发要点") && !text.contains("提出选址方案"), "{text}");
    stage.keys("<esc>/zhaib<enter>");
    let text = stage.text();
    assert!(text.contains("报送县级计划") && !text.contains("印发要点"), "{text}");
}

#[test]
fn every_link_leads_to_its_place_and_back_returns() {
    let mut stage = stage();
    stage.keys("/反馈<enter><enter>");
    let chain = stage.text();
    assert!(chain.contains("✓ 条款") && chain.contains("· 反馈"), "{chain}");
    // clause, topic, decision, excerpt: each one row lower
    for (rows, seen) in [(0, "三（一）2"), (1, "新议题 审议2025年要点"), (2, "督办"), (3, "已签收")] {
        stage.keys(&format!("<home>{}<enter>", "<down>".repeat(rows)));
        match rows {
            0 => assert_eq!(stage.selected(), "3.1.2"),
            1 => assert!(stage.text().contains("审议2025年要点") && stage.text().contains("上会"), "{}", stage.text()),
            _ => assert!(stage.text().contains(seen), "{seen}: {}", stage.text()),
        }
        stage.keys("<alt-left>");
        assert!(stage.text().contains("✓ 条款"), "row {rows}: {}", stage.text());
    }
    // forward again, and back
    stage.keys("<home><enter><alt-left><alt-right>");
    assert_eq!(stage.selected(), "3.1.2");
    stage.keys("<alt-left>");
    // Esc leaves the chain for the list it was opened from
    stage.keys("<esc>");
    assert!(stage.text().contains("条链"), "{}", stage.text());
}

#[test]
fn a_missing_link_is_added_where_it_is_seen() {
    let mut stage = stage();
    // the cursor stands where the chain is broken
    stage.keys("/反馈<enter><enter><enter>");
    assert!(stage.text().contains("种类    反馈"), "{}", stage.text());
    stage.keys("<down><down><down>已印发各县<ctrl-s>");
    assert!(stage.text().contains("✓ 反馈"), "{}", stage.text());
    let chain = stage.desk.json(&["chain", "--missing", "evidence"]);
    assert_eq!(chain.as_array().expect("a list").len(), 1);
    // from the clause itself
    stage.keys("<alt-1><ctrl-g>3.1.2<enter>:chain<enter>");
    assert!(stage.text().contains("✓ 条款") && stage.text().contains("报送县级计划"), "{}", stage.text());
}

#[test]
fn findings_are_lines_that_lead_to_their_sentence() {
    let mut stage = Stage::on(desk(), (80, 24), Lang::Zh);
    stage.keys("<alt-3><enter>");
    assert!(stage.text().contains("纪要"), "{}", stage.text());
    stage.keys("<right>");
    let text = stage.text();
    assert!(text.contains("没有完成时限") && text.contains("检查 "), "{text}");
    let counted = stage.desk.run(&["minutes", "lint", M, "--json"]);
    let counted: Value = serde_json::from_str(&counted.out).expect("JSON");
    let count = counted["findings"].as_array().or(counted.as_array()).expect("findings").len();
    assert!(text.contains(&format!("检查 {count}")), "{count}: {text}");
    stage.keys("<enter>");
    let line = stage.lines().into_iter().find(|line| line.starts_with('▌')).expect("a cursor");
    assert!(line.contains("提出选址方案"), "{}", stage.text());
    stage.keys("<alt-left>");
    assert!(stage.text().contains("没有完成时限"), "{}", stage.text());
}

#[test]
fn a_record_without_a_clause_is_found_and_shown_in_its_meeting() {
    let mut stage = Stage::on(desk(), (80, 24), Lang::Zh);
    stage.keys("/提出选址方案<enter>");
    assert!(stage.text().contains("督办") && stage.text().contains("提出选址方案"), "{}", stage.text());
    assert!(!stage.text().contains("┌"), "{}", stage.text());
    stage.keys("<alt-left>");
    assert!(!stage.selected().is_empty());
}

#[test]
fn the_light_of_a_decision_steps_over_the_weekend() {
    // Wednesday 12 March to Monday 17 March: three working days, five calendar days
    let mut stage = Stage::on(desk(), (80, 24), Lang::Zh);
    stage.keys("<alt-3><right><right><right>");
    let line = stage.lines().into_iter().find(|line| line.contains("报送县级计划")).expect("a row");
    assert!(line.contains('近'), "{line}");
    let all = stage.desk.run(&["decisions", "报送", "--json", "--today", "2025-03-12"]);
    assert!(all.out.contains("\"yellow\""), "{}", all.out);
    // tasks and decisions go by one number of days unless the office sets another for decisions
    stage.desk.edit("plan.toml", "warning_days = 3", "warning_days = 2");
    let all = stage.desk.run(&["decisions", "报送", "--json", "--today", "2025-03-12"]);
    assert!(all.out.contains("\"green\""), "{}", all.out);
}

#[test]
fn a_reminder_and_an_excerpt_go_to_one_department_or_for_one_decision() {
    let mut stage = stage();
    stage.keys("/报送<enter>o8");
    let text = stage.text();
    assert!(text.contains("市教育局") && text.contains("只为这一项：报送县级计划"), "{text}");
    stage.keys("jy<enter>");
    let file = format!("out/{M}/提醒函-市教育局.docx");
    assert!(stage.text().contains(&file), "{}", stage.text());
    let own = |stage: &Stage, args: &[&str]| {
        let run = stage.desk.run(&[args, &["-o", "own.docx", "--today", "2025-03-12"]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        std::fs::read(stage.desk.root().join("own.docx")).expect("a file")
    };
    let read = |stage: &Stage, file: &str| std::fs::read(stage.desk.root().join(file)).expect(file);
    assert!(read(&stage, &file) == own(&stage, &["export", "reminder", M, "--unit", "jyj"]));
    let id = stage.desk.json(&["decisions", "报送"])[0]["id"].as_str().expect("an id").to_string();
    let one = own(&stage, &["export", "reminder", "--decision", &id]);
    stage.keys("o8<down><enter>");
    assert!(read(&stage, &format!("out/{M}/提醒函-{id}.docx")) == one, "{}", stage.text());
    // one decision's excerpt is that decision alone, in the format that was chosen
    stage.keys("o7<down><tab><tab><enter>");
    let text = std::fs::read_to_string(stage.desk.root().join(format!("out/{M}/摘办单-{id}.txt"))).expect("a text");
    assert!(text.contains("报送县级计划") && !text.contains("提出选址方案"), "{text}");
}

#[test]
fn a_letter_after_a_reminder_is_of_the_step_that_was_noted() {
    let desk = desk();
    let id = desk.json(&["decisions", "报送"])[0]["id"].as_str().expect("an id").to_string();
    let on = |args: &[&str]| {
        let run = desk.run(&[args, &["--today", "2025-03-13"]].concat());
        assert_eq!(run.code, 0, "{run:?}");
        run.out
    };
    on(&["remind", &id]);
    let letter = on(&["export", "reminder", M, "--decision", &id, "--format", "txt"]);
    assert!(letter.contains("提醒函") && !letter.contains("催办单"), "{letter}");
}
