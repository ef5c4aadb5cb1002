//! What git has to do with it: committing, comparing, histories and merging, held against git itself on the same repository.
//!
//! `cargo bench --bench git`; `LIANXI_BIN` measures another program file, `LIANXI_COMMITS` another length of the past (10,000).
//! The repositories are made by the first run (`past.rs`) and kept under `target/`; what is changed is changed in copies.

#[cfg(unix)]
mod past;
#[cfg(unix)]
#[path = "../program/plan.rs"]
#[allow(dead_code, reason = "the other table uses all of it")]
mod plan;
#[cfg(unix)]
#[path = "../program/table.rs"]
#[allow(dead_code, reason = "the other table uses all of it")]
mod table;
#[cfg(unix)]
#[path = "../program/tty.rs"]
#[allow(dead_code, reason = "the other table uses all of it")]
mod tty;
#[cfg(unix)]
#[path = "../program/turns.rs"]
#[allow(dead_code, reason = "the other table uses all of it")]
mod turns;

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    git::run()
}

#[cfg(not(unix))]
fn main() {
    println!("there is no pseudo-terminal to measure in");
}

#[cfg(unix)]
mod git {
    use super::past::{self, Past, Spread, git};
    use super::table::{self, Row};
    use super::tty::Tty;
    use super::turns::{count, in_turn, ratio, times, whole, with};
    use std::path::Path;
    use std::process::Command;
    use std::time::Duration;
    use std::{env, fs, io};

    /// Words of the first frame, and of the page with a history.
    const READY: &str = "测试方案";
    const HISTORY: &str = "这一处的历史";

    pub fn run() -> io::Result<()> {
        let commits = env::var("LIANXI_COMMITS").ok().and_then(|count| count.parse().ok()).unwrap_or(10_000);
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let long = past::of(kept, commits, Spread::Everywhere)?;
        let short = past::of(kept, commits / 10, Spread::Everywhere)?;
        let busy = past::of(kept, commits, Spread::OneFile)?;
        let folder = tempfile::tempdir()?;
        let mut rows = Vec::new();
        committing(folder.path(), &long, &mut rows)?;
        comparing(&long, &mut rows);
        histories(&long, &busy, commits, &mut rows);
        looking(&long, &short, commits, &mut rows);
        merging(folder.path(), &long, &mut rows)?;
        table::print(&rows);
        Ok(())
    }

    fn lianxi(root: &Path, args: &[&str]) -> Command {
        let mut command =
            Command::new(env::var_os("LIANXI_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_lianxi").into()));
        command.current_dir(root).args(["--today", "2025-03-12"]).args(args);
        command
    }

    fn gits(root: &Path, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(root).arg("--no-pager").args(args);
        command
    }

    // ---- goal 11: commit ---------------------------------------------------------------------------------------------

    /// The same edit in two clones, committed here by us and there by git.
    fn committing(folder: &Path, past: &Past, rows: &mut Vec<Row>) -> io::Result<()> {
        let clones = [folder.join("own"), folder.join("git")];
        for clone in &clones {
            git(folder, &["clone", "-q", &past.root.to_string_lossy(), &clone.to_string_lossy()])?;
            for (name, value) in [("user.name", "王敏"), ("user.email", "wang@example.cn")] {
                git(clone, &["config", name, value])?;
            }
        }
        let edit = |clone: &Path, turn: usize| {
            let file = clone.join(past.file);
            let text = fs::read_to_string(&file).expect("readable");
            let at = text.find("due = ").expect("a deadline") + "due = ".len();
            let day = format!("2025-{:02}-{:02}", turn % 12 + 1, turn / 12 + 1);
            let text = format!("{}{day}{}", &text[..at], &text[at + day.len()..]);
            fs::write(file, text).expect("written");
        };
        let mut turn = [0; 2];
        let [own, other] = in_turn(40, |which| {
            turn[which] += 1;
            edit(&clones[which], turn[which]);
            match which {
                0 => whole(lianxi(&clones[0], &["commit", "-m", "改期"])),
                _ => whole(gits(&clones[1], &["commit", "-qam", "改期"])),
            }
        });
        rows.push(times("11", "`commit` of one change, to `git commit -qam`", ratio(&own, &other), 0.5));
        let made =
            git(&clones[0], &["rev-list", "--count", &format!("{}..HEAD", git(&past.root, &["rev-parse", "HEAD"])?)])?;
        assert_eq!(made, "40", "every turn is a commit");
        let wrong = git(&clones[0], &["fsck", "--strict"])?.lines().count();
        let stale = git(&clones[0], &["diff-index", "HEAD"])?.lines().count();
        rows.push(count("11", "`git fsck --strict` and a stale index after it", (wrong + stale) as f64, 0.0, "lines"));
        Ok(())
    }

    // ---- goal 12: diff -----------------------------------------------------------------------------------------------

    fn comparing(past: &Past, rows: &mut Vec<Row>) {
        for (what, from) in [("one commit apart", "HEAD~1"), ("900 commits apart", "HEAD~900")] {
            let [own, other] = in_turn(40, |which| match which {
                0 => whole(lianxi(&past.root, &["diff", from, "HEAD"])),
                _ => whole(gits(&past.root, &["diff", from, "HEAD"])),
            });
            rows.push(times("12", format!("`diff`, {what}, to `git diff`"), ratio(&own, &other), 1.2));
        }
    }

    // ---- goal 13: histories ------------------------------------------------------------------------------------------

    fn forget(past: &Past) {
        let _ = fs::remove_dir_all(past.root.join(".git/lianxi/plan/history"));
    }

    fn histories(long: &Past, busy: &Past, commits: usize, rows: &mut Vec<Row>) {
        let field = |past: &Past| lianxi(&past.root, &["history", past.task, "due"]);
        for (what, past, rounds) in [("all in its file", busy, 5), ("1 in 13 in its file", long, 9)] {
            let [own, other] = in_turn(rounds, |which| match which {
                0 => {
                    forget(past);
                    whole(field(past))
                }
                _ => whole(gits(&past.root, &["log", "-p", "--", past.file])),
            });
            let what = format!("history of a deadline, {commits} commits, {what}, to `git log -p -- FILE`");
            rows.push(times("13", what, ratio(&own, &other), 0.35));
        }
        let lines = format!("/1.5.3/,+9:{}", long.file);
        let [own, other] = in_turn(3, |which| match which {
            0 => {
                forget(long);
                whole(field(long))
            }
            _ => whole(gits(&long.root, &["log", "-s", "-L", &lines])),
        });
        rows.push(times("13", "the same, to `git log -L`", ratio(&own, &other), 0.6));
        let [own, other] = in_turn(40, |which| match which {
            0 => whole(field(busy)),
            _ => whole(gits(&busy.root, &["rev-parse", "HEAD"])),
        });
        rows.push(times("13", "the same with nothing new, to `git rev-parse`", ratio(&own, &other), 2.0));
        let [own, other] = in_turn(3, |which| match which {
            0 => whole(lianxi(&long.root, &["history"])),
            _ => whole(gits(&long.root, &["log", "-p"])),
        });
        rows.push(times("13", format!("{commits} commits as sentences, to `git log -p`"), ratio(&own, &other), 1.0));
    }

    /// The history on the screen, from the key to the frame.
    fn looking(long: &Past, short: &Past, commits: usize, rows: &mut Vec<Row>) {
        let shown = |past: &Past| {
            let mut tty = Tty::start(&mut lianxi(&past.root, &[])).expect("it starts");
            tty.first_frame(READY);
            tty.press_for(b"i", HISTORY).time
        };
        let [own, less, other] = in_turn(9, |which| match which {
            0 => shown(long),
            1 => shown(short),
            _ => {
                let mut paged = Command::new("setsid");
                paged.args(["--ctty", "sh", "-c", "git log --oneline | less"]).current_dir(&long.root);
                first(paged, &format!("第{}次修改", commits - 40))
            }
        });
        rows.push(times("13", "history on the screen, to `git log --oneline | less`", ratio(&own, &other), 1.0));
        let what = format!("history on the screen, {commits} commits, to {}", commits / 10);
        rows.push(times("13", what, ratio(&own, &less), 1.1));
    }

    fn first(mut command: Command, ready: &str) -> Duration {
        Tty::start(&mut command).expect("it starts").first_frame(ready).time
    }

    // ---- goal 15: merge ----------------------------------------------------------------------------------------------

    /// The same three versions of the largest file, merged by git as lines and by us on values.
    fn merging(folder: &Path, past: &Past, rows: &mut Vec<Row>) -> io::Result<()> {
        let base = fs::read_to_string(past.root.join("plans/plan/text.toml"))?;
        let edited = |nth: usize, words: &str| {
            let at = base.match_indices("title = \"").map(|(at, found)| at + found.len()).nth(nth).unwrap_or(0);
            format!("{}{words}{}", &base[..at], &base[at..])
        };
        let (ours, theirs) = (edited(3, "甲"), edited(40, "乙"));
        let file = |name: &str| folder.join(format!("merge-{name}.toml"));
        fs::write(file("base"), &base)?;
        fs::write(file("theirs"), &theirs)?;
        let [own, other] = in_turn(60, |which| {
            fs::write(file("ours"), &ours).expect("written");
            match which {
                0 => {
                    let mut own = with(lianxi(folder, &[]), &["merge-file"]);
                    own.args([file("base"), file("ours"), file("theirs")]);
                    whole(own)
                }
                _ => {
                    let mut git = Command::new("git");
                    git.arg("merge-file").args([file("ours"), file("base"), file("theirs")]);
                    whole(git)
                }
            }
        });
        rows.push(times("15", "`merge-file`, 60 tasks, to `git merge-file`", ratio(&own, &other), 1.3));
        Ok(())
    }
}
