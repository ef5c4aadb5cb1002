//! Quantified targets as records.

use super::{NodeId, Str};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// A target's id, `T1`.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetId(Str);

impl TargetId {
    pub fn new(id: impl Into<Str>) -> Self {
        TargetId(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TargetId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TargetId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a value is held against the target. 超过 excludes the figure, 以上 includes it.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Comparison {
    MoreThan,
    AtLeast,
    Exactly,
    AtMost,
    LessThan,
}

impl Comparison {
    pub const ALL: [Comparison; 5] =
        [Comparison::MoreThan, Comparison::AtLeast, Comparison::Exactly, Comparison::AtMost, Comparison::LessThan];

    /// The sign for it, also in TOML and JSON.
    pub fn token(self) -> &'static str {
        match self {
            Comparison::MoreThan => ">",
            Comparison::AtLeast => ">=",
            Comparison::Exactly => "=",
            Comparison::AtMost => "<=",
            Comparison::LessThan => "<",
        }
    }

    pub fn parse(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|comparison| comparison.token() == token)
    }

    pub fn holds(self, value: f64, target: f64) -> bool {
        match self {
            Comparison::MoreThan => value > target,
            Comparison::AtLeast => value >= target,
            Comparison::Exactly => value == target,
            Comparison::AtMost => value <= target,
            Comparison::LessThan => value < target,
        }
    }
}

/// Where the figure stood before.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Baseline {
    pub value: f64,
    pub year: i32,
}

/// A figure of one year, with where it comes from.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Actual {
    pub value: f64,
    pub source: Str,
}

/// A target that the plan sets.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Target {
    pub id: TargetId,
    /// Where it stands.
    pub node: NodeId,
    /// What is measured: 公民具备科学素质的比例.
    pub name: Str,
    pub comparison: Comparison,
    pub value: f64,
    /// %, 名, 个; a yearly target has its unit for one year.
    pub unit: Str,
    /// 争取, 探索, 力争, 逐步: a soft target.
    pub soft: bool,
    /// Falls due every year of the plan.
    pub yearly: bool,
    /// The year in which it falls due; the last one of a yearly target.
    pub due: i32,
    pub baseline: Option<Baseline>,
    /// The words of the document.
    pub wording: Str,
    pub actuals: BTreeMap<i32, Actual>,
}
