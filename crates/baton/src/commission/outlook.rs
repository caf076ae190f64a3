//! What each would earn of customers that are to change hands 交接测算.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::calculate::Books;
use ::commission::event::Record;
use ::commission::forecast::{Forecast, forecast};
use ::commission::split_after_handover::{Agreement, Handover, Stretch};
use kernel::{ContractId, CustomerId, Day, EmployeeId, PlanId};
use spine::{Failure, Reader};

use super::ledger;
use crate::customer::store::stretches;
use crate::receivable::store::holder;

/// A customer that is to change hands, or some contracts of one by themselves.
pub(crate) struct Moving {
    pub(crate) customer: CustomerId,
    /// Only these contracts; none for the customer with all that goes with it.
    pub(crate) contracts: Option<BTreeSet<ContractId>>,
    /// Of a customer, the contracts that go to somebody else by the same plan.
    pub(crate) except: BTreeSet<ContractId>,
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
/// What was merged into them goes with them, as it does when they are paid.
///
/// # Errors
/// What the engine refuses.
pub(crate) async fn ahead(
    books: &mut Reader<'_>,
    (plan, effective_on, known_until): (PlanId, Day, Day),
    moving: &[Moving],
) -> Result<Ahead, Failure> {
    // INVARIANT: no contract is looked at twice: what goes by itself, and what somebody else has by
    // itself, is left out of the customer's figures.
    if moving.is_empty() {
        return Ok(Ahead {
            forecast: Forecast::default(),
            plans: true,
        });
    }
    let whole = moving.iter().filter(|one| one.contracts.is_none());
    let whole = whole.map(|one| one.customer).collect::<Vec<_>>();
    let became = stretches::duplicates(books, &whole).await?;
    let customers = moving.iter().map(|one| one.customer);
    let customers: BTreeSet<_> = customers.chain(became.keys().copied()).collect();
    let customers = Vec::from_iter(customers);
    let known = ledger::facts_of(books, &customers).await?;
    let mut facts = known.books;
    let except = apart_now(books, &customers).await?;
    let going = moving.iter().filter_map(|one| one.contracts.as_ref());
    let apart = except.values().chain(going).flatten().copied().collect();
    join(&mut facts, (&became, effective_on), &apart);
    let mut owned: BTreeMap<CustomerId, Vec<&Stretch>> = BTreeMap::new();
    for stretch in &facts.stretches {
        owned.entry(stretch.customer).or_default().push(stretch);
    }
    let proposed = (1..).zip(moving).map(|(nth, one)| {
        let own = owned.get(&one.customer).map_or(&[][..], Vec::as_slice);
        let first = one.contracts.as_ref().and_then(|list| list.first());
        let before = own
            .iter()
            .filter(|stretch| match first {
                Some(contract) => stretch.covers(*contract),
                None => stretch.contracts.is_none(),
            })
            .max_by_key(|stretch| (stretch.effective_on, stretch.seq));
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
                since: None,
            });
        Stretch {
            customer: one.customer,
            seq: newest(own).saturating_add(nth),
            effective_on,
            owner: one.to,
            contracts: one.contracts.clone(),
            except: match one.contracts {
                Some(_) => BTreeSet::new(),
                None => except
                    .get(&one.customer)
                    .into_iter()
                    .flatten()
                    .chain(&one.except)
                    .copied()
                    .collect(),
            },
            handover,
        }
    });
    let proposed = proposed.collect::<Vec<Stretch>>();
    Ok(Ahead {
        forecast: forecast(&facts, &proposed, (known_until, &known.due))?,
        plans: !facts.plans.is_empty(),
    })
}

fn newest(stretches: &[&Stretch]) -> u32 {
    stretches
        .iter()
        .map(|one| one.seq)
        .max()
        .unwrap_or_default()
}

/// The contracts of these customers that somebody has without them.
async fn apart_now(
    books: &mut Reader<'_>,
    of: &[CustomerId],
) -> Result<BTreeMap<CustomerId, BTreeSet<ContractId>>, Failure> {
    let mut apart: BTreeMap<CustomerId, BTreeSet<ContractId>> = BTreeMap::new();
    for row in holder::held_of(books, Some(of), ledger::EVER).await? {
        let own = apart.entry(row.customer).or_default();
        match row.stays {
            true => own.insert(row.contract),
            false => own.remove(&row.contract),
        };
    }
    Ok(apart)
}

/// The deals of duplicates are deals of what these became, under the owners they had; one who has
/// them only after the day of the plan, by a merge of today, does not come after it. What somebody
/// has apart, or gets apart, stays where it is.
fn join(
    books: &mut Books,
    (became, day): (&BTreeMap<CustomerId, CustomerId>, Day),
    apart: &BTreeSet<ContractId>,
) {
    let mut brought: BTreeMap<CustomerId, BTreeSet<ContractId>> = BTreeMap::new();
    let mut taken: BTreeMap<CustomerId, BTreeSet<ContractId>> = BTreeMap::new();
    let contracts = books.contracts.iter_mut();
    for contract in contracts.filter(|contract| !apart.contains(&contract.id)) {
        let from = contract.customer;
        if let Some(into) = became.get(&from) {
            brought.entry(from).or_default().insert(contract.id);
            taken.entry(*into).or_default().insert(contract.id);
            contract.customer = *into;
        }
    }
    let mut joined = Vec::new();
    let whole = books.stretches.iter_mut();
    for stretch in whole.filter(|stretch| stretch.contracts.is_none()) {
        if let Some(all) = taken.get(&stretch.customer) {
            stretch.except.extend(all);
        }
        let own = brought.get(&stretch.customer);
        if let Some((into, own)) = became.get(&stretch.customer).zip(own) {
            joined.push(Stretch {
                customer: *into,
                effective_on: stretch.effective_on.min(day),
                contracts: Some(own.clone()),
                ..stretch.clone()
            });
        }
    }
    books.stretches.extend(joined);
}
