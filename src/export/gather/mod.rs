//! What the papers say, gathered from the records: a plan and a meeting in, the plain structs of [`content`](super::content) out.
//!
//! Nothing of the internal record (who spoke, who dissented) is looked at here, so that no paper can hold it.

mod call;
mod follow_up;
mod meeting;
mod minutes;
mod opinions;

pub use call::topics_call_paper;
pub use follow_up::{excerpt_paper, follow_up_lines, reminder_paper};
pub use meeting::meeting_paper;
pub use minutes::minutes_paper;
pub use opinions::opinions_paper;

use super::content::Contact;
use crate::domain::{Field, Plan, Record, RecordId, RecordKind};

/// Whom to ask: the meeting's contact, or the office's.
fn contact(plan: &Plan, meeting: &Record) -> Option<Contact> {
    let office = plan.record(&RecordId::of_plan(RecordKind::Office, ""));
    let known = [Some(meeting), office].into_iter().flatten().find(|record| !record.text(Field::Contact).is_empty())?;
    Some(Contact { name: known.text(Field::Contact).into(), phone: known.text(Field::Phone).into() })
}

/// Names in one field, as people list them.
fn names(text: &str) -> Vec<String> {
    text.split(['、', '，', ',', '；']).map(|name| name.trim().to_string()).filter(|name| !name.is_empty()).collect()
}
