//! The terminal and its input on a real pseudo-terminal.

use std::fs::File;
use std::io::{Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::{Duration, Instant};

use lianxi::tui::term::{Event, Input, Key, Terminal};
use portable_pty::{MasterPty, PtySize, native_pty_system};

/// One terminal at a time: a panic gives back every terminal of the process, as it should.
static ALONE: Mutex<()> = Mutex::new(());

struct Pty {
    _alone: MutexGuard<'static, ()>,
    master: Box<dyn MasterPty>,
    _slave: Box<dyn portable_pty::SlavePty>,
    tty: File,
}

fn pty() -> Pty {
    let size = PtySize { rows: 45, cols: 160, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let name = pair.master.tty_name().expect("a name");
    let tty = File::options().read(true).write(true).open(name).expect("the terminal");
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    Pty { _alone, master: pair.master, _slave: pair.slave, tty }
}

fn clone(tty: &File) -> File {
    tty.try_clone().expect("a second handle")
}

fn keys(events: &[Event]) -> Vec<String> {
    let name = |event: &Event| match event {
        Event::Key(key) => Some(Key::from(*key).to_string()),
        _ => None,
    };
    events.iter().filter_map(name).collect()
}

#[test]
fn a_burst_of_keys_is_read_to_the_last_one_in_few_batches() {
    let pty = pty();
    let _terminal = Terminal::enter_on(clone(&pty.tty)).expect("raw mode");
    let mut input = Input::on(clone(&pty.tty)).expect("an input");
    let mut writer = pty.master.take_writer().expect("a writer");
    writer.write_all(&b"\x1b[B".repeat(1000)).expect("keys");
    let (mut seen, mut batches) = (0, 0);
    while seen < 1000 {
        seen += keys(&input.next_batch(&[], None).expect("a batch")).iter().filter(|key| *key == "down").count();
        batches += 1;
    }
    assert_eq!(seen, 1000);
    assert!(batches <= 5, "{batches} batches");
}

#[test]
fn a_lone_escape_is_a_key_and_a_split_sequence_is_not_two() {
    let pty = pty();
    let _terminal = Terminal::enter_on(clone(&pty.tty)).expect("raw mode");
    let mut input = Input::on(clone(&pty.tty)).expect("an input");
    let mut writer = pty.master.take_writer().expect("a writer");
    writer.write_all(b"\x1b").expect("a key");
    assert_eq!(keys(&input.next_batch(&[], None).expect("a batch")), ["esc"]);
    writer.write_all(b"\x1b[200~\xe7\xa7").expect("half a paste");
    writer.write_all(b"\x91\x1b[201~").expect("the other half");
    assert_eq!(input.next_batch(&[], None).expect("a batch"), [Event::Paste("科".into())]);
}

#[test]
fn wakes_deadlines_and_files_end_the_wait() {
    let pty = pty();
    let mut input = Input::on(clone(&pty.tty)).expect("an input");
    let waker = input.waker();
    std::thread::spawn(move || (0..100).for_each(|_| waker.wake())).join().expect("the thread");
    assert_eq!(input.next_batch(&[], None).expect("a batch"), [Event::Woken]);
    let soon = Instant::now() + Duration::from_millis(5);
    assert_eq!(input.next_batch(&[], Some(soon)).expect("a batch"), [Event::Deadline]);
    let (mut write, read) = std::os::unix::net::UnixStream::pair().expect("a pair");
    write.write_all(b"x").expect("a byte");
    let quiet = std::os::unix::net::UnixStream::pair().expect("a pair");
    let sources = [std::os::fd::AsFd::as_fd(&quiet.0), std::os::fd::AsFd::as_fd(&read)];
    assert_eq!(input.next_batch(&sources, None).expect("a batch"), [Event::Ready(1)]);
}

#[test]
fn a_terminal_that_goes_away_ends_the_program() {
    let Pty { _alone, master, _slave, tty } = pty();
    let mut input = Input::on(tty).expect("an input");
    drop((_slave, master));
    assert_eq!(input.next_batch(&[], None).expect("a batch"), [Event::Terminate]);
}

#[test]
fn the_terminal_is_given_back_as_it_was() {
    let pty = pty();
    let modes = |tty: &File| format!("{:?}", rustix::termios::tcgetattr(tty).expect("modes"));
    let before = modes(&pty.tty);
    let mut reader = pty.master.try_clone_reader().expect("a reader");
    let (sender, output) = mpsc::channel();
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let mut terminal = Terminal::enter_on(clone(&pty.tty)).expect("raw mode");
    assert_ne!(modes(&pty.tty), before);
    assert_eq!(terminal.size().expect("a size"), (160, 45));
    terminal.write("科普".repeat(20_000).as_bytes()).expect("a frame");
    assert_eq!(terminal.lend(|| modes(&pty.tty)).expect("the terminal back"), before);
    drop(terminal);
    assert_eq!(modes(&pty.tty), before);
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\x1b[?25h\x1b[?1049l") || bytes.len() < 120_000 {
        bytes.extend(output.recv_timeout(Duration::from_secs(5)).expect("the rest of the output"));
    }
    let mut seen = super::frames::terminal_of(160, 45);
    seen.process(&bytes);
    let screen = seen.screen();
    assert!(!screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor());
}

#[test]
fn a_panic_gives_the_terminal_back_before_its_message() {
    let pty = pty();
    let modes = |tty: &File| format!("{:?}", rustix::termios::tcgetattr(tty).expect("modes"));
    let before = modes(&pty.tty);
    let terminal = Terminal::enter_on(clone(&pty.tty)).expect("raw mode");
    assert_ne!(modes(&pty.tty), before);
    std::thread::spawn(|| panic!("a test panic")).join().expect_err("it panicked");
    assert_eq!(modes(&pty.tty), before);
    drop(terminal);
}
