//! Papers of a meeting from its screen: the same bytes as the command line writes, in `out/` at the root of the workspace.

use super::App;
use crate::domain::Str;
use crate::domain::meeting::{Meeting, MeetingState};
use crate::ops;
use crate::ops::{PaperFormat, PaperKind};
use crate::store::Put;
use crate::tui::popup::{Papers, Popup};
use crate::tui::screens::bars::Tone;
use crate::tui::screens::meetings::Part;
use chrono::Datelike;

impl App {
    /// Asks which paper; the likely one is under the cursor.
    pub(super) fn choose_paper(&mut self) {
        let Some(meeting) = self.meetings.chosen_meeting() else {
            return self.say(Tone::Warned, self.text.rooms.only_in_meeting);
        };
        let state = Meeting::of(self.workspace.plan(), &meeting).map(|meeting| meeting.state()).unwrap_or_default();
        let likely = match (self.meetings.part(), state) {
            (Part::Roster, _) => PaperKind::SignIn,
            (Part::Minutes, _) => PaperKind::Minutes,
            (Part::FollowUp | Part::Decisions, _) => PaperKind::Excerpt,
            (Part::Agenda | Part::Room, MeetingState::InSession) => PaperKind::Agenda,
            (_, MeetingState::Draft) => PaperKind::Notice,
            (_, MeetingState::Notified) => PaperKind::Agenda,
            (_, MeetingState::InSession) => PaperKind::SignIn,
            (_, MeetingState::Minutes) => PaperKind::Minutes,
            (_, MeetingState::Issued | MeetingState::Closed) => PaperKind::Excerpt,
        };
        self.popup = Some(Popup::Papers(Papers::new(meeting, likely)));
    }

    /// Writes a paper and says where it is; whether it was written.
    pub(super) fn export(&mut self, meeting: &Str, kind: PaperKind) -> bool {
        let today = self.moment.today;
        let say = &self.text.papers;
        let name = PaperKind::ALL.iter().position(|other| *other == kind).map_or(kind.token(), |at| say.names[at]);
        let file = format!("out/{meeting}/{name}.{}", PaperFormat::Docx.token());
        let path = self.workspace.root().join(&file);
        let done = ops::export_paper(&mut self.workspace, kind, meeting, None, today)
            .and_then(|(_, paper)| ops::put_in_folder(&path, &ops::written(&paper, PaperFormat::Docx)));
        match done {
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
}
