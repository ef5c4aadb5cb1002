//! A plan and the questions asked of it.

use super::{
    Calendar, Conflict, Due, Entry, EntryId, Light, Map, Matrix, Node, NodeId, NodeKind, OfficialText, Record,
    RecordId, RecordKind, Rollup, Row, Str, Target, TaskState, Unit, UnitId, UnitMatch, unit,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A phase of the plan (进度安排).
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Phase {
    pub name: Str,
    pub from: i32,
    pub to: i32,
}

/// A higher plan that this one implements.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Parent {
    pub title: Str,
    pub number: Str,
}

/// What the document says of itself.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug, Default)]
pub struct Info {
    /// 清远市全民科学素质行动规划纲要实施方案（2021—2025年）
    pub title: Str,
    /// 发文机关
    pub issuer: Str,
    /// 发文字号; `None` where the document has none. Never guessed.
    pub number: Option<Str>,
    /// 审议通过: by whom, in the words of the document.
    pub adopted: Option<Str>,
    /// 成文日期
    pub issued: Option<NaiveDate>,
    /// First and last year.
    pub period: Option<(i32, i32)>,
    pub phases: Vec<Phase>,
    pub implements: Vec<Parent>,
    /// The department that hosts the joint-conference office.
    pub office: Option<Str>,
    /// Working days before a deadline at which the light turns yellow.
    pub warning_days: u32,
}

/// A log entry that is known by its name; the text is read when it is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct LogItem {
    pub id: EntryId,
    pub entry: Option<Entry>,
}

/// The plan: what is official and what the office keeps beside it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    pub info: Info,
    pub text: OfficialText,
    pub units: Vec<Unit>,
    pub matrix: Matrix,
    pub targets: Vec<Target>,
    /// Only tasks that differ from the default.
    pub tasks: Map<NodeId, TaskState>,
    /// The years that have been read beside the plan; no part of what it says.
    pub calendar: Calendar,
    /// Log entries by node, oldest first.
    pub log: BTreeMap<NodeId, Vec<LogItem>>,
    /// Topics, meetings and what came of them; read when they are first asked for.
    pub records: BTreeMap<RecordId, Record>,
    /// What two people disagree about, by file and id.
    pub conflicts: Vec<Conflict>,
}

static UNTOUCHED: TaskState =
    TaskState { status: super::Status::Todo, due: None, original_due: None, lead: None, responsible: None };

impl Plan {
    pub fn node(&self, id: &NodeId) -> Option<&Node> {
        self.text.nodes.iter().find(|node| node.id == *id)
    }

    /// The tracked items, in printed order: tasks and measures.
    pub fn tracked(&self) -> impl Iterator<Item = &Node> {
        self.text.nodes.iter().filter(|node| node.kind.is_tracked())
    }

    /// The tasks, in printed order.
    pub fn tasks(&self) -> impl Iterator<Item = &Node> {
        self.text.nodes.iter().filter(|node| node.kind == NodeKind::Task)
    }

    /// The state of a task; the default where nobody has touched it.
    pub fn state(&self, id: &NodeId) -> &TaskState {
        self.tasks.get(id).unwrap_or(&UNTOUCHED)
    }

    /// Changes the state of a task, and forgets it where it is back at the default.
    pub fn update_state(&mut self, id: &NodeId, change: impl FnOnce(&mut TaskState)) {
        let mut state = self.tasks.remove(id).unwrap_or_default();
        change(&mut state);
        if !state.is_default() {
            self.tasks.insert(id.clone(), state);
        }
    }

    /// Takes in what another plan holds beside this one: plans that were read from different files become one.
    pub fn take_in(&mut self, other: Plan) {
        let Plan { info, text, units, matrix, targets, tasks, log, records, conflicts, calendar: _ } = other;
        if info != Info::default() {
            self.info = info;
        }
        if text != OfficialText::default() {
            self.text = text;
        }
        if !units.is_empty() {
            self.units = units;
        }
        if !matrix.rows.is_empty() {
            self.matrix = matrix;
        }
        if !targets.is_empty() {
            self.targets = targets;
        }
        self.tasks.extend(tasks);
        self.records.extend(records);
        self.conflicts.extend(conflicts);
        self.conflicts.sort_by(|a, b| (&a.file, &a.id).cmp(&(&b.file, &b.id)));
        for (node, items) in log {
            let all = self.log.entry(node).or_default();
            all.extend(items);
            all.sort_by(|one, other| one.id.cmp(&other.id));
        }
    }

    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == *id)
    }

    /// Finds the department that a typed name stands for.
    pub fn find_unit(&self, name: &str) -> UnitMatch {
        unit::find_unit(&self.units, name)
    }

    /// The row of the table that a heading is, or that a task belongs to.
    pub fn row_of(&self, id: &NodeId) -> Option<&Row> {
        self.matrix.row(id).or_else(|| self.matrix.row(&id.parent()?))
    }

    /// The leads of a row or task, first lead first; overrides count.
    pub fn leads(&self, id: &NodeId) -> Vec<UnitId> {
        match &self.state(id).lead {
            Some(lead) => vec![lead.clone()],
            None => self.row_of(id).map(Row::leads).unwrap_or_default(),
        }
    }

    /// The responsible departments of a row or task, in order; overrides count, and an overriding lead is not also responsible.
    pub fn responsible(&self, id: &NodeId) -> Vec<UnitId> {
        let state = self.state(id);
        if let Some(units) = &state.responsible {
            return units.clone();
        }
        let mut units = self.row_of(id).map(Row::responsible).unwrap_or_default();
        if let Some(lead) = &state.lead {
            units.retain(|unit| unit != lead);
        }
        units
    }

    /// Replaces the open conflicts of a file.
    pub fn set_conflicts(&mut self, file: &str, conflicts: Vec<Conflict>) {
        self.conflicts.retain(|known| known.file != *file);
        if !conflicts.is_empty() {
            self.conflicts.extend(conflicts);
            self.conflicts.sort_by(|a, b| (&a.file, &a.id).cmp(&(&b.file, &b.id)));
        }
    }

    pub fn due(&self, id: &NodeId) -> Option<&Due> {
        self.state(id).due.as_ref()
    }

    pub fn light(&self, id: &NodeId, today: NaiveDate) -> Light {
        Light::of(self.state(id), today, self.info.warning_days, &self.calendar)
    }

    pub fn record(&self, id: &RecordId) -> Option<&Record> {
        self.records.get(id)
    }

    /// The records of a kind, in the order of their meetings and keys.
    pub fn records_of(&self, kind: RecordKind) -> impl Iterator<Item = (&RecordId, &Record)> {
        let from = RecordId::new(kind, Str::new(), Str::new());
        self.records.range(from..).take_while(move |(id, _)| id.kind == kind)
    }

    /// The records of a kind that belong to a meeting, in the order of their keys.
    pub fn records_at<'p, 'm>(
        &'p self,
        kind: RecordKind,
        meeting: &'m str,
    ) -> impl Iterator<Item = (&'p RecordId, &'p Record)> + use<'p, 'm> {
        let from = RecordId::new(kind, meeting, Str::new());
        self.records.range(from..).take_while(move |(id, _)| id.kind == kind && id.meeting == meeting)
    }

    /// How many log entries a node has.
    pub fn log_count(&self, id: &NodeId) -> usize {
        self.log.get(id).map_or(0, Vec::len)
    }

    /// Sums up, for every parent, the tracked items below it.
    pub fn rollups(&self, today: NaiveDate) -> Map<NodeId, Rollup> {
        let mut sums: Map<NodeId, Rollup> = Map::default();
        for node in self.tracked() {
            let state = self.state(&node.id);
            let one = Rollup {
                done: u32::from(state.status == super::Status::Done),
                total: 1,
                worst: Light::of(state, today, self.info.warning_days, &self.calendar),
            };
            let mut at = node.id.parent();
            while let Some(id) = at {
                at = id.parent();
                sums.entry(id).or_default().add(one);
            }
        }
        sums
    }
}
