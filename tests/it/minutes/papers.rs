//! The papers get what the records hold, and never what is internal.

use super::Hall;
use lianxi::domain::meeting::LineKind;
use lianxi::domain::{RecordKind, UnitId, follow::Rung};
use lianxi::export::{self, Form, Templates};

const PLAIN: (&str, &str, &[&str], &str) = ("编制科普资源清单", "市科协", &["市教育局"], "9月底前");

#[test]
fn every_paper_is_filled_from_the_records_and_holds_nothing_internal() {
    let hall = Hall::new(&[PLAIN]);
    hall.say(LineKind::Dissent, "张三丰", "市气象局提出经费无法保障");
    let hall = hall.close();
    hall.stage("issue", "2025-06-18");
    let workspace = hall.open();
    let (plan, m) = (workspace.plan(), hall.meeting.as_str());
    let today = super::day("2025-06-18");
    let templates = Templates::default();
    let text = |form, content: &dyn Fn() -> Result<export::paper::Paper, export::TemplateError>| {
        let paper = content().unwrap_or_else(|error| panic!("{form:?}: {error:?}"));
        export::text(&paper)
    };
    let meeting = export::meeting_paper(plan, m, today);
    let minutes = hall.desk.json(&["minutes", "show", m]);
    let minutes = export::minutes_paper(plan, m, minutes["text"].as_str().expect("text"));
    let excerpt = export::excerpt_paper(plan, m, &UnitId::new("市教育局"), |_| true, today).expect("something to do");
    let decision = plan.records_of(RecordKind::Outcome).next().expect("a decision").0;
    let reminder = export::reminder_paper(plan, decision, Rung::Press, today).expect("a reminder");
    let mut papers = String::new();
    for form in [Form::Notice, Form::Agenda, Form::Script, Form::SignIn, Form::Seats] {
        papers += &text(form, &|| export::paper(form, &templates, &meeting));
    }
    let printed = text(Form::Minutes, &|| export::paper(Form::Minutes, &templates, &minutes));
    let slip = text(Form::Excerpt, &|| export::paper(Form::Excerpt, &templates, &excerpt));
    let letter = text(Form::Reminder, &|| export::paper(Form::Reminder, &templates, &reminder));
    assert!(printed.contains("〔2025〕1号") && printed.contains("由市科协牵头，市教育局配合"), "{printed}");
    assert!(printed.contains("市委组织部、") && printed.contains("请假"), "{printed}");
    assert!(slip.contains("由你单位配合的事项") && slip.contains("编制科普资源清单"), "{slip}");
    assert!(letter.contains("由你单位牵头编制科普资源清单"), "{letter}");
    papers += &[printed, slip, letter].concat();
    for secret in ["张三丰", "经费无法保障"] {
        assert!(!papers.contains(secret), "{papers}");
    }
    assert!(export::excerpt_paper(plan, m, &UnitId::new("市林业局"), |_| true, today).is_none());
}
