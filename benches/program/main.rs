//! The goals of speed and memory, measured on the program itself and printed as one table of ratios.
//!
//! `cargo bench --bench program`; `LIANXI_N=100000` adds a plan of that size, `LIANXI_BIN` measures another program file.
//! `cargo bench --bench program -- plan FOLDER TASKS [LOG ENTRIES]` only writes a plan, `-- order` the script of `order.rs`.
//!
//! Everything is held against floor programs of the same run (`floor.rs`) and, where they are installed, against vim, less and awk
//! on the same tasks. What is compared runs in turn, A B B A, so that whatever else the machine does meets all alike.

#[cfg(unix)]
mod floor;
#[cfg(unix)]
mod order;
#[cfg(unix)]
mod plan;
#[cfg(unix)]
mod table;
#[cfg(unix)]
#[allow(dead_code, reason = "the table of git uses all of it")]
mod tty;
#[cfg(unix)]
mod turns;

#[cfg(unix)]
fn main() -> std::io::Result<()> {
    program::run()
}

#[cfg(not(unix))]
fn main() {
    println!("there is no pseudo-terminal to measure in");
}

#[cfg(unix)]
mod program {
    use super::floor::{self, Floor};
    use super::order;
    use super::plan::{self, Plan};
    use super::table::{self, Row, median, nearly_worst};
    use super::tty::{Answer, Tty};
    use super::turns::{count, in_turn, ratio, times, whole, with};
    use std::ffi::OsString;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    use std::{env, fs, io};

    /// Words of the title, which the whole first frame shows.
    const READY: &str = "测试方案";
    const TODAY: &str = "2025-03-12";

    pub fn run() -> io::Result<()> {
        let args: Vec<String> = env::args().collect();
        if let Some(at) = args.iter().position(|arg| arg == "plan") {
            let number = |at: usize| args.get(at).and_then(|arg| arg.parse().ok());
            let folder = args.get(at + 1).ok_or_else(|| io::Error::other("plan FOLDER TASKS [LOG ENTRIES]"))?;
            plan::write(Path::new(folder), number(at + 2).unwrap_or(60), number(at + 3).unwrap_or(0))?;
            return Ok(());
        }
        let folder = tempfile::tempdir()?;
        let small = plan::write(&folder.path().join("60"), 60, 0)?;
        let large = match env::var("LIANXI_N").ok().and_then(|count| count.parse().ok()) {
            Some(count) => Some((count, plan::write(&folder.path().join("large"), count, 0)?)),
            None => None,
        };
        if args.iter().any(|arg| arg == "order") {
            return order::print(folder.path(), &small, &program());
        }
        let bare = Floor::build(folder.path())?;
        let mut rows = Vec::new();
        start(&bare, &small, large.as_ref(), &mut rows)?;
        logs(folder.path(), &small, &mut rows)?;
        keys(&bare, &small, large.as_ref(), &mut rows)?;
        burst_and_idle(&small, &mut rows)?;
        search(&small, large.as_ref(), &mut rows)?;
        memory(&bare, &small, large.as_ref(), &mut rows)?;
        commands(&bare, &small, large.as_ref(), &mut rows)?;
        rows.sort_by_key(|row| row.goal.parse::<u32>().unwrap_or(0));
        table::print(&rows);
        Ok(())
    }

    // ---- what is run ------------------------------------------------------------------------------------------------

    fn program() -> OsString {
        env::var_os("LIANXI_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_lianxi").into())
    }

    fn lianxi(plan: &Plan) -> Command {
        let mut command = Command::new(program());
        command.arg("--dir").arg(&plan.root).args(["--today", TODAY]).current_dir(&plan.root);
        command
    }

    fn vim(text: &Path) -> Command {
        let mut command = Command::new("vim");
        command.args(["-Nu", "NONE", "-n", "-R", "-c", "set incsearch hlsearch"]).arg(text);
        command
    }

    fn less(text: &Path) -> Command {
        // less reads keys from its own terminal
        let mut command = Command::new("setsid");
        command.args(["--ctty", "less"]).arg(text);
        command
    }

    fn has(program: &str) -> bool {
        let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    }

    // ---- goals 1 and 2: start ---------------------------------------------------------------------------------------

    fn first_frame(mut command: Command, ready: &str) -> Duration {
        Tty::start(&mut command).expect("it starts").first_frame(ready).time
    }

    fn start(bare: &Floor, small: &Plan, large: Option<&(usize, Plan)>, rows: &mut Vec<Row>) -> io::Result<()> {
        let vim_is_there = has("vim");
        let [floor_times, own, other] = in_turn(15, |which| match which {
            0 => first_frame(bare.echo(), "READY"),
            1 => first_frame(lianxi(small), READY),
            _ if vim_is_there => first_frame(vim(&small.text), "第1项"),
            _ => Duration::MAX,
        });
        rows.push(times("1", "start, 60 tasks, to the floor", ratio(&own, &floor_times), 1.5));
        if vim_is_there {
            rows.push(times("1", "start, 60 tasks, to vim", ratio(&own, &other), 0.6));
        }
        let Some((size, large)) = large else { return Ok(()) };
        let [own, big, other] = in_turn(5, |which| match which {
            0 => first_frame(lianxi(small), READY),
            1 => first_frame(lianxi(large), READY),
            _ if vim_is_there => first_frame(vim(&large.text), "第1项"),
            _ => Duration::MAX,
        });
        rows.push(times("2", format!("start, {size} tasks, to 60 tasks"), ratio(&big, &own), 12.0));
        if vim_is_there {
            rows.push(times("2", format!("start, {size} tasks, to vim"), ratio(&big, &other), 0.35));
        }
        Ok(())
    }

    /// Ten years of records: only what is shown is read.
    fn logs(folder: &Path, small: &Plan, rows: &mut Vec<Row>) -> io::Result<()> {
        let logged = plan::write(&folder.join("logs"), 60, 5000)?;
        let [without, with] = in_turn(11, |which| match which {
            0 => first_frame(lianxi(small), READY),
            _ => first_frame(lianxi(&logged), READY),
        });
        rows.push(times("2", "start with 5,000 log entries, to none", ratio(&with, &without), 1.1));
        Ok(())
    }

    // ---- goals 3 and 4: a key ---------------------------------------------------------------------------------------

    /// A program that stands where its keys are to be measured.
    fn opened(command: &mut Command, ready: &str, keys: &[u8]) -> io::Result<Tty> {
        let mut tty = Tty::start(command)?;
        tty.first_frame(ready);
        if !keys.is_empty() {
            tty.press_until(keys, Duration::from_millis(400));
        }
        Ok(tty)
    }

    fn keys(bare: &Floor, small: &Plan, large: Option<&(usize, Plan)>, rows: &mut Vec<Row>) -> io::Result<()> {
        let mut echo = opened(&mut bare.echo(), "READY", b"")?;
        let mut own = opened(&mut lianxi(small), READY, b"5")?;
        let mut pager =
            if has("less") && has("setsid") { Some(opened(&mut less(&small.text), "第1项", b"")?) } else { None };
        let mut big = match large {
            Some((_, large)) => Some(opened(&mut lianxi(large), READY, b"5")?),
            None => None,
        };
        let mut bytes = Vec::new();
        // down and up again, so that every key moves the cursor
        let mut pressed = [0; 4];
        let mut key = |which: usize| {
            pressed[which] += 1;
            if (pressed[which] - 1) / 60 % 2 == 0 { b"j" } else { b"k" }
        };
        let [floor_times, own_times, pager_times, big_times] = in_turn(300, |which| match which {
            0 => echo.press(key(0)).time,
            1 => {
                let Answer { time, bytes: sent } = own.press(key(1));
                bytes.push(sent as f64);
                time
            }
            2 => pager.as_mut().map_or(Duration::MAX, |pager| pager.press(key(2)).time),
            _ => big.as_mut().map_or(Duration::MAX, |big| big.press(key(3)).time),
        });
        let moved = |times: &[f64]| median(times.iter().copied().filter(|time| *time > 0.0).collect());
        rows.push(times("3", "cursor move, to the floor", moved(&own_times) / moved(&floor_times), 1.5));
        let worst = nearly_worst(own_times.clone()) / nearly_worst(floor_times.clone());
        rows.push(times("3", "cursor move, 99 of 100, to the floor's", worst, 2.0));
        if pager.is_some() {
            rows.push(times("3", "cursor move, to less", moved(&own_times) / moved(&pager_times), 1.1));
        }
        if let Some((size, _)) = large {
            let what = format!("cursor move, {size} tasks, to 60 tasks");
            rows.push(times("3", what, moved(&big_times) / moved(&own_times), 1.3));
        }
        rows.push(count("4", "cursor move, median", median(bytes), 150.0, "bytes"));
        for (what, there, back) in [("page", "\x1b[6~", "\x1b[5~"), ("end", "G", "g"), ("fold", "\x1b[D", "\x1b[C")] {
            own.press(b"5");
            own.press_until(b"\x1b[H", Duration::from_millis(100));
            let mut at_home = true;
            let [floor_times, own_times] = in_turn(60, |which| match which {
                0 => echo.press(b"j").time,
                _ => {
                    let key = if at_home { there } else { back };
                    at_home = !at_home;
                    own.press(key.as_bytes()).time
                }
            });
            rows.push(times("3", format!("{what}, to the floor"), moved(&own_times) / moved(&floor_times), 2.0));
        }
        own.press_until(b"\x1b[H", Duration::from_millis(100));
        let page = own.press_until(b"\x0c", Duration::from_millis(100));
        let text = own.screen().contents().len() as f64;
        rows.push(times("4", "whole frame, to its text", page.bytes as f64 / text, 1.1));
        Ok(())
    }

    // ---- goals 5 and 7: many keys, none ------------------------------------------------------------------------------

    fn burst_and_idle(small: &Plan, rows: &mut Vec<Row>) -> io::Result<()> {
        let quiet = Duration::from_millis(300);
        let mut own = opened(&mut lianxi(small), READY, b"5")?;
        let mut editor = if has("vim") { Some(opened(&mut vim(&small.text), "第1项", b"")?) } else { None };
        let mut frames = Vec::new();
        let [own_times, editor_times] = in_turn(7, |which| {
            let (tty, home) = match (which, &mut editor) {
                (0, _) => (&mut own, &b"g"[..]),
                (_, Some(editor)) => (editor, &b"gg"[..]),
                (_, None) => return Duration::MAX,
            };
            tty.press_until(home, Duration::from_millis(100));
            let before = tty.proc("io", "syscw");
            let answer = tty.press_until(&[b'j'; 1000], quiet);
            if which == 0 {
                frames.push((tty.proc("io", "syscw") - before) as f64);
            }
            answer.time
        });
        rows.push(count("5", "1,000 keys at once", median(frames), 3.0, "frames"));
        if editor.is_some() {
            rows.push(times("5", "1,000 keys at once, to vim", ratio(&own_times, &editor_times), 0.02));
        }
        own.idle(Duration::from_millis(500));
        let before = own.sleeps();
        let bytes = own.idle(Duration::from_secs(10));
        rows.push(count("7", "10 s idle", (own.sleeps() - before) as f64, 0.0, "wake-ups"));
        rows.push(count("7", "10 s idle", bytes as f64, 0.0, "bytes"));
        Ok(())
    }

    // ---- goal 6: search ----------------------------------------------------------------------------------------------

    fn search(small: &Plan, large: Option<&(usize, Plan)>, rows: &mut Vec<Row>) -> io::Result<()> {
        if !has("vim") {
            return Ok(());
        }
        let both = [("60".to_string(), small)].into_iter().chain(large.map(|(size, plan)| (size.to_string(), plan)));
        for (size, plan) in both {
            let mut own = opened(&mut lianxi(plan), READY, b"5")?;
            let mut editor = opened(&mut vim(&plan.text), "第1项", b"gg")?;
            let letters = ["农", "民", "科", "学"];
            let [own_times, editor_times] = in_turn(3, |which| {
                let (tty, end) = if which == 0 { (&mut own, &b"\x1b"[..]) } else { (&mut editor, &b"\x1b\x1b"[..]) };
                tty.press_until(b"/", Duration::from_millis(100));
                let all = letters.iter().map(|letter| tty.press(letter.as_bytes()).time).sum();
                tty.press_until(end, Duration::from_millis(200));
                all
            });
            rows.push(times(
                "6",
                format!("search as you type, {size} tasks, to vim"),
                ratio(&own_times, &editor_times),
                1.0,
            ));
        }
        Ok(())
    }

    // ---- goal 8: memory ----------------------------------------------------------------------------------------------

    fn memory(bare: &Floor, small: &Plan, large: Option<&(usize, Plan)>, rows: &mut Vec<Row>) -> io::Result<()> {
        let least = opened(&mut bare.echo(), "READY", b"")?.proc("status", "VmHWM") as f64;
        let own = opened(&mut lianxi(small), READY, b"")?.proc("status", "VmHWM") as f64;
        rows.push(times("8", "memory, 60 tasks, to the floor", own / least, 2.0));
        if let Some((size, plan)) = large {
            let mut tty = opened(&mut lianxi(plan), READY, b"")?;
            tty.idle(Duration::from_secs(10));
            let own = tty.proc("status", "VmHWM") as f64 * 1024.0;
            rows.push(times("8", format!("memory, {size} tasks, to the plan's bytes"), own / plan.bytes as f64, 1.5));
        }
        Ok(())
    }

    // ---- goals 9 and 10: commands ------------------------------------------------------------------------------------

    fn commands(bare: &Floor, small: &Plan, large: Option<&(usize, Plan)>, rows: &mut Vec<Row>) -> io::Result<()> {
        let [least, own] = in_turn(60, |which| match which {
            0 => whole(bare.noop()),
            _ => whole(with(lianxi(small), &["tasks"])),
        });
        rows.push(times("9", "`tasks`, 60 tasks, to an empty process", ratio(&own, &least), 1.5));
        let has_awk = Command::new("awk").arg("BEGIN{}").status().is_ok_and(|status| status.success());
        if let Some((size, large)) = large.filter(|_| has_awk) {
            let [own, other] = in_turn(5, |which| match which {
                0 => whole(with(lianxi(large), &["tasks"])),
                _ => {
                    let mut awk = Command::new("awk");
                    awk.args(["-F\t", "{print}"]).arg(&large.table);
                    whole(awk)
                }
            });
            rows.push(times("9", format!("`tasks`, {size} tasks, to awk on a table"), ratio(&own, &other), 1.0));
        }
        rows.push(times("10", "`mark`, 60 tasks, to an empty process and its writes", mark(bare, small, 40)?, 1.3));
        if let Some((size, large)) = large {
            let what = format!("`mark`, {size} tasks, to an empty process and its writes");
            rows.push(times("10", what, mark(bare, large, 5)?, 2.0));
        }
        Ok(())
    }

    fn mark(bare: &Floor, plan: &Plan, rounds: usize) -> io::Result<f64> {
        let row = plan.task.rsplit_once('.').map_or("", |(row, _)| row);
        let file = plan.root.join("plans/plan/tasks").join(format!("{row}.toml"));
        let (copy, log) = (plan.root.join("copy.toml"), plan.root.join(".git/lianxi/log"));
        let text = fs::read(&file)?;
        let mut turn = 0;
        let [least, own] = in_turn(rounds, |which| match which {
            0 => {
                let begun = Instant::now();
                floor::durable(&copy, &text, &log).expect("the disk takes it");
                begun.elapsed() + whole(bare.noop())
            }
            _ => {
                turn += 1;
                let status = if turn % 2 == 0 { "blocked" } else { "doing" };
                whole(with(lianxi(plan), &["mark", &plan.task, status]))
            }
        });
        Ok(ratio(&own, &least))
    }
}
