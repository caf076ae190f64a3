//! Trees and dated rows.

use people::{Employments, Organisation};
use proptest::prelude::*;

use crate::world::{day, department, dpt, emp, position, row};

fn company() -> Organisation {
    Organisation::new([
        department(1, None, None),
        department(2, Some(1), None),
        department(3, Some(2), None),
        department(4, Some(1), None),
    ])
    .unwrap()
}

#[test]
fn a_department_has_a_path_and_a_subtree() {
    let names: Vec<_> = company()
        .path(dpt(3))
        .iter()
        .map(|d| d.name.clone())
        .collect();
    assert_eq!(names, ["部门1", "部门2", "部门3"]);
    assert_eq!(company().subtree(dpt(1)), [dpt(1), dpt(2), dpt(3), dpt(4)]);
    assert_eq!(company().subtree(dpt(2)), [dpt(2), dpt(3)]);
    assert!(company().subtree(dpt(9)).is_empty() && company().path(dpt(9)).is_empty());
}

#[test]
fn what_is_no_tree_is_refused() {
    for (departments, code) in [
        (
            vec![department(1, Some(2), None)],
            "people.department_unknown",
        ),
        (
            vec![department(1, Some(1), None)],
            "people.department_cycle",
        ),
        (
            vec![department(1, Some(2), None), department(2, Some(1), None)],
            "people.department_cycle",
        ),
        (
            vec![department(1, None, None), department(1, None, None)],
            "people.department_twice",
        ),
    ] {
        assert_eq!(Organisation::new(departments).unwrap_err().code, code);
    }
    for (id, parent, code) in [
        (2, Some(3), Some("people.department_cycle")),
        (2, Some(2), Some("people.department_cycle")),
        (2, Some(9), Some("people.department_unknown")),
        (9, None, Some("people.department_unknown")),
        (2, Some(4), None),
        (2, None, None),
    ] {
        let refused = company().check_move(dpt(id), parent.map(dpt)).err();
        assert_eq!(refused.map(|refusal| refusal.code).as_deref(), code);
    }
}

#[test]
fn employment_is_read_on_a_day() {
    let employments: Employments = [
        row(1, "2025-03-01", 1, position(2, Some(9))),
        row(1, "2025-06-01", 2, position(3, Some(9))),
        // Recorded later for the same day: the correction counts.
        row(1, "2025-06-01", 4, position(4, Some(8))),
        // Recorded last for a day in between: it takes its place by day.
        row(1, "2025-05-01", 5, position(1, Some(9))),
        row(1, "2025-12-01", 3, None),
    ]
    .into_iter()
    .collect();
    for (on, department) in [
        ("2025-02-28", None),
        ("2025-03-01", Some(2)),
        ("2025-05-01", Some(1)),
        ("2025-06-01", Some(4)),
        ("2025-11-30", Some(4)),
        ("2025-12-01", None),
    ] {
        let found = employments.position_on(emp(1), day(on));
        assert_eq!(found.map(|p| p.department), department.map(dpt), "{on}");
    }
    let last = employments
        .last_position(emp(1), day("2026-01-01"))
        .unwrap();
    assert_eq!(last.department, dpt(4));
    let reports = |manager, on| {
        employments
            .reports_of(emp(manager), day(on))
            .collect::<Vec<_>>()
    };
    assert_eq!(reports(9, "2025-03-15"), [emp(1)]);
    assert_eq!(reports(8, "2025-06-01"), [emp(1)]);
    assert_eq!(reports(9, "2025-06-01"), []);
    assert_eq!(reports(8, "2025-12-01"), []);
}

#[test]
fn an_employment_begins_after_what_was_before_it() {
    let history = |rows: Vec<people::EmploymentRow>| rows.into_iter().collect::<Employments>();
    let came_back = history(vec![
        row(1, "2020-01-01", 1, position(1, None)),
        row(1, "2022-01-01", 2, None),
        row(1, "2024-01-01", 3, position(2, None)),
        row(1, "2025-01-01", 4, position(3, None)),
    ]);
    let found = came_back.beginning(emp(1), day("2024-01-01")).unwrap();
    assert_eq!(found.position.department, dpt(2));
    assert_eq!(found.not_before, Some(day("2022-01-01")));
    assert_eq!(found.next_on, Some(day("2025-01-01")));
    assert!(found.empty_days.is_empty());
    assert_eq!(came_back.beginning(emp(1), day("2024-01-02")), None);
    assert_eq!(came_back.beginning(emp(1), day("2022-01-01")), None);
    assert_eq!(came_back.beginning(emp(2), day("2024-01-01")), None);
    // The first day was corrected from May to June: May holds an end and nothing before it.
    let corrected = history(vec![
        row(1, "2020-05-01", 1, position(1, None)),
        row(1, "2020-05-01", 2, None),
        row(1, "2020-06-01", 3, position(1, None)),
    ]);
    let found = corrected.beginning(emp(1), day("2020-06-01")).unwrap();
    assert_eq!((found.not_before, found.next_on), (None, None));
    assert_eq!(found.empty_days, [day("2020-05-01")]);
}

proptest! {
    /// Parents are chosen freely, so many of these are no trees.
    #[test]
    fn what_is_accepted_is_a_tree(parents in prop::collection::vec(prop::option::of(0..8_u8), 8)) {
        let departments = (0..8).zip(&parents).map(|(n, parent)| department(n, *parent, None));
        let Ok(organisation) = Organisation::new(departments) else {
            return Ok(());
        };
        for n in 0..8 {
            for below in organisation.subtree(dpt(n)) {
                prop_assert!(organisation.path(below).iter().any(|above| above.id == dpt(n)));
                let refused = organisation.check_move(dpt(n), Some(below)).is_err();
                prop_assert!(refused);
            }
        }
    }
}
