//! Merging two states of a workspace over the one they come from: every file on its values, then the rules of every plan.
//!
//! Nothing is written here. The caller commits what is to be written, or shows the findings that keep it from doing so.

use crate::domain::{self, By, Conflict, Finding, LogItem, Plan, Str};
use crate::git::{GitError, Oid};
use crate::store::{Versions, layout, merge_file, put_conflict};
use std::collections::{BTreeMap, BTreeSet};

/// Every file of a state by its path below the workspace, `plans/<plan>/tasks/3.1.toml`.
pub type Files = BTreeMap<String, Oid>;

/// One of the two states that are merged.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub files: Files,
    /// Who made the last commit, and when.
    pub by: By,
    /// Paths that this side has given another name since the base: old and new, as git tells them.
    pub renames: Vec<(String, String)>,
}

/// What a merge comes to.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    /// The files that differ from ours; `None` where one goes.
    pub files: BTreeMap<String, Option<Vec<u8>>>,
    /// What both sides disagree about, with the path of the file in which it stands.
    pub conflicts: Vec<(String, Conflict)>,
    /// Files that could not be merged: ours stays at the first path, theirs is put at the second.
    pub beside: Vec<(String, String)>,
    /// Rules that the merged plans break and neither side's did, by plan. They have to be mended before it is committed.
    pub findings: Vec<(String, Finding)>,
}

impl Merge {
    /// Nobody has to choose or to mend anything.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty() && self.beside.is_empty() && self.findings.is_empty()
    }
}

/// Merges two states. `read` gives the bytes of an object.
///
/// # Errors
/// Whatever `read` says.
pub fn merge(
    base: &Files,
    ours: &Side,
    theirs: &Side,
    read: &mut dyn FnMut(&Oid) -> Result<Vec<u8>, GitError>,
) -> Result<Merge, GitError> {
    let (our_names, their_names) = (Names::of(ours, base), Names::of(theirs, base));
    let was = renamed(base, |path| our_names.follow(path).or_else(|| their_names.follow(path)));
    let mut mine = renamed(&ours.files, |path| their_names.follow(path));
    // what both gave another name is called as ours calls it
    let mut yours = renamed(&theirs.files, |path| our_names.follow(their_names.old(path).unwrap_or(path)));
    let gone = keep_whole_plans(&was, &mut mine, &mut yours);
    let mut merge = Merge::default();
    let paths: BTreeSet<&String> = was.keys().chain(mine.keys()).chain(yours.keys()).collect();
    for path in paths {
        let (base, ours_oid, theirs_oid) = (was.get(path), mine.get(path), yours.get(path));
        let untouched = ours_oid == theirs_oid || theirs_oid == base;
        if untouched && ours.files.get(path) == ours_oid {
            continue;
        }
        let mut bytes = |oid: Option<&Oid>| oid.map(&mut *read).transpose();
        let (base, mine, yours) = (bytes(base)?, bytes(ours_oid)?, bytes(theirs_oid)?);
        let merged = merge_file(&Versions {
            file: split(path).map_or(path.as_str(), |(_, file)| file),
            base: base.as_deref(),
            ours: mine.as_deref(),
            theirs: yours.as_deref(),
            ours_by: &ours.by,
            theirs_by: &theirs.by,
        });
        merge.conflicts.extend(merged.conflicts.into_iter().map(|conflict| (path.clone(), conflict)));
        if let Some(bytes) = merged.beside.filter(|bytes| !bytes.is_empty()) {
            let name = beside(path, |name| ours.files.contains_key(name) || theirs.files.contains_key(name));
            merge.files.insert(name.clone(), Some(bytes));
            merge.beside.push((path.clone(), name));
        }
        if merged.bytes != mine || ours.files.get(path) != ours_oid {
            merge.files.insert(path.clone(), merged.bytes);
        }
    }
    // what goes by another name now
    let moved = ours.files.keys().filter(|path| !merge.files.contains_key(*path) && !mine.contains_key(*path));
    let moved: Vec<String> = moved.cloned().collect();
    moved.into_iter().for_each(|path| drop(merge.files.insert(path, None)));
    for (plan, ours_went) in gone {
        note_gone(&mut merge, &plan, ours_went, ours, theirs, &mine, read)?;
    }
    merge.findings = findings(&merge, &mine, ours, theirs, read)?;
    Ok(merge)
}

/// The plan and the name below it that a path has.
fn split(path: &str) -> Option<(&str, &str)> {
    path.strip_prefix("plans/")?.split_once('/')
}

/// A name for the other side's version, that nothing else has.
fn beside(path: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, end) = match path.rsplit_once('.') {
        Some((stem, end)) if !end.contains('/') => (stem, format!(".{end}")),
        _ => (path, String::new()),
    };
    let name = |nth: usize| match nth {
        1 => format!("{stem}（对方的版本）{end}"),
        nth => format!("{stem}（对方的版本{nth}）{end}"),
    };
    (1..).map(name).find(|name| !is_taken(name)).unwrap_or_default()
}

/// The names that a side has given to files and to whole plans.
struct Names {
    files: BTreeMap<String, String>,
    /// The old names by the new ones.
    olds: BTreeMap<String, String>,
    plans: BTreeMap<String, String>,
}

impl Names {
    fn of(side: &Side, base: &Files) -> Names {
        let files: BTreeMap<String, String> = side.renames.iter().cloned().collect();
        // the plan goes where its plan.toml goes, if nothing of it stays behind
        let plans = side.renames.iter().filter_map(|(old, new)| {
            let ((from, name), (to, new_name)) = (split(old)?, split(new)?);
            let is_new = !base.contains_key(&format!("plans/{to}/{}", layout::INFO));
            let left = side.files.contains_key(&format!("plans/{from}/{}", layout::INFO));
            (from != to && name == new_name && is_new && !left).then(|| (from.to_string(), to.to_string()))
        });
        let olds = side.renames.iter().rev().map(|(old, new)| (new.clone(), old.clone()));
        Names { plans: plans.collect(), olds: olds.collect(), files }
    }

    /// What a path was called before.
    fn old(&self, path: &str) -> Option<&str> {
        self.olds.get(path).map(String::as_str)
    }

    /// What a path is called now; `None` where it is called as before.
    fn follow(&self, path: &str) -> Option<String> {
        if let Some(new) = self.files.get(path) {
            return Some(new.clone());
        }
        let (plan, name) = split(path)?;
        self.plans.get(plan).map(|plan| format!("plans/{plan}/{name}"))
    }
}

fn renamed(files: &Files, name: impl Fn(&str) -> Option<String>) -> Files {
    files.iter().map(|(path, oid)| (name(path).unwrap_or_else(|| path.clone()), oid.clone())).collect()
}

/// A plan that one side has deleted and the other has worked on stays as the other has it. The plans, and whether ours went.
fn keep_whole_plans(base: &Files, ours: &mut Files, theirs: &mut Files) -> Vec<(String, bool)> {
    let of = |files: &Files, plan: &str| -> Files {
        let below = format!("plans/{plan}/");
        files
            .range(below.clone()..)
            .take_while(|(path, _)| path.starts_with(&below))
            .map(|(p, o)| (p.clone(), o.clone()))
            .collect()
    };
    let plans: BTreeSet<String> =
        base.keys().filter_map(|path| split(path)).map(|(plan, _)| plan.to_string()).collect();
    let mut gone = Vec::new();
    for plan in plans {
        let (was, mine, yours) = (of(base, &plan), of(ours, &plan), of(theirs, &plan));
        if mine.is_empty() && !yours.is_empty() && yours != was {
            ours.extend(yours);
            gone.push((plan, true));
        } else if yours.is_empty() && !mine.is_empty() && mine != was {
            theirs.extend(mine);
            gone.push((plan, false));
        }
    }
    gone
}

/// Notes in `plan.toml` that one side wanted the plan to go.
fn note_gone(
    merge: &mut Merge,
    plan: &str,
    ours_went: bool,
    ours: &Side,
    theirs: &Side,
    mine: &Files,
    read: &mut dyn FnMut(&Oid) -> Result<Vec<u8>, GitError>,
) -> Result<(), GitError> {
    let path = format!("plans/{plan}/{}", layout::INFO);
    let bytes = match (merge.files.get(&path), mine.get(&path)) {
        (Some(Some(bytes)), _) => bytes.clone(),
        (_, Some(oid)) => read(oid)?,
        _ => return Ok(()),
    };
    let Ok(text) = String::from_utf8(bytes) else { return Ok(()) };
    let stands = || vec![(Str::new(), domain::Token::Bool(true))];
    let conflict = Conflict {
        id: Str::new(),
        file: layout::INFO.into(),
        list: "plan".into(),
        record: plan.into(),
        field: Str::new(),
        base: Vec::new(),
        ours: if ours_went { Vec::new() } else { stands() },
        theirs: if ours_went { stands() } else { Vec::new() },
        ours_by: ours.by.clone(),
        theirs_by: theirs.by.clone(),
    };
    let conflict = conflict.with_id();
    merge.files.insert(path.clone(), Some(put_conflict(&text.into(), &conflict).as_bytes().to_vec()));
    merge.conflicts.push((path, conflict));
    Ok(())
}

/// The rules that the merged plans break and that neither side's plan broke.
fn findings(
    merge: &Merge,
    mine: &Files,
    ours: &Side,
    theirs: &Side,
    read: &mut dyn FnMut(&Oid) -> Result<Vec<u8>, GitError>,
) -> Result<Vec<(String, Finding)>, GitError> {
    let plans: BTreeSet<&str> = merge.files.keys().filter_map(|path| split(path)).map(|(plan, _)| plan).collect();
    let mut found = Vec::new();
    for id in plans {
        let merged = plan_of(id, mine, &merge.files, read)?;
        let broken = domain::check(&merged);
        if broken.is_empty() {
            continue;
        }
        let nothing = BTreeMap::new();
        let mut before = domain::check(&plan_of(id, &ours.files, &nothing, read)?);
        before.extend(domain::check(&plan_of(id, &theirs.files, &nothing, read)?));
        found.extend(broken.into_iter().filter(|one| !before.contains(one)).map(|finding| (id.to_string(), finding)));
    }
    Ok(found)
}

/// The plan that some files hold; log entries by their names only.
fn plan_of(
    id: &str,
    files: &Files,
    written: &BTreeMap<String, Option<Vec<u8>>>,
    read: &mut dyn FnMut(&Oid) -> Result<Vec<u8>, GitError>,
) -> Result<Plan, GitError> {
    let mut plan = Plan::default();
    let below = format!("plans/{id}/");
    let kept = files.keys().filter(|path| !matches!(written.get(*path), Some(None)));
    let paths: BTreeSet<&String> = kept.chain(written.iter().filter(|(_, b)| b.is_some()).map(|(p, _)| p)).collect();
    for path in paths {
        let Some(name) = path.strip_prefix(&below) else { continue };
        if let Some((node, id)) = layout::entry_of(name) {
            plan.log.entry(node).or_default().push(LogItem { id, entry: None });
            continue;
        }
        let bytes = match (written.get(path), files.get(path)) {
            (Some(Some(bytes)), _) => bytes.clone(),
            (_, Some(oid)) if name.ends_with(".toml") => read(oid)?,
            _ => continue,
        };
        if let Ok(text) = String::from_utf8(bytes) {
            // a file that cannot be understood is told of elsewhere
            let _ = layout::read_into(&mut plan, name, &text.into());
        }
    }
    Ok(plan)
}
