//! What terms pass on of a leaver's commission, case by case.

use ::commission::event::{Record, Team, Trigger};
use ::commission::split_after_handover::{Covers, Step, Terms};
use kernel::{Bps, Fen, Moment};

use super::*;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn who(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

/// A contract of the first one's customer, and who had it from which day on which terms.
fn books(handed: &[(&str, u8, u8, Terms)]) -> Books {
    let customer = CustomerId::mint(Moment(1), [9; 10]);
    let stretch = |seq, from: &str, owner, handover| Stretch {
        customer,
        seq,
        effective_on: day(from),
        owner,
        contracts: None,
        except: BTreeSet::new(),
        handover,
    };
    let contract = Contract {
        id: ContractId::mint(Moment(1), [7; 10]),
        customer,
        signed_on: day("2026-10-05"),
        ends_on: None,
        gross: Fen(1_000_000),
        margin: None,
        product: String::new(),
        industry: String::new(),
        new_customer: true,
        team: Team::default(),
    };
    let mut stretches = vec![stretch(1, "2026-01-01", who(1), None)];
    for (seq, (on, from, to, terms)) in (2..).zip(handed) {
        let by = Handover {
            record: Record(format!("plan/{}", plan(*to))),
            from: who(*from),
            terms: terms.clone(),
            pool: None,
            decided_by: None,
            since: None,
        };
        stretches.push(stretch(seq, on, who(*to), Some(by)));
    }
    Books {
        contracts: vec![contract],
        stretches,
        ..Books::default()
    }
}

/// The plan by which somebody got it.
fn plan(to: u8) -> PlanId {
    PlanId::mint(Moment(1), [to; 10])
}

/// This much on fewer days than so many, and then that much.
fn protected(before_day: u32, share: i64, afterwards: i64) -> Terms {
    Terms::Protection {
        steps: vec![Step {
            before_day,
            share: Bps(share),
        }],
        afterwards: Bps(afterwards),
        covers: Covers::SignedBefore,
    }
}

/// He gives notice on 2026-11-23 and is paid up to 2026-12-23; whether the terms leave him a
/// part from then on is the last column, nothing where they take nothing.
#[test]
fn what_terms_since_the_notice_ever_take_is_passed_on() {
    let days = (day("2026-11-23"), day("2026-12-23"));
    for (effective_on, terms, part) in [
        ("2026-11-23", Terms::NothingKept, Some(false)),
        ("2026-11-22", Terms::NothingKept, None),
        // On the cut-off date the ten days are over, or have not begun.
        ("2026-11-23", protected(10, 5_000, 0), Some(false)),
        ("2026-11-23", protected(10, 5_000, 3_000), Some(true)),
        ("2026-12-24", protected(10, 5_000, 0), Some(true)),
        ("2026-12-24", Terms::NothingKept, Some(false)),
        // A token, and a share that would take nothing on the cut-off date.
        ("2026-11-23", protected(400, 1, 0), Some(true)),
        ("2026-11-23", protected(400, 10_000, 0), Some(true)),
        ("2026-11-23", protected(10, 9_999, 10_000), Some(true)),
        ("2026-11-23", protected(10, 10_000, 10_000), None),
    ] {
        let told = format!("{effective_on} {terms:?}");
        let found = passed_on(&books(&[(effective_on, 1, 2, terms)]), who(1), days);
        let found = found.map(|(passed, kept)| {
            assert_eq!(kept.stretches.len(), 1, "{told}");
            let one = passed.into_values().next().expect("the contract");
            assert_eq!((one.plan, one.to), (Some(plan(2)), who(2)), "{told}");
            one.part
        });
        assert_eq!(found, part, "{told}");
    }
    let given = books(&[("2026-11-23", 1, 2, Terms::NothingKept)]);
    assert!(passed_on(&given, who(2), days).is_none());
}

/// What an earlier handover left him is not ended by a later one of others either.
#[test]
fn what_a_handover_before_the_notice_left_him_others_do_not_take() {
    let days = (day("2026-11-23"), day("2026-12-23"));
    let half = || protected(10, 5_000, 5_000);
    for (second, passes) in [("2026-11-22", false), ("2026-11-23", true)] {
        let handed = [
            ("2026-11-01", 1, 2, half()),
            (second, 2, 3, protected(10, 10_000, 10_000)),
        ];
        let found = passed_on(&books(&handed), who(1), days);
        assert_eq!(found.is_some(), passes, "{second}");
        if let Some((passed, kept)) = found {
            let one = passed.into_values().next().expect("the contract");
            assert_eq!((one.plan, one.to, one.part), (Some(plan(3)), who(3), false));
            // As if the half were his for good.
            assert_eq!(kept.stretches.len(), 2);
        }
    }
}

/// The same without a plan; what others do with it after the cut-off ends nothing of his.
#[test]
fn what_a_handover_left_him_is_not_ended_by_hand_either() {
    let days = (day("2026-11-23"), day("2026-12-23"));
    for (second, passes) in [
        ("2026-11-22", false),
        ("2026-11-23", true),
        ("2026-12-23", true),
        ("2026-12-24", false),
    ] {
        let mut given = books(&[
            ("2026-11-01", 1, 2, protected(10, 5_000, 5_000)),
            (second, 2, 3, Terms::NothingKept),
        ]);
        for stretch in given.stretches.iter_mut().filter(|one| one.owner == who(3)) {
            stretch.handover = None;
        }
        let found = passed_on(&given, who(1), days);
        assert_eq!(found.is_some(), passes, "{second}");
        if let Some((passed, _)) = found {
            let one = passed.into_values().next().expect("the contract");
            assert_eq!((one.plan, one.to, one.part), (None, who(3), false));
        }
    }
}

/// It was his until somebody got it without a plan.
#[test]
fn what_somebody_gets_by_hand_after_the_cut_off_takes_nothing_of_his() {
    let days = (day("2026-11-23"), day("2026-12-23"));
    for (on, passes) in [("2026-12-23", true), ("2026-12-24", false)] {
        let mut given = books(&[(on, 1, 2, Terms::NothingKept)]);
        for stretch in given.stretches.iter_mut().filter(|one| one.owner == who(2)) {
            stretch.handover = None;
        }
        assert_eq!(passed_on(&given, who(1), days).is_some(), passes, "{on}");
    }
    // Of what was signed later nothing goes on.
    let mut given = books(&[("2026-12-30", 1, 2, Terms::NothingKept)]);
    given.stretches[1].handover = None;
    given.contracts[0].signed_on = day("2026-12-24");
    assert!(passed_on(&given, who(1), days).is_some());
}

/// It went to the second one and came back a week later.
#[test]
fn what_came_in_while_somebody_else_had_it_is_passed_on() {
    let days = (day("2026-11-23"), day("2026-12-23"));
    for (came, passes) in [
        (None, false),
        (Some("2026-11-22"), false),
        (Some("2026-11-23"), true),
        (Some("2026-11-29"), true),
        (Some("2026-11-30"), false),
    ] {
        let mut given = books(&[
            ("2026-11-23", 1, 2, Terms::NothingKept),
            ("2026-11-30", 2, 1, Terms::NothingKept),
        ]);
        let contract = given.contracts[0].id;
        given.events.extend(came.map(|on| Event {
            record: Record("receipt/1".to_owned()),
            trigger: Trigger::Cash,
            on: day(on),
            contract,
            amount: Fen(100_000),
            takes_back: None,
        }));
        let found = passed_on(&given, who(1), days);
        assert_eq!(found.is_some(), passes, "{came:?}");
        if let Some((passed, kept)) = found {
            let one = passed.into_values().next().expect("the contract");
            assert_eq!((one.plan, one.to, one.part), (Some(plan(2)), who(1), true));
            assert!(one.meanwhile);
            assert_eq!(kept.stretches.len(), 1);
        }
    }
}
