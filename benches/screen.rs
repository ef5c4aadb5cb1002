//! What one key costs inside the process: the parts of a frame, in turn, as ratios to an empty frame of the same run.
//!
//! `cargo bench --bench screen`

use lianxi::ops::Moment;
use lianxi::text::{Lang, Text};
use lianxi::tui::app::App;
use lianxi::tui::command::Command;
use lianxi::tui::keymap::Keymap;
use lianxi::tui::term::Colours;
use lianxi::tui::theme::Theme;
use lianxi::workspace::Workspace;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let open = || Workspace::open(root, Some("qingyuan-2021-2025")).expect("the built-in plan opens");
    let moment = Moment { today: "2025-03-12".parse().expect("a date"), second: 0, chance: 1, author: None };
    let app = |workspace| {
        App::new(
            workspace,
            Text::of(Lang::Zh),
            Theme::new(false),
            Keymap::default(),
            moment.clone(),
            (160, 45),
            Colours::True,
        )
    };
    let opening = median(200, || drop(black_box(open())));
    let starting = median(200, || {
        let mut app = app(open());
        black_box(app.draw().len());
    });
    let mut running = app(open());
    running.run(Command::Depth5);
    running.draw();
    let nothing = median(2000, || {
        black_box(running.draw().len());
    });
    let mut down = true;
    running.run(Command::Top);
    let mut steps = 0;
    let moving = median(2000, || {
        steps += 1;
        if steps % 60 == 0 {
            down = !down;
        }
        running.run(if down { Command::Down } else { Command::Up });
        black_box(running.draw().len());
    });
    println!("open            {opening:>10.1?}");
    println!("open and draw   {starting:>10.1?}");
    println!("draw, no change {nothing:>10.1?}");
    println!("cursor move     {moving:>10.1?}  {:.2} x no change", moving.as_secs_f64() / nothing.as_secs_f64());
}

fn median(times: usize, mut f: impl FnMut()) -> Duration {
    f();
    let mut all: Vec<Duration> = (0..times)
        .map(|_| {
            let start = Instant::now();
            f();
            start.elapsed()
        })
        .collect();
    all.sort();
    all[all.len() / 2]
}
