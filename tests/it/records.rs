//! Records keep the laws like everything else: what is saved is what is read, undo gives back every byte, a difference leads
//! from one state to the other, and a change touches only the lines of its field.

use super::plans::{self, Desk, Rng, any_plan, rounds};
use lianxi::domain::{Field, FieldType, FieldValue, NodeId, Plan, Record, RecordId, RecordKind, UnitId};
use lianxi::edit::{self, Change, Place, Transaction, Value, Verb};
use lianxi::store::layout::records;
use lianxi::workspace::{CommitError, Workspace};

const MEETINGS: [&str; 2] = ["2025-03-20-plenary", "2025-06-12-liaison"];
const KEYS: [&str; 4] = ["4k2a9x", "7p3m1c", "q8w5zz", "00a1b2"];

fn any_value(rng: &mut Rng, kind: RecordKind, field: Field) -> FieldValue {
    match field.holds(kind) {
        FieldType::Text => FieldValue::Text(plans::hostile(rng)),
        FieldType::Word(words) => FieldValue::word(*rng.pick(&words.split(' ').collect::<Vec<_>>())),
        FieldType::Texts => FieldValue::Texts(vec![plans::hostile(rng), plans::calm(rng)]),
        FieldType::Unit => UnitId::new("市教育局").into(),
        FieldType::Units => plans::some_units(rng).into(),
        FieldType::Nodes => vec![NodeId::new("3.1.2"), NodeId::new("4.2.1")].into(),
        FieldType::Date => plans::date(rng).into(),
        FieldType::Time => {
            chrono::NaiveTime::from_hms_opt(rng.below(24) as u32, rng.below(60) as u32, 0).expect("time").into()
        }
        FieldType::Due => plans::due(rng).into(),
        FieldType::Number => (rng.below(2000) as i64 - 100).into(),
        FieldType::Flag => rng.one_in(2).into(),
    }
}

fn any_id(rng: &mut Rng) -> RecordId {
    let kind = *rng.pick(&RecordKind::ALL);
    let meeting = if kind.is_of_meeting() { *rng.pick(&MEETINGS) } else { "" };
    let key = match kind {
        RecordKind::Attendee => *rng.pick(&["市教育局", "市科协", "团市委"]),
        kind if kind.is_single() => "",
        _ => *rng.pick(&KEYS),
    };
    RecordId::new(kind, meeting, key)
}

fn any_record(rng: &mut Rng, kind: RecordKind) -> Record {
    let mut record = Record::new();
    for field in kind.fields() {
        if !rng.one_in(3) {
            record.set(*field, Some(any_value(rng, kind, *field)));
        }
    }
    record
}

fn any_change(rng: &mut Rng, plan: &Plan) -> Change {
    let id = any_id(rng);
    let Some(record) = plan.record(&id) else {
        let record = any_record(rng, id.kind);
        return Change::new(Place::Record(id), None, Some(Value::Record(Box::new(record))));
    };
    if rng.one_in(5) {
        let old = Value::Record(Box::new(record.clone()));
        return Change::new(Place::Record(id), Some(old), None);
    }
    let field = *rng.pick(id.kind.fields());
    let old = record.get(field).cloned().map(Value::Field);
    let new = Some(any_value(rng, id.kind, field)).filter(|value| !value.is_empty() && !rng.one_in(4));
    Change::new(Place::Field(id, field), old, new.map(Value::Field))
}

fn any_transaction(rng: &mut Rng, plan: &Plan) -> Transaction {
    let mut plan = plan.clone();
    let mut changes = Vec::new();
    for _ in 0..1 + rng.below(5) {
        let change = any_change(rng, &plan);
        edit::apply(&mut plan, &change).expect("it fits");
        changes.push(change);
    }
    Transaction::new(Verb::Mark, changes)
}

fn open(desk: &Desk) -> Workspace {
    let mut workspace = desk.open();
    workspace.read_records();
    workspace
}

#[test]
fn what_is_saved_is_what_is_read_and_undo_gives_back_every_byte() {
    rounds(15, |rng| {
        let desk = Desk::new(&any_plan(rng));
        let mut workspace = open(&desk);
        let mut past = vec![(desk.files(), workspace.plan().records.clone())];
        for _ in 0..12 {
            let transaction = any_transaction(rng, workspace.plan());
            if transaction.is_empty() {
                continue;
            }
            workspace.commit(&transaction).expect("saved");
            assert_eq!(open(&desk).plan().records, workspace.plan().records);
            past.push((desk.files(), workspace.plan().records.clone()));
        }
        assert_eq!(open(&desk).problems().collect::<Vec<_>>(), desk.open().problems().collect::<Vec<_>>());
        for (files, records) in past.iter().rev().skip(1) {
            if rng.one_in(3) {
                workspace = desk.open();
            }
            workspace.undo().expect("there is a step");
            let now = desk.files();
            let differs = |name: &&String| now.get(*name) != files.get(*name);
            let names: Vec<&String> = now.keys().chain(files.keys()).filter(differs).collect();
            assert!(names.is_empty(), "{names:?}");
            workspace.read_records();
            assert_eq!(&workspace.plan().records, records);
        }
    });
}

#[test]
fn a_difference_leads_from_one_state_to_the_other() {
    rounds(40, |rng| {
        let mut a = any_plan(rng);
        let mut b = a.clone();
        for plan in [&mut a, &mut b] {
            for _ in 0..20 {
                let change = any_change(rng, plan);
                edit::apply(plan, &change).expect("it fits");
            }
        }
        let changes = edit::diff(&a, &b);
        edit::apply_all(&mut a, &changes).expect("they fit");
        assert_eq!(a.records, b.records);
        assert_eq!(edit::diff(&a, &b), Vec::new());
    });
}

#[test]
fn a_field_has_a_line_of_its_own_under_its_own_comment() {
    rounds(20, |rng| {
        let kind = *rng.pick(&RecordKind::ALL);
        let id = RecordId::new(
            kind,
            if kind.is_of_meeting() { MEETINGS[0] } else { "" },
            if kind.is_single() { "" } else { KEYS[0] },
        );
        let empty = records::write(&id, &Record::new());
        let full = records::write(&id, &any_record(rng, kind));
        let lines: Vec<&str> = full.lines().collect();
        let comments = empty.lines().filter(|line| line.starts_with('#'));
        comments.for_each(|comment| assert!(lines.contains(&comment), "{comment}"));
        let values = |text: &str| text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '['])).count();
        assert_eq!(values(&empty), 0);
        assert_eq!(full.lines().count(), empty.lines().count() + values(&full));
    });
}

#[test]
fn nothing_of_meetings_is_read_before_somebody_asks() {
    let desk = Desk::new(&any_plan(&mut Rng::new(7)));
    std::fs::create_dir_all(desk.plan().join("meetings/2025-03-20-plenary")).expect("folder");
    desk.write("meetings/2025-03-20-plenary/meeting.toml", "this is no TOML");
    desk.write("meetings/2025-03-20-plenary/stray.txt", "?");
    let before = desk.open().problems().count();
    let mut workspace = open(&desk);
    assert_eq!(workspace.problems().count(), before + 2);
    let id = RecordId::new(RecordKind::Meeting, "2025-03-20-plenary", "");
    let make = Change::new(Place::Record(id), None, Some(Value::Record(Box::new(Record::new()))));
    let refused = workspace.commit(&Transaction::new(Verb::Mark, vec![make]));
    assert!(matches!(refused, Err(CommitError::Damaged { .. })), "{refused:?}");
    assert_eq!(desk.read("meetings/2025-03-20-plenary/meeting.toml"), "this is no TOML");
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_refused() {
    let desk = Desk::new(&any_plan(&mut Rng::new(7)));
    let mut workspace = open(&desk);
    for (meeting, key) in [("..", "a"), ("2025", "../a"), ("a/b", "c"), ("2025", ".a"), ("", "a")] {
        let id = RecordId::new(RecordKind::Item, meeting, key);
        let make = Change::new(Place::Record(id), None, Some(Value::Record(Box::new(Record::new()))));
        assert!(workspace.commit(&Transaction::new(Verb::Mark, vec![make])).is_err(), "{meeting} {key}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_found_with_its_line() {
    let desk = Desk::new(&any_plan(&mut Rng::new(7)));
    std::fs::create_dir_all(desk.plan().join("topics")).expect("folder");
    let id = RecordId::of_plan(RecordKind::Topic, "4k2a9x");
    let topic = Record::new()
        .with(Field::Title, "经费")
        .with(Field::Units, vec![UnitId::new("市无此局")])
        .with(Field::Tasks, vec![NodeId::new("9.9.9")])
        .with(Field::Meeting, "2025-03-20-plenary");
    desk.write("topics/4k2a9x.toml", records::write(&id, &topic));
    let found = lianxi::ops::check(&mut desk.open());
    let lost: Vec<_> = found
        .into_iter()
        .filter_map(|located| match located {
            lianxi::ops::Located::Rule {
                rule: lianxi::domain::Rule::LinkLost { field, to, .. }, file, line, ..
            } => Some((field, to.to_string(), file, line)),
            _ => None,
        })
        .collect();
    let file = || "topics/4k2a9x.toml".to_string();
    assert_eq!(
        lost,
        [
            (Field::Units, "市无此局".to_string(), file(), 10),
            (Field::Tasks, "9.9.9".to_string(), file(), 19),
            (Field::Meeting, "2025-03-20-plenary".to_string(), file(), 30),
        ]
    );
}
