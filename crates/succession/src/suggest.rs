//! A successor for every customer, with reasons and alternatives 接替建议.

use std::cmp::Reverse;

use kernel::{CustomerId, EmployeeId, Fen, Reason};
use serde::{Deserialize, Serialize};

use crate::board::{Board, SCALE, Seat, worths};
use crate::facts::{CandidateFacts, CustomerFacts, NO_LIMIT, Weights};
use crate::fit::{Match, table};
use crate::words;

/// Alternatives shown beside each suggestion.
const ALTERNATIVES: usize = 3;

/// Highest weight of room and value balance that is taken as given.
const MOST: u16 = 10_000;

/// Who should take over one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Which customer.
    pub customer: CustomerId,
    /// Who should take over.
    pub successor: EmployeeId,
    /// Points of fit less the burden of one more customer; may be negative.
    pub score: i64,
    /// Why this person.
    pub reasons: Vec<Reason>,
    /// The next best, at most three, best first.
    pub alternatives: Vec<Alternative>,
}

/// Somebody else who could take over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// Who.
    pub employee: EmployeeId,
    /// Points, comparable within one customer.
    pub score: i64,
    /// Whether a place would be left after all suggestions.
    pub has_room: bool,
    /// What speaks for this person; the load is in [`Advice::loads`].
    pub reasons: Vec<Reason>,
}

/// A customer for whom there is nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// Which customer.
    pub customer: CustomerId,
    /// Why.
    pub reason: Reason,
}

/// What the suggestions would do to one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadAfter {
    /// Who.
    pub employee: EmployeeId,
    /// Customers now.
    pub before: u32,
    /// Customers after.
    pub after: u32,
    /// Customers at most.
    pub capacity: u32,
    /// What the customers that come are worth a year.
    pub value_gained: Fen,
}

/// The whole answer: every customer is in exactly one of the two lists, in the order asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// Customers with a successor.
    pub suggestions: Vec<Suggestion>,
    /// Customers without.
    pub unplaced: Vec<Unplaced>,
    /// Every person who could be asked, by id.
    pub loads: Vec<LoadAfter>,
}

/// Suggests a successor for every customer.
#[must_use]
pub fn suggest(
    customers: &[CustomerFacts],
    candidates: &[CandidateFacts],
    weights: &Weights,
) -> Advice {
    // The order of the question must not matter: people by id, customers by tier, worth and id.
    let mut people: Vec<&CandidateFacts> = candidates
        .iter()
        .filter(|person| person.active && !person.leaving)
        .collect();
    people.sort_by_key(|person| person.employee);
    let mut order: Vec<usize> = (0..customers.len()).collect();
    order.sort_by_key(|&index| {
        let customer = &customers[index];
        (customer.tier, Reverse(customer.value), customer.customer)
    });
    let ordered: Vec<&CustomerFacts> = order.iter().map(|&index| &customers[index]).collect();

    let mut board = board(&ordered, &people, weights);
    board.seat_all();
    board.improve();
    answer(&board, &ordered, &people, &order)
}

fn board(customers: &[&CustomerFacts], people: &[&CandidateFacts], weights: &Weights) -> Board {
    let values: Vec<Fen> = customers.iter().map(|customer| customer.value).collect();
    let held: Vec<Fen> = people.iter().map(|person| person.current_value).collect();
    let (worth, seat_worth, fair_share) = worths(&values, &held);
    let seats = people.iter().zip(seat_worth);
    let usual = usual_capacity(customers.len(), people);
    let seats =
        seats.map(|(person, worth)| Seat::new(person.current_load, person.capacity, usual, worth));
    Board {
        fit: table(customers, people, weights),
        worth,
        seats: seats.collect(),
        at: vec![None; customers.len()],
        room_weight: i64::from(weights.room.min(MOST)),
        value_weight: i64::from(weights.value_balance.min(MOST)),
        fair_share,
    }
}

/// What counts as full for people without a limit: twice the share of each when all customers have
/// found a place. So the load balances also in a company that never set a limit.
fn usual_capacity(customers: usize, people: &[&CandidateFacts]) -> i64 {
    let held = people.iter().map(|person| i64::from(person.current_load));
    let all = held.sum::<i64>() + i64::try_from(customers).unwrap_or(i64::from(NO_LIMIT));
    let count = i64::try_from(people.len()).unwrap_or(1).max(1);
    (2 * all / count).max(1)
}

fn answer(
    board: &Board,
    customers: &[&CustomerFacts],
    people: &[&CandidateFacts],
    order: &[usize],
) -> Advice {
    let mut gained = vec![Fen::ZERO; people.len()];
    let mut suggestions = Vec::with_capacity(customers.len());
    let mut unplaced = Vec::new();
    for (row, customer) in customers.iter().enumerate() {
        match board.at[row] {
            Some(seat) => {
                let sum = gained[seat].checked_add(customer.value);
                gained[seat] = sum.unwrap_or(Fen(i64::MAX));
                suggestions.push((order[row], suggestion(board, row, seat, customer, people)));
            }
            None => unplaced.push((order[row], unplaced_for(customer, people))),
        }
    }
    suggestions.sort_by_key(|(asked, _)| *asked);
    unplaced.sort_by_key(|(asked, _)| *asked);
    let loads = people.iter().zip(&board.seats).zip(gained);
    Advice {
        suggestions: suggestions
            .into_iter()
            .map(|(_, suggestion)| suggestion)
            .collect(),
        unplaced: unplaced.into_iter().map(|(_, unplaced)| unplaced).collect(),
        loads: loads
            .map(|((person, seat), value_gained)| LoadAfter {
                employee: person.employee,
                before: person.current_load,
                after: u32::try_from(seat.load).unwrap_or(u32::MAX),
                capacity: person.capacity,
                value_gained,
            })
            .collect(),
    }
}

fn suggestion(
    board: &Board,
    row: usize,
    seat: usize,
    customer: &CustomerFacts,
    people: &[&CandidateFacts],
) -> Suggestion {
    let mut others: Vec<(i64, usize)> = (0..people.len())
        .filter(|other| *other != seat)
        .filter_map(|other| Some((board.gain(row, other)?, other)))
        .collect();
    others.sort_by_key(|&(gain, other)| (Reverse(gain), other));
    others.truncate(ALTERNATIVES);

    let mut reasons = words::for_person(customer, people[seat]);
    reasons.push(words::load(people[seat], board.seats[seat].load));
    let better_but_full = (0..people.len())
        .filter(|other| !board.seats[*other].has_room())
        .filter(|other| board.fit(row, *other) > board.fit(row, seat))
        .max_by_key(|other| (board.fit(row, *other), Reverse(*other)));
    reasons.extend(better_but_full.map(|other| words::better_but_full(people[other])));
    Suggestion {
        customer: customer.customer,
        successor: people[seat].employee,
        score: board.gain_here(row, seat) / SCALE,
        reasons,
        alternatives: others
            .into_iter()
            .map(|(gain, other)| Alternative {
                employee: people[other].employee,
                score: gain / SCALE,
                has_room: board.seats[other].has_room(),
                reasons: words::for_person(customer, people[other]),
            })
            .collect(),
    }
}

fn unplaced_for(customer: &CustomerFacts, people: &[&CandidateFacts]) -> Unplaced {
    let declined = |person: &&&CandidateFacts| customer.declined_by.contains(&person.employee);
    let reason = if people.is_empty() {
        words::nobody()
    } else if people.iter().all(|person| declined(&person)) {
        words::all_declined()
    } else {
        let best = people
            .iter()
            .filter(|person| !declined(person))
            .find(|person| Match::of(customer, person).any());
        words::all_full(best.map(|person| person.name.as_str()))
    };
    Unplaced {
        customer: customer.customer,
        reason,
    }
}
