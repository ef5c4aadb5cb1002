//! Who was asked and who came: the roster in official order, and the numbers of the opening sentence.

use super::{Attendance, Meeting};
use crate::domain::{Field, Record, RecordKind, Str};

/// A department on the roster.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'p> {
    /// The department's short name.
    pub unit: &'p Str,
    pub record: &'p Record,
}

/// How many departments came. Those whose attendance nobody has written down are in `open`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Count {
    /// 应到: members on the roster.
    pub expected: usize,
    /// 出席
    pub present: usize,
    /// 代会: somebody else came in the place of who was asked.
    pub substitute: usize,
    /// 请假
    pub leave: usize,
    /// 缺席
    pub absent: usize,
    /// 列席, members or not.
    pub observer: usize,
    /// Members not signed in yet.
    pub open: usize,
}

impl Count {
    /// 实到: present, or by a substitute.
    pub fn came(self) -> usize {
        self.present + self.substitute
    }
}

impl<'p> Seat<'p> {
    pub fn is_member(&self) -> bool {
        self.record.text(Field::Role) != "observer"
    }

    pub fn attendance(&self) -> Option<Attendance> {
        Attendance::parse(self.record.text(Field::Attendance))
    }

    /// 回执: what it said before the meeting, as attendance.
    pub fn reply(&self) -> Option<Attendance> {
        match self.record.text(Field::Reply) {
            "attend" => Some(Attendance::Present),
            "leave" => Some(Attendance::Leave),
            "substitute" => Some(Attendance::Substitute),
            _ => None,
        }
    }

    pub fn name(&self) -> &'p str {
        self.record.text(Field::Name)
    }

    pub fn post(&self) -> &'p str {
        self.record.text(Field::Post)
    }
}

impl<'p> Meeting<'p> {
    /// The roster in the order of the register; who is not in it comes last.
    pub fn roster(&self) -> Vec<Seat<'p>> {
        let place = |name: &str| self.plan.units.iter().position(|unit| unit.id.as_str() == name);
        let mut seats: Vec<Seat> =
            self.records(RecordKind::Attendee).map(|(unit, record)| Seat { unit, record }).collect();
        seats.sort_by_key(|seat| (place(seat.unit).unwrap_or(usize::MAX), seat.unit));
        seats
    }

    /// The numbers of the opening sentence.
    pub fn count(&self) -> Count {
        let mut count = Count::default();
        for seat in self.roster() {
            if !seat.is_member() {
                // who is not a member sits in, however it was signed in
                let is_here = matches!(
                    seat.attendance(),
                    Some(Attendance::Present | Attendance::Substitute | Attendance::Observer)
                );
                count.observer += usize::from(is_here);
                continue;
            }
            count.expected += 1;
            match seat.attendance() {
                Some(Attendance::Present) => count.present += 1,
                Some(Attendance::Substitute) => count.substitute += 1,
                Some(Attendance::Leave) => count.leave += 1,
                Some(Attendance::Absent) => count.absent += 1,
                Some(Attendance::Observer) => {
                    // a member that only sits in is not one of those who were to come
                    count.expected -= 1;
                    count.observer += 1;
                }
                None => count.open += 1,
            }
        }
        count
    }
}
