//! Bundles: a piece of history in one file, carried by hand between machines that have no network in common.

use super::slow::{self, Patience};
use super::transfer::{THEIR_TAGS, THEIRS, TransferError, ended};
use super::{GitError, Oid, Wire};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// What a bundle builds on and what it brings.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct BundleHead {
    /// Commits that must be there already, with the first line of what they say.
    pub needs: Vec<(Oid, String)>,
    pub brings: Vec<(String, Oid)>,
}

/// Reads the head of a bundle file; `None` where the file is none.
///
/// # Errors
/// Where the file cannot be read.
pub fn bundle_head(file: &Path) -> std::io::Result<Option<BundleHead>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(1 << 20).read_to_end(&mut bytes)?;
    if !bytes.starts_with(b"# v2 git bundle\n") && !bytes.starts_with(b"# v3 git bundle\n") {
        return Ok(None);
    }
    let mut head = BundleHead::default();
    for line in bytes.split(|byte| *byte == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line);
        if line.is_empty() {
            return Ok(Some(head));
        }
        if line.starts_with('@') {
            continue;
        }
        let (oid, words) = line.split_once(' ').unwrap_or((&line, ""));
        match (oid.strip_prefix('-').map(Oid::parse), Oid::parse(oid)) {
            (Some(Some(oid)), _) => head.needs.push((oid, words.to_string())),
            (_, Some(oid)) => head.brings.push((words.to_string(), oid)),
            _ => return Ok(None),
        }
    }
    // cut off inside its head
    Ok(None)
}

impl Wire {
    /// Makes a bundle of branches and tags, without what the other side has. It appears whole or not at all.
    ///
    /// # Errors
    /// Where there is nothing to bring, or the file cannot be written.
    pub fn make_bundle(
        &self,
        file: &Path,
        what: &[(String, Oid)],
        without: &[Oid],
        patience: &mut Patience,
    ) -> Result<(), TransferError> {
        let refused = |error: std::io::Error| {
            TransferError::Git(GitError::Refused { command: file.display().to_string(), message: error.to_string() })
        };
        for (name, oid) in what {
            self.name(name, oid).map_err(TransferError::Git)?;
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let making = tempfile::Builder::new().prefix(".lianxi-").suffix(".tmp").tempdir_in(folder).map_err(refused)?;
        let made = making.path().join("bundle");
        let mut command = self.command();
        command.args(["bundle", "create", "--progress"]).arg(&made);
        command.args(what.iter().map(|(name, _)| name));
        command.args(without.iter().map(|oid| format!("^{oid}")));
        let done = ended(slow::run(command, None, patience));
        for (name, _) in what {
            let _ = self.run(&["update-ref", "-d", name], None);
        }
        done?;
        File::open(&made).and_then(|file| file.sync_all()).map_err(refused)?;
        fs::rename(&made, file).map_err(refused)
    }

    /// What a bundle needs and we do not have.
    ///
    /// # Errors
    /// Where our history cannot be read.
    pub fn lacks(&self, head: &BundleHead) -> Result<Vec<String>, GitError> {
        let mut missing = Vec::new();
        for (oid, words) in &head.needs {
            if self.commit_of(oid.as_str()).is_none() {
                missing.push(format!("{} {words}", oid.short()).trim().to_string());
            }
        }
        Ok(missing)
    }

    /// Fetches what a bundle brings under our own names, its contents checked.
    ///
    /// # Errors
    /// [`TransferError::Corrupt`] where it is not what it says it is.
    pub fn fetch_bundle(&self, file: &Path, patience: &mut Patience) -> Result<(), TransferError> {
        let mut verify = self.command();
        verify.args(["bundle", "verify", "-q"]).arg(file);
        ended(slow::run(verify, None, patience))?;
        let mut command = self.command();
        command.args(["-c", "fetch.fsckObjects=true", "fetch", "--progress", "--no-tags", "--prune"]);
        command.args(["--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules", "--refmap=", "--"]);
        command.arg(file);
        command.args([format!("+refs/heads/*:{THEIRS}*"), format!("+refs/tags/*:{THEIR_TAGS}*")]);
        match ended(slow::run(command, None, patience)) {
            Err(TransferError::Git(GitError::Refused { message, .. })) => Err(TransferError::Corrupt { message }),
            done => done.map(drop),
        }
    }
}
