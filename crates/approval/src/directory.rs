//! What the engine asks of the world, answered from facts loaded beforehand 组织与日历查询.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{EmployeeId, Moment};

use crate::fact::{Facts, Value};
use crate::policy::Due;

/// The role whose pool takes what nobody else can: 流程管理员. It must never be empty.
pub const ADMIN: &str = "admin";

/// Answers for one call of [`crate::decide::decide`]. Within the call the same question must get
/// the same answer; what is answered is written into the events.
pub trait Directory {
    /// Everybody in a role, at work or not.
    fn members(&self, role: &str) -> Vec<EmployeeId>;
    /// 直属上级
    fn manager_of(&self, person: EmployeeId) -> Option<EmployeeId>;
    /// 待办池的上级: whoever stands above the people of a role, and is none of them.
    fn above(&self, role: &str) -> Option<EmployeeId>;
    /// Whether the person works here today.
    fn is_active(&self, person: EmployeeId) -> bool;
    /// Whether the person works here today and has not begun to leave.
    fn stays(&self, person: EmployeeId) -> bool;
    /// 代理人 valid today for this kind of case.
    fn stand_in_for(&self, person: EmployeeId) -> Option<EmployeeId>;
    /// Everybody who holds a right, as far as it must reach for the affairs of `about`.
    fn holders(&self, right: &str, about: Option<EmployeeId>) -> Vec<EmployeeId>;
    /// What a right is called, Chinese and English.
    fn right(&self, right: &str) -> (String, String);
    /// What a person is called.
    fn called(&self, person: EmployeeId) -> String;
    /// The end of a span by the work calendar; a working day is eight working hours.
    fn due(&self, from: Moment, span: Due) -> Moment;
    /// The output of a decision table on these facts; nothing when it has no answer.
    fn rule(&self, table: &str, output: &str, facts: &Facts) -> Option<Value>;
}

/// A directory made of plain facts.
pub struct Roll<'a> {
    /// Role → members.
    pub roles: BTreeMap<String, Vec<EmployeeId>>,
    /// Person → direct manager.
    pub managers: BTreeMap<EmployeeId, EmployeeId>,
    /// Role → whoever stands above its members.
    pub above: BTreeMap<String, EmployeeId>,
    /// Who does not work here (any more).
    pub inactive: BTreeSet<EmployeeId>,
    /// Who has begun to leave.
    pub leaving: BTreeSet<EmployeeId>,
    /// Right → who holds it, whomever it is about.
    pub rights: BTreeMap<String, Vec<EmployeeId>>,
    /// Person → stand-in.
    pub stand_ins: BTreeMap<EmployeeId, EmployeeId>,
    /// (table, output) → answer.
    pub rules: BTreeMap<(String, String), Value>,
    /// The company's work calendar.
    pub calendar: &'a dyn Fn(Moment, Due) -> Moment,
}

impl<'a> Roll<'a> {
    /// A company of nobody, with this calendar.
    #[must_use]
    pub fn new(calendar: &'a dyn Fn(Moment, Due) -> Moment) -> Roll<'a> {
        Roll {
            roles: BTreeMap::new(),
            managers: BTreeMap::new(),
            above: BTreeMap::new(),
            inactive: BTreeSet::new(),
            leaving: BTreeSet::new(),
            rights: BTreeMap::new(),
            stand_ins: BTreeMap::new(),
            rules: BTreeMap::new(),
            calendar,
        }
    }
}

impl Directory for Roll<'_> {
    fn members(&self, role: &str) -> Vec<EmployeeId> {
        self.roles.get(role).cloned().unwrap_or_default()
    }

    fn manager_of(&self, person: EmployeeId) -> Option<EmployeeId> {
        self.managers.get(&person).copied()
    }

    fn above(&self, role: &str) -> Option<EmployeeId> {
        self.above.get(role).copied()
    }

    fn is_active(&self, person: EmployeeId) -> bool {
        !self.inactive.contains(&person)
    }

    fn stays(&self, person: EmployeeId) -> bool {
        self.is_active(person) && !self.leaving.contains(&person)
    }

    fn stand_in_for(&self, person: EmployeeId) -> Option<EmployeeId> {
        self.stand_ins.get(&person).copied()
    }

    fn holders(&self, right: &str, _about: Option<EmployeeId>) -> Vec<EmployeeId> {
        self.rights.get(right).cloned().unwrap_or_default()
    }

    fn right(&self, right: &str) -> (String, String) {
        (right.to_owned(), right.to_owned())
    }

    fn called(&self, person: EmployeeId) -> String {
        person.to_string()
    }

    fn due(&self, from: Moment, span: Due) -> Moment {
        (self.calendar)(from, span)
    }

    fn rule(&self, table: &str, output: &str, _facts: &Facts) -> Option<Value> {
        let key = (table.to_owned(), output.to_owned());
        self.rules.get(&key).cloned()
    }
}

/// The calendar of a place that never closes: a working hour is an hour, a working day is a day.
#[must_use]
pub fn around_the_clock(from: Moment, span: Due) -> Moment {
    let hours = match span {
        Due::Hours(hours) | Due::WorkHours(hours) => i64::from(hours),
        Due::Days(days) | Due::WorkDays(days) => i64::from(days) * 24,
    };
    from.plus_seconds(hours * 3_600)
}
