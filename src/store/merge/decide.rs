//! What becomes of one field that two sides may have changed.

use super::pieces::{Piece, same_value};
use crate::domain::{Said, Str, Token};
use crate::edit::merge_order;
use crate::store::layout::matrix::parse_role;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Whose value a field gets.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Choice {
    Ours,
    Theirs,
    /// Both changed it, to different values: it stays as it was until somebody chooses.
    Disputed,
    /// Put together from both.
    Made(Token),
}

/// The keys that make up one field: a deadline is its date and its words. By the field's first key.
pub(super) type Fields = BTreeMap<String, BTreeSet<String>>;

/// What the kind of file says of its values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Manners {
    /// An empty text says nothing, as in the cells of the table.
    pub empty_is_nothing: bool,
    /// A list of departments names each only once.
    pub once: bool,
}

/// Which keys belong together, in any of the versions.
pub(super) fn fields_of(pieces: &[Option<&Piece>]) -> Fields {
    let keys: BTreeSet<&str> = pieces.iter().flatten().flat_map(|piece| piece.fields().map(|(key, ..)| key)).collect();
    let mut fields = Fields::new();
    for key in &keys {
        let parts = ["_text", "_source", "_year"];
        let first = parts.iter().filter_map(|part| key.strip_suffix(part)).find(|first| keys.contains(first));
        fields.entry(first.unwrap_or(key).to_string()).or_default().insert(key.to_string());
    }
    fields
}

type Values<'p> = Vec<(&'p str, &'p Token, &'p str)>;

/// What a piece says of a field.
pub(super) fn values<'p>(piece: Option<&'p Piece>, keys: &BTreeSet<String>, manners: Manners) -> Values<'p> {
    let is_said = |token: &Token| !(manners.empty_is_nothing && matches!(token, Token::Str(text) if text.is_empty()));
    let all = piece.into_iter().flat_map(|piece| piece.fields());
    let mut values: Values = all.filter(|(key, token, _)| keys.contains(*key) && is_said(token)).collect();
    values.sort_by_key(|(key, ..)| *key);
    values
}

fn same(a: &Values, b: &Values) -> bool {
    let one = |(x, y): (&(&str, &Token, &str), &(&str, &Token, &str))| x.0 == y.0 && same_value((x.1, x.2), (y.1, y.2));
    a.len() == b.len() && a.iter().zip(b).all(one)
}

/// Decides a field.
pub(super) fn decide(field: &str, base: &Values, ours: &Values, theirs: &Values, manners: Manners) -> Choice {
    if same(ours, theirs) || same(theirs, base) {
        return Choice::Ours;
    }
    if same(ours, base) {
        return Choice::Theirs;
    }
    if base.is_empty() && field == "original_due" && !ours.is_empty() && !theirs.is_empty() {
        // the deadline that stood first is the original one
        let first = |said: &Values| said.iter().map(|(_, token, _)| token.to_toml()).collect::<Vec<_>>();
        return if first(ours) <= first(theirs) { Choice::Ours } else { Choice::Theirs };
    }
    if field == "without" {
        // who has no topic is noted one by one: a list that is not there is an empty one
        let names = |said: &Values| match said[..] {
            [] => Some(Vec::new()),
            [(_, Token::Strs(names), _)] => Some(names.clone()),
            _ => None,
        };
        let all = (names(base), names(ours), names(theirs));
        let merged = if let (Some(base), Some(ours), Some(theirs)) = all { set(&base, &ours, &theirs) } else { None };
        return merged.map_or(Choice::Disputed, |merged| Choice::Made(Token::Strs(merged)));
    }
    let only = |said: &Values| if let [(_, token, _)] = said[..] { Some(token.clone()) } else { None };
    match (only(base), only(ours), only(theirs)) {
        (base, Some(Token::Str(ours)), Some(Token::Str(theirs))) if manners.empty_is_nothing => {
            role(base.as_ref(), &ours, &theirs).map_or(Choice::Disputed, Choice::Made)
        }
        (Some(Token::Strs(base)), Some(Token::Strs(ours)), Some(Token::Strs(theirs))) => {
            list(&base, &ours, &theirs, manners).map_or(Choice::Disputed, |merged| Choice::Made(Token::Strs(merged)))
        }
        _ => Choice::Disputed,
    }
}

/// Both gave a department the same role and another number, because each saw other departments in the cell: the lower one.
fn role(base: Option<&Token>, ours: &str, theirs: &str) -> Option<Token> {
    use crate::domain::Role::{JointLead, Responsible};
    let (one, other) = (parse_role(ours)??, parse_role(theirs)??);
    let lower = match (one, other) {
        (Responsible(a), Responsible(b)) if a <= b => ours,
        (JointLead(a), JointLead(b)) if a <= b => ours,
        (Responsible(_), Responsible(_)) | (JointLead(_), JointLead(_)) => theirs,
        (Responsible(_), JointLead(_)) | (JointLead(_), Responsible(_)) => return None,
    };
    // a place that both have changed was moved on purpose
    let was = base.and_then(Token::as_str).and_then(|text| parse_role(text)).flatten();
    let is_move = matches!((was, one), (Some(Responsible(_)), Responsible(_)) | (Some(JointLead(_)), JointLead(_)));
    (!is_move).then(|| Token::Str(lower.into()))
}

/// Merges two lists; `None` where both put something else in the place of the same item.
fn list(base: &[Str], ours: &[Str], theirs: &[Str], manners: Manners) -> Option<Vec<Str>> {
    let mut merged = if let (Some(one), Some(other)) = (ours.strip_prefix(base), theirs.strip_prefix(base)) {
        let mut added = [one, other];
        added.sort();
        [base, added[0], added[1]].concat()
    } else if ours.len() == base.len() && theirs.len() == base.len() {
        let each = base.iter().zip(ours).zip(theirs).map(|((base, ours), theirs)| match () {
            () if ours == theirs || theirs == base => Some(ours.clone()),
            () if ours == base => Some(theirs.clone()),
            () => None,
        });
        each.collect::<Option<Vec<Str>>>()?
    } else {
        set(base, ours, theirs)?
    };
    if manners.once {
        let mut seen = HashSet::new();
        merged.retain(|item| seen.insert(item.clone()));
    }
    Some(merged)
}

/// Each side's additions and removals. A list in which something stands twice cannot be told apart.
fn set(base: &[Str], ours: &[Str], theirs: &[Str]) -> Option<Vec<Str>> {
    let as_set = |list: &[Str]| list.iter().cloned().collect::<HashSet<Str>>();
    let (was, mine, yours) = (as_set(base), as_set(ours), as_set(theirs));
    if was.len() < base.len() || mine.len() < ours.len() || yours.len() < theirs.len() {
        return None;
    }
    let adds = |side: &HashSet<Str>| side.difference(&was).any(|item| !(mine.contains(item) && yours.contains(item)));
    let both_took_out = base.iter().any(|item| !mine.contains(item) && !yours.contains(item));
    if both_took_out && adds(&mine) && adds(&yours) {
        return None;
    }
    let stays = |item: &Str| match was.contains(item) {
        true => mine.contains(item) && yours.contains(item),
        false => true,
    };
    Some(merge_order(base, ours, theirs, stays))
}

/// A side as a conflict keeps it; what is not understood is kept as it is written.
pub(super) fn said(values: &Values) -> Said {
    if values.iter().any(|(_, token, _)| matches!(token, Token::Other)) {
        let lines = values.iter().map(|(key, _, raw)| format!("{} = {raw}\n", crate::store::splice::key_text(key)));
        return vec![(Str::new(), Token::Str(lines.collect::<String>().into()))];
    }
    values.iter().map(|(key, token, _)| (Str::from(*key), (*token).clone())).collect()
}
