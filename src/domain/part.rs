//! The parts of a record: what a change of the whole record was a change of.

use super::{Info, Node, Repair, Row, Target, Unit};

/// A named part of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Part {
    // a node of the text
    Kind,
    Number,
    Title,
    Text,
    Gap,
    Repairs,
    // a department
    FullName,
    Aliases,
    Group,
    From,
    To,
    Successor,
    // a row of the table
    Category,
    Content,
    // a target
    Where,
    Name,
    Goal,
    Soft,
    Yearly,
    DueYear,
    Baseline,
    Wording,
    // what the document says of itself
    PlanTitle,
    Issuer,
    DocumentNumber,
    Adopted,
    Issued,
    Period,
    Phases,
    Implements,
    Office,
    WarningDays,
}

impl Part {
    /// The word for it in JSON.
    pub fn token(self) -> &'static str {
        match self {
            Part::Kind => "kind",
            Part::Number => "number",
            Part::Title | Part::PlanTitle => "title",
            Part::Text => "text",
            Part::Gap => "gap",
            Part::Repairs => "repairs",
            Part::FullName => "full",
            Part::Aliases => "aliases",
            Part::Group => "group",
            Part::From => "from",
            Part::To => "to",
            Part::Successor => "successor",
            Part::Category => "category",
            Part::Content => "content",
            Part::Where => "node",
            Part::Name => "name",
            Part::Goal => "goal",
            Part::Soft => "soft",
            Part::Yearly => "yearly",
            Part::DueYear => "due",
            Part::Baseline => "baseline",
            Part::Wording => "wording",
            Part::Issuer => "issuer",
            Part::DocumentNumber => "document_number",
            Part::Adopted => "adopted",
            Part::Issued => "issued",
            Part::Period => "period",
            Part::Phases => "phases",
            Part::Implements => "implements",
            Part::Office => "office",
            Part::WarningDays => "warning_days",
        }
    }

    /// Prose, of which a reader wants to see the words that changed.
    pub fn is_prose(self) -> bool {
        matches!(self, Part::Title | Part::Text | Part::Content | Part::Wording | Part::PlanTitle | Part::Adopted)
    }
}

/// The parts of a record with their words; a part that is not set has none.
pub type Parts = Vec<(Part, String)>;

fn set(parts: &mut Parts, part: Part, words: Option<impl ToString>) {
    parts.extend(words.map(|words| (part, words.to_string())).filter(|(_, words)| !words.is_empty()));
}

impl Node {
    pub fn parts(&self) -> Parts {
        let mut parts = Vec::new();
        set(&mut parts, Part::Kind, Some(self.kind.token()));
        set(&mut parts, Part::Number, Some(&self.number));
        set(&mut parts, Part::Title, Some(&self.title));
        set(&mut parts, Part::Text, Some(&self.text));
        set(&mut parts, Part::Gap, Some(&self.gap));
        parts
    }
}

/// The repairs of a node as one part.
pub fn repair_parts(repairs: &[Repair]) -> Parts {
    let one = |repair: &Repair| format!("{}“{}”→“{}”", repair.at, repair.scraped, repair.read);
    let words = repairs.iter().map(one).collect::<Vec<_>>().join("；");
    vec![(Part::Repairs, words)]
}

impl Unit {
    pub fn parts(&self) -> Parts {
        let mut parts = Vec::new();
        set(&mut parts, Part::FullName, Some(&self.full));
        set(&mut parts, Part::Aliases, Some(self.aliases.iter().map(|a| a.as_str()).collect::<Vec<_>>().join("、")));
        set(&mut parts, Part::Group, Some(self.group.word()));
        set(&mut parts, Part::From, self.from);
        set(&mut parts, Part::To, self.to);
        set(&mut parts, Part::Successor, self.successor.as_ref());
        parts
    }
}

impl Row {
    pub fn parts(&self) -> Parts {
        let mut parts = Vec::new();
        set(&mut parts, Part::Category, Some(&self.category));
        set(&mut parts, Part::Content, Some(&self.content));
        parts
    }
}

impl Target {
    pub fn parts(&self) -> Parts {
        let mut parts = Vec::new();
        set(&mut parts, Part::Where, Some(&self.node));
        set(&mut parts, Part::Name, Some(&self.name));
        set(&mut parts, Part::Goal, Some(format!("{}{}{}", self.comparison.token(), self.value, self.unit)));
        set(&mut parts, Part::Soft, Some(self.soft));
        set(&mut parts, Part::Yearly, Some(self.yearly));
        set(&mut parts, Part::DueYear, Some(self.due));
        set(&mut parts, Part::Baseline, self.baseline.as_ref().map(|base| format!("{}（{}）", base.value, base.year)));
        set(&mut parts, Part::Wording, Some(&self.wording));
        parts
    }
}

impl Info {
    pub fn parts(&self) -> Parts {
        let mut parts = Vec::new();
        set(&mut parts, Part::PlanTitle, Some(&self.title));
        set(&mut parts, Part::Issuer, Some(&self.issuer));
        set(&mut parts, Part::DocumentNumber, self.number.as_ref());
        set(&mut parts, Part::Adopted, self.adopted.as_ref());
        set(&mut parts, Part::Issued, self.issued);
        set(&mut parts, Part::Period, self.period.map(|(from, to)| format!("{from}—{to}")));
        let phases = self.phases.iter().map(|phase| format!("{} {}—{}", phase.name, phase.from, phase.to));
        set(&mut parts, Part::Phases, Some(phases.collect::<Vec<_>>().join("；")));
        let higher = self.implements.iter().map(|parent| format!("{} {}", parent.title, parent.number));
        set(&mut parts, Part::Implements, Some(higher.collect::<Vec<_>>().join("；")));
        set(&mut parts, Part::Office, self.office.as_ref());
        set(&mut parts, Part::WarningDays, Some(self.warning_days));
        parts
    }
}
