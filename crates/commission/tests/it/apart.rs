//! Contracts that went to somebody else than their customer.

use std::collections::{BTreeMap, BTreeSet};

use commission::apart::{Moved, apart_on, weave};
use commission::event::Trigger;
use commission::split_after_handover::{Handover, Stretch, stretch_on};
use kernel::{Day, EmployeeId};
use proptest::prelude::*;

use crate::world::{
    ByNumber, books, contract, ctr, cus, day, emp, event, flat, handed_over, outcome, owned_by,
    paid, protection, rec, yuan,
};

fn moved(contract: i64, after: u32, on: &str, from: i64, to: i64, stays: bool) -> Moved {
    Moved {
        contract: ctr(contract),
        after,
        effective_on: day(on),
        holder: emp(to),
        stays,
        handover: Some(Handover {
            record: rec("handover/pln_1"),
            from: emp(from),
            terms: protection(),
            pool: None,
            decided_by: None,
            since: None,
        }),
    }
}

/// 1 hands the customer to 3 and its contract 2 to 2; later 3 hands the customer to 4.
fn parted(later: &[Moved]) -> Vec<Stretch> {
    let mut rows = vec![moved(2, 2, "2025-06-01", 1, 2, true)];
    rows.extend_from_slice(later);
    let owned = vec![
        (1, owned_by(1)),
        (2, handed_over(2, "2025-06-01", 1, 3, protection())),
        (3, handed_over(3, "2025-07-15", 3, 4, protection())),
    ];
    weave(cus(1), owned, &rows)
}

/// Receipts of 1,000.00 at 10 % for contracts 1 and 2 on a day; who gets what of each.
fn on(stretches: &[Stretch], day: &str) -> Vec<(String, i64, kernel::Fen)> {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(2, "2025-01-10", "10000"));
    books.stretches = stretches.to_vec();
    for n in 1..=2 {
        let one = event(&format!("receipt/{n}"), Trigger::Cash, day, n, "1000");
        books.events.push(one);
    }
    paid(&outcome(&books))
}

#[test]
fn a_contract_stays_with_whoever_got_it_while_its_customer_moves_on() {
    // | day | of contract 1, the owner first | of contract 2 |
    let rows = [
        ("2025-05-31", vec![(1, "100")], vec![(1, "100")]),
        (
            "2025-06-10",
            vec![(3, "30"), (1, "70")],
            vec![(2, "30"), (1, "70")],
        ),
        (
            "2025-07-10",
            vec![(3, "50"), (1, "50")],
            vec![(2, "50"), (1, "50")],
        ),
        // The customer went from 3 to 4: that window begins anew, the contract's runs on.
        (
            "2025-07-20",
            vec![(4, "30"), (3, "70")],
            vec![(2, "50"), (1, "50")],
        ),
        ("2025-10-20", vec![(4, "100")], vec![(2, "100")]),
    ];
    for (day, first, second) in rows {
        let expected = [("receipt/1", first), ("receipt/2", second)];
        let expected: Vec<_> = expected
            .into_iter()
            .flat_map(|(record, parts)| {
                let each = parts.into_iter();
                each.map(move |(who, sum)| (record.to_owned(), who, yuan(sum)))
            })
            .collect();
        assert_eq!(on(&parted(&[]), day), expected, "{day}");
    }
}

#[test]
fn it_moves_by_a_row_of_its_own_and_goes_along_again_once_it_is_back() {
    // 2 hands it on to 3; or back to the customer's owner of then, who hands the customer on.
    let on_to_3 = parted(&[moved(2, 3, "2025-08-01", 2, 3, true)]);
    let paid = |stretches: &[Stretch], day| {
        let all = on(stretches, day);
        all.into_iter()
            .filter(|(record, _, _)| record == "receipt/2")
            .map(|(_, who, _)| who)
            .collect::<Vec<_>>()
    };
    assert_eq!(paid(&on_to_3, "2025-08-10"), [3, 2]);
    assert_eq!(paid(&on_to_3, "2025-12-31"), [3]);
    // Back with 3 on the day on which 3 hands the customer to 4: it was written before that.
    let back = parted(&[moved(2, 2, "2025-07-15", 2, 3, false)]);
    assert_eq!(paid(&back, "2025-07-20"), [4, 3]);
    // Written after it, it is 4's, from 2.
    let back = parted(&[moved(2, 3, "2025-07-15", 2, 4, false)]);
    assert_eq!(paid(&back, "2025-07-20"), [4, 2]);
}

#[test]
fn what_the_customer_signs_later_is_its_owners() {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(3, "2025-06-20", "10000"));
    books.stretches = parted(&[]);
    let one = event("receipt/3", Trigger::Cash, "2025-08-20", 3, "1000");
    books.events.push(one);
    let expected = [(4, "50"), (3, "50")];
    let expected = expected.map(|(who, sum)| ("receipt/3".to_owned(), who, yuan(sum)));
    assert_eq!(paid(&outcome(&books)), expected);
}

#[test]
fn the_line_says_that_the_contract_went_by_itself() {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(2, "2025-01-10", "10000"));
    books.stretches = parted(&[]);
    for n in 1..=2 {
        let record = format!("receipt/{n}");
        let one = event(&record, Trigger::Cash, "2025-06-10", n, "1000");
        books.events.push(one);
    }
    for line in outcome(&books).lines {
        let story = commission::explain::line(&line, &ByNumber);
        let alone = story.iter().any(|one| {
            one.zh
                .starts_with("本合同于 2025-06-01 由 员工1 单独交接给 员工2")
        });
        assert_eq!(alone, line.key.contract == ctr(2), "{story:?}");
    }
}

/// What happens to a customer or to one of its contracts on the days of half a year.
#[derive(Clone, Debug)]
enum Step {
    Customer { to: i64 },
    Contract { contract: i64, to: i64 },
    Back { contract: i64 },
}

fn steps() -> impl Strategy<Value = Vec<(i64, Step)>> {
    let step = prop_oneof![
        (1..6_i64).prop_map(|to| Step::Customer { to }),
        (1..4_i64, 1..6_i64).prop_map(|(contract, to)| Step::Contract { contract, to }),
        (1..4_i64).prop_map(|contract| Step::Back { contract }),
    ];
    // Days between one step and the next; often none.
    prop::collection::vec((prop_oneof![Just(0), 0..20_i64], step), 0..14)
}

type Held = (EmployeeId, Day);

proptest! {
    /// Played day by day with a slip of paper for each contract, it comes to the same.
    #[test]
    fn two_histories_woven_are_the_two_histories(steps in steps()) {
        let start = day("2025-01-01");
        let (mut owned, mut rows) = (vec![(1, owned_by(1))], Vec::new());
        let (mut today, mut owner): (Day, i64) = (start, 1);
        let mut apart: BTreeSet<i64> = BTreeSet::new();
        let mut slips: BTreeMap<i64, Held> = BTreeMap::new();
        let mut days: BTreeMap<Day, (BTreeMap<i64, Held>, BTreeSet<i64>)> = BTreeMap::new();
        for contract in 1..4 {
            slips.insert(contract, (emp(1), day("2020-01-01")));
        }
        days.insert(start, (slips.clone(), apart.clone()));
        for (later, step) in steps {
            today = today.plus_days(later);
            let (on, after) = (today.to_string(), u32::try_from(owned.len()).unwrap());
            match step {
                Step::Customer { to } => {
                    owned.push((after + 1, handed_over(after + 1, &on, owner, to, protection())));
                    owner = to;
                    for (contract, slip) in &mut slips {
                        if !apart.contains(contract) {
                            *slip = (emp(to), today);
                        }
                    }
                }
                Step::Contract { contract, to } => {
                    rows.push(moved(contract, after, &on, 1, to, true));
                    apart.insert(contract);
                    slips.insert(contract, (emp(to), today));
                }
                Step::Back { contract } => {
                    if apart.remove(&contract) {
                        rows.push(moved(contract, after, &on, 1, owner, false));
                        slips.insert(contract, (emp(owner), today));
                    }
                }
            }
            days.insert(today, (slips.clone(), apart.clone()));
        }
        rows.sort_by_key(|row| row.contract);
        let mut woven = weave(cus(1), owned, &rows);
        woven.reverse();
        for (day, (slips, apart)) in days {
            let apart: BTreeSet<_> = apart.into_iter().map(ctr).collect();
            prop_assert_eq!(apart_on(&rows, day), apart);
            for (contract, (who, since)) in slips {
                let found = stretch_on(&woven, ctr(contract), day).unwrap();
                prop_assert_eq!((found.owner, found.effective_on), (who, since), "{}", day);
            }
        }
    }
}
