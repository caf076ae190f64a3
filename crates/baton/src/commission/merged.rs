//! Whose the deals of a customer are after a merge 合并后的归属.
//!
//! A customer that was merged away follows the one it became from the day after the merge on. A
//! merge ends no terms: where one person has both, nothing changes hands; where somebody else has
//! the one it became, he takes the owner's part, and what the giver was left goes on by the days
//! since the handover.

use ::commission::split_after_handover::{Handover, Stretch};
use kernel::{Day, EmployeeId};

use super::ledger::numbered;
use crate::customer::store::stretches::OwnedFrom;

/// Number of the last row that the customer which stays had when the other, of which this is the
/// last row, was merged into it.
pub(super) fn known(rows: &[OwnedFrom], last: &OwnedFrom) -> u32 {
    let by_then = |row: &&OwnedFrom| {
        (row.effective_on, row.recorded_at) <= (last.effective_on, last.recorded_at)
    };
    rows.iter().rev().find(by_then).map_or(0, numbered)
}

/// What follows the owners that a customer had until it was merged away: by the owners of the
/// other, of which so many rows were there on that day.
pub(super) fn goes_on_as(
    line: &[(u32, Stretch)],
    (other, known): (&[(u32, Stretch)], u32),
    merged_on: Day,
) -> Vec<Stretch> {
    let next_day = merged_on.plus_days(1);
    let of = |late: bool| {
        let rows = other.iter().filter(move |(row, _)| (*row > known) == late);
        rows.map(|(_, stretch)| stretch)
    };
    // What was handed over on the day of the merge, after it, goes before.
    let follows = of(true)
        .next()
        .is_none_or(|one| one.effective_on >= next_day);
    let own = line.last().map(|(_, stretch)| stretch);
    let changes = |then: &&Stretch| follows && own.is_none_or(|own| own.owner != then.owner);
    let begins = of(false).next_back().filter(changes).map(|then| Stretch {
        effective_on: next_day,
        handover: own.and_then(|own| going_on(own, then.owner)),
        ..then.clone()
    });
    begins.into_iter().chain(of(true).cloned()).collect()
}

/// The terms under which a customer was held, for somebody who has it by a merge.
fn going_on(stretch: &Stretch, owner: EmployeeId) -> Option<Handover> {
    let terms = stretch.handover.clone().filter(|by| by.from != owner)?;
    let since = terms.since.or(Some(stretch.effective_on));
    Some(Handover { since, ..terms })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ::commission::event::Record;
    use ::commission::split_after_handover::Terms;
    use kernel::{CustomerId, Moment};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn who(n: u8) -> EmployeeId {
        EmployeeId::mint(Moment(1), [n; 10])
    }

    /// From a day on an owner, who got it from somebody.
    fn had(row: u32, from: &str, owner: u8, giver: Option<u8>) -> (u32, Stretch) {
        let by = |giver| Handover {
            record: Record("plan/1".to_owned()),
            from: who(giver),
            terms: Terms::NothingKept,
            pool: None,
            decided_by: None,
            since: None,
        };
        let stretch = Stretch {
            customer: CustomerId::mint(Moment(1), [9; 10]),
            seq: 0,
            effective_on: day(from),
            owner: who(owner),
            contracts: None,
            except: BTreeSet::new(),
            handover: giver.map(by),
        };
        (row, stretch)
    }

    fn told(stretch: &Stretch) -> (String, EmployeeId, Option<(EmployeeId, Option<Day>)>) {
        let by = stretch.handover.as_ref().map(|by| (by.from, by.since));
        (stretch.effective_on.to_string(), stretch.owner, by)
    }

    /// One got it from 1 on 2026-11-10; it is merged on 2026-11-20 into one of somebody's.
    #[test]
    fn terms_go_on_with_the_days_since_the_handover() {
        let own = [
            had(1, "2026-01-01", 1, None),
            had(2, "2026-11-10", 2, Some(1)),
        ];
        let since = Some(day("2026-11-10"));
        let by_merge = |owner, by| ("2026-11-21".to_owned(), who(owner), by);
        let merge = |other: &[(u32, Stretch)], known| {
            let begun = goes_on_as(&own, (other, known), day("2026-11-20"));
            begun.iter().map(told).collect::<Vec<_>>()
        };
        let hers = [had(1, "2026-02-01", 2, Some(7))];
        assert!(merge(&hers, 1).is_empty());
        let others = [had(1, "2026-02-01", 3, Some(7))];
        assert_eq!(merge(&others, 1), [by_merge(3, Some((who(1), since)))]);
        let givers = [had(1, "2026-02-01", 1, None)];
        assert_eq!(merge(&givers, 1), [by_merge(1, None)]);
        // What is handed over later that day goes by its own terms.
        let later = [
            had(1, "2026-02-01", 3, None),
            had(2, "2026-11-20", 4, Some(3)),
        ];
        let handed = ("2026-11-20".to_owned(), who(4), Some((who(3), None)));
        assert_eq!(merge(&later, 1), [handed]);
    }
}
