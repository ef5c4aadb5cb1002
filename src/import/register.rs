//! Usual names of departments in official order (机构序), with their full names and aliases.
//!
//! Names stand without the city: `{l}` is the level as short names have it (市), `{c}` the place in full (清远市). A department that
//! is not in the table is sorted behind those of its group, by the words its name is made of.

use super::front::fold;
use crate::domain::{Unit, UnitGroup, UnitId};

/// One usual department: short name, full name, other names.
struct Usual {
    group: UnitGroup,
    short: &'static str,
    full: &'static str,
    aliases: &'static [&'static str],
}

const fn party(short: &'static str, full: &'static str, aliases: &'static [&'static str]) -> Usual {
    Usual { group: UnitGroup::Party, short, full, aliases }
}

const fn government(short: &'static str, full: &'static str, aliases: &'static [&'static str]) -> Usual {
    Usual { group: UnitGroup::Government, short, full, aliases }
}

const fn mass(short: &'static str, full: &'static str, aliases: &'static [&'static str]) -> Usual {
    Usual { group: UnitGroup::Mass, short, full, aliases }
}

const fn vertical(short: &'static str, full: &'static str, aliases: &'static [&'static str]) -> Usual {
    Usual { group: UnitGroup::Vertical, short, full, aliases }
}

static USUAL: &[Usual] = &[
    party("{l}委办公室", "中共{c}委办公室", &["{l}委办"]),
    party("{l}纪委监委", "中共{c}纪律检查委员会 {c}监察委员会", &["{l}纪委"]),
    party("{l}委组织部", "中共{c}委组织部", &["组织部"]),
    party("{l}委宣传部", "中共{c}委宣传部", &["宣传部"]),
    party("{l}委统战部", "中共{c}委统一战线工作部", &["统战部"]),
    party("{l}委政法委", "中共{c}委政法委员会", &["政法委"]),
    party("{l}委政研室", "中共{c}委政策研究室", &[]),
    party("{l}委网信办", "中共{c}委网络安全和信息化委员会办公室", &["{l}网信办", "网信办"]),
    party("{l}委编办", "中共{c}委机构编制委员会办公室", &["{l}编办", "编办"]),
    party("{l}委外办", "中共{c}委外事工作委员会办公室", &["{l}外办", "{l}外事办", "外办"]),
    party("{l}委台办", "中共{c}委台港澳工作办公室", &["{l}台办"]),
    party("{l}直机关工委", "中共{c}直属机关工作委员会", &["{l}直工委", "{l}委{l}直机关工委"]),
    party("{l}委老干部局", "中共{c}委老干部局", &["{l}老干部局", "老干局", "{l}老干局"]),
    party("{l}精神文明办", "{c}精神文明建设委员会办公室", &["{l}文明办", "文明办", "{l}委文明办"]),
    party("{l}委党校", "中共{c}委党校", &["{l}党校", "党校"]),
    party("{l}委党史研究室", "中共{c}委党史研究室", &["{l}党史研究室"]),
    government("{l}政府办公室", "{c}人民政府办公室", &["{l}政府办", "{l}府办"]),
    government("{l}发展改革局", "{c}发展和改革局", &["{l}发改局", "发改局", "{l}发展和改革局"]),
    government("{l}发展改革委", "{c}发展和改革委员会", &["{l}发改委", "发改委", "{l}发展和改革委"]),
    government("{l}教育局", "{c}教育局", &["教育局"]),
    government("{l}科技局", "{c}科学技术局", &["科技局", "{l}科学技术局"]),
    government("{l}工业和信息化局", "{c}工业和信息化局", &["{l}工信局", "工信局"]),
    government("{l}民族宗教事务局", "{c}民族宗教事务局", &["{l}民宗局", "民宗局", "{l}民族宗教局"]),
    government("{l}公安局", "{c}公安局", &["公安局"]),
    government("{l}民政局", "{c}民政局", &["民政局"]),
    government("{l}司法局", "{c}司法局", &["司法局"]),
    government("{l}财政局", "{c}财政局", &["财政局"]),
    government("{l}人力资源社会保障局", "{c}人力资源和社会保障局", &["{l}人社局", "人社局", "{l}人力资源和社会保障局"]),
    government("{l}自然资源局", "{c}自然资源局", &["自然资源局"]),
    government("{l}生态环境局", "{c}生态环境局", &["生态环境局", "{l}环保局"]),
    government("{l}住房城乡建设局", "{c}住房和城乡建设局", &["{l}住建局", "住建局", "{l}住房和城乡建设局"]),
    government("{l}交通运输局", "{c}交通运输局", &["{l}交通局", "交通局"]),
    government("{l}水利局", "{c}水利局", &["水利局"]),
    government("{l}水务局", "{c}水务局", &["水务局"]),
    government("{l}农业农村局", "{c}农业农村局", &["农业农村局", "{l}农业局"]),
    government("{l}商务局", "{c}商务局", &["商务局"]),
    government(
        "{l}文化广电旅游体育局",
        "{c}文化广电旅游体育局",
        &["{l}文广旅体局", "文广旅体局", "{l}文旅局", "{l}文广旅局"],
    ),
    government("{l}文化广电旅游局", "{c}文化广电旅游局", &["{l}文广旅局", "{l}文旅广电局", "文广旅局"]),
    government("{l}卫生健康局", "{c}卫生健康局", &["{l}卫健局", "卫健局"]),
    government("{l}卫生健康委", "{c}卫生健康委员会", &["{l}卫健委", "卫健委"]),
    government("{l}退役军人事务局", "{c}退役军人事务局", &["{l}退役军人局"]),
    government("{l}应急管理局", "{c}应急管理局", &["{l}应急局", "应急局"]),
    government("{l}审计局", "{c}审计局", &["审计局"]),
    government("{l}国资委", "{c}人民政府国有资产监督管理委员会", &["国资委"]),
    government("{l}市场监管局", "{c}市场监督管理局", &["市场监管局", "{l}市场监督管理局", "{l}市监局"]),
    government("{l}体育局", "{c}体育局", &["体育局"]),
    government("{l}统计局", "{c}统计局", &["统计局"]),
    government("{l}医保局", "{c}医疗保障局", &["{l}医疗保障局", "医保局"]),
    government("{l}金融局", "{c}金融工作局", &["{l}金融工作局", "{l}金融办"]),
    government("{l}林业局", "{c}林业局", &["林业局"]),
    government(
        "{l}城市管理综合执法局",
        "{c}城市管理和综合执法局",
        &["{l}城管局", "{l}城管执法局", "城管局", "{l}城市管理和综合执法局"],
    ),
    government("{l}乡村振兴局", "{c}乡村振兴局", &["乡村振兴局"]),
    government("{l}政务服务数据管理局", "{c}政务服务数据管理局", &["{l}政数局", "政数局", "{l}政务服务和数据管理局"]),
    government("{l}信访局", "{c}信访局", &["信访局"]),
    government("{l}机关事务管理局", "{c}机关事务管理局", &[]),
    government("{l}地震局", "{c}地震局", &["地震局"]),
    mass("{l}总工会", "{c}总工会", &["总工会", "工会"]),
    mass("团{l}委", "共青团{c}委员会", &["共青团{c}委", "团委", "共青团"]),
    mass("{l}妇联", "{c}妇女联合会", &["妇联", "{l}妇女联合会"]),
    mass("{l}科协", "{c}科学技术协会", &["科协", "{l}科学技术协会"]),
    mass("{l}文联", "{c}文学艺术界联合会", &["文联"]),
    mass("{l}社科联", "{c}社会科学界联合会", &["社科联"]),
    mass("{l}侨联", "{c}归国华侨联合会", &["侨联"]),
    mass("{l}残联", "{c}残疾人联合会", &["残联"]),
    mass("{l}工商联", "{c}工商业联合会", &["工商联"]),
    mass("{l}红十字会", "{c}红十字会", &["红十字会"]),
    mass("{l}贸促会", "中国国际贸易促进委员会{c}委员会", &["贸促会"]),
    mass("{l}关工委", "{c}关心下一代工作委员会", &["关工委"]),
    vertical("{l}税务局", "国家税务总局{c}税务局", &["税务局"]),
    vertical("{l}气象局", "{c}气象局", &["气象局"]),
    vertical("{l}邮政管理局", "{c}邮政管理局", &[]),
    vertical("{l}烟草专卖局", "{c}烟草专卖局", &["{l}烟草局"]),
    vertical("{l}消防救援支队", "{c}消防救援支队", &["{l}消防支队", "消防救援支队", "消防支队"]),
    vertical("{l}消防救援局", "{c}消防救援局", &[]),
];

/// The place of the issuer: 清远市, and its level as short names have it: 市. Empty for the state.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Seat {
    pub place: String,
    pub level: String,
}

impl Seat {
    /// Reads the place an issuer's name begins with.
    pub(super) fn of(issuer: &str) -> Seat {
        let ends = ["自治区", "自治州", "自治县", "省", "市", "州", "盟", "县", "区", "旗"];
        let found = ends.iter().filter_map(|end| issuer.find(end).map(|at| (at, *end))).min_by_key(|(at, _)| *at);
        match found {
            Some((at, end)) if at > 0 && issuer[..at].chars().count() <= 9 => {
                let level = end.chars().next_back().map(String::from).unwrap_or_default();
                Seat { place: issuer[..at + end.len()].to_string(), level }
            }
            _ => Seat::default(),
        }
    }

    fn fill(&self, pattern: &str) -> String {
        pattern.replace("{l}", &self.level).replace("{c}", &self.place)
    }
}

/// Whether a name is one of the usual departments of this place, by any of its names.
pub(super) fn is_usual(name: &str, seat: &Seat) -> bool {
    find(name, seat).is_some()
}

fn find(name: &str, seat: &Seat) -> Option<usize> {
    let is = |pattern: &&str| seat.fill(pattern) == name;
    let by_short = USUAL.iter().position(|usual| is(&usual.short) || is(&usual.full));
    by_short.or_else(|| USUAL.iter().position(|usual| usual.aliases.iter().any(&is)))
}

/// More departments than any plan names.
const UNITS: usize = 1_000;

/// Makes the departments of the names, in official order; names of one department give one.
pub(super) fn units<'a>(names: impl Iterator<Item = &'a str>, seat: &Seat) -> Vec<Unit> {
    let mut found: Vec<(UnitGroup, usize, Unit)> = Vec::new();
    for (order, name) in names.enumerate() {
        if found.len() >= UNITS {
            break;
        }
        if found.iter().any(|(_, _, unit)| unit.names().any(|other| other == name)) {
            continue;
        }
        let at = find(name, seat);
        let group = at.map_or_else(|| group(name), |at| USUAL[at].group);
        let rank = at.unwrap_or(USUAL.len() + order);
        found.push((group, rank, unit(name, at, group, seat)));
    }
    found.sort_by_key(|(group, rank, _)| (*group, *rank));
    let taken: Vec<UnitId> = found.iter().map(|(_, _, unit)| unit.id.clone()).collect();
    let mut units: Vec<Unit> = found.into_iter().map(|(_, _, unit)| unit).collect();
    // An alias that is another department's name here would make both unfindable.
    for unit in &mut units {
        unit.aliases.retain(|alias| taken.iter().all(|id| id.as_str() != alias.as_str()));
    }
    units
}

fn unit(name: &str, at: Option<usize>, group: UnitGroup, seat: &Seat) -> Unit {
    let mut aliases: Vec<String> = Vec::new();
    let full = match at {
        Some(at) => {
            aliases.extend(USUAL[at].aliases.iter().map(|alias| seat.fill(alias)));
            aliases.push(seat.fill(USUAL[at].short));
            seat.fill(USUAL[at].full)
        }
        None => {
            let rest = (!seat.level.is_empty()).then(|| name.strip_prefix(seat.level.as_str())).flatten();
            match rest {
                Some(rest) if group == UnitGroup::Party && rest.starts_with('委') => {
                    format!("中共{}{rest}", seat.place)
                }
                Some(rest) => format!("{}{rest}", seat.place),
                None => name.to_string(),
            }
        }
    };
    let mut seen = vec![name.to_string(), full.clone()];
    aliases.retain(|alias| {
        let new = !seen.contains(alias) && !alias.is_empty();
        seen.push(alias.clone());
        new
    });
    Unit {
        id: UnitId::new(name),
        full: full.into(),
        aliases: aliases.into_iter().map(Into::into).collect(),
        group,
        from: None,
        to: None,
        successor: None,
    }
}

/// The group of a department by the words of its name.
fn group(name: &str) -> UnitGroup {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let at_party = ["市委", "省委", "县委", "区委", "州委", "中央", "党委", "自治区党委"];
    if at_party.iter().any(|p| name.starts_with(p)) || has(&["纪委", "文明办", "直机关工委", "党校"]) {
        UnitGroup::Party
    } else if has(&[
        "海关",
        "气象",
        "消防",
        "税务",
        "银行",
        "人行",
        "银保监",
        "证监",
        "烟草",
        "海事",
        "邮政管理",
        "民航",
        "铁路局",
        "调查队",
    ]) || ends(&["支队", "供电局"])
    {
        UnitGroup::Vertical
    } else if has(&[
        "工会",
        "共青团",
        "妇联",
        "科协",
        "文联",
        "残联",
        "工商联",
        "侨联",
        "社科联",
        "红十字",
        "贸促会",
        "关工委",
    ]) || name.starts_with('团')
        || ends(&["联合会", "协会"])
    {
        UnitGroup::Mass
    } else if ends(&["局", "委", "办", "厅", "部", "署", "办公室", "政府", "办公厅", "委员会", "管委会"])
    {
        UnitGroup::Government
    } else {
        UnitGroup::Other
    }
}

/// Whether the words may name one department: not a collective, not a sentence.
pub(super) fn may_be_unit(name: &str) -> bool {
    let chars = fold(name).chars().count();
    (2..=40).contains(&chars) && !is_collective(name) && !name.contains(['。', '：', ':', '；', '，', ','])
}

/// 各地区, 国务院相关部门, 成员单位: several at once, none in particular.
pub(super) fn is_collective(name: &str) -> bool {
    let begins = ["各", "相关", "有关", "全市", "全省", "其他"];
    let words = [
        "相关部门",
        "有关部门",
        "相关单位",
        "有关单位",
        "各有关",
        "相关地区",
        "各相关",
        "等部门",
        "等单位",
        "相关省",
        "有关省",
    ];
    begins.iter().any(|word| name.starts_with(word)) || words.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_come_in_official_order_with_their_full_names() {
        let seat = Seat::of("清远市人民政府");
        let units =
            units(["市气象局", "团市委", "市市场监管局", "市委组织部", "市某某中心", "市教育局"].into_iter(), &seat);
        let found: Vec<_> = units.iter().map(|unit| (unit.id.as_str(), unit.full.as_str(), unit.group)).collect();
        let expected = [
            ("市委组织部", "中共清远市委组织部", UnitGroup::Party),
            ("市教育局", "清远市教育局", UnitGroup::Government),
            ("市市场监管局", "清远市市场监督管理局", UnitGroup::Government),
            ("团市委", "共青团清远市委员会", UnitGroup::Mass),
            ("市气象局", "清远市气象局", UnitGroup::Vertical),
            ("市某某中心", "清远市某某中心", UnitGroup::Other),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_seat_is_what_the_issuer_begins_with() {
        assert_eq!(Seat::of("安徽省推进“三地一区”建设领导小组").place, "安徽省");
        assert_eq!(Seat::of("国务院办公厅"), Seat::default());
    }
}
