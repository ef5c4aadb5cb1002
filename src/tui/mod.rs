//! The screen in the terminal.
//!
//! ```text
//! ┌ tabs ──────────────────────────────────────────┐  screens/bars
//! │ tree 规划            │ official text, one flow  │  screens/tree, screens/flow
//! │                      │──────────────────────────│
//! │                      │ what the office keeps    │  screens/details
//! │ what the keys do here                           │  screens/bars
//! └ status line ───────────────────────────────────┘
//! ```
//!
//! A key becomes a [`Command`](command::Command) by the [keymap], the [`App`] runs it, one frame is drawn for
//! all keys that were waiting. Popups lie over the screen and answer with an [`Action`](action::Action).

pub mod action;
pub mod app;
mod choose_plan;
pub mod command;
mod first_run;
pub mod keymap;
pub mod look;
mod popup;
pub mod screens;
pub mod term;
pub mod theme;

use crate::domain::NodeId;
use crate::ops::{Moment, Refusal};
use crate::text::Text;
use crate::workspace::watch::Watch;
use crate::workspace::{OpenError, Reach, State, Workspace, find_root, list_plans};
use app::App;
use keymap::Keymap;
use std::io;
use std::path::PathBuf;
use term::{Colours, Event, Input, Terminal};
use theme::Theme;

/// What the screen needs to know of the world; read in `main.rs`.
pub struct TuiArgs {
    /// Where plans are looked for, from here upwards.
    pub dir: PathBuf,
    pub plan: Option<String>,
    /// The past state that is to be looked at instead of the files.
    pub past: Option<State>,
    pub text: &'static Text,
    /// The clock.
    pub moment: Box<dyn Fn() -> Moment>,
    /// Where a first workspace would be made.
    pub data_dir: Option<PathBuf>,
    /// The user's key file, as it was read; `None` where there is none.
    pub keys: Option<String>,
    pub colours: Colours,
    pub is_light: bool,
    /// A meeting to show on the wall, read-only; as somebody names it.
    pub project: Option<String>,
}

/// Why the screen ended before its time.
#[derive(Debug)]
pub enum TuiError {
    Terminal(io::Error),
    Open(OpenError),
    /// There is no such meeting.
    Refused(Box<Refusal>),
}

/// Runs the screen until the user quits.
///
/// # Errors
/// No terminal, or no plan that can be opened.
pub fn run(args: TuiArgs) -> Result<(), TuiError> {
    let moment = (args.moment)();
    let root = find_root(&args.dir);
    let mut opened = root.as_ref().map(|root| match &args.past {
        Some(state) => Workspace::as_of(root, args.plan.as_deref(), state),
        None => Workspace::open_as_far(root, args.plan.as_deref(), Reach::FirstLook),
    });
    // the terminal is not taken for a plan that cannot be opened anyway
    opened = match opened {
        Some(Err(error)) if !matches!(error, OpenError::WhichPlan { .. }) => return Err(TuiError::Open(error)),
        other => other,
    };
    let mut terminal = Terminal::enter().map_err(TuiError::Terminal)?;
    let mut input = Input::new().map_err(TuiError::Terminal)?;
    let size = terminal.size().map_err(TuiError::Terminal)?;
    let theme = Theme::new(args.is_light);
    if let (Some(root), Some(Err(OpenError::WhichPlan { .. }))) = (&root, &opened) {
        let plans = list_plans(root);
        let chosen = choose_plan::choose_plan(&args, &theme, &plans, &mut terminal, &mut input);
        let Some(plan) = chosen.map_err(TuiError::Terminal)? else { return Ok(()) };
        opened = Some(Workspace::open(root, Some(&plan)));
    }
    let mut workspace = match opened {
        Some(opened) => opened.map_err(TuiError::Open)?,
        None => match first_run::first_run(&args, &theme, &mut terminal, &mut input).map_err(TuiError::Terminal)? {
            Some(root) => Workspace::open(&root, None).map_err(TuiError::Open)?,
            None => return Ok(()),
        },
    };
    // a first frame shows where the last one stood
    if !workspace.is_whole() && workspace.view().is_some_and(|view| !workspace.has_seen(&view)) {
        workspace.read_rest();
    }
    let (keymap, key_error) = match args.keys.as_deref().map(Keymap::read) {
        None => (Keymap::default(), None),
        Some(Ok(keymap)) => (keymap, None),
        Some(Err(error)) => (Keymap::default(), Some(error)),
    };
    let mut app = App::new(workspace, args.text, theme, keymap, moment, size, args.colours);
    if let Some(error) = key_error {
        app.warn_about_keys(&error);
    }
    if let Some(meeting) = &args.project
        && let Err(refusal) = app.project(meeting)
    {
        return Err(TuiError::Refused(refusal));
    }
    let mut screen = Loop { terminal: &mut terminal, watch: None, watched: None };
    let done = screen.run(&mut app, &mut input, &args);
    app.end_sync();
    app.keep_view();
    done.map_err(TuiError::Terminal)
}

/// The event loop: draw, wait, take everything that waits, draw.
struct Loop<'t> {
    terminal: &'t mut Terminal,
    watch: Option<Watch>,
    watched: Option<NodeId>,
}

impl Loop<'_> {
    fn run(&mut self, app: &mut App, input: &mut Input, args: &TuiArgs) -> io::Result<()> {
        app.set_waker(input.waker());
        if !app.can_begin() {
            app.read_rest();
        }
        self.terminal.write(app.draw())?;
        // after the first frame, so that nobody waits for it
        self.watch = Watch::new(app.workspace());
        app.read_rest();
        app.read_meetings();
        self.terminal.write(app.draw())?;
        loop {
            self.follow(app);
            let events = self.wait(input)?;
            app.set_moment((args.moment)());
            for event in events {
                match event {
                    Event::Key(key) => app.key(key),
                    Event::Paste(text) => app.paste(&text),
                    Event::Resize(width, height) => app.resize(width, height),
                    Event::Ready(_) => {
                        if self.watch.as_ref().is_none_or(Watch::drain) {
                            // folders may have appeared: they are watched before they are read, so that nothing is missed
                            if let Some(watch) = &self.watch {
                                watch.renew(app.workspace());
                            }
                            if let (Some(watch), Some(id)) = (&self.watch, app.selected()) {
                                watch.add_log(app.workspace(), id);
                            }
                            app.refresh();
                        }
                    }
                    Event::Resumed => {
                        self.terminal.retake()?;
                        app.redraw();
                        app.refresh();
                    }
                    Event::Terminate => return Ok(()),
                    Event::Woken => app.hear(),
                    Event::Deadline => {}
                }
                if app.has_quit() {
                    return Ok(());
                }
                if app.takes_suspend() {
                    self.terminal.suspend()?;
                    app.redraw();
                    app.refresh();
                }
            }
            self.terminal.write(app.draw())?;
        }
    }

    #[cfg(target_os = "linux")]
    fn wait(&mut self, input: &mut Input) -> io::Result<Vec<Event>> {
        use std::os::fd::AsFd;
        match &self.watch {
            Some(watch) => input.next_batch(&[watch.as_fd()], None),
            None => input.next_batch(&[], None),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn wait(&mut self, input: &mut Input) -> io::Result<Vec<Event>> {
        input.next_batch(&[], None)
    }

    /// Watches the log of the task under the cursor too.
    fn follow(&mut self, app: &App) {
        let Some(id) = app.selected().filter(|id| Some(*id) != self.watched.as_ref()) else { return };
        // a task without a log is watched through `log/`, where its folder will appear
        if let Some(watch) = self.watch.as_ref().filter(|_| !app.workspace().log(id).is_empty()) {
            watch.add_log(app.workspace(), id);
            self.watched = Some(id.clone());
        }
    }
}
