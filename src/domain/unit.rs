//! The departments of the joint conference, and how people name them.

use super::{Str, pinyin::Pattern};
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

/// Finds the department that `name` stands for, by its short name, full name or alias, in characters, pinyin or
/// initials.
///
/// The closest way of naming that fits anything decides: the name as it stands; the whole name spelled (sjyj); the
/// whole name without its 市 or 市委 (教育局, jyj, zzb); a part of a name in characters (教育), then in pinyin; last, the
/// initials with one letter too many (twsw for 团市委). Where several departments fit equally well, it finds all of them.
pub fn find_unit(units: &[Unit], name: &str) -> UnitMatch {
    let name = name.trim();
    let typed = Pattern::new(name);
    if typed.is_empty() {
        return UnitMatch::None;
    }
    let slips = slips(name);
    let steps: [&dyn Fn(&str) -> bool; 6] = [
        &|candidate| candidate == name,
        &|candidate| typed.equals(candidate),
        &|candidate| bare_names(candidate).any(|bare| typed.equals(bare)),
        &|candidate| typed.find_literal(candidate).is_some(),
        &|candidate| typed.find(candidate).is_some(),
        &|candidate| slips.iter().any(|slip| slip.equals(candidate)),
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

/// A name as its colleagues say it: without the 市, 市委 or 市政府 at its head.
fn bare_names(name: &str) -> impl Iterator<Item = &str> {
    ["市", "市委", "市政府"].into_iter().filter_map(move |head| name.strip_prefix(head))
}

/// What initials may have been meant to be, if one letter slipped in; nothing for other names, and for short ones,
/// where another department would be as likely.
fn slips(name: &str) -> Vec<Pattern> {
    if !(4..=12).contains(&name.len()) || !name.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Vec::new();
    }
    (0..name.len()).map(|at| Pattern::new(&format!("{}{}", &name[..at], &name[at + 1..]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 28 departments of the plan of Qingyuan, in official order.
    const NAMES: [(&str, &[&str]); 28] = [
        ("市委组织部", &[]),
        ("市委宣传部", &[]),
        ("市委网信办", &[]),
        ("市委外办", &["市外办"]),
        ("市委老干部局", &[]),
        ("市精神文明办", &["市文明办"]),
        ("市发展改革局", &["市发改局"]),
        ("市教育局", &[]),
        ("市科技局", &[]),
        ("市民族宗教事务局", &["市民宗局"]),
        ("市民政局", &[]),
        ("市人力资源社会保障局", &["市人社局"]),
        ("市自然资源局", &[]),
        ("市生态环境局", &[]),
        ("市住房城乡建设局", &["市住建局"]),
        ("市农业农村局", &[]),
        ("市文化广电旅游体育局", &["市文旅局"]),
        ("市卫生健康局", &["市卫健局"]),
        ("市应急管理局", &["市应急局"]),
        ("市市场监管局", &["市市场监督管理局"]),
        ("市林业局", &[]),
        ("市城市管理综合执法局", &["市城管局"]),
        ("市总工会", &[]),
        ("团市委", &["共青团清远市委"]),
        ("市妇联", &[]),
        ("市科协", &[]),
        ("市气象局", &[]),
        ("市消防救援支队", &[]),
    ];

    fn units() -> Vec<Unit> {
        let unit = |(id, aliases): &(&str, &[&str])| Unit {
            id: UnitId::new(*id),
            full: format!("清远{id}").into(),
            aliases: aliases.iter().map(|alias| Str::from(*alias)).collect(),
            group: UnitGroup::Government,
            from: None,
            to: None,
            successor: None,
        };
        NAMES.iter().map(unit).collect()
    }

    /// The departments found, separated by blanks.
    fn found(name: &str) -> String {
        match find_unit(&units(), name) {
            UnitMatch::One(id) => id.to_string(),
            UnitMatch::Many(ids) => ids.iter().map(UnitId::as_str).collect::<Vec<_>>().join(" "),
            UnitMatch::None => String::new(),
        }
    }

    #[test]
    fn names_that_the_office_types_find_their_department() {
        let table = "
            市教育局: 市教育局 清远市教育局 教育局 教育 sjyj jyj shijiaoyuju jiaoyuju jiaoyu SJYJ ｓｊｙｊ 市jyj 教yj shjyj
            团市委: tsw twsw 团市委 团 共青团 tuanshiwei gqt
            市科协: kx skx 科协 kexie shikexie 市kx
            市科技局: kjj skjj 科技 科技局 kejiju
            市委组织部: zzb swzzb 组织部 组织 zuzhibu 市委zzb
            市委宣传部: xcb swxcb 宣传部
            市委网信办: wxb 网信办 网信
            市委外办: wb swb 外办 市外办
            市委老干部局: lgbj lgb 老干
            市精神文明办: wmb 文明办 精神文明
            市发展改革局: fgj 发改局 发改 fzggj
            市人力资源社会保障局: 人社局 人社 rsj srsj 人力资源社会保障局 rlzyshbzj 保障
            市文化广电旅游体育局: wlj 文旅 lvyou 旅游 体育
            市卫生健康局: wjj 卫健局 wsjkj 卫生
            市市场监管局: scjgj sscjgj 市场 市场监管局
            市民政局: 民政局 民政 minzheng minzhengju
            市民族宗教事务局: 民宗局 民族
            市住房城乡建设局: zjj 住建局 住建
            市城市管理综合执法局: cgj 城管 城管局 执法
            市应急管理局: yjj yjglj 应急
            市林业局: lyj 林业
            市总工会: zgh szgh 工会 gonghui
            市妇联: fl sfl 妇联 fulian
            市消防救援支队: xfjyzd xiaofang 消防
            市生态环境局: sthjj 生态 环境
            市农业农村局: nyncj 农业 农村
            市自然资源局: zrzyj 自然资源
            市气象局: qxj sqxj 气象";
        for (expected, names) in table.lines().filter_map(|line| line.trim().split_once(": ")) {
            for name in names.split(' ') {
                assert_eq!(found(name), expected, "{name}");
            }
        }
    }

    #[test]
    fn every_department_is_found_by_its_names() {
        for (id, aliases) in NAMES {
            assert_eq!(found(id), id);
            for alias in aliases {
                assert_eq!(found(alias), id);
            }
        }
    }

    #[test]
    fn a_name_that_fits_several_finds_all_in_official_order() {
        assert_eq!(found("科"), "市科技局 市科协");
        assert_eq!(found("市委"), "市委组织部 市委宣传部 市委网信办 市委外办 市委老干部局 团市委");
        assert_eq!(found("资源"), "市人力资源社会保障局 市自然资源局");
        for typed in ["mzj", "smzj", "mz"] {
            assert_eq!(found(typed), "市民族宗教事务局 市民政局", "民宗局 and 民政局: {typed}");
        }
        assert!(matches!(find_unit(&units(), "局"), UnitMatch::Many(all) if all.len() > 10));
    }

    #[test]
    fn a_name_that_fits_none_finds_none() {
        for name in ["", " 　", "市财政局", "czj", "sczj", "sgaj", "gaj", "ssjj", "stjj", "xyzxyz", "3.1.2"] {
            assert_eq!(find_unit(&units(), name), UnitMatch::None, "{name}");
        }
    }
}
