//! Putting files into the index and committing it.

use super::{Act, GitError, Oid, Repo};

impl Repo {
    /// Stores a file; its id.
    ///
    /// # Errors
    /// What git says.
    pub fn store(&self, bytes: &[u8]) -> Result<Oid, GitError> {
        let said = self.act(Act::Plain, &["hash-object", "-w", "--stdin"], Some(bytes))?;
        let text = String::from_utf8_lossy(&said).trim().to_string();
        Oid::parse(&text).ok_or(GitError::Refused { command: "hash-object".to_string(), message: text })
    }

    /// Puts stored files into the index, or takes them out; the work tree stays as it is. Paths are below `folder`.
    ///
    /// # Errors
    /// What git says.
    pub fn stage(&self, folder: &str, files: &[(String, Option<Oid>)]) -> Result<(), GitError> {
        let prefix = self.path(folder);
        let mut input = Vec::new();
        for (path, oid) in files {
            let line = match oid {
                Some(oid) => format!("100644 {oid}\t{prefix}/{path}\0"),
                None => format!("0 {}\t{prefix}/{path}\0", "0".repeat(40)),
            };
            input.extend_from_slice(line.as_bytes());
        }
        self.act(Act::Plain, &["update-index", "-z", "--index-info"], Some(&input)).map(drop)
    }

    /// Puts everything below a folder into the index as it is.
    ///
    /// # Errors
    /// What git says.
    pub fn stage_all(&self, folder: &str) -> Result<(), GitError> {
        self.act(Act::Plain, &["add", "-A", "--", folder], None).map(drop)
    }

    /// Commits the index, with the user's hooks and signature; the commit.
    ///
    /// # Errors
    /// What git or a hook says.
    pub fn commit(&self, message: &str, author: Option<&str>) -> Result<Oid, GitError> {
        self.commit_with(message, author, &[])
    }

    /// Commits the index and what a folder's files say now, in one process. Files that git does not know stay out; where the
    /// repository defines filters, the folder has to be staged first.
    ///
    /// # Errors
    /// What git or a hook says.
    pub fn commit_known(&self, folder: &str, message: &str, author: Option<&str>) -> Result<Oid, GitError> {
        self.commit_with(message, author, &["-i", "--", folder])
    }

    fn commit_with(&self, message: &str, author: Option<&str>, which: &[&str]) -> Result<Oid, GitError> {
        let commit = [&["commit", "-q", "--cleanup=verbatim", "-F", "-"], which].concat();
        let done = match author {
            // asking who somebody is costs a process; git says by itself where it does not know
            None => {
                let sure = [&["-c", "user.useConfigOnly=true"], &commit[..]].concat();
                self.act(Act::AsConfigured, &sure, Some(message.as_bytes()))
            }
            Some(_) => self.commit_as(message, author, &commit),
        };
        match done {
            Err(GitError::Refused { message: said, .. }) if said.contains("auto-detection is disabled") => {
                self.commit_as(message, author, &commit)?
            }
            done => done?,
        };
        self.head().ok_or(GitError::NoCommit)
    }

    /// Commits with the name that is configured, or with another one beside it.
    fn commit_as(&self, message: &str, author: Option<&str>, commit: &[&str]) -> Result<Vec<u8>, GitError> {
        let configured = |name: &str| {
            let value = self.read(&["config", name]).ok()?;
            Some(String::from_utf8_lossy(&value).trim().to_string()).filter(|value| !value.is_empty())
        };
        let (name, email) = (configured("user.name"), configured("user.email"));
        let mut args: Vec<String> = Vec::new();
        let mut set = |key: &str, value: &str| args.extend(["-c".to_string(), format!("{key}={value}")]);
        if name.is_none() {
            set("user.name", author.unwrap_or("lianxi"));
        }
        if email.is_none() {
            set("user.email", "lianxi@localhost");
        }
        let mut words = commit.iter().map(|word| word.to_string());
        args.extend(words.next());
        if let Some(author) = author.filter(|author| name.as_deref().is_some_and(|name| name != *author)) {
            let plain: String = author.chars().filter(|c| !matches!(c, '<' | '>' | '\n')).collect();
            args.push(format!("--author={plain} <{}>", email.as_deref().unwrap_or("lianxi@localhost")));
        }
        args.extend(words);
        self.act(Act::AsConfigured, &args, Some(message.as_bytes()))
    }
}
