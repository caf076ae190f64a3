//! Local search: shifts and swaps while they gain 局部改进.

use std::cmp::Reverse;

use crate::board::{Board, SCALE};

/// Rounds at most; a few suffice, the bound keeps the answer prompt.
const ROUNDS: usize = 12;

impl Board {
    /// Improves the seating until nothing gains or the rounds are over. Nobody loses a seat.
    pub(crate) fn improve(&mut self) {
        for _ in 0..ROUNDS {
            let shifted = self.shift_all();
            let swapped = self.swap_for_fit();
            if !self.swap_for_worth() && !swapped && !shifted {
                break;
            }
        }
    }

    /// Moves each customer to a better seat with room; whether anyone moved.
    fn shift_all(&mut self) -> bool {
        let mut moved = false;
        for customer in 0..self.at.len() {
            let Some(here) = self.at[customer] else {
                continue;
            };
            let stays = self.gain_here(customer, here);
            // Sitting down twice on the same seat never gains, so `there` is another one.
            if let Some(there) = self.best_seat(customer, stays) {
                self.sit(customer, there);
                moved = true;
            }
        }
        moved
    }

    /// Swaps, for each pair of seats, the two customers who fit the other seat best.
    fn swap_for_fit(&mut self) -> bool {
        let count = self.seats.len();
        let keenest = self.keenest();
        let mut swapped = false;
        for one in 0..count {
            for two in one + 1..count {
                let pair = (keenest[one * count + two], keenest[two * count + one]);
                if let (Some(a), Some(b)) = pair
                    && self.at[a] == Some(one)
                    && self.at[b] == Some(two)
                    && self.swap_gain(a, b).is_some_and(|gain| gain > 0)
                {
                    self.swap(a, b);
                    swapped = true;
                }
            }
        }
        swapped
    }

    /// Pairs the seat of most worth with that of least, the second most with the second least, and
    /// so on, and swaps the two customers of each pair that even out best.
    fn swap_for_worth(&mut self) -> bool {
        let mut seats: Vec<usize> = (0..self.seats.len()).collect();
        seats.sort_by_key(|&seat| (Reverse(self.seats[seat].worth), seat));
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); seats.len()];
        for (customer, seat) in self.at.iter().enumerate() {
            if let Some(seat) = seat {
                held[*seat].push(customer);
            }
        }
        let mut swapped = false;
        for nth in 0..seats.len() / 2 {
            let (rich, poor) = (seats[nth], seats[seats.len() - 1 - nth]);
            let surplus = (self.seats[rich].worth - self.seats[poor].worth) / 2;
            held[poor].sort_by_key(|&customer| (self.worth[customer], customer));
            let best = held[rich]
                .iter()
                .filter_map(|&a| self.best_partner(a, &held[poor], surplus))
                .max();
            if let Some((gain, a, b)) = best
                && gain > 0
            {
                self.swap(a, b);
                swapped = true;
            }
        }
        swapped
    }

    /// Who of `others`, sorted by worth, is lighter than `a` by nearly the surplus.
    fn best_partner(
        &self,
        a: usize,
        others: &[usize],
        surplus: i64,
    ) -> Option<(i64, usize, usize)> {
        let wanted = self.worth[a] - surplus;
        let at = others.partition_point(|&other| self.worth[other] < wanted);
        let near = &others[at.saturating_sub(1)..others.len().min(at + 1)];
        near.iter()
            .filter_map(|&b| Some((self.swap_gain(a, b)?, a, b)))
            .max()
    }

    /// For each ordered pair of seats, who on the first gains most fit by moving to the second.
    fn keenest(&self) -> Vec<Option<usize>> {
        let count = self.seats.len();
        let mut keenest: Vec<Option<(i64, usize)>> = vec![None; count * count];
        for (customer, here) in self.at.iter().enumerate() {
            let Some(here) = *here else { continue };
            let stays = self.fit(customer, here).unwrap_or(0);
            for there in 0..count {
                let Some(fit) = self.fit(customer, there) else {
                    continue;
                };
                let best = &mut keenest[here * count + there];
                if best.is_none_or(|(gain, _)| fit - stays > gain) {
                    *best = Some((fit - stays, customer));
                }
            }
        }
        keenest
            .into_iter()
            .map(|best| best.map(|(_, customer)| customer))
            .collect()
    }

    /// Scaled points gained when two seated customers change places.
    fn swap_gain(&self, a: usize, b: usize) -> Option<i64> {
        let (one, two) = (self.at[a]?, self.at[b]?);
        let then = self.fit(a, two)? + self.fit(b, one)?;
        let now = self.fit(a, one)? + self.fit(b, two)?;
        let heavier = self.worth[b] - self.worth[a];
        let cost = self
            .cost_of_change(one, 0, heavier)
            .saturating_add(self.cost_of_change(two, 0, -heavier));
        Some(((then - now) * SCALE).saturating_sub(cost))
    }

    fn swap(&mut self, a: usize, b: usize) {
        if let (Some(one), Some(two)) = (self.at[a], self.at[b]) {
            self.stand_up(a);
            self.sit(b, one);
            self.sit(a, two);
        }
    }
}
