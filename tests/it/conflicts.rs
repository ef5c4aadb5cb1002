//! Conflicts from the merge driver to the choice: git merges with us as its driver, and somebody settles what is left.

use super::desk::{Desk, PLAN, Run};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Two branches of a desk's plan.
struct Two {
    desk: Desk,
}

impl Two {
    /// A repository with the plan in it, and the program as its merge driver.
    fn new() -> Two {
        let two = Two { desk: Desk::new() };
        let driver = format!("'{}' merge-file %O %A %B %P", env!("CARGO_BIN_EXE_lianxi"));
        two.git(&["config", "merge.lianxi.driver", &driver]);
        two.git(&["config", "merge.lianxi.name", "lianxi"]);
        fs::write(two.desk.root().join(".gitattributes"), "plans/** merge=lianxi\n").unwrap();
        two.commit("base");
        two
    }

    fn git(&self, args: &[&str]) -> Run {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=t", "-c", "user.email=t@t"]).args(args).current_dir(self.desk.root());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C");
        command.env("LIANXI_TODAY", "2025-06-10");
        super::desk::finish(command)
    }

    fn commit(&self, message: &str) {
        assert_eq!(self.git(&["add", "-A"]).code, 0);
        let run = self.git(&["commit", "-qm", message, "--allow-empty"]);
        assert_eq!(run.code, 0, "{run:?}");
    }

    /// Does something on a branch from the same base, as somebody.
    fn branch(&self, name: &str, who: &str, verbs: &[&[&str]]) {
        self.git(&["checkout", "-q", "-B", name, "base"]);
        for verb in verbs {
            let mut command = self.desk.command(verb);
            command.env("LIANXI_AUTHOR", who).env("LIANXI_SEED", who.len().to_string());
            let run = super::desk::finish(command);
            assert_eq!(run.code, 0, "{verb:?} {run:?}");
        }
        self.commit(name);
    }

    /// Both sides, merged into the first.
    fn merged(ours: &[&[&str]], theirs: &[&[&str]]) -> (Two, Run) {
        let two = Two::new();
        two.git(&["tag", "base"]);
        two.branch("theirs", "小李子", theirs);
        two.branch("ours", "小王", ours);
        let run = two.git(&["merge", "-q", "theirs"]);
        (two, run)
    }

    fn conflicts(&self) -> Vec<Value> {
        let run = self.desk.run(&["conflicts", "--json"]);
        let list: Vec<Value> = serde_json::from_str(&run.out).unwrap();
        assert_eq!(run.code, if list.is_empty() { 0 } else { 4 }, "{run:?}");
        list
    }

    fn due(&self, id: &str) -> Value {
        self.desk.json(&["show", id])["state"]["due"].clone()
    }
}

#[test]
fn a_clerk_settles_what_two_people_wrote() {
    let (two, run) = Two::merged(
        &[
            &["deadline", "3.1.1", "2025-06-30"],
            &["deadline", "3.1.1", "2025-09-30", "--reason", "第2次会议"],
            &["mark", "3.1.2", "doing"],
        ],
        &[&["deadline", "3.1.1", "2025-12-31"], &["mark", "3.1.3", "doing"]],
    );
    assert_eq!(run.code, 1, "git calls it a conflict: {run:?}");
    let list = two.conflicts();
    let [conflict] = &list[..] else { panic!("{list:?}") };
    assert_eq!((&conflict["place"], &conflict["field"]), (&json!("3.1.1"), &json!("due")));
    assert_eq!(
        (&conflict["base"], &conflict["ours"], &conflict["theirs"]),
        (&json!(null), &json!("2025-09-30"), &json!("2025-12-31"))
    );
    // the log knows who set one of them, and why
    assert_eq!((&conflict["ours_who"], &conflict["ours_basis"]), (&json!("小王"), &json!("第2次会议")));
    assert_eq!(two.due("3.1.1"), json!(null), "neither is taken until somebody chooses");
    assert_eq!(two.desk.json(&["show", "3.1.2"])["state"]["status"], "doing");
    assert_eq!(two.desk.json(&["show", "3.1.3"])["state"]["status"], "doing");
    let text = two.desk.text("tasks/3.1.toml");
    assert!(!text.contains("<<<<<<<") && text.contains("[[conflict]]"), "{text}");
    let id = conflict["id"].as_str().unwrap();
    let said = two.desk.run(&["conflicts"]);
    assert!(
        said.out.contains("三（一）1 完成时限") && said.out.contains("小王") && said.out.contains("第2次会议"),
        "{said:?}"
    );

    let before = two.desk.files();
    two.desk.done(&["settle", id, "theirs", "--basis", "第3次会议"]);
    assert_eq!(two.due("3.1.1"), "2025-12-31");
    assert!(two.conflicts().is_empty());
    assert!(!two.desk.text("tasks/3.1.toml").contains("conflict"));
    let log = two.desk.json(&["log", "3.1.1"]).to_string();
    assert!(log.contains("第3次会议") && log.contains("2025-09-30"), "{log}");
    two.desk.done(&["undo"]);
    assert_eq!(two.desk.files(), before);
    two.desk.done(&["redo"]);
    assert_eq!(two.due("3.1.1"), "2025-12-31");
    two.commit("settled");
}

#[test]
fn a_third_value_is_read_by_the_fields_own_parser() {
    let (two, _) = Two::merged(
        &[&["deadline", "3.1.1", "2025-06-30"], &["mark", "3.1.2", "doing"], &["assign", "3.1", "--lead", "市科协"]],
        &[
            &["deadline", "3.1.1", "2025-12-31"],
            &["mark", "3.1.2", "blocked"],
            &["assign", "3.1", "--lead", "市科技局"],
        ],
    );
    let list = two.conflicts();
    let id = |place: &str, field: &str| {
        let found = list.iter().find(|conflict| conflict["place"] == place && conflict["field"] == field);
        found.unwrap_or_else(|| panic!("{place} {field} {list:#?}"))["id"].as_str().unwrap().to_string()
    };
    let due = id("3.1.1", "due");
    assert_eq!(two.desk.run(&["settle", &due, "哪天再说吧好不好"]).code, 2);
    two.desk.done(&["settle", &due[..5], "2025年三季度末"]);
    assert_eq!(two.due("3.1.1"), "2025-09-30");
    let status = id("3.1.2", "status");
    assert_eq!(two.desk.run(&["settle", &status, "快了"]).code, 1);
    two.desk.done(&["settle", &status, "已完成"]);
    assert_eq!(two.desk.json(&["show", "3.1.2"])["state"]["status"], "done");
    let lead = id("3.1", "lead");
    two.desk.done(&["settle", &lead, "tsw", "--basis", "会议"]);
    assert_eq!(two.desk.json(&["show", "3.1"])["lead"], "团市委");
    assert_eq!(two.desk.run(&["settle", &lead, "ours"]).code, 1, "settled already");
    let left: Vec<Value> = two.conflicts();
    let check = two.desk.run(&["check"]);
    assert_eq!(check.code, if left.is_empty() { 0 } else { 4 }, "{check:?}");
}

#[test]
fn a_figure_is_a_number() {
    let (two, _) = Two::merged(
        &[&["target", "T1", "2024", "12.5", "--source", "省科协"]],
        &[&["target", "T1", "2024", "13.1", "--source", "省统计局"]],
    );
    let id = two.conflicts()[0]["id"].as_str().expect("an id").to_string();
    for text in ["nan", "inf", "多"] {
        let run = two.desk.run(&["settle", &id, text, "--basis", "会议"]);
        assert!(run.code == 1 && run.talk.contains("12.5"), "{text}: {run:?}");
    }
    two.desk.done(&["settle", &id, "12.8%", "--basis", "会议"]);
    assert!(two.conflicts().is_empty());
}

#[test]
fn what_no_layout_splices_is_settled_in_its_file() {
    let two = Two::new();
    two.git(&["tag", "base"]);
    let name =
        |desk: &Desk, to: &str| desk.edit("units.toml", "full = \"清远市科学技术协会\"", &format!("full = \"{to}\""));
    let has = two.desk.text("units.toml").contains("full = \"清远市科学技术协会\"");
    let from = two.desk.text("units.toml").lines().find(|line| line.starts_with("full = ")).unwrap().to_string();
    let set = |to: &str| {
        if has { name(&two.desk, to) } else { two.desk.edit("units.toml", &from, &format!("full = \"{to}\"")) }
    };
    two.git(&["checkout", "-q", "-B", "theirs", "base"]);
    set("乙名");
    two.commit("theirs");
    two.git(&["checkout", "-q", "-B", "ours", "base"]);
    set("甲名");
    two.commit("ours");
    assert_eq!(two.git(&["merge", "-q", "theirs"]).code, 1);
    let list = two.conflicts();
    assert_eq!(
        (&list[0]["field"], &list[0]["ours"], &list[0]["theirs"]),
        (&json!("full"), &json!("甲名"), &json!("乙名"))
    );
    let before = two.desk.files();
    two.desk.done(&["settle", list[0]["id"].as_str().unwrap(), "丙名"]);
    assert!(two.desk.text("units.toml").contains("full = \"丙名\"") && two.conflicts().is_empty());
    two.desk.done(&["undo"]);
    assert_eq!(two.desk.files(), before);
}

/// Files that are not what they should be: the driver never ends a merge and never leaves half a file.
#[test]
fn the_driver_survives_whatever_it_is_given() {
    let desk = Desk::new();
    let path = |name: &str| -> PathBuf { desk.root().join(name) };
    let text = desk.text("tasks/3.1.toml");
    let big = "x = \"".to_string() + &"字".repeat(200_000) + "\"\n";
    let hostile = "[\"3.1.1\"]\nstatus = \"\\u001b[2J\\u202e\"\nx = \"\"\"\n<<<<<<< a\n>>>>>>> b\n\"\"\"\n";
    let cases: [(&[u8], &[u8], &[u8]); 12] = [
        (b"", b"a = 1\n", b"b = 1\n"),
        (b"\xff\xfe", text.as_bytes(), hostile.as_bytes()),
        (text.as_bytes(), b"\0\x01\x02", hostile.as_bytes()),
        (text.as_bytes(), hostile.as_bytes(), b"\xff\xff\xff"),
        (text.as_bytes(), b"<<<<<<< x\na = 1\n=======\na = 2\n>>>>>>> y\n", hostile.as_bytes()),
        (b"a = 1\n", b"a = 2\n", b"a.b = 3\n"),
        (b"a = 1\n", b"a = [{ x = 1 }]\n", b"[[a]]\nx = 2\n"),
        (b"", big.as_bytes(), b"x = 1\n"),
        (b"[[a]]\n[[a]]\n", b"[[a]]\n", b"[[a]]\n[[a]]\n[[a]]\nx = 1\n"),
        (b"\xef\xbb\xbfa = 1\r\n", b"\xef\xbb\xbfa = 2\r\n", b"a = 1\nb = 2"),
        (b"", b"conflict = 1\n", b"conflict = 2\n"),
        (b"[a]\nx = 1 # c\n", b"[a]\nx = 2", b"[a]\n\n\n"),
    ];
    for (at, (base, ours, theirs)) in cases.iter().enumerate() {
        for name in ["plans/p/tasks/3.1.toml", "plans/p/matrix.toml", "plans/p/source.txt", ""] {
            fs::write(path("o"), base).unwrap();
            fs::write(path("a"), ours).unwrap();
            fs::write(path("b"), theirs).unwrap();
            let args = ["merge-file", "o", "a", "b", name];
            let run = desk.run(if name.is_empty() { &args[..4] } else { &args });
            assert!(run.code == 0 || run.code == 1, "{at} {name} {run:?}");
            let merged = fs::read(path("a")).unwrap();
            let is_toml = |bytes: &[u8]| {
                std::str::from_utf8(bytes).is_ok_and(|text| lianxi::store::parse_only(&text.into()).is_ok())
            };
            // it is TOML if either side was
            let expected = !name.ends_with(".txt") && (is_toml(ours) || is_toml(theirs));
            assert!(!expected || is_toml(&merged), "{at} {name}: {}", String::from_utf8_lossy(&merged));
        }
    }
    for missing in [["no", "a", "b"], ["o", "no", "b"], ["o", "a", "."]] {
        let before = fs::read(path("a")).unwrap();
        let run = desk.run(&[&["merge-file"], &missing[..]].concat());
        assert!((1..126).contains(&run.code), "{run:?}");
        assert_eq!(fs::read(path("a")).unwrap(), before);
    }
    let left = fs::read_dir(desk.root())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".lianxi-"));
    assert_eq!(left.count(), 0);
    assert!(path(&format!("plans/{PLAN}")).is_dir());
}

#[test]
fn the_table_shows_who_is_wanted_as_lead_by_whom() {
    use super::stage::Stage;
    use lianxi::text::Lang;
    let (two, _) = Two::merged(&[&["assign", "3.1", "--lead", "市科协"]], &[&["assign", "3.1", "--lead", "市科技局"]]);
    let mut stage = Stage::on(two.desk, (120, 40), Lang::Zh);
    stage.keys("<f12>");
    let row = stage.lines().into_iter().find(|line| line.contains("三（一）") && line.contains("分歧"));
    let row = row.unwrap_or_else(|| panic!("{}", stage.text()));
    assert!(row.matches('歧').count() >= 3, "two departments and the row: {row}");
}

#[test]
fn the_screen_shows_conflicts_as_cards() {
    use super::stage::Stage;
    use lianxi::text::Lang;
    let (two, _) = Two::merged(
        &[
            &["deadline", "3.1.1", "2025-06-30"],
            &["deadline", "3.1.1", "2025-09-30", "--reason", "第2次会议"],
            &["mark", "3.1.2", "doing"],
        ],
        &[&["deadline", "3.1.1", "2025-12-31"], &["mark", "3.1.2", "blocked"]],
    );
    let mut stage = Stage::on(two.desk, (120, 40), Lang::Zh);
    assert!(stage.status().contains("分歧 2"), "{}", stage.status());
    stage.keys("<ctrl-g>3.1.2<enter>");
    assert!(stage.text().contains("歧") && stage.text().contains("“推进中”还是“受阻”"), "{}", stage.text());
    // the card of the place under the cursor comes first; the other one is a key away
    stage.keys("=");
    assert!(stage.text().contains("待定的分歧 2/2") && stage.text().contains("三（一）2 状态"), "{}", stage.text());
    stage.keys("<left>");
    assert!(stage.text().contains("三（一）1 完成时限"), "{}", stage.text());
    assert!(stage.text().contains("（小王，2025-06-10）；依据：第2次会议"), "{}", stage.text());
    let before = stage.desk.files();
    stage.keys("<esc>");
    assert_eq!(stage.desk.files(), before);
    // a full-width figure chooses theirs; the basis is typed below
    stage.keys("=<left>２<down><down>第3次会议<enter>");
    assert!(stage.text().contains("待定的分歧 1/1"), "{}", stage.text());
    assert_eq!(stage.desk.json(&["show", "3.1.1"])["state"]["due"], "2025-12-31");
    // a third value is not understood, and stays in its box until it is
    stage.keys("3快了<enter>");
    assert!(stage.text().contains("快了") && stage.text().contains("待定的分歧 1/1"), "{}", stage.text());
    stage.keys("<backspace><backspace>已完成<enter>");
    assert!(!stage.text().contains("分歧 1") && stage.text().contains("已完成"), "{}", stage.text());
    stage.keys("=");
    assert!(stage.status().contains("没有待定的分歧"), "{}", stage.status());
    stage.keys("uu");
    assert_eq!(stage.desk.files(), before);
}
