//! Contracts that were handed over by themselves, without their customer 单独交接的合同
//!
//! A customer's owners and the people to whom some of its contracts went are two histories. Here
//! they become one row of stretches: a contract that went to somebody else stays with him while the
//! customer changes hands, until a row of its own moves it or takes it back to the customer.

use std::collections::BTreeSet;

use kernel::{ContractId, CustomerId, Day, EmployeeId};

use crate::split_after_handover::{Handover, Stretch};

/// A contract changed hands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub contract: ContractId,
    /// How many rows the customer's own history had when this one was written: of what begins on
    /// one day, those come first.
    pub after: u32,
    /// The first day.
    pub effective_on: Day,
    /// Who has it from then on.
    pub holder: EmployeeId,
    /// Whether it stays with him when the customer changes hands; else it goes with the customer
    /// again from then on.
    pub stays: bool,
    /// The terms on which he got it.
    pub handover: Option<Handover>,
}

/// One customer's stretches, with those of its contracts among them, numbered in their order.
/// `owned` are the customer's own with the numbers of their rows, `moved` the rows of its
/// contracts, each contract's oldest first.
#[must_use]
pub fn weave(customer: CustomerId, owned: Vec<(u32, Stretch)>, moved: &[Moved]) -> Vec<Stretch> {
    let mut line: Vec<((Day, u32, bool), Stretch)> = Vec::with_capacity(owned.len() + moved.len());
    for (row, mut stretch) in owned {
        stretch.except = apart_on(moved, stretch.effective_on);
        line.push(((stretch.effective_on, row, false), stretch));
    }
    for one in moved {
        let stretch = Stretch {
            customer,
            seq: 0,
            effective_on: one.effective_on,
            owner: one.holder,
            contracts: Some(BTreeSet::from([one.contract])),
            except: BTreeSet::new(),
            handover: one.handover.clone(),
        };
        line.push(((one.effective_on, one.after, true), stretch));
    }
    // A stable order: of two rows of one contract the later stays the later.
    line.sort_by_key(|(place, _)| *place);
    let numbered = (1..).zip(line);
    numbered
        .map(|(seq, (_, stretch))| Stretch { seq, ..stretch })
        .collect()
}

/// The contracts that somebody has by himself at the end of a day.
#[must_use]
pub fn apart_on(moved: &[Moved], day: Day) -> BTreeSet<ContractId> {
    let mut apart = BTreeSet::new();
    for one in moved.iter().filter(|one| one.effective_on <= day) {
        match one.stays {
            true => apart.insert(one.contract),
            false => apart.remove(&one.contract),
        };
    }
    apart
}
