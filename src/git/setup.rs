//! What `setup-git` puts into a repository, so that other git programs merge, show and check plans as we do; and takes out again.
//!
//! Everything works without it, less finely. What stood there before is kept and put back by undoing, byte for byte.

use super::{Act, GitError, Repo, private_folder};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// The line of `.gitattributes` that names our drivers.
const ATTRIBUTES: &str = "plans/**/*.toml text eol=lf merge=lianxi diff=lianxi";
/// Marks a hook as ours.
const MARK: &str = "# lianxi: pre-commit check";

/// The settings of our drivers. Where `lianxi` is not found, git's own merge stands in: an exit of 126 or more is no merge.
const SETTINGS: [(&str, &str); 3] = [
    ("merge.lianxi.name", "lianxi: field by field"),
    (
        "merge.lianxi.driver",
        "lianxi merge-file %O %A %B %P || { r=$?; if [ $r -ge 126 ]; then git merge-file --marker-size=%L %A %O %B; else exit $r; fi; }",
    ),
    ("diff.lianxi.xfuncname", "^\\[+\"?([^]\"]+)\"?\\]+$"),
];

/// What became of the hook.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Hook {
    /// It is ours.
    Ours,
    /// Somebody's own hook is there and runs first; ours runs after it.
    Chained,
    /// The repository keeps its hooks elsewhere, where others use them too: none was put there.
    Elsewhere,
}

/// What was there before, for undoing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Before {
    settings: Vec<(String, Option<String>)>,
    /// The configuration file as it was before, and as we left it: where nobody has written since, it goes back as it was.
    config: (String, String),
    attributes: Option<String>,
    hook: Hook,
}

/// Installs the drivers, the line of attributes, the hook, and the index of paths that makes history fast.
///
/// # Errors
/// What git or the disk says.
pub fn install(repo: &Repo) -> Result<Hook, GitError> {
    let git = common_dir(repo)?;
    let before = match read_before(repo) {
        Some(before) => before,
        None => Before {
            settings: SETTINGS.iter().map(|(key, _)| (key.to_string(), setting(repo, key))).collect(),
            config: (fs::read_to_string(git.join("config")).unwrap_or_default(), String::new()),
            attributes: fs::read_to_string(repo.root().join(".gitattributes")).ok(),
            hook: Hook::Ours,
        },
    };
    let hook = install_hook(repo, &git)?;
    let mut before = Before { hook, ..before };
    write_before(repo, &before)?;
    for (key, value) in SETTINGS {
        repo.act(Act::Plain, &["config", "--local", key, value], None)?;
    }
    before.config.1 = fs::read_to_string(git.join("config")).unwrap_or_default();
    write_before(repo, &before)?;
    let path = repo.root().join(".gitattributes");
    let now = fs::read_to_string(&path).unwrap_or_default();
    if !now.lines().any(|line| line.trim() == ATTRIBUTES) {
        let newline = if now.is_empty() || now.ends_with('\n') { "" } else { "\n" };
        fs::write(&path, format!("{now}{newline}{ATTRIBUTES}\n")).map_err(|error| disk(&path, &error))?;
    }
    // a repository without commits has no history to index
    let _ = repo.act(Act::Plain, &["commit-graph", "write", "--reachable", "--changed-paths"], None);
    Ok(hook)
}

/// Takes out what [`install`] put in; whether there was anything.
///
/// # Errors
/// What git or the disk says.
pub fn uninstall(repo: &Repo) -> Result<bool, GitError> {
    let Some(before) = read_before(repo) else { return Ok(false) };
    let config = common_dir(repo)?.join("config");
    if fs::read_to_string(&config).is_ok_and(|now| now == before.config.1) {
        fs::write(&config, &before.config.0).map_err(|error| disk(&config, &error))?;
    } else {
        take_settings_out(repo, &before)?;
    }
    let path = repo.root().join(".gitattributes");
    let now = fs::read_to_string(&path).unwrap_or_default();
    let rest: String = now.split_inclusive('\n').filter(|line| line.trim() != ATTRIBUTES).collect();
    match &before.attributes {
        None if rest.trim().is_empty() => drop(fs::remove_file(&path)),
        // what somebody else has written there since stays
        Some(old) if old.trim_end() == rest.trim_end() => {
            fs::write(&path, old).map_err(|error| disk(&path, &error))?;
        }
        None | Some(_) => fs::write(&path, rest).map_err(|error| disk(&path, &error))?,
    }
    remove_hook(&common_dir(repo)?)?;
    let _ = fs::remove_file(before_path(repo));
    Ok(true)
}

fn take_settings_out(repo: &Repo, before: &Before) -> Result<(), GitError> {
    for (key, value) in &before.settings {
        match value {
            Some(value) => drop(repo.act(Act::Plain, &["config", "--local", key, value], None)?),
            // that somebody has taken it out already is fine
            None => drop(repo.act(Act::Plain, &["config", "--local", "--unset-all", key], None)),
        }
    }
    Ok(())
}

fn install_hook(repo: &Repo, git: &Path) -> Result<Hook, GitError> {
    if setting(repo, "core.hooksPath").is_some() || global_hooks(repo) {
        return Ok(Hook::Elsewhere);
    }
    let hooks = git.join("hooks");
    fs::create_dir_all(&hooks).map_err(|error| disk(&hooks, &error))?;
    let (hook, kept) = (hooks.join("pre-commit"), hooks.join("pre-commit.before-lianxi"));
    let is_ours = fs::read_to_string(&hook).is_ok_and(|text| text.contains(MARK));
    if !is_ours && hook.exists() {
        fs::rename(&hook, &kept).map_err(|error| disk(&hook, &error))?;
    }
    let script = format!(
        "#!/bin/sh\n{MARK}\nbefore=\"$(dirname \"$0\")/pre-commit.before-lianxi\"\nif [ -x \"$before\" ]; then \"$before\" \"$@\" || exit $?; fi\n\
         command -v lianxi >/dev/null 2>&1 || exit 0\nif git diff --cached --quiet -- plans; then exit 0; fi\nunset GIT_DIR GIT_INDEX_FILE\n\
         lianxi check >&2 || {{ r=$?; [ $r -eq 3 ] && exit 1; }}\nexit 0\n"
    );
    fs::write(&hook, script).map_err(|error| disk(&hook, &error))?;
    make_runnable(&hook).map_err(|error| disk(&hook, &error))?;
    Ok(if kept.exists() { Hook::Chained } else { Hook::Ours })
}

fn remove_hook(git: &Path) -> Result<(), GitError> {
    let hooks = git.join("hooks");
    let (hook, kept) = (hooks.join("pre-commit"), hooks.join("pre-commit.before-lianxi"));
    if fs::read_to_string(&hook).is_ok_and(|text| text.contains(MARK)) {
        fs::remove_file(&hook).map_err(|error| disk(&hook, &error))?;
    }
    if kept.exists() && !hook.exists() {
        fs::rename(&kept, &hook).map_err(|error| disk(&kept, &error))?;
    }
    Ok(())
}

#[cfg(unix)]
fn make_runnable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_runnable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A setting of the repository itself.
fn setting(repo: &Repo, key: &str) -> Option<String> {
    let out = repo.read(&["config", "--local", key]).ok()?;
    Some(String::from_utf8_lossy(&out).trim_end_matches('\n').to_string())
}

/// Whether the user keeps their hooks in one place for all repositories. Reading turns hooks off, so the scope is asked for.
fn global_hooks(repo: &Repo) -> bool {
    ["--global", "--system"].iter().any(|scope| repo.read(&["config", scope, "core.hooksPath"]).is_ok())
}

fn common_dir(repo: &Repo) -> Result<PathBuf, GitError> {
    let out = repo.read(&["rev-parse", "--path-format=absolute", "--git-common-dir"])?;
    Ok(PathBuf::from(String::from_utf8_lossy(&out).trim()))
}

fn before_path(repo: &Repo) -> PathBuf {
    private_folder(repo.root()).join("setup-git")
}

fn read_before(repo: &Repo) -> Option<Before> {
    serde_json::from_str(&fs::read_to_string(before_path(repo)).ok()?).ok()
}

fn write_before(repo: &Repo, before: &Before) -> Result<(), GitError> {
    let path = before_path(repo);
    let json = serde_json::to_string(before).unwrap_or_default();
    fs::create_dir_all(private_folder(repo.root())).map_err(|error| disk(&path, &error))?;
    fs::write(&path, json).map_err(|error| disk(&path, &error))
}

fn disk(path: &Path, error: &std::io::Error) -> GitError {
    GitError::Refused { command: path.display().to_string(), message: error.to_string() }
}
