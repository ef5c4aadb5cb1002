//! The one plain spelling of a deadline, and a cursor to take it apart with.

use crate::domain::id::{chinese_number, fold_width};

/// Folds a text to the one spelling that the forms know: narrow, lower case, Arabic figures, no blanks.
///
/// A blank between two figures stays a border: `2025 6 30` is 2025-6-30.
pub(super) fn plain(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars().map(fold_width) {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && c.is_ascii_digit() && folded.ends_with(|c: char| c.is_ascii_digit()) {
            folded.push('-');
        }
        blank = false;
        folded.push(c.to_ascii_lowercase());
    }
    arabic(folded.trim_end_matches(['.', '。', ',', ';', '、'])).replace("礼拜", "星期")
}

/// Writes Chinese numbers up to 99 and years (二〇二五) in figures; a number that is half figures stays as it is.
fn arabic(text: &str) -> String {
    let is_numeral = |c: char| "零〇一二三四五六七八九十两".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_numeral) {
        out.push_str(&rest[..at]);
        let length = rest[at..].find(|c| !is_numeral(c)).unwrap_or(rest.len() - at);
        let (run, after) = rest[at..].split_at(length);
        let touches_figures =
            out.ends_with(|c: char| c.is_ascii_digit()) || after.starts_with(|c: char| c.is_ascii_digit());
        match chinese_number(run).filter(|_| !touches_figures) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(run),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Takes off what stands around a deadline in a sentence (到…完成, by …), and 前; tells whether there was a 前.
pub(super) fn core(plain: &str) -> (&str, bool) {
    const LEADS: [&str; 13] =
        ["截止到", "截至", "截止", "不迟于", "最迟", "力争", "争取", "于", "在", "到", "至", "before", "by"];
    const VERBS: [&str; 8] = ["全面完成", "完成", "办结", "落实", "到位", "为止", "止", "1次"];
    let mut core = plain;
    for lead in LEADS {
        core = core.strip_prefix(lead).unwrap_or(core);
    }
    for verb in VERBS {
        core = core.strip_suffix(verb).unwrap_or(core);
    }
    let cut = ["之前", "以前", "前"].iter().find_map(|before| core.strip_suffix(before));
    (cut.unwrap_or(core), cut.is_some())
}

/// A cursor over a plain text.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a str);

impl<'a> Words<'a> {
    /// Takes the first of `any` that comes next; name the longer ones first.
    pub(super) fn eat(&mut self, any: &[&str]) -> bool {
        let rest = any.iter().find_map(|word| self.0.strip_prefix(word));
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// The figures that come next, not more than nine.
    pub(super) fn figures(&mut self) -> Option<&'a str> {
        let length = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (figures, rest) = self.0.split_at(length);
        self.0 = rest;
        (1..=9).contains(&length).then_some(figures)
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        self.figures()?.parse().ok()
    }

    pub(super) fn ended(&self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}
