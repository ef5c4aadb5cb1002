//! Merging the order of a list: each side's moves and additions, over what both left where it was.

use super::diff::kept_in_order;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The keys that stay, in an order that keeps what either side did to it.
///
/// Keys that neither side has moved keep the order of `base`. What a side has added or moved follows the key that it follows
/// there; two runs behind the same key stand in the order of their keys, so that it does not matter whose is called ours.
pub fn merge_order<K: Ord + Hash + Clone>(base: &[K], ours: &[K], theirs: &[K], stays: impl Fn(&K) -> bool) -> Vec<K> {
    for (one, other) in [(ours, theirs), (theirs, ours)] {
        if one == other || base == other {
            let there: HashSet<&K> = if one == base { HashSet::new() } else { one.iter().collect() };
            if one == base || base.iter().filter(|key| stays(key)).all(|key| there.contains(key)) {
                return one.iter().filter(|key| stays(key)).cloned().collect();
            }
        }
    }
    let known: HashSet<&K> = base.iter().collect();
    let moved = |side: &[K]| -> HashSet<K> {
        let (kept, there): (_, HashSet<&K>) = (kept_in_order(base, side), side.iter().collect());
        base.iter().filter(|key| there.contains(key) && !kept.contains(key)).cloned().collect()
    };
    let (moved_ours, moved_theirs) = (moved(ours), moved(theirs));
    let is_core = |key: &K| !moved_ours.contains(key) && !moved_theirs.contains(key) && stays(key);
    let core: HashSet<&K> = base.iter().filter(|key| is_core(key)).collect();
    let mut runs: HashMap<Option<&K>, Vec<Vec<&K>>> = HashMap::new();
    for (side, moved) in [(ours, &moved_ours), (theirs, &moved_theirs)] {
        let mut after = None;
        let mut run = Vec::new();
        for key in side {
            if core.contains(key) {
                runs.entry(after).or_default().push(std::mem::take(&mut run));
                after = Some(key);
            } else if stays(key) && (!known.contains(key) || moved.contains(key)) {
                run.push(key);
            }
        }
        runs.entry(after).or_default().push(run);
    }
    let mut seen: HashSet<&K> = HashSet::new();
    let mut order = Vec::new();
    for after in [None].into_iter().chain(base.iter().filter(|key| core.contains(key)).map(Some)) {
        order.extend(after.into_iter().filter(|key| seen.insert(key)).cloned());
        let mut here = runs.remove(&after).unwrap_or_default();
        here.sort();
        order.extend(here.into_iter().flatten().filter(|key| seen.insert(key)).cloned());
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str, gone: &str) -> String {
        let keys = |text: &str| text.chars().collect::<Vec<_>>();
        let one = merge_order(&keys(base), &keys(ours), &keys(theirs), |key| !gone.contains(*key));
        let other = merge_order(&keys(base), &keys(theirs), &keys(ours), |key| !gone.contains(*key));
        assert_eq!(one, other);
        one.into_iter().collect()
    }

    #[test]
    fn what_each_side_did_to_the_order_stands() {
        assert_eq!(merged("abcd", "abcd", "abcd", ""), "abcd");
        assert_eq!(merged("abcd", "dabc", "abcd", ""), "dabc");
        assert_eq!(merged("abcd", "dabc", "abxcd", ""), "dabxc");
        assert_eq!(merged("ab", "axb", "ayb", ""), "axyb");
        assert_eq!(merged("ab", "abx", "aby", ""), "abxy");
        assert_eq!(merged("abc", "ac", "abcz", "b"), "acz");
        // kept although one side has taken it out
        assert_eq!(merged("abc", "ac", "abc", ""), "abc");
        assert_eq!(merged("", "xy", "xz", ""), "xyz");
    }
}
