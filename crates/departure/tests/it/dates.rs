//! Notice periods, and the three clocks 日期.

use departure::clocks::{Clocks, check};
use departure::kind::DepartureKind;
use departure::notice::{AgreedLastDay, NoticeFacts, OffDays, takes_effect};
use kernel::{CalendarRow, Day, WorkCalendar};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The National Day notice of 2025 and its statutory days (law.md §6.4); nothing else is needed.
fn calendar() -> WorkCalendar {
    let off = (1..=8).map(|n| (Day::of(2025, 10, n).unwrap(), true));
    let worked = [(day("2025-09-28"), false), (day("2025-10-11"), false)];
    let statutory = ["2025-10-01", "2025-10-02", "2025-10-03", "2025-10-06"];
    WorkCalendar::new(off.chain(worked).map(|(day, is_off)| CalendarRow {
        notice_year: 2025,
        day,
        name: "国庆节、中秋节".into(),
        is_off,
    }))
    .with_statutory(statutory.map(day))
}

fn resignation(received_on: &str) -> NoticeFacts {
    NoticeFacts {
        kind: DepartureKind::Resignation,
        received_on: day(received_on),
        probation_until: None,
        contract_until: None,
        wished: None,
        agreed: None,
        pay_in_lieu: false,
        local_notice_days: 0,
    }
}

#[test]
fn the_examples_of_the_law() {
    // law.md §1.2: received 2025-11-01.
    let thirty = takes_effect(&resignation("2025-11-01"), OffDays::All, &calendar()).unwrap();
    assert_eq!(thirty.last_day, day("2025-12-01"));
    assert_eq!(thirty.file_transfer_by, day("2025-12-16"));
    let probation = NoticeFacts {
        probation_until: Some(day("2025-11-01")),
        ..resignation("2025-11-01")
    };
    let three = takes_effect(&probation, OffDays::All, &calendar()).unwrap();
    assert_eq!((three.notice_days, three.last_day), (3, day("2025-11-04")));
    let over = NoticeFacts {
        probation_until: Some(day("2025-10-31")),
        ..resignation("2025-11-01")
    };
    assert_eq!(
        takes_effect(&over, OffDays::All, &calendar())
            .unwrap()
            .notice_days,
        30
    );
}

#[test]
fn the_three_readings_of_a_day_off() {
    // (received, the 30th day, all off days, statutory only, none)
    for (received, ends, all, statutory, none) in [
        (
            "2025-09-01",
            "2025-10-01",
            "2025-10-09",
            "2025-10-04",
            "2025-10-01",
        ),
        (
            "2025-09-04",
            "2025-10-04",
            "2025-10-09",
            "2025-10-04",
            "2025-10-04",
        ),
        (
            "2025-09-11",
            "2025-10-11",
            "2025-10-11",
            "2025-10-11",
            "2025-10-11",
        ), // worked Saturday
        (
            "2025-10-16",
            "2025-11-15",
            "2025-11-17",
            "2025-11-15",
            "2025-11-15",
        ), // plain Saturday
    ] {
        for (rule, words, expected) in [
            (OffDays::All, "全部公休日顺延", all),
            (OffDays::StatutoryOnly, "仅法定节假日顺延", statutory),
            (OffDays::None, "不顺延", none),
        ] {
            let answer = takes_effect(&resignation(received), rule, &calendar()).unwrap();
            assert_eq!(answer.period_ends, day(ends), "{received}");
            assert_eq!(answer.earliest, day(expected), "{received} {rule:?}");
            assert!(answer.certain);
            assert!(
                answer
                    .reasons
                    .iter()
                    .any(|reason| reason.zh.contains(words))
            );
        }
    }
}

#[test]
fn says_when_the_calendar_is_not_known() {
    for rule in [OffDays::All, OffDays::StatutoryOnly] {
        let answer = takes_effect(&resignation("2026-09-01"), rule, &calendar()).unwrap();
        assert!(!answer.certain, "{rule:?}");
        assert!(
            answer
                .reasons
                .iter()
                .any(|reason| reason.zh.contains("2026 年"))
        );
    }
}

#[test]
fn a_wish_does_not_shorten_the_period_but_an_agreement_does() {
    let wish = |text| NoticeFacts {
        wished: Some(day(text)),
        ..resignation("2025-11-01")
    };
    let last = |facts: &NoticeFacts| {
        takes_effect(facts, OffDays::All, &calendar())
            .unwrap()
            .last_day
    };
    assert_eq!(last(&wish("2025-11-10")), day("2025-12-01"));
    assert_eq!(last(&wish("2025-12-31")), day("2025-12-31"));
    let agreed = NoticeFacts {
        agreed: Some(AgreedLastDay {
            last_day: day("2025-11-10"),
            agreed_on: day("2025-11-03"),
        }),
        ..wish("2025-11-10")
    };
    assert_eq!(last(&agreed), day("2025-11-10"));
}

#[test]
fn other_kinds_have_other_periods() {
    for (kind, pay_in_lieu, last_day) in [
        (DepartureKind::ResignationForCause, false, "2025-11-01"),
        (DepartureKind::NoFaultDismissal, false, "2025-12-01"),
        (DepartureKind::NoFaultDismissal, true, "2025-11-01"),
        (DepartureKind::Layoff, true, "2025-12-01"), // no pay instead of notice
        (DepartureKind::Misconduct, false, "2025-11-01"),
        (DepartureKind::ExpiryByEmployer, false, "2025-11-11"), // ten local days
    ] {
        let facts = NoticeFacts {
            kind,
            pay_in_lieu,
            local_notice_days: 10,
            ..resignation("2025-11-01")
        };
        let answer = takes_effect(&facts, OffDays::All, &calendar()).unwrap();
        assert_eq!(answer.last_day, day(last_day), "{kind:?}");
    }
}

/// Nobody is told in advance that he dies; what the law ends, it ends on its day (LCL 44, Reg. 21).
#[test]
fn what_is_a_fact_ends_on_its_day_and_not_when_it_is_told() {
    for kind in [
        DepartureKind::Death,
        DepartureKind::Retirement,
        DepartureKind::EmployerClosure,
        DepartureKind::TaskEnd,
        DepartureKind::UnlawfulDismissal,
    ] {
        let facts = NoticeFacts {
            kind,
            wished: Some(day("2025-10-28")),
            ..resignation("2025-11-01")
        };
        let answer = takes_effect(&facts, OffDays::All, &calendar()).unwrap();
        assert_eq!(answer.last_day, day("2025-10-28"), "{kind:?}");
        assert_eq!(answer.file_transfer_by, day("2025-11-12"), "{kind:?}");
        assert!(answer.earliest <= answer.last_day, "{kind:?}");
        let said: Vec<_> = answer.reasons.iter().map(|one| one.zh.as_ref()).collect();
        assert!(!said.concat().contains("早于通知期满"), "{said:?}");
        assert!(said.concat().contains(kind.rule().basis), "{said:?}");
    }
    // An agreement is none: it does not reach back.
    let mutual = NoticeFacts {
        kind: DepartureKind::MutualByEmployee,
        wished: Some(day("2025-10-28")),
        ..resignation("2025-11-01")
    };
    let answer = takes_effect(&mutual, OffDays::All, &calendar()).unwrap();
    assert_eq!(answer.last_day, day("2025-11-01"));
}

#[test]
fn a_contract_expires_on_its_last_day_and_not_before() {
    // (wished, the end of the contract, the end of employment or the code of the refusal)
    for (wished, until, expected) in [
        (None, Some("2026-02-28"), Ok("2026-02-28")),
        (Some("2026-02-28"), Some("2026-02-28"), Ok("2026-02-28")),
        (Some("2026-03-31"), Some("2026-02-28"), Ok("2026-03-31")),
        (
            Some("2025-11-01"),
            Some("2026-02-28"),
            Err("departure.contract_runs"),
        ),
        // Less than the ten local days are left: the contract ends all the same.
        (None, Some("2025-11-05"), Ok("2025-11-05")),
        (Some("2025-12-31"), None, Ok("2025-12-31")),
    ] {
        for (kind, instead) in [
            (DepartureKind::ExpiryByEmployee, "提前离职请选择辞职"),
            (DepartureKind::ExpiryByEmployer, "提前终止请选择协商解除"),
        ] {
            let facts = NoticeFacts {
                kind,
                wished: wished.map(day),
                contract_until: until.map(day),
                local_notice_days: 10,
                ..resignation("2025-11-01")
            };
            match (takes_effect(&facts, OffDays::All, &calendar()), expected) {
                (Ok(answer), Ok(end)) => {
                    assert_eq!(answer.last_day, day(end), "{kind:?} {wished:?}");
                    assert!(answer.earliest <= answer.last_day);
                }
                (Err(no), Err(code)) => {
                    assert_eq!(no.code, code);
                    let words = format!("合同至 2026-02-28 才到期；{instead}");
                    assert!(no.message.starts_with(&words), "{}", no.message);
                }
                (got, wanted) => panic!("{kind:?} {wished:?}: {got:?}, not {wanted:?}"),
            }
        }
    }
    // By an agreement it does not expire sooner either, and other kinds do not look at it.
    let facts = NoticeFacts {
        kind: DepartureKind::ExpiryByEmployee,
        contract_until: Some(day("2026-02-28")),
        agreed: Some(AgreedLastDay {
            last_day: day("2025-12-01"),
            agreed_on: day("2025-11-01"),
        }),
        ..resignation("2025-11-01")
    };
    let no = takes_effect(&facts, OffDays::All, &calendar()).unwrap_err();
    assert_eq!(no.code, "departure.contract_runs");
    let resigned = NoticeFacts {
        kind: DepartureKind::Resignation,
        ..facts
    };
    let answer = takes_effect(&resigned, OffDays::All, &calendar()).unwrap();
    assert_eq!(answer.last_day, day("2025-12-01"));
}

#[test]
fn failed_probation_ends_employment_within_probation() {
    let facts = |wished: Option<&str>| NoticeFacts {
        kind: DepartureKind::ProbationFailure,
        probation_until: Some(day("2025-11-20")),
        wished: wished.map(day),
        ..resignation("2025-11-01")
    };
    for (wished, expected) in [
        (None, Some("2025-11-01")),
        (Some("2025-11-20"), Some("2025-11-20")),
        (Some("2025-11-21"), None),
    ] {
        let answer = takes_effect(&facts(wished), OffDays::All, &calendar());
        match expected {
            Some(end) => assert_eq!(answer.unwrap().last_day, day(end)),
            None => assert_eq!(answer.unwrap_err().code, "departure.probation_over"),
        }
    }
    let agreed = NoticeFacts {
        agreed: Some(AgreedLastDay {
            last_day: day("2025-12-31"),
            agreed_on: day("2025-11-02"),
        }),
        ..facts(None)
    };
    let no = takes_effect(&agreed, OffDays::All, &calendar()).unwrap_err();
    assert_eq!(no.code, "departure.probation_over");
}

#[test]
fn refuses_backdating_and_late_probation() {
    let backdated = NoticeFacts {
        agreed: Some(AgreedLastDay {
            last_day: day("2025-10-31"),
            agreed_on: day("2025-11-01"),
        }),
        ..resignation("2025-11-01")
    };
    let late = NoticeFacts {
        kind: DepartureKind::ProbationFailure,
        probation_until: Some(day("2025-10-31")),
        ..resignation("2025-11-01")
    };
    let after_the_fact = NoticeFacts {
        agreed: Some(AgreedLastDay {
            last_day: day("2025-11-05"),
            agreed_on: day("2025-11-06"),
        }),
        ..resignation("2025-11-01")
    };
    for (facts, code) in [
        (after_the_fact, "departure.agreed_afterwards"),
        (backdated, "departure.agreed_before_notice"),
        (late, "departure.probation_over"),
    ] {
        assert_eq!(
            takes_effect(&facts, OffDays::All, &calendar())
                .unwrap_err()
                .code,
            code
        );
    }
}

#[test]
fn three_dates_apart_are_explained() {
    let notice = takes_effect(&resignation("2025-11-01"), OffDays::All, &calendar()).unwrap();
    let apart = Clocks {
        employment_ends: day("2025-12-01"),
        last_working_day: day("2025-11-21"),
        commission_cut_off: day("2025-11-15"),
    };
    let codes: Vec<String> = check(&apart, &notice)
        .unwrap()
        .into_iter()
        .map(|r| r.code.into_owned())
        .collect();
    assert!(codes.contains(&"clocks.released_from_work".to_owned()));
    assert!(codes.contains(&"clocks.cut_off_before_last_day".to_owned()));
    assert_eq!(
        check(&Clocks::all_on(day("2025-12-01")), &notice)
            .unwrap()
            .len(),
        3
    );
    let works_on = Clocks {
        last_working_day: day("2025-12-02"),
        ..apart
    };
    assert_eq!(
        check(&works_on, &notice).unwrap_err().code,
        "departure.works_after_end"
    );
    for (cut_off, code) in [
        ("2026-06-01", None),
        ("2026-06-02", Some("departure.credited_too_long")),
        ("9999-12-31", Some("departure.credited_too_long")),
    ] {
        let credited = Clocks {
            commission_cut_off: day(cut_off),
            ..apart
        };
        let refused = check(&credited, &notice).err().map(|refused| refused.code);
        assert_eq!(refused.as_deref(), code, "{cut_off}");
    }
    let too_early = Clocks::all_on(day("2025-11-30"));
    let refused = check(&too_early, &notice).unwrap_err();
    assert_eq!(refused.code, "departure.ends_before_notice");
    assert_eq!(
        refused.message,
        "劳动关系终止日 2025-11-30 早于通知期满的 2025-12-01"
    );
}

/// The notice is over by then: what stands in the way is the later day that was agreed or wished.
#[test]
fn what_set_a_later_day_is_named_and_not_the_notice() {
    let agreed = NoticeFacts {
        agreed: Some(AgreedLastDay {
            last_day: day("2026-12-10"),
            agreed_on: day("2025-11-03"),
        }),
        ..resignation("2025-11-01")
    };
    let wished = NoticeFacts {
        wished: Some(day("2026-12-10")),
        ..resignation("2025-11-01")
    };
    for (facts, set_by) in [(agreed, "双方书面约定的"), (wished, "已定的终止日")] {
        let notice = takes_effect(&facts, OffDays::All, &calendar()).unwrap();
        let refused = check(&Clocks::all_on(day("2025-12-10")), &notice).unwrap_err();
        let said = format!("劳动关系终止日 2025-12-10 早于{set_by} 2026-12-10");
        assert_eq!(refused.message, said);
        assert!(
            !refused.message_en.contains("notice"),
            "{}",
            refused.message_en
        );
    }
}

proptest! {
    /// A resignation is never refused, never shortened without agreement, and always explained.
    #[test]
    fn a_resignation_always_takes_effect(
        received in 0..700_i64,
        probation in prop::option::of(-60..60_i64),
        wished in prop::option::of(-60..200_i64),
        rule in prop::sample::select(vec![OffDays::All, OffDays::StatutoryOnly, OffDays::None]),
    ) {
        let received_on = day("2024-12-01").plus_days(received);
        let facts = NoticeFacts {
            probation_until: probation.map(|n| received_on.plus_days(n)),
            wished: wished.map(|n| received_on.plus_days(n)),
            ..resignation("2025-01-01")
        };
        let facts = NoticeFacts { received_on, ..facts };
        let answer = takes_effect(&facts, rule, &calendar()).unwrap();
        let days = if probation.is_some_and(|n| n >= 0) { 3 } else { 30 };
        prop_assert_eq!(answer.period_ends, received_on.plus_days(days));
        prop_assert!(answer.period_ends <= answer.earliest && answer.earliest <= answer.last_day);
        prop_assert_eq!(answer.file_transfer_by, answer.last_day.plus_days(15));
        prop_assert!(answer.reasons.len() >= 4);
        if rule == OffDays::All {
            prop_assert!(calendar().is_workday(answer.earliest));
        }
    }
}
