//! An invoice is entered; from then on somebody must chase its money 登记发票.

use std::collections::{BTreeMap, BTreeSet};

use access::Need;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, InvoiceId, Moment, OrderId, Refusal};
use receivable::{Responsibility, ResponsibilityBasis, ResponsibilityRow};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Fault, Reader, Record, Writer};

use super::{Paper, happened};
use crate::customer::store as customers;
use crate::people::store::{self as people, PersonState};
use crate::receivable::store::{self, Kind, holder};

/// Enters an invoice. Whoever owned the customer on the day of issue is responsible for its money;
/// where nobody did, `responsible` must name somebody, since a debt does not lie in the pool.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddInvoice {
    /// Who owes.
    pub customer: CustomerId,
    /// Under which contract of the same customer.
    pub contract: Option<ContractId>,
    /// For which order of the same customer.
    pub order: Option<OrderId>,
    /// 发票号, 1..=64 characters, unique.
    pub number: String,
    /// With tax, above 0.
    pub amount: Fen,
    /// 开票日, today or earlier.
    pub issued_on: Day,
    /// 到期日, not before the day of issue.
    pub due_on: Day,
    /// Who chases it from today on, where that is not whoever has the customer.
    pub responsible: Option<EmployeeId>,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: InvoiceId,
    paper: Paper,
    owner_then: Option<EmployeeId>,
    /// Who has it now, if he still works here.
    owner_now: Option<EmployeeId>,
    /// The last day on which the customer, or the contract by itself, changed hands.
    since: Option<Day>,
    /// People of whom it is written that they have left.
    gone: BTreeSet<EmployeeId>,
    papers_known: bool,
    /// Whether the order belongs to another contract than the one that is named.
    of_another: bool,
    names: BTreeMap<EmployeeId, (String, String)>,
    today: Day,
}

impl Act for AddInvoice {
    const NAME: &'static str = "receivable.add_invoice";
    type Facts = Facts;
    type Outcome = Vec<ResponsibilityRow>;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = InvoiceId::mint(books.at(), books.dice());
        let paper = Paper::load(books, Kind::Invoice, self.customer, &self.number).await?;
        let timeline = customers::timeline(books, self.customer).await?;
        // Papers of a customer that was merged into this one are his.
        let family = customers::family(books, self.customer).await?;
        let contracts = store::contracts_of(books, &family).await?;
        let orders = store::orders_of(books, &family).await?;
        // Whoever has the contract by itself chases its money.
        let ordered = orders.iter().find(|order| Some(order.id) == self.order);
        let contract = self.contract.or(ordered.and_then(|order| order.contract));
        let today = books.today();
        let mut owners = [self.issued_on, today].map(|day| timeline.owner_on(day));
        let mut since = timeline.rows().last().map(|row| row.effective_on);
        if let Some(id) = contract {
            if let Some(day) = holder::apart_since(books, id, today).await? {
                since = Some(day);
            }
            for (owner, day) in owners.iter_mut().zip([self.issued_on, today]) {
                *owner = holder::apart_on(books, id, day).await?.or(*owner);
            }
        }
        let mut gone = BTreeSet::new();
        for person in owners.into_iter().chain([self.responsible]).flatten() {
            let found = people::find_employee(books, person).await?;
            if found.is_none_or(|one| one.state == PersonState::Left) {
                gone.insert(person);
            }
        }
        let [owner_then, owner_now] = owners;
        let people = owners.into_iter().flatten().chain(self.responsible);
        Ok(Facts {
            fresh,
            paper,
            owner_then,
            owner_now: owner_now.filter(|owner| !gone.contains(owner)),
            since,
            gone,
            papers_known: self
                .contract
                .is_none_or(|id| contracts.iter().any(|c| c.id == id))
                && self
                    .order
                    .is_none_or(|id| orders.iter().any(|order| order.id == id)),
            of_another: ordered
                .and_then(|order| order.contract)
                .is_some_and(|of| self.contract.is_some_and(|named| named != of)),
            names: people::names_of(books, people).await?,
            today,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.paper.needs()
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Vec<ResponsibilityRow>, Refusal> {
        facts.paper.check(self.amount)?;
        happened("/issued_on", "开票日", self.issued_on, facts.today)?;
        if self.due_on < self.issued_on {
            let zh = "到期日早于开票日";
            return Err(
                Refusal::invalid("receivable.due_day", zh, "due before it was issued")
                    .at("/due_on", zh),
            );
        }
        if !facts.papers_known {
            let zh = "该客户没有这份合同或订单";
            return Err(
                Refusal::invalid("receivable.paper_unknown", zh, "no such paper")
                    .at("/contract_id", zh),
            );
        }
        if facts.of_another {
            let zh = "这份订单属于另一份合同";
            return Err(
                Refusal::invalid("receivable.order_of_another", zh, "of another contract")
                    .remedy((
                        "请选择订单所属的合同，或只选订单",
                        "Choose the contract to which the order belongs, or the order only",
                    ))
                    .at("/order_id", zh),
            );
        }
        if self.responsible.is_some_and(|id| facts.gone.contains(&id)) {
            let zh = "所选的回款责任人不在职";
            return Err(Refusal::invalid(
                "receivable.responsible_gone",
                zh,
                "this person does not work here",
            )
            .remedy((
                "请另选一位在职的同事",
                "Choose another colleague who is employed",
            ))
            .at("/responsible_id", zh));
        }
        self.chasers(facts, at)
    }

    async fn write(
        &self,
        facts: &Facts,
        rows: &Vec<ResponsibilityRow>,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let last = rows.last().ok_or_else(|| Fault::new("nobody chases it"))?;
        let new = store::NewInvoice {
            id: last.invoice,
            number: &facts.paper.number,
            customer: self.customer,
            contract: self.contract,
            order: self.order,
            issued_on: self.issued_on,
            due_on: self.due_on,
            amount: self.amount,
            responsible: last.responsible,
        };
        store::add_invoice(books, &new).await?;
        Ok(store::add_responsibility(books, rows, &self.recorded_by).await?)
    }

    fn record(&self, facts: &Facts, rows: &Vec<ResponsibilityRow>) -> Record {
        let (what, number) = (facts.paper.customer.called(), &facts.paper.number);
        let now = rows.last().map(|row| row.responsible);
        let who = now.and_then(|now| facts.names.get(&now));
        let who = who.map_or_else(String::new, |(number, name)| {
            people::full_name(name, number)
        });
        let record = Record::of(
            format!("invoice/{}", facts.fresh),
            format!(
                "登记客户{what}的发票 {number}，{} 元，{} 到期，由{who}负责催收",
                self.amount, self.due_on
            ),
            format!(
                "Entered invoice {number} to {what}: {} yuan due {}, chased by {who}",
                self.amount, self.due_on
            ),
        )
        .about(format!("customer/{}", self.customer))
        .detail(serde_json::json!({
            "amount": self.amount,
            "issued_on": self.issued_on,
            "due_on": self.due_on,
            "responsible": now,
        }));
        let chasers = rows
            .iter()
            .map(|row| format!("employee/{}", row.responsible));
        chasers.fold(record, Record::about)
    }
}

impl AddInvoice {
    /// Whoever had the customer on the day of issue, then whoever has it now; who was named, from
    /// today. Nobody who has left chases money.
    fn chasers(&self, facts: &Facts, at: Moment) -> Result<Vec<ResponsibilityRow>, Refusal> {
        use ResponsibilityBasis::{Appointed, HandedOver, Issued};
        let (issued, today) = (self.issued_on, facts.today);
        let named = self.responsible;
        let moved = facts.since.map_or(issued, |since| since.max(issued));
        let steps = match facts.owner_then {
            Some(owner) => [
                Some((issued, owner, Issued)),
                facts.owner_now.map(|now| (moved, now, HandedOver)),
                named.map(|named| (today, named, Appointed)),
            ],
            None => {
                let chosen = named.or(facts.owner_now);
                [chosen.map(|one| (issued, one, Appointed)), None, None]
            }
        };
        let mut history = Responsibility::begin(facts.fresh);
        for (from, who, basis) in steps.into_iter().flatten() {
            let before = history.rows().last();
            if before.is_none_or(|before| before.responsible != who) {
                history.append(from, who, basis, at)?;
            }
        }
        let rows = history.rows().to_vec();
        match rows.last() {
            Some(last) if !facts.gone.contains(&last.responsible) => Ok(rows),
            _ => {
                let zh = "该客户现在没有在职的负责人，请指定回款责任人";
                let en = "nobody who works here has this customer";
                Err(Refusal::invalid("receivable.nobody_responsible", zh, en)
                    .remedy(("请选择由谁负责催收", "Choose who chases it"))
                    .at("/responsible_id", zh))
            }
        }
    }
}
