//! Breaking a title into lines by sense: GB/T 9704-2012 §7.3.1 wants lines of like length and no word cut in two.

/// Where a title likes to be broken: behind these words.
const BEHIND: [&str; 22] = [
    "关于",
    "关于召开",
    "关于印发",
    "关于做好",
    "关于报送",
    "关于征求",
    "关于调整",
    "会议",
    "工作",
    "办公室",
    "方案",
    "规划",
    "纲要",
    "情况",
    "事项",
    "单位",
    "部门",
    "委员会",
    "政府",
    "学会",
    "活动",
    "年度",
];
/// And before these.
const BEFORE: [&str; 5] = ["关于", "第", "全体会议", "联络员会议", "专题会议"];
/// No line begins with these: they belong to the word before.
const CLINGS: [char; 6] = ['的', '等', '及', '和', '与', '会'];

/// What has more lines is no title, and weighing all its breaks would take long.
const MOST_LINES: usize = 12;

/// A title as lines of at most `most` characters' width; a line break that is written in it (`|`) is kept.
pub fn break_by_sense(title: &str, most: usize) -> Vec<String> {
    if title.contains('|') {
        return title.split('|').map(|line| line.trim().to_string()).filter(|line| !line.is_empty()).collect();
    }
    let chars: Vec<char> = title.trim().chars().collect();
    let halves: usize = chars.iter().map(|c| half_widths(*c)).sum();
    if halves <= most * 2 {
        return vec![chars.into_iter().collect()];
    }
    let count = halves.div_ceil(most * 2);
    if count > MOST_LINES {
        return filled(&chars, most);
    }
    let ideal = halves as i64 / count as i64;
    let cuts: Vec<Option<i64>> = (1..=chars.len()).map(|to| cost_of_break(&chars, to)).collect();
    // best[k][at]: the least cost of the first `at` characters in k lines, and where the last of them begins
    let mut best: Vec<Vec<Option<(i64, usize)>>> = vec![vec![None; chars.len() + 1]; count + 2];
    best[0][0] = Some((0, 0));
    for line in 1..=count + 1 {
        for to in 1..=chars.len() {
            let Some(cut) = cuts[to - 1] else { continue };
            for from in to.saturating_sub(most * 2)..to {
                let Some((before, _)) = best[line - 1][from] else { continue };
                let width: usize = chars[from..to].iter().map(|c| half_widths(*c)).sum();
                if width > most * 2 {
                    continue;
                }
                let cost = before + (width as i64 - ideal).pow(2) + cut;
                if best[line][to].is_none_or(|(least, _)| cost < least) {
                    best[line][to] = Some((cost, from));
                }
            }
        }
    }
    let lines = (count..=count + 1).filter(|lines| best[*lines][chars.len()].is_some());
    let Some(lines) = lines.min_by_key(|lines| best[*lines][chars.len()].map(|(cost, _)| cost + 150 * *lines as i64))
    else {
        // one long word: nothing left but to fill the lines
        return filled(&chars, most);
    };
    let mut out = Vec::new();
    let mut to = chars.len();
    for line in (1..=lines).rev() {
        let from = best[line][to].map_or(0, |(_, from)| from);
        out.push(chars[from..to].iter().collect());
        to = from;
    }
    out.reverse();
    out
}

/// Lines that are filled, wherever they end.
fn filled(chars: &[char], most: usize) -> Vec<String> {
    chars.chunks(most).map(|line| line.iter().collect()).collect()
}

/// What it costs to break before the character at `at`; `None` where no line may be broken.
fn cost_of_break(chars: &[char], at: usize) -> Option<i64> {
    if at == chars.len() {
        return Some(0);
    }
    let (last, next) = (chars[at - 1], chars[at]);
    let is_joined = last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric();
    let counts = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    if is_joined
        || "、，。；：！？）》〕”’—".contains(next)
        || "（《〔“‘第".contains(last)
        || CLINGS.contains(&next) && !last.is_ascii_punctuation()
        || counts(last) && "年月日次期届号".contains(next)
    {
        return None;
    }
    // 2025年 belongs to what follows it
    if last == '年' {
        return Some(600);
    }
    let open = |mark| chars[..at].iter().filter(|c| **c == mark).count();
    if open('《') > open('》') || open('（') > open('）') {
        return Some(900);
    }
    let (head, tail): (String, String) = (chars[..at].iter().collect(), chars[at..].iter().collect());
    let is_year = tail.chars().take(4).all(|c| c.is_ascii_digit()) && tail.chars().nth(4) == Some('年');
    let is_behind = BEHIND.iter().any(|word| head.ends_with(word)) || "》）、，".contains(last);
    if is_year || is_behind || "《（“".contains(next) || BEFORE.iter().any(|word| tail.starts_with(word)) {
        Some(0)
    } else {
        Some(400)
    }
}

fn half_widths(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::break_by_sense;

    #[test]
    fn a_title_is_broken_where_the_sense_is() {
        let lines = |title: &str| break_by_sense(title, 19);
        assert_eq!(lines("会议议程"), ["会议议程"]);
        assert_eq!(
            lines("关于召开清远市科普工作联席会议2025年第一次全体会议的通知"),
            ["关于召开清远市科普工作联席会议", "2025年第一次全体会议的通知"]
        );
        assert_eq!(
            lines("清远市科普工作联席会议办公室关于印发《2025年全民科学素质工作要点》的通知"),
            ["清远市科普工作联席会议办公室关于印发", "《2025年全民科学素质工作要点》的通知"]
        );
        assert_eq!(
            lines("清远市科普工作联席会议2025年第一次全体会议议定事项摘办单"),
            ["清远市科普工作联席会议", "2025年第一次全体会议议定事项摘办单"]
        );
        assert_eq!(lines("甲|乙"), ["甲", "乙"]);
    }

    #[test]
    fn no_line_is_wider_than_the_page_whatever_the_title() {
        for title in ["一".repeat(90), "、".repeat(50), format!("《{}》", "书".repeat(60)), "x".repeat(100)] {
            for line in break_by_sense(&title, 19) {
                assert!(line.chars().count() <= 38, "{line}");
            }
            assert_eq!(break_by_sense(&title, 19).concat(), title);
        }
    }

    #[test]
    fn a_page_in_the_place_of_a_title_is_broken_at_once() {
        let page = "关于做好全市科普工作的若干意见".repeat(1400);
        let lines = break_by_sense(&page, 19);
        assert!(lines.iter().all(|line| line.chars().count() <= 19) && lines.concat() == page);
    }
}
