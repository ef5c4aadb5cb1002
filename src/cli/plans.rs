//! `plans`: the plans of the workspace.

use super::fail::Failure;
use super::session::{Answer, Session};
use super::table::Table;
use crate::workspace::list_plans;
use serde::Serialize;

#[derive(Serialize)]
struct Row<'p> {
    id: &'p str,
    title: &'p str,
}

pub(super) fn run(session: &mut Session) -> Result<Answer, Failure> {
    let plans = list_plans(&session.root()?);
    let rows: Vec<Row> = plans.iter().map(|plan| Row { id: &plan.id, title: &plan.title }).collect();
    let data = session.data(&rows, |out| {
        let mut table = Table::plain(session.world.width);
        plans.iter().for_each(|plan| table.row([plan.id.clone(), plan.title.clone()]));
        table.print(out);
    });
    Ok(Answer::done(data))
}
