//! Who is above whom.

use people::{Employments, Organisation, ReportingLine};
use proptest::prelude::*;

use crate::world::{day, department, emp, position, row};

#[test]
fn the_line_passes_over_vacant_posts_and_leavers() {
    let organisation = Organisation::new([
        department(1, None, Some(10)),
        department(2, Some(1), None),
        department(3, Some(2), Some(30)),
    ])
    .unwrap();
    let employments: Employments = [
        row(1, "2025-01-01", 1, position(3, Some(2))),
        row(2, "2025-01-01", 1, position(3, Some(3))),
        row(2, "2025-07-01", 2, None),
        row(3, "2025-01-01", 1, position(3, None)),
        row(30, "2025-01-01", 1, position(3, None)),
        row(10, "2025-01-01", 1, position(1, None)),
    ]
    .into_iter()
    .collect();
    for (on, employee, managers) in [
        ("2025-06-30", 1, vec![2, 3, 30, 10]),
        // 2 has left; department 2 has no head, so 30 answers to the head of department 1.
        ("2025-07-01", 1, vec![3, 30, 10]),
        ("2025-07-01", 10, vec![]),
        ("2025-07-01", 77, vec![]),
    ] {
        let line = ReportingLine {
            organisation: &organisation,
            employments: &employments,
            day: day(on),
        };
        let expected: Vec<_> = managers.into_iter().map(emp).collect();
        assert_eq!(line.above(emp(employee)), expected, "{employee} on {on}");
        assert_eq!(line.manager(emp(employee), 1), expected.first().copied());
        assert_eq!(line.manager(emp(employee), 2), expected.get(1).copied());
        assert_eq!(line.manager(emp(employee), 0), None);
        assert_eq!(line.manager(emp(employee), 99), None);
    }
}

proptest! {
    #[test]
    fn any_mess_of_managers_gives_a_line_of_people_at_work(
        managers in prop::collection::vec(prop::option::of(0..10_u8), 10),
        left in prop::collection::vec(any::<bool>(), 10),
        head in prop::option::of(0..10_u8),
    ) {
        let organisation = Organisation::new([department(1, None, head)]).unwrap();
        let joined = (0..10).zip(&managers).map(|(n, m)| row(n, "2025-01-01", 1, position(1, *m)));
        let leavers = (0..10).zip(&left).filter(|(_, left)| **left);
        let leaving = leavers.map(|(n, _)| row(n, "2025-02-01", 2, None));
        let employments: Employments = joined.chain(leaving).collect();
        let line = ReportingLine {
            organisation: &organisation,
            employments: &employments,
            day: day("2025-03-01"),
        };
        for n in 0..10 {
            let above = line.above(emp(n));
            let mut once = above.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), above.len());
            prop_assert!(!above.contains(&emp(n)));
            prop_assert!(above.iter().all(|m| employments.works_on(*m, line.day)));
        }
    }
}
