//! Opinions of departments on a clause: noting one down, adopting or declining it.

use super::meeting::{lines, make, random_key, set};
use super::{Moment, Outcome, Refusal, save};
use crate::domain::{
    Adoption, Field, FieldValue, NodeId, OpinionView, Record, RecordId, RecordKind, Stance, Str, UnitId,
};
use crate::edit::{Transaction, Verb};
use crate::text::Text;
use crate::workspace::Workspace;

/// An opinion as it came in.
#[derive(Clone, PartialEq, Debug)]
pub struct NewOpinion {
    pub clause: NodeId,
    pub unit: UnitId,
    pub stance: Stance,
    pub text: String,
    /// The number of the letter that it came with.
    pub letter: String,
}

/// Why nothing was done to an opinion.
#[derive(Clone, PartialEq, Debug)]
pub enum OpinionRefusal {
    Unknown {
        text: String,
    },
    Ambiguous {
        text: String,
        candidates: Vec<String>,
    },
    /// Who wants something else has to say what.
    TextNeeded {
        stance: Stance,
    },
    /// Declining needs a reason.
    ReasonNeeded,
}

impl From<OpinionRefusal> for Refusal {
    fn from(refusal: OpinionRefusal) -> Self {
        Refusal::Opinion(refusal)
    }
}

/// Notes an opinion down.
///
/// # Errors
/// An amendment or objection without words; a text over 64 KiB.
pub fn add_opinion(workspace: &mut Workspace, moment: &Moment, opinion: &NewOpinion) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let (said, stance) = (lines(&opinion.text)?, opinion.stance);
    if said.is_empty() && stance != Stance::Agree {
        return Err(OpinionRefusal::TextNeeded { stance }.into());
    }
    let record = Record::new()
        .with(Field::Tasks, vec![opinion.clause.clone()])
        .with(Field::Unit, opinion.unit.clone())
        .with(Field::Stance, FieldValue::word(stance.token()))
        .with(Field::Text, said)
        .with(Field::Letter, lines(&opinion.letter)?)
        .with(Field::Date, moment.today)
        .with_some(Field::By, moment.author.clone());
    let about = format!("{}{}{}", opinion.clause, opinion.unit, opinion.text);
    let key = random_key(workspace.plan(), moment, &about, 0);
    let change = make(RecordId::of_plan(RecordKind::Opinion, key), record);
    save(workspace, Transaction::new(Verb::Opinion, vec![change]))
}

/// Adopts an opinion or declines it, which needs a reason.
///
/// # Errors
/// No such opinion; declined without a reason.
pub fn settle_opinion(
    workspace: &mut Workspace,
    key: &str,
    adoption: Adoption,
    reason: &str,
) -> Result<Outcome, Refusal> {
    workspace.read_records();
    let plan = workspace.plan();
    let id = RecordId::of_plan(RecordKind::Opinion, key);
    let Some(record) = plan.record(&id) else { return Err(OpinionRefusal::Unknown { text: key.to_string() }.into()) };
    let is_news = Adoption::parse(record.text(Field::Decision)) != Some(adoption);
    let reason = lines(reason)?;
    if adoption == Adoption::Declined && reason.is_empty() && (is_news || record.text(Field::Reason).is_empty()) {
        return Err(OpinionRefusal::ReasonNeeded.into());
    }
    let mut changes = vec![set(plan, &id, Field::Decision, Some(FieldValue::word(adoption.token())))];
    // the reason for declining it says nothing about adopting it
    if is_news || !reason.is_empty() {
        changes.push(set(plan, &id, Field::Reason, Some(reason.into())));
    }
    save(workspace, Transaction::new(Verb::Opinion, changes))
}

/// Finds an opinion by its key, how that begins, or words of it.
///
/// # Errors
/// Where none or several answer to it.
pub fn resolve_opinion(workspace: &mut Workspace, text: &str) -> Result<Str, Refusal> {
    workspace.read_records();
    let all = OpinionView::all(workspace.plan());
    let typed = text.trim();
    let keyed: Vec<&OpinionView> = all.iter().filter(|one| !typed.is_empty() && one.key.starts_with(typed)).collect();
    let said = || all.iter().filter(|one| !typed.is_empty() && one.text().contains(typed)).collect();
    let found: Vec<&OpinionView> = match keyed.iter().find(|one| one.key.as_str() == typed) {
        Some(exact) => vec![*exact],
        None if keyed.is_empty() => said(),
        None => keyed,
    };
    match found.as_slice() {
        [] => Err(OpinionRefusal::Unknown { text: text.to_string() }.into()),
        [one] => Ok(one.key.clone()),
        several => {
            let candidates = several.iter().map(|one| format!("{} {}", one.key, one.text()).trim_end().to_string());
            Err(OpinionRefusal::Ambiguous { text: text.to_string(), candidates: candidates.collect() }.into())
        }
    }
}

/// Says why nothing was done to an opinion.
pub(super) fn say_opinion(refusal: &OpinionRefusal, text: &Text) -> String {
    let say = &text.opinions;
    match refusal {
        OpinionRefusal::Unknown { text } => (say.unknown)(text),
        OpinionRefusal::Ambiguous { text: typed, candidates } => {
            (say.ambiguous)(typed, &candidates.join(text.words.comma))
        }
        OpinionRefusal::TextNeeded { stance } => {
            (say.text_needed)((text.records.word)(RecordKind::Opinion, Field::Stance, stance.token()))
        }
        OpinionRefusal::ReasonNeeded => say.reason_needed.to_string(),
    }
}
