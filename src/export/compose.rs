//! Minutes composed from what a meeting recorded: an opening, a section an item, a sentence an outcome, each with the key of the
//! record it comes from. The wording is the templates'; the internal record (speakers, dissent) is not read at all.

use super::content::{DecisionLine, Person, Sitting};
use super::{Form, TemplateError, Templates, sentences};
use crate::domain::meeting::{Meeting, MeetingKind};
use crate::domain::minutes::{Composed, orders_nobody};
use crate::domain::{Due, Field, Plan, Record, RecordId, RecordKind, Str, chinese_numeral};

/// The sentences of a meeting's minutes as its records give them; a paragraph each.
///
/// # Errors
/// A template that is wrong, with its place.
pub fn compose(plan: &Plan, meeting: &str, templates: &Templates) -> Result<Vec<Composed>, TemplateError> {
    let mut composed = Vec::new();
    let own = RecordId::new(RecordKind::Meeting, meeting, "");
    let mut put = |key: String, source: &RecordId, texts: Vec<String>| {
        for (at, text) in texts.into_iter().enumerate() {
            let key = if at == 0 { key.clone() } else { format!("{key}-{}", at + 1) };
            composed.push(Composed { key: key.into(), source: source.clone(), text: text.into() });
        }
    };
    put("opening".into(), &own, sentences(Form::MinutesOpening, templates, &sitting(plan, meeting))?);
    let mut nth = 0;
    for (id, item) in items(plan, meeting) {
        let outcomes = outcomes(plan, id);
        let title = item.text(Field::Title);
        if !is_told(item, &outcomes) {
            continue;
        }
        nth += 1;
        put(format!("item-{}", id.key), id, vec![format!("{}、{}", chinese_numeral(nth), heading(title))]);
        let decision = |line: &DecisionLine| sentences(Form::MinutesDecision, templates, line);
        let is_postponed = item.text(Field::State) == "postponed";
        if let Some(heard) = heard(item).filter(|_| !is_postponed) {
            let line = DecisionLine { kind: "note".into(), text: heard, ..DecisionLine::default() };
            put(format!("heard-{}", id.key), id, decision(&line)?);
        }
        for (outcome_id, outcome) in outcomes {
            let line = decision_line(outcome, item);
            put(format!("outcome-{}", outcome_id.key), outcome_id, decision(&line)?);
        }
        if is_postponed {
            let text = heading(title).to_string();
            let line = DecisionLine { kind: "postpone".into(), text, ..DecisionLine::default() };
            put(format!("postponed-{}", id.key), id, decision(&line)?);
        }
    }
    put("closing".into(), &own, sentences(Form::MinutesClosing, templates, &sitting(plan, meeting))?);
    Ok(composed)
}

/// The items of a meeting in the order of its agenda.
pub(super) fn items<'p>(plan: &'p Plan, meeting: &str) -> Vec<(&'p RecordId, &'p Record)> {
    let mut items: Vec<_> = plan.records_at(RecordKind::Item, meeting).collect();
    items.sort_by_key(|(id, item)| (item.number(Field::Order).unwrap_or(i64::MAX), &id.key));
    items
}

/// The outcomes of an item in their order.
pub(super) fn outcomes<'p>(plan: &'p Plan, item: &RecordId) -> Vec<(&'p RecordId, &'p Record)> {
    let of_meeting = plan.records_at(RecordKind::Outcome, &item.meeting);
    let mut outcomes: Vec<_> =
        of_meeting.filter(|(_, outcome)| outcome.text(Field::Item) == item.key.as_str()).collect();
    outcomes.sort_by_key(|(id, outcome)| (outcome.number(Field::Order).unwrap_or(i64::MAX), &id.key));
    outcomes
}

/// Whether the minutes have a section for an item: something came of it, or it was heard.
fn is_told(item: &Record, outcomes: &[(&RecordId, &Record)]) -> bool {
    let is_speech = item.text(Field::Kind) == "speech";
    match item.text(Field::State) {
        "dropped" => false,
        "discussed" | "postponed" => !is_speech || !outcomes.is_empty(),
        _ => !outcomes.is_empty(),
    }
}

/// 关于…, from the title of an item.
fn heading(title: &str) -> String {
    let bare = bare(title);
    if bare.starts_with("关于") { bare.to_string() } else { format!("关于{bare}") }
}

/// A title without the verb that the agenda has before it: 审议《…》, 通报….
fn bare(title: &str) -> &str {
    const VERBS: [&str; 6] = ["听取", "审议", "研究", "讨论", "通报", "汇报"];
    let rest = VERBS.iter().find_map(|verb| title.strip_prefix(verb)).unwrap_or(title);
    if rest.trim().is_empty() { title } else { rest.trim() }
}

/// What was heard of an item: 市科协关于…的汇报; nothing for what was deliberated without a report.
fn heard(item: &Record) -> Option<String> {
    let kind = match item.text(Field::Kind) {
        "follow_up" => "通报",
        "report" => "汇报",
        "statement" => "发言",
        _ => return None,
    };
    let unit = item.unit(Field::Unit).map(ToString::to_string).unwrap_or_default();
    let title = heading(item.text(Field::Title));
    let says_so = ["汇报", "通报", "发言", "报告"].iter().any(|end| title.ends_with(end));
    Some(if says_so { format!("{unit}{title}") } else { format!("{unit}{title}的{kind}") })
}

/// The meeting as the opening tells it.
pub(super) fn sitting(plan: &Plan, meeting: &str) -> Sitting {
    let nothing = Record::new();
    let record = plan.record(&RecordId::new(RecordKind::Meeting, meeting, "")).unwrap_or(&nothing);
    let mut sitting = Sitting {
        title: title(plan, meeting, record),
        date: record.date(Field::Date),
        time: time(record),
        place: record.text(Field::Place).to_string(),
        chair: person(record.text(Field::Chair)),
        ..Sitting::default()
    };
    for (id, item) in items(plan, meeting) {
        if !is_told(item, &outcomes(plan, id)) || item.text(Field::State) == "postponed" {
            continue;
        }
        let title = bare(item.text(Field::Title)).to_string();
        match item.text(Field::Kind) {
            "deliberation" => sitting.reviewed.push(title),
            "speech" => {}
            _ => match heard(item) {
                Some(heard) => sitting.heard.push(heard),
                None => sitting.studied.push(title),
            },
        }
    }
    let members = plan.records_at(RecordKind::Attendee, meeting).filter(|(_, one)| one.text(Field::Role) != "observer");
    let words: Vec<&str> = members.map(|(_, one)| one.text(Field::Attendance)).collect();
    let count = |wanted: &str| words.iter().filter(|word| **word == wanted).count();
    if words.iter().any(|word| !word.is_empty()) {
        sitting.expected = words.iter().filter(|word| **word != "observer").count();
        sitting.came = count("present") + count("substitute");
        sitting.on_leave = count("leave");
        sitting.absent = count("absent");
        sitting.substitutes = count("substitute");
    }
    sitting
}

/// What papers call a meeting: its own title, or else made from the office, the year and the kind.
pub(super) fn title(plan: &Plan, meeting: &str, record: &Record) -> String {
    match (record.text(Field::Title), Meeting::of(plan, meeting)) {
        ("", Some(meeting)) => format!("{}{}", conference(plan), meeting.title()),
        (own, _) => own.to_string(),
    }
}

/// The joint conference that the office belongs to.
pub(super) fn conference(plan: &Plan) -> String {
    let name = office(plan);
    name.strip_suffix("办公室").unwrap_or(&name).to_string()
}

/// The office's full name; a usual one where its settings have none.
pub(super) fn office(plan: &Plan) -> String {
    let own = plan.record(&RecordId::of_plan(RecordKind::Office, "")).map_or("", |office| office.text(Field::Name));
    if own.is_empty() { "科普工作联席会议办公室".to_string() } else { own.to_string() }
}

pub(super) fn kind_name(token: &str) -> &'static str {
    MeetingKind::parse(token).map_or("会议", MeetingKind::word)
}

/// `09:00`
pub(super) fn time(record: &Record) -> Option<String> {
    record.time(Field::Time).map(|time| time.format("%H:%M").to_string())
}

/// A person as they are written in one field, 副市长 李明: the last word is the name.
pub(super) fn person(text: &str) -> Person {
    let text = text.trim();
    match text.rsplit_once([' ', '　']) {
        Some((post, name)) => Person { name: name.into(), post: post.trim().into(), unit: String::new() },
        None => Person { name: text.into(), ..Person::default() },
    }
}

/// A decision as its sentence tells it.
pub(super) fn decision_line(outcome: &Record, item: &Record) -> DecisionLine {
    let kind = match (outcome.text(Field::Kind), item.flag(Field::Motion)) {
        _ if orders_nobody(outcome) => "resolve",
        ("assignment", _) => "assign",
        (_, true) => "motion",
        (_, false) => "decide",
    };
    let due = outcome.due(Field::Due);
    let text = outcome.text(Field::Text).trim();
    // the sentence says 会议 itself
    let text = if kind == "resolve" { text.strip_prefix("会议").unwrap_or(text) } else { text };
    let clauses = outcome.nodes(Field::Tasks).iter().map(|task| task.printed());
    DecisionLine {
        kind: kind.into(),
        text: text.trim_end_matches(['。', '；']).to_string(),
        lead: outcome.unit(Field::Lead).map(ToString::to_string).unwrap_or_default(),
        with: outcome.units(Field::With).iter().map(ToString::to_string).collect(),
        due: due.and_then(|due| due.date),
        due_words: due_words(due),
        form: outcome.text(Field::Form).to_string(),
        clause: clauses.collect::<Vec<_>>().join("、"),
    }
}

/// The words of a deadline, where they mean the same on every day; 下周五 does not.
pub(super) fn due_words(due: Option<&Due>) -> String {
    let lasting = due.filter(|due| due.date.is_none() || !due.is_relative());
    lasting.map(|due| Str::to_string(&due.wording)).unwrap_or_default()
}
