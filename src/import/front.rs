//! What stands around the text: web chrome, titles, dates, issuers, annex labels.
//!
//! Each question is asked of one line; the answers depend on its words only.

use crate::domain::fold_width;

/// Folds a line for comparison: letters, digits and Han only, full width to half width.
pub(super) fn fold(text: &str) -> String {
    text.chars().map(fold_width).filter(|c| c.is_alphanumeric()).collect()
}

/// Something the web page or the data base put around the document.
pub(super) fn is_chrome(text: &str) -> bool {
    let chars = text.chars().count();
    let line: String = text.chars().map(fold_width).filter(|c| !c.is_whitespace()).collect();
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    if line.contains("首页>") || begins(&["您当前的位置", "您当前位置", "您现在的位置", "当前位置", "您的位置"])
    {
        return true;
    }
    if chars > 80 {
        return false;
    }
    let is_stamp = begins(&["时间:", "发布时间:", "发布日期:", "日期:", "来源:", "信息来源:"])
        && (line.contains("来源:") || line.contains("访问量") || line.contains("浏览") || line.contains("字体"));
    let is_widget = begins(&[
        "【字体",
        "[字体",
        "字体:",
        "字号:",
        "相关附件",
        "相关链接",
        "相关文档",
        "相关解读",
        "扫一扫",
        "分享到",
        "分享:",
        "打印",
        "【打印",
        "关闭窗口",
        "【关闭",
        "我要打印",
        "浏览次数",
        "访问量",
        "责任编辑",
        "上一篇",
        "下一篇",
        "附件下载",
        "版权所有",
        "网站标识码",
        "【法宝引证码",
        "原文链接",
        "保存本页",
        "主办单位:",
        "承办单位:",
    ]);
    // The heads that converters put before a Markdown document.
    let is_converted =
        line.ends_with(".md") || line == "基本信息" || (text.starts_with("- ") && short_label(&text[2..]));
    is_stamp || is_widget || is_converted
}

/// 文件编号：无
fn short_label(text: &str) -> bool {
    text.chars().take(9).any(|c| matches!(c, '：' | ':'))
}

/// 附件, 附件1, 附件：…, but not 附件下载 or a sentence that begins so.
pub(super) fn is_annex_label(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表")) else {
        return matches!(text, "附" | "附：" | "附:") || text.starts_with("附：");
    };
    let rest = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || "一二三四五六七八九十".contains(c) || matches!(c, '０'..='９')
    });
    rest.is_empty() || rest.starts_with(['：', ':', '.', '．', '、'])
}

/// Words that the titles of official documents end with.
const KINDS: [&str; 24] = [
    "通知",
    "方案",
    "规划",
    "纲要",
    "计划",
    "意见",
    "办法",
    "措施",
    "要点",
    "制度",
    "决定",
    "细则",
    "批复",
    "规定",
    "条例",
    "清单",
    "指标",
    "通告",
    "公告",
    "报告",
    "分工表",
    "一览表",
    "任务",
    "章程",
];

/// Ends like the title of a document, years in brackets aside.
pub(super) fn ends_as_title(text: &str) -> bool {
    let base = without_years(text);
    let base = base.trim_end_matches(['》', '”', ' ']);
    KINDS.iter().any(|kind| base.ends_with(kind))
}

/// The text without the years, draft marks or place that may follow a title in brackets; copes with a lost opening bracket.
pub(super) fn without_years(text: &str) -> &str {
    let trimmed = text.trim_end();
    if !trimmed.ends_with([')', '）']) {
        return trimmed;
    }
    let inner = &trimmed[..trimmed.len() - trimmed.chars().next_back().map_or(0, char::len_utf8)];
    if let Some(open) = inner.rfind(['(', '（']) {
        return inner[..open].trim_end();
    }
    inner.trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '—' | '-' | '－' | '~' | '～' | '–' | '年' | '至')
    })
}

/// Only the years of a plan in brackets: （2021-2023年）.
pub(super) fn is_years(text: &str) -> bool {
    let inner = text.trim_matches(['(', '（', ')', '）']);
    inner.len() < text.len() && years(text).is_some() && without_years(text).is_empty()
}

/// A span of years, first and last: 2021—2025年, 2021年至2025年, 2021-2025.
pub(super) fn years(text: &str) -> Option<(i32, i32)> {
    let chars: Vec<char> = text.chars().map(fold_width).collect();
    for at in 0..chars.len() {
        let Some(from) = year_at(&chars, at) else {
            continue;
        };
        let mut rest = at + 4;
        if chars.get(rest) == Some(&'年') {
            rest += 1;
        }
        let joins = chars[rest..].iter().take_while(|c| matches!(c, '—' | '-' | '–' | '~' | '至' | '―' | '一')).count();
        if (1..=2).contains(&joins)
            && let Some(to) = year_at(&chars, rest + joins).filter(|to| *to >= from && *to - from < 60)
        {
            return Some((from, to));
        }
    }
    None
}

/// Four digits that are a year, with no digit on either side.
pub(super) fn year_at(chars: &[char], at: usize) -> Option<i32> {
    let digits: String = chars.get(at..at + 4)?.iter().filter(|c| c.is_ascii_digit()).collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let longer = is_digit(Some(at + 4)) || is_digit(at.checked_sub(1));
    let year: i32 = digits.parse().ok().filter(|year| (1949..2150).contains(year))?;
    (digits.len() == 4 && !longer).then_some(year)
}

/// A document number, 粤府〔2021〕76号; the brackets may be 〔〕 [] or （）.
pub(super) fn is_document_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(rest) = text.strip_suffix('号') else {
        return false;
    };
    let serial = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    if serial.len() == rest.len() {
        return false;
    }
    let Some(inner) = serial.strip_suffix(['〕', ']', '］', '）', ')']) else {
        return false;
    };
    let Some((agency, year)) = inner.rsplit_once(['〔', '[', '［', '（', '(']) else {
        return false;
    };
    let han = agency.chars().count();
    (1..=12).contains(&han)
        && agency.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_digit())
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
}

/// The document number that ends a line, as in …的通知国办发〔2020〕43号; its byte offset.
pub(super) fn trailing_number(text: &str) -> Option<usize> {
    text.match_indices("的通知").map(|(at, word)| at + word.len()).find(|at| is_document_number(text[*at..].trim()))
}

/// Ends like the name of an organ of the party or government.
pub(super) fn is_organ(text: &str) -> bool {
    let organs = [
        "政府",
        "办公室",
        "办公厅",
        "委员会",
        "国务院",
        "厅",
        "局",
        "部",
        "院",
        "领导小组",
        "联席会议",
        "委",
        "署",
        "总会",
        "协会",
        "中心",
        "指挥部",
    ];
    let chars = text.chars().count();
    (2..=50).contains(&chars)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '“' | '”' | ' ' | '（' | '）'))
        && organs.iter().any(|organ| text.ends_with(organ))
}
