//! Joining two histories: one commit with both as its parents, its plans merged by our own merge, the rest by git's.

use super::{Desk, SyncRefusal};
use crate::domain::{By, Conflict, Rule, Str};
use crate::git::{GitError, Objects, Oid, TreeEdit};
use crate::ops::{self, Files, Located, Side, check};
use crate::workspace::{State, Workspace};

/// How many last common commits are joined before the first of them has to do.
const MOST_BASES: usize = 8;

/// Two histories as one.
#[derive(Debug)]
pub struct Joined {
    pub commit: Oid,
    /// By plan.
    pub conflicts: Vec<(String, Conflict)>,
    pub beside: Vec<(String, String)>,
}

/// Why two histories were not joined.
pub(in crate::ops) enum JoinRefusal {
    Refused(SyncRefusal),
}

impl<E: Into<SyncRefusal>> From<E> for JoinRefusal {
    fn from(error: E) -> Self {
        JoinRefusal::Refused(error.into())
    }
}

/// Joins two histories. No branch and no file is touched.
///
/// # Errors
/// Where the merged plans would break rules, or files outside the plans cannot be merged.
pub(super) fn join(desk: &Desk, ours: &Oid, theirs: &Oid, place: &str) -> Result<Joined, JoinRefusal> {
    join_as(desk, ours, theirs, &(desk.text.sync.merge_message)(place))
}

/// Joins two histories under a message.
///
/// # Errors
/// Where the merged plans would break rules, or files outside the plans cannot be merged.
pub(in crate::ops) fn join_as(desk: &Desk, ours: &Oid, theirs: &Oid, message: &str) -> Result<Joined, JoinRefusal> {
    let base = base(desk, ours, theirs, 0)?;
    let (joined, merge) = make(desk, &base, ours, theirs, message)?;
    if !merge.findings.is_empty() {
        return Err(SyncRefusal::Findings { found: located(desk, &joined, &merge) }.into());
    }
    let plan = |path: &str| path.split('/').nth(1).unwrap_or_default().to_string();
    Ok(Joined {
        commit: joined,
        conflicts: merge.conflicts.into_iter().map(|(path, conflict)| (plan(&path), conflict)).collect(),
        beside: merge.beside,
    })
}

/// The commit that two histories come from. Where they have met several times crosswise, what they had then is joined first.
fn base(desk: &Desk, ours: &Oid, theirs: &Oid, depth: usize) -> Result<Oid, JoinRefusal> {
    let mut bases = desk.wire.bases(ours, theirs)?.into_iter().take(MOST_BASES);
    let Some(mut base) = bases.next() else { return same_beginning(desk, ours, theirs) };
    if depth < MOST_BASES {
        for other in bases {
            let below = self::base(desk, &base, &other, depth + 1)?;
            base = make(desk, &below, &base, &other, "lianxi: common base")?.0;
        }
    }
    Ok(base)
}

/// Two workspaces that were begun on two machines with the same plan have that plan in common.
fn same_beginning(desk: &Desk, ours: &Oid, theirs: &Oid) -> Result<Oid, JoinRefusal> {
    let mine = desk.wire.beginnings(ours)?;
    for yours in desk.wire.beginnings(theirs)? {
        let tree = desk.wire.tree_of(&yours)?;
        for mine in &mine {
            if desk.wire.tree_of(mine)? == tree {
                return Ok(mine.clone());
            }
        }
    }
    Err(SyncRefusal::Unrelated.into())
}

/// Makes the commit of a merge.
fn make(desk: &Desk, base: &Oid, ours: &Oid, theirs: &Oid, message: &str) -> Result<(Oid, ops::Merge), JoinRefusal> {
    let mut objects = Objects::open(&desk.repo)?;
    let before = files(desk, &mut objects, base)?;
    let (mine, yours) = (side(desk, &mut objects, base, ours)?, side(desk, &mut objects, base, theirs)?);
    let merge = ops::merge(&before, &mine, &yours, &mut |oid| objects.blob(oid))?;
    let rough = desk.wire.merge_trees(base, ours, theirs)?;
    let outside: Vec<String> = rough.conflicts.into_iter().filter(|path| !is_ours(desk, path)).collect();
    if !outside.is_empty() {
        return Err(SyncRefusal::OutsideConflicts { files: outside }.into());
    }
    let wanted = wanted(desk, &mine.files, &merge)?;
    let there = tree_files(desk, &mut objects, &rough.tree)?;
    let mut edits = Vec::new();
    for (path, oid) in &wanted {
        if there.get(path) != Some(oid) {
            edits.push(TreeEdit::file(desk.repo.path(path), Some(oid.clone())));
        }
    }
    let gone = there.keys().filter(|path| !wanted.contains_key(*path));
    edits.extend(gone.map(|path| TreeEdit::file(desk.repo.path(path), None)));
    let tree = desk.wire.edit_tree(Some(&rough.tree), &edits)?;
    let commit = desk.wire.commit(&tree, &[ours, theirs], message, desk.moment.author.as_deref())?;
    Ok((commit, merge))
}

/// Whether a path is a file of a plan, which our own merge sees to.
fn is_ours(desk: &Desk, path: &str) -> bool {
    path.strip_prefix(&format!("{}/", desk.repo.path("plans"))).is_some_and(|rest| rest.contains('/'))
}

/// Every file of the plans as the merge wants it.
fn wanted(desk: &Desk, ours: &Files, merge: &ops::Merge) -> Result<Files, GitError> {
    let mut wanted = ours.clone();
    let (mut paths, mut texts) = (Vec::new(), Vec::new());
    for (path, bytes) in &merge.files {
        match bytes {
            Some(bytes) => {
                paths.push(path.clone());
                texts.push(bytes.as_slice());
            }
            None => drop(wanted.remove(path)),
        }
    }
    wanted.extend(paths.into_iter().zip(desk.wire.keep(&texts)?));
    Ok(wanted)
}

/// The files of the plans in a commit, by their paths below the workspace.
fn files(desk: &Desk, objects: &mut Objects, commit: &Oid) -> Result<Files, GitError> {
    let tree = objects.commit(commit.as_str())?.tree;
    tree_files(desk, objects, &tree)
}

fn tree_files(desk: &Desk, objects: &mut Objects, tree: &Oid) -> Result<Files, GitError> {
    let Some(plans) = objects.folder(tree, &desk.repo.path("plans"))? else { return Ok(Files::new()) };
    let files = objects.files(&plans)?;
    Ok(files
        .into_iter()
        .filter(|(path, _)| path.contains('/'))
        .map(|(path, oid)| (format!("plans/{path}"), oid))
        .collect())
}

fn side(desk: &Desk, objects: &mut Objects, base: &Oid, commit: &Oid) -> Result<Side, GitError> {
    let head = objects.commit(commit.as_str())?;
    let by = By { who: Some(Str::from(head.author.as_str())).filter(|who| !who.is_empty()), when: head.day };
    let prefix = desk.repo.path("");
    let strip = |path: &str| path.strip_prefix(&prefix).map(str::to_string);
    let renames = desk.wire.renames(base, commit, &desk.repo.path("plans"))?;
    let renames = renames.iter().filter_map(|(old, new)| Some((strip(old)?, strip(new)?))).collect();
    Ok(Side { files: files(desk, objects, commit)?, by, renames })
}

/// The rules that would be broken, each with the place where it is seen.
fn located(desk: &Desk, joined: &Oid, merge: &ops::Merge) -> Vec<(String, Located)> {
    let mut found = Vec::new();
    let mut plans: Vec<&String> = merge.findings.iter().map(|(plan, _)| plan).collect();
    plans.dedup();
    for plan in plans {
        let state = State::Revision(joined.to_string());
        let Ok(mut workspace) = Workspace::as_of(desk.repo.root(), Some(plan), &state) else { continue };
        let is_new = |rule: &Rule| merge.findings.iter().any(|(of, finding)| of == plan && finding.rule == *rule);
        found.extend(check(&mut workspace).into_iter().filter_map(|located| match &located {
            Located::Rule { rule, .. } if is_new(rule) => Some((plan.clone(), located)),
            _ => None,
        }));
    }
    found
}
