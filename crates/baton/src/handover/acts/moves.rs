//! The statements of an execution, in few and large pieces 批量移交.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use ::handover::execution::DryRun;
use ::handover::holding::{HoldingKey, HoldingKind};
use ::handover::plan::HandoverPlan;
use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Failure, Writer};

use crate::customer::store::move_many::{self as customers, Named, OwnerChange, Standing};
use crate::handover::holdings::{self, FOLLOWERS};
use crate::receivable::store::move_many as receivables;

/// Under which plan, from which day, in whose name.
pub(super) struct Moving<'a> {
    pub(super) plan: PlanId,
    pub(super) effective_on: Day,
    pub(super) recorded_by: &'a str,
    /// How each customer stands.
    pub(super) standing: &'a BTreeMap<CustomerId, Standing>,
    /// What stays although it hangs on a customer that moves.
    pub(super) except: &'a BTreeSet<HoldingKey>,
    /// What came after the plan was made and goes with a contract of it.
    pub(super) late: &'a BTreeMap<HoldingKey, Passing>,
}

impl Moving<'_> {
    fn kept(&self, kind: HoldingKind) -> Vec<String> {
        let of_kind = self.except.iter().filter(|key| key.kind == kind);
        of_kind.map(|key| key.subject.clone()).collect()
    }
}

/// From whom to whom.
pub(super) type Passing = (EmployeeId, EmployeeId);

/// Moves every line that still points to its holder, and what follows the customers.
pub(super) async fn carry_out(
    books: &mut Writer<'_>,
    plan: &HandoverPlan,
    run: &DryRun,
    moving: &Moving<'_>,
) -> Result<(), Failure> {
    let (moves, done): (BTreeSet<&HoldingKey>, BTreeSet<&HoldingKey>) =
        (run.moves.iter().collect(), run.done.iter().collect());
    let mut owners = Vec::new();
    let mut followed: BTreeMap<Passing, Vec<String>> = BTreeMap::new();
    let mut listed: BTreeMap<(HoldingKind, Passing), Vec<String>> = BTreeMap::new();
    for (line, to) in plan.assigned() {
        let (key, from) = (&line.holding.key, line.holding.holder);
        let moves = moves.contains(key);
        match (key.kind, line.holding.customer) {
            (HoldingKind::CustomerOwnership, Some(customer)) if moves || done.contains(key) => {
                if moves {
                    owners.push(owner_change(customer, to, moving));
                }
                followed
                    .entry((from, to))
                    .or_default()
                    .push(customer.to_string());
            }
            (kind, _) if moves => {
                listed
                    .entry((kind, (from, to)))
                    .or_default()
                    .push(key.subject.clone());
            }
            _ => {}
        }
    }
    for (key, passing) in moving.late {
        let group = listed.entry((key.kind, *passing)).or_default();
        group.push(key.subject.clone());
    }
    customers::move_many_customers(books, &owners, moving.recorded_by, moving.plan).await?;
    let mut held = BTreeMap::new();
    for (passing, ids) in &followed {
        let (from, _) = *passing;
        // Of most kinds one person has none, and there are many successors.
        let kinds = match held.entry(from) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(holdings::followers_of(books, from).await?),
        };
        let kinds = FOLLOWERS.into_iter().filter(|kind| kinds.contains(kind));
        follow(books, kinds, *passing, ids, moving).await?;
    }
    for ((kind, passing), ids) in &listed {
        pass_on(books, *kind, *passing, ids, moving).await?;
    }
    seats(books, plan, run, moving).await
}

/// The next row of the customer's timeline; a timeline never goes back, so where its last row is
/// later than the plan, the new one begins with it.
fn owner_change(customer: CustomerId, to: EmployeeId, moving: &Moving<'_>) -> OwnerChange {
    let (seq, effective_on) = match moving.standing.get(&customer) {
        Some(last) => (last.seq + 1, last.effective_on.max(moving.effective_on)),
        None => (1, moving.effective_on),
    };
    OwnerChange {
        customer,
        seq,
        effective_on,
        to,
    }
}

/// What the same person holds of these customers goes with them.
async fn follow(
    books: &mut Writer<'_>,
    kinds: impl Iterator<Item = HoldingKind>,
    passing: Passing,
    ids: &[String],
    moving: &Moving<'_>,
) -> Result<(), Failure> {
    let story = (moving.effective_on, moving.plan, moving.recorded_by);
    for kind in kinds {
        let except = moving.kept(kind);
        let named = Named::ByCustomer { except: &except };
        match kind {
            HoldingKind::ReceivableResponsibility => {
                receivables::move_many_invoices(books, passing, named, ids, story).await?;
            }
            HoldingKind::Contract => {
                receivables::move_many_contracts(books, passing, named, ids).await?;
            }
            HoldingKind::OrderInProgress => {
                receivables::move_many_orders(books, passing, named, ids).await?;
            }
            HoldingKind::Opportunity => {
                customers::move_many_opportunities(books, passing, named, ids).await?;
            }
            _ => {
                customers::move_many_duties(books, passing, named, ids).await?;
            }
        }
    }
    Ok(())
}

/// Lines that follow no customer.
async fn pass_on(
    books: &mut Writer<'_>,
    kind: HoldingKind,
    passing: Passing,
    ids: &[String],
    moving: &Moving<'_>,
) -> Result<(), Failure> {
    let named = Named::ById;
    match kind {
        HoldingKind::ReceivableResponsibility => {
            let story = (moving.effective_on, moving.plan, moving.recorded_by);
            receivables::move_many_invoices(books, passing, named, ids, story).await?;
        }
        HoldingKind::Contract => {
            receivables::move_many_contracts(books, passing, named, ids).await?;
        }
        HoldingKind::OrderInProgress => {
            receivables::move_many_orders(books, passing, named, ids).await?;
        }
        HoldingKind::Opportunity => {
            customers::move_many_opportunities(books, passing, named, ids).await?;
        }
        HoldingKind::FollowUpDuty => {
            customers::move_many_duties(books, passing, named, ids).await?;
        }
        // Seats are below; roles and tasks pass on through acts of their own slices.
        _ => {}
    }
    Ok(())
}

/// A seat goes to whoever was named, or ends.
async fn seats(
    books: &mut Writer<'_>,
    plan: &HandoverPlan,
    run: &DryRun,
    moving: &Moving<'_>,
) -> Result<(), Failure> {
    let there: BTreeSet<&HoldingKey> = run.after.iter().map(|holding| &holding.key).collect();
    for line in plan.items() {
        let key = &line.holding.key;
        if key.kind != HoldingKind::CollaboratorSeat || !there.contains(key) {
            continue;
        }
        if let Some(customer) = line.holding.customer {
            let passing = (line.holding.holder, line.successor());
            customers::move_seat(books, customer, passing, (None, moving.effective_on)).await?;
        }
    }
    Ok(())
}
