//! Random plans, random changes and hand-made formatting, all from one seed; and a folder to keep a plan in.
//!
//! `LIANXI_SEED=7 cargo test` repeats the round that failed; `LIANXI_ROUNDS=1000` does more of them.

use chrono::NaiveDate;
use lianxi::domain::{
    Actual, Baseline, Certainty, Comparison, Due, Entry, EntryId, EntryKind, Info, LogItem, Matrix, Node, NodeId,
    NodeKind, OfficialText, Parent, Phase, Plan, Repair, Role, Row, Status, Str, Target, TargetId, TaskState, Unit,
    UnitGroup, UnitId,
};
use lianxi::edit::{Change, Place, Value};
use lianxi::store::{Folder, layout};
use lianxi::workspace::Workspace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A small generator (SplitMix64), the same on every machine.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Rng {
        Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def0)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.below(at + 1));
        }
    }
}

/// Runs a test once for each seed and says the seed where it fails.
pub fn rounds(usual: u64, test: impl Fn(&mut Rng)) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("LIANXI_SEED") {
        Some(seed) => seed..seed + 1,
        None => 1..number("LIANXI_ROUNDS").unwrap_or(usual) + 1,
    };
    for seed in seeds {
        let told = TellSeed(seed);
        test(&mut Rng::new(seed));
        std::mem::forget(told);
    }
}

struct TellSeed(u64);

impl Drop for TellSeed {
    fn drop(&mut self) {
        eprintln!("the round that failed: LIANXI_SEED={}", self.0);
    }
}

// ---------------------------------------------------------------- text

const PIECES: [&str; 40] = [
    "市教育局",
    "青少年",
    "科学素质",
    "，",
    "。",
    "推进",
    "2025年",
    " ",
    "\t",
    "\n",
    "\"",
    "'",
    "\\",
    "\"\"\"",
    "'''",
    "\u{1b}[2J",
    "\u{7}",
    "\u{202e}",
    "\u{200b}",
    "\u{a0}",
    "\u{3000}",
    "🚀",
    "👩‍🔬",
    "é",
    "#",
    "=",
    "[",
    "]",
    "[[x]]",
    "\r",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\\u0041",
    "{}",
    "x = 1",
    "、",
    "\u{e0041}",
    "null",
];

/// Any text at all, hostile pieces included.
pub fn hostile(rng: &mut Rng) -> Str {
    let count = rng.below(8);
    (0..count).map(|_| *rng.pick(&PIECES)).collect::<String>().into()
}

/// Text as an office writes it.
pub fn calm(rng: &mut Rng) -> Str {
    let words = ["开展", "科普活动", "进校园", "一次", "，", "已报送", "材料", "2024年", "市科协", "与"];
    let count = rng.below(5) + 1;
    (0..count).map(|_| *rng.pick(&words)).collect::<String>().into()
}

fn any_text(rng: &mut Rng) -> Str {
    if rng.one_in(2) { hostile(rng) } else { calm(rng) }
}

fn filled(rng: &mut Rng) -> Str {
    let text = any_text(rng);
    if text.trim().is_empty() { "有字".into() } else { text }
}

pub fn date(rng: &mut Rng) -> NaiveDate {
    let day = rng.below(3000) as u64;
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date") + chrono::Days::new(day)
}

pub fn due(rng: &mut Rng) -> Due {
    match rng.below(3) {
        0 => Due { date: Some(date(rng)), wording: Str::new() },
        1 => Due { date: Some(date(rng)), wording: filled(rng) },
        _ => Due { date: None, wording: filled(rng) },
    }
}

fn number(rng: &mut Rng) -> f64 {
    match rng.below(5) {
        0 => rng.below(300) as f64,
        1 => rng.below(3000) as f64 / 10.0,
        2 => -(rng.below(100) as f64) / 7.0,
        3 => 1e17 + rng.below(100_000) as f64,
        _ => 1.0 / (rng.below(1_000_000) as f64 + 1.0),
    }
}

// ---------------------------------------------------------------- plans

pub const UNITS: [&str; 9] =
    ["市委组织部", "市委宣传部", "市教育局", "市科技局", "市科协", "团市委", "市妇联", "市\"怪\"局", "a.b c"];

pub fn any_unit(rng: &mut Rng, name: &str) -> Unit {
    Unit {
        id: UnitId::new(name),
        full: any_text(rng),
        aliases: (0..rng.below(3)).map(|_| any_text(rng)).collect(),
        group: *rng.pick(&UnitGroup::ALL),
        from: rng.one_in(3).then(|| date(rng)),
        to: rng.one_in(3).then(|| date(rng)),
        successor: rng.one_in(3).then(|| UnitId::new(*rng.pick(&UNITS))),
    }
}

pub fn any_info(rng: &mut Rng) -> Info {
    Info {
        title: any_text(rng),
        issuer: any_text(rng),
        number: rng.one_in(2).then(|| filled(rng)),
        adopted: rng.one_in(2).then(|| filled(rng)),
        issued: rng.one_in(2).then(|| date(rng)),
        period: rng.one_in(4).then_some((2021, 2025)).or(Some((2020, 2026))).filter(|_| !rng.one_in(5)),
        phases: (0..rng.below(3)).map(|n| Phase { name: any_text(rng), from: 2021 + n as i32, to: 2023 }).collect(),
        implements: (0..rng.below(3)).map(|_| Parent { title: any_text(rng), number: any_text(rng) }).collect(),
        office: rng.one_in(2).then(|| filled(rng)),
        warning_days: rng.below(300) as u32,
    }
}

pub fn any_node(rng: &mut Rng, id: &str, kind: NodeKind) -> Node {
    let gaps = ["\n\n", "\n", "", "\r\n", "\u{3000}\u{3000}", "\n\n\n "];
    Node {
        id: NodeId::new(id),
        kind,
        number: any_text(rng),
        title: any_text(rng),
        gap: (*rng.pick(&gaps)).into(),
        text: any_text(rng),
    }
}

pub fn any_target(rng: &mut Rng, id: &str, node: &NodeId) -> Target {
    let mut actuals = BTreeMap::new();
    for _ in 0..rng.below(3) {
        actuals.insert(2019 + rng.below(9) as i32, Actual { value: number(rng), source: any_text(rng) });
    }
    Target {
        id: TargetId::new(id),
        node: node.clone(),
        name: any_text(rng),
        comparison: *rng.pick(&Comparison::ALL),
        value: number(rng),
        unit: any_text(rng),
        soft: rng.one_in(2),
        yearly: rng.one_in(2),
        due: 2025,
        baseline: rng.one_in(2).then(|| Baseline { value: number(rng), year: 2020 }),
        wording: any_text(rng),
        actuals,
    }
}

/// Repairs of a node, in the order of their places.
pub fn any_repairs(rng: &mut Rng, node: &NodeId) -> Vec<Repair> {
    let mut at = 0;
    let count = rng.below(3);
    let one = |_| {
        at += rng.below(5) as u32 + 1;
        Repair {
            node: node.clone(),
            at,
            scraped: any_text(rng),
            read: any_text(rng),
            certainty: *rng.pick(&Certainty::ALL),
            why: any_text(rng),
        }
    };
    (0..count).map(one).collect()
}

pub fn any_entry(rng: &mut Rng) -> Entry {
    let kind = match rng.below(4) {
        0 => EntryKind::Note,
        1 => EntryKind::Progress,
        2 => EntryKind::Status { from: *rng.pick(&Status::ALL), to: *rng.pick(&Status::ALL) },
        _ => EntryKind::Deadline { from: rng.one_in(2).then(|| due(rng)), to: rng.one_in(2).then(|| due(rng)) },
    };
    Entry {
        id: EntryId::new(date(rng), rng.below(86_400) as u32, rng.next() as u32),
        kind,
        text: any_text(rng),
        by: rng.one_in(2).then(|| any_text(rng)),
    }
}

fn any_state(rng: &mut Rng) -> TaskState {
    TaskState {
        status: *rng.pick(&Status::ALL),
        due: rng.one_in(2).then(|| due(rng)),
        original_due: rng.one_in(4).then(|| due(rng)),
        lead: rng.one_in(3).then(|| UnitId::new(*rng.pick(&UNITS))),
        responsible: rng.one_in(3).then(|| some_units(rng)),
    }
}

pub fn some_units(rng: &mut Rng) -> Vec<UnitId> {
    let mut all = UNITS.map(UnitId::new).to_vec();
    rng.shuffle(&mut all);
    all.truncate(rng.below(4));
    all
}

/// A plan with everything in it, in the order the files keep.
pub fn any_plan(rng: &mut Rng) -> Plan {
    let mut names = UNITS.to_vec();
    rng.shuffle(&mut names);
    names.truncate(4 + rng.below(5));
    let units: Vec<Unit> = names.iter().map(|name| any_unit(rng, name)).collect();
    let mut nodes = vec![any_node(rng, "0.1", NodeKind::Title)];
    for chapter in 1..=2 {
        nodes.push(any_node(rng, &format!("{chapter}"), NodeKind::Chapter));
        for heading in 1..=1 + rng.below(3) {
            nodes.push(any_node(rng, &format!("{chapter}.{heading}"), NodeKind::Heading));
            nodes.push(any_node(rng, &format!("{chapter}.{heading}.p1"), NodeKind::Paragraph));
            for item in 1..=1 + rng.below(3) {
                nodes.push(any_node(rng, &format!("{chapter}.{heading}.{item}"), NodeKind::Task));
            }
        }
    }
    // a flat plan's items have no heading above them
    nodes.push(any_node(rng, "9", NodeKind::Task));
    let headings: Vec<NodeId> =
        nodes.iter().filter(|node| node.kind == NodeKind::Heading).map(|node| node.id.clone()).collect();
    let row = |id: &NodeId| Row {
        id: id.clone(),
        category: any_text(rng),
        content: any_text(rng),
        lead: (!rng.one_in(5)).then(|| UnitId::new(*rng.pick(&names))),
        roles: any_roles(rng, &names),
    };
    let rows = headings.iter().map(row).collect();
    let targets = (1..=2 + rng.below(2)).map(|n| {
        let node = &nodes[rng.below(nodes.len())].id;
        any_target(rng, &format!("T{n}"), node)
    });
    let targets = targets.collect();
    let mut repairs = Vec::new();
    for node in &nodes {
        if rng.one_in(3) {
            repairs.extend(any_repairs(rng, &node.id));
        }
    }
    let mut plan = Plan {
        info: any_info(rng),
        text: OfficialText { nodes, repairs, tail: if rng.one_in(2) { "\n".into() } else { Str::new() } },
        units,
        matrix: Matrix::new(rows),
        targets,
        tasks: Default::default(),
        log: BTreeMap::new(),
        records: BTreeMap::new(),
        conflicts: Vec::new(),
        calendar: Default::default(),
    };
    let tracked: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    for id in &tracked {
        if rng.one_in(2) {
            plan.update_state(id, |state| *state = any_state(rng));
        }
        if rng.one_in(3) {
            let mut items: Vec<LogItem> = (0..1 + rng.below(3))
                .map(|_| any_entry(rng))
                .map(|entry| LogItem { id: entry.id.clone(), entry: Some(entry) })
                .collect();
            items.sort_by(|a, b| a.id.cmp(&b.id));
            items.dedup_by(|a, b| a.id == b.id);
            plan.log.insert(id.clone(), items);
        }
    }
    plan
}

/// Roles in the order of the register.
fn any_roles(rng: &mut Rng, register: &[&str]) -> Vec<(UnitId, Role)> {
    let mut roles = Vec::new();
    for name in register {
        match rng.below(4) {
            0 => roles.push((UnitId::new(*name), Role::Responsible(1 + rng.below(9) as u16))),
            1 if rng.one_in(4) => roles.push((UnitId::new(*name), Role::JointLead(2 + rng.below(3) as u16))),
            _ => {}
        }
    }
    roles
}

/// The office's own plan, built from its document.
pub fn qingyuan() -> Plan {
    static PLAN: std::sync::OnceLock<Plan> = std::sync::OnceLock::new();
    PLAN.get_or_init(imported).clone()
}

fn imported() -> Plan {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/qingyuan-2021-2025");
    let file = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it is part of the project");
    let imported = lianxi::import::read_official(&file("source.txt"));
    let read = lianxi::import::with_readings(&imported, &file("readings.toml")).expect("the readings fit");
    let mut plan = Plan {
        info: read.info,
        text: read.text,
        units: read.units,
        matrix: read.matrix,
        targets: read.targets,
        ..Plan::default()
    };
    let place = |id: &UnitId| plan.units.iter().position(|unit| unit.id == *id);
    plan.matrix.rows.iter_mut().for_each(|row| row.roles.sort_by_key(|(id, _)| place(id)));
    plan
}

// ---------------------------------------------------------------- changes

/// A change that fits the plan, of any of the kinds that an office makes.
pub fn any_change(rng: &mut Rng, plan: &Plan) -> Change {
    let tracked: Vec<NodeId> = plan.tracked().map(|node| node.id.clone()).collect();
    let task = rng.pick(&tracked).clone();
    let some = |rng: &mut Rng| !rng.one_in(3);
    loop {
        let (place, new) = match rng.below(9) {
            0 | 1 => {
                let status = *rng.pick(&Status::ALL);
                (Place::Status(task.clone()), (status != Status::Todo).then_some(Value::Status(status)))
            }
            2 => (Place::Due(task.clone()), some(rng).then(|| Value::Due(due(rng)))),
            3 => (Place::OriginalDue(task.clone()), some(rng).then(|| Value::Due(due(rng)))),
            4 => (Place::Lead(task.clone()), some(rng).then(|| Value::Unit(any_unit_of(rng, plan)))),
            5 => (Place::Responsible(task.clone()), some(rng).then(|| Value::Units(some_units(rng)))),
            6 if !plan.matrix.rows.is_empty() => {
                let row = rng.pick(&plan.matrix.rows).id.clone();
                if rng.one_in(4) {
                    (Place::RowLead(row), some(rng).then(|| Value::Unit(any_unit_of(rng, plan))))
                } else {
                    let role = if rng.one_in(3) {
                        Role::JointLead(2 + rng.below(3) as u16)
                    } else {
                        Role::Responsible(1 + rng.below(20) as u16)
                    };
                    (Place::Cell(row, any_unit_of(rng, plan)), some(rng).then_some(Value::Role(role)))
                }
            }
            7 => {
                let entry = any_entry(rng);
                (Place::Entry(task.clone(), entry.id.clone()), Some(Value::Entry(Box::new(entry))))
            }
            8 if !plan.targets.is_empty() => {
                let target = rng.pick(&plan.targets).id.clone();
                let actual = Actual { value: number(rng), source: any_text(rng) };
                (Place::Actual(target, 2019 + rng.below(9) as i32), some(rng).then_some(Value::Actual(actual)))
            }
            _ => continue,
        };
        let old = lianxi::edit::current(plan, &place);
        let change = Change::new(place, old, new);
        if !change.is_empty() {
            return change;
        }
    }
}

fn any_unit_of(rng: &mut Rng, plan: &Plan) -> UnitId {
    rng.pick(&plan.units).id.clone()
}

// ---------------------------------------------------------------- on disk

/// A folder in memory where there is one: thousands of saves are synced here.
pub fn temp_folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

/// A folder with one plan in it.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

pub const PLAN: &str = "some-plan";

impl Desk {
    /// Writes a plan as an import would, and its log.
    pub fn new(plan: &Plan) -> Desk {
        let desk = Desk { folder: temp_folder() };
        let register: Vec<UnitId> = plan.units.iter().map(|unit| unit.id.clone()).collect();
        desk.write(layout::INFO, layout::info::write(&plan.info));
        desk.write(layout::TEXT, layout::text::write(&plan.text));
        desk.write(layout::UNITS, layout::units::write(&plan.units));
        desk.write(layout::MATRIX, layout::matrix::write(&plan.matrix, &register));
        desk.write(layout::TARGETS, layout::targets::write(&plan.targets, plan.info.period));
        let mut rows: BTreeMap<NodeId, Vec<&Node>> = BTreeMap::new();
        for node in plan.tracked() {
            rows.entry(node.id.parent().unwrap_or_else(|| node.id.clone())).or_default().push(node);
        }
        let titles = plan.text.nodes.iter().map(|node| (&node.id, node.title.as_str()));
        let titles: std::collections::HashMap<&NodeId, &str> = titles.collect();
        for (row, nodes) in rows {
            let title = titles.get(&row).copied().unwrap_or("");
            let name = layout::tasks_file(row.as_str());
            let mut text = layout::tasks::write(title, nodes.iter().map(|node| (&node.id, node.title.as_str())));
            for node in nodes {
                text = with_state(text, &node.id, plan.state(&node.id));
            }
            desk.write(&name, &text);
        }
        for (node, items) in &plan.log {
            for entry in items.iter().filter_map(|item| item.entry.as_ref()) {
                desk.write(&layout::entry_file(node.as_str(), entry.id.as_str()), layout::entry::write(entry));
            }
        }
        desk
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn plan(&self) -> PathBuf {
        self.root().join("plans").join(PLAN)
    }

    pub fn private(&self) -> PathBuf {
        self.root().join(".lianxi").join(PLAN)
    }

    pub fn oplog(&self) -> PathBuf {
        self.private().join("oplog")
    }

    pub fn store(&self) -> Folder {
        Folder::new(self.plan())
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.plan().join(name);
        std::fs::create_dir_all(path.parent().expect("below the plan")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.plan().join(name)).expect("a file")
    }

    pub fn open(&self) -> Workspace {
        Workspace::open(self.root(), None).expect("the plan opens")
    }

    /// Every file of the plan by name, temporary ones included.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.plan())
    }
}

pub fn files_below(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below it").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).unwrap_or_default());
            }
        }
    }
    files
}

/// Writes a task's state into a file by the edits that the program would make.
fn with_state(mut text: String, id: &NodeId, state: &TaskState) -> String {
    use layout::tasks::{due_edits, lead_edit, original_due_edits, responsible_edit, status_edit};
    let status = Some(state.status).filter(|status| *status != Status::Todo);
    let edits = [status_edit(id, status)].into_iter();
    let edits = edits.chain(due_edits(id, state.due.as_ref()));
    let edits = edits.chain(original_due_edits(id, state.original_due.as_ref()));
    let edits = edits.chain([lead_edit(id, state.lead.as_ref()), responsible_edit(id, state.responsible.as_deref())]);
    for edit in edits {
        let source: Str = text.as_str().into();
        let doc = lianxi::store::read_doc(&source).expect("canonical");
        if let Some(piece) = lianxi::store::splice(&source, &doc, &edit).expect("it has the table") {
            text = piece.apply(&source);
        }
    }
    text
}

// ---------------------------------------------------------------- by hand

/// Rewrites a canonical file as a person might have written it: the same values, another form.
pub fn by_hand(rng: &mut Rng, name: &str, text: &str) -> String {
    let can_hold_strangers = !name.starts_with(layout::MATRIX) && !name.starts_with(layout::LOG);
    let mut out: Vec<String> = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        // a multi-line text stays as it is
        if in_block || line.ends_with("= \"\"\"") {
            in_block = !(in_block && line.ends_with("\"\"\""));
            out.push(line.to_string());
            continue;
        }
        if line.starts_with('[') {
            out.push(match rng.below(6) {
                0 if !line.starts_with("[[") => line.replacen('[', "[ ", 1).replace(']', " ]"),
                1 => format!("{line}   # 手写"),
                2 => format!("  {line}"),
                3 if !line.contains('\'') && !line.contains('\\') => line.replace('"', "'"),
                _ => line.to_string(),
            });
            if can_hold_strangers && rng.one_in(4) {
                out.push("\"经办人\" = '张三'   # 不要动".to_string());
            }
            continue;
        }
        if line.starts_with('#') {
            // a comment line may have been taken away, or one of its own put there
            if !rng.one_in(8) {
                out.push(line.to_string());
            }
            if rng.one_in(8) {
                out.push("    # 随手记：= [ \" '".to_string());
            }
            continue;
        }
        let Some((key, value)) = split_field(line) else {
            out.push(line.to_string());
            continue;
        };
        let value = match (rng.below(4), value.as_bytes().first()) {
            (0, Some(b'"')) if !value.contains(['\\', '\'']) => format!("'{}'", &value[1..value.len() - 1]),
            (1, Some(b'"')) => format!("\"\"\"{}\"\"\"", &value[1..value.len() - 1]),
            (0 | 1, Some(b'[')) if !value.contains('\\') && !value.contains("[]") => {
                let inner = value[1..value.len() - 1].replace("\", \"", "\",\n    # 其次\n  \"");
                format!("[\n  {inner},\n]")
            }
            _ => value.to_string(),
        };
        out.push(match rng.below(5) {
            0 => format!("{key}={value}"),
            1 => format!("  {key}   =  {value}  # 见函"),
            2 if key.starts_with(|c: char| c.is_ascii_alphabetic()) => format!("\"{key}\" = {value}"),
            _ => format!("{key} = {value}"),
        });
        if rng.one_in(10) {
            out.push(String::new());
        }
    }
    if name.starts_with(layout::TASKS) && rng.one_in(3) {
        out = with_inline_table(rng, out);
    }
    let mut text = out.join("\n");
    if !rng.one_in(5) {
        text.push('\n');
    }
    if rng.one_in(4) {
        text = text.replace('\n', "\r\n");
    }
    text
}

fn split_field(line: &str) -> Option<(&str, &str)> {
    let end = match line.strip_prefix('"') {
        Some(rest) if !line.contains('\\') => rest.find('"')? + 2,
        Some(_) => return None,
        None => line.find(' ')?,
    };
    Some((&line[..end], line[end..].strip_prefix(" = ")?))
}

/// Writes one table whose fields stand on a line each as an inline or a dotted one, before all others.
fn with_inline_table(rng: &mut Rng, lines: Vec<String>) -> Vec<String> {
    let Some(first) = lines.iter().position(|line| line.starts_with("[\"")) else { return lines };
    let end = lines[first + 1..].iter().position(|line| line.trim_start().starts_with('[')).map(|at| first + 1 + at);
    let end = end.unwrap_or(lines.len());
    let Some(key) = lines[first].strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return lines };
    let body: Vec<&String> = lines[first + 1..end].iter().filter(|l| !l.trim_start().starts_with('#')).collect();
    let body: Vec<&String> = body.into_iter().filter(|line| !line.is_empty()).collect();
    if body.is_empty() || !body.iter().all(|line| split_field(line).is_some() && !line.contains(['#', '\n'])) {
        return lines;
    }
    let mut out = Vec::new();
    if rng.one_in(2) {
        let fields: Vec<&str> = body.iter().map(|line| line.as_str()).collect();
        out.push(format!("{key} = {{ {} }}", fields.join(", ")));
    } else {
        out.extend(body.iter().map(|line| format!("{key}.{line}")));
    }
    out.extend(lines[..first].iter().cloned());
    out.extend(lines[end..].iter().cloned());
    out
}

/// Compares plans part by part, so that a failure names the part.
pub fn assert_same_plan(a: &Plan, b: &Plan) {
    assert_eq!(a.info, b.info);
    assert_eq!(a.text.nodes, b.text.nodes);
    assert_eq!(a.text.repairs, b.text.repairs);
    assert_eq!(a.text.tail, b.text.tail);
    assert_eq!(a.units, b.units);
    a.matrix.rows.iter().zip(&b.matrix.rows).for_each(|(a, b)| assert_eq!(a, b));
    assert_eq!(a.matrix.rows.len(), b.matrix.rows.len());
    a.targets.iter().zip(&b.targets).for_each(|(a, b)| assert_eq!(a, b));
    assert_eq!(a.targets.len(), b.targets.len());
    let sorted = |plan: &Plan| plan.tasks.clone().into_iter().collect::<BTreeMap<_, _>>();
    assert_eq!(sorted(a), sorted(b));
    assert_eq!(a.log, b.log);
    assert_eq!(a, b);
}
