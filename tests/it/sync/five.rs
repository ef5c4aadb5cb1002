//! Five clones of one plan: random edits, syncs in random order, kills at random moments. In the end all have the same plan, and
//! every edit stands or is one side of a recorded conflict.
//!
//! Every edit sets a value that nobody else ever sets, so that what it replaces can be told from the value that stood there. An
//! edit has a say as long as nobody has replaced it knowingly; a field is truly in conflict where two edits have.

use super::office::{Office, PLAN};
use crate::plans::Rng;
use lianxi::domain::{Actual, Due, Entry, EntryId, EntryKind, NodeId, Plan, Role};
use lianxi::edit::{self, Change, Place, Transaction, Value, Verb};
use lianxi::workspace::Workspace;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::time::{Duration, Instant};

const DESKS: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];

/// What people have done to a field.
#[derive(Default)]
struct Field {
    set: BTreeSet<String>,
    replaced: BTreeSet<String>,
}

impl Field {
    /// The edits that have a say.
    fn standing(&self) -> Vec<&String> {
        self.set.difference(&self.replaced).collect()
    }
}

#[test]
fn five_clones_converge_and_no_edit_is_lost() {
    run(120, 8, 5);
}

/// The measurement: `cargo test --test it five -- --ignored --nocapture`.
#[test]
#[ignore = "ten thousand edits take a while"]
fn five_clones_converge_after_ten_thousand_edits() {
    run(10_000, 50, 11);
}

fn run(edits: usize, at_once: usize, seed: u64) {
    let seed = std::env::var("LIANXI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(seed);
    println!("LIANXI_SEED={seed}");
    let office = Office::with(&DESKS[1..]);
    let mut rng = Rng::new(seed);
    let mut fields: BTreeMap<String, Field> = BTreeMap::new();
    let (mut made, mut syncs, mut kills, mut usual) = (0, 0, 0, Duration::from_millis(400));
    while made < edits {
        let desk = *rng.pick(&DESKS);
        for _ in 0..1 + rng.below(at_once) {
            made += usize::from(edit(&office, desk, &mut rng, made, &mut fields));
        }
        let desk = *rng.pick(&DESKS);
        let mut command = office.command(desk, &["sync"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it runs");
        let since = Instant::now();
        if rng.one_in(3) {
            let share = rng.below(1100) as u32;
            std::thread::sleep(usual * share / 1000);
            child.kill().expect("our own child");
            child.wait().expect("it ends");
            kills += 1;
        } else {
            let code = child.wait().expect("it ends").code();
            assert!(matches!(code, Some(0 | 4)), "{desk}: {code:?} {:?}", office.run(desk, &["sync"]));
            usual = (usual + since.elapsed()) / 2;
        }
        syncs += 1;
    }
    for _ in 0..3 {
        for desk in DESKS {
            let run = office.run(desk, &["sync"]);
            assert!(matches!(run.code, 0 | 4), "{desk}: {run:?}");
        }
    }
    office.are_same(&DESKS);
    DESKS.iter().for_each(|desk| office.is_tidy(desk));
    let found = conflicts(&office, DESKS[0]);
    let plan = plan_of(&office, DESKS[0]);
    let mut true_conflicts = 0;
    for (name, field) in &fields {
        let standing = field.standing();
        let recorded = found.get(name);
        let now = value_of(&plan, name);
        true_conflicts += usize::from(standing.len() > 1);
        assert_eq!(recorded.is_some(), standing.len() > 1, "{name}: {standing:?}, {recorded:?}, now {now:?}");
        for value in standing {
            let is_said = now.as_ref() == Some(value) || recorded.is_some_and(|text| text.contains(value.as_str()));
            assert!(is_said, "{name}: {value} is lost; now {now:?}, recorded {recorded:?}");
        }
    }
    assert_eq!(found.len(), true_conflicts);
    let (merges, plain, needless) = plain_git(&office);
    println!(
        "{made} edits, {syncs} syncs of which {kills} were killed, {merges} merges; {true_conflicts} fields in true conflict, \
         as many recorded; plain git stops at {plain} merges, needlessly at {needless}"
    );
    assert!(kills > 0 && true_conflicts > 0);
    assert!(needless * 20 <= merges, "plain git stops needlessly at {needless} of {merges} merges");
}

/// One edit at a desk; whether there was one. Fields in conflict are left alone.
fn edit(office: &Office, desk: &str, rng: &mut Rng, nth: usize, fields: &mut BTreeMap<String, Field>) -> bool {
    let mut workspace = Workspace::open(&office.at(desk), Some(PLAN)).expect("a plan");
    let plan = workspace.plan();
    let tasks: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    let (place, new) = match rng.below(5) {
        0 | 1 => {
            let due = Due { date: None, wording: format!("商定{nth}").into() };
            (Place::Due(rng.pick(&tasks).clone()), Value::Due(due))
        }
        2 => {
            let target = rng.pick(&plan.targets).id.clone();
            let year = 2021 + rng.below(5) as i32;
            (
                Place::Actual(target, year),
                Value::Actual(Actual { value: nth as f64, source: format!("来源{nth}").into() }),
            )
        }
        3 => {
            let row = rng.pick(&plan.matrix.rows);
            let unit = rng.pick(&plan.units).id.clone();
            if row.lead.as_ref() == Some(&unit) || row.role(&unit).is_some() {
                return false;
            }
            (Place::Cell(row.id.clone(), unit), Value::Role(Role::Responsible(1000 + nth as u16)))
        }
        _ => {
            let day = chrono::NaiveDate::from_ymd_opt(2025, 6, 10).expect("a day");
            let id = EntryId::new(day, nth as u32, 7);
            let text = format!("记录{nth}");
            let entry = Entry { id: id.clone(), kind: EntryKind::Note, text: text.into(), by: None };
            (Place::Entry(rng.pick(&tasks).clone(), id), Value::Entry(Box::new(entry)))
        }
    };
    let name = name_of(&place);
    if let Some(disputed) = conflicts(office, desk).get(&name) {
        if rng.one_in(3) {
            settle(office, desk, &place, &new, disputed, fields.entry(name).or_default());
        }
        return false;
    }
    let old = edit::current(plan, &place);
    let change = Change::new(place, old.clone(), Some(new));
    let field = fields.entry(name).or_default();
    field.replaced.extend(old.as_ref().map(words_of));
    field.set.extend(change.new.as_ref().map(words_of));
    workspace.commit(&Transaction::new(Verb::Mark, vec![change])).expect("saved");
    true
}

/// Somebody chooses a third value: the records of the conflict go, and what they held is replaced knowingly.
fn settle(office: &Office, desk: &str, place: &Place, new: &Value, disputed: &str, field: &mut Field) {
    let file = match place {
        Place::Actual(..) => "targets.toml".to_string(),
        Place::Due(id) => format!("tasks/{}.toml", id.parent().expect("a row")),
        other => panic!("nobody disagrees about {other:?}"),
    };
    let mut text = office.text(desk, &file).into();
    for line in disputed.lines().filter_map(|line| line.strip_prefix("id = ")) {
        text = lianxi::store::take_conflict(&text, line.trim_matches('"'));
    }
    std::fs::write(office.file(desk, &file), text.as_str()).expect("written");
    let mut workspace = Workspace::open(&office.at(desk), Some(PLAN)).expect("a plan");
    let old = edit::current(workspace.plan(), place);
    let known: Vec<String> =
        field.set.iter().filter(|value| disputed.contains(&format!("{value}\""))).cloned().collect();
    field.replaced.extend(known);
    field.replaced.extend(old.as_ref().map(words_of));
    field.set.insert(words_of(new));
    let change = Change::new(place.clone(), old, Some(new.clone()));
    workspace.commit(&Transaction::new(Verb::Mark, vec![change])).expect("saved");
}

fn name_of(place: &Place) -> String {
    match place {
        Place::Due(id) => format!("{id} due"),
        Place::Actual(target, year) => format!("{target} {year}"),
        Place::Cell(row, unit) => format!("{row} {unit}"),
        Place::Entry(_, id) => format!("entry {id}"),
        other => format!("{other:?}"),
    }
}

fn words_of(value: &Value) -> String {
    match value {
        Value::Due(due) => due.wording.to_string(),
        Value::Actual(actual) => actual.source.to_string(),
        // two who make a department responsible agree; its place in the row is nobody's statement
        Value::Role(Role::Responsible(_)) => "responsible".to_string(),
        Value::Entry(entry) => entry.text.to_string(),
        other => format!("{other:?}"),
    }
}

/// The value of a field, found by its name.
fn value_of(plan: &Plan, name: &str) -> Option<String> {
    let (record, field) = name.split_once(' ')?;
    if record == "entry" {
        let id = EntryId::parse(field)?;
        return plan
            .log
            .values()
            .flatten()
            .find(|item| item.id == id)
            .and_then(|item| item.entry.as_ref().map(|entry| entry.text.to_string()));
    }
    let place = match field.parse::<i32>() {
        Ok(year) => Place::Actual(plan.targets.iter().find(|target| target.id.as_str() == record)?.id.clone(), year),
        Err(_) if field == "due" => Place::Due(NodeId::new(record)),
        Err(_) => Place::Cell(NodeId::new(record), lianxi::domain::UnitId::new(field)),
    };
    edit::current(plan, &place).as_ref().map(words_of)
}

fn plan_of(office: &Office, desk: &str) -> Plan {
    let mut workspace = Workspace::open(&office.at(desk), Some(PLAN)).expect("a plan");
    workspace.read_all_logs();
    assert_eq!(workspace.damaged().len(), 0);
    workspace.plan().clone()
}

/// The open conflicts at a desk by the names of their fields, as they are written in the files.
fn conflicts(office: &Office, desk: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut files = vec!["matrix.toml".to_string(), "targets.toml".to_string()];
    for entry in std::fs::read_dir(office.file(desk, "tasks")).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        files.extend(name.ends_with(".toml").then(|| format!("tasks/{name}")));
    }
    for file in files {
        let text = std::fs::read_to_string(office.file(desk, &file)).unwrap_or_default();
        for block in text.split("[[conflict]]").skip(1) {
            let block = block.split("\n[").next().unwrap_or(block);
            let says = |key: &str| {
                let line = block.lines().find_map(|line| line.strip_prefix(&format!("{key} = ")))?;
                Some(line.trim_matches('"').to_string())
            };
            // a field of several keys is called by the first that is set
            let field = says("field").unwrap_or_default();
            let field = field.trim_end_matches("_text").trim_end_matches("_source");
            let name = format!("{} {field}", says("record").unwrap_or_default());
            found.entry(name).or_insert_with(String::new).push_str(block);
        }
    }
    found
}

/// How many merges there are, at how many plain git would have stopped, and at how many of those nobody disagrees.
fn plain_git(office: &Office) -> (usize, usize, usize) {
    let listed = office.git(DESKS[0], &["log", "--merges", "--format=%H %P"]);
    let (mut merges, mut plain, mut needless) = (0, 0, 0);
    for line in listed.lines() {
        let ids: Vec<&str> = line.split(' ').collect();
        merges += 1;
        if office.try_git(DESKS[0], &["merge-tree", "--write-tree", ids[1], ids[2]]).0 {
            continue;
        }
        plain += 1;
        // `git grep -c` says nothing and fails where there is none
        let count = |id: &str| {
            let text = office.try_git(DESKS[0], &["grep", "-c", "^..conflict..$", id, "--", "plans"]).1;
            text.lines().filter_map(|line| line.rsplit(':').next()?.parse::<usize>().ok()).sum::<usize>()
        };
        needless += usize::from(count(ids[0]) <= count(ids[1]).max(count(ids[2])));
    }
    (merges, plain, needless)
}
