//! Who helps the owner on a date 协作人.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, EmployeeId};
use serde::{Deserialize, Serialize};

/// Joining or leaving.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum CollaboratorStep {
    /// Helps from the day on, until the day before `until` if one is set: a former owner who stays
    /// for a month.
    Joined {
        /// The first day without him.
        until: Option<Day>,
    },
    /// Helps no longer from the day on.
    Left,
}

/// One dated event; events are only ever appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollaboratorEvent {
    /// Who.
    pub employee: EmployeeId,
    /// From which day.
    pub effective_on: Day,
    /// Order of recording; of two events of one person for one day the later one counts.
    pub seq: u32,
    /// What.
    pub step: CollaboratorStep,
}

/// The collaborators of a customer on this day, given all its events in any order.
#[must_use]
pub fn collaborators_on(events: &[CollaboratorEvent], day: Day) -> BTreeSet<EmployeeId> {
    let mut latest: BTreeMap<EmployeeId, &CollaboratorEvent> = BTreeMap::new();
    for event in events.iter().filter(|event| event.effective_on <= day) {
        let kept = latest.entry(event.employee).or_insert(event);
        if (event.effective_on, event.seq) > (kept.effective_on, kept.seq) {
            *kept = event;
        }
    }
    latest.retain(|_, event| match event.step {
        CollaboratorStep::Joined { until } => until.is_none_or(|until| day < until),
        CollaboratorStep::Left => false,
    });
    latest.into_keys().collect()
}
