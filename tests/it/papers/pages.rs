//! GB/T 9704-2012 on the page: what LibreOffice makes of our documents, measured.

use super::office::Office;
use lianxi::export::docx;
use lianxi::export::paper::{Block, Column, Face, Imprint, Level, Paper, Run, Table};

fn prose(count: usize) -> Block {
    let text: String = "全民科学素质行动规划纲要实施方案联席会议办公室工作".chars().cycle().take(count).collect();
    Block::Paragraph(vec![Run::body(text)])
}

fn minutes() -> Paper {
    Paper {
        blocks: vec![
            Block::Mark("清远市科普工作联席会议纪要".into()),
            Block::Number("〔2025〕3号".into()),
            Block::Issue { organ: "清远市科普工作联席会议办公室".into(), date: "2025年6月12日".into() },
            Block::RedLine,
            Block::Title(vec!["清远市科普工作联席会议".into(), "2025年第一次全体会议纪要".into()]),
            prose(400),
            Block::Heading { level: Level::One, text: "一、关于2025年工作要点".into() },
            Block::Paragraph(vec![Run { face: Face::Kai, text: "（一）明确任务。".into() }, Run::body("会议决定，由市科协牵头，市教育局配合，于9月底前完成科学教育资源清单；由市科技局牵头，于10月底前完成“科普基地”评估。")]),
            prose(300),
            Block::Labelled { label: "出席".into(), text: "市委组织部张三、市委宣传部李四、市委网信办王五、市教育局赵六、市科技局钱七、市工业和信息化局孙八、市民政局周九。".into() },
            Block::Labelled { label: "请假".into(), text: "市财政局。".into() },
            Block::Labelled { label: "列席".into(), text: "市气象局、市地震局。".into() },
        ],
        imprint: Some(Imprint {
            copies: vec![("抄送".into(), "市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，各县（市、区）科普工作联席会议办公室，各成员单位。".into())],
            organ: "清远市科普工作联席会议办公室".into(),
            date: "2025年6月12日印发".into(),
        }),
        is_unnumbered: false,
    }
}

#[test]
fn look() {
    let table = Table {
        columns: vec![
            Column { head: "序号".into(), share: 1, is_centred: true },
            Column { head: "任务".into(), share: 6, is_centred: false },
            Column { head: "牵头单位".into(), share: 2, is_centred: true },
        ],
        rows: (1..60).map(|at| vec![at.to_string(), "开展科学教育资源清单编制".into(), "市科协".into()]).collect(),
    };
    let paper = Paper {
        blocks: vec![Block::Title(vec!["会议议定事项落实情况表".into()]), Block::Table(table)],
        ..Paper::default()
    };
    let cards = Paper {
        blocks: ["张三", "欧阳明月", "市科协"]
            .iter()
            .map(|n| Block::Card { name: n.to_string(), below: "市教育局".into() })
            .collect(),
        is_unnumbered: true,
        ..Paper::default()
    };
    let office = Office::print(&[
        ("minutes", docx(&minutes())),
        ("prose", docx(&Paper { blocks: vec![prose(28 * 22 * 2 - 2 + 5)], ..Paper::default() })),
        ("table", docx(&paper)),
        ("cards", docx(&cards)),
    ]);
    for name in ["minutes", "prose", "table", "cards"] {
        office.keep(name, std::path::Path::new("/tmp/papers/png"), 60);
    }
    let prose = office.lines("prose");
    for page in &prose {
        eprintln!("{} lines", page.len());
        for line in page {
            eprintln!("{} {line}", line.chars().count());
        }
    }
}
