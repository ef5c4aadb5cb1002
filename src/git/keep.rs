//! Keeping a folder as it is now, under a name: a commit of that folder alone, and a tag.

use super::{Act, GitError, Repo, author};

impl Repo {
    /// Commits a folder below the root and gives the commit a name. Where nothing is new, the last commit gets it.
    ///
    /// # Errors
    /// What git says; a merge that somebody else has begun and not finished.
    pub fn keep(&self, folder: &str, message: &str, tag: &str, fallback: Option<&str>) -> Result<(), GitError> {
        if let Some(unfinished) = self.unfinished() {
            return Err(GitError::Unfinished(unfinished));
        }
        let fallback = fallback.filter(|_| author(self.root()).is_none());
        let name = fallback.map(|name| format!("user.name={name}"));
        let named: Vec<&str> =
            name.iter().flat_map(|name| ["-c", name.as_str(), "-c", "user.email=lianxi@localhost"]).collect();
        self.act(Act::Plain, &["add", "--", folder], None)?;
        let staged = self.read(&["diff", "--cached", "--name-only", "--", folder])?;
        if !staged.is_empty() {
            let commit = [&named[..], &["commit", "-q", "-m", message, "--", folder]].concat();
            self.act(Act::AsConfigured, &commit, None)?;
        }
        self.tag(tag, message, fallback)
    }
}
