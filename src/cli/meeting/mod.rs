//! `topic`, `suggest` and `meeting`: before a meeting and in the room.

mod lists;
mod read;
mod show;
pub(super) mod step;

pub(super) use show::{TouchRecord, print_touches, touches};

use super::fail::Failure;
use super::session::{Answer, Session, Words};
use super::{Verb, change, deadline, note};
use crate::domain::meeting::{Attendance, ItemKind, ItemState, LineKind, MeetingKind, OutcomeKind, TopicState};
use crate::domain::{Due, Field, FieldValue, RecordId, RecordKind, Str};
use crate::ops::meeting::{self as ops, NewCall, NewItem, NewLine, NewMeeting, NewOutcome, NewPaper, NewTopic};
use crate::ops::{Outcome, Refusal};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use clap::ArgMatches;
use clap::parser::ValueSource;
use read::Given;
use step::Step;

/// The meeting of `meeting project MEETING`, which is a screen and no answer.
pub(super) fn projected(verb: Verb, own: &ArgMatches) -> Option<String> {
    let words = own.try_get_many::<String>("words").ok().flatten()?;
    let words: Vec<&String> = words.collect();
    match words.as_slice() {
        [project, meeting] if verb == Verb::Meeting && project.as_str() == "project" => Some((*meeting).clone()),
        _ => None,
    }
}

/// Does what the words behind `topic`, `suggest` or `meeting` say.
pub(super) fn run(session: &mut Session, verb: Verb, words: &Words, own: &ArgMatches) -> Result<Answer, Failure> {
    let text = session.text;
    let say = &text.help.meeting;
    let (step, words) = Step::parse(verb, words.all()).map_err(|word| {
        let mut known: Vec<&str> = Step::of(verb).map(|step| step.path().1).collect();
        known.dedup();
        Failure::usage((say.unknown_step)(word, &known.join(text.words.comma)))
    })?;
    let (least, most) = step.word_count();
    if words.len() < least {
        return Err(Failure::usage((text.help.usage.missing)(&step.usage(text))));
    }
    if words.len() > most {
        return Err(Failure::usage((text.help.usage.too_many)(&words[most])));
    }
    let is_given =
        |name: &&str| own.try_get_raw(name).is_ok() && own.value_source(name) == Some(ValueSource::CommandLine);
    let all = Step::of(verb).flat_map(Step::options);
    if let Some(foreign) = all.copied().filter(is_given).find(|name| !step.options().contains(name)) {
        let (verb, word, below) = step.path();
        let name = [verb.token(), word, below].join(" ");
        return Err(Failure::usage((say.foreign_option)(&format!("--{foreign}"), name.trim_end())));
    }
    let today = session.today();
    let given = Given { own, text, today };
    let is_look = matches!(
        step,
        Step::TopicList
            | Step::TopicReplies
            | Step::SuggestList
            | Step::List
            | Step::Show
            | Step::Project
            | Step::Agenda
    );
    let mut workspace = if is_look { session.open()? } else { session.open_to_change()? };
    workspace.read_records();
    let fail = |refusal: Refusal| Failure::refusal(&refusal, text);
    let meeting = |workspace: &mut Workspace, word: &str| ops::resolve_meeting(workspace, word, today).map_err(fail);
    match step {
        Step::TopicList => return Ok(lists::topics(session, &workspace)),
        Step::TopicReplies => return lists::replies(session, &workspace),
        Step::SuggestList => {
            let of = given.one("for").map(|word| meeting(&mut workspace, word)).transpose()?;
            let all = ops::suggestions(&mut workspace, of.as_deref(), today).map_err(fail)?;
            return Ok(lists::suggestions(session, &workspace, &all));
        }
        Step::List => return Ok(lists::meetings(session, &workspace)),
        Step::Show => {
            let id = meeting(&mut workspace, &words[0])?;
            return Ok(show::meeting(session, &workspace, &id));
        }
        Step::Agenda => {
            let id = meeting(&mut workspace, &words[0])?;
            return Ok(show::agenda(session, &workspace, &id));
        }
        _ => {}
    }
    let moment = session.moment(workspace.root(), writes_author(step))?;
    let at = |at: usize| words.get(at).map_or("", String::as_str);
    let from = |at: usize| words[at.min(words.len())..].join(" ");
    let done: Result<Outcome, Refusal> = match step {
        Step::TopicAdd => {
            let topic = NewTopic {
                title: from(0),
                brief: given.text("brief"),
                units: given.units(&workspace, "unit")?,
                coordination: given.text("coordination"),
                question: given.text("question"),
                submitter: given.text("submitter"),
                tasks: given.tasks(session, &workspace)?,
                source: String::new(),
            };
            ops::add_topic(&mut workspace, &moment, &topic)
        }
        Step::TopicSet => {
            let key = ops::resolve_topic(&mut workspace, at(0)).map_err(fail)?;
            let texts = [
                ("title", Field::Title),
                ("brief", Field::Brief),
                ("coordination", Field::Coordination),
                ("question", Field::Question),
                ("submitter", Field::Submitter),
            ];
            let mut fields = given.fields(&texts);
            given.lists(session, &workspace, Field::Units, "unit", &mut fields)?;
            ops::set_topic(&mut workspace, &key, needed(fields, text)?)
        }
        Step::TopicAccept | Step::TopicDefer | Step::TopicReject => {
            let key = ops::resolve_topic(&mut workspace, at(0)).map_err(fail)?;
            let state = match step {
                Step::TopicAccept => TopicState::Accepted,
                Step::TopicDefer => TopicState::Deferred,
                _ => TopicState::Rejected,
            };
            ops::settle_topic(&mut workspace, &key, state, &given.text("reason"))
        }
        Step::TopicCall => {
            let of = given.one("for").map(|word| meeting(&mut workspace, word)).transpose()?;
            let call = NewCall {
                due: due(session, &mut workspace, &given)?,
                meeting: of,
                units: given.units(&workspace, "unit")?,
            };
            ops::call_topics(&mut workspace, &moment, &call)
        }
        Step::TopicNone => {
            let units = words.iter().map(|name| crate::ops::resolve_unit(&workspace, name));
            let units = units.collect::<Result<Vec<_>, _>>().map_err(fail)?;
            ops::without_topic(&mut workspace, &units, !own.get_flag("undo"))
        }
        Step::SuggestTake => {
            let of = given.one("for").map(|word| meeting(&mut workspace, word)).transpose()?;
            ops::take_suggestion(&mut workspace, &moment, at(0), of.as_deref())
        }
        Step::SuggestDismiss => ops::dismiss_suggestion(&mut workspace, &moment, at(0)),
        Step::New => {
            let new = new_meeting(session, &mut workspace, &given)?;
            ops::new_meeting(&mut workspace, &moment, &new)
        }
        Step::Set => {
            let id = meeting(&mut workspace, at(0))?;
            let texts = [
                ("title", Field::Title),
                ("place", Field::Place),
                ("chair", Field::Chair),
                ("contact", Field::Contact),
                ("phone", Field::Phone),
            ];
            let mut fields = given.fields(&texts);
            fields.extend(given.day("date")?.map(|date| (Field::Date, Some(date.into()))));
            fields.extend(given.time()?.map(|time| (Field::Time, Some(time.into()))));
            fields.extend(given.minutes()?.map(|minutes| (Field::Length, Some(minutes.into()))));
            ops::set_meeting(&mut workspace, &id, needed(fields, text)?)
        }
        Step::Move => {
            let id = meeting(&mut workspace, at(0))?;
            let day = ops::understand_day(at(1), today).map_err(fail)?;
            mind_day(session, &mut workspace, day);
            ops::move_meeting(&mut workspace, &id, day)
        }
        Step::AgendaAdd => {
            let id = meeting(&mut workspace, at(0))?;
            let item = NewItem {
                title: from(1),
                kind: given.kind(RecordKind::Item, ItemKind::parse)?,
                section: given.text("section"),
                unit: given.units(&workspace, "unit")?.into_iter().next(),
                speaker: given.text("speaker"),
                minutes: given.minutes()?,
                tasks: given.tasks(session, &workspace)?,
                question: given.text("question"),
                recurring: false,
            };
            ops::add_item(&mut workspace, &moment, &id, &item)
        }
        Step::AgendaTake => {
            let id = meeting(&mut workspace, at(0))?;
            let suggested = ops::suggestions(&mut workspace, Some(&id), today).map_err(fail)?;
            if suggested.iter().any(|one| one.key.as_str() == at(1)) {
                ops::take_suggestion(&mut workspace, &moment, at(1), Some(&id))
            } else {
                let topic = ops::resolve_topic(&mut workspace, at(1)).map_err(fail)?;
                ops::take_topic(&mut workspace, &moment, &id, &topic)
            }
        }
        Step::AgendaOrder => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            let number = read::number(at(2)).ok_or_else(|| Failure::usage((say.bad_number)(at(2))))?;
            ops::order_item(&mut workspace, &id, &item, usize::try_from(number).unwrap_or(0))
        }
        Step::AgendaDrop => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            ops::drop_item(&mut workspace, &id, &item)
        }
        Step::PaperAdd => {
            let id = meeting(&mut workspace, at(0))?;
            let item =
                given.one("item").map(|word| ops::resolve_item(&workspace, &id, word)).transpose().map_err(fail)?;
            let paper = NewPaper {
                name: from(1),
                item: item.map(|key| key.to_string()),
                unit: given.units(&workspace, "unit")?.into_iter().next(),
                due: due(session, &mut workspace, &given)?,
                source: String::new(),
            };
            ops::add_paper(&mut workspace, &moment, &id, &paper)
        }
        Step::PaperReceived => {
            let id = meeting(&mut workspace, at(0))?;
            let on = given.day("date")?.unwrap_or(today);
            ops::paper_received(&mut workspace, &id, at(1), Some(on).filter(|_| !own.get_flag("undo")))
        }
        Step::Notify => {
            let id = meeting(&mut workspace, at(0))?;
            ops::notify(&mut workspace, &moment, &id)
        }
        Step::Attend => {
            let id = meeting(&mut workspace, at(0))?;
            let how = words.last().map_or("", String::as_str);
            let how = Attendance::parse(how).ok_or_else(|| Failure::usage((say.bad_attendance)(how)))?;
            let units = read::seats(&workspace, &id, &words[1..words.len() - 1]).map_err(fail)?;
            let name = given.one("name");
            match own.get_flag("reply") {
                true => ops::reply(&mut workspace, &id, &units, Some(how), name),
                false => ops::attend(&mut workspace, &id, &units, Some(how), name),
            }
        }
        Step::Open => {
            let id = meeting(&mut workspace, at(0))?;
            let early = ops::opened_early(workspace.plan(), &id, today, text);
            let done = ops::open(&mut workspace, &moment, &id);
            if let (Ok(Outcome::Saved(_)), Some(words)) = (&done, early) {
                session.say(&words);
            }
            done
        }
        Step::Next => {
            let id = meeting(&mut workspace, at(0))?;
            match words.get(1) {
                Some(item) => {
                    let item = ops::resolve_item(&workspace, &id, item).map_err(fail)?;
                    ops::set_current(&mut workspace, &moment, &id, &item)
                }
                None => ops::next_item(&mut workspace, &moment, &id),
            }
        }
        Step::Record => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            let typed = from(2);
            let line = NewLine {
                item: Some(item.to_string()),
                kind: given.kind(RecordKind::Line, LineKind::parse)?.unwrap_or_default(),
                speaker: given.text("speaker"),
                unit: given.units(&workspace, "unit")?.into_iter().next(),
                text: note::typed(session, &typed)?,
            };
            ops::record_line(&mut workspace, &moment, &id, &line)
        }
        Step::Decide => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            let outcome = NewOutcome {
                kind: given.kind(RecordKind::Outcome, OutcomeKind::parse)?.unwrap_or_default(),
                text: from(2),
                lead: given.one("lead").map(|name| given.unit(&workspace, name)).transpose()?,
                with: given.units(&workspace, "with")?,
                due: due(session, &mut workspace, &given)?,
                form: given.text("form"),
                tasks: given.tasks(session, &workspace)?,
            };
            let holes =
                [(outcome.lead.is_none(), text.help.report.lead), (outcome.due.is_none(), text.help.report.due)];
            let done = ops::decide(&mut workspace, &moment, &id, &item, &outcome);
            let holes: Vec<&str> = holes.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
            if done.is_ok() && !holes.is_empty() {
                session.say(&(say.holes)(&holes.join(text.words.comma)));
            }
            done
        }
        Step::Amend => {
            let id = ops::resolve_outcome(&mut workspace, at(0)).map_err(fail)?;
            let fields = amended(session, &mut workspace, &given)?;
            ops::set_outcome(&mut workspace, &id, needed(fields, text)?)
        }
        Step::Motion => {
            let id = meeting(&mut workspace, at(0))?;
            let unit = given.units(&workspace, "unit")?.into_iter().next();
            ops::motion(&mut workspace, &moment, &id, &from(1), unit, &given.text("speaker"))
        }
        Step::Discussed => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            ops::mark_item(&mut workspace, &moment, &id, &item, ItemState::Discussed)
        }
        Step::Postpone => {
            let (id, item) = with_item(&mut workspace, &meeting, at(0), at(1)).map_err(|error| error.or(fail))?;
            ops::postpone(&mut workspace, &moment, &id, &item)
        }
        Step::Close => {
            let id = meeting(&mut workspace, at(0))?;
            let done = ops::close(&mut workspace, &moment, &id);
            if done.is_ok() {
                lists::say_unheard(session, &workspace, &id);
            }
            done
        }
        Step::TopicList
        | Step::TopicReplies
        | Step::SuggestList
        | Step::List
        | Step::Show
        | Step::Project
        | Step::Agenda => Ok(Outcome::Unchanged),
    };
    change::answer(session, &workspace, done)
}

/// Steps that write down who did it; asking git for the name costs a process.
fn writes_author(step: Step) -> bool {
    matches!(step, Step::TopicCall | Step::SuggestTake | Step::SuggestDismiss | Step::Notify)
}

/// A refusal of the operations, or a failure that was said already.
enum Wrong {
    Said(Failure),
    Refused(Box<Refusal>),
}

impl Wrong {
    fn or(self, fail: impl Fn(Refusal) -> Failure) -> Failure {
        match self {
            Wrong::Said(failure) => failure,
            Wrong::Refused(refusal) => fail(*refusal),
        }
    }
}

/// The meeting and the item that two words name.
fn with_item(
    workspace: &mut Workspace,
    meeting: &impl Fn(&mut Workspace, &str) -> Result<Str, Failure>,
    of: &str,
    item: &str,
) -> Result<(Str, Str), Wrong> {
    let id = meeting(workspace, of).map_err(Wrong::Said)?;
    let item = ops::resolve_item(workspace, &id, item).map_err(|refusal| Wrong::Refused(Box::new(refusal)))?;
    Ok((id, item))
}

fn needed(
    fields: Vec<(Field, Option<FieldValue>)>,
    text: &crate::text::Text,
) -> Result<Vec<(Field, Option<FieldValue>)>, Failure> {
    if fields.is_empty() { Err(Failure::usage(text.help.meeting.nothing_to_set.to_string())) } else { Ok(fields) }
}

fn new_meeting(session: &mut Session, workspace: &mut Workspace, given: &Given) -> Result<NewMeeting, Failure> {
    let say = &session.text.help.meeting;
    let kind = given
        .kind(RecordKind::Meeting, MeetingKind::parse)?
        .ok_or_else(|| Failure::usage(say.kind_missing.to_string()))?;
    let Some(date) = given.day("date")? else {
        let proposed = ops::propose(workspace, kind, session.today());
        return Err(Failure::usage((say.date_missing)(&proposed.to_string())));
    };
    mind_day(session, workspace, date);
    Ok(NewMeeting {
        kind,
        date,
        time: given.time()?,
        length: given.minutes()?,
        place: given.text("place"),
        chair: given.text("chair"),
        title: given.text("title"),
    })
}

/// A meeting on a holiday is written down and remarked on.
fn mind_day(session: &mut Session, workspace: &mut Workspace, day: NaiveDate) {
    if !workspace.calendar(day, day).is_working(day) {
        let day = format!("{day} {}", (session.text.words.weekday)(day));
        let sentence = (session.text.help.meeting.not_working)(&day);
        session.say(&sentence);
    }
}

/// The deadline that was given, and what was understood.
fn due(session: &mut Session, workspace: &mut Workspace, given: &Given) -> Result<Option<Due>, Failure> {
    given.one("due").map_or(Ok(None), |typed| deadline::understood(session, workspace, typed))
}

fn amended(
    session: &mut Session,
    workspace: &mut Workspace,
    given: &Given,
) -> Result<Vec<(Field, Option<FieldValue>)>, Failure> {
    let mut fields = given.fields(&[("text", Field::Text), ("form", Field::Form)]);
    if let Some(name) = given.one("lead") {
        let unit = if name.is_empty() { None } else { Some(given.unit(workspace, name)?) };
        fields.push((Field::Lead, unit.map(Into::into)));
    }
    given.lists(session, workspace, Field::With, "with", &mut fields)?;
    if given.one("due").is_some() {
        fields.push((Field::Due, due(session, workspace, given)?.map(Into::into)));
    }
    fields.extend(
        given
            .kind(RecordKind::Outcome, OutcomeKind::parse)?
            .map(|kind| (Field::Kind, Some(FieldValue::word(kind.token())))),
    );
    Ok(fields)
}

/// The id that a new record answers with.
pub(super) fn made_id(outcome: &Outcome) -> Option<&RecordId> {
    ops::made(outcome)
}
