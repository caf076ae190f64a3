//! Counting up, taking, resolving.

use kernel::Moment;
use proptest::prelude::*;
use risk::{AlertKind, Case, Finding, Severity, Standing, State, Step, gather};

fn at(second: i64) -> Moment {
    Moment(second * 1_000)
}

fn finding(severity: Severity, least: usize, seconds: &[i64]) -> Finding {
    Finding {
        kind: AlertKind::HandoverDenied,
        severity,
        moments: seconds.iter().map(|second| at(*second)).collect(),
        least,
        what: Vec::new(),
    }
}

fn standing(open: bool, last: i64, touched: i64) -> Standing {
    Standing {
        open,
        severity: Severity::Low,
        last_at: at(last),
        touched_at: at(touched),
    }
}

#[test]
fn repeated_signals_become_a_count() {
    let new = finding(Severity::Low, 1, &[10, 20]);
    assert_eq!(gather(&new, None, at(20)), Step::Open(vec![at(10), at(20)]));
    let open = standing(true, 10, 10);
    assert_eq!(gather(&new, Some(&open), at(69)), Step::Wait);
    assert_eq!(gather(&new, Some(&open), at(70)), Step::Count(vec![at(20)]));
    let counted = standing(true, 20, 70);
    assert_eq!(gather(&new, Some(&counted), at(500)), Step::Nothing);
}

#[test]
fn what_becomes_graver_does_not_wait() {
    let grave = finding(Severity::High, 1, &[11]);
    let open = standing(true, 10, 10);
    assert_eq!(
        gather(&grave, Some(&open), at(11)),
        Step::Count(vec![at(11)])
    );
}

#[test]
fn what_was_resolved_stays_resolved_until_enough_is_new() {
    let resolved = standing(false, 14, 14);
    let burst = finding(Severity::Low, 5, &[10, 11, 12, 13, 14, 15]);
    assert_eq!(gather(&burst, Some(&resolved), at(15)), Step::Nothing);
    let again = finding(Severity::Low, 5, &[15, 16, 17, 18, 19]);
    assert!(matches!(gather(&again, Some(&resolved), at(19)), Step::Open(new) if new.len() == 5));
}

#[test]
fn an_alert_is_handled_by_one_officer_and_never_by_whom_it_is_about() {
    let case = |state, taken_by: Option<&str>| Case {
        state,
        taken_by: taken_by.map(str::to_owned),
        about: vec!["emp_x".to_owned(), "lgn_x".to_owned()],
    };
    let code = |result: Result<(), kernel::Refusal>| result.err().map(|refusal| refusal.code);
    let open = case(State::Open, None);
    assert_eq!(
        (code(open.take("lgn_a")), code(open.resolve("lgn_a"))),
        (None, None)
    );
    let hers = case(State::Taken, Some("lgn_a"));
    assert_eq!(
        code(hers.take("lgn_a")).as_deref(),
        Some("alert.yours_already")
    );
    assert_eq!(code(hers.resolve("lgn_a")), None);
    assert_eq!(code(hers.take("lgn_b")), None);
    assert_eq!(
        code(hers.resolve("lgn_b")).as_deref(),
        Some("alert.taken_by_another")
    );
    for own in ["emp_x", "lgn_x"] {
        assert_eq!(
            code(open.take(own)).as_deref(),
            Some("alert.about_yourself")
        );
        assert_eq!(
            code(open.resolve(own)).as_deref(),
            Some("alert.about_yourself")
        );
    }
    let done = case(State::Resolved, Some("lgn_a"));
    assert_eq!(
        code(done.resolve("lgn_a")).as_deref(),
        Some("alert.resolved")
    );
    assert_eq!(code(done.take("lgn_b")).as_deref(), Some("alert.resolved"));
}

proptest! {
    /// However often the same signals are looked at, each is counted once.
    #[test]
    fn every_signal_is_counted_once(
        seconds in prop::collection::btree_set(0..100_000_i64, 1..60),
        cuts in prop::collection::vec(1..10_usize, 0..30),
    ) {
        let all: Vec<i64> = seconds.into_iter().collect();
        let (mut counted, mut known, mut standing) = (0, 0, None::<Standing>);
        let mut now = at(0);
        for cut in cuts.into_iter().chain([all.len()]) {
            known = (known + cut).min(all.len());
            let found = finding(Severity::Low, 1, &all[..known]);
            now = at(all[known - 1]).max(now.plus_seconds(61));
            for _ in 0..2 {
                match gather(&found, standing.as_ref(), now) {
                    Step::Open(new) | Step::Count(new) => {
                        counted += new.len();
                        standing = Some(Standing {
                            open: true, severity: Severity::Low,
                            last_at: *new.last().expect("signals"), touched_at: now,
                        });
                    }
                    Step::Wait => prop_assert!(false, "a minute has passed"),
                    Step::Nothing => {}
                }
            }
        }
        prop_assert_eq!(counted, all.len());
    }
}
