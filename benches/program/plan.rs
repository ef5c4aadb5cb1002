//! A plan of any size in lianxi's own layout, the same bytes for the same size: six tasks a row, a status and a deadline for most,
//! a log for a few where that is asked for. Beside it the same tasks as one text for pagers and editors, and as a table for awk.

use lianxi::domain::{Info, Matrix, Node, NodeId, NodeKind, OfficialText, Role, Row, Status, Unit, UnitGroup, UnitId};
use lianxi::store::layout;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const TASKS_A_ROW: usize = 6;
const ROWS_A_CHAPTER: usize = 20;
const VERBS: [&str; 8] = ["推进", "完善", "建立", "落实", "开展", "健全", "编制", "组织"];
const THINGS: [&str; 8] = [
    "青少年科技教育",
    "农民科学素质",
    "科普信息化",
    "科技馆体系",
    "应急科普机制",
    "科普资源配置",
    "基层科普平台",
    "产业工人培训",
];
const ENDS: [&str; 6] = ["工作方案", "实施细则", "年度计划", "试点工作", "专项行动", "考核办法"];
const UNITS: [&str; 28] = [
    "市委组织部",
    "市委宣传部",
    "市委网信办",
    "市委外办",
    "市发展改革局",
    "市教育局",
    "市科技局",
    "市民政局",
    "市财政局",
    "市人力资源社会保障局",
    "市自然资源局",
    "市生态环境局",
    "市住房城乡建设局",
    "市交通运输局",
    "市水利局",
    "市农业农村局",
    "市商务局",
    "市文化广电旅游体育局",
    "市卫生健康局",
    "市应急管理局",
    "市审计局",
    "市统计局",
    "市总工会",
    "团市委",
    "市妇联",
    "市科协",
    "市气象局",
    "市地震局",
];

/// A workspace with one plan.
pub struct Plan {
    pub root: PathBuf,
    /// The same tasks as a text, and as a table of tab-separated columns: id, title, lead, due, status.
    pub text: PathBuf,
    pub table: PathBuf,
    /// Bytes of the files that the program reads.
    pub bytes: u64,
    /// An id in the middle of the plan.
    pub task: String,
}

/// Seeded numbers (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ mixed >> 31) % sides as u64) as usize
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// Writes a plan of `count` tasks, with `logs` log entries spread over them, into a new folder.
pub fn write(folder: &Path, count: usize, logs: usize) -> io::Result<Plan> {
    let plan = folder.join("plans/plan");
    fs::create_dir_all(plan.join(layout::TASKS))?;
    fs::create_dir_all(folder.join(".git/lianxi/plan"))?;
    let mut dice = Dice(20_261_123);
    let units = UNITS.map(|name| Unit {
        id: UnitId::new(name),
        full: format!("清远{name}").into(),
        aliases: Vec::new(),
        group: UnitGroup::Government,
        from: None,
        to: None,
        successor: None,
    });
    let (mut official, mut matrix) = (OfficialText::default(), Matrix::default());
    let (mut text, mut table, mut middle) = (String::new(), String::new(), String::new());
    let mut done = 0;
    for row in 0..count.div_ceil(TASKS_A_ROW) {
        let (chapter, heading) = (row / ROWS_A_CHAPTER + 1, row % ROWS_A_CHAPTER + 1);
        if heading == 1 {
            let title = format!("第{chapter}部分重点任务");
            official.nodes.push(node(&chapter.to_string(), NodeKind::Chapter, format!("{chapter}、"), &title, ""));
        }
        let id = format!("{chapter}.{heading}");
        let title = format!("{}{}{}第{}组", dice.pick(&VERBS), dice.pick(&THINGS), dice.pick(&ENDS), row + 1);
        official.nodes.push(node(&id, NodeKind::Heading, format!("（{heading}）"), &title, ""));
        let first = dice.roll(UNITS.len() - 7);
        let roles = (1..=6).map(|n| (UnitId::new(UNITS[first + n]), Role::Responsible(n as u16))).collect();
        let lead = UnitId::new(UNITS[first]);
        matrix.rows.push(Row {
            id: NodeId::new(id.as_str()),
            category: "重点工程".into(),
            content: title.as_str().into(),
            lead: Some(lead.clone()),
            roles,
        });
        let mut file = format!("# {title}\n");
        for item in 1..=TASKS_A_ROW.min(count - done) {
            done += 1;
            let task = NodeId::new(format!("{id}.{item}"));
            let title = format!("{}{}{}第{done}项", dice.pick(&VERBS), dice.pick(&THINGS), dice.pick(&ENDS));
            let body = format!(
                "{}{}，按月报送进展情况，年底前形成{}并报联席会议办公室。",
                dice.pick(&VERBS),
                dice.pick(&THINGS),
                dice.pick(&ENDS)
            );
            official.nodes.push(node(task.as_str(), NodeKind::Task, format!("{item}."), &title, &body));
            let status = dice.pick(&[Status::Todo, Status::Doing, Status::Doing, Status::Doing, Status::Done]);
            let due = format!("{}-{:02}-{:02}", 2025 + dice.roll(2), dice.roll(12) + 1, dice.roll(28) + 1);
            let block = layout::tasks::block(&task, &title);
            for line in block.split_inclusive('\n') {
                file.push_str(line);
                if line.starts_with("# 状态") && status != Status::Todo {
                    file.push_str(&format!("status = \"{}\"\n", status.token()));
                } else if line.starts_with("# 完成时限") {
                    file.push_str(&format!("due = {due}\n"));
                }
            }
            let units = UNITS[first + 1..first + 7].join(" ");
            text.push_str(&format!(
                "* {task} {title}\n  DEADLINE: <{due}>\n  :LEAD: {lead}\n  :UNITS: {units}\n  :STATUS: {}\n  {body}\n",
                status.token()
            ));
            table.push_str(&format!("{task}\t{title}\t{lead}\t{due}\t{}\n", status.token()));
            if done == count / 2 {
                middle = task.to_string();
            }
            if (done - 1) * logs / count < done * logs / count {
                for entry in (done - 1) * logs / count..done * logs / count {
                    let name = layout::entry_file(task.as_str(), &format!("2025-01-{:02}-{entry:07}", entry % 28 + 1));
                    fs::create_dir_all(plan.join(&name).parent().expect("a folder"))?;
                    fs::write(plan.join(name), "kind = \"note\"\ntext = \"已与牵头单位会商\"\n")?;
                }
            }
        }
        fs::write(plan.join(layout::tasks_file(&id)), file)?;
    }
    let info = Info {
        title: "清远市全民科学素质行动规划测试方案".into(),
        issuer: "清远市人民政府".into(),
        period: Some((2021, 2026)),
        warning_days: 3,
        ..Info::default()
    };
    let register: Vec<UnitId> = units.iter().map(|unit| unit.id.clone()).collect();
    fs::write(plan.join(layout::INFO), layout::info::write(&info))?;
    fs::write(plan.join(layout::UNITS), layout::units::write(&units))?;
    fs::write(plan.join(layout::TEXT), layout::text::write(&official))?;
    fs::write(plan.join(layout::MATRIX), layout::matrix::write(&matrix, &register))?;
    fs::write(plan.join(layout::TARGETS), layout::targets::write(&[], info.period))?;
    let (beside, columns) = (folder.join("tasks.org"), folder.join("tasks.tsv"));
    fs::write(&beside, text)?;
    fs::write(&columns, table)?;
    let bytes = size(&plan)?;
    Ok(Plan { root: folder.to_path_buf(), text: beside, table: columns, bytes, task: middle })
}

fn node(id: &str, kind: NodeKind, number: String, title: &str, body: &str) -> Node {
    let text = match body {
        "" => format!("{number}{title}"),
        body => format!("{number}{title}。{body}"),
    };
    Node {
        id: NodeId::new(id),
        kind,
        number: number.as_str().into(),
        title: title.into(),
        gap: "\n\n".into(),
        text: text.as_str().into(),
    }
}

/// The bytes of the files of a folder, its log left out.
fn size(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        if meta.is_file() {
            sum += meta.len();
        } else if entry.file_name() != layout::LOG {
            sum += size(&entry.path())?;
        }
    }
    Ok(sum)
}
