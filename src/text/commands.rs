//! (being written)
#[derive(Debug)]
pub struct CommandWords {}
pub(super) const ZH: CommandWords = CommandWords {};
pub(super) const EN: CommandWords = CommandWords {};
