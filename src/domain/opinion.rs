//! 征求意见: what a department says of a clause, and what was made of it.

use super::{Field, NodeId, Plan, Record, RecordKind, Str, UnitId};

/// What a department says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Stance {
    Agree,
    Amend,
    Object,
}

impl Stance {
    pub const ALL: [Stance; 3] = [Stance::Agree, Stance::Amend, Stance::Object];

    pub fn token(self) -> &'static str {
        match self {
            Stance::Agree => "agree",
            Stance::Amend => "amend",
            Stance::Object => "object",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.token() == text)
    }
}

/// What was made of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Adoption {
    Adopted,
    Declined,
}

impl Adoption {
    pub const ALL: [Adoption; 2] = [Adoption::Adopted, Adoption::Declined];

    pub fn token(self) -> &'static str {
        match self {
            Adoption::Adopted => "adopted",
            Adoption::Declined => "declined",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|adoption| adoption.token() == text)
    }
}

/// 意见
#[derive(Clone, Copy, Debug)]
pub struct OpinionView<'p> {
    pub key: &'p Str,
    pub record: &'p Record,
}

impl<'p> OpinionView<'p> {
    /// The opinions in the order of their clauses; of one clause, the oldest first.
    pub fn all(plan: &'p Plan) -> Vec<OpinionView<'p>> {
        let mut opinions: Vec<OpinionView> =
            plan.records_of(RecordKind::Opinion).map(|(id, record)| OpinionView { key: &id.key, record }).collect();
        let place = |opinion: &OpinionView| {
            let clause = opinion.clauses().first()?;
            plan.text.nodes.iter().position(|node| node.id == *clause)
        };
        opinions.sort_by_cached_key(|opinion| {
            // what is about no clause that the plan has comes last
            (place(opinion).unwrap_or(usize::MAX), opinion.record.date(Field::Date), opinion.key.clone())
        });
        opinions
    }

    pub fn clauses(&self) -> &'p [NodeId] {
        self.record.nodes(Field::Tasks)
    }

    pub fn unit(&self) -> Option<&'p UnitId> {
        self.record.unit(Field::Unit)
    }

    pub fn stance(&self) -> Option<Stance> {
        Stance::parse(self.record.text(Field::Stance))
    }

    pub fn text(&self) -> &'p str {
        self.record.text(Field::Text)
    }

    /// What was made of it; `None` while nobody has decided.
    pub fn adoption(&self) -> Option<Adoption> {
        Adoption::parse(self.record.text(Field::Decision))
    }

    pub fn reason(&self) -> &'p str {
        self.record.text(Field::Reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_file() {
        let held = |field| RecordKind::Opinion.words(field).split(' ').collect::<Vec<_>>();
        assert_eq!(held(Field::Stance), Stance::ALL.map(Stance::token));
        assert_eq!(held(Field::Decision), Adoption::ALL.map(Adoption::token));
    }
}
