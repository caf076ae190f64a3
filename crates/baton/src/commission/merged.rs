//! Whose the deals of a customer are after a merge 合并后的归属.
//!
//! A customer that was merged away follows the one it became from the day after the merge on. A
//! merge ends no terms: where one person has both, nothing changes hands; where somebody else has
//! the one it became, he takes the owner's part, and what the giver was left goes on by the days
//! since the handover.

use std::collections::BTreeMap;

use ::commission::split_after_handover::{Handover, Stretch};
use kernel::{CustomerId, Day, EmployeeId, Moment};

use super::ledger::numbered;
use crate::customer::store::stretches::{Kind, Merged, OwnedFrom};

/// How a customer was merged away by a moment, and what it became after that, one after the other.
/// Of a merge of before there is no row: then its own last row tells the day.
pub(super) fn chain(
    kind: &Kind,
    last: Option<&OwnedFrom>,
    (merges, by): (&BTreeMap<CustomerId, Merged>, Moment),
) -> Vec<Merged> {
    let Some(first) = merges.get(&kind.id) else {
        let of_before = kind.merged_into.zip(last).map(|(into, last)| Merged {
            into,
            on: last.effective_on,
            at: last.recorded_at,
        });
        return of_before.into_iter().collect();
    };
    let next = |merged: &&Merged| merges.get(&merged.into);
    let all = std::iter::successors(Some(first), next);
    all.take_while(|merged| merged.at <= by).copied().collect()
}

/// Number of the last row that the customer which stays had when the other was merged into it.
pub(super) fn known(rows: &[OwnedFrom], merged: &Merged) -> u32 {
    let by_then = |row: &&OwnedFrom| (row.effective_on, row.recorded_at) <= (merged.on, merged.at);
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

    /// The first one became the second one, and that the third.
    #[test]
    fn what_it_became_is_followed_as_far_as_it_was_known() {
        let id = |n: u8| CustomerId::mint(Moment(1), [n; 10]);
        let merged = |into, on: &str, at| Merged {
            into: id(into),
            on: day(on),
            at: Moment(at),
        };
        let merges = BTreeMap::from([
            (id(1), merged(2, "2026-11-20", 10)),
            (id(2), merged(3, "2026-11-25", 20)),
        ]);
        let kind = Kind {
            id: id(1),
            industry: String::new(),
            region: String::new(),
            tier: String::new(),
            merged_into: Some(id(3)),
        };
        // It came into the pool before that.
        let last = OwnedFrom {
            customer: id(1),
            seq: 2,
            effective_on: day("2026-11-10"),
            owner: None,
            plan: None,
            recorded_at: Moment(5),
        };
        let none = BTreeMap::new();
        for (merges, by, became) in [
            (&merges, 9, vec![]),
            (&merges, 10, vec![(2, "2026-11-20")]),
            (&merges, 20, vec![(2, "2026-11-20"), (3, "2026-11-25")]),
            // Merged when that was not written down.
            (&none, 20, vec![(3, "2026-11-10")]),
        ] {
            let found = chain(&kind, Some(&last), (merges, Moment(by)));
            let found: Vec<_> = found.iter().map(|one| (one.into, one.on)).collect();
            let became: Vec<_> = became.iter().map(|(n, on)| (id(*n), day(on))).collect();
            assert_eq!(found, became, "{by}");
        }
    }
}
