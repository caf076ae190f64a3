//! Seats, the cost of filling them, and a first seating 席位.
//!
//! The sum of fit less the cost of every seat is to be large: greedy first, with augmenting paths
//! (Berge 1957) where only full seats would do; [`crate::improve`] goes on from there. The cost of
//! a seat grows with the square of its load and value, so that the next customer costs more than
//! the last and balance comes by itself.

use std::collections::VecDeque;

use kernel::Fen;

use crate::facts::NO_LIMIT;

/// Points are reckoned in thousandths, so that integer division loses nothing that matters.
pub(crate) const SCALE: i64 = 1_000;

/// One person's places.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    pub(crate) load: i64,
    pub(crate) capacity: i64,
    /// What a place is priced by: the capacity, or a yardstick where there is no limit.
    pub(crate) yardstick: i64,
    pub(crate) worth: i64,
    /// What one more customer of no worth would cost; kept up to date on each move.
    pub(crate) price: i64,
}

impl Seat {
    /// A seat that is not priced yet. Without a limit the room is as good as endless, and the next
    /// customer would cost nobody anything: such a seat is priced as if it were full at `usual`.
    pub(crate) fn new(load: u32, capacity: u32, usual: i64, worth: i64) -> Seat {
        let capacity_now = i64::from(capacity);
        Seat {
            load: i64::from(load),
            capacity: capacity_now,
            yardstick: if capacity >= NO_LIMIT {
                usual
            } else {
                capacity_now
            },
            worth,
            price: 0,
        }
    }

    pub(crate) fn has_room(&self) -> bool {
        self.load < self.capacity
    }
}

/// Who sits where. Customers and seats are indices; `fit` is row by row, customers × seats.
pub(crate) struct Board {
    pub(crate) fit: Vec<Option<i32>>,
    pub(crate) worth: Vec<i64>,
    pub(crate) seats: Vec<Seat>,
    pub(crate) at: Vec<Option<usize>>,
    pub(crate) room_weight: i64,
    pub(crate) value_weight: i64,
    pub(crate) fair_share: i64,
}

impl Board {
    /// Seats as many customers as there is room for, in the order given.
    pub(crate) fn seat_all(&mut self) {
        for seat in 0..self.seats.len() {
            self.price(seat);
        }
        let mut sealed = vec![false; self.seats.len()];
        for customer in 0..self.at.len() {
            match self.best_seat(customer, i64::MIN) {
                Some(seat) => self.sit(customer, seat),
                None => self.make_room(customer, &mut sealed),
            }
        }
    }

    /// Fit in points, `None` where the person may not be asked.
    pub(crate) fn fit(&self, customer: usize, seat: usize) -> Option<i64> {
        self.fit[customer * self.seats.len() + seat].map(i64::from)
    }

    /// Scaled points this customer would add to the sum by sitting down there, full or not.
    pub(crate) fn gain(&self, customer: usize, seat: usize) -> Option<i64> {
        let fit = self.fit(customer, seat)?;
        let cost = self.cost_of_change(seat, 1, self.worth[customer]);
        Some((fit * SCALE).saturating_sub(cost))
    }

    /// Scaled points this customer adds where it sits.
    pub(crate) fn gain_here(&self, customer: usize, seat: usize) -> i64 {
        let fit = self.fit(customer, seat).unwrap_or(0);
        let relief = self.cost_of_change(seat, -1, -self.worth[customer]);
        (fit * SCALE).saturating_add(relief)
    }

    fn cost(&self, seat: &Seat) -> i64 {
        let load = seat.load.saturating_mul(seat.load).saturating_mul(SCALE);
        let by_load = self
            .room_weight
            .saturating_mul(load / (2 * seat.yardstick.max(1)));
        let worth = seat.worth.saturating_mul(seat.worth) / (2 * self.fair_share);
        by_load.saturating_add(self.value_weight.saturating_mul(worth))
    }

    pub(crate) fn cost_of_change(&self, seat: usize, load: i64, worth: i64) -> i64 {
        let now = &self.seats[seat];
        let then = Seat {
            load: now.load + load,
            worth: now.worth + worth,
            ..*now
        };
        self.cost(&then).saturating_sub(self.cost(now))
    }

    fn price(&mut self, seat: usize) {
        self.seats[seat].price = self.cost_of_change(seat, 1, 0);
    }

    /// The seat with room where this customer gains most, if that is more than `floor`.
    ///
    /// The price of a seat bounds the gain from above, since worth only costs: most seats are
    /// passed without a division.
    pub(crate) fn best_seat(&self, customer: usize, floor: i64) -> Option<usize> {
        let row = &self.fit[customer * self.seats.len()..][..self.seats.len()];
        let mut best = (floor, None);
        for (seat, (fit, place)) in row.iter().zip(&self.seats).enumerate() {
            if let Some(fit) = *fit
                && place.has_room()
                && (i64::from(fit) * SCALE).saturating_sub(place.price) > best.0
                && let Some(gain) = self.gain(customer, seat)
                && gain > best.0
            {
                best = (gain, Some(seat));
            }
        }
        best.1
    }

    pub(crate) fn sit(&mut self, customer: usize, seat: usize) {
        self.stand_up(customer);
        self.at[customer] = Some(seat);
        self.seats[seat].load += 1;
        self.seats[seat].worth += self.worth[customer];
        self.price(seat);
    }

    pub(crate) fn stand_up(&mut self, customer: usize) {
        if let Some(seat) = self.at[customer].take() {
            self.seats[seat].load -= 1;
            self.seats[seat].worth -= self.worth[customer];
            self.price(seat);
        }
    }

    /// Seats a customer for whom every fitting seat is full by moving others along, if any chain of
    /// moves ends at a free place. Nobody loses a seat by it.
    ///
    /// INVARIANT: from a sealed seat no chain leads to a free place, now or later: everybody there
    /// may only sit on sealed seats, all full.
    fn make_room(&mut self, customer: usize, sealed: &mut [bool]) {
        let mut came_by: Vec<Option<usize>> = vec![None; self.seats.len()];
        let mut seen = sealed.to_vec();
        let mut queue = VecDeque::from([customer]);
        while let Some(mover) = queue.pop_front() {
            for seat in 0..self.seats.len() {
                if seen[seat] || self.fit(mover, seat).is_none() {
                    continue;
                }
                seen[seat] = true;
                came_by[seat] = Some(mover);
                if self.seats[seat].has_room() {
                    self.move_along(seat, customer, &came_by);
                    return;
                }
                queue.extend((0..self.at.len()).filter(|other| self.at[*other] == Some(seat)));
            }
        }
        sealed.copy_from_slice(&seen);
    }

    /// Walks the chain back from its free end.
    fn move_along(&mut self, free: usize, customer: usize, came_by: &[Option<usize>]) {
        let mut seat = free;
        while let Some(mover) = came_by[seat] {
            let left = self.at[mover];
            self.sit(mover, seat);
            match left {
                Some(left) if mover != customer => seat = left,
                _ => return,
            }
        }
    }
}

/// Values as thousandths of an average customer, so that one weight serves every company.
///
/// Returns the worth of each customer, of each seat, and the fair share of a seat. Range: cut at a
/// million average customers, far beyond honest books and safe to square.
pub(crate) fn worths(customers: &[Fen], seats: &[Fen]) -> (Vec<i64>, Vec<i64>, i64) {
    const MOST: i128 = 1_000_000_000;
    let positive = |value: &Fen| i128::from(value.0.max(0));
    let total: i128 = customers.iter().map(positive).sum();
    let count = i128::try_from(customers.len()).unwrap_or(1).max(1);
    let scaled = |value: &Fen| {
        let worth = (positive(value) * i128::from(SCALE) * count).checked_div(total);
        i64::try_from(worth.unwrap_or(0).min(MOST)).unwrap_or(0)
    };
    let customers: Vec<i64> = customers.iter().map(scaled).collect();
    let seats: Vec<i64> = seats.iter().map(scaled).collect();
    let all: i64 = customers.iter().chain(&seats).sum();
    let fair = all / i64::try_from(seats.len()).unwrap_or(1).max(1);
    (customers, seats, fair.max(1))
}
