//! Papers out: what a meeting or a decision is, put into the wording of the office's templates and written as Word, Markdown or text.
//!
//! Values in, bytes out: nothing here knows a file, the clock or the workspace. The road is
//! content (plain structs) → template (`templates/*.txt`, which the office may replace) → [`mod@paper`] → a writer.

mod compose;
pub mod content;
mod docx;
mod gather;
mod ics;
mod markdown;
pub mod paper;
mod template;
mod text;

pub use compose::compose;
pub use docx::docx;
pub use gather::{
    excerpt_paper, follow_up_lines, meeting_paper, minutes_paper, opinions_paper, reminder_paper, topics_call_paper,
};
pub use ics::{Event, When, ics};
pub use markdown::markdown;
pub use template::{Form, MARKS, TemplateError, TemplateFault, Templates, paper, sentences};
pub use text::text;
