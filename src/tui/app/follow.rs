//! After the meeting, on the screen: the minutes and their stages, and what becomes of the decisions.

use super::App;
use crate::domain::follow::{Follow, FollowState, StepKind};
use crate::domain::minutes::{LineState, LintFinding, StageKind, lint};
use crate::domain::{Field, FieldValue, Record, RecordId, RecordKind, Str};
use crate::export::Templates;
use crate::ops;
use crate::tui::action::Filled;
use crate::tui::popup::{Form, Popup};
use crate::tui::screens::bars::Tone;
use crate::tui::screens::meetings::{Finding, Paragraph, Part};

const STEP: [Field; 6] = [Field::Kind, Field::Unit, Field::By, Field::Text, Field::Due, Field::Proposal];

impl App {
    /// The office's own wording of its papers.
    fn templates(&self) -> Result<Templates, ops::Refusal> {
        ops::office_templates(&self.workspace)
    }

    /// Composes the minutes of the open meeting for the list, with what a careful reader objects to.
    pub(super) fn read_minutes(&mut self) {
        let meeting = self.meetings.meeting().clone();
        let view = self.templates().and_then(|templates| ops::minutes_view(&mut self.workspace, &meeting, &templates));
        let view = match view {
            Ok(view) => view,
            Err(refusal) => {
                self.meetings.minutes.clear();
                self.meetings.findings.clear();
                return self.message = Some((Tone::Refused, ops::say_refusal(&refusal, self.text)));
            }
        };
        let found = lint(self.workspace.plan(), &meeting, &view.lines);
        let say = &self.text.rooms;
        let paragraph = |line: crate::domain::minutes::Line| {
            let of_line = found.iter().filter(|finding| match &finding.sentence {
                Some(key) => *key == line.key,
                None => line.source.as_ref() == Some(&finding.at),
            });
            Paragraph {
                findings: of_line.map(|finding| ops::say_lint(&finding.rule, self.text)).collect(),
                text: if line.state == LineState::LeftOut { say.left_out.to_string() } else { line.text.to_string() },
                composed: line.composed.map_or(String::new(), |text| text.to_string()),
                source: line.source,
                is_edited: line.state != LineState::AsComposed,
                is_outdated: matches!(line.state, LineState::Outdated | LineState::Orphan),
                key: line.key.to_string(),
            }
        };
        self.meetings.minutes = view.lines.into_iter().map(paragraph).collect();
        let finding = |one: &LintFinding| Finding {
            words: ops::say_lint(&one.rule, self.text),
            at: one.at.clone(),
            sentence: one.sentence.as_ref().map(ToString::to_string),
        };
        self.meetings.findings = found.iter().map(finding).collect();
        let word = |kind: StageKind| (self.text.records.word)(RecordKind::Stage, Field::Kind, kind.token());
        let mut said: Vec<String> = Vec::new();
        for step in &view.stages.steps {
            said.push(format!("{} {}", word(step.kind), step.by));
        }
        if let Some(next) = view.stages.next() {
            said.push((say.next_stage)(word(next)));
        }
        let confirmed = view.confirmations.iter().filter(|one| one.date.is_some()).count();
        if !view.confirmations.is_empty() {
            said.push((say.confirmed)(confirmed, view.confirmations.len()));
        }
        let findings = found.len();
        if findings > 0 {
            said.push((say.findings)(findings));
        }
        self.meetings.minutes_said = said.join("  ");
    }

    /// Opens the sentence under the cursor in an editor.
    pub(super) fn edit_sentence(&mut self) {
        let Some(paragraph) = self.meetings.paragraph() else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let filled = Filled::Sentence(self.meetings.meeting().clone(), paragraph.key.clone());
        let record = Record::new().with(Field::Text, paragraph.text.as_str());
        self.open_sentence(filled, &record);
    }

    /// A sentence of one's own after the one under the cursor.
    pub(super) fn add_sentence(&mut self) {
        let after = self.meetings.paragraph().map_or(String::new(), |paragraph| paragraph.key.clone());
        self.open_sentence(Filled::Insert(self.meetings.meeting().clone(), after), &Record::new());
    }

    fn open_sentence(&mut self, filled: Filled, record: &Record) {
        let title = (self.text.records.kind)(RecordKind::Sentence).to_string();
        let form = Form::new(&self.look(), title, filled, RecordKind::Sentence, &[Field::Text], record);
        self.popup = Some(Popup::Form(form));
    }

    /// The sentence as it is composed again.
    pub(super) fn restore_sentence(&mut self) {
        let Some(key) = self.meetings.paragraph().map(|paragraph| paragraph.key.clone()) else {
            return self.say(Tone::Warned, self.text.rooms.nothing_here);
        };
        let meeting = self.meetings.meeting().clone();
        let done = self
            .templates()
            .and_then(|templates| ops::restore_sentence(&mut self.workspace, &meeting, &templates, &key));
        self.tell(done);
    }

    /// Asks who takes the minutes a stage further.
    pub(super) fn next_stage(&mut self) {
        let meeting = self.meetings.meeting().clone();
        let view = self.templates().and_then(|templates| ops::minutes_view(&mut self.workspace, &meeting, &templates));
        let next = view.ok().and_then(|view| view.stages.next());
        let Some(kind) = next else { return self.say(Tone::Warned, self.text.rooms.nothing_here) };
        let by = self.moment_with_author().author.unwrap_or_default();
        let record = Record::new().with(Field::Kind, FieldValue::word(kind.token())).with(Field::By, by);
        let title = (self.text.records.kind)(RecordKind::Stage).to_string();
        let fields = [Field::Kind, Field::By, Field::Text];
        let form = Form::new(&self.look(), title, Filled::Stage(meeting), RecordKind::Stage, &fields, &record);
        self.popup = Some(Popup::Form(form.needing(&[Field::Kind, Field::By]).at(Field::By)));
    }

    /// Asks which department confirms its paragraph, and what it objects to.
    pub(super) fn confirm_paragraph(&mut self) {
        let meeting = self.meetings.meeting().clone();
        let source = self.meetings.paragraph().and_then(|paragraph| paragraph.source.clone());
        let unit = source.and_then(|id| self.workspace.plan().record(&id)?.unit(Field::Lead).cloned());
        let record = Record::new().with_some(Field::Unit, unit);
        let title = self.text.rooms.confirm_title.to_string();
        let fields = [Field::Unit, Field::By, Field::Text];
        let form = Form::new(&self.look(), title, Filled::Confirm(meeting), RecordKind::Stage, &fields, &record);
        self.popup = Some(Popup::Form(form.needing(&[Field::Unit, Field::By])));
    }

    /// The decision under the cursor.
    fn decision(&mut self) -> Option<RecordId> {
        let id = self.meetings.decision().cloned();
        if id.is_none() {
            self.say(Tone::Warned, self.text.rooms.nothing_here);
        }
        id
    }

    /// A decision becomes a tracked item, or is one no more.
    pub(super) fn track(&mut self) {
        let Some(id) = self.decision() else { return };
        let is_tracked = self.workspace.plan().record(&id).is_some_and(|outcome| outcome.flag(Field::Tracked));
        let done = ops::track(&mut self.workspace, &[id], !is_tracked);
        self.tell(done);
    }

    /// Asks for the next step of following a decision up; the likely one stands there.
    pub(super) fn next_step(&mut self) {
        let Some(id) = self.decision() else { return };
        let state = Follow::of(self.workspace.plan(), &id).map_or(FollowState::Open, |follow| follow.state);
        let kind = match state {
            FollowState::Open | FollowState::Assigned | FollowState::Reopened => StepKind::Excerpt,
            FollowState::Sent => StepKind::Receipt,
            FollowState::Returned => StepKind::Reassign,
            FollowState::Received | FollowState::Rework => StepKind::Report,
            FollowState::Reported => StepKind::Evidence,
            FollowState::Evidence | FollowState::Signing => StepKind::Signoff,
            FollowState::Closed => StepKind::Reopen,
        };
        let record = Record::new().with(Field::Kind, FieldValue::word(kind.token()));
        let title = (self.text.records.kind)(RecordKind::Step).to_string();
        let form = Form::new(&self.look(), title, Filled::Step(id), RecordKind::Step, &STEP, &record);
        self.popup = Some(Popup::Form(form.needing(&[Field::Kind])));
    }

    /// The reminder that is due now.
    pub(super) fn remind(&mut self) {
        let Some(id) = self.decision() else { return };
        let moment = self.moment_with_author();
        let done = ops::remind(&mut self.workspace, &moment, &id, "").map(|(outcome, _)| outcome);
        self.tell(done);
    }

    /// The sentence, stage, confirmation or step that a form was filled for; `None` where it was for something else.
    pub(super) fn fill_after(
        &mut self,
        filled: &Filled,
        given: &super::forms::Given<'_>,
    ) -> Option<Result<ops::Outcome, ops::Refusal>> {
        let moment = self.moment_with_author();
        let workspace = &mut self.workspace;
        let text = given.words(Field::Text);
        Some(match filled {
            Filled::Sentence(meeting, key) => ops::office_templates(workspace)
                .and_then(|templates| ops::edit_sentence(workspace, &moment, meeting, &templates, key, &text)),
            Filled::Insert(meeting, after) => ops::office_templates(workspace)
                .and_then(|templates| ops::insert_sentence(workspace, &moment, meeting, &templates, after, &text))
                .map(|(outcome, _)| outcome),
            Filled::Stage(meeting) => {
                let kind = StageKind::parse(given.text(Field::Kind)).unwrap_or(StageKind::Draft);
                let by = given.words(Field::By);
                ops::office_templates(workspace)
                    .and_then(|templates| ops::stage_minutes(workspace, &moment, meeting, &templates, kind, &by, &text))
                    .map(|staged| staged.outcome)
            }
            Filled::Confirm(meeting) => {
                let unit = given.unit(Field::Unit)?;
                ops::confirm_minutes(workspace, &moment, meeting, &unit, &given.words(Field::By), &text)
            }
            Filled::Step(id) => {
                let kind = StepKind::parse(given.text(Field::Kind)).unwrap_or(StepKind::Report);
                let request = ops::StepRequest {
                    kind,
                    unit: given.unit(Field::Unit),
                    by: given.words(Field::By),
                    text,
                    proposal: given.words(Field::Proposal),
                    due: given.due(Field::Due),
                };
                ops::follow_step(workspace, &moment, id, &request)
            }
            Filled::New(..)
            | Filled::NewPaper(_)
            | Filled::Edit(_)
            | Filled::Judge(..)
            | Filled::Decide(..)
            | Filled::TakeDown(_)
            | Filled::Motion(_) => return None,
        })
    }

    /// Whether the rows are decisions, or links of their chains.
    pub(super) fn is_at_decisions(&self) -> bool {
        matches!(self.meetings.part(), Part::Decisions | Part::FollowUp | Part::Chains | Part::Chain)
    }

    /// Whether the part in front is the minutes of a meeting.
    pub(super) fn is_at_minutes(&self) -> bool {
        self.meetings.part() == Part::Minutes && self.meetings.meeting() != &Str::new()
    }
}
