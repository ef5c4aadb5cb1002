//! One meeting of the office with all its papers, filled by hand.

use chrono::NaiveDate;
use lianxi::export::content::*;
use lianxi::export::paper::Paper;
use lianxi::export::{Form, Templates, paper, sentences};

pub fn day(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, month, day)
}

const UNITS: [&str; 28] = [
    "市委组织部",
    "市委宣传部",
    "市委网信办",
    "市发展改革局",
    "市教育局",
    "市科技局",
    "市工业和信息化局",
    "市民族宗教局",
    "市民政局",
    "市财政局",
    "市人力资源社会保障局",
    "市自然资源局",
    "市生态环境局",
    "市住房城乡建设局",
    "市水利局",
    "市农业农村局",
    "市文化广电旅游体育局",
    "市卫生健康局",
    "市应急管理局",
    "市市场监管局",
    "市林业局",
    "市气象局",
    "市总工会",
    "团市委",
    "市妇联",
    "市科协",
    "市社科联",
    "清远日报社",
];

pub fn meeting() -> MeetingPaper {
    let item = |section: &str, title: &str, unit: &str, minutes| AgendaLine {
        section: section.into(),
        title: title.into(),
        unit: unit.into(),
        minutes: Some(minutes),
        ..AgendaLine::default()
    };
    MeetingPaper {
        title: "清远市科普工作联席会议2025年第一次全体会议".into(),
        kind: "全体会议".into(),
        date: day(6, 12),
        time: Some("09:00".into()),
        minutes: Some(90),
        place: "市政府2号楼三楼会议室".into(),
        chair: Person { name: "王建国".into(), post: "副市长".into(), unit: String::new() },
        office: "清远市科普工作联席会议办公室".into(),
        issued: day(6, 5),
        items: vec![
            item("通报", "上次会议议定事项落实情况", "市科协", 10),
            item("审议", "《清远市2025年全民科学素质工作要点》", "市科协", 15),
            item("审议", "科学教育资源清单编制方案", "市教育局", 10),
            item("讨论", "科普基地评估办法", "市科技局", 20),
        ],
        seats: UNITS
            .iter()
            .enumerate()
            .map(|(at, unit)| Seat {
                unit: unit.to_string(),
                name: if at % 3 == 0 { "李明".into() } else { "欧阳晓华".into() },
                post: "副局长".into(),
                role: if at > 25 { SeatRole::Observer } else { SeatRole::Member },
                group: String::new(),
            })
            .collect(),
        follow_up: vec![FollowUpLine {
            text: "编制全市科普场馆名录".into(),
            lead: "市科协".into(),
            due: day(3, 31),
            due_words: "3月底前".into(),
            status: "已办结".into(),
            report: "名录已印发".into(),
        }],
        last_meeting: Some("2024年第二次全体会议".into()),
        reply_by: day(6, 10),
        materials_by: day(6, 9),
        contact: Some(Contact { name: "陈小红".into(), phone: "0763-3360000".into() }),
        requests: vec!["请着正装".into()],
        ..MeetingPaper::default()
    }
}

pub fn decision() -> DecisionLine {
    DecisionLine {
        kind: "decide".into(),
        text: "编制全市中小学科学教育资源清单".into(),
        lead: "市科协".into(),
        with: vec!["市教育局".into(), "市科技局".into()],
        due: day(9, 30),
        due_words: "9月底前".into(),
        form: "资源清单".into(),
        clause: "三（一）2".into(),
    }
}

pub fn sitting() -> Sitting {
    Sitting {
        title: "清远市科普工作联席会议2025年第一次全体会议".into(),
        date: day(6, 12),
        time: Some("09:00".into()),
        place: "市政府2号楼三楼会议室".into(),
        chair: Person { name: "王建国".into(), post: "副市长".into(), unit: String::new() },
        heard: vec!["上次会议议定事项落实情况的汇报".into()],
        reviewed: vec!["《清远市2025年全民科学素质工作要点》".into()],
        studied: vec!["科普基地评估等事项".into()],
        expected: 28,
        came: 26,
        on_leave: 2,
        absent: 0,
        substitutes: 3,
    }
}

pub fn minutes(body: Vec<String>) -> MinutesPaper {
    let people = |units: &[&str]| {
        let one = |(at, unit): (usize, &&str)| Attendant {
            unit: unit.to_string(),
            name: if at % 3 == 0 { "李明".into() } else { "欧阳晓华".into() },
            post: String::new(),
            substitute: at == 4,
        };
        units.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    MinutesPaper {
        mark: "清远市科普工作联席会议纪要".into(),
        number: Some("〔2025〕3号".into()),
        ordinal: None,
        title: "清远市科普工作联席会议2025年第一次全体会议纪要".into(),
        office: "清远市科普工作联席会议办公室".into(),
        signed: day(6, 16),
        printed: day(6, 17),
        body: body.into_iter().map(|text| Paragraph { text }).collect(),
        present: people(&UNITS[..24]),
        leave: people(&UNITS[24..26]),
        observers: people(&UNITS[26..]),
        reported_to: vec!["市政府".into()],
        copies: vec!["各成员单位".into(), "各县（市、区）科普工作联席会议办公室".into()],
        corrects: None,
    }
}

pub fn excerpt() -> ExcerptPaper {
    ExcerptPaper {
        unit: "市科协".into(),
        meeting: "清远市科普工作联席会议2025年第一次全体会议".into(),
        meeting_date: day(6, 12),
        minutes_number: Some("〔2025〕3号".into()),
        number: None,
        leads: vec![decision()],
        joins: vec![DecisionLine {
            lead: "市科技局".into(),
            text: "修订科普基地评估办法，组织开展全市科普基地评估".into(),
            ..decision()
        }],
        office: "清远市科普工作联席会议办公室".into(),
        issued: day(6, 18),
        return_within: 7,
        return_by: day(6, 27),
        contact: Some(Contact { name: "陈小红".into(), phone: "0763-3360000".into() }),
    }
}

pub fn reminder(step: ReminderStep, days_left: i32) -> ReminderPaper {
    ReminderPaper {
        step,
        unit: "市科协".into(),
        decision: decision(),
        source: "清远市科普工作联席会议2025年第一次全体会议".into(),
        days_left: Some(days_left),
        earlier: vec![day(9, 20).unwrap()],
        answer_by: day(9, 30),
        office: "清远市科普工作联席会议办公室".into(),
        issued: day(9, 25),
        ..ReminderPaper::default()
    }
}

pub fn opinions() -> OpinionsPaper {
    let line = |unit: &str, verdict: &str| OpinionLine {
        unit: unit.into(),
        clause: "三（一）2".into(),
        text: "建议将“科学教育资源清单”改为“科学教育资源目录”，并明确每年更新一次。".into(),
        verdict: verdict.into(),
        reason: "与省方案一致。".into(),
    };
    OpinionsPaper {
        draft: "《清远市2025年全民科学素质工作要点》（征求意见稿）".into(),
        office: "清远市科普工作联席会议办公室".into(),
        issued: day(6, 5),
        asked: 28,
        without: vec!["市民政局".into(), "市财政局".into()],
        silent: vec!["市林业局".into()],
        lines: vec![line("市教育局", "采纳"), line("市科技局", "部分采纳"), line("团市委", "不采纳")],
    }
}

/// The minutes as a paper, composed with the office's phrases.
pub fn minutes_paper(own: &Templates) -> Paper {
    let mut body = sentences(Form::MinutesOpening, own, &sitting()).unwrap();
    body.push("一、关于2025年全民科学素质工作要点".into());
    body.push(
        "会议原则同意《清远市2025年全民科学素质工作要点》，由市科协根据会议意见修改完善后按程序印发。会议强调，各单位要把全民\
         科学素质工作摆上重要位置，纳入本部门年度计划，明确责任领导、责任科室和完成时限，确保“十四五”各项目标任务如期完成。"
            .into(),
    );
    body.push("二、关于科学教育资源清单".into());
    body.push(
        "（一）明确责任分工。各单位要指定专人负责，于7月10日前报送本单位可用于中小学科学教育的场馆、基地、课程和专家名录；\
         市教育局负责汇总，市科协负责审核。"
            .into(),
    );
    let decision = sentences(Form::MinutesDecision, own, &decision()).unwrap();
    body.extend(decision.iter().map(|text| format!("（二）{text}")));
    body.extend(sentences(Form::MinutesClosing, own, &sitting()).unwrap());
    paper(Form::Minutes, own, &minutes(body)).unwrap()
}
