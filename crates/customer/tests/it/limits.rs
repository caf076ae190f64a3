//! Capacity and protection.

use customer::{AssignmentReason, Capacity, Counting, Held, Protection, Timeline};
use kernel::Moment;

use crate::world::{cus, day, emp};

#[test]
fn capacity_counts_by_its_rule() {
    let held = Held {
        with_deal: 30,
        without_deal: 60,
    };
    let incoming = Held {
        with_deal: 8,
        without_deal: 12,
    };
    for (most, counting, room, fits) in [
        (110, Counting::All, 20, true),
        (109, Counting::All, 19, false),
        (72, Counting::WithoutDeal, 12, true),
        (71, Counting::WithoutDeal, 11, false),
        (50, Counting::All, 0, false),
    ] {
        let capacity = Capacity { most, counting };
        assert_eq!(capacity.room(held), room);
        assert_eq!(
            capacity.check(held, incoming).is_ok(),
            fits,
            "{most} {counting:?}"
        );
        // An owner above the limit keeps what he has.
        assert_eq!(capacity.check(held, Held::default()), Ok(()));
    }
    let refusal = Capacity {
        most: 100,
        counting: Counting::All,
    }
    .check(held, incoming)
    .unwrap_err();
    assert_eq!(
        refusal.message,
        "客户上限为 100 个，还可接收 10 个，本次为 20 个"
    );
    assert!(refusal.remedy.starts_with("请减少 10 个"));
}

#[test]
fn a_protected_customer_waits() {
    let rule = Protection {
        days: 30,
        former_owner_waits: 7,
    };
    let mut timeline = Timeline::begin(cus(1));
    let mut write = |on, owner: Option<u8>, reason| {
        timeline
            .append(day(on), owner.map(emp), reason, Moment(1))
            .unwrap();
    };
    write("2025-01-01", Some(1), AssignmentReason::Claimed);
    write("2025-03-01", None, AssignmentReason::Recycled);
    for (on, follow_up, claimer, code, free) in [
        ("2024-12-31", None, 2, None, ""),
        ("2025-01-15", None, 1, Some("customer.already_yours"), ""),
        (
            "2025-01-30",
            None,
            2,
            Some("customer.protected"),
            "2025-01-31",
        ),
        ("2025-01-31", None, 2, None, ""),
        (
            "2025-01-31",
            Some("2025-01-20"),
            2,
            Some("customer.protected"),
            "2025-02-19",
        ),
        // A follow-up by somebody before this owner protects nobody.
        ("2025-01-31", Some("2024-12-20"), 2, None, ""),
        (
            "2025-03-07",
            None,
            1,
            Some("customer.former_owner_waits"),
            "2025-03-08",
        ),
        ("2025-03-08", None, 1, None, ""),
        ("2025-03-01", None, 2, None, ""),
    ] {
        let refused = rule
            .check_claim(&timeline, emp(claimer), day(on), follow_up.map(day))
            .err();
        assert_eq!(
            refused.as_ref().map(|refusal| refusal.code.as_str()),
            code,
            "{on}"
        );
        let remedy = refused.map(|refusal| refusal.remedy).unwrap_or_default();
        assert!(remedy.contains(free), "{remedy}");
    }
}
