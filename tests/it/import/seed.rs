//! The office's document: its tree, its head, its table, its departments and its targets.

use super::{count, rows, seed, source, tree};
use chrono::NaiveDate;
use lianxi::domain::{Baseline, Comparison, NodeKind, UnitGroup, check};
use lianxi::import::{self, Finding};

#[test]
fn nodes_and_gaps_give_the_source_back() {
    let read = seed();
    assert_eq!(read.text.source(), super::source());
    assert_eq!(read.lines.len(), read.text.nodes.len());
    let source = source();
    let lines: Vec<&str> = source.split('\n').collect();
    for (node, line) in read.text.nodes.iter().zip(&read.lines) {
        assert!(lines[*line as usize - 1].contains(node.text.as_str()), "{}", node.id);
    }
}

/// Office programs on Windows save it so.
#[test]
fn the_document_reads_the_same_from_gb18030_with_windows_line_ends() {
    let bytes = encoding_rs::GB18030.encode(&source().replace('\n', "\r\n")).0.into_owned();
    let decoded = import::decode(&bytes).expect("GB18030 reads");
    assert_eq!((decoded.charset, decoded.crlf), (import::Charset::Gb18030, true));
    assert_eq!(import::read_official(&decoded.text), seed());
}

#[test]
fn the_tree_has_its_exact_counts() {
    let read = seed();
    let counts = [NodeKind::Chapter, NodeKind::Heading, NodeKind::Principle, NodeKind::Task, NodeKind::Measure]
        .map(|kind| count(&read, kind));
    assert_eq!(counts, [5, 17, 4, 44, 12]);
    let items = |place: &str| {
        let nodes = read.text.nodes.iter();
        nodes.filter(|n| n.kind.depth() == Some(2) && n.id.parent().is_some_and(|p| p.as_str() == place)).count()
    };
    assert_eq!(["3.1", "3.2", "3.3", "3.4", "3.5"].map(items), [7, 5, 4, 3, 3]);
    assert_eq!(["4.1", "4.2", "4.3", "4.4", "4.5"].map(items), [4, 3, 5, 6, 4]);
    assert_eq!(["5.1", "5.2", "5.3", "5.4"].map(items), [3, 3, 3, 3]);
    let mut ids: Vec<_> = read.text.nodes.iter().map(|node| &node.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), read.text.nodes.len());
}

#[test]
fn damaged_headings_and_titles_are_read_through_their_repairs() {
    let tree = tree(&seed());
    for line in [
        "4 chapter 四、 重点工程",
        "4.1 heading (一) 实施科普基础设施建设工程",
        "4.5 heading (五) 实施科学素质跨区域交流与合作工程",
        "2.2.1 principle 1. 突出科学精神引领",
        "3.1.7 task 7. 充分发挥广东省职教城和全市产业园区集聚的科普教育资源优势,打造国家级、省级科普基地",
        "4.3.1 task 1. 大力发展科普场馆、科普基地、科技出版、新媒体科普、科普研究、应急科普等领域专职科普人才队伍",
        "4.3.3 task 3. 发展科普中国信息员队伍",
        "4.3.4 task 4. 建立完善科普专业技术资格和专业技术职务制度",
        "4.3.5 task 5. 充分发挥广东省职教城学术交流平台作用",
        "5.4.3 measure 3. 总结表彰",
    ] {
        assert!(tree.iter().any(|found| found == line), "{line}");
    }
}

#[test]
fn what_surrounds_the_text_has_its_kinds_and_places() {
    let read = seed();
    let kind_of = |line: u32| {
        let at = read.lines.iter().position(|found| *found == line).expect("a line with text");
        (read.text.nodes[at].id.as_str(), read.text.nodes[at].kind)
    };
    for (line, expected) in [
        (1, ("0.1", NodeKind::Chrome)),
        (3, ("0.2", NodeKind::Title)),
        (6, ("0.4", NodeKind::Chrome)),
        (8, ("0.5", NodeKind::Matter)),
        (18, ("0.7", NodeKind::Matter)),
        (26, ("0.10", NodeKind::Title)),
        (30, ("0.11", NodeKind::Paragraph)),
        (34, ("1.p1", NodeKind::Paragraph)),
        (70, ("3.1.p1", NodeKind::Paragraph)),
        (236, ("annex.1", NodeKind::Matter)),
        (238, ("annex.2", NodeKind::Matter)),
        (245, ("annex.4", NodeKind::Title)),
        (249, ("annex.5", NodeKind::Cell)),
        (339, ("annex.50", NodeKind::Cell)),
        (343, ("annex.51", NodeKind::Chrome)),
    ] {
        assert_eq!(kind_of(line), expected, "line {line}");
    }
    assert!(read.findings.contains(&Finding::TitleOverLines { from: 24, to: 26 }));
    assert!(read.findings.contains(&Finding::TableFlattened { line: 249, rows: 10 }));
    assert_eq!(read.unplaced, []);
}

#[test]
fn the_head_is_read_and_nothing_is_guessed() {
    let info = seed().info;
    assert_eq!(info.title, "清远市全民科学素质行动规划纲要实施方案(2021—2025年)");
    assert_eq!((info.issuer.as_str(), info.number), ("清远市人民政府", None));
    assert_eq!(info.issued, NaiveDate::from_ymd_opt(2022, 6, 30));
    assert_eq!(info.adopted.as_deref(), Some("八届第8次市政府常务会审议通过"));
    assert_eq!((info.period, info.warning_days), (Some((2021, 2025)), 3));
    let phases: Vec<_> = info.phases.iter().map(|phase| (phase.name.as_str(), phase.from, phase.to)).collect();
    assert_eq!(phases, [("启动实施", 2021, 2021), ("深入实施", 2022, 2025), ("总结表彰", 2025, 2025)]);
    let parents: Vec<_> =
        info.implements.iter().map(|parent| (parent.number.as_str(), parent.title.as_str())).collect();
    let national = "国务院关于印发全民科学素质行动规划纲要(2021—2035年)的通知";
    let provincial = "广东省人民政府关于印发广东省全民科学素质行动规划纲要实施方案(2021—2025年)的通知";
    assert_eq!(parents, [("国发〔2021〕9号", national), ("粤府〔2021〕76号", provincial)]);
    assert_eq!(info.office.as_deref(), Some("市科协"));
}

#[test]
fn the_table_becomes_ten_rows_of_twenty_eight_units() {
    let read = seed();
    let rows = rows(&read);
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[4], "3.5: 市委组织部 | 市人力资源社会保障局、市科技局、市科协");
    assert_eq!(rows[8], "4.4: 市科技局 | 市教育局、市文化广电旅游体育局、市人力资源社会保障局、市科协");
    assert_eq!(read.matrix.rows[8].content, "施科技资源科普化工程。");
    assert_eq!(
        (read.matrix.rows[3].category.as_str(), read.matrix.rows[9].category.as_str()),
        ("提升行动", "重点工程")
    );
    let responsible: usize = read.matrix.rows.iter().map(|row| row.responsible().len()).sum();
    assert_eq!(responsible, 67);
    let order: Vec<&str> = read.units.iter().map(|unit| unit.id.as_str()).collect();
    let official = "市委组织部、市委宣传部、市委网信办、市委外办、市委老干部局、市精神文明办、市发展改革局、市教育局、市科技局、\
        市民族宗教事务局、市民政局、市人力资源社会保障局、市自然资源局、市生态环境局、市住房城乡建设局、市农业农村局、\
        市文化广电旅游体育局、市卫生健康局、市应急管理局、市市场监管局、市林业局、市城市管理综合执法局、市总工会、团市委、\
        市妇联、市科协、市气象局、市消防救援支队";
    assert_eq!(order, official.split('、').collect::<Vec<_>>());
    let groups = [UnitGroup::Party, UnitGroup::Government, UnitGroup::Mass, UnitGroup::Vertical]
        .map(|group| read.units.iter().filter(|unit| unit.group == group).count());
    assert_eq!(groups, [6, 16, 4, 2]);
}

#[test]
fn the_targets_are_five_and_the_other_figures_none() {
    let read = seed();
    let found: Vec<_> = read
        .targets
        .iter()
        .map(|t| (t.id.as_str(), t.node.as_str(), t.name.as_str(), t.comparison, t.value, t.unit.as_str()))
        .collect();
    let expected = [
        ("T1", "2.3", "公民具备科学素质的比例", Comparison::MoreThan, 16.0, "%"),
        ("T2", "4.1.3", "国家级科普教育基地", Comparison::AtLeast, 1.0, "个"),
        ("T3", "4.1.3", "省级科普教育基地", Comparison::AtLeast, 50.0, "个"),
        ("T4", "4.1.3", "科普小镇", Comparison::Exactly, 1.0, "个"),
        ("T5", "3.1.6", "培训科技辅导员", Comparison::Exactly, 200.0, "名"),
    ];
    assert_eq!(found, expected);
    assert_eq!(read.targets[0].baseline, Some(Baseline { value: 9.8, year: 2020 }));
    assert!(read.targets[1..].iter().all(|target| target.baseline.is_none()));
    assert_eq!(read.targets.iter().map(|t| t.soft).collect::<Vec<_>>(), [false, true, true, true, false]);
    assert_eq!(read.targets.iter().map(|t| t.yearly).collect::<Vec<_>>(), [false, false, false, false, true]);
    assert!(read.targets.iter().all(|target| target.due == 2025));
    let wordings: Vec<_> = read.targets.iter().map(|target| target.wording.as_str()).collect();
    let expected = [
        "2025年,清远市公民具备科学素质的比例超过16%",
        "2025年,争取建成国家级科普教育基地1个以上",
        "省级科普教育基地50个以上",
        "到2025年,探索建设科普小镇1个",
        "每年培训200名科技辅导员",
    ];
    assert_eq!(wordings, expected);
}

#[test]
fn the_imported_plan_keeps_its_own_rules() {
    let read = import::with_readings(&seed(), &super::readings()).expect("the readings fit the source");
    let plan = lianxi::domain::Plan {
        info: read.info,
        text: read.text,
        units: read.units,
        matrix: read.matrix,
        targets: read.targets,
        ..Default::default()
    };
    assert_eq!(check(&plan), []);
}

/// The targets and titles stay what they are when a person's readings take the place of the rules'.
#[test]
fn readings_change_what_is_read_and_not_the_structure() {
    let (plain, with) = (seed(), import::with_readings(&seed(), &super::readings()).expect("the readings fit"));
    assert_eq!(with.text.source(), source());
    let ids = |read: &import::Imported| read.text.nodes.iter().map(|node| node.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&plain), ids(&with));
    let node = with.text.nodes.iter().find(|node| node.id.as_str() == "4.3.4").expect("a task");
    assert_eq!(node.title, "建立完善科普专业技术资格和专业技术职务制度");
    let facts = |read: &import::Imported| {
        let targets = read.targets.iter();
        targets.map(|t| (t.id.clone(), t.node.clone(), t.name.clone(), t.wording.clone(), t.value)).collect::<Vec<_>>()
    };
    assert_eq!(facts(&plain), facts(&with));
}
