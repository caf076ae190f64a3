//! An order is entered 登记订单.

use access::Need;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, Moment, OrderId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::{Paper, happened};
use crate::customer::store as customers;
use crate::receivable::store::{self, Kind, holder};

/// Enters an order; it belongs to the customer's owner.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddOrder {
    /// Whose.
    pub customer: CustomerId,
    /// Under which contract of the same customer.
    pub contract: Option<ContractId>,
    /// 订单号, 1..=64 characters, unique.
    pub number: String,
    /// Above 0.
    pub amount: Fen,
    /// 下单日
    pub ordered_on: Day,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: OrderId,
    paper: Paper,
    contract_known: bool,
    today: Day,
    /// Whose it is.
    owner: Option<EmployeeId>,
}

impl Act for AddOrder {
    const NAME: &'static str = "receivable.add_order";
    type Facts = Facts;
    type Outcome = OrderId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = OrderId::mint(books.at(), books.dice());
        let family = customers::family(books, self.customer).await?;
        let contracts = store::contracts_of(books, &family).await?;
        let contract_known = self
            .contract
            .is_none_or(|id| contracts.iter().any(|c| c.id == id));
        let paper = Paper::load(books, Kind::Order, self.customer, &self.number).await?;
        // An order of a contract that somebody has by itself is his.
        let today = books.today();
        let apart = match self.contract {
            Some(id) => holder::apart_on(books, id, today).await?,
            None => None,
        };
        Ok(Facts {
            owner: apart.or(paper.customer.owner),
            fresh,
            paper,
            contract_known,
            today,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.paper.needs()
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<OrderId, Refusal> {
        facts.paper.check(self.amount)?;
        happened("/ordered_on", "下单日", self.ordered_on, facts.today)?;
        if !facts.contract_known {
            let zh = "该客户没有这份合同";
            return Err(
                Refusal::invalid("receivable.contract_unknown", zh, "no such contract")
                    .at("/contract_id", zh),
            );
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &OrderId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = store::NewOrder {
            id: *id,
            number: &facts.paper.number,
            customer: self.customer,
            contract: self.contract,
            owner: facts.owner,
            ordered_on: self.ordered_on,
            amount: self.amount,
        };
        Ok(store::add_order(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &OrderId) -> Record {
        let (what, number) = (facts.paper.customer.called(), &facts.paper.number);
        Record::of(
            format!("order/{id}"),
            format!("登记客户{what}的订单 {number}，{} 元", self.amount),
            format!("Entered order {number} of {what}: {} yuan", self.amount),
        )
        .about(format!("customer/{}", self.customer))
        .detail(serde_json::json!({ "amount": self.amount, "ordered_on": self.ordered_on }))
    }
}
