//! Which words of a text changed, so that a reader of two long paragraphs sees the three characters that differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A run of characters and what became of it.
#[derive(Clone, PartialEq, Debug)]
pub enum Run {
    Same(String),
    Gone(String),
    Come(String),
}

/// The longest texts that are compared character by character; longer ones are one change.
const MOST: usize = 6000;

/// Compares two texts by grapheme. A character or two that stayed between two changes goes with them, because a reader takes in
/// a changed phrase more easily than crumbs of it.
pub fn changed_words(old: &str, new: &str) -> Vec<Run> {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.graphemes(true).collect(), new.graphemes(true).collect());
    let before = olds.iter().zip(&news).take_while(|(a, b)| a == b).count();
    let rest = (olds.len() - before).min(news.len() - before);
    let after = olds.iter().rev().zip(news.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (a, b) = (&olds[before..olds.len() - after], &news[before..news.len() - after]);
    let mut runs = Vec::new();
    push(&mut runs, Run::Same(olds[..before].concat()));
    if a.len().max(b.len()) > MOST {
        push(&mut runs, Run::Gone(a.concat()));
        push(&mut runs, Run::Come(b.concat()));
    } else {
        middle(a, b, &mut runs);
    }
    push(&mut runs, Run::Same(olds[olds.len() - after..].concat()));
    runs
}

fn middle(a: &[&str], b: &[&str], runs: &mut Vec<Run>) {
    let ops = capture_diff_slices(Algorithm::Myers, a, b);
    let (mut gone, mut come) = (String::new(), String::new());
    for (at, op) in ops.iter().enumerate() {
        match *op {
            DiffOp::Equal { old_index, len, .. } => {
                let same = a[old_index..old_index + len].concat();
                let between = at > 0 && at + 1 < ops.len();
                if len < 2 && between {
                    gone.push_str(&same);
                    come.push_str(&same);
                    continue;
                }
                push(runs, Run::Gone(std::mem::take(&mut gone)));
                push(runs, Run::Come(std::mem::take(&mut come)));
                push(runs, Run::Same(same));
            }
            DiffOp::Delete { old_index, old_len, .. } => gone.push_str(&a[old_index..old_index + old_len].concat()),
            DiffOp::Insert { new_index, new_len, .. } => come.push_str(&b[new_index..new_index + new_len].concat()),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                gone.push_str(&a[old_index..old_index + old_len].concat());
                come.push_str(&b[new_index..new_index + new_len].concat());
            }
        }
    }
    push(runs, Run::Gone(gone));
    push(runs, Run::Come(come));
}

fn push(runs: &mut Vec<Run>, run: Run) {
    let (Run::Same(text) | Run::Gone(text) | Run::Come(text)) = &run;
    if !text.is_empty() {
        runs.push(run);
    }
}

/// How alike two texts are, from 0 to 1.
pub fn likeness(old: &str, new: &str) -> f64 {
    let all = old.len() + new.len();
    if all == 0 {
        return 1.0;
    }
    let same: usize =
        changed_words(old, new).iter().map(|run| if let Run::Same(text) = run { text.len() } else { 0 }).sum();
    (2 * same) as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_that_changed_are_found_in_a_long_paragraph() {
        let runs =
            changed_words("到2025年，公民具备科学素质的比例超过13%。", "到2025年，公民具备科学素质的比例达到15%以上。");
        assert_eq!(
            runs,
            [
                Run::Same("到2025年，公民具备科学素质的比例".to_string()),
                Run::Gone("超过13%".to_string()),
                Run::Come("达到15%以上".to_string()),
                Run::Same("。".to_string()),
            ]
        );
        assert_eq!(changed_words("", "新"), [Run::Come("新".to_string())]);
        assert!(likeness("青少年科学素质提升行动", "青少年科学素养提升行动") > 0.8);
    }

    #[test]
    fn both_texts_can_be_read_back() {
        let texts = ["", "一", "推进科普信息化", "推动科普的信息化建设", "e\u{301}👨‍👩‍👧x", "👨‍👩‍👧e\u{301}"];
        for (old, new) in texts.iter().flat_map(|old| texts.iter().map(move |new| (old, new))) {
            let runs = changed_words(old, new);
            let side = |keep: fn(&Run) -> Option<&String>| runs.iter().filter_map(keep).cloned().collect::<String>();
            assert_eq!(side(|run| if let Run::Same(t) | Run::Gone(t) = run { Some(t) } else { None }), *old);
            assert_eq!(side(|run| if let Run::Same(t) | Run::Come(t) = run { Some(t) } else { None }), *new);
        }
    }
}
