//! Contracts that go to somebody else than their customer 合同单独交接.
//!
//! A contract that was handed over by itself stays with whoever got it until it is handed over by
//! itself again, whatever becomes of its customer; its open invoices and orders go with it. Pay
//! follows where the giver was the one who is paid for it: as the one who has it, or as the owner
//! of its customer. What else stands under somebody's name moves without a word about pay.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::{HandoverPlan, Item};
use kernel::{ContractId, CustomerId, Day, EmployeeId, PlanId};
use spine::{Failure, Fault, Reader, Writer};

use super::holdings;
use super::loaded::Loaded;
use crate::customer::store::{move_many, stretches};
use crate::receivable::store::holder::{self, Held, PaperOf};

/// Kinds that a contract takes along.
const PAPERS: [HoldingKind; 2] = [
    HoldingKind::ReceivableResponsibility,
    HoldingKind::OrderInProgress,
];

/// The line of a contract.
pub(crate) fn contract_key(id: ContractId) -> HoldingKey {
    HoldingKey {
        kind: HoldingKind::Contract,
        subject: id.to_string(),
    }
}

fn paper_key(paper: &PaperOf) -> HoldingKey {
    HoldingKey {
        kind: match paper.invoice {
            true => HoldingKind::ReceivableResponsibility,
            false => HoldingKind::OrderInProgress,
        },
        subject: paper.id.clone(),
    }
}

/// Contracts, and which lines of a person are theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct WithPapers {
    /// Each contract with its open invoices and orders under the same name.
    pub(crate) of: BTreeMap<ContractId, Vec<HoldingKey>>,
}

impl WithPapers {
    /// Contracts and papers alike.
    pub(crate) fn keys(&self) -> BTreeSet<HoldingKey> {
        let contracts = self.of.keys().map(|id| contract_key(*id));
        contracts
            .chain(self.of.values().flatten().cloned())
            .collect()
    }
}

/// These contracts with what of them stands under this person's name.
pub(crate) async fn with_papers(
    books: &mut Reader<'_>,
    who: EmployeeId,
    contracts: &[ContractId],
) -> Result<WithPapers, Fault> {
    let mut found = WithPapers::default();
    for id in contracts {
        found.of.entry(*id).or_default();
    }
    for paper in holder::open_papers_of(books, contracts).await? {
        if paper.holder == Some(who) {
            let own = found.of.entry(paper.contract).or_default();
            own.push(paper_key(&paper));
        }
    }
    Ok(found)
}

/// What this person has apart from whoever owns the customers: it never goes with a customer.
pub(crate) async fn standing(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<BTreeSet<HoldingKey>, Fault> {
    let contracts = holder::apart_with(books, who).await?;
    if contracts.is_empty() {
        return Ok(BTreeSet::new());
    }
    Ok(with_papers(books, who, &contracts).await?.keys())
}

/// These contracts and their papers as lines of a plan, as far as they stand under this name.
pub(crate) async fn holdings_of(
    books: &mut Reader<'_>,
    who: EmployeeId,
    contracts: &[ContractId],
) -> Result<Vec<Holding>, Fault> {
    let wanted = with_papers(books, who, contracts).await?.keys();
    let kinds = [PAPERS[0], HoldingKind::Contract, PAPERS[1]];
    let mut found = holdings::of_kinds(books, who, &kinds).await?;
    found.retain(|one| wanted.contains(&one.key));
    Ok(found)
}

/// Contracts of a plan that have a line of their own.
fn contracts(plan: &HandoverPlan) -> impl Iterator<Item = (&Item, ContractId)> {
    let lines = plan.items().iter();
    let lines = lines.filter(|item| item.holding.key.kind == HoldingKind::Contract);
    lines.filter_map(|item| Some((item, item.holding.key.subject.parse().ok()?)))
}

/// Papers of contracts that move by this plan which are no lines of it, since they came later: they
/// go where their contract goes.
pub(crate) async fn latecomers(
    books: &mut Reader<'_>,
    plan: &HandoverPlan,
) -> Result<BTreeMap<HoldingKey, (ContractId, EmployeeId, EmployeeId)>, Fault> {
    let mut going: BTreeMap<ContractId, (EmployeeId, EmployeeId)> = BTreeMap::new();
    for (item, id) in contracts(plan) {
        let to = item.successor();
        going.extend(to.map(|to| (id, (item.holding.holder, to))));
    }
    let ids: Vec<ContractId> = going.keys().copied().collect();
    let mut late = BTreeMap::new();
    for paper in holder::open_papers_of(books, &ids).await? {
        let key = paper_key(&paper);
        if let Some((from, to)) = going.get(&paper.contract).copied()
            && paper.holder == Some(from)
            && plan.item(&key).is_none()
        {
            late.insert(key, (paper.contract, from, to));
        }
    }
    Ok(late)
}

/// What a plan does to the pay of contracts that have lines of their own.
#[derive(Clone, Debug)]
pub(crate) struct ContractChange {
    pub(crate) contract: ContractId,
    pub(crate) customer: CustomerId,
    pub(crate) from: EmployeeId,
    pub(crate) to: EmployeeId,
    /// Whether it stays with him when the customer changes hands; else it is with its customer's
    /// owner again.
    pub(crate) stays: bool,
    pub(crate) effective_on: Day,
    seq: i64,
    customer_rows: i64,
}

impl ContractChange {
    fn row(&self, plan: PlanId) -> Held {
        Held {
            contract: self.contract,
            customer: self.customer,
            seq: self.seq,
            effective_on: self.effective_on,
            holder: self.to,
            from: self.from,
            stays: self.stays,
            customer_rows: self.customer_rows,
            plan,
        }
    }
}

/// Contracts of which somebody else is paid from the plan's day on, other than with their customer;
/// `moves` says which lines move at all.
pub(crate) async fn changes(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    moves: impl Fn(&HoldingKey) -> bool,
) -> Result<Vec<ContractChange>, Fault> {
    let lines: Vec<(&Item, ContractId, EmployeeId)> = contracts(&loaded.plan)
        .filter(|(item, _)| moves(&item.holding.key))
        .filter_map(|(item, id)| Some((item, id, item.successor()?)))
        .collect();
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<ContractId> = lines.iter().map(|(_, id, _)| *id).collect();
    let last = holder::last_held(books, &ids).await?;
    let customers: BTreeSet<CustomerId> = lines
        .iter()
        .filter_map(|(item, _, _)| item.holding.customer)
        .collect();
    let customers: Vec<CustomerId> = customers.into_iter().collect();
    let endings = stretches::endings(books, &customers).await?;
    let moving: BTreeMap<CustomerId, EmployeeId> = loaded
        .plan
        .assigned()
        .filter(|(item, _)| item.holding.key.kind == HoldingKind::CustomerOwnership)
        .filter(|(item, _)| moves(&item.holding.key))
        .filter_map(|(item, to)| Some((item.holding.customer?, to)))
        .collect();
    let mut found = Vec::new();
    for (item, contract, to) in lines {
        let (from, Some(customer)) = (item.holding.holder, item.holding.customer) else {
            continue;
        };
        let ending = endings.get(&customer).copied().unwrap_or_default();
        let before = last.get(&contract);
        let apart = before.filter(|row| row.stays);
        let paid_to = apart.map(|row| row.holder).or(ending.owner);
        let new_owner = ending.became.and_then(|id| moving.get(&id)).copied();
        let stays = new_owner.or(ending.owner) != Some(to);
        if paid_to != Some(from) || !(stays || apart.is_some()) {
            continue;
        }
        let own_moves = moving.contains_key(&customer);
        let days = [before.map(|row| row.effective_on), ending.last_on];
        let day = days.into_iter().flatten().max();
        let planned = loaded.head.effective_on;
        found.push(ContractChange {
            contract,
            customer,
            from,
            to,
            stays,
            effective_on: day.map_or(planned, |day| day.max(planned)),
            seq: before.map_or(1, |row| row.seq + 1),
            customer_rows: ending.rows + i64::from(own_moves),
        });
    }
    Ok(found)
}

/// Writes down who has the contracts from then on. Whoever has one without its customer sees the
/// customer as a collaborator as long as he has it.
pub(crate) async fn write(
    books: &mut Writer<'_>,
    changes: &[ContractChange],
    (plan, recorded_by): (PlanId, &str),
) -> Result<(), Failure> {
    if changes.is_empty() {
        return Ok(());
    }
    let rows: Vec<Held> = changes.iter().map(|one| one.row(plan)).collect();
    holder::add_held(books, &rows, recorded_by).await?;
    let had: Vec<(EmployeeId, CustomerId)> =
        changes.iter().map(|one| (one.from, one.customer)).collect();
    let still = holder::still_have(books, &had).await?;
    for one in changes {
        let day = one.effective_on;
        if one.stays {
            move_many::seat_with_contract(books, one.customer, one.to, day).await?;
        }
        if !still.contains(&(one.from, one.customer)) {
            move_many::unseat_with_contract(books, one.customer, one.from, day).await?;
        }
    }
    Ok(())
}
