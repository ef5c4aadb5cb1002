//! The built-in wording, read as text: what a clerk would have to correct by hand is wrong here.

use super::samples;
use lianxi::export::content::ReminderStep;
use lianxi::export::{Form, Templates, markdown, paper, sentences, text};

#[test]
fn look_at_wording() {
    let own = Templates::default();
    let m = samples::meeting();
    let mut body = sentences(Form::MinutesOpening, &own, &samples::sitting()).unwrap();
    body.push("一、关于2025年全民科学素质工作要点".into());
    body.push("会议原则同意《清远市2025年全民科学素质工作要点》，由市科协根据会议意见修改完善后按程序印发。会议强调，各单位要把全民科学素质工作摆上重要位置，纳入本部门年度计划，明确责任领导、责任科室和完成时限，确保“十四五”各项目标任务如期完成。".into());
    body.push("二、关于科学教育资源清单".into());
    body.push("（一）明确责任分工。各单位要按照方案要求，指定专人负责，于7月10日前报送本单位可用于中小学科学教育的场馆、基地、课程和专家名录；市教育局负责汇总，市科协负责审核。".into());
    body.extend(
        sentences(Form::MinutesDecision, &own, &samples::decision()).unwrap().iter().map(|s| format!("（二）{s}")),
    );
    body.extend(sentences(Form::MinutesClosing, &own, &samples::decision()).unwrap());
    let docs: Vec<(&str, Vec<u8>)> = vec![
        ("notice", lianxi::export::docx(&paper(Form::Notice, &own, &m).unwrap())),
        ("agenda", lianxi::export::docx(&paper(Form::Agenda, &own, &m).unwrap())),
        ("script", lianxi::export::docx(&paper(Form::Script, &own, &m).unwrap())),
        ("signin", lianxi::export::docx(&paper(Form::SignIn, &own, &m).unwrap())),
        ("seats", lianxi::export::docx(&paper(Form::Seats, &own, &m).unwrap())),
        ("minutes", lianxi::export::docx(&paper(Form::Minutes, &own, &samples::minutes(body)).unwrap())),
        ("excerpt", lianxi::export::docx(&paper(Form::Excerpt, &own, &samples::excerpt()).unwrap())),
        (
            "reminder",
            lianxi::export::docx(&paper(Form::Reminder, &own, &samples::reminder(ReminderStep::Warn, -3)).unwrap()),
        ),
        ("opinions", lianxi::export::docx(&paper(Form::Opinions, &own, &samples::opinions()).unwrap())),
    ];
    let office = super::office::Office::print(&docs);
    for (name, _) in &docs {
        office.keep(name, std::path::Path::new("/tmp/papers/png"), 60);
    }

    for form in [Form::Notice, Form::Agenda, Form::Script, Form::SignIn, Form::Seats] {
        let p = paper(form, &own, &m).unwrap_or_else(|e| panic!("{e:?}"));
        eprintln!("=== {form:?}\n{}", markdown(&p));
        if form == Form::Notice {
            eprintln!("--- text\n{}", text(&p));
        }
    }
    let mut body = sentences(Form::MinutesOpening, &own, &samples::sitting()).unwrap();
    body.extend(sentences(Form::MinutesDecision, &own, &samples::decision()).unwrap());
    body.extend(sentences(Form::MinutesClosing, &own, &samples::decision()).unwrap());
    eprintln!("=== minutes\n{}", markdown(&paper(Form::Minutes, &own, &samples::minutes(body)).unwrap()));
    eprintln!("=== excerpt\n{}", markdown(&paper(Form::Excerpt, &own, &samples::excerpt()).unwrap()));
    eprintln!("{}", text(&paper(Form::Excerpt, &own, &samples::excerpt()).unwrap()));
    for (step, left) in [(ReminderStep::Remind, 3), (ReminderStep::Urge, 0), (ReminderStep::Warn, -4)] {
        eprintln!("{}", text(&paper(Form::Reminder, &own, &samples::reminder(step, left)).unwrap()));
    }
    eprintln!("{}", markdown(&paper(Form::Opinions, &own, &samples::opinions()).unwrap()));
}
