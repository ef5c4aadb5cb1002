//! Putting the pieces of two versions together, field by field, in the formatting of ours.

use super::decide::{Choice, Manners, decide, fields_of, said, values};
use super::pieces::{Item, ItemKey, Piece, PieceKey, head};
use super::record;
use crate::domain::{By, Conflict, Map, Said, Str, Token};
use crate::edit::merge_order;
use crate::store::layout::matrix::parse_role;
use std::collections::{BTreeMap, BTreeSet};

/// The file that is merged, as far as its conflicts have to name it.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    pub file: &'a str,
    pub ours: &'a By,
    pub theirs: &'a By,
    pub manners: Manners,
    /// The file is the table: who leads a row cannot also be responsible in it.
    pub is_matrix: bool,
    pub is_tasks: bool,
}

impl About<'_> {
    /// A conflict about a field of this file, or about a record as a whole.
    pub fn conflict(&self, key: &PieceKey, field: &str, base: Said, ours: Said, theirs: Said) -> Conflict {
        let conflict = Conflict {
            id: Str::new(),
            file: self.file.into(),
            list: key.list.as_str().into(),
            record: key.record.as_str().into(),
            field: field.into(),
            base,
            ours,
            theirs,
            ours_by: self.ours.clone(),
            theirs_by: self.theirs.clone(),
        };
        conflict.with_id()
    }
}

/// The merged text with `\n` line ends, and what both sides disagree about.
pub(super) fn weave(about: About, base: &[Piece], ours: &[Piece], theirs: &[Piece]) -> (String, Vec<Conflict>) {
    let index = |pieces: &[Piece]| -> Map<PieceKey, usize> {
        pieces.iter().enumerate().map(|(at, piece)| (piece.key.clone(), at)).collect()
    };
    let (in_base, in_ours, in_theirs) = (index(base), index(ours), index(theirs));
    let mut merged: Map<PieceKey, String> = Map::default();
    let mut conflicts = Vec::new();
    for key in ours.iter().chain(theirs.iter().filter(|piece| !in_ours.contains_key(&piece.key))).map(|p| &p.key) {
        let base = in_base.get(key).map(|at| &base[*at]);
        let ours = in_ours.get(key).map(|at| &ours[*at]);
        let theirs = in_theirs.get(key).map(|at| &theirs[*at]);
        let text = match key.list == record::LIST {
            true => record::merge(base, ours, theirs),
            false => piece(about, key, [base, ours, theirs], &mut conflicts),
        };
        if let Some(text) = text {
            merged.insert(key.clone(), text);
        }
    }
    let keys = |pieces: &[Piece]| pieces.iter().map(|piece| piece.key.clone()).collect::<Vec<_>>();
    let order = merge_order(&keys(base), &keys(ours), &keys(theirs), |key| merged.contains_key(key));
    let mut text = merged.remove(&head()).unwrap_or_default();
    let (records, tables): (Vec<_>, Vec<_>) = order.iter().partition(|key| key.list == record::LIST);
    for key in tables.into_iter().chain(records) {
        text.push_str(&merged.remove(key).unwrap_or_default());
    }
    (text, conflicts)
}

/// Merges a table; `None` where it goes.
fn piece(
    about: About,
    key: &PieceKey,
    [base, ours, theirs]: [Option<&Piece>; 3],
    conflicts: &mut Vec<Conflict>,
) -> Option<String> {
    match (base, ours, theirs) {
        (None, Some(one), None) | (None, None, Some(one)) => Some(whole(one)),
        (Some(base), Some(stays), None) | (Some(base), None, Some(stays)) => {
            if says_same(base, stays) {
                return None;
            }
            // gone on one side and changed on the other: kept until somebody chooses
            let stands: Said = vec![(Str::new(), Token::Bool(true))];
            let (mine, yours) = if ours.is_some() { (stands, Said::new()) } else { (Said::new(), stands) };
            conflicts.push(about.conflict(key, "", Said::new(), mine, yours));
            Some(whole(stays))
        }
        (base, Some(ours), Some(theirs)) => Some(both(about, key, base, ours, theirs, conflicts)),
        (_, None, None) => None,
    }
}

fn says_same(a: &Piece, b: &Piece) -> bool {
    let all = |piece: &Piece| {
        let fields = piece.fields().map(|(key, token, raw)| (key.to_string(), token.clone(), raw.to_string()));
        let mut fields: Vec<_> = fields.collect();
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        fields
    };
    let (a, b) = (all(a), all(b));
    let one = |(x, y): (&(String, Token, String), &(String, Token, String))| {
        x.0 == y.0 && super::pieces::same_value((&x.1, &x.2), (&y.1, &y.2))
    };
    a.len() == b.len() && a.iter().zip(&b).all(one)
}

/// A piece as it stands.
pub(super) fn whole(piece: &Piece) -> String {
    let mut out = String::new();
    piece.items.iter().for_each(|item| add(&mut out, item.gap, item.text));
    out
}

/// Adds lines, each with a line end.
fn add(out: &mut String, gap: &str, text: &str) {
    out.push_str(gap);
    out.push_str(text);
    if !text.is_empty() && !text.ends_with('\n') {
        out.push('\n');
    }
}

/// Merges a table that both have.
fn both(
    about: About,
    key: &PieceKey,
    base: Option<&Piece>,
    ours: &Piece,
    theirs: &Piece,
    conflicts: &mut Vec<Conflict>,
) -> String {
    let fields = fields_of(&[base, Some(ours), Some(theirs)]);
    let mut choices: BTreeMap<&str, Choice> = BTreeMap::new();
    for (field, keys) in &fields {
        let look = |piece| values(piece, keys, about.manners);
        let (was, mine, yours) = (look(base), look(Some(ours)), look(Some(theirs)));
        let mut choice = decide(field, &was, &mine, &yours, about.manners);
        if choice == Choice::Disputed {
            conflicts.push(about.conflict(key, field, said(&was), said(&mine), said(&yours)));
            // a record that both have made has no field to go back to
            if base.is_none() && !mine.is_empty() && !yours.is_empty() {
                let words = |said: &Said| said.iter().map(|(_, token)| token.to_toml()).collect::<String>();
                choice = if words(&said(&mine)) <= words(&said(&yours)) { Choice::Ours } else { Choice::Theirs };
            }
        }
        choices.insert(field, choice);
    }
    let mut table = Merging { base, ours, theirs, choices, fields: &fields };
    table.keep_leads_apart(about, key, conflicts);
    table.text()
}

/// A table with what was decided about its fields.
struct Merging<'m, 's> {
    base: Option<&'m Piece<'s>>,
    ours: &'m Piece<'s>,
    theirs: &'m Piece<'s>,
    choices: BTreeMap<&'m str, Choice>,
    fields: &'m BTreeMap<String, BTreeSet<String>>,
}

impl<'m, 's> Merging<'m, 's> {
    /// The item whose value a field gets.
    fn item(&self, key: &str, choice: &Choice) -> Option<&'m Item<'s>> {
        match choice {
            Choice::Ours => self.ours.field(key),
            Choice::Theirs => self.theirs.field(key),
            Choice::Disputed => self.base.and_then(|base| base.field(key)),
            Choice::Made(_) => self.ours.field(key).or_else(|| self.theirs.field(key)),
        }
    }

    fn choice(&self, key: &str) -> &Choice {
        let of = self.fields.iter().find(|(_, keys)| keys.contains(key)).map(|(field, _)| field.as_str());
        of.and_then(|field| self.choices.get(field)).unwrap_or(&Choice::Ours)
    }

    fn token(&self, key: &str) -> Option<Token> {
        match self.choice(key) {
            Choice::Made(token) => Some(token.clone()),
            choice => self.item(key, choice)?.value.as_ref().map(|(token, _)| token.clone()),
        }
    }

    /// One side made a department lead while the other made it responsible: it leads, and what else it was to be is asked.
    fn keep_leads_apart(&mut self, about: About, key: &PieceKey, conflicts: &mut Vec<Conflict>) {
        let Some(Token::Str(lead)) = self.token("lead").filter(|_| about.is_matrix || about.is_tasks) else { return };
        let broken = |piece: &Piece| {
            let leads = piece.field("lead").and_then(|item| item.value.as_ref()).and_then(|(token, _)| token.as_str());
            leads == Some(&lead) && self.also(piece, &lead, about).is_some()
        };
        // what was wrong before is not the merge's to mend
        if broken(self.ours) || broken(self.theirs) || self.base.is_some_and(broken) {
            return;
        }
        let (field, rest) = match about.is_matrix {
            true => match self.token(&lead) {
                Some(Token::Str(role)) if matches!(parse_role(&role), Some(Some(_))) => {
                    (lead.to_string(), Token::Str(Str::new()))
                }
                _ => return,
            },
            false => match self.token("responsible") {
                Some(Token::Strs(units)) if units.contains(&lead) => {
                    let rest = units.into_iter().filter(|unit| *unit != lead).collect();
                    ("responsible".to_string(), Token::Strs(rest))
                }
                _ => return,
            },
        };
        let Some((field, keys)) = self.fields.get_key_value(&field) else { return };
        if self.choices.get(field.as_str()) != Some(&Choice::Disputed) {
            let look = |piece| said(&values(piece, keys, about.manners));
            let sides = (look(self.base), look(Some(self.ours)), look(Some(self.theirs)));
            conflicts.push(about.conflict(key, field, sides.0, sides.1, sides.2));
        }
        self.choices.insert(field, Choice::Made(rest));
    }

    /// What a department does in a piece beside leading.
    fn also(&self, piece: &Piece, lead: &Str, about: About) -> Option<()> {
        let key = if about.is_matrix { lead.as_str() } else { "responsible" };
        let (token, _) = piece.field(key)?.value.as_ref()?;
        match token {
            Token::Str(role) => matches!(parse_role(role), Some(Some(_))).then_some(()),
            Token::Strs(units) => units.contains(lead).then_some(()),
            Token::Int(_) | Token::Float(_) | Token::Bool(_) | Token::Date(_) | Token::Other => None,
        }
    }

    fn stays(&self, key: &ItemKey) -> bool {
        match key {
            ItemKey::Header => true,
            ItemKey::Field(name) => self.item(name, self.choice(name)).is_some(),
            ItemKey::Note(..) => {
                let was = self.base.is_some_and(|base| base.item(key).is_some());
                !was || self.ours.item(key).is_some() && self.theirs.item(key).is_some()
            }
        }
    }

    fn text(&self) -> String {
        let keys = |piece: &Piece| piece.items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
        let base = self.base.map(keys).unwrap_or_default();
        let (ours, theirs) = (keys(self.ours), keys(self.theirs));
        let order = merge_order(&base, &ours, &theirs, |key| self.stays(key));
        let mut out = String::new();
        for key in &order {
            let versions = [self.base.and_then(|piece| piece.item(key)), self.ours.item(key), self.theirs.item(key)];
            let text = match key {
                ItemKey::Field(name) => self.line(name, versions),
                ItemKey::Header | ItemKey::Note(..) => newer(versions, |item| item.text).to_string(),
            };
            add(&mut out, newer(versions, |item| item.gap), &text);
        }
        // what somebody wrote beside a value that has gone
        let all = base.iter().chain(&ours).chain(&theirs);
        let gone: BTreeSet<&ItemKey> = all.filter(|key| !order.contains(key)).collect();
        for key in gone.into_iter().filter(|key| matches!(key, ItemKey::Field(_))) {
            let versions = [self.base.and_then(|piece| piece.item(key)), self.ours.item(key), self.theirs.item(key)];
            remarks(versions, "").iter().for_each(|remark| add(&mut out, "", remark));
        }
        out
    }

    /// The line of a field: its value, and every remark that somebody has put beside it.
    fn line(&self, key: &str, versions: [Option<&Item>; 3]) -> String {
        let choice = self.choice(key);
        let Some(item) = self.item(key, choice) else { return String::new() };
        let text = match (choice, &item.value) {
            (Choice::Made(token), Some((_, span))) => {
                let value = in_style_of(&item.text[span.clone()], token);
                format!("{}{value}{}", &item.text[..span.start], &item.text[span.end..])
            }
            (Choice::Made(_) | Choice::Ours | Choice::Theirs | Choice::Disputed, _) => {
                let value = |item: &Item| item.value.as_ref().map(|(token, _)| token.clone());
                let all_alike = versions.iter().flatten().all(|version| value(version) == value(item));
                // only looks have changed, on one side or on both
                if all_alike { newer(versions, |item| item.text).to_string() } else { item.text.to_string() }
            }
        };
        let mut out = String::new();
        add(&mut out, "", &text);
        remarks(versions, &text).iter().for_each(|remark| add(&mut out, "", remark));
        out
    }
}

/// The side that has changed; ours where both have.
fn newer<'i>(versions: [Option<&Item<'i>>; 3], part: impl Fn(&Item<'i>) -> &'i str) -> &'i str {
    let [base, ours, theirs] = versions.map(|item| item.map(&part));
    if ours.is_some() && ours == base && theirs.is_some() { theirs } else { ours }.or(theirs).or(base).unwrap_or("")
}

/// Remarks of either side that are neither in the base nor in the text that is kept, as lines of their own.
fn remarks(versions: [Option<&Item>; 3], kept: &str) -> BTreeSet<String> {
    let [base, ours, theirs] = versions.map(|item| item.map(|item| comments(item.text)).unwrap_or_default());
    let stands = comments(kept);
    ours.into_iter().chain(theirs).filter(|remark| !base.contains(remark) && !stands.contains(remark)).collect()
}

/// The comments in the lines of a value, each from its `#` on.
fn comments(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find(['"', '\'', '#']) {
        rest = &rest[at..];
        if rest.starts_with('#') {
            let end = rest.find('\n').unwrap_or(rest.len());
            found.insert(rest[..end].trim_end().to_string());
            rest = &rest[end..];
            continue;
        }
        let quote = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote)).unwrap_or("\"");
        rest = after_string(&rest[quote.len()..], quote);
    }
    found
}

/// What follows the string that has just been opened.
fn after_string<'t>(text: &'t str, quote: &str) -> &'t str {
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(quote) {
            return &text[at + quote.len()..];
        }
        let is_escape = quote.starts_with('"') && text[at..].starts_with('\\');
        let skip = if is_escape { 2 } else { 1 };
        at += text[at..].chars().take(skip).map(char::len_utf8).sum::<usize>();
    }
    ""
}

/// Writes a value in the way the old one was written: a list of lines stays one.
fn in_style_of(old: &str, token: &Token) -> String {
    match token {
        Token::Strs(items) if old.contains('\n') => {
            let indent: String = old.lines().nth(1).unwrap_or("").chars().take_while(|c| c.is_whitespace()).collect();
            let lines = items.iter().map(|item| format!("{indent}{},\n", Token::Str(item.clone()).to_toml()));
            let close: String = old.lines().last().unwrap_or("]").chars().take_while(|c| c.is_whitespace()).collect();
            format!("[\n{}{close}]", lines.collect::<String>())
        }
        token => token.to_toml(),
    }
}
