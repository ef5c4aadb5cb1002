//! `meeting show` and `meeting agenda`: a meeting with everything that belongs to it.

use crate::cli::session::{Answer, Session};
use crate::cli::table::{self, Table, USUAL_WIDTH};
use crate::cli::visible;
use crate::domain::meeting::{
    Hole, Meeting, OutcomeView, Slot, Touch, TouchKind, previous_outcomes, since_notice, touches as all_touches,
};
use crate::domain::{Due, Field, NodeId, Plan, RecordKind, UnitId};
use crate::ops::meeting::{say_fact_change, say_opening};
use crate::text::Text;
use crate::workspace::Workspace;
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Serialize)]
struct MeetingRecord<'p> {
    id: &'p str,
    kind: &'static str,
    title: String,
    nth: i64,
    date: Option<NaiveDate>,
    time: Option<String>,
    length: Option<i64>,
    place: &'p str,
    chair: &'p str,
    contact: &'p str,
    phone: &'p str,
    state: &'static str,
    feeds: Option<&'p str>,
    current: Option<&'p str>,
    timing: TimingRecord,
    agenda: Vec<ItemRecord<'p>>,
    count: CountRecord,
    attendance: Vec<SeatRecord<'p>>,
    outcomes: Vec<OutcomeRecord<'p>>,
    papers: Vec<PaperRecord<'p>>,
    record: Vec<LineRecord<'p>>,
    since_notice: Vec<String>,
}

#[derive(Serialize)]
struct TimingRecord {
    sum: i64,
    length: Option<i64>,
    overrun: i64,
    without: usize,
}

#[derive(Serialize)]
struct CountRecord {
    expected: usize,
    came: usize,
    present: usize,
    substitute: usize,
    leave: usize,
    absent: usize,
    observer: usize,
    open: usize,
    sentence: String,
}

#[derive(Serialize)]
struct ItemRecord<'p> {
    id: &'p str,
    /// Its place on the agenda; null once it was dropped.
    number: Option<usize>,
    title: &'p str,
    kind: &'static str,
    section: &'p str,
    unit: Option<&'p str>,
    speaker: &'p str,
    minutes: Option<i64>,
    starts: Option<String>,
    tasks: Vec<&'p str>,
    question: &'p str,
    topic: Option<&'p str>,
    from: Option<&'p str>,
    motion: bool,
    state: &'static str,
    /// What was decided before on its clauses.
    previous: Vec<&'p str>,
}

#[derive(Serialize)]
struct SeatRecord<'p> {
    unit: &'p str,
    role: &'static str,
    reply: Option<&'p str>,
    attendance: Option<&'static str>,
    name: &'p str,
    post: &'p str,
}

#[derive(Serialize)]
struct OutcomeRecord<'p> {
    id: &'p str,
    item: &'p str,
    kind: &'static str,
    text: &'p str,
    lead: Option<&'p str>,
    with: Vec<&'p str>,
    due: Option<NaiveDate>,
    due_text: Option<&'p str>,
    form: &'p str,
    tasks: Vec<&'p str>,
    holes: Vec<&'static str>,
    done: bool,
}

#[derive(Serialize)]
struct PaperRecord<'p> {
    id: &'p str,
    name: &'p str,
    item: Option<&'p str>,
    unit: Option<&'p str>,
    due: Option<NaiveDate>,
    received: Option<NaiveDate>,
}

#[derive(Serialize)]
struct LineRecord<'p> {
    id: &'p str,
    item: Option<&'p str>,
    kind: &'static str,
    speaker: &'p str,
    unit: Option<&'p str>,
    text: &'p str,
    at: Option<String>,
}

/// A meeting that touched a place of the plan.
#[derive(Serialize)]
pub(crate) struct TouchRecord<'p> {
    pub meeting: &'p str,
    pub title: String,
    pub date: Option<NaiveDate>,
    /// `item` or `outcome`
    pub what: &'static str,
    pub id: &'p str,
    pub text: &'p str,
    pub state: &'static str,
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Everything of a meeting.
pub(super) fn meeting(session: &mut Session, workspace: &Workspace, id: &str) -> Answer {
    let Some(meeting) = Meeting::of(workspace.plan(), id) else { return Answer::done(String::new()) };
    let record = record(&meeting, session.text);
    let data = session.data(&record, |out| print(session, &meeting, out));
    session.browsed(workspace, data)
}

/// The agenda of a meeting.
pub(super) fn agenda(session: &mut Session, workspace: &Workspace, id: &str) -> Answer {
    let Some(meeting) = Meeting::of(workspace.plan(), id) else { return Answer::done(String::new()) };
    let items: Vec<ItemRecord> = meeting.agenda().iter().map(|slot| item(&meeting, slot)).collect();
    let data = session.data(&items, |out| print_agenda(session, &meeting, out));
    session.browsed(workspace, data)
}

fn record<'p>(meeting: &Meeting<'p>, text: &Text) -> MeetingRecord<'p> {
    let (timing, count) = (meeting.timing(), meeting.count());
    MeetingRecord {
        id: meeting.id,
        kind: meeting.kind().token(),
        title: meeting.title(),
        nth: meeting.nth(),
        date: meeting.date(),
        time: meeting.time().map(|time| time.format("%H:%M").to_string()),
        length: meeting.length(),
        place: meeting.place(),
        chair: meeting.chair(),
        contact: meeting.record.text(Field::Contact),
        phone: meeting.record.text(Field::Phone),
        state: meeting.state().token(),
        feeds: some(meeting.record.text(Field::Feeds)),
        current: meeting.current().map(|item| item.key.as_str()),
        timing: TimingRecord {
            sum: timing.sum,
            length: timing.length,
            overrun: timing.overrun(),
            without: timing.without,
        },
        agenda: meeting.agenda().iter().map(|slot| item(meeting, slot)).collect(),
        count: CountRecord {
            expected: count.expected,
            came: count.came(),
            present: count.present,
            substitute: count.substitute,
            leave: count.leave,
            absent: count.absent,
            observer: count.observer,
            open: count.open,
            sentence: say_opening(&count, text),
        },
        attendance: meeting
            .roster()
            .iter()
            .map(|seat| SeatRecord {
                unit: seat.unit,
                role: if seat.is_member() { "member" } else { "observer" },
                reply: some(seat.record.text(Field::Reply)),
                attendance: seat.attendance().map(|one| one.token()),
                name: seat.name(),
                post: seat.post(),
            })
            .collect(),
        outcomes: meeting.outcomes().iter().map(outcome).collect(),
        papers: meeting
            .papers()
            .iter()
            .map(|paper| PaperRecord {
                id: paper.key,
                name: paper.name(),
                item: some(paper.item()),
                unit: paper.unit().map(UnitId::as_str),
                due: paper.due(),
                received: paper.received(),
            })
            .collect(),
        record: meeting
            .lines()
            .iter()
            .map(|line| LineRecord {
                id: line.key,
                item: some(line.item()),
                kind: line.kind().token(),
                speaker: line.speaker(),
                unit: line.record.unit(Field::Unit).map(UnitId::as_str),
                text: line.text(),
                at: line.at().map(|at| at.format("%H:%M").to_string()),
            })
            .collect(),
        since_notice: changed(meeting, text),
    }
}

fn changed(meeting: &Meeting, text: &Text) -> Vec<String> {
    since_notice(meeting).iter().map(|(old, new)| say_fact_change(old.as_ref(), new.as_ref(), text)).collect()
}

fn item<'p>(meeting: &Meeting<'p>, slot: &Slot<'p>) -> ItemRecord<'p> {
    let item = slot.item;
    ItemRecord {
        id: item.key,
        number: slot.number,
        title: item.title(),
        kind: item.kind().token(),
        section: item.section(),
        unit: item.unit().map(UnitId::as_str),
        speaker: item.speaker(),
        minutes: item.minutes(),
        starts: slot.starts.map(|time| time.format("%H:%M").to_string()),
        tasks: item.tasks().iter().map(|id| id.as_str()).collect(),
        question: item.question(),
        topic: some(item.record.text(Field::Topic)),
        from: some(item.record.text(Field::From)),
        motion: item.record.flag(Field::Motion),
        state: item.state().token(),
        previous: previous_outcomes(meeting, &item).iter().map(|one| one.key.as_str()).collect(),
    }
}

fn outcome<'p>(one: &OutcomeView<'p>) -> OutcomeRecord<'p> {
    OutcomeRecord {
        id: one.key,
        item: one.item(),
        kind: one.kind().token(),
        text: one.text(),
        lead: one.lead().map(UnitId::as_str),
        with: one.with().iter().map(UnitId::as_str).collect(),
        due: one.due().and_then(|due| due.date),
        due_text: one.due().and_then(|due| some(&due.wording)),
        form: one.form(),
        tasks: one.tasks().iter().map(|id| id.as_str()).collect(),
        holes: one.holes().into_iter().map(Hole::token).collect(),
        done: one.is_done(),
    }
}

fn print(session: &Session, meeting: &Meeting, out: &mut String) {
    let text = session.text;
    let head = &text.help.meeting;
    let width = session.world.width.unwrap_or(USUAL_WIDTH);
    let state = (text.records.word)(RecordKind::Meeting, Field::State, meeting.state().token());
    visible::put(out, &format!("{}  {}", meeting.id, meeting.title()));
    out.push('\n');
    let day = meeting.date().map_or(String::new(), |date| format!("{date} {}", (text.words.weekday)(date)));
    let time = meeting.time().map_or(String::new(), |time| time.format(" %H:%M").to_string());
    let fields = [
        (head.state, state.to_string()),
        (head.when, format!("{day}{time}")),
        (head.place, meeting.place().to_string()),
        (head.chair, meeting.chair().to_string()),
        (head.attendance, say_opening(&meeting.count(), text)),
    ];
    table::fields(out, &fields, width);
    out.push_str(&format!("\n{}\n", head.agenda));
    print_agenda(session, meeting, out);
    let outcomes = meeting.outcomes();
    if !outcomes.is_empty() {
        out.push_str(&format!("\n{}\n", head.outcomes));
        outcomes.iter().for_each(|one| print_outcome(one, width, text, out));
    }
    let papers = meeting.papers();
    if !papers.is_empty() {
        out.push_str(&format!("\n{}\n", head.papers));
        let mut table = Table::plain(session.world.width);
        for paper in papers {
            let tick = if paper.received().is_some() { head.received } else { head.missing };
            let unit = paper.unit().map_or(String::new(), ToString::to_string);
            let due = paper.due().map_or(String::new(), |due| due.to_string());
            table.row([paper.key.to_string(), tick.to_string(), due, unit, paper.name().to_string()]);
        }
        table.print(out);
    }
    let lines = meeting.lines();
    if !lines.is_empty() {
        out.push_str(&format!("\n{}\n", head.record));
        for line in lines {
            let at = line.at().map_or(String::new(), |at| at.format("%H:%M ").to_string());
            let unit = line.record.unit(Field::Unit).map_or(String::new(), |unit| format!("{unit} "));
            let who = format!("{at}{unit}{}", line.speaker());
            let colon = if who.trim().is_empty() { "" } else { text.help.colon };
            out.push_str(&format!(
                "  {}\n",
                table::wrap(&format!("{}{colon}{}", who.trim_end(), line.text()), width, 4)
            ));
        }
    }
    let changed = changed(meeting, text);
    if !changed.is_empty() {
        out.push_str(&format!("\n{}\n", head.since_notice));
        changed.iter().for_each(|line| out.push_str(&format!("  {}\n", table::wrap(line, width, 4))));
    }
}

fn print_agenda(session: &Session, meeting: &Meeting, out: &mut String) {
    let text = session.text;
    let mut rows = Table::plain(session.world.width);
    for slot in meeting.agenda() {
        let item = slot.item;
        let number = slot.number.map_or("–".to_string(), |number| number.to_string());
        let starts = slot.starts.map_or(String::new(), |time| time.format("%H:%M").to_string());
        let minutes = item.minutes().map_or(String::new(), |minutes| (text.records.minutes)(minutes));
        let state = (text.records.word)(RecordKind::Item, Field::State, item.state().token());
        let unit = item.unit().map_or(String::new(), ToString::to_string);
        let is_current = meeting.current().is_some_and(|current| current.key == item.key);
        let mark = if is_current { "▶" } else { "" };
        rows.row([
            format!("{mark}{number}"),
            item.key.to_string(),
            starts,
            minutes,
            state.to_string(),
            unit,
            item.title().to_string(),
        ]);
    }
    rows.print(out);
    let timing = meeting.timing();
    let sentence = (text.help.meeting.timing)(timing.sum, timing.length, timing.overrun(), timing.without);
    out.push_str(&format!("{sentence}\n"));
}

fn print_outcome(one: &OutcomeView, width: usize, text: &Text, out: &mut String) {
    let report = &text.help.report;
    let hole = |is: bool| if is { "____".to_string() } else { String::new() };
    let due = |due: &Due| due.date.map_or_else(|| due.wording.to_string(), |date| date.to_string());
    let lead = one.lead().map_or_else(|| hole(true), ToString::to_string);
    let with = one.with().iter().map(UnitId::as_str).collect::<Vec<_>>().join(text.words.comma);
    out.push_str(&format!("  {} {}\n", visible::line(one.key), table::wrap(one.text(), width, 4)));
    let fields =
        [(report.lead, lead), (report.responsible, with), (report.due, one.due().map_or_else(|| hole(true), due))];
    let shown = fields.iter().filter(|(_, value)| !value.is_empty());
    let shown: Vec<String> = shown.map(|(name, value)| format!("{name}{}{value}", text.help.colon)).collect();
    out.push_str(&format!("    {}\n", visible::line(&shown.join("  "))));
}

/// The meetings that touched a place of the plan.
pub(crate) fn touches<'p>(plan: &'p Plan, id: &NodeId) -> Vec<TouchRecord<'p>> {
    let record = |touch: Touch<'p>| {
        let (what, key, text, state) = match touch.kind {
            TouchKind::Item(item) => ("item", item.key, item.title(), item.state().token()),
            TouchKind::Outcome(one) => ("outcome", one.key, one.text(), if one.is_done() { "done" } else { "open" }),
        };
        let meeting = touch.meeting;
        TouchRecord { meeting: meeting.id, title: meeting.title(), date: meeting.date(), what, id: key, text, state }
    };
    all_touches(plan, id).into_iter().map(record).collect()
}

/// The meetings that touched a place, a line each.
pub(crate) fn print_touches(touches: &[TouchRecord], width: usize, text: &Text, out: &mut String) {
    if touches.is_empty() {
        return;
    }
    out.push_str(&format!("\n{}\n", text.help.meeting.meetings));
    for touch in touches {
        let kind = if touch.what == "item" { RecordKind::Item } else { RecordKind::Outcome };
        let day = touch.date.map_or(String::new(), |date| date.to_string());
        let line = format!(
            "{day} {}  {} {}{}{}",
            touch.title,
            (text.records.kind)(kind),
            touch.id,
            text.help.colon,
            touch.text
        );
        out.push_str(&format!("  {}\n", table::wrap(line.trim(), width, 4)));
    }
}
