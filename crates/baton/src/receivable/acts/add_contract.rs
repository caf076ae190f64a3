//! A contract is entered 登记合同.

use access::Need;
use kernel::{ContractId, CustomerId, Day, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::{Paper, happened};
use crate::bounds;
use crate::receivable::store::{self, Kind};

/// Enters a signed contract; it belongs to the customer's owner.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddContract {
    /// With whom.
    pub customer: CustomerId,
    /// 合同编号, 1..=64 characters, unique.
    pub number: String,
    /// 1..=100 characters.
    pub title: String,
    /// Above 0.
    pub amount: Fen,
    /// 签订日
    pub signed_on: Day,
    /// 到期日, after the day of signing.
    pub ends_on: Option<Day>,
    /// 产品或产品线, at most 100 characters; empty when nobody said.
    #[serde(default)]
    pub product: String,
    /// 合同毛利: what is left of the amount after its cost, when known; at most the amount.
    #[serde(default)]
    pub margin: Option<Fen>,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: ContractId,
    paper: Paper,
    today: Day,
}

impl Act for AddContract {
    const NAME: &'static str = "receivable.add_contract";
    type Facts = Facts;
    type Outcome = ContractId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = ContractId::mint(books.at(), books.dice());
        let paper = Paper::load(books, Kind::Contract, self.customer, &self.number).await?;
        Ok(Facts {
            today: books.today(),
            fresh,
            paper,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.paper.needs()
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<ContractId, Refusal> {
        facts.paper.check(self.amount)?;
        happened("/signed_on", "签订日", self.signed_on, facts.today)?;
        bounds::length("/title", "标题", &self.title, bounds::SHORT)?;
        if self.ends_on.is_some_and(|end| end < self.signed_on) {
            let zh = "到期日早于签订日";
            return Err(
                Refusal::invalid("receivable.contract_days", zh, "ends before it begins")
                    .at("/ends_on", zh),
            );
        }
        super::describe_contract::check((&self.product, self.margin), self.amount)?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &ContractId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = store::NewContract {
            id: *id,
            number: &facts.paper.number,
            customer: self.customer,
            owner: facts.paper.customer.owner,
            title: self.title.trim(),
            amount: self.amount,
            signed_on: self.signed_on,
            ends_on: self.ends_on,
            product: self.product.trim(),
            margin: self.margin,
        };
        Ok(store::add_contract(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &ContractId) -> Record {
        let (what, number) = (facts.paper.customer.called(), &facts.paper.number);
        Record::of(
            format!("contract/{id}"),
            format!("登记客户{what}的合同 {number}，{} 元", self.amount),
            format!(
                "Entered contract {number} with {what}: {} yuan",
                self.amount
            ),
        )
        .about(format!("customer/{}", self.customer))
        .detail(serde_json::json!({ "amount": self.amount, "signed_on": self.signed_on }))
    }
}
