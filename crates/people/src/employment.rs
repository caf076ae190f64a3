//! Employment as a dated state of a person 任职.

use std::collections::BTreeMap;

use kernel::{Day, DepartmentId, EmployeeId, EntityId, PostId};
use serde::{Deserialize, Serialize};

/// Where a person works and under whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The legal entity that employs 用人单位.
    pub entity: EntityId,
    /// 部门
    pub department: DepartmentId,
    /// 岗位
    pub post: Option<PostId>,
    /// 直属上级; where none is named, the head of the department stands for him.
    pub line_manager: Option<EmployeeId>,
}

/// One row of the append-only history; a correction is a later row for the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmploymentRow {
    /// The person.
    pub employee: EmployeeId,
    /// The first day on which the row is true. Of a row that ends employment: the day after the
    /// last working day.
    pub effective_on: Day,
    /// Order of recording; of two rows for one day the later one counts.
    pub seq: u32,
    /// From that day on; none when the person has left.
    pub position: Option<Position>,
}

/// Where the newest employment of a person begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// What holds from the first day on.
    pub position: Position,
    /// Days before it on which nothing but an end is written: what is left of corrections.
    pub empty_days: Vec<Day>,
    /// The first day that is not an earlier employment's; none where there was none.
    pub not_before: Option<Day>,
    /// The day of the next row, on which the place changes or the employment ends.
    pub next_on: Option<Day>,
}

/// Everybody's rows, ready to be asked about any day.
#[derive(Clone, Debug, Default)]
pub struct Employments {
    // INVARIANT: each person's rows are sorted by day, then by order of recording.
    rows: BTreeMap<EmployeeId, Vec<EmploymentRow>>,
}

impl FromIterator<EmploymentRow> for Employments {
    fn from_iter<I: IntoIterator<Item = EmploymentRow>>(all: I) -> Employments {
        let mut rows: BTreeMap<EmployeeId, Vec<EmploymentRow>> = BTreeMap::new();
        for row in all {
            rows.entry(row.employee).or_default().push(row);
        }
        for history in rows.values_mut() {
            history.sort_by_key(|row| (row.effective_on, row.seq));
        }
        Employments { rows }
    }
}

impl Employments {
    /// Where the person works on this day; none before the first day, after leaving, or if unknown.
    #[must_use]
    pub fn position_on(&self, employee: EmployeeId, day: Day) -> Option<&Position> {
        self.until(employee, day).last()?.position.as_ref()
    }

    /// Whether the person is employed on this day.
    #[must_use]
    pub fn works_on(&self, employee: EmployeeId, day: Day) -> bool {
        self.position_on(employee, day).is_some()
    }

    /// The position on this day or, of one who has left by then, the last one before leaving.
    #[must_use]
    pub fn last_position(&self, employee: EmployeeId, day: Day) -> Option<&Position> {
        self.until(employee, day)
            .iter()
            .rev()
            .find_map(|row| row.position.as_ref())
    }

    /// Where the employment that began on this day began; none when no row stands for that day.
    #[must_use]
    pub fn beginning(&self, employee: EmployeeId, first: Day) -> Option<Beginning> {
        let history = self.rows.get(&employee)?;
        // Of the rows of one day the last counts.
        let mut days: BTreeMap<Day, Option<Position>> = BTreeMap::new();
        for row in history {
            days.insert(row.effective_on, row.position);
        }
        let position = (*days.get(&first)?)?;
        let before: Vec<_> = days.range(..first).collect();
        let next_on = days.keys().copied().find(|day| *day > first);
        let worked = before.iter().any(|(_, position)| position.is_some());
        let not_before = before.last().filter(|_| worked).map(|(day, position)| {
            let works = i64::from(position.is_some());
            day.plus_days(works)
        });
        let empty_days = if worked { Vec::new() } else { before };
        Some(Beginning {
            position,
            empty_days: empty_days.into_iter().map(|(day, _)| *day).collect(),
            not_before,
            next_on,
        })
    }

    /// Who names this person as line manager on this day: they need another one when he leaves.
    pub fn reports_of(&self, manager: EmployeeId, day: Day) -> impl Iterator<Item = EmployeeId> {
        self.rows.keys().copied().filter(move |employee| {
            self.position_on(*employee, day)
                .is_some_and(|position| position.line_manager == Some(manager))
        })
    }

    fn until(&self, employee: EmployeeId, day: Day) -> &[EmploymentRow] {
        let history = self.rows.get(&employee).map_or(&[][..], Vec::as_slice);
        &history[..history.partition_point(|row| row.effective_on <= day)]
    }
}
