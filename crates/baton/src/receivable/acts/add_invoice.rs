//! An invoice is entered; from then on somebody must chase its money 登记发票.

use access::Need;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, InvoiceId, Moment, OrderId, Refusal};
use receivable::{Responsibility, ResponsibilityBasis, ResponsibilityRow};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::{Paper, happened};
use crate::customer::store as customers;
use crate::people::store as people;
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
    /// Only where the customer had no owner on the day of issue.
    pub responsible: Option<EmployeeId>,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: InvoiceId,
    paper: Paper,
    owner_then: Option<EmployeeId>,
    papers_known: bool,
    names: std::collections::BTreeMap<EmployeeId, (String, String)>,
    today: Day,
}

impl Act for AddInvoice {
    const NAME: &'static str = "receivable.add_invoice";
    type Facts = Facts;
    type Outcome = ResponsibilityRow;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = InvoiceId::mint(books.at(), books.dice());
        let paper = Paper::load(books, Kind::Invoice, self.customer, &self.number).await?;
        let owner_then = customers::timeline(books, self.customer)
            .await?
            .owner_on(self.issued_on);
        let contracts = store::contracts_of(books, &[self.customer]).await?;
        let orders = store::orders_of(books, &[self.customer]).await?;
        // Whoever has the contract by itself chases its money.
        let ordered = orders.iter().find(|order| Some(order.id) == self.order);
        let contract = self.contract.or(ordered.and_then(|order| order.contract));
        let owner_then = match contract {
            Some(id) => holder::apart_on(books, id, self.issued_on)
                .await?
                .or(owner_then),
            None => owner_then,
        };
        let people = owner_then.into_iter().chain(self.responsible);
        Ok(Facts {
            fresh,
            paper,
            owner_then,
            papers_known: self
                .contract
                .is_none_or(|id| contracts.iter().any(|c| c.id == id))
                && self
                    .order
                    .is_none_or(|id| orders.iter().any(|order| order.id == id)),
            names: people::names_of(books, people).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.paper.needs()
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<ResponsibilityRow, Refusal> {
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
        let named = self.responsible.filter(|id| facts.names.contains_key(id));
        let (responsible, basis) = match (facts.owner_then, named) {
            (Some(owner), _) => (owner, ResponsibilityBasis::Issued),
            (None, Some(named)) => (named, ResponsibilityBasis::Appointed),
            (None, None) => {
                let zh = "开票日该客户没有负责人，请指定回款责任人";
                return Err(
                    Refusal::invalid("receivable.nobody_responsible", zh, "nobody chases")
                        .remedy("请选择由谁负责催收")
                        .at("/responsible_id", zh),
                );
            }
        };
        Responsibility::begin(facts.fresh).append(self.issued_on, responsible, basis, at)
    }

    async fn write(
        &self,
        facts: &Facts,
        row: &ResponsibilityRow,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = store::NewInvoice {
            id: row.invoice,
            number: &facts.paper.number,
            customer: self.customer,
            contract: self.contract,
            order: self.order,
            issued_on: self.issued_on,
            due_on: self.due_on,
            amount: self.amount,
            responsible: row.responsible,
        };
        store::add_invoice(books, &new).await?;
        Ok(store::add_responsibility(books, &[*row], &self.recorded_by).await?)
    }

    fn record(&self, facts: &Facts, row: &ResponsibilityRow) -> Record {
        let (what, number) = (facts.paper.customer.called(), &facts.paper.number);
        let who = facts.names.get(&row.responsible);
        let who = who.map_or_else(String::new, |(number, name)| {
            people::full_name(name, number)
        });
        Record::of(
            format!("invoice/{}", row.invoice),
            format!(
                "登记客户{what}的发票 {number}，{} 元，{} 到期，由{who}负责催收",
                self.amount, self.due_on
            ),
            format!(
                "Entered invoice {number} to {what}: {} yuan due {}",
                self.amount, self.due_on
            ),
        )
        .about(format!("customer/{}", self.customer))
        .about(format!("employee/{}", row.responsible))
        .detail(serde_json::json!({
            "amount": self.amount,
            "issued_on": self.issued_on,
            "due_on": self.due_on,
            "responsible": row.responsible,
        }))
    }
}
