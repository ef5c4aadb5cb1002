//! What the office has settled about following up: days, words, how many must sign.

use super::Rung;
use crate::domain::{Field, Plan, Record, RecordId, RecordKind, Str};

/// The office's thresholds; what its settings leave open is as the published rules have it.
#[derive(Clone, PartialEq, Debug)]
pub struct Rules {
    /// Working days within which a wrong assignment may be sent back (玉林: 7).
    pub return_days: u32,
    /// Working days before the deadline at which a reminder is due and the light turns yellow (西安: 3); those of the plan's
    /// tasks where the office has no others for decisions.
    pub remind_days: u32,
    /// Working days past the deadline at which pressing is due.
    pub press_days: u32,
    /// Working days past the deadline at which a warning is due.
    pub warn_days: u32,
    /// How many people have to sign off (淮南: 分管领导 and 主要领导).
    pub signoffs: u32,
    /// What the three rungs are called.
    words: [Str; 3],
}

impl Rules {
    pub fn of(plan: &Plan) -> Rules {
        let office = plan.record(&RecordId::of_plan(RecordKind::Office, ""));
        let days = |field, usual: u32| {
            let given = office.and_then(|office: &Record| office.number(field));
            given.and_then(|given| u32::try_from(given).ok()).unwrap_or(usual).min(366)
        };
        let word = |field, usual: &str| {
            let given = office.map_or("", |office| office.text(field)).trim();
            Str::from(if given.is_empty() { usual } else { given })
        };
        Rules {
            return_days: days(Field::ReturnDays, 7),
            remind_days: days(Field::RemindDays, plan.info.warning_days),
            press_days: days(Field::PressDays, 1),
            warn_days: days(Field::WarnDays, 5),
            signoffs: days(Field::Signoffs, 2).max(1),
            words: [word(Field::RemindWord, "提醒"), word(Field::PressWord, "催办"), word(Field::WarnWord, "警示")],
        }
    }

    /// The office's word for a rung.
    pub fn word(&self, rung: Rung) -> &Str {
        match rung {
            Rung::Remind => &self.words[0],
            Rung::Press => &self.words[1],
            Rung::Warn => &self.words[2],
        }
    }
}
