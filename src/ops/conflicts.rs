//! What two people disagree about: listing it, saying it, and settling it.

use super::note::entry_change;
use super::{Moment, Outcome, Refusal, resolve_unit, save, understand_due};
use crate::domain::{
    Actual, By, Conflict, Due, EntryKind, FieldType, NodeId, Plan, Role, Said, Status, Str, Token, UnitId,
};
use crate::edit::{Change, Place, Transaction, Value, Verb};
use crate::store::layout::{self, node_of, place_of, value_of};
use crate::text::Text;
use crate::workspace::Workspace;

/// What somebody chose.
#[derive(Clone, PartialEq, Debug)]
pub enum Pick {
    Ours,
    Theirs,
    /// A third value, in the words of its field.
    Value(String),
}

impl Pick {
    /// Reads `ours`, `theirs`, their Chinese words, or a value.
    pub fn parse(text: &str) -> Pick {
        match text.trim() {
            "ours" | "甲" | "我方" => Pick::Ours,
            "theirs" | "乙" | "对方" => Pick::Theirs,
            text => Pick::Value(text.to_string()),
        }
    }
}

/// Why a conflict was not settled.
#[derive(Clone, PartialEq, Debug)]
pub enum Unsettled {
    Unknown {
        id: String,
    },
    Ambiguous {
        id: String,
    },
    /// The value is not one that the field holds.
    BadValue {
        text: String,
        expected: &'static str,
    },
    /// Only one of the two sides can be chosen.
    WholeOnly,
    /// The file is written in a way that cannot be edited in place.
    Unwritable {
        file: String,
    },
}

impl From<Unsettled> for Refusal {
    fn from(error: Unsettled) -> Self {
        Refusal::Unsettled(error)
    }
}

/// Every open conflict, those of log entries included, in the order of the files.
pub fn conflicts(workspace: &mut Workspace) -> Vec<Conflict> {
    workspace.read_all_logs();
    workspace.read_records();
    workspace.plan().conflicts.clone()
}

/// The open conflicts that a node's own fields have.
pub fn conflicts_of<'p>(plan: &'p Plan, node: &'p NodeId) -> impl Iterator<Item = &'p Conflict> {
    plan.conflicts.iter().filter(move |conflict| node_of(conflict).as_ref() == Some(node))
}

/// Finds a conflict by its id or the beginning of it.
fn find(workspace: &mut Workspace, id: &str) -> Result<Conflict, Unsettled> {
    let id = id.trim();
    let all = conflicts(workspace);
    let mut found = all.into_iter().filter(|conflict| !id.is_empty() && conflict.id.starts_with(id));
    let first = found.next().ok_or_else(|| Unsettled::Unknown { id: id.to_string() })?;
    match found.next() {
        Some(_) if first.id != id => Err(Unsettled::Ambiguous { id: id.to_string() }),
        _ => Ok(first),
    }
}

/// Settles a conflict: the place gets what was chosen, the conflict goes, and the log says so where the place has one.
///
/// # Errors
/// No such conflict, a value that the field does not hold, a file that cannot be edited in place.
pub fn settle(
    workspace: &mut Workspace,
    moment: &Moment,
    id: &str,
    pick: &Pick,
    basis: &str,
    text: &Text,
) -> Result<Outcome, Refusal> {
    let conflict = find(workspace, id)?;
    let place = place_of(&conflict).filter(|_| !conflict.is_whole());
    let said = match pick {
        Pick::Ours => conflict.ours.clone(),
        Pick::Theirs => conflict.theirs.clone(),
        Pick::Value(words) => read_value(workspace, &conflict, place.as_ref(), words, moment, basis)?,
    };
    let entry = entry(workspace, moment, &conflict, &said, basis.trim(), text);
    let gone = Change::new(
        Place::Conflict(conflict.file.clone(), conflict.id.clone()),
        Some(Value::Conflict(Box::new(conflict.clone()))),
        None,
    );
    let spliced = place.as_ref().and_then(|place| Some((place, value_of(place, &said)?)));
    match spliced {
        Some((place, new)) => {
            let old = crate::edit::current(workspace.plan(), place);
            let mut changes = alongside(workspace.plan(), place, new.as_ref())?;
            changes.extend([Change::new(place.clone(), old, new), gone]);
            changes.extend(entry);
            save(workspace, Transaction::new(Verb::Settle, changes))
        }
        None => {
            let unwritable = || Unsettled::Unwritable { file: conflict.file.to_string() };
            let settled = workspace.settle_in_file(&conflict, &said, entry)?.ok_or_else(unwritable)?;
            Ok(Outcome::Saved(settled))
        }
    }
}

/// What has to change with it: who leads a row is not responsible in it as well.
fn alongside(plan: &Plan, place: &Place, new: Option<&Value>) -> Result<Vec<Change>, Refusal> {
    match (place, new) {
        (Place::RowLead(row), Some(Value::Unit(lead))) => {
            let role = plan.matrix.row(row).and_then(|row| row.role(lead)).map(Value::Role);
            Ok(role
                .map(|role| Change::new(Place::Cell(row.clone(), lead.clone()), Some(role), None))
                .into_iter()
                .collect())
        }
        (Place::Cell(row, unit), Some(_))
            if plan.matrix.row(row).is_some_and(|row| row.lead.as_ref() == Some(unit)) =>
        {
            Err(Refusal::LeadAlsoResponsible { id: row.clone(), unit: unit.clone() })
        }
        (Place::Responsible(task), Some(Value::Units(units))) => match plan.state(task).lead.as_ref() {
            Some(lead) if units.contains(lead) => {
                Err(Refusal::LeadAlsoResponsible { id: task.clone(), unit: lead.clone() })
            }
            _ => Ok(Vec::new()),
        },
        _ => Ok(Vec::new()),
    }
}

/// Reads a third value with the field's own parser.
fn read_value(
    workspace: &Workspace,
    conflict: &Conflict,
    place: Option<&Place>,
    words: &str,
    moment: &Moment,
    basis: &str,
) -> Result<Said, Refusal> {
    if conflict.is_whole() {
        return Err(Unsettled::WholeOnly.into());
    }
    let field = conflict.field.clone();
    let one = |token: Token| vec![(field.clone(), token)];
    let text = |words: &str| Token::Str(words.into());
    let is_none = matches!(words, "" | "none" | "无" | "空");
    let bad = |expected| Refusal::from(Unsettled::BadValue { text: words.to_string(), expected });
    let units = |words: &str| -> Result<Vec<UnitId>, Refusal> {
        let names = words.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| resolve_unit(workspace, name)).collect()
    };
    match place {
        Some(Place::Status(_)) => {
            let status = Status::parse(words).ok_or_else(|| bad("todo|doing|done|blocked|deferred"))?;
            Ok(one(text(status.token())))
        }
        Some(Place::Due(_) | Place::OriginalDue(_)) => Ok(due_said(&field, understand_due(words, moment.today)?)),
        Some(Place::Lead(_) | Place::RowLead(_)) if is_none => Ok(Said::new()),
        Some(Place::Lead(_) | Place::RowLead(_)) => Ok(one(text(resolve_unit(workspace, words)?.as_str()))),
        Some(Place::Responsible(_)) if is_none => Ok(Said::new()),
        Some(Place::Responsible(_)) => {
            let names = units(words)?.iter().map(|unit| unit.as_str().into()).collect();
            Ok(one(Token::Strs(names)))
        }
        Some(Place::Cell(..)) if is_none => Ok(Said::new()),
        Some(Place::Cell(..)) => {
            layout::matrix::parse_role(words).flatten().ok_or_else(|| bad("responsible n|lead n|none"))?;
            Ok(one(text(words)))
        }
        Some(Place::Actual(_, year)) => {
            let value = words.trim_end_matches('%').parse().ok().filter(|value: &f64| value.is_finite());
            let value = value.ok_or_else(|| bad("12.5"))?;
            if basis.trim().is_empty() {
                return Err(Refusal::NoSource);
            }
            Ok(vec![(field, Token::Float(value)), (format!("{year}_source").into(), text(basis.trim()))])
        }
        Some(Place::Field(id, name)) => match name.holds(id.kind) {
            FieldType::Due => Ok(due_said(&field, understand_due(words, moment.today)?)),
            FieldType::Date => {
                let date = understand_due(words, moment.today)?.and_then(|due| due.date);
                Ok(one(Token::Date(date.ok_or_else(|| bad("2025-06-30"))?)))
            }
            FieldType::Unit if !is_none => Ok(one(text(resolve_unit(workspace, words)?.as_str()))),
            FieldType::Units if !is_none => {
                Ok(one(Token::Strs(units(words)?.iter().map(|unit| unit.as_str().into()).collect())))
            }
            _ if is_none => Ok(Said::new()),
            _ => {
                let said = like(conflict, words).ok_or_else(|| bad("12|true|…"))?;
                place.and_then(|place| value_of(place, &said)).ok_or_else(|| bad("12|true|…"))?;
                Ok(said)
            }
        },
        _ => Ok(like(conflict, words).ok_or_else(|| bad("12|2025-06-30|true|…"))?),
    }
}

fn due_said(field: &str, due: Option<Due>) -> Said {
    let first = field.strip_suffix("_text").unwrap_or(field);
    let Some(due) = due else { return Said::new() };
    let date = due.date.map(|date| (Str::from(first), Token::Date(date)));
    let words = Some(due.wording).filter(|words| !words.is_empty());
    date.into_iter().chain(words.map(|words| (format!("{first}_text").into(), Token::Str(words)))).collect()
}

/// A value of the kind that both sides have.
fn like(conflict: &Conflict, words: &str) -> Option<Said> {
    let known = [&conflict.ours, &conflict.theirs, &conflict.base].into_iter().flatten();
    let kind = known.filter(|(key, _)| *key == conflict.field).map(|(_, token)| token).next();
    let token = match kind {
        None | Some(Token::Str(_)) => Token::Str(words.into()),
        Some(Token::Int(_)) => Token::Int(words.parse().ok()?),
        Some(Token::Float(_)) => Token::Float(words.parse().ok().filter(|number: &f64| number.is_finite())?),
        Some(Token::Bool(_)) => Token::Bool(words.parse().ok()?),
        Some(Token::Date(_)) => Token::Date(words.parse().ok()?),
        Some(Token::Strs(_)) => {
            let items = words.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|item| !item.is_empty());
            Token::Strs(items.map(Str::from).collect())
        }
        Some(Token::Other) => return None,
    };
    Some(vec![(conflict.field.clone(), token)])
}

/// The log entry that records the choice, where the place belongs to a task or measure.
fn entry(
    workspace: &mut Workspace,
    moment: &Moment,
    conflict: &Conflict,
    said: &Said,
    basis: &str,
    text: &Text,
) -> Option<Change> {
    let node = node_of(conflict).filter(|id| workspace.node(id).is_some_and(|node| node.kind.is_tracked()))?;
    let is_ours = *said == conflict.ours;
    let is_theirs = *said == conflict.theirs;
    let others = match (is_ours, is_theirs) {
        (true, _) => vec![&conflict.theirs],
        (_, true) => vec![&conflict.ours],
        _ => vec![&conflict.ours, &conflict.theirs],
    };
    let words = |said: &Said| said_words(conflict, said, text);
    let others: Vec<String> = others.into_iter().map(words).collect();
    let basis = if basis.is_empty() { String::new() } else { (text.conflicts.basis)(basis) };
    let field = field_name(conflict, text);
    let words = (text.conflicts.entry)(&field, &words(said), &others.join(text.words.comma), &basis);
    Some(entry_change(workspace, moment, &node, EntryKind::Note, &words))
}

/// Where a conflict stands, in words: 三（一）2 完成时限.
pub fn conflict_place(conflict: &Conflict, text: &Text) -> String {
    if let Some(Place::Field(id, _) | Place::Record(id)) = place_of(conflict) {
        return format!("{} {}", super::record_name(&id, None, text), field_name(conflict, text));
    }
    let place = match (node_of(conflict), conflict.record.is_empty()) {
        (Some(id), _) => super::place_name(&id, text),
        (None, false) => conflict.record.to_string(),
        (None, true) => conflict.file.to_string(),
    };
    format!("{place} {}", field_name(conflict, text))
}

/// A conflict in one line: 三（一）2 完成时限：2025-06-30 ≠ 2025-12-31.
pub fn conflict_sentence(conflict: &Conflict, text: &Text) -> String {
    let words = |said| said_words(conflict, said, text);
    (text.conflicts.sentence)(&conflict_place(conflict, text), &words(&conflict.ours), &words(&conflict.theirs))
}

/// The field's name in words.
fn field_name(conflict: &Conflict, text: &Text) -> String {
    let say = &text.outcomes;
    let place = place_of(conflict).filter(|_| !conflict.is_whole());
    match place {
        _ if conflict.is_whole() => text.conflicts.whole.to_string(),
        Some(Place::Status(_)) => say.field_status.to_string(),
        Some(Place::Due(_)) => say.field_due.to_string(),
        Some(Place::OriginalDue(_)) => say.field_original_due.to_string(),
        Some(Place::Lead(_) | Place::RowLead(_)) => say.field_lead.to_string(),
        Some(Place::Responsible(_)) => say.field_responsible.to_string(),
        Some(Place::Field(id, field)) => (text.records.field)(id.kind, field).to_string(),
        Some(Place::Cell(_, unit)) => format!("{unit} {}", say.field_role),
        _ => conflict.field.to_string(),
    }
}

/// What a side says, in words.
pub fn said_words(conflict: &Conflict, said: &Said, text: &Text) -> String {
    if conflict.is_whole() {
        return match &said[..] {
            [] => text.conflicts.deleted,
            [(_, Token::Bool(_))] => text.conflicts.stands,
            _ => text.conflicts.other_version,
        }
        .to_string();
    }
    let value = place_of(conflict).and_then(|place| value_of(&place, said).map(|value| (place, value)));
    match value {
        Some((Place::Status(_), None)) => (text.words.status)(Status::Todo).to_string(),
        Some((_, None)) => text.conflicts.nothing.to_string(),
        Some((_, Some(Value::Status(status)))) => (text.words.status)(status).to_string(),
        Some((_, Some(Value::Due(due)))) => super::due_in_full(&due, text),
        Some((_, Some(Value::Role(Role::Responsible(n))))) => {
            format!("{} {n}", (text.words.role)(Role::Responsible(n)))
        }
        Some((_, Some(Value::Role(role)))) => (text.words.role)(role).to_string(),
        Some((_, Some(Value::Actual(Actual { value, source })))) => format!("{value} {source}").trim().to_string(),
        _ if said.is_empty() => text.conflicts.nothing.to_string(),
        _ => said.iter().map(|(_, token)| token_words(token, text)).collect::<Vec<_>>().join(" "),
    }
}

fn token_words(token: &Token, text: &Text) -> String {
    match token {
        Token::Str(words) => words.to_string(),
        Token::Strs(items) if items.is_empty() => text.words.none.to_string(),
        Token::Strs(items) => items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join(text.words.comma),
        Token::Int(_) | Token::Float(_) | Token::Bool(_) | Token::Date(_) | Token::Other => token.to_toml(),
    }
}

/// A side's label: 甲（小王，2025-06-10）.
pub fn side_label(label: &str, by: &By, text: &Text) -> String {
    let (who, when) = (by.who.as_deref().unwrap_or(""), by.when.map(|when| when.to_string()).unwrap_or_default());
    if who.is_empty() && when.is_empty() { label.to_string() } else { (text.conflicts.side)(label, who, &when) }
}

/// Who wrote a side, when, and on which basis: as the conflict has it, or as the log of the task tells.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Source {
    pub by: By,
    pub basis: Option<Str>,
}

/// Where a side comes from.
pub fn source_of(conflict: &Conflict, is_ours: bool, plan: &Plan) -> Source {
    let (said, by) = match is_ours {
        true => (&conflict.ours, &conflict.ours_by),
        false => (&conflict.theirs, &conflict.theirs_by),
    };
    let value = place_of(conflict).and_then(|place| value_of(&place, said)).flatten();
    let logged = node_of(conflict).and_then(|node| plan.log.get(&node));
    let entry =
        logged.into_iter().flatten().rev().filter_map(|item| item.entry.as_ref()).find(|entry| match &entry.kind {
            EntryKind::Status { to, .. } => value == Some(Value::Status(*to)),
            EntryKind::Deadline { to, .. } => value.is_some() && value == to.clone().map(Value::Due),
            EntryKind::Note | EntryKind::Progress => false,
        });
    let by = By {
        who: by.who.clone().or_else(|| entry.and_then(|entry| entry.by.clone())),
        when: by.when.or_else(|| entry.map(|entry| entry.id.date())),
    };
    Source { by, basis: entry.map(|entry| entry.text.clone()).filter(|text| !text.is_empty()) }
}

/// A conflict as a card: its place, what stood there, both sides with who, when and why, and how to settle it.
pub fn conflict_card(conflict: &Conflict, plan: &Plan, text: &Text) -> Vec<String> {
    let say = &text.conflicts;
    let side = |is_ours: bool| {
        let (label, said) = if is_ours { (say.ours, &conflict.ours) } else { (say.theirs, &conflict.theirs) };
        let Source { by, basis } = source_of(conflict, is_ours, plan);
        let basis = basis.map(|words| (say.basis)(&words)).unwrap_or_default();
        format!("  {} {}{basis}", side_label(label, &by, text), said_words(conflict, said, text))
    };
    let mut lines = vec![format!("{}  {}", conflict.id, conflict_place(conflict, text))];
    if !conflict.is_whole() {
        lines.push(format!("  {} {}", say.base, said_words(conflict, &conflict.base, text)));
    }
    lines.extend([side(true), side(false), format!("  {}", (say.how)(&conflict.id))]);
    lines
}

/// Says why a conflict was not settled.
pub fn say_unsettled(error: &Unsettled, text: &Text) -> String {
    let say = &text.conflicts;
    match error {
        Unsettled::Unknown { id } => (say.unknown)(id),
        Unsettled::Ambiguous { id } => (say.ambiguous)(id),
        Unsettled::BadValue { text, expected } => (say.bad_value)(text, expected),
        Unsettled::WholeOnly => say.whole_only.to_string(),
        Unsettled::Unwritable { file } => (say.unwritable)(file),
    }
}
