//! 议题征集函: asking the departments for topics.

use super::Contact;
use chrono::NaiveDate;
use serde::Serialize;

/// The letter, with the sheet that is filled in.
#[derive(Serialize, Clone, PartialEq, Debug, Default)]
pub struct TopicsCallPaper {
    /// The meeting's title; empty while none is planned.
    pub meeting: String,
    pub meeting_date: Option<NaiveDate>,
    /// When answers are expected, and in which words where it is no date.
    pub due: Option<NaiveDate>,
    pub due_words: String,
    /// To whom it goes, by name; empty where everybody is asked.
    pub recipients: Vec<String>,
    pub office: String,
    pub issued: Option<NaiveDate>,
    pub contact: Option<Contact>,
}
