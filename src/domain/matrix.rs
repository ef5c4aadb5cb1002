//! The division-of-labour table: rows are second-level headings, columns are departments.

use super::{Map, NodeId, Str, Unit, UnitId};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// What a department does in a row, beside the row's first lead.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Joint lead (并列牵头), with its place after the first lead, from 2.
    JointLead(u16),
    /// Responsible (责任单位), with its place in the cell as printed, from 1.
    Responsible(u16),
}

/// One row of the table.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Row {
    /// The heading it belongs to, `3.1`.
    pub id: NodeId,
    /// 类别 as printed: 提升行动, 重点工程.
    pub category: Str,
    /// 工作内容 as printed in the table.
    pub content: Str,
    /// The first lead (牵头单位).
    pub lead: Option<UnitId>,
    /// The other departments with a role, in the order of the register; strangers last, by name.
    pub roles: Vec<(UnitId, Role)>,
}

impl Row {
    pub fn role(&self, unit: &UnitId) -> Option<Role> {
        self.roles.iter().find(|(id, _)| id == unit).map(|(_, role)| *role)
    }

    /// All leads, the first one first.
    pub fn leads(&self) -> Vec<UnitId> {
        let mut joint: Vec<_> = self.roles.iter().filter(|(_, role)| matches!(role, Role::JointLead(_))).collect();
        joint.sort_by_key(|(_, role)| *role);
        self.lead.iter().cloned().chain(joint.into_iter().map(|(unit, _)| unit.clone())).collect()
    }

    /// Responsible departments in the order of the cell.
    pub fn responsible(&self) -> Vec<UnitId> {
        let mut units: Vec<_> = self.roles.iter().filter(|(_, role)| matches!(role, Role::Responsible(_))).collect();
        units.sort_by_key(|(_, role)| *role);
        units.into_iter().map(|(unit, _)| unit.clone()).collect()
    }

    /// The place a department gets that is added to the responsible ones now.
    pub fn next_responsible(&self) -> Role {
        let last = self.roles.iter().filter_map(|(_, role)| match role {
            Role::Responsible(n) => Some(*n),
            Role::JointLead(_) => None,
        });
        Role::Responsible(last.max().unwrap_or(0).saturating_add(1))
    }

    /// The place a joint lead gets that is added now.
    pub fn next_joint_lead(&self) -> Role {
        let last = self.roles.iter().filter_map(|(_, role)| match role {
            Role::JointLead(n) => Some(*n),
            Role::Responsible(_) => None,
        });
        Role::JointLead(last.max().unwrap_or(1).saturating_add(1))
    }
}

/// The table, rows in printed order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Matrix {
    pub rows: Vec<Row>,
    places: Places,
}

/// Where each row of a long table stands, worked out when one is first looked for. It says nothing of its own: tables with the
/// same rows are the same table.
#[derive(Debug, Default)]
struct Places(OnceLock<Map<NodeId, usize>>);

impl Clone for Places {
    fn clone(&self) -> Self {
        Places::default()
    }
}

impl PartialEq for Places {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Shorter tables are looked through.
const LONG: usize = 64;

impl Matrix {
    pub fn new(rows: Vec<Row>) -> Self {
        Matrix { rows, places: Places::default() }
    }

    pub fn row(&self, id: &NodeId) -> Option<&Row> {
        if self.rows.len() < LONG {
            return self.rows.iter().find(|row| row.id == *id);
        }
        let all = || self.rows.iter().enumerate().rev().map(|(at, row)| (row.id.clone(), at)).collect();
        self.rows.get(*self.places.0.get_or_init(all).get(id)?)
    }

    /// Puts rows in, takes them out or changes their order.
    pub fn change_rows(&mut self, change: impl FnOnce(&mut Vec<Row>)) {
        change(&mut self.rows);
        self.places = Places::default();
    }

    pub fn row_mut(&mut self, id: &NodeId) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.id == *id)
    }

    /// Brings the roles of every row into the order of the register, whatever the order of the lines was.
    pub fn sort_roles(&mut self, register: &[Unit]) {
        let places: Map<&UnitId, usize> = register.iter().enumerate().map(|(at, unit)| (&unit.id, at)).collect();
        for row in &mut self.rows {
            let place = |unit: &UnitId| places.get(unit).copied().unwrap_or(usize::MAX);
            row.roles.sort_by(|(a, _), (b, _)| place(a).cmp(&place(b)).then_with(|| a.cmp(b)));
        }
    }
}
