//! Which plan counts for whom on a day, and why not another?

use commission::assignment::{Assignee, NotChosen, Placement, PlanAssignment, PlanBook};
use commission::event::Trigger;
use commission::plan::{ChangeInside, Plan};
use commission::window::Window;
use kernel::{DepartmentId, Moment, PostId};

use crate::world::{between, day, emp, flat, given, plan, plan_id, since};

fn post() -> PostId {
    PostId::mint(Moment(1), [0; 10])
}

fn department(n: i64) -> DepartmentId {
    DepartmentId::mint(Moment(n), [0; 10])
}

fn plans() -> Vec<Plan> {
    (1..=4)
        .map(|n| plan(n, Window::Quarter, Trigger::Cash, flat(100 * n)))
        .collect()
}

fn placed() -> Vec<Placement> {
    vec![Placement {
        employee: emp(1),
        valid: since("2024-01-01"),
        post: Some(post()),
        departments: vec![department(1), department(2)],
    }]
}

fn chosen(
    plans: &[Plan],
    assignments: &[PlanAssignment],
    on: &str,
) -> (Option<i64>, Vec<(i64, NotChosen)>) {
    let placed = placed();
    let book = PlanBook::new(plans, assignments, &placed).unwrap();
    let choice = book.choose(emp(1), None, day(on));
    let number = |id| (1..9).find(|n| plan_id(*n) == id).unwrap();
    let others = choice.others.iter().map(|(id, why)| (number(*id), *why));
    (
        choice.chosen.map(|chosen| number(chosen.plan.id)),
        others.collect(),
    )
}

#[test]
fn the_nearest_counts_person_before_post_before_department() {
    let plans = plans();
    let (person, by_post) = (Assignee::Person(emp(1)), Assignee::Post(post()));
    let (near, far) = (
        Assignee::Department(department(1)),
        Assignee::Department(department(2)),
    );
    let all = [
        given(&plans[3], far),
        given(&plans[2], near),
        given(&plans[1], by_post),
        given(&plans[0], person),
    ];
    use NotChosen::NearerOneCounts as Nearer;
    for (count, wanted, others) in [
        (1, 4, vec![]),
        (2, 3, vec![(4, Nearer)]),
        (3, 2, vec![(3, Nearer), (4, Nearer)]),
        (4, 1, vec![(2, Nearer), (3, Nearer), (4, Nearer)]),
    ] {
        assert_eq!(
            chosen(&plans, &all[..count], "2025-05-05"),
            (Some(wanted), others)
        );
    }
    assert_eq!(chosen(&plans, &[], "2025-05-05"), (None, vec![]));
}

#[test]
fn the_first_day_of_the_window_decides_unless_the_plan_says_otherwise() {
    let person = Assignee::Person(emp(1));
    for (change, wanted) in [
        (ChangeInside::NextWindow, [1, 1, 2]),
        (ChangeInside::CarriesOn, [1, 2, 2]),
        (ChangeInside::StartsAfresh, [1, 2, 2]),
    ] {
        let mut plans = plans();
        for plan in &mut plans {
            plan.change_inside = change;
        }
        let old = PlanAssignment {
            valid: between("2025-01-01", "2025-05-10"),
            ..given(&plans[0], person)
        };
        let new = PlanAssignment {
            valid: since("2025-05-10"),
            ..given(&plans[1], person)
        };
        let days = ["2025-05-09", "2025-05-10", "2025-07-01"];
        let got = days.map(|on| chosen(&plans, &[old.clone(), new.clone()], on).0.unwrap());
        assert_eq!(got, wanted, "{change:?}");
    }
}

#[test]
fn somebody_who_came_inside_the_window_is_not_left_without() {
    let plans = plans();
    let first = PlanAssignment {
        valid: since("2025-05-10"),
        ..given(&plans[0], Assignee::Person(emp(1)))
    };
    let early = chosen(&plans, std::slice::from_ref(&first), "2025-05-09");
    assert_eq!(early, (None, vec![(1, NotChosen::NotAtThisTime)]));
    assert_eq!(chosen(&plans, &[first], "2025-05-10"), (Some(1), vec![]));
}

#[test]
fn two_plans_at_once_are_refused() {
    let plans = plans();
    let person = Assignee::Person(emp(1));
    let twice = [given(&plans[0], person), given(&plans[1], person)];
    let refusal = PlanBook::new(&plans, &twice, &[]).unwrap_err();
    assert_eq!(refusal.code, "commission.assignments_overlap");
    let unknown = PlanAssignment {
        plan: plan_id(99),
        ..twice[0].clone()
    };
    let refusal = PlanBook::new(&plans, &[unknown], &[]).unwrap_err();
    assert_eq!(refusal.code, "commission.plan_unknown");
}
