//! Traffic lights and what a parent sums up of the tasks below it.

use super::{Calendar, Status, TaskState};
use chrono::NaiveDate;

/// The light of a task. The order is the order of worry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default)]
pub enum Light {
    /// No deadline, or put off.
    #[default]
    None,
    /// On schedule, or done.
    Green,
    /// Due within the warning days.
    Yellow,
    /// Past its deadline and not done.
    Red,
}

impl Light {
    /// The word for it in JSON.
    pub fn token(self) -> &'static str {
        match self {
            Light::None => "none",
            Light::Green => "green",
            Light::Yellow => "yellow",
            Light::Red => "red",
        }
    }

    /// The light of a task on a day; `warning` is the number of working days before the deadline at which it turns yellow.
    pub fn of(state: &TaskState, today: NaiveDate, warning: u32, calendar: &Calendar) -> Light {
        match state.status {
            Status::Done => return Light::Green,
            Status::Deferred => return Light::None,
            Status::Todo | Status::Doing | Status::Blocked => {}
        }
        Light::by(state.due.as_ref().and_then(|due| due.date), today, warning, calendar)
    }

    /// The light of whatever is not done yet and has a deadline: due soon is a number of working days.
    pub fn by(due: Option<NaiveDate>, today: NaiveDate, warning: u32, calendar: &Calendar) -> Light {
        match due {
            None => Light::None,
            Some(date) if date < today => Light::Red,
            Some(date) if calendar.count(today, date, warning.saturating_add(1)) <= warning => Light::Yellow,
            Some(_) => Light::Green,
        }
    }
}

/// What stands below a parent: how many tracked items, how many done, and the worst light.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rollup {
    pub done: u32,
    pub total: u32,
    pub worst: Light,
}

impl Rollup {
    pub fn add(&mut self, other: Rollup) {
        self.done += other.done;
        self.total += other.total;
        self.worst = self.worst.max(other.worst);
    }
}
