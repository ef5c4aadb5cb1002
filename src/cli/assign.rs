//! `assign`: leads and responsible departments of rows and tasks.

use super::change;
use super::fail::Failure;
use super::session::{Answer, Session, Words};
use crate::domain::UnitId;
use crate::ops::{self, Assignment, Refusal};
use clap::ArgMatches;

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let reset = own.get_flag("reset");
    if !reset && ["lead", "add", "remove"].iter().all(|name| own.get_many::<String>(name).is_none()) {
        return Err(Failure::refusal(&Refusal::NothingAsked, session.text));
    }
    let mut workspace = session.open_to_change()?;
    let ids = session.resolve(&workspace, words.all())?;
    let units = |name: &str| -> Result<Vec<UnitId>, Failure> {
        let names = own.get_many::<String>(name).into_iter().flatten();
        let found = names.map(|name| ops::resolve_unit(&workspace, name));
        found.collect::<Result<_, _>>().map_err(|refusal| Failure::refusal(&refusal, session.text))
    };
    let assignment = Assignment { leads: units("lead")?, add: units("add")?, remove: units("remove")?, reset };
    let done = ops::assign(&mut workspace, &ids, &assignment);
    change::answer(session, &workspace, done)
}
