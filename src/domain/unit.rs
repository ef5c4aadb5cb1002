//! The departments of the joint conference, and how people name them.

use super::{Str, pinyin};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A department's id: its short name as the plan's table prints it, 市教育局.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(Str);

impl UnitId {
    pub fn new(name: impl Into<Str>) -> Self {
        UnitId(name.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The kind of organ a department is; official lists are ordered by it.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum UnitGroup {
    /// 党委
    Party,
    /// 政府
    Government,
    /// 群团
    Mass,
    /// 垂直管理
    Vertical,
    /// 其他
    Other,
}

impl UnitGroup {
    pub const ALL: [UnitGroup; 5] =
        [UnitGroup::Party, UnitGroup::Government, UnitGroup::Mass, UnitGroup::Vertical, UnitGroup::Other];

    /// The word for it in TOML and JSON.
    pub fn token(self) -> &'static str {
        match self {
            UnitGroup::Party => "party",
            UnitGroup::Government => "government",
            UnitGroup::Mass => "mass",
            UnitGroup::Vertical => "vertical",
            UnitGroup::Other => "other",
        }
    }

    /// The office's word for it.
    pub fn word(self) -> &'static str {
        match self {
            UnitGroup::Party => "党委",
            UnitGroup::Government => "政府",
            UnitGroup::Mass => "群团",
            UnitGroup::Vertical => "垂直管理",
            UnitGroup::Other => "其他",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.token() == text || group.word() == text)
    }
}

/// A department.
#[derive(Serialize, Deserialize, Clone, PartialEq, Debug)]
pub struct Unit {
    /// The short name, which is also its id: 市教育局.
    pub id: UnitId,
    /// 清远市教育局
    pub full: Str,
    pub aliases: Vec<Str>,
    pub group: UnitGroup,
    /// First and last day on which it was a member; `None` is open.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub successor: Option<UnitId>,
}

impl Unit {
    /// Every name it goes by: short, full, aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str(), self.full.as_str()].into_iter().chain(self.aliases.iter().map(|alias| alias.as_str()))
    }
}

/// What a name that somebody typed stands for.
#[derive(Clone, PartialEq, Debug)]
pub enum UnitMatch {
    One(UnitId),
    /// Several departments answer to it, in official order.
    Many(Vec<UnitId>),
    None,
}

/// Finds the department that `name` stands for: a full name, short name or alias first, then pinyin or initials, then a part of a name.
///
/// A step that finds exactly one department decides; a step that finds several ends the search with all of them.
pub fn find_unit(units: &[Unit], name: &str) -> UnitMatch {
    let name = name.trim();
    if name.is_empty() {
        return UnitMatch::None;
    }
    let lower = name.to_lowercase();
    let ascii = name.is_ascii();
    let steps: [&dyn Fn(&str) -> bool; 4] = [
        &|candidate| candidate == name,
        &|candidate| ascii && pinyin::equals(candidate, &lower),
        &|candidate| !ascii && candidate.contains(name),
        &|candidate| ascii && pinyin::find(candidate, &lower).is_some(),
    ];
    for step in steps {
        let found: Vec<UnitId> = units.iter().filter(|unit| unit.names().any(step)).map(|u| u.id.clone()).collect();
        match found.len() {
            0 => continue,
            1 => return UnitMatch::One(found[0].clone()),
            _ => return UnitMatch::Many(found),
        }
    }
    UnitMatch::None
}
