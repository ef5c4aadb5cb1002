//! Which functions a start, a key and the usual verbs run, as a script for the linker that puts them next to each other.
//!
//! The system brings a program in by pieces of sixteen pages. Where the six hundred functions of a start lie all over eight
//! megabytes, it brings in most of them: they are two thirds of the memory, and a quarter of the time to the first frame.
//!
//! ```text
//! CARGO_PROFILE_RELEASE_STRIP=none cargo build --release
//! LIANXI_BIN=target/release/lianxi cargo bench --bench program -- order > link/start.ld
//! ```

use super::plan::Plan;
use super::tty::Tty;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, io};

/// Verbs that people run all day; git runs the last one.
const VERBS: [&[&str]; 5] =
    [&["tasks"], &["mark", "1.1.2", "doing"], &["show", "1.1.2"], &["diff"], &["merge-file", "base", "ours", "theirs"]];
/// Moves, pages, folds, the ends, a search.
const KEYS: &str = "5jjkk\x1b[6~\x1b[5~Ggl\x1b[D\x1b[C/a\x1b";
/// A name that stands for more than this beside what is wanted comes behind the others.
const SPARE: u64 = 4096;
/// A name that stands for more than this is given with its hash.
const MOST: u64 = 64 << 10;

/// Runs the program under valgrind and prints the script.
pub fn print(folder: &Path, plan: &Plan, program: &OsString) -> io::Result<()> {
    let text = plan.root.join("plans/plan/text.toml");
    for name in ["base", "ours", "theirs"] {
        fs::copy(&text, plan.root.join(name))?;
    }
    for args in
        [&["init", "-q"][..], &["add", "."], &["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]]
    {
        Command::new("git").args(args).current_dir(&plan.root).status()?;
    }
    let sizes = sizes(program)?;
    let mut named: Vec<String> = Vec::new();
    for (turn, keys) in ["", KEYS].into_iter().enumerate() {
        let out = folder.join(format!("keys-{turn}"));
        let mut tty = Tty::start(&mut counted(program, plan, &out))?;
        tty.idle(Duration::from_secs(6));
        for key in keys.split_inclusive(|key: char| key.is_ascii_alphanumeric() || key == '~') {
            tty.press_until(key.as_bytes(), Duration::from_millis(500));
        }
        tty.press_until(b"q", Duration::from_secs(3));
        named.extend(functions(&out)?);
    }
    for (turn, verb) in VERBS.iter().enumerate() {
        let out = folder.join(format!("verb-{turn}"));
        let mut command = counted(program, plan, &out);
        command.args(*verb).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        named.extend(functions(&out)?);
    }
    let known: Vec<&String> = named.iter().filter(|name| sizes.contains_key(*name)).collect();
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    sizes.iter().for_each(|(name, size)| *all.entry(pattern(name)).or_default() += size);
    let mut wanted: BTreeMap<String, u64> = BTreeMap::new();
    let distinct: BTreeSet<&String> = known.iter().copied().collect();
    distinct.iter().for_each(|name| *wanted.entry(pattern(name)).or_default() += sizes[*name]);
    println!(
        "/* The functions that a start, a key and the usual verbs run, next to each other: see benches/program/order.rs. */"
    );
    println!("SECTIONS {{\n  .text.start : {{");
    let mut given = BTreeSet::new();
    let is_narrow = |name: &String| all[name] <= wanted[name] + SPARE;
    let names: Vec<String> = known.iter().map(|name| pattern(name)).filter(|name| given.insert(name.clone())).collect();
    let (narrow, wide): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| is_narrow(name));
    let (wide, widest): (Vec<&String>, Vec<&String>) = wide.into_iter().partition(|name| all[*name] <= MOST);
    // of what has hundreds of variants only those that ran, as long as the compiler calls them so
    let exact = distinct.iter().copied().filter(|name| widest.contains(&&pattern(name)));
    for name in narrow.into_iter().chain(wide).chain(exact) {
        println!("    *(.text.{name} .text.unlikely.{name})");
    }
    println!("  }}\n}} INSERT BEFORE .text;");
    Ok(())
}

fn counted(program: &OsString, plan: &Plan, out: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--demangle=no"]).arg(format!("--callgrind-out-file={}", out.display()));
    command.arg(program).args(["--today", "2025-03-12"]).current_dir(&plan.root);
    command
}

/// The functions that ran, in the order in which they were met first.
fn functions(out: &Path) -> io::Result<Vec<String>> {
    let text = fs::read_to_string(out)?;
    let called = text.lines().filter_map(|line| line.strip_prefix("fn=").or(line.strip_prefix("cfn=")));
    let names = called.filter_map(|call| Some(call.split_once(") ")?.1.split('\'').next()?.to_string()));
    Ok(names.collect())
}

/// The functions of the program and their sizes, as its table of symbols has them.
fn sizes(program: &OsString) -> io::Result<BTreeMap<String, u64>> {
    let table = Command::new("nm").args(["--print-size", "--defined-only"]).arg(program).output()?;
    let text = String::from_utf8_lossy(&table.stdout).into_owned();
    let function = |line: &str| {
        let mut words = line.split(' ');
        let (_, size, kind, name) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let is_rust = name.starts_with("_ZN") || name.starts_with("_R");
        let size = u64::from_str_radix(size, 16).ok()?;
        ("tTwW".contains(kind) && is_rust).then(|| (name.to_string(), size))
    };
    Ok(text.lines().filter_map(function).collect())
}

/// A name without what changes with the compiler and with the libraries: hashes.
fn pattern(name: &str) -> String {
    if let Some(at) = name.rfind("17h").filter(|_| name.starts_with("_ZN")) {
        return format!("{}17h*", &name[..at]);
    }
    let mut out = String::new();
    let mut rest = name.split(".llvm.").next().unwrap_or(name);
    while let Some(at) = rest.find("Cs") {
        let (before, crate_hash) = rest.split_at(at);
        out.push_str(before);
        match crate_hash.find('_').filter(|end| *end > 8) {
            Some(end) => {
                out.push_str("Cs*");
                rest = &crate_hash[end..];
            }
            None => {
                out.push_str("Cs");
                rest = &crate_hash[2..];
            }
        }
    }
    out + rest + "*"
}
