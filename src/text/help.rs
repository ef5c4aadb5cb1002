//! (being written)
#[derive(Debug)]
pub struct Help {}
pub(super) const ZH: Help = Help {};
pub(super) const EN: Help = Help {};
