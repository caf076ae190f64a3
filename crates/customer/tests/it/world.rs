//! Short names for days and people.

use kernel::{CustomerId, Day, EmployeeId, Moment};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub(crate) fn emp(n: u8) -> EmployeeId {
    EmployeeId::mint(Moment(1), [n; 10])
}

pub(crate) fn cus(n: u8) -> CustomerId {
    CustomerId::mint(Moment(1), [n; 10])
}
