//! Search over the plan, its departments and the log entries that are in memory.
//!
//! Nothing is kept: a plan of a thousand nodes is read through in a few milliseconds, and what is not there cannot be out of date.
//! Only while somebody types there is an [`Index`]. Characters go before pinyin in every text.

mod index;

pub use index::Index;

use super::pinyin::Pattern;
use super::{EntryId, Field, Map, Node, NodeId, NodeKind, Plan, RecordId, RecordKind, Repair, meeting::Meeting, node};
use std::ops::Range;

/// Characters shown before and after the match where a long text is cut.
const BEFORE: usize = 16;
const AFTER: usize = 48;

/// Words to look for, made ready to be held against many texts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Query {
    place: Option<NodeId>,
    /// All of it without its blanks: 青少年 typed as `qing shao nian` is found in one piece.
    whole: Pattern,
    /// The words one by one, where there are several; all of them have to be there, in any order.
    words: Vec<Pattern>,
}

/// What a hit is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HitKind {
    Node(NodeKind),
    Unit,
    /// An entry of the log of the node.
    Note(EntryId),
    /// A topic, an item of an agenda, a decision and the like.
    Record(RecordId),
}

impl HitKind {
    /// The word for it in JSON; a node has that of its own kind.
    pub fn token(&self) -> &'static str {
        match self {
            HitKind::Node(kind) => kind.token(),
            HitKind::Unit => "unit",
            HitKind::Note(_) => "note",
            HitKind::Record(id) => id.kind.token(),
        }
    }
}

/// Something found.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    /// The node, for a note the node it was written to, for a department its name, for a record the first clause it rests on
    /// or its key where it rests on none.
    pub id: NodeId,
    pub kind: HitKind,
    /// What the thing is called: a node's title as read, or the beginning of a text without a title; a department's
    /// short name.
    pub title: String,
    /// The text that matched: the title, a name of the department, or a piece of a longer text with … where it is cut.
    pub line: String,
    /// The match in `line`, in bytes; the first word's where there are several, empty for a place.
    pub range: Range<usize>,
}

/// How much a text is trusted with short queries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    /// A title or a name: a single letter may stand for a character.
    Short,
    /// A body: in it a single letter stands for itself.
    Long,
}

impl Query {
    pub fn new(text: &str) -> Self {
        let words: Vec<Pattern> = text.split_whitespace().map(Pattern::new).filter(|word| !word.is_empty()).collect();
        Query {
            place: NodeId::parse(text),
            whole: Pattern::new(text),
            words: if words.len() > 1 { words } else { Vec::new() },
        }
    }

    pub fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    /// The characters that are looked for, where nothing but them can be meant: one word, and no letter that may stand for a sound.
    fn literal(&self) -> Option<String> {
        (self.words.is_empty() && !self.whole.spells()).then(|| self.whole.text())
    }

    fn find(&self, text: &str, length: Length) -> Option<Range<usize>> {
        let by_characters = |pattern: &Pattern| pattern.find_literal(text);
        let by_sound = |pattern: &Pattern| match length {
            Length::Long if pattern.len() < 2 => None,
            Length::Short | Length::Long => pattern.find_sound(text),
        };
        let by_either = |pattern: &Pattern| by_characters(pattern).or_else(|| by_sound(pattern));
        by_characters(&self.whole)
            .or_else(|| self.each_word(by_characters))
            .or_else(|| by_sound(&self.whole))
            .or_else(|| self.each_word(by_either))
    }

    /// The place of the first word, if all words have one.
    fn each_word(&self, find: impl Fn(&Pattern) -> Option<Range<usize>>) -> Option<Range<usize>> {
        let (first, rest) = self.words.split_first()?;
        let range = find(first)?;
        rest.iter().all(|word| find(word).is_some()).then_some(range)
    }
}

/// Where a title or name matches, in bytes; every text matches an empty query, at its beginning.
///
/// For filtering a list while the query is being typed.
pub fn matches(text: &str, query: &Query) -> Option<Range<usize>> {
    if query.is_empty() { Some(0..0) } else { query.find(text, Length::Short) }
}

/// Something found, which becomes a [`Hit`] where it is shown: of a large plan most is only counted.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// The title of a node matches.
    Title(usize),
    /// Its text matches.
    Body(usize),
    Hit(Box<Hit>),
}

/// Everything that `query` finds: the place it names, then titles, departments, bodies and notes, each in the order of
/// the document. A node is found once; an empty query finds nothing.
///
/// Bodies are searched as read and as scraped. Notes are those whose text has been read into the plan.
pub fn search(plan: &Plan, query: &str) -> Vec<Hit> {
    let query = Query::new(query);
    hits(plan, &query, &look_up(plan, None, &query))
}

/// See [`search`]; the index, where there is one, is of this plan.
pub fn look_up(plan: &Plan, mut index: Option<&mut Index>, query: &Query) -> Vec<Found> {
    if query.is_empty() {
        return Vec::new();
    }
    let nodes = &plan.text.nodes;
    let mut all = Vec::new();
    let mut is_found = vec![false; nodes.len()];
    let texts = Texts::new(plan);
    let named = query.place.as_ref().and_then(|place| nodes.iter().position(|node| node.id == *place));
    if let Some(at) = named {
        let title = texts.title(&nodes[at]);
        all.push(Found::Hit(Box::new(node_hit(&nodes[at], title.clone(), title, 0..0))));
        is_found[at] = true;
    }
    let in_title = |at: &usize| !nodes[*at].title.is_empty() && query.find(&nodes[*at].title, Length::Short).is_some();
    let titles = index.as_mut().and_then(|index| index.titles(query));
    let titles = titles.unwrap_or_else(|| (0..nodes.len()).filter(in_title).collect());
    for at in titles {
        if !std::mem::replace(&mut is_found[at], true) {
            all.push(Found::Title(at));
        }
    }
    all.extend(units(plan, query));
    let in_body = |at: &usize| !is_found[*at] && texts.find(&nodes[*at], query).is_some();
    let bodies = index.and_then(|index| index.bodies(query));
    let bodies = bodies.unwrap_or_else(|| (0..nodes.len()).filter(in_body).collect());
    all.extend(bodies.into_iter().filter(|at| !is_found[*at]).map(Found::Body));
    let mut rest = Vec::new();
    if !plan.log.is_empty() {
        rest.extend(notes(plan, query, &texts));
    }
    rest.extend(records(plan, query));
    all.extend(rest.into_iter().map(|hit| Found::Hit(Box::new(hit))));
    all
}

/// What was found, in full.
pub fn hits(plan: &Plan, query: &Query, found: &[Found]) -> Vec<Hit> {
    let texts = Texts::new(plan);
    let hit = |found: &Found| match found {
        Found::Hit(hit) => Some((**hit).clone()),
        Found::Title(at) => {
            let node = plan.text.nodes.get(*at)?;
            let range = query.find(&node.title, Length::Short)?;
            Some(node_hit(node, node.title.to_string(), node.title.to_string(), range))
        }
        Found::Body(at) => {
            let node = plan.text.nodes.get(*at)?;
            let (line, range) = texts.find(node, query)?;
            Some(node_hit(node, texts.title(node), line, range))
        }
    };
    found.iter().filter_map(hit).collect()
}

/// The departments that match.
fn units(plan: &Plan, query: &Query) -> impl Iterator<Item = Found> {
    plan.units.iter().filter_map(move |unit| {
        let mut names = unit.names();
        let (name, range) = names.find_map(|name| Some((name, query.find(name, Length::Short)?)))?;
        let (title, line) = (unit.id.to_string(), name.to_string());
        Some(Found::Hit(Box::new(Hit { id: NodeId::new(unit.id.as_str()), kind: HitKind::Unit, title, line, range })))
    })
}

/// The notes that match, in the order of the document; those of a node that it does not have, last.
fn notes(plan: &Plan, query: &Query, texts: &Texts) -> Vec<Hit> {
    let nodes: Map<&NodeId, usize> =
        plan.text.nodes.iter().enumerate().map(|(place, node)| (&node.id, place)).collect();
    let mut logs: Vec<_> = plan.log.iter().collect();
    logs.sort_by_key(|(id, _)| nodes.get(id).copied().unwrap_or(usize::MAX));
    let mut hits = Vec::new();
    for (id, items) in logs {
        for entry in items.iter().filter_map(|item| item.entry.as_ref()) {
            if let Some(range) = query.find(&entry.text, Length::Long) {
                let (line, range) = excerpt(&entry.text, range);
                let title = nodes.get(id).map(|place| texts.title(&plan.text.nodes[*place])).unwrap_or_default();
                hits.push(Hit { id: id.clone(), kind: HitKind::Note(entry.id.clone()), title, line, range });
            }
        }
    }
    hits
}

/// The records that match, as far as they are in memory: meetings, topics, items, decisions, lines and papers.
fn records(plan: &Plan, query: &Query) -> Vec<Hit> {
    let kinds = [
        RecordKind::Meeting,
        RecordKind::Topic,
        RecordKind::Item,
        RecordKind::Outcome,
        RecordKind::Line,
        RecordKind::Paper,
    ];
    let mut hits = Vec::new();
    for (id, record) in kinds.into_iter().flat_map(|kind| plan.records_of(kind)) {
        let own = Meeting::of(plan, &id.meeting).map(|meeting| meeting.title());
        let meeting = own.as_deref().filter(|_| id.kind == RecordKind::Meeting).unwrap_or_default();
        let fields = [Field::Title, Field::Name, Field::Text, Field::Brief, Field::Question, Field::Place];
        let texts = fields.into_iter().map(|field| record.text(field)).chain([meeting]);
        let found =
            texts.filter(|text| !text.is_empty()).find_map(|text| Some((text, query.find(text, Length::Long)?)));
        let Some((text, range)) = found else { continue };
        let (line, range) = excerpt(text, range);
        let clause = record.nodes(Field::Tasks).first();
        let key = if id.key.is_empty() { &id.meeting } else { &id.key };
        let title = own.unwrap_or_else(|| record.text(Field::Title).to_string());
        let at = clause.cloned().unwrap_or_else(|| NodeId::new(key.clone()));
        hits.push(Hit { id: at, kind: HitKind::Record(id.clone()), title, line, range });
    }
    hits
}

fn node_hit(node: &Node, title: String, line: String, range: Range<usize>) -> Hit {
    Hit { id: node.id.clone(), kind: HitKind::Node(node.kind), title, line, range }
}

/// The repairs by node, so that a long document is not gone through once for every node.
struct Texts<'a> {
    repairs: Map<&'a NodeId, Vec<&'a Repair>>,
}

impl<'a> Texts<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut repairs: Map<&NodeId, Vec<&Repair>> = Map::default();
        for repair in &plan.text.repairs {
            repairs.entry(&repair.node).or_default().push(repair);
        }
        Texts { repairs }
    }

    /// The text with its repairs; `None` where it has none.
    fn as_read(&self, node: &Node) -> Option<String> {
        let repairs = self.repairs.get(&node.id)?;
        Some(node::apply_repairs(&node.text, repairs.iter().copied()).0)
    }

    /// A piece of the text around a match, as read where it matches so, else as scraped.
    fn find(&self, node: &Node, query: &Query) -> Option<(String, Range<usize>)> {
        let read = self.as_read(node);
        let mut both = read.as_deref().into_iter().chain([node.text.as_str()]);
        both.find_map(|text| Some(excerpt(text, query.find(text, Length::Long)?)))
    }

    fn title(&self, node: &Node) -> String {
        if !node.title.is_empty() {
            return node.title.to_string();
        }
        let read = self.as_read(node);
        excerpt(read.as_deref().unwrap_or(&node.text), 0..0).0
    }
}

/// A piece of one line of a text around a range in it, and the range in the piece.
fn excerpt(text: &str, range: Range<usize>) -> (String, Range<usize>) {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    let start = text[line_start..range.start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at) + line_start;
    let end = text[range.end..line_end].char_indices().nth(AFTER).map_or(line_end, |(at, _)| range.end + at);
    let lead = if start > line_start { "…" } else { "" };
    let tail = if end < line_end { "…" } else { "" };
    let moved = range.start - start + lead.len();
    (format!("{lead}{}{tail}", &text[start..end]), moved..moved + range.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Certainty, Entry, EntryKind, LogItem, Unit, UnitGroup, UnitId};
    use proptest::prelude::*;

    fn node(id: &str, kind: NodeKind, number: &str, title: &str, text: &str) -> Node {
        Node {
            id: NodeId::new(id),
            kind,
            number: number.into(),
            title: title.into(),
            gap: "\n".into(),
            text: text.into(),
        }
    }

    fn unit(id: &str, alias: &str) -> Unit {
        Unit {
            id: UnitId::new(id),
            full: format!("清远{id}").into(),
            aliases: vec![alias.into()],
            group: UnitGroup::Government,
            from: None,
            to: None,
            successor: None,
        }
    }

    fn plan() -> Plan {
        let mut plan = Plan::default();
        plan.text.nodes = vec![
            node("3", NodeKind::Chapter, "三、", "提升行动", "三、提升行动"),
            node("3.1", NodeKind::Heading, "（一）", "实施青少年科学素质提升行动", "(一)实施青少年科学素质提升行动"),
            node(
                "3.1.2",
                NodeKind::Task,
                "2.",
                "加强科普教育",
                "2.加强科普教育。建设科普e站,由径向市科协反映,每年不少于16%的青少年参加竞赛。",
            ),
            node("4.4", NodeKind::Heading, "（四）", "实施科技资源科普化工程", ")实施科技资源科普化工程"),
            node("4.4.p1", NodeKind::Paragraph, "", "", &format!("{}QQ群{}", "前".repeat(40), "后".repeat(80))),
        ];
        plan.text.repairs = vec![repair("3.1.2", 18, "", "直"), repair("4.4", 0, ")", "（四）")];
        plan.units = vec![unit("市教育局", "市教体局"), unit("市科协", "科协")];
        let entry = |id: &str, text: &str| {
            let id = EntryId::parse(id).expect("an id in a test");
            let entry = Entry { id: id.clone(), kind: EntryKind::Note, text: text.into(), by: None };
            LogItem { id, entry: Some(entry) }
        };
        let unread = LogItem { id: EntryId::parse("2025-01-01-a").expect("an id in a test"), entry: None };
        plan.log.insert(NodeId::new("4.4"), vec![entry("2025-02-01-a", "第一行\n已联系教育部门\n第三行")]);
        plan.log.insert(NodeId::new("3.1.2"), vec![unread, entry("2025-03-01-b", "教育局来电")]);
        plan
    }

    fn repair(node: &str, at: u32, scraped: &str, read: &str) -> Repair {
        Repair {
            node: NodeId::new(node),
            at,
            scraped: scraped.into(),
            read: read.into(),
            certainty: Certainty::Sure,
            why: "".into(),
        }
    }

    /// One line for a hit: kind, id, and the line with the match in brackets.
    fn shown(query: &str) -> Vec<String> {
        let show = |hit: Hit| {
            let (before, rest) = hit.line.split_at(hit.range.start);
            let (found, after) = rest.split_at(hit.range.len());
            format!("{} {} {before}[{found}]{after}", hit.kind.token(), hit.id)
        };
        search(&plan(), query).into_iter().map(show).collect()
    }

    #[test]
    fn a_place_comes_first_in_every_bracket_width() {
        for query in ["3.1.2", "三（一）2", "三(一)２", " 三 （一） 2 "] {
            assert_eq!(shown(query), ["task 3.1.2 []加强科普教育"], "{query}");
        }
        assert_eq!(shown("3.9"), [""; 0]);
    }

    #[test]
    fn titles_come_before_departments_bodies_and_notes() {
        assert_eq!(
            shown("教育"),
            [
                "task 3.1.2 加强科普[教育]",
                "unit 市教育局 市[教育]局",
                "note 3.1.2 [教育]局来电",
                "note 4.4 已联系[教育]部门",
            ]
        );
        assert_eq!(shown("jyj"), ["unit 市教育局 市[教育局]", "note 3.1.2 [教育局]来电"]);
    }

    #[test]
    fn both_readings_of_a_damaged_place_are_found() {
        assert_eq!(shown("径直向").len(), 1);
        assert!(shown("径直向")[0].contains(",由[径直向]市科协反映"));
        assert!(shown("径向")[0].contains(",由[径向]市科协反映"));
        assert_eq!(shown("（四）实施"), ["heading 4.4 [（四）实施]科技资源科普化工程"]);
        assert_eq!(shown(")实施科技"), ["heading 4.4 （四[）实施科技]资源科普化工程"]);
    }

    #[test]
    fn all_words_must_match_and_blanks_inside_a_word_are_harmless() {
        assert_eq!(shown("qing shao nian")[0], "heading 3.1 实施[青少年]科学素质提升行动");
        assert_eq!(shown("行动 青少年"), ["heading 3.1 实施青少年科学素质提升[行动]"]);
        assert_eq!(shown("xd qsn"), ["heading 3.1 实施青少年科学素质提升[行动]"]);
        assert_eq!(shown("竞赛 教育").len(), 1);
        assert_eq!(shown("竞赛 月球"), [""; 0]);
    }

    #[test]
    fn width_and_case_do_not_count_and_a_long_text_is_cut() {
        let expected = format!("paragraph 4.4.p1 …{}[QQ]群{}…", "前".repeat(16), "后".repeat(47));
        assert_eq!(shown("qq"), [expected.as_str()]);
        assert_eq!(shown("ｑＱ"), [expected.as_str()]);
        assert_eq!(shown("E站").len(), 1);
        assert_eq!(shown("16％").len(), 1);
    }

    #[test]
    fn a_single_letter_stands_for_itself_in_a_body() {
        assert_eq!(shown("e").len(), 1);
        assert_eq!(shown("l"), [""; 0]);
    }

    #[test]
    fn an_empty_query_finds_nothing_and_filters_nothing() {
        assert!(search(&plan(), " 　").is_empty());
        assert_eq!(matches("市教育局", &Query::new("")), Some(0..0));
        assert_eq!(matches("市教育局", &Query::new("jy")), Some(3..9));
        assert_eq!(matches("市教育局", &Query::new("kx")), None);
    }

    proptest! {
        #[test]
        fn an_index_finds_what_a_search_without_one_finds(query in "[a-z科普教育青（(“）e站0-9. ü　]{0,5}") {
            let plan = plan();
            let mut index = Index::new(&plan);
            // as it is typed, a character at a time
            for (end, c) in query.char_indices() {
                let query = Query::new(&query[..end + c.len_utf8()]);
                let found = look_up(&plan, Some(&mut index), &query);
                prop_assert_eq!(&found, &look_up(&plan, None, &query));
                prop_assert_eq!(hits(&plan, &query, &found).len(), found.len());
            }
        }

        #[test]
        fn any_query_finds_ranges_on_character_borders(query in "[a-z科普教育青（(e站0-9. ü　\\PC]{0,8}") {
            for hit in search(&plan(), &query) {
                prop_assert!(hit.line.get(hit.range).is_some());
            }
        }
    }

    #[test]
    fn an_excerpt_keeps_to_its_line() {
        assert_eq!(excerpt("甲\n乙丙丁\n戊", 7..10), ("乙丙丁".to_string(), 3..6));
        assert_eq!(excerpt("", 0..0), (String::new(), 0..0));
    }
}
