//! How large the demo company is 演示规模.

/// Salespeople, customers, and how busy they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Salespeople in each of the ten sales groups.
    pub sellers: usize,
    /// Customers of each salesperson, on average.
    pub customers: usize,
    /// Follow-ups each salesperson writes in a quarter.
    pub follow_ups: usize,
    /// Customers that change hands in a quarter without anybody leaving.
    pub moves: usize,
}

impl Size {
    /// Some 250 employees, 3,000 customers, 9,000 invoices.
    pub const FULL: Size = Size {
        sellers: 20,
        customers: 15,
        follow_ups: 1,
        moves: 12,
    };
    /// Some 70 employees, 250 customers; for tests.
    pub const SMALL: Size = Size {
        sellers: 4,
        customers: 6,
        follow_ups: 1,
        moves: 2,
    };
}
