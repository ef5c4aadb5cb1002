//! Lists the files of the plan under `plans/`, so that the program carries it and can lay it out on a machine that has none.

use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let plans = Path::new(&root).join("plans");
    let mut files = Vec::new();
    collect(&plans, &plans, &mut files);
    files.sort();
    let entries: Vec<String> = files
        .iter()
        .map(|name| format!("({name:?}, include_str!({:?}))", plans.join(name).display().to_string()))
        .collect();
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("built_in.rs");
    fs::write(out, format!("[{}]", entries.join(",\n"))).expect("the build folder can be written");
    println!("cargo:rerun-if-changed=plans");
    // a program at a fixed place needs none of its six thousand addresses put right before `main`: a tenth of its whole start
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux")
        && env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("gnu")
    {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}

/// The official parts only: a log or a meeting that somebody added here is not what a new office starts with.
fn collect(root: &Path, folder: &Path, files: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = path.strip_prefix(root).expect("found below it").display().to_string().replace('\\', "/");
        if path.is_dir() && !name.contains("/log") {
            collect(root, &path, files);
        } else if name.ends_with(".toml") || name.ends_with("source.txt") {
            files.push(name);
        }
    }
}
