//! When nobody else may claim a customer 保护期.

use kernel::{Day, EmployeeId, Refusal};
use serde::{Deserialize, Serialize};

use crate::Timeline;

/// The company's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protection {
    /// Days for which an owner is protected, counted from the first day of his interval or from the
    /// last follow-up in it.
    pub days: u32,
    /// Days for which a former owner may not claim the customer back out of the pool.
    pub former_owner_waits: u32,
}

impl Protection {
    /// Whether `claimer` may claim the customer on this day.
    ///
    /// # Errors
    /// `customer.already_yours`, `customer.protected` (another's protection has not run out) or
    /// `customer.former_owner_waits`; each names the day from which it will do.
    pub fn check_claim(
        &self,
        timeline: &Timeline,
        claimer: EmployeeId,
        on: Day,
        last_follow_up: Option<Day>,
    ) -> Result<(), Refusal> {
        let Some(row) = timeline.row_on(on) else {
            return Ok(());
        };
        match row.owner {
            Some(owner) if owner == claimer => Err(Refusal::conflict(
                "customer.already_yours",
                "该客户已由您负责",
                "the customer is yours already",
            )),
            Some(_) => {
                let since = last_follow_up
                    .unwrap_or(row.effective_on)
                    .max(row.effective_on);
                let free = since.plus_days(i64::from(self.days));
                refuse_until(
                    free,
                    on,
                    "customer.protected",
                    "该客户在保护期内",
                    "protected",
                )
            }
            None => {
                let free = owned_until(timeline, claimer, on)
                    .map_or(on, |day| day.plus_days(i64::from(self.former_owner_waits)));
                let (code, zh) = ("customer.former_owner_waits", "原负责人暂不能领回该客户");
                refuse_until(free, on, code, zh, "closed to its former owner")
            }
        }
    }
}

/// The first day after the claimer's last interval.
fn owned_until(timeline: &Timeline, claimer: EmployeeId, on: Day) -> Option<Day> {
    timeline
        .intervals()
        .iter()
        .filter(|interval| interval.owner == Some(claimer) && !interval.superseded)
        .filter_map(|interval| interval.period.until)
        .rfind(|until| *until <= on)
}

fn refuse_until(free: Day, on: Day, code: &str, zh: &str, en: &str) -> Result<(), Refusal> {
    if free <= on {
        return Ok(());
    }
    Err(
        Refusal::conflict(code, zh, format!("the customer is {en} until {free}")).remedy((
            format!("请于 {free} 起再领取，或请主管分配"),
            format!("Claim it from {free} on, or ask the manager to allot it"),
        )),
    )
}
