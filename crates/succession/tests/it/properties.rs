//! What must hold for every table of people and customers.

use std::collections::BTreeSet;

use kernel::EmployeeId;
use proptest::prelude::*;
use succession::facts::{CandidateFacts, CustomerFacts, Weights};
use succession::suggest;
use succession::suggest::Advice;

use crate::by_hand::{customer, person};

const REGIONS: [&str; 3] = ["华东", "华南", "华北"];

fn any_people() -> impl Strategy<Value = Vec<CandidateFacts>> {
    let one = (
        0..3_usize,
        0..6_u32,
        0..6_u32,
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.8),
    );
    prop::collection::vec(one, 0..6).prop_map(|rows| {
        let build =
            |(n, (region, load, room, leaving, active)): (u32, (usize, u32, u32, bool, bool))| {
                CandidateFacts {
                    leaving,
                    active,
                    ..person(
                        n,
                        "某",
                        &[REGIONS[region]],
                        load,
                        (load + room).saturating_sub(1),
                    )
                }
            };
        (0..).zip(rows).map(build).collect()
    })
}

/// Customers with values, tiers, and some of six people who declined or collaborate.
fn any_customers() -> impl Strategy<Value = Vec<CustomerFacts>> {
    let some = || prop::collection::vec(0..6_u32, 0..4);
    let one = (0..3_usize, -5..2_000_i64, 1..4_u8, some(), some());
    prop::collection::vec(one, 0..16).prop_map(|rows| {
        let ids = |list: Vec<u32>| -> Vec<EmployeeId> {
            list.into_iter()
                .map(|n| person(n, "", &[], 0, 0).employee)
                .collect()
        };
        (0..)
            .zip(rows)
            .map(
                |(n, (region, yuan, tier, declined, works_on))| CustomerFacts {
                    tier,
                    declined_by: ids(declined),
                    collaborators: ids(works_on),
                    ..customer(n, REGIONS[region], "制造业", yuan)
                },
            )
            .collect()
    })
}

/// The most customers that can be placed at all: augmenting paths, written the plain way.
fn most_placeable(customers: &[CustomerFacts], people: &[CandidateFacts]) -> usize {
    let mut places: Vec<(EmployeeId, Option<usize>)> = Vec::new();
    for person in people
        .iter()
        .filter(|person| person.active && !person.leaving)
    {
        let free = person.capacity.saturating_sub(person.current_load);
        places.extend((0..free).map(|_| (person.employee, None)));
    }
    fn place(
        row: usize,
        customers: &[CustomerFacts],
        places: &mut [(EmployeeId, Option<usize>)],
        seen: &mut BTreeSet<usize>,
    ) -> bool {
        for index in 0..places.len() {
            let (employee, holder) = places[index];
            if customers[row].declined_by.contains(&employee) || !seen.insert(index) {
                continue;
            }
            if holder.is_none_or(|other| place(other, customers, places, seen)) {
                places[index].1 = Some(row);
                return true;
            }
        }
        false
    }
    (0..customers.len())
        .filter(|row| place(*row, customers, &mut places, &mut BTreeSet::new()))
        .count()
}

fn by_customer(advice: &Advice) -> BTreeSet<(String, Option<EmployeeId>)> {
    let placed = advice
        .suggestions
        .iter()
        .map(|s| (s.customer.to_string(), Some(s.successor)));
    let unplaced = advice
        .unplaced
        .iter()
        .map(|u| (u.customer.to_string(), None));
    placed.chain(unplaced).collect()
}

proptest! {
    #[test]
    fn everybody_is_answered_nobody_is_overloaded(
        customers in any_customers(), people in any_people(),
    ) {
        let advice = suggest(&customers, &people, &Weights::default());
        let answered = by_customer(&advice);
        prop_assert_eq!(answered.len(), customers.len());
        prop_assert_eq!(advice.suggestions.len() + advice.unplaced.len(), customers.len());
        for suggestion in &advice.suggestions {
            let asked = customers.iter().find(|c| c.customer == suggestion.customer).unwrap();
            let chosen = people.iter().find(|p| p.employee == suggestion.successor).unwrap();
            prop_assert!(chosen.active && !chosen.leaving);
            prop_assert!(!asked.declined_by.contains(&chosen.employee));
            prop_assert!(suggestion.reasons.len() >= 2 && suggestion.alternatives.len() <= 3);
            prop_assert!(suggestion.alternatives.iter().all(|a| a.employee != chosen.employee));
        }
        for load in &advice.loads {
            let got = advice.suggestions.iter().filter(|s| s.successor == load.employee).count();
            prop_assert_eq!(load.after as usize, load.before as usize + got);
            prop_assert!(got == 0 || load.after <= load.capacity);
        }
    }

    #[test]
    fn nobody_stays_behind_who_could_be_placed(
        customers in any_customers(), people in any_people(),
    ) {
        let advice = suggest(&customers, &people, &Weights::default());
        prop_assert_eq!(advice.suggestions.len(), most_placeable(&customers, &people));
    }

    #[test]
    fn the_order_of_the_question_does_not_matter(
        customers in any_customers(), people in any_people(), turn in 0..16_usize,
    ) {
        let asked = suggest(&customers, &people, &Weights::default());
        let (mut customers, mut people) = (customers, people);
        customers.reverse();
        let turn = turn % people.len().max(1);
        people.rotate_left(turn);
        let again = suggest(&customers, &people, &Weights::default());
        prop_assert_eq!(by_customer(&asked), by_customer(&again));
        prop_assert_eq!(asked.loads, again.loads);
    }

    /// With nothing but region in the scales and room for all, everybody gets a neighbour.
    #[test]
    fn where_there_is_room_the_fit_decides(customers in any_customers()) {
        let people: Vec<_> =
            (10..13).zip(REGIONS).map(|(n, region)| person(n, "某", &[region], 0, 100)).collect();
        let customers: Vec<_> = customers
            .into_iter()
            .map(|c| CustomerFacts { collaborators: Vec::new(), declined_by: Vec::new(), ..c })
            .collect();
        let only_region = Weights {
            collaborator: 0, region: 100, industry: 0, department: 0, room: 0, value_balance: 0,
        };
        for suggestion in suggest(&customers, &people, &only_region).suggestions {
            prop_assert!(suggestion.reasons.iter().any(|r| r.code == "succession.region"));
        }
    }
}
