//! Everything the program waits for, in one place and one thread: keys, signals, wakes, the caller's files.
//!
//! On Unix this is one poll(2) without a timeout: while nobody types, the process does not run. All keys that are
//! waiting come as one batch, so that the caller draws once for them.

use crossterm::event::KeyEvent;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Key(KeyEvent),
    /// Text pasted as a whole; line ends and hostile characters as they came.
    Paste(String),
    /// The terminal is now this wide and high.
    Resize(u16, u16),
    /// The caller's file with this index can be read (or has come to its end).
    Ready(usize),
    /// A [`Waker`] was used at least once.
    Woken,
    /// The program was stopped and continued: retake the terminal and draw everything.
    Resumed,
    /// The deadline has passed.
    Deadline,
    /// A signal asks the program to end, or the terminal is gone.
    Terminate,
}

#[cfg(unix)]
mod sys {
    use std::fs::File;
    use std::io::{self, IsTerminal, Read, Write};
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::net::UnixStream;
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    use signal_hook::{SigId, low_level};

    use super::super::decode::{Decoder, Typed};
    use super::super::terminal::size_of;
    use super::Event;

    /// A batch ends here even if more is waiting, so that an endless paste does not stop all drawing.
    const BATCH: usize = 1 << 20;

    /// A file the caller waits for.
    pub type Source<'f> = BorrowedFd<'f>;

    /// Ends the wait of an [`Input`] from another thread.
    #[derive(Debug, Clone)]
    pub struct Waker(Arc<UnixStream>);

    impl Waker {
        /// Makes the next batch hold [`Event::Woken`].
        pub fn wake(&self) {
            // A full pipe already holds a wake.
            let _ = (&*self.0).write(b"w");
        }
    }

    /// What the program waits for.
    #[derive(Debug)]
    pub struct Input {
        tty: File,
        decoder: Decoder,
        wake: (UnixStream, Arc<UnixStream>),
        resized: UnixStream,
        resumed: UnixStream,
        ended: UnixStream,
        signals: Vec<SigId>,
    }

    impl Input {
        /// Listens to standard input if it is a terminal, else to the terminal of the session, and to signals.
        pub fn new() -> io::Result<Input> {
            let stdin = io::stdin();
            if stdin.is_terminal() {
                return Input::on(File::from(stdin.as_fd().try_clone_to_owned()?));
            }
            Input::on(File::open("/dev/tty")?)
        }

        /// Listens to a given terminal; for tests on a pseudo-terminal.
        pub fn on(tty: File) -> io::Result<Input> {
            let mut signals = Vec::new();
            let resized = listen(&[SIGWINCH], &mut signals)?;
            let resumed = listen(&[SIGCONT], &mut signals)?;
            let ended = listen(&[SIGTERM, SIGHUP, SIGINT], &mut signals)?;
            let (read, write) = pipe()?;
            let wake = (read, Arc::new(write));
            Ok(Input { tty, decoder: Decoder::default(), wake, resized, resumed, ended, signals })
        }

        /// Returns a handle for other threads to end the wait with.
        pub fn waker(&self) -> Waker {
            Waker(Arc::clone(&self.wake.1))
        }

        /// Waits until something happens and returns all of it. Without a deadline it waits for ever.
        pub fn next_batch(&mut self, sources: &[Source<'_>], deadline: Option<Instant>) -> io::Result<Vec<Event>> {
            let mut events = Vec::new();
            while events.is_empty() {
                let now = Instant::now();
                let left = deadline.map(|at| at.saturating_duration_since(now));
                let patience = self.decoder.patience();
                let limit = [left, patience].into_iter().flatten().min();
                let ready = self.wait(sources, limit)?;
                if ready.iter().all(|ready| !ready) {
                    if patience.is_some_and(|patience| now.elapsed() >= patience) {
                        let mut typed = Vec::new();
                        self.decoder.flush(&mut typed);
                        events.extend(typed.into_iter().map(Event::from));
                    }
                    if deadline.is_some_and(|at| Instant::now() >= at) {
                        events.push(Event::Deadline);
                    }
                    continue;
                }
                self.collect(&ready, &mut events)?;
            }
            Ok(events)
        }

        /// Says which of tty, wake, three kinds of signals and the sources can be read.
        fn wait(&self, sources: &[Source<'_>], limit: Option<Duration>) -> io::Result<Vec<bool>> {
            let own =
                [self.tty.as_fd(), self.wake.0.as_fd(), self.resized.as_fd(), self.resumed.as_fd(), self.ended.as_fd()];
            let mut fds: Vec<_> = own
                .into_iter()
                .chain(sources.iter().copied())
                .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN))
                .collect();
            let limit = limit.map(|limit| Timespec {
                tv_sec: limit.as_secs().try_into().unwrap_or(i64::MAX),
                tv_nsec: limit.subsec_nanos().into(),
            });
            match poll(&mut fds, limit.as_ref()) {
                // A signal also wrote to its pipe: the next poll sees it.
                Ok(_) | Err(Errno::INTR) => Ok(fds.iter().map(|fd| !fd.revents().is_empty()).collect()),
                Err(error) => Err(error.into()),
            }
        }

        fn collect(&mut self, ready: &[bool], events: &mut Vec<Event>) -> io::Result<()> {
            // While the program was stopped it was not told of a new size.
            if ready[2] || ready[3] {
                drain(&self.resized);
                let (width, height) = size_of(&self.tty)?;
                events.push(Event::Resize(width, height));
            }
            if ready[3] {
                drain(&self.resumed);
                events.push(Event::Resumed);
            }
            let gone = ready[0] && !self.read_keys(events)?;
            if ready[1] {
                drain(&self.wake.0);
                events.push(Event::Woken);
            }
            events.extend(ready[5..].iter().enumerate().filter(|(_, ready)| **ready).map(|(i, _)| Event::Ready(i)));
            if ready[4] {
                drain(&self.ended);
            }
            if ready[4] || gone {
                events.push(Event::Terminate);
            }
            Ok(())
        }

        /// Reads all keys that are waiting. Returns false when the terminal is gone.
        fn read_keys(&mut self, events: &mut Vec<Event>) -> io::Result<bool> {
            let (mut buffer, mut typed, mut taken, mut total) = ([0; 4096], Vec::new(), 0, 0);
            let mut alive = true;
            while total < BATCH {
                match self.tty.read(&mut buffer) {
                    Ok(0) => alive = false,
                    Ok(count) => {
                        (taken, total) = (count, total + count);
                        self.decoder.feed(&buffer[..count], &mut typed);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                    Err(_) => alive = false,
                }
                // a read that did not fill the buffer took all that was waiting
                if !alive || taken < buffer.len() {
                    break;
                }
                let mut more = [PollFd::new(&self.tty, PollFlags::IN)];
                if !matches!(poll(&mut more, Some(&Timespec::default())), Ok(1..)) {
                    break;
                }
            }
            events.extend(typed.into_iter().map(Event::from));
            Ok(alive)
        }
    }

    impl Drop for Input {
        fn drop(&mut self) {
            for &signal in &self.signals {
                low_level::unregister(signal);
            }
        }
    }

    impl From<Typed> for Event {
        fn from(typed: Typed) -> Event {
            match typed {
                Typed::Key(key) => Event::Key(key),
                Typed::Paste(text) => Event::Paste(text),
            }
        }
    }

    fn pipe() -> io::Result<(UnixStream, UnixStream)> {
        let (read, write) = UnixStream::pair()?;
        read.set_nonblocking(true)?;
        write.set_nonblocking(true)?;
        Ok((read, write))
    }

    fn listen(numbers: &[i32], signals: &mut Vec<SigId>) -> io::Result<UnixStream> {
        let (read, write) = pipe()?;
        for &number in numbers {
            signals.push(low_level::pipe::register(number, write.try_clone()?)?);
        }
        Ok(read)
    }

    fn drain(mut pipe: &UnixStream) {
        let mut buffer = [0; 64];
        while matches!(pipe.read(&mut buffer), Ok(1..)) {}
    }
}

#[cfg(not(unix))]
mod sys {
    use std::convert::Infallible;
    use std::io;
    use std::marker::PhantomData;
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
    use std::time::Instant;

    use crossterm::event::{Event as Read, KeyEventKind, read};

    use super::Event;

    /// Files cannot be waited for here; use a [`Waker`].
    #[derive(Debug, Clone, Copy)]
    pub struct Source<'f>(PhantomData<&'f ()>, Infallible);

    /// Ends the wait of an [`Input`] from another thread.
    #[derive(Debug, Clone)]
    pub struct Waker(Sender<Event>);

    impl Waker {
        /// Makes the next batch hold [`Event::Woken`].
        pub fn wake(&self) {
            let _ = self.0.send(Event::Woken);
        }
    }

    /// What the program waits for: a thread reads the console, a channel gathers.
    #[derive(Debug)]
    pub struct Input {
        events: Receiver<Event>,
        sender: Sender<Event>,
    }

    impl Input {
        /// Starts listening to the console.
        pub fn new() -> io::Result<Input> {
            let (sender, events) = channel();
            let keys = sender.clone();
            std::thread::spawn(move || {
                loop {
                    let event = match read() {
                        Ok(Read::Key(key)) if key.kind != KeyEventKind::Release => Event::Key(key),
                        Ok(Read::Paste(text)) => Event::Paste(text),
                        Ok(Read::Resize(width, height)) => Event::Resize(width, height),
                        Ok(_) => continue,
                        Err(_) => Event::Terminate,
                    };
                    let last = event == Event::Terminate;
                    if keys.send(event).is_err() || last {
                        return;
                    }
                }
            });
            Ok(Input { events, sender })
        }

        /// Returns a handle for other threads to end the wait with.
        pub fn waker(&self) -> Waker {
            Waker(self.sender.clone())
        }

        /// Waits until something happens and returns all of it. Without a deadline it waits for ever.
        pub fn next_batch(&mut self, _: &[Source<'_>], deadline: Option<Instant>) -> io::Result<Vec<Event>> {
            let first = match deadline {
                None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(at) => self.events.recv_timeout(at.saturating_duration_since(Instant::now())),
            };
            let first = match first {
                Ok(event) => event,
                Err(RecvTimeoutError::Timeout) => Event::Deadline,
                Err(RecvTimeoutError::Disconnected) => Event::Terminate,
            };
            Ok(std::iter::once(first).chain(self.events.try_iter()).collect())
        }
    }
}

pub use sys::{Input, Source, Waker};
