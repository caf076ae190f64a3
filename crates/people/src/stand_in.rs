//! Who acts for the absent 代理人.

use kernel::{Day, EmployeeId, Period, Refusal, StandInId};
use serde::{Deserialize, Serialize};

/// One person acts for another for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIn {
    /// Its id.
    pub id: StandInId,
    /// Who is away.
    pub absent: EmployeeId,
    /// Who acts for him.
    pub deputy: EmployeeId,
    /// When.
    pub period: Period,
}

/// All stand-ins in force; each was accepted against those before it.
#[derive(Clone, Debug, Default)]
pub struct StandIns {
    // INVARIANT: on every day each absent person has one deputy, and following deputies ends.
    rows: Vec<StandIn>,
}

impl StandIns {
    /// Takes one more.
    ///
    /// # Errors
    /// `people.stand_in_self`, `people.stand_in_empty` (no day inside), `people.stand_in_overlap`
    /// (there is a deputy already on some of the days) or `people.stand_in_loop` (the deputy's own
    /// deputy, or his, would be the absent person on some of the days).
    pub fn add(&mut self, new: StandIn) -> Result<(), Refusal> {
        if new.absent == new.deputy {
            return Err(Refusal::invalid(
                "people.stand_in_self",
                "代理人不能是本人",
                "nobody stands in for themselves",
            )
            .remedy(("请选择另一位同事", "Choose another colleague")));
        }
        if new.period.is_empty() {
            return Err(Refusal::invalid(
                "people.stand_in_empty",
                "代理的结束日期必须晚于开始日期",
                "the stand-in must end after it begins",
            )
            .remedy(("请修改日期", "Change the days")));
        }
        let taken = |row: &&StandIn| row.absent == new.absent && row.period.overlaps(&new.period);
        if let Some(other) = self.rows.iter().find(taken) {
            return Err(Refusal::conflict(
                "people.stand_in_overlap",
                format!("自 {} 起的代理与此时间重叠", other.period.from),
                format!("overlaps the stand-in from {}", other.period.from),
            )
            .remedy((
                "请先结束已有的代理，或改用其他日期",
                "End the stand-in that exists first, or choose other days",
            )));
        }
        if let Some(from) = self.loops_on(&new) {
            return Err(Refusal::conflict(
                "people.stand_in_loop",
                format!("{from} 起代理关系会绕回本人"),
                format!("from {from} the stand-ins would lead back to the same person"),
            )
            .remedy((
                "请选择在这段时间内不由本人代理的同事",
                "Choose a colleague whom this person does not stand in for at that time",
            )));
        }
        self.rows.push(new);
        Ok(())
    }

    /// Who acts for the person on this day, deputies of deputies followed to the end; none when he
    /// acts himself.
    #[must_use]
    pub fn deputy_on(&self, employee: EmployeeId, day: Day) -> Option<EmployeeId> {
        std::iter::successors(self.next_on(employee, day), |deputy| {
            self.next_on(*deputy, day)
        })
        .last()
    }

    fn next_on(&self, employee: EmployeeId, day: Day) -> Option<EmployeeId> {
        self.rows
            .iter()
            .find(|row| row.absent == employee && row.period.contains(day))
            .map(|row| row.deputy)
    }

    /// The first day found on which following the new deputy comes back to the absent person.
    fn loops_on(&self, new: &StandIn) -> Option<Day> {
        // Who is away on a day changes only where some period begins, so those days stand for all.
        let begins = self.rows.iter().map(|row| row.period.from);
        begins
            .chain([new.period.from])
            .filter(|day| new.period.contains(*day))
            .filter(|day| self.deputy_on(new.deputy, *day) == Some(new.absent))
            .min()
    }
}
