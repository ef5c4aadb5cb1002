//! Versions: annotated tags.

use super::{Act, GitError, Oid, Repo};
use chrono::NaiveDate;

/// A named state of the plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Version {
    /// The name of the tag.
    pub tag: String,
    /// The first line of what was written with it; of a plain tag, of the commit.
    pub subject: String,
    pub day: Option<NaiveDate>,
    pub who: String,
    pub commit: Option<Oid>,
}

impl Version {
    /// The name as it was given: what is written with a tag that is its name, made fit for git.
    pub fn name(&self) -> &str {
        let is_name = |c: char| c.is_alphanumeric();
        let plain = |text: &str| text.chars().filter(|c| is_name(*c)).collect::<String>();
        if plain(&self.subject) == plain(&self.tag) { &self.subject } else { &self.tag }
    }
}

impl Repo {
    /// All versions, oldest first.
    ///
    /// # Errors
    /// What git says.
    pub fn versions(&self) -> Result<Vec<Version>, GitError> {
        let format = "--format=%(refname:strip=2)%00%(creatordate:short)%00%(taggername)%00%(authorname)%00\
                      %(contents:subject)%00%(objectname)%00%(*objectname)%00";
        let listed = self.read(&["for-each-ref", "--sort=creatordate", format, "refs/tags"])?;
        let text = String::from_utf8_lossy(&listed);
        let mut versions = Vec::new();
        for line in text.split('\n').filter(|line| !line.is_empty()) {
            let words: Vec<&str> = line.split('\0').collect();
            let [tag, day, tagger, author, subject, oid, peeled, ..] = words.as_slice() else { continue };
            versions.push(Version {
                tag: tag.to_string(),
                subject: subject.to_string(),
                day: day.parse().ok(),
                who: if tagger.is_empty() { author.to_string() } else { tagger.to_string() },
                commit: Oid::parse(peeled).or_else(|| Oid::parse(oid)),
            });
        }
        Ok(versions)
    }

    /// Gives the last commit a name. Signed where git is set up to sign tags.
    ///
    /// # Errors
    /// What git says, of a name that is taken too.
    pub fn tag(&self, tag: &str, message: &str, fallback: Option<&str>) -> Result<(), GitError> {
        let name = fallback.map(|name| format!("user.name={name}"));
        let mut args = Vec::new();
        if let Some(name) = &name {
            args.extend(["-c", name, "-c", "user.email=lianxi@localhost"]);
        }
        args.extend(["tag", "-a", "-m", message, "--", tag]);
        self.act(Act::AsConfigured, &args, None).map(drop)
    }
}
