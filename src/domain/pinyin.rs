//! Matching Chinese names by pinyin and initials.

/// Whether the whole text is spelled by `query`.
pub fn equals(_text: &str, _query: &str) -> bool {
    false
}

/// The byte range of `text` that `query` spells.
pub fn find(_text: &str, _query: &str) -> Option<std::ops::Range<usize>> {
    None
}
