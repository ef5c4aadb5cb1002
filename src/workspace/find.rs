//! Finding the folder that holds `plans/`, and the plans in it.

use crate::store::layout;
use std::fs;
use std::path::{Path, PathBuf};

/// A plan that can be opened.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanEntry {
    pub id: String,
    /// As `plan.toml` says; empty where that cannot be read.
    pub title: String,
}

/// The nearest folder, from `from` upwards, with at least one plan below its `plans/`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    find(from).map(|(root, _)| root)
}

/// The nearest folder with plans, and their ids.
pub(super) fn find(from: &Path) -> Option<(PathBuf, Vec<String>)> {
    let folders = from.ancestors().map(|folder| (folder, plan_ids(folder)));
    folders.into_iter().find(|(_, plans)| !plans.is_empty()).map(|(root, plans)| (root.to_path_buf(), plans))
}

/// The ids of the plans below a root, sorted.
pub(super) fn plan_ids(root: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root.join("plans")) else { return Vec::new() };
    let names = entries.flatten().filter(|entry| is_plan_folder(&entry.path()));
    let mut ids: Vec<String> = names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    // what an import left that was cut off
    ids.retain(|id| !id.starts_with('.'));
    ids.sort();
    ids
}

/// Whether a folder holds a plan: one of its two main files is enough, so that a lost one is named and the plan not denied.
pub(super) fn is_plan_folder(folder: &Path) -> bool {
    [layout::INFO, layout::TEXT].iter().any(|name| folder.join(name).symlink_metadata().is_ok())
}

/// The plans below a root.
pub fn list_plans(root: &Path) -> Vec<PlanEntry> {
    let title = |id: &str| {
        let text = crate::store::Folder::new(root.join("plans").join(id)).read(layout::INFO).ok()??;
        let (info, _) = crate::store::read_tables(&text, layout::info::read).ok()?;
        Some(info.title.to_string())
    };
    plan_ids(root).into_iter().map(|id| PlanEntry { title: title(&id).unwrap_or_default(), id }).collect()
}
