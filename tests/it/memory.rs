//! What a plan takes in memory, held against the bytes of its files. The program itself is left out by comparing two plans.

use crate::desk::Desk;
use crate::program::Program;
use std::path::Path;

#[path = "../../benches/program/plan.rs"]
#[allow(dead_code, reason = "the benchmark uses all of it")]
mod plan;

/// The most that the program has taken since it was started, with all of a plan read; in bytes.
fn most(root: &Path, home: &Desk) -> u64 {
    let mut program = Program::at(root, home.root());
    program.until("任务完成");
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.pid().as_raw_nonzero()))
        .expect("a process has a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the system says what was the most");
    program.send("q");
    program.ends();
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1024
}

#[test]
fn a_plan_takes_one_and_a_half_of_its_bytes() {
    let home = Desk::new();
    let folder = tempfile::tempdir().expect("a folder");
    let small = plan::write(&folder.path().join("small"), 60, 0).expect("a plan");
    let large = plan::write(&folder.path().join("large"), 6000, 0).expect("a plan");
    let taken = most(&large.root, &home) - most(&small.root, &home);
    let bytes = large.bytes - small.bytes;
    println!("{taken} B for {bytes} B");
    assert!(taken * 10 <= bytes * 15, "{taken} B for {bytes} B");
}
