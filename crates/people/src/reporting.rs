//! The managers above a person on a day 汇报线.

use std::collections::BTreeSet;

use kernel::{Day, EmployeeId};

use crate::{Employments, Organisation};

/// The reporting line as it stands on one day.
#[derive(Clone, Copy, Debug)]
pub struct ReportingLine<'a> {
    /// The departments and their heads.
    pub organisation: &'a Organisation,
    /// Everybody's employment.
    pub employments: &'a Employments,
    /// The day.
    pub day: Day,
}

impl ReportingLine<'_> {
    /// Managers at work on the day, nearest first, each once, never the person himself.
    ///
    /// Above a person stands the line manager or, where none is named, the nearest head of a
    /// department upwards. One who has left or was never employed is passed over: the line goes on
    /// from his last position. It ends at the top or where it would return to somebody.
    #[must_use]
    pub fn above(&self, employee: EmployeeId) -> Vec<EmployeeId> {
        let mut met = BTreeSet::from([employee]);
        let mut managers = Vec::new();
        let mut current = employee;
        while let Some(next) = self.next_above(current, &met) {
            met.insert(next);
            if self.employments.works_on(next, self.day) {
                managers.push(next);
            }
            current = next;
        }
        managers
    }

    /// The `level`-th manager 第 n 级上级, 1 being the nearest; none above the top.
    #[must_use]
    pub fn manager(&self, employee: EmployeeId, level: usize) -> Option<EmployeeId> {
        let index = level.checked_sub(1)?;
        self.above(employee).get(index).copied()
    }

    // INVARIANT: never answers with one already met, so the line is no longer than the company.
    fn next_above(&self, employee: EmployeeId, met: &BTreeSet<EmployeeId>) -> Option<EmployeeId> {
        let position = self.employments.last_position(employee, self.day)?;
        let heads = self.organisation.upward(position.department);
        position
            .line_manager
            .into_iter()
            .chain(heads.filter_map(|department| department.head))
            .find(|candidate| !met.contains(candidate))
    }
}
