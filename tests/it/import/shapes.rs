//! Documents of other shapes, invented: attributions in the text, one line, HTML, Markdown, annexes with chapters.

use super::{count, rows, tree};
use chrono::NaiveDate;
use lianxi::domain::{Comparison, NodeKind};
use lianxi::import::{Finding, Form, Imported, read_official};

/// The notice that stands before a plan.
fn notice(body: &str) -> String {
    format!(
        "某城市人民政府办公室关于印发《某城市河湖行动方案（2023—2025年）》的通知\n\n（某府办〔2023〕12号）\n\n各有关单位：\n\n\
        现印发给你们。参见某府〔2020〕1号。\n\n某城市人民政府办公室\n\n\u{3000}\u{3000}2023年3月8日\n\n\
        某城市河湖行动方案（2023—2025年）\n\n　　为做好工作，制定本方案。\n\n{body}"
    )
}

fn read(body: &str) -> Imported {
    read_official(&notice(body))
}

#[test]
fn the_head_of_a_notice_is_read() {
    let info = read("　　一、总体要求\n\n　　甲。\n").info;
    assert_eq!(info.title, "某城市河湖行动方案（2023—2025年）");
    assert_eq!((info.issuer.as_str(), info.number.as_deref()), ("某城市人民政府办公室", Some("某府办〔2023〕12号")));
    assert_eq!((info.issued, info.period), (NaiveDate::from_ymd_opt(2023, 3, 8), Some((2023, 2025))));
}

#[test]
fn numbers_that_run_on_keep_their_own_places() {
    let read = read(
        "一、重点任务\n（一）治水\n1.清河。甲。（市水务局负责）\n2．护岸。乙。（市水务局牵头，市林业局、市财政局按职责分工配合）\n\
        （二）造林\n3、植树。丙。（市林业局牵头，市科协配合）丁。（市科协负责）\n二、保障措施\n4. 加强领导。戊。\n",
    );
    let expected = [
        "1 chapter 一、 重点任务",
        "1.1 heading （一） 治水",
        "1.1.1 task 1. 清河",
        "1.1.2 task 2． 护岸",
        "1.2 heading （二） 造林",
        "1.2.3 task 3、 植树",
        "2 chapter 二、 保障措施",
        "2.4 measure 4. 加强领导",
    ];
    assert_eq!(tree(&read), expected);
    let expected = ["1.1.1:  | 市水务局", "1.1.2: 市水务局 | 市林业局、市财政局", "1.2.3: 市林业局 | 市科协"];
    assert_eq!(rows(&read), expected);
}

#[test]
fn numbers_that_repeat_give_places_of_their_own() {
    let read = read("一、任务\n1.甲。\n1.乙。\n（一）丙\n1.丁。\n5.戊。\n");
    let ids: Vec<_> = read.text.nodes.iter().filter(|n| n.kind.in_tree()).map(|n| n.id.as_str()).collect();
    assert_eq!(ids, ["1", "1.1", "1.1b", "1.1c", "1.1c.1", "1.1c.5"]);
    assert!(read.findings.iter().any(|f| matches!(f, Finding::NumbersMissing { from: 2, to: 4, .. })));
}

#[test]
fn labelled_brackets_give_joint_leads_deadlines_and_collectives() {
    let read = read(
        "一、任务\n（一）清河行动\n1.甲。（6月底完成，牵头考核单位：市水务局、林业局；责任单位：市财政局，各县（市、区）政府）\n\
        2.乙。（责任单位：市林业局、市教育局等部门）\n3.丙（含税）。\n（二）护岸行动。丁。（负责部门：市水务局；适用范围：全市）\n",
    );
    let expected = ["1.1.1: 市水务局、市林业局 | 市财政局", "1.1.2:  | 市林业局、市教育局", "1.2:  | 市水务局"];
    assert_eq!(rows(&read), expected);
    assert_eq!(read.dues.len(), 1);
    assert_eq!((read.dues[0].0.as_str(), read.dues[0].1.wording.as_str()), ("1.1.1", "6月底完成"));
    assert!(
        read.findings.iter().any(|f| matches!(f, Finding::Collective { name, .. } if *name == "各县（市、区）政府"))
    );
    let task = read.text.nodes.iter().find(|node| node.id.as_str() == "1.2").expect("an attributed heading");
    assert_eq!((task.kind, task.title.as_str()), (NodeKind::Task, "护岸行动"));
}

#[test]
fn attributions_stand_on_their_own_lines_and_in_other_brackets() {
    let read = read(
        "一、任务\n（一）治水\n1.清河。甲。\n牵头单位：市水务局；配合单位：市林业局、市财政局\n2.护岸。乙。责任单位：市林业局\n\
        ３．造林。丙。【责任单位：市科协（牵头）、市教育局】\n4.督导。丁说明：戊。\n",
    );
    let expected = ["1.1.1: 市水务局 | 市林业局、市财政局", "1.1.2:  | 市林业局", "1.1.3: 市科协 | 市教育局"];
    assert_eq!(rows(&read), expected);
}

#[test]
fn chapters_and_articles_by_ordinal_are_numbering_too() {
    let read = read("第一章　总则\n第一条　甲。\n第二条　乙。\n第二章　职责\n第三条　丙。\n");
    let ids: Vec<_> = read.text.nodes.iter().filter(|n| n.kind.in_tree()).map(|n| n.id.as_str()).collect();
    assert_eq!(ids, ["1", "1.1", "1.2", "2", "2.3"]);
}

#[test]
fn a_table_without_a_category_joins_by_title() {
    let read = read(
        "一、任务\n（一）清河行动\n甲。\n（二）护岸工程\n乙。\n附件\n任务分工表\n序号\n工作任务\n责任单位\n1\n护岸工程\n市水务局（牵头）、各县（市、区）政府\n\
        2\n清河行动\n市林业局、市财政局\n3\n别的\n市科协\n",
    );
    let expected = ["1.2: 市水务局 | ", "1.1:  | 市林业局、市财政局", "annex.12:  | 市科协"];
    assert_eq!(rows(&read), expected);
    assert!(read.findings.iter().any(|f| matches!(f, Finding::RowUnmatched { content, .. } if *content == "别的")));
}

#[test]
fn a_body_on_one_line_is_taken_apart_and_comes_back_whole() {
    let body = "一、治水护岸，改善环境（一）研究清河。（市水务局牵头，市林业局及各地区按职责分工负责）具体措施：1．2024年底前清河。（市水务局负责）\
        2．护岸。（市林业局负责）（二）造林。（各地区、各部门负责）二、加强保障（三）督导。（市政府办公室牵头，各地区负责）";
    let text = notice(body);
    let read = read_official(&text);
    assert_eq!(read.text.source(), text);
    let expected = [
        "1 chapter 一、 治水护岸，改善环境",
        "1.1 heading （一） 研究清河",
        "1.1.1 task 1． 2024年底前清河",
        "1.1.2 task 2． 护岸",
        "1.2 task （二） 造林",
        "2 chapter 二、 加强保障",
        "2.3 measure （三） 督导",
    ];
    assert_eq!(tree(&read), expected);
    let expected = ["1.1: 市水务局 | 市林业局", "1.1.1:  | 市水务局", "1.1.2:  | 市林业局", "2.3: 市政府办公室 | "];
    assert_eq!(rows(&read), expected);
}

#[test]
fn an_annex_with_chapters_is_an_outline_of_its_own() {
    let read = read(
        "一、对象\n甲。\n二、方式\n（一）乙。丙。\n附件\n河湖指标\n一、治水（5分）\n（一）清河\n1．丁。（持续推进，牵头单位：市水务局）\n二、造林\n2．戊。\n",
    );
    let ids: Vec<_> = read.text.nodes.iter().skip(8).map(|n| (n.id.as_str(), n.kind.token())).collect();
    let expected = [
        ("1", "chapter"),
        ("1.p1", "paragraph"),
        ("2", "chapter"),
        ("2.1", "heading"),
        ("annex.p1", "matter"),
        ("annex.p2", "title"),
        ("annex.1", "chapter"),
        ("annex.1.1", "heading"),
        ("annex.1.1.1", "task"),
        ("annex.2", "chapter"),
        ("annex.2.2", "task"),
    ];
    assert_eq!(ids, expected);
    assert_eq!(rows(&read), ["annex.1.1.1: 市水务局 | "]);
}

#[test]
fn a_web_page_is_read_through_its_tables() {
    let page = "<html><head><style>p{}</style></head><body><table><tr><td><b>发文机关：</b></td><td>国务院</td>\
        <td><b>发文字号：</b></td><td>国发〔2018〕38号</td></tr></table><table><tr><td><p>国务院关于支持河湖</p>\
        <p>建设的通知</p><p>各部门：</p><p>　一、治水</p><p>（一）清河<span>。</span>（负责部门：水利部）</p>\
        <p>附件</p><table><tr><td>序号</td><td>工作内容</td><td>指导部门</td><td>范围</td></tr><tr><td colspan=4>一、水类（共2项）</td></tr>\
        <tr><td>1</td><td><p>清</p><p>河</p></td><td>水利部、财政部</td><td>全国</td></tr>\
        <tr><td>2</td><td>护&#23736;</td><td>财政部</td><td>全国</td></tr></table></td></tr></table></body></html>";
    let read = read_official(page);
    assert_eq!((read.form, read.info.title.as_str()), (Form::Html, "国务院关于支持河湖建设的通知"));
    assert_eq!((read.info.issuer.as_str(), read.info.number.as_deref()), ("国务院", Some("国发〔2018〕38号")));
    assert_eq!(rows(&read), ["1.1:  | 水利部、财政部", "annex.11:  | 财政部"]);
    let contents: Vec<_> = read.matrix.rows.iter().map(|row| (row.category.as_str(), row.content.as_str())).collect();
    assert_eq!(contents, [("一、水类（共2项）", "清河"), ("一、水类（共2项）", "护岸")]);
}

#[test]
fn markdown_with_page_breaks_keeps_attributions_together() {
    let text = "## 文档 ：某城市计划.md\n\n### 基本信息\n- **文件编号**：无\n\n附件\n\n某城市水务三年行动计划\n\n（2021-2023年）\n\n\
        一、目标\n\n到2023年末，建成一批。\n\n——培育100家优质企业，打造5家以上示范企业，规模超过500亿元。\n\n二、任务\n\n（一）治水\n\n\
        1.清河工程。开展清河护岸和水质监测工作，持续提升全流域的治理能力，形成长效机制，探\n\n索新路径。（牵头部\n\n门：市水务局、市科委）\n";
    let read = read_official(text);
    assert_eq!((read.form, read.info.title.as_str()), (Form::Markdown, "某城市水务三年行动计划（2021-2023年）"));
    assert_eq!(count(&read, NodeKind::Chrome), 3);
    assert_eq!(rows(&read), ["2.1.1: 市水务局、市科委 | "]);
    assert!(read.findings.iter().any(|finding| matches!(finding, Finding::BrokenParagraph { .. })));
    let found: Vec<_> =
        read.targets.iter().map(|t| (t.name.as_str(), t.comparison, t.value, t.unit.as_str())).collect();
    let expected = [
        ("培育优质企业", Comparison::Exactly, 100.0, "家"),
        ("打造示范企业", Comparison::AtLeast, 5.0, "家"),
        ("规模", Comparison::MoreThan, 500.0, "亿元"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn several_figures_of_several_subjects_are_targets_of_their_own() {
    let read = read(
        "一、目标\n到2024年，货物贸易、对外投资和利用外资分别占比达30%、20%和10%。针对2034种商品加大力度，48小时内放行。\n",
    );
    let found: Vec<_> = read.targets.iter().map(|t| (t.name.as_str(), t.value, t.due)).collect();
    assert_eq!(found, [("货物贸易占比", 30.0, 2024), ("对外投资占比", 20.0, 2024), ("利用外资占比", 10.0, 2024)]);
}

#[test]
fn a_text_without_structure_is_kept_whole() {
    for text in ["", "\n\n", "一段话。", "附件", "序号\n工作内容\n责任单位\n1\n", "（）（）", "1.\n2.\n", ")实施"]
    {
        assert_eq!(read_official(text).text.source(), text);
    }
}
