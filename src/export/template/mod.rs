//! Wording in templates that the office can edit: content in, paper out.
//!
//! A template is a text file. minijinja fills it (`{{ title }}`, `{% for item in items %}`), and every line that comes out is a
//! block of the paper: see `template/markup.rs` for the few words that begin with `@`. The built-in templates stand in
//! `src/export/templates`; a file of the same name in the plan's `templates/` takes the place of one.
//!
//! What comes from data can be no mark: `@`, `|`, `<` and line ends in values are carried past the markup as other characters.

mod fill;
mod markup;
mod words;

use super::paper::Paper;
use serde::Serialize;
use std::collections::BTreeMap;

/// The papers that have a template.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Form {
    /// 会议通知, with the reply slip.
    Notice,
    /// 会议议程
    Agenda,
    /// 主持词
    Script,
    /// 签到表
    SignIn,
    /// 座次表和桌签
    Seats,
    /// 会议纪要
    Minutes,
    /// Its opening sentences: the content is a [`Sitting`](super::content::Sitting).
    MinutesOpening,
    /// A decision as a sentence: the content is a [`DecisionLine`](super::content::DecisionLine).
    MinutesDecision,
    /// Its last sentence.
    MinutesClosing,
    /// 摘办单
    Excerpt,
    /// 提醒函, 催办单, 警示单
    Reminder,
    /// 意见采纳情况表
    Opinions,
    /// 议题征集函
    TopicsCall,
}

impl Form {
    pub const ALL: [Form; 13] = [
        Form::Notice,
        Form::Agenda,
        Form::Script,
        Form::SignIn,
        Form::Seats,
        Form::Minutes,
        Form::MinutesOpening,
        Form::MinutesDecision,
        Form::MinutesClosing,
        Form::Excerpt,
        Form::Reminder,
        Form::Opinions,
        Form::TopicsCall,
    ];

    /// The template's file name in `templates/`.
    pub fn file(self) -> &'static str {
        match self {
            Form::Notice => "notice.txt",
            Form::Agenda => "agenda.txt",
            Form::Script => "script.txt",
            Form::SignIn => "signin.txt",
            Form::Seats => "seats.txt",
            Form::Minutes => "minutes.txt",
            Form::MinutesOpening => "minutes-opening.txt",
            Form::MinutesDecision => "minutes-decision.txt",
            Form::MinutesClosing => "minutes-closing.txt",
            Form::Excerpt => "excerpt.txt",
            Form::Reminder => "reminder.txt",
            Form::Opinions => "opinions.txt",
            Form::TopicsCall => "topics-call.txt",
        }
    }

    /// The wording that the program brings.
    pub fn built_in(self) -> &'static str {
        match self {
            Form::Notice => include_str!("../templates/notice.txt"),
            Form::Agenda => include_str!("../templates/agenda.txt"),
            Form::Script => include_str!("../templates/script.txt"),
            Form::SignIn => include_str!("../templates/signin.txt"),
            Form::Seats => include_str!("../templates/seats.txt"),
            Form::Minutes => include_str!("../templates/minutes.txt"),
            Form::MinutesOpening => include_str!("../templates/minutes-opening.txt"),
            Form::MinutesDecision => include_str!("../templates/minutes-decision.txt"),
            Form::MinutesClosing => include_str!("../templates/minutes-closing.txt"),
            Form::Excerpt => include_str!("../templates/excerpt.txt"),
            Form::Reminder => include_str!("../templates/reminder.txt"),
            Form::Opinions => include_str!("../templates/opinions.txt"),
            Form::TopicsCall => include_str!("../templates/topics-call.txt"),
        }
    }
}

/// The office's own wording, by form; what is not here is built in.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Templates {
    own: BTreeMap<Form, String>,
}

impl Templates {
    /// Takes the office's wording of a form. A byte order mark and Windows line ends are no matter.
    pub fn set(&mut self, form: Form, text: &str) {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
        self.own.insert(form, text);
    }

    pub fn text(&self, form: Form) -> &str {
        self.own.get(&form).map_or_else(|| form.built_in(), String::as_str)
    }
}

/// What is wrong with a template, and where.
#[derive(Clone, PartialEq, Debug)]
pub struct TemplateError {
    pub form: Form,
    /// 1-based; columns count characters. 0 where no place can be told.
    pub line: u32,
    pub column: u32,
    pub kind: TemplateFault,
}

#[derive(Clone, PartialEq, Debug)]
pub enum TemplateFault {
    /// The braces are not right; the words are the template library's.
    Syntax { message: String },
    /// A name, filter or function that this paper has not got.
    UnknownName { message: String },
    /// Something else went wrong while it was filled.
    Failed { message: String },
    /// It goes on without end.
    Endless,
    /// A line begins with `@` and a word that is none of the marks.
    UnknownMark { mark: String },
    /// A row has more cells than its table has columns, or stands outside a table.
    BadRow { cells: usize, columns: usize },
}

/// Fills the template of a form.
///
/// # Errors
/// A template that is wrong, with its place.
pub fn paper(form: Form, templates: &Templates, content: &impl Serialize) -> Result<Paper, TemplateError> {
    let filled = fill::fill(form, templates.text(form), content)?;
    markup::read(&filled.text).map_err(|fault| filled.error(form, fault))
}

/// Fills a template that is a sentence or two: the lines that it gives, one paragraph each.
///
/// # Errors
/// A template that is wrong, with its place.
pub fn sentences(form: Form, templates: &Templates, content: &impl Serialize) -> Result<Vec<String>, TemplateError> {
    let filled = fill::fill(form, templates.text(form), content)?;
    let lines = filled.text.lines().flat_map(|line| line.split(fill::LINE_END));
    Ok(lines.map(|line| fill::restore(line.trim())).filter(|line| !line.is_empty()).collect())
}

/// The marks that a line may begin with behind `@`, for messages and documentation.
pub const MARKS: [&str; 31] = markup::MARKS;
