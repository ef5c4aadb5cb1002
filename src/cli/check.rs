//! `check`: files and rules, each finding with its place.

use super::fail::{Code, Failure};
use super::session::{self, Answer, Session};
use crate::ops::{self, Located};
use serde::Serialize;

#[derive(Serialize)]
struct FindingRecord {
    file: String,
    line: u32,
    column: u32,
    rule: &'static str,
    message: String,
}

pub(super) fn run(session: &mut Session) -> Result<Answer, Failure> {
    let text = session.text;
    let mut workspace = session.open()?;
    let found = ops::check(&mut workspace);
    let records: Vec<FindingRecord> = found
        .iter()
        .map(|finding| {
            let (file, line, column, message) = ops::say_located(finding, text);
            let rule = match finding {
                Located::Problem(problem) => problem.kind.name(),
                Located::Rule { rule, .. } => rule.name(),
                Located::Conflict { .. } => "conflict",
            };
            FindingRecord { file: session::file_name(&workspace, file), line, column, rule, message }
        })
        .collect();
    let data = session.data(&records, |out| {
        for finding in &records {
            out.push_str(&session::at_place(&finding.file, finding.line, finding.column, &finding.message));
        }
    });
    if records.is_empty() {
        session.say(text.outcomes.sound);
        return Ok(Answer::done(data));
    }
    session.say(&(text.outcomes.findings)(records.len()));
    // what waits for a choice is sound all the same
    let is_data = found.iter().any(|finding| !matches!(finding, Located::Conflict { .. }));
    Ok(Answer { data, code: if is_data { Code::Data } else { Code::Conflict } })
}
