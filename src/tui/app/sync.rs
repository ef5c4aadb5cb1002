//! Sync in a thread of its own: the screen stays usable, the status line tells how far it is, Esc stops it.

use super::App;
use crate::git::Stop;
use crate::ops::{self, Step, SyncRefusal, SyncReport, SyncRequest, Waiting};
use crate::tui::popup::{Page, Popup};
use crate::tui::screens::bars::Tone;
use crate::tui::term::Waker;
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long another place may say nothing.
const SILENCE: Duration = Duration::from_secs(90);

/// A sync that runs.
#[derive(Debug)]
pub(super) struct Work {
    stop: Stop,
    heard: Receiver<Heard>,
    thread: Option<JoinHandle<()>>,
}

/// What it tells.
#[derive(Debug)]
enum Heard {
    Step(Step),
    Done(Box<Result<SyncReport, SyncRefusal>>),
}

impl App {
    /// Has other threads end the wait for keys.
    pub fn set_waker(&mut self, waker: Waker) {
        self.waker = Some(waker);
    }

    /// Begins a sync with the usual place.
    pub(super) fn begin_sync(&mut self) {
        if self.work.is_some() {
            return self.say(Tone::Warned, self.text.sync.busy);
        }
        let (root, moment, text) = (self.workspace.root().to_path_buf(), self.moment.clone(), self.text);
        let (sender, heard) = mpsc::channel();
        let (stop, waker) = (Stop::default(), self.waker.clone());
        let asked = stop.clone();
        let thread = thread::spawn(move || {
            let tell = |heard: Heard| {
                // nobody listens any more where the program has ended
                let _ = sender.send(heard);
                waker.iter().for_each(Waker::wake);
            };
            let mut step = |step: Step| tell(Heard::Step(step));
            let request = SyncRequest { here: root.clone(), ..SyncRequest::default() };
            let mut waiting = Waiting { stop: asked, silence: SILENCE, tell: &mut step };
            let done = ops::sync(&root, &request, &moment, text, &mut waiting);
            tell(Heard::Done(Box::new(done)));
        });
        self.work = Some(Work { stop, heard, thread: Some(thread) });
        self.tell_step(Step::Keeping);
    }

    /// Takes what a sync has told meanwhile.
    pub fn hear(&mut self) {
        while let Some(heard) = self.work.as_ref().and_then(|work| work.heard.try_recv().ok()) {
            self.take(heard);
        }
    }

    /// Waits until a sync has ended; at once where none runs.
    pub fn wait_for_sync(&mut self) {
        while let Some(heard) = self.work.as_ref().and_then(|work| work.heard.recv().ok()) {
            self.take(heard);
        }
    }

    /// Asks a sync to stop, which ends at the next safe place; whether one runs.
    pub(super) fn stop_sync(&self) -> bool {
        self.work.iter().for_each(|work| work.stop.ask());
        self.work.is_some()
    }

    /// Ends a sync before the program ends.
    pub fn end_sync(&mut self) {
        if self.stop_sync() {
            self.wait_for_sync();
        }
    }

    fn take(&mut self, heard: Heard) {
        match heard {
            Heard::Step(step) => self.tell_step(step),
            Heard::Done(done) => {
                if let Some(thread) = self.work.take().and_then(|mut work| work.thread.take()) {
                    let _ = thread.join();
                }
                self.version += 1;
                self.refresh();
                match *done {
                    Ok(report) => self.tell_report(&report),
                    Err(refusal) => self.tell_refusal(&refusal),
                }
            }
        }
    }

    fn tell_step(&mut self, step: Step) {
        self.version += 1;
        let words = format!("{}  {}", ops::say_step(step, self.text), self.text.sync.stop_hint);
        self.message = Some((Tone::Said, words));
    }

    fn tell_report(&mut self, report: &SyncReport) {
        let say = &self.text.sync;
        let mut words: Vec<String> = Vec::new();
        if !report.conflicts.is_empty() {
            words.push((say.conflicts)(report.conflicts.len()));
        }
        let taken = report.taken.iter().map(|taken| taken.changes.len()).sum::<usize>();
        words.extend((taken > 0).then(|| (say.took_changes)(taken)));
        words.push(ops::say_end(report, self.text));
        let tone = if report.conflicts.is_empty() { Tone::Said } else { Tone::Warned };
        self.message = Some((tone, words.join(self.text.sync.between)));
    }

    /// A refusal of several lines is a list to go through: it gets a page.
    fn tell_refusal(&mut self, refusal: &SyncRefusal) {
        let words = ops::say_sync_refusal(refusal, self.text);
        let mut lines = words.lines().map(str::trim);
        let first = lines.next().unwrap_or_default().to_string();
        let list: Vec<(String, String)> = lines
            .map(|line| match line.split_once(": ") {
                Some((place, message)) => (place.to_string(), message.to_string()),
                None => (line.to_string(), String::new()),
            })
            .collect();
        if !list.is_empty() && self.popup.is_none() {
            self.popup = Some(Popup::Page(Page::problems(&self.look(), &list)));
        }
        self.message = Some((Tone::Warned, first));
    }
}
