//! Merging by construction: plain git, with nothing installed, conflicts only where two people truly disagree.
//!
//! Two sides edit clones of the built-in plan; `git merge-tree` merges each pair. A conflict is true where both sides set the same
//! field to different values. The table is printed with `cargo test merges -- --nocapture`.

use super::plans::{self, Desk, PLAN, Rng, any_entry, date};
use lianxi::domain::{NodeId, Plan, Role, Status, UnitId};
use lianxi::edit::{self, Change, Place, Transaction, Value, Verb};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

type Files = BTreeMap<String, Vec<u8>>;

/// What one person changes.
type Edits = fn(&mut Rng, &Plan) -> Vec<Change>;

struct Pair {
    ours: (Vec<Change>, Files),
    theirs: (Vec<Change>, Files),
}

impl Pair {
    /// Both set a field, to different values.
    fn is_true_conflict(&self) -> bool {
        let theirs = &self.theirs.0;
        self.ours.0.iter().any(|a| theirs.iter().any(|b| a.place == b.place && a.new != b.new))
    }
}

#[test]
fn plain_git_conflicts_only_where_two_people_disagree() {
    let empty = plans::qingyuan();
    let filled = filled(&mut Rng::new(7), &empty);
    let regimes: [(&str, &Plan, Edits, usize); 4] = [
        ("15 task edits a side, a new plan", &empty, task_edits, 50),
        ("15 task edits a side, a plan in use", &filled, task_edits, 50),
        ("8 matrix toggles a side", &empty, matrix_toggles, 50),
        ("8 leads and figures a side", &filled, leads_and_figures, 25),
    ];
    println!("| {:<36} | merges | conflict | true | false | missed |", "layout as it is, plain git");
    for (name, plan, edits, count) in regimes {
        let desk = Desk::new(plan);
        let base = desk.files();
        let mut rng = Rng::new(42);
        let pairs: Vec<Pair> = (0..count)
            .map(|_| Pair { ours: side(&mut rng, &desk, plan, edits), theirs: side(&mut rng, &desk, plan, edits) })
            .collect();
        let merged = merge_all(&base, &pairs);
        let conflicts = merged.trees.iter().filter(|(clean, _)| !clean).count();
        let truly = pairs.iter().filter(|pair| pair.is_true_conflict()).count();
        let each = || pairs.iter().zip(&merged.trees);
        let falsely = each().filter(|(pair, (clean, _))| !clean && !pair.is_true_conflict()).count();
        let missed = each().filter(|(pair, (clean, _))| *clean && pair.is_true_conflict()).count();
        println!("| {name:<36} | {count:>6} | {conflicts:>8} | {truly:>4} | {falsely:>5} | {missed:>6} |");
        assert_eq!((falsely, missed), (0, 0), "{name}");
        // what merged cleanly says what both people said
        for (pair, (_, tree)) in each().filter(|(pair, _)| !pair.is_true_conflict()).take(4) {
            let folder = plans::temp_folder();
            merged.check_out(tree, folder.path());
            let mut workspace = lianxi::workspace::Workspace::open(folder.path(), None).expect("the plan opens");
            workspace.read_all_logs();
            let mut wanted = desk.open();
            wanted.read_all_logs();
            let mut wanted = wanted.plan().clone();
            edit::apply_all(&mut wanted, &pair.ours.0).expect("they fit");
            for change in &pair.theirs.0 {
                if edit::current(&wanted, &change.place) != change.new {
                    edit::apply(&mut wanted, change).expect("it fits");
                }
            }
            plans::assert_same_plan(workspace.plan(), &wanted);
            assert_eq!(workspace.problems().count(), 0);
        }
    }
}

/// Neighbours: two people, two empty fields that stand next to each other, every pair of them.
#[test]
fn neighbouring_fields_never_conflict() {
    let desk = Desk::new(&plans::qingyuan());
    let base = desk.files();
    let mut rng = Rng::new(1);
    let task = |rng: &mut Rng, id: &str| {
        let id = NodeId::new(id);
        let unit = UnitId::new("市科协");
        vec![
            (Place::Status(id.clone()), Value::Status(Status::Doing)),
            (Place::Due(id.clone()), Value::Due(plans::due(rng))),
            (Place::OriginalDue(id.clone()), Value::Due(plans::due(rng))),
            (Place::Lead(id.clone()), Value::Unit(unit.clone())),
            (Place::Responsible(id.clone()), Value::Units(vec![unit])),
        ]
    };
    let mut fields = task(&mut rng, "3.1.1");
    fields.extend(task(&mut rng, "3.1.2"));
    let mut pairs = Vec::new();
    let one = |(place, value): &(Place, Value)| {
        let change = Change::new(place.clone(), None, Some(value.clone()));
        let files = save(&desk, std::slice::from_ref(&change));
        (vec![change], files)
    };
    for (at, a) in fields.iter().enumerate() {
        for b in &fields[at + 1..] {
            pairs.push(Pair { ours: one(a), theirs: one(b) });
        }
    }
    for (pair, (clean, _)) in pairs.iter().zip(&merge_all(&base, &pairs).trees) {
        assert!(clean, "{:?} and {:?}", pair.ours.0, pair.theirs.0);
    }
}

/// 15 edits of status, deadline, lead, responsible departments and notes, each of another field.
fn task_edits(rng: &mut Rng, plan: &Plan) -> Vec<Change> {
    let tasks: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    distinct(rng, plan, 15, |rng| {
        let id = rng.pick(&tasks).clone();
        let unset = rng.one_in(6);
        match rng.below(5) {
            0 => {
                let status = *rng.pick(&Status::ALL);
                (Place::Status(id), Some(status).filter(|status| *status != Status::Todo).map(Value::Status))
            }
            1 => (Place::Due(id), (!unset).then(|| Value::Due(plans::due(rng)))),
            2 => (Place::Lead(id), (!unset).then(|| Value::Unit(unit(rng, plan)))),
            3 => {
                let units = (0..1 + rng.below(4)).map(|_| unit(rng, plan)).collect();
                (Place::Responsible(id), (!unset).then_some(Value::Units(units)))
            }
            _ => {
                let entry = any_entry(rng);
                (Place::Entry(id, entry.id.clone()), Some(Value::Entry(Box::new(entry))))
            }
        }
    })
}

/// 8 cells that are filled or emptied.
fn matrix_toggles(rng: &mut Rng, plan: &Plan) -> Vec<Change> {
    distinct(rng, plan, 8, |rng| {
        let row = rng.pick(&plan.matrix.rows);
        let unit = unit(rng, plan);
        let role = if rng.one_in(3) { row.next_joint_lead() } else { row.next_responsible() };
        let new = if row.role(&unit).is_some() { None } else { Some(Value::Role(role)) };
        (Place::Cell(row.id.clone(), unit), new)
    })
}

/// 8 leads of rows, joint leads, original deadlines and figures of years.
fn leads_and_figures(rng: &mut Rng, plan: &Plan) -> Vec<Change> {
    let tasks: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    distinct(rng, plan, 8, |rng| match rng.below(4) {
        0 => (Place::RowLead(rng.pick(&plan.matrix.rows).id.clone()), Some(Value::Unit(unit(rng, plan)))),
        1 => {
            let role = Role::JointLead(2 + rng.below(2) as u16);
            (Place::Cell(rng.pick(&plan.matrix.rows).id.clone(), unit(rng, plan)), Some(Value::Role(role)))
        }
        2 => (Place::OriginalDue(rng.pick(&tasks).clone()), Some(Value::Due(plans::due(rng)))),
        _ => {
            let value = rng.below(200) as f64 / 10.0;
            let actual = lianxi::domain::Actual { value, source: plans::calm(rng) };
            (Place::Actual(rng.pick(&plan.targets).id.clone(), 2021 + rng.below(5) as i32), Some(Value::Actual(actual)))
        }
    })
}

fn unit(rng: &mut Rng, plan: &Plan) -> UnitId {
    rng.pick(&plan.units).id.clone()
}

/// Changes of different places, each of which changes something.
fn distinct(
    rng: &mut Rng,
    plan: &Plan,
    count: usize,
    mut make: impl FnMut(&mut Rng) -> (Place, Option<Value>),
) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    while changes.len() < count {
        let (place, new) = make(rng);
        let change = Change::new(place.clone(), edit::current(plan, &place), new);
        if !change.is_empty() && !changes.iter().any(|known| known.place == place) {
            changes.push(change);
        }
    }
    changes
}

/// The plan after a year: most fields are set.
fn filled(rng: &mut Rng, plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let ids: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    for id in ids {
        let (status, due) = (*rng.pick(&Status::ALL), plans::due(rng));
        let lead = rng.one_in(2).then(|| unit(rng, &plan));
        let responsible = rng.one_in(2).then(|| vec![unit(rng, &plan), unit(rng, &plan)]);
        let first = lianxi::domain::Due { date: Some(date(rng)), wording: Default::default() };
        plan.update_state(&id, |state| {
            (state.status, state.due, state.original_due) = (status, Some(due), Some(first));
            (state.lead, state.responsible) = (lead, responsible);
        });
    }
    plan
}

fn side(rng: &mut Rng, desk: &Desk, plan: &Plan, edits: Edits) -> (Vec<Change>, Files) {
    let changes = edits(rng, plan);
    let files = save(desk, &changes);
    (changes, files)
}

/// The files that a save writes; the folder is then as it was.
fn save(desk: &Desk, changes: &[Change]) -> Files {
    let base = desk.files();
    let mut workspace = desk.open();
    workspace.commit(&Transaction::new(Verb::Mark, changes.to_vec())).expect("saved");
    let mut written = desk.files();
    written.retain(|name, bytes| base.get(name) != Some(bytes));
    for name in written.keys() {
        match base.get(name) {
            Some(bytes) => desk.write(name, bytes),
            None => std::fs::remove_file(desk.plan().join(name)).expect("it was just written"),
        }
    }
    written
}

/// A bare repository with all merges in it.
struct Merged {
    folder: tempfile::TempDir,
    /// Whether git merged without a conflict, and the tree.
    trees: Vec<(bool, String)>,
}

impl Merged {
    fn check_out(&self, tree: &str, to: &Path) {
        git(self.folder.path(), &["--work-tree", &to.display().to_string(), "checkout", "-q", tree, "--", "."], "");
    }
}

/// Makes a commit for each side by `fast-import` and merges all pairs in one `git merge-tree --stdin`.
fn merge_all(base: &Files, pairs: &[Pair]) -> Merged {
    let folder = plans::temp_folder();
    git(folder.path(), &["init", "-q", "--bare", "."], "");
    let mut stream = Vec::new();
    let mut merges = String::new();
    commit(&mut stream, "base", None, base);
    for (n, pair) in pairs.iter().enumerate() {
        commit(&mut stream, &format!("a{n}"), Some("base"), &pair.ours.1);
        commit(&mut stream, &format!("b{n}"), Some("base"), &pair.theirs.1);
        merges.push_str(&format!("a{n} b{n}\n"));
    }
    git(folder.path(), &["fast-import", "--quiet"], stream);
    let out = git(folder.path(), &["merge-tree", "--stdin", "--no-messages"], merges);
    // each merge: 1 clean or 0, the tree, the conflicted files, an empty field
    let mut trees = Vec::new();
    let mut fields = out.split('\0');
    while let Some(status @ ("0" | "1")) = fields.next() {
        trees.push((status == "1", fields.next().expect("a tree").to_string()));
        for field in fields.by_ref() {
            if field.is_empty() {
                break;
            }
        }
    }
    assert_eq!(trees.len(), pairs.len(), "{out:?}");
    Merged { folder, trees }
}

fn commit(stream: &mut Vec<u8>, name: &str, from: Option<&str>, files: &Files) {
    let mut line = |text: String| stream.extend_from_slice(text.as_bytes());
    line(format!("commit refs/heads/{name}\ncommitter x <x> 1700000000 +0000\ndata 1\nx\n"));
    if let Some(from) = from {
        line(format!("from refs/heads/{from}\n"));
    }
    for (name, bytes) in files {
        let path: PathBuf = Path::new("plans").join(PLAN).join(name);
        line(format!("M 100644 inline {}\ndata {}\n", path.display(), bytes.len()));
        line(String::from_utf8(bytes.clone()).expect("text"));
        line("\n".to_string());
    }
    line("\n".to_string());
}

fn git(folder: &Path, args: &[&str], input: impl AsRef<[u8]>) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("git runs");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.as_ref().to_vec();
    let feed = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("git ends");
    feed.join().expect("it ends").expect("git reads");
    let is_done = output.status.success() || args[0] == "merge-tree" && output.status.code() == Some(1);
    assert!(is_done, "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
