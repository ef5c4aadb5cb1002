//! Trees: listing one, and what differs between two, reading only the folders that differ.

use super::objects::Found;
use super::{GitError, Objects, Oid};
use std::collections::BTreeMap;

/// A file or folder in a tree.
#[derive(Clone, PartialEq, Debug)]
pub struct TreeEntry {
    pub oid: Oid,
    pub is_folder: bool,
    /// A regular file; links and submodules are neither.
    pub is_file: bool,
}

/// A file that differs between two trees: its object in each; `None` where it is not there.
#[derive(Clone, PartialEq, Debug)]
pub struct Changed {
    /// Below the folder that was compared.
    pub path: String,
    pub old: Option<Oid>,
    pub new: Option<Oid>,
}

impl Objects {
    /// The names in a tree; those that are not UTF-8 are nobody's here.
    ///
    /// # Errors
    /// Where the tree cannot be read.
    pub fn tree(&mut self, oid: &Oid) -> Result<BTreeMap<String, TreeEntry>, GitError> {
        self.trees(&[oid]).remove(0)
    }

    fn trees(&mut self, oids: &[&Oid]) -> Vec<Result<BTreeMap<String, TreeEntry>, GitError>> {
        let names: Vec<&str> = oids.iter().map(|oid| oid.as_str()).collect();
        let broken =
            |oid: &Oid, message: &str| Err(GitError::Corrupt { object: oid.to_string(), message: message.to_string() });
        let read = |(found, oid): (Result<Option<Found>, GitError>, &&Oid)| match found? {
            Some((_, kind, bytes)) if kind == "tree" => {
                entries(&bytes, oid.as_str().len() / 2).map_or_else(|| broken(oid, "broken tree"), Ok)
            }
            _ => broken(oid, "missing tree"),
        };
        self.find_all(&names).into_iter().zip(oids).map(read).collect()
    }

    /// The tree of a folder below another; `None` where there is none.
    ///
    /// # Errors
    /// Where a tree on the way cannot be read.
    pub fn folder(&mut self, tree: &Oid, path: &str) -> Result<Option<Oid>, GitError> {
        self.folders([tree], path).remove(0)
    }

    /// The trees of a folder below several others.
    pub fn folders<'o>(
        &mut self,
        trees: impl IntoIterator<Item = &'o Oid>,
        path: &str,
    ) -> Vec<Result<Option<Oid>, GitError>> {
        let names: Vec<String> = trees.into_iter().map(|tree| format!("{tree}:{path}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let folder = |found: Option<Found>| found.filter(|(_, kind, _)| kind == "tree").map(|(oid, _, _)| oid);
        self.find_all(&names).into_iter().map(|found| found.map(folder)).collect()
    }

    /// Every regular file below a tree, by path.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn files(&mut self, tree: &Oid) -> Result<BTreeMap<String, Oid>, GitError> {
        let changed = self.differences(None, Some(tree))?;
        Ok(changed.into_iter().filter_map(|file| Some((file.path, file.new?))).collect())
    }

    /// The regular files that differ between two trees. Folders that are the same are not read.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn differences(&mut self, old: Option<&Oid>, new: Option<&Oid>) -> Result<Vec<Changed>, GitError> {
        let mut found = Vec::new();
        self.compare(String::new(), old, new, 0, &mut found)?;
        found.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(found)
    }

    fn compare(
        &mut self,
        prefix: String,
        old: Option<&Oid>,
        new: Option<&Oid>,
        depth: usize,
        found: &mut Vec<Changed>,
    ) -> Result<(), GitError> {
        // a plan is four folders deep; a tree that goes on and on is somebody's joke
        if old == new || depth > 16 {
            return Ok(());
        }
        let asked: Vec<&Oid> = [old, new].into_iter().flatten().collect();
        let mut listed = self.trees(&asked).into_iter();
        let mut next = |oid: Option<&Oid>| oid.and_then(|_| listed.next()).transpose().map(Option::unwrap_or_default);
        let (olds, news) = (next(old)?, next(new)?);
        let names = olds.keys().chain(news.keys().filter(|name| !olds.contains_key(*name)));
        for name in names {
            let (old, new) = (olds.get(name), news.get(name));
            if old.map(|entry| &entry.oid) == new.map(|entry| &entry.oid) {
                continue;
            }
            let path = format!("{prefix}{name}");
            let file = |entry: Option<&TreeEntry>| entry.filter(|e| e.is_file).map(|e| e.oid.clone());
            let (old_file, new_file) = (file(old), file(new));
            if old_file.is_some() || new_file.is_some() {
                found.push(Changed { path: path.clone(), old: old_file, new: new_file });
            }
            let folder = |entry: Option<&TreeEntry>| entry.filter(|e| e.is_folder).map(|e| e.oid.clone());
            let (old, new) = (folder(old), folder(new));
            if old.is_some() || new.is_some() {
                self.compare(path + "/", old.as_ref(), new.as_ref(), depth + 1, found)?;
            }
        }
        Ok(())
    }
}

/// Reads a tree object: `100644 name\0` and the bytes of an id, over and over.
fn entries(mut bytes: &[u8], id_length: usize) -> Option<BTreeMap<String, TreeEntry>> {
    let mut entries = BTreeMap::new();
    while !bytes.is_empty() {
        let blank = memchr::memchr(b' ', bytes)?;
        let end = memchr::memchr(0, bytes)?;
        let mode = std::str::from_utf8(bytes.get(..blank)?).ok()?;
        let name = std::str::from_utf8(bytes.get(blank + 1..end)?);
        let oid = Oid::from_bytes(bytes.get(end + 1..end + 1 + id_length)?);
        if let Ok(name) = name {
            let (is_folder, is_file) = (mode == "40000", mode.starts_with("100"));
            entries.insert(name.to_string(), TreeEntry { oid, is_folder, is_file });
        }
        bytes = &bytes[end + 1 + id_length..];
    }
    Some(entries)
}
