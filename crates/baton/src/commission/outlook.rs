//! What each would earn of customers that are to change hands 交接测算.

use std::collections::BTreeMap;

use ::commission::event::Record;
use ::commission::forecast::{Forecast, forecast};
use ::commission::split_after_handover::{Agreement, Handover, Stretch};
use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Failure, Reader};

use super::ledger;

/// A customer that is to change hands.
pub(crate) struct Moving {
    pub(crate) customer: CustomerId,
    pub(crate) to: EmployeeId,
    /// What the owner before still gets; nothing where none were agreed.
    pub(crate) agreement: Option<Agreement>,
}

/// The forecast, and whether any plan is in force at all.
pub(crate) struct Ahead {
    pub(crate) forecast: Forecast,
    pub(crate) plans: bool,
}

/// What each would earn if these customers went over on this day, from the books as they stand.
///
/// # Errors
/// What the engine refuses.
pub(crate) async fn ahead(
    books: &mut Reader<'_>,
    (plan, effective_on, known_until): (PlanId, Day, Day),
    moving: &[Moving],
) -> Result<Ahead, Failure> {
    if moving.is_empty() {
        return Ok(Ahead {
            forecast: Forecast::default(),
            plans: true,
        });
    }
    let customers: Vec<CustomerId> = moving.iter().map(|one| one.customer).collect();
    let known = ledger::facts_of(books, &customers).await?;
    let facts = known.books;
    let mut owned: BTreeMap<CustomerId, &Stretch> = BTreeMap::new();
    for stretch in &facts.stretches {
        let last = owned.entry(stretch.customer).or_insert(stretch);
        if (last.effective_on, last.seq) < (stretch.effective_on, stretch.seq) {
            *last = stretch;
        }
    }
    let proposed = moving.iter().map(|one| {
        let before = owned.get(&one.customer);
        let handover = before
            .map(|stretch| stretch.owner)
            .filter(|from| *from != one.to)
            .zip(one.agreement.clone())
            .map(|(from, Agreement { terms, pool })| Handover {
                record: Record(format!("plan/{plan}")),
                from,
                terms,
                pool,
                decided_by: None,
            });
        Stretch {
            customer: one.customer,
            seq: before.map_or(1, |stretch| stretch.seq + 1),
            effective_on,
            owner: one.to,
            contracts: None,
            handover,
        }
    });
    let proposed: Vec<Stretch> = proposed.collect();
    Ok(Ahead {
        forecast: forecast(&facts, &proposed, (known_until, &known.due))?,
        plans: !facts.plans.is_empty(),
    })
}
