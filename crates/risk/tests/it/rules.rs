//! The rules, one row a case.

use kernel::Moment;
use proptest::prelude::*;
use risk::rules::{denied, guessing, jobs_failed, reveals, spraying, unsigned};
use risk::{AlertKind, Denial, LoginFailure, Reveal, Severity};

fn at(second: i64) -> Moment {
    Moment(second * 1_000)
}

fn denials(in_handover: bool, permission: &str, seconds: &[i64]) -> Vec<Denial> {
    let one = |second: &i64| Denial {
        at: at(*second),
        in_handover,
        permission: permission.to_owned(),
    };
    seconds.iter().map(one).collect()
}

#[test]
fn one_denied_attempt_in_the_notice_period_is_enough() {
    for (permission, severity) in [
        ("customer.change", Severity::High),
        ("customer.export", Severity::High),
        ("customer.hand_over", Severity::High),
        ("customer.propose", Severity::High),
        ("people.reveal", Severity::High),
        ("customer.read", Severity::Low),
    ] {
        let found = denied(&denials(true, permission, &[7]));
        assert_eq!(found.len(), 1, "{permission}");
        assert_eq!(
            (
                found[0].kind,
                found[0].severity,
                found[0].moments.as_slice()
            ),
            (AlertKind::HandoverDenied, severity, &[at(7)][..]),
        );
        assert_eq!(found[0].what, [permission]);
    }
}

#[test]
fn otherwise_it_takes_five_within_ten_minutes() {
    let none: &[&[i64]] = &[&[], &[1], &[1, 2, 3, 4], &[0, 200, 400, 500, 600]];
    for seconds in none {
        assert!(
            denied(&denials(false, "customer.read", seconds)).is_empty(),
            "{seconds:?}"
        );
    }
    let found = denied(&denials(false, "customer.read", &[1, 200, 400, 500, 600]));
    assert_eq!(
        (found[0].kind, found[0].severity),
        (AlertKind::ManyDenied, Severity::Low)
    );
    let fast: Vec<i64> = (0..20).collect();
    assert_eq!(
        denied(&denials(false, "x.y", &fast))[0].severity,
        Severity::High
    );
}

#[test]
fn only_what_happened_within_the_window_is_named() {
    let mut all = denials(false, "customer.export", &[0]);
    all.extend(denials(
        false,
        "customer.read",
        &[1_000, 1_001, 1_002, 1_003, 1_004],
    ));
    let found = denied(&all);
    assert_eq!(
        (found[0].what.as_slice(), found[0].moments.len()),
        (&["customer.read".to_owned()][..], 5)
    );
}

fn failures(number: &str, rows: &[(i64, i64)]) -> Vec<LoginFailure> {
    let one = |(second, in_a_row): &(i64, i64)| LoginFailure {
        at: at(*second),
        number: number.to_owned(),
        in_a_row: *in_a_row,
    };
    rows.iter().map(one).collect()
}

#[test]
fn guessing_begins_where_the_login_is_made_to_wait() {
    assert!(guessing(&failures("E1", &[(1, 1), (2, 4)])).is_none());
    let found = guessing(&failures("E1", &[(1, 4), (2, 5), (3, 6)])).expect("an alert");
    assert_eq!((found.severity, found.moments.len()), (Severity::Low, 2));
    let found = guessing(&failures("E1", &[(9, 10)])).expect("an alert");
    assert_eq!(found.severity, Severity::High);
}

#[test]
fn many_failures_of_one_login_are_no_spraying() {
    let rows: Vec<(i64, i64)> = (0..30).map(|n| (n, n)).collect();
    assert!(spraying(&failures("E1", &rows)).is_none());
    let mut all: Vec<LoginFailure> = (0..20)
        .flat_map(|n| failures(&format!("E{}", n % 3), &[(n, 1)]))
        .collect();
    assert_eq!(
        spraying(&all).expect("an alert").kind,
        AlertKind::LoginSpraying
    );
    all.truncate(19);
    assert!(spraying(&all).is_none());
}

#[test]
fn a_leaver_has_few_reasons_to_look_contacts_up() {
    let looks = |count: i64, in_handover| -> Vec<Reveal> {
        (0..count)
            .map(|n| Reveal {
                at: at(n),
                in_handover,
            })
            .collect()
    };
    for (count, in_handover, severity) in [
        (4, true, None),
        (5, true, Some(Severity::High)),
        (29, false, None),
        (30, false, Some(Severity::Low)),
        (100, false, Some(Severity::High)),
    ] {
        let found = reveals(&looks(count, in_handover)).map(|one| one.severity);
        assert_eq!(found, severity, "{count} {in_handover}");
    }
}

#[test]
fn jobs_and_the_signature() {
    assert!(jobs_failed(Vec::new()).is_none());
    let found = jobs_failed(vec![at(3), at(1)]).expect("an alert");
    assert_eq!(found.moments, [at(1), at(3)]);
    assert!(unsigned(at(59), at(0), false).is_none());
    assert!(unsigned(at(60), at(0), false).is_some());
    assert_eq!(
        unsigned(at(0), at(0), true).expect("an alert").severity,
        Severity::Critical
    );
}

proptest! {
    /// No denial of somebody who is leaving goes unseen, whatever stands around it.
    #[test]
    fn no_denial_of_a_leaver_is_lost(
        mut rows in prop::collection::vec((0..5_000_i64, any::<bool>()), 0..40),
    ) {
        rows.sort_unstable();
        let all: Vec<Denial> = rows.iter().map(|(second, in_handover)| Denial {
            at: at(*second), in_handover: *in_handover, permission: "customer.read".to_owned(),
        }).collect();
        let leaving = all.iter().filter(|one| one.in_handover).map(|one| one.at);
        let leaving: Vec<Moment> = leaving.collect();
        let found = denied(&all);
        let seen = found.iter().find(|one| one.kind == AlertKind::HandoverDenied);
        prop_assert_eq!(seen.map(|one| one.moments.clone()).unwrap_or_default(), leaving);
        for one in found {
            prop_assert!(!one.moments.is_empty() && one.moments.is_sorted());
            prop_assert!(one.moments.len() >= one.least);
        }
    }
}
