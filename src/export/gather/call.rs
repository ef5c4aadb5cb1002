//! The call for topics that was made last.

use super::super::compose::{due_words, office, title};
use super::contact;
use crate::domain::meeting::CallView;
use crate::domain::{Field, Plan, Record, RecordId, RecordKind};
use crate::export::content::TopicsCallPaper;
use chrono::NaiveDate;

/// The letter of the last call; `None` where nobody has called.
pub fn topics_call_paper(plan: &Plan, today: NaiveDate) -> Option<TopicsCallPaper> {
    let call = CallView::latest(plan)?;
    let meeting = plan.record(&RecordId::new(RecordKind::Meeting, call.meeting(), ""));
    let nothing = Record::new();
    Some(TopicsCallPaper {
        meeting: meeting.map_or(String::new(), |record| title(plan, call.meeting(), record)),
        meeting_date: meeting.and_then(|record| record.date(Field::Date)),
        due: call.due().and_then(|due| due.date),
        due_words: due_words(call.due()),
        recipients: call.record.units(Field::Units).iter().map(ToString::to_string).collect(),
        office: office(plan),
        issued: Some(call.date().unwrap_or(today)),
        contact: contact(plan, meeting.unwrap_or(&nothing)),
    })
}
