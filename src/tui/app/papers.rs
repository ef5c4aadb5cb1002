//! Papers from the screen: the same bytes as the command line writes, in `out/` at the root of the workspace.

use super::App;
use crate::domain::Str;
use crate::domain::meeting::{CallView, Meeting, MeetingState};
use crate::ops;
use crate::ops::{ExportRefusal, PaperKind, Sheet};
use crate::store::Put;
use crate::tui::action::Export;
use crate::tui::popup::{Papers, Popup};
use crate::tui::screens::bars::Tone;
use crate::tui::screens::meetings::Part;
use chrono::Datelike;

impl App {
    /// Asks which paper; the likely one is under the cursor.
    pub(super) fn choose_paper(&mut self) {
        let meeting = self.meetings.chosen_meeting();
        let decision = self.meetings.decision().cloned();
        let meeting = meeting.or_else(|| decision.as_ref().map(|id| id.meeting.clone()));
        let likely = match &meeting {
            Some(meeting) => Sheet::OfMeeting(self.likely_paper(meeting)),
            None if self.meetings.part() == Part::Topics => Sheet::TopicsCall,
            None => Sheet::Calendar,
        };
        self.popup = Some(Popup::Papers(Box::new(Papers::new(meeting, decision, likely))));
    }

    fn likely_paper(&self, meeting: &Str) -> PaperKind {
        let state = Meeting::of(self.workspace.plan(), meeting).map(|meeting| meeting.state()).unwrap_or_default();
        match (self.meetings.part(), state) {
            (Part::Roster, _) => PaperKind::SignIn,
            (Part::Minutes | Part::Findings, _) => PaperKind::Minutes,
            (Part::FollowUp | Part::Decisions | Part::Chains | Part::Chain, _) => PaperKind::Excerpt,
            (Part::Agenda | Part::Room, MeetingState::InSession) => PaperKind::Agenda,
            (_, MeetingState::Draft) => PaperKind::Notice,
            (_, MeetingState::Notified) => PaperKind::Agenda,
            (_, MeetingState::InSession) => PaperKind::SignIn,
            (_, MeetingState::Minutes) => PaperKind::Minutes,
            (_, MeetingState::Issued | MeetingState::Closed) => PaperKind::Excerpt,
        }
    }

    /// Writes a paper and says where it is; whether it was written.
    pub(super) fn export(&mut self, export: &Export) -> bool {
        let today = self.moment.today;
        let call = CallView::latest(self.workspace.plan()).and_then(|call| call.due()?.date);
        if export.sheet == Sheet::TopicsCall && call.is_none_or(|due| due < today) {
            self.call_topics();
            return true;
        }
        let say = &self.text.papers;
        let (file, bytes) = self.paper(export);
        let path = self.workspace.root().join(&file);
        match bytes.and_then(|bytes| ops::put_in_folder(&path, &bytes)) {
            Ok(put) => {
                let mut words = match put {
                    Put::New => (say.written)(&file),
                    Put::Replaced => (say.replaced)(&file),
                    Put::Same => (say.same)(&file),
                };
                if !self.workspace.plan().calendar.unknown_years(today, today).is_empty() {
                    words = format!("{words}  {}", (say.unknown_year)(today.year()));
                }
                self.say(Tone::Said, &words);
                true
            }
            Err(refusal) => {
                let template = |error: &crate::export::TemplateError| ops::template_path(&self.workspace, error.form);
                let words = ops::say_export(&refusal, template, self.text);
                self.say(Tone::Refused, &words);
                false
            }
        }
    }

    /// The file's name below the root, and what is to stand in it.
    fn paper(&mut self, export: &Export) -> (String, Result<Vec<u8>, ExportRefusal>) {
        let today = self.moment.today;
        let name = self.text.papers.names[export.sheet.index()];
        let Export { sheet, meeting, whom, format } = export;
        let workspace = &mut self.workspace;
        match sheet {
            Sheet::OfMeeting(kind) => {
                let of = whom.name().map_or(String::new(), |of| format!("-{}", of.replace(['/', '\\'], "-")));
                let made = ops::export_paper(workspace, *kind, meeting, whom, today);
                let file = format!("out/{meeting}/{name}{of}.{}", format.token());
                (file, made.map(|(_, paper)| ops::written(&paper, *format)))
            }
            Sheet::Opinions => {
                let made = ops::export_opinions(workspace, today);
                (format!("out/{name}.{}", format.token()), made.map(|paper| ops::written(&paper, *format)))
            }
            Sheet::TopicsCall => {
                let made = ops::export_topics_call(workspace, today);
                (format!("out/{name}.{}", format.token()), made.map(|paper| ops::written(&paper, *format)))
            }
            Sheet::Calendar => (format!("out/{name}.ics"), Ok(ops::export_calendar(workspace).into_bytes())),
        }
    }
}
