//! The calendar beside the plans: a year's file is read when a day of it is first counted, and never before.

use super::Workspace;
use super::load::file_problem;
use crate::domain::{Calendar, Status, horizon};
use crate::store::{Folder, layout, read_tables};
use chrono::{Datelike, NaiveDate};

impl Workspace {
    /// Reads what the lights need: nothing where no deadline is near, else the year or two that the warning days fall in.
    pub fn know_days(&mut self, today: NaiveDate) {
        let far = horizon(today, self.plan.info.warning_days);
        let is_near = |state: &crate::domain::TaskState| {
            state.status != Status::Done
                && state.due.as_ref().and_then(|due| due.date).is_some_and(|due| due >= today && due <= far)
        };
        if self.plan.tasks.values().any(is_near) {
            self.read_years(today, far);
        }
    }

    /// The calendar with every year between two days that has a file.
    pub fn calendar(&mut self, from: NaiveDate, to: NaiveDate) -> &Calendar {
        self.read_years(from, to);
        &self.plan.calendar
    }

    fn read_years(&mut self, from: NaiveDate, to: NaiveDate) {
        // a slip of the pen in a date must not read ten thousand files
        const MOST: usize = 20;
        for year in (from.year()..=to.year()).take(MOST) {
            let name = layout::calendar::file(year);
            if self.years_asked.insert(year) {
                self.read_year(year, &name);
            }
        }
    }

    fn read_year(&mut self, year: i32, name: &str) {
        let text = match Folder::new(&self.root).read(name) {
            Ok(Some(text)) => text,
            Ok(None) => return,
            Err(error) => {
                self.problems.insert(name.to_string(), vec![file_problem(name, &error)]);
                return;
            }
        };
        match read_tables(&text, |tables| layout::calendar::read(year, tables)) {
            Ok((days, problems)) => {
                self.plan.calendar.set(year, days);
                self.set_problems(name, problems);
            }
            Err(problems) => self.set_problems(name, problems),
        }
    }

    /// Reads the years again that have been read; the files that say something else now.
    pub(super) fn read_years_again(&mut self) -> Vec<String> {
        let mut changed = Vec::new();
        for year in self.years_asked.clone() {
            let name = layout::calendar::file(year);
            let before = self.plan.calendar.year(year).cloned();
            self.plan.calendar.forget(year);
            let problems = self.problems.remove(&name);
            self.read_year(year, &name);
            if self.plan.calendar.year(year) != before.as_ref() || self.problems.get(&name) != problems.as_ref() {
                changed.push(name);
            }
        }
        changed
    }
}
