//! Matching Chinese text by characters, full pinyin, initials, or any mix of them in one query.
//!
//! A match is contiguous: every character of it is spelled by the query, in order, with all living readings of a
//! polyphone allowed. There is no fuzzy subsequence. Characters go before pinyin: `qq` finds QQ in 请前往QQ群, not 请前.

mod polyphones;

use super::id::fold_width;
use pinyin::ToPinyin;
use std::{ops::Range, sync::LazyLock};

/// Places in a pattern that fit one `u128`, the one after the last included; longer patterns match by characters only.
const MOST_SPELLED: usize = 127;

/// A query made ready to be held against many texts: folded, without blanks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pattern {
    chars: Vec<char>,
    has_letters: bool,
}

/// Whether the last syllable of a pattern may still be incomplete: `qingsha` while 青少年 is being typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LastSyllable {
    Whole,
    Begun,
}

/// Whether the whole text is spelled by `query`, by characters, full pinyin, initials or a mix.
pub fn equals(text: &str, query: &str) -> bool {
    Pattern::new(query).equals(text)
}

/// The byte range of `text` that `query` spells: the first by characters, else the first by pinyin.
pub fn find(text: &str, query: &str) -> Option<Range<usize>> {
    Pattern::new(query).find(text)
}

impl Pattern {
    /// Folds width and case, and leaves out blanks and the apostrophe between syllables (`xi'an`).
    pub fn new(query: &str) -> Self {
        let folded = query.chars().map(fold).filter(|c| !c.is_whitespace());
        let mut chars: Vec<char> = folded.collect();
        if chars.iter().all(|c| c.is_ascii_lowercase() || *c == '\'') {
            chars.retain(|c| *c != '\'');
        }
        let has_letters = chars.iter().any(char::is_ascii_lowercase);
        Pattern { chars, has_letters }
    }

    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// How many characters it has, blanks not counted.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The characters that it looks for.
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// Whether it can spell what it does not contain: only Latin letters do.
    pub fn spells(&self) -> bool {
        self.has_letters && self.chars.len() <= MOST_SPELLED
    }

    /// Whether the whole text is spelled, the last syllable included. An empty pattern spells nothing.
    pub fn equals(&self, text: &str) -> bool {
        let text = text.trim_end();
        self.literal_end(text) == Some(text.len()) || (self.spells() && self.spelled_whole(text))
    }

    /// The byte range of the first match by characters, else of the first one by pinyin, of which the last syllable
    /// may be begun only.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.find_literal(text).or_else(|| self.find_sound(text))
    }

    /// The byte range of the first match by pinyin alone.
    pub fn find_sound(&self, text: &str) -> Option<Range<usize>> {
        if self.spells() { self.find_spelled(text) } else { None }
    }

    /// The byte range of the first match by characters alone; blanks, width and case do not count.
    pub fn find_literal(&self, text: &str) -> Option<Range<usize>> {
        let first = *self.chars.first()?;
        let match_at = |at: usize| self.literal_end(&text[at..]).map(|length| at..at + length);
        if COMMON.contains(&(first as u32)) {
            // nothing else folds to such a character: its last byte, which differs most, leads to it
            let mut bytes = [0; 4];
            let wanted = first.encode_utf8(&mut bytes).as_bytes();
            let ends = memchr::memchr_iter(wanted[2], text.as_bytes());
            let mut starts = ends.filter(|end| text.as_bytes()[..=*end].ends_with(wanted)).map(|end| end - 2);
            return starts.find_map(match_at);
        }
        let mut starts = text.char_indices().filter(|(_, c)| fold(*c) == first);
        starts.find_map(|(at, _)| match_at(at))
    }

    /// The length of the beginning of `text` that equals the pattern.
    fn literal_end(&self, text: &str) -> Option<usize> {
        let mut wanted = self.chars.iter();
        let mut next = *wanted.next()?;
        for (at, c) in text.char_indices() {
            let folded = fold(c);
            if folded == next {
                match wanted.next() {
                    Some(c) => next = *c,
                    None => return Some(at + c.len_utf8()),
                }
            } else if !folded.is_whitespace() {
                return None;
            }
        }
        None
    }

    fn find_spelled(&self, text: &str) -> Option<Range<usize>> {
        let first = *self.chars.first()?;
        let mut starts = text.char_indices().filter(|(_, c)| may_begin(*c, first));
        starts.find_map(|(at, _)| self.spelled_end(&text[at..]).map(|length| at..at + length))
    }

    /// The length of the shortest beginning of `text` that spells the pattern.
    ///
    /// `reached` is the set of places in the pattern that the text so far can stand for, so the work is bounded by
    /// text times pattern however many ways there are to cut the pattern into syllables.
    fn spelled_end(&self, text: &str) -> Option<usize> {
        let done = 1 << self.chars.len();
        let mut reached = 1_u128;
        for (at, c) in text.char_indices() {
            if c.is_whitespace() {
                continue;
            }
            reached = self.step(reached, c, LastSyllable::Begun);
            if reached & done != 0 {
                return Some(at + c.len_utf8());
            }
            if reached == 0 {
                return None;
            }
        }
        None
    }

    fn spelled_whole(&self, text: &str) -> bool {
        let mut reached = 1_u128;
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            reached = self.step(reached, c, LastSyllable::Whole);
            if reached == 0 {
                return false;
            }
        }
        reached & (1 << self.chars.len()) != 0
    }

    /// The places reached after one more character of the text.
    fn step(&self, reached: u128, c: char, last: LastSyllable) -> u128 {
        let mut next = 0;
        let mut left = reached;
        while left != 0 {
            let place = left.trailing_zeros() as usize;
            left &= left - 1;
            let Some(wanted) = self.chars.get(place) else {
                continue;
            };
            if fold(c) == *wanted {
                next |= 1 << (place + 1);
            }
            if wanted.is_ascii_lowercase() && !c.is_ascii() {
                let wanted = &self.chars[place..];
                next |= readings(c).fold(0, |lengths, reading| lengths | spell(reading, wanted, last)) << place;
            }
        }
        next
    }
}

/// The readings of a character that are in use; none for what is no Chinese character.
fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let listed = polyphones::readings(c);
    let only = if listed.is_some() { None } else { c.to_pinyin().map(|reading| reading.plain()) };
    listed.into_iter().flatten().copied().chain(only)
}

/// The lengths of the beginnings of `wanted` that stand for a syllable, as bits: its first letter, zh ch sh, all of it.
fn spell(syllable: &str, wanted: &[char], last: LastSyllable) -> u128 {
    let is_v = |c: char| c == 'ü' || c == 'v';
    let mut common = 0;
    let mut letters = syllable.chars().peekable();
    while let (Some(letter), Some(typed)) = (letters.peek(), wanted.get(common)) {
        // No syllable has a v of its own. 略 is lüe in the table, lue on every keyboard.
        let lue = is_v(*letter) && *typed == 'u' && syllable.ends_with('e');
        if letter != typed && !(is_v(*letter) && is_v(*typed)) && !lue {
            break;
        }
        letters.next();
        common += 1;
    }
    let mut lengths = 0;
    if common >= 1 {
        lengths |= 1 << 1;
    }
    if common >= 2 && matches!(syllable.as_bytes(), [b'z' | b'c' | b's', b'h', ..]) {
        lengths |= 1 << 2;
    }
    let whole = letters.peek().is_none();
    if common >= 1 && (whole || (last == LastSyllable::Begun && common == wanted.len())) {
        lengths |= 1 << common;
    }
    lengths
}

/// Folds width, case, quotation marks and ü, one character to one, so that byte ranges stay those of the original.
pub(crate) fn fold(c: char) -> char {
    match c {
        'ü' | 'Ü' => 'v',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        c => fold_width(c).to_ascii_lowercase(),
    }
}

/// The common block of characters, for which first letters are looked up once.
const COMMON: Range<u32> = 0x4e00..0xa000;

/// For each common character, bit n is set where a reading begins with letter n of the alphabet.
static FIRST_LETTERS: LazyLock<Vec<u32>> = LazyLock::new(|| COMMON.map(first_letters).collect());

fn first_letters(code: u32) -> u32 {
    let readings = char::from_u32(code).into_iter().flat_map(readings);
    readings.filter_map(|reading| reading.bytes().next()).fold(0, |bits, letter| match letter {
        b'a'..=b'z' => bits | 1 << (letter - b'a'),
        _ => bits,
    })
}

/// Whether `c` can be the first character of a match of a pattern that begins with `first`; errs towards yes.
fn may_begin(c: char, first: char) -> bool {
    if c.is_ascii() || !first.is_ascii_lowercase() {
        return fold(c) == first;
    }
    let code = c as u32;
    let letter = 1 << (first as u32 - 'a' as u32);
    match COMMON.contains(&code) {
        true => FIRST_LETTERS[(code - COMMON.start) as usize] & letter != 0,
        false => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(text: &'a str, query: &str) -> Option<&'a str> {
        find(text, query).map(|range| &text[range])
    }

    #[test]
    fn names_are_spelled_by_full_pinyin_initials_or_a_mix() {
        for query in
            ["qsn", "qingshaonian", "QSN", "ｑｓｎ", "qing shao nian", "qshn", "qshaon", "qing少", "q少n", "青少年"]
        {
            assert!(find("实施青少年科学素质提升行动", query).is_some(), "{query}");
        }
        for query in ["sjyj", "shijyj", "shjyj", "shijiaoyuju", "shijiaoyj", "市jyj", "市教育局", "市 教育 局"]
        {
            assert!(equals("市教育局", query), "{query}");
        }
        for query in ["jyj", "sjy", "shijiaoyu", "sjyjj", "", " ", "shijiaoyuj u x"] {
            assert!(!equals("市教育局", query), "{query}");
        }
        assert_eq!(found("清远市教育局印发", "jyj"), Some("教育局"));
        assert_eq!(found("实施青少年科学", "q少n"), Some("青少年"));
    }

    #[test]
    fn every_living_reading_of_a_polyphone_counts() {
        let readings = [
            ("重要", "zhongyao"),
            ("重要", "chongyao"),
            ("银行", "yinhang"),
            ("银行", "yinxing"),
            ("校长", "xiaozhang"),
            ("长期", "changqi"),
            ("音乐", "yinyue"),
            ("快乐", "kuaile"),
            ("调查", "diaocha"),
            ("调整", "tiaozheng"),
            ("厦门", "xiamen"),
            ("大厦", "dasha"),
            ("人参", "renshen"),
            ("参加", "canjia"),
            ("参差", "cenci"),
            ("单位", "danwei"),
            ("单县", "shanxian"),
            ("会计", "kuaiji"),
            ("妇女", "funv"),
            ("绿化", "lvhua"),
            ("绿化", "lü hua"),
            ("战略", "zhanlve"),
            ("战略", "zhanlue"),
            ("西安", "xi'an"),
        ];
        for (text, query) in readings {
            assert!(equals(text, query), "{text} {query}");
            assert_eq!(found(text, query), Some(text), "{query}");
        }
    }

    #[test]
    fn readings_that_only_dictionaries_know_do_not_count() {
        assert_eq!(find("市民族宗教事务局", "czj"), None);
        assert_eq!(find("教育", "zhou"), None);
    }

    #[test]
    fn a_match_is_contiguous() {
        assert_eq!(find("青春少年", "qsn"), None);
        assert_eq!(find("青少年", "qn"), None);
        assert_eq!(find("青少年", "qxsn"), None);
    }

    #[test]
    fn the_last_syllable_may_be_begun() {
        let typed = "qingshaonian";
        for length in 1..=typed.len() {
            assert!(find("青少年", &typed[..length]).is_some(), "{}", &typed[..length]);
        }
        assert!(!equals("青少年", "qingshaonia"));
    }

    #[test]
    fn characters_go_before_pinyin() {
        assert_eq!(found("请前往QQ群", "qq"), Some("QQ"));
        assert_eq!(found("请前往ＱＱ群", "QQ"), Some("ＱＱ"));
        assert_eq!(found("科普e站", "e站"), Some("e站"));
        assert_eq!(found("科普e站", "ez"), Some("e站"));
        assert_eq!(found("科普e站", "kpez"), Some("科普e站"));
    }

    #[test]
    fn width_quotes_and_blanks_do_not_count() {
        assert_eq!(found("实施“十四五”规划(试行)", "\"十四五\"规划（试行）"), Some("“十四五”规划(试行)"));
        assert_eq!(found("科 普　日", "科普日"), Some("科 普　日"));
        assert_eq!(found("科 普　日", "kpr"), Some("科 普　日"));
        assert_eq!(found("占比16％", "16%"), Some("16％"));
        assert_eq!(found("abc", ""), None);
    }

    #[test]
    fn long_queries_and_many_ways_to_cut_them_are_harmless() {
        let text = "恩".repeat(2_000);
        assert!(find(&text, &"en".repeat(60)).is_some());
        assert_eq!(find(&text, &format!("{}x", "en".repeat(60))), None);
        assert_eq!(find(&text, &"en".repeat(6_000)), None);
        assert_eq!(find(&"ab".repeat(300), &"AB".repeat(200)), Some(0..400));
    }

    proptest! {
        #[test]
        fn a_range_lies_on_character_borders(text in "[a-zü科学普及重长行０-９Ａ-Ｚ （）\\PC]{0,24}", query in "[a-z科学 ']{0,6}") {
            if let Some(range) = find(&text, &query) {
                prop_assert!(text.get(range).is_some_and(|part| !part.is_empty()));
            }
        }
    }
}
