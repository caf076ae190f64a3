//! Acting for the absent.

use kernel::{Moment, Period, StandInId};
use people::{StandIn, StandIns};
use proptest::prelude::*;

use crate::world::{day, emp};

fn stand_in(absent: u8, deputy: u8, from: i64, until: Option<i64>) -> StandIn {
    let base = day("2025-01-01");
    StandIn {
        id: StandInId::mint(Moment(1), [absent; 10]),
        absent: emp(absent),
        deputy: emp(deputy),
        period: Period {
            from: base.plus_days(from),
            until: until.map(|days| base.plus_days(days)),
        },
    }
}

#[test]
fn deputies_are_followed_to_the_one_who_is_there() {
    let mut all = StandIns::default();
    all.add(stand_in(1, 2, 0, Some(10))).unwrap();
    all.add(stand_in(2, 3, 5, Some(20))).unwrap();
    all.add(stand_in(3, 1, 12, None)).unwrap();
    for (who, on, deputy) in [
        (1, 4, Some(2)),
        (1, 5, Some(3)),
        (1, 9, Some(3)),
        (1, 10, None),
        (2, 4, None),
        (2, 12, Some(1)),
        (3, 40, Some(1)),
    ] {
        let found = all.deputy_on(emp(who), day("2025-01-01").plus_days(on));
        assert_eq!(found, deputy.map(emp), "{who} on day {on}");
    }
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let mut all = StandIns::default();
    all.add(stand_in(1, 2, 0, Some(10))).unwrap();
    all.add(stand_in(2, 3, 5, Some(20))).unwrap();
    for (new, code) in [
        (stand_in(4, 4, 0, None), "people.stand_in_self"),
        (stand_in(4, 5, 3, Some(3)), "people.stand_in_empty"),
        (stand_in(1, 5, 9, Some(12)), "people.stand_in_overlap"),
        (stand_in(3, 1, 0, None), "people.stand_in_loop"),
    ] {
        let refusal = all.add(new).unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(!refusal.remedy.is_empty());
    }
    // 2 acts himself before day 5, and 1 is back from day 10: no loop on these days.
    assert_eq!(all.add(stand_in(3, 1, 0, Some(5))), Ok(()));
    assert_eq!(all.add(stand_in(3, 1, 10, None)), Ok(()));
}

proptest! {
    #[test]
    fn whatever_was_accepted_ends_with_somebody_else(
        rows in prop::collection::vec(
            (0..5_u8, 0..5_u8, 0..12_i64, prop::option::of(0..14_i64)), 0..24,
        ),
    ) {
        let mut all = StandIns::default();
        for (absent, deputy, from, until) in rows {
            all.add(stand_in(absent, deputy, from, until)).ok();
        }
        for who in 0..5 {
            for on in 0..16 {
                let deputy = all.deputy_on(emp(who), day("2025-01-01").plus_days(on));
                prop_assert_ne!(deputy, Some(emp(who)));
                if let Some(deputy) = deputy {
                    let further = all.deputy_on(deputy, day("2025-01-01").plus_days(on));
                    prop_assert_eq!(further, None);
                }
            }
        }
    }
}
