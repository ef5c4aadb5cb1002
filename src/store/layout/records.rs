//! Topics, meetings, outcomes and the like: one record a file, except a meeting's roster, which has a table a department.
//!
//! Every field stands under its own comment, set or unset, like everything else that people edit on two machines.

use super::Reader;
use super::reader::unknown_table;
use crate::domain::{Due, Field, FieldType, FieldValue, NodeId, Record, RecordId, RecordKind, Str, UnitId};
use crate::store::doc::{Doc, quote};
use crate::store::{Edit, Problem, TableName, Tables, Token};
use chrono::NaiveTime;
use std::cell::RefCell;

/// The folders and files of records below a plan's folder.
pub const OFFICE: &str = "office.toml";
pub const MEETINGS: &str = "meetings";
pub const FOLDERS: [(RecordKind, &str); 5] = [
    (RecordKind::Topic, "topics"),
    (RecordKind::Call, "calls"),
    (RecordKind::Dismissal, "dismissed"),
    (RecordKind::Opinion, "opinions"),
    (RecordKind::Draft, "drafts"),
];
/// The files of a meeting, below its folder.
pub const MEETING_FILES: [(RecordKind, &str); 3] = [
    (RecordKind::Meeting, "meeting.toml"),
    (RecordKind::Attendee, "roster.toml"),
    (RecordKind::Minutes, "minutes.toml"),
];
/// The folders of a meeting, below its own.
pub const MEETING_FOLDERS: [(RecordKind, &str); 9] = [
    (RecordKind::Notice, "notices"),
    (RecordKind::Item, "items"),
    (RecordKind::Paper, "papers"),
    (RecordKind::Line, "record"),
    (RecordKind::Outcome, "outcomes"),
    (RecordKind::Step, "follow"),
    (RecordKind::Sentence, "sentences"),
    (RecordKind::Stage, "stages"),
    (RecordKind::Correction, "corrections"),
];

/// The file that holds a record.
pub fn file_of(id: &RecordId) -> String {
    let named =
        |list: &[(RecordKind, &'static str)]| list.iter().find(|(kind, _)| *kind == id.kind).map(|(_, name)| *name);
    if id.kind == RecordKind::Office {
        return OFFICE.to_string();
    }
    if let Some(folder) = named(&FOLDERS) {
        return format!("{folder}/{}.toml", id.key);
    }
    match (named(&MEETING_FILES), named(&MEETING_FOLDERS)) {
        (Some(file), _) => format!("{MEETINGS}/{}/{file}", id.meeting),
        (None, folder) => format!("{MEETINGS}/{}/{}/{}.toml", id.meeting, folder.unwrap_or_default(), id.key),
    }
}

/// What a file of records holds: the record's id, or for a roster that of its meeting with an empty key.
pub fn record_of(file: &str) -> Option<RecordId> {
    if file == OFFICE {
        return Some(RecordId::of_plan(RecordKind::Office, ""));
    }
    let parts: Vec<&str> = file.split('/').collect();
    let find = |list: &[(RecordKind, &str)], name: &str| list.iter().find(|(_, n)| *n == name).map(|(kind, _)| *kind);
    let key = |name: &'_ str| name.strip_suffix(".toml").filter(|key| !key.is_empty()).map(Str::from);
    match parts.as_slice() {
        [folder, name] => Some(RecordId::of_plan(find(&FOLDERS, folder)?, key(name)?)),
        [MEETINGS, meeting, name] => Some(RecordId::new(find(&MEETING_FILES, name)?, *meeting, "")),
        [MEETINGS, meeting, folder, name] => Some(RecordId::new(find(&MEETING_FOLDERS, folder)?, *meeting, key(name)?)),
        _ => None,
    }
}

/// Whether a file is one of records, going by its name.
pub fn is_record_file(file: &str) -> bool {
    record_of(file).is_some()
}

/// Reads a file of records; `of` is what [`record_of`] says of it.
pub fn read(of: &RecordId, tables: &mut Tables) -> (Vec<(RecordId, Record)>, Vec<Problem>) {
    let problems = RefCell::default();
    let mut records = Vec::new();
    let source = tables.source();
    while let Some(table) = tables.next() {
        let reader = Reader::new(source, table, &problems);
        if table.name.is_empty() {
            reader.finish();
            continue;
        }
        let is_roster = of.kind == RecordKind::Attendee;
        if table.is_element || (!is_roster && table.name != of.kind.token()) {
            unknown_table(source, table, &problems);
            continue;
        }
        let mut record = Record::new();
        for field in of.kind.fields() {
            record.set(*field, value(&reader, of.kind, *field));
        }
        reader.finish();
        let key = if is_roster { reader.own(&table.name) } else { of.key.clone() };
        records.push((RecordId { key, ..of.clone() }, record));
    }
    (records, problems.into_inner())
}

fn value(reader: &Reader, kind: RecordKind, field: Field) -> Option<FieldValue> {
    let key = field.token();
    match field.holds(kind) {
        FieldType::Text => reader.str(key).map(FieldValue::Text),
        FieldType::Word(words) => {
            let known = |word: &str| words.split(' ').find(|one| *one == word);
            reader.word(key, words, known).map(FieldValue::word)
        }
        FieldType::Texts => reader.strs(key).map(FieldValue::Texts),
        FieldType::Unit => reader.str(key).map(|name| FieldValue::Unit(UnitId::new(name))),
        FieldType::Units => {
            reader.strs(key).map(|names| FieldValue::Units(names.into_iter().map(UnitId::new).collect()))
        }
        FieldType::Nodes => {
            reader.strs(key).map(|names| FieldValue::Nodes(names.into_iter().map(NodeId::new).collect()))
        }
        FieldType::Date => reader.date(key).map(FieldValue::Date),
        FieldType::Time => {
            let parse = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
            reader.word(key, "09:00", parse).map(FieldValue::Time)
        }
        FieldType::Due => {
            let (date, wording) = (reader.date(key), reader.str(DUE_TEXT).filter(|text| !text.is_empty()));
            let due = Due { date, wording: wording.unwrap_or_default() };
            Some(FieldValue::Due(due))
        }
        FieldType::Number => reader.get(key, "number", number).map(FieldValue::Number),
        FieldType::Flag => reader.bool(key).map(FieldValue::Flag),
    }
}

/// A number that can be counted with: minutes, years, places in an order are all far below.
fn number(token: &Token) -> Option<i64> {
    const MOST: i64 = 1_000_000_000;
    if let Token::Int(number) = token { Some(*number).filter(|number| (-MOST..=MOST).contains(number)) } else { None }
}

/// The key beside a deadline's date that keeps its words.
const DUE_TEXT: &str = "due_text";

/// Writes the file of a new record; for a place on a roster, its table.
pub fn write(id: &RecordId, record: &Record) -> String {
    let mut out = match id.kind {
        RecordKind::Attendee => format!("\n[{}]\n", quote(&id.key)),
        kind => format!("# {}\n[{}]\n", title(kind), kind.token()),
    };
    for field in id.kind.fields() {
        let fields: Vec<(&str, Option<Token>)> = tokens(*field, record.get(*field));
        super::write_field(&mut out, comment(id.kind, *field), &fields);
    }
    out
}

/// The head of a new roster, before its tables.
pub fn roster_head() -> String {
    format!("# {}\n", title(RecordKind::Attendee))
}

/// The edits that set a field of a record that is there.
pub fn field_edits<'a>(id: &'a RecordId, field: Field, value: Option<&FieldValue>) -> Vec<Edit<'a>> {
    let table = TableName::Named(match id.kind {
        RecordKind::Attendee => id.key.as_str(),
        kind => kind.token(),
    });
    let under = comment(id.kind, field);
    let edit = |(key, value)| Edit { table, key, value, under, after: if key == DUE_TEXT { &["due"] } else { &[] } };
    tokens(field, value).into_iter().map(edit).collect()
}

/// The keys of a field and what they hold.
fn tokens(field: Field, value: Option<&FieldValue>) -> Vec<(&'static str, Option<Token>)> {
    let key = field.token();
    let texts = |texts: Vec<Str>| Some(Token::Strs(texts));
    let token = match value {
        None if field == Field::Due => return vec![(key, None), (DUE_TEXT, None)],
        None => None,
        Some(FieldValue::Text(text) | FieldValue::Word(text)) => Some(Token::Str(text.clone())),
        Some(FieldValue::Texts(list)) => texts(list.clone()),
        Some(FieldValue::Unit(unit)) => Some(Token::Str(unit.as_str().into())),
        Some(FieldValue::Units(units)) => texts(units.iter().map(|unit| unit.as_str().into()).collect()),
        Some(FieldValue::Nodes(nodes)) => texts(nodes.iter().map(|node| node.as_str().into()).collect()),
        Some(FieldValue::Date(date)) => Some(Token::Date(*date)),
        Some(FieldValue::Time(time)) => Some(Token::Str(time.format("%H:%M").to_string().into())),
        Some(FieldValue::Due(due)) => {
            let wording = Some(&due.wording).filter(|wording| !wording.is_empty());
            return vec![(key, due.date.map(Token::Date)), (DUE_TEXT, wording.cloned().map(Token::Str))];
        }
        Some(FieldValue::Number(number)) => Some(Token::Int(*number)),
        Some(FieldValue::Flag(truth)) => Some(Token::Bool(*truth)),
    };
    vec![(key, token)]
}

/// The text of a roster without the table of a department.
pub fn without_table(text: &str, doc: &Doc, name: &str) -> Option<String> {
    let table = doc.table(name).filter(|table| !table.header.is_empty())?;
    let next = doc.tables.iter().map(|other| other.header.start).filter(|start| *start > table.header.start).min();
    let start = text[..table.header.start].trim_end_matches(['\n', '\r']).len();
    let start = text[start..].find('\n').map_or(table.header.start, |at| start + at + 1);
    let end = next.map_or(text.len(), |next| {
        let kept = text[..next].trim_end_matches(['\n', '\r']).len();
        text[kept..].find('\n').map_or(next, |at| kept + at + 1)
    });
    Some(format!("{}{}", &text[..start], &text[end..]))
}

/// What a file of records is, at its head.
fn title(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Office => "办公室设置",
        RecordKind::Topic => "会议议题",
        RecordKind::Call => "议题征集",
        RecordKind::Dismissal => "暂不上会的建议：有变化时会再提出",
        RecordKind::Opinion => "征求意见",
        RecordKind::Draft => "送审稿",
        RecordKind::Meeting => "会议",
        RecordKind::Notice => "会议通知发出时的内容；写下后不再改",
        RecordKind::Attendee => "参会单位：每个单位一节",
        RecordKind::Item => "议程",
        RecordKind::Paper => "会议材料",
        RecordKind::Line => "会议记录（内部）",
        RecordKind::Outcome => "议定事项",
        RecordKind::Step => "督办记录；写下后不再改",
        RecordKind::Minutes => "会议纪要",
        RecordKind::Sentence => "会议纪要中改写的句子",
        RecordKind::Stage => "会议纪要办理过程；写下后不再改",
        RecordKind::Correction => "会议纪要更正；写下后不再改",
    }
}

/// The fixed comment that a field stands under.
fn comment(kind: RecordKind, field: Field) -> &'static str {
    match (kind, field) {
        (RecordKind::Meeting, Field::Kind) => {
            "# 会议类型 kind：plenary 全体会议 | liaison 联络员会议 | special 专题会议"
        }
        (RecordKind::Meeting, Field::State) => {
            "# 状态 state：draft 筹备 | notified 已通知 | in_session 开会 | minutes 纪要 | issued 已印发 | closed 已办结"
        }
        (RecordKind::Topic, Field::State) => {
            "# 状态 state：open 待定 | accepted 上会 | deferred 缓议 | rejected 不上会"
        }
        (RecordKind::Item, Field::Kind) => {
            "# 议程类型 kind：follow_up 落实情况 | report 汇报 | statement 发言 | deliberation 审议 | discussion 讨论 | speech 讲话"
        }
        (RecordKind::Item, Field::State) => "# 状态 state：open 未议 | discussed 已议 | postponed 暂缓 | dropped 撤下",
        (RecordKind::Line, Field::Kind) => {
            "# 种类 kind：record 记录 | position 表态 | dissent 不同意见 | motion 临时动议"
        }
        (RecordKind::Outcome, Field::Kind) => "# 种类 kind：resolution 议定 | assignment 交办",
        (RecordKind::Step, Field::Kind) => {
            "# 步骤 kind：excerpt 摘办 receipt 签收 return 退件 reassign 改派 remind 提醒 press 催办 warn 警示 reply 答复 report 反馈 evidence 佐证 rework 退办 extension 延期 signoff 审签 close 办结 reopen 重办"
        }
        (RecordKind::Stage, Field::Kind) => {
            "# 步骤 kind：draft 拟稿 | check 核稿 | countersign 会签 | sign 签发 | issue 印发 | return 退回"
        }
        (RecordKind::Draft, Field::State) => {
            "# 状态 state：draft 起草 | submitted 送审 | returned 退回 | approved 同意"
        }
        (RecordKind::Attendee, Field::Role) => "# 身份 role：member 成员单位 | observer 列席",
        (RecordKind::Attendee, Field::Reply) => "# 回执 reply：attend 参加 | leave 请假 | substitute 代会",
        (RecordKind::Attendee, Field::Attendance) => {
            "# 到会 attendance：present 出席 | observer 列席 | leave 请假 | substitute 代会 | absent 缺席"
        }
        (RecordKind::Office, Field::Name) => "# 办公室全称 name",
        (RecordKind::Opinion, Field::Stance) => "# 意见 stance：agree 同意 | amend 修改建议 | object 不同意",
        (RecordKind::Opinion, Field::Decision) => "# 采纳 decision：adopted 采纳 | declined 未采纳",
        (RecordKind::Call, Field::Meeting) => "# 为哪次会议 meeting",
        (RecordKind::Call, Field::Due) => "# 回复时限 due",
        (RecordKind::Call, Field::Units) => "# 征集的单位，不写就是全部 units",
        (RecordKind::Call, Field::Without) => "# 回复无议题的单位 without",
        (_, Field::Title) => "# 名称 title",
        (_, Field::Kind) => "# 种类 kind",
        (_, Field::State) => "# 状态 state",
        (_, Field::Date) => "# 日期 date",
        (_, Field::Time) => "# 时间 time",
        (_, Field::Length) => "# 时长（分钟）length",
        (_, Field::Place) => "# 地点 place",
        (_, Field::Chair) => "# 主持人 chair",
        (_, Field::Host) => "# 主办单位 host",
        (_, Field::Nth) => "# 第几次 nth",
        (_, Field::Brief) => "# 简要内容 brief",
        (_, Field::Units) => "# 涉及单位 units",
        (_, Field::Coordination) => "# 协调情况 coordination",
        (_, Field::Question) => "# 需讨论决定的问题 question",
        (_, Field::Submitter) => "# 提出单位或人 submitter",
        (_, Field::Tasks) => "# 依据条款 tasks",
        (_, Field::Submitted) => "# 提出日期 submitted",
        (_, Field::Reason) => "# 理由 reason",
        (_, Field::Meeting) => "# 上会的会议 meeting",
        (_, Field::Source) => "# 来源 source",
        (_, Field::Facts) => "# 当时的情况 facts",
        (_, Field::By) => "# 经手人 by",
        (_, Field::Role) => "# 身份 role",
        (_, Field::Reply) => "# 回执 reply",
        (_, Field::Attendance) => "# 到会 attendance",
        (_, Field::Name) => "# 姓名 name",
        (_, Field::Post) => "# 职务 post",
        (_, Field::Phone) => "# 电话 phone",
        (_, Field::Confirmed) => "# 确认日期 confirmed",
        (_, Field::ConfirmedBy) => "# 确认人 confirmed_by",
        (_, Field::Objection) => "# 对本单位段落的意见 objection",
        (_, Field::Section) => "# 议程单元 section",
        (_, Field::Order) => "# 次序 order",
        (_, Field::Unit) => "# 单位 unit",
        (_, Field::Speaker) => "# 发言人 speaker",
        (_, Field::Minutes) => "# 用时（分钟）minutes",
        (_, Field::Topic) => "# 议题 topic",
        (_, Field::From) => "# 由何处结转 from",
        (_, Field::Recurring) => "# 每次都上会 recurring",
        (_, Field::Motion) => "# 临时动议 motion",
        (_, Field::Item) => "# 所属议程 item",
        (_, Field::Received) => "# 收到日期 received",
        (_, Field::Due) => "# 时限 due：日期；原话写在 due_text",
        (_, Field::Text) => "# 内容 text",
        (_, Field::At) => "# 时刻 at",
        (_, Field::Lead) => "# 牵头单位 lead",
        (_, Field::With) => "# 配合单位 with",
        (_, Field::Form) => "# 成果形式 form",
        (_, Field::Tracked) => "# 列入督办 tracked",
        (_, Field::Outcome) => "# 议定事项 outcome",
        (_, Field::Number) => "# 编号 number",
        (_, Field::Year) => "# 年份 year",
        (_, Field::Composed) => "# 自动生成的原句 composed：据此判断记录后来是否改过",
        (_, Field::After) => "# 排在哪一句之后 after",
        (_, Field::Signer) => "# 签发人 signer",
        (_, Field::Signed) => "# 签发日期 signed",
        (_, Field::Issued) => "# 印发日期 issued",
        (_, Field::Copies) => "# 抄送 copies",
        (_, Field::Notified) => "# 通知日期 notified",
        (_, Field::Opened) => "# 开会时刻 opened",
        (_, Field::Closed) => "# 办结日期 closed",
        (_, Field::Current) => "# 正在进行的议程 current",
        (_, Field::Contact) => "# 联系人 contact",
        (_, Field::Feeds) => "# 为哪次会议做准备 feeds",
        (_, Field::Code) => "# 发文代字 code",
        (_, Field::ReturnDays) => "# 退件期限（工作日）return_days",
        (_, Field::RemindDays) => "# 到期前几个工作日提醒 remind_days",
        (_, Field::PressDays) => "# 逾期几个工作日催办 press_days",
        (_, Field::WarnDays) => "# 逾期几个工作日警示 warn_days",
        (_, Field::Signoffs) => "# 办结需几人审签 signoffs",
        (_, Field::Letter) => "# 来文字号 letter",
        (_, Field::Stance) => "# 意见 stance",
        (_, Field::Decision) => "# 采纳 decision",
        (_, Field::Branch) => "# 稿本标识 branch",
        (_, Field::Proposal) => "# 建议 proposal",
        (_, Field::RemindWord) => "# 第一级叫什么 remind_word：不写就是“提醒”",
        (_, Field::PressWord) => "# 第二级叫什么 press_word：不写就是“催办”",
        (_, Field::WarnWord) => "# 第三级叫什么 warn_word：不写就是“警示”",
        (_, Field::Banned) => "# 纪要里不能出现的词 banned：写了就代替程序自带的词表",
        (_, Field::Without) => "# 没有的单位 without",
    }
}
