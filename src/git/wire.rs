//! The clean repository: the same objects as the user's repository, none of its configuration.
//!
//! Everything that leaves or enters a machine, and every merge, runs here. A repository can be told to run programs in many
//! places (hooks, filters, merge drivers, ssh commands, remote helpers) and gets a new one every year; so this one reads only
//! the user's own configuration and a few settings about files, and nothing that came with the plan.

use super::command::{failure, not_run};
use super::{GitError, Oid, Repo, address};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Settings of the user's repository that say how files look, and who the author is; they run nothing.
const KEPT: [&str; 13] = [
    "core.autocrlf",
    "core.eol",
    "core.filemode",
    "core.ignorecase",
    "core.precomposeunicode",
    "core.sharedrepository",
    "core.symlinks",
    "core.longpaths",
    "index.version",
    "user.name",
    "user.email",
    "user.signingkey",
    "commit.gpgsign",
];

/// A file of a tree that is being made: its path, its object or that it goes.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeEdit {
    pub path: String,
    pub object: Option<Oid>,
    /// The kind of file, as git writes it: `100644`.
    pub mode: String,
}

impl TreeEdit {
    /// A plain file, or that it goes.
    pub fn file(path: impl Into<String>, object: Option<Oid>) -> TreeEdit {
        TreeEdit { path: path.into(), object, mode: "100644".to_string() }
    }

    /// Neither a link nor a submodule nor a program, before and after.
    pub fn is_text(&self) -> bool {
        self.mode == "100644"
    }
}

/// Two trees merged by git.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedTree {
    pub tree: Oid,
    /// Paths that both sides changed so that git could not put them together.
    pub conflicts: Vec<String>,
}

/// The clean repository.
#[derive(Clone, Debug)]
pub struct Wire {
    git_dir: PathBuf,
    /// The object store that both repositories use.
    objects: PathBuf,
    /// The work tree's top folder, and the index of the user's repository.
    top: PathBuf,
    index: PathBuf,
}

impl Wire {
    /// Makes the clean repository beside the user's, or brings it up to date.
    ///
    /// # Errors
    /// Where there is no repository, or the private folder cannot be written.
    pub fn open(repo: &Repo) -> Result<Wire, GitError> {
        let words = repo.read(&[
            "rev-parse",
            "--path-format=absolute",
            "--show-toplevel",
            "--git-path",
            "objects",
            "--git-path",
            "index",
            "--git-path",
            "shallow",
            "--show-object-format",
        ])?;
        let words = String::from_utf8_lossy(&words).into_owned();
        let mut lines = words.lines().map(PathBuf::from);
        let (Some(top), Some(objects), Some(index), Some(shallow), Some(format)) =
            (lines.next(), lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(GitError::Refused { command: "rev-parse".to_string(), message: words });
        };
        let git_dir = super::private_folder(repo.root()).join("wire");
        let wire = Wire { git_dir, objects, top, index };
        let settings = repo.read(&["config", "-z", "--list"]).unwrap_or_default();
        wire.write(&config(&String::from_utf8_lossy(&settings), format.to_str() == Some("sha256")), &shallow)?;
        Ok(wire)
    }

    fn write(&self, config: &str, shallow: &Path) -> Result<(), GitError> {
        let refused = |error: std::io::Error| GitError::Refused {
            command: self.git_dir.display().to_string(),
            message: error.to_string(),
        };
        for folder in ["refs", "objects", "info"] {
            fs::create_dir_all(self.git_dir.join(folder)).map_err(refused)?;
        }
        let put = |name: &str, text: &[u8]| {
            let path = self.git_dir.join(name);
            if fs::read(&path).is_ok_and(|known| known == text) { Ok(()) } else { fs::write(path, text) }
        };
        put("HEAD", b"ref: refs/heads/none\n").map_err(refused)?;
        put("config", config.as_bytes()).map_err(refused)?;
        match fs::read(shallow) {
            Ok(text) => put("shallow", &text).map_err(refused)?,
            Err(_) => drop(fs::remove_file(self.git_dir.join("shallow"))),
        }
        Ok(())
    }

    /// The top folder of the work tree.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// A file of our own in the clean repository.
    pub fn file(&self, name: &str) -> PathBuf {
        self.git_dir.join(name)
    }

    /// Whether the history that we have was cut off.
    pub fn is_shallow(&self) -> bool {
        self.git_dir.join("shallow").exists()
    }

    /// A command in the clean repository.
    pub(super) fn command(&self) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.git_dir).stdin(Stdio::null());
        for name in ["GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF"] {
            command.env_remove(name);
        }
        command.env("GIT_DIR", &self.git_dir).env("GIT_OBJECT_DIRECTORY", &self.objects);
        command.env("GIT_ALLOW_PROTOCOL", address::TRANSPORTS).env("GIT_TERMINAL_PROMPT", "0");
        command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "");
        command.args(["--no-pager", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"]);
        command
    }

    /// Runs a command and gives its standard output.
    ///
    /// # Errors
    /// What git says, see [`GitError`].
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S], input: Option<&[u8]>) -> Result<Vec<u8>, GitError> {
        let mut command = self.command();
        command.args(args);
        finish(command, input, &[0]).map(|(_, out)| out)
    }

    fn line<S: AsRef<OsStr>>(&self, args: &[S], input: Option<&[u8]>) -> Result<String, GitError> {
        Ok(String::from_utf8_lossy(&self.run(args, input)?).trim().to_string())
    }

    fn oid<S: AsRef<OsStr>>(&self, args: &[S], input: Option<&[u8]>) -> Result<Oid, GitError> {
        let text = self.line(args, input)?;
        Oid::parse(&text).ok_or_else(|| GitError::Refused { command: said(args), message: text })
    }

    /// The commit that one of our own names stands for.
    pub fn commit_of(&self, name: &str) -> Option<Oid> {
        self.oid(&["rev-parse", "--verify", "-q", &format!("{name}^{{commit}}")], None).ok()
    }

    /// The tree of a commit.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn tree_of(&self, commit: &Oid) -> Result<Oid, GitError> {
        self.oid(&["rev-parse", "--verify", &format!("{commit}^{{tree}}")], None)
    }

    /// Gives one of our own names to a commit, so that what it holds is known when the next transfer begins.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn name(&self, name: &str, commit: &Oid) -> Result<(), GitError> {
        self.run(&["update-ref", name, commit.as_str()], None).map(drop)
    }

    /// Whether one commit is among the ancestors of another, or is it.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn is_ancestor(&self, old: &Oid, new: &Oid) -> Result<bool, GitError> {
        let mut command = self.command();
        command.args(["merge-base", "--is-ancestor", old.as_str(), new.as_str()]);
        finish(command, None, &[0, 1]).map(|(code, _)| code == 0)
    }

    /// The last commits that two histories have in common; none where they have nothing in common.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn bases(&self, a: &Oid, b: &Oid) -> Result<Vec<Oid>, GitError> {
        let mut command = self.command();
        command.args(["merge-base", "--all", a.as_str(), b.as_str()]);
        let (_, out) = finish(command, None, &[0, 1])?;
        Ok(String::from_utf8_lossy(&out).lines().filter_map(Oid::parse).collect())
    }

    /// The first commits of a history.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn beginnings(&self, of: &Oid) -> Result<Vec<Oid>, GitError> {
        let out = self.line(&["rev-list", "--max-parents=0", of.as_str()], None)?;
        Ok(out.lines().filter_map(Oid::parse).collect())
    }

    /// How many commits one history has that the other has not.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn count(&self, of: &Oid, without: Option<&Oid>) -> Result<usize, GitError> {
        let mut args = vec!["rev-list".to_string(), "--count".to_string(), of.to_string()];
        args.extend(without.map(|oid| format!("^{oid}")));
        let out = self.line(&args, None)?;
        Ok(out.parse().unwrap_or(0))
    }

    /// How many commits some histories have together that others have not.
    ///
    /// # Errors
    /// Where the history cannot be read.
    pub fn count_all(&self, of: &[&Oid], without: &[Oid]) -> Result<usize, GitError> {
        let mut args = vec!["rev-list".to_string(), "--count".to_string()];
        args.extend(of.iter().map(|oid| oid.to_string()));
        args.extend(without.iter().map(|oid| format!("^{oid}")));
        Ok(self.line(&args, None)?.parse().unwrap_or(0))
    }

    /// Merges two commits over a third as git does it, without touching any file.
    ///
    /// # Errors
    /// Where an object cannot be read.
    pub fn merge_trees(&self, base: &Oid, ours: &Oid, theirs: &Oid) -> Result<MergedTree, GitError> {
        // git 2.39 cannot be told the base: two commits that have only that one as their parent tell it
        let over = |side: &Oid| {
            let tree = self.tree_of(side)?;
            self.commit_for_now(&tree, &[base])
        };
        let (ours, theirs) = (over(ours)?, over(theirs)?);
        let mut command = self.command();
        command.args(["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"]);
        command.args([ours.as_str(), theirs.as_str()]);
        let (code, out) = finish(command, None, &[0, 1])?;
        let text = String::from_utf8_lossy(&out).into_owned();
        let mut fields = text.split('\0').filter(|field| !field.is_empty());
        let tree = fields.next().and_then(|tree| Oid::parse(tree.trim()));
        let tree =
            tree.ok_or_else(|| GitError::Refused { command: "merge-tree".to_string(), message: text.clone() })?;
        let conflicts = if code == 0 { Vec::new() } else { fields.map(str::to_string).collect() };
        Ok(MergedTree { tree, conflicts })
    }

    /// Keeps texts as objects, in their order.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub fn keep(&self, texts: &[&[u8]]) -> Result<Vec<Oid>, GitError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let refused = |error: std::io::Error| GitError::Refused {
            command: "hash-object".to_string(),
            message: error.to_string(),
        };
        let folder = tempfile::Builder::new().prefix("keep-").tempdir_in(&self.git_dir).map_err(refused)?;
        let mut paths = String::new();
        for (at, text) in texts.iter().enumerate() {
            let path = folder.path().join(at.to_string());
            fs::write(&path, text).map_err(refused)?;
            paths.push_str(&format!("{}\n", path.display()));
        }
        let out = self.run(&["hash-object", "-w", "--no-filters", "--stdin-paths"], Some(paths.as_bytes()))?;
        let kept: Vec<Oid> = String::from_utf8_lossy(&out).lines().filter_map(Oid::parse).collect();
        if kept.len() == texts.len() { Ok(kept) } else { Err(refused(std::io::Error::other("some were not kept"))) }
    }

    /// A tree like another, or like an empty one, but for some files.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn edit_tree(&self, tree: Option<&Oid>, edits: &[TreeEdit]) -> Result<Oid, GitError> {
        if let (Some(tree), []) = (tree, edits) {
            return self.tree_of(tree);
        }
        let refused =
            |error: std::io::Error| GitError::Refused { command: "write-tree".to_string(), message: error.to_string() };
        let folder = tempfile::Builder::new().prefix("tree-").tempdir_in(&self.git_dir).map_err(refused)?;
        let index = folder.path().join("index");
        let run = |args: &[&str], input: Option<&[u8]>| {
            let mut command = self.command();
            command.env("GIT_INDEX_FILE", &index).args(args);
            finish(command, input, &[0]).map(|(_, out)| out)
        };
        run(&["read-tree", tree.map_or("--empty", Oid::as_str)], None)?;
        run(&["update-index", "-z", "--index-info"], Some(&index_lines(edits)))?;
        let out = run(&["write-tree"], None)?;
        let text = String::from_utf8_lossy(&out).trim().to_string();
        Oid::parse(&text).ok_or_else(|| GitError::Refused { command: "write-tree".to_string(), message: text })
    }

    /// Makes a commit, signed where the user signs their commits.
    ///
    /// # Errors
    /// Where there is no author, or signing fails.
    pub fn commit(&self, tree: &Oid, parents: &[&Oid], message: &str, by: Option<&str>) -> Result<Oid, GitError> {
        let mut args = Vec::new();
        if self.line(&["var", "GIT_COMMITTER_IDENT"], None).is_err()
            || self.line(&["var", "GIT_AUTHOR_IDENT"], None).is_err()
        {
            // a machine on which nobody has told git their name
            let name = format!("user.name={}", by.unwrap_or("lianxi"));
            args.extend(["-c".to_string(), name, "-c".to_string(), "user.email=lianxi@localhost".to_string()]);
        }
        let signs = self.line(&["config", "--type=bool", "commit.gpgsign"], None).is_ok_and(|value| value == "true");
        self.commit_with(args, tree, parents, message, signs)
    }
    /// A commit that no branch will ever lead to.
    fn commit_for_now(&self, tree: &Oid, parents: &[&Oid]) -> Result<Oid, GitError> {
        let by = ["-c", "user.name=lianxi", "-c", "user.email=lianxi@localhost"].map(str::to_string);
        self.commit_with(by.to_vec(), tree, parents, "lianxi: one side of a merge", false)
    }

    fn commit_with(
        &self,
        mut args: Vec<String>,
        tree: &Oid,
        parents: &[&Oid],
        message: &str,
        signs: bool,
    ) -> Result<Oid, GitError> {
        args.extend(["commit-tree".to_string(), tree.to_string()]);
        parents.iter().for_each(|parent| args.extend(["-p".to_string(), parent.to_string()]));
        args.extend(signs.then(|| "-S".to_string()));
        self.oid(&args, Some(message.as_bytes()))
    }

    /// A command over the work tree and the index of the user's repository.
    fn over_files(&self) -> Command {
        let mut command = self.command();
        command.current_dir(&self.top).env("GIT_WORK_TREE", &self.top).env("GIT_INDEX_FILE", &self.index);
        command.args(["-c", "core.bare=false"]);
        command
    }

    /// Whether the files of the work tree can go from one tree to another without losing anybody's work.
    ///
    /// # Errors
    /// The names of the files that stand in the way, as git says them.
    pub fn may_move(&self, from: &Oid, to: &Oid) -> Result<(), Vec<String>> {
        let mut refresh = self.over_files();
        refresh.args(["update-index", "-q", "--refresh"]);
        let _ = finish(refresh, None, &[0, 1]);
        let mut command = self.over_files();
        command.args(["read-tree", "-m", "-u", "-n", from.as_str(), to.as_str()]);
        match finish(command, None, &[0]) {
            Ok(_) => Ok(()),
            Err(GitError::Refused { message, .. }) => Err(quoted(&message)),
            Err(error) => Err(vec![format!("{error:?}")]),
        }
    }

    /// Takes the files of the work tree and the index from one tree to another. Files whose index entries are of the new tree
    /// already are left alone; so is everything that does not differ, staged or not.
    ///
    /// # Errors
    /// Where a file has work in it that would be lost; nothing has changed then.
    pub fn move_files(&self, from: &Oid, to: &Oid) -> Result<(), GitError> {
        let mut command = self.over_files();
        command.args(["read-tree", "-m", "-u", from.as_str(), to.as_str()]);
        finish(command, None, &[0]).map(drop)
    }

    /// Puts down the files of a tree where there are none yet, and notes them in the index.
    ///
    /// # Errors
    /// Where a file is in the way, or the disk is full.
    pub fn put_files(&self, to: &Oid) -> Result<(), GitError> {
        let mut command = self.over_files();
        command.args(["read-tree", "-m", "-u", to.as_str()]);
        finish(command, None, &[0]).map(drop)
    }

    /// Notes in the user's index that files are what a tree says they are.
    ///
    /// # Errors
    /// Where the index is locked or cannot be written.
    pub fn note_files(&self, edits: &[TreeEdit]) -> Result<(), GitError> {
        if edits.is_empty() {
            return Ok(());
        }
        let mut command = self.over_files();
        command.args(["update-index", "-z", "--index-info"]);
        finish(command, Some(&index_lines(edits)), &[0])?;
        let mut refresh = self.over_files();
        refresh.args(["update-index", "-q", "--refresh"]);
        finish(refresh, None, &[0, 1]).map(drop)
    }

    /// The files below a folder that have another name in the second commit than in the first.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn renames(&self, from: &Oid, to: &Oid, below: &str) -> Result<Vec<(String, String)>, GitError> {
        let args = [
            "diff-tree",
            "-r",
            "-z",
            "-M",
            "--diff-filter=R",
            "--name-status",
            from.as_str(),
            to.as_str(),
            "--",
            below,
        ];
        let out = self.run(&args, None)?;
        let text = String::from_utf8_lossy(&out).into_owned();
        let mut fields = text.split('\0');
        let mut found = Vec::new();
        while let (Some(_), Some(old), Some(new)) = (fields.next(), fields.next(), fields.next()) {
            found.push((old.to_string(), new.to_string()));
        }
        Ok(found)
    }

    /// Our own names that begin with something, without that beginning, and what they stand for.
    ///
    /// # Errors
    /// Where they cannot be read.
    pub fn named(&self, beginning: &str) -> Result<BTreeMap<String, Oid>, GitError> {
        let out = self.run(&["for-each-ref", "--format=%(objectname) %(refname)", beginning], None)?;
        let mut found = BTreeMap::new();
        for line in String::from_utf8_lossy(&out).lines() {
            if let Some((oid, name)) = line.split_once(' ')
                && let (Some(oid), Some(name)) = (Oid::parse(oid), name.strip_prefix(beginning))
            {
                found.insert(name.to_string(), oid);
            }
        }
        Ok(found)
    }

    /// The files that differ between two commits or trees.
    ///
    /// # Errors
    /// Where a tree cannot be read.
    pub fn differing(&self, from: &Oid, to: &Oid) -> Result<Vec<TreeEdit>, GitError> {
        let out = self.run(&["diff-tree", "-r", "-z", "--no-renames", from.as_str(), to.as_str()], None)?;
        let text = String::from_utf8_lossy(&out).into_owned();
        let mut fields = text.split('\0');
        let mut found = Vec::new();
        // `:100644 100644 <old> <new> M`, then the path
        while let (Some(what), Some(path)) = (fields.next().filter(|field| !field.is_empty()), fields.next()) {
            let words: Vec<&str> = what.trim_start_matches(':').split(' ').collect();
            let object = words.get(3).and_then(|oid| Oid::parse(oid)).filter(|oid| !oid.is_zero());
            // what is a link on either side is no plain file
            let mode =
                [words.first(), words.get(1)].into_iter().flatten().find(|mode| !matches!(**mode, "000000" | "100644"));
            found.push(TreeEdit { path: path.to_string(), object, mode: mode.unwrap_or(&"100644").to_string() });
        }
        Ok(found)
    }
}

/// What the clean repository's configuration says.
fn config(settings: &str, is_sha256: bool) -> String {
    let version = u8::from(is_sha256);
    let mut text =
        format!("[core]\n\trepositoryFormatVersion = {version}\n\tbare = true\n\tlogAllRefUpdates = false\n");
    if is_sha256 {
        text.push_str("[extensions]\n\tobjectFormat = sha256\n");
    }
    text.push_str("[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n[merge]\n\trenames = true\n");
    for entry in settings.split('\0') {
        let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
        let Some(name) = KEPT.iter().find(|kept| key.eq_ignore_ascii_case(kept)) else { continue };
        let (section, name) = name.split_once('.').unwrap_or((name, ""));
        let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        text.push_str(&format!("[{section}]\n\t{name} = \"{value}\"\n"));
    }
    text
}

fn index_lines(edits: &[TreeEdit]) -> Vec<u8> {
    let none = "0".repeat(edits.iter().find_map(|edit| edit.object.as_ref()).map_or(40, |oid| oid.as_str().len()));
    let line = |edit: &TreeEdit| match &edit.object {
        Some(oid) => format!("{} {oid}\t{}\0", edit.mode, edit.path),
        None => format!("0 {none}\t{}\0", edit.path),
    };
    edits.iter().map(line).collect::<String>().into_bytes()
}

/// The names that git has put between quotes: `error: Entry 'a/b' not uptodate. Cannot merge.`
fn quoted(message: &str) -> Vec<String> {
    let names = message.lines().filter_map(|line| line.split_once('\'')?.1.rsplit_once('\''));
    names.map(|(name, _)| name.to_string()).collect()
}

fn said<S: AsRef<OsStr>>(args: &[S]) -> String {
    args.iter().take(2).map(|arg| arg.as_ref().to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Runs a command; its exit code, which has to be one of those, and its standard output.
fn finish(mut command: Command, input: Option<&[u8]>, fine: &[i32]) -> Result<(i32, Vec<u8>), GitError> {
    let words: Vec<&OsStr> = command.get_args().skip_while(|arg| arg.to_string_lossy().starts_with('-')).collect();
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let said =
        words.into_iter().filter(|word| !word.contains("core.") && word != "-c").take(3).collect::<Vec<_>>().join(" ");
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| not_run(&said, &error))?;
    let feed = child.stdin.take().zip(input).map(|(mut stdin, input)| {
        let input = input.to_vec();
        // a command that ends early says why itself
        std::thread::spawn(move || drop(stdin.write_all(&input)))
    });
    let output = child.wait_with_output().map_err(|error| not_run(&said, &error))?;
    drop(feed);
    match output.status.code() {
        Some(code) if fine.contains(&code) => Ok((code, output.stdout)),
        _ => Err(failure(&said, &String::from_utf8_lossy(&output.stderr))),
    }
}
