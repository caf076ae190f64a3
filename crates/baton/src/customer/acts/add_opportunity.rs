//! An opportunity is added 新建商机.

use access::Need;
use kernel::{CustomerId, Day, Fen, Moment, OpportunityId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Customer, Opportunity};
use crate::{bounds, permissions};

/// How far an opportunity can be.
pub(crate) const STAGES: &[(&str, &str)] = &[
    ("lead", "初步接触"),
    ("qualified", "需求确认"),
    ("proposal", "方案报价"),
    ("negotiation", "商务谈判"),
    ("won", "赢单"),
    ("lost", "输单"),
];

/// Whether this stage is an end.
pub(crate) fn is_end(stage: &str) -> bool {
    matches!(stage, "won" | "lost")
}

/// Adds an opportunity; it belongs to the customer's owner.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddOpportunity {
    /// At which customer.
    pub customer: CustomerId,
    /// 1..=100 characters.
    pub title: String,
    /// 0..=100 characters.
    pub product: String,
    /// What it may bring, not negative.
    pub amount: Option<Fen>,
    /// `lead`, `qualified`, `proposal` or `negotiation`.
    pub stage: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: OpportunityId,
    customer: Customer,
    today: Day,
}

impl Act for AddOpportunity {
    const NAME: &'static str = "customer.add_opportunity";
    type Facts = Facts;
    type Outcome = OpportunityId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            fresh: OpportunityId::mint(books.at(), books.dice()),
            customer: super::customer(books, self.customer).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_WRITE, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<OpportunityId, Refusal> {
        super::must_be_live(&facts.customer)?;
        bounds::length("/title", "标题", &self.title, bounds::SHORT)?;
        bounds::length("/product", "产品", &self.product, bounds::OPTIONAL)?;
        bounds::one_of("/stage", "阶段", &self.stage, &STAGES[..4])?;
        if self.amount.is_some_and(|amount| amount < Fen::ZERO) {
            let zh = "金额不能为负";
            return Err(
                Refusal::invalid("customer.amount", zh, "the amount is negative").at("/amount", zh),
            );
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &OpportunityId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = Opportunity {
            id: *id,
            number: super::made_up_number("SJ", facts.today, &id.to_string()),
            customer: self.customer,
            owner: facts.customer.owner,
            title: self.title.trim().to_owned(),
            product: self.product.trim().to_owned(),
            stage: self.stage.clone(),
            amount: self.amount,
            opened_on: Some(facts.today),
            closed_on: None,
        };
        Ok(store::add_opportunity(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &OpportunityId) -> Record {
        let (what, title, stage) = (
            facts.customer.called(),
            self.title.trim(),
            bounds::word(STAGES, &self.stage),
        );
        Record::of(
            format!("customer/{}", self.customer),
            format!("为客户{what}新建商机「{title}」，阶段「{stage}」"),
            format!(
                "Added the opportunity {title} at {what}, stage {}",
                self.stage
            ),
        )
        .about(format!("opportunity/{id}"))
        .detail(serde_json::json!({ "stage": self.stage, "amount": self.amount }))
    }
}
