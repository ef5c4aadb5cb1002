//! (being written)
#[derive(Debug)]
pub struct Screens {}
pub(super) const ZH: Screens = Screens {};
pub(super) const EN: Screens = Screens {};
