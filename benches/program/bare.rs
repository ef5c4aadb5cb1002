//! The least that a program can do: what the figures are held against. Built by the benchmark as a program of its own, with
//! nothing but the standard library, so that nothing else is in it.

use std::io::{self, Read, Write};

fn main() -> io::Result<()> {
    if std::env::args().nth(1).is_none_or(|mode| mode != "echo") {
        return Ok(());
    }
    // the smallest program with a screen: a word at the start, a number for every key; the terminal is raw already
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    output.write_all(b"\x1b[2J\x1b[HREADY")?;
    output.flush()?;
    let (mut buffer, mut keys) = ([0; 4096], 0);
    loop {
        keys += input.read(&mut buffer)?;
        output.write_all(format!("\x1b[Hkeys {keys}").as_bytes())?;
        output.flush()?;
    }
}
