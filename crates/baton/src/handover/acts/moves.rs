//! The statements of an execution, in few and large pieces 批量移交.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::execution::DryRun;
use ::handover::holding::{HoldingKey, HoldingKind};
use ::handover::plan::HandoverPlan;
use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Failure, Writer};

use crate::customer::store::move_many::{self as customers, Named, OwnerChange, Passing, Standing};
use crate::handover::holdings;
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
    pub(super) late: &'a BTreeMap<HoldingKey, FromTo>,
}

impl Moving<'_> {
    fn kept(&self, kind: HoldingKind) -> Vec<String> {
        let of_kind = self.except.iter().filter(|key| key.kind == kind);
        of_kind.map(|key| key.subject.clone()).collect()
    }
}

/// From whom to whom.
pub(super) type FromTo = (EmployeeId, EmployeeId);

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
    let mut followed: BTreeMap<EmployeeId, Vec<(String, EmployeeId)>> = BTreeMap::new();
    let mut listed: BTreeMap<(HoldingKind, EmployeeId), Vec<(String, EmployeeId)>> =
        BTreeMap::new();
    for (line, to) in plan.assigned() {
        let (key, from) = (&line.holding.key, line.holding.holder);
        let moves = moves.contains(key);
        match (key.kind, line.holding.customer) {
            (HoldingKind::CustomerOwnership, Some(customer)) if moves || done.contains(key) => {
                if moves {
                    owners.push(owner_change(customer, to, moving));
                }
                let followed = followed.entry(from).or_default();
                followed.push((customer.to_string(), to));
            }
            (kind, _) if moves => {
                let listed = listed.entry((kind, from)).or_default();
                listed.push((key.subject.clone(), to));
            }
            _ => {}
        }
    }
    for (key, (from, to)) in moving.late {
        let listed = listed.entry((key.kind, *from)).or_default();
        listed.push((key.subject.clone(), *to));
    }
    customers::move_many_customers(books, &owners, moving.recorded_by, moving.plan).await?;
    for (from, to) in &followed {
        // What the same person holds of these customers goes with them; of most kinds he has none.
        for kind in holdings::followers_of(books, *from).await? {
            let except = moving.kept(kind);
            let named = Named::ByCustomer { except: &except };
            let passing = Passing {
                from: *from,
                to,
                named,
            };
            pass_on(books, kind, passing, moving).await?;
        }
    }
    for ((kind, from), to) in &listed {
        let named = Named::ById;
        let passing = Passing {
            from: *from,
            to,
            named,
        };
        pass_on(books, *kind, passing, moving).await?;
    }
    seats(books, plan, run, moving).await
}

/// The next row of the customer's timeline; a timeline never goes back, so where its last row is
/// later than the plan, the new one begins with it.
fn owner_change<'a>(customer: CustomerId, to: EmployeeId, moving: &Moving<'a>) -> OwnerChange<'a> {
    let last = moving.standing.get(&customer);
    let day = moving.effective_on;
    OwnerChange {
        customer,
        seq: last.map_or(1, |last| last.seq + 1),
        effective_on: last.map_or(day, |last| last.effective_on.max(day)),
        to,
        sort_key: last.map_or("", |last| &last.sort_key),
    }
}

/// Things of one kind get their next holders.
async fn pass_on(
    books: &mut Writer<'_>,
    kind: HoldingKind,
    passing: Passing<'_>,
    moving: &Moving<'_>,
) -> Result<(), Failure> {
    match kind {
        HoldingKind::ReceivableResponsibility => {
            let story = (moving.effective_on, moving.plan, moving.recorded_by);
            receivables::move_many_invoices(books, passing, story).await?;
        }
        HoldingKind::Contract => {
            receivables::move_many_contracts(books, passing).await?;
        }
        HoldingKind::OrderInProgress => {
            receivables::move_many_orders(books, passing).await?;
        }
        HoldingKind::Opportunity => {
            customers::move_many_opportunities(books, passing).await?;
        }
        HoldingKind::FollowUpDuty => {
            customers::move_many_duties(books, passing).await?;
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
