//! What is looked for in running text: dates with their days of the week, names of people, names of departments.
//!
//! Only what stands in the office's own forms is taken for a name (由…牵头, …同志, 责任人：…): a check that cries at every third
//! word is a check that nobody reads.

use crate::domain::fold_width;
use chrono::{Datelike, NaiveDate, Weekday};

/// A date in a text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Dated {
    /// As written: 9月31日.
    pub text: String,
    /// `None` where no calendar has it.
    pub date: Option<NaiveDate>,
    /// The day of the week behind it, as written and as it is.
    pub weekday: Option<(String, Weekday)>,
}

/// The dates in a text; where no year is written it is `year`.
pub(super) fn dates(text: &str, year: i32) -> Vec<Dated> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_digit(chars[at]) || at > 0 && is_digit(chars[at - 1]) {
            at += 1;
            continue;
        }
        match date_at(&chars, at, year) {
            Some((dated, end)) => {
                found.push(dated);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn date_at(chars: &[char], at: usize, usual: i32) -> Option<(Dated, usize)> {
    let (first, mut next) = number(chars, at)?;
    let mut year = usual;
    let mut month = first;
    if chars.get(next) == Some(&'年') && next - at == 4 {
        year = first as i32;
        (month, next) = number(chars, next + 1)?;
    }
    if chars.get(next) != Some(&'月') {
        return None;
    }
    let (day, end) = number(chars, next + 1)?;
    if !matches!(chars.get(end), Some('日' | '号')) {
        return None;
    }
    let mut end = end + 1;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    let text: String = chars[at..end].iter().collect();
    let weekday = weekday_at(chars, end).map(|(written, weekday, after)| {
        end = after;
        (written, weekday)
    });
    Some((Dated { text, date, weekday }, end))
}

fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits: String = chars[at..].iter().take_while(|c| is_digit(**c)).take(5).map(|c| fold_width(*c)).collect();
    Some((digits.parse().ok()?, at + digits.chars().count()))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// 星期三, 周三 or （星期三） behind a date.
fn weekday_at(chars: &[char], at: usize) -> Option<(String, Weekday, usize)> {
    let mut start = at;
    while matches!(chars.get(start), Some('（' | '(' | ' ' | '，')) {
        start += 1;
    }
    let rest: String = chars[start.min(chars.len())..].iter().take(3).collect();
    let (head, name) = match rest.strip_prefix("星期") {
        Some(name) => (2, name),
        None => (1, rest.strip_prefix('周')?),
    };
    let weekday = match name.chars().next()? {
        '一' => Weekday::Mon,
        '二' => Weekday::Tue,
        '三' => Weekday::Wed,
        '四' => Weekday::Thu,
        '五' => Weekday::Fri,
        '六' => Weekday::Sat,
        '日' | '天' => Weekday::Sun,
        _ => return None,
    };
    let end = start + head + 1;
    Some((chars[start..end].iter().collect(), weekday, end))
}

/// The right name of a day of the week.
pub fn weekday_name(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "星期一",
        Weekday::Tue => "星期二",
        Weekday::Wed => "星期三",
        Weekday::Thu => "星期四",
        Weekday::Fri => "星期五",
        Weekday::Sat => "星期六",
        Weekday::Sun => "星期日",
    }
}

/// Common family names: what stands before 同志 begins with one.
const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁荀惠曲封芮储靳段富巫乌焦巴牧隗谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利蔚越隆师巩聂晁勾敖融冷辛阚那简饶曾沙养丰巢关蒯相查荆红游竺权";

/// People as papers name them: the two or three characters before 同志, and what stands behind 责任人：.
pub(super) fn people(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("同志") {
        let before: Vec<char> = text[..at].chars().rev().take(3).collect();
        // the longest name that begins with a family name: 李小明 before 小明
        let name = [3, 2].into_iter().filter(|len| *len <= before.len()).find_map(|len| {
            let name: String = before[..len].iter().rev().collect();
            let is_name = name.chars().all(char::is_alphabetic) && name.starts_with(|first| SURNAMES.contains(first));
            is_name.then_some(name)
        });
        found.extend(name);
    }
    for head in ["责任人：", "联系人：", "负责人："] {
        for (at, _) in text.match_indices(head) {
            let rest = &text[at + head.len()..];
            let list: String = rest.chars().take_while(|c| !"，；。、）,;)（(".contains(*c) || *c == '、').collect();
            found.extend(list.split('、').map(|name| name.trim().to_string()).filter(|name| !name.is_empty()));
        }
    }
    found
}

/// How names of departments end.
const ENDS: [&str; 16] =
    ["局", "委", "办", "办公室", "会", "协", "联", "部", "院", "校", "中心", "支队", "公司", "大学", "政府", "厅"];

/// Departments as orders name them: 由…牵头, …配合, 责任单位：….
pub(super) fn departments(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut take = |list: &str| {
        let names = list.split(['、', '和']).map(|name| name.trim().trim_end_matches('等').to_string());
        found.extend(names.filter(|name| name.chars().count() >= 3 && ENDS.iter().any(|end| name.ends_with(end))));
    };
    for clause in text.split(['，', '；', '。', '：', '（', '）', ',', ';']) {
        if let Some(list) = clause.strip_suffix("牵头") {
            take(list.rsplit('由').next().unwrap_or(list));
        } else if let Some(list) = clause.strip_suffix("配合") {
            take(list.rsplit('由').next().unwrap_or(list));
        }
    }
    for head in ["责任单位：", "牵头单位：", "配合单位："] {
        for (at, _) in text.match_indices(head) {
            take(text[at + head.len()..].split(['，', '；', '。', '）', ',', ';']).next().unwrap_or_default());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_with_their_days_of_the_week() {
        let found = dates("于9月31日前；2025年6月12日（星期三）上午，６月５日；3.1.2，2025年底，第31次", 2025);
        let shown: Vec<_> = found.iter().map(|one| (one.text.as_str(), one.date.is_some())).collect();
        assert_eq!(shown, [("9月31日", false), ("2025年6月12日", true), ("６月５日", true)]);
        assert_eq!(found[1].weekday, Some(("星期三".to_string(), Weekday::Wed)));
        assert_eq!(weekday_name(found[1].date.expect("a date")), "星期四");
    }

    #[test]
    fn only_names_in_the_offices_own_forms_are_names() {
        assert_eq!(people("会议由李小明同志主持，责任人：张三、王五，同志们"), ["李小明", "张三", "王五"]);
        assert_eq!(
            departments(
                "会议议定，由市财政局牵头，市教育局、市科协配合，于9月底前完成（责任单位：市民政局；完成时限：年底）"
            ),
            ["市财政局", "市教育局", "市科协", "市民政局"]
        );
        assert!(departments("加强配合，做好牵头工作").is_empty());
    }
}
