//! What drawing may look at. Drawing never changes data: it gets this and the scroll positions.

use super::keymap::Keymap;
use super::theme::Theme;
use crate::domain::{Light, Map, Node, NodeId, NodeKind, Rollup, Status, UnitId};
use crate::edit::{Place, Value};
use crate::ops;
use crate::store::layout::{place_of, value_of};
use crate::text::{Lang, Text};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Which reading of the damaged places is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Default)]
pub enum Reading {
    /// With the accepted repairs, marked.
    #[default]
    AsRead,
    /// As it was scraped, with the damaged places marked.
    AsScraped,
}

/// Everything a frame is made from.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub workspace: &'a Workspace,
    pub text: &'static Text,
    pub theme: &'a Theme,
    pub keymap: &'a Keymap,
    pub today: NaiveDate,
    pub rollups: &'a Map<NodeId, Rollup>,
    pub totals: Totals,
    pub picked: &'a BTreeSet<NodeId>,
    pub reading: Reading,
}

/// What the plan comes to, counted after every change and not for every frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Totals {
    pub done: usize,
    pub total: usize,
    pub late: usize,
    pub picked: usize,
    pub problems: usize,
    /// Changes that wait for a review, as far as somebody has looked.
    pub open: usize,
}

impl Totals {
    /// Counts the tasks; measures are tracked but are not among them.
    pub fn of(workspace: &Workspace, today: NaiveDate) -> Totals {
        let plan = workspace.plan();
        let is_done = |id: &NodeId| plan.state(id).status == Status::Done;
        let late = plan.tasks.keys().filter(|id| plan.light(id, today) == Light::Red).count();
        Totals {
            done: plan.tasks().filter(|node| is_done(&node.id)).count(),
            total: plan.tasks().count(),
            late,
            picked: 0,
            problems: workspace.problems().count(),
            open: 0,
        }
    }
}

impl Look<'_> {
    /// A place as the language shows it.
    pub fn place(&self, id: &NodeId) -> String {
        ops::place_name(id, self.text)
    }

    /// The number before a title, as papers print it: 三、（一）2. The brackets of a web page are put right on the way.
    pub fn number<'n>(&self, node: &'n Node) -> Cow<'n, str> {
        if self.text.lang == Lang::En {
            return node.id.as_str().into();
        }
        if node.number.ends_with(['.', '、', '）']) {
            return node.number.as_str().into();
        }
        let last = node.id.numbers().last().copied().unwrap_or(0);
        match node.kind {
            NodeKind::Chapter => format!("{}、", crate::domain::chinese_numeral(last)).into(),
            NodeKind::Heading => format!("（{}）", crate::domain::chinese_numeral(last)).into(),
            _ => format!("{last}.").into(),
        }
    }

    /// Whether two people disagree about something of a place.
    pub fn is_disputed(&self, id: &NodeId) -> bool {
        let plan = self.workspace.plan();
        !plan.conflicts.is_empty() && ops::conflicts_of(plan, id).next().is_some()
    }

    /// Whether two people disagree about what a department does in a row of the table, or about who leads it.
    pub fn is_disputed_cell(&self, row: &NodeId, unit: &UnitId) -> bool {
        let plan = self.workspace.plan();
        if plan.conflicts.is_empty() {
            return false;
        }
        ops::conflicts_of(plan, row).any(|conflict| match place_of(conflict) {
            Some(Place::Cell(_, of)) => of == *unit,
            Some(place @ (Place::RowLead(_) | Place::Lead(_))) => {
                let lead = Some(Some(Value::Unit(unit.clone())));
                [&conflict.ours, &conflict.theirs].into_iter().any(|said| value_of(&place, said) == lead)
            }
            _ => false,
        })
    }

    /// The mark of a place that two people disagree about, in two cells.
    pub fn disputed_mark(&self) -> &'static str {
        if self.text.lang == Lang::En { "??" } else { "歧" }
    }

    /// The light as a mark of two cells.
    pub fn light_mark(&self, light: Light) -> &'static str {
        match (self.text.lang, light) {
            (_, Light::None) => "",
            (Lang::Zh, Light::Green) => "正",
            (Lang::Zh, Light::Yellow) => "近",
            (Lang::Zh, Light::Red) => "逾",
            (Lang::En, Light::Green) => "ok",
            (Lang::En, Light::Yellow) => "~",
            (Lang::En, Light::Red) => "!",
        }
    }

    /// The status as a word of at most six cells in Chinese, eleven in English.
    pub fn status_word(&self, status: Status) -> &'static str {
        (self.text.words.status)(status)
    }
}
