//! The terminal borrowed from the user: raw mode and alternate screen in, everything as it was out.
//!
//! It is given back when the value is dropped, on a panic (the release build aborts, so the hook does it) and while
//! the program is suspended or another program runs. Ends by signal go through [`Event::Terminate`](super::Event) and
//! so through drop. Nothing is ever asked of the terminal, so a silent one delays nothing.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// Also ends an unfinished frame: synchronised update, style, scroll region.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[m\x1b[r\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// The terminal while the program has it.
#[derive(Debug)]
pub struct Terminal {
    loan: Arc<Loan>,
}

#[derive(Debug)]
struct Loan {
    tty: sys::Tty,
    /// Whether the terminal is in our modes now.
    taken: AtomicBool,
}

impl Loan {
    fn take(&self) -> io::Result<()> {
        self.tty.raw()?;
        self.taken.store(true, Ordering::SeqCst);
        self.tty.write_all(ENTER)
    }

    /// Gives the terminal back; a second call does nothing.
    fn give_back(&self) {
        if self.taken.swap(false, Ordering::SeqCst) {
            // Nobody is left to tell when the terminal itself is gone.
            let _ = self.tty.write_all(LEAVE);
            let _ = self.tty.cooked();
        }
    }
}

impl Terminal {
    /// Takes the terminal the program was started in. Fails when there is none.
    pub fn enter() -> io::Result<Terminal> {
        Terminal::on(sys::Tty::of_process()?)
    }

    /// Takes a given terminal; for tests on a pseudo-terminal.
    #[cfg(unix)]
    pub fn enter_on(tty: std::fs::File) -> io::Result<Terminal> {
        Terminal::on(sys::Tty::new(tty)?)
    }

    fn on(tty: sys::Tty) -> io::Result<Terminal> {
        let loan = Arc::new(Loan { tty, taken: AtomicBool::new(false) });
        let (before, held) = (std::panic::take_hook(), Arc::downgrade(&loan));
        std::panic::set_hook(Box::new(move |info| {
            // First the terminal, or the message would go to the alternate screen and vanish with it.
            if let Some(loan) = held.upgrade() {
                loan.give_back();
            }
            before(info);
        }));
        let terminal = Terminal { loan };
        terminal.loan.take()?;
        Ok(terminal)
    }

    /// Returns width and height in cells.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        self.loan.tty.size()
    }

    /// Sends the bytes of a frame.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() { Ok(()) } else { self.loan.tty.write_all(bytes) }
    }

    /// Gives the terminal back for good; dropping does the same.
    pub fn leave(&mut self) {
        self.loan.give_back();
    }

    /// Takes the terminal again, after [`leave`](Self::leave) or [`Event::Resumed`](super::Event). What it shows is
    /// unknown then: invalidate the screen.
    pub fn retake(&mut self) -> io::Result<()> {
        self.loan.take()
    }

    /// Stops the program as Ctrl-Z does in others, and returns when the shell continues it. Invalidate the screen.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.lend(sys::stop)?
    }

    /// Lets something else use the terminal for a while: an editor, a password prompt. Invalidate the screen.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        self.leave();
        let result = other();
        self.retake()?;
        Ok(result)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(unix)]
mod sys {
    use std::fs::File;
    use std::io::{self, IsTerminal};
    use std::os::fd::AsFd;

    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Signal, kill_current_process_group};
    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

    #[derive(Debug)]
    pub(super) struct Tty {
        file: File,
        before: Termios,
    }

    impl Tty {
        pub(super) fn new(file: File) -> io::Result<Tty> {
            let before = tcgetattr(&file)?;
            Ok(Tty { file, before })
        }

        /// Standard output if it is a terminal, else the terminal of the session, so that output can be redirected.
        pub(super) fn of_process() -> io::Result<Tty> {
            let stdout = io::stdout();
            if stdout.is_terminal() {
                return Tty::new(File::from(stdout.as_fd().try_clone_to_owned()?));
            }
            Tty::new(File::options().read(true).write(true).open("/dev/tty")?)
        }

        pub(super) fn raw(&self) -> io::Result<()> {
            let mut raw = self.before.clone();
            raw.make_raw();
            Ok(tcsetattr(&self.file, OptionalActions::Now, &raw)?)
        }

        pub(super) fn cooked(&self) -> io::Result<()> {
            // Keys typed ahead belong to the shell, so they are not flushed.
            Ok(tcsetattr(&self.file, OptionalActions::Now, &self.before)?)
        }

        pub(super) fn size(&self) -> io::Result<(u16, u16)> {
            size_of(&self.file)
        }

        /// Writes without a buffer: one system call a frame, unless the terminal takes less.
        pub(super) fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
            while !bytes.is_empty() {
                match rustix::io::write(&self.file, bytes) {
                    Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                    Ok(count) => bytes = &bytes[count..],
                    Err(Errno::INTR) => {}
                    Err(Errno::AGAIN) => {
                        // Another program left the terminal non-blocking.
                        let mut ready = [PollFd::new(&self.file, PollFlags::OUT)];
                        if let Err(error) = poll(&mut ready, None)
                            && error != Errno::INTR
                        {
                            return Err(error.into());
                        }
                    }
                    Err(error) => return Err(error.into()),
                }
            }
            Ok(())
        }
    }

    pub(in super::super) fn size_of(tty: &File) -> io::Result<(u16, u16)> {
        let size = tcgetwinsize(tty)?;
        // A serial line says 0 by 0.
        Ok(if size.ws_col == 0 || size.ws_row == 0 { (80, 24) } else { (size.ws_col, size.ws_row) })
    }

    /// Stops the whole job, so that a pipeline or a wrapper script stops too. The default action of SIGTSTP is left in
    /// place on purpose: in a session without a shell to continue us the kernel ignores it, where SIGSTOP would hang.
    pub(super) fn stop() -> io::Result<()> {
        Ok(kill_current_process_group(Signal::TSTP)?)
    }
}

#[cfg(unix)]
pub(super) use sys::size_of;

#[cfg(not(unix))]
mod sys {
    use std::io::{self, Write};

    #[derive(Debug)]
    pub(super) struct Tty;

    impl Tty {
        pub(super) fn of_process() -> io::Result<Tty> {
            // Asking turns on the handling of escape sequences in the Windows console.
            #[cfg(windows)]
            if !crossterm::ansi_support::supports_ansi() {
                return Err(io::ErrorKind::Unsupported.into());
            }
            Ok(Tty)
        }

        pub(super) fn raw(&self) -> io::Result<()> {
            crossterm::terminal::enable_raw_mode()
        }

        pub(super) fn cooked(&self) -> io::Result<()> {
            crossterm::terminal::disable_raw_mode()
        }

        pub(super) fn size(&self) -> io::Result<(u16, u16)> {
            crossterm::terminal::size()
        }

        pub(super) fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
            let mut stdout = io::stdout().lock();
            stdout.write_all(bytes)?;
            stdout.flush()
        }
    }

    /// There is no job control here.
    pub(super) fn stop() -> io::Result<()> {
        Ok(())
    }
}
