//! The built-in wording, read as text: what a clerk would have to correct by hand is wrong here.

use super::samples::{self, day};
use lianxi::export::content::{DecisionLine, MeetingPaper, ReminderStep, Sitting};
use lianxi::export::{Form, TemplateFault, Templates, markdown, paper, sentences, text};

fn said(form: Form, content: &impl serde::Serialize) -> String {
    markdown(&paper(form, &Templates::default(), content).unwrap())
}

#[test]
fn a_notice_says_when_where_and_who() {
    let notice = said(Form::Notice, &samples::meeting());
    for part in [
        "# 关于召开清远市科普工作联席会议2025年第一次全体会议的通知",
        "定于2025年6月12日（星期四）上午9:00召开",
        "（一）主持人：副市长王建国。",
        "（三）列席单位：市社科联、清远日报社。",
        "（二）《清远市2025年全民科学素质工作要点》（汇报单位：市科协；约15分钟）。",
        "（二）请各单位于6月10日（星期二）前将参会回执报送",
        "（四）请着正装。",
        "附件：参会回执",
        "| 单位 | 姓名 | 职务 | 联系电话 | 车号 | 备注 |",
    ] {
        assert!(notice.contains(part), "{part} is not in\n{notice}");
    }
    assert!(!notice.contains("06月") && !notice.contains("＿"), "{notice}");
}

#[test]
fn a_corrected_notice_lists_what_has_changed() {
    let changes = vec!["会议时间改为2025年6月13日（星期五）上午9:00".to_string()];
    let notice = said(Form::Notice, &MeetingPaper { changes, ..samples::meeting() });
    assert!(notice.starts_with("# 关于更正清远市科普工作联席会议2025年第一次全体会议有关事项的通知"), "{notice}");
    assert!(notice.contains("会议时间改为2025年6月13日"));
}

#[test]
fn what_is_not_known_is_left_to_be_filled_in() {
    for form in [Form::Notice, Form::Agenda, Form::Script, Form::SignIn, Form::Seats] {
        let paper = said(form, &MeetingPaper { title: "专题会议".into(), ..MeetingPaper::default() });
        assert!(paper.contains("专题会议"), "{form:?}: {paper}");
        assert!(!paper.contains("None") && !paper.contains("none"), "{form:?}: {paper}");
    }
    let empty = said(Form::Notice, &MeetingPaper { title: "专题会议".into(), ..MeetingPaper::default() });
    assert!(empty.contains("二、会议地点\n\n＿＿＿＿。"), "{empty}");
}

#[test]
fn an_agenda_is_numbered_by_its_sections() {
    let agenda = said(Form::Agenda, &samples::meeting());
    let wanted =
        "## 二、审议\n\n### （一）《清远市2025年全民科学素质工作要点》（汇报单位：市科协；约15分钟）\n\n### （二）";
    assert!(agenda.contains(wanted), "{agenda}");
}

#[test]
fn the_opening_sentence_counts_who_came() {
    let say = |sitting: &Sitting| sentences(Form::MinutesOpening, &Templates::default(), sitting).unwrap().concat();
    assert_eq!(
        say(&samples::sitting()),
        "2025年6月12日上午，副市长王建国在市政府2号楼三楼会议室主持召开清远市科普工作联席会议2025年第一次全体会议。会议听取了\
         上次会议议定事项落实情况的汇报，审议了《清远市2025年全民科学素质工作要点》，研究了科普基地评估等事项。会议应到28个单位，\
         实到26个，请假2个。现将会议议定事项纪要如下："
    );
}

#[test]
fn a_decision_names_who_with_whom_and_by_when() {
    let say = |line: DecisionLine| sentences(Form::MinutesDecision, &Templates::default(), &line).unwrap().concat();
    let decision = samples::decision();
    assert_eq!(
        say(decision.clone()),
        "会议议定，由市科协牵头，市教育局、市科技局配合，于9月底前编制全市中小学科学教育资源清单，形成资源清单。"
    );
    let matter = DecisionLine { text: "科学教育资源清单".into(), form: String::new(), ..decision.clone() };
    assert_eq!(say(matter), "会议议定，由市科协牵头，市教育局、市科技局配合，于9月底前完成科学教育资源清单。");
    let open = DecisionLine { due: None, due_words: "持续推进".into(), form: String::new(), ..decision.clone() };
    assert_eq!(say(open), "会议议定，由市科协牵头，市教育局、市科技局配合，持续推进编制全市中小学科学教育资源清单。");
    let holes = DecisionLine { lead: String::new(), with: vec![], due: None, due_words: String::new(), ..decision };
    assert_eq!(say(holes), "会议议定，由＿＿＿＿牵头，于＿＿＿＿前编制全市中小学科学教育资源清单，形成资源清单。");
}

#[test]
fn a_reminder_for_a_chat_is_short_lines_without_marks() {
    let own = Templates::default();
    for (step, left, words) in [
        (ReminderStep::Remind, 3, "距完成时限还有3个工作日。"),
        (ReminderStep::Urge, 0, "今天是完成时限的最后一天。"),
        (ReminderStep::Warn, -4, "该事项已逾期4个工作日。"),
    ] {
        let text = text(&paper(Form::Reminder, &own, &samples::reminder(step, left)).unwrap());
        assert!(text.lines().any(|line| line == words), "{text}");
        assert!(!text.contains(['*', '#', '|', '\\', '\u{3000}']), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
    }
}

#[test]
fn markdown_of_a_text_has_no_marks_but_ours() {
    let meeting =
        MeetingPaper { title: "*重要* <b>会议</b> | 一".into(), date: day(6, 12), ..MeetingPaper::default() };
    let agenda = said(Form::Agenda, &meeting);
    assert!(agenda.starts_with("# \\*重要\\* \\<b\\>会议\\</b\\> \\| 一议程\n"), "{agenda}");
}

#[test]
fn data_can_be_no_mark_of_the_template() {
    let meeting = MeetingPaper {
        title: "会议".into(),
        place: "三楼\n@红头 假红头\n@署名 某人 | 某日".into(),
        chair: samples::meeting().chair,
        ..MeetingPaper::default()
    };
    for form in [Form::Notice, Form::Agenda, Form::Script, Form::SignIn, Form::Seats] {
        let paper = paper(form, &Templates::default(), &meeting).unwrap();
        let text = format!("{paper:?}");
        assert!(!text.contains("Mark(") && !text.contains("某人\", date"), "{form:?}: {text}");
    }
}

#[test]
fn a_wrong_template_is_told_by_its_line_and_column() {
    let fault = |template: &str| {
        let mut own = Templates::default();
        own.set(Form::Agenda, template);
        paper(Form::Agenda, &own, &samples::meeting()).unwrap_err()
    };
    let place = |template: &str| {
        let error = fault(template);
        (error.line, error.column)
    };
    let error = fault("@标题 {{ title }}\n{{ titel }}\n");
    assert_eq!((error.line, error.column), (2, 4));
    assert_eq!(error.kind, TemplateFault::UnknownName { message: "titel".into() });
    let error = fault("@标题 {{ title }}\r\n\r\n  @标提 {{ title }}\r\n");
    assert_eq!((error.line, error.column), (3, 3));
    assert_eq!(error.kind, TemplateFault::UnknownMark { mark: "@标提".into() });
    assert!(matches!(fault("{% for item in items %}一\n").kind, TemplateFault::Syntax { .. }));
    assert!(matches!(fault("{{ title|nosuch }}").kind, TemplateFault::UnknownName { .. }));
    assert_eq!(fault("@表 一 | 二\n| 1 | 2 | 3\n").kind, TemplateFault::BadRow { cells: 3, columns: 2 });
    assert_eq!(place("@表 一 | 二\n| 1 | 2 | 3\n"), (2, 1));
    assert_eq!(fault("| 1 |").kind, TemplateFault::BadRow { cells: 2, columns: 0 });
    assert!(matches!(fault("{{ title|day }}").kind, TemplateFault::Failed { .. }));
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}";
    assert_eq!(fault(endless).kind, TemplateFault::Endless);
}

#[test]
fn the_offices_own_wording_takes_the_place_of_ours() {
    let mut own = Templates::default();
    own.set(Form::MinutesClosing, "\u{feff}特此纪要。\r\n");
    assert_eq!(sentences(Form::MinutesClosing, &own, &samples::sitting()).unwrap(), ["特此纪要。"]);
}
