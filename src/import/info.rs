//! What the document says of itself: title, number, issuer, date, period, phases, higher plans, office.
//!
//! Nothing is guessed: a number that stands only in a reference is not the document's, a date with two readings is none.

use super::{Finding, Page, front};
use crate::domain::{Info, NodeKind, Parent, Phase, fold_width};
use chrono::NaiveDate;

/// Working days of warning an imported plan starts with.
const WARNING_DAYS: u32 = 3;

/// Reads what the document says of itself.
pub(super) fn info(page: &Page, findings: &mut Vec<Finding>) -> Info {
    let title = title(page, findings);
    let period = front::years(&title).or_else(|| front_titles(page).iter().find_map(|(title, _)| front::years(title)));
    let issuer = issuer(page).unwrap_or_default();
    Info {
        issued: issued(page, &issuer),
        number: document_number(page).map(Into::into),
        adopted: front_texts(page).find_map(adopted).map(Into::into),
        period,
        phases: phases(page),
        implements: implements(page),
        office: office(page).map(Into::into),
        warning_days: WARNING_DAYS,
        title: title.into(),
        issuer: issuer.into(),
    }
}

fn front_texts<'a>(page: &'a Page) -> impl Iterator<Item = &'a str> {
    page.front().map(|at| page.read[at].as_str())
}

/// Titles before the text, joined, with the nodes they stand on.
fn front_titles(page: &Page) -> Vec<(String, Vec<usize>)> {
    let front: Vec<usize> = page.front().take(super::outline::FRONT).collect();
    let texts: Vec<&str> = front.iter().map(|at| page.read[*at].as_str()).collect();
    let chrome: Vec<bool> = front.iter().map(|at| page.nodes[*at].kind == NodeKind::Chrome).collect();
    let groups = super::outline::front_titles(&texts, &chrome);
    let joined = |group: Vec<usize>| {
        let words: String = group.iter().map(|at| texts[*at].trim()).collect();
        let words = front::trailing_number(&words).map_or(words.clone(), |at| words[..at].to_string());
        (words, group.into_iter().map(|at| front[at]).collect())
    };
    groups.into_iter().map(joined).collect()
}

fn title(page: &Page, findings: &mut Vec<Finding>) -> String {
    let titles = front_titles(page);
    let is_cover = |title: &str| {
        let base = front::without_years(title);
        ["通知", "批复", "公告", "通告", "决定"].iter().any(|word| base.ends_with(word))
    };
    let chosen = titles.iter().rev().find(|(title, _)| !is_cover(title)).or(titles.last());
    let Some((title, nodes)) = chosen else {
        let first = page.nodes.iter().position(|node| node.kind != NodeKind::Chrome);
        return first.map(|at| page.read[at].as_str()).filter(|text| text.chars().count() <= 80).unwrap_or("").into();
    };
    if let [first, .., last] = nodes[..] {
        findings.push(Finding::TitleOverLines { from: page.lines[first], to: page.lines[last] });
    }
    title.trim_matches(['《', '》']).to_string()
}

/// A line that is a date: 2022年6月30日, 二〇二二年六月三十日.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let text: String = text.chars().map(fold_width).filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    let read = |digits: &str| -> Option<u32> {
        (!digits.is_empty() && digits.chars().count() <= 4)
            .then(|| crate::domain::NodeId::parse(digits))??
            .numbers()
            .first()
            .copied()
    };
    let year_digits: String = year
        .chars()
        .map(|c| {
            "〇一二三四五六七八九"
                .chars()
                .position(|d| d == c)
                .and_then(|d| char::from_digit(d as u32, 10))
                .unwrap_or(c)
        })
        .map(|c| if matches!(c, '零' | '○' | 'Ο' | 'O') { '0' } else { c })
        .collect();
    if year_digits.len() != 4 {
        return None;
    }
    let day_digits = day.trim_start_matches('0');
    NaiveDate::from_ymd_opt(year_digits.parse().ok()?, read(month.trim_start_matches('0'))?, read(day_digits)?)
}

/// The value of a label in a gov.cn head: 发文字号：, then the value in the next cell or behind the colon.
fn labelled<'a>(page: &'a Page, label: &str) -> Option<&'a str> {
    let front: Vec<usize> = page.front().collect();
    front.iter().enumerate().find_map(|(index, at)| {
        let text: String = page.read[*at].chars().filter(|c| !c.is_whitespace()).collect();
        let rest = text.strip_prefix(label)?.strip_prefix(['：', ':'])?;
        if rest.is_empty() {
            let next = page.read[*front.get(index + 1)?].trim();
            (!next.ends_with(['：', ':'])).then_some(next)
        } else {
            page.read[*at].split_once(['：', ':']).map(|(_, value)| value.trim())
        }
    })
}

fn document_number(page: &Page) -> Option<String> {
    if let Some(number) = labelled(page, "发文字号").filter(|number| front::is_document_number(number)) {
        return Some(number.to_string());
    }
    front_texts(page).find_map(|text| {
        let inner = text.trim().trim_start_matches(['（', '(']);
        let inner = if inner.len() < text.trim().len() { inner.trim_end_matches(['）', ')']) } else { inner };
        if front::is_document_number(inner) {
            return Some(inner.trim().to_string());
        }
        front::trailing_number(text).map(|at| text[at..].trim().to_string())
    })
}

/// The dates that close a covering note or the document, with the nodes they stand on.
fn signature_dates<'a>(page: &'a Page) -> impl Iterator<Item = (usize, NaiveDate)> + 'a {
    page.nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.kind == NodeKind::Matter)
        .filter_map(|(at, _)| Some((at, date(&page.read[at])?)))
}

fn issuer(page: &Page) -> Option<String> {
    if let Some(issuer) = labelled(page, "发文机关").filter(|issuer| front::is_organ(issuer)) {
        return Some(issuer.to_string());
    }
    let signed = signature_dates(page).find_map(|(at, _)| {
        let before = page.read.get(at.checked_sub(1)?)?.trim();
        front::is_organ(before).then(|| before.to_string())
    });
    let of_title = || {
        front_titles(page).iter().find_map(|(title, _)| {
            let (issuer, _) = title.split_once("关于")?;
            front::is_organ(issuer.trim()).then(|| issuer.trim().to_string())
        })
    };
    // Without a notice, the place the title begins with has to do.
    let of_place = || {
        let seat = super::register::Seat::of(&front_titles(page).last()?.0);
        (!seat.place.is_empty() && !seat.place.contains(['的', '关', '和'])).then_some(seat.place)
    };
    signed.or_else(of_title).or_else(of_place)
}

fn issued(page: &Page, issuer: &str) -> Option<NaiveDate> {
    if let Some((_, date)) = signature_dates(page).next() {
        return Some(date);
    }
    if let Some(date) = labelled(page, "成文日期").and_then(date) {
        return Some(date);
    }
    // Lines run together: the issuer's name, then the date.
    front_texts(page).filter(|_| !issuer.is_empty()).find_map(|text| {
        text.match_indices(issuer).find_map(|(at, _)| {
            let rest = &text[at + issuer.len()..];
            let end = rest.find('日')? + '日'.len_utf8();
            date(&rest[..end])
        })
    })
}

/// 已经八届第8次市政府常务会审议通过
fn adopted(text: &str) -> Option<String> {
    let ends = ["审议通过", "研究通过", "讨论通过", "研究同意", "同意"];
    let end = ends.iter().filter_map(|word| text.find(word).map(|at| at + word.len())).min()?;
    let clause = text[..end].rsplit(['，', ',', '。', '》']).next()?;
    let words = clause.trim().trim_start_matches('已').trim_start_matches('业').trim_start_matches('经').trim();
    (words.chars().count() >= 4).then(|| words.to_string())
}

/// Items under 进度安排 that begin with years: 启动实施 2021, 深入实施 2022–2025.
fn phases(page: &Page) -> Vec<Phase> {
    let mut phases = Vec::new();
    let mut inside = false;
    for (at, node) in page.nodes.iter().enumerate() {
        if matches!(node.kind, NodeKind::Chapter | NodeKind::Heading) {
            inside = ["进度", "步骤", "阶段", "时间安排"].iter().any(|word| node.title.contains(word));
        }
        if !inside || !node.kind.in_tree() {
            continue;
        }
        let text = page.read[at].as_str();
        let Some((_, body)) = text.split_once('。') else {
            continue;
        };
        let head: Vec<char> = body.trim_start().chars().take(12).collect();
        let Some(from) = front::year_at(&head, 0) else {
            continue;
        };
        let line: String = head.iter().collect();
        let (from, to) = front::years(&line).filter(|(first, _)| *first == from).unwrap_or((from, from));
        phases.push(Phase { name: node.title.clone(), from, to });
    }
    phases
}

/// More references than any preamble has.
const REFERENCES: usize = 50;

/// The documents with a number that the preamble names, 《…》（国发〔2021〕9号).
fn implements(page: &Page) -> Vec<Parent> {
    let mut parents: Vec<Parent> = Vec::new();
    for at in page.front() {
        let text = page.read[at].as_str();
        for (close, _) in text.match_indices('》').take(REFERENCES) {
            let after = text[close + '》'.len_utf8()..].trim_start();
            let Some(inside) = after.strip_prefix(['（', '(']) else {
                continue;
            };
            let Some(end) = inside.find(['）', ')']).map(|end| inside[end..].chars().next().map_or(end, |_| end))
            else {
                continue;
            };
            let number = inside[..end].trim();
            let Some(open) = text[..close].rfind('《').filter(|_| front::is_document_number(number)) else {
                continue;
            };
            // A title that lost its own 《 begins behind the document before it.
            let title = &text[open + '《'.len_utf8()..close];
            let title = title
                .rsplit_once(['》', ')', '）'])
                .filter(|_| title.contains('》'))
                .map_or(title, |_| after_last(title));
            if parents.iter().all(|parent| parent.number.as_str() != number) {
                parents.push(Parent { title: title.into(), number: number.into() });
            }
        }
    }
    parents
}

/// The words behind the last document number: …》(国发〔2021〕9号) 广东省….
fn after_last(title: &str) -> &str {
    let end = ["号)", "号）"].iter().filter_map(|end| title.rfind(end).map(|at| at + end.len())).max();
    end.map_or(title, |end| title[end..].trim().trim_start_matches(['和', '、', '及']))
}

/// 请径向市科协反映; 办公室设在市科协.
fn office(page: &Page) -> Option<String> {
    let end = |c: char| matches!(c, '。' | '，' | ',' | '；' | '、' | '（' | '(');
    let reported = front_texts(page).find_map(|text| {
        let after = ["请径向", "请向", "径向"].iter().find_map(|word| text.split_once(word).map(|(_, after)| after))?;
        let name = ["反映", "联系", "反馈"].iter().filter_map(|word| after.split_once(word).map(|(name, _)| name));
        name.min_by_key(|name| name.len()).map(str::to_string)
    });
    let hosted = || {
        page.read.iter().find_map(|text| {
            let (_, after) = text.split_once("办公室设在")?;
            after.split(end).next().map(str::to_string)
        })
    };
    reported.or_else(hosted).filter(|name| name.chars().count() <= 20 && !name.contains(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_digits_and_in_chinese() {
        let expected = NaiveDate::from_ymd_opt(2022, 6, 30);
        for text in ["2022年6月30日", "2022年06月30日", "二〇二二年六月三十日", "２０２２年６月３０日"]
        {
            assert_eq!(date(text), expected, "{text}");
        }
        for text in ["2022年6月", "2022630", "2022年6月31日", "2022年6月30日印发"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
