//! The program itself on a pseudo-terminal: what a clerk types, what the terminal is told, and that it is given back.

use crate::desk::Desk;
use crate::frames::terminal_of;
use lianxi::text::Lang;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Longer than any machine needs; nothing waits for it when all is well.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Program {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    terminal: vt100::Parser,
    /// Everything that was sent, a write to an entry as far as the system keeps them apart.
    sent: Vec<Vec<u8>>,
    width: u16,
}

impl Program {
    fn start(folder: &std::path::Path, home: &std::path::Path, size: (u16, u16), lang: Lang) -> Program {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lianxi"));
        command.args(["--lang", if lang == Lang::Zh { "zh" } else { "en" }, "--today", "2025-03-12"]);
        Program::spawn(command, folder, home, size)
    }

    fn spawn(
        mut command: CommandBuilder,
        folder: &std::path::Path,
        home: &std::path::Path,
        size: (u16, u16),
    ) -> Program {
        let (cols, rows) = size;
        let pair =
            native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a terminal");
        command.cwd(folder);
        for (name, value) in [("LIANXI_SEED", "7"), ("LIANXI_AUTHOR", "小王"), ("TERM", "xterm-256color")] {
            command.env(name, value);
        }
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
            command.env(name, home);
        }
        let child = pair.slave.spawn_command(command).expect("the program");
        let writer = pair.master.take_writer().expect("a writer");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        drop(pair.slave);
        let terminal = terminal_of(cols, rows);
        Program { child, master: pair.master, writer, output, terminal, sent: Vec::new(), width: cols }
    }

    /// On a plan of another folder, with what a user has of their own in `home`.
    #[cfg(target_os = "linux")]
    pub fn at(folder: &std::path::Path, home: &std::path::Path) -> Program {
        Program::start(folder, home, (120, 40), Lang::Zh)
    }

    fn on(desk: &Desk) -> Program {
        let mut program = Program::start(desk.root(), desk.root(), (120, 40), Lang::Zh);
        program.until("任务完成");
        program
    }

    fn text(&self) -> String {
        self.terminal.screen().rows(0, self.width).collect::<Vec<_>>().join("\n")
    }

    fn take(&mut self, wait: Duration) -> bool {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => {
                self.terminal.process(&bytes);
                self.sent.push(bytes);
                true
            }
            Err(_) => false,
        }
    }

    /// Takes output until the screen is as wanted.
    fn wait(&mut self, what: &str, mut is_there: impl FnMut(&Program) -> bool) -> &mut Program {
        let end = Instant::now() + PATIENCE;
        while !is_there(self) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero() && self.take(left), "waited for {what}:\n{}", self.text());
        }
        self
    }

    pub fn until(&mut self, words: &str) -> &mut Program {
        self.wait(words, |program| program.text().contains(words))
    }

    fn without(&mut self, words: &str) -> &mut Program {
        self.wait(&format!("no {words}"), |program| !program.text().contains(words))
    }

    pub fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Program {
        self.writer.write_all(bytes.as_ref()).expect("keys");
        self.writer.flush().expect("keys");
        self
    }

    fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(self.pid(), signal).expect("a signal");
    }

    pub fn pid(&self) -> rustix::process::Pid {
        let id = self.child.process_id().expect("a process");
        rustix::process::Pid::from_raw(id as i32).expect("a process")
    }

    /// The end of the program: the terminal is as it was.
    pub fn ends(mut self) -> i32 {
        let end = Instant::now() + PATIENCE;
        while self.take(end.saturating_duration_since(Instant::now())) {}
        let code = self.child.wait().expect("its end").exit_code() as i32;
        self.is_given_back();
        code
    }

    fn is_given_back(&self) {
        let screen = self.terminal.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "paste is plain");
        assert!(!screen.application_cursor() && !screen.application_keypad());
    }

    /// How often the program gave up the processor of its own will, all threads.
    fn sleeps(&self) -> u64 {
        let tasks = std::fs::read_dir(format!("/proc/{}/task", self.pid().as_raw_nonzero())).expect("threads");
        let of = |task: std::fs::DirEntry| {
            let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")).map(str::trim);
            line.and_then(|count| count.parse::<u64>().ok()).unwrap_or(0)
        };
        tasks.map(|task| of(task.expect("a thread"))).sum()
    }
}

#[test]
fn browse_mark_quit_and_come_back() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("\x073.1.2\r").until("▌       2. 提升基础教育阶段科学教育水平");
    program.send("s").until("┌─ 状态").send("2").until("推进中");
    program.send("n").until("┌─ 备注").send("已发函").until("已发函").send("\x13").until("记备注");
    program.send("q");
    assert_eq!(program.ends(), 0);
    assert!(desk.text("tasks/3.1.toml").contains("status = \"doing\""));
    let mut program = Program::on(&desk);
    program.until("▌       2. 提升基础教育阶段科学教育水平").until("推进中").until("已发函");
    program.send("u").without("2025-03-12 备注").send("u").until("状态  未启动");
    program.send("\x1b[21~");
    assert_eq!(program.ends(), 0);
    assert!(!desk.text("tasks/3.1.toml").contains("status = \"doing\""));
}

#[test]
fn ctrl_c_and_signals_give_the_terminal_back_and_the_place_is_kept() {
    use rustix::process::Signal;
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("\x073.2.1\r").until("▌       1. 树立相信科学").send("\x03");
    assert_eq!(program.ends(), 0);
    for signal in [Signal::TERM, Signal::HUP] {
        let mut program = Program::on(&desk);
        program.until("▌       1. 树立相信科学").send("n").until("┌─ 备注");
        program.signal(signal);
        program.ends();
    }
}

#[test]
fn a_resize_is_answered_with_a_whole_frame() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    for (cols, rows) in [(80, 24), (40, 24), (200, 60)] {
        program.terminal = terminal_of(cols, rows);
        program.width = cols;
        program.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("a size");
        let rule = "─".repeat(cols.into());
        program.until(&rule).until("任务完成");
    }
    program.send("q");
    assert_eq!(program.ends(), 0);
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_takes_it_again() {
    let desk = Desk::new();
    let script = format!(
        "set -m; {} --lang zh --today 2025-03-12; echo STOPPED; read x; fg; echo ENDED",
        env!("CARGO_BIN_EXE_lianxi")
    );
    let mut command = CommandBuilder::new("bash");
    command.args(["--norc", "-c", &script]);
    let mut program = Program::spawn(command, desk.root(), desk.root(), (120, 40));
    program.until("任务完成");
    program.send("\x1a").until("STOPPED");
    program.is_given_back();
    program.send("\n").wait("the screen", |program| program.terminal.screen().alternate_screen()).until("任务完成");
    program.send("\x073.1.2\r").until("▌       2. 提升基础教育阶段科学教育水平").send("q").until("ENDED");
    assert_eq!(program.ends(), 0);
}

#[test]
fn composed_text_and_pastes_arrive_in_the_editor_with_the_caret_behind_them() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("\x073.1.2\r").until("▌       2.").send("n").until("┌─ 备注");
    let caret = |program: &Program| program.terminal.screen().cursor_position();
    let (y, x) = caret(&program);
    assert!(!program.terminal.screen().hide_cursor());
    program.send("已向各县发函").until("已向各县发函");
    assert_eq!(caret(&program), (y, x + 12));
    // a character that arrives in two pieces is one
    let bytes = "，“好”".as_bytes();
    program.send(&bytes[..4]).send(&bytes[4..]).until("，“好”");
    assert_eq!(caret(&program), (y, x + 12 + 2 + 1 + 2 + 1));
    program.send("\x1b[200~第一行\r\n第二行q\x1b[201~").until("第二行q");
    assert_eq!(caret(&program), (y + 1, x + 7));
    program.send("\x1b[D\x1b[D").wait("the caret", |program| caret(program) == (y + 1, x + 4));
    program.send("\x13").until("记备注").send("q");
    assert_eq!(program.ends(), 0);
    let notes = desk.json(&["log", "3.1.2"]);
    assert_eq!(notes[0]["text"], "已向各县发函，“好”第一行\n第二行q");
}

#[test]
fn composed_text_outside_a_field_is_answered_with_a_hint() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("科普").until("输入法开着").send("ｑ");
    assert_eq!(program.ends(), 0);
}

#[test]
fn a_thousand_keys_at_once_are_drawn_in_three_frames() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("5").until("基本原则");
    program.send("g").until("▌   一、前言");
    program.sent.clear();
    program.send("j".repeat(1000)).until("▌       3. 总结表彰");
    // nothing that is still to come belongs to these keys once the answer to the next key is there
    program.send("\x1b[11~").until("┌─ 按键");
    let sent = program.sent.concat();
    let frames = sent.windows(8).filter(|bytes| *bytes == b"\x1b[?2026h").count();
    // large frames are counted by their marks, small ones by what they cost; one of them is the help
    assert!(frames <= 4 && sent.len() <= 4 * 9000, "{frames} frames, {} B", sent.len());
    program.send("\x1b").without("┌─ 按键").send("q");
    program.ends();
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_happens_while_nothing_happens() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("j").until("▾ 二、总体要求");
    // start-up has settled when a while passes without output
    while program.take(Duration::from_millis(300)) {}
    let (before, pieces) = (program.sleeps(), program.sent.len());
    assert!(!program.take(Duration::from_secs(1)), "idle, and still it draws");
    assert_eq!((program.sleeps(), program.sent.len()), (before, pieces));
    program.send("q");
    program.ends();
}

#[test]
fn what_another_program_changes_appears_by_itself() {
    let desk = Desk::new();
    let mut program = Program::on(&desk);
    program.send("\x073.1.2\r").until("▌       2. 提升基础教育阶段科学教育水平");
    desk.done(&["mark", "3.1.3", "doing"]);
    program.until("推进中").until("▌       2. 提升基础教育阶段科学教育水平");
    desk.done(&["note", "3.1.2", "别处写的"]);
    program.until("别处写的");
    program.send("q");
    assert_eq!(program.ends(), 0);
}

#[test]
fn the_first_run_takes_the_plan_that_colleagues_share() {
    let desk = Desk::new();
    let shared = desk.root().join("共用.git");
    desk.done(&["sync", &shared.display().to_string(), "--create"]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Program::start(folder.path(), folder.path(), (80, 24), Lang::Zh);
    program.until("欢迎使用联席").send("2").until("共用文件夹的路径");
    program.send("没有这里\r").until("没有这里").send("\x15");
    program.send(format!("{}\r", shared.display())).until("任务完成 0/44").send("q");
    assert_eq!(program.ends(), 0);
}

#[test]
fn the_first_run_offers_a_workspace_at_every_width_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        for size in crate::stage::SIZES {
            let folder = tempfile::tempdir().expect("a folder");
            let title = if lang == Lang::Zh { "欢迎使用联席" } else { "Welcome to lianxi" };
            let mut program = Program::start(folder.path(), folder.path(), size, lang);
            program.until(title).until(if lang == Lang::Zh { "退出" } else { "Quit" });
            let text = program.text();
            assert!(text.lines().all(|line| unicode_width::UnicodeWidthStr::width(line) <= size.0.into()), "{text}");
            // one that is made is opened, and is there the next time
            if size.0 == 120 {
                program.send("1").until(if lang == Lang::Zh { "任务完成 0/44" } else { "tasks done 0/44" });
            }
            program.send("q");
            assert_eq!(program.ends(), 0);
        }
    }
}
