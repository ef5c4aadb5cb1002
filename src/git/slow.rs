//! Git commands that talk to another place: their progress is told, silence has a limit, and they can be stopped.
//!
//! Each runs in a process group of its own, so that what it has started (ssh, a helper) ends with it.

use super::GitError;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How often a waiting command looks whether it is to stop.
const GLANCE: Duration = Duration::from_millis(40);
/// How long a stopped command may take to tidy up, and pipes to empty after the end of a command.
const GRACE: Duration = Duration::from_millis(800);
/// The most that is kept of what a command says.
const MOST_SAID: usize = 256 << 10;

/// A request to stop, shared between who asks and who works.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// A request that a signal handler sets.
    pub fn of(flag: Arc<AtomicBool>) -> Stop {
        Stop(flag)
    }

    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a transfer is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    Reaching,
    Counting,
    Receiving,
    Sending,
    Checking,
}

/// How far a transfer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    pub phase: Phase,
    pub percent: Option<u8>,
}

/// Who waits for a transfer: how to stop it, how long it may be silent, and who is told how far it is.
pub struct Patience<'p> {
    pub stop: Stop,
    pub silence: Duration,
    pub tell: &'p mut dyn FnMut(Progress),
}

/// Why a transfer ended before its time.
#[derive(Debug)]
pub(super) enum Cut {
    Stopped,
    Silent { seconds: u64 },
    Git(GitError),
}

/// What a command that ended by itself has said.
#[derive(Debug)]
pub(super) struct Said {
    pub status: ExitStatus,
    pub out: Vec<u8>,
    /// Standard error without the progress.
    pub words: String,
}

enum Heard {
    Out(Vec<u8>),
    Words(Vec<u8>),
}

/// Runs a command to its end, or until it is stopped or silent for too long.
pub(super) fn run(mut command: Command, input: Option<&[u8]>, patience: &mut Patience) -> Result<Said, Cut> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let mut child = command.spawn().map_err(|error| Cut::Git(super::not_run("", &error)))?;
    let (sender, heard) = mpsc::channel();
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        let input = input.to_vec();
        // a command that ends early says why itself
        thread::spawn(move || drop(stdin.write_all(&input)));
    }
    listen(child.stdout.take(), sender.clone(), Heard::Out);
    listen(child.stderr.take(), sender, Heard::Words);
    let ended = hear(&mut child, &heard, patience);
    if ended.is_err() {
        end(&mut child);
    }
    ended
}

fn listen(pipe: Option<impl Read + Send + 'static>, to: Sender<Heard>, kind: fn(Vec<u8>) -> Heard) {
    let Some(mut pipe) = pipe else { return };
    thread::spawn(move || {
        let mut block = vec![0; 16 << 10];
        while let Ok(count @ 1..) = pipe.read(&mut block) {
            if to.send(kind(block[..count].to_vec())).is_err() {
                return;
            }
        }
    });
}

fn hear(child: &mut Child, heard: &Receiver<Heard>, patience: &mut Patience) -> Result<Said, Cut> {
    let (mut out, mut words, mut line) = (Vec::new(), String::new(), Vec::new());
    let mut last = Instant::now();
    let mut ended: Option<(ExitStatus, Instant)> = None;
    loop {
        match heard.recv_timeout(GLANCE) {
            Ok(Heard::Out(bytes)) => {
                last = Instant::now();
                out.extend_from_slice(&bytes);
            }
            Ok(Heard::Words(bytes)) => {
                last = Instant::now();
                for byte in bytes {
                    if byte == b'\r' || byte == b'\n' {
                        take_line(&mut line, &mut words, patience);
                    } else {
                        line.push(byte);
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                take_line(&mut line, &mut words, patience);
                let status = match ended {
                    Some((status, _)) => status,
                    None => wait(child, last, patience)?,
                };
                return Ok(Said { status, out, words });
            }
        }
        if ended.is_none() {
            let status = child.try_wait().map_err(|error| Cut::Git(super::not_run("", &error)))?;
            ended = status.map(|status| (status, Instant::now()));
        }
        match ended {
            // somebody whom the command left behind keeps the pipe open
            Some((status, at)) if at.elapsed() > GRACE => {
                take_line(&mut line, &mut words, patience);
                return Ok(Said { status, out, words });
            }
            Some(_) => {}
            None => may_go_on(last, patience)?,
        }
    }
}

/// Waits for a command that has closed its pipes.
fn wait(child: &mut Child, last: Instant, patience: &Patience) -> Result<ExitStatus, Cut> {
    loop {
        if let Some(status) = child.try_wait().map_err(|error| Cut::Git(super::not_run("", &error)))? {
            return Ok(status);
        }
        may_go_on(last, patience)?;
        thread::sleep(GLANCE);
    }
}

fn may_go_on(last: Instant, patience: &Patience) -> Result<(), Cut> {
    if patience.stop.is_asked() {
        return Err(Cut::Stopped);
    }
    if last.elapsed() > patience.silence {
        return Err(Cut::Silent { seconds: patience.silence.as_secs() });
    }
    Ok(())
}

/// Takes a line of standard error: progress is told, everything else kept.
fn take_line(line: &mut Vec<u8>, words: &mut String, patience: &mut Patience) {
    let text = String::from_utf8_lossy(line).into_owned();
    line.clear();
    match progress(&text) {
        Some(progress) => (patience.tell)(progress),
        None if words.len() < MOST_SAID && !text.trim().is_empty() => {
            words.push_str(text.trim_end());
            words.push('\n');
        }
        None => {}
    }
}

/// Reads `Receiving objects:  45% (9/20)`, also behind `remote: `.
fn progress(line: &str) -> Option<Progress> {
    let line = line.trim();
    let line = line.strip_prefix("remote:").unwrap_or(line).trim();
    let (what, rest) = line.split_once(':')?;
    let phase = match what {
        "Enumerating objects" | "Counting objects" => Phase::Counting,
        "Compressing objects" => Phase::Counting,
        "Receiving objects" | "Unpacking objects" => Phase::Receiving,
        "Writing objects" => Phase::Sending,
        "Resolving deltas" | "Checking objects" | "Checking connectivity" => Phase::Checking,
        _ => return None,
    };
    let percent = rest.split_once('%').and_then(|(number, _)| number.trim().parse().ok());
    Some(Progress { phase, percent })
}

/// Ends a command and everything that it has started.
fn end(child: &mut Child) {
    signal(child, false);
    let since = Instant::now();
    while since.elapsed() < GRACE {
        if !matches!(child.try_wait(), Ok(None)) {
            break;
        }
        thread::sleep(GLANCE / 4);
    }
    // also where git itself has gone: ssh or a helper may still be there
    signal(child, true);
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
fn signal(child: &Child, hard: bool) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
        let _ = kill_process_group(group, if hard { Signal::KILL } else { Signal::TERM });
    }
}

#[cfg(not(unix))]
fn signal(_child: &Child, _hard: bool) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_from_words() {
        let of = |line| progress(line).map(|p| (p.phase, p.percent));
        assert_eq!(of("Receiving objects:  45% (9/20)"), Some((Phase::Receiving, Some(45))));
        assert_eq!(of("remote: Counting objects: 100% (3/3), done."), Some((Phase::Counting, Some(100))));
        assert_eq!(of("remote: Enumerating objects: 5, done."), Some((Phase::Counting, None)));
        assert_eq!(of("fatal: not a git repository"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_silent_command_ends_with_its_children() {
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & sleep 600"]);
        let since = Instant::now();
        let mut tell = |_| {};
        let mut patience = Patience { stop: Stop::default(), silence: Duration::from_millis(100), tell: &mut tell };
        assert!(matches!(run(command, None, &mut patience), Err(Cut::Silent { .. })));
        assert!(since.elapsed() < Duration::from_secs(20));
    }
}
