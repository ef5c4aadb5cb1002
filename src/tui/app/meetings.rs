//! The screen of meetings: what its keys do.

use super::App;
use crate::domain::meeting::{
    Attendance, CallReply, Meeting, MeetingState, Suggestion, TopicState, next_meeting, since_notice,
};
use crate::domain::{Field, Record, RecordId, RecordKind, Str, UnitId};
use crate::ops;
use crate::tui::action::Filled;
use crate::tui::command::{Command, Scope};
use crate::tui::popup::{Filter, Page, Popup, SignIn};
use crate::tui::screens::bars::{ScreenKind, Tone};
use crate::tui::screens::meetings::{Part, Suggested, attendance as counted, current};
use crate::workspace::View;

impl App {
    /// Which keys hold, the narrowest first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        match (self.front, self.meetings.part()) {
            (ScreenKind::Meetings, Part::Room) => &[Scope::Room, Scope::Meetings, Scope::Everywhere],
            (ScreenKind::Meetings, _) => &[Scope::Meetings, Scope::Everywhere],
            (ScreenKind::Review, _) => &[Scope::Review, Scope::Everywhere],
            (ScreenKind::Tree | ScreenKind::Matrix, _) => &[Scope::Everywhere],
        }
    }

    /// Shows one meeting on the wall and nothing else.
    ///
    /// # Errors
    /// No meeting or several answer to the name.
    pub fn project(&mut self, meeting: &str) -> Result<(), Box<ops::Refusal>> {
        let found = ops::meeting::resolve_meeting(&mut self.workspace, meeting, self.moment.today);
        self.projected = Some(found.map_err(Box::new)?);
        self.front = ScreenKind::Tree;
        self.popup = None;
        Ok(())
    }

    /// Reads what there is of meetings; the first time, everything.
    pub fn read_meetings(&mut self) {
        ops::read_follow(&mut self.workspace, self.moment.today);
        self.rebuild_meetings();
    }

    pub(super) fn rebuild_meetings(&mut self) {
        if self.meetings.part() == Part::Suggestions {
            let found = ops::meeting::suggestions(&mut self.workspace, None, self.moment.today).unwrap_or_default();
            let suggested = |one: Suggestion| Suggested {
                key: one.key.to_string(),
                title: one.title.to_string(),
                reason: ops::meeting::say_reason(&one.reason, self.text),
                task: one.tasks.first().cloned(),
            };
            self.meetings.suggestions = found.into_iter().map(suggested).collect();
        }
        let of_minutes = matches!(self.meetings.part(), Part::Minutes | Part::Findings);
        if of_minutes && !self.meetings.meeting().is_empty() {
            self.read_minutes();
        }
        self.meetings.rebuild(self.workspace.plan());
    }

    pub(super) fn restore_meetings(&mut self, view: &View) {
        if !view.meeting.is_empty() || self.front == ScreenKind::Meetings {
            ops::read_follow(&mut self.workspace, self.moment.today);
            if !view.meeting.is_empty() {
                self.meetings.open(view.meeting.as_str().into(), Part::Agenda);
            }
            self.rebuild_meetings();
        }
        if let [meeting, key, what, field, text] = view.taken.as_slice()
            && let Some(field) = Field::parse(field)
        {
            let id = |kind| RecordId::new(kind, meeting.as_str(), key.as_str());
            let filled = match what.as_str() {
                "resolution" => Filled::Decide(id(RecordKind::Item), "resolution"),
                "assignment" => Filled::Decide(id(RecordKind::Item), "assignment"),
                "line" => Filled::TakeDown(id(RecordKind::Item)),
                "outcome" => Filled::Edit(id(RecordKind::Outcome)),
                _ => Filled::Edit(id(RecordKind::Line)),
            };
            self.taken = Some((filled, field, text.clone()));
            if self.front == ScreenKind::Meetings {
                self.resume(meeting.as_str().into());
            }
        }
    }

    /// Opens the form of the line that was being taken down when the last run ended, at once: its meeting may be on.
    fn resume(&mut self, meeting: Str) {
        let Some((filled, _, _)) = &self.taken else { return };
        let filled = filled.clone();
        let (Filled::Decide(id, _) | Filled::TakeDown(id) | Filled::Edit(id)) = &filled else { return };
        let Some(record) = self.workspace.plan().record(id).cloned() else { return };
        self.meetings.open(meeting, Part::Room);
        self.rebuild_meetings();
        self.meetings.show(id);
        match &filled {
            Filled::Decide(item, kind) => self.capture_for(item.clone(), &record, kind),
            Filled::TakeDown(item) => self.take_down_for(item.clone()),
            _ => self.edit_row(),
        }
    }

    /// The unfinished line as the view keeps it.
    pub(super) fn taken_view(&self) -> Vec<String> {
        let open = match &self.popup {
            Some(Popup::Form(form)) => form.unsaved().map(|(field, text)| (form.filled().clone(), field, text)),
            _ => None,
        };
        let Some((filled, field, text)) = open.or_else(|| self.taken.clone()) else { return Vec::new() };
        let (id, what) = match &filled {
            Filled::Decide(id, kind) => (id, *kind),
            Filled::TakeDown(id) => (id, "line"),
            Filled::Edit(id) if id.kind == RecordKind::Outcome => (id, "outcome"),
            Filled::Edit(id) if id.kind == RecordKind::Line => (id, "record"),
            Filled::New(..)
            | Filled::NewPaper(_)
            | Filled::Edit(_)
            | Filled::Judge(..)
            | Filled::Sentence(..)
            | Filled::Insert(..)
            | Filled::Stage(_)
            | Filled::Confirm(_)
            | Filled::Step(_)
            | Filled::Motion(_) => {
                return Vec::new();
            }
        };
        vec![id.meeting.to_string(), id.key.to_string(), what.to_string(), field.token().to_string(), text]
    }

    pub(super) fn turn_part(&mut self, by: isize) {
        self.meetings.step_part(by);
        self.rebuild_meetings();
    }

    /// Back from a part, a filter or a meeting.
    pub(super) fn leave_meeting(&mut self) {
        if self.meetings.part() == Part::Chain {
            self.leave_chain();
        } else if !self.meetings.filter().is_empty() && self.meetings.meeting().is_empty() {
            self.meetings.set_filter("");
            self.rebuild_meetings();
        } else {
            self.meetings.close(self.workspace.plan());
        }
    }

    /// Enter: a meeting opens, everything else is edited.
    pub(super) fn open_row(&mut self) {
        match self.meetings.record().cloned() {
            Some(id) if id.kind == RecordKind::Meeting => self.open_meeting(id.meeting),
            Some(_) if self.meetings.part() == Part::Chains => self.show_chain(),
            Some(_) => self.edit_row(),
            None if self.meetings.suggestion().is_some() => self.go_task(),
            None if self.meetings.link().is_some() => self.follow_link(),
            None if self.meetings.reply().is_some() => self.open_reply(),
            None if self.meetings.finding().is_some() => self.follow_finding(),
            None => {}
        }
    }

    /// Opens a meeting where its state says that the work is.
    pub(super) fn open_meeting(&mut self, meeting: Str) {
        let id = RecordId::new(RecordKind::Meeting, meeting.clone(), "");
        let state = self.workspace.plan().record(&id).map_or("", |record| record.text(Field::State));
        let part = match state {
            "in_session" => Part::Room,
            "minutes" => Part::Minutes,
            "issued" | "closed" => Part::FollowUp,
            _ => Part::Agenda,
        };
        self.meetings.open(meeting, part);
        self.rebuild_meetings();
    }

    /// Does a command that means something of its own here; whether it did.
    pub(super) fn run_in_meetings(&mut self, command: Command) -> bool {
        match command {
            Command::Search => {
                self.popup = Some(Popup::Filter(Filter::new(self.meetings.filter())));
                if !self.meetings.meeting().is_empty() {
                    self.popup = None;
                    return false;
                }
            }
            Command::Add if self.is_at_minutes() => self.add_sentence(),
            Command::Edit | Command::Toggle if self.is_at_minutes() => self.edit_sentence(),
            Command::Edit if self.meetings.finding().is_some() => self.follow_finding(),
            Command::Edit if self.meetings.link().is_some() => self.follow_link(),
            Command::Drop if self.is_at_minutes() => self.restore_sentence(),
            Command::Advance if self.is_at_minutes() => self.next_stage(),
            Command::SignIn if self.is_at_minutes() => self.confirm_paragraph(),
            Command::Advance if self.meetings.decision().is_some() && self.is_at_decisions() => self.next_step(),
            Command::Take if self.is_at_decisions() => self.track(),
            Command::Add => self.add_row(),
            Command::Edit => self.edit_row(),
            Command::SignIn => match self.meetings.chosen_meeting() {
                Some(meeting) => self.popup = Some(Popup::SignIn(SignIn::new(meeting, &self.look()))),
                None => self.say(Tone::Warned, self.text.rooms.only_in_meeting),
            },
            Command::Room => match self.meetings.chosen_meeting() {
                Some(meeting) => {
                    self.meetings.open(meeting, Part::Room);
                    self.rebuild_meetings();
                }
                None => self.say(Tone::Warned, self.text.rooms.only_in_meeting),
            },
            Command::GoTask => self.go_task(),
            Command::Decide => self.capture("resolution"),
            Command::Entrust => self.capture("assignment"),
            Command::TakeDown => self.take_down(),
            Command::Take => self.take_row(),
            Command::Drop => self.drop_row(),
            Command::Defer => self.judge("deferred"),
            Command::Earlier => self.reorder(-1),
            Command::Later => self.reorder(1),
            Command::Advance => self.advance(),
            Command::Changed => self.show_changed(),
            Command::Export => self.choose_paper(),
            Command::Postpone => self.postpone(),
            Command::Motion => self.motion(),
            Command::NextItem => self.go_on(true),
            Command::PreviousItem => self.go_on(false),
            Command::Chain => self.show_chain(),
            Command::Remind => self.remind(),
            Command::Depth1 => return self.sign(0),
            Command::Depth2 => return self.sign(1),
            Command::Depth3 => return self.sign(2),
            Command::Depth4 => return self.sign(3),
            Command::Depth5 => return self.sign(4),
            _ => return false,
        }
        true
    }

    /// A digit on the roster signs the department under the cursor in.
    fn sign(&mut self, nth: usize) -> bool {
        let Some(id) = self.meetings.record().filter(|id| id.kind == RecordKind::Attendee).cloned() else {
            return false;
        };
        let word = RecordKind::Attendee.words(Field::Attendance).split(' ').nth(nth);
        self.attend(&id.meeting, &UnitId::new(id.key.as_str()), word);
        self.meetings.move_by(1);
        true
    }

    /// The clause of the row under the cursor, on the tree.
    fn go_task(&mut self) {
        let plan = self.workspace.plan();
        let of_row = match self.meetings.suggestion() {
            Some(suggested) => suggested.task.clone(),
            None => {
                let row = self.meetings.record().or_else(|| self.meetings.decision());
                row.and_then(|id| plan.record(id)?.nodes(Field::Tasks).first().cloned())
            }
        };
        let of_room =
            || current(plan, self.meetings.meeting()).and_then(|(_, item)| item.nodes(Field::Tasks).first().cloned());
        let Some(id) = of_row.or_else(|| (self.meetings.part() == Part::Room).then(of_room).flatten()) else {
            return self.say(Tone::Warned, self.text.rooms.no_task);
        };
        self.go(&id);
    }

    /// The item that the meeting is at, or a hint that it has not begun.
    pub(super) fn current_item(&mut self) -> Option<(RecordId, Record)> {
        let found = current(self.workspace.plan(), self.meetings.meeting());
        let found = found.map(|(id, record)| (id.clone(), record.clone()));
        if found.is_none() {
            self.say(Tone::Warned, self.text.rooms.not_begun);
        }
        found
    }

    pub(super) fn attend(&mut self, meeting: &Str, unit: &UnitId, attendance: Option<&'static str>) -> bool {
        let attendance = attendance.and_then(Attendance::parse);
        let done = ops::meeting::attend(&mut self.workspace, meeting, std::slice::from_ref(unit), attendance, None);
        let is_done = self.tell(done);
        if is_done {
            self.say(Tone::Said, &counted(self.workspace.plan(), meeting, self.text));
        }
        is_done
    }

    /// Space: what is under the cursor comes on the agenda, has arrived, or gets a paper.
    fn take_row(&mut self) {
        let moment = self.moment_with_author();
        if let Some(key) = self.meetings.suggestion().map(|suggested| suggested.key.clone()) {
            let next = next_meeting(self.workspace.plan(), moment.today).map(|meeting| meeting.id.to_string());
            let done = ops::meeting::take_suggestion(&mut self.workspace, &moment, &key, next.as_deref());
            self.tell(done);
            return;
        }
        if let Some((unit, reply)) = self.meetings.reply().cloned() {
            let done = ops::meeting::without_topic(&mut self.workspace, &[unit], reply != CallReply::Nothing);
            if self.tell(done) {
                self.meetings.move_by(1);
            }
            return;
        }
        let Some(id) = self.meetings.record().cloned() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let done = match id.kind {
            RecordKind::Topic => {
                let next = next_meeting(self.workspace.plan(), moment.today).map(|meeting| meeting.id.to_string());
                match next {
                    Some(next) => ops::meeting::take_topic(&mut self.workspace, &moment, &next, &id.key),
                    None => ops::meeting::settle_topic(&mut self.workspace, &id.key, TopicState::Accepted, ""),
                }
            }
            RecordKind::Paper => {
                let has = self.workspace.plan().record(&id).is_some_and(|paper| paper.date(Field::Received).is_some());
                let on = (!has).then_some(moment.today);
                ops::meeting::paper_received(&mut self.workspace, &id.meeting, &id.key, on)
            }
            RecordKind::Item => return self.add_paper(id),
            RecordKind::Attendee => {
                self.sign(0);
                return;
            }
            RecordKind::Office
            | RecordKind::Call
            | RecordKind::Dismissal
            | RecordKind::Opinion
            | RecordKind::Draft
            | RecordKind::Meeting
            | RecordKind::Notice
            | RecordKind::Line
            | RecordKind::Outcome
            | RecordKind::Step
            | RecordKind::Minutes
            | RecordKind::Sentence
            | RecordKind::Stage
            | RecordKind::Correction => return self.say(Tone::Warned, self.text.rooms.nothing_here),
        };
        self.tell(done);
    }

    /// Takes the row off: a suggestion until something changes, a topic with a reason, an item from the agenda.
    fn drop_row(&mut self) {
        let moment = self.moment_with_author();
        if let Some(key) = self.meetings.suggestion().map(|suggested| suggested.key.clone()) {
            let done = ops::meeting::dismiss_suggestion(&mut self.workspace, &moment, &key);
            self.tell(done);
            return;
        }
        if let Some((unit, _)) = self.meetings.reply().cloned() {
            let done = ops::meeting::without_topic(&mut self.workspace, &[unit], false);
            self.tell(done);
            return;
        }
        let Some(id) = self.meetings.record().cloned() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        match id.kind {
            RecordKind::Topic => self.judge("rejected"),
            RecordKind::Item => {
                let done = ops::meeting::drop_item(&mut self.workspace, &id.meeting, &id.key);
                self.tell(done);
            }
            RecordKind::Outcome if self.meetings.part() == Part::Room => {
                let done = ops::meeting::drop_outcome(&mut self.workspace, &id);
                self.tell(done);
            }
            RecordKind::Attendee => {
                self.attend(&id.meeting, &UnitId::new(id.key.as_str()), None);
            }
            RecordKind::Office
            | RecordKind::Call
            | RecordKind::Dismissal
            | RecordKind::Opinion
            | RecordKind::Draft
            | RecordKind::Meeting
            | RecordKind::Notice
            | RecordKind::Paper
            | RecordKind::Line
            | RecordKind::Outcome
            | RecordKind::Step
            | RecordKind::Minutes
            | RecordKind::Sentence
            | RecordKind::Stage
            | RecordKind::Correction => self.say(Tone::Warned, self.text.rooms.nothing_here),
        }
    }

    /// One place up or down the agenda.
    fn reorder(&mut self, by: isize) {
        let Some(id) = self.meetings.record().filter(|id| id.kind == RecordKind::Item).cloned() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let plan = self.workspace.plan();
        let number = Meeting::of(plan, &id.meeting).and_then(|meeting| {
            meeting.agenda().into_iter().find(|slot| *slot.item.key == id.key).and_then(|slot| slot.number)
        });
        let Some(number) = number.map(|number| number.saturating_add_signed(by)).filter(|number| *number > 0) else {
            return;
        };
        let count = Meeting::of(plan, &id.meeting)
            .map_or(0, |meeting| meeting.agenda().iter().filter(|slot| slot.number.is_some()).count());
        if number <= count {
            let done = ops::meeting::order_item(&mut self.workspace, &id.meeting, &id.key, number);
            self.tell(done);
        }
    }

    /// The next step of the meeting: notify, open, end, close.
    fn advance(&mut self) {
        let Some(meeting) = self.meetings.chosen_meeting() else {
            return self.say(Tone::Warned, self.text.rooms.only_in_meeting);
        };
        let moment = self.moment_with_author();
        let state = Meeting::of(self.workspace.plan(), &meeting).map(|meeting| meeting.state()).unwrap_or_default();
        let (is_done, part) = match state {
            MeetingState::Draft => {
                let done = ops::meeting::notify(&mut self.workspace, &moment, &meeting);
                (self.tell(done), None)
            }
            MeetingState::Notified => (self.open_session(&moment, &meeting), Some(Part::Room)),
            MeetingState::InSession | MeetingState::Issued => {
                let done = ops::meeting::close(&mut self.workspace, &moment, &meeting);
                (self.tell(done), (state == MeetingState::InSession).then_some(Part::Minutes))
            }
            MeetingState::Minutes | MeetingState::Closed => {
                return self.say(Tone::Warned, self.text.rooms.nothing_here);
            }
        };
        if let (true, Some(part)) = (is_done, part) {
            self.meetings.open(meeting, part);
            self.rebuild_meetings();
        }
    }

    /// The current item is taken up next time; the meeting goes on.
    fn postpone(&mut self) {
        let Some((id, _)) = self.current_item() else { return };
        let moment = self.moment_with_author();
        let done = ops::meeting::postpone(&mut self.workspace, &moment, &id.meeting, &id.key);
        self.tell(done);
    }

    /// Goes on, or back to the item before; a meeting that has not begun begins.
    fn go_on(&mut self, forward: bool) {
        let meeting = self.meetings.meeting().clone();
        let moment = self.moment_with_author();
        let Some(view) = Meeting::of(self.workspace.plan(), &meeting) else { return };
        let mut early = None;
        if matches!(view.state(), MeetingState::Draft | MeetingState::Notified) {
            early = ops::meeting::opened_early(self.workspace.plan(), &meeting, moment.today, self.text);
            if !self.open_session(&moment, &meeting) {
                return;
            }
        }
        let Some(view) = Meeting::of(self.workspace.plan(), &meeting) else { return };
        let done = if forward {
            ops::meeting::next_item(&mut self.workspace, &moment, &meeting)
        } else {
            let items: Vec<_> = view.items().into_iter().filter(|item| !item.is_dropped()).collect();
            let at = view.current().and_then(|current| items.iter().position(|item| item.key == current.key));
            let before = at.map_or(items.len(), |at| at).checked_sub(1).and_then(|at| items.get(at));
            let Some(key) = before.map(|item| item.key.to_string()) else { return };
            ops::meeting::set_current(&mut self.workspace, &moment, &meeting, &key)
        };
        let is_done = self.tell(done);
        self.meetings.move_to(0);
        if let (true, Some((_, item))) = (is_done, current(self.workspace.plan(), &meeting)) {
            let words = (self.text.rooms.now_at)(item.text(Field::Title));
            match early {
                Some(early) => self.say(Tone::Warned, &format!("{early}  {words}")),
                None => self.say(Tone::Said, &words),
            }
        }
    }

    /// What has changed since the notice, for one that corrects it.
    fn show_changed(&mut self) {
        let Some(meeting) = self.meetings.chosen_meeting() else {
            return self.say(Tone::Warned, self.text.rooms.only_in_meeting);
        };
        let Some(view) = Meeting::of(self.workspace.plan(), &meeting) else { return };
        let changed = since_notice(&view);
        let lines: Vec<(String, String)> = changed
            .iter()
            .map(|(old, new)| (ops::meeting::say_fact_change(old.as_ref(), new.as_ref(), self.text), String::new()))
            .collect();
        if lines.is_empty() {
            return self.say(Tone::Said, self.text.rooms.nothing_changed);
        }
        self.popup = Some(Popup::Page(Page::of(self.text.rooms.changed_title, lines)));
    }

    /// What a key does to the row under the cursor, where its usual name says too little.
    pub(super) fn meeting_hint(&self, command: Command) -> Option<&'static str> {
        let say = &self.text.rooms;
        let plan = self.workspace.plan();
        let row = self.meetings.record();
        match command {
            Command::Toggle => Some(say.open_row),
            Command::Take if self.is_at_decisions() => {
                let decision = self.meetings.decision().and_then(|id| plan.record(id));
                Some(if decision.is_some_and(|one| one.flag(Field::Tracked)) {
                    say.hint_untrack
                } else {
                    say.hint_track
                })
            }
            Command::Take => match row.map(|id| id.kind) {
                Some(RecordKind::Item) => Some(say.hint_paper),
                Some(RecordKind::Paper) => Some(say.received),
                None if self.meetings.reply().is_some() => Some(say.no_topic),
                _ => None,
            },
            Command::Drop if self.is_at_minutes() => Some(say.hint_restore),
            Command::SignIn if self.is_at_minutes() => Some(say.hint_confirm),
            Command::Advance if !self.is_at_decisions() && !self.is_at_minutes() => {
                match Meeting::of(plan, &self.meetings.chosen_meeting()?)?.state() {
                    MeetingState::Draft => Some(say.hint_notify),
                    MeetingState::Notified => Some(say.hint_open),
                    MeetingState::InSession => Some(say.hint_end),
                    MeetingState::Issued => Some(say.hint_close),
                    MeetingState::Minutes | MeetingState::Closed => None,
                }
            }
            _ => None,
        }
    }

    /// Opens the session; one that is opened before its day is told so, as it may be the wrong meeting.
    fn open_session(&mut self, moment: &ops::Moment, meeting: &str) -> bool {
        let early = ops::meeting::opened_early(self.workspace.plan(), meeting, moment.today, self.text);
        let done = ops::meeting::open(&mut self.workspace, moment, meeting);
        let is_done = self.tell(done);
        if let (true, Some(words)) = (is_done, early) {
            self.say(Tone::Warned, &words);
        }
        is_done
    }

    /// The keys that matter in the part in front.
    pub(super) fn meeting_hints(&self) -> &'static [Command] {
        match self.meetings.part() {
            Part::Meetings => &[
                Command::Toggle,
                Command::Add,
                Command::Edit,
                Command::Advance,
                Command::SignIn,
                Command::Room,
                Command::Export,
                Command::Undo,
            ],
            Part::Topics => &[
                Command::Add,
                Command::Take,
                Command::Defer,
                Command::Drop,
                Command::Export,
                Command::Edit,
                Command::GoTask,
                Command::Search,
            ],
            Part::Suggestions => &[Command::Take, Command::Drop, Command::GoTask],
            Part::Chains => &[Command::Toggle, Command::Advance, Command::Remind, Command::Search, Command::GoTask],
            Part::Chain => &[Command::Toggle, Command::Advance, Command::Remind, Command::Back, Command::Take],
            Part::Findings => &[Command::Toggle, Command::Back],
            Part::Decisions | Part::FollowUp => &[
                Command::Advance,
                Command::Take,
                Command::Remind,
                Command::Chain,
                Command::Edit,
                Command::Export,
                Command::GoTask,
                Command::Search,
            ],
            Part::Agenda => &[
                Command::Add,
                Command::Edit,
                Command::Earlier,
                Command::Later,
                Command::Take,
                Command::Drop,
                Command::Advance,
                Command::SignIn,
                Command::GoTask,
                Command::Changed,
                Command::Export,
            ],
            Part::Roster => &[Command::SignIn, Command::Edit, Command::Advance, Command::Room, Command::Export],
            Part::Room => &[
                Command::Decide,
                Command::Entrust,
                Command::TakeDown,
                Command::NextItem,
                Command::Postpone,
                Command::Motion,
                Command::Edit,
                Command::SignIn,
                Command::Drop,
                Command::GoTask,
                Command::Advance,
            ],
            Part::Minutes => &[
                Command::Edit,
                Command::Advance,
                Command::SignIn,
                Command::Add,
                Command::Drop,
                Command::GoTask,
                Command::Export,
            ],
        }
    }
}
