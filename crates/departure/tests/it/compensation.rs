//! The worked examples for N, 2N and N+1 经济补偿.

use departure::compensation::{CompensationFacts, HalfYears, MonthlyBasis, compensation};
use departure::kind::DepartureKind;
use kernel::{Day, Fen};
use proptest::prelude::*;

/// 3 × 12,434.00, Shanghai; minimum wage 2,740.00.
const CAP: &str = "37302";
const MINIMUM: &str = "2740";

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Fen {
    Fen::parse(text).unwrap()
}

/// Equal months: twelve, or those that were worked.
fn facts(average: &str, start: &str, last_day: &str) -> CompensationFacts {
    let (start, last_day) = (day(start), day(last_day));
    let worked = |months: &i32| start.plus_months(*months) <= last_day;
    let months = i64::try_from((0..12).take_while(worked).count()).unwrap();
    CompensationFacts {
        start,
        last_day,
        wages: Fen(yuan(average).0 * months),
        months: u32::try_from(months).unwrap(),
        previous_month_wage: yuan("15000"),
        minimum_wage: yuan(MINIMUM),
        cap: yuan(CAP),
        before_2008: None,
    }
}

/// Columns: number, average wage, first day, last day, years, years multiplied, N, monthly figure.
const EXAMPLES: &str = "
     1  12000     2019-03-01  2025-11-15  7    7     84000  Average
     2  12000     2024-08-01  2025-01-15  0.5  0.5    6000  Average
     3  12000     2025-01-01  2025-06-30  1    1     12000  Average
     4  12000     2025-01-01  2025-06-29  0.5  0.5    6000  Average
     5  12000     2020-01-01  2024-12-31  5    5     60000  Average
     6  60000     2008-01-01  2025-12-31  18   12   447624  Cap
     7  30000     2008-01-01  2025-12-31  18   18   540000  Average
     8  2300      2023-05-10  2025-10-09  2.5  2.5    6850  MinimumWage
     9  37302     2012-01-01  2025-12-31  14   14   522228  Average
    10  37302.01  2012-01-01  2025-12-31  14   12   447624  Cap
";

#[test]
fn the_ten_worked_examples() {
    let rows: Vec<Vec<&str>> = EXAMPLES
        .lines()
        .map(|line| line.split_whitespace().collect())
        .filter(|cells: &Vec<&str>| !cells.is_empty())
        .collect();
    assert_eq!(rows.len(), 10);
    for cells in rows {
        let answer = compensation(&facts(cells[1], cells[2], cells[3])).unwrap();
        let told = [
            answer.service.to_string(),
            answer.counted.to_string(),
            answer.n.to_plain().trim_end_matches(".00").to_owned(),
            format!("{:?}", answer.basis),
        ];
        assert_eq!(told, cells[4..], "#{}", cells[0]);
    }
}

#[test]
fn example_one_in_its_three_forms() {
    let answer = compensation(&facts("12000", "2019-03-01", "2025-11-15")).unwrap();
    assert_eq!(answer.twice_n, yuan("168000"));
    assert_eq!(answer.n_plus_one, yuan("99000"));
    for (kind, notice_given, due) in [
        (DepartureKind::Resignation, true, "0"),
        (DepartureKind::ResignationForCause, false, "84000"),
        (DepartureKind::MutualByEmployer, false, "84000"),
        (DepartureKind::NoFaultDismissal, true, "84000"),
        (DepartureKind::NoFaultDismissal, false, "99000"),
        (DepartureKind::Layoff, false, "84000"), // a layoff has no +1
        (DepartureKind::UnlawfulDismissal, false, "168000"),
        (DepartureKind::Misconduct, false, "0"),
    ] {
        assert_eq!(answer.due(kind, notice_given), yuan(due), "{kind:?}");
    }
    let told: Vec<&str> = answer
        .reasons
        .iter()
        .map(|reason| reason.zh.as_ref())
        .collect();
    assert!(
        told.iter()
            .any(|line| line.contains("12,000.00 × 7 = 84,000.00 元")),
        "{told:?}"
    );
}

#[test]
fn the_average_is_over_the_months_worked() {
    let three_months = CompensationFacts {
        wages: yuan("25000.01"),
        months: 3,
        ..facts("0", "2025-01-01", "2025-03-31")
    };
    let answer = compensation(&three_months).unwrap();
    assert_eq!(answer.average, yuan("8333.34")); // 8,333.336… half up
    assert_eq!(answer.n, yuan("4166.67"));
}

#[test]
fn service_before_2008_is_reckoned_by_hand() {
    let old_hand = facts("10000", "2001-07-01", "2025-12-31");
    let refusal = compensation(&old_hand).unwrap_err();
    assert_eq!(refusal.code, "departure.before_2008");
    assert_eq!(refusal.fields[0].pointer, "/before_2008");
    let with_segment = CompensationFacts {
        before_2008: Some(yuan("70000")),
        ..old_hand
    };
    let answer = compensation(&with_segment).unwrap();
    assert_eq!(
        (answer.service.to_string().as_str(), answer.n),
        ("18", yuan("250000"))
    );
}

#[test]
fn refuses_what_cannot_be() {
    let good = facts("10000", "2020-01-01", "2025-12-31");
    for (bad, code) in [
        (
            CompensationFacts { months: 0, ..good },
            "departure.wage_months",
        ),
        (
            CompensationFacts { months: 13, ..good },
            "departure.wage_months",
        ),
        // Whoever worked a year has twelve months to be averaged over.
        (
            CompensationFacts { months: 6, ..good },
            "departure.wage_months",
        ),
        (
            CompensationFacts {
                before_2008: Some(yuan("70000")),
                ..good
            },
            "departure.before_2008",
        ),
        (
            CompensationFacts {
                last_day: day("2019-12-31"),
                ..good
            },
            "departure.service_dates",
        ),
        (
            CompensationFacts {
                wages: Fen(-1),
                ..good
            },
            "departure.amount_range",
        ),
        (
            CompensationFacts {
                wages: Fen(i64::MAX),
                cap: Fen(i64::MAX),
                ..good
            },
            "departure.amount_range",
        ),
    ] {
        let refusal = compensation(&bad).unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(!refusal.remedy.is_empty());
    }
}

/// Reg. 27: the average is over no more months than were worked, a begun one as a whole.
#[test]
fn no_more_months_are_paid_than_were_worked() {
    for (start, last_day, worked) in [
        ("2025-01-01", "2025-01-15", 1),
        ("2025-01-15", "2025-02-14", 1),
        ("2025-01-15", "2025-02-15", 2),
        ("2025-01-01", "2025-11-30", 11),
        ("2025-01-01", "2025-12-01", 12),
        ("2003-01-01", "2025-12-31", 12),
    ] {
        let facts = CompensationFacts {
            before_2008: Some(Fen::ZERO),
            ..facts("10000", start, last_day)
        };
        let of = |months| compensation(&CompensationFacts { months, ..facts });
        assert!(of(worked).is_ok(), "{start} {last_day}");
        let refusal = of(worked + 1).unwrap_err();
        assert_eq!(refusal.code, "departure.wage_months", "{start} {last_day}");
        assert_eq!(refusal.fields[0].pointer, "/months");
    }
}

/// Neither local figure is nothing, and the cap is no less than the minimum wage.
#[test]
fn local_figures_that_cannot_be_are_refused() {
    let good = facts("10000", "2020-01-01", "2025-12-31");
    for (minimum, cap, code, pointer) in [
        ("0", CAP, "departure.standard_missing", "/minimum_wage"),
        (MINIMUM, "0", "departure.standard_missing", "/cap"),
        (MINIMUM, "2739.99", "departure.cap_below_minimum", "/cap"),
    ] {
        let bad = CompensationFacts {
            minimum_wage: yuan(minimum),
            cap: yuan(cap),
            ..good
        };
        let refusal = compensation(&bad).unwrap_err();
        let place = refusal.fields[0].pointer.as_str();
        assert_eq!((refusal.code.as_str(), place), (code, pointer));
        assert!(!refusal.remedy.is_empty());
    }
    let equal = CompensationFacts {
        cap: yuan(MINIMUM),
        ..good
    };
    assert!(compensation(&equal).is_ok());
}

/// Art. 87 in words, with whatever was reckoned by hand.
#[test]
fn damages_say_how_they_are_doubled() {
    let plain = compensation(&facts("12000", "2019-03-01", "2025-11-15")).unwrap();
    assert!(
        plain
            .doubled()
            .zh
            .contains("（计算基数 12,000.00 元 × 7 个月）× 2 = 84,000.00 × 2 = 168,000.00 元")
    );
    let old_hand = CompensationFacts {
        before_2008: Some(yuan("70000")),
        ..facts("10000", "2001-07-01", "2025-12-31")
    };
    let words = compensation(&old_hand).unwrap().doubled().zh;
    assert!(words.contains("× 18 个月 + 2008 年以前 70,000.00 元）× 2 = 250,000.00 × 2"));
}

proptest! {
    /// One more day never lowers service, and whole anniversaries count exactly.
    #[test]
    fn service_grows_day_by_day(start in 0..12_000_i64, days in 0..12_000_i64, years in 1..30_i32) {
        let start = day("2008-01-01").plus_days(start);
        let last = start.plus_days(days);
        let today = HalfYears::of_service(start, last);
        prop_assert!(today >= HalfYears::of_service(start, last.plus_days(-1)));
        prop_assert!(HalfYears::of_service(start, last.plus_days(1)).0 - today.0 <= 1);
        let anniversary = start.plus_months(12 * years).plus_days(-1);
        let served = HalfYears::of_service(start, anniversary);
        prop_assert_eq!(i64::from(served.0), i64::from(years) * 2);
    }

    /// N is the plain product, twice N the double of it, and the cap never pays more than 12 years.
    #[test]
    fn n_is_a_plain_product(average in 0..10_000_000_i64, months in 1..300_i32) {
        let last = day("2008-01-01").plus_months(months).plus_days(-1);
        let facts = CompensationFacts {
            wages: Fen(average * i64::from(months.min(12))),
            months: u32::try_from(months.min(12)).unwrap(),
            last_day: last,
            ..facts("0", "2008-01-01", "2008-01-31")
        };
        let answer = compensation(&facts).unwrap();
        prop_assert_eq!(answer.average, Fen(average));
        let doubled = answer.monthly.0 * i64::from(answer.counted.0);
        prop_assert!(answer.n.0 * 2 - doubled == 0 || answer.n.0 * 2 - doubled == 1);
        prop_assert_eq!(answer.twice_n.0, answer.n.0 * 2);
        if answer.basis == MonthlyBasis::Cap {
            prop_assert!(answer.n.0 <= facts.cap.0 * 12);
        } else {
            prop_assert_eq!(answer.counted, answer.service);
        }
    }
}
