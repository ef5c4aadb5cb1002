//! `opinion`: what departments say of clauses, and what was made of it.

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::table::Table;
use super::{change, note, usage};
use crate::domain::{Adoption, Field, NodeId, OpinionView, RecordKind, Stance, UnitId};
use crate::ops::{self, NewOpinion, Refusal, place_name};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::ArgMatches;
use serde::Serialize;

#[derive(Serialize)]
struct OpinionRecord<'p> {
    id: &'p str,
    tasks: Vec<&'p str>,
    unit: Option<&'p str>,
    stance: Option<&'static str>,
    text: &'p str,
    letter: &'p str,
    date: Option<NaiveDate>,
    /// `adopted`, `declined`; null while nobody has decided.
    decision: Option<&'static str>,
    reason: &'p str,
    by: &'p str,
}

pub(super) fn run(session: &mut Session, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let word = words.first().unwrap_or("list");
    let own_words = words.all().get(1..).unwrap_or_default();
    let (least, most) = match word {
        "add" => (2, usize::MAX),
        "list" => (0, 1),
        "adopt" | "decline" => (1, 1),
        word => return Err(Failure::usage((text.opinions.unknown_act)(word))),
    };
    if own_words.len() < least {
        return Err(usage::words_missing(super::Verb::Opinion, text));
    }
    if let Some(extra) = own_words.get(most) {
        return Err(Failure::usage((text.help.usage.too_many)(extra)));
    }
    let option = |name: &str| own.get_one::<String>(name).cloned().unwrap_or_default();
    let refused = |refusal: Refusal| Failure::refusal(&refusal, text);
    match word {
        "add" => {
            let stance = stance(words.at(2), text)?;
            let typed = words.all().get(3..).unwrap_or_default().join(" ");
            let unit = option("unit");
            if unit.is_empty() {
                return Err(Failure::usage(text.opinions.unit_needed.to_string()));
            }
            let typed = note::typed(session, &typed)?;
            let mut workspace = session.open_to_change()?;
            let clause = session.resolve_one(&workspace, words.at(1))?;
            let unit = ops::resolve_unit(&workspace, &unit).map_err(refused)?;
            let moment = session.moment(workspace.root(), true)?;
            let opinion = NewOpinion { clause, unit, stance, text: typed, letter: option("letter") };
            let done = ops::add_opinion(&mut workspace, &moment, &opinion);
            change::answer(session, &workspace, done)
        }
        "adopt" | "decline" => {
            let adoption = if word == "adopt" { Adoption::Adopted } else { Adoption::Declined };
            let mut workspace = session.open_to_change()?;
            let key = ops::resolve_opinion(&mut workspace, words.at(1)).map_err(refused)?;
            let done = ops::settle_opinion(&mut workspace, &key, adoption, &option("reason"));
            change::answer(session, &workspace, done)
        }
        _ => {
            let mut workspace = session.open()?;
            workspace.read_records();
            let clause = words.all().get(1).map(|id| session.resolve_one(&workspace, id)).transpose()?;
            Ok(list(session, &workspace, clause.as_ref()))
        }
    }
}

/// A stance as it is typed: its token, or its word in the language of the command.
fn stance(word: &str, text: &Text) -> Result<Stance, Failure> {
    let named = |stance: &Stance| (text.records.word)(RecordKind::Opinion, Field::Stance, stance.token()) == word;
    let found = Stance::parse(word).or_else(|| Stance::ALL.into_iter().find(named));
    found.ok_or_else(|| Failure::usage((text.opinions.unknown_stance)(word)))
}

/// All opinions, or those about a clause and what is below it.
fn list(session: &mut Session, workspace: &Workspace, clause: Option<&NodeId>) -> Answer {
    let text = session.text;
    let mut opinions = OpinionView::all(workspace.plan());
    opinions.retain(|one| clause.is_none_or(|clause| one.clauses().iter().any(|id| id.is_within(clause))));
    let records: Vec<OpinionRecord> = opinions
        .iter()
        .map(|one| OpinionRecord {
            id: one.key,
            tasks: one.clauses().iter().map(NodeId::as_str).collect(),
            unit: one.unit().map(UnitId::as_str),
            stance: one.stance().map(Stance::token),
            text: one.text(),
            letter: one.record.text(Field::Letter),
            date: one.record.date(Field::Date),
            decision: one.adoption().map(Adoption::token),
            reason: one.reason(),
            by: one.record.text(Field::By),
        })
        .collect();
    let data = session.data(&records, |out| {
        let word = |field, token: &'static str| (text.records.word)(RecordKind::Opinion, field, token).to_string();
        let mut table = Table::plain(session.world.width);
        for one in &opinions {
            let places: Vec<String> = one.clauses().iter().map(|id| place_name(id, text)).collect();
            let said = [one.text(), one.reason()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
            table.row([
                one.key.to_string(),
                places.join(text.words.comma),
                one.unit().map(ToString::to_string).unwrap_or_default(),
                one.stance().map(|stance| word(Field::Stance, stance.token())).unwrap_or_default(),
                one.adoption().map_or(text.opinions.open.to_string(), |one| word(Field::Decision, one.token())),
                said.join(" — ").replace('\n', " "),
            ]);
        }
        table.print(out);
    });
    let count = |adoption| opinions.iter().filter(|one| one.adoption() == adoption).count();
    let sentence = match opinions.len() {
        0 => text.opinions.none.to_string(),
        all => (text.opinions.total)(all, count(Some(Adoption::Adopted)), count(Some(Adoption::Declined)), count(None)),
    };
    session.say(&sentence);
    session.browsed(workspace, data)
}
