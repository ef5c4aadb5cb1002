//! What the figures are held against: the floor programs, and the writes that a change cannot do without.

use std::env;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The floor programs, built.
pub struct Floor {
    program: PathBuf,
}

impl Floor {
    /// Builds `bare.rs` with the compiler that built this.
    pub fn build(folder: &Path) -> io::Result<Floor> {
        let (source, program) = (folder.join("bare.rs"), folder.join("bare"));
        fs::write(&source, include_str!("bare.rs"))?;
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let options = ["--edition=2024", "-O", "-Cpanic=abort", "-Cstrip=symbols", "-o"];
        let status = Command::new(rustc).args(options).arg(&program).arg(&source).status()?;
        if status.success() { Ok(Floor { program }) } else { Err(io::Error::other("rustc cannot build bare.rs")) }
    }

    /// An empty process.
    pub fn noop(&self) -> Command {
        Command::new(&self.program)
    }

    /// The smallest program with a screen.
    pub fn echo(&self) -> Command {
        let mut command = self.noop();
        command.arg("echo");
        command
    }
}

/// The durable writes that one change of a file needs and nothing else: the file anew beside itself, synced, renamed, its folder
/// synced; a line at the end of a log, synced.
pub fn durable(file: &Path, text: &[u8], log: &Path) -> io::Result<()> {
    let beside = file.with_extension("tmp");
    let mut new = File::create(&beside)?;
    new.write_all(text)?;
    new.sync_all()?;
    let mut line = File::options().create(true).append(true).open(log)?;
    line.write_all(&[b'x'; 600])?;
    line.sync_data()?;
    fs::rename(&beside, file)?;
    File::open(file.parent().expect("a file stands in a folder"))?.sync_all()
}
