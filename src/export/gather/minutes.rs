//! The minutes as they are printed.

use super::super::compose::{conference, office, title};
use super::names;
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, Str, UnitId, chinese_numeral};
use crate::export::content::{Attendant, MinutesPaper, Paragraph};

/// The minutes of a meeting with a text: the frozen one, or what stands now.
pub fn minutes_paper(plan: &Plan, meeting: &str, body: &str) -> MinutesPaper {
    let nothing = Record::new();
    let of = |kind| plan.record(&RecordId::new(kind, meeting, "")).unwrap_or(&nothing);
    let (minutes, record) = (of(RecordKind::Minutes), of(RecordKind::Meeting));
    let settings = plan.record(&RecordId::of_plan(RecordKind::Office, "")).unwrap_or(&nothing);
    let code = settings.text(Field::Code);
    let number = minutes.number(Field::Year).zip(minutes.number(Field::Number));
    let nth = minutes.number(Field::Nth).and_then(|nth| u32::try_from(nth).ok());
    let own_title = minutes.text(Field::Title);
    let copies =
        [minutes, record, settings].into_iter().map(|one| one.text(Field::Copies)).find(|text| !text.is_empty());
    let mut copies = copies.map(names).unwrap_or_default();
    if copies.is_empty() {
        copies = vec!["各成员单位".into()];
    }
    MinutesPaper {
        mark: format!("{}纪要", conference(plan)),
        number: number.map(|(year, number)| format!("{code}〔{year}〕{number}号")),
        ordinal: nth.map(|nth| format!("第{}次", chinese_numeral(nth))),
        title: if own_title.is_empty() { format!("{}纪要", title(plan, meeting, record)) } else { own_title.into() },
        office: office(plan),
        signed: minutes.date(Field::Signed),
        printed: minutes.date(Field::Issued),
        body: body.lines().map(|text| Paragraph { text: text.to_string() }).collect(),
        present: attendants(plan, meeting, |role, word| role != "observer" && matches!(word, "present" | "substitute")),
        leave: attendants(plan, meeting, |_, word| word == "leave"),
        observers: attendants(plan, meeting, |role, word| {
            word == "observer" || role == "observer" && matches!(word, "present" | "substitute")
        }),
        reported_to: Vec::new(),
        copies,
        corrects: None,
    }
}

/// The departments of the roster that came in a way, in the order of the register; guests after them.
fn attendants(plan: &Plan, meeting: &str, is_it: impl Fn(&str, &str) -> bool) -> Vec<Attendant> {
    let all = plan.records_at(RecordKind::Attendee, meeting);
    let mut found: Vec<(usize, &Str, &Record)> = all
        .filter(|(_, one)| is_it(one.text(Field::Role), one.text(Field::Attendance)))
        .map(|(id, one)| (place(plan, &id.key), &id.key, one))
        .collect();
    found.sort_by_key(|(place, key, _)| (*place, (*key).clone()));
    let attendant = |(_, key, one): (usize, &Str, &Record)| Attendant {
        unit: key.to_string(),
        name: one.text(Field::Name).to_string(),
        post: one.text(Field::Post).to_string(),
        substitute: one.text(Field::Attendance) == "substitute",
    };
    found.into_iter().map(attendant).collect()
}

/// Where a department stands in the register; at the end where it does not.
pub(super) fn place(plan: &Plan, unit: &str) -> usize {
    let unit = UnitId::new(unit);
    plan.units.iter().position(|one| one.id == unit).unwrap_or(plan.units.len())
}
