//! Who owned this customer on a date?

use customer::{AssignmentReason, CollaboratorEvent, CollaboratorStep, Timeline, collaborators_on};
use kernel::{Day, EmployeeId, Moment, Period};
use proptest::prelude::*;

use crate::world::{cus, day, emp};

/// `(effective on, owner, reason)`; recorded at 1, 2, 3, …
fn timeline(rows: &[(&str, Option<u8>, AssignmentReason)]) -> Timeline {
    let mut timeline = Timeline::begin(cus(1));
    for (at, (on, owner, reason)) in (1..).zip(rows) {
        timeline
            .append(day(on), owner.map(emp), *reason, Moment(at))
            .unwrap();
    }
    timeline
}

fn five_changes() -> Timeline {
    timeline(&[
        ("2025-01-10", Some(1), AssignmentReason::Created),
        ("2025-03-01", Some(2), AssignmentReason::Reassigned),
        ("2025-03-01", Some(3), AssignmentReason::Corrected),
        ("2025-06-01", None, AssignmentReason::Recycled),
        ("2025-07-15", Some(1), AssignmentReason::Claimed),
    ])
}

#[test]
fn the_owner_on_a_day() {
    for (on, owner) in [
        ("2025-01-09", None),
        ("2025-01-10", Some(1)),
        ("2025-02-28", Some(1)),
        ("2025-03-01", Some(3)),
        ("2025-05-31", Some(3)),
        ("2025-06-01", None),
        ("2025-07-14", None),
        ("2025-07-15", Some(1)),
        ("2035-01-01", Some(1)),
    ] {
        assert_eq!(five_changes().owner_on(day(on)), owner.map(emp), "{on}");
    }
}

#[test]
fn the_history_as_a_table() {
    let shown: Vec<_> = five_changes()
        .intervals()
        .iter()
        .map(|interval| {
            let until = interval
                .period
                .until
                .map(|day| day.to_string())
                .unwrap_or_default();
            let superseded = if interval.superseded { " ✗" } else { "" };
            let (from, reason) = (interval.period.from, interval.reason.zh());
            format!("{} {from} {until} {reason}{superseded}", interval.seq)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "1 2025-01-10 2025-03-01 新建",
            "2 2025-03-01 2025-03-01 调整归属 ✗",
            "3 2025-03-01 2025-06-01 更正",
            "4 2025-06-01 2025-07-15 回收",
            "5 2025-07-15  领取",
        ]
    );
}

#[test]
fn what_was_known_then() {
    let before_the_correction = five_changes().as_known_at(Moment(2));
    assert_eq!(
        before_the_correction.owner_on(day("2025-04-01")),
        Some(emp(2))
    );
    assert_eq!(five_changes().owner_on(day("2025-04-01")), Some(emp(3)));
}

#[test]
fn what_cannot_be_written() {
    let reassigned = AssignmentReason::Reassigned;
    for (on, owner, code) in [
        ("2025-07-14", Some(2), "customer.assignment_retroactive"),
        ("2025-08-01", Some(1), "customer.assignment_same_owner"),
    ] {
        let mut timeline = five_changes();
        let refusal = timeline
            .append(day(on), owner.map(emp), reassigned, Moment(9))
            .unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(refusal.conflict && !refusal.remedy.is_empty());
        assert_eq!(timeline, five_changes());
    }
    let mut pooled = timeline(&[("2025-01-01", None, AssignmentReason::Imported)]);
    let refusal = pooled
        .append(day("2025-02-01"), None, reassigned, Moment(9))
        .unwrap_err();
    assert_eq!(refusal.message, "该客户已在公海中");
}

#[test]
fn a_damaged_history_is_noticed() {
    let rows = five_changes().rows().to_vec();
    let mut shuffled = rows.clone();
    shuffled.reverse();
    assert_eq!(Timeline::replay(cus(1), shuffled), Ok(five_changes()));

    let code = |customer, rows| Timeline::replay(customer, rows).unwrap_err().code;
    let mut missing = rows.clone();
    missing.remove(1);
    assert_eq!(code(cus(1), missing), "customer.assignment_broken");
    assert_eq!(code(cus(2), rows.clone()), "customer.assignment_broken");
    let mut moved = rows;
    moved[4].effective_on = day("2025-02-01");
    assert_eq!(code(cus(1), moved), "customer.assignment_retroactive");
}

#[test]
fn collaborators_come_and_go() {
    let event = |n, on, seq, step| CollaboratorEvent {
        employee: emp(n),
        effective_on: day(on),
        seq,
        step,
    };
    let until = |text| CollaboratorStep::Joined {
        until: Some(day(text)),
    };
    let events = [
        event(1, "2025-01-01", 1, CollaboratorStep::Joined { until: None }),
        event(2, "2025-02-01", 2, until("2025-03-01")),
        event(1, "2025-04-01", 4, CollaboratorStep::Left),
        event(1, "2025-04-01", 5, CollaboratorStep::Joined { until: None }),
        event(3, "2025-04-01", 7, CollaboratorStep::Left),
        event(3, "2025-04-01", 6, CollaboratorStep::Joined { until: None }),
    ];
    for (on, expected) in [
        ("2024-12-31", vec![]),
        ("2025-01-01", vec![1]),
        ("2025-02-28", vec![1, 2]),
        ("2025-03-01", vec![1]),
        ("2025-04-01", vec![1]),
    ] {
        let expected = expected.into_iter().map(emp).collect();
        assert_eq!(collaborators_on(&events, day(on)), expected, "{on}");
    }
}

/// Written down day by day: each accepted row overwrites all days from its own on.
fn naive(accepted: &[(i64, Option<u8>)], on: i64) -> Option<u8> {
    let mut days = [None; 40];
    for (from, owner) in accepted {
        for slot in days.iter_mut().skip(usize::try_from(*from).unwrap()) {
            *slot = *owner;
        }
    }
    days[usize::try_from(on).unwrap()]
}

proptest! {
    #[test]
    fn whatever_is_accepted_has_one_owner_a_day(
        wanted in prop::collection::vec((0..40_i64, prop::option::of(0..4_u8)), 0..30),
    ) {
        let base: Day = day("2025-01-01");
        let mut timeline = Timeline::begin(cus(1));
        let mut accepted = Vec::new();
        for (at, (on, owner)) in (1..).zip(wanted) {
            let (from, who) = (base.plus_days(on), owner.map(emp));
            if timeline.append(from, who, AssignmentReason::Reassigned, Moment(at)).is_ok() {
                accepted.push((on, owner));
            }
        }
        for on in 0..40 {
            let owner: Option<EmployeeId> = timeline.owner_on(base.plus_days(on));
            prop_assert_eq!(owner, naive(&accepted, on).map(emp));
        }

        let counting: Vec<_> =
            timeline.intervals().into_iter().filter(|interval| !interval.superseded).collect();
        for pair in counting.windows(2) {
            prop_assert_eq!(pair[0].period.until, Some(pair[1].period.from));
        }
        let periods: Vec<Period> = counting.iter().map(|interval| interval.period).collect();
        for (at, period) in periods.iter().enumerate() {
            prop_assert!(periods[at + 1..].iter().all(|other| !period.overlaps(other)));
        }
        prop_assert!(counting.last().is_none_or(|last| last.period.until.is_none()));
        prop_assert_eq!(timeline.intervals().len(), accepted.len());
        prop_assert_eq!(Timeline::replay(cus(1), timeline.rows().to_vec()), Ok(timeline));
    }
}
