//! The forms of meetings: which one a key opens, and which operation a filled one is.

use super::App;
use crate::domain::meeting::{CallReply, ItemKind, LineKind, MeetingKind, OutcomeKind, TopicState};
use crate::domain::{Due, Field, FieldValue, NodeId, Record, RecordId, RecordKind, Str, UnitId};
use crate::ops;
use crate::ops::Sheet;
use crate::ops::meeting::{NewCall, NewItem, NewLine, NewMeeting, NewOutcome, NewPaper, NewTopic};
use crate::tui::action::{Export, Filled};
use crate::tui::popup::{Form, Popup};
use crate::tui::screens::bars::Tone;
use crate::tui::screens::meetings::Part;
use crate::workspace::Workspace;
use chrono::{NaiveDate, NaiveTime};

/// The fields of each form, in the order in which people think of them.
const MEETING: [Field; 10] = [
    Field::Kind,
    Field::Date,
    Field::Time,
    Field::Length,
    Field::Place,
    Field::Chair,
    Field::Title,
    Field::Host,
    Field::Contact,
    Field::Phone,
];
const TOPIC: [Field; 7] =
    [Field::Title, Field::Brief, Field::Units, Field::Coordination, Field::Question, Field::Tasks, Field::Submitter];
const ITEM: [Field; 8] = [
    Field::Title,
    Field::Section,
    Field::Unit,
    Field::Speaker,
    Field::Minutes,
    Field::Tasks,
    Field::Question,
    Field::Recurring,
];
const CALL: [Field; 3] = [Field::Due, Field::Units, Field::Without];
const PAPER: [Field; 4] = [Field::Name, Field::Unit, Field::Due, Field::Received];
const CAPTURE: [Field; 6] = [Field::Text, Field::Lead, Field::With, Field::Due, Field::Form, Field::Tasks];
const LINE: [Field; 4] = [Field::Text, Field::Unit, Field::Speaker, Field::Kind];
const ATTENDEE: [Field; 5] = [Field::Name, Field::Post, Field::Phone, Field::Role, Field::Reply];

/// How the fields of a record are set.
type Set = fn(&mut Workspace, &RecordId, Vec<(Field, Option<FieldValue>)>) -> Result<ops::Outcome, ops::Refusal>;

/// What a form edits of a record, and how it is set; `None` for the kinds that have no form.
fn editing(kind: RecordKind) -> Option<(&'static [Field], Set)> {
    Some(match kind {
        RecordKind::Meeting => {
            (&MEETING[1..], |workspace, id, values| ops::meeting::set_meeting(workspace, &id.meeting, values))
        }
        RecordKind::Topic => (&TOPIC, |workspace, id, values| ops::meeting::set_topic(workspace, &id.key, values)),
        RecordKind::Item => {
            (&ITEM, |workspace, id, values| ops::meeting::set_item(workspace, &id.meeting, &id.key, values))
        }
        RecordKind::Paper => (&PAPER, ops::meeting::set_paper),
        RecordKind::Outcome => (&CAPTURE, ops::meeting::set_outcome),
        RecordKind::Line => (&LINE, ops::meeting::set_line),
        RecordKind::Attendee => (&ATTENDEE, |workspace, id, values| {
            ops::meeting::set_seat(workspace, &id.meeting, &UnitId::new(id.key.as_str()), values)
        }),
        RecordKind::Call => (&CALL, ops::meeting::set_call),
        RecordKind::Office
        | RecordKind::Dismissal
        | RecordKind::Opinion
        | RecordKind::Draft
        | RecordKind::Notice
        | RecordKind::Step
        | RecordKind::Minutes
        | RecordKind::Sentence
        | RecordKind::Stage
        | RecordKind::Correction => return None,
    })
}

impl App {
    /// Asks for what is new, by the part in front.
    pub(super) fn add_row(&mut self) {
        let text = self.text;
        let named = |kind| (text.rooms.new)((text.records.kind)(kind));
        let meeting = self.meetings.meeting().clone();
        let form = match self.meetings.part() {
            Part::Meetings => {
                // what the template of its kind says is left to it
                let kind = MeetingKind::Plenary;
                let day = ops::meeting::propose(&mut self.workspace, kind, self.moment.today);
                let record = Record::new().with(Field::Kind, FieldValue::word(kind.token())).with(Field::Date, day);
                let (filled, fields) = (Filled::New(RecordKind::Meeting, Str::new()), &MEETING[..7]);
                Form::new(&self.look(), named(RecordKind::Meeting), filled, RecordKind::Meeting, fields, &record)
                    .needing(&[Field::Kind, Field::Date])
            }
            Part::Topics | Part::Suggestions => return self.new_topic(""),
            Part::Agenda => {
                let filled = Filled::New(RecordKind::Item, meeting);
                Form::new(&self.look(), named(RecordKind::Item), filled, RecordKind::Item, &ITEM, &Record::new())
                    .needing(&[Field::Title])
            }
            Part::Room => return self.capture("resolution"),
            Part::Roster
            | Part::Minutes
            | Part::Findings
            | Part::Decisions
            | Part::FollowUp
            | Part::Chains
            | Part::Chain => {
                return self.say(Tone::Warned, text.rooms.nothing_here);
            }
        };
        self.popup = Some(Popup::Form(form));
    }

    /// Asks for a topic; the department that hands it in stands there where it is known.
    fn new_topic(&mut self, submitter: &str) {
        let title = (self.text.rooms.new)((self.text.records.kind)(RecordKind::Topic));
        let filled = Filled::New(RecordKind::Topic, Str::new());
        let known = Record::new().with(Field::Submitter, submitter);
        let form = Form::new(&self.look(), title, filled, RecordKind::Topic, &TOPIC, &known);
        self.popup = Some(Popup::Form(form.needing(&[Field::Title])));
    }

    /// The topic that a department answered with, or the form for one.
    pub(super) fn open_reply(&mut self) {
        match self.meetings.reply().cloned() {
            Some((_, CallReply::Topics(keys))) => {
                let topic = keys.first().map(|key| RecordId::of_plan(RecordKind::Topic, key.clone()));
                topic.into_iter().for_each(|id| self.go_record(&id));
            }
            Some((unit, CallReply::Nothing | CallReply::Silent)) => self.new_topic(unit.as_str()),
            None => {}
        }
    }

    /// Asks until when topics are to be handed in, and of whom; the letter is written once that is known.
    pub(super) fn call_topics(&mut self) {
        let moment = self.moment_with_author();
        let due = ops::meeting::proposed_reply(&mut self.workspace, &moment);
        let known = Record::new().with_some(Field::Due, due);
        let filled = Filled::New(RecordKind::Call, Str::new());
        let title = (self.text.records.kind)(RecordKind::Call).to_string();
        let form = Form::new(&self.look(), title, filled, RecordKind::Call, &CALL[..2], &known);
        self.popup = Some(Popup::Form(form.needing(&[Field::Due])));
    }

    /// Opens the fields of the row under the cursor.
    pub(super) fn edit_row(&mut self) {
        let Some(id) = self.meetings.record().cloned() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        self.edit_record(&id);
    }

    /// Opens the fields of a record.
    pub(super) fn edit_record(&mut self, id: &RecordId) {
        let Some(record) = self.workspace.plan().record(id).cloned() else { return };
        let Some((fields, _)) = editing(id.kind) else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let title = (self.text.rooms.edit)((self.text.records.kind)(id.kind));
        let form = Form::new(&self.look(), title, Filled::Edit(id.clone()), id.kind, fields, &record);
        let is_live = matches!(id.kind, RecordKind::Outcome | RecordKind::Line);
        self.popup = Some(Popup::Form(if is_live { form.going_on() } else { form }));
        self.bring_back();
    }

    /// A decision or an assignment for the current item.
    pub(super) fn capture(&mut self, kind: &'static str) {
        let Some((item, record)) = self.current_item() else { return };
        self.capture_for(item, &record, kind);
    }

    pub(super) fn capture_for(&mut self, item: RecordId, record: &Record, kind: &'static str) {
        let known = Record::new()
            .with_some(Field::Tasks, Some(record.nodes(Field::Tasks).to_vec()).filter(|ids| !ids.is_empty()));
        let title = (self.text.records.word)(RecordKind::Outcome, Field::Kind, kind).to_string();
        let filled = Filled::Decide(item, kind);
        self.know_holidays();
        let form = Form::new(&self.look(), title, filled, RecordKind::Outcome, &CAPTURE, &known);
        self.popup = Some(Popup::Form(form.going_on()));
        self.bring_back();
    }

    pub(super) fn take_down(&mut self) {
        let Some((item, _)) = self.current_item() else { return };
        self.take_down_for(item);
    }

    pub(super) fn take_down_for(&mut self, item: RecordId) {
        let title = (self.text.records.kind)(RecordKind::Line).to_string();
        let form = Form::new(&self.look(), title, Filled::TakeDown(item), RecordKind::Line, &LINE, &Record::new());
        self.popup = Some(Popup::Form(form.going_on()));
        self.bring_back();
    }

    /// The line that was being taken down when the form was left, where this is the same form.
    fn bring_back(&mut self) {
        let Some(Popup::Form(form)) = self.popup.take() else { return };
        let form = match self.taken.take() {
            Some((filled, field, text)) if filled == *form.filled() => form.with_typed(field, &text),
            taken => {
                self.taken = taken;
                form
            }
        };
        self.popup = Some(Popup::Form(form));
    }

    /// Does what a form was filled for; whether it was done.
    pub(super) fn fill(&mut self, filled: Filled, values: Vec<(Field, Option<FieldValue>)>) -> bool {
        if let Some(done) = self.fill_after(&filled, &Given(&values)) {
            return self.tell(done);
        }
        let moment = self.moment_with_author();
        let workspace = &mut self.workspace;
        let given = Given(&values);
        let done = match &filled {
            Filled::New(RecordKind::Meeting, _) => {
                let new = NewMeeting {
                    kind: MeetingKind::parse(given.text(Field::Kind)).unwrap_or(MeetingKind::Plenary),
                    date: given.date(Field::Date).unwrap_or(moment.today),
                    time: given.time(Field::Time),
                    length: given.number(Field::Length),
                    place: given.words(Field::Place),
                    chair: given.words(Field::Chair),
                    title: given.words(Field::Title),
                };
                ops::meeting::new_meeting(workspace, &moment, &new)
            }
            Filled::New(RecordKind::Topic, _) => {
                let new = NewTopic {
                    title: given.words(Field::Title),
                    brief: given.words(Field::Brief),
                    units: given.units(Field::Units),
                    coordination: given.words(Field::Coordination),
                    question: given.words(Field::Question),
                    submitter: given.words(Field::Submitter),
                    tasks: given.nodes(Field::Tasks),
                    source: String::new(),
                };
                ops::meeting::add_topic(workspace, &moment, &new)
            }
            Filled::New(RecordKind::Call, _) => {
                let new = NewCall { due: given.due(Field::Due), meeting: None, units: given.units(Field::Units) };
                ops::meeting::call_topics(workspace, &moment, &new)
            }
            Filled::New(_, meeting) => {
                let new = NewItem {
                    title: given.words(Field::Title),
                    kind: ItemKind::parse(given.text(Field::Kind)),
                    section: given.words(Field::Section),
                    unit: given.unit(Field::Unit),
                    speaker: given.words(Field::Speaker),
                    minutes: given.number(Field::Minutes),
                    tasks: given.nodes(Field::Tasks),
                    question: given.words(Field::Question),
                    recurring: given.has(Field::Recurring),
                };
                ops::meeting::add_item(workspace, &moment, meeting, &new)
            }
            Filled::NewPaper(item) => {
                let new = NewPaper {
                    name: given.words(Field::Name),
                    item: Some(item.key.to_string()),
                    unit: given.unit(Field::Unit),
                    due: given.due(Field::Due),
                    source: String::new(),
                };
                ops::meeting::add_paper(workspace, &moment, &item.meeting, &new)
            }
            Filled::Edit(id) => match editing(id.kind) {
                Some((_, set)) => set(workspace, id, values),
                None => return false,
            },
            Filled::Judge(topic, state) => {
                let state = TopicState::parse(state).unwrap_or_default();
                ops::meeting::settle_topic(workspace, &topic.key, state, &given.words(Field::Reason))
            }
            Filled::Decide(item, kind) => {
                let new = NewOutcome {
                    kind: OutcomeKind::parse(kind).unwrap_or_default(),
                    text: given.words(Field::Text),
                    lead: None,
                    with: Vec::new(),
                    due: None,
                    form: String::new(),
                    tasks: Vec::new(),
                };
                ops::meeting::decide(workspace, &moment, &item.meeting, &item.key, &new)
            }
            Filled::TakeDown(item) => {
                let new = NewLine {
                    item: Some(item.key.to_string()),
                    kind: LineKind::default(),
                    speaker: String::new(),
                    unit: None,
                    text: given.words(Field::Text),
                };
                ops::meeting::record_line(workspace, &moment, &item.meeting, &new)
            }
            // what comes after the meeting has been done above
            Filled::Sentence(..) | Filled::Insert(..) | Filled::Stage(_) | Filled::Confirm(_) | Filled::Step(_) => {
                return false;
            }
            Filled::Motion(meeting) => {
                let (title, speaker) = (given.words(Field::Title), given.words(Field::Speaker));
                ops::meeting::motion(workspace, &moment, meeting, &title, given.unit(Field::Unit), &speaker)
            }
        };
        let made = done.as_ref().ok().and_then(ops::meeting::made).cloned();
        let is_done = self.tell(done);
        match (&filled, made) {
            (Filled::New(RecordKind::Meeting, _), Some(id)) => self.open_meeting(id.meeting),
            (Filled::New(RecordKind::Call, _), Some(id)) => {
                self.meetings.show(&id);
                self.export(&Export::of_plan(Sheet::TopicsCall));
            }
            (Filled::New(..) | Filled::NewPaper(_), Some(id)) => drop(self.meetings.show(&id)),
            (Filled::Decide(..) | Filled::TakeDown(_), Some(id)) => {
                self.meetings.show(&id);
                self.made = Some(id);
            }
            (_, _) => {}
        }
        is_done
    }

    pub(super) fn add_paper(&mut self, item: RecordId) {
        let title = (self.text.rooms.new)((self.text.records.kind)(RecordKind::Paper));
        let unit = self.workspace.plan().record(&item).and_then(|item| item.unit(Field::Unit)).cloned();
        let known = Record::new().with_some(Field::Unit, unit);
        let filled = Filled::NewPaper(item);
        let form = Form::new(&self.look(), title, filled, RecordKind::Paper, &PAPER[..3], &known);
        self.popup = Some(Popup::Form(form.needing(&[Field::Name])));
    }

    /// Asks why a topic is put off or turned down.
    pub(super) fn judge(&mut self, state: &'static str) {
        let Some(id) = self.meetings.record().filter(|id| id.kind == RecordKind::Topic).cloned() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let title = (self.text.records.word)(RecordKind::Topic, Field::State, state).to_string();
        let filled = Filled::Judge(id, state);
        let form = Form::new(&self.look(), title, filled, RecordKind::Topic, &[Field::Reason], &Record::new());
        self.popup = Some(Popup::Form(form.needing(&[Field::Reason])));
    }

    pub(super) fn motion(&mut self) {
        let meeting = self.meetings.meeting().clone();
        let title = (self.text.records.field)(RecordKind::Item, Field::Motion).to_string();
        let fields = [Field::Title, Field::Unit, Field::Speaker];
        let form = Form::new(&self.look(), title, Filled::Motion(meeting), RecordKind::Item, &fields, &Record::new());
        self.popup = Some(Popup::Form(form.needing(&[Field::Title])));
    }
}

/// What a form was filled with, by field.
pub(super) struct Given<'v>(&'v [(Field, Option<FieldValue>)]);

impl Given<'_> {
    fn get(&self, field: Field) -> Option<&FieldValue> {
        self.0.iter().find(|(other, _)| *other == field)?.1.as_ref()
    }

    fn has(&self, field: Field) -> bool {
        matches!(self.get(field), Some(FieldValue::Flag(true)))
    }

    pub(super) fn text(&self, field: Field) -> &str {
        match self.get(field) {
            Some(FieldValue::Text(text) | FieldValue::Word(text)) => text,
            _ => "",
        }
    }

    pub(super) fn words(&self, field: Field) -> String {
        self.text(field).to_string()
    }

    fn date(&self, field: Field) -> Option<NaiveDate> {
        if let Some(FieldValue::Date(date)) = self.get(field) { Some(*date) } else { None }
    }

    fn time(&self, field: Field) -> Option<NaiveTime> {
        if let Some(FieldValue::Time(time)) = self.get(field) { Some(*time) } else { None }
    }

    fn number(&self, field: Field) -> Option<i64> {
        if let Some(FieldValue::Number(number)) = self.get(field) { Some(*number) } else { None }
    }

    pub(super) fn unit(&self, field: Field) -> Option<UnitId> {
        if let Some(FieldValue::Unit(unit)) = self.get(field) { Some(unit.clone()) } else { None }
    }

    fn units(&self, field: Field) -> Vec<UnitId> {
        if let Some(FieldValue::Units(units)) = self.get(field) { units.clone() } else { Vec::new() }
    }

    fn nodes(&self, field: Field) -> Vec<NodeId> {
        if let Some(FieldValue::Nodes(nodes)) = self.get(field) { nodes.clone() } else { Vec::new() }
    }

    pub(super) fn due(&self, field: Field) -> Option<Due> {
        if let Some(FieldValue::Due(due)) = self.get(field) { Some(due.clone()) } else { None }
    }
}
