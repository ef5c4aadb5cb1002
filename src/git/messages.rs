//! The messages of a few commits, for what is kept in them.

use super::{GitError, Oid, Repo};

/// A commit and what it says.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    pub oid: Oid,
    pub message: String,
    /// It is only the last one before those that were asked for.
    pub is_before: bool,
}

impl Repo {
    /// The messages of a history without another one, oldest first, with the commits that they grow on before them.
    ///
    /// # Errors
    /// What git says.
    pub fn messages(&self, of: &Oid, without: Option<&Oid>, most: usize) -> Result<Vec<Said>, GitError> {
        let most = format!("-n{most}");
        let mut args = vec!["log", "--topo-order", "--boundary", "--no-show-signature", "--format=%x01%m%H%x00%B"];
        let not = without.map(|oid| format!("^{oid}"));
        args.extend([most.as_str(), of.as_str()]);
        args.extend(not.as_deref());
        args.push("--");
        let listed = self.read(&args)?;
        let listed = String::from_utf8_lossy(&listed);
        let mut said: Vec<Said> = Vec::new();
        for entry in listed.split('\u{1}') {
            let Some((head, message)) = entry.split_once('\0') else { continue };
            let is_before = head.starts_with('-');
            if let Some(oid) = Oid::parse(head.trim_start_matches(['-', '>', '<'])) {
                said.push(Said { oid, message: message.trim_end().to_string(), is_before });
            }
        }
        said.reverse();
        said.sort_by_key(|one| !one.is_before);
        Ok(said)
    }

    /// The last commit that two histories have in common.
    ///
    /// # Errors
    /// What git says.
    pub fn common(&self, a: &Oid, b: &Oid) -> Result<Option<Oid>, GitError> {
        match self.read(&["merge-base", a.as_str(), b.as_str()]) {
            Ok(found) => Ok(String::from_utf8_lossy(&found).lines().next().and_then(Oid::parse)),
            // it has no words for "none"
            Err(GitError::Refused { message, .. }) if message.is_empty() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
