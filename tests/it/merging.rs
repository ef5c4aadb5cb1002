//! Merging files on their values: what both wrote stands, what they disagree about is data in the file.

use lianxi::domain::{By, Conflict, Rule, Token};
use lianxi::git::Oid;
use lianxi::ops::{self, Files, Side};
use lianxi::store::{FileMerge, Versions, merge_file, parse_only, put_conflict, read_conflicts, take_conflict};
use std::collections::BTreeMap;

pub fn merge(file: &str, base: &str, ours: &str, theirs: &str) -> FileMerge {
    let nobody = By::default();
    merge_file(&Versions {
        file,
        base: Some(base.as_bytes()),
        ours: Some(ours.as_bytes()),
        theirs: Some(theirs.as_bytes()),
        ours_by: &nobody,
        theirs_by: &nobody,
    })
}

/// The merged text, which has to be TOML, and the number of conflicts. Whose is called ours makes no difference to them.
fn text(file: &str, base: &str, ours: &str, theirs: &str) -> (String, usize) {
    let (one, other) = (merge(file, base, ours, theirs), merge(file, base, theirs, ours));
    assert_eq!(one.conflicts, other.conflicts);
    let text = String::from_utf8(one.bytes.clone().expect("a file")).expect("text");
    assert!(parse_only(&text.as_str().into()).is_ok(), "{text}");
    assert_eq!(read_conflicts(file, &text.as_str().into()).len(), one.conflicts.len());
    (text, one.conflicts.len())
}

fn clean(file: &str, base: &str, ours: &str, theirs: &str) -> String {
    let (text, conflicts) = text(file, base, ours, theirs);
    assert_eq!(conflicts, 0, "{text}");
    text
}

const TASK: &str =
    "# 三（一）\n\n[\"3.1.1\"]\n# 题\n\n# 状态\nstatus = \"doing\"\n\n# 时限\n\n[\"3.1.2\"]\n# 题二\n\n# 状态\n";

fn task(status: &str, more: &str) -> String {
    TASK.replace("\"doing\"", status).replace("# 时限\n", &format!("# 时限\n{more}"))
}

#[test]
fn both_sides_fields_stand() {
    let merged = clean("tasks/3.1.toml", TASK, &task("\"done\"", ""), &task("\"doing\"", "due = 2025-06-30\n"));
    assert_eq!(merged, task("\"done\"", "due = 2025-06-30\n"));
    // the same change is one
    let both = task("\"done\"", "");
    assert_eq!(clean("tasks/3.1.toml", TASK, &both, &both), both);
}

#[test]
fn remarks_and_unknown_keys_of_both_sides_survive() {
    let ours = task("\"done\" # 电话确认", "").replace("# 题\n", "# 题\n# 甲的话\n");
    let theirs = task("\"blocked\" # 等材料", "").replace("# 题二", "x_own = 1\n# 题二\n# 乙的话");
    let (merged, conflicts) = text("tasks/3.1.toml", TASK, &ours, &theirs);
    assert_eq!(conflicts, 1);
    for words in ["# 甲的话", "# 乙的话", "x_own = 1", "# 电话确认", "# 等材料", "status = \"doing\""] {
        assert!(merged.contains(words), "{words}\n{merged}");
    }
}

#[test]
fn a_deadline_is_its_date_and_its_words() {
    let ours = task("\"doing\"", "due = 2025-06-30\ndue_text = \"六月底\"\n");
    let theirs = task("\"doing\"", "due_text = \"年底\"\n");
    let merged = merge("tasks/3.1.toml", TASK, &ours, &theirs);
    let [conflict] = &merged.conflicts[..] else { panic!("{merged:?}") };
    assert_eq!((conflict.record.as_str(), conflict.field.as_str()), ("3.1.1", "due"));
    assert_eq!(conflict.theirs, vec![("due_text".into(), Token::Str("年底".into()))]);
    let written = String::from_utf8(merged.bytes.clone().expect("a file")).expect("text");
    assert_eq!(read_conflicts("tasks/3.1.toml", &written.as_str().into()), merged.conflicts);
    let taken = take_conflict(&written.as_str().into(), &conflict.id);
    assert_eq!(taken.as_str(), TASK);
    assert_eq!(put_conflict(&taken, conflict).as_str(), written);
}

#[test]
fn a_conflict_settled_on_one_side_is_settled() {
    let (ours, theirs) = (task("\"done\"", ""), task("\"blocked\"", ""));
    let open = text("tasks/3.1.toml", TASK, &ours, &theirs).0;
    let id = read_conflicts("tasks/3.1.toml", &open.as_str().into())[0].id.clone();
    let settled =
        |status: &str| take_conflict(&open.replace("\"doing\"\n\n# 时限", &format!("{status}\n\n# 时限")).into(), &id);
    let done = settled("\"done\"");
    assert_eq!(clean("tasks/3.1.toml", &open, &done, &open), done.as_str());
    // settled in two ways: that is another conflict, and the old one is gone
    let blocked = settled("\"blocked\"");
    let (again, count) = text("tasks/3.1.toml", &open, &done, &blocked);
    assert_eq!(count, 1, "{again}");
    // two machines that merge the same two find the same conflict, whoever is ours
    let other = text("tasks/3.1.toml", TASK, &theirs, &ours).0;
    let both = merge("tasks/3.1.toml", TASK, &open, &other);
    assert!(both.is_clean(), "{both:?}");
    let text = String::from_utf8(both.bytes.expect("a file")).expect("text");
    assert_eq!(read_conflicts("tasks/3.1.toml", &text.as_str().into()).len(), 1);
}

const ROW: &str = "[\"3.1\"]\nlead = \"市教育局\"\n\n# 各单位\n\n\"市科协\" = \"\"\n\n\"市妇联\" = \"\"\n\n\"团市委\" = \"responsible 1\"\n";

#[test]
fn a_row_has_one_lead_and_nobody_twice() {
    let with = |from: &str, to: &str| ROW.replace(from, to);
    let (a, b) = (
        with("\"市科协\" = \"\"", "\"市科协\" = \"responsible 2\""),
        with("\"市妇联\" = \"\"", "\"市妇联\" = \"responsible 2\""),
    );
    let merged = clean("matrix.toml", ROW, &a, &b);
    assert!(merged.contains("\"市科协\" = \"responsible 2\"") && merged.contains("\"市妇联\" = \"responsible 2\""));
    // the same department, added behind different ones
    let c = with("\"市科协\" = \"\"", "\"市科协\" = \"responsible 3\"");
    assert_eq!(clean("matrix.toml", ROW, &a, &c), a);
    // two first leads
    let (d, e) = (with("\"市教育局\"", "\"市科协\""), with("\"市教育局\"", "\"市妇联\""));
    assert_eq!(text("matrix.toml", ROW, &d, &e).1, 1);
    // one makes it lead, the other responsible: it leads, and the rest is asked
    let (merged, count) = text("matrix.toml", ROW, &d, &a);
    assert_eq!(count, 1, "{merged}");
    assert!(merged.contains("lead = \"市科协\"\n") && merged.contains("\"市科协\" = \"\"\n"), "{merged}");
}

#[test]
fn lists_are_merged_by_what_each_side_did() {
    let list = |items: &str| task("\"doing\"", &format!("responsible = [{items}]\n"));
    let base = list("\"甲\", \"乙\"");
    let merged = |ours: &str, theirs: &str| text("tasks/3.1.toml", &base, &list(ours), &list(theirs));
    assert_eq!(merged("\"甲\", \"乙\", \"丙\"", "\"甲\", \"乙\", \"丁\"").0, list("\"甲\", \"乙\", \"丁\", \"丙\""));
    assert_eq!(merged("\"甲\"", "\"甲\", \"乙\", \"丁\"").0, list("\"甲\", \"丁\""));
    assert_eq!(merged("\"丙\", \"乙\"", "\"甲\", \"丁\"").0, list("\"丙\", \"丁\""));
    assert_eq!(merged("\"丙\", \"乙\"", "\"丁\", \"乙\"").1, 1);
}

#[test]
fn records_are_matched_by_their_id_wherever_they_stand() {
    let node = |id: &str, text: &str| format!("[[node]]\nid = \"{id}\"\ntext = \"{text}\"\n\n");
    let base = [node("1", "a"), node("2", "b"), node("3", "c")].concat();
    let moved = [node("3", "c"), node("1", "a"), node("2", "b")].concat();
    let edited = [node("1", "a"), node("2", "b"), node("3", "新")].concat();
    assert_eq!(clean("text.toml", &base, &moved, &edited), [node("3", "新"), node("1", "a"), node("2", "b")].concat());
    let fewer = [node("1", "a"), node("2", "b")].concat();
    assert_eq!(clean("text.toml", &base, &fewer, &moved).matches("[[node]]").count(), 2);
    let (merged, count) = text("text.toml", &base, &fewer, &edited);
    assert_eq!(count, 1);
    assert!(merged.contains("新"));
    let added = |id: &str| format!("{base}{}", node(id, "x"));
    let merged = clean("text.toml", &base, &added("4"), &added("5"));
    assert_eq!(merged, format!("{base}{}{}", node("4", "x"), node("5", "x")));
}

#[test]
fn line_ends_and_the_mark_of_ours_are_kept() {
    let dos = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let theirs = task("\"doing\"", "due = 2025-06-30\n");
    let merged = clean("tasks/3.1.toml", &dos(TASK), &dos(&task("\"done\"", "")), &theirs);
    assert_eq!(merged, dos(&task("\"done\"", "due = 2025-06-30\n")));
    // git has changed the line ends of one side only
    assert_eq!(clean("tasks/3.1.toml", TASK, &dos(TASK), &theirs), dos(&theirs));
}

#[test]
fn what_cannot_be_read_is_kept_whole() {
    let broken = "[\"3.1.1\"\nstatus = ";
    let good = task("\"done\"", "");
    for (ours, theirs) in [(good.as_str(), broken), (broken, good.as_str())] {
        let (merged, count) = text("tasks/3.1.toml", TASK, ours, theirs);
        assert_eq!(count, 1);
        assert!(merged.starts_with(&good));
        let said = |conflict: &Conflict| [conflict.ours.clone(), conflict.theirs.clone()].concat();
        let conflict = &read_conflicts("tasks/3.1.toml", &merged.as_str().into())[0];
        assert!(said(conflict).iter().any(|(_, token)| token.as_str().is_some_and(|text| *text == broken)));
    }
    // inline and dotted tables are merged as lines
    let odd = "a = { x = 1 }\n\n\n\nb.y = 2\n\n\n\nc = 3\n";
    let merged = clean("x.toml", odd, &odd.replace("x = 1", "x = 5"), &odd.replace("c = 3", "c = 4"));
    assert_eq!(merged, "a = { x = 5 }\n\n\n\nb.y = 2\n\n\n\nc = 4\n");
    assert_eq!(text("x.toml", odd, &odd.replace("x = 1", "x = 5"), &odd.replace("x = 1", "x = 6")).1, 1);
}

#[test]
fn a_file_that_goes_on_one_side_and_changes_on_the_other_stays() {
    let nobody = By::default();
    let changed = task("\"done\"", "");
    let versions = |ours, theirs| Versions {
        file: "tasks/3.1.toml",
        base: Some(TASK.as_bytes()),
        ours,
        theirs,
        ours_by: &nobody,
        theirs_by: &nobody,
    };
    let gone = merge_file(&versions(None, Some(changed.as_bytes())));
    assert_eq!(gone.conflicts.len(), 1);
    assert!(gone.bytes.expect("kept").starts_with(changed.as_bytes()));
    assert_eq!(merge_file(&versions(None, Some(TASK.as_bytes()))), FileMerge::default());
}

/// States of a workspace whose objects are kept in a map.
#[derive(Default)]
struct Store {
    objects: BTreeMap<String, Vec<u8>>,
}

impl Store {
    fn state(&mut self, files: &[(&str, &str)]) -> Files {
        let mut state = Files::new();
        for (path, text) in files {
            let oid = format!("{:040x}", self.objects.len());
            let known = self.objects.iter().find(|(_, known)| **known == text.as_bytes()).map(|(oid, _)| oid.clone());
            let oid = known.unwrap_or(oid);
            self.objects.insert(oid.clone(), text.as_bytes().to_vec());
            state.insert(path.to_string(), Oid::parse(&oid).expect("an id"));
        }
        state
    }

    fn merge(&self, base: &Files, ours: &Side, theirs: &Side) -> ops::Merge {
        ops::merge(base, ours, theirs, &mut |oid| Ok(self.objects[oid.as_str()].clone())).expect("read")
    }
}

fn side(files: Files) -> Side {
    Side { files, ..Side::default() }
}

#[test]
fn a_whole_workspace_is_merged_and_its_rules_are_checked() {
    let info = "title = \"甲\"\nfirst_year = 2021\nlast_year = 2025\n";
    let units = "[[unit]]\nname = \"市教育局\"\n\n[[unit]]\nname = \"市科协\"\n";
    let text = "[[node]]\nid = \"3.1\"\nkind = \"heading\"\ntext = \"x\"\n\n[[node]]\nid = \"3.1.1\"\nkind = \"task\"\ntext = \"x\"\n";
    let row = "[\"3.1\"]\nlead = \"市教育局\"\n\n# 各单位\n\n\"市科协\" = \"\"\n";
    let all = |units: &'static str, row: &'static str| {
        vec![
            ("plans/a/plan.toml", info),
            ("plans/a/units.toml", units),
            ("plans/a/text.toml", text),
            ("plans/a/matrix.toml", row),
        ]
    };
    let mut store = Store::default();
    let base = store.state(&all(units, row));
    // one side takes a department out, the other gives it work: each is right, together they are not
    let fewer = "[[unit]]\nname = \"市教育局\"\n";
    let busy = "[\"3.1\"]\nlead = \"市教育局\"\n\n# 各单位\n\n\"市科协\" = \"responsible 1\"\n";
    let (ours, theirs) = (side(store.state(&all(fewer, row))), side(store.state(&all(units, busy))));
    let merged = store.merge(&base, &ours, &theirs);
    assert_eq!(merged.files.keys().collect::<Vec<_>>(), ["plans/a/matrix.toml"]);
    assert!(
        matches!(&merged.findings[..], [(plan, finding)] if plan == "a" && matches!(finding.rule, Rule::UnknownUnit { .. }))
    );
    assert!(store.merge(&base, &ours, &side(base.clone())).files.is_empty());
    let taken = store.merge(&base, &side(base.clone()), &theirs);
    assert_eq!(taken.files["plans/a/matrix.toml"].as_deref(), Some(busy.as_bytes()));
    assert!(taken.is_clean());
}

#[test]
fn a_plan_with_another_name_gets_the_edits_of_the_other_side() {
    let mut store = Store::default();
    let changed = task("\"done\"", "");
    let base = store.state(&[("plans/a/plan.toml", "title = \"甲\"\n"), ("plans/a/tasks/3.1.toml", TASK)]);
    let moved = store.state(&[("plans/b/plan.toml", "title = \"甲\"\n"), ("plans/b/tasks/3.1.toml", TASK)]);
    let renames = vec![("plans/a/plan.toml".to_string(), "plans/b/plan.toml".to_string())];
    let moved = Side { files: moved, renames, ..Side::default() };
    let entry = "kind = \"note\"\ntext = \"x\"\n";
    let edited = side(store.state(&[
        ("plans/a/plan.toml", "title = \"甲\"\n"),
        ("plans/a/tasks/3.1.toml", &changed),
        ("plans/a/log/3.1.1/2025-01-01-abc.toml", entry),
    ]));
    let one = store.merge(&base, &moved, &edited);
    let wanted = [("plans/b/log/3.1.1/2025-01-01-abc.toml", entry), ("plans/b/tasks/3.1.toml", changed.as_str())];
    let wanted: BTreeMap<String, Option<Vec<u8>>> =
        wanted.iter().map(|(path, text)| (path.to_string(), Some(text.as_bytes().to_vec()))).collect();
    assert_eq!(one.files, wanted);
    assert!(one.conflicts.is_empty());
    let other = store.merge(&base, &edited, &moved);
    assert_eq!(other.files["plans/a/tasks/3.1.toml"], None);
    assert_eq!(other.files["plans/b/tasks/3.1.toml"].as_deref(), Some(changed.as_bytes()));
    // deleted here, worked on there: nothing of it goes
    let gone = store.merge(&base, &Side::default(), &edited);
    assert_eq!((gone.files.len(), gone.conflicts.len()), (3, 1));
    let kept = store.merge(&base, &edited, &Side::default());
    assert_eq!((kept.files.len(), kept.conflicts), (1, gone.conflicts));
}
