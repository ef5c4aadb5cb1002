//! A program in a pseudo-terminal of 160 x 45 cells, watched from the outside in one thread.

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::num::NonZero;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

pub const COLUMNS: u16 = 160;
pub const ROWS: u16 = 45;
/// After this silence a frame is taken to be whole.
const SETTLE: Duration = Duration::from_millis(15);
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program and its terminal.
pub struct Tty {
    master: File,
    child: Child,
    begun: Instant,
    /// When something was read last.
    heard: Instant,
    /// What was read and is not on the screen yet: it is worked out when nothing more comes, so that no clock runs meanwhile.
    unseen: Vec<u8>,
    screen: vt100::Parser,
}

/// An answer: how long until its last byte, and how many bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answer {
    pub time: Duration,
    pub bytes: usize,
}

impl Tty {
    /// Starts a program.
    pub fn start(command: &mut Command) -> io::Result<Tty> {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let name = ptsname(&master, Vec::new())?;
        let slave = File::options().read(true).write(true).open(name.to_str().expect("a device is plain text"))?;
        tcsetwinsize(&slave, Winsize { ws_row: ROWS, ws_col: COLUMNS, ws_xpixel: 0, ws_ypixel: 0 })?;
        let mut modes = tcgetattr(&slave)?;
        modes.make_raw();
        tcsetattr(&slave, OptionalActions::Now, &modes)?;
        command.stdin(slave.try_clone()?).stdout(slave.try_clone()?).stderr(slave);
        command.env("TERM", "xterm-256color").env("COLORTERM", "truecolor").env("LC_ALL", "C.UTF-8");
        let begun = Instant::now();
        let child = command.spawn()?;
        Ok(Tty {
            master: File::from(master),
            child,
            begun,
            heard: begun,
            unseen: Vec::new(),
            screen: vt100::Parser::new(cells(ROWS), cells(COLUMNS), 0),
        })
    }

    /// From exec to the last byte of the output that made `ready` visible.
    pub fn first_frame(&mut self, ready: &str) -> Answer {
        self.until(self.begun, ready)
    }

    /// From sending keys to the last byte of the output that made `ready` visible.
    #[allow(dead_code, reason = "one of the benchmarks has no use for it")]
    pub fn press_for(&mut self, keys: &[u8], ready: &str) -> Answer {
        let begun = Instant::now();
        self.master.write_all(keys).expect("the terminal takes keys");
        self.until(begun, ready)
    }

    fn until(&mut self, begun: Instant, ready: &str) -> Answer {
        let mut answer = Answer::default();
        while begun.elapsed() < PATIENCE {
            let is_ready = self.unseen.is_empty() && self.shows(ready);
            let wait = if is_ready || !self.unseen.is_empty() { SETTLE } else { PATIENCE };
            match self.read(wait) {
                0 if is_ready => break,
                0 if self.unseen.is_empty() => break,
                0 => drop(self.screen()),
                count => answer = Answer { time: self.heard - begun, bytes: answer.bytes + count },
            }
        }
        assert!(self.shows(ready), "{ready} is not on the screen:\n{}", self.screen().contents());
        answer
    }

    pub fn shows(&mut self, words: &str) -> bool {
        self.screen().contents().contains(words)
    }

    /// The screen with all that has been read.
    pub fn screen(&mut self) -> &vt100::Screen {
        self.screen.process(&std::mem::take(&mut self.unseen));
        self.screen.screen()
    }

    /// Sends keys at once and waits for the whole answer.
    pub fn press(&mut self, keys: &[u8]) -> Answer {
        self.press_until(keys, SETTLE)
    }

    /// Sends keys at once and waits until nothing has come for a while.
    pub fn press_until(&mut self, keys: &[u8], silence: Duration) -> Answer {
        let begun = Instant::now();
        self.master.write_all(keys).expect("the terminal takes keys");
        let mut answer = Answer::default();
        let mut wait = Duration::from_millis(500).max(silence);
        loop {
            match self.read(wait) {
                0 => return answer,
                count => answer = Answer { time: self.heard - begun, bytes: answer.bytes + count },
            }
            wait = silence;
        }
    }

    /// Reads once, if anything comes in time.
    fn read(&mut self, wait: Duration) -> usize {
        let mut fds = [PollFd::new(&self.master, PollFlags::IN)];
        let wait = Timespec { tv_sec: wait.as_secs() as i64, tv_nsec: wait.subsec_nanos().into() };
        if !matches!(poll(&mut fds, Some(&wait)), Ok(1..)) {
            return 0;
        }
        let mut buffer = [0; 1 << 16];
        let count = self.master.read(&mut buffer).unwrap_or(0);
        self.heard = Instant::now();
        self.unseen.extend_from_slice(&buffer[..count]);
        count
    }

    /// A number of `/proc/PID/…`, by the word its line begins with.
    pub fn proc(&self, file: &str, word: &str) -> u64 {
        let text = fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(word));
        let number = line.and_then(|rest| rest.trim_start_matches(':').split_whitespace().next()?.parse().ok());
        number.unwrap_or(0)
    }

    /// How often any thread has gone to sleep.
    pub fn sleeps(&self) -> u64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).into_iter().flatten().flatten();
        let files = tasks.filter_map(|task| fs::read_to_string(task.path().join("status")).ok());
        let number = |text: String| -> Option<u64> {
            let line = text.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
            line.trim().parse().ok()
        };
        files.filter_map(number).sum()
    }

    /// Whatever comes in some time.
    pub fn idle(&mut self, time: Duration) -> usize {
        let end = Instant::now() + time;
        let mut bytes = 0;
        while let Some(left) = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            bytes += self.read(left);
        }
        bytes
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a screen has cells")
}

impl Drop for Tty {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
