//! The office's own wording of papers, in the plan's `templates/`.

use super::Workspace;
use crate::domain::Str;
use crate::store::FileError;

/// The folder, below the plan's.
pub const TEMPLATES: &str = "templates";

impl Workspace {
    /// The office's wording of a paper; `None` where it uses ours.
    ///
    /// # Errors
    /// A file that is there and cannot be read.
    pub fn template(&self, name: &str) -> Result<Option<Str>, FileError> {
        self.folder.read(&format!("{TEMPLATES}/{name}"))
    }
}
