//! Repairs: what the rules find of what a person read, what they must not find, and the list of readings.

use super::{readings, seed, source};
use lianxi::domain::{Certainty, Repair};
use lianxi::import::{self, Finding, Proposal, ReadingsError, RepairRule};
use proptest::prelude::*;

/// The places a person found, 96 of them.
fn gold() -> Vec<Proposal> {
    let with = import::with_readings(&seed(), &readings()).expect("the readings fit the source");
    with.proposals.into_iter().filter(|proposal| proposal.rule == RepairRule::Reading).collect()
}

fn meets(a: &Repair, b: &Repair) -> bool {
    let end = |repair: &Repair| repair.at as usize + repair.scraped.chars().count();
    a.node == b.node && a.at as usize <= end(b) && b.at as usize <= end(a)
}

#[test]
fn the_rules_find_nine_of_ten_places_and_are_never_sure_of_a_wrong_one() {
    let (gold, read) = (gold(), seed());
    assert_eq!(gold.len(), 96);
    let missed: Vec<_> =
        gold.iter().filter(|place| !read.proposals.iter().any(|found| meets(&found.repair, &place.repair))).collect();
    let wrong: Vec<_> =
        read.proposals.iter().filter(|found| !gold.iter().any(|place| meets(&found.repair, &place.repair))).collect();
    println!(
        "{} of {} found, {} of {} proposals wrong",
        gold.len() - missed.len(),
        gold.len(),
        wrong.len(),
        read.proposals.len()
    );
    assert!(missed.len() <= 9, "{missed:#?}");
    assert!(wrong.len() <= 2, "{wrong:#?}");
    assert!(wrong.iter().all(|found| found.repair.certainty != Certainty::Sure), "{wrong:#?}");
    let suspected = read.proposals.iter().filter(|found| found.repair.certainty == Certainty::Suspected);
    assert_eq!(suspected.map(|found| found.line).collect::<Vec<_>>(), [208, 212, 220, 222]);
}

/// Where a rule is sure it also reads what the person read.
#[test]
fn sure_repairs_give_the_words_that_a_person_reads() {
    let with = import::with_readings(&seed(), &readings()).expect("the readings fit the source");
    let read = seed();
    for found in read.proposals.iter().filter(|found| found.repair.certainty == Certainty::Sure) {
        let node = with.text.nodes.iter().find(|node| node.id == found.repair.node).expect("the node is there");
        let (as_read, _) = with.text.as_read(node);
        let (mine, marks) = lianxi::domain::apply_repairs(&node.text, std::iter::once(&found.repair));
        let mark = marks.first().cloned().expect("the repair stands");
        let before: String = mine[..mark.start].chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        let words = format!("{before}{}", &mine[mark]);
        assert!(
            as_read.contains(words.trim_start_matches('足')) || as_read.contains(&found.repair.read[..]),
            "{found:?}"
        );
    }
}

#[test]
fn only_sure_repairs_are_accepted_until_somebody_accepts_more() {
    let read = seed();
    assert!(read.proposals.iter().all(|found| found.accepted == (found.repair.certainty == Certainty::Sure)));
    assert_eq!(read.text.repairs.len(), read.proposals.iter().filter(|found| found.accepted).count());
    let none = import::accept(&read, |_| false);
    assert!(none.text.repairs.is_empty());
    assert_eq!(none.text.source(), source());
    assert_eq!(none.info.issued, None);
    let all = import::accept(&none, |_| true);
    assert_eq!(all.text.repairs.len(), read.proposals.len());
}

#[test]
fn every_repair_stands_at_its_place() {
    for read in [seed(), import::with_readings(&seed(), &readings()).expect("the readings fit")] {
        for proposal in &read.proposals {
            let node = read.text.nodes.iter().find(|node| node.id == proposal.repair.node).expect("the node is there");
            let rest: String = node.text.chars().skip(proposal.repair.at as usize).collect();
            assert!(rest.starts_with(proposal.repair.scraped.as_str()), "{proposal:?}");
        }
    }
}

#[test]
fn digits_of_a_date_are_read_only_one_way_or_not_at_all() {
    let read = |digits: &str| {
        let text = format!("清远市某某行动方案\n\n清远市人民政府\n\n{digits}\n\n一、前言\n\n甲。\n");
        import::read_official(&text)
    };
    let date = |year, month, day| chrono::NaiveDate::from_ymd_opt(year, month, day);
    assert_eq!(read("2022630").info.issued, date(2022, 6, 30));
    assert_eq!(read("20221231").info.issued, date(2022, 12, 31));
    let ambiguous = read("2022111");
    assert_eq!(ambiguous.info.issued, None);
    assert!(ambiguous.findings.contains(&Finding::AmbiguousDate { line: 5, text: "2022111".into() }));
    assert_eq!(read("20229999").info.issued, None);
}

#[test]
fn a_sound_document_gets_no_proposals() {
    let text = "某市某某行动方案\n\n一、总体要求\n\n（一）指导思想\n\n以能力提升工程为抓手，推动机制建设，加强服务能力提升行动。\n\n\
        二、重点任务\n\n（一）开展活动\n\n1．依托各类平台推进工作机制建设，利用现有资源开展科普活动。鼓励（市、区）单位参与。\n\n\
        2．加强“一带一路”交流，办好“三下乡”等活动，提高我市水平。\n";
    assert_eq!(import::read_official(text).proposals, []);
}

#[test]
fn an_attribution_that_lost_a_bracket_still_names_its_departments() {
    let text = "某市某某行动方案\n一、任务\n（一）治水\n1.清河。甲。市水务局牵头，市林业局配合）\n2.护岸。乙。（责任单位：市水务局\n";
    let read = import::read_official(text);
    assert_eq!(super::rows(&read), ["1.1.1: 市水务局 | 市林业局", "1.1.2:  | 市水务局"]);
    let lines: Vec<_> = read.proposals.iter().map(|found| (found.line, found.rule, found.accepted)).collect();
    assert_eq!(lines, [(4, RepairRule::Bracket, true), (5, RepairRule::Bracket, true)]);
}

#[test]
fn titles_are_cut_only_where_items_have_titles() {
    let item =
        "除涉密事项外各级政务服务事项全部开通全程网办完成适老化改造适应特殊群体需求建设工作队伍鼓励开展各类培训活动。";
    let body: String = (1..9).map(|n| format!("{n}.{item}\n\n")).collect();
    let text = format!("某市方案\n\n一、任务\n\n)甲行动\n\n)乙行动\n\n)丙行动\n\n{body}");
    let read = import::read_official(&text);
    assert!(read.proposals.iter().all(|found| found.rule != RepairRule::TitleStop));
}

#[test]
fn a_list_of_readings_reports_all_its_faults_at_once() {
    let toml = r#"
        [[reading]]
        line = 3
        scraped = "没有这些字"
        read = "有"
        certainty = "sure"
        [[reading]]
        line = 30
        scraped = "广东省"
        read = "广东"
        certainty = "sure"
        [[reading]]
        node = "3.1.1"
        scraped = "崇尚科学"
        read = "崇尚科学、"
        certainty = "maybe"
    "#;
    let errors = import::with_readings(&seed(), toml).expect_err("three faults");
    let expected = [
        ReadingsError::NotFound { number: 1, scraped: "没有这些字".into() },
        ReadingsError::Ambiguous { number: 2, scraped: "广东省".into() },
        ReadingsError::Certainty { number: 3, found: "maybe".into() },
    ];
    assert_eq!(errors, expected);
    assert!(matches!(
        import::with_readings(&seed(), "= 1").expect_err("no TOML")[..],
        [ReadingsError::Malformed { .. }]
    ));
}

/// Lines that bring the rules out, in any order and cut anywhere.
fn lines() -> impl Strategy<Value = String> {
    let words = [
        "一、",
        "（一）",
        "(二)",
        "1.",
        "2．",
        ")实施",
        "附件",
        "序号",
        "工作内容",
        "牵头单位",
        "责任单位",
        "1",
        "2",
        "市教育局、市科协",
        "\n",
        "\n\n",
        "\u{a0}",
        "　",
        "。",
        "，",
        "“",
        "”",
        "《",
        "》",
        "(",
        ")",
        "2022630",
        "2025年",
        "到2025年,争取建成基地1个以上",
        "我",
        "全各",
        "两级",
        "委、政府",
        "（市教育局牵头，市科协配合）",
        "提升行动",
        "关于印发",
        "的通知",
        "清远市人民政府",
        "加强队伍建设推动工作",
        "县(市、",
        "%",
        "9.8",
        "<p>",
        "# ",
        "|",
        "\t",
        "\u{feff}",
        "👍",
        "a",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..60).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_comes_back_character_for_character(text in lines()) {
        let read = import::read_official(&text);
        if read.form == import::Form::Plain {
            prop_assert_eq!(read.text.source(), text);
        }
        let mut ids: Vec<_> = read.text.nodes.iter().map(|node| node.id.clone()).collect();
        ids.sort();
        let before = ids.len();
        ids.dedup();
        prop_assert_eq!(ids.len(), before);
        let _ = import::accept(&read, |_| true);
    }

    #[test]
    fn any_characters_come_back(text in "\\PC{0,200}") {
        let read = import::read_official(&text);
        if read.form == import::Form::Plain {
            prop_assert_eq!(read.text.source(), text);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(decoded) = import::decode(&bytes) {
            let _ = import::read_official(&decoded.text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_document_may_be_cut_anywhere(from in 0_usize..15_000, len in 0_usize..4_000) {
        let text: String = source().chars().skip(from).take(len).collect();
        prop_assert_eq!(import::read_official(&text).text.source(), text);
    }
}
