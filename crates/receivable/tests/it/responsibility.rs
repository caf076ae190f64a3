//! Who must chase this receivable now?

use kernel::Moment;
use proptest::prelude::*;
use receivable::{MovementKind, Responsibility, ResponsibilityBasis};

use crate::world::{day, emp, inv, invoice, moved};

fn handed_over() -> Responsibility {
    let mut history = Responsibility::begin(inv(1));
    for (at, (on, who, basis)) in (1..).zip([
        ("2025-03-01", 1, ResponsibilityBasis::Issued),
        ("2025-05-01", 2, ResponsibilityBasis::HandedOver),
        ("2025-05-01", 3, ResponsibilityBasis::Corrected),
        ("2025-08-01", 9, ResponsibilityBasis::Appointed),
    ]) {
        history
            .append(day(on), emp(who), basis, Moment(at))
            .unwrap();
    }
    history
}

#[test]
fn the_successor_chases_from_the_day_of_the_handover() {
    let paid = moved(MovementKind::Clearing, "2025-09-01", "100.00");
    let receivable = invoice(1, "100.00", vec![paid]);
    for (on, chaser, why) in [
        ("2025-02-28", None, ""),
        ("2025-04-30", Some(1), "开票时的客户负责人"),
        ("2025-05-01", Some(3), "更正"),
        ("2025-07-31", Some(3), "更正"),
        ("2025-08-01", Some(9), "指定"),
        ("2025-08-31", Some(9), "指定"),
        ("2025-09-01", None, "指定"),
    ] {
        let history = handed_over();
        assert_eq!(
            history.chaser_on(&receivable, day(on)),
            chaser.map(emp),
            "{on}"
        );
        assert_eq!(
            history.row_on(day(on)).map_or("", |row| row.basis.zh()),
            why,
            "{on}"
        );
    }
}

#[test]
fn what_cannot_be_written() {
    for (on, who, code) in [
        ("2025-07-31", 2, "receivable.responsibility_retroactive"),
        ("2025-09-01", 9, "receivable.responsibility_unchanged"),
    ] {
        let mut history = handed_over();
        let basis = ResponsibilityBasis::Appointed;
        let refusal = history
            .append(day(on), emp(who), basis, Moment(9))
            .unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(refusal.conflict && !refusal.remedy.is_empty());
        assert_eq!(history, handed_over());
    }
}

#[test]
fn a_damaged_history_is_noticed() {
    let rows = handed_over().rows().to_vec();
    let mut shuffled = rows.clone();
    shuffled.reverse();
    assert_eq!(Responsibility::replay(inv(1), shuffled), Ok(handed_over()));

    let code = |invoice, rows| Responsibility::replay(invoice, rows).unwrap_err().code;
    let mut missing = rows.clone();
    missing.remove(2);
    assert_eq!(code(inv(1), missing), "receivable.responsibility_broken");
    assert_eq!(code(inv(2), rows), "receivable.responsibility_broken");
}

proptest! {
    #[test]
    fn from_the_first_row_on_never_nobody(
        wanted in prop::collection::vec((0..40_i64, 0..4_u8), 1..20),
    ) {
        let base = day("2025-01-01");
        let mut history = Responsibility::begin(inv(1));
        let mut days = [None; 40];
        for (on, who) in wanted {
            let basis = ResponsibilityBasis::Appointed;
            if history.append(base.plus_days(on), emp(who), basis, Moment(1)).is_ok() {
                days[usize::try_from(on).unwrap()..].fill(Some(emp(who)));
            }
        }
        let first = history.rows()[0].effective_on;
        for (on, expected) in (0..).zip(days) {
            let responsible = history.responsible_on(base.plus_days(on));
            prop_assert_eq!(responsible, expected);
            prop_assert_eq!(responsible.is_some(), base.plus_days(on) >= first);
        }
    }
}
