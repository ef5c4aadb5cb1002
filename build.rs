//! Lists the files of the plan under `plans/` and the calendar beside it, so that the program carries it and can lay it out on a machine that has none.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let root = Path::new(&root);
    let mut files = Vec::new();
    collect(root, &root.join("calendar"), &mut files);
    collect(root, &root.join("plans"), &mut files);
    files.sort();
    let entries: Vec<String> = files
        .iter()
        .map(|name| format!("({name:?}, include_str!({:?}))", root.join(name).display().to_string()))
        .collect();
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("built_in.rs");
    fs::write(out, format!("[{}]", entries.join(",\n"))).expect("the build folder can be written");
    println!("cargo:rerun-if-changed=plans");
    println!("cargo:rerun-if-changed=calendar");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux")
        && env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("gnu")
    {
        // a program at a fixed place needs none of its six thousand addresses put right before `main`: a tenth of its whole start
        println!("cargo:rustc-link-arg-bins=-no-pie");
        if env::var("PROFILE").as_deref() == Ok("release") && env::var("HOST") == env::var("TARGET") {
            link_whole();
            // these linkers know no scripts
            let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
            if !["mold", "wild"].iter().any(|linker| flags.contains(linker)) {
                link_in_order(root);
            }
        }
    }
}

/// Links the C library into the released program, where the system has it for that: finding and binding the shared one is a third
/// of the life of a process that lists sixty tasks, and the program then runs on systems with an older one.
///
/// The compiler's own switch (`crt-static`) would have to be set for procedural macros as well, which cannot be linked so. The
/// linker is told instead: `libgcc_s`, which exists as a shared library only, is given as what it is made of.
fn link_whole() {
    let archive = |name: &str| {
        let output = Command::new("cc").arg(format!("-print-file-name={name}.a")).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?.trim().to_string();
        // a name alone says that there is none
        Path::new(&path).is_absolute().then_some(path)
    };
    const PARTS: [(&str, &[&str]); 7] = [
        ("libgcc_s", &["libgcc_eh", "libgcc"]),
        ("libc", &["libc"]),
        ("libm", &["libm"]),
        ("libdl", &["libdl"]),
        ("librt", &["librt"]),
        ("libutil", &["libutil"]),
        ("libpthread", &["libpthread"]),
    ];
    let found: Option<Vec<(&str, Vec<String>)>> = PARTS
        .iter()
        .map(|(name, parts)| Some((*name, parts.iter().map(|part| archive(part)).collect::<Option<_>>()?)))
        .collect();
    let Some(found) = found else { return };
    let folder = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("whole");
    fs::create_dir_all(&folder).expect("the build folder can be written");
    for (name, parts) in found {
        let list = format!("GROUP ( {} )\n", parts.join(" "));
        fs::write(folder.join(name).with_extension("a"), list).expect("the build folder can be written");
    }
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    println!("cargo:rustc-link-arg-bins=-static");
}

/// Puts the functions of a start next to each other: two thirds of the memory at sixty tasks were what lies around them. Names that
/// the program does not have (any more) are passed over; `benches/program/order.rs` makes the list anew.
fn link_in_order(root: &Path) {
    let script = root.join("link/start.ld");
    println!("cargo:rerun-if-changed={}", script.display());
    println!("cargo:rustc-link-arg-bins=-Wl,-T,{}", script.display());
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
