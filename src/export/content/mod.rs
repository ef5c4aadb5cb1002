//! What the papers say: one plain struct a paper, which is also what its template sees, field for field.
//!
//! Names are shown as they stand here: departments by their short names, people as `职务 姓名` where both are known. Dates are
//! dates and times are `HH:MM`; the templates turn them into the office's words (`{{ date|day }}`, `{{ date|weekday }}`).
//! A field that is not known is empty or `None`, and the templates leave its line out or leave a blank to be filled by hand.

mod call;
mod follow_up;
mod meeting;
mod minutes;
mod opinions;

pub use call::TopicsCallPaper;
pub use follow_up::{ExcerptPaper, ReminderPaper, ReminderStep};
pub use meeting::{AgendaLine, Contact, FollowUpLine, Material, MeetingPaper, Person, Seat, SeatRole};
pub use minutes::{Attendant, DecisionLine, MinutesPaper, Paragraph, Sitting};
pub use opinions::{OpinionLine, OpinionsPaper};
